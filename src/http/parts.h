/* http/parts.h - what the files of this room share. */
#ifndef HTTP_PARTS_H
#define HTTP_PARTS_H

#include "http/http.h"

#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <zlib.h>

/* ---- libmicrohttpd, loaded when a server starts -------------------------------------------- */

#define MHD_FUNCTIONS(X)                                                                                             \
    X(MHD_start_daemon) X(MHD_stop_daemon) X(MHD_quiesce_daemon) X(MHD_get_daemon_info) X(MHD_get_version)           \
    X(MHD_is_feature_supported) X(MHD_get_connection_info) X(MHD_set_connection_option)                              \
    X(MHD_get_connection_values_n) X(MHD_create_response_from_buffer) X(MHD_add_response_header)                     \
    X(MHD_queue_response) X(MHD_destroy_response)

typedef struct {
#define X(name) __typeof__(name) *name;
    MHD_FUNCTIONS(X)
#undef X
} mhd_functions;

#define ZLIB_FUNCTIONS(X) X(deflateInit2_) X(deflateSetHeader) X(deflateBound) X(deflate) X(deflateEnd)

typedef struct {
#define X(name) __typeof__(name) *name;
    ZLIB_FUNCTIONS(X)
#undef X
} zlib_functions;

/* ---- limits that nobody sets ----------------------------------------------------------------- */

enum {
    HEADERS_MAX = 100, HEADERS_BYTES_MAX = 16 << 10, TARGET_MAX = 8 << 10, COOKIES_MAX = 100,
    POOL_BYTES = 32 << 10,            /* of libmicrohttpd for one connection: request head, piece of body, response head */
    STACK_BYTES = 512 << 10,
    DRAIN_MAX = 1 << 20,              /* a refused body of up to this is read, so that the answer arrives */
    BODY_RATE_MIN = 32 << 10,         /* bytes a second: a body may take a second longer for each of these */
    GENERATIONS_MAX = 8,              /* of certificates whose connections still stand */
};

/* ---- pieces without a server: strict readers ---------------------------------------------------- */

/* Decodes %XX, and + as a blank when `plus`. False: bad percent signs, NUL, or not UTF-8. */
bool percent_decode(arena *a, str s, bool plus, str *ret);
/* Of a request target, the part before "?": decoded once. ERR_INVALID with the reason. */
err_t path_decode(arena *a, str raw, fault *f, str *ret) MUST_USE;

typedef DA(http_pair) pair_list;
/* Adds the cookies of one header; what is no cookie by RFC 6265 is left out, since others set cookies too. */
void cookies_add(arena *a, str header, pair_list *into);

bool is_token(str s);                                  /* RFC 9110 s5.6.2 */
bool is_host_name(str s);                              /* letters, digits, . - and _ */
bool str_same(str a, str b);                           /* ASCII, case-insensitive */
/* The media type of a Content-Type without its parameters, trimmed. */
str  media_type(str header);
/* A parameter of a header ("boundary"), unquoted; .p NULL: none. False: it is malformed. */
bool header_param(arena *a, str header, const char *name, str *ret);

/* ---- the head of a request ------------------------------------------------------------------------ */

typedef struct {
    int  status;              /* 0: sound */
    str  why;
} refusal;

typedef struct {
    const char *name, *text;  /* as the library keeps them, for the check of what it skipped over */
    size_t      name_n, text_n;
} raw_header;

typedef struct {
    str         method, version, target;    /* target: as sent, query and all */
    const char *target_at, *version_at;     /* where they stand in the library's buffer; NULL: do not check */
    raw_header *headers;
    size_t      n_headers;
} raw_head;

typedef struct {
    bool    chunked, expect;
    int64_t length;           /* -1: none said */
} framing;

/* Checks and fills in method, paths, query, headers, cookies and host. */
refusal head_read(const raw_head *h, http_request *rq, framing *ret);
bool    ends_with_slash(str raw_path);

/* ---- limits of one address ----------------------------------------------------------------------------- */

typedef struct rate rate;
rate *rate_new(arena *a, int per_minute);
/* True: this request of that address is one too many. Any thread. */
bool  rate_over(rate *r, str address, time_us now);
void  rate_end(rate *r);

/* ---- the server ---------------------------------------------------------------------------------------- */

/* One connection, from accept to close. Under the server's lock, but for the atomics. */
typedef struct peer {
    struct peer *next, *before;
    int          fd, era;
    char         address[INET6_ADDRSTRLEN];
    bool         cut;
    _Atomic time_us deadline; /* monotonic; then the connection is cut; 0: a handler is at work */
    _Atomic time_us idle;     /* since when it waits for a whole head; 0: it does not */
} peer;

typedef struct {
    struct MHD_Daemon *daemon;
    int                retired_fd;   /* after quiesce: ours to close; else -1 */
    time_us            retired_at;   /* monotonic */
} generation;

struct http_server {
    arena         *a;
    mhd_functions  mhd;
    zlib_functions zlib;
    http_options   o;
    http_hooks     hooks;
    str            trusted_proxy;
    int            listen_fd;
    uint16_t       port;
    bool           tls, layout;      /* layout: the library's buffer is laid out as strict.c knows it */
    rate          *rate;
    pthread_mutex_t lock;            /* peers, unused, generations */
    pthread_mutex_t changing;        /* held while a certificate is changed */
    atomic_int      era;             /* counts these changes */
    pthread_cond_t  wake;
    peer          *peers, *unused;
    _Atomic int64_t n_open;
    generation     generations[GENERATIONS_MAX];       /* [0] is the one that accepts */
    size_t         n_generations;
    pthread_t      watcher;
    atomic_bool    stopping, ended;
    _Atomic int64_t requests, refused, bytes_out, connections, timeouts, by_status[6], took_us[16], took_sum_us;
};

/* One request, in its own arena. */
typedef struct {
    http_server  *s;
    peer         *at;
    http_request  rq;
    http_response rs;
    str           target;
    time_us       began;             /* monotonic */
    size_t        body_max, received;
    char         *body;              /* mapped, so that what is told and never sent costs nothing */
    size_t        body_room;
    refusal       held;              /* told when the body has been read */
    int           status;
    size_t        sent;
    bool          begun, chunked;
} exchange;

/* exchange.c: called by the library. */
void           *exchange_begin(void *cls, const char *uri, struct MHD_Connection *c);
enum MHD_Result exchange_step(void *cls, struct MHD_Connection *c, const char *url, const char *method, const char *version,
                              const char *upload, size_t *upload_n, void **context);
void            exchange_end(void *cls, struct MHD_Connection *c, void **context, enum MHD_RequestTerminationCode how);
size_t          exchange_keep_escapes(void *cls, struct MHD_Connection *c, char *text);

/* answer.c */
enum MHD_Result answer_send(exchange *x, struct MHD_Connection *c, bool last);
void            answer_refuse(exchange *x, refusal why);
const char     *status_text(int status);

/* gzip.c: the body as it goes out; says so in the headers. */
str gzip_body(const exchange *x, http_response *rs, str body);

/* peers.c */
enum MHD_Result peer_accept(void *cls, const struct sockaddr *address, socklen_t n);
void            peer_notify(void *cls, struct MHD_Connection *c, void **context, enum MHD_ConnectionNotificationCode code);
void           *peers_watch(void *server);
/* Cuts those that wait for a request; returns how many are inside one. */
size_t          peers_cut_idle(http_server *s);

/* counters.c */
void count_answer(http_server *s, int status, size_t bytes, time_us took);

/* cert.c: is this a key and the certificate for it? */
err_t cert_check(str cert_pem, str key_pem, fault *f) MUST_USE;

#endif
