/* Facts of the hosts: the baseline, accounts, and what went wrong. */
#include "demo/baseline.h"
#include "demo/private.h"

/* `?` is unknown; `!` at the beginning stands for `|`, which separates cells. */
static value cell_value(demo *d, const field *fd, str cell)
{
    fault f = { 0 };
    value v;
    if (str_starts(cell, S("!")))
        cell = str_fmt(d->a, "|" STR_FMT, STR_ARG(str_sub(cell, 1, cell.n)));
    err_t e = value_parse(fd, cell, &f, &v);
    assert(e == ERR_OK);
    return v;
}

static value *baseline_row(demo *d, time_us at, const baseline *b, const char *row_text, const machine *m)
{
    const relation *r = relation_find(str_of(b->relation));
    value          *row = fact(d, at, FLEET, b->relation);
    str             cells = str_of(row_text);
    put(b->relation, row, "system", v_text(m->name));
    for (str rest = str_of(b->columns), name = str_word(&rest); name.n; name = str_word(&rest)) {
        int i = relation_field(r, name);
        assert(i >= 0 && cells.p);
        row[i] = cell_value(d, &r->fields[i], str_cut(&cells, '|'));
    }
    assert(!cells.p);
    return row;
}

/* ---- accounts ---------------------------------------------------------------------- */

static value *account(demo *d, time_us at, const machine *m, str login, int64_t uid, const char *kind)
{
    value *row = fact(d, at, FLEET, "account");
    put("account", row, "system", v_text(m->name));
    put("account", row, "login", v_text(login));
    put("account", row, "uid", v_int(uid));
    put("account", row, "gid", v_int(uid));
    put("account", row, "kind", v_z(kind));
    put("account", row, "origin", v_text(S("local")));
    put("account", row, "expires", v_bool(false));
    return row;
}

static void service_account(demo *d, const machine *m, str login, int64_t uid)
{
    value *row = account(d, d->from, m, login, uid, "service");
    put("account", row, "active", v_bool(false));
    put("account", row, "privileged", v_bool(false));
    put("account", row, "mfa", v_bool(false));
    put("account", row, "shell", v_text(S("/usr/sbin/nologin")));
    put("account", row, "home", v_text(S("/nonexistent")));
    put("account", row, "password_state", v_text(S("none")));
    put("account", row, "logged_in", v_bool(false));
    put("account", row, "ssh_keys", v_int(0));
}

static void root_account(demo *d, const machine *m)
{
    value *row = account(d, d->from, m, S("root"), 0, "human");
    put("account", row, "active", v_bool(false));
    put("account", row, "privileged", v_bool(true));
    put("account", row, "mfa", v_bool(false));
    put("account", row, "shell", v_text(S("/bin/bash")));
    put("account", row, "home", v_text(S("/root")));
    put("account", row, "password_state", v_text(S("none")));
    put("account", row, "logged_in", v_bool(false));
    put("account", row, "ssh_keys", v_int(0));
}

static void admin_key(demo *d, time_us at, const machine *m, const worker *p)
{
    chance c = chance_for(d->o->seed, str_fmt(d->a, "key " STR_FMT, STR_ARG(p->id)).p);
    value *row = fact(d, at, FLEET, "ssh_key");
    put("ssh_key", row, "system", v_text(m->name));
    put("ssh_key", row, "login", v_text(p->id));
    put("ssh_key", row, "fingerprint", v_text(str_fmt(d->a, "SHA256:" STR_FMT, STR_ARG(hex_invent(d->a, &c, 43)))));
    put("ssh_key", row, "path", v_text(str_fmt(d->a, "/home/" STR_FMT "/.ssh/authorized_keys", STR_ARG(p->id))));
    put("ssh_key", row, "type", v_text(S("sk-ssh-ed25519@openssh.com")));
    put("ssh_key", row, "bits", v_int(256));
    put("ssh_key", row, "comment", v_text(p->email));
    put("ssh_key", row, "forced_command", v_bool(false));
    put("ssh_key", row, "source_limited", v_bool(false));
    put("ssh_key", row, "writable_by_others", v_bool(false));
}

