/* Evaluation over a real store: states, freshness, moments, roll-up, rows. */
#include "assess/assess.h"
#include "store_fixture.h"

#define T0 SECONDS(1768478400)        /* 2026-01-15T12:00:00Z, where the clock of the tests starts */

/* ---- a small content ---------------------------------------------------------------------- */

static const criterion criteria[] = { { .id = { "CC6.1", 5 } }, { .id = { "CC6.2", 5 } }, { .id = { "CC6.3", 5 } }, { .id = { "A1.1", 4 } } };
static mapping to_61[] = { { .criterion = &criteria[0], .primary = true } };
static mapping to_61_62[] = { { .criterion = &criteria[0] }, { .criterion = &criteria[1], .primary = true } };
static mapping to_63[] = { { .criterion = &criteria[2], .primary = true } };
static const control controls[] = {
    { .id = { "AU-01", 5 }, .nature = NATURE_AUTOMATED, .mappings = to_61, .n_mappings = 1 },
    { .id = { "MA-01", 5 }, .nature = NATURE_MANUAL, .mappings = to_63, .n_mappings = 1 },
    { .id = { "MI-01", 5 }, .nature = NATURE_MIXED, .mappings = to_61_62, .n_mappings = 2 },
};

static const content *content_of(arena *a, const control_test *tests, size_t n)
{
    content *c = NEW(a, content);
    *c = (content){ .criteria = criteria, .n_criteria = COUNT(criteria), .controls = controls, .n_controls = COUNT(controls),
                    .tests = tests, .n_tests = n };
    return c;
}

static control_test test_with(bench *b, const char *name, const char *kind, const char *control_ids, const char *sql)
{
    control_test t;
    str text = str_fmt(b->a, "-- test: x.%s\n-- version: 2\n-- title: t\n-- kind: %s\n-- subject: account\n-- controls: %s\n"
                       "-- severity: low\n-- needs: account max_age=26h\n%s-- why: w\n-- remedy: r\n%s\n", name, kind, control_ids,
                       strstr(sql, " setting ") ? "-- needs: setting max_age=26h\n" : "", sql);
    must(b, test_parse(b->a, content_of(b->a, NULL, 0), str_fmt(b->a, "content/tests/x/%s.sql", name), text, &b->f, &t));
    return t;
}

static control_test test_of(bench *b, const char *sql) { return test_with(b, "one", "state", "AU-01", sql); }

/* ---- facts ---------------------------------------------------------------------------------- */

static void put(const relation *r, value *row, const char *name, value v) { row[relation_field(r, str_of(name))] = v; }

static void write_one(bench *b, commit *c, const relation *r, str source, const value *row, write_mode mode)
{
    must(b, write_begin(c, r, source, mode, &b->f));
    must(b, write_row(c, row, &b->f));
    must(b, write_end(c, &b->f, NULL));
}

/* One collection of `account` from `source`, which ended at `ended_at`. */
static time_us collected(bench *b, const char *source, const char *status, time_us ended_at, const row_values *rows, size_t n)
{
    const relation *run = relation_find(S("run")), *run_status = relation_find(S("run_status"));
    value           r[RELATION_FIELDS_MAX] = { 0 }, rs[RELATION_FIELDS_MAX] = { 0 };
    commit         *c = begin(b);
    put(run, r, "source", v_z(source));
    put(run, r, "started_at", v_int(ended_at));
    put(run, r, "ended_at", v_int(ended_at));
    put(run, r, "status", v_z(status));
    put(run_status, rs, "source", v_z(source));
    put(run_status, rs, "relation", v_z("account"));
    put(run_status, rs, "status", v_z(status));
    put(run_status, rs, "reason", strcmp(status, "denied") == 0 ? v_z("cannot read /etc/shadow") : V_UNKNOWN);
    write_one(b, c, run, str_of(source), r, WRITE_MERGE);
    write_one(b, c, run_status, str_of(source), rs, WRITE_MERGE);
    must(b, write_begin(c, account(), str_of(source), WRITE_SNAPSHOT, &b->f));
    for (size_t i = 0; i < n; i++)
        must(b, write_row(c, rows[i].v, &b->f));
    must(b, write_end(c, &b->f, NULL));
    return finish(b, c).at;
}

static row_values person(const char *system, const char *login, int mfa)
{
    row_values r = account_row(login, NULL, 1001);
    put(account(), r.v, "system", v_z(system));
    put(account(), r.v, "mfa", mfa < 0 ? V_UNKNOWN : v_bool(mfa));
    return r;
}

