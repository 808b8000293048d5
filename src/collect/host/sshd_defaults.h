/* collect/host/sshd_defaults.h - private: what sshd does when nothing is said. */
#ifndef COLLECT_HOST_SSHD_DEFAULTS_H
#define COLLECT_HOST_SSHD_DEFAULTS_H

#include "base/base.h"

enum {
    SSHD_COLLECTS = 1,                   /* every line counts, not the first alone */
    SSHD_WORD = 2,                       /* printed in lower case */
    SSHD_CAPITAL = 4,                    /* printed in capitals */
    SSHD_TIME = 8,                       /* "2m" is printed in seconds */
    SSHD_ALGORITHMS = 16,                /* + - ^ change the default list */
};

typedef struct {
    const char *name, *value;            /* value "": printed only when set */
    unsigned    flags;
} sshd_default;

extern const sshd_default sshd_defaults[];
extern const size_t       n_sshd_defaults;

#endif
