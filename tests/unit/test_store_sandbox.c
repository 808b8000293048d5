/* What the sandbox lets through and what it refuses, on every engine. */
#include "store_fixture.h"

/* ---- the text alone ------------------------------------------------------------------- */

static const char *const good[] = {
    "SELECT 1 AS one",
    "select login from account",
    "SELECT login FROM account;",
    "SELECT system, login, mfa AS ok, 'no second factor' AS reason FROM account WHERE active IS NOT FALSE",
    "SELECT a.login, h.system FROM account a JOIN host AS h ON h.system = a.system",
    "SELECT a.login FROM account a LEFT OUTER JOIN host h ON h.system = a.system AND h.os_id = 'debian', service s",
    "SELECT login FROM account a CROSS JOIN host",
    "SELECT login FROM account JOIN group_member USING (system)",
    "SELECT count(*) AS n, count(DISTINCT login) AS d, max(uid) AS m FROM account GROUP BY system HAVING count(*) > 1",
    "SELECT login FROM account WHERE kind IS DISTINCT FROM 'service' AND shell IS NOT DISTINCT FROM home",
    "SELECT login FROM account WHERE (last_login_at < as_of() - days(90)) IS NOT FALSE",
    "SELECT CASE WHEN uid IS NULL THEN NULL ELSE (uid = 0) END AS ok FROM account",
    "SELECT login || ' ' || CAST(uid AS TEXT) AS t FROM account WHERE login LIKE 'a\\%%' ESCAPE '\\'",
    "WITH few AS (SELECT login FROM account), more (l) AS (SELECT login FROM few) SELECT l FROM more",
    "SELECT login FROM account UNION ALL SELECT name FROM package EXCEPT SELECT name FROM service ORDER BY login DESC NULLS LAST LIMIT 5 OFFSET 2",
    "SELECT x.n FROM (SELECT count(*) AS n FROM account) x",
    "SELECT EXISTS (SELECT 1 FROM host h WHERE h.system = a.system) AS ok FROM account a",
    "SELECT login FROM account WHERE uid IN (1, 2, -3) AND login IN (SELECT login FROM account) AND uid BETWEEN 1 AND 5",
    "SELECT greatest(uid, 1) AS g, least(uid, gid) AS l, coalesce(uid, 0) AS c, string_agg(login, ',') AS s FROM account GROUP BY uid, gid",
    "SELECT source, valid_from FROM account WHERE login = 'it''s -- no /* comment */ \" [x] $1 ?'",
    "SELECT uid / 2 + 3 * -1 - 4 % 3 AS n FROM account WHERE NOT (uid <> 1 OR uid != 2 OR uid >= 3 OR uid <= 4)",
    "SELECT relation, status FROM run_status WHERE source = 'host'",
};

