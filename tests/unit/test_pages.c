/* What each GET route of every front may cost: tests/pages.txt says for each asker the most statements of SQL and the most
 * memory. Every route is asked in a small and in a large fictional company, as an owner, a member and an auditor. More than
 * the table says fails, and so does a route without a row; ATTEST_WRITE_PAGES=1 writes the table anew, for a person to read.
 * Statements never grow with rows: both companies ask the same. ATTEST_SHOW_PAGES=1 tells each address with its time. */
#include "api/api.h"
#include "scim_server/scim_server.h"
#include "serve/serve.h"
#include "test.h"
#include "web/web.h"

#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { ASKERS = 3, SIZES = 2, ROUTES_MAX = 400, TRIES = 2 };

static const front *const fronts[] = { &web_front, &api_front, &scim_front, &metrics_front };
static const char *const askers[ASKERS] = { "owner", "member", "auditor" };

/* Addresses for the patterns with parameters. In them {type}, {step} and {first} stand for each of the types below, a step
 * of it and its first record; {first:TYPE} for the first record of one type. A pattern without a row is asked as it stands. */
static const struct {
    const char *pattern, *address;
} examples[] = {
    { "/trust/document/{document}", "/trust/document/{first:trust_document}" },
    { "/trust/access/{secret}", "/trust/access/000000000000000000000000000" },
    { "/trust/access/{secret}/{document}", "/trust/access/000000000000000000000000000/{first:trust_document}" },
    { "/start/{secret}", "/start/00000000000000000000000000000000000000000000" },
    { "/assets/{name}", "/assets/attest.css" },
    { "/search", "/search?q=access" },
    { "/search.json", "/search.json?q=access" },
    { "/criteria/{id}", "/criteria/CC6.1" },
    { "/controls/{id}", "/controls/AC-01" },
    { "/tests/{id}", "/tests/account.owner" },
    { "/tests/{id}/waive", "/tests/account.owner/waive" },
    { "/facts/{relation}", "/facts/account" },
    { "/facts/{relation}", "/facts/patch_state" },
    { "/facts/{relation}/row", "/facts/account/row?key={key:account}" },
    { "/facts/{relation}/proof", "/facts/account/proof?key={key:account}" },
    { "/sources/of", "/sources/of?id={first:run}" },
    { "/sql", "/sql?q=SELECT+id,+name+FROM+person+ORDER+BY+id" },
    { "/sql.csv", "/sql.csv?q=SELECT+id,+name+FROM+person+ORDER+BY+id" },
    { "/ledger/proof", "/ledger/proof?commit=10" },
    { "/populations/{name}", "/populations/new_hires" },
    { "/populations/{name}/csv", "/populations/new_hires/csv" },
    { "/reports/{name}", "/reports/readiness" },
    { "/reports/{name}", "/reports/gap" },
    { "/reports/{name}", "/reports/risk" },
    { "/reports/{name}/file", "/reports/readiness/file?format=html" },
    { "/trail/{seq}", "/trail/10" },
    { "/trail/{seq}", "/trail/100" },
    { "/my/policy/{version}", "/my/policy/{first:policy_version}" },
    { "/my/course/{training}", "/my/course/{first:training}" },
    { "/my/course/{training}/quiz", "/my/course/{first:training}/quiz" },
    { "/settings/people/{person}", "/settings/people/{first:person}" },
    { "/api/v1/library/{kind}/{name}", "/api/v1/library/policies/access-control" },
    { "/{type}/{id}/timeline", "/incident/{first:incident}/timeline" },
    { "/{type}/{id}/write", "/policy_version/{first:policy_version}/write" },
    { "/{type}/{id}/work", "/access_review/{first:access_review}/work" },
    { "/{type}/{id}/review", "/vendor/{first:vendor}/review" },
    { "/{type}/{id}/file", "/evidence/{first:evidence}/file" },
    { "/{type}", "/{type}" },
    { "/{type}/new", "/{type}/new" },
    { "/{type}/import", "/{type}/import" },
    { "/{type}/bulk", "/{type}/bulk?step={step}&id={first}" },
    { "/{type}/export.csv", "/{type}/export.csv" },
    { "/{type}/export.json", "/{type}/export.json" },
    { "/{type}/{id}", "/{type}/{first}" },
    { "/{type}/{id}/edit", "/{type}/{first}/edit" },
    { "/{type}/{id}/history", "/{type}/{first}/history" },
    { "/{type}/{id}/proof", "/{type}/{first}/proof" },
    { "/{type}/{id}/attach", "/{type}/{first}/attach" },
    { "/{type}/{id}/do/{step}", "/{type}/{first}/do/{step}" },
    { "/api/v1/{type}", "/api/v1/{type}" },
    { "/api/v1/{type}/export", "/api/v1/{type}/export" },
    { "/api/v1/{type}/{id}", "/api/v1/{type}/{first}" },
    { "/api/v1/{type}/{id}/history", "/api/v1/{type}/{first}/history" },
    { "/api/v1/{type}/{id}/related", "/api/v1/{type}/{first}/related" },
    { "/api/v1/evidence/{id}/file", "/api/v1/evidence/{first:evidence}/file" },
    { "/api/v1/tests/{test}", "/api/v1/tests/account.owner" },
    { "/api/v1/relations/{relation}", "/api/v1/relations/account" },
    { "/api/v1/accounts/{person}", "/api/v1/accounts/{first:person}" },
    { "/api/v1/sources/{source}", "/api/v1/sources/{first:run}" },
    { "/api/v1/ledger/proof", "/api/v1/ledger/proof?commit=10" },
    { "/api/v1/populations/{population}", "/api/v1/populations/new_hires" },
    { "/api/v1/reports/{report}", "/api/v1/reports/gap" },
    { "/scim/v2/ResourceTypes/{name}", "/scim/v2/ResourceTypes/User" },
    { "/scim/v2/Schemas/{name}", "/scim/v2/Schemas/urn:ietf:params:scim:schemas:core:2.0:User" },
    { "/scim/v2/Users/{id}", "/scim/v2/Users/{first:person}" },
    { "/scim/v2/Groups/{id}", "/scim/v2/Groups/none" },
};

