/* Assessing: now or as of a moment; keeping the outcome; SQL for people. */
#include "app/workspace.h"

#include <string.h>

err_t app_content(workspace *ws, fault *f, const content **ret)
{
    if (!ws->content) {
        content *c;
        TRY(content_load(ws->a, ws_path(ws->a, ws, "content"), f, &c));
        ws->content = c;
    }
    *ret = ws_inside(ws);
    return ERR_OK;
}

err_t app_assess(workspace *ws, arena *a, time_us as_of, const str *only, size_t n_only,
                 fault *f, assessment **ret)
{
    auto_session session *s = NULL;
    const content        *c;
    time_us               at = ws_latest(ws, as_of ? as_of : time_now());
    TRY(app_content(ws, f, &c));
    TRY(session_open(ws->st, &(session_options){ .as_of = at }, f, &s));
    return assess_all(a, s, c, at, only, n_only, f, ret);
}

err_t app_needs(workspace *ws, arena *a, const control_test *t, time_us as_of, fault *f, need_state **ret, size_t *ret_n)
{
    auto_session session *s = NULL;
    time_us               at = ws_latest(ws, as_of ? as_of : time_now());
    TRY(session_open(ws->st, &(session_options){ .as_of = at }, f, &s));
    return assess_needs(a, s, t, at, f, ret, ret_n);
}

static err_t write_one(void *arg, const relation *r, const value *row, fault *f)
{
    (void)r;
    return write_row(arg, row, f);
}

err_t ws_record(workspace *ws, arena *a, const assessment *as, str actor, fault *f, commit_done *ret)
{
    static const char *const names[] = { "assessment", "control_result", "criterion_result", "exception", "result" };
    auto_commit commit *c = NULL;
    assessment          told = *as;
    int64_t             duplicates;
    told.actor = actor;
    TRY(commit_begin(ws->st, &(commit_info){ .actor = actor, .action = S("assess"),
                                             .reason = time_rfc3339(a, as->as_of) }, f, &c));
    for (size_t i = 0; i < COUNT(names); i++) {
        const relation *r = relation_find(str_of(names[i]));
        TRY(write_begin(c, r, S("assess"), WRITE_SNAPSHOT, f));
        TRY(assess_rows(a, &told, r, write_one, c, f));
        TRY(write_end(c, f, &duplicates));
    }
    return commit_finish(TAKE(c), a, f, ret);
}

err_t app_record(workspace *ws, arena *a, const assessment *as, str actor, fault *f)
{
    commit_done done = { 0 };
    TRY(ws_record(ws, a, as, actor, f, &done));
    return ws_publish(ws, f);
}

/* ---- what a report shows around it ------------------------------------------- */

static err_t list_sources(workspace *ws, arena *a, time_us as_of, fault *f, report_input *in)
{
    auto_session session *s = NULL;
    auto_cursor cursor   *c = NULL;
    DA(report_source) rows = { 0 };
    bool more;
    TRY(session_open(ws->st, &(session_options){ .as_of = as_of }, f, &s));
    TRY(session_query(s, sql_read(a, "sql/report_sources.sql", NULL, 0), f, &c));
    for (;;) {
        TRY(cursor_next(c, f, &more));
        if (!more)
            break;
        da_push(a, &rows) = (report_source){
            .source = str_dup(a, cursor_text(c, 0)), .status = str_dup(a, cursor_text(c, 1)),
            .reason = str_dup(a, cursor_text(c, 2)), .ended_at = cursor_int(c, 3),
        };
    }
    in->sources = rows.v;
    in->n_sources = rows.n;
    return ERR_OK;
}

/* Who reads the facts may have neither key nor checkpoint; the report then says so. */
static err_t newest_signed(workspace *ws, arena *a, fault *f, report_input *ret)
{
    auto_hasher hasher *h = hasher_new();
    fault               why = { 0 };
    str                 text, vkey;
    note_verifier       key;
    note                n;
    err_t               e = app_checkpoint(ws, a, &why, &text, &vkey);
    if (e == ERR_NOT_FOUND || e == ERR_DENIED)
        return ERR_OK;
    if (e != ERR_OK)
        return fail(f, e, "%s", why.text);
    TRY(verifier_parse(a, vkey, f, &key));
    TRY(note_open(a, h, text, &key, 1, f, &n));
    TRY(checkpoint_parse(a, n.text, f, &ret->ledger));
    ret->has_checkpoint = true;
    return ERR_OK;
}

err_t app_report_input(workspace *ws, arena *a, const assessment *as, fault *f, report_input *ret)
{
    *ret = (report_input){ .as = as, .workspace = ws_shown_name(ws, a), .program = S("Attest " ATTEST_VERSION) };
    TRY(list_sources(ws, a, as->as_of, f, ret));
    return newest_signed(ws, a, f, ret);
}

/* ---- SQL ------------------------------------------------------------------------ */

struct sql_result {
    session *s;
    cursor  *c;
};

err_t app_sql(workspace *ws, str sql, time_us as_of, fault *f, sql_result **ret)
{
    sql_result *r = NEW(ws->a, sql_result);
    TRY(ws_session(ws, &(session_options){ .as_of = as_of ? as_of : TIME_MAX, .history = true }, f, &r->s));
    err_t e = session_query(r->s, sql, f, &r->c);
    if (e != ERR_OK) {
        session_close(r->s);
        return e;
    }
    *ret = r;
    return ERR_OK;
}

/* What a query reads is a relation, its history, or the commits. */
static err_t may_read(const principal *who, const str *tables, size_t n, fault *f)
{
    for (size_t i = 0; i < n; i++) {
        str             name = str_ends(tables[i], S("_history")) ? str_sub(tables[i], 0, tables[i].n - strlen("_history")) : tables[i];
        const relation *r = relation_find(name);
        if (who->until && (!r || !str_eq(name, tables[i])))
            return fail(f, ERR_DENIED, STR_FMT " reaches beyond your engagement; ask the relations as of a moment within it", STR_ARG(tables[i]));
        if (r && r->record)
            TRY(record_may_read_all(who, r, f));
    }
    return ERR_OK;
}

err_t app_sql_within(workspace *ws, arena *a, const principal *who, str sql, time_us as_of, const sql_limits *l, fault *f, sql_result **ret)
{
    sql_result *r = NEW(a, sql_result);
    str        *tables;
    size_t      n;
    TRY(sandbox_check(a, sql, true, f, &tables, &n));
    TRY(may_read(who, tables, n, f));
    TRY(ws_session(ws, &(session_options){ .as_of = as_of ? as_of : TIME_MAX, .time_max = l->time_max, .rows_max = l->rows_max,
                                           .memory_max = l->memory_max, .history = true }, f, &r->s));
    err_t e = session_query(r->s, sql, f, &r->c);
    if (e != ERR_OK) {
        session_close(r->s);
        return e;
    }
    *ret = r;
    return ERR_OK;
}

cursor *sql_rows(sql_result *r) { return r->c; }

void sql_close(sql_result *r)
{
    if (!r)
        return;
    cursor_close(r->c);
    session_close(r->s);
    r->c = NULL;
    r->s = NULL;
}

err_t app_first_collection(workspace *ws, fault *f, time_us *ret)
{
    auto_sql sql_result *r = NULL;
    bool                 any;
    TRY(app_sql(ws, sql_read(ws->a, "sql/first_collection.sql", NULL, 0), 0, f, &r));
    TRY(cursor_next(r->c, f, &any));
    *ret = any && !cursor_null(r->c, 0) ? cursor_int(r->c, 0) : 0;
    return ERR_OK;
}
