/* Facts: every relation there is, and its rows. */
#include "web/evidence_facts.h"

enum { COLUMNS_SHOWN = 8 };

bool relation_has_source(const relation *r) { return relation_field(r, S("source")) >= 0; }

err_t relation_asked(ask *q, const relation **ret)
{
    const relation *r = relation_find(q->params[0]);
    if (!r)
        return fail(&q->f, ERR_NOT_FOUND, "there is no relation \"" STR_FMT "\"", STR_ARG(utf8_cut(q->params[0], 80)));
    if (r->record)
        TRY(record_may_read_all(&q->who, r, &q->f));
    *ret = r;
    return ERR_OK;
}

/* ---- all relations --------------------------------------------------------------------------------- */

static const struct {
    const char   *name, *says;
    relation_kind kind;
} kinds[] = {
    { "facts", "Facts", FACT },
    { "records", "Records", RECORD },
    { "results", "Results", RESULT },
};

static size_t kind_asked(ask *q)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_eq(ask_query(q, "kind"), str_of(kinds[i].name)))
            return i;
    return 0;
}

/* One query over all of them, so that there is one statement however many there are. */
static str counts_query(arena *a, const relation *const *list, size_t n)
{
    str query = S("");
    for (size_t i = 0; i < n; i++) {
        const sql_hole its = { "relation", str_of(list[i]->name) };
        str            one = sql_read(a, "sql/web/facts_count.sql", &its, 1);
        const sql_hole both[] = { { "before", query }, { "after", one } };
        query = i ? sql_read(a, "sql/web/facts_and.sql", both, COUNT(both)) : one;
    }
    return query;
}

static err_t lines_fill(ask *q, relation_kind kind, facts_view *v)
{
    const relation **list = NEW_ARRAY(q->a, const relation *, n_relations);
    row_table        counts, seen;
    size_t           n = 0;
    for (size_t i = 0; i < n_relations; i++)
        if (relations[i]->kind == kind && (!relations[i]->record || record_reads_all(&q->who, relations[i])))
            list[n++] = relations[i];
    const sql_hole hole = { "query", counts_query(q->a, list, n) };
    TRY(rows_of(q, "sql/web/facts_counts.sql", &hole, 1, &counts));
    TRY(rows_of(q, "sql/web/facts_seen.sql", NULL, 0, &seen));
    v->v = NEW_ARRAY(q->a, relation_line, n);
    for (size_t i = 0; i < n; i++) {
        int64_t row = row_of(&counts, str_of(list[i]->name)), at = row_of(&seen, str_of(list[i]->name));
        v->v[v->n++] = (relation_line){
            .r = list[i], .href = link_to(q, "/facts/%s", list[i]->name), .n = cell_int(cell_in(&counts, row, 1)),
            .seen = cell_when(q, cell_in(&seen, at, 1)), .ago = cell_ago(q, cell_in(&seen, at, 1)),
            .sources = at < 0 ? 0 : cell_int(cell_in(&seen, at, 2)), .failing = at < 0 ? 0 : cell_int(cell_in(&seen, at, 3)),
        };
    }
    return ERR_OK;
}