/* Those with most rows, with pages of their own, and with most fields. */
static const char *const types[] = { "access_review", "acceptance", "evidence", "person", "policy", "risk", "task" };

/* What one asker is allowed, or took: the most of all examples of a route. */
typedef struct {
    int     status;                      /* of the first example */
    int64_t statements, kib, us;
} cost;

typedef struct {
    const front *front;
    const route *route;
    cost         of[SIZES][ASKERS];
    const char  *dearest[ASKERS];        /* the address that asked most */
} route_cost;

typedef struct {
    arena      *a;
    const char *home, *dir;
    gate       *g;
    http_hooks  hooks;
    http_server *server;                 /* nobody connects to it: /metrics tells its counters */
    str         cookies[ASKERS][TRIES], tokens[ASKERS][TRIES];
    fault       f;
} company;

static route_cost costs[ROUTES_MAX];
/* A few megabytes of text, and the status of the answer with little memory and with enough. */
#define LARGE "/sql?q=SELECT+string_agg(a.login,+b.login)+AS+x+FROM+account+a+CROSS+JOIN+account+b+GROUP+BY+b.login"
static int        with_little_memory, with_enough;
static size_t     n_costs;

static void must(company *c, err_t e)
{
    if (e != ERR_OK)
        fail_msg("%s", c->f.text);
}

/* ---- counting: queries that this thread began, on any connection --------------------------------------- */

static _Thread_local int64_t statements;

static int on_statement(unsigned kind, void *arg, void *statement, void *text)
{
    const char *sql = text;
    (void)kind, (void)arg, (void)statement;
    statements += sqlite3_strnicmp(sql, "SELECT", 6) == 0 || sqlite3_strnicmp(sql, "WITH", 4) == 0;
    return 0;
}

static int on_open(sqlite3 *db, const char **why, const struct sqlite3_api_routines *api)
{
    (void)why, (void)api;
    return sqlite3_trace_v2(db, SQLITE_TRACE_STMT, on_statement, NULL);
}

static int64_t cpu_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* ---- a company and who asks ---------------------------------------------------------------------------------- */

