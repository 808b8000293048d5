/* Guards: what must hold before a record moves on. One function each. */
#include "program/private.h"

typedef struct {
    change           *ch;
    const transition *t;
    const guarding   *g;
    fault            *f;
} guard_call;

static err_t no(const guard_call *c, const char *field_name, const char *fmt, ...) PRINTF_LIKE(3);

static err_t no(const guard_call *c, const char *field_name, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    str why = str_vfmt(c->ch->w->a, fmt, ap);
    va_end(ap);
    return refuse(c->ch->w, c->ch->r, c->ch->id, field_name, ERR_DENIED, c->f, "%s is refused: " STR_FMT, c->t->name, STR_ARG(why));
}

static str actor_of(const guard_call *c) { return c->ch->w->o.who->person; }

static err_t need_actor(const guard_call *c)
{
    return no(c, NULL, "it is not known who you are; give your person record your sign-in name, or say --as PERSON");
}

static err_t other_than(const guard_call *c)
{
    for (str rest = str_of(c->g->arg), name = str_word(&rest); name.n; name = str_word(&rest)) {
        const char *fn = str_z(c->ch->w->a, name);
        str         other = text_at(c->ch->r, c->ch->row, fn);
        if (!actor_of(c).n)
            return need_actor(c);
        if (!other.n)
            return no(c, fn, "it is not known who the %s is, so nobody can be told apart from them", fn);
        if (str_eq(other, actor_of(c)))
            return no(c, fn, "you are the %s yourself; someone else must do it (separation of duties)", fn);
    }
    return ERR_OK;
}

static err_t self(const guard_call *c)
{
    str whose = text_at(c->ch->r, c->ch->row, c->g->arg);
    if (!actor_of(c).n)
        return need_actor(c);
    if (str_eq(whose, actor_of(c)))
        return ERR_OK;
    return no(c, c->g->arg, "only " STR_FMT " may do it, in person", STR_ARG(whose.n ? whose : S("the person named there")));
}

static err_t differ(const guard_call *c)
{
    str rest = str_of(c->g->arg), a = str_word(&rest), b = str_word(&rest);
    const value *va = field_value(c->ch->r, c->ch->row, str_z(c->ch->w->a, a));
    const value *vb = field_value(c->ch->r, c->ch->row, str_z(c->ch->w->a, b));
    if (va->kind == V_NULL || vb->kind == V_NULL)
        return no(c, str_z(c->ch->w->a, va->kind == V_NULL ? a : b), "it must be filled in first");
    if (value_eq(va, vb))
        return no(c, str_z(c->ch->w->a, b), "it must differ from " STR_FMT, STR_ARG(a));
    return ERR_OK;
}

static err_t fields_known(const guard_call *c, const char *list)
{
    err_t e = ERR_OK;
    for (str rest = str_of(list), name = str_word(&rest); name.n; name = str_word(&rest))
        if (field_value(c->ch->r, c->ch->row, str_z(c->ch->w->a, name))->kind == V_NULL)
            e = no(c, str_z(c->ch->w->a, name), "it must be filled in first");
    return e;
}

static err_t known(const guard_call *c) { return fields_known(c, c->g->arg); }

/* Whether a row that the work knows of has these texts in these fields. */
static bool some_known(const table *t, const str want[][2], size_t n)
{
    for (size_t i = 0; i < t->entries.cap; i++) {
        const kept *e = t->entries.entries[i].key.p ? t->entries.entries[i].value : NULL;
        size_t       fits = 0;
        while (e && e->row && fits < n && str_eq(e->row[relation_field(t->r, want[fits][0])].s, want[fits][1]))
            fits++;
        if (fits == n)
            return true;
    }
    return false;
}

static err_t evidence(const guard_call *c)
{
    work          *w = c->ch->w;
    str            about = str_fmt(w->a, "%s/" STR_FMT, c->ch->r->name, STR_ARG(c->ch->id));
    const sql_hole hole = { "id", sql_quote(w->a, about) };
    auto_cursor cursor *rows = NULL;
    bool                more;
    const table        *t = work_table(w, relation_find(S("evidence")));
    const str           want[][2] = { { S("supports"), about }, { S("state"), S("current") } };
    if (some_known(t, want, COUNT(want)))
        return ERR_OK;
    if (!t->full)
        TRY(session_query(w->s, sql_read(w->a, "sql/program/evidence.sql", &hole, 1), c->f, &rows));
    more = false;
    if (rows)
        TRY(cursor_next(rows, c->f, &more));
    if (more)
        return ERR_OK;
    return no(c, NULL, "no evidence supports it yet; attach some with: attest %s attach " STR_FMT " FILE", c->ch->r->name, STR_ARG(c->ch->id));
}