/* Each is refused by the check itself, before any engine sees it. */
static const char *const hostile[] = {
    "", " ", ";", "SELECT", "SELECT FROM account",
    /* other statements */
    "INSERT INTO account_h VALUES (1)", "UPDATE account_h SET uid = 1", "DELETE FROM account_h", "DROP TABLE account_h",
    "CREATE TABLE t (x)", "ATTACH 'x' AS y", "DETACH y", "PRAGMA writable_schema = 1", "VACUUM INTO '/tmp/x'", "BEGIN", "COMMIT",
    "VALUES (1)", "TABLE account", "EXPLAIN SELECT 1", "COPY account_h TO '/tmp/x'", "SET role postgres", "DO 'x'", "CALL f()",
    "SELECT 1; DROP TABLE commits", "SELECT 1; SELECT 2", "SELECT 1;;",
    "WITH x AS (DELETE FROM account_h RETURNING login) SELECT login FROM x",
    "WITH x AS (INSERT INTO commits VALUES (1) RETURNING seq) SELECT seq FROM x",
    "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT n FROM r",
    "SELECT login INTO t FROM account", "SELECT login FROM account FOR UPDATE",
    /* tables that are none of the model's */
    "SELECT leaf FROM commits", "SELECT login FROM account_h", "SELECT login FROM account_history", "SELECT salt FROM account",
    "SELECT name FROM sqlite_schema", "SELECT name FROM sqlite_master", "SELECT sql FROM sqlite_temp_master",
    "SELECT usename FROM pg_user", "SELECT passwd FROM pg_shadow", "SELECT table_name FROM information_schema.tables",
    "SELECT login FROM main.account", "SELECT login FROM public.account", "SELECT login FROM temp.account",
    "SELECT digest FROM model", "SELECT number FROM migrations", "SELECT one FROM writer",
    "SELECT 1 AS x FROM account, account_h", "SELECT 1 AS x FROM account JOIN commits ON 1 = 1",
    "SELECT 1 AS x FROM (SELECT salt FROM account_h) s", "SELECT 1 AS x WHERE EXISTS (SELECT 1 FROM account_h)",
    "SELECT 1 IN account_h AS x", "SELECT 1 IN commits AS x", "SELECT 1 AS x WHERE 1 IN account",
    "SELECT 1 AS x FROM (SELECT 1 AS y UNION SELECT seq FROM commits) z", "SELECT x FROM pragma_table_info('account')",
    "SELECT value FROM json_each('[1]')", "SELECT 1 AS x FROM generate_series(1, 10)", "SELECT 1 AS x FROM LATERAL (SELECT 1) l",
    /* names made in one place and used in another */
    "WITH account AS (SELECT 1 AS login) SELECT login FROM account", "WITH account_h AS (SELECT 1 AS x) SELECT x FROM account_h",
    "SELECT 1 AS x FROM (WITH writer AS (SELECT 1 AS y) SELECT y FROM writer) z, writer",
    "WITH writer AS (SELECT one FROM writer) SELECT one FROM writer", "WITH commits AS (SELECT 1 AS x) SELECT x FROM commits",
    /* functions */
    "SELECT load_extension('x')", "SELECT readfile('/etc/passwd')", "SELECT writefile('/tmp/x', 'y')", "SELECT pg_read_file('/etc/passwd')",
    "SELECT pg_sleep(10)", "SELECT lo_import('/etc/passwd')", "SELECT random()", "SELECT randomblob(1000000000)", "SELECT zeroblob(1)",
    "SELECT date('now')", "SELECT now()", "SELECT strftime('%s')", "SELECT julianday('now')", "SELECT current_setting('x')",
    "SELECT set_config('a', 'b', true)", "SELECT sqlite_version()", "SELECT version()", "SELECT last_insert_rowid()", "SELECT printf('%s', 1)",
    "SELECT json('{}')", "SELECT hex('a')", "SELECT quote('a')", "SELECT fts3_tokenizer('a')", "SELECT pg_catalog.pg_sleep(1)",
    "SELECT count (*) , random () FROM account", "SELECT sum(uid) OVER (ORDER BY uid) FROM account", "SELECT dblink('x')",
    "SELECT account.pg_typeof FROM account", "SELECT a.login.x FROM account a", "SELECT (a).login FROM account a",
    "SELECT extract(epoch FROM login) FROM account", "SELECT trim(both FROM login) FROM account", "SELECT query_to_xml('x')",
    /* the clock and the user in a word */
    "SELECT current_timestamp", "SELECT current_date", "SELECT current_time", "SELECT localtimestamp", "SELECT current_user",
    "SELECT session_user", "SELECT user", "SELECT current_schema", "SELECT current_user AS current_user", "SELECT login AS user, user AS x FROM account",
    "SELECT rowid FROM account", "SELECT oid FROM account", "SELECT _rowid_ FROM account", "SELECT ctid FROM account",
    "SELECT xmin FROM account", "SELECT 1 AS rowid", "SELECT tableoid FROM account", "SELECT login FROM account AS user",
    /* typed literals, casts, other literals */
    "SELECT timestamp 'now'", "SELECT date 'now'", "SELECT login 'x' FROM account", "SELECT 'now'::timestamp", "SELECT CAST('now' AS TIMESTAMP)",
    "SELECT CAST(login AS BLOB) FROM account", "SELECT CAST('account_h' AS regclass)", "SELECT x'00'", "SELECT E'\\x41'", "SELECT U&'x'", "SELECT B'1'",
    "SELECT 1e5", "SELECT 0x10", "SELECT 1.2.3", "SELECT 1_000", "SELECT ARRAY[1]", "SELECT ROW(1)", "SELECT login COLLATE NOCASE FROM account",
    /* quoting, parameters, comments, odd bytes */
    "SELECT \"login\" FROM account", "SELECT `login` FROM account", "SELECT [login] FROM account", "SELECT login FROM \"account_h\"",
    "SELECT $1", "SELECT ?", "SELECT ?1", "SELECT :x", "SELECT @x", "SELECT #x", "SELECT $$x$$", "SELECT $tag$x$tag$",
    "SELECT 1 -- x", "SELECT 1 /* x */", "SELECT 1 /* x", "SELECT/**/1", "SELECT 1 --", "SELECT 1\x01", "SELECT 1\x7f", ("SELECT \xc2\xa0" "1"),
    "SELECT l\xc3\xb6gin FROM account", "SELECT 'x", "SELECT 'x''", "SELECT (1", "SELECT 1)", "SELECT \xff", "SELECT 1 \\ 2", "SELECT ~1", "SELECT 1 & 2",
    "SELECT 1 | 2", "SELECT 1 << 2", "SELECT 1 == 1", "SELECT login ~ 'x' FROM account", "SELECT ^1", "SELECT 1 <=> 1", "SELECT 1 -> 2", "SELECT {x}",
    /* clauses outside the dialect */
    "SELECT login FROM account NATURAL JOIN host", "SELECT login FROM account INDEXED BY x", "SELECT login FROM account TABLESAMPLE SYSTEM (1)",
    "SELECT DISTINCT ON (login) login FROM account", "SELECT login FROM account WINDOW w AS ()", "SELECT login FROM ONLY account",
    "SELECT login FROM account WHERE login GLOB 'a*'", "SELECT login FROM account WHERE login REGEXP 'a'", "SELECT login FROM account WHERE login MATCH 'a'",
    "SELECT login FROM account WHERE login ILIKE 'a'", "SELECT login FROM account WHERE uid ISNULL", "SELECT login FROM account FETCH FIRST 1 ROW ONLY",
    "SELECT * FROM account", "SELECT a.* FROM account a", "SELECT nothing FROM account", "SELECT os_id FROM account", "SELECT account FROM host",
    "SELECT pg_x FROM account", "SELECT 1 AS pg_x", "SELECT 1 AS sqlite_x", "SELECT login FROM account pg_y",
};

