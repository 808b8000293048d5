/* A test's file: the closed header, its query, and fields that may be unknown. */
#include "test.h"
#include "assess/assess.h"

static int begin(void **st) { *st = arena_new(64 << 20); return 0; }
static int end(void **st) { arena_free(*st); return 0; }

/* A content with one control, AC-03. */
static const content *small_content(arena *a)
{
    static const criterion cc61 = { .id = { "CC6.1", 5 } };
    content *c = NEW(a, content);
    control *one = NEW(a, control);
    *one = (control){ .id = S("AC-03"), .title = S("t") };
    *c = (content){ .criteria = &cc61, .n_criteria = 1, .controls = one, .n_controls = 1 };
    return c;
}

#define PATH "content/tests/access/mfa.sql"
#define QUERY "SELECT system, login, mfa AS ok FROM account WHERE active IS NOT FALSE\n"
#define HEAD                                   \
    "-- test:      access.mfa\n"               \
    "-- version:   1\n"                        \
    "-- title:     People use\n"               \
    "--            a second factor\n"          \
    "-- kind:      state\n"                    \
    "-- subject:   account\n"                  \
    "-- controls:  AC-03\n"                    \
    "-- severity:  high\n"                     \
    "-- needs:     account max_age=26h\n"      \
    "-- why:       So that.\n"                 \
    "-- remedy:    Do this.\n"

