/* Users and groups: what a body says, and how they are written. */
#include "scim/parts.h"

/* ---- reading ----------------------------------------------------------------------------- */

/* A text, or a list with one (Entra ID wraps single values); null and what is missing are empty. */
static err_t text_of(const scim_node *v, const char *name, scim_trouble *t, str *ret)
{
    if (v && v->kind == SCIM_ARR && v->n <= 1)
        v = v->first;
    if (v && v->kind == SCIM_OBJ)
        v = scim_get(v, S("value"));
    *ret = S("");
    if (!v || v->kind == SCIM_NULL)
        return ERR_OK;
    if (v->kind != SCIM_STR)
        return scim_refuse(t, SCIM_INVALID_VALUE, "%s is no text", name);
    str text = str_trim(v->s);
    if (text.n > SCIM_TEXT_MAX)
        return scim_refuse(t, SCIM_INVALID_VALUE, "%s is over %d bytes", name, SCIM_TEXT_MAX);
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] < 0x20 || text.p[i] == 0x7f)
            return scim_refuse(t, SCIM_INVALID_VALUE, "%s holds control characters", name);
    *ret = text;
    return ERR_OK;
}

static err_t read_active(const scim_node *v, scim_trouble *t, scim_active *ret)
{
    bool yes;
    *ret = SCIM_ACTIVE_UNSAID;
    if (!v)
        return ERR_OK;
    if (!scim_truth(v, &yes))
        return scim_refuse(t, SCIM_INVALID_VALUE, "active is neither true nor false");
    *ret = yes ? SCIM_ACTIVE : SCIM_INACTIVE;
    return ERR_OK;
}

/* Of several that are primary the last: PATCH adds at the end. */
static err_t read_email(const scim_node *v, scim_trouble *t, str *ret)
{
    int best = -1;
    *ret = S("");
    if (v && v->kind != SCIM_ARR)
        return text_of(v, "emails", t, ret);
    for (const scim_node *e = v ? v->first : NULL; e; e = e->next) {
        const scim_node *type = scim_get(e, S("type")), *primary = scim_get(e, S("primary"));
        str              address;
        bool             yes = false;
        TRY(text_of(e, "emails.value", t, &address));
        if (primary && primary->kind != SCIM_NULL && !scim_truth(primary, &yes))
            return scim_refuse(t, SCIM_INVALID_VALUE, "emails.primary is neither true nor false");
        int rank = yes ? 2 : type && type->kind == SCIM_STR && word_is(type->s, "work") ? 1 : 0;
        if (address.n && (rank > best || (rank == 2 && best == 2))) {
            best = rank;
            *ret = address;
        }
    }
    return ERR_OK;
}

/* active at another place than its own would be overlooked, and somebody would stay active. */
static err_t no_stray_active(const scim_node *v, scim_trouble *t)
{
    str user = S(SCIM_USER), group = S(SCIM_GROUP);
    for (const scim_node *c = v->first; c; c = c->next) {
        bool urn = word_eq(str_sub(c->key, 0, 4), S("urn:"));
        if (urn && (scim_get(c, S("active")) || word_eq(str_sub(c->key, 0, user.n), user) || word_eq(str_sub(c->key, 0, group.n), group)
                    || word_eq(str_sub(c->key, c->key.n > 7 ? c->key.n - 7 : 0, c->key.n), S(":active"))))
            return scim_refuse(t, SCIM_INVALID_VALUE, "attributes of the user stand in the user itself, not in \"" STR_FMT "\"", STR_ARG(utf8_cut(c->key, 100)));
    }
    return ERR_OK;
}

static err_t read_manager(const scim_node *enterprise, scim_trouble *t, scim_user *u)
{
    const scim_node *v = scim_get(enterprise, S("manager"));
    u->manager_said = v != NULL;
    if (v && v->kind == SCIM_OBJ && !scim_get(v, S("value")))
        return ERR_OK;
    return text_of(v, "manager", t, &u->manager);
}

