/* Adding and editing a record. */
#include "web/record_edit.h"

enum { FEW_FIELDS = 9, FORM_MAX = 4 << 20 };

str reason_given(ask *q) { return str_trim(ask_field(q, "commit-reason")); }

err_t form_page_put(ask *q, const relation *r, str title, str lead, const form_page *v)
{
    str                 id = q->params[1].n && str_eq(q->params[0], str_of(r->name)) ? record_id(q) : S("");
    const record_crumbs c = crumbs_of(q, r, id, id);
    page_open(q, &(page){ .title = title, .place = type_place(r), .crumbs = c.v, .n_crumbs = c.n, .lead = lead, .no_as_of = true });
    tpl_record_form(&q->rs->body, v);
    page_close(q);
    return ERR_OK;
}

static bool asks_for(const form *fm, str name)
{
    for (size_t i = 0; i < fm->v.n; i++)
        if (str_eq(fm->v.v[i].name, name))
            return true;
    return false;
}

err_t form_refused(ask *q, form *fm, err_t e, const record_done *done)
{
    q->faults = done->faults;
    if (!done->faults.n || (e != ERR_INVALID && e != ERR_DENIED && e != ERR_CONFLICT))
        return e;
    for (size_t i = 0; i < done->faults.n; i++) {
        const field_fault *ff = &done->faults.v[i];
        if (asks_for(fm, ff->field))
            form_fault(fm, str_z(q->a, ff->field), ff->why);
        else
            form_fault_whole(fm, fault_words(q, q->type, ff));
    }
    q->rs->status = err_describe(e)->http;
    q->f = (fault){ 0 };
    if (e == ERR_DENIED)
        return ask_event(q, "refused", q->who.person, str_fmt(q->a, "POST " STR_FMT, STR_ARG(q->rq->path)), false);
    return ERR_OK;
}

static void reason_input(form *fm)
{
    form_add(fm, INPUT_TEXT, "commit-reason", "Why", "One line for the history, where the fields do not say it.")->last = true;
}

/* ---- add ------------------------------------------------------------------------------------ */

/* What the first steps will ask for is offered from the start. */
static bool asked_soon(const relation *r, const field *fd)
{
    for (size_t i = 0; i < r->record->n_transitions; i++) {
        const transition *t = &r->record->transitions[i];
        if (t->from && r->record->initial && list_has(t->from, str_of(r->record->initial)) && t->to && strcmp(t->to, r->record->initial) != 0)
            return list_has(t->needs, str_of(fd->name));
    }
    return false;
}

static bool matters(const relation *r, const field *fd)
{
    const char *own = r->record->own, *owner = r->record->owner;
    return (fd->flags & (FIELD_REQUIRED | FIELD_COLUMN)) || (own && strcmp(own, fd->name) == 0) || (owner && strcmp(owner, fd->name) == 0) ||
           list_has(r->record->front, str_of(fd->name)) || asked_soon(r, fd);
}

/* The id that people choose: first where they must, else after what it is made from. */
static void id_input(form *fm, const relation *r, bool many)
{
    int    titled = relation_field(r, str_of(r->record->title));
    input *in = form_add_field(fm, &r->fields[0], NULL);
    in->of = NULL;                        /* the use case takes it apart from the fields */
    in->required = titled <= 0;
    in->folded = many && !in->required;
    in->help = in->required ? str_fmt(fm->q->a, "%s Without blanks; it never changes.", r->fields[0].doc)
                            : str_fmt(fm->q->a, "%s Without blanks; it never changes. Made from the %s when left empty.", r->fields[0].doc, r->fields[titled].name);
}

/* What the person adds is their own, where records belong to somebody. */
static value first_value(ask *q, const relation *r, const field *fd)
{
    value v = V_UNKNOWN;
    bool  own = r->record->own && strcmp(r->record->own, fd->name) == 0;
    if (own && q->who.person.n)
        return v_text(q->who.person);
    return fd->initial && value_parse(fd, str_of(fd->initial), NULL, &v) == ERR_OK ? v : V_UNKNOWN;
}

static form *add_form(ask *q, const relation *r)
{
    form  *fm = form_new(q);
    size_t n = 0;
    bool   titled = relation_field(r, str_of(r->record->title)) > 0;         /* 0: the id itself */
    for (size_t i = 1; i < r->n_fields; i++)
        n += !(r->fields[i].flags & FIELD_STAMPED);
    if (!r->record->prefix && !titled)
        id_input(fm, r, n > FEW_FIELDS);
    for (size_t i = 1; i < r->n_fields; i++) {
        const value first = first_value(q, r, &r->fields[i]);
        if (r->fields[i].flags & FIELD_STAMPED)
            continue;
        input *in = form_add_field(fm, &r->fields[i], &first);
        in->folded = n > FEW_FIELDS && !matters(r, &r->fields[i]);
        if (r->fields[i].initial)
            in->before = S("");           /* what is proposed is sent as well */
    }
    if (!r->record->prefix && titled)
        id_input(fm, r, n > FEW_FIELDS);
    return fm;
}

