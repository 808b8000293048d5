/* collect/spawn.h - private to the room: a child process under limits. */
#ifndef COLLECT_SPAWN_H
#define COLLECT_SPAWN_H

#include "base/base.h"

#include <sys/types.h>

typedef struct {
    pid_t pid;                           /* leads a process group of its own */
    int   out, err;                      /* its standard output and error, to read; not blocking */
} spawned;

typedef struct {
    size_t  data_max;                    /* bytes of private memory; 0: no limit */
    time_us cpu_max;
} spawn_limits;

/* Starts argv[0] (a path) with a clean environment, /dev/null as input, no
 * other descriptors, no way to gain rights. 0, or errno of what failed. */
int spawn(arena *a, const char *const *argv, const spawn_limits *limits, spawned *ret) MUST_USE;

#endif
