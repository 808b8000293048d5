/* Two who want the same at the same moment: threads of one node, nodes, processes. */
#include "auth_fixture.h"
#include "auth/totp.h"

#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>

enum { RUNNERS = 4, ROUNDS = 15 };

typedef struct {
    auth       *au;
    err_t     (*what)(auth *au, str secret, fault *f);
    str         secret;
    pthread_barrier_t *start;
    err_t       got;
    fault       f;
} runner;

static void *run(void *arg)
{
    runner *r = arg;
    (void)pthread_barrier_wait(r->start);
    r->got = r->what(r->au, r->secret, &r->f);
    return NULL;
}

/* How many of the runners, half of them on another node, were let in. */
static int winners(auth *const nodes[2], err_t (*what)(auth *au, str secret, fault *f), str secret, err_t loser)
{
    pthread_barrier_t start;
    pthread_t         threads[RUNNERS];
    runner            r[RUNNERS];
    int               won = 0;
    assert_int_equal(pthread_barrier_init(&start, NULL, RUNNERS), 0);
    for (int i = 0; i < RUNNERS; i++) {
        r[i] = (runner){ .au = nodes[i % 2], .what = what, .secret = secret, .start = &start };
        assert_int_equal(pthread_create(&threads[i], NULL, run, &r[i]), 0);
    }
    for (int i = 0; i < RUNNERS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        if (r[i].got != ERR_OK && r[i].got != loser && r[i].got != ERR_LIMIT)     /* too many at once is no way in either */
            fail_msg("%s: %s", err_describe(r[i].got)->wire, r[i].f.text);
        won += r[i].got == ERR_OK;
    }
    (void)pthread_barrier_destroy(&start);
    return won;
}

static char from[32];         /* another address each round, since losers are counted */

static err_t take_code(auth *au, str secret, fault *f) { return auth_totp_try(au, S("ann"), secret, str_of(from), f); }
static err_t take_recovery(auth *au, str secret, fault *f) { return auth_recovery_try(au, S("ann"), secret, str_of(from), f); }

static err_t take_once(auth *au, str secret, fault *f)
{
    auto_arena arena *a = arena_new(1 << 20);
    str text;
    return auth_once_take(au, a, "link", secret, f, &text);
}

static err_t raise_session(auth *au, str secret, fault *f)
{
    auto_arena arena  *a = arena_new(1 << 20);
    const auth_session as = { .stage = STAGE_FULL, .method = S("password+totp"), .second = true };
    str cookie;
    return auth_session_raise(au, a, secret, &as, f, &cookie);
}

static err_t make_codes(auth *au, str secret, fault *f)
{
    auto_arena arena *a = arena_new(1 << 20);
    str codes[RECOVERY_CODES];
    return auth_recovery_make(au, a, secret, f, codes);
}

static err_t use_passkey(auth *au, str secret, fault *f)
{
    int64_t old;
    return parse_int(secret, 0, 1000, &old) ? auth_passkey_used(au, S("key"), old, old + 1, false, f) : ERR_INVALID;
}

/* Secrets as people read them: RFC 4648 base32 of 20 bytes. */
static void bytes_of(str text, uint8_t ret[TOTP_SECRET_BYTES])
{
    unsigned bits = 0, n = 0, out = 0;
    for (size_t i = 0; i < text.n; i++) {
        bits = bits << 5 | (unsigned)(text.p[i] >= 'A' ? text.p[i] - 'A' : text.p[i] - '2' + 26);
        n += 5;
        if (n >= 8)
            ret[out++] = (uint8_t)(bits >> (n -= 8));
    }
}