static void what_the_dialect_has_is_accepted(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(good); i++) {
        auto_arena arena *a = arena_new(1 << 20);
        str   *tables;
        size_t n;
        fault  f = { 0 };
        if (sandbox_check(a, str_of(good[i]), false, &f, &tables, &n) != ERR_OK)
            fail_msg("%s\n  refused: %s", good[i], f.text);
    }
}

static void what_could_do_harm_is_refused_with_line_and_column(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(hostile); i++) {
        auto_arena arena *a = arena_new(1 << 20);
        str   *tables;
        size_t n;
        fault  f = { 0 };
        if (sandbox_check(a, str_of(hostile[i]), false, &f, &tables, &n) == ERR_OK)
            fail_msg("accepted: %s", hostile[i]);
        assert_true(f.code == ERR_INVALID);
        assert_true((f.text[0] >= '1' && f.text[0] <= '9') || strstr(f.text, "UTF-8"));
    }
}

static void a_fault_is_told_with_its_place(void **state)
{
    auto_arena arena *a = arena_new(1 << 20);
    str   *tables;
    size_t n;
    fault  f = { 0 };
    (void)state;
    assert_int_equal(sandbox_check(a, S("SELECT login\n  FROM account,\n       nowhere"), false, &f, &tables, &n), ERR_INVALID);
    assert_string_equal(f.text, "3:8: there is no relation nowhere");
}

static void the_relations_read_are_told_once_each(void **state)
{
    auto_arena arena *a = arena_new(1 << 20);
    str   *tables;
    size_t n;
    (void)state;
    str sql = S("WITH x AS (SELECT system FROM host) SELECT a.login FROM account a, x WHERE EXISTS (SELECT 1 FROM account, host)");
    assert_int_equal(sandbox_check(a, sql, false, NULL, &tables, &n), ERR_OK);
    assert_int_equal(n, 2);
    assert_true(str_eq(tables[0], S("host")));
    assert_true(str_eq(tables[1], S("account")));
}

static void nesting_has_an_end(void **state)
{
    auto_arena arena *a = arena_new(1 << 20);
    buf    b = buf_new(a, 1 << 20);
    str   *tables;
    size_t n;
    (void)state;
    buf_puts(&b, S("SELECT "));
    for (int i = 0; i < 60000; i++)
        buf_putc(&b, '(');
    assert_int_equal(sandbox_check(a, buf_str(&b), false, NULL, &tables, &n), ERR_INVALID);
}

/* ---- on the engines -------------------------------------------------------------------------- */

static void all_good(bench *b)
{
    row_values row = account_row("ann", "Ann", 1);
    write_accounts(b, WRITE_SNAPSHOT, &row, 1);
    for (size_t i = 0; i < COUNT(good); i++)
        (void)rows_of(b, TIME_MAX, good[i]);
    for (size_t i = 0; i < COUNT(good); i++)
        (void)rows_of(b, test_now - SECONDS(1), good[i]);
}
static void both_engines_run_the_same_text(void **state)
{
    (void)state;
    on_each_engine(all_good);
}