static test_result evaluated(bench *b, const control_test *t, time_us as_of)
{
    const session_options o = { .as_of = TIME_MAX };
    test_result           r;
    session              *s;
    must(b, session_open(b->st, &o, &b->f, &s));
    must(b, assess_test(b->a, s, t, as_of, &b->f, &r));
    session_close(s);
    return r;
}

static const char *shown(bench *b, const test_result *r)
{
    buf out = buf_new(b->a, 1 << 20);
    buf_fmt(&out, "%s %lld/%lld/%lld", state_name(r->state), (long long)r->population, (long long)r->exceptions,
            (long long)r->unknowns);
    for (size_t i = 0; i < r->n_items; i++)
        buf_fmt(&out, " %s:" STR_FMT, r->items[i].ok < 0 ? "?" : r->items[i].ok ? "+" : "-", STR_ARG(r->items[i].item));
    return buf_z(&out);
}

#define MFA "SELECT system, login, mfa AS ok, 'no second factor' AS reason FROM account"

/* ---- states ------------------------------------------------------------------------------------ */

static void states(bench *b)
{
    const control_test t = test_of(b, MFA);
    const row_values   rows[] = { person("w", "bob", 0), person("w", "ann", 1), person("w", "cat", -1), person("v", "zoe", 0) };
    assert_string_equal(shown(b, (test_result[]){ evaluated(b, &t, T0) }), "no_data 0/0/0");
    time_us at = collected(b, "host", "ok", T0, NULL, 0);
    assert_string_equal(shown(b, (test_result[]){ evaluated(b, &t, at) }), "not_applicable 0/0/0");
    at = collected(b, "host", "ok", T0, rows + 1, 1);
    assert_string_equal(shown(b, (test_result[]){ evaluated(b, &t, at) }), "pass 1/0/0 +:w/ann");
    at = collected(b, "host", "ok", T0, rows + 1, 2);
    test_result r = evaluated(b, &t, at);
    assert_string_equal(shown(b, &r), "no_data 2/0/1 ?:w/cat +:w/ann");
    assert_true(str_eq(r.reason, S("1 of 2 could not be told")));
    at = collected(b, "host", "ok", T0, rows, 4);
    r = evaluated(b, &t, at);
    assert_string_equal(shown(b, &r), "fail 4/2/1 -:v/zoe -:w/bob ?:w/cat +:w/ann");
    assert_true(str_eq(r.items[0].reason, S("no second factor")));
    assert_int_equal(r.reason.n, 0);
}
static void each_answer_of_the_query_has_its_state(void **st) { (void)st; on_each_engine(states); }

/* ---- moments -------------------------------------------------------------------------------------- */

static void moments(bench *b)
{
    const control_test t = test_of(b, MFA);
    const row_values   before[] = { person("w", "ann", 0), person("w", "bob", 0) }, after[] = { person("w", "ann", 1) };
    time_us first = collected(b, "host", "ok", T0, before, 2);
    time_us second = collected(b, "host", "ok", T0 + HOURS(1), after, 1);
    assert_string_equal(shown(b, (test_result[]){ evaluated(b, &t, first - 1) }), "no_data 0/0/0");
    assert_string_equal(shown(b, (test_result[]){ evaluated(b, &t, first) }), "fail 2/2/0 -:w/ann -:w/bob");
    assert_string_equal(shown(b, (test_result[]){ evaluated(b, &t, second - 1) }), "fail 2/2/0 -:w/ann -:w/bob");
    assert_string_equal(shown(b, (test_result[]){ evaluated(b, &t, T0 + HOURS(2)) }), "pass 1/0/0 +:w/ann");
    assert_string_equal(shown(b, (test_result[]){ evaluated(b, &t, T0 + HOURS(27)) }), "pass 1/0/0 +:w/ann");
    test_result r = evaluated(b, &t, T0 + HOURS(27) + 1);
    assert_string_equal(shown(b, &r), "no_data 1/0/0 +:w/ann");
    assert_true(str_eq(r.reason, S("account from host: last seen on 15 Jan 2026, 13:00 UTC, older than 26 h")));
}
static void a_moment_before_a_change_shows_what_was_then(void **st) { (void)st; on_each_engine(moments); }

/* ---- freshness --------------------------------------------------------------------------------------- */

