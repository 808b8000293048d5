/* Open workspaces: readers that requests share among them, and one writer. What is
 * read of texts is read once, by the first. */
#include "gate/private.h"

enum { READERS_MAX = 64, SLOW_MAX = 2, GROWN_BYTES = 4 << 20, WRITER_WAIT_S = 10 };

typedef struct {
    arena     *a;
    workspace *ws;
    bool       taken;
} reader;

/* Content of one reading; readers opened on an older one are closed when they come back. */
typedef struct {
    arena     *a;
    workspace *first;
    int        users;
} generation;

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t  freed;
    const char     *dir;
    arena          *a;
    generation     *now;
    reader          readers[READERS_MAX];
    generation     *of[READERS_MAX];     /* each reader's */
    int             readers_max, open, slow;
    pthread_mutex_t writing;
    arena          *writer_arena;
    workspace      *writer;
    generation     *writer_of;
    int64_t         waited;
};

static err_t generation_open(const char *dir, fault *f, generation **ret)
{
    arena      *a = arena_new(SIZE_MAX / 2);
    workspace  *ws = NULL;
    const content *ct;
    const library *texts;
    err_t e = workspace_open(a, dir, OPEN_READ, f, &ws);
    if (e == ERR_OK)
        e = app_content(ws, f, &ct);
    if (e == ERR_OK)
        e = app_library(ws, f, &texts);
    if (e != ERR_OK) {
        workspace_close(ws);
        arena_free(a);
        return e;
    }
    *ret = NEW(a, generation);
    **ret = (generation){ .a = a, .first = ws, .users = 1 };
    return ERR_OK;
}

static void generation_leave(generation *gen)
{
    if (--gen->users)
        return;
    workspace_close(gen->first);
    arena_free(gen->a);
}

err_t pool_open(const char *dir, int readers_max, fault *f, pool **ret)
{
    arena *a = arena_new(1 << 20);
    pool  *p = NEW(a, pool);
    *p = (pool){ .a = a, .dir = str_z(a, str_of(dir)), .readers_max = readers_max < READERS_MAX ? readers_max : READERS_MAX };
    err_t e = generation_open(p->dir, f, &p->now);
    if (e != ERR_OK) {
        arena_free(a);
        return e;
    }
    pthread_mutex_init(&p->lock, NULL);
    pthread_mutex_init(&p->writing, NULL);
    pthread_cond_init(&p->freed, NULL);
    *ret = p;
    return ERR_OK;
}

static void reader_close(pool *p, int i)
{
    workspace_close(p->readers[i].ws);
    arena_free(p->readers[i].a);
    generation_leave(p->of[i]);
    p->readers[i] = (reader){ 0 };
    p->of[i] = NULL;
    p->open--;
}

static void writer_close(pool *p)
{
    if (!p->writer)
        return;
    workspace_close(p->writer);
    arena_free(p->writer_arena);
    pthread_mutex_lock(&p->lock);
    generation_leave(p->writer_of);
    pthread_mutex_unlock(&p->lock);
    p->writer = NULL;
}

void pool_close(pool *p)
{
    if (!p)
        return;
    writer_close(p);
    for (int i = 0; i < READERS_MAX; i++)
        if (p->readers[i].ws)
            reader_close(p, i);
    generation_leave(p->now);
    pthread_cond_destroy(&p->freed);
    pthread_mutex_destroy(&p->writing);
    pthread_mutex_destroy(&p->lock);
    arena_free(p->a);
}

err_t pool_reload(pool *p, fault *f)
{
    generation *fresh;
    TRY(generation_open(p->dir, f, &fresh));
    pthread_mutex_lock(&p->lock);
    generation *old = p->now;
    p->now = fresh;
    for (int i = 0; i < READERS_MAX; i++)
        if (p->readers[i].ws && !p->readers[i].taken)
            reader_close(p, i);
    generation_leave(old);
    pthread_mutex_unlock(&p->lock);
    return ERR_OK;
}

