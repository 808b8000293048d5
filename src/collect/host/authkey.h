/* collect/host/authkey.h - private: lines of an authorized_keys file, sshd(8). */
#ifndef COLLECT_HOST_AUTHKEY_H
#define COLLECT_HOST_AUTHKEY_H

#include "base/base.h"

typedef struct {
    str     type, comment;               /* cuts of the line */
    str     fingerprint;                 /* "SHA256:..." as ssh-keygen -l prints it */
    int64_t bits;                        /* 0: not known for this type */
    bool    forced_command, source_limited;
} authkey;

/* False for blank lines, comments and what is not a key. */
bool authkey_parse(arena *a, hasher *h, str line, authkey *ret);

#endif
