/* One fact: what it says, its history, its proof. */
#include "web/evidence_facts.h"

enum { V_ROW, V_FROM, V_TO, V_OPENED, V_CLOSED, V_ACTOR, V_ACTION, V_REASON, V_SOURCE, V_FIELDS };
enum { VERSIONS_SHOWN = 200 };

static str columns_of(arena *a, const relation *r)
{
    buf b = buf_new(a, 64 << 10);
    for (size_t i = 0; i < r->n_fields; i++)
        buf_fmt(&b, "%sh.%s", i ? ", " : "", r->fields[i].name);
    return buf_str(&b);
}

static err_t versions_read(ask *q, const relation *r, str key, row_table *ret)
{
    const sql_hole holes[] = { { "relation", str_of(r->name) }, { "columns", columns_of(q->a, r) }, { "source", S("h.source") },
                               { "match", str_fmt(q->a, STR_FMT " = " STR_FMT, STR_ARG(key_sql(q->a, r, "h.")), STR_ARG(sql_quote(q->a, key))) } };
    TRY(rows_of(q, "sql/web/fact_versions.sql", holes, COUNT(holes), ret));
    return ret->n_rows ? ERR_OK
         : fail(&q->f, ERR_NOT_FOUND, "%s has never held a row \"" STR_FMT "\"%s", r->name, STR_ARG(utf8_cut(key, 200)), q->as_of ? " by then" : "");
}

/* "field: before -> after" for what differs between a version and the one before it. */
static void changes_of(ask *q, const relation *r, const row_table *t, size_t now, size_t before, fact_version *v)
{
    str *list = NEW_ARRAY(q->a, str, r->n_fields);
    for (size_t i = 0; i < r->n_fields; i++) {
        str is = cell_shown(q, &r->fields[i], table_cell(t, now, V_FIELDS + i)), was = cell_shown(q, &r->fields[i], table_cell(t, before, V_FIELDS + i));
        if (str_eq(is, was) && !is.p == !was.p)
            continue;
        list[v->n_changes++] = str_fmt(q->a, "%s: " STR_FMT " \u2192 " STR_FMT, r->fields[i].name, STR_ARG(was.p ? utf8_cut(was, 300) : S("unknown")),
                                       STR_ARG(is.p ? utf8_cut(is, 300) : S("unknown")));
    }
    v->changes = list;
}

static bool same_source(const row_table *t, size_t a, size_t b) { return str_eq(table_cell(t, a, V_SOURCE), table_cell(t, b, V_SOURCE)); }

/* Versions stand by source, newest first: the one before is the next row. */
static fact_version version_of(ask *q, const relation *r, const row_table *t, size_t i)
{
    time_us      to = cell_time(table_cell(t, i, V_TO)), from = cell_time(table_cell(t, i, V_FROM)), at = q->as_of ? q->as_of : q->now;
    fact_version v = {
        .source = table_cell(t, i, V_SOURCE), .from = time_text(q, from), .ago = time_ago(q, from), .to = to > at ? S("") : time_text(q, to),
        .actor = table_cell(t, i, V_ACTOR), .action = table_cell(t, i, V_ACTION), .reason = table_cell(t, i, V_REASON),
        .seq = cell_int(table_cell(t, i, V_OPENED)), .href = link_to(q, "/trail/" STR_FMT, STR_ARG(table_cell(t, i, V_OPENED))),
        .first = i + 1 == t->n_rows || !same_source(t, i, i + 1),
    };
    if (!v.first)
        changes_of(q, r, t, i, i + 1, &v);
    return v;
}

static str reference_link(ask *q, const field *fd, str text)
{
    if (!fd->ref || !text.n)
        return S("");
    if (strcmp(fd->ref, "*") == 0)
        return record_link(q, text);
    if (strcmp(fd->ref, "test") == 0)
        return link_to(q, "/tests/" STR_FMT, STR_ARG(url_part(q->a, text)));
    return record_link(q, str_fmt(q->a, "%s/" STR_FMT, fd->ref, STR_ARG(text)));
}

/* The newest version of the source asked for, or of the first. */
static size_t version_asked(ask *q, const row_table *t)
{
    str from = ask_query(q, "source");
    for (size_t i = 0; from.n && i < t->n_rows; i++)
        if (str_eq(table_cell(t, i, V_SOURCE), from))
            return i;
    return 0;
}

