/* The changes: add, edit, move on. Each is made on a copy, checked whole, and
 * only then part of the work. */
#include "program/private.h"

/* ---- who may ----------------------------------------------------------------------------- */

static const char *with_article(role r)
{
    static const char *const words[ROLE_COUNT_] = { "", "an auditor", "a member", "a contributor", "a manager", "an owner" };
    return words[r];
}

/* A step that is an owner's alone is never granted. */
static err_t may(work *w, const relation *r, str id, role least, right by_grant, const char *what, fault *f)
{
    const principal *who = w->o.who;
    if (who->role >= least && who->role != ROLE_AUDITOR)
        return ERR_OK;
    if (least < ROLE_OWNER && principal_granted(who, r, by_grant))
        return ERR_OK;
    return refuse(w, r, id, NULL, ERR_DENIED, f, "only %s%s may %s; you are %s", with_article(least), least < ROLE_OWNER ? " or above" : "",
                  what, with_article(who->role ? who->role : ROLE_MEMBER));
}

/* A member works on records that are the member's own, and so does whoever may not read the others. */
static err_t own_check(change *ch, fault *f)
{
    const principal *who = ch->w->o.who;
    const char      *own = ch->r->record->own;
    bool all = who->role != ROLE_MEMBER && record_reads_all(who, ch->r);
    if (!own || all || principal_granted(who, ch->r, RIGHT_ADD | RIGHT_EDIT | RIGHT_MOVE) || str_eq(text_at(ch->r, ch->row, own), who->person))
        return ERR_OK;
    return refuse(ch->w, ch->r, ch->id, own, ERR_DENIED, f, "this is somebody else's; you work on your own alone");
}

/* The record that a change says something of; NULL when it names none that stands. */
static err_t about_of(change *ch, fault *f, const relation **ret, const value **ret_row)
{
    const char *ref = ch->r->fields[relation_field(ch->r, str_of(ch->r->record->about))].ref;
    str         id = text_at(ch->r, ch->row, ch->r->record->about);
    str         type = strcmp(ref, "*") == 0 ? str_cut(&id, '/') : str_of(ref);
    *ret = relation_find(type);
    *ret_row = NULL;
    return *ret && (*ret)->record && id.n ? work_row(ch->w, *ret, id, f, ret_row) : ERR_OK;
}

bool record_may_tell(const principal *who, const relation *r, const value *row)
{
    return principal_granted(who, r, RIGHT_READ | RIGHT_ADD | RIGHT_EDIT | RIGHT_MOVE) || (who->role > ROLE_MEMBER && record_reads_all(who, r)) ||
           (r->record->own && who->person.n && str_eq(text_at(r, row, r->record->own), who->person));
}

static err_t about_check(change *ch, fault *f)
{
    const principal *who = ch->w->o.who;
    const relation  *of;
    const value     *row;
    if (!ch->r->record->about)
        return ERR_OK;
    TRY(about_of(ch, f, &of, &row));
    if (!row || record_may_tell(who, of, row))
        return ERR_OK;
    return refuse(ch->w, ch->r, ch->id, ch->r->record->about, ERR_DENIED, f, "%s " STR_FMT " is not yours; ask %s to add it", of->name,
                  STR_ARG(row[0].s), who->role > ROLE_MEMBER ? role_or_above(of->record->read) : role_or_above(ROLE_CONTRIBUTOR));
}

/* ---- who may make somebody mighty ---------------------------------------------------------------- */

static role permission_of(const relation *r, const value *row)
{
    role its;
    return row && role_parse(text_at(r, row, "permission"), &its) ? its : ROLE_MEMBER;
}

/* Left, or switched off by the identity provider, nobody acts. */
static bool acts(const relation *r, const value *row)
{
    str directory = text_at(r, row, "directory");
    return !str_eq(text_at(r, row, "state"), S("left")) && !str_eq(directory, S("inactive")) && !str_eq(directory, S("deleted"));
}

static bool rules(const relation *r, const value *row) { return permission_of(r, row) == ROLE_OWNER && acts(r, row); }

/* Nobody sends away who may more than they (but an identity provider, whoever made its token: who left is out at
 * once), and somebody has to keep the workspace. */
