/* Where the server connects to, whatever a URL or a resolver says. */
#include "fetch/fetch.h"
#include "test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    arena   *a;
    fetcher *t;
    int      door;             /* a socket of this machine that listens, and that nobody is to reach */
    unsigned port;
} bench;

static void open_bench(bench *b)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t n = sizeof at;
    fault     f = { 0 };
    *b = (bench){ .a = arena_new(16 << 20), .door = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0) };
    assert_true(b->door >= 0);
    assert_int_equal(bind(b->door, (const struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(b->door, 8), 0);
    assert_int_equal(getsockname(b->door, (struct sockaddr *)&at, &n), 0);
    b->port = ntohs(at.sin_port);
    assert_int_equal(fetch_open(b->a, &f, &b->t), ERR_OK);
}

static void close_bench(bench *b)
{
    fetch_close(b->t);
    close(b->door);
    arena_free(b->a);
}

/* How many have come to the door since the last time. */
static int came(const bench *b)
{
    int n = 0;
    for (int fd; (fd = accept(b->door, NULL, NULL)) >= 0; n++)
        close(fd);
    return n;
}

static fetch_answer ask(const bench *b, const char *url, fetch_reach reach)
{
    fetch_answer       an;
    fetch_where        w = { .url = url, .reach = reach, .total_ms = 400, .answer_max = 1000 };
    fetch_http_request rq = { 0 };
    fetch_http(b->t, b->a, &w, &rq, &an);
    return an;
}

static const char *at(const bench *b, const char *host) { return str_fmt(b->a, "http://%s:%u/", host, b->port).p; }

static void no_name_or_spelling_leads_to_this_machine(void **st)
{
    static const char *const hosts[] = {
        "127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "0.0.0.0", "[::]", "127.1", "2130706433", "0x7f.1", "0177.0.0.1",
        "127.0.0.1.", "[64:ff9b::7f00:1]", "[::127.0.0.1]",
    };
    bench b;
    (void)st;
    open_bench(&b);
    for (size_t i = 0; i < COUNT(hosts); i++) {
        fetch_answer an = ask(&b, at(&b, hosts[i]), (fetch_reach){ .outside = true, .inside = true });
        if (an.whole || an.status != -1 || !an.error.n || came(&b) != 0)
            fail_msg("%s was reached", hosts[i]);
    }
    (void)ask(&b, at(&b, "localhost"), (fetch_reach){ .loopback = true });
    assert_int_equal(came(&b), 1);       /* the door is open: only the judgement kept the others away */
    close_bench(&b);
}

static void addresses_of_credentials_and_of_nobody_are_never_asked(void **st)
{
    static const char *const urls[] = {
        "http://169.254.169.254/latest/meta-data/", "http://[::ffff:169.254.169.254]/", "http://[fe80::1]/", "http://[fd00:ec2::254]/", "http://224.0.0.1/",
        "http://255.255.255.255/", "http://0.0.0.0/", "http://[ff02::1]/", "http://192.0.2.1/", "http://2852039166/", "http://0xa9fea9fe/",
    };
    const fetch_reach anywhere = { .loopback = true, .inside = false, .outside = true };
    bench b;
    (void)st;
    open_bench(&b);
    for (size_t i = 0; i < COUNT(urls); i++) {
        time_us      begun = time_mono();
        fetch_answer an = ask(&b, urls[i], anywhere);
        if (an.whole || an.status != -1 || (!memmem(an.error.p, an.error.n, "link-local", 10) && !memmem(an.error.p, an.error.n, "private", 7)))
            fail_msg("%s: " STR_FMT, urls[i], STR_ARG(an.error));
        assert_true(time_mono() - begun < SECONDS(5));
    }
    close_bench(&b);
}

static void the_environment_sends_nothing_elsewhere(void **st)
{
    bench b;
    (void)st;
    open_bench(&b);
    setenv("http_proxy", str_fmt(b.a, "http://127.0.0.1:%u", b.port).p, 1);
    setenv("ALL_PROXY", str_fmt(b.a, "http://127.0.0.1:%u", b.port).p, 1);
    fetch_answer an = ask(&b, "http://127.0.0.1:1/", (fetch_reach){ .loopback = true });
    assert_false(an.whole);
    assert_int_equal(came(&b), 0);
    unsetenv("http_proxy");
    unsetenv("ALL_PROXY");
    close_bench(&b);
}

static void only_the_web_is_spoken(void **st)
{
    static const char *const schemes[] = { "file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/", "dict://127.0.0.1/", "ldap://127.0.0.1/" };
    bench b;
    (void)st;
    open_bench(&b);
    for (size_t i = 0; i < COUNT(schemes); i++) {
        fetch_answer an = ask(&b, schemes[i], (fetch_reach){ true, true, true });
        if (an.whole || an.body.n)
            fail_msg("%s was answered", schemes[i]);
    }
    close_bench(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_name_or_spelling_leads_to_this_machine),
        cmocka_unit_test(addresses_of_credentials_and_of_nobody_are_never_asked),
        cmocka_unit_test(the_environment_sends_nothing_elsewhere),
        cmocka_unit_test(only_the_web_is_spoken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