static void races(desk *d)
{
    auth   *nodes[2] = { d->au, another(d) };
    str     secret, codes[RECOVERY_CODES];
    uint8_t bytes[TOTP_SECRET_BYTES];
    const auth_passkey key = { .id = S("key"), .person = S("ann"), .label = S("k"), .alg = -7, .public_key = S("p") };
    fine(d, auth_totp_begin(d->au, d->a, S("ann"), &d->f, &secret));
    bytes_of(secret, bytes);
    fine(d, auth_totp_confirm(d->au, S("ann"), str_fmt(d->a, "%06d", totp_code(bytes, 20, auth_now / SECONDS(30))), &d->f));
    fine(d, auth_passkey_add(d->au, &key, &d->f));
    for (int i = 0; i < ROUNDS; i++) {
        auth_now += MINUTES(2);
        snprintf(from, sizeof from, "192.0.2.%d", i);
        str code = str_fmt(d->a, "%06d", totp_code(bytes, 20, auth_now / SECONDS(30)));
        assert_int_equal(winners(nodes, take_code, code, ERR_DENIED), 1);
        if (i % RECOVERY_CODES == 0)
            fine(d, auth_recovery_make(d->au, d->a, S("ann"), &d->f, codes));
        assert_int_equal(winners(nodes, take_recovery, codes[i % RECOVERY_CODES], ERR_DENIED), 1);
        auth_factors have;
        assert_int_equal(winners(nodes, make_codes, S("bob"), ERR_OK), RUNNERS);
        fine(d, auth_factors_of(d->au, S("bob"), &d->f, &have));
        assert_int_equal(have.recovery_left, RECOVERY_CODES);      /* those of the last alone */
        fine(d, auth_once_put(d->au, d->a, "link", S("x"), HOURS(1), &d->f, &secret));
        assert_int_equal(winners(nodes, take_once, secret, ERR_NOT_FOUND), 1);
        fine(d, auth_session_begin(d->au, d->a, &(auth_session){ .person = S("ann"), .method = S("password") }, &d->f, &secret));
        assert_int_equal(winners(nodes, raise_session, secret, ERR_NOT_FOUND), 1);
        assert_int_equal(winners(nodes, use_passkey, str_fmt(d->a, "%d", i), ERR_DENIED), 1);
    }
    auth_close(nodes[1]);
}
static void of_any_number_who_use_a_secret_at_once_one_is_let_in(void **state)
{
    (void)state;
    on_desks(races);
}

/* ---- processes ------------------------------------------------------------------------------ */

/* In a process of its own, started before anything of the parent's is open there. */
static void child_takes(const char *url, const char *key, str secret, int in, int out)
{
    auth *au = NULL;
    char  go;
    fault f = { 0 };
    if (auth_open(&(auth_options){ .store_url = url, .key_path = key }, &f, &au) != ERR_OK)
        _exit(3);
    if (write(out, "r", 1) != 1 || read(in, &go, 1) != 1)
        _exit(4);
    err_t e = take_once(au, secret, &f);
    _exit(e == ERR_OK ? 1 : e == ERR_NOT_FOUND ? 0 : 5);
}

static void processes(desk *d)
{
    int   ready[2], start[2], won = 0;
    pid_t pids[RUNNERS];
    str   secret;
    char  c;
    auth_now = time_now();
    fine(d, auth_once_put(d->au, d->a, "link", S("x"), HOURS(1), &d->f, &secret));
    auth_close(TAKE(d->au));
    assert_int_equal(pipe(ready) | pipe(start), 0);
    for (int i = 0; i < RUNNERS; i++) {
        pids[i] = fork();
        if (pids[i] == 0)
            child_takes(d->url, d->key, secret, start[0], ready[1]);
    }
    for (int i = 0; i < RUNNERS; i++)
        assert_int_equal(read(ready[0], &c, 1), 1);
    assert_int_equal(write(start[1], "gogo", RUNNERS), RUNNERS);
    for (int i = 0; i < RUNNERS; i++) {
        int status;
        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) <= 1);
        won += WEXITSTATUS(status);
    }
    assert_int_equal(won, 1);
    for (int i = 0; i < 2; i++)
        (void)(close(ready[i]) | close(start[i]));
    d->au = another(d);
}
static void of_any_number_of_processes_one_is_let_in(void **state)
{
    (void)state;
    on_desks(processes);
}

