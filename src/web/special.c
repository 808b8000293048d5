/* What the hand-made pages of records share. */
#include "web/settings.h"
#include "web/special.h"

err_t special_read(ask *q, const char *type, record_view *ret)
{
    if (strcmp(q->type->name, type) != 0)
        return fail(&q->f, ERR_NOT_FOUND, "there is no page at this address");
    return record_read(q, ret);
}

str special_path(ask *q, const char *after) { return record_path(q->a, str_of(q->type->name), record_id(q), after); }

str quoted_list(ask *q, const row_table *t, size_t column)
{
    buf b = buf_new(q->a, 1 << 20);
    for (size_t i = 0; i < t->n_rows; i++)
        if (table_cell(t, i, column).p)
            buf_fmt(&b, "%s" STR_FMT, b.n ? ", " : "", STR_ARG(sql_quote(q->a, table_cell(t, i, column))));
    return b.n ? buf_str(&b) : S("''");
}

/* "risk_acceptance.risk": the form or the list of those that name this record. */
static crumb need_of(ask *q, const relation *r, str id, const guarding *g)
{
    str             name = str_of(g->arg ? g->arg : ""), own = name;
    const relation *o = g->id == GUARD_EVIDENCE ? NULL : relation_find(str_cut(&name, '.'));
    if (g->id == GUARD_EVIDENCE)
        return (crumb){ record_path(q->a, str_of(r->name), id, "attach"), S("Attach evidence") };
    int k = o ? relation_field(o, name) : -1;
    if (k < 0 || own.n == name.n)
        return (crumb){ 0 };
    bool any = strcmp(o->fields[k].ref, "*") == 0;
    str  of = url_part(q->a, any ? str_fmt(q->a, "%s/" STR_FMT, r->name, STR_ARG(id)) : id);
    if (g->id == GUARD_ALL_IN)
        return (crumb){ str_fmt(q->a, "/%s?%s=" STR_FMT, o->name, o->fields[k].name, STR_ARG(of)), type_plural(q->a, o) };
    return (crumb){ str_fmt(q->a, "/%s/new?%s=" STR_FMT, o->name, o->fields[k].name, STR_ARG(of)), str_fmt(q->a, "Add " STR_FMT, STR_ARG(type_article(q->a, o))) };
}

size_t step_needs(ask *q, const relation *r, str id, const transition *t, crumb ret[GUARDS_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < GUARDS_MAX && t->guards[i].id; i++) {
        guard_id which = t->guards[i].id;
        bool     again = i && t->guards[i].arg && t->guards[i - 1].arg && strcmp(t->guards[i].arg, t->guards[i - 1].arg) == 0;
        if (again || (which != GUARD_EVIDENCE && which != GUARD_ALL_IN && which != GUARD_SOME_IN))
            continue;
        crumb one = need_of(q, r, id, &t->guards[i]);
        if (one.href.n && ask_may(q, HTTP_GET, one.href))
            ret[n++] = one;
    }
    return n;
}

step_buttons steps_of(ask *q, const record_view *rec, str id, str back, const char *only)
{
    const relation *r = rec->r;
    step_buttons    list = { .q = q, .version = rec->version, .back = back, .v = NEW_ARRAY(q->a, step_button, r->record->n_transitions + 1) };
    str             now = row_text(r, rec->row, "state");
    for (size_t i = 0; i < r->record->n_transitions && !q->as_of; i++) {
        const transition *t = &r->record->transitions[i];
        size_t            fields[RELATION_FIELDS_MAX];
        bool              mine = moves_by(q, r, t);
        if ((t->from && !list_has(t->from, now)) || !mine || (only && !list_has(only, str_of(t->name))))
            continue;
        step_button *b = &list.v[list.n++];
        *b = (step_button){ .label = capital(q->a, choice_words(q->a, str_of(t->name))), .doc = str_of(t->doc),
            .to = record_path(q->a, str_of(r->name), id, str_fmt(q->a, "do/%s", t->name).p), .asks = transition_fields(r, t, record_editable(r, rec->row), fields) > 0 };
        b->n_needs = step_needs(q, r, id, t, b->needs);
    }
    return list;
}

/* ---- where these pages are ------------------------------------------------------------------------ */

/* `reads`: the type that one must read to be let in, when it is not the record's own. */
static const struct { const char *type, *after, *label, *reads; } by_record[] = {
    { "access_review", "work", "Open the workbench", "access_decision" }, { "incident", "timeline", "Time line", "incident_event" }, { "policy_version", "write", "Write and compare", NULL },
    { "policy", "write", "Text and versions", "policy_version" },
    { "vendor", "review", "Review", "vendor_review" },
};
static const struct { const char *type, *path, *label; } by_register[] = {
    { "risk", "/risks", "Heat map" }, { "person", "/onboarding", "Who comes and goes" }, { "checklist_item", "/onboarding", "Who comes and goes" },
};

bool hand_made(ask *q, const relation *r, str id, page_action *ret)
{
    if (strcmp(r->name, "person") == 0 && shown_to(q, PERMIT_MANAGER)) {
        *ret = (page_action){ "Access", access_path(q->a, id, ""), false, "plain" };
        return true;
    }
    for (size_t i = 0; i < COUNT(by_record); i++)
        if (strcmp(by_record[i].type, r->name) == 0 && (!by_record[i].reads || reads_type(q, relation_find(str_of(by_record[i].reads))))) {
            *ret = (page_action){ by_record[i].label, link_to(q, STR_FMT, STR_ARG(record_path(q->a, str_of(r->name), id, by_record[i].after))), false, "" };
            return true;
        }
    str shown = named_link(q, str_of(r->name), id);      /* what people say of a control, beside how it stands */
    *ret = (page_action){ "How it stands", shown, false, "plain" };
    return !str_starts(shown, str_fmt(q->a, "/%s/", r->name)) && ask_may(q, HTTP_GET, shown);
}

bool hand_made_all(ask *q, const relation *r, page_action *ret)
{
    for (size_t i = 0; i < COUNT(by_register); i++)
        if (strcmp(by_register[i].type, r->name) == 0 && shown_to(q, PERMIT_READER)) {
            *ret = (page_action){ by_register[i].label, link_to(q, "%s", by_register[i].path), false, "plain" };
            return true;
        }
    return false;
}