static str first_cell(company *c, const char *sql)
{
    auto_ws workspace *ws = NULL;
    auto_sql sql_result *found = NULL;
    bool more;
    must(c, workspace_open(c->a, c->dir, OPEN_READ, &c->f, &ws));
    must(c, app_sql(ws, str_of(sql), 0, &c->f, &found));
    must(c, cursor_next(sql_rows(found), &c->f, &more));
    return more && !cursor_null(sql_rows(found), 0) ? str_dup(c->a, cursor_text(sql_rows(found), 0)) : S("none");
}

static void sign_in(company *c, int who)
{
    str person = first_cell(c, str_fmt(c->a, "SELECT id FROM person WHERE permission = '%s' AND state = 'active' ORDER BY id", askers[who]).p);
    for (int i = 0; i < TRIES; i++) {
        auth_session s = { .person = person, .stage = STAGE_FULL, .method = S("test"), .second = true, .address = S("127.0.0.1"), .proven_at = time_now() };
        auth_token   t = { .person = person, .label = S("test"), .scopes = SCOPE_READ | SCOPE_SCIM | SCOPE_METRICS, .made_by = person,
                           .made_at = time_now(), .ends_at = time_now() + DAYS(1) };
        must(c, auth_session_begin(gate_auth(c->g), c->a, &s, &c->f, &c->cookies[who][i]));
        must(c, auth_token_make(gate_auth(c->g), c->a, &t, &c->f, &c->tokens[who][i]));
    }
}

static str day(company *c, int64_t from_now) { return str_sub(time_rfc3339(c->a, time_now() + DAYS(from_now)), 0, 10); }

/* The story has no auditor: one comes in from outside, for a period that is not over. */
static void invite_auditor(company *c, workspace *ws)
{
    const principal  root = { .actor = S("cli:test"), .role = ROLE_OWNER };
    const relation  *person = relation_find(S("person")), *engagement_type = relation_find(S("engagement")), *member = relation_find(S("engagement_member"));
    const str        rex = S("rex");
    record_done      done;
    const assignment who[] = { { S("name"), S("Rex") }, { S("email"), S("rex@example.org") }, { S("starts_at"), day(c, -60) }, { S("permission"), S("auditor") } };
    const assignment about[] = { { S("title"), S("Type 2") }, { S("kind"), S("type_2") }, { S("period_from"), day(c, -60) }, { S("period_to"), day(c, 30) } };
    must(c, app_add(ws, c->a, &root, person, rex, who, COUNT(who), S(""), &c->f, &done));
    must(c, app_do(ws, c->a, &root, person, &rex, 1, 0, S("start"), NULL, 0, S(""), &c->f, &done));
    must(c, app_add(ws, c->a, &root, engagement_type, S(""), about, COUNT(about), S(""), &c->f, &done));
    const str        engagement_id = done.id;
    const assignment in[] = { { S("engagement"), engagement_id }, { S("person"), rex } };
    must(c, app_add(ws, c->a, &root, member, S(""), in, COUNT(in), S(""), &c->f, &done));
    must(c, app_do(ws, c->a, &root, engagement_type, &engagement_id, 1, 0, S("open"), NULL, 0, S(""), &c->f, &done));
}

static void finish_story(company *c)
{
    auto_ws workspace *ws = NULL;
    assessment        *as;
    must(c, workspace_open(c->a, c->dir, OPEN_WRITE, &c->f, &ws));
    invite_auditor(c, ws);
    must(c, app_assess(ws, c->a, 0, NULL, 0, &c->f, &as));
    must(c, app_record(ws, c->a, as, S("cli:test"), &c->f));
}

static void begin(company *c, int64_t people)
{
    demo_done done;
    *c = (company){ .a = arena_new((size_t)1 << 30) };
    c->home = mkdtemp(str_z(c->a, S("/tmp/attest-pages-XXXXXX")));
    must(c, app_demo(c->a, c->home, &(demo_settings){ .people = people, .hosts = people / 5, .months = 2, .seed = 3 }, NULL, NULL, &c->f, &done));
    c->dir = str_dup(c->a, str_of(done.dir)).p;
    finish_story(c);
    must(c, gate_open(&(gate_options){ .dir = c->dir, .fronts = fronts, .n_fronts = COUNT(fronts), .job_fd = -1 }, &c->f, &c->g));
    c->hooks = gate_hooks(c->g);
    must(c, http_start(&(http_options){ .address = "127.0.0.1", .listen_fd = -1 }, &c->hooks, &c->f, &c->server));
    gate_serves(c->g, c->server);
    for (int who = 0; who < ASKERS; who++)
        sign_in(c, who);
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st, (void)kind, (void)at;
    return remove(path);
}

