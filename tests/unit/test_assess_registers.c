/* How fresh records are: a register that nobody keeps proves nothing, one that is kept or confirmed does. */
#include "assess/assess.h"
#include "store_fixture.h"

#define T0 SECONDS(1768478400)        /* 2026-01-15T12:00:00Z, where the clock of the tests starts */

static const criterion criteria[] = { { .id = { "CC6.1", 5 } } };
static mapping to_61[] = { { .criterion = &criteria[0], .primary = true } };
static const control controls[] = { { .id = { "AU-01", 5 }, .nature = NATURE_AUTOMATED, .mappings = to_61, .n_mappings = 1 } };
static const content c = { .criteria = criteria, .n_criteria = 1, .controls = controls, .n_controls = 1 };

#define EACH    "SELECT id, (state <> 'received') AS ok FROM complaint"
#define ALWAYS  "SELECT 'register' AS item, (count(id) = 0) AS ok FROM complaint"

static control_test test_needing(bench *b, const char *need, const char *sql)
{
    control_test t;
    str text = str_fmt(b->a, "-- test: x.one\n-- version: 1\n-- title: t\n-- kind: state\n-- subject: %s\n-- controls: AU-01\n"
                       "-- severity: low\n-- needs: complaint%s\n-- why: w\n-- remedy: r\n%s\n",
                       strcmp(sql, ALWAYS) == 0 ? "-" : "complaint", need, sql);
    must(b, test_parse(b->a, &c, S("content/tests/x/one.sql"), text, &b->f, &t));
    return t;
}

static void record(bench *b, const char *type, const char *json)
{
    const relation *r = relation_find(str_of(type));
    value           row[RELATION_FIELDS_MAX];
    commit         *one = begin(b);
    must(b, row_parse(r, str_of(json), b->a, &b->f, row));
    must(b, write_begin(one, r, RECORD_SOURCE, WRITE_MERGE, &b->f));
    must(b, write_row(one, row, &b->f));
    must(b, write_end(one, &b->f, NULL));
    finish(b, one);
}

static void complaint(bench *b, const char *state)
{
    record(b, "complaint", str_fmt(b->a, "{\"id\":\"CMP-1\",\"title\":\"t\",\"state\":\"%s\",\"kind\":\"complaint\","
                                         "\"received_at\":\"2026-01-10T00:00:00Z\"}", state).p);
}

/* Somebody says at `at` that the register of `type` is complete. */
static void confirmed(bench *b, const char *type, time_us at)
{
    record(b, "register", str_fmt(b->a, "{\"id\":\"%s\",\"confirmed_at\":\"%s\",\"basis\":\"the mailbox\"}", type, time_rfc3339(b->a, at).p).p);
}

static test_result evaluated(bench *b, const char *need, const char *sql, time_us as_of)
{
    const session_options o = { .as_of = TIME_MAX };
    const control_test    t = test_needing(b, need, sql);
    test_result           r;
    session              *s;
    must(b, session_open(b->st, &o, &b->f, &s));
    must(b, assess_test(b->a, s, &t, as_of, &b->f, &r));
    session_close(s);
    return r;
}

static const char *state_of(bench *b, const char *need, const char *sql, time_us as_of)
{
    return state_name(evaluated(b, need, sql, as_of).state);
}

static void never_kept(bench *b)
{
    confirmed(b, "incident", T0);      /* another register is none of its business */
    const time_us now = test_now + SECONDS(10);
    test_result   r = evaluated(b, "", EACH, now);
    assert_int_equal(r.state, STATE_NO_DATA);
    assert_string_equal(r.reason.p, "complaint: there is no such record, and nobody has said that there is none to keep");
    assert_false(r.needs[0].fresh);
    assert_string_equal(state_of(b, " max_age=100d", EACH, now), "no_data");
    assert_string_equal(state_of(b, "", ALWAYS, now), "no_data");      /* not a pass, although the item holds */
}
static void a_register_nobody_ever_kept_gives_no_data(void **st) { (void)st; on_each_engine(never_kept); }

