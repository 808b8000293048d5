#include "http/parts.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* TLS 1.2 and 1.3, with forward secrecy and authenticated encryption only. */
#define TLS_PRIORITIES                                                                                                    \
    "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-KX-ALL:+ECDHE-ECDSA:+ECDHE-RSA:-CIPHER-ALL:+AES-256-GCM:"               \
    "+CHACHA20-POLY1305:+AES-128-GCM:-MAC-ALL:+AEAD:-SIGN-RSA-SHA1:-SIGN-ECDSA-SHA1:%SERVER_PRECEDENCE"

static err_t bind_library(const char *file, const char *package, const library_symbol *rows, size_t n, void *into, fault *f)
{
    const char *missing = library_bind(file, rows, n, into);
    if (missing)
        return fail(f, ERR_UNSUPPORTED, "serving needs the library %s, and %s is not here (apt install %s)", package, missing, package);
    return ERR_OK;
}

static err_t load(http_server *s, fault *f)
{
#define X(name) { #name, offsetof(mhd_functions, name) },
    static const library_symbol mhd[] = { MHD_FUNCTIONS(X) };
#undef X
#define X(name) { #name, offsetof(zlib_functions, name) },
    static const library_symbol zlib[] = { ZLIB_FUNCTIONS(X) };
#undef X
    TRY(bind_library("libmicrohttpd.so.12", "libmicrohttpd12", mhd, COUNT(mhd), &s->mhd, f));
    return bind_library("libz.so.1", "zlib1g", zlib, COUNT(zlib), &s->zlib, f);
}

/* ---- the socket ------------------------------------------------------------------------------------ */

typedef union {
    struct sockaddr     any;
    struct sockaddr_in  v4;
    struct sockaddr_in6 v6;
} address;

static socklen_t address_of(const char *text, uint16_t port, address *ret)
{
    address a = { 0 };
    if (inet_pton(AF_INET, text, &a.v4.sin_addr) == 1) {
        a.v4.sin_family = AF_INET;
        a.v4.sin_port = htons(port);
    } else if (inet_pton(AF_INET6, text, &a.v6.sin6_addr) == 1) {
        a.v6.sin6_family = AF_INET6;
        a.v6.sin6_port = htons(port);
    } else {
        return 0;
    }
    *ret = a;
    return a.any.sa_family == AF_INET ? sizeof a.v4 : sizeof a.v6;
}

static err_t listen_at(const char *text, uint16_t port, fault *f, int *ret)
{
    address   at;
    int       on = 1, off = 0;
    socklen_t n = address_of(text, port, &at);
    if (!n)
        return fail(f, ERR_INVALID, "%s is no IP address to listen at", text);
    auto_fd int fd = socket(at.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return fail_errno(f, errno, "cannot make a socket");
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (at.any.sa_family == AF_INET6)
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    if (bind(fd, &at.any, n) != 0 || listen(fd, 512) != 0)
        return fail_errno(f, errno, "cannot listen at %s, port %u", text, port);
    *ret = fd_take(&fd);
    return ERR_OK;
}

static uint16_t port_of(int fd)
{
    address   at = { 0 };
    socklen_t n = sizeof at;
    if (getsockname(fd, &at.any, &n) != 0)
        return 0;
    return ntohs(at.any.sa_family == AF_INET ? at.v4.sin_port : at.v6.sin6_port);
}

/* ---- a daemon of the library ------------------------------------------------------------------------- */

static struct MHD_OptionItem number(enum MHD_OPTION o, intptr_t n) { return (struct MHD_OptionItem){ o, n, NULL }; }

static struct MHD_Daemon *start_daemon(http_server *s, const char *cert, const char *key, int fd)
{
    unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL | MHD_USE_ITC;
    union { const char *p; void *v; } pem[] = { { cert }, { key }, { TLS_PRIORITIES } };
    struct MHD_OptionItem tls[] = {
        { MHD_OPTION_HTTPS_MEM_CERT, 0, pem[0].v }, { MHD_OPTION_HTTPS_MEM_KEY, 0, pem[1].v },
        { MHD_OPTION_HTTPS_PRIORITIES, 0, pem[2].v }, { MHD_OPTION_END, 0, NULL },
    };
    struct MHD_OptionItem limits[] = {
        number(MHD_OPTION_LISTEN_SOCKET, fd), number(MHD_OPTION_CONNECTION_LIMIT, s->o.connections_max),
        number(MHD_OPTION_CONNECTION_TIMEOUT, s->o.idle_s), number(MHD_OPTION_CONNECTION_MEMORY_LIMIT, POOL_BYTES),
        number(MHD_OPTION_THREAD_STACK_SIZE, STACK_BYTES), number(MHD_OPTION_STRICT_FOR_CLIENT, 1), number(MHD_OPTION_END, 0),
    };
    return s->mhd.MHD_start_daemon(flags | (cert ? MHD_USE_TLS : 0), 0, peer_accept, s, exchange_step, s,
                                   MHD_OPTION_ARRAY, limits, MHD_OPTION_ARRAY, cert ? tls : &tls[3],
                                   MHD_OPTION_URI_LOG_CALLBACK, exchange_begin, s, MHD_OPTION_NOTIFY_COMPLETED, exchange_end, s,
                                   MHD_OPTION_NOTIFY_CONNECTION, peer_notify, s,
                                   MHD_OPTION_UNESCAPE_CALLBACK, exchange_keep_escapes, NULL, MHD_OPTION_END);
}

/* Threads started now leave signals to those of the caller. */
static sigset_t hold_signals(void)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    return before;
}

