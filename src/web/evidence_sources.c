/* Sources: what is looked at, how that went, and what has gone silent. */
#include "web/evidence_sources.h"

enum { RUN_SOURCE, RUN_STATUS, RUN_REASON, RUN_STARTED, RUN_ENDED, RUN_TOOL };
enum { REL_SOURCE, REL_RELATION, REL_STATUS, REL_REASON, REL_SEEN, REL_SINCE };
enum { PAST_STATUS, PAST_REASON, PAST_STARTED, PAST_ENDED, PAST_TOOL, PAST_SEQ };
enum { RUNS_SHOWN = 25 };

/* The outcome of a run in the words of the states: what was not read is no data. */
static state_mark mark_of_run(str status)
{
    static const struct { const char *status; state_mark mark; } marks[] = {
        { "ok", { "good", "\u2713", "ok" } },        { "absent", { "good", "\u2713", "not there" } },
        { "denied", { "error", "\u21af", "denied" } }, { "unsupported", { "no_data", "\u2592", "unsupported" } },
        { "partial", { "late", "\u25d0", "partial" } }, { "error", { "error", "\u21af", "error" } },
    };
    for (size_t i = 0; i < COUNT(marks); i++)
        if (str_eq(status, str_of(marks[i].status)))
            return marks[i].mark;
    return (state_mark){ "no_data", "\u2592", "never ran" };
}

static bool well(str status) { return str_eq(status, S("ok")) || str_eq(status, S("absent")); }

/* The tests that read a relation, and for how many what was seen then is too old. */
static void readers_of(ask *q, const content *ct, str name, time_us seen, source_relation *ret)
{
    const time_us now = q->as_of ? q->as_of : q->now;
    time_us       least = 0;
    for (size_t i = 0; i < ct->n_tests; i++)
        for (size_t k = 0; k < ct->tests[i].n_needs; k++) {
            const test_need *need = &ct->tests[i].needs[k];
            if (!str_eq(str_of(need->relation->name), name))
                continue;
            ret->tests++;
            ret->stale += need->max_age && (seen < 0 || now - seen > need->max_age);
            if (need->max_age && (!least || need->max_age < least))
                least = need->max_age;
        }
    if (least)
        ret->limit = time_span(q->a, least);
}

static source_relation relation_of(ask *q, const content *ct, const row_table *t, size_t i)
{
    source_relation r = {
        .relation = table_cell(t, i, REL_RELATION), .href = link_to(q, "/facts/" STR_FMT "?source=" STR_FMT, STR_ARG(table_cell(t, i, REL_RELATION)),
                                                                    STR_ARG(url_part(q->a, table_cell(t, i, REL_SOURCE)))),
        .reason = table_cell(t, i, REL_REASON), .mark = mark_of_run(table_cell(t, i, REL_STATUS)), .since = cell_ago(q, table_cell(t, i, REL_SINCE)),
        .tests_link = link_to(q, "/tests?reads=" STR_FMT, STR_ARG(table_cell(t, i, REL_RELATION))),
    };
    readers_of(q, ct, r.relation, cell_time(table_cell(t, i, REL_SEEN)), &r);
    return r;
}

static source_line line_of(ask *q, const content *ct, str id, const row_table *runs, const row_table *rels)
{
    int64_t     row = row_of(runs, id);
    source_line l = { .id = id, .href = source_path(q, "/sources/of", id), .ran = row >= 0 };
    for (size_t i = 0; i < rels->n_rows; i++) {
        if (!str_eq(table_cell(rels, i, REL_SOURCE), id))
            continue;
        source_relation r = relation_of(q, ct, rels, i);
        l.relations++;
        l.failing += !well(table_cell(rels, i, REL_STATUS));
        l.stale += r.stale > 0;
        l.tests += r.stale;
    }
    l.mark = mark_of_run(cell_in(runs, row, RUN_STATUS));
    if (l.stale && well(cell_in(runs, row, RUN_STATUS)))
        l.mark = (state_mark){ "no_data", "\u2592", "silent" };
    l.reason = cell_in(runs, row, RUN_REASON);
    l.seen = cell_when(q, cell_in(runs, row, RUN_ENDED));
    l.ago = cell_ago(q, cell_in(runs, row, RUN_ENDED));
    l.tool = cell_in(runs, row, RUN_TOOL);
    return l;
}

static bool listed(const source_line *v, size_t n, str id)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(v[i].id, id))
            return true;
    return false;
}

/* Those that are configured, then those that have run and are not. */
static err_t lines_fill(ask *q, sources_view *v)
{
    const content *ct;
    source_row    *list;
    row_table      runs, rels;
    size_t         n;
    TRY(app_content(q->ws, &q->f, &ct));
    TRY(source_list(q->ws, q->a, &q->f, &list, &n));
    TRY(rows_of(q, "sql/web/source_runs.sql", NULL, 0, &runs));
    TRY(rows_of(q, "sql/web/source_relations.sql", NULL, 0, &rels));
    v->v = NEW_ARRAY(q->a, source_line, n + runs.n_rows);
    for (size_t i = 0; i < n; i++) {
        v->v[v->n] = line_of(q, ct, list[i].id, &runs, &rels);
        v->v[v->n++].configured = true;
    }
    v->n_configured = n;
    for (size_t i = 0; i < runs.n_rows; i++)
        if (!listed(v->v, v->n, table_cell(&runs, i, RUN_SOURCE)))
            v->v[v->n++] = line_of(q, ct, table_cell(&runs, i, RUN_SOURCE), &runs, &rels);
    return ERR_OK;
}

str source_path(ask *q, const char *path, str id) { return link_to(q, "%s?id=" STR_FMT, path, STR_ARG(url_part(q->a, id))); }

