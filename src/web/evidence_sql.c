/* The console: one SELECT over every relation, read-only, within bounds. */
#include "web/evidence_sql.h"

#include "csv/csv.h"

enum { SQL_SHOWN = 200, SQL_ROWS_MAX = 10000, SQL_EXPORT_MAX = 100000, SQL_ADDRESS_MAX = 1500, SQL_TEXT_MAX = 64 << 10, CELL_SHOWN = 500 };

static const sql_limits page_limits = { .time_max = SECONDS(5), .rows_max = SQL_ROWS_MAX, .memory_max = 128 << 20 };
static const sql_limits file_limits = { .time_max = SECONDS(20), .rows_max = SQL_EXPORT_MAX, .memory_max = 256 << 20 };

/* Columns have no kinds in a query: a number in a column whose name is a time of some relation is one. */
static bool is_time(str name)
{
    if (str_eq(name, S("at")) || str_eq(name, S("valid_from")) || str_eq(name, S("valid_to")))
        return true;
    for (size_t i = 0; i < n_relations; i++) {
        int at = relation_field(relations[i], name);
        if (at >= 0 && relations[i]->fields[at].kind == F_TIME)
            return true;
    }
    return false;
}

static str cell_read(arena *a, const cursor *c, int at, const bool *times)
{
    if (cursor_null(c, at))
        return (str){ 0 };
    if (times[at] && !cursor_is_text(c, at))
        return cursor_int(c, at) == TIME_MAX ? S("now") : time_rfc3339(a, cursor_int(c, at));
    return str_dup(a, cursor_text(c, at));
}

static bool *times_of(arena *a, const cursor *c)
{
    bool *v = NEW_ARRAY(a, bool, (size_t)cursor_columns(c));
    for (int i = 0; i < cursor_columns(c); i++)
        v[i] = is_time(cursor_name(c, i));
    return v;
}

/* Reads to the limit, keeps what is shown. */
static err_t rows_read(ask *q, cursor *c, sql_view *v)
{
    DA(str) cells = { 0 };
    bool   *times = times_of(q->a, c), more;
    err_t   e;
    v->n_head = (size_t)cursor_columns(c);
    v->head = NEW_ARRAY(q->a, str, v->n_head);
    for (size_t i = 0; i < v->n_head; i++)
        v->head[i] = str_dup(q->a, cursor_name(c, (int)i));
    for (v->total = 0; (e = cursor_next(c, &q->f, &more)) == ERR_OK && more; v->total++) {
        if (v->n_rows == SQL_SHOWN)
            continue;
        for (int i = 0; i < cursor_columns(c); i++) {
            TRY(arena_room(q->a, &q->f));               /* one may be of megabytes */
            da_push(q->a, &cells) = cell_read(q->a, c, i, times);
        }
        v->n_rows++;
    }
    v->cells = cells.v;
    if (e == ERR_LIMIT && v->total >= SQL_ROWS_MAX) {          /* more than are counted: what was read is right */
        q->f = (fault){ 0 };
        v->more = true;
        return ERR_OK;
    }
    return e;
}

static err_t query_run(ask *q, sql_view *v)
{
    auto_sql sql_result *r = NULL;
    time_us              began = time_mono();
    TRY(app_sql_within(q->ws, q->a, &q->who, v->sql, q->as_of, &page_limits, &q->f, &r));
    TRY(rows_read(q, sql_rows(r), v));
    v->took = str_fmt(q->a, "%lld ms", (long long)((time_mono() - began) / 1000));
    v->ran = true;
    return ERR_OK;
}

static void help_fill(ask *q, sql_view *v)
{
    str open = ask_query(q, "relation");
    v->relations = NEW_ARRAY(q->a, relation_help, n_relations);
    for (size_t i = 0; i < n_relations; i++)
        if (!relations[i]->record || record_reads_all(&q->who, relations[i]))
            v->relations[v->n_relations++] = (relation_help){ relations[i], link_to(q, "/facts/%s", relations[i]->name), str_eq(open, str_of(relations[i]->name)) };
}

