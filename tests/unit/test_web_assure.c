/* The pages of Assure, Evidence and Audit, asked in this process: how many queries each takes at most, that what is
 * hostile stands there as text, who is refused, and what the forms do. */
#include "test.h"

#include "api/api.h"
#include "gate/gate.h"
#include "web/web.h"

#include <ftw.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#define HOSTILE "<script>alert(1)</script>"
#define SHOWN   "&lt;script&gt;alert(1)&lt;/script&gt;"

static int64_t queries;                   /* SELECTs that began, on any connection of the process */

static int on_statement(unsigned type, void *arg, void *stmt, void *text)
{
    str sql = str_trim(str_of(text));
    (void)type, (void)arg, (void)stmt;
    if (str_starts(sql, S("SELECT")) || str_starts(sql, S("WITH")))
        __atomic_add_fetch(&queries, 1, __ATOMIC_RELAXED);
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
    gate       *g;
    str         owner, contributor, member;            /* cookies */
    str         contributor_id;
    fault       f;
} bench;

static bench it;

static void must(err_t e)
{
    if (e != ERR_OK)
        fail_msg("%s", it.f.text);
}

/* ---- a company, and something hostile in it ---------------------------------------------------------------- */

static void put_row(commit *c, const char *name, str from, const char *json)
{
    const relation *r = relation_find(str_of(name));
    value          *row = NEW_ARRAY(it.a, value, r->n_fields);
    int64_t         duplicates;
    must(row_parse(r, str_of(json), it.a, &it.f, row));
    must(write_begin(c, r, from, WRITE_MERGE, &it.f));
    must(write_row(c, row, &it.f));
    must(write_end(c, &it.f, &duplicates));
}

static void collect_hostile(void)
{
    auto_ws workspace  *ws = NULL;
    auto_commit commit *c = NULL;
    store              *st;
    commit_done         done;
    const str           from = S("exec:/srv/\"" HOSTILE);
    must(workspace_open(it.a, it.dir, OPEN_WRITE, &it.f, &ws));
    must(store_open(&(store_options){ .url = str_z(it.a, workspace_store(ws)), .flags = STORE_WRITE }, &it.f, &st));
    must(commit_begin(st, &(commit_info){ S("source:test"), S("collect"), S("reason with \"quotes\" and " HOSTILE) }, &it.f, &c));
    time_us now = commit_moment(c);
    put_row(c, "account", from, "{\"system\":\"h\\\"1'\",\"login\":\"" HOSTILE "\",\"kind\":\"human\",\"active\":true,\"full_name\":\"" HOSTILE "\"}");
    put_row(c, "run", from, str_fmt(it.a, "{\"source\":\"exec:/srv/\\\"" HOSTILE "\",\"started_at\":%lld,\"ended_at\":%lld,\"status\":\"ok\",\"tool\":\"test\"}",
                                    (long long)now - 1, (long long)now).p);
    put_row(c, "run_status", from, "{\"source\":\"exec:/srv/\\\"" HOSTILE "\",\"relation\":\"account\",\"status\":\"denied\",\"reason\":\"it's \\\"" HOSTILE "\"}");
    must(commit_finish(TAKE(c), it.a, &it.f, &done));
    store_close(st);
}

static void assess_and_record(void)
{
    auto_ws workspace *ws = NULL;
    assessment        *as;
    must(workspace_open(it.a, it.dir, OPEN_WRITE, &it.f, &ws));
    must(app_assess(ws, it.a, 0, NULL, 0, &it.f, &as));
    must(app_record(ws, it.a, as, S("cli:test"), &it.f));
}

static str person_with(workspace *ws, const char *permission)
{
    const relation *r = relation_find(S("person"));
    principal       root = { .actor = S("cli:test"), .role = ROLE_OWNER };
    record_filter   filters[2];
    record_list     list;
    must(filter_parse(it.a, r, str_fmt(it.a, "permission=%s", permission), &it.f, &filters[0]));
    must(filter_parse(it.a, r, S("state=active"), &it.f, &filters[1]));
    must(app_find(ws, it.a, &root, &(record_query){ .r = r, .filters = filters, .n_filters = 2 }, 0, &it.f, &list));
    assert_true(list.n > 0);
    return row_text(r, list.rows[0], "id");
}

