/* /scim/v2/Groups */
#include "scim_server/parts.h"

/* ---- reading ----------------------------------------------------------------------------- */

static err_t list_groups(ask *q)
{
    directory d;
    size_t    n = 0;
    TRY(directory_read(q, q->ws, &d));
    scim_node **v = NEW_ARRAY(q->a, scim_node *, d.n_groups);
    for (size_t i = 0; i < d.n_groups; i++)
        if (group_shown(&d.groups[i])) {
            scim_group g = group_told(q, &d, &d.groups[i]);
            v[n++] = scim_group_node(q->a, &g);
        }
    return told_list(q, v, n);
}

static err_t told_missing(ask *q)
{
    return told_status(q, 404, "", str_fmt(q->a, "there is no group \"" STR_FMT "\"", STR_ARG(utf8_cut(q->params[0], 80))));
}

static err_t told_group(ask *q, const directory *d, const group_row *row, int status)
{
    scim_group g = group_told(q, d, row);
    return told_resource(q, status, scim_group_node(q->a, &g), &g.meta);
}

static err_t get_group(ask *q)
{
    directory d;
    TRY(directory_read(q, q->ws, &d));
    const group_row *g = stored_group(&d, q->params[0]);
    if (!g || !group_shown(g))
        return told_missing(q);
    return settled_by_version(q, g->row) ? ERR_OK : told_group(q, &d, g, 200);
}

/* ---- writing ------------------------------------------------------------------------------- */

static err_t check(changing *c, const scim_group *is, str id, scim_trouble *t)
{
    for (size_t i = 0; i < c->d.n_groups; i++)
        if (group_shown(&c->d.groups[i]) && !str_eq(c->d.groups[i].id, id) && same_word(c->d.groups[i].name, is->display))
            return scim_refuse(t, SCIM_UNIQUENESS, "the displayName is " STR_FMT "'s already", STR_ARG(c->d.groups[i].id));
    for (size_t i = 0; i < is->n_members; i++) {
        const person_row *p = stored_person(&c->d, is->members[i].value);
        if (!p || !person_shown(p))
            return scim_refuse(t, SCIM_INVALID_VALUE, "there is no user \"" STR_FMT "\"", STR_ARG(utf8_cut(is->members[i].value, 80)));
    }
    return ERR_OK;
}

/* The group as it will be: its row, and its members one a line. */
static err_t will_be(changing *c, str id, const scim_group *is, scim_trouble *t, group_row *ret, str *ret_lines)
{
    buf lines = buf_new(c->q->a, FIELD_TEXT_MAX);
    *ret = (group_row){ .id = id, .name = is->display, .state = S("active"), .external_id = is->external_id,
                        .members = NEW_ARRAY(c->q->a, str, is->n_members), .n_members = is->n_members };
    for (size_t i = 0; i < is->n_members; i++) {
        ret->members[i] = is->members[i].value;
        buf_fmt(&lines, STR_FMT "\n", STR_ARG(is->members[i].value));
    }
    if (lines.overflow)
        return scim_refuse(t, SCIM_TOO_MANY, "the members do not fit into %d bytes", FIELD_TEXT_MAX);
    *ret_lines = buf_str(&lines);
    return ERR_OK;
}

/* `was` may be NULL. Whoever is or was a member has the rights of their groups from now on. */
static err_t put_group(changing *c, const group_row *was, const group_row *is, str lines)
{
    const assignment set[] = { { S("name"), is->name }, { S("state"), is->state }, { S("members"), lines }, { S("external_id"), is->external_id } };
    bool             concerns;
    TRY(put_fields(c, relation_find(S("directory_group")), is->id, set, COUNT(set)));
    TRY(rights_concern(c->q, is->name, was ? was->name : S(""), &concerns));
    if (!concerns)
        return ERR_OK;
    TRY(rights_settle(c, is, is->members, is->n_members));
    return was ? rights_settle(c, is, was->members, was->n_members) : ERR_OK;
}

static err_t write_group(changing *c, const group_row *was, str id, const scim_group *is, int status)
{
    ask         *q = c->q;
    scim_trouble t = { 0 };
    group_row    row;
    directory    d;
    str          lines;
    bool         told;
    if (check(c, is, id, &t) != ERR_OK || will_be(c, id, is, &t, &row, &lines) != ERR_OK)
        return told_refusal(q, &t);
    TRY(changing_open(c));
    err_t e = changing_finish(c, put_group(c, was, &row, lines), &told);
    if (told || e != ERR_OK)
        return e;
    TRY(directory_read(q, c->ws, &d));
    const group_row *g = stored_group(&d, id);
    return g ? told_group(q, &d, g, status) : fail(&q->f, ERR_INTERNAL, "the group is gone");
}

