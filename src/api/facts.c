/* Facts and results as rows, SQL over them, rows from outside, the log. */
#include "api/parts.h"

static err_t get_relations(ask *q)
{
    static const char *const kinds[] = { "fact", "result", "record", "state" };
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_key(&w, "items");
    jw_arr(&w);
    for (size_t i = 0; i < n_relations; i++) {
        jw_obj(&w);
        jw_kstr(&w, "name", str_of(relations[i]->name));
        jw_kstr(&w, "kind", str_of(kinds[relations[i]->kind]));
        jw_kstr(&w, "doc", str_of(relations[i]->doc));
        jw_end_obj(&w);
    }
    jw_end_arr(&w);
    jw_end_obj(&w);
    return ERR_OK;
}

static str names_of(ask *q, const relation *r, bool keys_only)
{
    buf b = buf_new(q->a, 64 << 10);
    for (size_t i = 0; i < r->n_fields; i++)
        if (!keys_only || r->fields[i].flags & FIELD_KEY)
            buf_fmt(&b, "%s%s", b.n ? ", " : "", r->fields[i].name);
    return buf_str(&b);
}

static bool own_source(const relation *r) { return relation_field(r, S("source")) >= 0; }

/* A register of records is read whole by whom its type lets read it whole. */
static err_t may_read(ask *q, const relation *r)
{
    return r->record ? record_may_read_all(&q->who, r, &q->f) : ERR_OK;
}

static err_t count_rows(ask *q, const relation *r, int64_t *ret)
{
    const sql_hole hole = { "relation", str_of(r->name) };
    row_table t = { 0 };
    TRY(app_rows(q->ws, q->a, "sql/api/count.sql", &hole, 1, q->as_of, &q->f, &t));
    return parse_int(table_cell(&t, 0, 0), 0, INT64_MAX, ret) ? ERR_OK : fail(&q->f, ERR_INTERNAL, "a count is no number");
}

static void put_row(ask *q, json_writer *w, const relation *r, const row_table *t, size_t row)
{
    jw_obj(w);
    for (size_t k = 0; k < r->n_fields; k++) {
        str   cell = table_cell(t, row, k);
        value v = V_UNKNOWN;
        if (cell.p && r->fields[k].kind == F_TEXT)
            v = v_text(cell);
        else if (cell.p && parse_int(cell, INT64_MIN, INT64_MAX, &v.i))
            v.kind = V_INT;
        jw_key(w, r->fields[k].name);
        put_value(q, w, &r->fields[k], &v);
    }
    if (!own_source(r))
        put_kcell(w, "source", table_cell(t, row, r->n_fields));
    int64_t from;
    if (parse_int(table_cell(t, row, t->n_columns - 1), 0, INT64_MAX, &from))
        put_ktime(q, w, "valid_from", from);
    jw_end_obj(w);
}

static err_t get_relation(ask *q)
{
    const relation *r = relation_find(q->params[0]);
    list_page       p;
    row_table       t = { 0 };
    int64_t         total;
    if (!r)
        return fail(&q->f, ERR_NOT_FOUND, "there is no relation \"" STR_FMT "\"", STR_ARG(utf8_cut(q->params[0], 80)));
    TRY(may_read(q, r));
    TRY(page_wanted(q, &p));
    const sql_hole holes[] = {
        { "columns", names_of(q, r, false) }, { "source", own_source(r) ? S("") : S("source, ") }, { "relation", str_of(r->name) },
        { "keys", names_of(q, r, true) }, { "limit", str_fmt(q->a, "%lld", (long long)p.limit) }, { "offset", str_fmt(q->a, "%lld", (long long)p.offset) },
    };
    TRY(count_rows(q, r, &total));
    TRY(app_rows(q->ws, q->a, "sql/api/relation.sql", holes, COUNT(holes), q->as_of, &q->f, &t));
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_key(&w, "items");
    jw_arr(&w);
    for (size_t i = 0; i < t.n_rows; i++)
        put_row(q, &w, r, &t, i);
    jw_end_arr(&w);
    jw_kint(&w, "total", total);
    put_next(q, &w, &p, t.n_rows, total);
    jw_end_obj(&w);
    return ERR_OK;
}

