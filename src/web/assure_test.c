/* One test: what it found, on which items, since when, how it was seen. */
#include "web/assure_tests.h"

#include "web/chart.h"

enum { H_FROM, H_TO, H_STATE, H_POPULATION, H_EXCEPTIONS, H_UNKNOWNS, H_WAIVED, H_VERSION, H_SEQ };
enum { I_ITEM, I_OK, I_REASON, I_OBSERVED, I_EXPECTED, I_AT, I_WAIVER, I_UNTIL, I_SINCE };
enum { PAST_SHOWN = 20 };

err_t test_asked(ask *q, const content **ret_content, const control_test **ret)
{
    TRY(app_content(q->ws, &q->f, ret_content));
    *ret = test_find(*ret_content, q->params[0]);
    return *ret ? ERR_OK : app_no_such(q->ws, "test", q->params[0], &q->f);
}

str item_link(ask *q, const control_test *t, str item)
{
    if (!t->subject)
        return S("");
    if (t->subject->record)
        return record_link(q, str_fmt(q->a, "%s/" STR_FMT, t->subject->name, STR_ARG(item)));
    return link_to(q, "/facts/%s/row?key=" STR_FMT, t->subject->name, STR_ARG(url_part(q->a, item)));
}

/* ---- what it reads ------------------------------------------------------------------------------- */

need_lines needs_shown(ask *q, const control_test *t, const need_state *v, size_t n)
{
    need_line *lines = NEW_ARRAY(q->a, need_line, n);
    for (size_t i = 0; i < n; i++) {
        const relation *r = relation_find(v[i].relation);
        need_line      *l = &lines[i];
        *l = (need_line){ .relation = v[i].relation, .source = v[i].source, .status = v[i].status, .why = v[i].why, .fresh = v[i].fresh };
        l->href = r && r->record ? link_to(q, "/%s", r->name) : link_to(q, "/facts/" STR_FMT, STR_ARG(v[i].relation));
        if (v[i].source.n && !str_eq(v[i].source, RECORD_SOURCE))
            l->source_link = link_to(q, "/sources/of?id=" STR_FMT, STR_ARG(url_part(q->a, v[i].source)));
        if (v[i].seen_at) {
            l->seen = time_text(q, v[i].seen_at);
            l->ago = time_ago(q, v[i].seen_at);
        }
        for (size_t k = 0; k < t->n_needs; k++)
            if (str_eq(str_of(t->needs[k].relation->name), v[i].relation))
                l->limit = t->needs[k].max_age ? time_span(q->a, t->needs[k].max_age) : S("any");
    }
    return (need_lines){ lines, n };
}

/* ---- its items ---------------------------------------------------------------------------------------- */

static item_line item_of(ask *q, const control_test *t, const row_table *rows, size_t i)
{
    int64_t ok = cell_int(table_cell(rows, i, I_OK));
    str     waived = table_cell(rows, i, I_WAIVER);
    return (item_line){
        .item = table_cell(rows, i, I_ITEM), .href = item_link(q, t, table_cell(rows, i, I_ITEM)), .ok = ok == 0 ? 0 : ok == 1 ? 1 : -1,
        .reason = table_cell(rows, i, I_REASON), .observed = table_cell(rows, i, I_OBSERVED), .expected = table_cell(rows, i, I_EXPECTED),
        .when = cell_when(q, table_cell(rows, i, I_AT)), .since = cell_ago(q, table_cell(rows, i, I_SINCE)),
        .waiver = waived, .waiver_link = waived.n ? link_to(q, "/waiver/" STR_FMT, STR_ARG(waived)) : S(""),
        .waived_until = table_cell(rows, i, I_UNTIL).p ? date_text(q, cell_time(table_cell(rows, i, I_UNTIL))) : S(""),
    };
}

