/*
 * collect/collect.h - sources of facts: the runner, the row protocol, the
 * built-in collectors.
 *
 * A collector is a program that writes rows as NDJSON on standard output:
 *   {"begin":"account","mode":"snapshot"}
 *   {"system":"web1","login":"ann","active":true}
 *   {"end":"account","status":"ok"}
 * mode is snapshot or delta; status is ok absent denied unsupported partial
 * error, the last four with a "reason". Times are RFC 3339 text or integers
 * (microseconds). Progress for people goes to standard error. The built-in
 * ones are this program run as a child with limits on time and memory; any
 * executable may be one.
 * Depends on: base, model.  Threads: a run belongs to one thread.
 */
#ifndef COLLECT_COLLECT_H
#define COLLECT_COLLECT_H

#include "model/model.h"

/* Worst last: the status of a run is the largest of its relations. */
typedef enum { ST_OK, ST_ABSENT, ST_UNSUPPORTED, ST_PARTIAL, ST_DENIED, ST_ERROR, ST_COUNT_ } collect_status;
const char *collect_status_name(collect_status s);

/* Where rows go. Callbacks return an error to stop the run. A relation the
 * collector promised and never ended is reported by the runner as ST_ERROR.
 * Every end follows its begin. A relation that was never begun, or was begun a
 * second time, comes as begin (delta) and end (ST_ERROR) without rows. */
typedef struct {
    err_t (*begin)(void *arg, const relation *r, bool snapshot, fault *f);
    err_t (*row)(void *arg, const value *row, fault *f);
    err_t (*end)(void *arg, const relation *r, collect_status s, str reason, fault *f);
    void (*progress)(void *arg, str text);
    void *arg;
} collect_sink;

typedef struct {
    const char *name;                    /* "host", "host-files", "git" */
    const char *doc;
    const char *const *relations;        /* what it promises, NULL-terminated */
} collect_source;

extern const collect_source collect_sources[];
extern const size_t         n_collect_sources;
const collect_source *collect_source_find(str name);

typedef struct {
    const char *argument;                /* git: the repository; host: root directory to read, NULL for / */
    const char *system;                  /* name of the system; NULL: the host name */
    time_us     time_max;                /* wall; 0: 10 minutes */
    size_t      memory_max;              /* bytes; 0: 512 MiB */
} collect_options;

typedef struct {
    time_us        started_at, ended_at;
    collect_status status;               /* worst over the relations */
    str            reason;               /* in the arena given */
    int64_t        rows, relations;
} collect_outcome;

/* Runs a built-in source in a child of this program, or an executable. What the
 * collector does wrong (crash, time, bad lines) ends in the outcome, not in an
 * error: an error is the sink's own. */
err_t collect_run(arena *a, const collect_source *s, const collect_options *o, const collect_sink *sink,
                  fault *f, collect_outcome *ret) MUST_USE;
err_t collect_exec(arena *a, const char *const *argv, const collect_options *o, const collect_sink *sink,
                   fault *f, collect_outcome *ret) MUST_USE;

/* The child's side: runs collector argv[0] and writes rows to standard output;
 * returns the process's exit status. main() calls it for `attest --collector`. */
int collect_child(int argc, char **argv);

/* The reader of the protocol: feed lines, rows come out at the sink. */
typedef struct collect_reader collect_reader;
collect_reader *collect_reader_new(arena *a, const collect_sink *sink, const char *const *relations);
err_t collect_reader_line(collect_reader *r, str line, fault *f) MUST_USE;
err_t collect_reader_end(collect_reader *r, str why, fault *f, collect_outcome *ret) MUST_USE;

#endif
