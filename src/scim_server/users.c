/* /scim/v2/Users */
#include "scim_server/parts.h"

/* ---- reading ----------------------------------------------------------------------------- */

static err_t list_users(ask *q)
{
    directory   d;
    size_t      n = 0;
    TRY(directory_read(q, q->ws, &d));
    scim_node **v = NEW_ARRAY(q->a, scim_node *, d.n_people);
    for (size_t i = 0; i < d.n_people; i++) {
        scim_user u = user_of(q, &d, &d.people[i]);
        if (person_shown(&d.people[i]))
            v[n++] = scim_user_node(q->a, &u);
    }
    return told_list(q, v, n);
}

static err_t told_missing(ask *q)
{
    return told_status(q, 404, "", str_fmt(q->a, "there is no user \"" STR_FMT "\"", STR_ARG(utf8_cut(q->params[0], 80))));
}

static err_t told_user(ask *q, workspace *ws, str id, int status)
{
    directory d;
    TRY(directory_read(q, ws, &d));
    const person_row *p = stored_person(&d, id);
    if (!p)
        return fail(&q->f, ERR_INTERNAL, "the person is gone");
    scim_user u = user_of(q, &d, p);
    return told_resource(q, status, scim_user_node(q->a, &u), &u.meta);
}

static err_t get_user(ask *q)
{
    directory d;
    TRY(directory_read(q, q->ws, &d));
    const person_row *p = stored_person(&d, q->params[0]);
    if (!p || !person_shown(p))
        return told_missing(q);
    if (settled_by_version(q, p->row))
        return ERR_OK;
    scim_user u = user_of(q, &d, p);
    return told_resource(q, 200, scim_user_node(q->a, &u), &u.meta);
}

/* ---- one name, one person -------------------------------------------------------------------- */

/* Whether somebody else has the name or the address; deleted ones keep neither name, but their address. */
static err_t check_unique(changing *c, const scim_user *u, str id, scim_trouble *t)
{
    for (size_t i = 0; i < c->d.n_people; i++) {
        const person_row *p = &c->d.people[i];
        if (str_eq(p->id, id))
            continue;
        if (person_shown(p) && same_word(user_name_of(p), u->user_name))
            return scim_refuse(t, SCIM_UNIQUENESS, "the userName is " STR_FMT "'s already", STR_ARG(p->id));
        if (u->email.n && same_word(p->email, u->email))
            return scim_refuse(t, SCIM_UNIQUENESS, "the address is " STR_FMT "'s already", STR_ARG(p->id));
    }
    return ERR_OK;
}

/* Who was deleted at the provider and comes back by the same name or address. */
static const person_row *deleted_before(changing *c, const scim_user *u)
{
    for (size_t i = 0; i < c->d.n_people; i++) {
        const person_row *p = &c->d.people[i];
        bool named = same_word(p->user_name, u->user_name) || (p->email.n && (same_word(p->email, u->user_name) || same_word(p->email, u->email)));
        if (!person_shown(p) && named)
            return p;
    }
    return NULL;
}

/* "ann-lee", "ann-lee-2": from the name, else from the userName. */
static str id_made(ask *q, const directory *d, str from)
{
    buf b = buf_new(q->a, 256);
    for (size_t i = 0; i < from.n && b.n < 60; i++) {
        char k = from.p[i] >= 'A' && from.p[i] <= 'Z' ? (char)(from.p[i] + 32) : from.p[i];
        if ((k >= 'a' && k <= 'z') || (k >= '0' && k <= '9'))
            buf_putc(&b, k);
        else if (b.n && b.p[b.n - 1] != '-')
            buf_putc(&b, '-');
    }
    str first = buf_str(&b);
    while (first.n && first.p[first.n - 1] == '-')
        first.n--;
    if (!first.n)
        first = S("person");
    str id = first;
    for (int i = 2; stored_person(d, id); i++)
        id = str_fmt(q->a, STR_FMT "-%d", STR_ARG(first), i);
    return id;
}

/* ---- writing ------------------------------------------------------------------------------------- */

/* Sessions, tokens and factors end even where nothing else changed: a provider that says it again means it. */
static err_t forget(ask *q, str person, scim_active is)
{
    return is == SCIM_INACTIVE ? auth_forget(gate_auth(q->g), person, &q->f) : ERR_OK;
}

static err_t write_person(changing *c, const person_row *p, const scim_user *was, const scim_user *is, int status)
{
    bool told;
    TRY(changing_open(c));
    err_t e = changing_finish(c, person_change(c, p, was, is), &told);
    if (told || e != ERR_OK)
        return e;
    TRY(forget(c->q, p->id, is->active));
    return told_user(c->q, c->ws, p->id, status);
}

/* The resource as it stands, changed as the message says. */
static err_t patched_user(ask *q, const scim_user *was, const scim_node *message, scim_trouble *t, scim_user *ret)
{
    scim_node *after;
    TRY(scim_patch(q->a, scim_user_node(q->a, was), message, t, &after));
    return scim_user_read(q->a, after, t, ret);
}

/* What a whole resource says counts; what it does not speak of stays. */
static scim_node *as_message(ask *q, scim_node *body)
{
    scim_node *message = scim_object(q->a, "urn:ietf:params:scim:api:messages:2.0:PatchOp");
    scim_node *operation = scim_add(scim_add(message, S("Operations"), scim_new(q->a, SCIM_ARR)), S(""), scim_new(q->a, SCIM_OBJ));
    scim_add_text(q->a, operation, "op", S("replace"));
    scim_add(operation, S("value"), body);
    return message;
}