static err_t moment(const guard_call *c, bool past)
{
    const value *v = field_value(c->ch->r, c->ch->row, c->g->arg);
    time_us      now = work_moment(c->ch->w);
    if (v->kind == V_NULL)
        return no(c, c->g->arg, "it must be filled in first");
    if (past ? v->i <= now : v->i > now)
        return ERR_OK;
    return no(c, c->g->arg, past ? "that time has not come yet" : "that time has passed already");
}

static err_t past(const guard_call *c) { return moment(c, true); }
static err_t future(const guard_call *c) { return moment(c, false); }

static err_t reaches(const guard_call *c)
{
    str rest = str_of(c->g->arg), a = str_word(&rest), b = str_word(&rest);
    const char  *name = str_z(c->ch->w->a, a);
    const value *va = field_value(c->ch->r, c->ch->row, name), *vb = field_value(c->ch->r, c->ch->row, str_z(c->ch->w->a, b));
    if (va->kind == V_NULL || vb->kind == V_NULL)
        return no(c, name, "it and " STR_FMT " must be filled in first", STR_ARG(b));
    if (va->i >= vb->i)
        return ERR_OK;
    return no(c, name, "it must be at least " STR_FMT, STR_ARG(b));
}

/* "draft or active" */
static str states_words(const guard_call *c)
{
    buf b = buf_new(c->ch->w->a, 1000);
    for (str rest = str_of(c->g->states), w = str_word(&rest); w.n; w = str_word(&rest)) {
        buf_putz(&b, b.n ? " or " : "");
        buf_puts(&b, w);
    }
    return buf_str(&b);
}

static err_t one_of(const guard_call *c)
{
    str v = text_at(c->ch->r, c->ch->row, c->g->arg);
    if (v.n && list_has(c->g->states, v))
        return ERR_OK;
    return no(c, c->g->arg, "it is " STR_FMT "; it must be " STR_FMT, STR_ARG(v.n ? v : S("not known")), STR_ARG(states_words(c)));
}

/* ---- other records --------------------------------------------------------------------- */

typedef struct {
    int64_t fitting, others;
    str     first_other;
} child_count;

static void child_tell(arena *a, const guard_call *c, str id, str state, child_count *n)
{
    if (list_has(c->g->states, state)) {
        n->fitting++;
        return;
    }
    if (!n->others++)
        n->first_other = str_fmt(a, STR_FMT " is " STR_FMT, STR_ARG(id), STR_ARG(state));
}

/* What the work itself has changed counts as it will be. */
static err_t children_count(const guard_call *c, child_count *n)
{
    work *w = c->ch->w;
    str   name = str_of(c->g->arg), type = str_cut(&name, '.');
    const relation *child = relation_find(type);
    table          *t = work_table(w, child);
    int             ref = relation_field(child, name);
    bool any = strcmp(child->fields[ref].ref, "*") == 0;
    str  about = any ? str_fmt(w->a, "%s/" STR_FMT, c->ch->r->name, STR_ARG(c->ch->id)) : c->ch->id;
    const sql_hole holes[] = { { "relation", type }, { "state", S("state") }, { "field", name }, { "id", sql_quote(w->a, about) } };
    auto_cursor cursor *rows = NULL;
    for (size_t i = 0; t->full && i < t->entries.cap; i++) {
        const kept *e = t->entries.entries[i].key.p ? t->entries.entries[i].value : NULL;
        if (e && e->row && str_eq(e->row[ref].s, about))
            child_tell(w->a, c, e->id, text_at(child, e->row, "state"), n);
    }
    if (t->full)
        return ERR_OK;
    TRY(session_query(w->s, sql_read(w->a, "sql/program/children.sql", holes, COUNT(holes)), c->f, &rows));
    for (;;) {
        bool more;
        TRY(cursor_next(rows, c->f, &more));
        if (!more)
            break;
        const kept *e = map_get(&t->entries, cursor_text(rows, 0));
        if (!e || !e->changed)
            child_tell(w->a, c, cursor_text(rows, 0), cursor_text(rows, 1), n);
    }
    for (size_t i = 0; i < t->changed.n; i++)
        if (str_eq(t->changed.v[i]->row[ref].s, about))
            child_tell(w->a, c, t->changed.v[i]->id, text_at(child, t->changed.v[i]->row, "state"), n);
    return ERR_OK;
}

