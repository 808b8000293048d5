/* Fixtures: what their runner finds, and what their reader refuses. */
#include "test.h"
#include "assess/assess.h"

#define PATH "content/tests/access/mfa.fixtures"
#define HEAD                                                                                                     \
    "-- test: access.mfa\n-- version: 1\n-- title: t\n-- kind: state\n-- subject: account\n-- controls: AC-03\n" \
    "-- severity: high\n-- needs: account max_age=26h\n-- param: uid_max int = 10 guard <= 10\n"                 \
    "-- why: w\n-- remedy: r\n"
#define SOUND                                                                                          \
    HEAD "SELECT system, login, mfa AS ok, 'no second factor' AS reason FROM account "                 \
         "WHERE active IS NOT FALSE AND kind IS DISTINCT FROM 'service' AND (uid < :uid_max) IS NOT FALSE\n"
#define CASES                                                                    \
    "[pass]\n"                                                                   \
    "account | system | login | kind    | active | mfa   | last_login_at\n"      \
    "        | web1   | ann   | human   | true   | true  | -10d\n"               \
    "        | web1   | cron  | service | true   | false | ?\n"                  \
    "expect  | pass\n"                                                           \
    "[fail]\n"                                                                   \
    "account | system | login | kind    | active | mfa\n"                        \
    "        | web1   | ann   | human   | true   | false\n"                      \
    "        | web1   | bob   | human   | true   | true\n"                       \
    "expect  | fail\n"                                                           \
    "fails   | web1/ann\n"                                                       \
    "[unknown]\n"                                                                \
    "account | system | login | kind | mfa\n"                                    \
    "        | web1   | ann   | ?    | ?\n"                                      \
    "expect  | no_data\n"                                                        \
    "unknown | web1/ann\n"                                                       \
    "[empty]\n"                                                                  \
    "expect  | not_applicable\n"

typedef struct {
    arena   *a;
    store   *st;
    session *s;
    buf      told;
} bench;

static int begin(void **st)
{
    arena *a = arena_new(256 << 20);
    bench *b = NEW(a, bench);
    fault  f = { 0 };
    *b = (bench){ .a = a, .told = buf_new(a, 1 << 20) };
    if (store_open(&(store_options){ .url = "sqlite::memory:", .flags = STORE_WRITE | STORE_CREATE }, &f, &b->st) != ERR_OK ||
        session_open_fixture(b->st, &f, &b->s) != ERR_OK)
        fail_msg("%s", f.text);
    *st = b;
    return 0;
}

static int end(void **st)
{
    bench *b = *st;
    session_close(b->s);
    store_close(b->st);
    arena_free(b->a);
    return 0;
}

static void tell(void *arg, str what)
{
    bench *b = arg;
    buf_puts(&b->told, what);
    buf_putc(&b->told, '\n');
}

/* Runs, and gives all faults told. */
static const char *run(bench *b, str sql, str fixtures, fixture_counts *ret)
{
    static const criterion cc61 = { .id = { "CC6.1", 5 } };
    static const control   one = { .id = { "AC-03", 5 } };
    const content          c = { .criteria = &cc61, .n_criteria = 1, .controls = &one, .n_controls = 1 };
    control_test           t;
    fault                  f = { 0 };
    buf_clear(&b->told);
    if (test_parse(b->a, &c, S("content/tests/access/mfa.sql"), sql, &f, &t) != ERR_OK)
        fail_msg("%s", f.text);
    t.fixtures = fixtures;
    t.fixtures_path = S(PATH);
    if (fixtures_run(b->a, b->s, &t, tell, b, &f, ret) != ERR_OK)
        fail_msg("%s", f.text);
    return buf_z(&b->told);
}

static void a_sound_test_passes_all_its_cases(void **st)
{
    fixture_counts n;
    const char    *told = run(*st, S(SOUND), S(CASES), &n);
    assert_string_equal(told, "");
    assert_int_equal(n.cases, 4);
    assert_int_equal(n.blankings, 4 + 3 + 3 + 3);
    assert_int_equal(n.faults, 0);
}

