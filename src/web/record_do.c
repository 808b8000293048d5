/* Steps: of one record, and of many at once; and one field of many. */
#include "web/record_edit.h"

enum { IDS_MAX = 200, FORM_MAX = 4 << 20 };

/* ---- the form of a step ---------------------------------------------------------------------- */

static err_t step_of(ask *q, str name, const transition **ret)
{
    *ret = transition_find(q->type, name);
    return *ret ? ERR_OK : fail(&q->f, ERR_NOT_FOUND, "%s has no step \"" STR_FMT "\"", q->type->name, STR_ARG(utf8_cut(name, 60)));
}

/* What has just happened is proposed as now. */
static bool happened_now(const transition *t, const input *in)
{
    bool past = false;
    for (size_t i = 0; i < GUARDS_MAX && t->guards[i].id; i++)
        past |= t->guards[i].id == GUARD_PAST && str_eq(str_of(t->guards[i].arg), in->name);
    return past && in->kind == INPUT_TIME && !in->text.n;
}

/* The fields it asks for, with what stands in them; `row` NULL: of many. */
static form *step_form(ask *q, const transition *t, const value *row)
{
    form  *fm = form_new(q);
    size_t fields[RELATION_FIELDS_MAX], n = transition_fields(q->type, t, !row || record_editable(q->type, row), fields);
    for (size_t i = 0; i < n; i++) {
        input *in = form_add_field(fm, &q->type->fields[fields[i]], row ? &row[fields[i]] : NULL);
        in->required = list_has(t->needs, in->name);
        if (row && happened_now(t, in)) {
            str now = time_rfc3339(q->a, q->now);
            in->text = str_sub(now, 0, 10);
            in->clock = str_sub(now, 11, 16);
        }
    }
    return fm;
}

static void reason_input(form *fm)
{
    form_add(fm, INPUT_TEXT, "commit-reason", "Why", "One line for the history, where the fields do not say it.")->last = true;
}

static str rules_of(ask *q, const transition *t)
{
    str rules = choice_words(q->a, guard_words(q->a, t));
    return str_fmt(q->a, "For %s%s" STR_FMT ".", role_or_above(t->by), rules.n ? "; " : "", STR_ARG(rules));
}

static err_t step_page(ask *q, const transition *t, form *fm, int64_t made_from)
{
    str path = record_path(q->a, str_of(q->type->name), record_id(q), NULL), label = capital(q->a, choice_words(q->a, str_of(t->name)));
    crumb  needs[GUARDS_MAX];
    size_t n_needs = step_needs(q, q->type, record_id(q), t, needs);
    TRY(form_lists(fm));
    reason_input(fm);
    return form_page_put(q, q->type, str_fmt(q->a, STR_FMT ": " STR_FMT, STR_ARG(label), STR_ARG(record_id(q))), str_of(t->doc),
                         &(form_page){ .q = q, .fm = fm, .action = str_fmt(q->a, STR_FMT "/do/%s", STR_ARG(path), t->name), .button = label, .back = path,
                                       .version = made_from, .rules = rules_of(q, t), .needs = needs, .n_needs = n_needs });
}

static err_t get_do(ask *q)
{
    const transition *t;
    record_view       now;
    TRY(in_the_present(q));
    TRY(step_of(q, q->params[2], &t));
    TRY(record_read(q, &now));
    return step_page(q, t, step_form(q, t, now.row), now.version);
}

/* A local address that a form of ours named; else none. */
static str back_given(ask *q)
{
    str to = ask_field(q, "back");
    bool good = str_starts(to, S("/")) && !str_starts(to, S("//")) && to.n < 1000;
    for (size_t i = 0; i < to.n; i++)
        good = good && (unsigned char)to.p[i] > ' ' && (unsigned char)to.p[i] < 0x7f && to.p[i] != '\\';
    return good ? to : S("");
}

static err_t post_do(ask *q)
{
    const transition *t;
    record_view       now;
    record_done       done;
    workspace        *ws;
    int64_t           made_from = 0;
    size_t            n;
    str               id = record_id(q), back = back_given(q), text = ask_field(q, "version-read");
    TRY(step_of(q, q->params[2], &t));
    TRY(record_read(q, &now));
    if (text.n && !parse_int(text, 1, INT64_MAX, &made_from))
        return fail(&q->f, ERR_INVALID, "the form does not say rightly which version it was made from; load the page again");
    form *fm = step_form(q, t, now.row);
    TRY(form_read(fm));
    assignment *set = form_assignments(fm, true, &n);
    TRY(ask_writer(q, &ws));
    err_t e = app_do(ws, q->a, &q->who, q->type, &id, 1, made_from, str_of(t->name), set, n, reason_given(q), &q->f, &done);
    if (e == ERR_OK)
        e = ask_left(q, q->type, str_of(t->name), &id, 1);
    if (e == ERR_OK)
        return page_done(q, back.n ? back : record_path(q->a, str_of(q->type->name), id, NULL), "moved");
    TRY(form_refused(q, fm, e, &done));
    return step_page(q, t, fm, now.version);
}

/* ---- many at once -------------------------------------------------------------------------------- */

typedef struct {
    str              *ids, *titles;
    size_t            n;
    str               deed;
    const transition *step;              /* or: */
    const field      *fd;
} many;