static void end(company *c)
{
    http_stop(c->server, 0);
    gate_close(c->g);
    (void)nftw(c->home, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    arena_free(c->a);
}

/* ---- asking ------------------------------------------------------------------------------------------------------ */

static cost ask_within(company *c, const front *fr, int who, int nth, str address, size_t memory)
{
    auto_arena arena *a = arena_new(memory);
    str               query = address, path = str_cut(&query, '?');
    http_pair         cookies[] = { { S("__Host-attest"), c->cookies[who][nth] } };
    http_pair         headers[] = { { S("authorization"), str_fmt(a, "Bearer " STR_FMT, STR_ARG(c->tokens[who][nth])) } };
    http_request      rq = { .a = a, .method = HTTP_GET, .path = path, .raw_path = path, .raw_query = query.p ? query : S(""), .cookies = cookies,
                             .n_cookies = fr->cookies, .headers = headers, .n_headers = !fr->cookies, .host = S("localhost"), .address = S("127.0.0.1") };
    http_response     rs = { .a = a, .status = 200, .body = buf_new(a, HTTP_BODY_MAX) };
    must(c, http_pairs_parse(a, rq.raw_query, &c->f, &rq.query, &rq.n_query));
    int64_t began = cpu_us();
    statements = 0;
    c->hooks.handle(c->hooks.arg, &rq, &rs);
    return (cost){ rs.status, statements, (int64_t)(arena_used_bytes(a) + 1023) / 1024, cpu_us() - began };
}

static cost ask_once(company *c, const front *fr, int who, int nth, str address) { return ask_within(c, fr, who, nth, address, (size_t)1 << 30); }

static int64_t less(int64_t a, int64_t b) { return a < b ? a : b; }
static int64_t more(int64_t a, int64_t b) { return a > b ? a : b; }

/* By two sessions, so that no answer is one that was kept; the second finds open what the first had to open. */
static void measure(company *c, route_cost *rc, int size, int who, str address)
{
    cost *most = &rc->of[size][who];
    cost  one = ask_once(c, rc->front, who, 0, address), two = ask_once(c, rc->front, who, 1, address);
    int64_t n = less(one.statements, two.statements), kib = less(one.kib, two.kib), us = less(one.us, two.us);
    if (getenv("ATTEST_SHOW_PAGES"))
        fprintf(stderr, "%d %-8s " STR_FMT " -> %d, %lld statements, %lld KiB, %lld us\n", size, askers[who], STR_ARG(address), two.status, (long long)n,
                (long long)kib, (long long)us);
    if (two.status >= 500 && rc->route->allows != PERMIT_PUBLIC)
        fail_msg(STR_FMT " as %s: %d", STR_ARG(address), askers[who], two.status);
    if (n > most->statements)
        rc->dearest[who] = str_z(c->a, address);
    *most = (cost){ most->status ? most->status : two.status, more(most->statements, n), more(most->kib, kib), more(most->us, us) };
}

static str replaced(arena *a, str text, const char *word, str by)
{
    const char *at = memmem(text.p, text.n, word, strlen(word));
    if (!at)
        return text;
    size_t before = (size_t)(at - text.p);
    return str_fmt(a, STR_FMT STR_FMT STR_FMT, STR_ARG(str_sub(text, 0, before)), STR_ARG(by), STR_ARG(str_sub(text, before + strlen(word), text.n)));
}

static str first_of(company *c, str type)
{
    const relation *r = relation_find(type);
    assert_non_null(r);
    return first_cell(c, str_fmt(c->a, "SELECT %s FROM %s ORDER BY 1 LIMIT 1", r->fields[0].name, r->name).p);
}

static str with_names(company *c, str text)
{
    const char *at = memmem(text.p, text.n, "{first:", 7);
    if (at) {
        str rest = str_sub(text, (size_t)(at - text.p) + 7, text.n), type = str_cut(&rest, '}');
        text = replaced(c->a, text, str_fmt(c->a, "{first:" STR_FMT "}", STR_ARG(type)).p, first_of(c, type));
    }
    return replaced(c->a, text, "{key:account}", first_cell(c, "SELECT system || '/' || login FROM account ORDER BY 1 LIMIT 1"));
}

static str step_of(const relation *r)
{
    return r->record->n_transitions ? str_of(r->record->transitions[0].name) : S("none");
}

static void ask_example(company *c, route_cost *rc, int size, int who, const char *address)
{
    if (!strstr(address, "{type}")) {
        measure(c, rc, size, who, with_names(c, str_of(address)));
        return;
    }
    for (size_t i = 0; i < COUNT(types); i++) {
        str type = str_of(types[i]);
        str text = replaced(c->a, str_of(address), "{type}", type);
        text = replaced(c->a, text, "{first}", first_of(c, type));
        measure(c, rc, size, who, replaced(c->a, text, "{step}", step_of(relation_find(type))));
    }
}

static void ask_route(company *c, route_cost *rc, int size)
{
    bool found = false;
    for (int who = 0; who < ASKERS; who++)
        for (size_t i = 0; i < COUNT(examples); i++)
            if (strcmp(examples[i].pattern, rc->route->pattern) == 0) {
                ask_example(c, rc, size, who, examples[i].address);
                found = true;
            }
    if (!found && strchr(rc->route->pattern, '{'))
        fail_msg("GET %s: this test knows no address that fits it; add one to `examples`", rc->route->pattern);
    for (int who = 0; !found && who < ASKERS; who++)
        measure(c, rc, size, who, str_of(rc->route->pattern));
}

static void list_routes(void)
{
    for (size_t i = 0; i < COUNT(fronts); i++)
        for (size_t t = 0; t < fronts[i]->n_tables; t++)
            for (size_t k = 0; k < fronts[i]->tables[t]->n; k++) {
                const route *r = &fronts[i]->tables[t]->rows[k];
                assert_true(n_costs < ROUTES_MAX);
                if (r->method == HTTP_GET)
                    costs[n_costs++] = (route_cost){ .front = fronts[i], .route = r };
            }
}

/* ---- the table ------------------------------------------------------------------------------------------------------ */

static const char *name_of(arena *a, const route_cost *rc) { return str_fmt(a, "%s GET %s", rc->front->name, rc->route->pattern).p; }

/* A little more than was measured, so that a word more on a page is none of its business. */
static void write_table(arena *a, const char *path)
{
    fault f = { 0 };
    buf   out = buf_new(a, 1 << 20);
    buf_putz(&out, "# The most a GET route may take: for each asker the status of the example, statements of SQL, KiB of memory.\n"
                   "# Made by tests/unit/test_pages.c (ATTEST_WRITE_PAGES=1); a larger number is a slower page and wants a reason.\n\n");
    for (size_t i = 0; i < n_costs; i++) {
        buf_fmt(&out, "%s :", name_of(a, &costs[i]));
        for (int who = 0; who < ASKERS; who++) {
            const cost *few = &costs[i].of[0][who], *many = &costs[i].of[1][who];
            int64_t     kib = more(few->kib, many->kib);
            buf_fmt(&out, "%s %s %d %lld %lld", who ? "," : "", askers[who], many->status, (long long)more(few->statements, many->statements) + 2,
                    (long long)(kib + kib / 4 + 15) / 16 * 16);
        }
        buf_putc(&out, '\n');
    }
    if (file_replace(path, buf_str(&out), 0644, &f) != ERR_OK)
        fail_msg("%s", f.text);
}

static int64_t number_of(str *rest)
{
    int64_t n;
    str     word = str_word(rest);
    if (!parse_int(word, 0, INT64_MAX, &n))
        fail_msg("pages.txt: \"" STR_FMT "\" is no number", STR_ARG(word));
    return n;
}

static void compare_asker(arena *a, const route_cost *rc, int who, str part)
{
    str word = str_word(&part);
    if (!str_eq(word, str_of(askers[who])))
        fail_msg("pages.txt: %s: \"" STR_FMT "\" stands where %s should", name_of(a, rc), STR_ARG(word), askers[who]);
    int64_t status = number_of(&part), n = number_of(&part), kib = number_of(&part);
    for (int size = 0; size < SIZES; size++) {
        const cost *c = &rc->of[size][who];
        if (c->status != status || c->statements > n || c->kib > kib)
            fail_msg("%s as %s: %d with %lld statements and %lld KiB; the table allows %lld with %lld and %lld (%s)", name_of(a, rc), askers[who], c->status,
                     (long long)c->statements, (long long)c->kib, (long long)status, (long long)n, (long long)kib, rc->dearest[who] ? rc->dearest[who] : "");
    }
}

static void compare_route(arena *a, const route_cost *rc, str table)
{
    str line, name = str_of(name_of(a, rc));
    while (str_line(&table, &line)) {
        str rest = line;
        if (!str_starts(line, name) || !str_starts(str_sub(line, name.n, line.n), S(" : ")))
            continue;
        rest = str_sub(line, name.n + 3, line.n);
        for (int who = 0; who < ASKERS; who++)
            compare_asker(a, rc, who, str_cut(&rest, ','));
        return;
    }
    fail_msg("%s has no row in tests/pages.txt", name.p);
}

/* ---- tests ------------------------------------------------------------------------------------------------------------- */

static int measure_all(void **state)
{
    static const int64_t people[SIZES] = { 20, 120 };
    (void)state;
    list_routes();
    for (int size = 0; size < SIZES; size++) {
        company c;
        time_us began = time_mono();
        begin(&c, people[size]);
        if (getenv("ATTEST_SHOW_PAGES"))
            fprintf(stderr, "made in %lld ms\n", (long long)(time_mono() - began) / 1000);
        for (size_t i = 0; i < n_costs; i++)
            ask_route(&c, &costs[i], size);
        with_little_memory = ask_within(&c, fronts[0], 0, 0, S(LARGE), 1 << 20).status;
        with_enough = ask_once(&c, fronts[0], 0, 0, S(LARGE)).status;
        end(&c);
    }
    return 0;
}

static void the_counters_count(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_costs; i++)
        if (strcmp(costs[i].route->pattern, "/risks") == 0) {
            assert_in_range(costs[i].of[1][0].statements, 3, 100);
            assert_in_range(costs[i].of[1][0].kib, 16, 100000);
            return;
        }
    fail_msg("there is no page /risks");
}

