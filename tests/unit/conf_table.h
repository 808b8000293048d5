/* tests/unit/conf_table.h - files for a parser from a table: path, text, ..., NULL. */
#ifndef CONF_TABLE_H
#define CONF_TABLE_H

#include "collect/host/conf.h"

#include <errno.h>

static inline int conf_table_read(void *arg, arena *a, const char *path, str *ret)
{
    (void)a;
    for (const char *const *p = arg; *p; p += 2)
        if (strcmp(p[0], path) == 0) {
            if (strcmp(p[1], "(loop)") == 0)
                return ELOOP;
            if (strcmp(p[1], "(denied)") == 0)
                return EACCES;
            *ret = str_of(p[1]);
            return 0;
        }
    return ENOENT;
}

/* Names of the files right below `path`; the table must be sorted. */
static inline int conf_table_names(void *arg, arena *a, const char *path, str **ret, size_t *ret_n)
{
    DA(str) names = { 0 };
    size_t  n = strlen(path);
    for (const char *const *p = arg; *p; p += 2)
        if (strncmp(p[0], path, n) == 0 && p[0][n] == '/' && !strchr(p[0] + n + 1, '/'))
            da_push(a, &names) = str_of(p[0] + n + 1);
    *ret = names.v;
    *ret_n = names.n;
    return names.n ? 0 : ENOENT;
}

static inline conf_files conf_table(const char *const *rows)
{
    union { const char *const *in; void *out; } arg = { .in = rows };
    return (conf_files){ .read = conf_table_read, .names = conf_table_names, .arg = arg.out };
}
#define CONF_TABLE(...) conf_table((const char *const[]){ __VA_ARGS__, NULL })

#endif
