/* Errands: a child each, which has the supervisor's rights for the time of one row of the
 * table. The web process says who asks; what may be asked at all, and by whom, stands here:
 * nothing that would run a program. */
#include "serve/errand.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { WORDS_MAX = 4, SECONDS_MAX = 25 };

typedef struct {
    workspace *ws;
    arena     *a;
    principal  who;
    changer    by;
    str        words[WORDS_MAX];
    size_t     n;
    str        says;          /* when it went well */
} errand;

/* ---- what can be asked --------------------------------------------------------------------- */

static err_t add_source(errand *x, fault *f)
{
    source_row s = { 0 }, known;
    fault      none = { 0 };
    TRY(source_offered(x->a, x->words[0], x->words[1], f, &s));
    if (source_named(x->ws, x->a, s.id, &none, &known) == ERR_OK)
        return fail(f, ERR_CONFLICT, "the source " STR_FMT " is there already", STR_ARG(utf8_cut(s.id, 200)));
    x->says = s.id;
    return source_add(x->ws, &s, &x->by, f);
}

/* Of a source that is not configured, only the rows are there to be closed. */
static err_t remove_source(errand *x, fault *f)
{
    fault      none = { 0 };
    source_row s = { 0 };
    if (source_named(x->ws, x->a, x->words[0], &none, &s) != ERR_OK)
        s = (source_row){ .id = x->words[0] };
    x->says = s.id;
    return source_remove(x->ws, &s, &x->by, f);
}

/* The secret goes to who asked, through the web process, and is kept in its file alone. */
static err_t add_webhook(errand *x, fault *f)
{
    str id = { 0 }, secret = { 0 };
    TRY(webhook_add(x->ws, x->a, x->words[0], &x->by, f, &id, &secret));
    x->says = str_fmt(x->a, STR_FMT " " STR_FMT, STR_ARG(id), STR_ARG(secret));
    return ERR_OK;
}

static err_t remove_webhook(errand *x, fault *f)
{
    x->says = x->words[0];
    return webhook_remove(x->ws, x->a, x->words[0], &x->by, f);
}

/* Says what came of it; that it was not taken is no failure of the errand. */
static err_t test_channel(errand *x, fault *f)
{
    delivery d = { 0 };
    TRY(app_notify_test(x->ws, x->a, &x->who, x->words[0], f, &d));
    x->says = S("sent");
    for (size_t i = 0; i < d.n_tried; i++)
        if (d.tried[i].state != OUTBOX_SENT)
            x->says = d.tried[i].last_error.n ? d.tried[i].last_error : S("it was not taken");
    if (!d.n_tried)
        x->says = S("it waits: the endpoint is to be tried later");
    return ERR_OK;
}

static const struct {
    const char *name;
    size_t      n;            /* words */
    role        least;        /* of who asks, judged here once more */
    err_t     (*run)(errand *x, fault *f);
} kinds[] = {
    { "source-add", 2, ROLE_OWNER, add_source },         /* kind, argument */
    { "source-remove", 1, ROLE_OWNER, remove_source },
    { "webhook-add", 1, ROLE_OWNER, add_webhook },       /* URL */
    { "webhook-remove", 1, ROLE_OWNER, remove_webhook },
    { "notify-test", 1, ROLE_MANAGER, test_channel },    /* an address, an endpoint, or "webhook" */
};

static err_t they_may(errand *x, role least, fault *f)
{
    str name;
    TRY(app_person(x->ws, x->a, x->by.person, f, &x->who, &name));
    x->who.actor = x->by.actor;
    return x->who.role >= least ? ERR_OK : fail(f, ERR_DENIED, "this is for a %s or above; you are %s", role_name(least), role_name(x->who.role));
}

/* The next line of a message; empty when there is none any more. */
static str next_line(str *rest) { return rest->p ? str_cut(rest, '\n') : S(""); }

/* ---- one ------------------------------------------------------------------------------------- */

