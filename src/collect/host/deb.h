/* collect/host/deb.h - private to the room: Debian's control files and the
 * order of its versions.  Pure: works on bytes, touches no file. */
#ifndef COLLECT_HOST_DEB_H
#define COLLECT_HOST_DEB_H

#include "base/base.h"

/* -1, 0 or 1, by the algorithm of deb-version(7): epoch, upstream, revision,
 * with ~ before everything. Any bytes are given some order. */
int deb_version_cmp(str a, str b);

/* Values of the named fields of one stanza (names mind no case; the first line
 * of a value, trimmed; p is NULL when the field is not there). */
void deb_fields(str stanza, const char *const *names, size_t n, str *ret);

/* The next stanza of *rest, without the blank lines around it; false at the end. */
bool deb_stanza(str *rest, str *ret);

/* Stanzas out of bytes that arrive in pieces. `fill` writes up to n bytes and
 * returns how many, 0 at the end, -1 when the input is broken. A stanza longer than
 * DEB_STANZA_MAX breaks the stream. */
enum { DEB_STANZA_MAX = 4 << 20 };
typedef struct {
    ssize_t (*fill)(void *arg, char *p, size_t n);
    void   *arg;
    char   *p;                           /* window, [at, n) not yet read */
    size_t  at, n, cap;
    arena  *a;
    bool    eof, broken;
} deb_stream;

deb_stream deb_stream_open(arena *a, ssize_t (*fill)(void *arg, char *p, size_t n), void *arg);
/* The stanza is valid until the next call. False at the end; then see `broken`. */
bool deb_stream_next(deb_stream *s, str *ret);

#endif
