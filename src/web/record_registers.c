/* All types of record by group: what each is for, how many there are, and whether somebody said that it is complete. */
#include "web/record_files.h"

/* The groups in the order of the rail; a group that is not named here stands at the end. */
static const char *const order[] = {
    "Assure", "Program", "Policies", "People", "Access", "Assets", "Risk", "Vendors", "Operations", "Incidents", "Continuity", "Processing", "Privacy", "Data",
    "Govern", "Audit", "Evidence", "Trust",
};

static err_t counts_read(ask *q, row_table *ret)
{
    str parts = S("");
    for (size_t i = 0; i < n_relations; i++) {
        if (!relations[i]->record || !reads_type(q, relations[i]))
            continue;
        const sql_hole hole = { "relation", str_of(relations[i]->name) };
        str            one = sql_read(q->a, "sql/web/counts_of.sql", &hole, 1);
        const sql_hole both[] = { { "left", parts }, { "right", one } };
        parts = parts.n ? sql_read(q->a, "sql/web/both.sql", both, COUNT(both)) : one;
    }
    const sql_hole all = { "parts", parts };
    return app_rows(q->ws, q->a, "sql/web/counts.sql", &all, 1, q->as_of, &q->f, ret);
}

static str cell_by(const row_table *t, str key, size_t column)
{
    for (size_t i = 0; i < t->n_rows; i++)
        if (str_eq(table_cell(t, i, 0), key))
            return table_cell(t, i, column);
    return (str){ 0 };
}

static register_row row_of(ask *q, const relation *r, const row_table *counts, const row_table *declared)
{
    str          name = str_of(r->name), n = cell_by(counts, name, 1), said = cell_by(declared, name, 1);
    register_row row = { .r = r, .label = type_plural(q->a, r), .href = link_to(q, "/%s", r->name), .n = n.p ? cell_int(n) : -1 };
    row.none = str_fmt(q->a, said.p ? "/register/%s/edit" : "/register/new?id=%s", r->name);
    if (!said.p)
        return row;
    row.said = cell_by(declared, name, 2);
    row.said_when = str_fmt(q->a, STR_FMT ", " STR_FMT, STR_ARG(time_ago(q, cell_time(said))), STR_ARG(time_text(q, cell_time(said))));
    return row;
}

static void group_fill(ask *q, const char *group, const row_table *counts, const row_table *declared, registers_view *v)
{
    register_group *g = &v->groups[v->n_groups];
    *g = (register_group){ .group = group, .v = NEW_ARRAY(q->a, register_row, n_relations) };
    for (size_t i = 0; i < n_relations; i++) {
        if (!relations[i]->record || strcmp(relations[i]->record->group, group) != 0 || !ask_may(q, HTTP_GET, str_fmt(q->a, "/%s", relations[i]->name)))
            continue;
        register_row row = row_of(q, relations[i], counts, declared);
        int          what = row.n ? REGISTERS_KEPT : row.said.n ? REGISTERS_NONE : REGISTERS_SILENT;
        v->counts[what]++;
        v->counts[REGISTERS_ALL]++;
        if (v->shows == REGISTERS_ALL || v->shows == what)
            g->v[g->n++] = row;
    }
    v->n_groups += g->n > 0;
}

static const struct { const char *name, *words; } shows[REGISTERS_SHOWN_COUNT] = {
    { "all", "registers" }, { "kept", "with records" }, { "none", "declared to have none" }, { "silent", "empty, and nobody has said why" },
};

static void shows_fill(ask *q, registers_view *v)
{
    str asked = ask_query(q, "show");
    for (int i = 0; i < REGISTERS_SHOWN_COUNT; i++) {
        v->links[i] = i ? link_to(q, "/registers?show=%s", shows[i].name) : link_to(q, "/registers");
        v->words[i] = shows[i].words;
        v->shows = str_eq(asked, str_of(shows[i].name)) ? i : v->shows;
    }
}

/* A group that the order does not name, at the first of its types. */
static bool opens_group(size_t at)
{
    const char *group = relations[at]->record->group;
    for (size_t i = 0; i < COUNT(order); i++)
        if (strcmp(order[i], group) == 0)
            return false;
    for (size_t i = 0; i < at; i++)
        if (relations[i]->record && strcmp(relations[i]->record->group, group) == 0)
            return false;
    return true;
}

static err_t get_registers(ask *q)
{
    registers_view v = { .q = q, .groups = NEW_ARRAY(q->a, register_group, n_relations) };
    row_table      counts, declared;
    shows_fill(q, &v);
    TRY(counts_read(q, &counts));
    TRY(app_rows(q->ws, q->a, "sql/web/declared.sql", NULL, 0, q->as_of, &q->f, &declared));
    for (size_t i = 0; i < COUNT(order); i++)
        group_fill(q, order[i], &counts, &declared, &v);
    for (size_t i = 0; i < n_relations; i++)
        if (relations[i]->record && opens_group(i))
            group_fill(q, relations[i]->record->group, &counts, &declared, &v);
    v.may_declare = !q->as_of && adds_type(q, relation_find(S("register")));
    page_open(q, &(page){ .title = S("All registers"), .place = "/registers",
                          .lead = S("Everything that people keep. An empty register proves nothing until somebody says that there is none to keep.") });
    tpl_registers(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/registers", PERMIT_READER, 0, ROUTE_CACHED, 0, get_registers, "All types of record, with how many there are" },
};
ROUTE_TABLE(record_registers_routes);
