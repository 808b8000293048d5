/* collect/git/secret.h - private to the room: finds keys and tokens in text.
 * What it finds never leaves it: only where, which kind, how long. */
#ifndef COLLECT_GIT_SECRET_H
#define COLLECT_GIT_SECRET_H

#include "base/base.h"

typedef struct {
    int64_t     line, length;
    const char *rule;
} secret_hit;

typedef struct secret_scanner secret_scanner;
secret_scanner *secret_scanner_new(arena *a);

/* Calls `hit` for each find, lines ascending, a rule once a line. `settings`:
 * a file of NAME=value lines, where values stand without quotes. */
void secret_scan(const secret_scanner *sc, str text, bool settings, void (*hit)(void *arg, const secret_hit *h), void *arg);

bool path_is_test_data(str path);
bool path_is_settings(str path);

#endif