static err_t stay_check(change *ch, const value *before, fault *f)
{
    role   its = before ? permission_of(ch->r, before) : ROLE_UNSET;
    table *t = work_table(ch->w, ch->r);
    bool   provider = str_starts(ch->w->o.who->actor, S("scim:"));
    if (before && !provider && its > ch->w->o.who->role && acts(ch->r, before) && !acts(ch->r, ch->row))
        return refuse(ch->w, ch->r, ch->id, "state", ERR_DENIED, f, "this is %s; you are %s, and do not end how they get in", with_article(its),
                      with_article(ch->w->o.who->role));
    if (!before || !rules(ch->r, before) || rules(ch->r, ch->row))
        return ERR_OK;
    TRY(table_fill(ch->w, t, f));
    for (size_t i = 0; i < t->entries.cap; i++) {
        const kept *e = t->entries.entries[i].key.p ? t->entries.entries[i].value : NULL;
        if (e && e->row && !str_eq(e->id, ch->id) && rules(ch->r, e->row))
            return ERR_OK;
    }
    return refuse(ch->w, ch->r, ch->id, "permission", ERR_DENIED, f, "this is the only owner; make somebody else one first");
}

/* Nobody gives more than they have, and the ways in of somebody mightier are not theirs to change: who names
 * the address a link goes to becomes that person. */
static err_t might_check(change *ch, const value *before, fault *f)
{
    static const char *const ways_in[] = { "permission", "access_role", "email", "login", "user_name", "external_id" };
    const principal *who = ch->w->o.who;
    if (strcmp(ch->r->name, "person") != 0)
        return ERR_OK;
    TRY(stay_check(ch, before, f));
    if (permission_of(ch->r, ch->row) <= who->role || (before && permission_of(ch->r, before) == permission_of(ch->r, ch->row)))
        for (size_t i = 0; i < COUNT(ways_in); i++) {
            int k = relation_field(ch->r, str_of(ways_in[i]));
            if (k < 0 || !before || permission_of(ch->r, before) <= who->role || value_eq(&before[k], &ch->row[k]))
                continue;
            return refuse(ch->w, ch->r, ch->id, ways_in[i], ERR_DENIED, f, "this is %s; you are %s, and change nothing of how they get in",
                          with_article(permission_of(ch->r, before)), with_article(who->role));
        }
    else
        return refuse(ch->w, ch->r, ch->id, "permission", ERR_DENIED, f, "you are %s and cannot make %s", with_article(who->role),
                      with_article(permission_of(ch->r, ch->row)));
    return ERR_OK;
}

/* ---- ids ------------------------------------------------------------------------------------ */

enum { ID_MAX = 128 };

static bool id_sound(str id)
{
    if (!id.n || id.n > ID_MAX || !utf8_valid(id))
        return false;
    for (size_t i = 0; i < id.n; i++)
        if ((unsigned char)id.p[i] <= ' ' || id.p[i] == 0x7f || strchr("\"'`\\;,*?", id.p[i]))
            return false;
    return true;
}

static err_t number_next(work *w, table *t, fault *f)
{
    const char *prefix = t->r->record->prefix;
    size_t      n = strlen(prefix) + 1;
    TRY(table_fill(w, t, f));
    t->next_number = 1;
    for (size_t i = 0; i < t->entries.cap; i++) {
        const kept *e = t->entries.entries[i].key.p ? t->entries.entries[i].value : NULL;
        int64_t      number;
        if (e && e->row && str_starts(e->id, str_of(prefix)) && e->id.n > n && e->id.p[n - 1] == '-' &&
            parse_int(str_sub(e->id, n, e->id.n), 1, INT64_MAX - 1, &number) && number >= t->next_number)
            t->next_number = number + 1;
    }
    return ERR_OK;
}

/* "Access control policy" -> "access-control-policy" */
static str slug(arena *a, str title)
{
    buf b = buf_new(a, ID_MAX * 4);
    for (size_t i = 0; i < title.n && b.n < 60; i++) {
        char c = title.p[i] >= 'A' && title.p[i] <= 'Z' ? (char)(title.p[i] + 32) : title.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain)
            buf_putc(&b, c);
        else if (b.n && b.p[b.n - 1] != '-')
            buf_putc(&b, '-');
    }
    str s = buf_str(&b);
    while (s.n && s.p[s.n - 1] == '-')
        s.n--;
    return s;
}

static str title_given(const relation *r, const assignment *set, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(set[i].field, str_of(r->record->title)))
            return set[i].text;
    return S("");
}

/* Whether there is no title where there must be one. */
static bool title_lacks(const relation *r, const assignment *set, size_t n)
{
    int k = relation_field(r, str_of(r->record->title));
    return k > 0 && (r->fields[k].flags & FIELD_REQUIRED) && !str_trim(title_given(r, set, n)).n;
}

