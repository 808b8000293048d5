/* What only the supervisor may do: the web process asks, and waits for how it went. */
#include "gate/private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { SLOTS = 16, WAIT_SECONDS = 30 };

typedef struct {
    int64_t number;           /* 0: free */
    bool    done;
    err_t   outcome;
    char    says[ERRAND_SAYS_MAX];
    size_t  says_n;
} slot;

struct errands {
    pthread_mutex_t lock;
    pthread_cond_t  told;
    slot            slots[SLOTS];
    int64_t         last;
    time_us         next_round;
    char            doing[ERRAND_SAYS_MAX];
    size_t          doing_n;
};

errands *errands_new(void)
{
    errands           *x = calloc(1, sizeof *x);
    pthread_condattr_t attr;
    if (!x)
        return NULL;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_mutex_init(&x->lock, NULL);
    pthread_cond_init(&x->told, &attr);
    pthread_condattr_destroy(&attr);
    return x;
}

void errands_free(errands *x)
{
    if (!x)
        return;
    pthread_cond_destroy(&x->told);
    pthread_mutex_destroy(&x->lock);
    free(x);
}

/* ---- asking ------------------------------------------------------------------------------- */

static err_t send_words(int fd, str text, fault *f)
{
    if (fd < 0)
        return fail(f, ERR_UNSUPPORTED, "this server runs without a supervisor; run it on the command line");
    for (;;) {
        ssize_t n = send(fd, text.p, text.n, MSG_NOSIGNAL);
        if (n == (ssize_t)text.n)
            return ERR_OK;
        if (n >= 0 || errno != EINTR)
            return fail_errno(f, errno, "the supervisor cannot be asked");
    }
}

err_t gate_job(gate *g, str job, fault *f) { return send_words(g->o.job_fd, job, f); }

err_t gate_job_of(gate *g, arena *a, str job, str source, fault *f)
{
    return send_words(g->o.job_fd, str_fmt(a, STR_FMT "\n" STR_FMT, STR_ARG(job), STR_ARG(source)), f);
}

/* One line each: a word that is none could be read as two. */
static err_t message_of(ask *q, int64_t number, const char *name, const str *words, size_t n, fault *f, str *ret)
{
    buf b = buf_new(q->a, ERRAND_MAX_BYTES);
    buf_fmt(&b, "errand %lld\n%s\n" STR_FMT "\n" STR_FMT "\n" STR_FMT, (long long)number, name, STR_ARG(q->who.actor), STR_ARG(q->who.person),
            STR_ARG(q->rq->address));
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < words[i].n; k++)
            if ((unsigned char)words[i].p[k] < 0x20)
                return fail(f, ERR_INVALID, "control characters cannot stand here");
        buf_putc(&b, '\n');
        buf_puts(&b, words[i]);
    }
    *ret = buf_str(&b);
    return b.overflow ? fail(f, ERR_TOO_LARGE, "this is too long") : ERR_OK;
}

static slot *slot_take(errands *x)
{
    pthread_mutex_lock(&x->lock);
    slot *s = NULL;
    for (size_t i = 0; i < SLOTS && !s; i++)
        if (!x->slots[i].number)
            s = &x->slots[i];
    if (s)
        *s = (slot){ .number = ++x->last };
    pthread_mutex_unlock(&x->lock);
    return s;
}

/* Whatever came of it, the slot is free afterwards: an answer that comes later finds nobody. */
static err_t await(errands *x, slot *s, arena *a, fault *f, str *ret_says)
{
    struct timespec until;
    err_t           e = ERR_OK;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += WAIT_SECONDS;
    pthread_mutex_lock(&x->lock);
    while (!s->done && pthread_cond_timedwait(&x->told, &x->lock, &until) == 0)
        ;
    str says = str_dup(a, (str){ s->says, s->says_n });
    if (!s->done)
        e = fail(f, ERR_BUSY, "this takes longer than is waited for; look again in a moment whether it was done");
    else if (s->outcome != ERR_OK)
        e = fail(f, s->outcome, STR_FMT, STR_ARG(says));
    s->number = 0;
    pthread_mutex_unlock(&x->lock);
    if (e == ERR_OK)
        *ret_says = says;
    return e;
}

err_t ask_errand(ask *q, const char *name, const str *words, size_t n, fault *f, str *ret_says)
{
    errands *x = q->g->errands;
    slot    *s = slot_take(x);
    str      message = { 0 };
    if (!s)
        return fail(f, ERR_BUSY, "too many ask for such things at once; try again in a moment");
    err_t e = message_of(q, s->number, name, words, n, f, &message);
    if (e == ERR_OK)
        e = send_words(q->g->o.job_fd, message, f);
    if (e == ERR_OK)
        return await(x, s, q->a, f, ret_says);
    pthread_mutex_lock(&x->lock);
    s->number = 0;
    pthread_mutex_unlock(&x->lock);
    return e;
}

/* ---- hearing -------------------------------------------------------------------------------- */

static err_t outcome_of(str wire)
{
    for (int e = 0; e < ERR_COUNT_; e++)
        if (str_eq(wire, str_of(err_describe((err_t)e)->wire)))
            return (err_t)e;
    return ERR_INTERNAL;
}

static size_t keep_text(char *to, str text)
{
    str cut = utf8_cut(text, ERRAND_SAYS_MAX);
    if (cut.n)
        memcpy(to, cut.p, cut.n);
    return cut.n;
}

void gate_told(gate *g, str message)
{
    errands *x = g->errands;
    int64_t  number = 0, next = 0;
    str      rest = message, head = str_cut(&rest, '\n'), word = str_word(&head), first = str_word(&head);
    pthread_mutex_lock(&x->lock);
    if (str_eq(word, S("done")) && parse_int(first, 1, INT64_MAX, &number)) {
        for (size_t i = 0; i < SLOTS; i++)
            if (x->slots[i].number == number) {
                x->slots[i].outcome = outcome_of(str_word(&head));
                x->slots[i].says_n = keep_text(x->slots[i].says, rest);
                x->slots[i].done = true;
            }
        pthread_cond_broadcast(&x->told);
    } else if (str_eq(word, S("jobs")) && parse_int(first, 0, INT64_MAX, &next)) {
        x->next_round = next;
        x->doing_n = keep_text(x->doing, rest);
    }
    pthread_mutex_unlock(&x->lock);
}

job_state gate_jobs(gate *g, arena *a)
{
    errands *x = g->errands;
    pthread_mutex_lock(&x->lock);
    job_state s = { .next_round = x->next_round, .doing = str_dup(a, (str){ x->doing, x->doing_n }) };
    pthread_mutex_unlock(&x->lock);
    return s;
}
