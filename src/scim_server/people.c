/* What is stored, as SCIM shows it. */
#include "scim_server/parts.h"

/* ---- reading ----------------------------------------------------------------------------- */

static str cell(const row_table *t, size_t row, size_t column)
{
    str s = table_cell(t, row, column);
    return s.p ? s : S("");
}

static int64_t number(const row_table *t, size_t row, size_t column)
{
    int64_t i = 0;
    return parse_int(cell(t, row, column), INT64_MIN, INT64_MAX, &i) ? i : 0;
}

static err_t people_read(ask *q, workspace *ws, directory *ret)
{
    const sql_hole everybody = { "only", S("") };
    row_table      t = { 0 };
    TRY(app_rows(ws, q->a, "sql/scim/people.sql", &everybody, 1, 0, &q->f, &t));
    ret->people = NEW_ARRAY(q->a, person_row, t.n_rows);
    for (ret->n_people = 0; ret->n_people < t.n_rows; ret->n_people++) {
        size_t     i = ret->n_people;
        person_row p = {
            .starts_at = number(&t, i, 13), .ends_at = number(&t, i, 14), .left_at = number(&t, i, 15),
            .row = number(&t, i, 16), .modified = number(&t, i, 17), .created = number(&t, i, 18),
        };
        str *const texts[] = { &p.id, &p.name, &p.state, &p.email, &p.login, &p.kind, &p.title, &p.team, &p.manager, &p.external_id,
                               &p.user_name, &p.directory, &p.permission };
        for (size_t k = 0; k < COUNT(texts); k++)
            *texts[k] = cell(&t, i, k);
        ret->people[i] = p;
    }
    return ERR_OK;
}

static void members_split(arena *a, str lines, group_row *g)
{
    DA(str) list = { 0 };
    str     id;
    while (str_line(&lines, &id))
        if (str_trim(id).n)
            da_push(a, &list) = str_trim(id);
    g->members = list.v;
    g->n_members = list.n;
}

static err_t groups_read(ask *q, workspace *ws, directory *ret)
{
    row_table t = { 0 };
    TRY(app_rows(ws, q->a, "sql/scim/groups.sql", NULL, 0, 0, &q->f, &t));
    ret->groups = NEW_ARRAY(q->a, group_row, t.n_rows);
    for (ret->n_groups = 0; ret->n_groups < t.n_rows; ret->n_groups++) {
        size_t    i = ret->n_groups;
        group_row g = { .id = cell(&t, i, 0), .name = cell(&t, i, 1), .state = cell(&t, i, 2), .external_id = cell(&t, i, 4),
                        .row = number(&t, i, 5), .modified = number(&t, i, 6), .created = number(&t, i, 7) };
        members_split(q->a, cell(&t, i, 3), &g);
        ret->groups[i] = g;
    }
    return ERR_OK;
}

/* Who is where, found once for all. */
static void index_people(ask *q, directory *d)
{
    d->by_id = map_new(q->a);
    for (size_t i = 0; i < d->n_people; i++)
        *map_put(&d->by_id, d->people[i].id) = &d->people[i];
    for (size_t i = 0; i < d->n_groups; i++)
        for (size_t k = 0; group_shown(&d->groups[i]) && k < d->groups[i].n_members; k++) {
            person_row *p = map_get(&d->by_id, d->groups[i].members[k]);
            if (p)
                da_push(q->a, &p->groups) = &d->groups[i];
        }
}

err_t directory_read(ask *q, workspace *ws, directory *ret)
{
    *ret = (directory){ .base = str_fmt(q->a, STR_FMT "/scim/v2", STR_ARG(ask_origin(q))) };
    TRY(people_read(q, ws, ret));
    TRY(groups_read(q, ws, ret));
    index_people(q, ret);
    return ERR_OK;
}

const person_row *stored_person(const directory *d, str id) { return map_get(&d->by_id, id); }

