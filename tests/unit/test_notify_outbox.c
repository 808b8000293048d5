/* The outbox over a store: what is queued survives, is tried with patience, and is
 * told as it is. A small HTTP server in a thread plays the endpoint. */
#include "store_fixture.h"
#include "notify/notify.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/stat.h>

/* ---- an endpoint ------------------------------------------------------------------------- */

enum { SCRIPT_MAX = 32 };

typedef struct {
    int       fd, port, script[SCRIPT_MAX], n_script;    /* answers in order; the last one again and again */
    const char *extra;                                    /* header lines of every answer */
    int       requests;
    char      ids[SCRIPT_MAX][64], stamps[SCRIPT_MAX][32];
    pthread_t thread;
} endpoint;

static void header_of(const char *request, const char *name, char *ret, size_t room)
{
    const char *at = strstr(request, name);
    ret[0] = '\0';
    if (at)
        sscanf(at + strlen(name), room == 64 ? " %63[^\r]" : " %31[^\r]", ret);
}

static void answer(endpoint *e, int fd)
{
    char   in[16384], out[512];
    size_t n = 0;
    while (n < sizeof in - 1) {
        ssize_t got = read(fd, in + n, sizeof in - 1 - n);
        if (got <= 0)
            return;
        n += (size_t)got;
        in[n] = '\0';
        const char *end = strstr(in, "\r\n\r\n"), *length = strstr(in, "Content-Length:");
        int         body = 0;
        if (end && length && sscanf(length, "Content-Length: %d", &body) == 1 && in + n >= end + 4 + body)
            break;
    }
    int i = e->requests < SCRIPT_MAX ? e->requests : SCRIPT_MAX - 1;
    header_of(in, "webhook-id:", e->ids[i], sizeof e->ids[i]);
    header_of(in, "webhook-timestamp:", e->stamps[i], sizeof e->stamps[i]);
    int status = e->script[e->requests < e->n_script ? e->requests : e->n_script - 1];
    e->requests++;
    int len = snprintf(out, sizeof out, "HTTP/1.1 %d X\r\n%sContent-Length: 0\r\nConnection: close\r\n\r\n", status, e->extra ? e->extra : "");
    assert_int_equal(write(fd, out, (size_t)len), len);
}

static void *serve(void *arg)
{
    endpoint *e = arg;
    for (;;) {
        int fd = accept(e->fd, NULL, NULL);
        if (fd < 0)
            return NULL;
        answer(e, fd);
        close(fd);
    }
}

static void endpoint_start(endpoint *e)
{
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t          n = sizeof a;
    e->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(e->fd >= 0 && bind(e->fd, (struct sockaddr *)&a, sizeof a) == 0 && listen(e->fd, 8) == 0);
    assert_int_equal(getsockname(e->fd, (struct sockaddr *)&a, &n), 0);
    e->port = ntohs(a.sin_port);
    assert_int_equal(pthread_create(&e->thread, NULL, serve, e), 0);
}

static void endpoint_stop(endpoint *e)
{
    shutdown(e->fd, SHUT_RDWR);
    pthread_join(e->thread, NULL);
    close(e->fd);
}

/* ---- helpers -------------------------------------------------------------------------------- */

static str secret_path(bench *b)
{
    char path[] = "/tmp/attest-whsec-XXXXXX";
    int  fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n", 39) == 39 && close(fd) == 0);
    return str_dup(b->a, str_of(path));
}

static void add_webhook(bench *b, notify_settings *s, int port, str secret)
{
    bool known;
    must(b, notify_setting(b->a, s, S("webhook"), str_fmt(b->a, "http://127.0.0.1:%d/%zu " STR_FMT, port, s->n_webhooks, STR_ARG(secret)),
                           &b->f, &known));
}

static str queue(bench *b, notify_channel channel, str recipient, const char *subject)
{
    str            id;
    notify_message m = { .channel = channel, .recipient = recipient, .event = S("task.reminder"), .subject = str_of(subject), .body = S("b") };
    commit        *c = begin(b);
    must(b, notify_queue(c, b->a, test_now, &m, 1, &b->f, &id));
    finish(b, c);
    return id;
}

