/* Tests: what each found, as last recorded. */
#include "web/assure_tests.h"

static str group_of(const control_test *t)
{
    str id = t->id;
    return str_cut(&id, '.');
}

static bool meets_criterion(const control_test *t, str id)
{
    for (size_t i = 0; i < t->n_controls; i++)
        for (size_t k = 0; k < t->controls[i]->n_mappings; k++)
            if (str_eq(t->controls[i]->mappings[k].criterion->id, id))
                return true;
    return false;
}

static bool of_control(const control_test *t, str id)
{
    for (size_t i = 0; i < t->n_controls; i++)
        if (str_eq(t->controls[i]->id, id))
            return true;
    return false;
}

static bool reads(const control_test *t, str name)
{
    for (size_t i = 0; i < t->n_needs; i++)
        if (str_eq(str_of(t->needs[i].relation->name), name))
            return true;
    return false;
}

static bool fits(const place *p, const control_test *t, str wire)
{
    str wanted = place_get(p, "state"), group = place_get(p, "group"), heavy = place_get(p, "severity"), c = place_get(p, "control"),
        cr = place_get(p, "criterion"), text = str_lower(p->q->a, place_get(p, "q"));
    if (wanted.n && !str_eq(wanted, wire) && !(str_eq(wanted, S("plain")) && !wire.n))
        return false;
    if ((group.n && !str_eq(group, group_of(t))) || (heavy.n && !str_eq(heavy, str_of(severity_name(t->severity)))))
        return false;
    if (place_get(p, "reads").n && !reads(t, place_get(p, "reads")))
        return false;
    if ((c.n && !of_control(t, c)) || (cr.n && !meets_criterion(t, cr)))
        return false;
    return !text.n || str_contains(str_lower(p->q->a, t->title), text) || str_contains(t->id, text);
}

static picker picker_of_groups(ask *q, const place *p, const content *ct)
{
    pick  *v = NEW_ARRAY(q->a, pick, ct->n_tests + 1);
    size_t n = 1;
    v[0] = (pick){ S(""), S("all") };
    for (size_t i = 0; i < ct->n_tests; i++) {
        str its = group_of(&ct->tests[i]);
        if (!str_eq(v[n - 1].text, its))
            v[n++] = (pick){ its, its };
    }
    return (picker){ "group", "Group", "select", v, n, place_get(p, "group") };
}

picker picker_of_severities(const place *p)
{
    static const severity order[] = { SEVERITY_CRITICAL, SEVERITY_HIGH, SEVERITY_MEDIUM, SEVERITY_LOW };
    pick *v = NEW_ARRAY(p->q->a, pick, COUNT(order) + 1);
    v[0] = (pick){ S(""), S("any") };
    for (size_t i = 0; i < COUNT(order); i++)
        v[i + 1] = (pick){ str_of(severity_name(order[i])), str_of(severity_name(order[i])) };
    return (picker){ "severity", "Severity", "select", v, COUNT(order) + 1, place_get(p, "severity") };
}

/* Worst first: by state, then severity, then exceptions. */
static int worst_first(const void *x, const void *y)
{
    const control_test_line *a = x, *b = y;
    test_state p = STATE_COUNT_, r = STATE_COUNT_;
    (void)state_parse(str_of(a->mark.css), &p);
    (void)state_parse(str_of(b->mark.css), &r);
    if (p != r)
        return (p > r) - (p < r);
    if (a->t->severity != b->t->severity)
        return (a->t->severity > b->t->severity) - (a->t->severity < b->t->severity);
    if (a->exceptions != b->exceptions)
        return (a->exceptions < b->exceptions) - (a->exceptions > b->exceptions);
    return str_cmp(a->t->id, b->t->id);
}

static void lines_fill(const place *p, const content *ct, const row_table *results, tests_view *v, bool seen[STATE_COUNT_])
{
    ask              *q = p->q;
    control_test_line *found = NEW_ARRAY(q->a, control_test_line, ct->n_tests);
    int64_t           n = 0;
    place             all = *p;
    for (size_t i = 0; i < ct->n_tests; i++) {
        int64_t    row = row_of(results, ct->tests[i].id);
        str        wire = cell_in(results, row, T_STATE);
        test_state s;
        if (state_parse(wire, &s))
            seen[s] = true;
        tally_add(&v->states, wire);
        if (fits(p, &ct->tests[i], wire))
            found[n++] = test_line_of(q, &ct->tests[i], results, row);
    }
    for (size_t i = 0; i < all.n; i++)
        all.texts[i] = S("");
    tallies_link(&v->states, &all, "state");
    qsort(found, (size_t)n, sizeof *found, worst_first);
    v->pages = pager_of(p, n);
    v->v = found + pager_offset(&v->pages);
    v->n = (size_t)(v->pages.last - pager_offset(&v->pages));
}

static err_t get_tests(ask *q)
{
    static const char *const names[] = { "q", "state", "severity", "group", "control", "criterion", "reads" };
    const sql_hole all = { "match", S("true") };
    place          p = place_of(q, S("/tests"), names, COUNT(names));
    tests_view     v = { .q = q };
    const content *ct;
    row_table      results;
    bool           seen[STATE_COUNT_] = { false };
    TRY(app_content(q->ws, &q->f, &ct));
    TRY(assessed_read(q, &v.stamp));
    TRY(rows_of(q, "sql/web/test_states.sql", &all, 1, &results));
    lines_fill(&p, ct, &results, &v, seen);
    picker pickers[] = {
        { "q", "Words", "search", NULL, 0, place_get(&p, "q") }, picker_of_states(q, &p, seen), picker_of_severities(&p), picker_of_groups(q, &p, ct),
        { "control", "Control", "text", NULL, 0, place_get(&p, "control") }, { "criterion", "Criterion", "text", NULL, 0, place_get(&p, "criterion") },
        { "reads", "Reads", "hidden", NULL, 0, place_get(&p, "reads") },
    };
    v.filters = filters_of(&p, pickers, COUNT(pickers));
    page_open(q, &(page){ .title = S("Tests"), .place = "/tests",
                          .lead = S("Each test looks at every item of its population. What could not be seen is not a pass; what was waived still fails.") });
    tpl_assure_tests(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/tests", PERMIT_READER, 0, ROUTE_CACHED, 0, get_tests, "Control tests, and what each found" },
};
ROUTE_TABLE(assure_tests_routes);
