/* collect/host/integrity.h - private: the files whose state is recorded. */
#ifndef COLLECT_HOST_INTEGRITY_H
#define COLLECT_HOST_INTEGRITY_H

#include <stddef.h>

typedef struct {
    const char *pattern;                 /* a path, or a glob */
    const char *required_by;             /* must exist when this does; "/": always; NULL: need not */
    const char *package;                 /* where its sum is kept, when it is no configuration file; "name-*" takes the file name's end */
} integrity_path;

extern const integrity_path integrity_paths[];
extern const size_t         n_integrity_paths;

#endif