str source_rounds(ask *q)
{
    job_state s = gate_jobs(q->g, q->a);
    str       every = workspace_setting(q->ws, "collect_every", 0), next = S("");
    time_us   span = HOURS(1);
    if (s.next_round > q->now)
        next = str_fmt(q->a, ", next " STR_FMT, STR_ARG(time_ago(q, s.next_round)));
    if (every.n && !span_parse(every, &span))
        span = HOURS(1);
    str by_clock = str_eq(every, S("off")) ? S("Sources are collected when somebody asks for it (collect_every: off).")
                                           : str_fmt(q->a, "Sources are collected every " STR_FMT STR_FMT ".", STR_ARG(time_span(q->a, span)), STR_ARG(next));
    if (!s.doing.n)
        return by_clock;
    return str_fmt(q->a, STR_FMT " Running now: " STR_FMT ".", STR_ARG(by_clock), STR_ARG(s.doing));
}

static err_t get_sources(ask *q)
{
    sources_view v = { .q = q, .may_collect = !q->as_of && shown_to(q, PERMIT_MANAGER), .may_change = !q->as_of && shown_to(q, PERMIT_OWNER) };
    TRY(lines_fill(q, &v));
    if (!q->as_of)
        v.rounds = source_rounds(q);
    page_action todo[2] = { { "", S(""), false, "" } };
    size_t      n = 0;
    if (v.may_collect && v.n_configured)
        todo[n++] = (page_action){ "Collect now", S("/jobs/collect"), true, "" };
    const char *look = n ? "plain" : "";
    if (v.may_change)
        todo[n++] = (page_action){ "Add a source", S("/sources/add"), false, look };
    page_open(q, &(page){ .title = S("Sources"), .place = "/sources", .actions = todo, .n_actions = n,
                          .lead = S("Where the facts come from. A source that has gone silent is no evidence: what reads it has no data.") });
    tpl_evidence_sources(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

/* ---- one ---------------------------------------------------------------------------------------------- */

static err_t runs_fill(ask *q, source_view *v)
{
    const sql_hole holes[] = { { "id", sql_quote(q->a, v->line.id) }, { "limit", hole_int(q->a, RUNS_SHOWN + 1) } };
    row_table      t = { 0 };
    TRY(rows_of(q, "sql/web/source_past.sql", holes, COUNT(holes), &t));
    v->more_runs = t.n_rows > RUNS_SHOWN;
    v->runs = NEW_ARRAY(q->a, source_run, t.n_rows);
    for (size_t i = 0; i < t.n_rows && i < RUNS_SHOWN; i++) {
        time_us from = cell_time(table_cell(&t, i, PAST_STARTED)), to = cell_time(table_cell(&t, i, PAST_ENDED));
        v->runs[v->n_runs++] = (source_run){
            .mark = mark_of_run(table_cell(&t, i, PAST_STATUS)), .started = from > 0 ? time_text(q, from) : S("at a time that is not known"),
            .took = to > from && from > 0 ? time_span(q->a, to - from) : S(""), .reason = table_cell(&t, i, PAST_REASON),
            .href = link_to(q, "/trail/" STR_FMT, STR_ARG(table_cell(&t, i, PAST_SEQ))),
        };
    }
    return ERR_OK;
}

static void now_fill(ask *q, source_view *v)
{
    str doing = gate_jobs(q->g, q->a).doing;
    v->running = str_eq(doing, S("collect")) || str_eq(doing, str_fmt(q->a, "collect " STR_FMT, STR_ARG(v->line.id)));
    v->rounds = source_rounds(q);
    v->may_run = v->line.configured && shown_to(q, PERMIT_MANAGER);
    v->may_remove = shown_to(q, PERMIT_OWNER);
    v->remove_link = source_path(q, "/sources/remove", v->line.id);
}

static err_t get_source(ask *q)
{
    sources_view   all = { .q = q };
    source_view    v = { .q = q };
    const content *ct;
    row_table      rels;
    str            id = ask_query(q, "id");
    bool           found = false;
    TRY(lines_fill(q, &all));
    for (size_t i = 0; i < all.n && !found; i++)
        if (str_eq(all.v[i].id, id)) {
            v.line = all.v[i];
            found = true;
        }
    if (!found)
        return fail(&q->f, ERR_NOT_FOUND, "there is no source \"" STR_FMT "\"", STR_ARG(utf8_cut(id, 200)));
    TRY(app_content(q->ws, &q->f, &ct));
    TRY(rows_of(q, "sql/web/source_relations.sql", NULL, 0, &rels));
    v.v = NEW_ARRAY(q->a, source_relation, rels.n_rows);
    for (size_t i = 0; i < rels.n_rows; i++)
        if (str_eq(table_cell(&rels, i, REL_SOURCE), id))
            v.v[v.n++] = relation_of(q, ct, &rels, i);
    TRY(runs_fill(q, &v));
    if (!q->as_of)
        now_fill(q, &v);
    crumb above[] = { { link_to(q, "/sources"), S("Sources") } };
    page_open(q, &(page){ .title = v.line.id, .place = "/sources", .crumbs = above, .n_crumbs = COUNT(above), .standing = v.line.mark,
                          .lead = v.line.configured ? S("A configured source: it runs at its times and when somebody asks.") : S("This source is not configured here; what it told stays in the history.") });
    tpl_evidence_source(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/sources", PERMIT_READER, 0, 0, 0, get_sources, "Sources of facts, and how their latest runs went" },
    { HTTP_GET, "/sources/of", PERMIT_READER, 0, 0, 0, get_source, "One source: its relations and runs" },
};
ROUTE_TABLE(evidence_sources_routes);
