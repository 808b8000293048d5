/* The test of the collection itself, over runs that a store really keeps. */
#include "assess/assess.h"
#include "test.h"

enum { HOUR = 3600 };
static const time_us now = 1768478400000000;     /* 2026-01-15T12:00:00Z */

/* A minute before the assessment: commits of one moment are told apart by a microsecond. */
static time_us clock_fixed(void) { return now - 60000000; }

static void run_write(store *st, const char *source, const char *status, time_us ended_at)
{
    const relation *r = relation_find(S("run"));
    fault           f = { 0 };
    arena          *a = arena_new(16 << 20);
    commit         *c = NULL;
    commit_done     done;
    int64_t         twice;
    value          *row = NEW_ARRAY(a, value, r->n_fields);
    row[relation_field(r, S("source"))] = v_z(source);
    row[relation_field(r, S("status"))] = v_z(status);
    row[relation_field(r, S("ended_at"))] = v_int(ended_at);
    assert_int_equal(commit_begin(st, &(commit_info){ S("source:x"), S("collect"), S("") }, &f, &c), ERR_OK);
    assert_int_equal(write_begin(c, r, str_of(source), WRITE_MERGE, &f), ERR_OK);
    assert_int_equal(write_row(c, row, &f), ERR_OK);
    assert_int_equal(write_end(c, &f, &twice), ERR_OK);
    assert_int_equal(commit_finish(c, a, &f, &done), ERR_OK);
    arena_free(a);
}

static const test_result *sources_report(arena *a, store *st)
{
    static const str only = { "monitoring.sources-report", 25 };
    fault       f = { 0 };
    session    *s = NULL;
    content    *c = NULL;
    assessment *as = NULL;
    assert_int_equal(content_load(a, NULL, &f, &c), ERR_OK);
    assert_int_equal(session_open(st, &(session_options){ .as_of = now }, &f, &s), ERR_OK);
    assert_int_equal(assess_all(a, s, c, now, &only, 1, &f, &as), ERR_OK);
    session_close(s);
    for (size_t i = 0; i < as->n_tests; i++)
        if (str_eq(as->tests[i].test->id, only))
            return &as->tests[i];
    return NULL;
}

static store *store_new(void)
{
    fault  f = { 0 };
    store *st = NULL;
    assert_int_equal(store_open(&(store_options){ .url = "sqlite::memory:", .flags = STORE_WRITE | STORE_CREATE,
                                                  .clock = clock_fixed }, &f, &st), ERR_OK);
    return st;
}

static void sources_that_report_pass(void **state)
{
    (void)state;
    auto_arena arena *a = arena_new(256 << 20);
    auto_store store *st = store_new();
    run_write(st, "host", "ok", now - (time_us)HOUR * 1000000);
    const test_result *r = sources_report(a, st);
    assert_non_null(r);
    assert_int_equal(r->state, STATE_PASS);
    assert_int_equal(r->population, 1);
}

static void a_source_that_fell_silent_or_failed_is_named(void **state)
{
    (void)state;
    auto_arena arena *a = arena_new(256 << 20);
    auto_store store *st = store_new();
    run_write(st, "host", "ok", now - (time_us)HOUR * 1000000);
    run_write(st, "git", "ok", now - (time_us)27 * HOUR * 1000000);
    run_write(st, "cloud", "denied", now - (time_us)HOUR * 1000000);
    const test_result *r = sources_report(a, st);
    assert_non_null(r);
    assert_int_equal(r->state, STATE_FAIL);
    assert_int_equal(r->exceptions, 2);
    assert_true(str_eq(r->items[0].item, S("cloud")));
    assert_true(str_eq(r->items[1].item, S("git")));
}

static void where_nothing_ever_ran_there_is_no_verdict(void **state)
{
    (void)state;
    auto_arena arena *a = arena_new(256 << 20);
    auto_store store *st = store_new();
    const test_result *r = sources_report(a, st);
    assert_non_null(r);
    assert_int_equal(r->state, STATE_NO_DATA);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sources_that_report_pass),
        cmocka_unit_test(a_source_that_fell_silent_or_failed_is_named),
        cmocka_unit_test(where_nothing_ever_ran_there_is_no_verdict),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
