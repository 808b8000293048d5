/* The process that answers requests. */
#include "serve/parts.h"

#include "api/api.h"
#include "scim_server/scim_server.h"
#include "web/web.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* An office behind one address opens some ten pages a second; twenty times that is no office. */
enum { CONNECTIONS_MAX = 600, REQUESTS_A_MINUTE = 12000 };

static const front *const fronts[] = { &web_front, &api_front, &scim_front, &metrics_front };

/* People who have no way to sign in yet get a link that works once. */
static err_t tell_link(const web_process *w, gate *g, arena *a, fault *f)
{
    bool anybody;
    str  url, origin = place_origin(a, &w->at, w->tls, gate_setting(g, "public_url"));
    TRY(auth_anybody(gate_auth(g), f, &anybody));
    w->o->tell(w->o->arg, str_fmt(a, "Attest answers at  " STR_FMT "/", STR_ARG(origin)));
    if (anybody)
        return ERR_OK;
    TRY(web_start_link(gate_auth(g), a, origin, S(""), HOURS(24), f, &url));
    w->o->tell(w->o->arg, str_fmt(a, "Open this first; it works once, within a day:\n  " STR_FMT, STR_ARG(url)));
    return ERR_OK;
}

err_t serve_link(workspace *ws, auth *au, arena *a, str person, fault *f, str *ret_url)
{
    place at;
    TRY(place_parse(workspace_setting(ws, "listen", 0), f, &at));
    return web_start_link(au, a, place_origin(a, &at, !at.loopback, workspace_setting(ws, "public_url", 0)), person, HOURS(24), f, ret_url);
}

/* "reload", then the two texts of a certificate, each after its length in decimal and a blank. */
static void reload(gate *g, http_server *server, bool tls, str message)
{
    fault   f = { 0 };
    str     rest = message;
    int64_t n_cert, n_key;
    str_cut(&rest, ' ');                 /* "reload" alone: the certificate stays */
    if (gate_reload(g, &f) != ERR_OK)
        (void)fprintf(stderr, "attest: what is served stays as it was: %s\n", f.text);
    f = (fault){ 0 };
    if (!tls || !rest.p || !parse_int(str_cut(&rest, ' '), 0, MESSAGE_MAX_BYTES, &n_cert) || !rest.p ||
        !parse_int(str_cut(&rest, ' '), 0, MESSAGE_MAX_BYTES, &n_key) || !rest.p || (size_t)(n_cert + n_key) != rest.n)
        return;
    str cert = str_sub(rest, 0, (size_t)n_cert), key = str_sub(rest, (size_t)n_cert, rest.n);
    if (http_certificate(server, cert, key, &f) != ERR_OK)
        (void)fprintf(stderr, "attest: the certificate stays as it was: %s\n", f.text);
}

/* Returns when the supervisor says so, or is gone. */
static void obey(const web_process *w, gate *g, http_server *server)
{
    char *text = malloc(MESSAGE_MAX_BYTES);
    if (!text)
        return;
    for (;;) {
        ssize_t n = recv(w->control_fd, text, MESSAGE_MAX_BYTES, 0);
        if (n < 0 && errno == EINTR)
            continue;
        str message = { text, n > 0 ? (size_t)n : 0 };
        if (!message.n || str_eq(message, S("stop")))
            break;
        if (str_starts(message, S("reload")))
            reload(g, server, w->tls, message);
        else
            gate_told(g, message);
    }
    free(text);
}

static void tell_failure(void *arg, str line)
{
    char text[2000] = "";
    (void)arg;
    for (size_t i = 0; i < line.n && i < sizeof text - 1; i++)      /* one line, whatever is in it */
        text[i] = (unsigned char)line.p[i] < ' ' ? ' ' : line.p[i];
    (void)fprintf(stderr, "attest: %s\n", text);
}

static err_t answer(const web_process *w, arena *a, fault *f)
{
    gate        *g;
    http_server *server;
    str          missing;
    TRY(sandbox_enter(a, w->dir, f, &missing));
    if (missing.n)
        w->o->tell(w->o->arg, str_fmt(a, "(this system has no " STR_FMT ": the web process is confined less than it could be)", STR_ARG(missing)));
    TRY(gate_open(&(gate_options){ .dir = w->dir, .fronts = fronts, .n_fronts = COUNT(fronts), .job_fd = w->control_fd, .tell = tell_failure }, f, &g));
    bool         one_address = w->at.loopback || w->trusted_proxy.n;      /* everybody comes from there */
    http_hooks   hooks = gate_hooks(g);
    http_options ho = { .address = w->at.address, .port = w->at.port, .listen_fd = w->listen_fd, .cert_pem = w->cert.cert, .key_pem = w->cert.key,
                        .trusted_proxy = w->trusted_proxy, .requests_per_minute = w->at.loopback && !w->trusted_proxy.n ? 0 : REQUESTS_A_MINUTE,
                        .per_address_max = one_address ? CONNECTIONS_MAX : 0, .connections_max = CONNECTIONS_MAX };
    err_t e = http_start(&ho, &hooks, f, &server);
    if (e == ERR_OK) {
        gate_serves(g, server);
        e = tell_link(w, g, a, f);
        if (e == ERR_OK) {
            (void)!send(w->control_fd, "ready", 5, MSG_NOSIGNAL);
            obey(w, g, server);
        }
        http_stop(server, SECONDS(10));
    }
    gate_close(g);
    return e;
}

int web_process_run(const web_process *w)
{
    static const int ignored[] = { SIGTERM, SIGINT, SIGHUP, SIGPIPE };        /* the supervisor hears them */
    auto_arena arena *a = arena_new(16 << 20);
    fault             f = { 0 };
    for (size_t i = 0; i < COUNT(ignored); i++)
        (void)signal(ignored[i], SIG_IGN);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    err_t e = answer(w, a, &f);
    if (e == ERR_OK)
        return 0;
    (void)fprintf(stderr, "attest: %s\n", f.text);
    return err_describe(e)->exit_status;
}