/* ---- SQL --------------------------------------------------------------------------------------- */

enum { SQL_ROWS_MAX = 10000 };

static err_t put_sql_rows(ask *q, json_writer *w, cursor *c)
{
    bool    row = true, cut = false;
    int64_t n = 0;
    jw_key(w, "rows");
    jw_arr(w);
    for (;;) {
        TRY(cursor_next(c, &q->f, &row));
        if (!row || (cut = n == SQL_ROWS_MAX))
            break;
        jw_arr(w);
        for (int i = 0; i < cursor_columns(c); i++)
            if (cursor_null(c, i))
                jw_null(w);
            else if (cursor_is_text(c, i))
                jw_str(w, cursor_text(c, i));
            else
                jw_int(w, cursor_int(c, i));
        jw_end_arr(w);
        n++;
    }
    jw_end_arr(w);
    jw_kbool(w, "all", !cut);
    return ERR_OK;
}

static err_t post_sql(ask *q)
{
    json_parts          o;
    auto_sql sql_result *r = NULL;
    TRY(body_object(q, &o));
    str query = json_text(&o, "query");
    if (!query.p)
        return fail(&q->f, ERR_INVALID, "query: is missing; it is one SELECT");
    TRY(app_sql_within(q->ws, q->a, &q->who, query, q->as_of, &(sql_limits){ .time_max = SECONDS(20) }, &q->f, &r));
    cursor     *c = sql_rows(r);
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_key(&w, "columns");
    jw_arr(&w);
    for (int i = 0; i < cursor_columns(c); i++)
        jw_str(&w, cursor_name(c, i));
    jw_end_arr(&w);
    TRY(put_sql_rows(q, &w, c));
    jw_end_obj(&w);
    return ERR_OK;
}

/* ---- rows from outside ---------------------------------------------------------------------------- */

/* One token is one source, "push:LABEL": its rows are never taken for another's, and a snapshot closes its own alone. */
static err_t post_ingest(ask *q)
{
    workspace     *ws;
    collect_report rep;
    str media = http_header(q->rq, "content-type");
    if (!str_starts(media, S("application/x-ndjson")))
        return fail(&q->f, ERR_INVALID, "rows are sent as Content-Type: application/x-ndjson, as docs/sources.md describes them");
    str source = str_fmt(q->a, "push:" STR_FMT, STR_ARG(q->token.label));
    TRY(ask_writer(q, &ws));
    TRY(app_ingest(ws, q->a, source, q->rq->body, q->who.actor, &q->f, &rep));
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_kstr(&w, "source", source);
    jw_kstr(&w, "status", str_of(collect_status_name(rep.outcome.status)));
    jw_kstr(&w, "reason", rep.outcome.reason);
    jw_kint(&w, "rows", rep.outcome.rows);
    jw_kint(&w, "opened", rep.opened);
    jw_kint(&w, "closed", rep.closed);
    jw_key(&w, "relations");
    jw_arr(&w);
    for (size_t i = 0; i < rep.n_relations; i++) {
        jw_obj(&w);
        jw_kstr(&w, "relation", rep.relations[i].relation);
        jw_kstr(&w, "status", rep.relations[i].status);
        jw_kstr(&w, "reason", rep.relations[i].reason);
        jw_end_obj(&w);
    }
    jw_end_arr(&w);
    jw_end_obj(&w);
    return ERR_OK;
}

/* ---- the log ------------------------------------------------------------------------------------------ */

static err_t get_checkpoint(ask *q)
{
    str text, vkey;
    TRY(app_checkpoint(q->ws, q->a, &q->f, &text, &vkey));
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_kstr(&w, "checkpoint", text);
    jw_kstr(&w, "vkey", vkey);
    jw_end_obj(&w);
    return ERR_OK;
}

