#include "auth_fixture.h"

time_us auth_now;

static time_us clock_of_test(void) { return auth_now; }

void fine(desk *d, err_t e)
{
    if (e != ERR_OK)
        fail_msg("%s: %s (%s)", d->postgres ? "postgres" : "sqlite", d->f.text, err_describe(e)->wire);
}

void refused(desk *d, err_t want, err_t e)
{
    if (e != want)
        fail_msg("%s: %s instead of %s: %s", d->postgres ? "postgres" : "sqlite", err_describe(e)->wire, err_describe(want)->wire, d->f.text);
    assert_true(d->f.text[0]);
    d->f = (fault){ 0 };
}

auth *another(desk *d)
{
    auth *au = NULL;
    fine(d, auth_open(&(auth_options){ .store_url = d->url, .key_path = d->key, .clock = clock_of_test }, &d->f, &au));
    return au;
}

static void run_on(bool postgres, void (*body)(desk *d))
{
    desk d = { .postgres = postgres, .a = arena_new(256 << 20) };
    snprintf(d.dir, sizeof d.dir, "/tmp/attest-test-XXXXXX");
    assert_non_null(mkdtemp(d.dir));
    auth_now = SECONDS(1768478400);
    str unique = str_lower(d.a, str_of(strrchr(d.dir, '-') + 1));
    d.url = postgres ? str_fmt(d.a, "%s&schema=a_" STR_FMT "_%ld", getenv("ATTEST_TEST_PG"), STR_ARG(unique), (long)getpid()).p
                     : str_fmt(d.a, "sqlite:%s/t.db", d.dir).p;
    d.key = str_fmt(d.a, "%s/auth.key", d.dir).p;
    d.au = another(&d);
    body(&d);
    auth_close(d.au);
    static const char *const rm[] = { "auth.db", "auth.db-wal", "auth.db-shm", "auth.key" };
    for (size_t i = 0; i < COUNT(rm); i++)
        (void)unlink(str_fmt(d.a, "%s/%s", d.dir, rm[i]).p);
    assert_int_equal(rmdir(d.dir), 0);
    arena_free(d.a);
}

void on_desks(void (*body)(desk *d))
{
    run_on(false, body);
    if (getenv("ATTEST_TEST_PG"))
        run_on(true, body);
    else
        printf("# postgres: not started\n");
}
