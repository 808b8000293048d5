/*
 * collect/host/dpkg_sums.h - private: what packages shipped, from dpkg's
 * database: MD5 sums of configuration files (in `status`) and of others
 * (`info/PACKAGE.md5sums`).
 */
#ifndef COLLECT_HOST_DPKG_SUMS_H
#define COLLECT_HOST_DPKG_SUMS_H

#include "collect/collector.h"

typedef struct {
    str package, md5;                    /* md5: 32 hex digits, or empty when dpkg keeps none */
} shipped;

typedef struct {
    arena             *a;
    const collect_env *env;
    void              *mapped;           /* the status file, in memory while this is open */
    size_t             mapped_n;
    map                conffiles;        /* path -> shipped * */
    int                err;              /* errno of the status file; ENOENT: no dpkg here */
} dpkg_sums;

void dpkg_sums_open(arena *a, const collect_env *env, dpkg_sums *ret);
void dpkg_sums_close(dpkg_sums *d);
/* What is known of a file; `package` names where to look when it is no configuration
 * file (NULL: nowhere). False when nothing is known. */
bool dpkg_sums_find(dpkg_sums *d, str path, const char *package, shipped *ret);

/* Adds the Conffiles of a status file to *into; texts are cuts of `status`. */
void dpkg_conffiles(arena *a, str status, map *into);
/* The sum of `path` ("/usr/bin/su") in an md5sums file, or empty; /bin is /usr/bin. */
str dpkg_md5_of(str md5sums, str path);

#endif
