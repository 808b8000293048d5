/* From what people write to values, and what must be true of a record. */
#include "program/private.h"

value *field_value(const relation *r, value *row, const char *name)
{
    int i = relation_field(r, str_of(name));
    assert(i >= 0);
    return &row[i];
}

str text_at(const relation *r, const value *row, const char *name)
{
    int i = name ? relation_field(r, str_of(name)) : -1;
    return i >= 0 && row[i].kind == V_TEXT ? row[i].s : S("");
}

str row_text(const relation *r, const value *row, const char *name) { return text_at(r, row, name); }

str record_title(const relation *r, const value *row)
{
    str title = text_at(r, row, r->record->title), line;
    return title.n && str_line(&title, &line) && line.n ? line : row[0].s;
}

bool change_sound(const change *ch) { return ch->w->faults.n == ch->n_faults; }

/* ---- assigning ------------------------------------------------------------------------- */

static const char *kind_hint(field_kind k)
{
    static const char *const hints[F_KIND_COUNT_ + 1] = {
        [F_TEXT] = "is no text", [F_INT] = "is no whole number", [F_BOOL] = "is neither true nor false",
        [F_TIME] = "is no date; write 2026-03-12 or 2026-03-12T14:05:00Z",
        [F_KIND_COUNT_] = "cannot be read",
    };
    return hints[k];
}

static bool truth_parse(str text, value *ret)
{
    bool yes = str_eq(text, S("true")) || str_eq(text, S("yes"));
    *ret = v_bool(yes);
    return yes || str_eq(text, S("false")) || str_eq(text, S("no"));
}

static bool moment_parse(const work *w, str text, value *ret)
{
    time_us t = commit_moment(w->c);
    bool    good = true;
    if (str_eq(text, S("today")))
        t -= t % DAYS(1);
    else if (!str_eq(text, S("now")))
        good = time_parse(text, &t);
    *ret = v_int(t);
    return good;
}

static err_t assign_one(change *ch, size_t i, str text, fault *f)
{
    const field *fd = &ch->r->fields[i];
    value        v = V_UNKNOWN;
    bool         good = true;
    if (fd->kind != F_TEXT || !(fd->flags & FIELD_LONG))
        text = str_trim(text);
    if (text.n && !str_eq(text, S("?"))) {
        switch (fd->kind) {
        case F_TEXT: v = v_text(str_dup(ch->w->a, text)); break;
        case F_INT:  good = parse_int(text, INT64_MIN, INT64_MAX, &v.i); v.kind = V_INT; break;
        case F_BOOL: good = truth_parse(text, &v); break;
        case F_TIME: good = moment_parse(ch->w, text, &v); break;
        case F_KIND_COUNT_: good = false;
        }
    }
    if (!good)
        return refuse(ch->w, ch->r, ch->id, fd->name, ERR_INVALID, f, "\"" STR_FMT "\" %s", STR_ARG(utf8_cut(utf8_clean(ch->w->a, text), 60)),
                      kind_hint(fd->kind));
    ch->row[i] = v;
    return ERR_OK;
}

/* Why people may not set the field; NULL when they may. */
static const char *not_settable(const field *fd, bool adding, const char *only)
{
    if (fd->flags & FIELD_STAMPED)
        return "is set by the workflow, not by hand";
    if ((fd->flags & FIELD_FIXED) && !adding)
        return "stays as it was when the record was added";
    if (only && !list_has(only, str_of(fd->name)))
        return "cannot be changed in this state";
    return NULL;
}

err_t change_assign(change *ch, const assignment *set, size_t n, bool adding, const char *only, fault *f)
{
    uint64_t seen = 0;
    for (size_t i = 0; i < n; i++) {
        int k = relation_field(ch->r, set[i].field);
        if (k == 0 && str_eq(str_trim(set[i].text), ch->id))
            continue;                     /* says which record it is, and rightly */
        const char *why = k < 0 ? "is no field of it" : k == 0 ? "cannot be changed" : not_settable(&ch->r->fields[k], adding, only);
        if (!why && (seen >> k & 1))
            why = "is given twice";
        if (why) {
            (void)refuse(ch->w, ch->r, ch->id, str_z(ch->w->a, utf8_cut(utf8_clean(ch->w->a, set[i].field), 60)), ERR_INVALID, f, "%s", why);
            continue;
        }
        seen |= UINT64_C(1) << k;
        (void)assign_one(ch, (size_t)k, set[i].text, f);
    }
    return ERR_OK;                        /* faults are told one by one, and counted by change_sound */
}

/* ---- checking ----------------------------------------------------------------------------- */

