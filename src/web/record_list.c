/* The list of a type: filters, columns, pages, and what can be done with many at once. */
#include "web/record_list.h"

enum { OWNERS_MAX = 300, FILTERS_SHOWN = 4 };

/* ---- columns and rows ---------------------------------------------------------------------- */

static void columns_fill(ask *q, list_view *v, size_t *at)
{
    const relation *r = v->r;
    v->columns = NEW_ARRAY(q->a, list_column, r->n_fields);
    v->title_at = SIZE_MAX;
    for (size_t i = 0; i < r->n_fields; i++) {
        if (i && !(r->fields[i].flags & FIELD_COLUMN))
            continue;
        bool sorted = v->lq->n_sort && v->lq->sort[0] == i;
        if (i && strcmp(r->fields[i].name, r->record->title) == 0 && !r->fields[i].ref)
            v->title_at = v->n_columns - 1;
        at[v->n_columns] = i;
        v->columns[v->n_columns++] = (list_column){ field_label(q->a, &r->fields[i]), list_link(q, v->lq, "", sort_by(q, v->lq, i), 0),
                                                    sorted ? v->lq->descending[0] ? "descending" : "ascending" : NULL, r->fields[i].kind == F_INT };
    }
}

static err_t rows_fill(ask *q, list_view *v, const record_list *found, const size_t *at)
{
    names *n = names_new(q);
    for (size_t i = 0; i < found->n; i++)
        for (size_t k = 1; k < v->n_columns; k++)
            names_want(n, &v->r->fields[at[k]], &found->rows[i][at[k]]);
    TRY(names_read(n));
    v->rows = NEW_ARRAY(q->a, list_row, found->n + 1);
    v->n_rows = found->n;
    for (size_t i = 0; i < found->n; i++) {
        list_row *row = &v->rows[i];
        *row = (list_row){ found->rows[i][0].s, link_to(q, STR_FMT, STR_ARG(record_path(q->a, str_of(v->r->name), found->rows[i][0].s, NULL))),
                           NEW_ARRAY(q->a, cell, v->n_columns) };
        for (size_t k = 1; k < v->n_columns; k++)
            row->cells[k - 1] = cell_of(n, v->r, at[k], found->rows[i], true);
    }
    return ERR_OK;
}

/* ---- filters ---------------------------------------------------------------------------------- */

typedef DA(list_filter) filter_list;
typedef DA(option) option_list;

static void filter_choices(ask *q, const list_query *lq, const field *fd, filter_list *to)
{
    option_list options = { 0 };
    da_push(q->a, &options) = (option){ S(""), S("any") };
    for (size_t i = 0; fd->choices && fd->choices[i]; i++)
        da_push(q->a, &options) = (option){ str_of(fd->choices[i]), choice_words(q->a, str_of(fd->choices[i])) };
    if (fd->kind == F_BOOL) {
        da_push(q->a, &options) = (option){ S("true"), S("yes") };
        da_push(q->a, &options) = (option){ S("false"), S("no") };
    }
    if (field_nullable(fd))
        da_push(q->a, &options) = (option){ S("?"), S("not known") };
    da_push(q->a, to) = (list_filter){ str_of(fd->name), field_label(q->a, fd), kept_value(lq, str_of(fd->name)), options.v, options.n, "select" };
}

/* The people that the list names, with "nobody": one statement. */
static err_t filter_owner(ask *q, const list_query *lq, const field *fd, filter_list *to)
{
    option_list    options = { 0 };
    row_table      found;
    const sql_hole holes[] = { { "field", str_of(fd->name) }, { "relation", str_of(lq->r->name) }, { "limit", str_fmt(q->a, "%d", OWNERS_MAX) } };
    if (!reads_type(q, lq->r))
        return ERR_OK;                    /* whose records they are is known */
    TRY(app_rows(q->ws, q->a, "sql/web/owners.sql", holes, COUNT(holes), q->as_of, &q->f, &found));
    da_push(q->a, &options) = (option){ S(""), S("any") };
    da_push(q->a, &options) = (option){ S("?"), S("nobody yet") };
    for (size_t i = 0; i < found.n_rows; i++) {
        str id = table_cell(&found, i, 0), name = table_cell(&found, i, 1);
        da_push(q->a, &options) = (option){ id, name.n ? name : id };
    }
    da_push(q->a, to) = (list_filter){ str_of(fd->name), field_label(q->a, fd), kept_value(lq, str_of(fd->name)), options.v, options.n, "select" };
    return ERR_OK;
}