static err_t id_choose(work *w, table *t, str given, const assignment *set, size_t n, fault *f, str *ret)
{
    const relation *r = t->r;
    *ret = str_dup(w->a, given);
    if (given.n)
        return id_sound(given) ? ERR_OK : refuse(w, r, S(""), "id", ERR_INVALID, f, "\"" STR_FMT "\" is no id: no blanks, quotes or "
                                                 "control characters, at most %d bytes", STR_ARG(utf8_cut(utf8_clean(w->a, given), 60)), ID_MAX);
    if (r->record->prefix) {
        if (!t->next_number)
            TRY(number_next(w, t, f));
        *ret = str_fmt(w->a, "%s-%lld", r->record->prefix, (long long)t->next_number++);
        return ERR_OK;
    }
    *ret = slug(w->a, title_given(r, set, n));
    if (!ret->n && title_lacks(r, set, n))
        return ERR_OK;                    /* never written: the title is found missing, with all else that is wrong */
    return ret->n ? ERR_OK : refuse(w, r, S(""), "id", ERR_INVALID, f, "it needs an id");
}

static err_t id_free(work *w, table *t, str id, fault *f, kept **ret)
{
    const work_hooks *h = w->o.hooks;
    bool              known = true;
    if (h && h->catalogue && h->catalogue(h->arg, str_of(t->r->name), id, &known) && !known)
        return refuse(w, t->r, id, "id", ERR_INVALID, f, "there is no %s \"" STR_FMT "\" in the catalogue", t->r->name, STR_ARG(id));
    TRY(table_entry(w, t, id, f, ret));
    return (*ret)->row ? refuse(w, t->r, id, "id", ERR_CONFLICT, f, "there is one with this id already") : ERR_OK;
}

/* ---- add --------------------------------------------------------------------------------------- */

static change change_new(work *w, const relation *r, str id, const value *from)
{
    change ch = { .w = w, .r = r, .id = id, .row = NEW_ARRAY(w->a, value, r->n_fields), .n_faults = w->faults.n };
    for (size_t i = 0; from && i < r->n_fields; i++)
        ch.row[i] = from[i];
    return ch;
}

static err_t initial_values(change *ch, fault *f)
{
    ch->row[0] = v_text(ch->id);
    for (size_t i = 1; i < ch->r->n_fields; i++)
        if (ch->r->fields[i].initial)
            TRY(value_parse(&ch->r->fields[i], str_of(ch->r->fields[i].initial), f, &ch->row[i]));
    if (ch->r->record->initial)
        *field_value(ch->r, ch->row, "state") = v_z(ch->r->record->initial);
    return ERR_OK;
}

/* The last part of every change: stamps, checks, and then it counts. */
static err_t settle(change *ch, const value *before, kept *e, effect_id effect, fault *f)
{
    const work_hooks *h = ch->w->o.hooks;
    TRY(change_stamp(ch, ch->r->record->on_write, f));
    TRY(might_check(ch, before, f));
    TRY(change_check(ch, before, f));
    if (!change_sound(ch))
        return ERR_INVALID;
    e->refused = false;
    entry_set(ch->w, work_table(ch->w, ch->r), e, ch->row);
    if (effect != EFFECT_NONE && h && h->effect)
        return h->effect(h->arg, ch->w, effect, ch->r, e->row, f);
    return ERR_OK;
}

err_t work_add(work *w, const relation *r, str id, const assignment *set, size_t n, fault *f, str *ret_id)
{
    table *t = work_table(w, r);
    kept *e = NULL;
    TRY(may(w, r, id, r->record->add, RIGHT_ADD, "add one", f));
    TRY(id_choose(w, t, id, set, n, f, &id));
    TRY(id_free(w, t, id, f, &e));
    assert(e);
    e->refused = true;                    /* until it stands */
    change ch = change_new(w, r, e->id, NULL);
    TRY(initial_values(&ch, f));
    TRY(change_assign(&ch, set, n, true, NULL, f));
    TRY(change_stamp(&ch, r->record->on_add, f));
    TRY(own_check(&ch, f));
    TRY(about_check(&ch, f));
    TRY(settle(&ch, NULL, e, r->record->add_effect, f));
    if (ret_id)
        *ret_id = e->id;
    return ERR_OK;
}

/* ---- edit, move on ------------------------------------------------------------------------------ */

/* Both sides of a conflict, field by field. */
static err_t conflict(work *w, const table *t, const kept *e, const assignment *set, size_t n, fault *f)
{
    buf b = buf_new(w->a, 4000);
    for (size_t i = 0; i < n; i++) {
        int k = relation_field(t->r, set[i].field);
        if (k > 0)
            buf_fmt(&b, "%s" STR_FMT " is now \"" STR_FMT "\", you write \"" STR_FMT "\"", b.n ? "; " : ": ", STR_ARG(set[i].field),
                    STR_ARG(utf8_cut(value_show(&t->r->fields[k], &e->row[k], w->a), 80)), STR_ARG(utf8_cut(set[i].text, 80)));
    }
    return refuse(w, t->r, e->id, NULL, ERR_CONFLICT, f, "somebody changed it after you read it (it is version %lld now)" STR_FMT,
                  (long long)e->version, STR_ARG(buf_str(&b)));
}