static err_t named_exists(work *w, str type, str id, fault *f, bool *ret)
{
    const work_hooks *h = w->o.hooks;
    const relation   *to = relation_find(type);
    kept            *e;
    *ret = false;
    if (h && h->catalogue && h->catalogue(h->arg, type, id, ret))
        return ERR_OK;
    if (!to || !to->record)
        return ERR_OK;
    TRY(table_entry(w, work_table(w, to), id, f, &e));
    *ret = e->row || e->refused;          /* who names what was refused is not at fault */
    return ERR_OK;
}

static err_t ref_check(work *w, const reference *ref, fault *f)
{
    const field *fd = &ref->r->fields[ref->field];
    str          id = ref->text, type = str_of(fd->ref);
    bool         exists;
    if (str_eq(type, S("*"))) {
        type = str_cut(&id, '/');
        if (!id.p)
            return refuse(w, ref->r, ref->id, fd->name, ERR_INVALID, f, "names a record as TYPE/ID, as risk/RISK-3; \"" STR_FMT "\" does not",
                          STR_ARG(utf8_cut(type, 60)));
    }
    TRY(named_exists(w, type, id, f, &exists));
    if (exists)
        return ERR_OK;
    return refuse(w, ref->r, ref->id, fd->name, ERR_INVALID, f, "there is no " STR_FMT " \"" STR_FMT "\"", STR_ARG(utf8_cut(type, 60)),
                  STR_ARG(utf8_cut(id, 80)));
}

static err_t ref_check_or_later(change *ch, size_t i, fault *f)
{
    const reference ref = { ch->r, ch->id, i, ch->row[i].s };
    if (!ch->w->later)
        return ref_check(ch->w, &ref, f);
    da_push(ch->w->a, &ch->w->pending) = ref;
    return ERR_OK;
}

void work_references_later(work *w) { w->later = true; }

err_t work_references(work *w, fault *f)
{
    for (size_t i = 0; i < w->pending.n; i++) {
        size_t told = w->faults.n;
        err_t  e = ref_check(w, &w->pending.v[i], f);
        if (e != ERR_OK && w->faults.n == told)
            return e;                     /* a statement failed; what is wrong is told as a fault */
    }
    w->pending.n = 0;
    w->later = false;
    return ERR_OK;
}

static err_t unique_check(change *ch, size_t i, fault *f)
{
    str holder;
    TRY(unique_holder(ch->w, work_table(ch->w, ch->r), i, &ch->row[i], ch->id, f, &holder));
    if (!holder.n)
        return ERR_OK;
    return refuse(ch->w, ch->r, ch->id, ch->r->fields[i].name, ERR_INVALID, f, STR_FMT " has this value already", STR_ARG(holder));
}

/* Only a failing statement is an error here; what is wrong with the record is
 * told as faults. */
static err_t only_statements(const change *ch, err_t e, size_t before)
{
    return e == ERR_OK || ch->w->faults.n > before ? ERR_OK : e;
}

/* What is left out of the report is left out for a reason. */
static void no_check(change *ch, fault *f)
{
    str          rest = str_of(ch->r->record->no_needs ? ch->r->record->no_needs : ""), asked = str_word(&rest), why = str_word(&rest);
    const value *said = asked.n ? field_value(ch->r, ch->row, str_z(ch->w->a, asked)) : NULL;
    if (said && said->kind == V_INT && !said->i && field_value(ch->r, ch->row, str_z(ch->w->a, why))->kind == V_NULL)
        (void)refuse(ch->w, ch->r, ch->id, str_z(ch->w->a, why), ERR_INVALID, f, "is needed where " STR_FMT " says no", STR_ARG(asked));
}

err_t change_check(change *ch, const value *before, fault *f)
{
    no_check(ch, f);
    for (size_t i = 0; i < ch->r->n_fields; i++) {
        const field *fd = &ch->r->fields[i];
        value       *v = &ch->row[i];
        size_t       told = ch->w->faults.n;
        str          why = value_why(fd, v, ch->w->a);
        if (why.n) {
            (void)refuse(ch->w, ch->r, ch->id, fd->name, ERR_INVALID, f, STR_FMT, STR_ARG(why));
            continue;
        }
        if (v->kind == V_NULL || (before && value_eq(v, &before[i])))
            continue;
        if (fd->ref)
            TRY(only_statements(ch, ref_check_or_later(ch, i, f), told));
        if (fd->flags & FIELD_UNIQUE)
            TRY(only_statements(ch, unique_check(ch, i, f), told));
    }
    return ERR_OK;
}
