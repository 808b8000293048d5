/* tests/unit/http_world.h - a server in this process that answers with what it was asked, for the tests of http/. */
#ifndef HTTP_WORLD_H
#define HTTP_WORLD_H

#include "http_peer.h"

#include <stdatomic.h>

typedef struct {
    atomic_int handled, slow_done;
    asset      as;             /* told as /asset */
} told;

/* Answers that are made in a way of their own; false: none of them. */
static inline bool handle_special(told *t, const http_request *rq, http_response *rs)
{
    if (str_eq(rq->path, S("/asset")) || str_eq(rq->path, S("/asset/none"))) {
        if (!http_asset(rq, rs, str_eq(rq->path, S("/asset")) ? &t->as : NULL, S("text/css; charset=utf-8")))
            rs->status = 404;
    } else if (str_eq(rq->path, S("/bulk"))) {
        rs->fixed = (str){ arena_alloc(rs->a, 32 << 20, 1), 32 << 20 };      /* more than sockets hold */
    } else if (str_eq(rq->path, S("/digest"))) {
        auto_hasher hasher *h = hasher_new();
        hash32              digest = sha256_of(h, rq->body.p, rq->body.n);
        buf_puts(&rs->body, hex_of(rs->a, &digest, sizeof digest));
    } else if (str_eq(rq->path, S("/tagged"))) {
        buf_puts(&rs->body, rq->raw_query);
        if (!http_unchanged_body(rq, rs))
            buf_puts(&rs->body, S("|"));
    } else if (str_eq(rq->path, S("/page"))) {
        rs->media = S("text/html; charset=utf-8");
        rs->unpacked = http_query(rq, "unpacked").p != NULL;
        for (int i = 0; i < 400; i++)
            buf_fmt(&rs->body, "<p>line %d</p>\n", i);
    } else {
        return false;
    }
    return true;
}

/* The style sheet of the program, with a digest that tests know; both compressed forms must have come with it. */
static inline asset world_asset(void)
{
    const asset *as = asset_find(S("assets/attest.css"));
    assert_true(as && as->gzip.n && as->zstd.n && strlen(as->digest) == 16);
    asset known = *as;
    known.digest = "0123456789abcdef";
    return known;
}

static inline void handle(void *arg, const http_request *rq, http_response *rs)
{
    told *t = arg;
    rs->media = S("text/plain; charset=utf-8");
    t->handled++;
    if (handle_special(t, rq, rs))
        return;
    if (str_eq(rq->path, S("/slow"))) {
        nanosleep(&(struct timespec){ .tv_nsec = 300000000 }, NULL);
        t->slow_done++;
    }
    if (str_eq(rq->path, S("/long")))
        nanosleep(&(struct timespec){ .tv_sec = 2, .tv_nsec = 500000000 }, NULL);
    if (str_eq(rq->path, S("/away"))) {
        http_redirect(rs, 0, S("/there?a=1"));
        return;
    }
    if (str_eq(rq->path, S("/nothing"))) {
        rs->status = 204;
        return;
    }
    if (str_eq(rq->path, S("/huge"))) {
        buf_put(&rs->body, "x", 1);
        rs->body.overflow = true;
        return;
    }
    http_add(rs, "X-Seen", S("yes"));
    buf_fmt(&rs->body, "%s " STR_FMT "|host " STR_FMT "|from " STR_FMT "|%s|", http_method_name(rq->method), STR_ARG(rq->path), STR_ARG(rq->host),
            STR_ARG(rq->address), rq->tls ? "tls" : "plain");
    for (size_t i = 0; i < rq->n_query; i++)
        buf_fmt(&rs->body, "?" STR_FMT "=" STR_FMT "|", STR_ARG(rq->query[i].name), STR_ARG(rq->query[i].value));
    for (size_t i = 0; i < rq->n_cookies; i++)
        buf_fmt(&rs->body, "cookie " STR_FMT "=" STR_FMT "|", STR_ARG(rq->cookies[i].name), STR_ARG(rq->cookies[i].value));
    if (rq->body.n)
        buf_fmt(&rs->body, "body %zu " STR_FMT, rq->body.n, STR_ARG(str_sub(rq->body, 0, 40)));
}

static inline size_t body_max(void *arg, http_method m, str path)
{
    (void)arg;
    return m == HTTP_POST && !str_eq(path, S("/none")) ? 2 << 20 : 0;
}

typedef struct {
    arena       *a;
    told         t;
    http_server *s;
    uint16_t     port;
} world;

static inline world *world_with(http_options o)
{
    world *w = calloc(1, sizeof *w);
    fault  f = { 0 };
    o.address = "127.0.0.1";
    o.listen_fd = -1;
    w->a = arena_new(64 << 20);
    w->t.as = world_asset();
    http_hooks hooks = { .arg = &w->t, .handle = handle, .body_max = body_max };
    if (http_start(&o, &hooks, &f, &w->s) != ERR_OK)
        fail_msg("%s", f.text);
    w->port = http_port(w->s);
    assert_true(w->port > 0);
    return w;
}

static inline int setup(void **state)
{
    *state = world_with((http_options){ .request_s = 5 });
    return 0;
}

static inline void world_end(world *w)
{
    http_stop(w->s, SECONDS(5));
    arena_free(w->a);
    free(w);
}

static inline int teardown(void **state)
{
    world_end(*state);
    return 0;
}

/* One connection, one request. */
static inline str ask(world *w, str bytes)
{
    int fd = peer_connect(w->port);
    peer_say(fd, bytes);
    str answer = peer_hear(w->a, fd, str_starts(bytes, S("HEAD")));
    close(fd);
    return answer;
}

static inline str get(world *w, const char *target) { return ask(w, str_fmt(w->a, "GET %s HTTP/1.1\r\nHost: a.example\r\n\r\n", target)); }

#define assert_has(text, part)                                                                \
    do {                                                                                      \
        if (!str_contains((text), str_of(part)))                                              \
            fail_msg("\"%s\" is missing in: " STR_FMT, (part), STR_ARG(text));                \
    } while (0)

#endif