static err_t get_facts(ask *q)
{
    size_t     at = kind_asked(q);
    facts_view v = { .q = q, .collected = kinds[at].kind == FACT };
    TRY(lines_fill(q, kinds[at].kind, &v));
    for (size_t i = 0; i < COUNT(kinds); i++)
        v.tabs[i] = (tab){ link_to(q, "/facts?kind=%s", kinds[i].name), str_of(kinds[i].says), i == at };
    const page_action todo[] = { { "Query with SQL", link_to(q, "/sql"), false, "plain" } };
    page_open(q, &(page){ .title = S("Facts"), .place = "/facts", .actions = todo, .n_actions = COUNT(todo),
                          .lead = S("Everything this workspace knows, as rows of typed relations. No row is ever overwritten: each keeps its history.") });
    tpl_evidence_facts(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

/* ---- the rows of one ------------------------------------------------------------------------------------ */

str key_sql(arena *a, const relation *r, const char *alias)
{
    buf b = buf_new(a, 64 << 10);
    for (size_t i = 0; i < relation_keys(r); i++)
        buf_fmt(&b, r->fields[i].kind == F_TEXT ? "%s%s%s" : "%sCAST(%s%s AS TEXT)", i ? " || '/' || " : "", alias, r->fields[i].name);
    return buf_str(&b);
}

/* Keys, then the first of the others; `source` beside them unless it is a field. */
static str columns_sql_of(arena *a, const relation *r, size_t n)
{
    buf b = buf_new(a, 64 << 10);
    buf_fmt(&b, STR_FMT " AS its_key, r.%s AS its_source", STR_ARG(key_sql(a, r, "r.")), "source");
    for (size_t i = 0; i < n; i++)
        buf_fmt(&b, ", r.%s", r->fields[i].name);
    return buf_str(&b);
}

/* In the order of the index: source, then keys. */
static str order_sql(arena *a, const relation *r)
{
    buf b = buf_new(a, 64 << 10);
    buf_putz(&b, relation_has_source(r) ? "" : "r.source");
    for (size_t i = 0; i < relation_keys(r); i++)
        buf_fmt(&b, "%sr.%s", b.n ? ", " : "", r->fields[i].name);
    return buf_str(&b);
}

static err_t match_sql(const place *p, const relation *r, str *ret)
{
    ask *q = p->q;
    str  name = place_get(p, "column"), text = place_get(p, "holds"), from = place_get(p, "source");
    buf  b = buf_new(q->a, 64 << 10);
    buf_putz(&b, "true");
    if (from.n)
        buf_fmt(&b, " AND r.source = " STR_FMT, STR_ARG(sql_quote(q->a, from)));
    if (name.n && text.n) {
        int at = relation_field(r, name);
        if (at < 0)
            return fail(&q->f, ERR_INVALID, "%s has no field \"" STR_FMT "\"", r->name, STR_ARG(utf8_cut(name, 80)));
        const field *fd = &r->fields[at];
        if (str_eq(text, S("?")))
            buf_fmt(&b, " AND r.%s IS NULL", fd->name);
        else if (fd->kind == F_BOOL)
            buf_fmt(&b, " AND r.%s IS %s", fd->name, str_eq(text, S("true")) ? "TRUE" : "FALSE");
        else
            buf_fmt(&b, " AND lower(CAST(r.%s AS TEXT)) LIKE " STR_FMT " ESCAPE '!'", fd->name, STR_ARG(like_quoted(q->a, text)));
    }
    *ret = buf_str(&b);
    return ERR_OK;
}

static picker picker_of_fields(const place *p, const relation *r)
{
    pick *v = NEW_ARRAY(p->q->a, pick, r->n_fields + 1);
    v[0] = (pick){ S(""), S("any") };
    for (size_t i = 0; i < r->n_fields; i++)
        v[i + 1] = (pick){ str_of(r->fields[i].name), str_of(r->fields[i].name) };
    return (picker){ "column", "Field", "select", v, r->n_fields + 1, place_get(p, "column") };
}

static err_t rows_fill(const place *p, const relation *r, facts_rows_view *v)
{
    ask      *q = p->q;
    row_table t = { 0 };
    str       match;
    v->n_head = r->n_fields < COLUMNS_SHOWN ? r->n_fields : COLUMNS_SHOWN;
    v->n_more = r->n_fields - v->n_head;
    v->head = NEW_ARRAY(q->a, const field *, v->n_head);
    for (size_t i = 0; i < v->n_head; i++)
        v->head[i] = &r->fields[i];
    TRY(match_sql(p, r, &match));
    const sql_hole total[] = { { "relation", str_of(r->name) }, { "match", match } };
    TRY(rows_of(q, "sql/web/facts_total.sql", total, COUNT(total), &t));
    v->pages = pager_of(p, cell_int(table_cell(&t, 0, 0)));
    const sql_hole holes[] = { { "relation", str_of(r->name) }, { "match", match }, { "columns", columns_sql_of(q->a, r, v->n_head) },
                               { "order", order_sql(q->a, r) }, { "limit", hole_int(q->a, LIST_ROWS) }, { "offset", hole_int(q->a, pager_offset(&v->pages)) } };
    TRY(rows_of(q, "sql/web/facts_rows.sql", holes, COUNT(holes), &t));
    v->n_rows = t.n_rows;
    v->cells = NEW_ARRAY(q->a, str, t.n_rows * v->n_head);
    v->links = NEW_ARRAY(q->a, str, t.n_rows);
    for (size_t i = 0; i < t.n_rows; i++) {
        v->links[i] = link_to(q, "/facts/%s/row?key=" STR_FMT "&source=" STR_FMT, r->name, STR_ARG(url_part(q->a, table_cell(&t, i, 0))),
                              STR_ARG(url_part(q->a, table_cell(&t, i, 1))));
        for (size_t k = 0; k < v->n_head; k++)
            v->cells[i * v->n_head + k] = cell_shown(q, v->head[k], table_cell(&t, i, k + 2));
    }
    return ERR_OK;
}

static err_t get_rows(ask *q)
{
    static const char *const names[] = { "column", "holds", "source" };
    facts_rows_view v = { .q = q };
    TRY(relation_asked(q, &v.r));
    assert(v.r);
    place p = place_of(q, str_fmt(q->a, "/facts/%s", v.r->name), names, COUNT(names));
    TRY(rows_fill(&p, v.r, &v));
    picker pickers[] = { picker_of_fields(&p, v.r), { "holds", "Holds (? for unknown)", "search", NULL, 0, place_get(&p, "holds") },
                         { "source", "Source", "text", NULL, 0, place_get(&p, "source") } };
    v.filters = filters_of(&p, pickers, COUNT(pickers));
    v.sql_link = link_to(q, "/sql?relation=%s", v.r->name);
    crumb above[] = { { link_to(q, "/facts"), S("Facts") } };
    page_open(q, &(page){ .title = str_of(v.r->name), .place = "/facts", .crumbs = above, .n_crumbs = COUNT(above), .lead = str_of(v.r->doc) });
    tpl_evidence_rows(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/facts", PERMIT_READER, 0, ROUTE_CACHED, 0, get_facts, "Every relation, how many rows it has, and when it was last seen" },
    { HTTP_GET, "/facts/{relation}", PERMIT_READER, 0, ROUTE_CACHED, 0, get_rows, "The rows of one relation" },
};
ROUTE_TABLE(evidence_facts_routes);