const group_row *stored_group(const directory *d, str id)
{
    for (size_t i = 0; i < d->n_groups; i++)
        if (str_eq(d->groups[i].id, id))
            return &d->groups[i];
    return NULL;
}

bool person_shown(const person_row *p) { return !str_eq(p->directory, S("deleted")); }
bool group_shown(const group_row *g) { return str_eq(g->state, S("active")); }

bool same_word(str a, str b)
{
    for (size_t i = 0; i < a.n && i < b.n; i++) {
        char x = a.p[i], y = b.p[i];
        x = x >= 'A' && x <= 'Z' ? (char)(x + 32) : x;
        y = y >= 'A' && y <= 'Z' ? (char)(y + 32) : y;
        if (x != y)
            return false;
    }
    return a.n == b.n;
}

/* ---- showing ------------------------------------------------------------------------------- */

/* Who is to begin on a later day has an account already, where the provider says so. */
static scim_active is_active(const person_row *p)
{
    bool works = str_eq(p->state, S("active")) || str_eq(p->state, S("on_leave"));
    return works || (str_eq(p->state, S("planned")) && str_eq(p->directory, S("active"))) ? SCIM_ACTIVE : SCIM_INACTIVE;
}

/* "https://host/scim/v2/Users/ann-lee": what an id may hold beside the unreserved is percent-encoded. */
static str location(ask *q, const directory *d, const char *kind, str id)
{
    buf out = buf_new(q->a, 4096);
    buf_fmt(&out, STR_FMT "/%s/", STR_ARG(d->base), kind);
    for (size_t i = 0; i < id.n; i++) {
        char c = id.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("-._~@", c));
        if (plain)
            buf_putc(&out, c);
        else
            buf_fmt(&out, "%%%02X", (unsigned)(unsigned char)c);
    }
    return buf_str(&out);
}

static void name_split(str full, str *ret_given, str *ret_family)
{
    size_t at = full.n;
    while (at > 0 && full.p[at - 1] != ' ')
        at--;
    *ret_given = at ? str_trim(str_sub(full, 0, at)) : full;
    *ret_family = at ? str_sub(full, at, full.n) : S("");
}

static void groups_of(ask *q, const directory *d, const person_row *p, scim_user *u)
{
    u->groups = NEW_ARRAY(q->a, scim_member, p->groups.n);
    for (u->n_groups = 0; u->n_groups < p->groups.n; u->n_groups++) {
        const group_row *g = p->groups.v[u->n_groups];
        u->groups[u->n_groups] = (scim_member){ g->id, g->name, location(q, d, "Groups", g->id) };
    }
}

str user_name_of(const person_row *p) { return p->user_name.n ? p->user_name : p->email.n ? p->email : p->login.n ? p->login : p->id; }

scim_user user_of(ask *q, const directory *d, const person_row *p)
{
    scim_user u = {
        .id = p->id, .external_id = p->external_id, .display = p->name, .formatted = p->name, .email = p->email, .user_name = user_name_of(p),
        .title = p->title, .department = p->team, .user_type = p->kind, .manager = p->manager, .active = is_active(p),
        .meta = { S("User"), location(q, d, "Users", p->id), p->row, p->created, p->modified },
    };
    name_split(p->name, &u.given, &u.family);
    groups_of(q, d, p, &u);
    return u;
}

scim_group group_told(ask *q, const directory *d, const group_row *g)
{
    scim_group to = { .id = g->id, .display = g->name, .external_id = g->external_id, .members = NEW_ARRAY(q->a, scim_member, g->n_members),
                      .meta = { S("Group"), location(q, d, "Groups", g->id), g->row, g->created, g->modified } };
    for (size_t i = 0; i < g->n_members; i++) {
        const person_row *p = stored_person(d, g->members[i]);
        if (p && person_shown(p))
            to.members[to.n_members++] = (scim_member){ p->id, p->name, location(q, d, "Users", p->id) };
    }
    return to;
}