static err_t begin_on(work *w, const relation *r, str id, int64_t expected, const assignment *set, size_t n, fault *f, kept **ret)
{
    table *t = work_table(w, r);
    TRY(table_entry(w, t, id, f, ret));
    if (!(*ret)->row)
        return refuse(w, r, id, NULL, ERR_NOT_FOUND, f, "there is none");
    if (expected && expected != (*ret)->version)
        return conflict(w, t, *ret, set, n, f);
    return ERR_OK;
}

bool record_editable(const relation *r, const value *row)
{
    return !r->record->edit_in || list_has(r->record->edit_in, text_at(r, row, "state"));
}

err_t work_edit(work *w, const relation *r, str id, int64_t expected, const assignment *set, size_t n, fault *f)
{
    kept *e;
    TRY(may(w, r, id, r->record->edit, RIGHT_EDIT, "edit it", f));
    TRY(begin_on(w, r, id, expected, set, n, f, &e));
    if (!record_editable(r, e->row))
        return refuse(w, r, id, NULL, ERR_DENIED, f, "it is " STR_FMT ", and is edited only while it is %s", STR_ARG(text_at(r, e->row, "state")),
                      r->record->edit_in);
    change ch = change_new(w, r, e->id, e->row);
    TRY(own_check(&ch, f));
    TRY(change_assign(&ch, set, n, false, NULL, f));
    TRY(own_check(&ch, f));
    return settle(&ch, e->row, e, EFFECT_NONE, f);
}

static err_t no_transition(work *w, const relation *r, str id, str name, fault *f)
{
    buf b = buf_new(w->a, 4000);
    for (size_t i = 0; i < r->record->n_transitions; i++)
        buf_fmt(&b, "%s%s", i ? ", " : "", r->record->transitions[i].name);
    return refuse(w, r, id, NULL, ERR_INVALID, f, "there is no step \"" STR_FMT "\"; the steps are: " STR_FMT, STR_ARG(utf8_cut(name, 60)),
                  STR_ARG(b.n ? buf_str(&b) : S("none")));
}

/* What was moved on no longer takes other fields than the step's own. */
static const char *settable(arena *a, const relation *r, const transition *t, const value *row)
{
    if (record_editable(r, row))
        return NULL;
    buf b = buf_new(a, 4000);
    buf_putz(&b, t->needs ? t->needs : "");
    for (size_t i = 0; i < GUARDS_MAX && t->guards[i].id; i++)
        if (t->guards[i].id == GUARD_KNOWN || t->guards[i].id == GUARD_REACHES || t->guards[i].id == GUARD_PAST)
            buf_fmt(&b, " %s", t->guards[i].arg);
    return buf_z(&b);
}

err_t work_do(work *w, const relation *r, str id, int64_t expected, str name, const assignment *set, size_t n, fault *f)
{
    const transition *t = transition_find(r, name);
    kept            *e;
    if (!t)
        return no_transition(w, r, id, name, f);
    TRY(may(w, r, id, t->by, RIGHT_MOVE, t->name, f));
    TRY(begin_on(w, r, id, expected, set, n, f, &e));
    str state = text_at(r, e->row, "state");
    if (t->from && !list_has(t->from, state))
        return refuse(w, r, id, NULL, ERR_DENIED, f, "it is " STR_FMT "; %s is for what is %s", STR_ARG(state), t->name, t->from);
    change ch = change_new(w, r, e->id, e->row);
    TRY(own_check(&ch, f));
    TRY(change_assign(&ch, set, n, false, settable(w->a, r, t, e->row), f));
    TRY(guards_check(&ch, t, f));
    if (!change_sound(&ch))
        return f->code ? f->code : ERR_INVALID;
    if (t->to)
        *field_value(r, ch.row, "state") = v_z(t->to);
    TRY(change_stamp(&ch, t->sets, f));
    return settle(&ch, e->row, e, t->effect, f);
}

err_t work_put(work *w, const relation *r, const value *row, fault *f)
{
    kept *e;
    TRY(table_entry(w, work_table(w, r), row[0].s, f, &e));
    change ch = change_new(w, r, e->id, row);
    for (size_t i = 0; i < r->n_fields; i++)      /* the caller's texts may end with the caller */
        if (ch.row[i].kind == V_TEXT)
            ch.row[i].s = str_dup(w->a, ch.row[i].s);
    TRY(change_check(&ch, e->row, f));
    if (!change_sound(&ch))
        return ERR_INVALID;
    entry_set(w, work_table(w, r), e, ch.row);
    return ERR_OK;
}