static err_t all_in(const guard_call *c)
{
    child_count n = { 0 };
    TRY(children_count(c, &n));
    if (!n.others)
        return ERR_OK;
    return no(c, NULL, STR_FMT "%s; it must be " STR_FMT " first", STR_ARG(n.first_other),
              n.others > 1 ? ", and it is not the only one" : "", STR_ARG(states_words(c)));
}

static err_t some_in(const guard_call *c)
{
    child_count n = { 0 };
    str         name = str_of(c->g->arg), type = str_cut(&name, '.');
    TRY(children_count(c, &n));
    if (n.fitting)
        return ERR_OK;
    char *words = str_z(c->ch->w->a, type);
    for (char *p = words; *p; p++)
        *p = *p == '_' ? ' ' : *p;
    return no(c, NULL, "it needs one %s that is " STR_FMT, words, STR_ARG(states_words(c)));
}

static err_t parent_in(const guard_call *c)
{
    const field    *fd = &c->ch->r->fields[relation_field(c->ch->r, str_of(c->g->arg))];
    const relation *to = relation_find(str_of(fd->ref));
    str             id = text_at(c->ch->r, c->ch->row, c->g->arg);
    const value    *row;
    if (!id.n)
        return no(c, c->g->arg, "it must be filled in first");
    TRY(work_row(c->ch->w, to, id, c->f, &row));
    str state = row ? text_at(to, row, "state") : S("missing");
    if (list_has(c->g->states, state))
        return ERR_OK;
    return no(c, c->g->arg, STR_FMT " is " STR_FMT "; it must be " STR_FMT, STR_ARG(id), STR_ARG(state), STR_ARG(states_words(c)));
}

static err_t role_held(const guard_call *c)
{
    work          *w = c->ch->w;
    const sql_hole holes[] = { { "person", sql_quote(w->a, actor_of(c)) }, { "role", sql_quote(w->a, str_of(c->g->arg)) } };
    auto_cursor cursor *rows = NULL;
    bool                more;
    if (w->o.who->role == ROLE_OWNER)
        return ERR_OK;
    const table *t = work_table(w, relation_find(S("role_assignment")));
    const str    want[][2] = { { S("person"), actor_of(c) }, { S("role"), str_of(c->g->arg) }, { S("state"), S("active") } };
    more = t->full && some_known(t, want, COUNT(want));
    if (!t->full) {
        TRY(session_query(w->s, sql_read(w->a, "sql/program/role_held.sql", holes, COUNT(holes)), c->f, &rows));
        TRY(cursor_next(rows, c->f, &more));
    }
    return more ? ERR_OK : no(c, NULL, "only who holds the role %s may", c->g->arg);
}

static err_t lists(const guard_call *c)
{
    const work_hooks *h = c->ch->w->o.hooks;
    bool              there;
    for (str rest = text_at(c->ch->r, c->ch->row, c->g->arg); rest.p && h && h->catalogue;) {
        str word = str_trim(str_cut(&rest, ','));
        if (word.n && h->catalogue(h->arg, str_of(c->g->states), word, &there) && !there)
            return no(c, c->g->arg, "\"" STR_FMT "\" is no %s", STR_ARG(utf8_cut(word, 60)), c->g->states);
    }
    return ERR_OK;
}

typedef err_t (*guard_function)(const guard_call *c);
static const guard_function functions[GUARD_COUNT_] = {
    [GUARD_OTHER_THAN] = other_than, [GUARD_SELF] = self, [GUARD_DIFFER] = differ, [GUARD_KNOWN] = known,
    [GUARD_EVIDENCE] = evidence, [GUARD_PAST] = past, [GUARD_FUTURE] = future, [GUARD_REACHES] = reaches, [GUARD_ONE_OF] = one_of,
    [GUARD_ALL_IN] = all_in, [GUARD_SOME_IN] = some_in, [GUARD_PARENT_IN] = parent_in, [GUARD_ROLE_HELD] = role_held, [GUARD_LISTS] = lists,
};

err_t guards_check(change *ch, const transition *t, fault *f)
{
    guard_call c = { ch, t, NULL, f };
    (void)fields_known(&c, t->needs);
    for (size_t i = 0; i < GUARDS_MAX && t->guards[i].id; i++) {
        size_t told = ch->w->faults.n;
        c.g = &t->guards[i];
        err_t e = functions[c.g->id](&c);
        if (e != ERR_OK && ch->w->faults.n == told)
            return e;                     /* a statement failed; a refusal is told and counted */
    }
    return ERR_OK;
}