static delivery deliver(bench *b, const notify_settings *s, str only)
{
    delivery d = { 0 };
    must(b, notify_deliver(b->st, s, b->a, test_now, only, &b->f, &d));
    return d;
}

static str states(bench *b) { return rows_of(b, TIME_MAX, "SELECT state, attempts, status FROM outbox ORDER BY queued_at, id"); }

/* ---- tests ------------------------------------------------------------------------------------ */

static void survive(bench *b)
{
    endpoint        e = { .script = { 500, 503, 200 }, .n_script = 3 };
    notify_settings s = { 0 };
    str             secret = secret_path(b);
    endpoint_start(&e);
    add_webhook(b, &s, e.port, secret);
    str id = queue(b, NOTIFY_WEBHOOK, s.webhooks[0].id, "first");
    bench_reopen(b);
    assert_string_equal(states(b).p, "queued|0|?");
    assert_int_equal(deliver(b, &s, S("")).by_state[OUTBOX_FAILED], 1);
    assert_string_equal(states(b).p, "failed|1|500");
    assert_int_equal(deliver(b, &s, S("")).n_tried, 0);          /* not yet due */
    bench_reopen(b);
    test_now += SECONDS(6);
    assert_int_equal(deliver(b, &s, S("")).by_state[OUTBOX_FAILED], 1);
    test_now += SECONDS(31);
    assert_int_equal(deliver(b, &s, S("")).by_state[OUTBOX_SENT], 1);
    assert_string_equal(states(b).p, "sent|3|200");
    assert_int_equal(deliver(b, &s, S("")).n_tried, 0);          /* sent once, and no more */
    test_now += DAYS(30);
    assert_int_equal(deliver(b, &s, S("")).n_tried, 0);
    assert_int_equal(e.requests, 3);
    assert_string_equal(e.ids[0], str_z(b->a, id));
    assert_string_equal(e.ids[2], e.ids[0]);                      /* the same message */
    assert_string_not_equal(e.stamps[2], e.stamps[0]);            /* at another time */
    assert_rows(b, TIME_MAX, "SELECT coalesce(last_error, '-') AS e, sent_at = tried_at AS t FROM outbox", "-|1");
    endpoint_stop(&e);
    unlink(secret.p);
}

static void what_is_queued_survives_restarts_and_is_sent_once(void **st)
{
    (void)st;
    on_each_engine(survive);
}

static void give_up(bench *b)
{
    endpoint        e = { .script = { 500 }, .n_script = 1 };
    notify_settings s = { 0 };
    str             secret = secret_path(b);
    endpoint_start(&e);
    add_webhook(b, &s, e.port, secret);
    queue(b, NOTIFY_WEBHOOK, s.webhooks[0].id, "hopeless");
    for (int i = 0; i < NOTIFY_ATTEMPTS_MAX; i++, test_now += HOURS(7)) {
        delivery d = deliver(b, &s, S(""));
        assert_int_equal(d.n_tried, 1);
        assert_int_equal(d.tried[0].state, i + 1 < NOTIFY_ATTEMPTS_MAX ? OUTBOX_FAILED : OUTBOX_GIVEN_UP);
    }
    assert_int_equal(deliver(b, &s, S("")).n_tried, 0);
    assert_int_equal(e.requests, NOTIFY_ATTEMPTS_MAX);
    assert_rows(b, TIME_MAX, "SELECT state, attempts, status, last_error FROM outbox", "given_up|12|500|the endpoint answered 500");
    endpoint_stop(&e);
    unlink(secret.p);
}

static void after_twelve_tries_it_is_given_up_and_says_so(void **st)
{
    (void)st;
    on_sqlite(give_up);
}