static void freshness(bench *b)
{
    static const struct { const char *status; time_us age; const char *state; bool fresh; } rows[] = {
        { "ok", 0, "pass", true },              { "ok", HOURS(26), "pass", true },    { "ok", HOURS(26) + 1, "no_data", false },
        { "absent", HOURS(26), "pass", true },  { "absent", HOURS(27), "no_data", false },
        { "denied", 0, "no_data", false },      { "unsupported", 0, "no_data", false },
        { "partial", 0, "no_data", false },     { "error", 0, "no_data", false },
        { "ok", -SECONDS(3600), "no_data", false },        /* a run that is yet to come: the clock was set back */
    };
    const control_test t = test_of(b, MFA);
    const row_values   ann = person("w", "ann", 1);
    for (size_t i = 0; i < COUNT(rows); i++) {
        time_us     at = collected(b, "host", rows[i].status, T0, &ann, 1), as_of = T0 + DAYS(1) + (time_us)i * SECONDS(60);
        (void)at;
        (void)collected(b, "host", rows[i].status, as_of - rows[i].age, &ann, 1);
        test_now = as_of;
        test_result r = evaluated(b, &t, as_of);
        if (strcmp(state_name(r.state), rows[i].state) != 0)
            fail_msg("%s %lld: %s " STR_FMT, rows[i].status, (long long)rows[i].age, state_name(r.state), STR_ARG(r.reason));
        assert_int_equal(r.n_needs, 1);
        assert_int_equal(r.needs[0].fresh, rows[i].fresh);
        assert_true(str_eq(r.needs[0].source, S("host")));
        assert_int_equal(r.needs[0].why.n == 0, rows[i].fresh);
        assert_int_equal(r.population, 1);
    }
}
static void only_good_and_recent_runs_count(void **st) { (void)st; on_sqlite(freshness); }

static void denied(bench *b)
{
    const control_test t = test_of(b, MFA);
    const row_values   ann = person("w", "ann", 0);
    test_result        r = evaluated(b, &t, T0);
    assert_true(str_eq(r.reason, S("account: never collected")));
    assert_true(str_eq(r.needs[0].status, S("missing")));
    time_us at = collected(b, "host", "denied", T0, &ann, 1);
    r = evaluated(b, &t, at);
    assert_string_equal(shown(b, &r), "no_data 1/1/0 -:w/ann");
    assert_true(str_eq(r.reason, S("account from host: denied: cannot read /etc/shadow")));
    at = collected(b, "other", "ok", T0, NULL, 0);
    assert_string_equal(shown(b, (test_result[]){ evaluated(b, &t, at) }), "no_data 1/1/0 -:w/ann");
}
static void what_was_seen_badly_is_kept_and_gives_no_verdict(void **st) { (void)st; on_each_engine(denied); }

static void per_source(bench *b)
{
    const control_test t = test_of(b, "SELECT system, login, source, mfa AS ok FROM account");
    const row_values   good = person("w", "ann", 1), bad = person("v", "bob", 0);
    (void)collected(b, "host", "ok", T0, &good, 1);
    time_us at = collected(b, "far", "ok", T0 - HOURS(30), &bad, 1);
    test_result r = evaluated(b, &t, at);
    assert_string_equal(shown(b, &r), "no_data 2/0/1 ?:v/bob +:w/ann");
    assert_true(str_starts(r.items[0].reason, S("account from far: last seen on")));
    at = collected(b, "far", "ok", T0, &bad, 1);
    assert_string_equal(shown(b, (test_result[]){ evaluated(b, &t, at) }), "fail 2/1/0 -:v/bob +:w/ann");
    (void)collected(b, "near", "ok", T0, &good, 0);
    at = collected(b, "empty", "denied", T0, NULL, 0);
    assert_string_equal(shown(b, (test_result[]){ evaluated(b, &t, at) }), "fail 2/1/0 -:v/bob +:w/ann");
    (void)collected(b, "far", "ok", T0, NULL, 0);
    at = collected(b, "host", "ok", T0, &good, 1);
    assert_string_equal(shown(b, (test_result[]){ evaluated(b, &t, at) }), "no_data 1/0/0 +:w/ann");
}
static void with_source_freshness_is_judged_item_by_item(void **st) { (void)st; on_each_engine(per_source); }

/* ---- queries that do not do what they must ------------------------------------------------------------- */

