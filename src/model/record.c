/* Records: roles, states and transitions, and what must be true of their tables. */
#include "model/record.h"

static const char *const role_names[ROLE_COUNT_] = { "", "auditor", "member", "contributor", "manager", "owner" };

const char *role_name(role r) { return role_names[r]; }

bool role_parse(str s, role *ret)
{
    for (role r = ROLE_AUDITOR; r < ROLE_COUNT_; r++)
        if (str_eq(s, str_of(role_names[r]))) {
            *ret = r;
            return true;
        }
    return false;
}

bool list_has(const char *list, str word)
{
    for (str rest = str_of(list), w = str_word(&rest); w.n; w = str_word(&rest))
        if (str_eq(w, word))
            return true;
    return false;
}

const transition *transition_find(const relation *r, str name)
{
    for (size_t i = 0; r->record && i < r->record->n_transitions; i++)
        if (str_eq(str_of(r->record->transitions[i].name), name))
            return &r->record->transitions[i];
    return NULL;
}

/* ---- the tables themselves --------------------------------------------------------- */

static bool is_field(const relation *r, str name) { return relation_field(r, name) >= 0; }

static const char *const *states_of(const relation *r)
{
    int i = relation_field(r, S("state"));
    return i < 0 ? NULL : r->fields[i].choices;
}

/* Whether each word of `list` is a choice of the field. */
static bool all_choices(const relation *r, const char *field_name, const char *list)
{
    int                i = relation_field(r, str_of(field_name));
    const char *const *choices = i < 0 ? NULL : r->fields[i].choices;
    for (str rest = str_of(list), w = str_word(&rest); w.n; w = str_word(&rest)) {
        bool found = false;
        for (size_t k = 0; choices && choices[k]; k++)
            found |= str_eq(w, str_of(choices[k]));
        if (!found)
            return false;
    }
    return true;
}

static bool all_states(const relation *r, const char *list) { return all_choices(r, "state", list); }

static bool all_fields(const relation *r, const char *list)
{
    for (str rest = str_of(list), w = str_word(&rest); w.n; w = str_word(&rest))
        if (!is_field(r, w))
            return false;
    return true;
}

/* "RELATION.FIELD": NULL when there is no such field. */
static const relation *child_of(const char *arg)
{
    str rest = str_of(arg), name = str_cut(&rest, '.');
    const relation *child = relation_find(name);
    return child && rest.p && is_field(child, rest) ? child : NULL;
}

static const relation *parent_of(const relation *r, const char *arg)
{
    int i = relation_field(r, str_of(arg));
    return i < 0 || !r->fields[i].ref ? NULL : relation_find(str_of(r->fields[i].ref));
}

static bool guard_sound(const relation *r, const guarding *g)
{
    const relation *other;
    switch (g->id) {
    case GUARD_EVIDENCE:  return !g->arg;
    case GUARD_ROLE_HELD: return g->arg != NULL;
    case GUARD_ALL_IN: case GUARD_SOME_IN:
        other = g->arg ? child_of(g->arg) : NULL;
        return other && g->states && all_states(other, g->states);
    case GUARD_PARENT_IN:
        other = g->arg ? parent_of(r, g->arg) : NULL;
        return other && g->states && all_states(other, g->states);
    case GUARD_ONE_OF:
        return g->arg && g->states && *g->states && all_choices(r, g->arg, g->states);
    case GUARD_LISTS:
        return g->arg && g->states && *g->states && is_field(r, str_of(g->arg));
    case GUARD_OTHER_THAN: case GUARD_SELF: case GUARD_DIFFER: case GUARD_KNOWN:
    case GUARD_PAST: case GUARD_FUTURE: case GUARD_REACHES:
        return g->arg && *g->arg && all_fields(r, g->arg);
    case GUARD_END: case GUARD_COUNT_:
        break;
    }
    return false;
}

/* Whether `name` is a field of what `ref` refers to, and of the kind of r's field `to`. */
static bool parent_field(const relation *r, str ref, str name, const char *to)
{
    int             i = relation_field(r, ref), k = relation_field(r, str_of(to));
    const relation *parent = i < 0 || !r->fields[i].ref ? NULL : relation_find(str_of(r->fields[i].ref));
    int             j = parent ? relation_field(parent, name) : -1;
    return j >= 0 && k >= 0 && parent->fields[j].kind == r->fields[k].kind;
}