static void same_answers(bench *b)
{
    row_values  rows[] = { account_row("Ann", "Z", 1), account_row("bob", "a", 2), account_row("cyd", NULL, 3) };
    commit_done done = write_accounts(b, WRITE_SNAPSHOT, rows, 3);
    assert_rows(b, TIME_MAX, "SELECT login FROM account WHERE login LIKE 'a%'", "");
    assert_rows(b, TIME_MAX, "SELECT login FROM account WHERE login LIKE 'A%'", "Ann");
    assert_rows(b, TIME_MAX, "SELECT full_name FROM account WHERE full_name IS NOT NULL ORDER BY full_name", "Z;a");
    assert_rows(b, TIME_MAX, "SELECT max(full_name) AS x, min(full_name) AS y FROM account", "a|Z");
    assert_rows(b, TIME_MAX, "SELECT login FROM account WHERE active", "Ann;cyd");
    assert_rows(b, TIME_MAX, "SELECT login, active IS TRUE AS t, mfa IS NOT FALSE AS u, NOT active AS n, (uid > 2) AS g, mfa FROM account WHERE uid < 3 ORDER BY uid",
                "Ann|1|1|0|0|?;bob|0|1|1|0|?");
    assert_rows(b, TIME_MAX, "SELECT 7 / 2 AS x, -7 / 2 AS y, -7 % 3 AS z", "3|-3|-1");
    assert_rows(b, TIME_MAX, "SELECT avg(uid) AS x, sum(uid) AS s, count(*) AS n, count(full_name) AS m FROM account", "2.0|6|3|2");
    assert_rows(b, TIME_MAX, "SELECT greatest(1, NULL, 3) AS x, least(2, NULL) AS y, greatest('a', 'B') AS z, coalesce(NULL, 4) AS c", "3|2|a|4");
    assert_rows(b, TIME_MAX, "SELECT string_agg(login, '+') AS x FROM (SELECT login FROM account ORDER BY login) y", "Ann+bob+cyd");
    assert_rows(b, TIME_MAX, "SELECT string_agg(login, '+') AS x FROM account WHERE uid > 9", "?");
    assert_rows(b, TIME_MAX, "SELECT days(2) AS d, hours(1) AS h, minutes(-1) AS m", "172800000000|3600000000|-60000000");
    assert_rows(b, done.at, "SELECT as_of() AS x", str_fmt(b->a, "%lld", (long long)done.at).p);
    assert_rows(b, done.at - 5, "SELECT as_of() AS x", str_fmt(b->a, "%lld", (long long)done.at - 5).p);
    assert_rows(b, TIME_MAX, "SELECT length('h\xc3\xa9') AS l, upper('a\xc3\xa9' || login) AS u, substr('hello', 2, 3) AS s, trim('  x ') AS t, replace('aba', 'a', 'c') AS r, abs(-4) AS a, nullif(1, 1) AS n FROM account WHERE login = 'bob'",
                "2|A\xc3\xa9" "BOB|ell|x|cbc|4|?");
    assert_rows(b, TIME_MAX, "SELECT login FROM account WHERE kind IS DISTINCT FROM 'service' AND uid IS NOT DISTINCT FROM 2", "bob");
    assert_rows(b, TIME_MAX, "SELECT source, valid_from = as_of() - as_of() + valid_from AS same FROM account WHERE login = 'bob'", "s|1");
    assert_rows(b, TIME_MAX, "SELECT * FROM run_status", "");
}
static void both_engines_give_the_same_answers(void **state)
{
    (void)state;
    on_each_engine(same_answers);
}

static void columns(bench *b)
{
    const session_options o = { .as_of = TIME_MAX };
    auto_session session *s = NULL;
    auto_cursor cursor *c = NULL;
    bool row;
    must(b, session_open(b->st, &o, &b->f, &s));
    must(b, session_query(s, S("SELECT login, uid, active, 'x' AS t FROM account"), &b->f, &c));
    assert_int_equal(cursor_columns(c), 4);
    assert_true(str_eq(cursor_name(c, 3), S("t")));
    must(b, cursor_next(c, &b->f, &row));
    assert_false(row);
    assert_true(str_eq(cursor_name(c, 1), S("uid")));
}
static void names_of_columns_are_known_without_rows(void **state)
{
    (void)state;
    on_each_engine(columns);
}

