#include "store_fixture.h"

time_us test_now;

static time_us clock_of_test(void) { return test_now += SECONDS(1); }

void must(bench *b, err_t e)
{
    if (e != ERR_OK)
        fail_msg("%s: %s (%s)", b->postgres ? "postgres" : "sqlite", b->f.text, err_describe(e)->wire);
}

static void open_store(bench *b)
{
    const store_options o = { .url = b->url, .flags = STORE_WRITE | STORE_CREATE, .clock = clock_of_test };
    must(b, store_open(&o, &b->f, &b->st));
}

void bench_reopen(bench *b)
{
    store_close(TAKE(b->st));
    open_store(b);
}

static void run_on(bool postgres, void (*body)(bench *b))
{
    bench b = { .postgres = postgres, .a = arena_new(64 << 20) };
    snprintf(b.dir, sizeof b.dir, "/tmp/attest-test-XXXXXX");
    assert_non_null(mkdtemp(b.dir));
    test_now = SECONDS(1768478400);
    str unique = str_lower(b.a, str_of(strrchr(b.dir, '-') + 1));
    b.url = postgres ? str_fmt(b.a, "%s&application_name=" STR_FMT "&schema=t_" STR_FMT "_%ld", getenv("ATTEST_TEST_PG"), STR_ARG(unique), STR_ARG(unique), (long)getpid()).p
                     : str_fmt(b.a, "sqlite:%s/t.db", b.dir).p;
    open_store(&b);
    body(&b);
    store_close(b.st);
    const char *rm[] = { "t.db", "t.db-wal", "t.db-shm" };
    for (size_t i = 0; i < COUNT(rm); i++)
        (void)unlink(str_fmt(b.a, "%s/%s", b.dir, rm[i]).p);
    assert_int_equal(rmdir(b.dir), 0);
    arena_free(b.a);
}

void on_sqlite(void (*body)(bench *b)) { run_on(false, body); }

void on_each_engine(void (*body)(bench *b))
{
    run_on(false, body);
    if (getenv("ATTEST_TEST_PG"))
        run_on(true, body);
    else
        printf("# postgres: not started\n");
}

const relation *account(void) { return relation_find(S("account")); }

row_values account_row(const char *login, const char *full_name, int64_t uid)
{
    row_values      r = { 0 };
    const relation *a = account();
    r.v[relation_field(a, S("system"))] = v_z("web1");
    r.v[relation_field(a, S("login"))] = v_z(login);
    r.v[relation_field(a, S("full_name"))] = v_z(full_name);
    r.v[relation_field(a, S("uid"))] = v_int(uid);
    r.v[relation_field(a, S("active"))] = v_bool(uid % 2);
    return r;
}

commit *begin(bench *b)
{
    commit           *c = NULL;
    const commit_info info = { S("cli:root"), S("collect"), S("a \"reason\"") };
    must(b, commit_begin(b->st, &info, &b->f, &c));
    return c;
}

commit_done finish(bench *b, commit *c)
{
    commit_done done = { 0 };
    must(b, commit_finish(c, b->a, &b->f, &done));
    return done;
}

commit_done write_accounts(bench *b, write_mode mode, const row_values *rows, size_t n)
{
    commit *c = begin(b);
    must(b, write_begin(c, account(), S("s"), mode, &b->f));
    for (size_t i = 0; i < n; i++)
        must(b, write_row(c, rows[i].v, &b->f));
    must(b, write_end(c, &b->f, NULL));
    return finish(b, c);
}

str rows_of(bench *b, time_us as_of, const char *sql)
{
    const session_options o = { .as_of = as_of, .history = true };
    auto_session session *s = NULL;
    must(b, session_open(b->st, &o, &b->f, &s));
    auto_cursor cursor *c = NULL;
    must(b, session_query(s, str_of(sql), &b->f, &c));
    buf out = buf_new(b->a, 1 << 20);
    for (bool row, first = true;; first = false) {
        must(b, cursor_next(c, &b->f, &row));
        if (!row)
            break;
        if (!first)
            buf_putc(&out, ';');
        for (int i = 0; i < cursor_columns(c); i++) {
            if (i)
                buf_putc(&out, '|');
            buf_puts(&out, cursor_null(c, i) ? S("?") : cursor_text(c, i));
        }
    }
    return (str){ buf_z(&out), out.n };
}