static void broken(bench *b)
{
    static const struct { const char *kind, *sql, *says; } rows[] = {
        { "state", "SELECT system, login, mfa AS ok, shell FROM account", "the query returns \"shell\"" },
        { "state", "SELECT system, login, mfa AS ok, uid AS ok FROM account", "the query returns \"ok\" twice" },
        { "state", "SELECT system, mfa AS ok FROM account", "the query does not return \"login\"" },
        { "state", "SELECT system, login FROM account", "the query does not return \"ok\"" },
        { "state", "SELECT system, login AS item, mfa AS ok FROM account", "the query returns \"item\"" },
        { "event", "SELECT system, login, mfa AS ok FROM account", "the query does not return \"at\"" },
        { "event", "SELECT system, login, mfa AS ok, last_login_at AS at FROM account", "at is unknown for item w/ann" },
        { "state", "SELECT system, login, uid AS ok FROM account", "ok is \"1001\" for item w/ann" },
        { "state", "SELECT system, login, login AS ok FROM account", "ok is \"ann\" for item w/ann" },
        { "state", "SELECT system, login, mfa AS ok, uid AS observed FROM account", "observed is not text for item w/ann" },
        { "state", "SELECT system, 'x' AS login, mfa AS ok FROM account", "two rows are the item w/x" },
        { "state", "SELECT system, shell AS login, mfa AS ok FROM account", "\"login\" is unknown in a row" },
        { "state", "SELECT system, login, mfa AS ok FROM account WHERE login IN (SELECT system, login FROM account)", "" },
    };
    const row_values two[] = { person("w", "ann", 1), person("w", "bob", 1) };
    time_us          at = collected(b, "host", "ok", T0, two, 2);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const control_test t = test_with(b, "one", rows[i].kind, "AU-01", rows[i].sql);
        test_result r = evaluated(b, &t, at);
        if (r.state != STATE_ERROR || !str_starts(r.reason, str_of(rows[i].says)))
            fail_msg("%s: %s " STR_FMT, rows[i].sql, state_name(r.state), STR_ARG(r.reason));
        assert_int_equal(r.population, 0);
        assert_int_equal(r.n_items, 0);
    }
}
static void a_query_that_returns_what_it_must_not_is_an_error(void **st) { (void)st; on_sqlite(broken); }

static void limited(bench *b)
{
    const control_test    t = test_of(b, MFA);
    const row_values      four[] = { person("w", "ann", 1), person("w", "bob", 1), person("w", "cat", 1), person("w", "dan", 1) };
    const session_options o = { .as_of = TIME_MAX, .rows_max = 3 };
    time_us               at = collected(b, "host", "ok", T0, four, 4);
    test_result           r;
    session              *s;
    must(b, session_open(b->st, &o, &b->f, &s));
    must(b, assess_test(b->a, s, &t, at, &b->f, &r));
    session_close(s);
    assert_int_equal(r.state, STATE_ERROR);
    assert_true(str_contains(r.reason, S("more than 3 rows")));
}
static void a_limit_is_an_error_with_its_reason(void **st) { (void)st; on_each_engine(limited); }

/* ---- all of it --------------------------------------------------------------------------------------------- */

static assessment *assessed(bench *b, const content *c, time_us as_of, const str *only, size_t n)
{
    const session_options o = { .as_of = TIME_MAX };
    assessment           *as;
    session              *s;
    must(b, session_open(b->st, &o, &b->f, &s));
    must(b, assess_all(b->a, s, c, as_of, only, n, &b->f, &as));
    session_close(s);
    return as;
}

#define GOOD "SELECT system, login, 1 AS ok FROM account"
#define BAD  "SELECT system, login, 0 AS ok FROM account"
#define NONE "SELECT system, login, 1 AS ok FROM account WHERE login = 'nobody'"
#define DARK "SELECT system, login, NULL AS ok FROM account"
#define BROKEN "SELECT system, login FROM account"

static void rollups(bench *b)
{
    static const struct { const char *one, *two, *state; } automated[] = {
        { GOOD, GOOD, "pass" },   { GOOD, BAD, "fail" },    { GOOD, DARK, "no_data" },     { BAD, DARK, "no_data" },
        { BAD, BROKEN, "error" }, { DARK, BROKEN, "error" }, { NONE, NONE, "not_applicable" }, { NONE, GOOD, "pass" },
    }, mixed[] = {
        { GOOD, GOOD, "needs_review" }, { NONE, NONE, "needs_review" }, { GOOD, BAD, "fail" }, { DARK, BAD, "no_data" },
    };
    const row_values ann = person("w", "ann", 1);
    time_us          at = collected(b, "host", "ok", T0, &ann, 1);
    for (size_t i = 0; i < COUNT(automated); i++) {
        const control_test t[] = { test_with(b, "a", "state", "AU-01", automated[i].one), test_with(b, "b", "state", "AU-01", automated[i].two) };
        const assessment  *as = assessed(b, content_of(b->a, t, 2), at, NULL, 0);
        assert_string_equal(state_name(as->controls[0].state), automated[i].state);
        assert_int_equal(as->controls[0].n_results, 2);
        assert_string_equal(state_name(as->controls[1].state), "needs_review");
        assert_string_equal(state_name(as->controls[2].state), "needs_review");
        assert_string_equal(state_name(as->criteria[2].state), "needs_review");
        assert_string_equal(state_name(as->criteria[3].state), "gap");
        assert_int_equal(as->criteria_by_state[STATE_GAP], 1);
        assert_int_equal(as->criteria[0].n_controls, 2);
    }
    for (size_t i = 0; i < COUNT(mixed); i++) {
        const control_test t[] = { test_with(b, "a", "state", "MI-01", mixed[i].one), test_with(b, "b", "state", "MI-01", mixed[i].two) };
        const assessment  *as = assessed(b, content_of(b->a, t, 2), at, NULL, 0);
        assert_string_equal(state_name(as->controls[2].state), mixed[i].state);
        assert_string_equal(state_name(as->criteria[1].state), mixed[i].state);
        assert_string_equal(state_name(as->controls[0].state), "needs_review");
    }
}
static void the_worst_rolls_up_and_people_have_the_last_word(void **st) { (void)st; on_sqlite(rollups); }

