/* Rights that groups give: lines of the config, scim_role: GROUP = ROLE. */
#include "scim_server/parts.h"

enum { LINES_MAX = 200 };

/* The line's group and role; ERR_NOT_FOUND past the last. An owner is made by owners, never by a group. */
static err_t line_read(ask *q, size_t nth, str *ret_group, role *ret_role)
{
    str line = workspace_setting(q->ws, "scim_role", nth);
    if (!line.n)
        return ERR_NOT_FOUND;
    size_t at = line.n;
    while (at > 0 && line.p[at - 1] != '=')
        at--;
    str group = str_trim(str_sub(line, 0, at ? at - 1 : 0));
    if (!group.n || !role_parse(str_trim(str_sub(line, at, line.n)), ret_role) || *ret_role >= ROLE_OWNER)
        return fail(&q->f, ERR_INVALID, "the config's \"scim_role: " STR_FMT "\" does not read GROUP = ROLE, with auditor, member, contributor or manager",
                    STR_ARG(utf8_cut(line, 100)));
    *ret_group = group;
    return ERR_OK;
}

/* What a group of that name gives; ROLE_UNSET: nothing. */
static err_t role_of(ask *q, str name, role *ret)
{
    *ret = ROLE_UNSET;
    for (size_t i = 0; i < LINES_MAX; i++) {
        str   group = { 0 };
        role  its = ROLE_UNSET;
        err_t e = line_read(q, i, &group, &its);
        if (e == ERR_NOT_FOUND)
            return ERR_OK;
        TRY(e);
        if (same_word(group, name) && its > *ret)
            *ret = its;
    }
    return ERR_OK;
}

err_t rights_concern(ask *q, str name, str other, bool *ret)
{
    role first, second;
    TRY(role_of(q, name, &first));
    TRY(role_of(q, other, &second));
    *ret = first != ROLE_UNSET || second != ROLE_UNSET;
    return ERR_OK;
}

static bool belongs(const group_row *g, str person)
{
    for (size_t i = 0; i < g->n_members; i++)
        if (str_eq(g->members[i], person))
            return true;
    return false;
}

/* The highest that the person's groups give. */
static err_t role_by_groups(changing *c, const group_row *changed, str person, role *ret)
{
    *ret = ROLE_UNSET;
    for (size_t i = 0; i <= c->d.n_groups; i++) {
        const group_row *g = i < c->d.n_groups ? &c->d.groups[i] : changed;
        role             its;
        if (!g || (g != changed && changed && str_eq(g->id, changed->id)) || !group_shown(g) || !belongs(g, person))
            continue;
        TRY(role_of(c->q, g->name, &its));
        *ret = its > *ret ? its : *ret;
    }
    return ERR_OK;
}

/* `takes`: no group, no right; else a right is only given. */
static err_t settle_one(changing *c, const group_row *changed, str person, bool takes)
{
    const relation *r = relation_find(S("person"));
    const value    *row;
    role            its;
    TRY(role_by_groups(c, changed, person, &its));
    TRY(work_row(c->w, r, person, &c->q->f, &row));
    str have = row ? row_text(r, row, "permission") : S(""), want = its == ROLE_UNSET ? S("") : str_of(role_name(its));
    if (!row || str_eq(have, want) || str_eq(have, S("owner")) || (!want.n && !takes))
        return ERR_OK;
    return put_fields(c, r, person, &(assignment){ S("permission"), want }, 1);
}

err_t rights_settle(changing *c, const group_row *g, const str *ids, size_t n)
{
    for (size_t i = 0; i < n; i++)
        TRY(settle_one(c, g, ids[i], true));
    return ERR_OK;
}

err_t rights_give(changing *c, str person) { return settle_one(c, NULL, person, false); }