static bool stamp_sound(const relation *r, const stamping *s)
{
    str rest = str_of(s->arg), first, second;
    if (!is_field(r, str_of(s->field)))
        return false;
    switch (s->kind) {
    case SET_ACTOR: case SET_NOW: case SET_CLEAR: case SET_NEXT:
        return !s->arg;
    case SET_TEXT:
        return s->arg != NULL;
    case SET_COPY: case SET_DIGEST:
        return is_field(r, rest);
    case SET_PRODUCT:
        return s->arg && all_fields(r, s->arg);
    case SET_CLOCK:
        first = str_word(&rest);
        return first.n && is_field(r, str_word(&rest));
    case SET_EVERY:
        first = str_word(&rest);
        second = str_word(&rest);
        return is_field(r, first) && (str_eq(second, S("now")) || is_field(r, second));
    case SET_FROM:
        first = str_word(&rest);
        return parent_field(r, first, str_trim(rest), s->field);
    case SET_SPAN:
        first = str_word(&rest);
        second = str_word(&rest);
        return is_field(r, first) && is_field(r, second) && list_has("minutes hours days", str_trim(rest));
    case SET_END:
        break;
    }
    return false;
}

static err_t stamps_check(const relation *r, const char *where, const stamping *s, fault *f)
{
    for (size_t i = 0; i < STAMPS_MAX && s[i].kind; i++)
        if (!stamp_sound(r, &s[i]))
            return fail(f, ERR_INTERNAL, "%s, %s: what is set in \"%s\" does not fit the fields", r->name, where, s[i].field);
    return ERR_OK;
}

static err_t transition_check(const relation *r, const transition *t, fault *f)
{
    if (!t->by || !t->doc || !all_states(r, t->from) || (t->to && !all_states(r, t->to)))
        return fail(f, ERR_INTERNAL, "%s, %s: a transition says who may, what it means, and names states there are", r->name, t->name);
    if (!all_fields(r, t->needs))
        return fail(f, ERR_INTERNAL, "%s, %s: it needs a field there is not", r->name, t->name);
    for (size_t i = 0; i < GUARDS_MAX && t->guards[i].id; i++)
        if (!guard_sound(r, &t->guards[i]))
            return fail(f, ERR_INTERNAL, "%s, %s: guard %zu does not fit the fields and states", r->name, t->name, i + 1);
    return stamps_check(r, t->name, t->sets, f);
}

static err_t ref_check(const relation *r, const field *fd, fault *f)
{
    if (!fd->ref)
        return ERR_OK;
    const relation *to = relation_find(str_of(fd->ref));
    bool            open = strcmp(fd->ref, "*") == 0 || strcmp(fd->ref, "test") == 0;      /* tests are no records */
    if (fd->kind != F_TEXT || (!open && !(to && to->record)))
        return fail(f, ERR_INTERNAL, "%s.%s: refers to a type there is not", r->name, fd->name);
    return ERR_OK;
}

static err_t type_check(const relation *r, const record_type *t, fault *f)
{
    const char *const fields[] = { t->title, t->owner, t->own };
    if (!t->group || !t->read || !t->add || !t->edit || !t->title)
        return fail(f, ERR_INTERNAL, "%s: a record type says its group, its title, and who may read, add and edit", r->name);
    for (size_t i = 0; i < COUNT(fields); i++)
        if (fields[i] && !is_field(r, str_of(fields[i])))
            return fail(f, ERR_INTERNAL, "%s: there is no field %s", r->name, fields[i]);
    if (t->about && (!is_field(r, str_of(t->about)) || !r->fields[relation_field(r, str_of(t->about))].ref))
        return fail(f, ERR_INTERNAL, "%s: %s names no record it could be about", r->name, t->about);
    if (!t->initial != !states_of(r) || (t->initial && !all_states(r, t->initial)) || !all_states(r, t->edit_in))
        return fail(f, ERR_INTERNAL, "%s: its first state, or one it is edited in, is none of its states", r->name);
    if (!str_eq(str_of(r->fields[0].name), S("id")) || relation_keys(r) != 1)
        return fail(f, ERR_INTERNAL, "%s: the key of a record is its id", r->name);
    for (size_t i = 0; i < t->n_transitions; i++)
        TRY(transition_check(r, &t->transitions[i], f));
    TRY(stamps_check(r, "added", t->on_add, f));
    return stamps_check(r, "written", t->on_write, f);
}

/* RISK-3 says what it is wherever it stands. */
static err_t prefix_check(const relation *r, fault *f)
{
    for (size_t i = 0; i < n_relations; i++) {
        const record_type *other = relations[i]->record;
        if (relations[i] != r && other && other->prefix && strcmp(other->prefix, r->record->prefix) == 0)
            return fail(f, ERR_INTERNAL, "%s and %s: two types number their records alike", r->name, relations[i]->name);
    }
    return ERR_OK;
}

err_t record_type_check(const relation *r, fault *f)
{
    if ((r->kind == RECORD) != (r->record != NULL))
        return fail(f, ERR_INTERNAL, "%s: records, and only they, have a record type", r->name);
    for (size_t i = 0; i < r->n_fields; i++)
        TRY(ref_check(r, &r->fields[i], f));
    if (r->record && r->record->prefix)
        TRY(prefix_check(r, f));
    return r->record ? type_check(r, r->record, f) : ERR_OK;
}
