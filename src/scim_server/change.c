/* What a user says, as changes of a person. */
#include "scim_server/parts.h"

enum { GONE_DAYS = 30 };                  /* who was away for longer begins anew */

/* ---- a piece of work ------------------------------------------------------------------------ */

err_t changing_begin(ask *q, changing *ret)
{
    *ret = (changing){ .q = q };
    TRY(ask_writer(q, &ret->ws));
    return directory_read(q, ret->ws, &ret->d);
}

err_t changing_open(changing *c)
{
    ask *q = c->q;
    str  reason = str_fmt(q->a, "%s " STR_FMT, http_method_name(q->rq->method), STR_ARG(utf8_cut(q->rq->path, 300)));
    return app_work(c->ws, &q->who, S("scim"), reason, &q->f, &c->w);
}

/* Faults of fields are the sender's; what another process wrote in between is tried again. */
static err_t told_faults(changing *c, err_t e, bool *ret_told)
{
    ask *q = c->q;
    buf  text = buf_new(q->a, 4096);
    *ret_told = e == ERR_INVALID || e == ERR_NOT_FOUND;
    if (e == ERR_CONFLICT)
        return ERR_BUSY;
    if (!*ret_told)
        return e;
    faults_text(&c->done.faults, 5, &text);
    return told_status(q, 400, scim_wire(SCIM_INVALID_VALUE), text.n ? str_trim(buf_str(&text)) : str_of(q->f.text));
}

err_t changing_finish(changing *c, err_t so_far, bool *ret_told)
{
    *ret_told = false;
    if (so_far != ERR_OK)
        return told_faults(c, app_work_refused(c->w, c->q->a, so_far, &c->done), ret_told);
    err_t e = app_work_finish(c->ws, c->w, c->q->a, &c->q->f, &c->done);
    return e == ERR_OK ? ERR_OK : told_faults(c, e, ret_told);
}

err_t put_fields(changing *c, const relation *r, str id, const assignment *set, size_t n)
{
    const value *was;
    value       *row = NEW_ARRAY(c->q->a, value, r->n_fields);
    TRY(work_row(c->w, r, id, &c->q->f, &was));
    if (was)
        memcpy(row, was, r->n_fields * sizeof *row);
    row[0] = v_text(id);
    for (size_t i = 0; i < n; i++) {
        int k = relation_field(r, set[i].field);
        assert(k > 0);
        row[k] = set[i].text.n ? v_text(set[i].text) : V_UNKNOWN;
    }
    return work_put(c->w, r, row, &c->q->f);
}

/* ---- fields ---------------------------------------------------------------------------------- */

typedef struct {
    assignment v[10];
    size_t     n;
} assignments;

static void assign(assignments *to, const char *name, str was, str is)
{
    if (str_eq(was, is))
        return;
    assert(to->n < COUNT(to->v));
    to->v[to->n++] = (assignment){ str_of(name), is };
}

/* Only kinds that we know are kept. */
static str kind_of(arena *a, str user_type, str old)
{
    static const char *const kinds[] = { "employee", "contractor", "intern", "director" };
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_eq(str_lower(a, user_type), str_of(kinds[i])))
            return str_of(kinds[i]);
    return old;
}

static str manager_of(const directory *d, const scim_user *was, const scim_user *is, str person)
{
    const person_row *p = is->manager.n ? stored_person(d, is->manager) : NULL;
    if (is->manager_said && !is->manager.n)
        return S("");
    return p && person_shown(p) && !str_eq(p->id, person) ? p->id : was->manager;
}

static void fields_of(changing *c, const person_row *p, const scim_user *was, const scim_user *is, assignments *to)
{
    arena *a = c->q->a;
    bool   fresh = !p->row;
    str    name = scim_user_full_name(a, fresh ? NULL : was, is);
    str    email = is->email.n || !fresh || !str_contains(is->user_name, S("@")) ? is->email : is->user_name;
    assign(to, "name", p->name, name.n ? name : fresh ? is->user_name : p->name);
    assign(to, "email", p->email, email);
    assign(to, "job_title", p->title, is->title);
    assign(to, "team", p->team, is->department);
    assign(to, "kind", p->kind, kind_of(a, is->user_type, p->kind));
    assign(to, "manager", p->manager, manager_of(&c->d, was, is, p->id));
}

/* ---- coming and going ------------------------------------------------------------------------- */

static err_t move(changing *c, const person_row *p, const char *step, const char *when, time_us at)
{
    const assignment set = { str_of(when ? when : ""), when ? time_rfc3339(c->q->a, at) : S("") };
    return work_do(c->w, relation_find(S("person")), p->id, 0, str_of(step), &set, when ? 1 : 0, &c->q->f);
}

static err_t leave(changing *c, const person_row *p)
{
    return move(c, p, "leave", p->ends_at ? NULL : "ends_at", c->q->now);
}

static err_t come(changing *c, const person_row *p)
{
    bool later = p->starts_at > c->q->now;
    bool left = str_eq(p->state, S("left"));
    bool anew = !p->starts_at || (left && (later || c->q->now - p->left_at > DAYS(GONE_DAYS)));
    if (later && !left)
        return ERR_OK;                   /* has an account before the first day; starts on it */
    /* Whoever recorded the leaving knows better than a provider that never said otherwise. */
    if (left && str_eq(p->directory, S("active")))
        return ERR_OK;
    TRY(move(c, p, left ? "return" : "start", anew ? "starts_at" : NULL, c->q->now));
    if (left) {                          /* rights come back by the groups or by an owner's hand, not by themselves */
        static const assignment none[] = { { { "permission", 10 }, { "", 0 } }, { { "access_role", 11 }, { "", 0 } } };
        TRY(put_fields(c, relation_find(S("person")), p->id, none, COUNT(none)));
    }
    return rights_give(c, p->id);
}

static err_t presence(changing *c, const person_row *p, scim_active was, scim_active is)
{
    if (is == SCIM_INACTIVE && was == SCIM_ACTIVE)
        return leave(c, p);
    return is == SCIM_ACTIVE && was != SCIM_ACTIVE ? come(c, p) : ERR_OK;
}

err_t person_change(changing *c, const person_row *p, const scim_user *was, const scim_user *is)
{
    const relation *r = relation_find(S("person"));
    fault          *f = &c->q->f;
    assignments     set = { 0 };
    fields_of(c, p, was, is, &set);
    if (p->row)
        TRY(work_edit(c->w, r, p->id, p->row, set.v, set.n, f));
    else
        TRY(work_add(c->w, r, p->id, set.v, set.n, f, NULL));
    TRY(presence(c, p, p->row ? was->active : SCIM_INACTIVE, is->active));
    const assignment told[] = {
        { S("external_id"), is->external_id }, { S("user_name"), is->user_name },
        { S("directory"), is->active == SCIM_ACTIVE ? S("active") : is->active == SCIM_INACTIVE ? S("inactive") : p->directory },
    };
    return put_fields(c, r, p->id, told, COUNT(told));
}