/* Puts links and says each one when it has been put, until it is killed. */
static void child_puts(const char *url, const char *key, int out)
{
    auth *au = NULL;
    if (auth_open(&(auth_options){ .store_url = url, .key_path = key }, NULL, &au) != ERR_OK)
        _exit(3);
    for (;;) {
        auto_arena arena *a = arena_new(1 << 20);
        str secret;
        if (auth_once_put(au, a, "link", S("x"), HOURS(1), NULL, &secret) != ERR_OK || write(out, secret.p, 43) != 43)
            _exit(4);
    }
}

static void killed(desk *d)
{
    int    pipes[2], n = 0;
    char   secret[43];
    auth_now = time_now();
    auth_close(TAKE(d->au));
    assert_int_equal(pipe(pipes), 0);
    pid_t pid = fork();
    if (pid == 0)
        child_puts(d->url, d->key, pipes[1]);
    assert_int_equal(close(pipes[1]), 0);
    assert_int_equal(read(pipes[0], secret, sizeof secret), sizeof secret);
    (void)usleep(50000);
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    d->au = another(d);
    fine(d, take_once(d->au, (str){ secret, sizeof secret }, &d->f));
    for (; read(pipes[0], secret, sizeof secret) == (ssize_t)sizeof secret; n++)
        fine(d, take_once(d->au, (str){ secret, sizeof secret }, &d->f));
    assert_true(n > 0);
    assert_int_equal(close(pipes[0]), 0);
}
static void what_was_put_before_a_kill_is_there_after_it(void **state)
{
    (void)state;
    on_desks(killed);
}

/* ---- many at once over everything ------------------------------------------------------------- */

enum { BUSY_THREADS = 6, BUSY_ROUNDS = 40 };

typedef struct {
    auth *au;
    int   number;
    err_t got;
    fault f;
} worker;

static err_t work_once(worker *w, arena *a)
{
    str          person = str_fmt(a, "p%d", w->number % 3), cookie, secret, text;
    auth_session s, *all;
    auth_token   t;
    size_t       n;
    TRY(auth_session_begin(w->au, a, &(auth_session){ .person = person, .stage = STAGE_FULL, .method = S("m") }, &w->f, &cookie));
    for (int i = 0; i < 20; i++)
        TRY(auth_session_find(w->au, a, cookie, &w->f, &s));
    TRY(auth_once_put(w->au, a, "x", S("y"), HOURS(1), &w->f, &secret));
    TRY(auth_once_take(w->au, a, "x", secret, &w->f, &text));
    TRY(auth_token_make(w->au, a, &(auth_token){ .person = person, .label = S("l"), .scopes = SCOPE_READ, .ends_at = auth_now + HOURS(1) },
                        &w->f, &secret));
    TRY(auth_token_find(w->au, a, secret, &w->f, &t));
    TRY(auth_session_list(w->au, a, person, &w->f, &all, &n));
    TRY(auth_token_end(w->au, person, t.handle, &w->f));
    return auth_session_end(w->au, person, s.handle, S(""), &w->f);
}

static void *keep_busy(void *arg)
{
    worker *w = arg;
    for (int i = 0; i < BUSY_ROUNDS && w->got == ERR_OK; i++) {
        auto_arena arena *a = arena_new(16 << 20);
        w->got = work_once(w, a);
    }
    return NULL;
}

static void crowd(desk *d)
{
    pthread_t threads[BUSY_THREADS];
    worker    w[BUSY_THREADS];
    for (int i = 0; i < BUSY_THREADS; i++) {
        w[i] = (worker){ .au = d->au, .number = i };
        assert_int_equal(pthread_create(&threads[i], NULL, keep_busy, &w[i]), 0);
    }
    for (int i = 0; i < BUSY_THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        if (w[i].got != ERR_OK)
            fail_msg("%s: %s", err_describe(w[i].got)->wire, w[i].f.text);
    }
}
static void many_threads_share_one_auth(void **state)
{
    (void)state;
    on_desks(crowd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_any_number_who_use_a_secret_at_once_one_is_let_in),
        cmocka_unit_test(of_any_number_of_processes_one_is_let_in),
        cmocka_unit_test(what_was_put_before_a_kill_is_there_after_it),
        cmocka_unit_test(many_threads_share_one_auth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