static void in_group(demo *d, time_us at, const machine *m, const char *name, str member, int64_t gid)
{
    value *row = fact(d, at, FLEET, "group_member");
    put("group_member", row, "system", v_text(m->name));
    put("group_member", row, "group_name", v_z(name));
    put("group_member", row, "member", v_text(member));
    put("group_member", row, "gid", v_int(gid));
    put("group_member", row, "primary_group", v_bool(false));
    put("group_member", row, "privileged", v_bool(gid == 27));
}

static void home(demo *d, time_us at, const machine *m, str login)
{
    value *row = fact(d, at, FLEET, "file_integrity");
    put("file_integrity", row, "system", v_text(m->name));
    put("file_integrity", row, "path", v_text(str_fmt(d->a, "/home/" STR_FMT, STR_ARG(login))));
    put("file_integrity", row, "type", v_text(S("directory")));
    put("file_integrity", row, "mode", v_text(S("0700")));
    put("file_integrity", row, "owner", v_text(login));
    put("file_integrity", row, "group_name", v_text(login));
    put("file_integrity", row, "readable_by_others", v_bool(false));
    put("file_integrity", row, "writable_by_group", v_bool(false));
    put("file_integrity", row, "writable_by_others", v_bool(false));
}

/* Seen to sign in once a month, and the source says so then. */
static void admin_account(demo *d, const machine *m, size_t who, int64_t uid)
{
    const worker *p = &d->people[who];
    time_us       first = p->starts_at > d->from ? p->starts_at : d->from, last = p->ends_at && p->ends_at < d->until ? p->ends_at : d->until;
    for (time_us at = first; at < last; at += DAYS(30)) {
        value *row = account(d, at, m, p->id, uid, "human");
        put("account", row, "full_name", v_text(p->name));
        put("account", row, "person", v_text(p->id));
        put("account", row, "active", v_bool(true));
        put("account", row, "privileged", v_bool(true));
        put("account", row, "mfa", v_bool(true));
        put("account", row, "shell", v_text(S("/bin/bash")));
        put("account", row, "home", v_text(str_fmt(d->a, "/home/" STR_FMT, STR_ARG(p->id))));
        put("account", row, "password_state", v_text(S("none")));
        put("account", row, "logged_in", v_bool(true));
        put("account", row, "last_login_at", v_int(at - HOURS(3)));
        put("account", row, "ssh_keys", v_int(1));
    }
    admin_key(d, first, m, p);
    in_group(d, first, m, "sudo", p->id, 27);
    in_group(d, first, m, "adm", p->id, 4);
    home(d, first, m, p->id);
    if (last < d->until) {
        put("account", account(d, last, m, p->id, uid, "human"), "active", v_bool(false));
        value *row = fact_gone(d, last + HOURS(2), FLEET, "account");
        put("account", row, "system", v_text(m->name));
        put("account", row, "login", v_text(p->id));
    }
}

const char *const program_accounts[] = { "root", "daemon", "www-data", "syslog", "_chrony", "clamav", "deploy", "storefront" };
const size_t      n_program_accounts = COUNT(program_accounts);

/* Those of operations, a few to each host. */
int administrator(const demo *d, size_t host, size_t nth)
{
    for (size_t i = 0; i < d->n_people; i++) {
        size_t who = (i + host * 7) % d->n_people;
        if (str_eq(d->people[who].team, S("Operations")) && !d->people[who].joiner && !d->people[who].ends_at && nth-- == 0)
            return (int)who;
    }
    return NOBODY;
}

static void accounts(demo *d, const machine *m, size_t index)
{
    root_account(d, m);
    for (size_t i = 1; i < n_program_accounts; i++)
        service_account(d, m, str_of(program_accounts[i]), 100 + (int64_t)i);
    for (size_t k = 0; k < ADMINISTRATORS; k++)
        if (administrator(d, index, k) != NOBODY)
            admin_account(d, m, (size_t)administrator(d, index, k), 2000 + administrator(d, index, k));
}

