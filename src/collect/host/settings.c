#include "collect/host/settings.h"

#include <errno.h>
#include <unistd.h>

extern const relation relation_setting;

setting_table setting_table_new(identity *x, const char *component)
{
    return (setting_table){ .x = x, .component = component, .by_name = map_new(x->a) };
}

setting_entry *setting_get(const setting_table *t, str name)
{
    uintptr_t at = (uintptr_t)map_get(&t->by_name, name);
    return at && !t->entries.v[at - 1].gone ? &t->entries.v[at - 1] : NULL;
}

void setting_put(setting_table *t, str name, str val, str defined_in)
{
    void        **slot = map_put(&t->by_name, name);
    setting_entry entry = { .name = name, .value = val, .defined_in = defined_in };
    if (*slot) {
        t->entries.v[(uintptr_t)*slot - 1] = entry;
        return;
    }
    da_push(t->x->a, &t->entries) = entry;
    *slot = (void *)(uintptr_t)t->entries.n;
}

void setting_default(setting_table *t, str name, str val)
{
    if (!setting_get(t, name))
        setting_put(t, name, val, S("default"));
}

void setting_table_emit(const setting_table *t)
{
    emit *e = t->x->e;
    for (size_t i = 0; i < t->entries.n; i++) {
        const setting_entry *s = &t->entries.v[i];
        int64_t              number;
        if (s->gone || s->name.n == 0)
            continue;
        emit_text(e, "system", t->x->env->system);
        emit_z(e, "component", t->component);
        emit_text(e, "name", s->name);
        emit_text(e, "value", s->value);
        if (parse_int(s->value, INT64_MIN, INT64_MAX, &number))
            emit_int(e, "number", number);
        emit_text(e, "defined_in", s->defined_in);
        emit_row(e);
    }
}

bool setting_read(identity *x, const char *path, str *ret)
{
    int e = x->files.read(x->files.arg, x->a, path, ret);
    if (e && e != ENOENT && e != ENOTDIR && e != EINVAL)   /* EINVAL: a link to /dev/null takes it out of use */
        emit_lack_errno(x->e, e, path);
    return e == 0;
}

bool setting_exists(const identity *x, const char *path)
{
    return access(env_path(x->a, x->env, path), F_OK) == 0;
}

/* ---- sshd ------------------------------------------------------------------------ */

/* What stands in a Match block holds for some only: "match User bob: permitrootlogin". */
static void put_match_lines(setting_table *t)
{
    const sshd_conf *c = &t->x->sshd_file;
    for (size_t i = 0; i < c->lines.n; i++) {
        const sshd_line *l = &c->lines.v[i];
        if (l->match.n == 0)
            continue;
        str name = str_fmt(t->x->a, "match " STR_FMT ": " STR_FMT, STR_ARG(l->match), STR_ARG(l->name));
        if (!setting_get(t, name))
            setting_put(t, name, l->value, conf_place(t->x->a, l->file, l->line));
    }
}

void settings_sshd(identity *x)
{
    setting_table t = setting_table_new(x, "sshd");
    if (!x->sshd_there)
        return;
    if (x->sshd_file.err && x->sshd_file.err != ENOENT)
        emit_lack_errno(x->e, x->sshd_file.err, "/etc/ssh/sshd_config");
    conf_notes_emit(x->e, &x->sshd_file.notes);
    for (size_t i = 0; i < x->sshd.n; i++)
        setting_put(&t, x->sshd.v[i].name, x->sshd.v[i].value, x->sshd.v[i].defined_in);
    put_match_lines(&t);
    setting_table_emit(&t);
}

/* ---- sysctl ----------------------------------------------------------------------- */

static void put_interface(setting_table *t, const char *family, str interface, const char *const *leaves)
{
    identity *x = t->x;
    char     *name = str_z(x->a, interface), *shown = str_z(x->a, interface);
    for (char *p = shown; *p; p++)       /* eth0.7 is eth0/7, as sysctl prints it */
        *p = *p == '.' ? '/' : *p;
    for (; *leaves; leaves++) {
        const char *path = str_fmt(x->a, "/proc/sys/net/%s/conf/%s/%s", family, name, *leaves).p;
        str         text;
        int         e = env_read(x->a, x->env, path, 4096, &text);
        if (e == EACCES || e == EPERM)
            emit_lack_errno(x->e, e, path);
        if (!e)
            setting_put(t, str_fmt(x->a, "net.%s.conf.%s.%s", family, shown, *leaves), str_trim(text), S("runtime"));
    }
}