/* A reader that waits already, or a slot to open one in; -1: all are taken. */
static int free_slot(const pool *p)
{
    int empty = -1;
    for (int i = 0; i < READERS_MAX; i++) {
        if (p->readers[i].ws && !p->readers[i].taken)
            return i;
        if (!p->readers[i].ws && !p->readers[i].taken && empty < 0)
            empty = i;
    }
    return p->open < p->readers_max ? empty : -1;
}

static err_t open_reader(pool *p, int i, fault *f)
{
    reader *r = &p->readers[i];
    if (r->ws)
        return ERR_OK;
    r->a = arena_new(256 << 20);
    err_t e = workspace_open_beside(r->a, p->of[i]->first, OPEN_READ, f, &r->ws);
    if (e != ERR_OK) {
        arena_free(r->a);
        *r = (reader){ .taken = true };
    }
    return e;
}

err_t pool_take(pool *p, bool slow, fault *f, workspace **ret)
{
    int i;
    pthread_mutex_lock(&p->lock);
    while ((slow && p->slow >= SLOW_MAX) || (i = free_slot(p)) < 0)
        pthread_cond_wait(&p->freed, &p->lock);
    p->slow += slow;
    p->readers[i].taken = true;
    if (!p->readers[i].ws) {
        p->open++;
        p->of[i] = p->now;
        p->now->users++;
    }
    pthread_mutex_unlock(&p->lock);
    err_t e = open_reader(p, i, f);
    if (e == ERR_OK) {
        *ret = p->readers[i].ws;
        return ERR_OK;
    }
    pthread_mutex_lock(&p->lock);
    p->slow -= slow;
    p->open--;
    generation_leave(p->of[i]);
    p->readers[i].taken = false;
    pthread_cond_broadcast(&p->freed);
    pthread_mutex_unlock(&p->lock);
    return e;
}

void pool_give(pool *p, workspace *ws, bool slow)
{
    pthread_mutex_lock(&p->lock);
    for (int i = 0; i < READERS_MAX; i++)
        if (p->readers[i].ws == ws) {
            p->readers[i].taken = false;
            /* An arena only grows: a reader that has is made anew. */
            if (p->of[i] != p->now || arena_used_bytes(p->readers[i].a) > GROWN_BYTES)
                reader_close(p, i);
        }
    p->slow -= slow;
    pthread_cond_broadcast(&p->freed);
    pthread_mutex_unlock(&p->lock);
}

err_t pool_writer_take(pool *p, fault *f, workspace **ret)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += WRITER_WAIT_S;
    if (pthread_mutex_trylock(&p->writing) != 0) {
        __atomic_add_fetch(&p->waited, 1, __ATOMIC_RELAXED);
        if (pthread_mutex_timedlock(&p->writing, &until) != 0)
            return fail(f, ERR_BUSY, "others are writing; nothing was changed; try again in a moment");
    }
    if (p->writer && (p->writer_of != p->now || arena_used_bytes(p->writer_arena) > GROWN_BYTES))
        writer_close(p);
    if (!p->writer) {
        pthread_mutex_lock(&p->lock);
        p->writer_of = p->now;
        p->writer_of->users++;
        pthread_mutex_unlock(&p->lock);
        p->writer_arena = arena_new(SIZE_MAX / 2);
        err_t e = workspace_open_beside(p->writer_arena, p->writer_of->first, OPEN_WRITE, f, &p->writer);
        if (e != ERR_OK) {
            p->writer = NULL;
            arena_free(p->writer_arena);
            pthread_mutex_lock(&p->lock);
            generation_leave(p->writer_of);
            pthread_mutex_unlock(&p->lock);
            pthread_mutex_unlock(&p->writing);
            return e;
        }
    }
    *ret = p->writer;
    return ERR_OK;
}

void pool_writer_give(pool *p) { pthread_mutex_unlock(&p->writing); }

workspace *pool_first(pool *p)
{
    pthread_mutex_lock(&p->lock);
    workspace *ws = p->now->first;
    pthread_mutex_unlock(&p->lock);
    return ws;
}

void pool_counted(pool *p, gate_counters *ret)
{
    pthread_mutex_lock(&p->lock);
    ret->readers_open = p->open;
    pthread_mutex_unlock(&p->lock);
    ret->writers_waited = __atomic_load_n(&p->waited, __ATOMIC_RELAXED);
}