/* A first query over the relation asked for. */
static str proposal(ask *q)
{
    const relation *r = relation_find(ask_query(q, "relation"));
    if (!r || (r->record && !record_reads_all(&q->who, r)))
        return S("");
    buf b = buf_new(q->a, 64 << 10);
    for (size_t i = 0; i < r->n_fields && i < 8; i++)
        buf_fmt(&b, "%s%s", i ? ", " : "", r->fields[i].name);
    const sql_hole holes[] = { { "columns", buf_str(&b) }, { "relation", str_of(r->name) } };
    return sql_read(q->a, "sql/web/console_first.sql", holes, COUNT(holes));
}

/* What was refused stays on the page with the reason: line and column stand in it. */
static err_t console(ask *q, str sql)
{
    sql_view v = { .q = q, .sql = sql };
    if (sql.n) {
        err_t e = query_run(q, &v);
        if (e != ERR_OK && e != ERR_INVALID && e != ERR_LIMIT && e != ERR_DENIED && e != ERR_TOO_LARGE)
            return e;
        if (e != ERR_OK) {
            v.why = str_dup(q->a, str_of(q->f.text));
            q->rs->status = 422;
        }
        if (sql.n <= SQL_ADDRESS_MAX)
            v.csv_link = link_to(q, "/sql.csv?q=" STR_FMT, STR_ARG(url_part(q->a, sql)));
    } else {
        v.sql = proposal(q);
    }
    help_fill(q, &v);
    page_open(q, &(page){ .title = S("SQL"), .place = "/facts", .lead = S("One SELECT over every relation, its history and the commits. It can read and nothing else.") });
    tpl_evidence_sql(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static err_t get_sql(ask *q) { return console(q, str_trim(ask_query(q, "q"))); }

/* A short query goes into the address, so that it can be kept and shared. */
static err_t post_sql(ask *q)
{
    str sql = str_trim(ask_field(q, "q"));
    if (sql.n > SQL_ADDRESS_MAX)
        return console(q, sql);
    http_redirect(q->rs, 303, link_to(q, "/sql?q=" STR_FMT, STR_ARG(url_part(q->a, sql))));
    return ERR_OK;
}

static err_t csv_run(ask *q, str sql)
{
    auto_sql sql_result *r = NULL;
    buf                 *out = &q->rs->body;
    bool                 more;
    TRY(app_sql_within(q->ws, q->a, &q->who, sql, q->as_of, &file_limits, &q->f, &r));
    cursor *c = sql_rows(r);
    bool   *times = times_of(q->a, c);
    for (int i = 0; i < cursor_columns(c); i++)
        csv_put(out, i == 0, cursor_name(c, i), false);
    csv_end(out);
    for (;;) {
        TRY(cursor_next(c, &q->f, &more));
        if (!more)
            break;
        for (int i = 0; i < cursor_columns(c); i++) {
            bool time = times[i] && !cursor_is_text(c, i);
            str  text = cursor_null(c, i) ? S("") : time ? cell_read(q->a, c, i, times) : cursor_text(c, i);
            csv_put(out, i == 0, text, !cursor_is_text(c, i));
        }
        csv_end(out);
    }
    send_file(q, "text/csv; charset=utf-8", S("query.csv"), S(""));
    return ERR_OK;
}

static err_t get_csv(ask *q) { return csv_run(q, str_trim(ask_query(q, "q"))); }
static err_t post_csv(ask *q) { return csv_run(q, str_trim(ask_field(q, "q"))); }

static const route rows[] = {
    { HTTP_GET, "/sql", PERMIT_READER, 0, ROUTE_SLOW, 0, get_sql, "Read-only SQL over every relation" },
    { HTTP_POST, "/sql", PERMIT_READER, 2 * SQL_TEXT_MAX, ROUTE_SLOW, 0, post_sql, "Run a query that is too long for an address" },
    { HTTP_GET, "/sql.csv", PERMIT_READER, 0, ROUTE_EXPORT | ROUTE_SLOW, 0, get_csv, "The rows of a query as CSV" },
    { HTTP_POST, "/sql.csv", PERMIT_READER, 2 * SQL_TEXT_MAX, ROUTE_EXPORT | ROUTE_SLOW, 0, post_csv, "The rows of a long query as CSV" },
};
ROUTE_TABLE(evidence_sql_routes);