static void gone(bench *b)
{
    endpoint        e = { .script = { 410, 200 }, .n_script = 2 };
    notify_settings s = { 0 };
    str             secret = secret_path(b);
    endpoint_start(&e);
    add_webhook(b, &s, e.port, secret);
    str id = s.webhooks[0].id;
    queue(b, NOTIFY_WEBHOOK, id, "a");
    test_now += SECONDS(1);
    queue(b, NOTIFY_WEBHOOK, id, "b");
    assert_int_equal(deliver(b, &s, S("")).by_state[OUTBOX_GIVEN_UP], 2);
    assert_int_equal(e.requests, 1);                              /* b did not even go out */
    test_now += DAYS(1);
    bench_reopen(b);
    queue(b, NOTIFY_WEBHOOK, id, "c");
    assert_int_equal(deliver(b, &s, S("")).by_state[OUTBOX_GIVEN_UP], 1);
    assert_int_equal(e.requests, 1);
    test_now += SECONDS(1);
    str test = queue(b, NOTIFY_WEBHOOK, id, "test");
    assert_int_equal(deliver(b, &s, test).by_state[OUTBOX_SENT], 1);
    test_now += SECONDS(1);
    queue(b, NOTIFY_WEBHOOK, id, "d");
    assert_int_equal(deliver(b, &s, S("")).by_state[OUTBOX_SENT], 1);
    assert_string_equal(states(b).p, "given_up|1|410;given_up|1|?;given_up|1|?;sent|1|200;sent|1|200");
    endpoint_stop(&e);
    unlink(secret.p);
}

static void an_endpoint_that_answers_gone_is_left_alone_until_a_test_is_taken(void **st)
{
    (void)st;
    on_each_engine(gone);
}

static void down(bench *b)
{
    endpoint        e = { .script = { 200 }, .n_script = 1 }, closed = { .script = { 200 }, .n_script = 1 };
    notify_settings s = { 0 };
    str             secret = secret_path(b);
    endpoint_start(&e);
    endpoint_start(&closed);
    endpoint_stop(&closed);
    add_webhook(b, &s, closed.port, secret);
    add_webhook(b, &s, e.port, secret);
    for (int i = 0; i < 3; i++)
        queue(b, NOTIFY_WEBHOOK, s.webhooks[0].id, "x");
    queue(b, NOTIFY_WEBHOOK, s.webhooks[1].id, "y");
    queue(b, NOTIFY_MAIL, S("ann@example.com"), "z");
    queue(b, NOTIFY_WEBHOOK, S("other.example.com#00000000"), "w");
    delivery d = deliver(b, &s, S(""));
    assert_int_equal(d.by_state[OUTBOX_FAILED], 1);               /* one finds out for all of that endpoint */
    assert_int_equal(d.postponed, 2);
    assert_int_equal(d.by_state[OUTBOX_SENT], 1);                 /* others are not held up */
    assert_int_equal(d.unconfigured, 2);                          /* and lose no try */
    assert_rows(b, TIME_MAX, "SELECT state, count(*) AS n FROM outbox GROUP BY state ORDER BY state", "failed|1;queued|4;sent|1");
    endpoint_stop(&e);
    unlink(secret.p);
}

static void an_endpoint_that_is_down_holds_up_nobody_else(void **st)
{
    (void)st;
    on_sqlite(down);
}

static void answers(bench *b)
{
    static const struct { int status; const char *extra, *want; bool waits; } rows[] = {
        { 200, NULL, "sent|1|200", false }, { 204, NULL, "sent|1|204", false }, { 299, NULL, "sent|1|299", false },
        { 199 + 101, NULL, "failed|1|300", false }, { 404, NULL, "failed|1|404", false },
        { 302, "Location: http://127.0.0.1:1/\r\n", "failed|1|302", false }, { 301, "Location: /\r\n", "failed|1|301", false },
        { 429, "Retry-After: 7200\r\n", "failed|1|429", true }, { 503, "Retry-After: 999999999\r\n", "failed|1|503", true },
    };
    str secret = secret_path(b);
    for (size_t i = 0; i < COUNT(rows); i++) {
        endpoint        e = { .script = { rows[i].status }, .n_script = 1, .extra = rows[i].extra };
        notify_settings s = { 0 };
        endpoint_start(&e);
        add_webhook(b, &s, e.port, secret);
        str id = queue(b, NOTIFY_WEBHOOK, s.webhooks[0].id, "x");
        delivery d = deliver(b, &s, id);
        assert_int_equal(e.requests, 1);
        str got = rows_of(b, TIME_MAX, str_fmt(b->a, "SELECT state, attempts, status FROM outbox WHERE id = '" STR_FMT "'", STR_ARG(id)).p);
        assert_string_equal(got.p, rows[i].want);
        if (rows[i].waits)
            assert_true(d.tried[0].next_try_at - d.tried[0].tried_at >= HOURS(2) && d.tried[0].next_try_at - d.tried[0].tried_at <= DAYS(1));
        endpoint_stop(&e);
    }
    unlink(secret.p);
}

