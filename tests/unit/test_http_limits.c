#include "http_world.h"

#include <fcntl.h>
#include <pthread.h>

/* ---- time --------------------------------------------------------------------------------------- */

static double seconds_until_closed(int fd, const char *dribble)
{
    time_us began = time_mono();
    struct pollfd p = { .fd = fd, .events = POLLIN };
    char    c;
    while (time_mono() - began < SECONDS(10)) {
        if (dribble && *dribble)
            peer_say(fd, (str){ dribble++, 1 });
        if (poll(&p, 1, 50) == 1 && recv(fd, &c, 1, 0) <= 0)
            return (double)(time_mono() - began) / 1e6;
    }
    return 1e9;
}

static void a_head_that_dribbles_is_cut(void **state)
{
    (void)state;
    world *w = world_with((http_options){ .request_s = 1, .idle_s = 5 });
    int    fd = peer_connect(w->port);
    peer_say(fd, S("GET / HTTP/1.1\r\nHost: a\r\nX: "));
    double took = seconds_until_closed(fd, "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz");
    close(fd);
    fd = peer_connect(w->port);                        /* one that says nothing at all */
    double silent = seconds_until_closed(fd, NULL);
    close(fd);
    assert_true(took > 0.8 && took < 4.5);
    assert_true(silent > 0.8 && silent < 4.5);
    assert_int_equal(http_counted(w->s).timeouts, 2);
    assert_int_equal(w->t.handled, 0);
    world_end(w);
}

static void a_body_that_dribbles_is_cut(void **state)
{
    (void)state;
    world *w = world_with((http_options){ .request_s = 1, .idle_s = 5 });
    int    fd = peer_connect(w->port);
    peer_say(fd, S("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"));
    double took = seconds_until_closed(fd, "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz");
    close(fd);
    assert_true(took > 0.8 && took < 4.5);
    assert_int_equal(w->t.handled, 0);
    world_end(w);
}