static void filter_range(ask *q, const list_query *lq, const field *fd, filter_list *to)
{
    bool        time = fd->kind == F_TIME;
    str         label = field_label(q->a, fd);
    const char *words[2][2] = { { "over", "under" }, { "after", "before" } };
    for (int i = 0; i < 2; i++) {
        str name = str_fmt(q->a, "%s.%s", fd->name, words[time][i]);
        da_push(q->a, to) = (list_filter){ name, str_fmt(q->a, STR_FMT " %s", STR_ARG(label), words[time][i]), kept_value(lq, name), NULL, 0,
                                           time ? "date" : "number" };
    }
}

static void filter_text(ask *q, const list_query *lq, const field *fd, filter_list *to)
{
    str name = str_fmt(q->a, "%s.has", fd->name);
    da_push(q->a, to) = (list_filter){ name, str_fmt(q->a, STR_FMT " contains", STR_ARG(field_label(q->a, fd))), kept_value(lq, name), NULL, 0, "search" };
}

static bool is_select(const field *fd) { return fd->choices || fd->kind == F_BOOL; }

/* Title, state and owner first; then what the columns show; then the other choices. */
static err_t filters_fill(ask *q, list_view *v)
{
    const relation *r = v->r;
    filter_list     list = { 0 };
    int             title = relation_field(r, str_of(r->record->title)), state = relation_field(r, S("state"));
    int             owner = r->record->owner ? relation_field(r, str_of(r->record->owner)) : -1;
    if (title >= 0)
        filter_text(q, v->lq, &r->fields[title], &list);
    if (state >= 0)
        filter_choices(q, v->lq, &r->fields[state], &list);
    if (owner >= 0 && r->fields[owner].ref && strcmp(r->fields[owner].ref, "person") == 0)
        TRY(filter_owner(q, v->lq, &r->fields[owner], &list));
    v->n_shown = list.n;
    for (size_t i = 1; i < r->n_fields; i++) {
        const field *fd = &r->fields[i];
        bool         column = (fd->flags & FIELD_COLUMN) != 0;
        if ((int)i == title || (int)i == state || (int)i == owner)
            continue;
        if (is_select(fd))
            filter_choices(q, v->lq, fd, &list);
        else if (column && fd->kind == F_TEXT)
            filter_text(q, v->lq, fd, &list);
        else if (column)
            filter_range(q, v->lq, fd, &list);
    }
    v->filters = list.v;
    v->n_filters = list.n;
    for (size_t i = v->n_shown; i < list.n; i++)
        v->more_open |= list.v[i].text.n > 0;
    return ERR_OK;
}

/* ---- many at once ------------------------------------------------------------------------------- */

typedef DA(list_deed) deed_list;

static void deeds_fill(ask *q, list_view *v)
{
    const relation *r = v->r;
    deed_list       steps = { 0 }, fields = { 0 };
    if (q->as_of || q->who.role == ROLE_AUDITOR || !v->n_rows)
        return;
    for (size_t i = 0; i < r->record->n_transitions; i++)
        if (moves_by(q, r, &r->record->transitions[i]))
            da_push(q->a, &steps) = (list_deed){ str_fmt(q->a, "do.%s", r->record->transitions[i].name),
                                                 choice_words(q->a, str_of(r->record->transitions[i].name)) };
    for (size_t i = 1; i < r->n_fields && edits_type(q, r); i++)
        if (!(r->fields[i].flags & (FIELD_STAMPED | FIELD_FIXED | FIELD_UNIQUE)))
            da_push(q->a, &fields) = (list_deed){ str_fmt(q->a, "set.%s", r->fields[i].name), field_label(q->a, &r->fields[i]) };
    v->steps = steps.v;
    v->n_steps = steps.n;
    v->fields = fields.v;
    v->n_fields = fields.n;
}

