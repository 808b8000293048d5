/* The packet filter in force, and the managers that claim to fill it. */
#include "collect/host/nft.h"
#include "collect/host/state.h"

#include <errno.h>

static void emit_chain(host_state *s, const filter_chain *c)
{
    emit *e = s->e;
    emit_text(e, "system", s->env->system);
    emit_z(e, "backend", c->backend);
    emit_z(e, "family", c->family);
    emit_text(e, "table_name", c->table);
    emit_text(e, "chain", c->name);
    emit_z(e, "hook", c->hook);
    if (c->is_base) {
        emit_int(e, "priority", c->priority);
        emit_z(e, "policy", c->drops ? "drop" : "accept");
    }
    emit_int(e, "rules", c->rules);
    emit_bool(e, "enabled", !c->dormant);
    emit_row(e);
}

/* The priorities the older filter's tables are registered with. */
static int32_t legacy_priority(str table)
{
    static const struct { const char *table; int32_t priority; } rows[] = {
        { "raw", -300 }, { "mangle", -150 }, { "nat", -100 }, { "filter", 0 }, { "security", 50 },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (str_eq(table, str_of(rows[i].table)))
            return rows[i].priority;
    return 0;
}

/* Only tables that are in use are listed, so that asking loads nothing. */
static void read_legacy(host_state *s, arena *a, filter_state *f, bool v6)
{
    const char *path = v6 ? "/proc/net/ip6_tables_names" : "/proc/net/ip_tables_names";
    str         text, name;
    int         e = env_read(a, s->env, path, 64 << 10, &text);
    if (e && e != ENOENT)
        emit_lack_errno(s->e, e, path);
    while (!e && str_line(&text, &name)) {
        size_t from = f->chains.n;
        int    bad = name.n ? legacy_read(f, name, v6) : 0;
        if (bad)
            emit_lack_errno(s->e, bad, str_fmt(a, "table " STR_FMT " of %s", STR_ARG(name), v6 ? "ip6_tables" : "ip_tables").p);
        for (size_t i = from; i < f->chains.n; i++)
            f->chains.v[i].priority = legacy_priority(name);
    }
}

/* NAME=value or NAME="value" of a shell-like file. */
static str shell_value(str text, str name)
{
    str line, found = { 0 };
    while (str_line(&text, &line)) {
        str rest = str_trim(line), key = str_cut(&rest, '=');
        if (!rest.p || !str_eq(str_trim(key), name))
            continue;
        found = str_trim(rest);
        if (found.n >= 2 && (found.p[0] == '"' || found.p[0] == '\''))
            found = str_sub(found, 1, found.n - 1);
    }
    return found;
}

static tri has_chain(const filter_state *f, bool known, const char *name)
{
    for (size_t i = 0; i < f->chains.n; i++)
        if (str_eq(f->chains.v[i].name, str_of(name)) || str_eq(f->chains.v[i].table, str_of(name)))
            return YES;
    return known ? NO : UNKNOWN;
}

static void emit_manager(host_state *s, const char *name, tri enabled, const char *policy)
{
    emit *e = s->e;
    emit_text(e, "system", s->env->system);
    emit_z(e, "backend", name);
    emit_z(e, "family", "inet");
    emit_z(e, "table_name", name);
    emit_z(e, "chain", "status");
    emit_z(e, "hook", "");
    emit_z(e, "policy", policy);
    emit_tri(e, "enabled", enabled);
    emit_row(e);
}

/* Switched on in its file and, where the kernel's chains are known, there too. */
static bool emit_ufw(host_state *s, arena *a, const filter_state *f, bool known)
{
    str conf, defaults;
    if (!state_config(s, a, "/etc/ufw/ufw.conf", &conf))
        return false;
    tri on = str_eq(str_lower(a, shell_value(conf, S("ENABLED"))), S("yes")) ? YES : NO;
    if (on == YES)
        on = has_chain(f, known, "ufw-before-input");
    str input = { 0 };
    if (state_config(s, a, "/etc/default/ufw", &defaults))
        input = shell_value(defaults, S("DEFAULT_INPUT_POLICY"));
    bool drops = str_eq(input, S("DROP")) || str_eq(input, S("REJECT"));
    emit_manager(s, "ufw", on, drops ? "drop" : str_eq(input, S("ACCEPT")) ? "accept" : NULL);
    return true;
}

static bool emit_firewalld(host_state *s, const filter_state *f, bool known)
{
    static const char *const names[] = { "firewalld", NULL };
    if (!state_exists(s, "/etc/firewalld/firewalld.conf") && !state_exists(s, "/usr/sbin/firewalld"))
        return false;
    tri runs = state_runs(s, names), filled = has_chain(f, known, "firewalld");
    if (filled != YES && has_chain(f, false, "INPUT_ZONES") == YES)
        filled = YES;                    /* it fills the older filter so */
    emit_manager(s, "firewalld", runs == NO || filled == NO ? NO : runs == YES ? filled : UNKNOWN, NULL);
    return true;
}

static int by_key(const void *a, const void *b)
{
    const filter_chain *x = a, *y = b;
    int c = strcmp(x->backend, y->backend);
    if (!c)
        c = strcmp(x->family, y->family);
    if (!c)
        c = str_cmp(x->table, y->table);
    return c ? c : str_cmp(x->name, y->name);
}

void part_firewall(host_state *s)
{
    auto_arena arena *a = arena_new(128 << 20);
    filter_state      f = filter_open(a);
    int               err = s->env->live ? nft_read(&f) : EOPNOTSUPP;
    emit_begin(s->e, relation_find(S("firewall")));
    if (!s->env->live)
        emit_lack(s->e, ST_UNSUPPORTED, "the packet filter is known only on the running machine");
    else if (err && err != EOPNOTSUPP)
        emit_lack_errno(s->e, err, "asking the kernel for its packet filter");
    if (s->env->live) {
        read_legacy(s, a, &f, false);
        read_legacy(s, a, &f, true);
    }
    bool known = s->env->live && (!err || err == EOPNOTSUPP);
    if (f.chains.n)
        qsort(f.chains.v, f.chains.n, sizeof *f.chains.v, by_key);
    for (size_t i = 0; i < f.chains.n; i++)
        emit_chain(s, &f.chains.v[i]);
    bool ufw = emit_ufw(s, a, &f, known), firewalld = emit_firewalld(s, &f, known);
    emit_end(s->e, f.chains.n || ufw || firewalld ? ST_OK : ST_ABSENT);
}
