/* Criteria: what the standard asks, and where each stands. */
#include "web/assure_criteria.h"
#include "web/record.h"

/* Columns of sql/web/criteria.sql and, where they are the same, of control_states.sql. */
enum { C_ID, C_STATE, C_CONTROLS, C_TESTS, C_FAILING, C_UNSEEN, C_NOTE };
enum { K_ID, K_STATE, K_TESTS, K_FAILING, K_UNSEEN, K_NOTE };
enum { R_ID, R_STATE, R_OWNER, R_OWNER_NAME };

static str state_text(const row_table *t, int64_t row) { return row < 0 ? S("") : cell_in(t, row, C_STATE); }

static criterion_line line_of(ask *q, const criterion *c, const row_table *t, int64_t row)
{
    criterion_line l = { .c = c, .mark = mark_of(state_text(t, row)), .href = link_to(q, "/criteria/" STR_FMT, STR_ARG(c->id)) };
    if (row < 0)
        return l;
    l.ran = true;
    l.note = cell_in(t, row, C_NOTE);
    l.controls = cell_int(cell_in(t, row, C_CONTROLS));
    l.tests = cell_int(cell_in(t, row, C_TESTS));
    l.failing = cell_int(cell_in(t, row, C_FAILING));
    l.unseen = cell_int(cell_in(t, row, C_UNSEEN));
    l.tests_link = link_to(q, "/tests?criterion=" STR_FMT, STR_ARG(c->id));
    l.failing_link = link_to(q, "/tests?criterion=" STR_FMT "&state=fail", STR_ARG(c->id));
    l.unseen_link = link_to(q, "/tests?criterion=" STR_FMT "&state=no_data", STR_ARG(c->id));
    return l;
}

static bool wanted_state(const place *p, str wire)
{
    str wanted = place_get(p, "state");
    return !wanted.n || str_eq(wanted, wire) || (!wire.n && str_eq(wanted, S("plain")));
}

/* Counts are of the whole category; lines are those that fit. */
static void group_fill(const place *p, const content *ct, category k, const row_table *t, criteria_view *v, bool seen[STATE_COUNT_])
{
    ask             *q = p->q;
    criterion_group *g = &v->groups[v->n_groups];
    str              only = place_get(p, "category");
    place            its = *p;
    *g = (criterion_group){ .name = category_name(k), .v = NEW_ARRAY(q->a, criterion_line, ct->n_criteria) };
    g->href = place_with(p, "category", str_of(category_id(k)));
    its.texts[0] = str_of(category_id(k));
    for (size_t i = 0; i < ct->n_criteria; i++) {
        if (ct->criteria[i].category != k)
            continue;
        int64_t    row = row_of(t, ct->criteria[i].id);
        test_state s;
        str        wire = state_text(t, row);
        if (state_parse(wire, &s))
            seen[s] = true;
        tally_add(&g->states, wire);
        if (wanted_state(p, wire))
            g->v[g->n++] = line_of(q, &ct->criteria[i], t, row);
    }
    tallies_link(&g->states, &its, "state");
    if (only.n && !str_eq(only, str_of(category_id(k))))
        return;
    v->n_shown += g->n;
    v->n_groups++;
}

static picker picker_of_categories(ask *q, const place *p)
{
    pick *v = NEW_ARRAY(q->a, pick, CAT_COUNT_ + 1);
    v[0] = (pick){ S(""), S("all") };
    for (category k = 0; k < CAT_COUNT_; k++)
        v[k + 1] = (pick){ str_of(category_id(k)), str_of(category_name(k)) };
    return (picker){ "category", "Category", "select", v, CAT_COUNT_ + 1, place_get(p, "category") };
}

