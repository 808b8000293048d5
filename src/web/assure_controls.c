/* Controls: what the organisation does, and whether it holds. */
#include "web/assure_controls.h"

enum { K_ID, K_STATE, K_TESTS, K_FAILING, K_UNSEEN, K_NOTE };
enum { R_ID, R_STATE, R_OWNER, R_OWNER_NAME };

/* "AC" of "AC-03" */
static str family_of(const control *c)
{
    str id = c->id;
    return str_cut(&id, '-');
}

static control_line line_of(ask *q, const control *c, const row_table *states, const row_table *people)
{
    int64_t row = row_of(states, c->id), person = row_of(people, c->id);
    return (control_line){
        .c = c, .mark = mark_of(cell_in(states, row, K_STATE)), .href = link_to(q, "/controls/" STR_FMT, STR_ARG(c->id)),
        .owner = cell_in(people, person, R_OWNER_NAME), .owner_link = person_link(q, cell_in(people, person, R_OWNER)),
        .note = cell_in(states, row, K_NOTE), .tests_link = link_to(q, "/tests?control=" STR_FMT, STR_ARG(c->id)),
        .failing_link = link_to(q, "/tests?control=" STR_FMT "&state=fail", STR_ARG(c->id)),
        .tests = row < 0 ? 0 : cell_int(cell_in(states, row, K_TESTS)), .failing = row < 0 ? 0 : cell_int(cell_in(states, row, K_FAILING)),
        .unseen = row < 0 ? 0 : cell_int(cell_in(states, row, K_UNSEEN)),
    };
}

static bool fits(const place *p, const control *c, str wire, str owner)
{
    str wanted = place_get(p, "state"), who = place_get(p, "owner"), family = place_get(p, "family"), text = place_get(p, "q");
    if (wanted.n && !str_eq(wanted, wire) && !(str_eq(wanted, S("plain")) && !wire.n))
        return false;
    if (who.n && !str_eq(who, owner) && !(str_eq(who, S("-")) && !owner.n))
        return false;
    if (family.n && !str_eq(family, family_of(c)))
        return false;
    arena *a = p->q->a;
    return !text.n || str_contains(str_lower(a, c->title), str_lower(a, text)) || str_contains(str_lower(a, c->id), str_lower(a, text));
}

/* Each family once, in the order of the catalogue. */
static picker picker_of_families(ask *q, const place *p, const content *ct)
{
    pick  *v = NEW_ARRAY(q->a, pick, ct->n_controls + 1);
    size_t n = 1;
    v[0] = (pick){ S(""), S("all") };
    for (size_t i = 0; i < ct->n_controls; i++) {
        str its = family_of(&ct->controls[i]);
        if (!str_eq(v[n - 1].text, its))
            v[n++] = (pick){ its, its };
    }
    return (picker){ "family", "Family", "select", v, n, place_get(p, "family") };
}

static int by_says(const void *x, const void *y)
{
    const pick *a = x, *b = y;
    return str_cmp(a->says, b->says);
}

picker picker_of_owners(ask *q, const place *p, const row_table *people)
{
    pick  *v = NEW_ARRAY(q->a, pick, people->n_rows + 2);
    size_t n = 2;
    map    seen = map_new(q->a);
    v[0] = (pick){ S(""), S("anybody") };
    v[1] = (pick){ S("-"), S("nobody yet") };
    for (size_t i = 0; i < people->n_rows; i++) {
        str    id = table_cell(people, i, R_OWNER);
        void **slot = id.n ? map_put(&seen, id) : NULL;
        if (!slot || *slot)
            continue;
        *slot = v;
        v[n++] = (pick){ id, table_cell(people, i, R_OWNER_NAME) };
    }
    qsort(v + 2, n - 2, sizeof *v, by_says);
    return (picker){ "owner", "Owner", "select", v, n, place_get(p, "owner") };
}

static void lines_fill(const place *p, const content *ct, const row_table *states, const row_table *people, controls_view *v, bool seen[STATE_COUNT_])
{
    ask     *q = p->q;
    int64_t *found = NEW_ARRAY(q->a, int64_t, ct->n_controls), n = 0;
    place    all = *p;
    for (size_t i = 0; i < ct->n_controls; i++) {
        const control *c = &ct->controls[i];
        str            wire = cell_in(states, row_of(states, c->id), K_STATE);
        test_state     s;
        if (state_parse(wire, &s))
            seen[s] = true;
        tally_add(&v->states, wire);
        if (fits(p, c, wire, cell_in(people, row_of(people, c->id), R_OWNER)))
            found[n++] = (int64_t)i;
    }
    for (size_t i = 0; i < all.n; i++)
        all.texts[i] = S("");
    tallies_link(&v->states, &all, "state");
    v->pages = pager_of(p, n);
    v->v = NEW_ARRAY(q->a, control_line, LIST_ROWS);
    for (int64_t i = pager_offset(&v->pages); i < v->pages.last; i++)
        v->v[v->n++] = line_of(q, &ct->controls[found[i]], states, people);
}

static err_t get_controls(ask *q)
{
    static const char *const names[] = { "state", "owner", "family", "q" };
    place          p = place_of(q, S("/controls"), names, COUNT(names));
    controls_view  v = { .q = q };
    const content *ct;
    row_table      states, people;
    bool           seen[STATE_COUNT_] = { false };
    TRY(app_content(q->ws, &q->f, &ct));
    TRY(assessed_read(q, &v.stamp));
    TRY(rows_of(q, "sql/web/control_states.sql", NULL, 0, &states));
    TRY(rows_of(q, "sql/web/control_records.sql", NULL, 0, &people));
    lines_fill(&p, ct, &states, &people, &v, seen);
    picker pickers[] = {
        { "q", "Words", "search", NULL, 0, place_get(&p, "q") }, picker_of_states(q, &p, seen), picker_of_owners(q, &p, &people),
        picker_of_families(q, &p, ct),
    };
    v.filters = filters_of(&p, pickers, COUNT(pickers));
    page_open(q, &(page){ .title = S("Controls"), .place = "/controls",
                          .lead = S("What the organisation does to meet the criteria. A control stands as the worst of its tests, and of what people say of it.") });
    tpl_assure_controls(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/controls", PERMIT_READER, 0, ROUTE_CACHED, 0, get_controls, "Controls, and where each stands" },
};
ROUTE_TABLE(assure_controls_routes);