static err_t many_read(ask *q, const http_pair *v, size_t n, many *ret)
{
    *ret = (many){ .ids = NEW_ARRAY(q->a, str, IDS_MAX + 1), .deed = S("") };
    for (size_t i = 0; i < n; i++) {
        if (str_eq(v[i].name, S("do")))
            ret->deed = v[i].value;
        if (!str_eq(v[i].name, S("id")))
            continue;
        if (ret->n == IDS_MAX)
            return fail(&q->f, ERR_TOO_LARGE, "more than %d at once; use a filter on the command line: attest %s update", IDS_MAX, q->type->name);
        ret->ids[ret->n++] = v[i].value;
    }
    str what = ret->deed, kind = str_cut(&what, '.');
    int k = what.p ? relation_field(q->type, what) : -1;
    if (!ret->n)
        return fail(&q->f, ERR_INVALID, "nothing is ticked; go back and tick the records first");
    if (str_eq(kind, S("do")) && what.p)
        return step_of(q, what, &ret->step);
    ret->fd = str_eq(kind, S("set")) && k > 0 ? &q->type->fields[k] : NULL;
    return ret->fd && !(ret->fd->flags & (FIELD_STAMPED | FIELD_FIXED)) ? ERR_OK : fail(&q->f, ERR_INVALID, "say what to do with those ticked: a step, or a field to change");
}

static err_t many_titles(ask *q, many *m)
{
    names *n = names_new(q);
    for (size_t i = 0; i < m->n; i++)
        names_want_record(n, str_of(q->type->name), m->ids[i]);
    TRY(names_read(n));
    m->titles = NEW_ARRAY(q->a, str, m->n + 1);
    for (size_t i = 0; i < m->n; i++)
        m->titles[i] = names_title(n, str_of(q->type->name), m->ids[i]);
    return ERR_OK;
}

static form *many_form(ask *q, const many *m)
{
    if (m->step)
        return step_form(q, m->step, NULL);
    form *fm = form_new(q);
    (void)form_add_field(fm, m->fd, NULL);
    return fm;
}

static err_t many_page(ask *q, many *m, form *fm)
{
    str what = m->step ? capital(q->a, choice_words(q->a, str_of(m->step->name))) : str_fmt(q->a, "Change " STR_FMT, STR_ARG(str_lower(q->a, field_label(q->a, m->fd))));
    str kept = m->n == 1 ? type_label(q->a, q->type) : type_plural(q->a, q->type);
    TRY(many_titles(q, m));
    TRY(form_lists(fm));
    reason_input(fm);
    return form_page_put(q, q->type, str_fmt(q->a, STR_FMT " of %zu " STR_FMT, STR_ARG(what), m->n, STR_ARG(str_lower(q->a, kept))), S("All of them or none: when one is refused, nothing is changed."),
                         &(form_page){ .q = q, .fm = fm, .action = str_fmt(q->a, "/%s/bulk", q->type->name), .button = what, .back = str_fmt(q->a, "/%s", q->type->name),
                                       .rules = m->step ? rules_of(q, m->step) : S(""), .ids = m->ids, .n_ids = m->n, .titles = m->titles, .deed = m->deed });
}

static err_t get_bulk(ask *q)
{
    many m;
    TRY(in_the_present(q));
    TRY(many_read(q, q->rq->query, q->rq->n_query, &m));
    return many_page(q, &m, many_form(q, &m));
}

/* Which record a fault is of is said with it. */
static void name_records(ask *q, record_done *done)
{
    for (size_t i = 0; i < done->faults.n; i++) {
        field_fault *ff = &done->faults.v[i];
        str          id = ff->record;
        if (!id.p)
            continue;
        (void)str_cut(&id, '/');
        ff->why = str_fmt(q->a, STR_FMT ": " STR_FMT, STR_ARG(id.p ? id : ff->record), STR_ARG(ff->why));
    }
}

static err_t post_bulk(ask *q)
{
    many        m;
    http_pair  *pairs;
    workspace  *ws;
    record_done done;
    size_t      n;
    TRY(ask_form(q, &pairs, &n, NULL, NULL));
    TRY(many_read(q, pairs, n, &m));
    form *fm = many_form(q, &m);
    TRY(form_read(fm));
    assignment *set = form_assignments(fm, m.step != NULL, &n);
    if (!n && m.fd) {                     /* emptied on purpose: to unknown */
        set[0] = (assignment){ str_of(m.fd->name), S("") };
        n = 1;
    }
    TRY(ask_writer(q, &ws));
    err_t e = m.step ? app_do(ws, q->a, &q->who, q->type, m.ids, m.n, 0, str_of(m.step->name), set, n, reason_given(q), &q->f, &done)
                     : app_edit(ws, q->a, &q->who, q->type, m.ids, m.n, 0, set, n, reason_given(q), &q->f, &done);
    if (e == ERR_OK && m.step)
        e = ask_left(q, q->type, str_of(m.step->name), m.ids, m.n);
    if (e == ERR_OK)
        return page_done(q, str_fmt(q->a, "/%s", q->type->name), done.seq < 0 ? "same" : "saved");
    name_records(q, &done);
    TRY(form_refused(q, fm, e, &done));
    return many_page(q, &m, fm);
}

static const route rows[] = {
    { HTTP_GET, "/{type}/{id}/do/{step}", PERMIT_TYPE_DO, 0, 0, 0, get_do, "What a step asks for" },
    { HTTP_POST, "/{type}/{id}/do/{step}", PERMIT_TYPE_DO, FORM_MAX, 0, 0, post_do, "Take a step with a record" },
    { HTTP_GET, "/{type}/bulk", PERMIT_TYPE_DO, 0, 0, 0, get_bulk, "What a change of many records asks for" },
    { HTTP_POST, "/{type}/bulk", PERMIT_TYPE_DO, FORM_MAX, 0, 0, post_bulk, "Change many records at once, all or none" },
};
ROUTE_TABLE(record_do_routes);