static bool same_socket(int fd, int other)
{
    struct stat a, b;
    return fstat(fd, &a) == 0 && fstat(other, &b) == 0 && a.st_ino == b.st_ino && a.st_dev == b.st_dev;
}

static err_t start_generation(http_server *s, str cert, str key, fault *f, struct MHD_Daemon **ret)
{
    auto_arena arena *scratch = arena_new(1 << 20);
    int               fd = fcntl(s->listen_fd, F_DUPFD_CLOEXEC, 3);
    if (fd < 0)
        return fail_errno(f, errno, "cannot keep the socket");
    char *key_z = str_z(scratch, key);
    sigset_t           before = hold_signals();
    struct MHD_Daemon *d = start_daemon(s, cert.n ? str_z(scratch, cert) : NULL, key_z, fd);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    explicit_bzero(key_z, key.n);
    if (d) {
        *ret = d;
        return ERR_OK;
    }
    if (same_socket(fd, s->listen_fd))
        close(fd);
    return fail(f, ERR_IO, "the server could not be started%s", cert.n ? "; is the certificate one for TLS?" : "");
}

/* As the address of a connection is written. */
static err_t read_proxy(http_server *s, fault *f)
{
    address at;
    char   *text = NEW_ARRAY(s->a, char, INET6_ADDRSTRLEN);
    str     told = s->o.trusted_proxy;
    if (!told.n)
        return ERR_OK;
    if (!address_of(str_z(s->a, told), 0, &at))
        return fail(f, ERR_INVALID, "the trusted proxy is told by its IP address, and \"" STR_FMT "\" is none", STR_ARG(utf8_cut(told, 80)));
    bool v4 = at.any.sa_family == AF_INET;
    inet_ntop(at.any.sa_family, v4 ? (const void *)&at.v4.sin_addr : &at.v6.sin6_addr, text, INET6_ADDRSTRLEN);
    s->trusted_proxy = str_of(text);
    return ERR_OK;
}

/* ---- start and stop ------------------------------------------------------------------------------------- */

