/*
 * serve/serve.h - `attest serve`: pages and API of a workspace, on one address.
 *
 * Depends on: base, http, auth, gate, web, api, app.  Threads: serve_run is called once.
 */
#ifndef SERVE_SERVE_H
#define SERVE_SERVE_H

#include "app/app.h"
#include "auth/auth.h"
#include "gate/gate.h"

typedef struct {
    const char *dir;          /* of the workspace */
    str         listen;       /* "ADDR:PORT", "[::1]:PORT"; empty: the config's, or 127.0.0.1:8480 */
    bool        tls;          /* also on loopback, where it is not needed; elsewhere it always is */
    bool        plain;        /* no TLS elsewhere: a proxy on this machine or network does it */
    void      (*tell)(void *arg, str line);            /* what people should read: the address, the first link */
    void       *arg;
} serve_options;

/* Returns when it is told to stop (SIGTERM, SIGINT) and requests under way are done. */
err_t serve_run(const serve_options *o, fault *f) MUST_USE;

/* A one-time link for a person who cannot sign in, or not yet; good for a day, wherever the config says the server is. */
err_t serve_link(workspace *ws, auth *au, arena *a, str person, fault *f, str *ret_url) MUST_USE;

/* GET /metrics. */
extern const front metrics_front;

#endif