static void chosen(bench *b)
{
    const control_test t[] = { test_with(b, "a", "state", "AU-01", GOOD), test_with(b, "b", "state", "AU-01", BAD) };
    const content     *c = content_of(b->a, t, 2);
    const session_options o = { .as_of = TIME_MAX };
    assessment *as = assessed(b, c, T0, (str[]){ S("x.b") }, 1);
    assert_int_equal(as->n_tests, 1);
    assert_true(str_eq(as->tests[0].test->id, S("x.b")));
    assert_int_equal(as->n_controls, 0);
    assert_int_equal(as->n_criteria, 0);
    assert_int_equal(assessed(b, c, T0, (str[]){ S("x.") }, 1)->n_tests, 2);
    auto_session session *s = NULL;
    must(b, session_open(b->st, &o, &b->f, &s));
    fault f = { 0 };
    assert_int_equal(assess_all(b->a, s, c, T0, (str[]){ S("x.c") }, 1, &f, &as), ERR_NOT_FOUND);
    assert_non_null(strstr(f.text, "x.c"));
}
static void part_of_the_tests_says_nothing_about_controls(void **st) { (void)st; on_sqlite(chosen); }

/* ---- rows ---------------------------------------------------------------------------------------------------- */

typedef struct {
    arena *a;
    buf    b;
} sink;

static err_t put_row(void *arg, const relation *r, const value *row, fault *f)
{
    sink *s = arg;
    TRY(row_check(r, row, f));
    row_json(r, row, false, s->a, &s->b);
    buf_putc(&s->b, '\n');
    return ERR_OK;
}

static const char *rows_written(bench *b, const assessment *as)
{
    static const char *const names[] = { "result", "exception", "control_result", "criterion_result" };
    sink s = { .a = b->a, .b = buf_new(b->a, 1 << 20) };
    for (size_t i = 0; i < COUNT(names); i++)
        must(b, assess_rows(b->a, as, relation_find(str_of(names[i])), put_row, &s, &b->f));
    return buf_z(&s.b);
}

static void the_assessment_itself(bench *b, const content *c, time_us at)
{
    assessment *as = assessed(b, c, at, NULL, 0);
    sink        s = { .a = b->a, .b = buf_new(b->a, 1 << 20) };
    assert_true(as->duration > 0);
    as->duration = 1;
    as->actor = S("cli:ann");
    must(b, assess_rows(b->a, as, relation_find(S("assessment")), put_row, &s, &b->f));
    str want = str_fmt(b->a, "{\"scope\":\"all\",\"moment\":%lld,\"actor\":\"cli:ann\",\"tool\":\"attest " ATTEST_VERSION "\",\"digest\":\"" STR_FMT
        "\",\"duration_ms\":1,\"tests_pass\":0,\"tests_fail\":1,\"tests_no_data\":0,\"tests_error\":0,\"tests_not_applicable\":1,\"tests_accepted\":0,"
        "\"criteria_pass\":0,\"criteria_attested\":0,\"criteria_needs_review\":1,\"criteria_fail\":2,\"criteria_gap\":1,\"criteria_no_data\":0,"
        "\"criteria_error\":0,\"criteria_not_applicable\":0}\n", (long long)at, STR_ARG(content_digest(b->a, c)));
    assert_string_equal(buf_z(&s.b), want.p);
}

static void digests(bench *b)
{
    control_test   t = test_with(b, "a", "state", "AU-01", MFA), other = test_with(b, "b", "state", "AU-01", MFA);
    const content *c = content_of(b->a, &t, 1);
    str            first = content_digest(b->a, c);
    assert_true(str_eq(first, content_digest(b->a, content_of(b->a, &t, 1))));
    assert_false(str_eq(first, content_digest(b->a, content_of(b->a, &other, 1))));
    t.params = &(test_param){ .name = S("most"), .value = 1 };
    t.n_params = 1;
    str one = content_digest(b->a, content_of(b->a, &t, 1));
    t.params[0].value = 2;
    assert_false(str_eq(one, content_digest(b->a, content_of(b->a, &t, 1))));
    assert_false(str_eq(one, first));
}
static void another_test_or_parameter_is_another_digest(void **st) { (void)st; on_sqlite(digests); }