static void set_defaults(http_options *o)
{
    static const struct { size_t at; int normal; } rows[] = {
        { offsetof(http_options, connections_max), 600 }, { offsetof(http_options, per_address_max), 64 },
        { offsetof(http_options, idle_s), 30 }, { offsetof(http_options, request_s), 20 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int *n = (int *)(void *)((char *)o + rows[i].at);
        assert(*n >= 0);
        if (!*n)
            *n = rows[i].normal;
    }
    if (!o->arena_max)
        o->arena_max = (size_t)512 << 20;
}

static err_t open_server(http_server *s, fault *f)
{
    TRY(read_proxy(s, f));
    TRY(load(s, f));
    if (s->tls) {
        TRY(cert_check(s->o.cert_pem, s->o.key_pem, f));
        if (s->mhd.MHD_is_feature_supported(MHD_FEATURE_TLS) != MHD_YES)
            return fail(f, ERR_UNSUPPORTED, "this libmicrohttpd was built without TLS");
    }
    /* Later versions refuse by themselves what the check of the layout finds. */
    s->layout = strncmp(s->mhd.MHD_get_version(), "0.9.", 4) == 0;
    s->listen_fd = s->o.listen_fd;
    if (s->listen_fd < 0)
        TRY(listen_at(s->o.address, s->o.port, f, &s->listen_fd));
    s->port = port_of(s->listen_fd);
    if (fcntl(s->listen_fd, F_SETFL, O_NONBLOCK) != 0)
        return fail_errno(f, errno, "cannot prepare the socket");
    TRY(start_generation(s, s->o.cert_pem, s->o.key_pem, f, &s->generations[0].daemon));
    s->generations[0].retired_fd = -1;
    s->n_generations = 1;
    return ERR_OK;
}

static void server_free(http_server *s)
{
    if (s->listen_fd >= 0)
        close(s->listen_fd);
    if (s->rate)
        rate_end(s->rate);
    pthread_cond_destroy(&s->wake);
    pthread_mutex_destroy(&s->changing);
    pthread_mutex_destroy(&s->lock);
    arena_free(s->a);
}

err_t http_start(const http_options *o, const http_hooks *hooks, fault *f, http_server **ret)
{
    arena             *a = arena_new((size_t)64 << 20);
    http_server       *s = NEW(a, http_server);
    pthread_condattr_t how;
    s->a = a;
    s->o = *o;
    set_defaults(&s->o);
    s->hooks = *hooks;
    s->listen_fd = -1;
    s->tls = o->cert_pem.n > 0;
    s->rate = o->requests_per_minute > 0 ? rate_new(a, o->requests_per_minute) : NULL;
    pthread_mutex_init(&s->lock, NULL);
    pthread_mutex_init(&s->changing, NULL);
    pthread_condattr_init(&how);
    pthread_condattr_setclock(&how, CLOCK_MONOTONIC);
    pthread_cond_init(&s->wake, &how);
    pthread_condattr_destroy(&how);
    err_t    e = open_server(s, f);
    sigset_t before = hold_signals();
    s->o.cert_pem = s->o.key_pem = s->o.trusted_proxy = (str){ 0 };     /* the caller's */
    if (e == ERR_OK && pthread_create(&s->watcher, NULL, peers_watch, s) != 0) {
        s->mhd.MHD_stop_daemon(s->generations[0].daemon);
        e = fail(f, ERR_IO, "cannot start a thread");
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (e != ERR_OK) {
        server_free(s);
        return e;
    }
    *ret = s;
    return ERR_OK;
}

uint16_t http_port(const http_server *s) { return s->port; }

/* The new one accepts before the old one ceases to, from the same socket: nobody is turned away. */
static err_t change(http_server *s, str cert_pem, str key_pem, fault *f)
{
    struct MHD_Daemon *d = NULL;
    pthread_mutex_lock(&s->lock);
    bool full = s->n_generations == GENERATIONS_MAX;
    pthread_mutex_unlock(&s->lock);
    if (full)
        return fail(f, ERR_BUSY, "connections with %d earlier certificates still stand; try again in a minute", GENERATIONS_MAX - 1);
    TRY(start_generation(s, cert_pem, key_pem, f, &d));
    pthread_mutex_lock(&s->lock);
    struct MHD_Daemon *old = s->generations[0].daemon;
    s->generations[0].daemon = d;
    s->era++;
    pthread_mutex_unlock(&s->lock);
    int fd = s->mhd.MHD_quiesce_daemon(old);
    pthread_mutex_lock(&s->lock);
    s->generations[s->n_generations++] = (generation){ old, fd, time_mono() };
    pthread_cond_signal(&s->wake);
    pthread_mutex_unlock(&s->lock);
    return ERR_OK;
}

err_t http_certificate(http_server *s, str cert_pem, str key_pem, fault *f)
{
    assert(s->tls);
    TRY(cert_check(cert_pem, key_pem, f));
    pthread_mutex_lock(&s->changing);
    err_t e = change(s, cert_pem, key_pem, f);
    pthread_mutex_unlock(&s->changing);
    return e;
}

static void wait_inside(http_server *s, time_us grace)
{
    time_us until = time_mono() + grace;
    while (peers_cut_idle(s) && time_mono() < until)
        nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
}

void http_stop(http_server *s, time_us grace)
{
    if (!s)
        return;
    s->stopping = true;
    int fd = s->mhd.MHD_quiesce_daemon(s->generations[0].daemon);
    wait_inside(s, grace);
    pthread_mutex_lock(&s->lock);
    s->ended = true;
    pthread_cond_signal(&s->wake);
    pthread_mutex_unlock(&s->lock);
    pthread_join(s->watcher, NULL);
    s->generations[0].retired_fd = fd;
    for (size_t i = 0; i < s->n_generations; i++) {
        s->mhd.MHD_stop_daemon(s->generations[i].daemon);
        if (s->generations[i].retired_fd >= 0)
            close(s->generations[i].retired_fd);
    }
    server_free(s);
}
