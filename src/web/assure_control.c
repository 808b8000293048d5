/* One control: what it says, who answers for it, and what shows that it works. */
#include "web/assure_controls.h"

#include "calendar/calendar.h"
#include "web/chart.h"
#include "web/record.h"

enum { K_ID, K_STATE, K_TESTS, K_FAILING, K_UNSEEN, K_NOTE };
enum { R_ID, R_STATE, R_OWNER, R_OWNER_NAME, R_CADENCE, R_METHOD, R_REASON, R_PROCEDURE };
enum { S_TYPE, S_ID, S_TITLE, S_STATE, S_FROM, S_TO, S_PERSON, S_TARGET };

bool test_serves(const control_test *t, const control *c)
{
    for (size_t i = 0; i < t->n_controls; i++)
        if (t->controls[i] == c)
            return true;
    return false;
}

control_test_line test_line_of(ask *q, const control_test *t, const row_table *results, int64_t row)
{
    control_test_line l = { .t = t, .mark = mark_of(cell_in(results, row, T_STATE)), .href = link_to(q, "/tests/" STR_FMT, STR_ARG(t->id)), .ran = row >= 0 };
    if (row < 0)
        return l;
    l.population = cell_int(cell_in(results, row, T_POPULATION));
    l.exceptions = cell_int(cell_in(results, row, T_EXCEPTIONS));
    l.unknowns = cell_int(cell_in(results, row, T_UNKNOWNS));
    l.waived = cell_int(cell_in(results, row, T_WAIVED));
    l.since = cell_ago(q, cell_in(results, row, T_SINCE));
    return l;
}

static err_t criteria_fill(ask *q, control_view *v)
{
    row_table t = { 0 };
    TRY(rows_of(q, "sql/web/criteria.sql", NULL, 0, &t));
    v->criteria = NEW_ARRAY(q->a, control_criterion, v->c->n_mappings);
    for (size_t i = 0; i < v->c->n_mappings; i++) {
        const mapping *m = &v->c->mappings[i];
        v->criteria[v->n_criteria++] = (control_criterion){ m, mark_of(cell_in(&t, row_of(&t, m->criterion->id), 1)),
                                                            link_to(q, "/criteria/" STR_FMT, STR_ARG(m->criterion->id)) };
    }
    return ERR_OK;
}

static int worst_line_first(const void *x, const void *y)
{
    const control_test_line *a = x, *b = y;
    test_state p = STATE_COUNT_, r = STATE_COUNT_;
    (void)state_parse(str_of(a->mark.css), &p);
    (void)state_parse(str_of(b->mark.css), &r);
    return p != r ? (p > r) - (p < r) : str_cmp(a->t->id, b->t->id);
}

static err_t tests_fill(ask *q, const content *ct, control_view *v)
{
    const sql_hole all = { "match", S("true") };
    row_table      t = { 0 };
    TRY(rows_of(q, "sql/web/test_states.sql", &all, 1, &t));
    v->tests = NEW_ARRAY(q->a, control_test_line, ct->n_tests);
    for (size_t i = 0; i < ct->n_tests; i++)
        if (test_serves(&ct->tests[i], v->c))
            v->tests[v->n_tests++] = test_line_of(q, &ct->tests[i], &t, row_of(&t, ct->tests[i].id));
    qsort(v->tests, v->n_tests, sizeof *v->tests, worst_line_first);
    return ERR_OK;
}

static err_t support_fill(ask *q, control_view *v)
{
    const sql_hole hole = { "id", sql_quote(q->a, v->c->id) };
    row_table      t = { 0 };
    TRY(rows_of(q, "sql/web/control_support.sql", &hole, 1, &t));
    v->support = NEW_ARRAY(q->a, control_support, t.n_rows);
    for (size_t i = 0; i < t.n_rows; i++) {
        bool link = str_eq(table_cell(&t, i, S_TYPE), S("link"));
        str  own = str_fmt(q->a, STR_FMT "/" STR_FMT, STR_ARG(table_cell(&t, i, S_TYPE)), STR_ARG(table_cell(&t, i, S_ID)));
        v->support[v->n_support++] = (control_support){
            .type = link ? table_cell(&t, i, S_TARGET) : own, .title = table_cell(&t, i, S_TITLE),
            .href = record_link(q, link ? table_cell(&t, i, S_TARGET) : own), .status = table_cell(&t, i, S_STATE),
            .from = table_cell(&t, i, S_FROM).p ? date_text(q, cell_time(table_cell(&t, i, S_FROM))) : S(""),
            .to = table_cell(&t, i, S_TO).p ? date_text(q, cell_time(table_cell(&t, i, S_TO))) : S(""),
            .who = table_cell(&t, i, S_PERSON), .who_link = person_link(q, table_cell(&t, i, S_PERSON)),
        };
    }
    return ERR_OK;
}

