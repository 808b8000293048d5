/* Writes what came by network into the history. Somebody who signs in waits until that
 * is durable; refusals of the same thing from the same place are joined within a
 * minute, so that who knocks a thousand times cannot fill the ledger. */
#include "gate/private.h"

#include <stdlib.h>

enum { JOINED_MAX = 256, EVENTS_A_COMMIT = 64 };
#define JOIN_FOR MINUTES(1)

typedef struct {
    arena       *a;
    access_event e;
    time_us      since;
} joined;

struct recorder {
    pool           *pool;
    pthread_t       thread;
    pthread_mutex_t lock;
    pthread_cond_t  wake;
    bool            stop;
    joined          waiting[JOINED_MAX];
    size_t          n;
    int64_t         lost;                /* past JOINED_MAX different ones a minute: told as a number */
};

static err_t write_events(pool *p, str actor, const access_event *v, size_t n, fault *f)
{
    auto_arena arena *a = arena_new(8 << 20);
    workspace        *ws;
    TRY(pool_writer_take(p, f, &ws));
    err_t e = app_events(ws, a, actor, v, n, f);
    pool_writer_give(p);
    return e;
}

/* Takes what is due, all of it when the end has come. Under the lock. */
static size_t take_due(recorder *r, bool all, joined *ret)
{
    size_t  n = 0, kept = 0;
    time_us now = time_mono();
    for (size_t i = 0; i < r->n; i++)
        if (n < EVENTS_A_COMMIT && (all || now - r->waiting[i].since >= JOIN_FOR))
            ret[n++] = r->waiting[i];
        else
            r->waiting[kept++] = r->waiting[i];
    r->n = kept;
    return n;
}

static void write_joined(recorder *r, joined *due, size_t n, int64_t lost)
{
    access_event v[EVENTS_A_COMMIT + 1];
    fault        f = { 0 };
    for (size_t i = 0; i < n; i++)
        v[i] = due[i].e;
    size_t n_v = n;
    if (lost)
        v[n_v++] = (access_event){ .kind = "refused", .about = S("more different refusals than are kept one by one"), .times = lost };
    if (n_v && write_events(r->pool, S("serve"), v, n_v, &f) != ERR_OK) {
        pthread_mutex_lock(&r->lock);
        r->lost += (int64_t)n;           /* told with the next that can be written */
        pthread_mutex_unlock(&r->lock);
    }
    for (size_t i = 0; i < n; i++)
        arena_free(due[i].a);
}

static void *record_all(void *arg)
{
    recorder *r = arg;
    bool      ended = false;
    while (!ended) {
        joined  due[EVENTS_A_COMMIT];
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += 5;
        pthread_mutex_lock(&r->lock);
        if (!r->stop)
            pthread_cond_timedwait(&r->wake, &r->lock, &until);
        size_t  n = take_due(r, r->stop, due);
        int64_t lost = n || r->stop ? r->lost : 0;
        r->lost -= lost;
        ended = r->stop && !r->n;
        pthread_mutex_unlock(&r->lock);
        write_joined(r, due, n, lost);
    }
    return NULL;
}

err_t recorder_open(pool *p, fault *f, recorder **ret)
{
    recorder *r = calloc(1, sizeof *r);
    if (!r)
        abort();
    r->pool = p;
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->wake, NULL);
    int e = pthread_create(&r->thread, NULL, record_all, r);
    if (e) {
        free(r);
        return fail_errno(f, e, "no thread can be started");
    }
    *ret = r;
    return ERR_OK;
}

void recorder_close(recorder *r)
{
    if (!r)
        return;
    pthread_mutex_lock(&r->lock);
    r->stop = true;
    pthread_cond_signal(&r->wake);
    pthread_mutex_unlock(&r->lock);
    pthread_join(r->thread, NULL);
    pthread_cond_destroy(&r->wake);
    pthread_mutex_destroy(&r->lock);
    free(r);
}

static bool same(const access_event *a, const access_event *b)
{
    return strcmp(a->kind, b->kind) == 0 && a->went_well == b->went_well && str_eq(a->person, b->person) && str_eq(a->about, b->about) &&
           str_eq(a->address, b->address);
}

err_t recorder_write(recorder *r, str actor, const access_event *e, fault *f) { return write_events(r->pool, actor, e, 1, f); }

void recorder_join(recorder *r, const access_event *e)
{
    pthread_mutex_lock(&r->lock);
    size_t i = 0;
    while (i < r->n && !same(&r->waiting[i].e, e))
        i++;
    if (i < r->n)
        r->waiting[i].e.times++;
    else if (r->n == JOINED_MAX)
        r->lost++;
    else {
        arena *a = arena_new(64 << 10);
        r->waiting[r->n++] = (joined){ a, { e->kind, str_dup(a, e->person), str_dup(a, utf8_cut(e->about, 500)), str_dup(a, e->address),
                                            e->went_well, 1 }, time_mono() };
    }
    pthread_mutex_unlock(&r->lock);
}