static void refused_by_engine(bench *b)
{
    static const char *const wrong[] = {
        "SELECT a.login FROM account a WHERE b.login = 'x'", "SELECT login, count(*) FROM account WHERE count(*) > 1", "SELECT as_of(1)",
        "SELECT login FROM account UNION SELECT login, uid FROM account", "SELECT days('x')",
    };
    const session_options o = { .as_of = TIME_MAX };
    auto_session session *s = NULL;
    must(b, session_open(b->st, &o, &b->f, &s));
    for (size_t i = 0; i < COUNT(wrong); i++) {
        cursor *c = NULL;
        fault   f = { 0 };
        bool    row;
        err_t   e = session_query(s, str_of(wrong[i]), &f, &c);
        if (e == ERR_OK)
            e = cursor_next(c, &f, &row);
        cursor_close(c);
        if (e != ERR_INVALID)
            fail_msg("%s: %s %s", wrong[i], err_describe(e)->wire, f.text);
    }
    auto_cursor cursor *c = NULL;          /* and the session goes on */
    must(b, session_query(s, S("SELECT 1 AS x"), &b->f, &c));
}
static void what_the_engine_refuses_is_the_querys_fault(void **state)
{
    (void)state;
    on_each_engine(refused_by_engine);
}

/* ---- limits ----------------------------------------------------------------------------------- */

static err_t run_limited(bench *b, const session_options *o, const char *sql, fault *f)
{
    auto_session session *s = NULL;
    auto_cursor cursor *c = NULL;
    bool row = true;
    must(b, session_open(b->st, o, &b->f, &s));
    TRY(session_query(s, str_of(sql), f, &c));
    while (row)
        TRY(cursor_next(c, f, &row));
    return ERR_OK;
}

static void limits(bench *b)
{
    fault f = { 0 }, g = { 0 };
    for (int k = 0; k < 2; k++) {
        commit *c = begin(b);
        must(b, write_begin(c, account(), k ? S("t") : S("s"), WRITE_SNAPSHOT, &b->f));
        for (int64_t i = 0; i < 300; i++) {
            row_values r = account_row(str_fmt(b->a, "u%lld", (long long)i).p, "x", i);
            must(b, write_row(c, r.v, &b->f));
        }
        must(b, write_end(c, &b->f, NULL));
        finish(b, c);
    }
    const session_options few = { .as_of = TIME_MAX, .rows_max = 599 }, enough = { .as_of = TIME_MAX, .rows_max = 600 };
    assert_int_equal(run_limited(b, &few, "SELECT login FROM account", &f), ERR_LIMIT);
    assert_int_equal(run_limited(b, &enough, "SELECT login FROM account", NULL), ERR_OK);
    const session_options quick = { .as_of = TIME_MAX, .time_max = SECONDS(1) / 5 };
    const time_us         start = time_mono();
    assert_int_equal(run_limited(b, &quick, "SELECT count(*) FROM account a, account b, account c, account d WHERE a.uid + b.uid > c.uid * d.uid", &g), ERR_LIMIT);
    assert_non_null(strstr(g.text, "longer"));
    assert_true(time_mono() - start < SECONDS(10));
}
static void rows_and_time_are_limited(void **state)
{
    (void)state;
    on_each_engine(limits);
}

static void memory(bench *b)
{
    fault f = { 0 };
    row_values row = account_row("ann", "0123456789", 1);
    write_accounts(b, WRITE_SNAPSHOT, &row, 1);
    const session_options little = { .as_of = TIME_MAX, .memory_max = 4 << 20 };
    const char *blow = "SELECT length(replace(replace(replace(replace(replace(replace(replace(full_name, '0', 'aaaaaaaaaa'), 'a', 'bbbbbbbbbb'), "
                       "'b', 'aaaaaaaaaa'), 'a', 'bbbbbbbbbb'), 'b', 'aaaaaaaaaa'), 'a', 'bbbbbbbbbb'), 'b', 'aaaaaaaaaa')) AS x FROM account";
    assert_int_equal(run_limited(b, &little, blow, &f), ERR_LIMIT);
    static row_values many[60];
    for (int i = 0; i < 60; i++)
        many[i] = account_row(str_fmt(b->a, "user %d", i).p, "0123456789", i);
    write_accounts(b, WRITE_SNAPSHOT, many, 60);
    f.code = ERR_OK;
    const char *sort = "SELECT a.login AS x FROM account a, account b, account c ORDER BY c.uid * 7 % 11, a.full_name || b.full_name";
    assert_int_equal(run_limited(b, &little, sort, &f), ERR_LIMIT);
    assert_non_null(strstr(f.text, "MiB"));
}
static void memory_is_limited(void **state)
{
    (void)state;
    on_sqlite(memory);
}

