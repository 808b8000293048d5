/* The audit trail: every commit, who made it, what and why. */
#include "web/trail.h"

#include "csv/csv.h"

enum { L_SEQ, L_AT, L_ACTOR, L_ACTION, L_REASON, L_LEAF };
enum { EXPORT_MAX = 50000 };

static const char *const filter_names[] = { "show", "q", "person", "action", "relation", "from", "to", "after" };

/* What each tab holds; the first is shown when none is asked for. */
static const struct {
    const char *name, *says, *path, *match;
} tabs[] = {
    { "changes", "Changes", "/trail", "l.action <> 'collect' AND l.action <> 'access'" },
    { "collections", "Collections", "/trail?show=collections", "l.action = 'collect'" },
    { "access", "Access", "/trail/access", NULL },
    { "all", "Everything", "/trail?show=all", "true" },
};

void trail_tabs(ask *q, const char *here, tab ret[4])
{
    for (size_t i = 0; i < COUNT(tabs); i++)
        ret[i] = (tab){ link_to(q, "%s", tabs[i].path), str_of(tabs[i].says), strcmp(tabs[i].name, here) == 0 };
}

static size_t tab_asked(const place *p)
{
    for (size_t i = 0; i < COUNT(tabs); i++)
        if (tabs[i].match && str_eq(place_get(p, "show"), str_of(tabs[i].name)))
            return i;
    return 0;
}

/* ---- what is asked for ----------------------------------------------------------------------------- */

static err_t put_day(ask *q, buf *b, str text, const char *compare, time_us more)
{
    time_us t;
    if (!text.n)
        return ERR_OK;
    if (!time_parse(text, &t))
        return fail(&q->f, ERR_INVALID, "\"" STR_FMT "\" is no date", STR_ARG(utf8_cut(text, 40)));
    buf_fmt(b, " AND l.at %s %lld", compare, (long long)(t + more));
    return ERR_OK;
}

static err_t put_number(ask *q, buf *b, str text, const char *compare)
{
    int64_t n;
    if (!text.n)
        return ERR_OK;
    if (!parse_int(text, -1, INT64_MAX, &n))
        return fail(&q->f, ERR_INVALID, "\"" STR_FMT "\" is no number of a commit", STR_ARG(utf8_cut(text, 40)));
    buf_fmt(b, " AND l.seq %s %lld", compare, (long long)n);
    return ERR_OK;
}

static err_t match_of(const place *p, bool cursor_too, str *ret)
{
    ask *q = p->q;
    str  who = place_get(p, "person"), does = place_get(p, "action"), rel = place_get(p, "relation"), text = place_get(p, "q");
    buf  b = buf_new(q->a, 64 << 10);
    buf_putz(&b, tabs[tab_asked(p)].match);
    if (who.n)
        buf_fmt(&b, " AND (l.actor = " STR_FMT " OR l.actor LIKE '%%:' || " STR_FMT " OR l.actor LIKE '%% as ' || " STR_FMT ")", STR_ARG(sql_quote(q->a, who)),
                STR_ARG(sql_quote(q->a, who)), STR_ARG(sql_quote(q->a, who)));
    if (does.n)
        buf_fmt(&b, " AND l.action = " STR_FMT, STR_ARG(sql_quote(q->a, does)));
    if (rel.n && !relation_find(rel))
        return fail(&q->f, ERR_INVALID, "there is no relation \"" STR_FMT "\"", STR_ARG(utf8_cut(rel, 80)));
    if (rel.n)
        buf_fmt(&b, " AND l.leaf LIKE " STR_FMT, STR_ARG(sql_quote(q->a, str_fmt(q->a, "%%\"relation\":\"" STR_FMT "\"%%", STR_ARG(rel)))));
    if (text.n)
        buf_fmt(&b, " AND lower(l.reason || ' ' || l.action || ' ' || l.actor) LIKE " STR_FMT " ESCAPE '!'", STR_ARG(like_quoted(q->a, text)));
    TRY(put_day(q, &b, place_get(p, "from"), ">=", 0));
    TRY(put_day(q, &b, place_get(p, "to"), "<", DAYS(1)));
    TRY(put_number(q, &b, place_get(p, "after"), ">"));
    if (cursor_too)
        TRY(put_number(q, &b, ask_query(q, "before"), "<"));
    *ret = buf_str(&b);
    return ERR_OK;
}

static err_t commits_read(const place *p, bool cursor_too, int64_t limit, row_table *ret)
{
    str match;
    TRY(match_of(p, cursor_too, &match));
    const sql_hole holes[] = { { "match", match }, { "limit", hole_int(p->q->a, limit) } };
    return rows_of(p->q, "sql/web/trail.sql", holes, COUNT(holes), ret);
}