static void rows(bench *b)
{
    const control_test t[] = { test_with(b, "a", "state", "AU-01, MI-01", MFA), test_with(b, "b", "state", "AU-01", NONE) };
    const content     *c = content_of(b->a, t, 2);
    const row_values   three[] = { person("w", "bob", 0), person("w", "ann", 1), person("w", "cat", -1) };
    time_us            at = collected(b, "host", "ok", T0, three, 3);
    const char        *first = rows_written(b, assessed(b, c, at, NULL, 0));
    str                want = str_fmt(b->a,
        "{\"test\":\"x.a\",\"version\":2,\"digest\":\"%.64s\",\"parameters\":\"\",\"state\":\"fail\",\"weakened\":false,\"population\":3,"
        "\"exceptions\":1,\"unknowns\":1,\"reason\":\"\",\"waived\":0}\n"
        "{\"test\":\"x.b\",\"version\":2,\"digest\":\"%.64s\",\"parameters\":\"\",\"state\":\"not_applicable\",\"weakened\":false,"
        "\"population\":0,\"exceptions\":0,\"unknowns\":0,\"reason\":\"\",\"waived\":0}\n"
        "{\"test\":\"x.a\",\"item\":\"w/bob\",\"ok\":false,\"reason\":\"no second factor\"}\n"
        "{\"test\":\"x.a\",\"item\":\"w/cat\",\"reason\":\"no second factor\"}\n"
        "{\"control\":\"AU-01\",\"state\":\"fail\",\"tests\":2,\"failing\":1,\"unseen\":0}\n"
        "{\"control\":\"MA-01\",\"state\":\"needs_review\",\"tests\":0,\"failing\":0,\"unseen\":0}\n"
        "{\"control\":\"MI-01\",\"state\":\"fail\",\"tests\":1,\"failing\":1,\"unseen\":0}\n"
        "{\"criterion\":\"CC6.1\",\"state\":\"fail\",\"controls\":2,\"tests\":2,\"failing\":1,\"unseen\":0}\n"
        "{\"criterion\":\"CC6.2\",\"state\":\"fail\",\"controls\":1,\"tests\":1,\"failing\":1,\"unseen\":0}\n"
        "{\"criterion\":\"CC6.3\",\"state\":\"needs_review\",\"controls\":1,\"tests\":0,\"failing\":0,\"unseen\":0}\n"
        "{\"criterion\":\"A1.1\",\"state\":\"gap\",\"controls\":0,\"tests\":0,\"failing\":0,\"unseen\":0}\n", t[0].digest.p, t[1].digest.p);
    assert_string_equal(first, want.p);
    assert_string_equal(rows_written(b, assessed(b, c, at, NULL, 0)), first);
    the_assessment_itself(b, c, at);
    assert_int_equal(assess_rows(b->a, assessed(b, c, at, NULL, 0), account(), put_row, NULL, NULL), ERR_INVALID);
}
static void the_same_inputs_give_the_same_rows(void **st) { (void)st; on_each_engine(rows); }

static void many(bench *b)
{
    enum { N = ASSESS_HOLDING_MAX + 1 };
    const control_test t = test_with(b, "a", "state", "AU-01", MFA);
    const content     *c = content_of(b->a, &t, 1);
    row_values        *people = NEW_ARRAY(b->a, row_values, N + 1);
    for (size_t i = 0; i < N; i++)
        people[i] = person("w", str_fmt(b->a, "p%zu", i).p, 1);
    people[N] = person("w", "bob", 0);
    const test_result *r = &assessed(b, c, collected(b, "host", "ok", T0, people, N - 1), NULL, 0)->tests[0];
    assert_int_equal(r->n_items, N - 1);
    r = &assessed(b, c, collected(b, "host", "ok", T0, people, N + 1), NULL, 0)->tests[0];
    assert_int_equal(r->population, N + 1);
    assert_int_equal(r->n_items, 1);
    assert_true(str_eq(r->items[0].item, S("w/bob")));
    const test_result one = evaluated(b, &t, test_now);
    assert_int_equal(one.n_items, N + 1);
}
static void many_holding_items_are_counted_and_not_listed(void **st) { (void)st; on_sqlite(many); }

