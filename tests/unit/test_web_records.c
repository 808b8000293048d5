/* How many statements a page of records asks of the store, whatever it shows; and pieces of these pages. */
#include "test.h"
#include "web/form.h"
#include "web/markdown.h"
#include "web/record.h"

#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Everything a request reads through the engine, its frame and who asks included. */
enum { LIST_MAX = 12, SHOW_MAX = 16, FORM_MAX_STATEMENTS = 12, REGISTERS_MAX = 12 };

typedef struct {
    arena     *a;
    gate      *g;
    http_hooks hooks;
    char       parent[64];
    str        cookie;
    fault      f;
} bench;

/* ---- counting --------------------------------------------------------------------------- */

static int n_selects;

static int count_statement(unsigned kind, void *arg, void *p, void *text)
{
    const char *sql = text;
    (void)arg, (void)p;
    n_selects += kind == SQLITE_TRACE_STMT && (sqlite3_strnicmp(sql, "SELECT", 6) == 0 || sqlite3_strnicmp(sql, "WITH", 4) == 0);
    return 0;
}

static int count_on_open(sqlite3 *db, const char **why, const struct sqlite3_api_routines *api)
{
    (void)why, (void)api;
    return sqlite3_trace_v2(db, SQLITE_TRACE_STMT, count_statement, NULL);
}

/* ---- a server without a network -------------------------------------------------------------- */

static void must(bench *b, err_t e)
{
    if (e != ERR_OK)
        fail_msg("%s", b->f.text);
}

static str owner_of(bench *b, const char *dir)
{
    auto_ws workspace *ws = NULL;
    auto_sql sql_result *found = NULL;
    bool more;
    must(b, workspace_open(b->a, dir, OPEN_READ, &b->f, &ws));
    must(b, app_sql(ws, S("SELECT id FROM person WHERE permission = 'owner' AND state = 'active' ORDER BY id LIMIT 1"), 0, &b->f, &found));
    must(b, cursor_next(sql_rows(found), &b->f, &more));
    assert_true(more);
    return str_dup(b->a, cursor_text(sql_rows(found), 0));
}

static int set_up(void **state)
{
    static const front *const fronts[] = { &web_front };
    bench    *b = calloc(1, sizeof *b);
    demo_done done;
    *b = (bench){ .a = arena_new(512 << 20), .parent = "/tmp/attest-web-records-XXXXXX" };
    assert_non_null(mkdtemp(b->parent));
    sqlite3_auto_extension((void (*)(void))count_on_open);
    demo_settings s = { .people = 20, .hosts = 4, .months = 3, .seed = 1 };
    must(b, app_demo(b->a, b->parent, &s, NULL, NULL, &b->f, &done));
    str person = owner_of(b, done.dir);
    must(b, gate_open(&(gate_options){ .dir = done.dir, .fronts = fronts, .n_fronts = COUNT(fronts), .job_fd = -1 }, &b->f, &b->g));
    auth_session se = { .person = person, .stage = STAGE_FULL, .method = S("test"), .second = true, .address = S("127.0.0.1"), .proven_at = time_now() };
    must(b, auth_session_begin(gate_auth(b->g), b->a, &se, &b->f, &b->cookie));
    b->hooks = gate_hooks(b->g);
    *state = b;
    return 0;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw);

