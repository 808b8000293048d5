/* collect/files/files.h - private to the room: the walk over local disks. */
#ifndef COLLECT_FILES_FILES_H
#define COLLECT_FILES_FILES_H

#include "collect/collector.h"

#include <sys/types.h>

/* ---- whose it is ---------------------------------------------------------------- */

typedef struct owners owners;
owners *owners_new(arena *a, const collect_env *e, emit *out);
/* Name of the account or group; the empty str when there is none. */
str owners_user(owners *n, uid_t uid);
str owners_group(owners *n, gid_t gid);

typedef struct packages packages;
/* Debian's lists of files, read once; no lists: no packages. */
packages *packages_new(arena *a, const collect_env *e, emit *out);
str packages_of(const packages *p, str path);       /* empty when of none; without p when that is not known */

/* ---- the walk ---------------------------------------------------------------------- */

typedef struct {
    int64_t entries_max;
    time_us time_max;
} walk_budget;

void collect_files_within(const collect_env *env, emit *e, const walk_budget *budget);

#endif