static void a_second_request_that_dribbles_is_cut_too(void **state)
{
    (void)state;
    world *w = world_with((http_options){ .request_s = 1, .idle_s = 2 });
    int    fd = peer_connect(w->port);
    peer_say(fd, S("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    assert_int_equal(peer_status(peer_hear(w->a, fd, false)), 200);
    double took = seconds_until_closed(fd, "GET /abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz");
    close(fd);
    assert_true(took > 1.8 && took < 8);
    world_end(w);
}

static void who_is_silent_between_requests_is_cut(void **state)
{
    (void)state;
    world *w = world_with((http_options){ .request_s = 1, .idle_s = 1 });
    int    fd = peer_connect(w->port);
    peer_say(fd, S("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    assert_int_equal(peer_status(peer_hear(w->a, fd, false)), 200);
    double took = seconds_until_closed(fd, NULL);
    close(fd);
    assert_true(took > 0.8 && took < 8);
    world_end(w);
}

static void who_does_not_read_is_cut(void **state)
{
    (void)state;
    world *w = world_with((http_options){ .request_s = 1, .idle_s = 1 });
    int    fd = peer_connect(w->port);
    peer_say(fd, S("GET /bulk HTTP/1.1\r\nHost: a\r\n\r\n"));
    for (int i = 0; i < 100 && (!w->t.handled || http_counted(w->s).connections_open > 0); i++)
        nanosleep(&(struct timespec){ .tv_nsec = 50000000 }, NULL);
    assert_int_equal(w->t.handled, 1);
    assert_int_equal(http_counted(w->s).connections_open, 0);
    close(fd);
    world_end(w);
}

/* The handler of /long takes longer than silence between requests may. */
static void a_slow_handler_is_no_silence_of_the_client(void **state)
{
    (void)state;
    world *w = world_with((http_options){ .request_s = 1, .idle_s = 1 });
    int    fd = peer_connect(w->port);
    peer_say(fd, S("GET /long HTTP/1.1\r\nHost: a\r\n\r\n"));
    assert_int_equal(peer_status(peer_hear(w->a, fd, false)), 200);
    close(fd);
    world_end(w);
}

/* ---- size ---------------------------------------------------------------------------------------- */

static str with_headers(world *w, int n, int each)
{
    buf b = buf_new(w->a, 1 << 20);
    buf_puts(&b, S("GET / HTTP/1.1\r\nHost: a\r\n"));
    for (int i = 0; i < n; i++) {
        buf_fmt(&b, "X-%d: ", i);
        for (int k = 0; k < each; k++)
            buf_putc(&b, 'a');
        buf_puts(&b, S("\r\n"));
    }
    buf_puts(&b, S("\r\n"));
    return buf_str(&b);
}

static void heads_have_a_limit(void **state)
{
    world *w = *state;
    assert_int_equal(peer_status(ask(w, with_headers(w, 90, 10))), 200);
    assert_int_equal(peer_status(ask(w, with_headers(w, 101, 1))), 431);
    assert_int_equal(peer_status(ask(w, with_headers(w, 2, 7000))), 200);
    assert_int_equal(peer_status(ask(w, with_headers(w, 2, 8200))), 431);
    assert_int_equal(peer_status(ask(w, with_headers(w, 1, 60000))), 431);
    buf b = buf_new(w->a, 1 << 20);
    for (int i = 0; i < 8190; i++)
        buf_putc(&b, i ? 'a' : '/');
    assert_int_equal(peer_status(get(w, buf_z(&b))), 200);
    buf_putz(&b, "aaa");
    assert_int_equal(peer_status(get(w, buf_z(&b))), 414);
}

static void a_body_that_is_too_large_is_refused_before_it_is_sent(void **state)
{
    world *w = *state;
    str    answer = ask(w, S("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 2097153\r\nExpect: 100-continue\r\n\r\n"));
    assert_int_equal(peer_status(answer), 413);
    assert_true(str_eq(peer_header(answer, "Connection"), S("close")));
    assert_int_equal(peer_status(ask(w, S("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n"))), 413);
    assert_int_equal(peer_status(ask(w, S("PUT /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"))), 413);
    assert_int_equal(w->t.handled, 0);
    int fd = peer_connect(w->port);
    peer_say(fd, S("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"));
    assert_int_equal(peer_status(peer_hear(w->a, fd, false)), 100);
    peer_say(fd, S("abc"));
    assert_has(peer_hear(w->a, fd, false), "body 3 abc");
    close(fd);
}

/* Bytes of a body that nobody wants are read, so that the answer is not lost with them. */
static void a_small_body_that_is_refused_still_gets_its_answer(void **state)
{
    world *w = *state;
    char  *zeros = arena_alloc(w->a, 1, 300000);
    int    fd = peer_connect(w->port);
    peer_say(fd, S("POST /none HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n"));
    peer_say(fd, (str){ zeros, 300000 });
    assert_int_equal(peer_status(peer_hear(w->a, fd, false)), 413);
    assert_true(peer_closed(fd));
    close(fd);
    assert_int_equal(w->t.handled, 0);
}

static void a_large_body_arrives_as_it_was_sent(void **state)
{
    world *w = *state;
    size_t n = 2 << 20;
    char  *bytes = arena_alloc(w->a, 1, n);
    auto_hasher hasher *h = hasher_new();
    random_bytes(bytes, n);
    hash32 digest = sha256_of(h, bytes, n);
    str    want = hex_of(w->a, &digest, sizeof digest);
    int    fd = peer_connect(w->port);
    peer_say(fd, S("POST /digest HTTP/1.1\r\nHost: a\r\nContent-Length: 2097152\r\n\r\n"));
    peer_say(fd, (str){ bytes, n });
    assert_true(str_eq(peer_body(peer_hear(w->a, fd, false)), want));
    peer_say(fd, S("POST /digest HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"));
    for (size_t i = 0; i < n; i += 1 << 16) {
        peer_say(fd, S("10000\r\n"));
        peer_say(fd, (str){ bytes + i, 1 << 16 });
        peer_say(fd, S("\r\n"));
    }
    peer_say(fd, S("0\r\n\r\n"));
    assert_true(str_eq(peer_body(peer_hear(w->a, fd, false)), want));
    close(fd);
}

static void chunks_beyond_the_limit_are_refused(void **state)
{
    world *w = *state;
    char  *piece = arena_alloc(w->a, 1, 65536);
    memset(piece, 'x', 65536);
    int fd = peer_connect(w->port);
    peer_say(fd, S("POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"));
    for (int i = 0; i < 36; i++) {
        peer_say(fd, S("10000\r\n"));
        peer_say(fd, (str){ piece, 65536 });
        peer_say(fd, S("\r\n"));
    }
    peer_say(fd, S("0\r\n\r\n"));
    assert_int_equal(peer_status(peer_hear(w->a, fd, false)), 413);
    close(fd);
    assert_int_equal(w->t.handled, 0);
}

/* ---- how many --------------------------------------------------------------------------------------- */

static void an_address_has_so_many_connections(void **state)
{
    (void)state;
    world *w = world_with((http_options){ .per_address_max = 3, .request_s = 5 });
    int    fds[3];
    for (int i = 0; i < 3; i++) {
        fds[i] = peer_connect(w->port);
        peer_say(fds[i], S("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        assert_int_equal(peer_status(peer_hear(w->a, fds[i], false)), 200);
    }
    int fresh = peer_connect(w->port);                 /* takes the place of the oldest that is idle */
    peer_say(fresh, S("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf"));
    assert_true(peer_closed(fds[0]));
    for (int i = 1; i < 3; i++)
        peer_say(fds[i], S("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf"));
    nanosleep(&(struct timespec){ .tv_nsec = 200000000 }, NULL);
    int one_more = peer_connect(w->port);              /* now all are in the middle of a request */
    assert_true(peer_closed(one_more));
    close(one_more);
    close(fresh);
    for (int i = 0; i < 3; i++)
        close(fds[i]);
    world_end(w);
}

/* Who comes while every place is taken is closed, and gets a place soon, since the idle ones are sent away. */
static int connect_again(world *w, int tries)
{
    while (tries-- > 0) {
        int fd = peer_connect(w->port);
        peer_say(fd, S("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        if (peer_status(peer_hear(w->a, fd, false)) == 200)
            return fd;
        close(fd);
        nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
    }
    return -1;
}

static void when_places_run_out_the_idle_ones_go_first(void **state)
{
    (void)state;
    world *w = world_with((http_options){ .connections_max = 4, .per_address_max = 100 });
    int    fds[8];
    for (int i = 0; i < 8; i++)
        assert_true((fds[i] = connect_again(w, 100)) >= 0 && http_counted(w->s).connections_open <= 4);
    for (int i = 0; i < 8; i++)
        close(fds[i]);
    world_end(w);
}

static void who_dribbles_does_not_keep_others_out(void **state)
{
    (void)state;
    world *w = world_with((http_options){ .connections_max = 4, .per_address_max = 100, .request_s = 20 });
    int    slow[4];
    for (int i = 0; i < 4; i++) {
        slow[i] = peer_connect(w->port);
        peer_say(slow[i], S("GET / HTTP/1.1\r\nHost: a\r\nX: y"));
    }
    int fd = connect_again(w, 200);
    assert_true(fd >= 0);
    close(fd);
    for (int i = 0; i < 4; i++)
        close(slow[i]);
    world_end(w);
}

/* Loopback has a limit of 60,000 a minute, so another address is told through a proxy. */
static void an_address_has_so_many_requests_a_minute(void **state)
{
    (void)state;
    world *w = world_with((http_options){ .requests_per_minute = 5, .trusted_proxy = S("127.0.0.1") });
    int    ok = 0, late = 0;
    for (int i = 0; i < 9; i++) {
        int status = peer_status(ask(w, S("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.7\r\n\r\n")));
        ok += status == 200;
        late += status == 429;
    }
    str refused = ask(w, S("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.7\r\n\r\n"));
    assert_true(str_eq(peer_header(refused, "Retry-After"), S("60")));
    assert_int_equal(ok, 5);
    assert_int_equal(late, 4);
    assert_int_equal(peer_status(ask(w, S("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.8\r\n\r\n"))), 200);
    assert_int_equal(peer_status(get(w, "/")), 200);
    world_end(w);
}

static void only_the_trusted_proxy_is_believed(void **state)
{
    world *w = *state;
    str    told_to = S("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.1, 192.0.2.9\r\nX-Forwarded-Proto: https\r\n\r\n");
    assert_has(ask(w, told_to), "from 127.0.0.1|plain|");
    world *behind = world_with((http_options){ .trusted_proxy = S("127.0.0.1") });
    assert_has(ask(behind, told_to), "from 192.0.2.9|tls|");
    assert_has(ask(behind, S("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: <b>\r\n\r\n")), "from 127.0.0.1|plain|");
    world_end(behind);
}

/* ---- the end ------------------------------------------------------------------------------------------ */

typedef struct {
    world *w;
    str    answer;
} asker;

static void *ask_slow(void *arg)
{
    asker *k = arg;
    int    fd = peer_connect(k->w->port);
    peer_say(fd, S("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n"));
    k->answer = peer_hear(k->w->a, fd, false);
    close(fd);
    return NULL;
}

static void a_request_under_way_is_finished_before_the_end(void **state)
{
    (void)state;
    world    *w = world_with((http_options){ .request_s = 5 });
    int       idle = peer_connect(w->port);
    asker     k = { .w = w };
    pthread_t t;
    pthread_create(&t, NULL, ask_slow, &k);
    while (!w->t.handled)
        nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
    time_us began = time_mono();
    http_stop(w->s, SECONDS(5));
    time_us took = time_mono() - began;
    pthread_join(t, NULL);
    assert_int_equal(peer_status(k.answer), 200);
    assert_true(str_eq(peer_header(k.answer, "Connection"), S("close")));
    assert_int_equal(w->t.slow_done, 1);
    assert_true(took < SECONDS(4));
    assert_true(peer_closed(idle));
    close(idle);
    arena_free(w->a);
    free(w);
}

static void the_server_counts(void **state)
{
    world *w = *state;
    get(w, "/");
    get(w, "/away");
    get(w, "/a/../b");
    http_counters c;
    for (int i = 0; i < 100 && (c = http_counted(w->s)).requests < 3; i++)
        nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
    assert_int_equal(c.requests, 3);
    assert_int_equal(c.connections, 3);
    assert_int_equal(c.refused, 1);
    assert_int_equal(c.by_status[2], 1);
    assert_int_equal(c.by_status[3], 1);
    assert_int_equal(c.by_status[4], 1);
    int64_t n = 0;
    for (size_t i = 0; i < COUNT(c.took_us); i++)
        n += c.took_us[i];
    assert_int_equal(n, 3);
    assert_true(c.bytes_out > 30);
}

static world *world_at(world *w, const char *address, int fd, err_t *ret)
{
    http_hooks hooks = { .arg = &w->t, .handle = handle };
    fault      f = { 0 };
    *ret = http_start(&(http_options){ .address = address, .listen_fd = fd }, &hooks, &f, &w->s);
    w->port = *ret == ERR_OK ? http_port(w->s) : 0;
    return w;
}

static void ip4_that_comes_through_ip6_is_told_as_ip4(void **state)
{
    err_t e;
    world w = { .a = ((world *)*state)->a };
    world_at(&w, "::", -1, &e);
    if (e != ERR_OK)
        skip();                /* a machine without IPv6 */
    assert_has(get(&w, "/"), "from 127.0.0.1|");
    http_stop(w.s, SECONDS(1));
}

static void a_socket_that_listens_already_is_taken(void **state)
{
    err_t e;
    world w = { .a = ((world *)*state)->a };
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0 && bind(fd, (const struct sockaddr *)&at, sizeof at) == 0 && listen(fd, 8) == 0);
    world_at(&w, NULL, fd, &e);
    assert_int_equal(e, ERR_OK);
    assert_has(get(&w, "/"), "GET /|");
    http_stop(w.s, SECONDS(1));
    assert_int_equal(fcntl(fd, F_GETFD), -1);          /* and closed at the end */
}

static void an_address_in_use_is_told(void **state)
{
    world       *w = *state;
    fault        f = { 0 };
    http_server *s = NULL;
    http_hooks   hooks = { .handle = handle };
    assert_int_equal(http_start(&(http_options){ .address = "127.0.0.1", .port = w->port, .listen_fd = -1 }, &hooks, &f, &s), ERR_IO);
    assert_true(str_contains(str_of(f.text), S("in use")));
    assert_int_equal(http_start(&(http_options){ .address = "localhost", .listen_fd = -1 }, &hooks, &(fault){ 0 }, &s), ERR_INVALID);
    assert_int_equal(http_start(&(http_options){ .address = "127.0.0.1", .listen_fd = -1, .trusted_proxy = S("proxy.example") }, &hooks, &f, &s), ERR_INVALID);
    assert_null(s);
    http_stop(NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(a_head_that_dribbles_is_cut),
        T(a_body_that_dribbles_is_cut),
        T(a_second_request_that_dribbles_is_cut_too),
        T(who_is_silent_between_requests_is_cut),
        T(who_does_not_read_is_cut),
        T(a_slow_handler_is_no_silence_of_the_client),
        T(heads_have_a_limit),
        T(a_body_that_is_too_large_is_refused_before_it_is_sent),
        T(a_small_body_that_is_refused_still_gets_its_answer),
        T(a_large_body_arrives_as_it_was_sent),
        T(chunks_beyond_the_limit_are_refused),
        T(an_address_has_so_many_connections),
        T(when_places_run_out_the_idle_ones_go_first),
        T(who_dribbles_does_not_keep_others_out),
        T(an_address_has_so_many_requests_a_minute),
        T(only_the_trusted_proxy_is_believed),
        T(a_request_under_way_is_finished_before_the_end),
        T(the_server_counts),
        T(ip4_that_comes_through_ip6_is_told_as_ip4),
        T(a_socket_that_listens_already_is_taken),
        T(an_address_in_use_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