/* ---- the page ---------------------------------------------------------------------------------------- */

static void links_fill(ask *q, list_view *v)
{
    str  sort = sort_now(q, v->lq);
    bool export = shown_to(q, PERMIT_READER);
    v->pages = (v->total + PAGE_ROWS - 1) / PAGE_ROWS;
    v->first = v->n_rows ? (v->lq->page_at - 1) * PAGE_ROWS + 1 : 0;
    v->last = v->n_rows ? v->first + (int64_t)v->n_rows - 1 : 0;
    v->shown = v->pages > 1 ? str_fmt(q->a, ", %lld to %lld shown", (long long)v->first, (long long)v->last) : S("");
    v->back = v->lq->page_at > 1 ? list_link(q, v->lq, "", sort, v->lq->page_at - 1) : S("");
    v->on = v->lq->page_at < v->pages ? list_link(q, v->lq, "", sort, v->lq->page_at + 1) : S("");
    v->csv = export ? list_link(q, v->lq, "/export.csv", sort, 0) : S("");
    v->json = export ? list_link(q, v->lq, "/export.json", sort, 0) : S("");
    v->clear = link_to(q, "/%s", v->r->name);
    v->action = str_fmt(q->a, "/%s/bulk", v->r->name);
    v->one = str_lower(q->a, type_label(q->a, v->r));
    v->many = str_lower(q->a, type_plural(q->a, v->r));
    if (!q->as_of && adds_type(q, v->r)) {
        v->add = str_fmt(q->a, "/%s/new", v->r->name);
        v->import = str_fmt(q->a, "/%s/import", v->r->name);
    }
    if (!q->as_of && adds_type(q, relation_find(S("register"))) && strcmp(v->r->name, "register") != 0)
        v->none = str_fmt(q->a, "/register/new?id=%s", v->r->name);
}

static void open_frame(ask *q, list_view *v)
{
    const record_crumbs c = crumbs_of(q, v->r, S(""), S(""));
    page_action         acts[3];
    size_t              n = hand_made_all(q, v->r, &acts[0]);
    if (v->add.n)
        acts[n++] = (page_action){ str_fmt(q->a, "Add " STR_FMT, STR_ARG(type_article(q->a, v->r))).p, v->add, false, "" };
    if (v->import.n)
        acts[n++] = (page_action){ "Import", v->import, false, "plain" };
    page_open(q, &(page){ .title = type_plural(q->a, v->r), .place = type_place(v->r), .crumbs = c.v, .n_crumbs = c.n - 1, .lead = str_of(v->r->doc),
                          .actions = acts, .n_actions = n });
}

static bool beside(const ask *q, const relation *r, const relation *other)
{
    return other->record && strcmp(other->record->group, r->record->group) == 0 && principal_may(&q->who, other, RIGHT_READ);
}

static void group_fill(ask *q, list_view *v)
{
    v->beside = NEW_ARRAY(q->a, tab, n_relations);
    for (size_t i = 0; i < n_relations; i++) {
        const relation *r = relations[i];
        if (beside(q, v->r, r)) {
            tab t = { link_to(q, "/%s", r->name), type_plural(q->a, r), r == v->r };
            v->beside[v->n_beside++] = t;
        }
    }
}

static err_t get_list(ask *q)
{
    list_query  lq;
    record_list found;
    size_t      at[RELATION_FIELDS_MAX];
    TRY(list_query_read(q, &lq));
    list_view   v = { .q = q, .r = q->type, .lq = &lq };
    record_query rq = record_query_of(&lq, true);
    TRY(app_find(q->ws, q->a, &q->who, &rq, q->as_of, &q->f, &found));
    v.total = found.total;
    v.left_out = found.left_out;
    columns_fill(q, &v, at);
    TRY(rows_fill(q, &v, &found, at));
    TRY(filters_fill(q, &v));
    deeds_fill(q, &v);
    links_fill(q, &v);
    group_fill(q, &v);
    open_frame(q, &v);
    tpl_record_list(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/{type}", PERMIT_TYPE_READ, 0, ROUTE_CACHED, 0, get_list, "Records of a type" },
};
ROUTE_TABLE(record_list_routes);
