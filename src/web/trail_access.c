/* Who came to the workspace by network, what was refused and what was taken out. */
#include "web/trail.h"

#include "csv/csv.h"

enum { A_ID, A_AT, A_KIND, A_WELL, A_PERSON, A_ABOUT, A_ADDRESS, A_TIMES };
enum { EXPORT_MAX = 50000 };

static const char *const filter_names[] = { "q", "person", "kind", "outcome" };

static str match_of(const place *p, bool cursor_too)
{
    ask *q = p->q;
    str  who = place_get(p, "person"), kind = place_get(p, "kind"), well = place_get(p, "outcome"), text = place_get(p, "q"), before = ask_query(q, "before");
    buf  b = buf_new(q->a, 64 << 10);
    buf_putz(&b, "true");
    if (who.n)
        buf_fmt(&b, " AND e.person = " STR_FMT, STR_ARG(sql_quote(q->a, who)));
    if (kind.n)
        buf_fmt(&b, " AND e.kind = " STR_FMT, STR_ARG(sql_quote(q->a, kind)));
    if (well.n)
        buf_fmt(&b, " AND e.went_well IS %s", str_eq(well, S("done")) ? "TRUE" : "NOT TRUE");
    if (text.n)
        buf_fmt(&b, " AND lower(coalesce(e.about, '') || ' ' || coalesce(e.address, '')) LIKE " STR_FMT " ESCAPE '!'", STR_ARG(like_quoted(q->a, text)));
    if (cursor_too && before.n)
        buf_fmt(&b, " AND e.id < " STR_FMT, STR_ARG(sql_quote(q->a, before)));
    return buf_str(&b);
}

static err_t events_read(const place *p, bool cursor_too, int64_t limit, row_table *ret)
{
    const sql_hole holes[] = { { "match", match_of(p, cursor_too) }, { "limit", hole_int(p->q->a, limit) } };
    return rows_of(p->q, "sql/web/trail_access.sql", holes, COUNT(holes), ret);
}

/* "sign_in" as people read it */
static str words_of(arena *a, str kind)
{
    char *z = str_z(a, kind);
    for (char *c = z; *c; c++)
        *c = *c == '_' ? ' ' : *c;
    return str_of(z);
}

static picker picker_of_kinds(const place *p)
{
    const relation    *r = relation_find(S("access_event"));
    const char *const *list = r->fields[relation_field(r, S("kind"))].choices;
    pick              *v = NEW_ARRAY(p->q->a, pick, 64);
    size_t             n = 1;
    v[0] = (pick){ S(""), S("any") };
    for (size_t i = 0; list[i] && n < 64; i++)
        v[n++] = (pick){ str_of(list[i]), words_of(p->q->a, str_of(list[i])) };
    return (picker){ "kind", "What", "select", v, n, place_get(p, "kind") };
}

static picker picker_of_outcomes(const place *p)
{
    pick *v = NEW_ARRAY(p->q->a, pick, 3);
    v[0] = (pick){ S(""), S("any") };
    v[1] = (pick){ S("done"), S("done") };
    v[2] = (pick){ S("refused"), S("refused or failed") };
    return (picker){ "outcome", "Outcome", "select", v, 3, place_get(p, "outcome") };
}

static access_line line_of(ask *q, const row_table *t, size_t i)
{
    return (access_line){
        .when = cell_when(q, table_cell(t, i, A_AT)), .ago = cell_ago(q, table_cell(t, i, A_AT)), .kind = words_of(q->a, table_cell(t, i, A_KIND)),
        .person = table_cell(t, i, A_PERSON), .person_link = person_link(q, table_cell(t, i, A_PERSON)), .about = table_cell(t, i, A_ABOUT),
        .address = table_cell(t, i, A_ADDRESS), .went_well = cell_int(table_cell(t, i, A_WELL)) == 1, .times = cell_int(table_cell(t, i, A_TIMES)),
    };
}

static err_t get_access(ask *q)
{
    place       p = place_of(q, S("/trail/access"), filter_names, COUNT(filter_names));
    access_view v = { .q = q };
    row_table   t = { 0 };
    TRY(events_read(&p, true, LIST_ROWS + 1, &t));
    v.n = t.n_rows > LIST_ROWS ? LIST_ROWS : t.n_rows;
    v.v = NEW_ARRAY(q->a, access_line, v.n);
    for (size_t i = 0; i < v.n; i++)
        v.v[i] = line_of(q, &t, i);
    if (t.n_rows > LIST_ROWS)
        v.older = place_with(&p, "before", table_cell(&t, v.n - 1, A_ID));
    if (ask_query(q, "before").n)
        v.newest = place_with(&p, "before", S(""));
    picker pickers[] = { { "q", "Words", "search", NULL, 0, place_get(&p, "q") }, { "person", "Who", "text", NULL, 0, place_get(&p, "person") },
                         picker_of_kinds(&p), picker_of_outcomes(&p) };
    v.filters = filters_of(&p, pickers, COUNT(pickers));
    v.csv_link = place_at(&p, "/trail/access.csv");
    trail_tabs(q, "access", v.tabs);
    page_open(q, &(page){ .title = S("Audit trail"), .place = "/trail", .lead = S("Who came by network: sign-ins, what was refused, what was taken out. Each is part of the ledger as every change is.") });
    tpl_trail_access(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static err_t get_access_csv(ask *q)
{
    static const char *const head[] = { "id", "at", "kind", "went_well", "person", "about", "address", "times" };
    place     p = place_of(q, S("/trail/access"), filter_names, COUNT(filter_names));
    buf      *out = &q->rs->body;
    row_table t = { 0 };
    TRY(events_read(&p, false, EXPORT_MAX + 1, &t));
    if (t.n_rows > EXPORT_MAX)
        return fail(&q->f, ERR_TOO_LARGE, "more than %d events fit; narrow the list", EXPORT_MAX);
    for (size_t k = 0; k < COUNT(head); k++)
        csv_put(out, k == 0, str_of(head[k]), false);
    csv_end(out);
    for (size_t i = 0; i < t.n_rows; i++) {
        for (size_t k = 0; k < COUNT(head); k++) {
            str text = table_cell(&t, i, k);
            if (k == A_AT && text.p)
                text = time_rfc3339(q->a, cell_time(text));
            if (k == A_WELL && text.p)
                text = cell_int(text) ? S("true") : S("false");
            csv_put(out, k == 0, text.p ? text : S(""), k == A_TIMES);
        }
        csv_end(out);
    }
    send_file(q, "text/csv; charset=utf-8", S("access.csv"), S(""));
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/trail/access", PERMIT_READER, 0, ROUTE_CACHED, 0, get_access, "Who came by network, and what was refused or taken out" },
    { HTTP_GET, "/trail/access.csv", PERMIT_READER, 0, ROUTE_EXPORT | ROUTE_SLOW, 0, get_access_csv, "The same as CSV" },
};
ROUTE_TABLE(trail_access_routes);
