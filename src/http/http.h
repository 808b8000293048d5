/*
 * http/http.h - the door to HTTP: a server over libmicrohttpd, and strict
 * parsers for what clients send.
 *
 * A request reaches the handler only when it is whole and sound: one Host, one
 * length, names and values as RFC 9110 and 9112 want them, a path that is
 * decoded once, UTF-8 and without tricks. What is not is answered here with
 * 4xx; a slash at the end of the path with 308 to the address without it. A thread a connection, so a slow handler delays nobody else.
 * No type of libmicrohttpd leaves the room.
 * Depends on: base.  Threads: the handler is called from many at once; a
 * request, its response and their arena belong to one.
 */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "base/base.h"

typedef enum { HTTP_NONE, HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_PUT, HTTP_PATCH, HTTP_DELETE, HTTP_METHOD_COUNT_ } http_method;
const char *http_method_name(http_method m);           /* "GET" */

typedef struct {
    str name, value;
} http_pair;

typedef struct {
    arena      *a;            /* for everything that lives as long as the request */
    http_method method;
    str         path;         /* "/risk/RISK-1": decoded, begins with /, no empty, "." or ".." segment */
    str         raw_path;     /* as sent, for a signature or a link back */
    str         raw_query;    /* without "?"; empty: none */
    http_pair  *query;    size_t n_query;              /* decoded, in order */
    http_pair  *headers;  size_t n_headers;            /* names in lower case, values trimmed */
    http_pair  *cookies;  size_t n_cookies;
    str         host;         /* of the Host header, with its port */
    str         body;
    str         address;      /* of the client, as text; behind a trusted proxy the one it tells */
    bool        tls;          /* or a trusted proxy says so */
} http_request;

/* The first value of that name; .p NULL when there is none. */
str http_header(const http_request *rq, const char *lower_name);
str http_query(const http_request *rq, const char *name);
str http_cookie(const http_request *rq, const char *name);

/* ---- what a client sends in a body ------------------------------------------------------ */

enum { HTTP_PAIRS_MAX = 1000, HTTP_PARTS_MAX = 64 };

/* application/x-www-form-urlencoded, and queries. Bad percent signs, NUL, what is not UTF-8, or more
 * than HTTP_PAIRS_MAX pairs: ERR_INVALID. */
err_t http_pairs_parse(arena *a, str text, fault *f, http_pair **ret, size_t *ret_n) MUST_USE;

typedef struct {
    str  name;
    str  filename;            /* .p NULL: a plain field. Never a path: what stands before / and \ is cut off */
    str  media;               /* as the client says; not to be trusted */
    str  bytes;               /* into the body */
} http_part;

/* multipart/form-data (RFC 7578). `media`: the Content-Type header, with its boundary. */
err_t http_parts_parse(arena *a, str media, str body, fault *f, http_part **ret, size_t *ret_n) MUST_USE;

/* The fields of a form, whichever of the two ways it was sent; parts with files come apart (ret_parts may be
 * NULL: then a file is refused). ERR_UNSUPPORTED: another media type. */
err_t http_form(const http_request *rq, fault *f, http_pair **ret, size_t *ret_n, http_part **ret_parts, size_t *ret_n_parts) MUST_USE;

/* ---- the answer ------------------------------------------------------------------------------ */

typedef struct {
    arena *a;                 /* the request's */
    int    status;            /* 200 unless set */
    str    media;             /* Content-Type; empty: none */
    buf    body;              /* born with a limit of HTTP_BODY_MAX */
    str    fixed;             /* instead of body: bytes that outlive the server; .p NULL: none */
    bool   unpacked;          /* never compress the body. Else text of 2 KiB to 8 MiB is, for clients that can read it */
    DA(http_pair) headers;
} http_response;

enum { HTTP_BODY_MAX = 96 << 20 };

/* A value with a control character is a defect of the caller and dies. `name` is constant. */
void http_add(http_response *rs, const char *name, str text);
/* "Save as": any name is made fit for the header (RFC 6266: a plain form for old clients, the whole one as RFC 8187 writes it). */
void http_attachment(http_response *rs, str filename);
/* Is it an address on this server, which a page may send on to: begins with one slash, no backslash, no controls? */
bool http_is_local(str to);
/* 303 by default after a form. `to`: http_is_local; anything else is a defect of the caller. */
void http_redirect(http_response *rs, int status, str to);