static void weak(bench *b)
{
    control_test t;
    str text = S("-- test: x.one\n-- version: 1\n-- title: t\n-- kind: state\n-- subject: account\n-- controls: AU-01\n-- severity: low\n"
                 "-- needs: account max_age=26h\n-- param: n int = 2000 guard <= 2000\n-- why: w\n-- remedy: r\n"
                 "SELECT system, login, (uid < :n) AS ok FROM account\n");
    const row_values ann = person("w", "ann", 1);
    must(b, test_parse(b->a, content_of(b->a, NULL, 0), S("content/tests/x/one.sql"), text, &b->f, &t));
    must(b, test_set_param(b->a, &t, S("n"), 5000, &b->f));
    const assessment *as = assessed(b, content_of(b->a, &t, 1), collected(b, "host", "ok", T0, &ann, 1), NULL, 0);
    assert_true(as->tests[0].weakened);
    assert_int_equal(as->tests[0].state, STATE_PASS);
    assert_non_null(strstr(rows_written(b, as), "\"parameters\":\"{\\\"n\\\":5000}\",\"state\":\"pass\",\"weakened\":true"));
}
static void a_parameter_outside_its_guard_weakens_the_result(void **st) { (void)st; on_sqlite(weak); }

/* ---- what the program's records say ------------------------------------------------------------ */

static void record(bench *b, const char *type, const char *json)
{
    const relation *r = relation_find(str_of(type));
    value           row[RELATION_FIELDS_MAX];
    commit         *c = begin(b);
    must(b, row_parse(r, str_of(json), b->a, &b->f, row));
    write_one(b, c, r, RECORD_SOURCE, row, WRITE_MERGE);
    finish(b, c);
}

#define NAME(s) state_name(s)

static void waived(bench *b)
{
    control_test     t = test_of(b, "SELECT system, login, mfa AS ok FROM account");
    const content   *c = content_of(b->a, &t, 1);
    const row_values rows[] = { person("web1", "ann", 0), person("web1", "bob", 0), person("web1", "cay", 1) };
    collected(b, "host", "ok", T0, rows, 3);
    record(b, "waiver", "{\"id\":\"W1\",\"test\":\"x.one\",\"item\":\"web1/ann\",\"state\":\"approved\",\"reason\":\"r\","
                        "\"starts_at\":\"2026-01-01T00:00:00Z\",\"ends_at\":\"2026-02-01T00:00:00Z\"}");
    record(b, "waiver", "{\"id\":\"W2\",\"test\":\"x.one\",\"item\":\"web1/bob\",\"state\":\"requested\",\"reason\":\"r\","
                        "\"starts_at\":\"2026-01-01T00:00:00Z\",\"ends_at\":\"2026-02-01T00:00:00Z\"}");
    time_us now = test_now + SECONDS(10);
    assessment       *as = assessed(b, c, now, NULL, 0);
    assert_string_equal(NAME(as->tests[0].state), "fail");
    assert_int_equal(as->tests[0].exceptions, 2);
    assert_int_equal(as->tests[0].waived, 1);
    assert_int_equal(as->tests_accepted, 0);
    assert_string_equal(str_z(b->a, as->tests[0].items[0].waiver), "W1");
    assert_int_equal(as->tests[0].items[1].waiver.n, 0);
    record(b, "waiver", "{\"id\":\"W3\",\"test\":\"x.one\",\"state\":\"approved\",\"reason\":\"r\","
                        "\"starts_at\":\"2026-01-01T00:00:00Z\",\"ends_at\":\"2026-01-20T00:00:00Z\"}");
    as = assessed(b, c, now + SECONDS(20), NULL, 0);
    assert_int_equal(as->tests[0].waived, 2);
    assert_int_equal(as->tests_accepted, 1);
    assert_string_equal(NAME(as->tests[0].state), "fail");
    assert_string_equal(NAME(as->controls[0].state), "fail");
    test_now = SECONDS(1768867200) + DAYS(1);      /* 2026-01-21: the general waiver has ended */
    collected(b, "host", "ok", test_now, rows, 3);
    as = assessed(b, c, test_now + SECONDS(10), NULL, 0);
    assert_int_equal(as->tests[0].waived, 1);
    assert_int_equal(as->tests_accepted, 0);
}

