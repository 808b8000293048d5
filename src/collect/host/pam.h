/*
 * collect/host/pam.h - private: PAM stacks of /etc/pam.d with includes expanded.
 */
#ifndef COLLECT_HOST_PAM_H
#define COLLECT_HOST_PAM_H

#include "collect/host/conf.h"

typedef struct {
    str     service, facility;           /* facility: auth account password session */
    int64_t position;                    /* in its stack, from 1 */
    str     control, module, arguments;
    str     file;
    int64_t line;
} pam_line;

typedef struct {
    DA(pam_line) rules;
    conf_notes   notes;
    int          err;                    /* errno of the directory, 0 when read */
} pam_stacks;

/* Every service, sorted. ENOENT in err: there is no PAM here. */
void pam_read(arena *a, const conf_files *files, pam_stacks *ret);
/* The first rule of a service's facility that uses one of the modules
 * (NULL-terminated), or NULL. An empty service or facility means any. */
const pam_line *pam_find(const pam_stacks *p, str service, str facility, const char *const *modules);

#endif
