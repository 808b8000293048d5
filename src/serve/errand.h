/* serve/errand.h - private to the room: what the web process asks the supervisor to do
 * with the rights it gave up itself. */
#ifndef SERVE_ERRAND_H
#define SERVE_ERRAND_H

#include "gate/gate.h"

enum { ERRANDS_WAITING_MAX = 16 };

typedef struct {
    char   text[ERRAND_MAX_BYTES];
    size_t n;                            /* 0: none */
} errand_message;

typedef struct {
    const char    *dir;
    errand_message waiting[ERRANDS_WAITING_MAX];       /* in the order they came; one is done at a time */
    size_t         n_waiting;
    pid_t          running;              /* 0: none */
    int            fd;                   /* its answer */
    char           head[64];             /* "17 source-add": its number and name */
} errands_todo;

/* Keeps it for its turn; what is more than can wait is passed over, and who asked hears so by waiting. */
void  errands_ask(errands_todo *t, str message);
err_t errands_start_next(errands_todo *t, fault *f) MUST_USE;
/* Whether `pid` was one. ret_told: "done NUMBER OUTCOME\nTEXT" for the web process, in the arena; ret_source: the id of a source
 * that was added and has not been seen yet; empty: none; ret_changed: the web process is to read the configuration again. */
bool  errands_ended(errands_todo *t, arena *a, pid_t pid, str *ret_told, str *ret_source, bool *ret_changed);

#endif
