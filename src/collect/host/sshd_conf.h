/*
 * collect/host/sshd_conf.h - private: sshd_config(5) as sshd reads it.
 *
 * Include with globs and Match blocks are followed; the first value of a
 * keyword wins, and some keywords collect. Effective values are those of a
 * connection that no Match block but "Match all" applies to.
 */
#ifndef COLLECT_HOST_SSHD_CONF_H
#define COLLECT_HOST_SSHD_CONF_H

#include "collect/host/conf.h"

typedef struct {
    str     name;                        /* lower case, old names replaced */
    str     value;
    str     file;
    int64_t line;
    str     match;                       /* the criteria of its Match block; empty outside */
} sshd_line;

typedef struct {
    DA(sshd_line) lines;                 /* in the order read */
    conf_notes    notes;
    int           err;                   /* errno of the main file, 0 when read */
    int           files;
} sshd_conf;

typedef struct {
    str name, value, defined_in;         /* defined_in: file:line, "default" or "sshd -T" */
} sshd_value;
typedef DA(sshd_value) sshd_values;

void sshd_read(arena *a, const conf_files *files, const char *path, sshd_conf *ret);

/* Values as `sshd -T` prints them, the defaults of OpenSSH 9.2 in Debian 12
 * filled in; lines of one keyword that collect are joined by a blank. */
sshd_values sshd_effective(arena *a, const sshd_conf *c) MUST_USE;
/* Reads what `sshd -T` printed. */
sshd_values sshd_printed(arena *a, str text) MUST_USE;
/* "" when it is not there. */
str sshd_get(const sshd_values *values, str name);

#endif
