/* tests/fuzz/conf_fuzz.h - one input as several files: byte 1 ends a file; what
 * follows it up to the end of the line is the next one's path. */
#ifndef CONF_FUZZ_H
#define CONF_FUZZ_H

#include "collect/host/conf.h"

#include <errno.h>

typedef struct {
    const char *path;
    str         text;
} fuzz_file;

typedef struct {
    DA(fuzz_file) files;
} fuzz_tree;

static inline void fuzz_split(arena *a, str in, const char *main_path, fuzz_tree *ret)
{
    const char *path = main_path;
    *ret = (fuzz_tree){ 0 };
    while (in.p && ret->files.n < 8) {
        str text = str_cut(&in, '\1');
        da_push(a, &ret->files) = (fuzz_file){ path, text };
        if (in.p)
            path = str_z(a, str_cut(&in, '\n'));
    }
}

static inline int fuzz_read(void *arg, arena *a, const char *path, str *ret)
{
    const fuzz_tree *t = arg;
    (void)a;
    for (size_t i = 0; i < t->files.n; i++)
        if (strcmp(t->files.v[i].path, path) == 0) {
            *ret = t->files.v[i].text;
            return 0;
        }
    return ENOENT;
}

static inline int fuzz_names(void *arg, arena *a, const char *path, str **ret, size_t *ret_n)
{
    const fuzz_tree *t = arg;
    DA(str) names = { 0 };
    size_t n = strlen(path);
    for (size_t i = 0; i < t->files.n; i++)
        if (strncmp(t->files.v[i].path, path, n) == 0 && t->files.v[i].path[n] == '/' && t->files.v[i].path[n + 1])
            da_push(a, &names) = str_of(t->files.v[i].path + n + 1);
    *ret = names.v;
    *ret_n = names.n;
    return names.n ? 0 : ENOENT;
}

static inline conf_files fuzz_files(fuzz_tree *t)
{
    return (conf_files){ .read = fuzz_read, .names = fuzz_names, .arg = t };
}

static inline void fuzz_must(bool good)
{
    if (!good)
        abort();
}

#endif
