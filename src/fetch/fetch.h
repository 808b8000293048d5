/*
 * fetch/fetch.h - what leaves this machine: HTTP requests and mail, by libcurl.
 *
 * Where a connection may go is asked for each address, just before connecting, so that no later answer of the
 * resolver slips by. TLS 1.2 at least, checked; redirects are not followed; the environment (proxies, .netrc) has no say.
 * libcurl is loaded when it is first needed.
 * Depends on: base, libcurl.  Threads: a `fetcher` and what it answers belong to one; any number may be open.
 */
#ifndef FETCH_FETCH_H
#define FETCH_FETCH_H

#include "base/base.h"

#include <sys/socket.h>

/* ---- URLs and addresses ------------------------------------------------------------------------ */

typedef struct {
    str  scheme, host;         /* host without brackets and port */
    bool loopback;             /* the host is "localhost" or a loopback address as written */
} url_parts;

/* "scheme://host[:port][/...]" of a narrow set of characters: no user, no fragment, no blanks. */
bool url_cut(str url, url_parts *ret);

typedef enum { ADDRESS_PUBLIC, ADDRESS_LOOPBACK, ADDRESS_PRIVATE, ADDRESS_NEVER } address_kind;

/* PRIVATE: a network inside an organisation (RFC 1918, unique local, carrier's NAT).
 * NEVER: link-local (where clouds serve their credentials), multicast, documentation, unspecified ... */
address_kind address_judge(const struct sockaddr *sa);

/* Which addresses a connection may be made to; NEVER is never among them. */
typedef struct {
    bool loopback, inside, outside;
} fetch_reach;

/* ---- exchanges ------------------------------------------------------------------------------------ */

typedef struct fetcher fetcher;

/* ERR_UNSUPPORTED: libcurl is not installed. */
err_t fetch_open(arena *a, fault *f, fetcher **ret) MUST_USE;
void  fetch_close(fetcher *t);                            /* accepts NULL */

typedef struct {
    const char *url;           /* as url_cut() takes it */
    fetch_reach reach;
    const char *ca_file;       /* PEM; NULL: the system's */
    const char *inside_hint;   /* how a private address can be allowed; NULL: it cannot */
    int         total_ms;
    size_t      answer_max;    /* bytes */
} fetch_where;

typedef struct {
    bool    whole;             /* there was a whole answer (for mail: it was taken) */
    bool    too_long;          /* there was an answer, of more than answer_max bytes */
    bool    down;              /* nothing to do with what was sent: the server or the way to it */
    int64_t status;            /* -1: none */
    str     body, media;       /* media: Content-Type without parameters, in lower case; empty: none */
    time_us wait;              /* the other side asked to be left alone that long, a day at most; else 0 */
    str     error;             /* why it is not whole; holds no secret */
} fetch_answer;

typedef struct {
    bool       post;
    const str *headers;        /* "Name: text"; a line break in one is a defect of the caller */
    size_t     n_headers;
    str        body;           /* with post */
} fetch_http_request;

/* http:// and https:// as the URL says: whether plain HTTP will do is the caller's to judge. */
void fetch_http(fetcher *t, arena *a, const fetch_where *w, const fetch_http_request *rq, fetch_answer *ret);

typedef struct {
    str         to, message;   /* RFC 5322, lines ended by CRLF */
    const char *from;
    const char *user, *password;       /* NULL: none */
    bool        plain;         /* without TLS */
} fetch_mail_request;

/* smtp:// (with STARTTLS) and smtps://. */
void fetch_mail(fetcher *t, arena *a, const fetch_where *w, const fetch_mail_request *rq, fetch_answer *ret);

GUARD_DEFINE(fetcher, fetch_close)
#define auto_fetcher GUARD(fetch_close)

#endif