err_t scim_user_read(arena *a, const scim_node *v, scim_trouble *t, scim_user *ret)
{
    scim_user        u = { 0 };
    const scim_node *name = scim_get(v, S("name")), *enterprise = scim_get(v, S(SCIM_ENTERPRISE));
    const struct { const scim_node *in; const char *name; str *to; } texts[] = {
        { v, "id", &u.id }, { v, "userName", &u.user_name }, { v, "externalId", &u.external_id }, { v, "displayName", &u.display },
        { v, "title", &u.title }, { v, "userType", &u.user_type }, { name, "formatted", &u.formatted },
        { name, "givenName", &u.given }, { name, "familyName", &u.family }, { enterprise, "department", &u.department },
    };
    (void)a;
    TRY(no_stray_active(v, t));
    TRY(read_active(scim_get(v, S("active")), t, &u.active));
    for (size_t i = 0; i < COUNT(texts); i++)
        TRY(text_of(scim_get(texts[i].in, str_of(texts[i].name)), texts[i].name, t, texts[i].to));
    if (!u.user_name.n)
        return scim_refuse(t, SCIM_INVALID_VALUE, "userName is missing");
    TRY(read_email(scim_get(v, S("emails")), t, &u.email));
    TRY(read_manager(enterprise, t, &u));
    *ret = u;
    return ERR_OK;
}

str scim_user_full_name(arena *a, const scim_user *was, const scim_user *is)
{
    static const scim_user nobody = { 0 };
    const scim_user       *old = was ? was : &nobody;
    str given = is->given, family = is->family;
    if (is->display.n && !str_eq(is->display, old->display))
        return is->display;
    if (is->formatted.n && !str_eq(is->formatted, old->formatted))
        return is->formatted;
    if ((given.n || family.n) && !(str_eq(given, old->given) && str_eq(family, old->family)))
        return given.n && family.n ? str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(given), STR_ARG(family)) : given.n ? given : family;
    return old->display.n ? old->display : old->formatted;
}

static err_t read_member(const scim_node *e, scim_trouble *t, scim_member *ret)
{
    const scim_node *type = scim_get(e, S("type"));
    *ret = (scim_member){ 0 };
    TRY(text_of(e, "members.value", t, &ret->value));
    TRY(text_of(scim_get(e, S("display")), "members.display", t, &ret->display));
    if (!ret->value.n)
        return scim_refuse(t, SCIM_INVALID_VALUE, "a member has no value");
    if (type && type->kind == SCIM_STR && word_is(type->s, "Group"))
        return scim_refuse(t, SCIM_INVALID_VALUE, "groups in groups are not kept; assign the people");
    return ERR_OK;
}

err_t scim_group_read(arena *a, const scim_node *v, scim_trouble *t, scim_group *ret)
{
    scim_group       g = { 0 };
    const scim_node *list = scim_get(v, S("members"));
    map              seen = map_new(a);
    TRY(text_of(scim_get(v, S("id")), "id", t, &g.id));
    TRY(text_of(scim_get(v, S("displayName")), "displayName", t, &g.display));
    TRY(text_of(scim_get(v, S("externalId")), "externalId", t, &g.external_id));
    if (!g.display.n)
        return scim_refuse(t, SCIM_INVALID_VALUE, "displayName is missing");
    if (list && list->kind != SCIM_ARR && list->kind != SCIM_NULL)
        return scim_refuse(t, SCIM_INVALID_VALUE, "members is no list");
    g.members = NEW_ARRAY(a, scim_member, list ? list->n : 0);
    for (const scim_node *e = list ? list->first : NULL; e; e = e->next) {
        scim_member *m = &g.members[g.n_members];
        TRY(read_member(e, t, m));
        void **slot = map_put(&seen, m->value);
        g.n_members += *slot == NULL;
        *slot = &seen;
    }
    *ret = g;
    return ERR_OK;
}

/* ---- writing ------------------------------------------------------------------------------ */

static void put_meta(arena *a, scim_node *v, const scim_meta *m)
{
    if (!m->type.n)
        return;
    scim_node *meta = scim_add(v, S("meta"), scim_new(a, SCIM_OBJ));
    scim_add_text(a, meta, "resourceType", m->type);
    if (m->created)
        scim_add_text(a, meta, "created", time_rfc3339(a, m->created));
    if (m->modified)
        scim_add_text(a, meta, "lastModified", time_rfc3339(a, m->modified));
    scim_add_text(a, meta, "location", m->location);
    scim_add_text(a, meta, "version", scim_etag(a, m->row));
}

