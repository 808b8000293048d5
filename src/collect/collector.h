/* collect/collector.h - private to the room: what a built-in collector is
 * given, and how it writes rows. */
#ifndef COLLECT_COLLECTOR_H
#define COLLECT_COLLECTOR_H

#include "collect/collect.h"

/* Where a collector looks. Every path goes through env_path/env_read, so tests
 * point `root` at a directory tree; `live` is then false and what only a
 * running kernel can tell (netlink, adjtimex, statvfs) is unsupported. */
typedef struct {
    const char *root;                    /* "" for the machine itself */
    bool        live;
    str         system;
    time_us     now;
    const char *argument;                /* git: the repository */
    arena      *a;                       /* lives as long as the run */
} collect_env;

const char *env_path(arena *a, const collect_env *e, const char *path);
/* errno, 0 when read; see file_slurp. */
int env_read(arena *a, const collect_env *e, const char *path, size_t max, str *ret);
int env_names(arena *a, const collect_env *e, const char *path, str **ret, size_t *ret_n);

/* Writing rows. Field names are checked against the relation: a wrong name is
 * a defect and stops the program, so every emit call is run by a test. A field
 * that is not set is unknown. Text is cleaned to UTF-8. */
typedef struct emit emit;
emit *emit_new(arena *a, int fd);
void emit_begin(emit *e, const relation *r);
void emit_text(emit *e, const char *field_name, str s);
void emit_z(emit *e, const char *field_name, const char *z);      /* NULL: unknown */
void emit_int(emit *e, const char *field_name, int64_t v);
void emit_bool(emit *e, const char *field_name, bool v);
void emit_time(emit *e, const char *field_name, time_us t);
void emit_row(emit *e);                                           /* the row is done */
/* Something is missing from this relation: the worst status and the first
 * reasons are kept for emit_end. */
void emit_lack(emit *e, collect_status s, const char *fmt, ...) PRINTF_LIKE(3);
/* As emit_lack, from errno: EACCES and EPERM are denied, others error. */
void emit_lack_errno(emit *e, int errno_value, const char *path);
/* ST_ABSENT when the thing described is not there; else ST_OK. What was lacking wins. */
void emit_end(emit *e, collect_status s);
int  emit_finish(emit *e);                                        /* 0, or errno of a failed write */

/* A part of the host source: writes one or more relations. */
typedef struct {
    const char *name;
    void (*collect)(const collect_env *env, emit *e);
} host_probe;

#endif