/* ---- fixtures ---------------------------------------------------------------------------------- */

static str fixture_rows(bench *b, session *s, const char *sql)
{
    auto_cursor cursor *c = NULL;
    buf  out = buf_new(b->a, 1 << 16);
    bool row;
    must(b, session_query(s, str_of(sql), &b->f, &c));
    for (;;) {
        must(b, cursor_next(c, &b->f, &row));
        if (!row)
            break;
        buf_fmt(&out, STR_FMT ";", STR_ARG(cursor_text(c, 0)));
    }
    return (str){ buf_z(&out), out.n };
}

static void fixtures(bench *b)
{
    row_values   one = account_row("ann", "Ann", 1), two = account_row("bob", "Bob", 2);
    const value *rows[] = { one.v, two.v };
    auto_session session *s = NULL;
    row_values   real = account_row("real", NULL, 1);
    write_accounts(b, WRITE_SNAPSHOT, &real, 1);
    must(b, session_open_fixture(b->st, &b->f, &s));
    const char *sql = "SELECT login FROM account ORDER BY login";
    assert_string_equal(fixture_rows(b, s, sql).p, "");
    must(b, session_load(s, account(), S("one"), rows, 2, &b->f));
    assert_string_equal(fixture_rows(b, s, sql).p, "ann;bob;");
    must(b, session_load(s, account(), S("two"), rows, 1, &b->f));
    assert_string_equal(fixture_rows(b, s, sql).p, "ann;ann;bob;");
    assert_string_equal(fixture_rows(b, s, "SELECT source FROM account WHERE login = 'ann' ORDER BY source").p, "one;two;");
    must(b, session_load(s, account(), S("one"), NULL, 0, &b->f));
    assert_string_equal(fixture_rows(b, s, sql).p, "");
    must(b, session_set_as_of(s, 1234, &b->f));
    assert_string_equal(fixture_rows(b, s, "SELECT as_of() AS x").p, "1234;");
    assert_string_equal(fixture_rows(b, s, "SELECT system FROM host").p, "");
}
static void a_fixture_session_sees_nothing_but_its_own_rows(void **state)
{
    (void)state;
    on_each_engine(fixtures);
}

static void moments(bench *b)
{
    row_values  one = account_row("ann", "Ann", 1), two = account_row("ann", "Anna", 1);
    commit_done first = write_accounts(b, WRITE_SNAPSHOT, &one, 1), second = write_accounts(b, WRITE_SNAPSHOT, &two, 1);
    const session_options o = { .as_of = TIME_MAX };
    auto_session session *s = NULL;
    const char *sql = "SELECT full_name FROM account";
    must(b, session_open(b->st, &o, &b->f, &s));
    for (int i = 0; i < 3; i++) {
        must(b, session_set_as_of(s, first.at, &b->f));
        assert_string_equal(fixture_rows(b, s, sql).p, "Ann;");
        must(b, session_set_as_of(s, second.at, &b->f));
        assert_string_equal(fixture_rows(b, s, sql).p, "Anna;");
        must(b, session_set_as_of(s, first.at - 1, &b->f));
        assert_string_equal(fixture_rows(b, s, sql).p, "");
        must(b, session_set_as_of(s, first.at, &b->f));           /* from one moment of the past to another */
        assert_string_equal(fixture_rows(b, s, sql).p, "Ann;");
        assert_string_equal(fixture_rows(b, s, "SELECT count(*) AS n FROM account").p, "1;");
        must(b, session_set_as_of(s, TIME_MAX, &b->f));
        assert_string_equal(fixture_rows(b, s, sql).p, "Anna;");
    }
    row_values three = account_row("ann", "Annie", 1);
    write_accounts(b, WRITE_SNAPSHOT, &three, 1);
    assert_string_equal(fixture_rows(b, s, sql).p, "Anna;");     /* its view of the data stands */
    must(b, session_set_as_of(s, TIME_MAX, &b->f));
    assert_string_equal(fixture_rows(b, s, sql).p, "Annie;");
}
static void a_session_moves_through_time_and_stands_still_between(void **state)
{
    (void)state;
    on_each_engine(moments);
}