static void put_members(arena *a, scim_node *v, const char *key, const scim_member *list, size_t n)
{
    scim_node *to = scim_add(v, str_of(key), scim_new(a, SCIM_ARR));
    for (size_t i = 0; i < n; i++) {
        scim_node *e = scim_add(to, S(""), scim_new(a, SCIM_OBJ));
        scim_add_text(a, e, "value", list[i].value);
        scim_add_text(a, e, "display", list[i].display);
        scim_add_text(a, e, "$ref", list[i].ref);
    }
}

static void put_email(arena *a, scim_node *v, str address)
{
    if (!address.n)
        return;
    scim_node *e = scim_add(scim_add(v, S("emails"), scim_new(a, SCIM_ARR)), S(""), scim_new(a, SCIM_OBJ));
    scim_add_text(a, e, "value", address);
    scim_add_text(a, e, "type", S("work"));
    scim_add_bool(a, e, "primary", true);
}

static void put_enterprise(arena *a, scim_node *v, const scim_user *u)
{
    if (!u->department.n && !u->manager.n)
        return;
    scim_add(scim_get(v, S("schemas")), S(""), scim_new(a, SCIM_STR))->s = S(SCIM_ENTERPRISE);
    scim_node *e = scim_add(v, S(SCIM_ENTERPRISE), scim_new(a, SCIM_OBJ));
    scim_add_text(a, e, "department", u->department);
    if (u->manager.n)
        scim_add_text(a, scim_add(e, S("manager"), scim_new(a, SCIM_OBJ)), "value", u->manager);
}

scim_node *scim_user_node(arena *a, const scim_user *u)
{
    scim_node *v = scim_object(a, SCIM_USER), *name;
    scim_add_text(a, v, "id", u->id);
    scim_add_text(a, v, "externalId", u->external_id);
    scim_add_text(a, v, "userName", u->user_name);
    if (u->formatted.n || u->given.n || u->family.n) {
        name = scim_add(v, S("name"), scim_new(a, SCIM_OBJ));
        scim_add_text(a, name, "formatted", u->formatted);
        scim_add_text(a, name, "givenName", u->given);
        scim_add_text(a, name, "familyName", u->family);
    }
    scim_add_text(a, v, "displayName", u->display);
    scim_add_text(a, v, "title", u->title);
    scim_add_text(a, v, "userType", u->user_type);
    if (u->active != SCIM_ACTIVE_UNSAID)
        scim_add_bool(a, v, "active", u->active == SCIM_ACTIVE);
    put_email(a, v, u->email);
    if (u->n_groups)
        put_members(a, v, "groups", u->groups, u->n_groups);
    put_enterprise(a, v, u);
    put_meta(a, v, &u->meta);
    return v;
}

scim_node *scim_group_node(arena *a, const scim_group *g)
{
    scim_node *v = scim_object(a, SCIM_GROUP);
    scim_add_text(a, v, "id", g->id);
    scim_add_text(a, v, "externalId", g->external_id);
    scim_add_text(a, v, "displayName", g->display);
    put_members(a, v, "members", g->members, g->n_members);
    put_meta(a, v, &g->meta);
    return v;
}

/* ---- versions ------------------------------------------------------------------------------- */

str scim_etag(arena *a, int64_t row) { return str_fmt(a, "W/\"%lld\"", (long long)row); }

bool scim_etag_in(str header, int64_t row)
{
    while (header.p) {
        str     tag = str_trim(str_cut(&header, ','));
        int64_t have;
        if (str_eq(tag, S("*")))
            return true;
        if (str_starts(tag, S("W/")))
            tag = str_sub(tag, 2, tag.n);
        if (tag.n > 2 && tag.p[0] == '"' && tag.p[tag.n - 1] == '"' && parse_int(str_sub(tag, 1, tag.n - 1), 0, INT64_MAX, &have) && have == row)
            return true;
    }
    return false;
}
