#include "collect/host/settings.h"

#include <errno.h>

/* ---- login.defs --------------------------------------------------------------- */

void settings_login_defs(identity *x)
{
    setting_table t = setting_table_new(x, "login.defs");
    str           text, line, name, val;
    int64_t       n = 0;
    if (!setting_read(x, "/etc/login.defs", &text))
        return;
    while (str_line(&text, &line)) {
        n++;
        if (!conf_pair(line, ' ', &name, &val))
            continue;
        if (val.n > 1 && val.p[0] == '"' && val.p[val.n - 1] == '"')
            val = str_sub(val, 1, val.n - 1);
        setting_put(&t, name, val, conf_place(x->a, S("/etc/login.defs"), n));
    }
    setting_defaults_put(&t);
    setting_table_emit(&t);
}

/* ---- settings of PAM modules ----------------------------------------------------- */

/* "minlen = 14", "minlen=14", "enforce_for_root": a name alone is a switch. */
static void put_option(setting_table *t, str option, str place)
{
    str name, val;
    if (!conf_pair(option, '=', &name, &val))
        return;
    bool alone = !memchr(option.p, '=', option.n);
    setting_put(t, name, alone ? S("yes") : val, place);
}

static void read_options(setting_table *t, const char *path)
{
    str     text, line;
    int64_t n = 0;
    if (!setting_read(t->x, path, &text))
        return;
    while (str_line(&text, &line))
        put_option(t, line, conf_place(t->x->a, str_of(path), ++n));
}

/* Only what a PAM stack uses has effect: without the module there are no rows. The
 * arguments in the stack win over the file. */
static void pam_module(identity *x, const char *component, const char *module, const char *facility, const char *file,
                       const char *dir)
{
    const char *const names[] = { module, NULL };
    const char *const dirs[] = { dir, NULL };
    const pam_line   *l = pam_find(&x->pam, S("common-password"), str_of(facility), names);
    setting_table     t = setting_table_new(x, component);
    conf_notes        notes = { 0 };
    if (!l)
        l = pam_find(&x->pam, S(""), str_of(facility), names);
    if (!l)
        return;
    conf_strs paths = conf_drop_ins(x->a, &x->files, dirs, S(".conf"), &notes);
    for (size_t i = 0; i < paths.n; i++)
        read_options(&t, str_z(x->a, paths.v[i]));
    read_options(&t, file);
    str arguments = l->arguments;
    for (str w = str_word(&arguments); w.n; w = str_word(&arguments))
        put_option(&t, w, conf_place(x->a, l->file, l->line));
    setting_defaults_put(&t);
    setting_table_emit(&t);
}

void settings_pam_modules(identity *x)
{
    if (x->pam.err && x->pam.err != ENOENT)
        emit_lack_errno(x->e, x->pam.err, "/etc/pam.d");
    pam_module(x, "pwquality", "pam_pwquality.so", "password", "/etc/security/pwquality.conf", "/etc/security/pwquality.conf.d");
    pam_module(x, "faillock", "pam_faillock.so", "auth", "/etc/security/faillock.conf", "/etc/security/faillock.conf.d");
    pam_module(x, "pwhistory", "pam_pwhistory.so", "password", "/etc/security/pwhistory.conf", "/etc/security/pwhistory.conf.d");
}

/* ---- systemd -------------------------------------------------------------------- */

static void read_ini(setting_table *t, const char *path, str section)
{
    ini_reader r = { 0 };
    ini_pair   p;
    if (!setting_read(t->x, path, &r.rest))
        return;
    while (ini_next(t->x->a, &r, &p)) {
        if (!str_eq(p.section, section))
            continue;
        if (p.value.n == 0 && setting_get(t, p.name))
            setting_get(t, p.name)->gone = true;       /* an empty value goes back to the default */
        else if (p.value.n)
            setting_put(t, p.name, p.value, conf_place(t->x->a, str_of(path), p.line));
    }
}

static const char *first_there(const identity *x, arena *a, const char *name)
{
    static const char *const dirs[] = { "/etc/systemd", "/run/systemd", "/usr/local/lib/systemd", "/usr/lib/systemd" };
    for (size_t i = 0; i < COUNT(dirs); i++) {
        const char *path = str_fmt(a, "%s/%s", dirs[i], name).p;
        if (setting_exists(x, path))
            return path;
    }
    return NULL;
}

static void systemd_conf(identity *x, const char *component, str section)
{
    setting_table t = setting_table_new(x, component);
    conf_notes    notes = { 0 };
    const char   *dirs[] = {
        str_fmt(x->a, "/etc/systemd/%s.conf.d", component).p, str_fmt(x->a, "/run/systemd/%s.conf.d", component).p,
        str_fmt(x->a, "/usr/local/lib/systemd/%s.conf.d", component).p,
        str_fmt(x->a, "/usr/lib/systemd/%s.conf.d", component).p, NULL,
    };
    const char *file = first_there(x, x->a, str_fmt(x->a, "%s.conf", component).p);
    if (file)
        read_ini(&t, file, section);
    conf_strs paths = conf_drop_ins(x->a, &x->files, dirs, S(".conf"), &notes);
    conf_notes_emit(x->e, &notes);
    for (size_t i = 0; i < paths.n; i++)
        read_ini(&t, str_z(x->a, paths.v[i]), section);
    setting_defaults_put(&t);
    setting_table_emit(&t);
}

void settings_systemd(identity *x)
{
    static const struct { const char *component, *section, *program, *old_program; } rows[] = {
        { "journald", "Journal", "/usr/lib/systemd/systemd-journald", "/lib/systemd/systemd-journald" },
        { "logind", "Login", "/usr/lib/systemd/systemd-logind", "/lib/systemd/systemd-logind" },
        { "coredump", "Coredump", "/usr/lib/systemd/systemd-coredump", "/lib/systemd/systemd-coredump" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (setting_exists(x, rows[i].program) || setting_exists(x, rows[i].old_program))
            systemd_conf(x, rows[i].component, str_of(rows[i].section));
}