/* Policies of the library that are about it: a link where this organisation has the policy. One statement. */
static err_t policies_fill(ask *q, control_view *v)
{
    const library *l;
    crumb         *list;
    names         *named = names_new(q);
    TRY(app_library(q->ws, &q->f, &l));
    v->policies = list = NEW_ARRAY(q->a, crumb, l->n_policies);
    for (size_t i = 0; i < l->n_policies; i++)
        for (size_t k = 0; k < l->policies[i].controls.n; k++)
            if (str_eq(l->policies[i].controls.v[k], v->c->id)) {
                names_want_record(named, S("policy"), l->policies[i].id);
                list[v->n_policies++] = (crumb){ l->policies[i].id, l->policies[i].title };
            }
    TRY(names_read(named));
    for (size_t i = 0; i < v->n_policies; i++)
        list[i].href = names_title(named, S("policy"), list[i].href).n ? named_offer(q, S("policy"), list[i].href) : S("");
    v->registers = list = NEW_ARRAY(q->a, crumb, n_relations);
    for (size_t i = 0; i < n_relations; i++)
        if (relations[i]->record && list_has(relations[i]->record->controls, v->c->id) && ask_may(q, HTTP_GET, str_fmt(q->a, "/%s", relations[i]->name)))
            list[v->n_registers++] = (crumb){ link_to(q, "/%s", relations[i]->name), type_plural(q->a, relations[i]) };
    return ERR_OK;
}

static void said_fill(ask *q, const row_table *people, control_view *v)
{
    int64_t row = row_of(people, v->c->id);
    v->recorded = row >= 0;
    v->record_state = cell_in(people, row, R_STATE);
    v->owner = cell_in(people, row, R_OWNER_NAME);
    v->owner_link = person_link(q, cell_in(people, row, R_OWNER));
    v->cadence = cell_in(people, row, R_CADENCE).n ? cell_in(people, row, R_CADENCE) : v->c->cadence;
    v->method = cell_in(people, row, R_METHOD);
    v->reason = cell_in(people, row, R_REASON);
    v->procedure = cell_in(people, row, R_PROCEDURE);
}

/* The form with what can be told already: done today, and good for one cadence. */
static str attest_link(ask *q, const control_view *v)
{
    buf    b = buf_new(q->a, 1024);
    period p;
    buf_fmt(&b, "/attestation/new?control=" STR_FMT "&performed_at=" STR_FMT, STR_ARG(v->c->id), STR_ARG(str_sub(time_rfc3339(q->a, q->now), 0, 10)));
    if (period_parse(v->cadence, &p))
        buf_fmt(&b, "&valid_until=" STR_FMT, STR_ARG(str_sub(time_rfc3339(q->a, period_add(NULL, q->now, p)), 0, 10)));
    return buf_str(&b);
}

/* What there is to do, most needed first. */
static size_t actions_of(ask *q, const control_view *v, page_action ret[3])
{
    str    id = v->c->id;
    size_t n = 0;
    if (q->as_of || !shown_to(q, PERMIT_CONTRIBUTOR))
        return 0;
    if (v->recorded)
        ret[n++] = (page_action){ "Owner and state", str_fmt(q->a, "/control/" STR_FMT, STR_ARG(id)), false, "plain" };
    else if (shown_to(q, PERMIT_MANAGER))
        ret[n++] = (page_action){ "Name an owner", str_fmt(q->a, "/control/new?id=" STR_FMT, STR_ARG(id)), false, "" };
    if (v->c->nature != NATURE_AUTOMATED)
        ret[n++] = (page_action){ "Attest it", attest_link(q, v), false, "plain" };
    ret[n++] = (page_action){ "Add evidence", str_fmt(q->a, "/evidence/new?supports=control/" STR_FMT, STR_ARG(id)), false, "plain" };
    return n;
}