/* What the kernel minds for each interface, whatever "all" says. Those of
 * containers come and go, and stand behind one that stays. */
static void put_interfaces(setting_table *t, const char *family, const char *const *leaves)
{
    identity *x = t->x;
    str      *names;
    size_t    n = 0;
    if (env_names(x->a, x->env, str_fmt(x->a, "/proc/sys/net/%s/conf", family).p, &names, &n) != 0)
        return;
    for (size_t i = 0; i < n; i++)
        if (!str_eq(names[i], S("all")) && !str_eq(names[i], S("default")) && !str_eq(names[i], S("lo")) &&
            !str_starts(names[i], S("veth")))
            put_interface(t, family, names[i], leaves);
}

void settings_sysctl(identity *x)
{
    static const char *const v4[] = { "accept_redirects", "rp_filter", "send_redirects", NULL };
    static const char *const v6[] = { "accept_redirects", NULL };
    setting_table t = setting_table_new(x, "sysctl");
    bool          any = false;
    for (size_t i = 0; i < n_setting_sysctls; i++) {
        char *path = str_z(x->a, str_fmt(x->a, "/proc/sys/%s", setting_sysctls[i]));
        str   text;
        for (char *p = path + sizeof "/proc/sys/" - 1; *p; p++)
            *p = *p == '.' ? '/' : *p;
        int e = env_read(x->a, x->env, path, 4096, &text);
        if (e == EACCES || e == EPERM)
            emit_lack_errno(x->e, e, path);
        any = any || e == 0;
        if (!e)
            setting_put(&t, str_of(setting_sysctls[i]), str_trim(text), S("runtime"));
    }
    put_interfaces(&t, "ipv4", v4);
    put_interfaces(&t, "ipv6", v6);
    if (!any && !setting_exists(x, "/proc/sys/kernel"))
        emit_lack(x->e, ST_PARTIAL, "/proc/sys is not there: no runtime sysctl values");
    setting_table_emit(&t);
}

/* "net/ipv4/ip_forward" and "net.ipv4.ip_forward" are one name: the first separator tells which. */
static str sysctl_name(arena *a, str name)
{
    char *z = str_z(a, name);
    bool  slashes = z[strcspn(z, "./")] == '/';
    for (char *p = z; slashes && *p; p++)
        *p = *p == '/' ? '.' : *p == '.' ? '/' : *p;
    return (str){ z, name.n };
}

static void read_sysctl_file(setting_table *t, const char *path)
{
    str     text, line, name, val;
    int64_t n = 0;
    int     e = t->x->files.read(t->x->files.arg, t->x->a, path, &text);
    if (e == ENOENT || e == EINVAL)      /* a link to /dev/null takes the file out of use */
        return;
    if (e)
        emit_lack_errno(t->x->e, e, path);
    while (!e && str_line(&text, &line)) {
        n++;
        if (!conf_pair(line, '=', &name, &val))
            continue;
        if (name.p[0] == '-')
            name = str_trim(str_sub(name, 1, name.n));
        setting_put(t, sysctl_name(t->x->a, name), val, conf_place(t->x->a, str_of(path), n));
    }
}

void settings_sysctl_d(identity *x)
{
    static const char *const dirs[] = { "/etc/sysctl.d", "/run/sysctl.d", "/usr/local/lib/sysctl.d",
                                        "/usr/lib/sysctl.d", "/lib/sysctl.d", NULL };
    setting_table t = setting_table_new(x, "sysctl.d");
    conf_notes    notes = { 0 };
    conf_strs     paths = conf_drop_ins(x->a, &x->files, dirs, S(".conf"), &notes);
    bool          linked = false;
    conf_notes_emit(x->e, &notes);
    for (size_t i = 0; i < paths.n; i++) {
        linked = linked || str_ends(paths.v[i], S("/99-sysctl.conf"));
        read_sysctl_file(&t, str_z(x->a, paths.v[i]));
    }
    if (!linked)
        read_sysctl_file(&t, "/etc/sysctl.conf");
    setting_table_emit(&t);
}

void identity_settings(identity *x)
{
    emit_begin(x->e, &relation_setting);
    settings_sshd(x);
    settings_sysctl(x);
    settings_sysctl_d(x);
    settings_login_defs(x);
    settings_pam_modules(x);
    settings_systemd(x);
    settings_apt(x);
    settings_modprobe(x);
    settings_profile(x);
    emit_end(x->e, ST_OK);
}