static void only_2xx_is_success_and_nothing_is_followed(void **st)
{
    (void)st;
    on_sqlite(answers);
}

static void secretless(bench *b)
{
    endpoint        e = { .script = { 200 }, .n_script = 1 };
    notify_settings s = { 0 };
    str             secret = secret_path(b);
    endpoint_start(&e);
    add_webhook(b, &s, e.port, secret);
    assert_int_equal(chmod(secret.p, 0644), 0);
    queue(b, NOTIFY_WEBHOOK, s.webhooks[0].id, "x");
    delivery d = deliver(b, &s, S(""));
    assert_int_equal(d.by_state[OUTBOX_FAILED], 1);
    assert_true(str_contains(d.tried[0].last_error, S("everybody may read the secret")));
    assert_int_equal(e.requests, 0);
    assert_int_equal(chmod(secret.p, 0600), 0);
    test_now += SECONDS(6);
    assert_int_equal(deliver(b, &s, S("")).by_state[OUTBOX_SENT], 1);
    endpoint_stop(&e);
    unlink(secret.p);
}

static void a_message_whose_secret_cannot_be_used_waits_with_the_reason(void **st)
{
    (void)st;
    on_sqlite(secretless);
}

static void refused(bench *b)
{
    static const notify_message bad[] = {
        { NOTIFY_MAIL, { "a@b\r\nBcc: x", 11 }, { "e", 1 }, { "s", 1 }, { "b", 1 }, { NULL, 0 } },
        { NOTIFY_MAIL, { "", 0 }, { "e", 1 }, { "s", 1 }, { "b", 1 }, { NULL, 0 } },
        { NOTIFY_WEBHOOK, { "", 0 }, { "e", 1 }, { "s", 1 }, { "b", 1 }, { NULL, 0 } },
        { NOTIFY_MAIL, { "a@b.c", 5 }, { "", 0 }, { "s", 1 }, { "b", 1 }, { NULL, 0 } },
        { NOTIFY_MAIL, { "a@b.c", 5 }, { "a..b", 4 }, { "s", 1 }, { "b", 1 }, { NULL, 0 } },
        { NOTIFY_MAIL, { "a@b.c", 5 }, { "A", 1 }, { "s", 1 }, { "b", 1 }, { NULL, 0 } },
        { NOTIFY_MAIL, { "a@b.c", 5 }, { "e", 1 }, { "\xff", 1 }, { "b", 1 }, { NULL, 0 } },
        { NOTIFY_MAIL, { "a@b.c", 5 }, { "e", 1 }, { "s", 1 }, { "\xff", 1 }, { NULL, 0 } },
        { NOTIFY_MAIL, { "a@b.c", 5 }, { "e", 1 }, { "s", 1 }, { "b\0c", 3 }, { NULL, 0 } },
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        const notify_message both[] = { { .recipient = S("ann@example.com"), .event = S("e"), .subject = S("s") }, bad[i] };
        commit *c = begin(b);
        fault   f = { 0 };
        if (notify_queue(c, b->a, test_now, both, 2, &f, NULL) != ERR_INVALID)
            fail_msg("message %zu is taken", i);
        finish(b, c);
    }
    assert_string_equal(states(b).p, "");                          /* all or nothing */
    queue(b, NOTIFY_MAIL, S("ann@example.com"), " line\r\nBcc: x@y.z\tend ");
    assert_rows(b, TIME_MAX, "SELECT subject FROM outbox", "line  Bcc: x@y.z end");
}