static void sessions_again(bench *b)
{
    row_values  one = account_row("ann", "Ann", 1), two = account_row("ann", "Anna", 1), three = account_row("ann", "Annie", 1);
    commit_done first = write_accounts(b, WRITE_SNAPSHOT, &one, 1);
    const time_us moments_[] = { TIME_MAX, first.at, first.at - 1, first.at, TIME_MAX, TIME_MAX, first.at };
    const char *const want[] = { "Anna;", "Ann;", "", "Ann;", "Anna;", "Annie;", "Ann;" };
    store *keeper;
    write_accounts(b, WRITE_SNAPSHOT, &two, 1);
    must(b, store_open(&(store_options){ .url = b->url, .flags = STORE_KEEP_SESSION }, &b->f, &keeper));
    for (size_t i = 0; i < COUNT(moments_); i++) {
        session *s;
        if (i == 5)
            write_accounts(b, WRITE_SNAPSHOT, &three, 1);
        must(b, session_open(keeper, &(session_options){ .as_of = moments_[i], .history = true }, &b->f, &s));
        assert_string_equal(fixture_rows(b, s, "SELECT full_name FROM account").p, want[i]);
        assert_string_equal(fixture_rows(b, s, "SELECT count(*) AS n FROM account_history WHERE closed_by IS NULL").p, "1;");
        session *other;                   /* while one is open, another is a session of its own */
        must(b, session_open(keeper, &(session_options){ .as_of = first.at, .history = true }, &b->f, &other));
        assert_string_equal(fixture_rows(b, other, "SELECT full_name FROM account").p, "Ann;");
        session_close(s);
        session_close(other);
    }
    store_close(keeper);
}
static void a_session_that_is_kept_shows_what_a_new_one_would(void **state)
{
    (void)state;
    on_each_engine(sessions_again);
}

static str part_rows(bench *b, time_us as_of, const session_part *part, const char *sql)
{
    const session_options o = { .as_of = as_of, .history = true, .parts = part, .n_parts = part ? 1 : 0 };
    auto_session session *s = NULL;
    auto_cursor cursor   *c = NULL;
    buf                   out = buf_new(b->a, 1 << 16);
    must(b, session_open(b->st, &o, &b->f, &s));
    must(b, session_query(s, str_of(sql), &b->f, &c));
    for (bool row;;) {
        must(b, cursor_next(c, &b->f, &row));
        if (!row)
            return (str){ buf_z(&out), out.n };
        buf_fmt(&out, STR_FMT ";", STR_ARG(cursor_text(c, 0)));
    }
}

static void in_part(bench *b)
{
    const row_values      rows[] = { account_row("ann", "Ann", 1), account_row("bob", "Bob", 2), account_row("cyd", "Cyd", 3) };
    const session_part    part = { account(), S("login <> 'bob'") };
    (void)write_accounts(b, WRITE_SNAPSHOT, rows, 3);
    time_us then = test_now;
    test_now += DAYS(1);
    (void)write_accounts(b, WRITE_SNAPSHOT, rows, 2);
    static const struct { const char *sql, *past, *now; } queries[] = {
        { "SELECT login FROM account ORDER BY login", "ann;cyd;", "ann;" },
        { "SELECT a.login FROM account a WHERE a.login IN (SELECT login FROM account) ORDER BY login", "ann;cyd;", "ann;" },
        { "WITH few AS (SELECT login FROM account) SELECT login FROM few ORDER BY login", "ann;cyd;", "ann;" },
        { "with few as (SELECT count(*) AS n FROM account) SELECT n FROM few", "2;", "1;" },
        { "SELECT login FROM account UNION SELECT login FROM account_history ORDER BY login", "ann;cyd;", "ann;cyd;" },
        { "SELECT count(*) AS n FROM account_history WHERE login = 'bob'", "0;", "0;" },
        { "SELECT CAST(count(*) AS TEXT) AS n FROM host, account", "0;", "0;" },
    };
    for (size_t i = 0; i < COUNT(queries); i++) {
        assert_string_equal(part_rows(b, then, &part, queries[i].sql).p, queries[i].past);
        assert_string_equal(part_rows(b, TIME_MAX, &part, queries[i].sql).p, queries[i].now);
    }
    assert_string_equal(part_rows(b, TIME_MAX, NULL, queries[0].sql).p, "ann;bob;");
    assert_string_equal(part_rows(b, TIME_MAX, NULL, "SELECT count(*) AS n FROM account_history WHERE login = 'bob'").p, "1;");
}
static void a_session_may_have_a_relation_in_part_and_its_history_too(void **state)
{
    (void)state;
    on_each_engine(in_part);
}