/* What a whole resource does not speak of stays, as with users. */
static err_t patched(ask *q, const directory *d, const group_row *g, const scim_node *body, bool whole, scim_trouble *t, scim_group *ret)
{
    scim_group was = group_told(q, d, g);
    scim_node *after, *message = scim_copy(q->a, body);
    if (whole) {
        scim_node *operation = scim_new(q->a, SCIM_OBJ);
        message = scim_object(q->a, "urn:ietf:params:scim:api:messages:2.0:PatchOp");
        scim_add_text(q->a, operation, "op", S("replace"));
        scim_add(operation, S("value"), scim_copy(q->a, body));
        scim_add(scim_add(message, S("Operations"), scim_new(q->a, SCIM_ARR)), S(""), operation);
    }
    TRY(scim_patch(q->a, scim_group_node(q->a, &was), message, t, &after));
    return scim_group_read(q->a, after, t, ret);
}

static err_t change_group(ask *q, bool whole)
{
    changing     c;
    scim_trouble t = { 0 };
    scim_node   *body;
    scim_group   is;
    TRY(body_read(q, &body));
    if (!body)
        return ERR_OK;
    TRY(changing_begin(q, &c));
    const group_row *g = stored_group(&c.d, q->params[0]);
    if (!g || !group_shown(g))
        return told_missing(q);
    if (settled_by_version(q, g->row))
        return ERR_OK;
    if (patched(q, &c.d, g, body, whole, &t, &is) != ERR_OK)
        return told_refusal(q, &t);
    return write_group(&c, g, g->id, &is, 200);
}

static err_t patch_group(ask *q) { return change_group(q, false); }
static err_t replace_group(ask *q) { return change_group(q, true); }

/* A group of a name that was deleted goes on as the same; else the next number. */
static str id_for(ask *q, const directory *d, str name, const group_row **ret_was)
{
    int64_t next = 1, number;
    for (size_t i = 0; i < d->n_groups; i++) {
        str id = d->groups[i].id;
        if (str_starts(id, S("GRP-")) && parse_int(str_sub(id, 4, id.n), 1, INT64_MAX - 1, &number) && number >= next)
            next = number + 1;
        if (!group_shown(&d->groups[i]) && same_word(d->groups[i].name, name)) {
            *ret_was = &d->groups[i];
            return id;
        }
    }
    *ret_was = NULL;
    return str_fmt(q->a, "GRP-%lld", (long long)next);
}

static err_t post_group(ask *q)
{
    changing         c;
    scim_trouble     t = { 0 };
    scim_node       *body;
    scim_group       is;
    const group_row *was;
    TRY(body_read(q, &body));
    if (!body)
        return ERR_OK;
    if (scim_group_read(q->a, body, &t, &is) != ERR_OK)
        return told_refusal(q, &t);
    TRY(changing_begin(q, &c));
    str id = id_for(q, &c.d, is.display, &was);
    return write_group(&c, was, id, &is, 201);
}

static err_t delete_group(ask *q)
{
    changing c;
    bool     told;
    TRY(changing_begin(q, &c));
    const group_row *g = stored_group(&c.d, q->params[0]);
    if (!g || !group_shown(g))
        return told_missing(q);
    if (settled_by_version(q, g->row))
        return ERR_OK;
    group_row gone = { .id = g->id, .name = g->name, .state = S("deleted") };
    TRY(changing_open(&c));
    err_t e = changing_finish(&c, put_group(&c, g, &gone, S("")), &told);
    if (!told && e == ERR_OK)
        q->rs->status = 204;
    return e;
}

static const route rows[] = {
    { .method = HTTP_GET, .pattern = "/scim/v2/Groups", .allows = PERMIT_MANAGER, .scope = SCOPE_SCIM, .handle = list_groups, .summary = "Groups by SCIM" },
    { .method = HTTP_POST, .pattern = "/scim/v2/Groups", .allows = PERMIT_MANAGER, .body_max = SCIM_BODY_MAX, .scope = SCOPE_SCIM, .handle = post_group,
      .summary = "A group is added by SCIM" },
    { .method = HTTP_GET, .pattern = "/scim/v2/Groups/{id}", .allows = PERMIT_MANAGER, .scope = SCOPE_SCIM, .handle = get_group, .summary = "One group by SCIM" },
    { .method = HTTP_PUT, .pattern = "/scim/v2/Groups/{id}", .allows = PERMIT_MANAGER, .body_max = SCIM_BODY_MAX, .scope = SCOPE_SCIM, .handle = replace_group,
      .summary = "A group is replaced by SCIM" },
    { .method = HTTP_PATCH, .pattern = "/scim/v2/Groups/{id}", .allows = PERMIT_MANAGER, .body_max = SCIM_BODY_MAX, .scope = SCOPE_SCIM, .handle = patch_group,
      .summary = "A group is changed by SCIM" },
    { .method = HTTP_DELETE, .pattern = "/scim/v2/Groups/{id}", .allows = PERMIT_MANAGER, .scope = SCOPE_SCIM, .handle = delete_group,
      .summary = "A group is deleted by SCIM" },
};
ROUTE_TABLE(scim_group_routes);