static trail_line line_of(const place *p, const row_table *t, size_t i)
{
    ask       *q = p->q;
    leaf       lf = { 0 };
    fault      none = { 0 };
    buf        b = buf_new(q->a, 64 << 10);
    str        actor = table_cell(t, i, L_ACTOR);
    trail_line l = {
        .seq = cell_int(table_cell(t, i, L_SEQ)), .href = link_to(q, "/trail/" STR_FMT, STR_ARG(table_cell(t, i, L_SEQ))), .when = cell_when(q, table_cell(t, i, L_AT)),
        .ago = cell_ago(q, table_cell(t, i, L_AT)), .actor = actor, .action = table_cell(t, i, L_ACTION), .reason = table_cell(t, i, L_REASON),
    };
    l.actor_link = place_with(p, "person", actor_person(actor).n ? actor_person(actor) : actor);
    if (leaf_parse(q->a, table_cell(t, i, L_LEAF), &none, &lf) == ERR_OK)
        for (size_t k = 0; k < lf.n_changes; k++) {
            l.opened += lf.changes[k].opened;
            l.closed += lf.changes[k].closed;
            buf_fmt(&b, "%s" STR_FMT, k ? ", " : "", STR_ARG(lf.changes[k].relation));
        }
    l.relations = b.n ? buf_str(&b) : S("");
    return l;
}

/* ---- the page ---------------------------------------------------------------------------------------- */

static err_t get_trail(ask *q)
{
    place      p = place_of(q, S("/trail"), filter_names, COUNT(filter_names));
    trail_view v = { .q = q };
    row_table  t = { 0 };
    TRY(commits_read(&p, true, LIST_ROWS + 1, &t));
    v.n = t.n_rows > LIST_ROWS ? LIST_ROWS : t.n_rows;
    v.v = NEW_ARRAY(q->a, trail_line, v.n);
    for (size_t i = 0; i < v.n; i++)
        v.v[i] = line_of(&p, &t, i);
    if (t.n_rows > LIST_ROWS)
        v.older = place_with(&p, "before", hole_int(q->a, v.v[v.n - 1].seq));
    if (ask_query(q, "before").n)
        v.newest = place_with(&p, "before", S(""));
    picker pickers[] = {
        { "show", "", "hidden", NULL, 0, place_get(&p, "show") }, { "q", "Words", "search", NULL, 0, place_get(&p, "q") },
        { "person", "By", "text", NULL, 0, place_get(&p, "person") }, { "action", "Action", "text", NULL, 0, place_get(&p, "action") },
        { "relation", "Relation", "text", NULL, 0, place_get(&p, "relation") }, { "from", "From", "date", NULL, 0, place_get(&p, "from") },
        { "to", "To", "date", NULL, 0, place_get(&p, "to") }, { "after", "", "hidden", NULL, 0, place_get(&p, "after") },
    };
    v.filters = filters_of(&p, pickers, COUNT(pickers));
    v.csv_link = place_at(&p, "/trail.csv");
    trail_tabs(q, tabs[tab_asked(&p)].name, v.tabs);
    page_open(q, &(page){ .title = S("Audit trail"), .place = "/trail",
                          .lead = S("Every change is a commit: who, what, why. None can be taken back or edited; each is a leaf of the ledger.") });
    tpl_trail(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static err_t get_trail_csv(ask *q)
{
    static const char *const head[] = { "commit", "at", "actor", "action", "reason", "relations", "versions_opened", "versions_closed" };
    place     p = place_of(q, S("/trail"), filter_names, COUNT(filter_names));
    buf      *out = &q->rs->body;
    row_table t = { 0 };
    TRY(commits_read(&p, false, EXPORT_MAX + 1, &t));
    if (t.n_rows > EXPORT_MAX)
        return fail(&q->f, ERR_TOO_LARGE, "more than %d commits fit; choose a shorter time", EXPORT_MAX);
    for (size_t k = 0; k < COUNT(head); k++)
        csv_put(out, k == 0, str_of(head[k]), false);
    csv_end(out);
    for (size_t i = 0; i < t.n_rows; i++) {
        trail_line l = line_of(&p, &t, i);
        csv_put(out, true, table_cell(&t, i, L_SEQ), true);
        csv_put(out, false, time_rfc3339(q->a, cell_time(table_cell(&t, i, L_AT))), false);
        csv_put(out, false, l.actor, false);
        csv_put(out, false, l.action, false);
        csv_put(out, false, l.reason, false);
        csv_put(out, false, l.relations, false);
        csv_put(out, false, hole_int(q->a, l.opened), true);
        csv_put(out, false, hole_int(q->a, l.closed), true);
        csv_end(out);
    }
    send_file(q, "text/csv; charset=utf-8", S("trail.csv"), S(""));
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/trail", PERMIT_READER, 0, ROUTE_CACHED, 0, get_trail, "The audit trail: commits, newest first" },
    { HTTP_GET, "/trail.csv", PERMIT_READER, 0, ROUTE_EXPORT | ROUTE_SLOW, 0, get_trail_csv, "The audit trail as CSV" },
};
ROUTE_TABLE(trail_routes);