static err_t items_fill(ask *q, test_view *v)
{
    place          p = place_of(q, str_fmt(q->a, "/tests/" STR_FMT, STR_ARG(v->t->id)), NULL, 0);
    v->pages = pager_of(&p, v->result.exceptions + v->result.unknowns);
    const sql_hole holes[] = { { "id", sql_quote(q->a, v->t->id) }, { "limit", hole_int(q->a, LIST_ROWS) }, { "offset", hole_int(q->a, pager_offset(&v->pages)) } };
    row_table      rows;
    TRY(rows_of(q, "sql/web/test_items.sql", holes, COUNT(holes), &rows));
    item_line *lines = NEW_ARRAY(q->a, item_line, rows.n_rows);
    for (size_t i = 0; i < rows.n_rows; i++)
        lines[i] = item_of(q, v->t, &rows, i);
    v->items = (item_lines){ lines, rows.n_rows };
    return ERR_OK;
}

/* ---- over time ------------------------------------------------------------------------------------------- */

/* How many items failed, of these accepted, and could not be told; rows come newest first. */
static err_t chart_fill(ask *q, const row_table *t, str *ret)
{
    const time_us to = q->as_of ? q->as_of : q->now, from = picture_from(cell_time(table_cell(t, t->n_rows - 1, H_FROM)), to);
    chart_step   *v = NEW_ARRAY(q->a, chart_step, t->n_rows);
    buf           b = buf_new(q->a, 1 << 20);
    time_us      *asked;
    size_t        n_asked;
    if (from < 0)
        return ERR_OK;
    for (size_t i = 0; i < t->n_rows; i++) {
        size_t row = t->n_rows - 1 - i;
        v[i] = (chart_step){ cell_time(table_cell(t, row, H_FROM)), cell_time(table_cell(t, row, H_TO)), cell_int(table_cell(t, row, H_EXCEPTIONS)),
                       cell_int(table_cell(t, row, H_WAIVED)), cell_int(table_cell(t, row, H_UNKNOWNS)), str_eq(table_cell(t, row, H_STATE), S("no_data")) };
    }
    TRY(strip_asked(q, &asked, &n_asked));
    chart_defs(&b);
    chart_steps(q, &b, &(chart_series){ from, to, v, t->n_rows }, asked, n_asked);
    chart_strip_axis(q, &b, from, to);
    chart_key(&b);
    *ret = buf_str(&b);
    return ERR_OK;
}

static str change_note(ask *q, const row_table *t, size_t i)
{
    return str_fmt(q->a, STR_FMT " items, " STR_FMT " fail, " STR_FMT " unknown, " STR_FMT " waived; version " STR_FMT,
                   STR_ARG(table_cell(t, i, H_POPULATION)), STR_ARG(table_cell(t, i, H_EXCEPTIONS)), STR_ARG(table_cell(t, i, H_UNKNOWNS)),
                   STR_ARG(table_cell(t, i, H_WAIVED)), STR_ARG(table_cell(t, i, H_VERSION)));
}

static err_t past_fill(ask *q, test_view *v)
{
    const sql_hole hole = { "id", sql_quote(q->a, v->t->id) };
    const time_us  now = q->as_of ? q->as_of : q->now;
    row_table      t = { 0 };
    TRY(rows_of(q, "sql/web/result_history.sql", &hole, 1, &t));
    if (!t.n_rows)
        return ERR_OK;
    TRY(chart_fill(q, &t, &v->chart));
    v->past = (past_states){ NEW_ARRAY(q->a, past_state, t.n_rows), t.n_rows > PAST_SHOWN ? PAST_SHOWN : t.n_rows };
    for (size_t i = 0; i < v->past.n; i++) {
        time_us from = cell_time(table_cell(&t, i, H_FROM)), to = cell_time(table_cell(&t, i, H_TO));
        v->past.v[i] = (past_state){
            .mark = mark_of(table_cell(&t, i, H_STATE)), .from = time_text(q, from), .ago = time_ago(q, from),
            .lasted = to > now ? S("") : time_span(q->a, to - from), .note = change_note(q, &t, i),
            .href = link_to(q, "/trail/" STR_FMT, STR_ARG(table_cell(&t, i, H_SEQ))),
        };
    }
    return ERR_OK;
}

