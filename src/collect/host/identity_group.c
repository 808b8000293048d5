#include "collect/host/identity.h"

#include <errno.h>
#include <unistd.h>

extern const relation relation_group_member;

/* Their members can become root, or read and write what root guards. */
static const char *const administration[] = {
    "root", "sudo", "wheel", "admin", "docker", "podman", "lxd", "lxc", "incus-admin", "libvirt", "disk", "shadow", "kmem",
};

static str gid_key(const int64_t *gid) { return (str){ (const char *)gid, sizeof *gid }; }

static bool excepted(const sudo_right *r, str login)
{
    for (size_t i = 0; i < r->except.n; i++)
        if (str_eq(r->except.v[i], login))
            return true;
    return false;
}

static void mark_groups(identity *x, const map *rights)
{
    for (size_t i = 0; i < x->n_groups; i++) {
        group_row *g = &x->groups[i];
        for (size_t k = 0; k < COUNT(administration); k++)
            g->named = g->named || str_eq(g->g.name, str_of(administration[k]));
        g->named = g->named || g->g.gid == 0;
        if (rights->n == 0)
            continue;
        g->right = map_get(rights, str_fmt(x->a, "%%" STR_FMT, STR_ARG(g->g.name)));
        if (!g->right)
            g->right = map_get(rights, str_fmt(x->a, "%%#%lld", (long long)g->g.gid));
    }
}

static void mark(const group_row *g, login_row *r)
{
    if (r && (g->named || (g->right && !excepted(g->right, r->pw.login))))
        r->administrator = true;
}

static void mark_members(identity *x)
{
    map primary = map_new(x->a);
    for (size_t i = 0; i < x->n_groups; i++) {
        const group_row *g = &x->groups[i];
        str              members = g->g.members;
        if (!g->named && !g->right)
            continue;
        while (members.p)
            mark(g, map_get(&x->by_login, str_cut(&members, ',')));
        void **slot = map_put(&primary, gid_key(&x->groups[i].g.gid));
        if (!*slot)
            *slot = &x->groups[i];
    }
    for (size_t i = 0; primary.n && i < x->n_accounts; i++) {
        const group_row *g = map_get(&primary, gid_key(&x->accounts[i].pw.gid));
        if (g)
            mark(g, &x->accounts[i]);
    }
}

/* What cannot be decided here (netgroups, files not read, groups and rights that a
 * directory or doas gives) leaves the rest unknown. */
static yes_no maybe(const identity *x)
{
    bool unread = (x->sudo.err && x->sudo.err != ENOENT) || x->sudo.notes.n || x->group_err || x->group_notes.n;
    unread = unread || x->directories_group.n || x->directories_sudo.n ||
             access(env_path(x->a, x->env, "/etc/doas.conf"), F_OK) == 0;
    for (size_t i = 0; i < x->sudo.rights.n; i++) {
        const sudo_right *r = &x->sudo.rights.v[i];
        if (r->all_commands && r->as_root && (str_starts(r->subject, S("+")) || str_starts(r->subject, S("%:"))))
            unread = true;
    }
    return unread ? UNKNOWN : NO;
}

static void mark_account(login_row *r, const map *rights, bool numbers)
{
    const sudo_right *all = map_get(rights, S("ALL"));
    char              number[32];
    if (all && !excepted(all, r->pw.login))
        r->administrator = true;
    if (map_get(rights, r->pw.login))
        r->administrator = true;
    int n = numbers ? snprintf(number, sizeof number, "#%lld", (long long)r->pw.uid) : 0;
    if (n > 0 && map_get(rights, (str){ number, (size_t)n }))
        r->administrator = true;
}

void identity_mark_administrators(identity *x)
{
    map    rights = map_new(x->a);       /* subject -> a right to everything as root */
    bool   numbers = false;
    yes_no otherwise = maybe(x);
    for (size_t i = 0; i < x->sudo.rights.n; i++) {
        const sudo_right *r = &x->sudo.rights.v[i];
        if (!r->all_commands || !r->as_root)
            continue;
        numbers = numbers || str_starts(r->subject, S("#"));
        void            **slot = map_put(&rights, r->subject);
        const sudo_right *known = *slot;
        if (!known || known->except.n > r->except.n)
            *slot = &x->sudo.rights.v[i];
    }
    mark_groups(x, &rights);
    mark_members(x);
    for (size_t i = 0; i < x->n_accounts; i++) {
        mark_account(&x->accounts[i], &rights, numbers);
        x->accounts[i].maybe = otherwise;
    }
}

/* ---- group_member --------------------------------------------------------------- */

static void emit_member(identity *x, const group_row *g, str member, bool primary)
{
    emit *e = x->e;
    emit_text(e, "system", x->env->system);
    emit_text(e, "group_name", g->g.name);
    emit_text(e, "member", member);
    emit_int(e, "gid", g->g.gid);
    emit_bool(e, "primary_group", primary);
    emit_bool(e, "privileged", g->named || (g->right && !excepted(g->right, member)));
    emit_row(e);
}

/* The first mention of (group, member) counts; a group that stands twice has its lines joined. */
static void emit_group(identity *x, const group_row *g, map *seen)
{
    str members = g->g.members;
    while (members.p) {
        str              member = str_trim(str_cut(&members, ','));
        const login_row *r = map_get(&x->by_login, member);
        if (member.n == 0 || (r && r->pw.gid == g->g.gid))
            continue;
        void **slot = map_put(seen, str_fmt(x->a, STR_FMT "\n" STR_FMT, STR_ARG(g->g.name), STR_ARG(member)));
        if (*slot)
            continue;
        *slot = seen;
        emit_member(x, g, member, false);
    }
}

static void emit_primary_groups(identity *x)
{
    map by_gid = map_new(x->a);
    for (size_t i = x->n_groups; i-- > 0;)
        *map_put(&by_gid, gid_key(&x->groups[i].g.gid)) = &x->groups[i];
    for (size_t i = 0; i < x->n_accounts; i++) {
        const login_row *r = &x->accounts[i];
        const group_row *g = map_get(&by_gid, gid_key(&r->pw.gid));
        group_row        nameless = { .g = { .gid = r->pw.gid }, .named = r->pw.gid == 0 };
        if (!g) {
            nameless.g.name = str_fmt(x->a, "#%lld", (long long)r->pw.gid);
            g = &nameless;
        }
        emit_member(x, g, r->pw.login, true);
    }
}

void identity_groups(identity *x)
{
    emit *e = x->e;
    map   seen = map_new(x->a);
    emit_begin(e, &relation_group_member);
    if (x->group_err)
        emit_lack_errno(e, x->group_err, "/etc/group");
    if (x->passwd_err)
        emit_lack_errno(e, x->passwd_err, "/etc/passwd");
    conf_notes_emit(e, &x->group_notes);
    if (x->directories_group.n)
        emit_lack(e, ST_PARTIAL, "groups of " STR_FMT " are not listed here", STR_ARG(x->directories_group));
    emit_primary_groups(x);
    for (size_t i = 0; i < x->n_groups; i++)
        emit_group(x, &x->groups[i], &seen);
    emit_end(e, ST_OK);
}
