/* serve/parts.h - private to the room: its processes and what they say to each other.
 *
 * The supervisor keeps the rights it was started with, listens to nobody from the
 * network, and runs the jobs. The web process answers requests; it has given up
 * every right it does not need (sandbox.c). Between them stands one socket
 * of packets. The web process names a job ("assess", "collect\nhost") or an errand ("errand 17\nsource-add\n" and who
 * asks, and the words; errand.c). The supervisor says "stop"; "reload" with the certificate and key to use from
 * now on; "done 17 ok\nTEXT"; and "jobs NEXT\nDOING" whenever that changes. */
#ifndef SERVE_PARTS_H
#define SERVE_PARTS_H

#include "gate/gate.h"
#include "serve/serve.h"

typedef struct {
    char     address[64];
    uint16_t port;
    bool     loopback;
} place;
err_t place_parse(str text, fault *f, place *ret) MUST_USE;
/* A socket that listens there; with port 0 the one it was given is put in. */
err_t place_listen(place *at, fault *f, int *ret_fd) MUST_USE;
/* "https://localhost:8480": how a browser on this machine, or one elsewhere, reaches it. */
str   place_origin(arena *a, const place *at, bool tls, str public_url);

enum { MESSAGE_MAX_BYTES = 128 << 10 };

typedef struct {
    str cert, key;            /* PEM; empty: no TLS */
} certificate;
/* The one the config names, else one of its own, made and kept in keys/ the first time. */
err_t certificate_read(arena *a, const char *dir, str cert_path, str key_path, const place *at, str public_url, fault *f, certificate *ret) MUST_USE;

typedef struct {
    const serve_options *o;
    const char *dir;
    place       at;
    int         listen_fd, control_fd;
    bool        tls;
    certificate cert;
    str         trusted_proxy;
} web_process;
/* Answers requests until it is told to stop. Returns the exit status of the process. */
int web_process_run(const web_process *w);

/* Gives up what a web process of this workspace does not need: other users' rights, new
 * rights, other files, other system calls. ret_missing: what this kernel does not have, for
 * people; empty when all is in force. */
err_t sandbox_enter(arena *a, const char *dir, fault *f, str *ret_missing) MUST_USE;

#endif