/* A file of assets/ (of the binary): compressed when the client can read that, with an ETag; 304 when the client has it;
 * to be kept for a year when the address carries its digest ("?v=DIGEST", or in the path), else asked for again each
 * time. False: `as` is NULL, nothing was done. */
bool http_asset(const http_request *rq, http_response *rs, const asset *as, str media);

/* Does the request have this version already (If-None-Match)? Sets the ETag W/"tag"; when true the answer is 304 and the
 * body need not be made. `tag`: what changes when the answer does, of letters, digits, - and . only. GET and HEAD only. */
bool http_unchanged(const http_request *rq, http_response *rs, str tag);
/* The same with a digest of the body that was made. */
bool http_unchanged_body(const http_request *rq, http_response *rs);

/* Does the client read answers in this encoding ("gzip")? RFC 9110 s12.5.3. */
bool http_accepts_encoding(const http_request *rq, const char *encoding);

/* ---- the server -------------------------------------------------------------------------------- */

typedef struct http_server http_server;

typedef struct {
    void *arg;
    void (*handle)(void *arg, const http_request *rq, http_response *rs);
    /* Before a body is read: how many bytes this request may bring; 0: none. */
    size_t (*body_max)(void *arg, http_method m, str path);
    /* A failure inside the room (4xx, 5xx without a handler), for a page in the house's look; may be NULL. */
    void (*refuse)(void *arg, http_response *rs, int status, str why);
    /* Adds what every answer carries, those of this room too (of an early refusal the request may be empty); may be NULL. */
    void (*dress)(void *arg, const http_request *rq, http_response *rs);
} http_hooks;

typedef struct {
    const char *address;      /* "127.0.0.1", "::1", "0.0.0.0", "::" */
    uint16_t    port;         /* 0: any that is free */
    int         listen_fd;    /* >= 0: a socket that listens already (given by a supervisor); http_stop closes it; else -1 */
    str         cert_pem, key_pem;                     /* empty: no TLS */
    str         trusted_proxy;                         /* its address: X-Forwarded-For and -Proto of it are believed; empty: none */
    int         connections_max, per_address_max;      /* 0: 600, 64. When they are taken, idle ones give way */
    int         requests_per_minute;                   /* of one address, then 429; 0: no limit (loopback is never limited below 60,000) */
    int         idle_s, request_s;                     /* 0: 30 s between requests, 20 s for a request to come in (+ 1 s for each 32 KiB of body) */
    size_t      arena_max;                             /* of one request, without its body; 0: 512 MiB */
} http_options;

err_t    http_start(const http_options *o, const http_hooks *hooks, fault *f, http_server **ret) MUST_USE;
uint16_t http_port(const http_server *s);
/* New connections get the new certificate; those that stand keep theirs, for one answer more. ERR_BUSY: seven earlier
 * ones are still in use. Not for a server without TLS. */
err_t    http_certificate(http_server *s, str cert_pem, str key_pem, fault *f) MUST_USE;
/* No new connections; waits up to `grace` for requests that are under way, then cuts their connections and waits for their
 * handlers, which cannot be cut. Frees the server. Accepts NULL. */
void     http_stop(http_server *s, time_us grace);

/* A key and a certificate of its own for these names and addresses ("localhost", "10.0.0.5"), valid 397 days, ECDSA P-256. */
err_t http_self_signed(arena *a, const str *names, size_t n, fault *f, str *ret_cert_pem, str *ret_key_pem) MUST_USE;

/* What the server has done so far, for /metrics. */
typedef struct {
    int64_t requests, refused, bytes_out, connections, connections_open, timeouts;
    int64_t by_status[6];     /* 1xx .. 5xx at [1] .. [5] */
    int64_t took_us[16];      /* requests that took at most 2^i * 100 us; the last: any */
    int64_t took_sum_us;
} http_counters;
http_counters http_counted(const http_server *s);

#endif
