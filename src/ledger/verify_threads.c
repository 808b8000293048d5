/* Shares the jobs of log_verify among threads and hands them on in order. */
#include "ledger/verify.h"

#include <pthread.h>

enum { THREADS_MAX = 64, SLOTS_PER_THREAD = 3 };
#define JOB_ARENA_BYTES ((size_t)JOB_BUNDLES * (BUNDLE_MAX_BYTES + (1 << 20)))

typedef struct {
    verify_job job;
    bool       done;
} slot;

typedef struct {
    pthread_mutex_t lock;
    pthread_cond_t  changed;
    const verifier *v;
    slot           *slots;
    uint64_t        n_slots, n_bundles, n_jobs, next, tail;   /* jobs [tail, next) are taken */
    bool            stop;
} pool;

static void job_begin(const pool *p, uint64_t index, verify_job *job)
{
    uint64_t left = p->n_bundles - index * JOB_BUNDLES;
    arena_reset(job->a);
    job->first = index * JOB_BUNDLES;
    job->n = left < JOB_BUNDLES ? (unsigned)left : JOB_BUNDLES;
}

static void *work(void *arg)
{
    pool               *p = arg;
    auto_hasher hasher *h = hasher_new();
    pthread_mutex_lock(&p->lock);
    while (!p->stop && p->next < p->n_jobs) {
        if (p->next == p->tail + p->n_slots) {
            pthread_cond_wait(&p->changed, &p->lock);
            continue;
        }
        uint64_t index = p->next++;
        slot    *s = &p->slots[index % p->n_slots];
        pthread_mutex_unlock(&p->lock);
        job_begin(p, index, &s->job);
        verify_bundles(h, p->v, &s->job);
        pthread_mutex_lock(&p->lock);
        s->done = true;
        if (index == p->tail)
            pthread_cond_broadcast(&p->changed);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

static err_t hand_on(pool *p, err_t (*done)(void *arg, verify_job *job), void *arg)
{
    err_t e = ERR_OK;
    for (uint64_t i = 0; i < p->n_jobs && e == ERR_OK; i++) {
        slot *s = &p->slots[i % p->n_slots];
        pthread_mutex_lock(&p->lock);
        while (!s->done)
            pthread_cond_wait(&p->changed, &p->lock);
        pthread_mutex_unlock(&p->lock);
        e = done(arg, &s->job);
        pthread_mutex_lock(&p->lock);
        s->done = false;
        p->tail = i + 1;
        p->stop = e != ERR_OK;
        pthread_cond_broadcast(&p->changed);
        pthread_mutex_unlock(&p->lock);
    }
    return e;
}

static err_t run_alone(pool *p, err_t (*done)(void *arg, verify_job *job), void *arg)
{
    auto_hasher hasher *h = hasher_new();
    for (uint64_t i = 0; i < p->n_jobs; i++) {
        job_begin(p, i, &p->slots[0].job);
        verify_bundles(h, p->v, &p->slots[0].job);
        TRY(done(arg, &p->slots[0].job));
    }
    return ERR_OK;
}

static err_t run_shared(pool *p, unsigned n_threads, err_t (*done)(void *arg, verify_job *job), void *arg)
{
    pthread_t threads[THREADS_MAX];
    unsigned  n = 0;
    while (n < n_threads && pthread_create(&threads[n], NULL, work, p) == 0)
        n++;
    err_t e = n ? hand_on(p, done, arg) : run_alone(p, done, arg);
    for (unsigned i = 0; i < n; i++)
        pthread_join(threads[i], NULL);
    return e;
}

err_t verify_in_order(const verifier *v, uint64_t n_bundles, err_t (*done)(void *arg, verify_job *job), void *arg)
{
    unsigned          n_threads = v->o->n_threads > THREADS_MAX ? THREADS_MAX : v->o->n_threads;
    uint64_t          n_slots = n_threads > 1 ? (uint64_t)n_threads * SLOTS_PER_THREAD : 1;
    auto_arena arena *a = arena_new(64 << 20);
    pool              p = { .v = v, .n_bundles = n_bundles, .n_slots = n_slots, .slots = NEW_ARRAY(a, slot, n_slots),
                            .n_jobs = (n_bundles + JOB_BUNDLES - 1) / JOB_BUNDLES };
    pthread_mutex_init(&p.lock, NULL);
    pthread_cond_init(&p.changed, NULL);
    for (uint64_t i = 0; i < n_slots; i++)
        p.slots[i].job.a = arena_new(JOB_ARENA_BYTES);
    err_t e = n_threads > 1 ? run_shared(&p, n_threads, done, arg) : run_alone(&p, done, arg);
    for (uint64_t i = 0; i < n_slots; i++)
        arena_free(p.slots[i].job.a);
    pthread_cond_destroy(&p.changed);
    pthread_mutex_destroy(&p.lock);
    return e;
}
