/* app/spool.h - private to the room: the rows of a run, kept in an unnamed file
 * until the run has ended, so that a slow collector never holds the one
 * writer's place and a run that is cut short writes nothing. */
#ifndef APP_SPOOL_H
#define APP_SPOOL_H

#include "collect/collect.h"

typedef struct spool spool;

/* The file is made in `dir` without a name and goes with the process. */
err_t        spool_new(arena *a, const char *dir, fault *f, spool **ret) MUST_USE;
void         spool_free(spool *s);             /* accepts NULL */
collect_sink spool_sink(spool *s, void (*progress)(void *arg, str text), void *arg);
/* Every begin, row and end again, in order, into `sink`. */
err_t        spool_replay(spool *s, const collect_sink *sink, fault *f) MUST_USE;

GUARD_DEFINE(spool, spool_free)
#define auto_spool GUARD(spool_free)

#endif