/* A store whose sessions are put by when they are closed. */
static void kept_store(bench *b)
{
    snprintf(b->dir, sizeof b->dir, "/tmp/attest-test-XXXXXX");
    assert_non_null(mkdtemp(b->dir));
    b->url = str_fmt(b->a, "sqlite:%s/t.db", b->dir).p;
    must(b, store_open(&(store_options){ .url = b->url, .flags = STORE_WRITE | STORE_CREATE | STORE_KEEP_SESSION }, &b->f, &b->st));
}

static void end_kept_store(bench *b)
{
    const char *rm[] = { "t.db", "t.db-wal", "t.db-shm" };
    store_close(b->st);
    for (size_t i = 0; i < COUNT(rm); i++)
        (void)unlink(str_fmt(b->a, "%s/%s", b->dir, rm[i]).p);
    assert_int_equal(rmdir(b->dir), 0);
    arena_free(b->a);
}

/* A session that was put by keeps its last query; the next one has other rows. */
static void a_session_put_by_shows_no_part_of_before(void **state)
{
    bench              b = { .a = arena_new(64 << 20) };
    const row_values   rows[] = { account_row("ann", "Ann", 1), account_row("bob", "Bob", 2) };
    const session_part part = { account(), S("login <> 'bob'") };
    const char        *sql = "SELECT login FROM account ORDER BY login";
    (void)state;
    kept_store(&b);
    (void)write_accounts(&b, WRITE_SNAPSHOT, rows, 2);
    for (int i = 0; i < 2; i++) {
        assert_string_equal(part_rows(&b, TIME_MAX, NULL, sql).p, "ann;bob;");
        assert_string_equal(part_rows(&b, TIME_MAX, &part, sql).p, "ann;");
    }
    assert_string_equal(part_rows(&b, TIME_MAX, NULL, sql).p, "ann;bob;");
    end_kept_store(&b);
}

/* Views of the past that a session made before it was put by are still there when it moves to another moment. */
static void a_session_put_by_moves_through_time_as_any_other(void **state)
{
    bench            b = { .a = arena_new(64 << 20) };
    const row_values rows[] = { account_row("ann", "Ann", 1), account_row("bob", "Bob", 2) };
    (void)state;
    kept_store(&b);
    (void)write_accounts(&b, WRITE_SNAPSHOT, rows, 1);
    time_us then = time_now();
    (void)write_accounts(&b, WRITE_SNAPSHOT, rows, 2);
    for (int i = 0; i < 2; i++) {
        auto_session session *s = NULL;
        auto_cursor cursor   *c = NULL;
        bool                  row;
        assert_string_equal(part_rows(&b, then, NULL, "SELECT login FROM account").p, "ann;");
        must(&b, session_open(b.st, &(session_options){ .as_of = then, .history = true }, &b.f, &s));
        must(&b, session_set_as_of(s, then, &b.f));
        must(&b, session_query(s, S("SELECT login FROM account"), &b.f, &c));
        must(&b, cursor_next(c, &b.f, &row));
        assert_true(row && str_eq(cursor_text(c, 0), S("ann")));
    }
    assert_string_equal(part_rows(&b, TIME_MAX, NULL, "SELECT login FROM account ORDER BY login").p, "ann;bob;");
    end_kept_store(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_session_that_is_kept_shows_what_a_new_one_would),
        cmocka_unit_test(what_the_dialect_has_is_accepted),
        cmocka_unit_test(what_could_do_harm_is_refused_with_line_and_column),
        cmocka_unit_test(a_fault_is_told_with_its_place),
        cmocka_unit_test(the_relations_read_are_told_once_each),
        cmocka_unit_test(nesting_has_an_end),
        cmocka_unit_test(both_engines_run_the_same_text),
        cmocka_unit_test(both_engines_give_the_same_answers),
        cmocka_unit_test(names_of_columns_are_known_without_rows),
        cmocka_unit_test(what_the_engine_refuses_is_the_querys_fault),
        cmocka_unit_test(rows_and_time_are_limited),
        cmocka_unit_test(memory_is_limited),
        cmocka_unit_test(a_fixture_session_sees_nothing_but_its_own_rows),
        cmocka_unit_test(a_session_moves_through_time_and_stands_still_between),
        cmocka_unit_test(a_session_may_have_a_relation_in_part_and_its_history_too),
        cmocka_unit_test(a_session_put_by_shows_no_part_of_before),
        cmocka_unit_test(a_session_put_by_moves_through_time_as_any_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
