/* Starting and stopping. */
#include "serve/serve.h"

#include "gate/gate.h"
#include "web/web.h"

#include <arpa/inet.h>
#include <signal.h>
#include <string.h>

enum { PORT = 8480 };

typedef struct {
    char     address[64];
    uint16_t port;
} place;

static err_t place_parse(str text, fault *f, place *ret)
{
    str         s = text;
    int64_t     port = PORT;
    const char *colon = s.n ? memrchr(s.p, ':', s.n) : NULL;
    const char *bracket = s.n ? memrchr(s.p, ']', s.n) : NULL;
    if (colon && colon > bracket) {
        if (!parse_int(str_sub(s, (size_t)(colon - s.p) + 1, s.n), 0, 65535, &port))
            return fail(f, ERR_USAGE, "\"" STR_FMT "\": after the colon stands a port, 0 to 65535", STR_ARG(utf8_cut(text, 80)));
        s = str_sub(s, 0, (size_t)(colon - s.p));
    }
    if (str_starts(s, S("[")) && str_ends(s, S("]")))
        s = str_sub(s, 1, s.n - 1);
    if (!s.n || str_eq(s, S("localhost")))
        s = S("127.0.0.1");
    struct in6_addr any;
    if (s.n >= sizeof ret->address)
        return fail(f, ERR_USAGE, "\"" STR_FMT "\" is no address", STR_ARG(utf8_cut(text, 80)));
    memcpy(ret->address, s.p, s.n);
    ret->address[s.n] = '\0';
    ret->port = (uint16_t)port;
    if (inet_pton(AF_INET, ret->address, &any) != 1 && inet_pton(AF_INET6, ret->address, &any) != 1)
        return fail(f, ERR_USAGE, "\"%s\" is no IP address; name one of this machine's, as 127.0.0.1 or 0.0.0.0", ret->address);
    return ERR_OK;
}

static bool is_loopback(const place *p) { return str_starts(str_of(p->address), S("127.")) || strcmp(p->address, "::1") == 0; }

/* The first to come names themselves, or an owner who has no way to sign in yet. */
static err_t tell_link(const serve_options *o, gate *g, arena *a, str origin, fault *f)
{
    bool anybody;
    str  url;
    TRY(auth_anybody(gate_auth(g), f, &anybody));
    o->tell(o->arg, str_fmt(a, "Attest answers at  " STR_FMT, STR_ARG(origin)));
    if (anybody)
        return ERR_OK;
    TRY(web_start_link(g, a, origin, S(""), HOURS(24), f, &url));
    o->tell(o->arg, str_fmt(a, "Open this first, it works once within a day:\n  " STR_FMT, STR_ARG(url)));
    return ERR_OK;
}

static void wait_for_end(void)
{
    sigset_t set;
    int      which;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    (void)sigwait(&set, &which);
}

static void block_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    sigaddset(&set, SIGPIPE);
    (void)pthread_sigmask(SIG_BLOCK, &set, NULL);
}

/* Finishes what a crash or an older version left, while no request waits. */
static err_t bring_up(arena *a, const char *dir, fault *f)
{
    workspace *ws;
    TRY(workspace_open(a, dir, OPEN_WRITE, f, &ws));
    workspace_close(ws);
    return ERR_OK;
}

err_t serve_run(const serve_options *o, fault *f)
{
    static const front *const fronts[] = { &web_front };
    auto_arena arena *a = arena_new(16 << 20);
    place             at;
    gate             *g;
    http_server      *server;
    TRY(place_parse(o->listen, f, &at));
    TRY(bring_up(a, o->dir, f));
    block_signals();
    TRY(gate_open(&(gate_options){ .dir = o->dir, .fronts = fronts, .n_fronts = COUNT(fronts), .job_fd = -1 }, f, &g));
    http_hooks hooks = gate_hooks(g);
    err_t e = http_start(&(http_options){ .address = at.address, .port = at.port, .listen_fd = -1 }, &hooks, f, &server);
    if (e == ERR_OK) {
        gate_serves(g, server);
        const char *name = is_loopback(&at) ? "localhost" : at.address;
        e = tell_link(o, g, a, str_fmt(a, "http://%s:%u", name, http_port(server)), f);
        if (e == ERR_OK)
            wait_for_end();
        http_stop(server, SECONDS(10));
    }
    gate_close(g);
    return e;
}