static void lifted(bench *b)
{
    const content    *c = content_of(b->a, NULL, 0);
    assessment       *as = assessed(b, c, test_now + SECONDS(5), NULL, 0);
    assert_string_equal(NAME(as->controls[1].state), "needs_review");
    record(b, "attestation", "{\"id\":\"A1\",\"control\":\"MA-01\",\"state\":\"submitted\",\"statement\":\"s\","
                             "\"performed_at\":\"2026-01-10T00:00:00Z\",\"valid_until\":\"2026-02-10T00:00:00Z\"}");
    as = assessed(b, c, test_now + SECONDS(5), NULL, 0);
    assert_string_equal(NAME(as->controls[1].state), "needs_review");
    record(b, "attestation", "{\"id\":\"A1\",\"control\":\"MA-01\",\"state\":\"accepted\",\"statement\":\"s\","
                             "\"performed_at\":\"2026-01-10T00:00:00Z\",\"valid_until\":\"2026-02-10T00:00:00Z\"}");
    as = assessed(b, c, test_now + SECONDS(5), NULL, 0);
    assert_string_equal(NAME(as->controls[1].state), "attested");
    assert_string_equal(NAME(as->criteria[2].state), "attested");
    assert_string_equal(str_z(b->a, as->controls[1].note), "attested by A1 until 10 Feb 2026, 00:00 UTC");
    record(b, "control", "{\"id\":\"MA-01\",\"state\":\"planned\"}");
    as = assessed(b, c, test_now + SECONDS(5), NULL, 0);
    assert_string_equal(NAME(as->controls[1].state), "gap");
    record(b, "control", "{\"id\":\"MA-01\",\"state\":\"retired\",\"reason\":\"r\"}");
    as = assessed(b, c, test_now + SECONDS(5), NULL, 0);
    assert_string_equal(NAME(as->criteria[2].state), "gap");
    record(b, "control", "{\"id\":\"MA-01\",\"state\":\"not_applicable\",\"reason\":\"r\"}");
    as = assessed(b, c, test_now + SECONDS(5), NULL, 0);
    assert_string_equal(NAME(as->criteria[2].state), "gap");
    assert_string_equal(NAME(as->criteria[3].state), "gap");
    record(b, "criterion", "{\"id\":\"A1.1\",\"applicable\":false,\"reason\":\"none\"}");
    as = assessed(b, c, test_now + SECONDS(5), NULL, 0);
    assert_string_equal(NAME(as->criteria[3].state), "not_applicable");
    assert_string_equal(str_z(b->a, as->criteria[3].note), "declared not to apply: none");
}

static void scoped(bench *b)
{
    content c = *content_of(b->a, NULL, 0);
    const criterion two[] = { { .id = S("CC6.1"), .category = CAT_SECURITY }, { .id = S("A1.1"), .category = CAT_AVAILABILITY } };
    c.criteria = two;
    c.n_criteria = 2;
    c.n_controls = 0;
    assert_string_equal(NAME(assessed(b, &c, test_now + SECONDS(5), NULL, 0)->criteria[1].state), "gap");
    record(b, "category", "{\"id\":\"privacy\",\"in_scope\":true}");
    assert_string_equal(NAME(assessed(b, &c, test_now + SECONDS(5), NULL, 0)->criteria[0].state), "gap");
    assert_string_equal(NAME(assessed(b, &c, test_now + SECONDS(5), NULL, 0)->criteria[1].state), "not_applicable");
    record(b, "category", "{\"id\":\"availability\",\"in_scope\":true}");
    assert_string_equal(NAME(assessed(b, &c, test_now + SECONDS(5), NULL, 0)->criteria[1].state), "gap");
}

static void waivers_mark_exceptions_and_hide_none(void **st) { (void)st; on_each_engine(waived); }
static void people_lift_plan_and_exclude_controls(void **st) { (void)st; on_each_engine(lifted); }
static void categories_out_of_scope_do_not_apply_and_security_always_does(void **st) { (void)st; on_each_engine(scoped); }
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_answer_of_the_query_has_its_state),
        cmocka_unit_test(a_moment_before_a_change_shows_what_was_then),
        cmocka_unit_test(only_good_and_recent_runs_count),
        cmocka_unit_test(what_was_seen_badly_is_kept_and_gives_no_verdict),
        cmocka_unit_test(with_source_freshness_is_judged_item_by_item),
        cmocka_unit_test(a_query_that_returns_what_it_must_not_is_an_error),
        cmocka_unit_test(a_limit_is_an_error_with_its_reason),
        cmocka_unit_test(the_worst_rolls_up_and_people_have_the_last_word),
        cmocka_unit_test(part_of_the_tests_says_nothing_about_controls),
        cmocka_unit_test(the_same_inputs_give_the_same_rows), cmocka_unit_test(another_test_or_parameter_is_another_digest),
        cmocka_unit_test(many_holding_items_are_counted_and_not_listed),
        cmocka_unit_test(a_parameter_outside_its_guard_weakens_the_result),
        cmocka_unit_test(categories_out_of_scope_do_not_apply_and_security_always_does),
        cmocka_unit_test(people_lift_plan_and_exclude_controls),
        cmocka_unit_test(waivers_mark_exceptions_and_hide_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