static void others_fill(ask *q, const row_table *t, fact_view *v)
{
    crumb *list = NEW_ARRAY(q->a, crumb, t->n_rows);
    for (size_t i = 0; i < t->n_rows; i++)
        if ((i == 0 || !same_source(t, i, i - 1)) && !str_eq(table_cell(t, i, V_SOURCE), v->source))
            list[v->n_others++] = (crumb){ link_to(q, "/facts/%s/row?key=" STR_FMT "&source=" STR_FMT, v->r->name, STR_ARG(url_part(q->a, v->key)),
                                                   STR_ARG(url_part(q->a, table_cell(t, i, V_SOURCE)))), table_cell(t, i, V_SOURCE) };
    v->others = list;
}

static err_t tests_fill(ask *q, fact_view *v)
{
    const sql_hole hole = { "key", sql_quote(q->a, v->key) };
    const content *ct;
    row_table      t = { 0 };
    crumb         *list;
    TRY(app_content(q->ws, &q->f, &ct));
    TRY(rows_of(q, "sql/web/fact_exceptions.sql", &hole, 1, &t));
    v->tests = list = NEW_ARRAY(q->a, crumb, t.n_rows);
    for (size_t i = 0; i < t.n_rows; i++) {
        const control_test *its = test_find(ct, table_cell(&t, i, 0));
        if (its && its->subject == v->r)
            list[v->n_tests++] = (crumb){ link_to(q, "/tests/" STR_FMT, STR_ARG(its->id)), its->title };
    }
    return ERR_OK;
}

static void fact_fill(ask *q, const row_table *t, size_t at, fact_view *v)
{
    const relation *r = v->r;
    fact_version    top = version_of(q, r, t, at);
    v->source = table_cell(t, at, V_SOURCE);
    v->since = top.from;
    v->until = top.to;
    v->current = !top.to.n;
    v->commit_link = top.href;
    v->fields = NEW_ARRAY(q->a, fact_field, r->n_fields);
    for (size_t i = 0; i < r->n_fields; i++) {
        str text = table_cell(t, at, V_FIELDS + i);
        v->fields[i] = (fact_field){ &r->fields[i], cell_shown(q, &r->fields[i], text), reference_link(q, &r->fields[i], text) };
    }
    v->v = NEW_ARRAY(q->a, fact_version, t->n_rows);
    for (size_t i = 0; i < t->n_rows && i < VERSIONS_SHOWN; i++)
        if (same_source(t, i, at))
            v->v[v->n++] = version_of(q, r, t, i);
    v->more = t->n_rows > VERSIONS_SHOWN;
    if (r->record)
        v->record_link = record_link(q, str_fmt(q->a, "%s/" STR_FMT, r->name, STR_ARG(v->key)));
    else if (r->kind == FACT)
        v->source_link = link_to(q, "/sources/of?id=" STR_FMT, STR_ARG(url_part(q->a, v->source)));
    if (v->current && !q->as_of)
        v->proof_link = str_fmt(q->a, "/facts/%s/proof?key=" STR_FMT, r->name, STR_ARG(url_part(q->a, v->key)));
}

static err_t get_row(ask *q)
{
    fact_view v = { .q = q, .key = ask_query(q, "key") };
    row_table t = { 0 };
    TRY(relation_asked(q, &v.r));
    TRY(versions_read(q, v.r, v.key, &t));
    fact_fill(q, &t, version_asked(q, &t), &v);
    others_fill(q, &t, &v);
    TRY(tests_fill(q, &v));
    crumb above[] = { { link_to(q, "/facts"), S("Facts") }, { link_to(q, "/facts/%s", v.r->name), str_of(v.r->name) } };
    page_open(q, &(page){ .title = v.key, .place = "/facts", .crumbs = above, .n_crumbs = COUNT(above), .lead = str_of(v.r->doc) });
    tpl_evidence_row(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static err_t get_proof(ask *q)
{
    const relation *r;
    str             proof;
    TRY(relation_asked(q, &r));
    if (q->as_of)
        return fail(&q->f, ERR_INVALID, "a proof is of what is so now; of what was so then, take that of its commit");
    TRY(app_prove_row(q->ws, q->a, str_of(r->name), ask_query(q, "key"), &q->f, &proof));
    send_file(q, "text/plain; charset=utf-8", str_fmt(q->a, "%s.tlog-proof", r->name), proof);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/facts/{relation}/row", PERMIT_READER, 0, ROUTE_CACHED, 0, get_row, "One fact with its whole history" },
    { HTTP_GET, "/facts/{relation}/proof", PERMIT_READER, 0, ROUTE_EXPORT | ROUTE_SLOW, 0, get_proof, "Proof that a fact is in the log" },
};
ROUTE_TABLE(evidence_row_routes);
