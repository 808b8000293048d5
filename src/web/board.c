/* Who comes and who goes: one list a person with its steps, those first whose next step is due first. */
#include "web/board.h"

enum { AT_PERSON, AT_NAME, AT_STANDING, AT_LIST, AT_STARTS, AT_ENDS, AT_ITEM, AT_TITLE, AT_STATE, AT_DUE, AT_OWNER, AT_OWNER_NAME };

/* What the steps of a record are judged by stands in the row; the version does not: a step taken meanwhile is refused by its state. */
static step_buttons item_steps(ask *q, const row_table *t, size_t i)
{
    const relation *r = relation_find(S("checklist_item"));
    record_view     rec = { .r = r, .row = NEW_ARRAY(q->a, value, r->n_fields) };
    const struct { const char *name; size_t at; } known[] = { { "id", AT_ITEM }, { "person", AT_PERSON }, { "state", AT_STATE }, { "owner", AT_OWNER } };
    for (size_t k = 0; k < r->n_fields; k++)
        rec.row[k] = V_UNKNOWN;
    for (size_t k = 0; k < COUNT(known); k++)
        if (table_cell(t, i, known[k].at).p)
            rec.row[relation_field(r, str_of(known[k].name))] = v_text(table_cell(t, i, known[k].at));
    return steps_of(q, &rec, table_cell(t, i, AT_ITEM), S("/onboarding"), "finish skip");
}

static void item_add(ask *q, board_person *p, const row_table *t, size_t i)
{
    str        now = table_cell(t, i, AT_STATE), owner = cell_str(t, i, AT_OWNER);
    time_us    due = cell_time(table_cell(t, i, AT_DUE));
    board_item item = { .title = table_cell(t, i, AT_TITLE), .href = named_link(q, S("checklist_item"), table_cell(t, i, AT_ITEM)), .due = date_text(q, due),
                        .owner = cell_str(t, i, AT_OWNER_NAME), .mark = record_mark(q, now), .open = str_eq(now, S("open")) };
    item.late = item.open && due < moment_asked(q);
    item.owner_href = owner.n ? named_link(q, S("person"), owner) : S("");
    if (item.open)
        item.steps = item_steps(q, t, i);
    p->open += item.open;
    p->late += item.late;
    p->done += !item.open;
    p->v[p->n++] = item;
}

static board_person person_of(ask *q, const row_table *t, size_t i, board_item *items)
{
    str          id = table_cell(t, i, AT_PERSON);
    bool         comes = str_eq(table_cell(t, i, AT_LIST), S("onboarding"));
    time_us      day = cell_time(table_cell(t, i, comes ? AT_STARTS : AT_ENDS));
    board_person p = { .name = table_cell(t, i, AT_NAME), .href = named_link(q, S("person"), id), .list = comes ? S("Onboarding") : S("Offboarding"),
                       .mark = record_mark(q, table_cell(t, i, AT_STANDING)), .v = items };
    p.when = day > 0 ? str_fmt(q->a, "%s day " STR_FMT, comes ? "first" : "last", STR_ARG(date_text(q, day))) : comes ? S("first day not known") : S("last day not known");
    p.items_href = link_to(q, "/checklist_item?person=" STR_FMT "&kind=%s", STR_ARG(url_part(q->a, id)), comes ? "onboarding" : "offboarding");
    return p;
}

static bool same_list(const row_table *t, size_t i)
{
    return i && str_eq(table_cell(t, i, AT_PERSON), table_cell(t, i - 1, AT_PERSON)) && str_eq(table_cell(t, i, AT_LIST), table_cell(t, i - 1, AT_LIST));
}

static void people_fill(ask *q, board_view *v, const row_table *t)
{
    board_item *items = NEW_ARRAY(q->a, board_item, t->n_rows + 1);
    v->v = NEW_ARRAY(q->a, board_person, t->n_rows + 1);
    for (size_t i = 0; i < t->n_rows; i++) {
        if (!same_list(t, i))
            v->v[v->n++] = person_of(q, t, i, items + i);
        if (table_cell(t, i, AT_ITEM).p)
            item_add(q, &v->v[v->n - 1], t, i);
    }
    /* What was cut may be cut within a list: a list is shown whole or not at all. */
    v->cut = t->n_rows > BOARD_ITEMS || v->n > BOARD_PEOPLE;
    if (v->cut && v->n > 1)
        v->n--;
}

/* One statement. */
static err_t get_onboarding(ask *q)
{
    board_view      v = { .q = q };
    row_table       t = { 0 };
    const relation *r = relation_find(S("checklist_item"));
    const sql_hole  holes[] = { { "since", hole_int(q->a, moment_asked(q) - DAYS(BOARD_DAYS)) }, { "people", hole_int(q->a, BOARD_PEOPLE + 1) },
                                { "items", hole_int(q->a, BOARD_ITEMS + 1) } };
    TRY(rows_of(q, "sql/web/onboarding.sql", holes, COUNT(holes), &t));
    people_fill(q, &v, &t);
    const page_action acts[] = { { "All steps", link_to(q, "/checklist_item"), false, "plain" }, { "Add a step", S("/checklist_item/new"), false, "" } };
    const crumb       above[] = { { link_to(q, "/person"), S("People") } };
    page_open(q, &(page){ .title = S("Who comes and who goes"), .place = type_place(relation_find(S("person"))), .crumbs = above, .n_crumbs = COUNT(above), .actions = acts,
                          .n_actions = adds_type(q, r) && !q->as_of ? 2 : 1,
                          .lead = S("People who start or leave, with the steps of their lists: what is open, and what had its day within 90 days.") });
    tpl_board(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/onboarding", PERMIT_READER, 0, ROUTE_CACHED, 0, get_onboarding, "Who starts or leaves, with the steps of their lists" },
};
ROUTE_TABLE(board_routes);