static err_t add_page(ask *q, form *fm)
{
    const relation *r = q->type;
    TRY(form_lists(fm));
    for (size_t i = 0; i < fm->v.n; i++)  /* what a link filled in is seen */
        fm->v.v[i].folded &= str_eq(fm->v.v[i].text, fm->v.v[i].before);
    reason_input(fm);
    return form_page_put(q, r, str_fmt(q->a, "Add " STR_FMT, STR_ARG(type_article(q->a, r))), str_of(r->doc),
                         &(form_page){ .q = q, .fm = fm, .action = str_fmt(q->a, "/%s", r->name), .button = S("Add"), .back = str_fmt(q->a, "/%s", r->name) });
}

static err_t get_new(ask *q)
{
    form *fm = add_form(q, q->type);
    TRY(form_read(fm));
    return add_page(q, fm);
}

static err_t post_new(ask *q)
{
    form       *fm = add_form(q, q->type);
    workspace  *ws;
    record_done done;
    size_t      n;
    TRY(form_read(fm));
    assignment *set = form_assignments(fm, false, &n);
    TRY(ask_writer(q, &ws));
    err_t e = app_add(ws, q->a, &q->who, q->type, q->type->record->prefix ? S("") : str_trim(ask_field(q, "id")), set, n, reason_given(q), &q->f, &done);
    if (e == ERR_OK)
        return page_done(q, record_path(q->a, str_of(q->type->name), done.id, NULL), "added");
    TRY(form_refused(q, fm, e, &done));
    return add_page(q, fm);
}

/* ---- edit --------------------------------------------------------------------------------------- */

static form *edit_form(ask *q, const relation *r, const value *row)
{
    form *fm = form_new(q);
    for (size_t i = 1; i < r->n_fields; i++)
        if (!(r->fields[i].flags & (FIELD_STAMPED | FIELD_FIXED)))
            (void)form_add_field(fm, &r->fields[i], &row[i]);
    return fm;
}

static err_t edit_page(ask *q, form *fm, int64_t made_from)
{
    const relation *r = q->type;
    str             path = record_path(q->a, str_of(r->name), record_id(q), NULL);
    TRY(form_lists(fm));
    reason_input(fm);
    return form_page_put(q, r, str_fmt(q->a, "Edit " STR_FMT, STR_ARG(record_id(q))), S(""),
                         &(form_page){ .q = q, .fm = fm, .action = str_fmt(q->a, STR_FMT "/edit", STR_ARG(path)), .button = S("Save"), .back = path, .version = made_from });
}

static err_t may_edit(ask *q, const record_view *rec)
{
    if (record_editable(rec->r, rec->row))
        return ERR_OK;
    return fail(&q->f, ERR_DENIED, STR_FMT " is " STR_FMT ", and is edited only while it is %s", STR_ARG(record_id(q)), STR_ARG(row_text(rec->r, rec->row, "state")),
                rec->r->record->edit_in);
}

static err_t get_edit(ask *q)
{
    record_view now;
    TRY(in_the_present(q));
    TRY(record_read(q, &now));
    TRY(may_edit(q, &now));
    form *fm = edit_form(q, q->type, now.row);
    TRY(form_read(fm));
    return edit_page(q, fm, now.version);
}

/* ---- two at once ----------------------------------------------------------------------------------- */

/* The version somebody read before they wrote. */
static err_t version_read(ask *q, const relation *r, int64_t which, const value **ret)
{
    row_table found;
    value    *row = NEW_ARRAY(q->a, value, r->n_fields);
    buf       columns = buf_new(q->a, 64 << 10);
    for (size_t i = 0; i < r->n_fields; i++)
        buf_fmt(&columns, "%s%s", i ? ", " : "", r->fields[i].name);
    const sql_hole holes[] = { { "columns", buf_str(&columns) }, { "relation", str_of(r->name) }, { "version", str_fmt(q->a, "%lld", (long long)which) },
                               { "id", sql_quote(q->a, record_id(q)) } };
    TRY(app_rows(q->ws, q->a, "sql/web/version.sql", holes, COUNT(holes), 0, &q->f, &found));
    if (!found.n_rows)
        return fail(&q->f, ERR_INVALID, "this form was made from a version that is not there; load the page again");
    for (size_t i = 0; i < r->n_fields; i++) {
        str text = table_cell(&found, 0, i);
        if (text.p)
            row[i] = r->fields[i].kind == F_TEXT ? v_text(text) : v_int(cell_int(text));
    }
    *ret = row;
    return ERR_OK;
}

