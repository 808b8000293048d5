/* The rows in words: what a value reads like, what a field takes, what a step asks for. */
#include "program/program.h"

/* ---- values ---------------------------------------------------------------------------------- */

str value_people(arena *a, const field *fd, const value *v, bool brief)
{
    str text, line;
    if (v->kind == V_NULL)
        return S("");
    switch (fd->kind) {
    case F_BOOL: return v->i ? S("yes") : S("no");
    case F_TIME:
        text = time_people(a, v->i);
        return brief || v->i % DAYS(1) == 0 ? str_cut(&text, ',') : text;
    case F_INT: return str_fmt(a, "%lld", (long long)v->i);
    case F_TEXT: case F_KIND_COUNT_: break;
    }
    text = v->s;
    return brief && str_line(&text, &line) ? line : v->s;
}

/* ---- fields and steps -------------------------------------------------------------------------- */

str field_label(arena *a, const field *fd)
{
    str   name = str_of(fd->name);
    bool  moment = fd->kind == F_TIME && str_ends(name, S("_at")) && name.n > 3;
    char *p = str_z(a, moment ? str_sub(name, 0, name.n - 3) : name);
    for (char *c = p; *c; c++)
        *c = *c == '_' ? ' ' : *c;
    if (*p >= 'a' && *p <= 'z')
        *p = (char)(*p - 32);
    return str_eq(name, S("id")) ? S("ID") : str_of(p);
}

str field_rules(arena *a, const field *fd)
{
    static const char *const kinds[] = { "text", "whole number", "yes or no", "date or time" };
    buf b = buf_new(a, 64 << 10);
    buf_putz(&b, fd->choices ? "one of " : kinds[fd->kind]);
    for (size_t i = 0; fd->choices && fd->choices[i]; i++)
        buf_fmt(&b, "%s%s", i ? ", " : "", fd->choices[i]);
    if (fd->ref && strcmp(fd->ref, "*") == 0)
        buf_putz(&b, ": a record as TYPE/ID");
    else if (fd->ref)
        buf_fmt(&b, ": the id of a %s", fd->ref);
    if (fd->min || fd->max)
        buf_fmt(&b, " from %lld to %lld", (long long)fd->min, (long long)fd->max);
    if (fd->unit)
        buf_fmt(&b, ", in %s", fd->unit);
    if (fd->flags & FIELD_STAMPED)
        buf_putz(&b, "; set by the workflow");
    else if ((fd->flags & FIELD_REQUIRED) && !fd->initial)
        buf_putz(&b, "; required");
    if (fd->initial)
        buf_fmt(&b, "; %s unless given", fd->initial);
    if (fd->flags & FIELD_FIXED)
        buf_putz(&b, "; stays as first given");
    if (fd->flags & FIELD_UNIQUE)
        buf_putz(&b, "; no two the same");
    return buf_str(&b);
}

const char *role_or_above(role r)
{
    static const char *const words[ROLE_COUNT_] = { "", "an auditor", "a member or above", "a contributor or above", "a manager or above",
                                                    "an owner" };
    return words[r];
}

/* %1 is the guard's argument, %2 its states. */
static const char *const guard_texts[GUARD_COUNT_] = {
    [GUARD_OTHER_THAN] = "by someone other than the %1", [GUARD_SELF] = "by the %1 in person", [GUARD_DIFFER] = "%1 must differ",
    [GUARD_KNOWN] = "needs %1", [GUARD_EVIDENCE] = "needs evidence", [GUARD_PAST] = "%1 must have come",
    [GUARD_FUTURE] = "%1 must lie ahead", [GUARD_REACHES] = "of %1 the first must be at least the second",
    [GUARD_ONE_OF] = "%1 must be %2", [GUARD_ALL_IN] = "every %1 must be %2", [GUARD_SOME_IN] = "needs one %1 that is %2", [GUARD_PARENT_IN] = "its %1 must be %2",
    [GUARD_LISTS] = "%1 must list what there is", [GUARD_ROLE_HELD] = "by who holds the role %1",
};
static_assert(GUARD_COUNT_ == 15, "a guard needs its words");

static void put_list(buf *b, const char *words, const char *between)
{
    bool more = false;
    for (str rest = str_of(words), w = str_word(&rest); w.n; w = str_word(&rest), more = true) {
        str type = w;
        buf_putz(b, more ? between : "");
        buf_puts(b, str_cut(&type, '.'));    /* "action_item.subject": the type */
    }
}

static void put_guard(buf *b, const guarding *g)
{
    for (const char *t = guard_texts[g->id]; *t; t++) {
        if (*t != '%')
            buf_putc(b, *t);
        else if (*++t == '1')
            put_list(b, g->arg ? g->arg : "", " and ");
        else
            put_list(b, g->states ? g->states : "", " or ");
    }
}

str guard_words(arena *a, const transition *t)
{
    buf b = buf_new(a, 64 << 10);
    if (t->needs) {
        buf_putz(&b, "needs ");
        put_list(&b, t->needs, ", ");
    }
    for (size_t i = 0; i < GUARDS_MAX && t->guards[i].id; i++) {
        buf_putz(&b, b.n ? "; " : "");
        put_guard(&b, &t->guards[i]);
    }
    return buf_str(&b);
}

/* Which guards look at fields of the record itself; those marked may be set with the step in any state. */
static const struct { guard_id id; bool always; } looking[] = {
    { GUARD_KNOWN, true }, { GUARD_REACHES, true }, { GUARD_LISTS, true }, { GUARD_PAST, true }, { GUARD_FUTURE, false }, { GUARD_ONE_OF, false }, { GUARD_DIFFER, false },
};

static bool looks_at_fields(guard_id id, bool open)
{
    for (size_t i = 0; i < COUNT(looking); i++)
        if (looking[i].id == id)
            return open || looking[i].always;
    return false;
}

static size_t fields_add(const relation *r, const char *list, size_t n, size_t *to)
{
    for (str rest = str_of(list), w = str_word(&rest); w.n; w = str_word(&rest)) {
        int    k = relation_field(r, w);
        size_t i = 0;
        while (i < n && k >= 0 && to[i] != (size_t)k)
            i++;
        if (k > 0 && i == n && !(r->fields[k].flags & (FIELD_STAMPED | FIELD_FIXED)))
            to[n++] = (size_t)k;
    }
    return n;
}

size_t transition_fields(const relation *r, const transition *t, bool open, size_t ret[RELATION_FIELDS_MAX])
{
    size_t n = fields_add(r, t->needs, 0, ret);
    for (size_t i = 0; i < GUARDS_MAX && t->guards[i].id; i++)
        if (looks_at_fields(t->guards[i].id, open))
            n = fields_add(r, t->guards[i].arg, n, ret);
    return n;
}
