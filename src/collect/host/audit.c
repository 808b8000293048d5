/* The kernel audit system: its state, its rules, its daemon. */
#include "collect/host/audit.h"
#include "collect/host/netlink.h"
#include "collect/host/state.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/netlink.h>

typedef struct {
    struct audit_status status;
    bool                known;
} kernel_status;

static void on_status(void *arg, const nl_message *m)
{
    kernel_status *k = arg;
    if (m->type != AUDIT_GET || m->body.n < offsetof(struct audit_status, backlog) + sizeof k->status.backlog)
        return;
    memcpy(&k->status, m->body.p, m->body.n < sizeof k->status ? m->body.n : sizeof k->status);
    k->known = true;
}

typedef struct {
    str text;
    tri loaded, configured;
} known_rule;

typedef struct {
    arena *a;
    DA(known_rule) list;
    map    by_text;                      /* (void *)(index + 1) */
    int64_t loaded;
} rule_book;

static known_rule *rule_slot(rule_book *b, str text)
{
    void **slot = map_put(&b->by_text, text);
    if (!*slot) {
        da_push(b->a, &b->list) = (known_rule){ text, NO, NO };
        *slot = (void *)(uintptr_t)b->list.n;
    }
    return &b->list.v[(uintptr_t)*slot - 1];
}

static void on_rule(void *arg, const nl_message *m)
{
    rule_book *b = arg;
    audit_rule r;
    if (m->type != AUDIT_LIST_RULES || !audit_rule_from_kernel(m->body, &r))
        return;
    b->loaded++;
    rule_slot(b, audit_rule_text(b->a, &r))->loaded = YES;
}

static int ask(uint16_t type, bool many, nl_reader on, void *arg)
{
    nl_request q = { .protocol = NETLINK_AUDIT, .type = type, .many = many };
    return nl_ask(&q, on, arg);
}

static void read_rules_file(rule_book *b, str text)
{
    str line;
    while (str_line(&text, &line)) {
        audit_rule      r;
        audit_rule_kind kind = audit_rule_from_line(b->a, line, &r);
        if (kind == RULE_NONE)
            continue;
        str         rule = kind == RULE_READ ? audit_rule_text(b->a, &r) : str_trim(line);
        known_rule *k = rule_slot(b, rule);
        k->configured = YES;
        if (kind == RULE_NOT_UNDERSTOOD && k->loaded == NO)
            k->loaded = UNKNOWN;         /* it may be among those loaded, told in other words */
    }
}

/* rules.d, or the one file where rules.d is not used. */
static bool read_rules_files(host_state *s, arena *a, rule_book *b)
{
    str_list files = { 0 };
    str      text;
    bool     whole = true;
    if (state_there(s, "/etc/audit/rules.d") == UNKNOWN) {
        emit_lack(s->e, ST_DENIED, "/etc/audit/rules.d cannot be read");
        return false;
    }
    state_glob(s, a, "/etc/audit/rules.d/*.rules", &files);
    if (!files.n)
        state_glob(s, a, "/etc/audit/audit.rules", &files);
    for (size_t i = 0; i < files.n; i++)
        if (state_config(s, a, files.v[i].p, &text))
            read_rules_file(b, text);
        else
            whole = false;
    return whole;
}

static str conf_value(arena *a, str text, const char *name)
{
    str line, found = { 0 };
    while (str_line(&text, &line)) {
        str rest = str_trim(line), key = str_trim(str_cut(&rest, '='));
        if (rest.p && key.n == strlen(name) && strncasecmp(key.p, name, key.n) == 0)
            found = str_lower(a, str_trim(rest));
    }
    return found;
}

static void emit_daemon(host_state *s, arena *a)
{
    static const char *const names[] = { "auditd", NULL };
    static const char        path[] = "/etc/audit/auditd.conf";
    tri                      installed = state_installed(s, "auditd", NULL);
    str                      conf;
    if (installed != YES && (state_exists(s, "/usr/sbin/auditd") || state_exists(s, "/sbin/auditd")))
        installed = YES;
    emit_tri(s->e, "installed", installed);
    emit_tri(s->e, "running", installed == NO ? NO : state_runs(s, names));
    if (state_there(s, path) == UNKNOWN)
        emit_lack(s->e, ST_DENIED, "%s: may not be read", path);
    else if (state_config(s, a, path, &conf)) {
        emit_known(s->e, "disk_full_action", conf_value(a, conf, "disk_full_action"));
        emit_known(s->e, "max_log_action", conf_value(a, conf, "max_log_file_action"));
    }
}

static void lack_kernel(host_state *s, int err)
{
    if (!s->env->live)
        emit_lack(s->e, ST_UNSUPPORTED, "the audit state is known only on the running machine");
    else if (err == EPERM || err == EACCES || err == ECONNREFUSED)
        emit_lack(s->e, ST_DENIED, "the kernel tells its audit state only to root outside containers");
    else if (err)
        emit_lack_errno(s->e, err, "asking the kernel for its audit state");
}

static void emit_config(host_state *s, arena *a, int err, const kernel_status *k, int rules_err, int64_t rules)
{
    emit *e = s->e;
    bool  none = err == EPROTONOSUPPORT;         /* a kernel built without audit */
    emit_begin(e, relation_find(S("audit_config")));
    emit_text(e, "system", s->env->system);
    emit_daemon(s, a);
    if (k->known) {
        emit_bool(e, "enabled", k->status.enabled != 0);
        emit_bool(e, "immutable", k->status.enabled == 2);
        emit_int(e, "backlog_limit", k->status.backlog_limit);
        emit_bool(e, "events_lost", k->status.lost != 0);
    } else if (none) {
        emit_bool(e, "enabled", false);
    }
    if (!rules_err)
        emit_int(e, "rules", rules);
    emit_row(e);
    if (!none)
        lack_kernel(s, err ? err : k->known ? 0 : EBADMSG);
    emit_end(e, ST_OK);
}

void part_audit(host_state *s)
{
    auto_arena arena *a = arena_new(64 << 20);
    kernel_status     k = { 0 };
    rule_book         b = { .a = a, .by_text = map_new(a) };
    int               err = s->env->live ? ask(AUDIT_GET, false, on_status, &k) : EOPNOTSUPP;
    int               rules_err = s->env->live ? ask(AUDIT_LIST_RULES, true, on_rule, &b) : EOPNOTSUPP;
    bool              none = err == EPROTONOSUPPORT;
    emit_config(s, a, err, &k, rules_err, b.loaded);

    emit_begin(s->e, relation_find(S("audit_rule")));
    bool files = read_rules_files(s, a, &b);
    for (size_t i = 0; i < b.list.n; i++) {
        emit_text(s->e, "system", s->env->system);
        emit_text(s->e, "rule", b.list.v[i].text);
        if (!rules_err || none)
            emit_tri(s->e, "loaded", b.list.v[i].loaded);
        if (files || b.list.v[i].configured == YES)
            emit_tri(s->e, "configured", b.list.v[i].configured);
        emit_row(s->e);
    }
    if (!none)
        lack_kernel(s, rules_err);
    emit_end(s->e, b.list.n ? ST_OK : ST_ABSENT);
}