/* `sql` or `fixtures` NULL: the sound ones. `says` must begin a line told. */
static const struct { const char *sql, *from, *to, *says; } wrongs[] = {
    /* queries that the lexical rule lets through, and that lose what is unknown */
    { HEAD "SELECT system, login, mfa AS ok FROM account WHERE active IS TRUE AND kind IS DISTINCT FROM 'service' AND uid IS DISTINCT FROM :uid_max\n",
      NULL, NULL, PATH ":3: [pass] with account.active unknown the item web1/ann vanishes" },
    { HEAD "SELECT system, login, mfa IS NOT FALSE AS ok FROM account WHERE kind IS DISTINCT FROM 'service' AND uid IS DISTINCT FROM :uid_max\n",
      NULL, NULL, PATH ":8: [fail] with account.mfa unknown the item web1/ann turns into a pass" },
    { HEAD "SELECT system, login, mfa IS TRUE AS ok FROM account WHERE kind IS DISTINCT FROM 'service' AND uid IS DISTINCT FROM :uid_max\n",
      NULL, NULL, PATH ":12: [unknown] expected no_data and got fail" },
    { HEAD "SELECT system, login, mfa AS ok FROM account WHERE uid IS DISTINCT FROM :uid_max\n",
      NULL, NULL, PATH ":1: [pass] fails | web1/cron is not expected" },
    { HEAD "SELECT system, login, 1 AS ok FROM account WHERE uid IS DISTINCT FROM :uid_max\n",
      NULL, NULL, PATH ":6: [fail] expected fail and got pass" },
    { HEAD "SELECT system, login, 7 AS ok FROM account WHERE uid IS DISTINCT FROM :uid_max\n",
      NULL, NULL, PATH ":1: [pass] expected pass and got error: ok is \"7\" for item web1/ann; it must be true, false or unknown" },
    /* fixtures that say something else */
    { NULL, "fails   | web1/ann\n", "", PATH ":6: [fail] fails | web1/ann is not expected" },
    { NULL, "fails   | web1/ann", "fails | web1/bob", PATH ":11: [fail] fails web1/bob: it holds" },
    { NULL, "fails   | web1/ann", "fails | web1/zoe", PATH ":11: [fail] fails web1/zoe: it is no item" },
    { NULL, "expect  | not_applicable", "expect | fail", PATH ":17: [empty] expected fail and got not_applicable" },
    { NULL, "expect  | not_applicable", "run | account | denied | 1h\nexpect | not_applicable", PATH ":17: [empty] expected not_applicable and got no_data: account from fixture: denied" },
    { NULL, "expect  | not_applicable", "run | account | ok | 27h\nexpect | not_applicable", PATH ":17: [empty] expected not_applicable and got no_data: account from fixture: last seen on 14 Jan 2026, 09:00 UTC, older than 26 h" },
    { NULL, "expect  | pass\n", "expect  | pass\nholds | web1/zoe\n", PATH ":6: [pass] holds web1/zoe: it is no item" },
    /* files that cannot be read */
    { NULL, "[empty]\nexpect  | not_applicable\n", "", PATH ": access.mfa has no case [empty]" },
    { NULL, "expect  | pass\n", "", PATH ":1: [pass] does not say what to expect" },
    { NULL, "expect  | pass\n", "expect | fail\n", PATH ":1: [pass] must expect pass" },
    { NULL, "expect  | not_applicable", "expect | pass", PATH ":17: [empty] must not expect pass" },
    { NULL, "expect  | pass\n", "expect | pass\nexpect | pass\n", PATH ":6: expect stands twice" },
    { NULL, "expect  | pass\n", "expect | passed\n", PATH ":5: \"passed\" is not the state of a result" },
    { NULL, "expect  | pass\n", "expect | gap\n", PATH ":5: \"gap\" is not the state of a result" },
    { NULL, "[fail]", "[pass]", PATH ":6: [pass] stands twice" },
    { NULL, "[fail]", "[Fail]", PATH ":6: a case begins with its name" },
    { NULL, "[pass]\n", "", PATH ":1: this line stands before the first case" },
    { NULL, "[pass]\naccount", "[pass]\nhost", PATH ":2: host is not among the needs of access.mfa" },
    { NULL, "[pass]\naccount", "[pass]\naccounts", PATH ":2: \"accounts\" is neither a relation nor a word of fixtures" },
    { NULL, "last_login_at", "last_login", PATH ":2: account has no field \"last_login\"" },
    { NULL, "last_login_at", "mfa", PATH ":2: mfa stands twice" },
    { NULL, "system | login | kind    | active | mfa   |", "system | kind | active | mfa | shell |", PATH ":2: account needs all its key fields, the first 2" },
    { NULL, "| -10d", "", PATH ":3: 5 cells under 6 columns of account" },
    { NULL, "| -10d", "|", PATH ":3: last_login_at has an empty cell" },
    { NULL, "| -10d", "| yesterday", PATH ":3: last_login_at is a time" },
    { NULL, "| -10d", "| \"-10d\"", PATH ":3: \"-10d\" cannot stand in last_login_at" },
    { NULL, "| ann   | human   | true   | true ", "| ann | robot | true | true ", PATH ":3: \"robot\" cannot stand in kind" },
    { NULL, "| ann   | human   | true   | true ", "| ann | human | yes | true ", PATH ":3: \"yes\" cannot stand in active" },
    { NULL, "| cron  |", "| ann |", PATH ":4: the same row as in line 3" },
    { NULL, "| ann   | human   | true   | true ", "| ? | human | true | true ", PATH ":3: account: login is missing" },
    { NULL, "[empty]\n", "[empty]\n | a | b\n", PATH ":18: a row without a relation above it" },
    { NULL, "[empty]\n", "[empty]\nrun | account | gone | 1h\n", PATH ":18: a run ends ok" },
    { NULL, "[empty]\n", "[empty]\nrun | account | ok\n", PATH ":18: run takes 3 cells, not 2" },
    { NULL, "[empty]\n", "[empty]\nrun | host | ok | 1h\n", PATH ":18: \"host\" is not among the needs" },
    { NULL, "[empty]\n", "[empty]\nparam | days | 3\n", PATH ":18: the test has no parameter \"days\"" },
    { NULL, "[empty]\n", "[empty]\nparam | uid_max | three\n", PATH ":18: a parameter is a whole number" },
    { NULL, "[empty]\n", "[empty]\nas_of | noon\n", PATH ":18: as_of is a time" },
    { NULL, "expect  | pass\n", "as_of | 2026-01-15T12:00:00Z\nexpect  | pass\n", PATH ":5: as_of must stand before the rows" },
    { NULL, "[empty]\n", "[empty]\nnothing\n", PATH ":18: expected [case]" },
};