static str signed_in(workspace *ws, const char *permission)
{
    str          cookie;
    auth_session s = { .person = person_with(ws, permission), .stage = STAGE_FULL, .method = S("password+totp"), .second = true, .proven_at = time_now() };
    must(auth_session_begin(gate_auth(it.g), it.a, &s, &it.f, &cookie));
    return cookie;
}

static int begin(void **arg)
{
    static const front *const fronts[] = { &web_front, &api_front };
    auto_ws workspace *ws = NULL;
    demo_done          done;
    (void)arg;
    it.a = arena_new((size_t)2 << 30);
    it.home = mkdtemp(str_z(it.a, S("/tmp/attest-test-XXXXXX")));
    const char *company = str_fmt(it.a, "%s/company", it.home).p;
    must(app_demo(it.a, company, &(demo_settings){ .people = 20, .hosts = 4, .months = 3, .seed = 7 }, NULL, NULL, &it.f, &done));
    must(workspace_find(it.a, company, &it.f, &it.dir));
    collect_hostile();
    assess_and_record();
    must(workspace_open(it.a, it.dir, OPEN_READ, &it.f, &ws));
    must(gate_open(&(gate_options){ .dir = it.dir, .fronts = fronts, .n_fronts = 2, .job_fd = -1 }, &it.f, &it.g));
    it.owner = signed_in(ws, "owner");
    it.contributor = signed_in(ws, "contributor");
    it.member = signed_in(ws, "member");
    it.contributor_id = person_with(ws, "contributor");
    return 0;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st, (void)kind, (void)at;
    return remove(path);
}