static str swap(arena *a, const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    assert_non_null(at);
    return str_fmt(a, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static const char *parse(arena *a, str text, err_t *ret, control_test *t)
{
    fault *f = NEW(a, fault);
    *ret = test_parse(a, small_content(a), S(PATH), text, f, t);
    return f->text;
}

static void a_sound_test_is_read_whole(void **st)
{
    control_test t;
    err_t        e;
    const char  *why = parse(*st, S(HEAD "-- param:     n int = 3 guard <= 5\n"
                                    "SELECT system, login, mfa AS ok, ':n' AS reason\n  FROM account WHERE (uid > :n) IS NOT FALSE\n"), &e, &t);
    if (e != ERR_OK)
        fail_msg("%s", why);
    assert_true(str_eq(t.id, S("access.mfa")));
    assert_true(str_eq(t.title, S("People use a second factor")));
    assert_int_equal(t.kind, TEST_STATE_KIND);
    assert_int_equal(t.severity, SEVERITY_HIGH);
    assert_ptr_equal(t.subject, relation_find(S("account")));
    assert_int_equal(t.n_needs, 1);
    assert_true(t.needs[0].max_age == HOURS(26));
    assert_int_equal(t.n_controls, 1);
    assert_int_equal(t.sql_line, 13);
    assert_int_equal(t.params[0].guard, GUARD_AT_MOST);
    assert_int_equal(t.digest.n, 64);
    assert_true(str_eq(t.sql, S("SELECT system, login, mfa AS ok, ':n' AS reason\n  FROM account WHERE (uid > 3 ) IS NOT FALSE")));
}

static void a_parameter_is_set_and_its_guard_watched(void **st)
{
    control_test t;
    err_t        e;
    fault        f = { 0 };
    parse(*st, S(HEAD "-- param: n int = -3 guard >= -5\nSELECT system, login, (uid -:n > 0) AS ok FROM account\n"), &e, &t);
    assert_int_equal(e, ERR_OK);
    assert_true(str_contains(t.sql, S("uid -(-3)")));
    assert_false(test_weakened(&t));
    assert_int_equal(test_set_param(*st, &t, S("n"), -6, &f), ERR_OK);
    assert_true(test_weakened(&t));
    assert_true(str_contains(t.sql, S("(-6)")));
    assert_int_equal(t.params[0].initial, -3);
    assert_int_equal(test_set_param(*st, &t, S("m"), 1, &f), ERR_NOT_FOUND);
}

static void bad_headers_are_refused_with_file_and_line(void **st)
{
    static const struct { const char *from, *to, *says; } rows[] = {
        { "-- version:   1\n", "", PATH ":1: the header has no \"version\"" },
        { "version:   1", "version:   0", PATH ":2: version is a number from 1" },
        { "version:   1", "version:", PATH ":2: \"version\" says nothing" },
        { "version:   1", "colour:    red", PATH ":2: unknown key \"colour\"" },
        { "-- version:   1", "-- version: 1\n-- version: 2", PATH ":3: \"version\" stands twice" },
        { "-- version:   1", "--version: 1", PATH ":2: a line of the header is" },
        { "access.mfa", "access.mfas", PATH ":1: test access.mfas must stand in tests/access/mfas.sql" },
        { "access.mfa", "Access.mfa", PATH ":1: test is GROUP.NAME" },
        { "kind:      state", "kind:      status", PATH ":5: kind is state or event" },
        { "subject:   account", "subject:   nobody", PATH ":6: \"nobody\" is not a relation of facts" },
        { "subject:   account", "subject:   result", PATH ":6: \"result\" is not a relation of facts" },
        { "subject:   account", "subject:   host", PATH ":1: its subject host is not among its needs" },
        { "AC-03", "AC-99", PATH ":7: there is no control \"AC-99\"" },
        { "AC-03", "AC-03, AC-03", PATH ":7: control AC-03 stands twice" },
        { "severity:  high", "severity:  huge", PATH ":8: severity is critical, high, medium or low" },
        { "max_age=26h", "max_age=26", PATH ":9: write \"needs: account max_age=26h\"" },
        { "max_age=26h", "", PATH ":9: write \"needs: account max_age=26h\"" },
        { "account max_age=26h", "accounts max_age=26h", PATH ":9: \"accounts\" is not a relation of facts" },
        { "-- why:", "-- needs:     host max_age=1d\n-- why:", PATH ":1: it needs host, which the query does not read" },
        { "FROM account", "FROM account CROSS JOIN host", PATH ":12: the query reads host, which is not among its needs" },
        { "-- why:", "-- needs: account max_age=1d\n-- why:", PATH ":10: need account stands twice" },
        { "-- why:", "-- param: n int = 3\n-- why:", PATH ":13: parameter n is not used in the query" },
        { "-- why:", "-- param: n int = 3 guard <= 2\n-- why:", PATH ":10: param n stands outside its own guard" },
        { "-- why:", "-- param: n text = 3\n-- why:", PATH ":10: write \"param: max_days int = 90\"" },
        { "active IS", ":n IS", PATH ":12: :n is not a parameter of this test" },
        { QUERY, "\n", PATH ":13: there is no query below the header" },
        { QUERY, "INSERT INTO account VALUES (1)\n", PATH ":12:1: \"insert\"" },
        { QUERY, "SELECT system, login, random() AS ok FROM account\n", PATH ":12:23: there is no function random" },
        { "WHERE active", "\nWHERE actief", PATH ":13:7: there is no field actief" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        control_test t;
        err_t        e;
        str          text = swap(*st, HEAD QUERY, rows[i].from, rows[i].to);
        const char  *why = parse(*st, text, &e, &t);
        assert_int_equal(e, ERR_INVALID);
        if (strncmp(why, rows[i].says, strlen(rows[i].says)) != 0)
            fail_msg("%s -> %s\nsays   %s\nwanted %s", rows[i].from, rows[i].to, why, rows[i].says);
    }
}

static void every_fault_is_told_and_what_does_not_fit_is_counted(void **st)
{
    control_test t;
    err_t        e;
    buf          b = buf_new(*st, 1 << 20);
    const char  *why = parse(*st, S("-- test: x.y\n-- kind: k\nSELECT 1 AS ok"), &e, &t);
    assert_int_equal(e, ERR_INVALID);
    assert_non_null(strstr(why, "must stand in"));
    assert_non_null(strstr(why, "\n" PATH ":2: kind is"));
    assert_non_null(strstr(why, "no \"remedy\""));
    for (int i = 0; i < 100; i++)
        buf_putz(&b, "-- colour: \xc3\xa9\n");
    why = parse(*st, buf_str(&b), &e, &t);
    assert_non_null(strstr(why, "\nand "));
    assert_string_equal(why + strlen(why) - 5, " more");
    assert_true(utf8_valid(str_of(why)));
}

static void text_that_is_none_is_refused(void **st)
{
    control_test t;
    err_t        e;
    assert_non_null(strstr(parse(*st, S("-- test: \xff\n"), &e, &t), "is not UTF-8 text"));
    assert_non_null(strstr(parse(*st, S("-- test: a\0b\n"), &e, &t), "NUL byte"));
    assert_non_null(strstr(parse(*st, S(""), &e, &t), "has no \"test\""));
    char *big = arena_alloc(*st, 2 << 20, 1);
    memset(big, 'a', 2 << 20);
    assert_non_null(strstr(parse(*st, (str){ big, 2 << 20 }, &e, &t), "larger than 1 MiB"));
}

/* NULL: nothing is wrong; else the name that must be told. */
static const struct { const char *sql, *bare; } nullable[] = {
    { "SELECT system, login, mfa AS ok FROM account WHERE active IS NOT FALSE", NULL },
    { "SELECT system, login, mfa AS ok FROM account WHERE active", "active" },
    { "SELECT system, login, mfa AS ok FROM account WHERE NOT active", "active" },
    { "SELECT system, login, mfa AS ok FROM account a WHERE a.active", "a.active" },
    { "SELECT system, login, mfa AS ok FROM account WHERE login = 'x'", NULL },
    { "SELECT system, login, mfa AS ok FROM account WHERE kind <> 'service'", "kind" },
    { "SELECT system, login, mfa AS ok FROM account WHERE kind IS DISTINCT FROM 'service'", NULL },
    { "SELECT system, login, mfa AS ok FROM account WHERE 'service' IS DISTINCT FROM kind", NULL },
    { "SELECT system, login, mfa AS ok FROM account WHERE 'x' IS NOT DISTINCT FROM lower(kind)", NULL },
    { "SELECT system, login, mfa AS ok FROM account WHERE lower(kind) IS DISTINCT FROM 'x' AND uid > 3", "uid" },
    { "SELECT system, login, mfa AS ok FROM account WHERE (uid > 3) IS NOT FALSE", NULL },
    { "SELECT system, login, mfa AS ok FROM account WHERE (uid > 3 AND (gid < 4 OR mfa)) IS NOT FALSE", NULL },
    { "SELECT system, login, mfa AS ok FROM account WHERE (uid > 3) IS NOT FALSE AND (gid < 4)", "gid" },
    { "SELECT system, login, mfa AS ok FROM account WHERE (active)", "active" },
    { "SELECT system, login, mfa AS ok FROM account WHERE login = 'x' AND (NOT (active))", "active" },
    { "SELECT system, login, max(uid) AS ok FROM account GROUP BY system, login HAVING (max(uid) > 3)", "uid" },
    { "SELECT a.system, a.login, 1 AS ok FROM account a JOIN setting s ON (s.value = a.login)", "s.value" },
    { "SELECT system, login, CASE WHEN (mfa) THEN 1 ELSE 0 END AS ok FROM account", "mfa" },
    { "SELECT system, login, mfa AS ok FROM account WHERE coalesce(uid, 0) > 3", NULL },
    { "SELECT system, login, mfa AS ok FROM account WHERE coalesce(uid, gid) > 3", "gid" },
    { "SELECT system, login, mfa AS ok FROM account WHERE coalesce(uid, gid, 0) > 3", NULL },
    { "SELECT system, login, mfa AS ok FROM account WHERE uid IN (1, 2)", "uid" },
    { "SELECT system, login, mfa AS ok FROM account WHERE (uid IN (1, 2)) IS NOT TRUE", NULL },
    { "SELECT system, login, mfa AS ok FROM account WHERE UID IN (1, 2)", "uid" },
    { "SELECT system, login, (uid > 3) AS ok FROM account", NULL },
    { "SELECT system, login, CASE WHEN uid > 3 THEN 1 ELSE 0 END AS ok FROM account", "uid" },
    { "SELECT system, login, CASE WHEN (uid > 3) IS TRUE THEN 1 ELSE 0 END AS ok FROM account", NULL },
    { "SELECT system, login, CASE WHEN uid IS NULL THEN NULL WHEN coalesce(uid, 0) > 3 THEN gid = 4 ELSE mfa END AS ok FROM account", NULL },
    { "SELECT system, login, CASE kind WHEN 'human' THEN 1 ELSE 0 END AS ok FROM account", "kind" },
    { "SELECT system, login, CASE WHEN login = 'a' THEN CASE WHEN mfa THEN 1 ELSE 0 END ELSE 0 END AS ok FROM account", "mfa" },
    { "SELECT system, login, (CASE WHEN mfa THEN 1 ELSE 0 END) IS TRUE AS ok FROM account", "mfa" },
    { "SELECT system, login, mfa AS ok FROM account GROUP BY system, login, mfa HAVING max(uid) > 3", "uid" },
    { "SELECT a.system, a.login, s.value = 'yes' AS ok FROM account a LEFT JOIN setting s ON s.system = a.system AND s.name = 'x'", NULL },
    { "SELECT a.system, a.login, 1 AS ok FROM account a LEFT JOIN setting s ON s.system = a.system WHERE s.name = 'x'", "s.name" },
    { "SELECT a.system, a.login, 1 AS ok FROM account a LEFT JOIN setting s ON s.system = a.system WHERE component = 'x'", "component" },
    { "SELECT a.system, a.login, 1 AS ok FROM account a LEFT OUTER JOIN setting s ON s.system = a.system WHERE s.name IS NULL", NULL },
    { "SELECT a.system, a.login, 1 AS ok FROM account a LEFT JOIN setting s ON s.system = a.system JOIN setting z ON z.name = s.name", "s.name" },
    { "SELECT a.system, a.login, 1 AS ok FROM account a LEFT JOIN setting s ON s.system = a.system GROUP BY a.system, a.login HAVING count(s.name) = 0", NULL },
    { "SELECT a.system, a.login, 1 AS ok FROM account a LEFT JOIN setting s ON s.system = a.system GROUP BY a.system, a.login HAVING count(s.value) = 0", "s.value" },
    { "SELECT a.system, a.login, 1 AS ok FROM account a JOIN setting s ON s.value = a.login", "s.value" },
    { "SELECT a.system, a.login, 1 AS ok FROM account a JOIN setting s ON (s.value = a.login) IS TRUE", NULL },
    { "SELECT a.system, a.login, 1 AS ok FROM account a JOIN setting s USING (system)", NULL },
    { "SELECT a.system, a.login, 1 AS ok FROM account a JOIN setting s USING (value)", "value" },
    { "SELECT a.system, a.login, EXISTS (SELECT 1 FROM setting s WHERE s.system = a.system AND s.value = 'x') AS ok FROM account a", "s.value" },
    { "SELECT a.system, a.login, EXISTS (SELECT 1 FROM setting s WHERE s.system = a.system AND s.name = 'x') AS ok FROM account a", NULL },
    { "SELECT a.system, a.login, 1 AS ok FROM account a WHERE a.system IN (SELECT value FROM setting)", "value" },
    { "SELECT a.system, a.login, 1 AS ok FROM account a WHERE a.login NOT IN (SELECT system FROM setting)", NULL },
    { "SELECT a.system, a.login, 1 AS ok FROM account a WHERE (SELECT max(number) FROM setting) > 3", "number" },
    { "SELECT a.system, a.login, 1 AS ok FROM account a WHERE ((SELECT max(number) FROM setting) > 3) IS NOT FALSE", NULL },
    { "WITH x AS (SELECT system, login, mfa AS second FROM account) SELECT system, login, 1 AS ok FROM x WHERE second", "second" },
    { "WITH x AS (SELECT system, login, mfa AS second FROM account) SELECT system, login, 1 AS ok FROM x WHERE second IS NOT FALSE", NULL },
    { "WITH x AS (SELECT system, login, mfa IS TRUE AS second FROM account) SELECT system, login, 1 AS ok FROM x WHERE second", NULL },
    { "WITH x AS (SELECT system, login, mfa AS b FROM account), y AS (SELECT system, login, b AS c FROM x) SELECT system, login, 1 AS ok FROM y WHERE c", "c" },
    { "WITH x AS (SELECT system, login, CASE WHEN login = 'a' THEN 1 END AS b FROM account) SELECT system, login, 1 AS ok FROM x WHERE b > 0", "b" },
    { "WITH x AS (SELECT system, login, CASE WHEN login = 'a' THEN 1 ELSE NULL END AS b FROM account) SELECT system, login, 1 AS ok FROM x WHERE b > 0", "b" },
    { "WITH x AS (SELECT system, login, mfa FROM account) SELECT system, login, 1 AS ok FROM x WHERE x.mfa", "x.mfa" },
    { "SELECT z.system, z.login, 1 AS ok FROM (SELECT system, login, uid + 1 AS next FROM account) z WHERE z.next > 3", "z.next" },
    { "SELECT system, login, 1 AS ok FROM account WHERE active IS NOT FALSE UNION SELECT system, name AS login, 1 AS ok FROM setting WHERE number = 1", "number" },
};

static void a_field_that_may_be_unknown_must_not_stand_bare(void **st)
{
    for (size_t i = 0; i < COUNT(nullable); i++) {
        control_test t;
        err_t        e;
        str          with = strstr(nullable[i].sql, "setting") ? S("-- needs: setting max_age=1d\n") : S("");
        const char  *why = parse(*st, str_fmt(*st, "%s%.*s%s", HEAD, (int)with.n, with.p, nullable[i].sql), &e, &t);
        if (!nullable[i].bare) {
            if (e != ERR_OK)
                fail_msg("%s\nsays %s", nullable[i].sql, why);
            continue;
        }
        str says = str_fmt(*st, "\"%s\" may be unknown and stands bare", nullable[i].bare);
        if (e != ERR_INVALID || !strstr(why, says.p))
            fail_msg("%s\nsays %s\nwanted %s", nullable[i].sql, why, says.p);
    }
}

static void the_fault_names_line_and_column(void **st)
{
    control_test t;
    err_t        e;
    const char  *why = parse(*st, S(HEAD "SELECT system, login, mfa AS ok\n  FROM account\n WHERE login = 'x'\n   AND active\n"), &e, &t);
    if (strncmp(why, PATH ":15:8: \"active\"", strlen(PATH ":15:8: \"active\"")) != 0)
        fail_msg("%s", why);
}

static void forms_that_hide_what_is_compared_are_refused(void **st)
{
    static const char *const rows[] = {
        "SELECT a.system, a.login, 1 AS ok FROM setting s RIGHT JOIN account a ON s.system = a.system",
        "SELECT a.system, a.login, 1 AS ok FROM setting s FULL OUTER JOIN account a ON s.system = a.system",
        "SELECT a.system, a.login, 1 AS ok FROM setting s NATURAL JOIN account a",
        "WITH x(system, login, m) AS (SELECT system, login, mfa FROM account) SELECT system, login, m AS ok FROM x, setting",
        "SELECT a.system, a.login, 1 AS ok FROM setting AS a(system, login)",
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        control_test t;
        err_t        e;
        const char  *why = parse(*st, str_fmt(*st, "%s-- needs: setting max_age=1d\n%s", HEAD, rows[i]), &e, &t);
        if (e != ERR_INVALID)
            fail_msg("%s was read: %s", rows[i], why);
    }
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        T(a_sound_test_is_read_whole), T(a_parameter_is_set_and_its_guard_watched),
        T(bad_headers_are_refused_with_file_and_line), T(every_fault_is_told_and_what_does_not_fit_is_counted),
        T(text_that_is_none_is_refused), T(a_field_that_may_be_unknown_must_not_stand_bare),
        T(the_fault_names_line_and_column), T(forms_that_hide_what_is_compared_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