static int tear_down(void **state)
{
    bench *b = *state;
    gate_close(b->g);
    assert_int_equal(nftw(b->parent, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
    arena_free(b->a);
    free(b);
    return 0;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    (void)st, (void)kind, (void)ftw;
    return remove(path);
}

/* The page, and what it asked. `query` differs at each call, so that nothing kept is given. */
static str get(bench *b, arena *a, str path, str query, int *ret_selects)
{
    http_pair cookies[] = { { S("__Host-attest"), b->cookie } };
    http_request rq = { .a = a, .method = HTTP_GET, .path = path, .raw_path = path, .raw_query = query, .cookies = cookies, .n_cookies = 1,
                        .host = S("localhost"), .address = S("127.0.0.1") };
    http_response rs = { .a = a, .status = 200, .body = buf_new(a, HTTP_BODY_MAX) };
    must(b, http_pairs_parse(a, query, &b->f, &rq.query, &rq.n_query));
    n_selects = 0;
    b->hooks.handle(b->hooks.arg, &rq, &rs);
    if (ret_selects)
        *ret_selects = n_selects;
    if (rs.status != 200)
        fail_msg(STR_FMT ": %d " STR_FMT, STR_ARG(path), rs.status, STR_ARG(buf_str(&rs.body)));
    return buf_str(&rs.body);
}

/* ---- statements -------------------------------------------------------------------------------- */

static void the_counter_counts(void **state)
{
    bench *b = *state;
    auto_arena arena *a = arena_new(256 << 20);
    int n;
    (void)get(b, a, S("/registers"), S(""), &n);
    assert_true(n > 2);                  /* else nothing below could fail */
    assert_true(n <= REGISTERS_MAX);
}

static size_t rows_in(str html)
{
    size_t n = 0;
    for (size_t i = 0; i + 4 <= html.n; i++)
        n += memcmp(html.p + i, "<tr>", 4) == 0;
    return n ? n - 1 : 0;
}

static void statements_of_a_list_never_grow_with_its_rows(void **state)
{
    bench *b = *state;
    auto_arena arena *a = arena_new(512 << 20);
    int whole, one;
    (void)get(b, a, S("/risk"), S("page=1"), NULL);                  /* what is read once is read */
    assert_int_equal(rows_in(get(b, a, S("/risk"), S("sort=id"), &whole)), 50);
    assert_int_equal(rows_in(get(b, a, S("/risk"), S("id.has=RISK-33"), &one)), 1);
    assert_true(whole <= one);
    assert_true(whole <= LIST_MAX);
}

/* Each type: its list, its first record, the form of a new one. */
static void no_page_of_any_type_asks_more_than_its_share(void **state)
{
    bench *b = *state;
    size_t shown = 0;
    for (size_t i = 0; i < n_relations; i++) {
        auto_arena arena *a = arena_new(256 << 20);
        int n;
        if (!relations[i]->record)
            continue;
        str path = str_fmt(a, "/%s", relations[i]->name), start = str_fmt(a, "<a href=\"/%s/", relations[i]->name);
        str html = get(b, a, path, S(""), &n);
        if (n > LIST_MAX)
            fail_msg(STR_FMT ": %d statements", STR_ARG(path), n);
        (void)get(b, a, str_fmt(a, STR_FMT "/new", STR_ARG(path)), S(""), &n);
        if (n > FORM_MAX_STATEMENTS)
            fail_msg(STR_FMT "/new: %d statements", STR_ARG(path), n);
        const char *body = memmem(html.p, html.n, "<tbody>", 7), *at = body ? memmem(body, html.n - (size_t)(body - html.p), start.p, start.n) : NULL;
        if (!at)
            continue;
        const char *end = memchr(at + 9, '"', 200);
        assert_non_null(end);
        path = (str){ at + 9, (size_t)(end - at) - 9 };
        if (memchr(path.p, '%', path.n))
            continue;                    /* the server decodes it, and there is none here */
        (void)get(b, a, path, S(""), &n);
        if (n > SHOW_MAX)
            fail_msg(STR_FMT ": %d statements", STR_ARG(path), n);
        shown++;
    }
    assert_true(shown > 40);
}

/* ---- pieces ----------------------------------------------------------------------------------------- */

static str markdown(arena *a, const char *text)
{
    buf b = buf_new(a, 1 << 20);
    markdown_put(&b, str_of(text));
    return buf_str(&b);
}

static void markdown_is_never_markup_of_its_writer(void **state)
{
    auto_arena arena *a = arena_new(16 << 20);
    (void)state;
    str html = markdown(a, "# Title\n\n<script>alert(1)</script>\n\n[x](javascript:alert(2)) <b onclick=\"x\">bold</b>\n\n## Part\n\n| a | b |\n|---|---|\n| 1 | <i>2</i> |\n");
    assert_false(str_contains(html, S("<script")));
    assert_false(str_contains(html, S("javascript:")));
    assert_false(str_contains(html, S("onclick")));
    assert_false(str_contains(html, S("<i>")));
    assert_true(str_contains(html, S("<h3>Title</h3>")));            /* below the page's own */
    assert_true(str_contains(html, S("<h4>Part</h4>")));
    assert_true(str_contains(html, S("<td>1</td>")));
    assert_true(str_contains(markdown(a, "### Deep\n\n###### Deeper\n"), S("<h3>Deep</h3>")));
}

static void every_id_has_an_address_that_leads_back(void **state)
{
    static const char *const ids[] = { "RISK-1", "github/ann", "a~2Fb", "~", "new", "import", "bulk", "export.csv", ".", "..", "CC6.1", "a+b&c=d#e%2F", "\xC3\xBC" };
    auto_arena arena *a = arena_new(16 << 20);
    (void)state;
    for (size_t i = 0; i < COUNT(ids); i++) {
        str path = record_path(a, S("risk"), str_of(ids[i]), NULL);
        assert_true(str_starts(path, S("/risk/")) && !memchr(path.p + 6, '/', path.n - 6));
        char *decoded = NEW_ARRAY(a, char, path.n + 1);              /* as the server decodes it, once */
        size_t n = 0;
        for (size_t k = 6; k < path.n; k++) {
            unsigned char c = (unsigned char)path.p[k];
            if (c == '%') {
                assert_true(hex_parse(str_lower(a, str_sub(path, k + 1, k + 3)), &c, 1));
                k += 2;
            }
            decoded[n++] = (char)c;
        }
        assert_false(n == 1 && decoded[0] == '.');
        ask q = { .a = a, .params = { S("risk"), { decoded, n } } };
        assert_true(str_eq(record_id(&q), str_of(ids[i])));
        assert_false(i > 3 && i < 8 && str_eq((str){ decoded, n }, str_of(ids[i])));     /* words of these pages are no ids here */
    }
}

static void types_are_called_as_people_call_them(void **state)
{
    static const struct { const char *type, *plural, *article; } rows[] = {
        { "risk", "Risks", "a risk" }, { "policy", "Policies", "a policy" }, { "person", "People", "a person" }, { "criterion", "Criteria", "a criterion" },
        { "incident", "Incidents", "an incident" }, { "due_diligence", "Due diligence", "a due diligence" }, { "access_review", "Access reviews", "an access review" },
        { "physical_access", "Physical access", "a physical access" }, { "impact_analysis", "Impact analyses", "an impact analysis" }, { "breach", "Breaches", "a breach" },
    };
    auto_arena arena *a = arena_new(16 << 20);
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const relation *r = relation_find(str_of(rows[i].type));
        assert_true(str_eq(type_plural(a, r), str_of(rows[i].plural)));
        assert_true(str_eq(type_article(a, r), str_of(rows[i].article)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_counter_counts),
        cmocka_unit_test(statements_of_a_list_never_grow_with_its_rows),
        cmocka_unit_test(no_page_of_any_type_asks_more_than_its_share),
        cmocka_unit_test(markdown_is_never_markup_of_its_writer),
        cmocka_unit_test(every_id_has_an_address_that_leads_back),
        cmocka_unit_test(types_are_called_as_people_call_them),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
