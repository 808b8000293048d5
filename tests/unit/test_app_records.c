/* What a use case over records asks of the store: a fixed number of queries, however many rows. */
#include "test.h"

#include "app/app.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FEW = 100, MANY = 1500 };

static int64_t queries;                   /* SELECTs that began, on any connection of the process */

static int on_statement(unsigned type, void *arg, void *stmt, void *text)
{
    str sql = str_trim(str_of(text));
    (void)type, (void)arg, (void)stmt;
    queries += str_starts(sql, S("SELECT")) || str_starts(sql, S("WITH"));
    return 0;
}

static int on_open(sqlite3 *db, char **message, const void *api)
{
    (void)message, (void)api;
    return sqlite3_trace_v2(db, SQLITE_TRACE_STMT, on_statement, NULL);
}

typedef struct {
    arena      *a;
    const char *home, *dir;
    workspace  *ws;
    principal   who;
    fault       f;
    int         n;
} bench;

static const relation *risk, *person;

static void must(bench *b, err_t e)
{
    if (e != ERR_OK)
        fail_msg("%s", b->f.text);
}

static const char *file_with(bench *b, const char *name, const char *head, const char *row)
{
    const char *path = str_fmt(b->a, "%s/%s", b->home, name).p;
    buf         text = buf_new(b->a, 16 << 20);
    fault       f = { 0 };
    buf_fmt(&text, "%s\n", head);
    for (int i = 1; i <= b->n; i++) {
        str rest = str_of(row);
        while (rest.p) {
            str part = str_cut(&rest, '#');
            buf_puts(&text, part);
            if (rest.p)
                buf_int(&text, i);
        }
        buf_putc(&text, '\n');
    }
    assert_int_equal(file_replace(path, buf_str(&text), 0600, &f), ERR_OK);
    return path;
}

static void import(bench *b, const relation *r, const char *path, bool dry)
{
    import_report rep;
    must(b, app_import(b->ws, b->a, &b->who, r, path, &(import_options){ .dry_run = dry }, &b->f, &rep));
}