static str swap(arena *a, const char *text, const char *from, const char *to)
{
    const char *at = from ? strstr(text, from) : NULL;
    if (!from)
        return str_of(text);
    assert_non_null(at);
    return str_fmt(a, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static void everything_wrong_is_told_with_file_and_line(void **st)
{
    bench *b = *st;
    for (size_t i = 0; i < COUNT(wrongs); i++) {
        fixture_counts n;
        const char *told = run(b, str_of(wrongs[i].sql ? wrongs[i].sql : SOUND), swap(b->a, CASES, wrongs[i].from, wrongs[i].to), &n);
        const char *at = strstr(told, wrongs[i].says);
        if (!at || (at != told && at[-1] != '\n') || n.faults == 0)
            fail_msg("%s -> %s\ntold   %s\nwanted %s", wrongs[i].from ? wrongs[i].from : wrongs[i].sql,
                     wrongs[i].to ? wrongs[i].to : "", told, wrongs[i].says);
    }
}

static void parameters_sources_runs_and_quotes_do_what_they_say(void **st)
{
    fixture_counts n;
    const char *told = run(*st, S(HEAD "SELECT system, login, source, (uid < :uid_max) AS ok, shell AS observed FROM account\n"),
        S("[pass]\naccount | system | login | uid | shell\n        | a\\|b | ann | 9 | \"\"\nexpect | pass\nholds | a\\|b/ann\n"
          "[fail]\naccount | system | login | uid | shell\n        | w | ann | 10 | \"?\"\nexpect | fail\nfails | w/ann\n"
          "[other_limit]\nparam | uid_max | 11\naccount | system | login | uid\n | w | ann | 10\nexpect | pass\n"
          "[unknown]\naccount | system | login\n | w | ann\nexpect | no_data\nunknown | w/ann\n"
          "[empty]\nexpect | not_applicable\n"
          "[one_source_is_silent]\naccount | system | login | uid\n | w | ann | 1\n"
          "source | two\n | v | ann | 1\nrun | account | denied | 1h\nexpect | no_data\nunknown | v/ann\n"
          "[one_source_fails_and_one_is_silent]\naccount | system | login | uid\n | w | ann | 99\n"
          "source | two\n | v | ann | 99\nrun | account | ok | 2d\nexpect | fail\nfails | w/ann\nunknown | v/ann\n"
          "[a_silent_source_without_rows]\naccount | system | login | uid\n | w | ann | 1\n"
          "source | two\nrun | account | denied | 1h\nexpect | no_data\nholds | w/ann\n"
          "[never]\nrun | account | missing | 0s\nexpect | no_data\n"), &n);
    assert_string_equal(told, "");
    assert_int_equal(n.cases, 9);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        T(a_sound_test_passes_all_its_cases), T(everything_wrong_is_told_with_file_and_line),
        T(parameters_sources_runs_and_quotes_do_what_they_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
