/* Duties: every one that is built in can be asked; tasks open ahead of time, close
 * by themselves, and remind. */
#include "program/program.h"
#include "store_fixture.h"

static const principal program_itself = { .actor = { "attest", 6 }, .role = ROLE_OWNER };

static work *start(bench *b)
{
    work *w = NULL;
    must(b, work_begin(&(work_options){ .st = b->st, .who = &program_itself, .action = S("tick"), .reason = S("") }, &b->f, &w));
    return w;
}

static tick_result tick(bench *b, const duties *d)
{
    tick_result r;
    commit_done done;
    work       *w = start(b);
    must(b, duties_tick(w, d, b->a, &b->f, &r));
    must(b, work_finish(w, b->a, &b->f, &done));
    return r;
}

static void put(bench *b, const char *type, const char *json)
{
    const relation *r = relation_find(str_of(type));
    value           row[RELATION_FIELDS_MAX];
    commit_done     done;
    work           *w = start(b);
    must(b, row_parse(r, str_of(json), b->a, &b->f, row));
    must(b, work_put(w, r, row, &b->f));
    must(b, work_finish(w, b->a, &b->f, &done));
}

static void all_are_asked(bench *b)
{
    const duties *d;
    must(b, duties_load(b->a, NULL, &b->f, &d));
    assert_true(d->n > 0);
    for (size_t i = 1; i < d->n; i++)
        assert_true(str_cmp(d->v[i - 1].id, d->v[i].id) < 0);
    tick(b, d);
}

/* One duty over a small register: a policy is reviewed by its day. */
static duties only(bench *b, const char *id)
{
    const duties *d;
    must(b, duties_load(b->a, NULL, &b->f, &d));
    const duty *one = duty_find(d, str_of(id));
    assert_non_null(one);
    return (duties){ one, 1 };
}

#define DAY "T00:00:00Z"

static void open_and_close(bench *b)
{
    duties d = only(b, "policy-review");
    put(b, "person", "{\"id\":\"bea\",\"name\":\"Bea\",\"state\":\"active\"}");
    put(b, "person", "{\"id\":\"ann\",\"name\":\"Ann\",\"state\":\"active\",\"email\":\"ann@example.org\",\"manager\":\"bea\"}");
    put(b, "policy", "{\"id\":\"p\",\"title\":\"P\",\"state\":\"active\",\"owner\":\"ann\",\"review_months\":12,\"acceptance_required\":false,"
                     "\"addressees\":\"everyone\",\"review_due_at\":\"2026-03-01" DAY "\"}");
    assert_int_equal(tick(b, &d).opened, 0);                       /* January: too early */
    test_now = SECONDS(1769990400);                                /* 2026-02-02 */
    assert_int_equal(tick(b, &d).opened, 1);
    assert_rows(b, TIME_MAX, "SELECT id, title, state, owner, about, due_at FROM task",
                "TASK-1|Review the policy \"P\"|open|ann|policy/p|1772323200000000");
    tick_result r = tick(b, &d);
    assert_int_equal(r.opened, 0);
    assert_int_equal(r.n_reminders, 1);
    assert_int_equal(r.reminders[0].kind, REMIND_DUE);
    assert_string_equal(str_z(b->a, r.reminders[0].to_address), "ann@example.org");
    assert_int_equal(tick(b, &d).n_reminders, 0);
    test_now = SECONDS(1772323200) - HOURS(12);                    /* the eve */
    assert_int_equal(tick(b, &d).n_reminders, 1);
    assert_int_equal(tick(b, &d).n_reminders, 0);
    test_now = SECONDS(1772323200) + DAYS(1);
    r = tick(b, &d);
    assert_int_equal(r.n_reminders, 1);
    assert_int_equal(r.reminders[0].kind, REMIND_OVERDUE);
    test_now += DAYS(3);
    assert_int_equal(tick(b, &d).n_reminders, 0);
    test_now += DAYS(12);
    r = tick(b, &d);
    assert_int_equal(r.n_reminders, 2);
    assert_int_equal(r.reminders[1].kind, REMIND_ESCALATED);
    put(b, "policy", "{\"id\":\"p\",\"title\":\"P\",\"state\":\"active\",\"owner\":\"ann\",\"review_months\":12,\"acceptance_required\":false,"
                     "\"addressees\":\"everyone\",\"review_due_at\":\"2027-03-01" DAY "\"}");
    r = tick(b, &d);
    assert_int_equal(r.done, 1);
    assert_int_equal(r.n_reminders, 0);
    assert_rows(b, TIME_MAX, "SELECT state, done_by FROM task", "done|?");
}

/* Several things owed by one duty: each task that is opened asks the session that shows them. */
static void many_at_once(bench *b)
{
    const duties d = only(b, "vulnerability");
    for (int i = 1; i <= 5; i++)
        put(b, "vulnerability", str_fmt(b->a, "{\"id\":\"VUL-%d\",\"title\":\"v%d\",\"severity\":\"high\",\"state\":\"open\",\"origin\":\"scan\","
                                              "\"found_at\":\"2026-01-01" DAY "\",\"due_at\":\"2026-01-31" DAY "\"}", i, i).p);
    assert_int_equal(tick(b, &d).opened, 5);
    assert_int_equal(tick(b, &d).opened, 0);
    put(b, "vulnerability", "{\"id\":\"VUL-2\",\"title\":\"v2\",\"severity\":\"low\",\"state\":\"fixed\",\"origin\":\"scan\","
                            "\"found_at\":\"2026-01-01" DAY "\"}");
    assert_int_equal(tick(b, &d).done, 1);
    assert_rows(b, TIME_MAX, "SELECT about FROM task WHERE state = 'done'", "vulnerability/VUL-2");
}

static void every_duty_built_in_can_be_asked(void **st) { (void)st; on_each_engine(all_are_asked); }
static void tasks_open_ahead_close_themselves_and_remind(void **st) { (void)st; on_each_engine(open_and_close); }
static void one_duty_opens_many_tasks_in_one_turn(void **st) { (void)st; on_each_engine(many_at_once); }

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_duty_built_in_can_be_asked),
        cmocka_unit_test(tasks_open_ahead_close_themselves_and_remind),
        cmocka_unit_test(one_duty_opens_many_tasks_in_one_turn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