static err_t change_user(ask *q, scim_node *message)
{
    changing     c;
    scim_trouble t = { 0 };
    scim_user    is;
    TRY(changing_begin(q, &c));
    const person_row *p = stored_person(&c.d, q->params[0]);
    if (!p || !person_shown(p))
        return told_missing(q);
    if (settled_by_version(q, p->row))
        return ERR_OK;
    scim_user was = user_of(q, &c.d, p);
    if (patched_user(q, &was, message, &t, &is) != ERR_OK || check_unique(&c, &is, p->id, &t) != ERR_OK)
        return told_refusal(q, &t);
    return write_person(&c, p, &was, &is, 200);
}

static err_t patch_user(ask *q)
{
    scim_node *body;
    TRY(body_read(q, &body));
    return body ? change_user(q, body) : ERR_OK;
}

static err_t put_user(ask *q)
{
    scim_node *body;
    TRY(body_read(q, &body));
    return body ? change_user(q, as_message(q, body)) : ERR_OK;
}

static err_t come_back(changing *c, const person_row *p, scim_node *body)
{
    ask         *q = c->q;
    scim_trouble t = { 0 };
    scim_user    was = user_of(q, &c->d, p), is;
    if (patched_user(q, &was, as_message(q, body), &t, &is) != ERR_OK || check_unique(c, &is, p->id, &t) != ERR_OK)
        return told_refusal(q, &t);
    return write_person(c, p, &was, &is, 201);
}

static err_t post_user(ask *q)
{
    changing          c;
    scim_trouble      t = { 0 };
    scim_node        *body;
    scim_user         is;
    const scim_user   nobody = { 0 };
    const person_row *back;
    TRY(body_read(q, &body));
    if (!body)
        return ERR_OK;
    if (scim_user_read(q->a, body, &t, &is) != ERR_OK)
        return told_refusal(q, &t);
    TRY(changing_begin(q, &c));
    back = deleted_before(&c, &is);
    if (check_unique(&c, &is, back ? back->id : S(""), &t) != ERR_OK)
        return told_refusal(q, &t);
    if (back)
        return come_back(&c, back, body);
    str        name = scim_user_full_name(q->a, NULL, &is);
    person_row fresh = { .id = id_made(q, &c.d, name.n ? name : is.user_name), .state = S("planned") };
    return write_person(&c, &fresh, &nobody, &is, 201);
}

/* ---- deleting ------------------------------------------------------------------------------------ */

static err_t leave_groups(changing *c, str person)
{
    const relation *r = relation_find(S("directory_group"));
    for (size_t i = 0; i < c->d.n_groups; i++) {
        group_row *g = &c->d.groups[i];
        buf        lines = buf_new(c->q->a, FIELD_TEXT_MAX);
        bool       was = false;
        for (size_t k = 0; k < g->n_members; k++) {
            bool it = str_eq(g->members[k], person);
            was |= it;
            if (!it)
                buf_fmt(&lines, STR_FMT "\n", STR_ARG(g->members[k]));
        }
        if (was)
            TRY(put_fields(c, r, g->id, &(assignment){ S("members"), buf_str(&lines) }, 1));
    }
    return ERR_OK;
}

static err_t remove_person(changing *c, const person_row *p)
{
    const relation  *r = relation_find(S("person"));
    scim_user        was = user_of(c->q, &c->d, p), is = was;
    const assignment gone[] = { { S("directory"), S("deleted") }, { S("external_id"), S("") } };
    is.active = SCIM_INACTIVE;
    TRY(person_change(c, p, &was, &is));
    TRY(leave_groups(c, p->id));
    return put_fields(c, r, p->id, gone, COUNT(gone));
}

static err_t delete_user(ask *q)
{
    changing c;
    bool     told;
    TRY(changing_begin(q, &c));
    const person_row *p = stored_person(&c.d, q->params[0]);
    if (!p || !person_shown(p))
        return told_missing(q);
    if (settled_by_version(q, p->row))
        return ERR_OK;
    TRY(changing_open(&c));
    err_t e = changing_finish(&c, remove_person(&c, p), &told);
    if (told || e != ERR_OK)
        return e;
    TRY(forget(q, p->id, SCIM_INACTIVE));
    q->rs->status = 204;
    return ERR_OK;
}

static const route rows[] = {
    { .method = HTTP_GET, .pattern = "/scim/v2/Users", .allows = PERMIT_MANAGER, .scope = SCOPE_SCIM, .handle = list_users, .summary = "Users by SCIM" },
    { .method = HTTP_POST, .pattern = "/scim/v2/Users", .allows = PERMIT_MANAGER, .body_max = SCIM_BODY_MAX, .scope = SCOPE_SCIM, .handle = post_user,
      .summary = "A user is added by SCIM" },
    { .method = HTTP_GET, .pattern = "/scim/v2/Users/{id}", .allows = PERMIT_MANAGER, .scope = SCOPE_SCIM, .handle = get_user, .summary = "One user by SCIM" },
    { .method = HTTP_PUT, .pattern = "/scim/v2/Users/{id}", .allows = PERMIT_MANAGER, .body_max = SCIM_BODY_MAX, .scope = SCOPE_SCIM, .handle = put_user,
      .summary = "A user is replaced by SCIM" },
    { .method = HTTP_PATCH, .pattern = "/scim/v2/Users/{id}", .allows = PERMIT_MANAGER, .body_max = SCIM_BODY_MAX, .scope = SCOPE_SCIM, .handle = patch_user,
      .summary = "A user is changed by SCIM" },
    { .method = HTTP_DELETE, .pattern = "/scim/v2/Users/{id}", .allows = PERMIT_MANAGER, .scope = SCOPE_SCIM, .handle = delete_user,
      .summary = "A user is deleted by SCIM" },
};
ROUTE_TABLE(scim_user_routes);
