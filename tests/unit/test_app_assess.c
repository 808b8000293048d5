/* What stays of an assessment: that it took place, also when nothing had changed; and how little that costs. */
#include "test.h"

#include "app/app.h"

#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    arena      *a;
    const char *home, *dir;
    workspace  *ws;
    fault       f;
} bench;

static void must(bench *b, err_t e)
{
    if (e != ERR_OK)
        fail_msg("%s", b->f.text);
}

static int begin(void **state)
{
    arena *a = arena_new((size_t)2 << 30);
    bench *b = NEW(a, bench);
    *b = (bench){ .a = a };
    b->home = mkdtemp(str_z(a, S("/tmp/attest-app-XXXXXX")));
    must(b, workspace_create(a, b->home, &(workspace_settings){ .name = S("Example") }, &b->f, &b->dir));
    must(b, workspace_open(a, b->dir, OPEN_WRITE, &b->f, &b->ws));
    *state = b;
    return 0;
}

static void remove_tree(arena *a, const char *path)
{
    str   *names;
    size_t n = 0;
    struct stat st;
    if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode) && dir_names(a, path, 10000, &names, &n) == 0)
        for (size_t i = 0; i < n; i++)
            remove_tree(a, str_fmt(a, "%s/" STR_FMT, path, STR_ARG(names[i])).p);
    (void)remove(path);
}

static int end(void **state)
{
    bench *b = *state;
    workspace_close(b->ws);
    remove_tree(b->a, b->home);
    arena_free(b->a);
    return 0;
}

static void records(bench *b, assessment *as, int times)
{
    for (int i = 0; i < times; i++) {
        as->as_of = time_now();
        must(b, app_record(b->ws, b->a, as, S("cli:test"), &b->f));
    }
}

static assessment *assessed(bench *b)
{
    assessment *as;
    must(b, app_assess(b->ws, b->a, 0, NULL, 0, &b->f, &as));
    return as;
}

static int64_t number_of(bench *b, const char *sql)
{
    auto_sql sql_result *r = NULL;
    bool                 more;
    must(b, app_sql(b->ws, str_of(sql), 0, &b->f, &r));
    must(b, cursor_next(sql_rows(r), &b->f, &more));
    assert_true(more);
    return cursor_int(sql_rows(r), 0);
}

static void an_assessment_that_finds_the_same_is_recorded_all_the_same(void **state)
{
    bench      *b = *state;
    assessment *as = assessed(b);
    records(b, as, 3);
    assert_int_equal(number_of(b, "SELECT count(*) FROM assessment"), 1);
    assert_int_equal(number_of(b, "SELECT count(*) FROM assessment_history"), 3);
    assert_int_equal(number_of(b, "SELECT count(DISTINCT digest) FROM assessment_history WHERE actor = 'cli:test'"), 1);
    assert_int_equal(number_of(b, "SELECT count(*) FROM result_history"), as->n_tests);
    assert_int_equal(number_of(b, "SELECT tests_pass + tests_fail + tests_no_data + tests_error + tests_not_applicable FROM assessment"), as->n_tests);
    assert_int_equal(number_of(b, "SELECT count(*) FROM assessment WHERE duration_ms > 0 AND moment <= valid_from"), 1);
    assert_int_equal(number_of(b, "SELECT count(*) FROM commits WHERE action = 'assess'"), 3);
}

static int64_t moments(bench *b, time_us as_of)
{
    row_table t = { 0 };
    must(b, app_rows(b->ws, b->a, "sql/web/assessed.sql", NULL, 0, as_of, &b->f, &t));
    return (int64_t)t.n_rows;
}

/* A commit as assessments left them before there were rows of them. */
static void assess_as_before(bench *b, time_us at, const char *state)
{
    store      *st;
    commit     *c;
    commit_done done;
    int64_t     duplicates;
    value       row[RELATION_FIELDS_MAX] = { v_z("x.y") };
    const relation *r = relation_find(S("result"));
    for (size_t i = 1; i < r->n_fields; i++)
        row[i] = V_UNKNOWN;
    row[relation_field(r, S("state"))] = v_z(state);
    must(b, store_open(&(store_options){ .url = str_z(b->a, workspace_store(b->ws)), .flags = STORE_WRITE, .at = &at }, &b->f, &st));
    must(b, commit_begin(st, &(commit_info){ S("cli:test"), S("assess"), time_rfc3339(b->a, at) }, &b->f, &c));
    must(b, write_begin(c, r, S("assess"), WRITE_MERGE, &b->f));
    must(b, write_row(c, row, &b->f));
    must(b, write_end(c, &b->f, &duplicates));
    must(b, commit_finish(c, b->a, &b->f, &done));
    store_close(st);
}