static str read_as(ask *q, const field *fd, str text)
{
    value v;
    if (!text.n)
        return S("not known");
    if (fd->kind == F_TEXT || value_parse(fd, text, NULL, &v) != ERR_OK)
        return fd->choices ? choice_words(q->a, text) : text;
    return value_people(q->a, fd, &v, false);
}

/* Each field: as it was when the form was made, as it is now, as it is typed. */
static void conflict_sort(ask *q, const form *mine, const form *now, conflict_view *v)
{
    v->both = NEW_ARRAY(q->a, conflict_row, mine->v.n + 1);
    v->theirs = NEW_ARRAY(q->a, conflict_row, mine->v.n + 1);
    v->mine = NEW_ARRAY(q->a, conflict_row, mine->v.n + 1);
    for (size_t i = 0; i < mine->v.n; i++) {
        const input *in = &mine->v.v[i];
        str          base = in->before, theirs = now->v.v[i].before, ours = input_text(q->a, in);
        conflict_row row = { in->name, in->label, read_as(q, in->of, base), read_as(q, in->of, theirs), read_as(q, in->of, ours), theirs, ours };
        bool we = !str_eq(ours, base), they = !str_eq(theirs, base);
        if (we && they && !str_eq(ours, theirs))
            v->both[v->n_both++] = row;
        else if (we && !they)
            v->mine[v->n_mine++] = row;
        else if (they)
            v->theirs[v->n_theirs++] = row;
    }
}

static err_t conflict_page(ask *q, const form *mine, const record_view *now)
{
    const relation *r = q->type;
    str             path = record_path(q->a, str_of(r->name), record_id(q), NULL);
    const form     *theirs = edit_form(q, r, now->row);
    names          *n = names_new(q);
    conflict_view   v = { .q = q, .action = str_fmt(q->a, STR_FMT "/edit", STR_ARG(path)), .back = path, .version = now->version,
                          .ago = time_ago(q, now->since), .reason = reason_given(q) };
    names_want_record(n, S("person"), actor_person(now->by));
    TRY(names_read(n));
    v.by = actor_words(q, n, now->by);
    conflict_sort(q, mine, theirs, &v);
    const record_crumbs c = crumbs_of(q, r, record_id(q), record_id(q));
    q->rs->status = err_describe(ERR_CONFLICT)->http;
    page_open(q, &(page){ .title = S("Somebody else changed it as well"), .place = type_place(r), .crumbs = c.v, .n_crumbs = c.n, .no_as_of = true });
    tpl_record_conflict(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static err_t save(ask *q, form *fm, const record_view *now, int64_t made_from)
{
    workspace  *ws;
    record_done done;
    size_t      n;
    str         id = record_id(q);
    assignment *set = form_assignments(fm, true, &n);
    if (!n)
        return page_done(q, record_path(q->a, str_of(q->type->name), id, NULL), "same");
    if (made_from != now->version)
        return conflict_page(q, fm, now);
    TRY(ask_writer(q, &ws));
    err_t e = app_edit(ws, q->a, &q->who, q->type, &id, 1, made_from, set, n, reason_given(q), &q->f, &done);
    if (e == ERR_OK)
        return page_done(q, record_path(q->a, str_of(q->type->name), id, NULL), "saved");
    if (e == ERR_CONFLICT) {              /* in the moment between reading and writing */
        record_view newer;
        q->f = (fault){ 0 };
        TRY(record_read(q, &newer));
        return conflict_page(q, fm, &newer);
    }
    TRY(form_refused(q, fm, e, &done));
    return edit_page(q, fm, made_from);
}

static err_t post_edit(ask *q)
{
    record_view  now;
    int64_t      made_from;
    const value *base;
    TRY(record_read(q, &now));
    if (!parse_int(ask_field(q, "version-read"), 1, INT64_MAX, &made_from))
        return fail(&q->f, ERR_INVALID, "the form does not say which version it was made from; load the page again");
    base = now.row;
    if (made_from != now.version)
        TRY(version_read(q, q->type, made_from, &base));
    form *fm = edit_form(q, q->type, base);
    TRY(form_read(fm));
    return save(q, fm, &now, made_from);
}

static const route rows[] = {
    { HTTP_GET, "/{type}/new", PERMIT_TYPE_ADD, 0, 0, 0, get_new, "The form for a new record" },
    { HTTP_POST, "/{type}", PERMIT_TYPE_ADD, FORM_MAX, 0, 0, post_new, "Add a record" },
    { HTTP_GET, "/{type}/{id}/edit", PERMIT_TYPE_EDIT, 0, 0, 0, get_edit, "The form of a record's fields" },
    { HTTP_POST, "/{type}/{id}/edit", PERMIT_TYPE_EDIT, FORM_MAX, 0, 0, post_edit, "Edit a record" },
};
ROUTE_TABLE(record_edit_routes);