/* Two more may be: after a commit of somebody else who asks is looked up again. */
static void statements_never_grow_with_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_costs; i++)
        for (int who = 0; who < ASKERS; who++)
            if (costs[i].of[1][who].statements > costs[i].of[0][who].statements + 2)
                fail_msg("GET %s as %s: %lld statements with few people, %lld with many", costs[i].route->pattern, askers[who],
                         (long long)costs[i].of[0][who].statements, (long long)costs[i].of[1][who].statements);
}

static void what_does_not_fit_into_memory_is_refused_and_ends_nothing(void **state)
{
    (void)state;
    assert_int_equal(with_enough, 200);
    assert_int_equal(with_little_memory, 422);         /* the page says it beside the query */
}

static void every_route_stays_within_its_row(void **state)
{
    auto_arena arena *a = arena_new(16 << 20);
    fault             f = { 0 };
    str               table;
    const char       *path = getenv("ATTEST_TEST_PAGES");
    (void)state;
    assert_non_null(path);
    if (getenv("ATTEST_WRITE_PAGES"))
        write_table(a, path);
    assert_int_equal(file_read(a, path, 1 << 20, &f, &table), ERR_OK);
    for (size_t i = 0; i < n_costs; i++)
        compare_route(a, &costs[i], table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_counters_count),
        cmocka_unit_test(statements_never_grow_with_rows),
        cmocka_unit_test(what_does_not_fit_into_memory_is_refused_and_ends_nothing),
        cmocka_unit_test(every_route_stays_within_its_row),
    };
    sqlite3_auto_extension((void (*)(void))on_open);
    return cmocka_run_group_tests(tests, measure_all, NULL);
}