/* ---- the page ----------------------------------------------------------------------------------------------- */

static err_t result_fill(ask *q, test_view *v)
{
    const sql_hole only = { "match", str_fmt(q->a, "test = " STR_FMT, STR_ARG(sql_quote(q->a, v->t->id))) };
    row_table      t = { 0 };
    TRY(rows_of(q, "sql/web/test_states.sql", &only, 1, &t));
    int64_t row = t.n_rows ? 0 : -1;
    v->result = test_line_of(q, v->t, &t, row);
    v->reason = cell_in(&t, row, T_REASON);
    v->weakened = row >= 0 && cell_int(cell_in(&t, row, T_WEAKENED)) == 1;
    if (row >= 0 && !str_eq(cell_in(&t, row, T_DIGEST), v->t->digest))
        v->version_note = str_fmt(q->a, "The outcome below is of version " STR_FMT " with another text; the next assessment runs this one.", STR_ARG(cell_in(&t, row, T_VERSION)));
    return ERR_OK;
}

static void controls_fill(ask *q, test_view *v)
{
    crumb *list = NEW_ARRAY(q->a, crumb, v->t->n_controls);
    for (size_t i = 0; i < v->t->n_controls; i++)
        list[i] = (crumb){ link_to(q, "/controls/" STR_FMT, STR_ARG(v->t->controls[i]->id)),
                           str_fmt(q->a, STR_FMT " " STR_FMT, STR_ARG(v->t->controls[i]->id), STR_ARG(v->t->controls[i]->title)) };
    v->controls = list;
}

static size_t actions_of(ask *q, test_view *v, page_action ret[2])
{
    size_t n = 0;
    if (!shown_to(q, PERMIT_CONTRIBUTOR))
        return 0;
    ret[n++] = (page_action){ q->as_of ? "Run as of then" : "Run now", link_to(q, "/tests/" STR_FMT "/run", STR_ARG(v->t->id)), true, "" };
    if (!q->as_of && v->result.exceptions > v->result.waived)
        ret[n++] = (page_action){ "Waive", str_fmt(q->a, "/tests/" STR_FMT "/waive", STR_ARG(v->t->id)), false, "plain" };
    return n;
}

static err_t get_test(ask *q)
{
    static const char *const kinds[] = { [TEST_STATE_KIND] = "each item holds or not at a moment", [TEST_EVENT_KIND] = "each item is something that happened" };
    test_view      v = { .q = q };
    const content *ct;
    need_state    *needs;
    size_t         n_needs;
    TRY(test_asked(q, &ct, &v.t));
    TRY(assessed_read(q, &v.stamp));
    TRY(result_fill(q, &v));
    TRY(items_fill(q, &v));
    TRY(past_fill(q, &v));
    TRY(app_needs(q->ws, q->a, v.t, q->as_of, &q->f, &needs, &n_needs));
    v.needs = needs_shown(q, v.t, needs, n_needs);
    v.severity = severity_name(v.t->severity);
    v.kind = kinds[v.t->kind];
    v.sql = sql_coloured(q->a, v.t->sql_text);
    if (v.t->subject)
        v.subject_link = v.t->subject->record ? link_to(q, "/%s", v.t->subject->name) : link_to(q, "/facts/%s", v.t->subject->name);
    controls_fill(q, &v);
    page_action todo[2];
    size_t      n_todo = actions_of(q, &v, todo);
    crumb       above[] = { { link_to(q, "/tests"), S("Tests") } };
    page_open(q, &(page){ .title = v.t->title, .place = "/tests", .crumbs = above, .n_crumbs = COUNT(above), .lead = v.t->why,
                          .standing = v.result.mark, .actions = todo, .n_actions = n_todo });
    tpl_assure_test(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/tests/{id}", PERMIT_READER, 0, ROUTE_CACHED, 0, get_test, "One test: its items, freshness, query and history" },
};
ROUTE_TABLE(assure_test_routes);