static void start(bench *b, int n)
{
    arena *a = arena_new(1 << 30);
    *b = (bench){ .a = a, .n = n };
    b->home = mkdtemp(str_z(a, S("/tmp/attest-app-XXXXXX")));
    must(b, workspace_create(a, b->home, &(workspace_settings){ .name = S("Example") }, &b->f, &b->dir));
    must(b, workspace_open(a, b->dir, OPEN_WRITE, &b->f, &b->ws));
    must(b, app_principal(b->ws, a, S("nobody-here"), S(""), &b->f, &b->who));
    import(b, person, file_with(b, "p.csv", "id,name,email,starts_at,manager", "p#,Person #,p#@example.com,2020-01-01,p#"), false);
    import(b, risk, file_with(b, "r.csv", "title,likelihood,impact,owner", "Risk #,3,4,p#"), false);
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

static void finish(bench *b)
{
    workspace_close(b->ws);
    remove_tree(b->a, b->home);
    arena_free(b->a);
}

/* ---- the use cases ------------------------------------------------------------------------- */

static void find_all(bench *b)
{
    record_list   list;
    record_filter fl;
    must(b, filter_parse(b->a, risk, S("likelihood>2"), &b->f, &fl));
    must(b, app_find(b->ws, b->a, &b->who, &(record_query){ .r = risk, .filters = &fl, .n_filters = 1, .limit = INT64_MAX }, 0, &b->f, &list));
    assert_int_equal(list.n, b->n);
}

static err_t swallow(void *arg, str bytes, fault *f)
{
    (void)f;
    *(size_t *)arg += bytes.n;
    return ERR_OK;
}

static void export_all(bench *b)
{
    int64_t n;
    size_t  bytes = 0;
    must(b, app_export(b->ws, &b->who, &(record_query){ .r = risk }, 0, S("csv"), swallow, &bytes, &b->f, &n));
    assert_int_equal(n, b->n);
    assert_true(bytes > (size_t)b->n * 20);
}

static void get_one(bench *b)
{
    record_view v;
    related    *about;
    size_t      n;
    must(b, app_get(b->ws, b->a, &b->who, risk, S("RISK-7"), 0, &b->f, &v, &about, &n));
}

static void history_of_one(bench *b)
{
    record_change *v;
    size_t         n;
    must(b, app_history(b->ws, b->a, &b->who, risk, S("RISK-7"), &b->f, &v, &n));
}

static void add_one(bench *b)
{
    const assignment set[] = { { S("title"), S("One more") }, { S("owner"), S("p1") } };
    record_done      done;
    must(b, app_add(b->ws, b->a, &b->who, risk, S(""), set, COUNT(set), S(""), &b->f, &done));
    assert_true(str_eq(done.id, str_fmt(b->a, "RISK-%d", b->n + 1)));
}

static str *all_ids(bench *b)
{
    str *ids = NEW_ARRAY(b->a, str, (size_t)b->n);
    for (int i = 0; i < b->n; i++)
        ids[i] = str_fmt(b->a, "RISK-%d", i + 1);
    return ids;
}

static void edit_all(bench *b)
{
    const assignment set[] = { { S("impact"), S("5") }, { S("owner"), S("p2") } };
    record_done      done;
    must(b, app_edit(b->ws, b->a, &b->who, risk, all_ids(b), (size_t)b->n, 0, set, COUNT(set), S(""), &b->f, &done));
    assert_int_equal(done.opened, b->n);
}

static void do_all(bench *b)
{
    record_done done;
    must(b, app_do(b->ws, b->a, &b->who, risk, all_ids(b), (size_t)b->n, 0, S("assess"), NULL, 0, S(""), &b->f, &done));
    assert_int_equal(done.opened, b->n);
}

static void import_new(bench *b)
{
    import(b, person, file_with(b, "q.csv", "id,name,email,manager", "q#,Q #,q#@example.com,p#"), false);
}

static void import_known(bench *b)
{
    import(b, person, file_with(b, "k.csv", "id,team,manager", "p#,team #,p1"), false);
}

static void sync_all(bench *b)
{
    sync_report rep;
    must(b, app_sync(b->ws, b->a, &b->who, file_with(b, "s.csv", "id,name,starts_at,team", "p#,Person #,2020-01-01,other"),
                     &(sync_options){ .dry_run = true }, &b->f, &rep));
    assert_int_equal(rep.joiners, b->n);
}

/* What a use case may ask, once and for all; `writes`: the store looks up each row that is written, beside. */
static const struct { const char *name; void (*run)(bench *b); int64_t max; bool writes; } cases[] = {
    { "find", find_all, 8, false }, { "export", export_all, 8, false }, { "get", get_one, 8, false }, { "history", history_of_one, 8, false },
    { "add", add_one, 30, false }, { "edit of all", edit_all, 40, true }, { "do of all", do_all, 40, true },
    { "import of new", import_new, 40, true }, { "import of known", import_known, 40, true }, { "sync", sync_all, 60, false },
};

static void queries_do_not_grow_with_rows(void **st)
{
    int64_t few[COUNT(cases)];
    (void)st;
    for (int n = FEW; n <= MANY; n += MANY - FEW) {
        bench b;
        start(&b, n);
        for (size_t i = 0; i < COUNT(cases); i++) {
            int64_t max = cases[i].max + (cases[i].writes ? n : 0);
            queries = 0;
            cases[i].run(&b);
            print_message("# %s over %d: %lld queries\n", cases[i].name, n, (long long)queries);
            if (queries > max || queries < 1)
                fail_msg("%s over %d rows: %lld queries; its limit is %lld", cases[i].name, n, (long long)queries, (long long)max);
            if (n == MANY && !cases[i].writes && queries > few[i])
                fail_msg("%s: %lld queries over %d rows, %lld over %d", cases[i].name, (long long)queries, MANY, (long long)few[i], FEW);
            few[i] = queries;
        }
        finish(&b);
    }
}

static void what_is_refused_leaves_the_store_as_it_was(void **st)
{
    bench            b;
    record_done      done;
    const assignment bad[] = { { S("title"), S("x") }, { S("owner"), S("nobody") } };
    record_list      before, after;
    (void)st;
    start(&b, 10);
    must(&b, app_find(b.ws, b.a, &b.who, &(record_query){ .r = risk }, 0, &b.f, &before));
    assert_int_equal(app_add(b.ws, b.a, &b.who, risk, S(""), bad, COUNT(bad), S(""), &b.f, &done), ERR_INVALID);
    assert_int_equal(done.faults.n, 1);
    b.f = (fault){ 0 };
    str ids[] = { S("RISK-1"), S("RISK-99") };
    assert_int_equal(app_edit(b.ws, b.a, &b.who, risk, ids, 2, 0, bad, 1, S(""), &b.f, &done), ERR_NOT_FOUND);
    b.f = (fault){ 0 };
    must(&b, app_find(b.ws, b.a, &b.who, &(record_query){ .r = risk }, 0, &b.f, &after));
    assert_int_equal(before.n, after.n);
    for (size_t i = 0; i < before.n; i++)
        for (size_t k = 0; k < risk->n_fields; k++)
            assert_true(value_eq(&before.rows[i][k], &after.rows[i][k]));
    finish(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(queries_do_not_grow_with_rows),
        cmocka_unit_test(what_is_refused_leaves_the_store_as_it_was),
    };
    risk = relation_find(S("risk"));
    person = relation_find(S("person"));
    sqlite3_auto_extension((void (*)(void))on_open);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