static err_t get_criteria(ask *q)
{
    static const char *const params[] = { "category", "state" };
    place          p = place_of(q, S("/criteria"), params, COUNT(params));
    criteria_view  v = { .q = q };
    const content *ct;
    row_table          t = { 0 };
    bool           seen[STATE_COUNT_] = { false };
    TRY(app_content(q->ws, &q->f, &ct));
    TRY(assessed_read(q, &v.stamp));
    TRY(rows_of(q, "sql/web/criteria.sql", NULL, 0, &t));
    for (category k = 0; k < CAT_COUNT_; k++)
        group_fill(&p, ct, k, &t, &v, seen);
    picker pickers[] = { picker_of_categories(q, &p), picker_of_states(q, &p, seen) };
    v.filters = filters_of(&p, pickers, COUNT(pickers));
    page_open(q, &(page){ .title = S("Criteria"), .place = "/criteria",
                          .lead = S("What the report is measured against. A criterion stands as its worst control does; one without a control is a gap.") });
    tpl_assure_criteria(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

/* ---- one ------------------------------------------------------------------------------------------ */

/* What makes the state, in a sentence, and the step that follows. */
static const struct {
    const char *wire, *why, *next, *to;
} steps[] = {
    { "error", "A test behind it could not be run.", "Look at the tests in error", "/tests?state=error" },
    { "no_data", "What is needed to judge it was not seen, or not recently.", "Look at the sources", "/sources" },
    { "fail", "At least one test behind its controls fails.", "Look at the controls that fail below", NULL },
    { "gap", "No control that works covers it.", "Choose a control that does", "/controls" },
    { "needs_review", "Part of its controls is done by people, and nobody has attested it.", "Attest the controls below", NULL },
    { "attested", "People attested what no test can see, and another looked at the evidence.", NULL, NULL },
    { "pass", "Every control that covers it holds.", NULL, NULL },
    { "not_applicable", "It does not apply.", NULL, NULL },
    { "", "No assessment has been recorded.", NULL, NULL },
};

static void covering_fill(ask *q, const content *ct, const row_table *states, const row_table *people, criterion_view *v)
{
    v->v = NEW_ARRAY(q->a, covering, ct->n_controls);
    for (size_t i = 0; i < ct->n_controls; i++)
        for (size_t k = 0; k < ct->controls[i].n_mappings; k++) {
            const control *c = &ct->controls[i];
            const mapping *m = &c->mappings[k];
            if (m->criterion != v->c)
                continue;
            int64_t row = row_of(states, c->id), person = row_of(people, c->id);
            v->v[v->n++] = (covering){
                .c = c, .mark = mark_of(row < 0 ? S("") : cell_in(states, row, K_STATE)), .href = link_to(q, "/controls/" STR_FMT, STR_ARG(c->id)),
                .owner = cell_in(people, person, R_OWNER_NAME), .owner_link = person_link(q, cell_in(people, person, R_OWNER)),
                .note = cell_in(states, row, K_NOTE), .primary = m->primary, .rationale = m->rationale,
                .tests = row < 0 ? 0 : cell_int(cell_in(states, row, K_TESTS)), .failing = row < 0 ? 0 : cell_int(cell_in(states, row, K_FAILING)),
                .unseen = row < 0 ? 0 : cell_int(cell_in(states, row, K_UNSEEN)),
            };
        }
}

static void step_of(ask *q, criterion_view *v, str wire, str remark)
{
    for (size_t i = 0; i < COUNT(steps); i++)
        if (str_eq(wire, str_of(steps[i].wire))) {
            v->why = remark.n ? remark : str_of(steps[i].why);
            v->next = str_of(steps[i].next);
            v->next_link = steps[i].to ? link_to(q, "%s", steps[i].to) : S("");
        }
}

/* What people decided of it and of its category; where nobody did, it applies. One statement. */
static err_t said_fill(ask *q, criterion_view *v)
{
    const char    *scope = category_id(v->c->category);
    str            own = record_path(q->a, S("criterion"), v->c->id, NULL);
    const sql_hole holes[] = { { "id", sql_quote(q->a, v->c->id) }, { "category", sql_quote(q->a, str_of(scope)) } };
    row_table      t = { 0 };
    TRY(rows_of(q, "sql/web/criterion_said.sql", holes, COUNT(holes), &t));
    bool recorded = table_cell(&t, 0, 0).n > 0, out = str_eq(table_cell(&t, 0, 0), S("0"));
    v->outside = str_eq(table_cell(&t, 0, 2), S("0"));
    v->applies = out ? "no" : recorded ? "yes, as was decided" : "yes; nobody has decided otherwise";
    v->reason = table_cell(&t, 0, 1);
    v->scope_reason = table_cell(&t, 0, 3);
    v->scope_link = v->outside ? link_to(q, "/category/%s", scope) : S("");
    v->record_link = recorded ? link_to(q, STR_FMT, STR_ARG(own)) : S("");
    str exclude = str_fmt(q->a, "/criterion/new?id=" STR_FMT "&applicable=false", STR_ARG(v->c->id));
    if (!recorded && !q->as_of && ask_may(q, HTTP_GET, exclude))
        v->exclude_link = exclude;
    return ERR_OK;
}

static err_t get_criterion(ask *q)
{
    const content *ct;
    row_table          t, states, people;
    criterion_view v = { .q = q };
    TRY(app_content(q->ws, &q->f, &ct));
    v.c = criterion_find(ct, q->params[0]);
    if (!v.c)
        return app_no_such(q->ws, "criterion", q->params[0], &q->f);
    TRY(assessed_read(q, &v.stamp));
    TRY(rows_of(q, "sql/web/criteria.sql", NULL, 0, &t));
    TRY(rows_of(q, "sql/web/control_states.sql", NULL, 0, &states));
    TRY(rows_of(q, "sql/web/control_records.sql", NULL, 0, &people));
    TRY(past_states_read(q, "criterion_result", "criterion", v.c->id, &v.past));
    TRY(said_fill(q, &v));
    int64_t row = row_of(&t, v.c->id);
    str     wire = state_text(&t, row);
    v.mark = mark_of(wire);
    v.category_name = str_of(category_name(v.c->category));
    v.category_link = link_to(q, "/criteria?category=%s", category_id(v.c->category));
    covering_fill(q, ct, &states, &people, &v);
    step_of(q, &v, wire, row < 0 ? S("") : cell_in(&t, row, C_NOTE));
    crumb above[] = { { link_to(q, "/criteria"), S("Criteria") }, { v.category_link, v.category_name } };
    page_open(q, &(page){ .title = v.c->id, .place = "/criteria", .crumbs = above, .n_crumbs = COUNT(above),
                          .lead = v.c->words, .standing = v.mark });
    tpl_assure_criterion(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/criteria", PERMIT_READER, 0, ROUTE_CACHED, 0, get_criteria, "Criteria by category, and where each stands" },
    { HTTP_GET, "/criteria/{id}", PERMIT_READER, 0, ROUTE_CACHED, 0, get_criterion, "One criterion: its controls, state and history" },
};
ROUTE_TABLE(assure_criteria_routes);