/* Why it stands as it does, from the states of its tests and what people said. */
static str why_of(ask *q, const control_view *v, str wire, str remark)
{
    int64_t failing = 0, unseen = 0;
    for (size_t i = 0; i < v->n_tests; i++) {
        failing += strcmp(v->tests[i].mark.css, "fail") == 0;
        unseen += strcmp(v->tests[i].mark.css, "no_data") == 0 || strcmp(v->tests[i].mark.css, "error") == 0;
    }
    buf b = buf_new(q->a, 64 << 10);
    if (!wire.n)
        return S("No assessment has been recorded.");
    if (failing)
        buf_fmt(&b, "%lld of %zu tests %s. ", (long long)failing, v->n_tests, failing == 1 ? "fails" : "fail");
    if (unseen)
        buf_fmt(&b, "%lld of %zu tests %s no data. ", (long long)unseen, v->n_tests, unseen == 1 ? "has" : "have");
    if (!failing && !unseen && v->n_tests && !str_eq(wire, S("error")))
        buf_fmt(&b, "Every one of its %zu tests holds or does not apply. ", v->n_tests);
    if (!v->n_tests)
        buf_putz(&b, "No test can see it; people attest it. ");
    if (str_eq(wire, S("needs_review")))
        buf_putz(&b, "What people do of it has not been attested, or the attestation has ended. ");
    if (remark.n) {
        buf_putc(&b, remark.p[0] >= 'a' && remark.p[0] <= 'z' ? (char)(remark.p[0] - 32) : remark.p[0]);
        buf_puts(&b, str_sub(remark, 1, remark.n));
        buf_putc(&b, '.');
    }
    return str_trim(buf_str(&b));
}

/* A year of its states: what was recorded, oldest first. */
static err_t strip_fill(ask *q, control_view *v)
{
    const time_us  to = q->as_of ? q->as_of : q->now;
    const sql_hole holes[] = { { "id", sql_quote(q->a, v->c->id) }, { "from", hole_int(q->a, to - DAYS(365)) } };
    row_table      t = { 0 };
    time_us       *asked;
    size_t         n_asked;
    TRY(strip_asked(q, &asked, &n_asked));
    TRY(rows_of(q, "sql/web/control_strip.sql", holes, COUNT(holes), &t));
    const time_us from = t.n_rows ? picture_from(cell_time(table_cell(&t, 0, 1)), to) : -1;
    if (from < 0)
        return ERR_OK;
    buf   b = buf_new(q->a, 1 << 20);
    strip s = strip_of(q->a, v->c->id, &(strip_rows){ &t, 0, t.n_rows, 0, 1, 2, asked, n_asked }, from, to);
    chart_defs(&b);
    chart_strip(q, &b, &s);
    chart_strip_axis(q, &b, from, to);
    v->strip = buf_str(&b);
    return ERR_OK;
}

static const char *const natures[] = { [NATURE_AUTOMATED] = "automated: tests see all of it", [NATURE_MANUAL] = "manual: people do it and attest it",
                                       [NATURE_MIXED] = "mixed: tests see part of it, people attest the rest" };

static err_t get_control(ask *q)
{
    const content *ct;
    row_table      states, people;
    control_view   v = { .q = q };
    TRY(app_content(q->ws, &q->f, &ct));
    v.c = control_find(ct, q->params[0]);
    if (!v.c)
        return app_no_such(q->ws, "control", q->params[0], &q->f);
    TRY(assessed_read(q, &v.stamp));
    TRY(rows_of(q, "sql/web/control_states.sql", NULL, 0, &states));
    TRY(rows_of(q, "sql/web/control_records.sql", NULL, 0, &people));
    TRY(criteria_fill(q, &v));
    TRY(tests_fill(q, ct, &v));
    TRY(support_fill(q, &v));
    TRY(policies_fill(q, &v));
    TRY(strip_fill(q, &v));
    TRY(past_states_read(q, "control_result", "control", v.c->id, &v.past));
    said_fill(q, &people, &v);
    int64_t row = row_of(&states, v.c->id);
    v.mark = mark_of(cell_in(&states, row, K_STATE));
    v.why = why_of(q, &v, cell_in(&states, row, K_STATE), cell_in(&states, row, K_NOTE));
    v.nature = natures[v.c->nature];
    page_action todo[3];
    size_t      n_todo = actions_of(q, &v, todo);
    crumb       above[] = { { link_to(q, "/controls"), S("Controls") } };
    page_open(q, &(page){ .title = str_fmt(q->a, STR_FMT " " STR_FMT, STR_ARG(v.c->id), STR_ARG(v.c->title)), .place = "/controls",
                          .crumbs = above, .n_crumbs = COUNT(above), .lead = v.c->rationale,
                          .standing = v.mark, .actions = todo, .n_actions = n_todo });
    tpl_assure_control(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/controls/{id}", PERMIT_READER, 0, ROUTE_CACHED, 0, get_control, "One control: text, owner, tests, evidence, history" },
};
ROUTE_TABLE(assure_control_routes);
