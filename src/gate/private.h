/* gate/private.h - private to the room: the parts of the gate. */
#ifndef GATE_PRIVATE_H
#define GATE_PRIVATE_H

#include "gate/gate.h"

#include <pthread.h>

/* ---- routes (route.c) ---- */

typedef struct {
    const front *front;
    const route *route;
    str          params[ROUTE_PARAMS];
    const relation *type;
    bool         other_method;           /* the path is known, the method is not */
} found_route;
/* route NULL: nothing fits. */
found_route route_match(const front *const *fronts, size_t n, http_method m, str path);

/* ---- workspaces (pool.c) ---- */

typedef struct pool pool;
err_t pool_open(const char *dir, int readers_max, fault *f, pool **ret) MUST_USE;
void  pool_close(pool *p);
err_t pool_reload(pool *p, fault *f) MUST_USE;
/* Waits for a reader that is free. Slow ones are few at once. */
err_t pool_take(pool *p, bool slow, fault *f, workspace **ret) MUST_USE;
void  pool_give(pool *p, workspace *ws, bool slow);
err_t pool_writer_take(pool *p, fault *f, workspace **ret) MUST_USE;
void  pool_writer_give(pool *p);
workspace *pool_first(pool *p);          /* for what is constant: name, settings, directory */
void  pool_counted(pool *p, gate_counters *ret);

/* ---- answers kept (answers.c) ---- */

typedef struct answers answers;
answers *answers_new(void);
void   answers_free(answers *c);
/* Fills the answer in when one is kept for this key, made at that head, young enough. */
bool   answers_get(answers *c, str key, int64_t head, time_us now, http_response *rs);
void   answers_put(answers *c, str key, int64_t head, time_us now, const http_response *rs);

/* ---- what is recorded (recorder.c) ---- */

typedef struct recorder recorder;
err_t recorder_open(pool *p, fault *f, recorder **ret) MUST_USE;
void  recorder_close(recorder *r);
/* Durable on return. */
err_t recorder_write(recorder *r, str actor, const access_event *e, fault *f) MUST_USE;
/* Joined with others like it and written within a minute. */
void  recorder_join(recorder *r, const access_event *e);

/* ---- requests that are sent again (replay.c) ---- */

bool  replay_wanted(const ask *q);
/* ret_answered: it came before, and the answer is that of then; else replay_end follows. */
err_t replay_begin(ask *q, str *ret_id, bool *ret_answered) MUST_USE;
void  replay_end(ask *q, str id, err_t e);

/* ---- what the supervisor is asked (errand.c) ---- */

typedef struct errands errands;
errands *errands_new(void);              /* NULL: no memory */
void     errands_free(errands *x);

struct gate {
    arena       *a;
    gate_options o;
    pool        *pool;
    answers     *answers;
    errands     *errands;
    recorder    *recorder;
    auth        *auth;
    void       **kept;                   /* one a front */
    state_db    *state;
    const http_server *server;
    pthread_mutex_t lock;                /* people, job_fd */
    struct person_slot *people;
    int64_t      hits, misses, refusals, sign_ins;     /* atomic */
};

/* What an ask holds until it ends; behind the public part. */
typedef struct {
    ask        q;
    gate      *g;
    bool       writing, slow, form_read;
    http_pair *form;   size_t n_form;
    http_part *parts;  size_t n_parts;
} held_ask;

/* ---- headers and tokens of requests (guard.c) ---- */

/* Headers that every answer carries. */
void guard_headers(const gate *g, const http_request *rq, http_response *rs);
/* Is this route at this host? Else ERR_NOT_FOUND, or an answer that leads there. Sets q->apart. */
err_t guard_host(ask *q, bool *ret_answered) MUST_USE;
/* Whether an unsafe request that comes with a cookie was made by a page of ours. */
bool guard_same_site(ask *q);

#endif
