/* The heat map: how many open risks stand at each likelihood and impact, before and after what is done about them. */
#include "web/calendar.h"

enum { TOP_RISKS = 15 };

static const struct { const char *kind, *title, *says, *likelihood, *impact; } maps[] = {
    { "inherent", "Without treatment", "As likely and as bad as they are before controls.", "likelihood", "impact" },
    { "residual", "With the controls that stand", "What remains.", "residual_likelihood", "residual_impact" },
};

/* At {likelihood, impact}; the address of the risks behind the number. */
static str cell_href(ask *q, size_t k, int64_t likelihood, int64_t impact)
{
    return link_to(q, "/risk?%s=%lld&%s=%lld&state.not=closed", maps[k].likelihood, (long long)likelihood, maps[k].impact, (long long)impact);
}

static void map_fill(ask *q, heat_map *m, size_t k, const row_table *t)
{
    m->title = maps[k].title;
    m->says = maps[k].says;
    for (int64_t l = 1; l <= 5; l++)
        for (int64_t i = 1; i <= 5; i++)
            m->v[5 - l][i - 1].css = chart_heat_class(l * i);
    for (size_t row = 0; row < t->n_rows; row++) {
        int64_t l = cell_int(table_cell(t, row, 1)), i = cell_int(table_cell(t, row, 2)), n = cell_int(table_cell(t, row, 3));
        if (!str_eq(table_cell(t, row, 0), str_of(maps[k].kind)))
            continue;
        if (l < 1 || l > 5 || i < 1 || i > 5) {
            m->unscored += n;
            continue;
        }
        heat_cell *c = &m->v[5 - l][i - 1];
        c->n = n;
        c->href = cell_href(q, k, l, i);
        c->label = str_fmt(q->a, "%lld risk%s of likelihood %lld and impact %lld, score %lld", (long long)n, n == 1 ? "" : "s", (long long)l, (long long)i, (long long)(l * i));
    }
}

static top_risk top_of(ask *q, const row_table *t, size_t i)
{
    time_us  due = cell_time(table_cell(t, i, 6)), until = cell_time(table_cell(t, i, 8));
    str      owner = cell_str(t, i, 9), state_now = table_cell(t, i, 2);
    top_risk r = { .id = table_cell(t, i, 0), .title = table_cell(t, i, 1), .owner = cell_str(t, i, 7), .mark = record_mark(q, state_now),
                   .inherent = cell_int(table_cell(t, i, 3)), .residual = cell_int(table_cell(t, i, 4)) };
    r.href = named_link(q, S("risk"), r.id);
    r.owner_href = owner.n ? named_link(q, S("person"), owner) : S("");
    r.treatment = choice_words(q->a, cell_str(t, i, 5));
    r.css = chart_heat_class(r.residual > 0 ? r.residual : r.inherent > 0 ? r.inherent : 25);
    if (due > 0 && str_eq(state_now, S("assessed"))) {
        r.due = date_text(q, due);
        r.due_late = due < moment_asked(q);
    }
    if (until > 0) {
        r.accepted = date_text(q, until);
        r.accepted_late = until < moment_asked(q);
    }
    return r;
}

/* Two statements. */
static err_t get_risks(ask *q)
{
    risks_view     v = { .q = q, .may_add = adds_type(q, relation_find(S("risk"))) && !q->as_of };
    row_table      cells, top;
    const sql_hole limit = { "limit", hole_int(q->a, TOP_RISKS) };
    TRY(rows_of(q, "sql/web/risks_cells.sql", NULL, 0, &cells));
    TRY(rows_of(q, "sql/web/risks_top.sql", &limit, 1, &top));
    for (size_t k = 0; k < COUNT(maps); k++)
        map_fill(q, &v.maps[k], k, &cells);
    for (size_t i = 0; i < cells.n_rows; i++)
        v.total += str_eq(table_cell(&cells, i, 0), S("inherent")) ? cell_int(table_cell(&cells, i, 3)) : 0;
    v.top = NEW_ARRAY(q->a, top_risk, top.n_rows + 1);
    for (size_t i = 0; i < top.n_rows; i++)
        v.top[v.n_top++] = top_of(q, &top, i);
    page_action acts[] = { { "All risks", link_to(q, "/risk"), false, "plain" }, { "Add a risk", S("/risk/new"), false, "" } };
    crumb       above[] = { { link_to(q, "/risk"), S("Risks") } };
    page_open(q, &(page){ .title = S("Heat map of risks"), .place = "/risk", .crumbs = above, .n_crumbs = COUNT(above), .actions = acts, .n_actions = v.may_add ? 2 : 1,
                          .lead = S("Open risks by how likely they are and how much they would hurt, and what is done about those that weigh most.") });
    tpl_risks(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/risks", PERMIT_READER, 0, ROUTE_CACHED, 0, get_risks, "Heat map of risks" },
};
ROUTE_TABLE(risk_map_routes);