static void what_was_assessed_before_there_were_rows_of_it_is_still_known(void **state)
{
    bench  *b = *state;
    time_us now = time_now();
    assess_as_before(b, now - DAYS(9), "pass");
    assess_as_before(b, now - DAYS(7), "fail");
    assert_int_equal(moments(b, 0), 2);
    assert_int_equal(moments(b, now - DAYS(8)), 1);
    records(b, assessed(b), 2);
    assert_int_equal(moments(b, 0), 3);
    assert_int_equal(moments(b, now - DAYS(8)), 1);
}

/* With the write-ahead log taken in. */
static int64_t bytes_of_store(bench *b)
{
    struct stat st = { 0 };
    workspace_close(b->ws);
    b->ws = NULL;
    assert_int_equal(stat(str_fmt(b->a, "%s/attest.db", b->dir).p, &st), 0);
    must(b, workspace_open(b->a, b->dir, OPEN_WRITE, &b->f, &b->ws));
    return st.st_size;
}

/* A year of hourly ones is 8,760: with 1.5 KiB each, 13 MiB. */
static void an_hourly_assessment_of_a_year_is_small(void **state)
{
    enum { TIMES = 120, MOST_EACH = 1536 };
    bench      *b = *state;
    assessment *as = assessed(b);
    int64_t     before;
    records(b, as, 1);
    before = bytes_of_store(b);
    records(b, as, TIMES);
    assert_in_range((bytes_of_store(b) - before) / TIMES, 100, MOST_EACH);
}

/* ---- the past of a demo ----------------------------------------------------------------------------- */

static str text_of(bench *b, time_us as_of, const char *sql)
{
    auto_sql sql_result *r = NULL;
    bool                 more;
    must(b, app_sql(b->ws, str_of(sql), as_of, &b->f, &r));
    must(b, cursor_next(sql_rows(r), &b->f, &more));
    assert_true(more);
    return str_dup(b->a, cursor_text(sql_rows(r), 0));
}

/* What is recorded of a moment is what its facts and records give when they are judged as of it, today. */
static void judged_again(bench *b, time_us moment, time_us recorded)
{
    assessment *as;
    must(b, app_assess(b->ws, b->a, moment, NULL, 0, &b->f, &as));
    assert_true(as->n_tests > 300);
    for (size_t i = 0; i < as->n_tests; i++) {
        const test_result *r = &as->tests[i];
        str said = text_of(b, recorded, str_fmt(b->a, "SELECT state || ' ' || exceptions || ' of ' || population FROM result WHERE test = '" STR_FMT "'",
                                                STR_ARG(r->test->id)).p);
        str found = str_fmt(b->a, "%s %lld of %lld", state_name(r->state), (long long)r->exceptions, (long long)r->population);
        if (!str_eq(said, found))
            fail_msg(STR_FMT ": recorded was " STR_FMT ", judged again it is " STR_FMT, STR_ARG(r->test->id), STR_ARG(said), STR_ARG(found));
    }
}

static void the_past_of_a_demo_is_what_its_facts_and_records_give(void **state)
{
    bench      *b = *state;
    demo_done   done;
    const char *company = str_fmt(b->a, "%s/company", b->home).p;
    demo_settings s = { .people = 20, .hosts = 4, .months = 1, .seed = 3 };
    workspace_close(b->ws);
    must(b, app_demo(b->a, company, &s, NULL, NULL, &b->f, &done));
    must(b, workspace_find(b->a, company, &b->f, &b->dir));
    must(b, workspace_open(b->a, b->dir, OPEN_READ, &b->f, &b->ws));
    assert_in_range(done.assessments, 29, 32);
    assert_int_equal(number_of(b, "SELECT count(*) FROM assessment_history"), done.assessments);
    assert_int_equal(number_of(b, "SELECT count(*) FROM assessment WHERE duration_ms IS NULL AND actor = 'cli:demo'"), 1);
    assert_int_equal(number_of(b, "SELECT moment FROM assessment"), done.until);
    assert_int_equal(number_of(b, "SELECT count(*) FROM trust_document d JOIN evidence e ON e.id = d.file AND e.digest IS NOT NULL"), 1);
    assert_true(number_of(b, "SELECT count(*) FROM task WHERE state = 'open' AND due_at < as_of()") > 0);
    for (int i = 8; i <= 24; i += 8) {
        int64_t moment = number_of(b, str_fmt(b->a, "SELECT moment FROM assessment_history WHERE row_id = %d", i).p);
        int64_t recorded = number_of(b, str_fmt(b->a, "SELECT valid_from FROM assessment_history WHERE row_id = %d", i).p);
        judged_again(b, moment, recorded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_assessment_that_finds_the_same_is_recorded_all_the_same, begin, end),
        cmocka_unit_test_setup_teardown(what_was_assessed_before_there_were_rows_of_it_is_still_known, begin, end),
        cmocka_unit_test_setup_teardown(an_hourly_assessment_of_a_year_is_small, begin, end),
        cmocka_unit_test_setup_teardown(the_past_of_a_demo_is_what_its_facts_and_records_give, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