static void messages_that_could_break_out_are_refused_or_made_one_line(void **st)
{
    (void)st;
    on_sqlite(refused);
}

static void cut(bench *b)
{
    char          *body = arena_alloc(b->a, 70001, 1), *subject = arena_alloc(b->a, 1001, 1);
    notify_message m = { .recipient = S("ann@example.com"), .event = S("e") };
    outbox_row    *rows = NULL;
    size_t         n = 0;
    for (size_t i = 0; i < 70000; i += 2)
        memcpy(body + i, "\xc3\xa4", 2);
    memcpy(subject, body + 1, 999);                                /* begins in the middle of a character */
    subject[0] = 'x';
    m.body = (str){ body, 70000 };
    m.subject = (str){ subject, 999 };
    commit *c = begin(b);
    must(b, notify_queue(c, b->a, test_now, &m, 1, &b->f, NULL));
    finish(b, c);
    must(b, notify_list(b->st, b->a, &b->f, &rows, &n));
    assert_true(n == 1 && str_ends(rows[0].body, S("\n[The message was longer and is cut here.]\n")));
    assert_true(rows[0].body.n < 33000 && utf8_valid(rows[0].body));
    assert_true(rows[0].subject.n > 490 && rows[0].subject.n <= 500 && utf8_valid(rows[0].subject));
}

static void a_long_message_is_cut_and_says_so(void **st)
{
    (void)st;
    on_sqlite(cut);
}

static void undone(bench *b)
{
    notify_message m = { .recipient = S("ann@example.com"), .event = S("e"), .subject = S("s") };
    commit        *c = begin(b);
    must(b, notify_queue(c, b->a, test_now, &m, 1, &b->f, NULL));
    commit_abort(c);
    assert_string_equal(states(b).p, "");
}

static void a_message_goes_with_the_commit_it_belongs_to(void **st)
{
    (void)st;
    on_each_engine(undone);
}

static void listed(bench *b)
{
    outbox_row *rows = NULL;
    size_t      n = 0;
    queue(b, NOTIFY_MAIL, S("ann@example.com"), "older");
    test_now += SECONDS(5);
    queue(b, NOTIFY_WEBHOOK, S("h#1"), "newer");
    must(b, notify_list(b->st, b->a, &b->f, &rows, &n));
    assert_int_equal(n, 2);
    assert_true(str_eq(rows[0].subject, S("newer")) && rows[0].channel == NOTIFY_WEBHOOK && rows[0].status == -1);
    assert_true(str_eq(rows[1].subject, S("older")) && rows[1].channel == NOTIFY_MAIL && rows[1].state == OUTBOX_QUEUED);
}

static void the_list_begins_with_the_newest(void **st)
{
    (void)st;
    on_each_engine(listed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_queued_survives_restarts_and_is_sent_once),
        cmocka_unit_test(after_twelve_tries_it_is_given_up_and_says_so),
        cmocka_unit_test(an_endpoint_that_answers_gone_is_left_alone_until_a_test_is_taken),
        cmocka_unit_test(an_endpoint_that_is_down_holds_up_nobody_else),
        cmocka_unit_test(only_2xx_is_success_and_nothing_is_followed),
        cmocka_unit_test(a_message_whose_secret_cannot_be_used_waits_with_the_reason),
        cmocka_unit_test(messages_that_could_break_out_are_refused_or_made_one_line),
        cmocka_unit_test(a_long_message_is_cut_and_says_so),
        cmocka_unit_test(a_message_goes_with_the_commit_it_belongs_to),
        cmocka_unit_test(the_list_begins_with_the_newest),
    };
    return cmocka_run_group_tests_name("notify_outbox", tests, NULL, NULL);
}