static void said_complete(bench *b)
{
    confirmed(b, "complaint", test_now);
    const time_us now = test_now + SECONDS(10);
    assert_string_equal(state_of(b, "", EACH, now), "not_applicable");
    assert_string_equal(state_of(b, "", ALWAYS, now), "pass");
    assert_string_equal(state_of(b, "", EACH, T0 - 1), "no_data");     /* before anybody said so */
    test_now = now + HOURS(1);
    complaint(b, "received");
    assert_string_equal(state_of(b, "", EACH, test_now + SECONDS(10)), "fail");
    assert_string_equal(state_of(b, "", ALWAYS, test_now + SECONDS(10)), "fail");
    complaint(b, "answered");
    assert_string_equal(state_of(b, "", EACH, test_now + SECONDS(10)), "pass");
    assert_string_equal(state_of(b, "", EACH, now), "not_applicable"); /* as it was then */
}
static void an_empty_register_that_somebody_confirms_is_judged(void **st) { (void)st; on_each_engine(said_complete); }

static void by_its_rows(bench *b)
{
    complaint(b, "answered");
    assert_string_equal(state_of(b, "", EACH, test_now + SECONDS(10)), "pass");
    assert_string_equal(state_of(b, "", EACH, test_now + DAYS(4000)), "pass");      /* without max_age records keep */
}
static void a_record_is_enough_to_show_that_the_register_is_kept(void **st) { (void)st; on_each_engine(by_its_rows); }

static void none_is_an_answer(bench *b)
{
    const time_us now = test_now + SECONDS(10);
    test_result   r = evaluated(b, " empty=ok", EACH, now);
    assert_int_equal(r.state, STATE_NOT_APPLICABLE);
    assert_true(r.needs[0].fresh);
    assert_true(str_eq(r.needs[0].status, S("absent")));
    assert_string_equal(state_of(b, " empty=ok", ALWAYS, now), "pass");
    complaint(b, "received");
    assert_string_equal(state_of(b, " empty=ok", EACH, test_now + SECONDS(10)), "fail");
}
static void where_none_is_an_answer_nobody_need_confirm_it(void **st) { (void)st; on_each_engine(none_is_an_answer); }

/* The limit itself is fresh, a microsecond more is not; what was seen last counts, row or word. */
static void aged(bench *b)
{
    static const char need[] = " max_age=100d";
    const time_us     first = test_now;
    confirmed(b, "complaint", first);
    assert_string_equal(state_of(b, need, ALWAYS, first + DAYS(100)), "pass");
    test_result r = evaluated(b, need, ALWAYS, first + DAYS(100) + 1);
    assert_int_equal(r.state, STATE_NO_DATA);
    assert_non_null(strstr(r.reason.p, "complaint from record: last seen on 15 Jan 2026"));
    test_now = first + DAYS(50);
    complaint(b, "answered");
    assert_string_equal(state_of(b, need, EACH, first + DAYS(150)), "pass");
    assert_string_equal(state_of(b, need, EACH, first + DAYS(151)), "no_data");
    test_now = first + DAYS(160);
    confirmed(b, "complaint", test_now);
    const time_us second = first + DAYS(160);
    assert_string_equal(state_of(b, need, EACH, second + DAYS(100)), "pass");
    assert_string_equal(state_of(b, need, EACH, second + DAYS(100) + 1), "no_data");
    assert_string_equal(state_of(b, " empty=ok max_age=100d", EACH, second + DAYS(100) + 1), "no_data");
}
static void a_register_grows_old_unless_it_is_written_or_confirmed(void **st) { (void)st; on_each_engine(aged); }

/* A date in the future is no confirmation of today. */
static void ahead(bench *b)
{
    confirmed(b, "complaint", test_now + DAYS(30));
    test_result r = evaluated(b, "", ALWAYS, test_now + SECONDS(10));
    assert_int_equal(r.state, STATE_NO_DATA);
    assert_non_null(strstr(r.reason.p, "which is yet to come"));
}
static void a_confirmation_that_is_yet_to_come_does_not_count(void **st) { (void)st; on_each_engine(ahead); }

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_register_nobody_ever_kept_gives_no_data),
        cmocka_unit_test(an_empty_register_that_somebody_confirms_is_judged),
        cmocka_unit_test(a_record_is_enough_to_show_that_the_register_is_kept),
        cmocka_unit_test(where_none_is_an_answer_nobody_need_confirm_it),
        cmocka_unit_test(a_register_grows_old_unless_it_is_written_or_confirmed),
        cmocka_unit_test(a_confirmation_that_is_yet_to_come_does_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