/* Name, actor, person, address, and the words, a line each; after the line with the number. */
static err_t run(const char *dir, str message, arena *a, fault *f, str *ret_says)
{
    errand x = { .a = a };
    str    rest = message;
    (void)next_line(&rest);
    str name = next_line(&rest);
    x.by.actor = next_line(&rest);
    x.by.person = next_line(&rest);
    x.by.address = next_line(&rest);
    while (rest.p && x.n < WORDS_MAX)
        x.words[x.n++] = str_cut(&rest, '\n');
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_eq(name, str_of(kinds[i].name)) && x.n == kinds[i].n && !rest.p && utf8_valid(message)) {
            TRY(workspace_open(a, dir, OPEN_WRITE, f, &x.ws));
            err_t e = they_may(&x, kinds[i].least, f);
            if (e == ERR_OK)
                e = kinds[i].run(&x, f);
            workspace_close(x.ws);
            *ret_says = x.says;
            return e;
        }
    return fail(f, ERR_INTERNAL, "the supervisor knows no such errand");
}

/* At most a pipe's worth, so that it never waits for a reader. */
static void run_child(const char *dir, str message, int fd)
{
    arena   *a = arena_new(64 << 20);
    sigset_t none;
    fault    f = { 0 };
    str      says = S("");
    sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    alarm(SECONDS_MAX);
    err_t e = run(dir, message, a, &f, &says);
    str   told = str_fmt(a, "%s\n" STR_FMT, err_describe(e)->wire, STR_ARG(e == ERR_OK ? utf8_cut(says, ERRAND_SAYS_MAX) : str_of(f.text)));
    _exit(write(fd, told.p, told.n) == (ssize_t)told.n ? 0 : 1);
}

void errands_ask(errands_todo *t, str message)
{
    if (t->n_waiting == ERRANDS_WAITING_MAX || !message.n || message.n > ERRAND_MAX_BYTES)
        return;
    errand_message *m = &t->waiting[t->n_waiting++];
    memcpy(m->text, message.p, message.n);
    m->n = message.n;
}

/* "errand 17\nsource-add\n..." -> "17 source-add" */
static void head_of(str message, char ret[64])
{
    str rest = message, first = next_line(&rest), name = next_line(&rest);
    (void)str_word(&first);
    (void)snprintf(ret, 64, STR_FMT " " STR_FMT, STR_ARG(utf8_cut(str_trim(first), 20)), STR_ARG(utf8_cut(name, 40)));
}

err_t errands_start_next(errands_todo *t, fault *f)
{
    int ends[2];
    if (t->running || !t->n_waiting)
        return ERR_OK;
    errand_message m = t->waiting[0];
    memmove(t->waiting, t->waiting + 1, --t->n_waiting * sizeof m);
    if (pipe2(ends, O_CLOEXEC) != 0)
        return fail_errno(f, errno, "no pipe for an errand");
    (void)fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        run_child(t->dir, (str){ m.text, m.n }, ends[1]);
    }
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return fail_errno(f, errno, "an errand cannot be started");
    }
    t->running = pid;
    t->fd = ends[0];
    head_of((str){ m.text, m.n }, t->head);
    return ERR_OK;
}

bool errands_ended(errands_todo *t, arena *a, pid_t pid, str *ret_told, str *ret_source, bool *ret_changed)
{
    char text[ERRAND_SAYS_MAX + 100];
    if (pid != t->running || !pid)
        return false;
    ssize_t n = read(t->fd, text, sizeof text);
    close(t->fd);
    t->running = 0;
    str rest = { text, n > 0 ? (size_t)n : 0 }, outcome = str_cut(&rest, '\n'), head = str_of(t->head), number = str_word(&head);
    if (!outcome.n) {
        outcome = str_of(err_describe(ERR_LIMIT)->wire);
        rest = S("it took too long, or ended without an answer; look whether it was done");
    }
    *ret_told = str_fmt(a, "done " STR_FMT " " STR_FMT "\n" STR_FMT, STR_ARG(number), STR_ARG(outcome), STR_ARG(rest));
    *ret_changed = str_starts(str_trim(head), S("webhook-")) && str_eq(outcome, S("ok"));
    *ret_source = str_eq(str_trim(head), S("source-add")) && str_eq(outcome, S("ok")) ? str_dup(a, rest) : S("");
    return true;
}