/* ---- what differs by role, and what went wrong ------------------------------------------ */

static void certificate(demo *d, time_us at, const machine *m, time_us starts, time_us ends)
{
    value *row = fact(d, at, FLEET, "certificate");
    put("certificate", row, "system", v_text(m->name));
    put("certificate", row, "path", v_text(S("/etc/ssl/storefront/fullchain.pem")));
    put("certificate", row, "position", v_int(1));
    put("certificate", row, "subject", v_text(str_fmt(d->a, "CN=" STR_FMT ".mail.example.com", STR_ARG(m->name))));
    put("certificate", row, "names", v_text(str_fmt(d->a, STR_FMT ".mail.example.com shop.example.com", STR_ARG(m->name))));
    put("certificate", row, "issuer", v_text(S("CN=Example Issuing Authority 3")));
    put("certificate", row, "serial", v_text(str_fmt(d->a, "%llx", (unsigned long long)(starts / SECONDS(1)))));
    put("certificate", row, "valid_from_at", v_int(starts));
    put("certificate", row, "valid_until_at", v_int(ends));
    put("certificate", row, "key_type", v_text(S("EC")));
    put("certificate", row, "key_bits", v_int(256));
    put("certificate", row, "signature_algorithm", v_text(S("ecdsa-with-SHA256")));
    put("certificate", row, "self_signed", v_bool(false));
    put("certificate", row, "used_by", v_text(S("nginx")));
    put("certificate", row, "key_exposed", v_bool(false));
}

/* Renewed every 60 days for 90; the last host of the kind once forgot, and its certificate ran out for two days. */
static void certificates(demo *d, const machine *m, bool forgets)
{
    time_us step;
    int64_t half = (d->until - d->from) / DAYS(1) / 2;
    for (time_us at = d->from; at < d->until; at += step) {
        bool late = forgets && at >= d->from + DAYS(half - 60) && at < d->from + DAYS(half);
        certificate(d, at, m, at, at + DAYS(90));
        step = late ? DAYS(92) : DAYS(60);
    }
}

static void file_system(demo *d, time_us at, const machine *m, const char *mount, int64_t used)
{
    for (size_t i = 0; i < n_host_baseline; i++)
        for (size_t k = 0; strcmp(host_baseline[i].relation, "filesystem") == 0 && k < host_baseline[i].n_rows; k++) {
            str rest = str_of(host_baseline[i].rows[k]);
            if (!str_eq(str_cut(&rest, '|'), str_of(mount)))
                continue;
            value *row = baseline_row(d, at, &host_baseline[i], host_baseline[i].rows[k], m);
            put("filesystem", row, "used_pct", v_int(used));
        }
}

static void disk_that_filled(demo *d, const machine *m)
{
    static const struct { int days, used; } steps[] = { { 40, 70 }, { 30, 80 }, { 24, 90 }, { 20, 95 }, { 18, 100 }, { 17, 45 } };
    for (size_t i = 0; i < COUNT(steps); i++)
        if (in_story(d, d->until - DAYS(steps[i].days)))
            file_system(d, d->until - DAYS(steps[i].days), m, "/var", steps[i].used);
}

static void web_listeners(demo *d, const machine *m)
{
    static const int ports[] = { 80, 443 };
    for (size_t i = 0; i < COUNT(ports); i++) {
        value *row = fact(d, d->from, FLEET, "process_listener");
        put("process_listener", row, "system", v_text(m->name));
        put("process_listener", row, "protocol", v_text(S("tcp")));
        put("process_listener", row, "address", v_text(S("0.0.0.0")));
        put("process_listener", row, "port", v_int(ports[i]));
        put("process_listener", row, "loopback", v_bool(false));
        put("process_listener", row, "process", v_text(S("nginx")));
        put("process_listener", row, "executable", v_text(S("/usr/sbin/nginx")));
        put("process_listener", row, "account", v_text(S("www-data")));
    }
}