static err_t get_proof(ask *q)
{
    int64_t seq;
    str     proof, commit_text = ask_query(q, "commit");
    if (commit_text.n && !parse_int(commit_text, 0, INT64_MAX, &seq))
        return fail(&q->f, ERR_INVALID, "commit: is the number of a commit");
    const relation *r = relation_find(ask_query(q, "relation"));
    if (!commit_text.n && r)
        TRY(may_read(q, r));
    TRY(commit_text.n ? app_prove_commit(q->ws, q->a, seq, &q->f, &proof)
                      : app_prove_row(q->ws, q->a, ask_query(q, "relation"), ask_query(q, "key"), &q->f, &proof));
    q->rs->media = S("text/plain; charset=utf-8");
    buf_puts(&q->rs->body, proof);
    return ERR_OK;
}

static err_t get_commits(ask *q)
{
    int64_t limit = 100, before = INT64_MAX;
    str     limit_text = ask_query(q, "limit"), before_text = ask_query(q, "before");
    if (limit_text.n && !parse_int(limit_text, 1, 1000, &limit))
        return fail(&q->f, ERR_INVALID, "limit: is a number from 1 to 1,000");
    if (before_text.n && !parse_int(before_text, 0, INT64_MAX, &before))
        return fail(&q->f, ERR_INVALID, "before: is the number of a commit");
    const sql_hole holes[] = { { "before", str_fmt(q->a, "%lld", (long long)before) }, { "limit", str_fmt(q->a, "%lld", (long long)limit) } };
    return answer_rows(q, "sql/api/commits.sql", holes, COUNT(holes), "iTtttt");
}

static err_t post_job(ask *q)
{
    static const char *const jobs[] = { "collect", "assess", "tick", "verify" };
    for (size_t i = 0; i < COUNT(jobs); i++)
        if (str_eq(q->params[0], str_of(jobs[i]))) {
            TRY(gate_job(q->g, q->params[0], &q->f));
            q->rs->status = 202;
            json_writer w = answer_json(q);
            jw_obj(&w);
            jw_kstr(&w, "started", q->params[0]);
            jw_end_obj(&w);
            return ERR_OK;
        }
    return fail(&q->f, ERR_NOT_FOUND, "there is no such job: collect, assess, tick, verify");
}

static const route rows[] = {
    { HTTP_GET, "/api/v1/relations", PERMIT_READER, 0, ROUTE_CACHED, SCOPE_READ, get_relations, "Every relation: facts, results, records" },
    { HTTP_GET, "/api/v1/relations/{relation}", PERMIT_READER, 0, ROUTE_CACHED, SCOPE_READ, get_relation, "Rows of a relation" },
    { HTTP_POST, "/api/v1/sql", PERMIT_READER, 64 << 10, ROUTE_SLOW, SCOPE_READ, post_sql, "Read-only SQL over every relation" },
    { HTTP_POST, "/api/v1/ingest", PERMIT_SCOPE, 64 << 20, ROUTE_SLOW, SCOPE_INGEST | SCOPE_AGENT, post_ingest, "Rows of facts, NDJSON; the token is the source" },
    { HTTP_GET, "/api/v1/ledger/checkpoint", PERMIT_READER, 0, ROUTE_CACHED, SCOPE_READ, get_checkpoint, "The log's latest signed checkpoint, and its public key" },
    { HTTP_GET, "/api/v1/ledger/proof", PERMIT_READER, 0, 0, SCOPE_READ, get_proof, "Proof that a commit, or a row as it stands, is in the log" },
    { HTTP_GET, "/api/v1/ledger/commits", PERMIT_READER, 0, ROUTE_CACHED, SCOPE_READ, get_commits, "Commits, newest first" },
    { HTTP_POST, "/api/v1/jobs/{job}", PERMIT_MANAGER, 1 << 10, 0, SCOPE_WRITE, post_job, "Start a job: collect, assess, tick or verify" },
};
const api_doc fact_docs[] = {
    { NULL, NULL, "relations" }, { "limit cursor as-of", NULL, "rows" }, { "as-of", "sql", "table" }, { NULL, "ndjson", "ingested" },
    { NULL, NULL, "checkpoint" }, { "commit relation key", NULL, NULL }, { "before limit", NULL, "commits" }, { NULL, NULL, "job" },
};
ROUTE_TABLE(fact_api);
_Static_assert(COUNT(rows) == COUNT(fact_docs), "each route is documented");