static int end(void **arg)
{
    (void)arg;
    gate_close(it.g);
    nftw(it.home, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    arena_free(it.a);
    return 0;
}

/* ---- asking --------------------------------------------------------------------------------------------------- */

typedef struct {
    int status;
    str body, location;
} answer;

static answer ask_as(str cookie, http_method method, const char *path, const char *query, str body)
{
    http_pair     cookies[] = { { S("__Host-attest"), cookie } };
    http_pair     headers[] = { { S("content-type"), S("application/x-www-form-urlencoded") }, { S("sec-fetch-site"), S("same-origin") } };
    http_request  rq = { .a = it.a, .method = method, .path = str_of(path), .raw_path = str_of(path), .raw_query = str_of(query), .headers = headers, .n_headers = 2,
                         .cookies = cookies, .n_cookies = 1, .host = S("localhost:1"), .body = body, .address = S("127.0.0.1") };
    http_response rs = { .a = it.a, .status = 200, .body = buf_new(it.a, HTTP_BODY_MAX) };
    http_hooks    hooks = gate_hooks(it.g);
    answer        an = { 0 };
    must(http_pairs_parse(it.a, rq.raw_query, &it.f, &rq.query, &rq.n_query));
    hooks.handle(hooks.arg, &rq, &rs);
    an.status = rs.status;
    an.body = buf_str(&rs.body);
    for (size_t i = 0; i < rs.headers.n; i++)
        if (str_eq(rs.headers.v[i].name, S("Location")))
            an.location = rs.headers.v[i].value;
    return an;
}

static answer get_as(str cookie, const char *path, const char *query) { return ask_as(cookie, HTTP_GET, path, query, S("")); }

/* The word that each form of the session carries. */
static str csrf_of(str cookie)
{
    answer an = get_as(cookie, "/sql", "");
    const char *at = strstr(str_z(it.a, an.body), "name=\"csrf\" value=\"");
    assert_non_null(at);
    str rest = str_of(at + strlen("name=\"csrf\" value=\""));
    return str_cut(&rest, '"');
}

static answer post_as(str cookie, const char *path, str fields)
{
    return ask_as(cookie, HTTP_POST, path, "", str_fmt(it.a, "csrf=" STR_FMT "&" STR_FMT, STR_ARG(csrf_of(cookie)), STR_ARG(fields)));
}

static void holds(const answer *an, const char *path, const char *text)
{
    if (!str_contains(an->body, str_of(text)))
        fail_msg("%s (%d) does not say \"%s\"", path, an->status, text);
}

/* ---- the tests --------------------------------------------------------------------------------------------------- */

#define ITEM_QUERY "key=h%221%27%2F%3Cscript%3Ealert(1)%3C%2Fscript%3E"

/* Among them, of every page: the number of commits, and the last commit of each session; after an export who asks (2). */
static const struct {
    const char *path, *query;
    int         most;                     /* 0: what it takes is written by another thread, too, and not counted */
} pages[] = {
    { "/criteria", "", 5 }, { "/criteria", "category=privacy&state=fail", 5 }, { "/criteria/CC6.1", "", 13 },
    { "/controls", "", 7 }, { "/controls", "state=fail&owner=-", 7 }, { "/controls/AC-01", "", 21 },
    { "/tests", "", 5 }, { "/tests", "criterion=CC6.1&severity=high", 5 }, { "/tests/account.owner", "", 17 }, { "/tests/account.owner/waive", "", 3 },
    { "/exceptions", "", 9 }, { "/exceptions", "severity=high&waived=no&q=x&since=2020-01-01", 9 }, { "/exceptions.csv", "", 0 },
    { "/facts", "", 7 }, { "/facts", "kind=records", 5 }, { "/facts", "kind=results", 5 }, { "/facts/account", "", 5 }, { "/facts/account/row", ITEM_QUERY, 5 },
    { "/sources", "", 5 }, { "/sources/of", "id=exec%3A%2Fsrv%2F%22%3Cscript%3Ealert(1)%3C%2Fscript%3E", 9 }, { "/sql", "q=SELECT+login+FROM+account", 3 },
    { "/ledger", "", 2 }, { "/trail", "", 3 }, { "/trail", "show=all&q=quotes", 3 }, { "/trail/access", "", 3 }, { "/trail/3", "", 12 }, { "/trail.csv", "show=all", 0 },
    { "/populations", "", 3 }, { "/populations/terminations", "", 9 }, { "/reports", "", 1 }, { "/reports/risk", "", 6 },
};

static void each_page_takes_no_more_queries_than_it_says(void **arg)
{
    (void)arg;
    bool over = false;
    assert_int_equal(get_as(it.owner, "/trail/0", "").status, 200);              /* who asks is known from here on */
    for (size_t i = 0; i < COUNT(pages); i++) {
        __atomic_store_n(&queries, 0, __ATOMIC_RELAXED);
        answer  an = get_as(it.owner, pages[i].path, pages[i].query);
        int64_t n = __atomic_load_n(&queries, __ATOMIC_RELAXED);
        bool    bad = an.status != 200 || (pages[i].most && n > pages[i].most);
        if (bad)
            print_error("%s?%s: %d, %lld queries, at most %d are allowed\n", pages[i].path, pages[i].query, an.status, (long long)n, pages[i].most);
        over |= bad;
    }
    assert_false(over);
}

static void every_page_shows_what_is_hostile_as_text(void **arg)
{
    (void)arg;
    for (size_t i = 0; i < COUNT(pages); i++) {
        answer an = get_as(it.owner, pages[i].path, pages[i].query);
        if (!str_ends(str_of(pages[i].path), S(".csv")) && str_contains(an.body, S(HOSTILE)))
            fail_msg("%s?%s runs what a source wrote", pages[i].path, pages[i].query);
    }
    static const struct { const char *path, *query; } there[] = {
        { "/facts/account", "column=login&holds=script" }, { "/facts/account/row", ITEM_QUERY }, { "/sources", "" }, { "/trail", "show=all&q=quotes" },
        { "/sources/of", "id=exec%3A%2Fsrv%2F%22%3Cscript%3Ealert(1)%3C%2Fscript%3E" }, { "/tests/account.owner", "" },
        { "/sql", "q=SELECT+login+FROM+account+WHERE+login+LIKE+%27%3Cs%25%27" },
    };
    for (size_t i = 0; i < COUNT(there); i++) {
        answer an = get_as(it.owner, there[i].path, there[i].query);
        holds(&an, there[i].path, SHOWN);
    }
}

static void what_was_denied_is_told_with_its_reason_and_keeps_the_item_from_passing(void **arg)
{
    (void)arg;
    answer of = get_as(it.owner, "/sources/of", "id=exec%3A%2Fsrv%2F%22%3Cscript%3Ealert(1)%3C%2Fscript%3E");
    holds(&of, "/sources/of", "denied");
    holds(&of, "/sources/of", "it&#39;s &quot;" SHOWN);
    answer test = get_as(it.owner, "/tests/account.owner", "");
    holds(&test, "/tests/account.owner", "not fresh");
    holds(&test, "/tests/account.owner", "unknown");
    answer items = get_as(it.owner, "/sql", "q=SELECT+item+FROM+exception+WHERE+test+%3D+%27account.owner%27+AND+ok+IS+NULL+AND+item+LIKE+%27h%25script%25%27");
    holds(&items, "/sql", "1 row<");
}

static void who_may_not_read_a_register_reads_it_by_no_other_way(void **arg)
{
    (void)arg;
    static const struct { const char *path, *query; int status; } ways[] = {
        { "/facts/performance_review", "", 403 }, { "/facts/performance_review/row", "key=PR-1", 403 }, { "/facts/performance_review/proof", "key=PR-1", 403 },
        { "/sql", "q=SELECT+id+FROM+performance_review", 422 }, { "/sql", "q=SELECT+id+FROM+performance_review_history", 422 },
        { "/sql", "q=WITH+x+AS+(SELECT+id+FROM+background_check)+SELECT+id+FROM+x", 422 }, { "/sql.csv", "q=SELECT+id+FROM+performance_review", 403 },
    };
    for (size_t i = 0; i < COUNT(ways); i++) {
        answer an = get_as(it.contributor, ways[i].path, ways[i].query);
        if (an.status != ways[i].status)
            fail_msg("%s?%s answers a contributor %d", ways[i].path, ways[i].query, an.status);
    }
    answer list = get_as(it.contributor, "/facts", "kind=records");
    assert_false(str_contains(list.body, S("performance_review")));
    answer whole = get_as(it.owner, "/facts", "kind=records");
    holds(&whole, "/facts", "performance_review");
}

/* What the same person's token opens. */
static answer by_token(str token, http_method method, const char *path, str body)
{
    http_pair     headers[] = { { S("content-type"), S("application/json") }, { S("authorization"), str_fmt(it.a, "Bearer " STR_FMT, STR_ARG(token)) } };
    http_request  rq = { .a = it.a, .method = method, .path = str_of(path), .raw_path = str_of(path), .headers = headers, .n_headers = 2,
                         .host = S("localhost:1"), .body = body, .address = S("127.0.0.1") };
    http_response rs = { .a = it.a, .status = 200, .body = buf_new(it.a, HTTP_BODY_MAX) };
    http_hooks    hooks = gate_hooks(it.g);
    hooks.handle(hooks.arg, &rq, &rs);
    return (answer){ .status = rs.status, .body = buf_str(&rs.body) };
}

static void nor_by_the_api(void **arg)
{
    (void)arg;
    str        token;
    auth_token t = { .person = it.contributor_id, .label = S("test"), .scopes = SCOPE_READ, .made_by = it.contributor_id, .ends_at = time_now() + HOURS(1) };
    must(auth_token_make(gate_auth(it.g), it.a, &t, &it.f, &token));
    assert_int_equal(by_token(token, HTTP_POST, "/api/v1/sql", S("{\"query\":\"SELECT login FROM account\"}")).status, 200);
    assert_int_equal(by_token(token, HTTP_POST, "/api/v1/sql", S("{\"query\":\"SELECT id FROM performance_review\"}")).status, 403);
    assert_int_equal(by_token(token, HTTP_GET, "/api/v1/relations/account", S("")).status, 200);
    assert_int_equal(by_token(token, HTTP_GET, "/api/v1/relations/performance_review", S("")).status, 403);
}

static void a_member_sees_none_of_these_pages(void **arg)
{
    (void)arg;
    for (size_t i = 0; i < COUNT(pages); i++)
        if (get_as(it.member, pages[i].path, pages[i].query).status != 403)
            fail_msg("%s answers a member", pages[i].path);
}

static void a_query_that_is_refused_says_where_and_changes_nothing(void **arg)
{
    (void)arg;
    answer an = get_as(it.owner, "/sql", "q=SELECT+nothing+FROM+account");
    assert_int_equal(an.status, 422);
    holds(&an, "/sql", "1:8");
    static const char *const writes[] = { "DELETE+FROM+account", "UPDATE+account_h+SET+login=1", "SELECT+1;SELECT+2", "ATTACH+%27/etc/passwd%27+AS+x", "SELECT+*+FROM+sqlite_master" };
    for (size_t i = 0; i < COUNT(writes); i++)
        assert_int_equal(get_as(it.owner, "/sql", str_fmt(it.a, "q=%s", writes[i]).p).status, 422);
}

static void a_query_is_counted_to_its_limit_and_shown_in_part(void **arg)
{
    (void)arg;
    answer an = get_as(it.owner, "/sql", "q=SELECT+a.login,+b.login+AS+other+FROM+account+a+CROSS+JOIN+account+b+CROSS+JOIN+host+h");
    assert_int_equal(an.status, 200);
    holds(&an, "/sql", "the first 200 are shown");
}

static void a_post_without_the_words_of_the_session_is_refused(void **arg)
{
    (void)arg;
    static const char *const paths[] = { "/tests/account.owner/run", "/tests/account.owner/waive", "/ledger/verify", "/sql", "/sql.csv" };
    for (size_t i = 0; i < COUNT(paths); i++)
        assert_int_equal(ask_as(it.owner, HTTP_POST, paths[i], "", S("q=SELECT+1")).status, 403);
}

static void a_run_shows_every_item_and_records_nothing(void **arg)
{
    (void)arg;
    answer before = get_as(it.owner, "/ledger", "");
    answer an = post_as(it.contributor, "/tests/account.owner/run", S(""));
    assert_int_equal(an.status, 200);
    holds(&an, "run", "not recorded");
    holds(&an, "run", SHOWN);
    answer after = get_as(it.owner, "/ledger", "");
    assert_true(str_eq(before.body, after.body));
}

static void a_waiver_is_asked_for_and_approved_by_nobody_yet(void **arg)
{
    (void)arg;
    answer bad = post_as(it.contributor, "/tests/governance.owner/waive", S("reason=x"));
    assert_int_equal(bad.status, 404);
    bad = post_as(it.contributor, "/tests/account.owner/waive", S("item=h1%2Fx&reason=&starts_at=2026-01-01&ends_at=2099-01-01"));
    assert_int_equal(bad.status, 422);
    holds(&bad, "waive", "reason");
    bad = post_as(it.contributor, "/tests/account.owner/waive", S("reason=because&starts_at=2026-01-01&ends_at=2099-01-01"));
    assert_int_equal(bad.status, 422);
    holds(&bad, "waive", "choose at least one item");
    answer an = post_as(it.contributor, "/tests/account.owner/waive",
                        S("item=h1%2Fx&item=h1%2Fy&reason=it%27s+%22" HOSTILE "%22&starts_at=2026-01-01&ends_at=2099-01-01"));
    assert_int_equal(an.status, 303);
    assert_true(str_eq(an.location, S("/waiver?test=account.owner&state=requested&done=asked")));
    answer there = get_as(it.owner, "/sql", "q=SELECT+item,+state,+requester,+approver+FROM+waiver+WHERE+item+LIKE+%27h1/%25%27+ORDER+BY+item");
    holds(&there, "waiver", "2 rows");
    holds(&there, "waiver", "requested");
    holds(&there, "waiver", str_z(it.a, it.contributor_id));
}

static void the_state_shown_is_the_one_recorded_and_says_what_came_since(void **arg)
{
    (void)arg;
    answer fresh = get_as(it.owner, "/criteria", "");
    holds(&fresh, "/criteria", "As recorded");
    holds(&fresh, "/criteria", "Since then");       /* the waivers asked for above */
    answer then = get_as(it.owner, "/criteria", "as-of=2001-01-01");
    holds(&then, "/criteria then", "No assessment has been recorded by then");
    holds(&then, "/criteria then", "not assessed");
    assert_false(str_contains(then.body, S("s-pass")));
}

static void note_tamper(void *arg, const tamper *t)
{
    verified *v = arg;
    if (v->n < VERIFIED_TAMPERS)
        v->v[v->n++] = (tamper){ t->kind, str_dup(it.a, t->relation), str_dup(it.a, t->key), t->version, t->seq, str_dup(it.a, t->what) };
}

/* What the supervisor's job does: the history is computed again, and the outcome kept for the page. */
static answer verified_now(void)
{
    auto_ws workspace *ws = NULL;
    verified v = { .began_at = time_now(), .why = S(""), .v = NEW_ARRAY(it.a, tamper, VERIFIED_TAMPERS) };
    must(workspace_open(it.a, it.dir, OPEN_READ, &it.f, &ws));
    must(app_verify(ws, it.a, S(""), note_tamper, &v, NULL, &it.f, &v.r));
    v.ended_at = time_now();
    must(app_verified_keep(it.a, it.dir, &v, &it.f));
    return get_as(it.owner, "/ledger/verified", "");
}

static void verifying_finds_what_was_changed_behind_its_back(void **arg)
{
    (void)arg;
    answer whole = verified_now();
    assert_int_equal(whole.status, 200);
    holds(&whole, "verify", "Nothing was altered");
    sqlite3 *db;
    assert_int_equal(sqlite3_open(str_fmt(it.a, "%s/attest.db", it.dir).p, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "UPDATE account_h SET full_name = 'somebody else' WHERE login LIKE '<s%'", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    answer broken = verified_now();
    holds(&broken, "verify", "The history was changed");
    holds(&broken, "verify", "altered");
    holds(&broken, "verify", SHOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_page_takes_no_more_queries_than_it_says),
        cmocka_unit_test(every_page_shows_what_is_hostile_as_text),
        cmocka_unit_test(what_was_denied_is_told_with_its_reason_and_keeps_the_item_from_passing),
        cmocka_unit_test(who_may_not_read_a_register_reads_it_by_no_other_way),
        cmocka_unit_test(nor_by_the_api),
        cmocka_unit_test(a_member_sees_none_of_these_pages),
        cmocka_unit_test(a_query_that_is_refused_says_where_and_changes_nothing),
        cmocka_unit_test(a_query_is_counted_to_its_limit_and_shown_in_part),
        cmocka_unit_test(a_post_without_the_words_of_the_session_is_refused),
        cmocka_unit_test(a_run_shows_every_item_and_records_nothing),
        cmocka_unit_test(a_waiver_is_asked_for_and_approved_by_nobody_yet),
        cmocka_unit_test(the_state_shown_is_the_one_recorded_and_says_what_came_since),
        cmocka_unit_test(verifying_finds_what_was_changed_behind_its_back),
    };
    sqlite3_auto_extension((void (*)(void))on_open);
    return cmocka_run_group_tests(tests, begin, end);
}