void host_facts(demo *d)
{
    const machine *last_web = NULL, *first_db = NULL;
    for (size_t i = 0; i < d->n_hosts; i++) {
        machine *m = &d->hosts[i];
        for (size_t k = 0; k < n_host_baseline; k++)
            for (size_t n = 0; n < host_baseline[k].n_rows; n++)
                (void)baseline_row(d, d->from, &host_baseline[k], host_baseline[k].rows[n], m);
        accounts(d, m, i);
        if (strcmp(m->role, "web") == 0) {
            web_listeners(d, m);
            last_web = m;
        }
        if (!first_db && strcmp(m->role, "db") == 0)
            first_db = m;
    }
    for (size_t i = 0; i < d->n_hosts; i++)
        if (strcmp(d->hosts[i].role, "web") == 0)
            certificates(d, &d->hosts[i], &d->hosts[i] == last_web);
    if (first_db)
        disk_that_filled(d, first_db);
}

/* ---- every day ----------------------------------------------------------------------------- */

static err_t patch_state(const machine *m, bool waits, time_us at, row_writer each, void *arg, fault *f)
{
    value row[RELATION_FIELDS_MAX] = { 0 };
    put("patch_state", row, "system", v_text(m->name));
    put("patch_state", row, "lists_refreshed_at", v_int(at - MINUTES(30)));
    put("patch_state", row, "pending", v_int(waits ? 3 : 0));
    put("patch_state", row, "pending_security", v_int(waits ? 1 : 0));
    put("patch_state", row, "security_source", v_bool(true));
    put("patch_state", row, "automatic", v_bool(true));
    put("patch_state", row, "reboot_required", v_bool(waits));
    return each(arg, relation_find(S("patch_state")), row, f);
}

static err_t backup(const machine *m, bool failed, time_us at, row_writer each, void *arg, fault *f)
{
    value row[RELATION_FIELDS_MAX] = { 0 };
    put("backup_tool", row, "system", v_text(m->name));
    put("backup_tool", row, "tool", v_text(S("restic")));
    put("backup_tool", row, "version", v_text(S("0.14.0")));
    put("backup_tool", row, "scheduled", v_bool(true));
    put("backup_tool", row, "schedule", v_text(S("*-*-* 01:30:00")));
    put("backup_tool", row, "last_run_at", v_int(at - MINUTES(40)));
    put("backup_tool", row, "last_run_ok", v_bool(!failed));
    return each(arg, relation_find(S("backup_tool")), row, f);
}

static err_t scanner(const machine *m, time_us at, row_writer each, void *arg, fault *f)
{
    value row[RELATION_FIELDS_MAX] = { 0 };
    put("malware_protection", row, "system", v_text(m->name));
    put("malware_protection", row, "tool", v_text(S("clamav")));
    put("malware_protection", row, "version", v_text(S("1.0.9")));
    put("malware_protection", row, "running", v_bool(true));
    put("malware_protection", row, "on_access", v_bool(true));
    put("malware_protection", row, "scheduled", v_bool(true));
    put("malware_protection", row, "signatures_at", v_int(at - HOURS(4)));
    return each(arg, relation_find(S("malware_protection")), row, f);
}

/* The backup of one host failed on two nights; one waits for a restart since nine days. */
err_t host_daily(demo *d, const machine *m, size_t index, time_us at, row_writer each, void *arg, fault *f)
{
    int64_t left = (d->until - at) / DAYS(1);
    TRY(patch_state(m, index == d->n_hosts - 1 && left < 9, at, each, arg, f));
    TRY(backup(m, index == 2 && (left == 61 || left == 62), at, each, arg, f));
    return at / DAYS(1) % 2 == (int64_t)index % 2 || at < d->from + HOURS(1) ? scanner(m, at, each, arg, f) : ERR_OK;
}
