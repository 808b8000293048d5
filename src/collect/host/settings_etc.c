#include "collect/host/apt_conf.h"
#include "collect/host/settings.h"

#include <errno.h>

/* ---- apt ------------------------------------------------------------------------ */

typedef struct {
    setting_table *t;
    str            file;
} apt_file;

/* apt minds no case in names; the spelling of the table of defaults is kept, then the first seen. */
static str apt_spelling(const setting_table *t, str name)
{
    for (size_t i = 0; i < n_setting_defaults; i++)
        if (strcmp(setting_defaults[i].component, "apt") == 0 && conf_same(name, str_of(setting_defaults[i].name)))
            return str_of(setting_defaults[i].name);
    for (size_t i = 0; i < t->entries.n; i++)
        if (conf_same(name, t->entries.v[i].name))
            return t->entries.v[i].name;
    return name;
}

static bool apt_wanted(str name)
{
    static const char *const prefixes[] = { "APT::Periodic::", "Unattended-Upgrade::", "APT::Get::AllowUnauthenticated",
                                            "APT::Install-", "Acquire::Allow", "Acquire::https::Verify-", "Acquire::Check-" };
    for (size_t i = 0; i < COUNT(prefixes); i++)
        if (conf_starts(name, str_of(prefixes[i])))
            return true;
    return false;
}

static void apt_clear(setting_table *t, str name)
{
    for (size_t i = 0; i < t->entries.n; i++)
        if (conf_starts(t->entries.v[i].name, name))
            t->entries.v[i].gone = true;
}

static void apt_assign(void *arg, str name, str val, int64_t line, bool clear)
{
    const apt_file *f = arg;
    arena          *a = f->t->x->a;
    enum { NAMES_MAX = 2000, VALUE_MAX = 16 << 10 };
    bool list = str_ends(name, S("::"));
    if (list)
        name = str_sub(name, 0, name.n - 2);
    if (clear) {
        apt_clear(f->t, name);
        return;
    }
    if (!apt_wanted(name) || f->t->entries.n >= NAMES_MAX)
        return;
    name = apt_spelling(f->t, name);
    const setting_entry *before = setting_get(f->t, name);
    if (list && before && before->value.n < VALUE_MAX)
        val = str_fmt(a, STR_FMT ", " STR_FMT, STR_ARG(before->value), STR_ARG(val));
    setting_put(f->t, name, val, conf_place(a, f->file, line));
}

static void apt_read(setting_table *t, const char *path)
{
    apt_file f = { t, str_of(path) };
    str      text;
    if (setting_read(t->x, path, &text) && !apt_conf_read(t->x->a, text, apt_assign, &f))
        emit_lack(t->x->e, ST_PARTIAL, "%s has a line that cannot be read", path);
}

/* Names apt takes: letters, digits, - and _, then nothing or ".conf". */
static bool apt_part(str name)
{
    if (str_ends(name, S(".conf")))
        name.n -= 5;
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'))
            return false;
    }
    return name.n > 0;
}

void settings_apt(identity *x)
{
    static const char dir[] = "/etc/apt/apt.conf.d";
    setting_table     t = setting_table_new(x, "apt");
    str              *names;
    size_t            n = 0;
    if (!setting_exists(x, "/usr/bin/apt-get") && !setting_exists(x, "/etc/apt/apt.conf.d"))
        return;
    int e = x->files.names(x->files.arg, x->a, dir, &names, &n);
    if (e && e != ENOENT)
        emit_lack_errno(x->e, e, dir);
    for (size_t i = 0; !e && i < n; i++)
        if (apt_part(names[i]))
            apt_read(&t, str_fmt(x->a, "%s/" STR_FMT, dir, STR_ARG(names[i])).p);
    apt_read(&t, "/etc/apt/apt.conf");
    setting_defaults_put(&t);
    setting_table_emit(&t);
}

/* ---- modprobe -------------------------------------------------------------------- */

/* "install usb-storage /bin/true" becomes name "install usb_storage", value
 * "/bin/true": the kernel takes - and _ in module names for the same. */
static void modprobe_line(setting_table *t, str line, str place)
{
    str    rest = str_trim(line), word = str_word(&rest), module = str_word(&rest), name;
    bool   bare = str_eq(word, S("blacklist"));
    size_t from;
    if (module.n == 0 || (!bare && !str_eq(word, S("install")) && !str_eq(word, S("options")) && !str_eq(word, S("alias"))))
        return;
    if (str_eq(word, S("alias")))        /* an alias to off or null keeps it from loading */
        if (!str_eq(str_trim(rest), S("off")) && !str_eq(str_trim(rest), S("null")))
            return;
    name = str_fmt(t->x->a, STR_FMT " " STR_FMT, STR_ARG(word), STR_ARG(module));
    from = word.n + 1;
    char *z = str_z(t->x->a, name);
    for (size_t i = from; i < name.n; i++)
        z[i] = z[i] == '-' ? '_' : z[i];
    setting_put(t, (str){ z, name.n }, bare ? S("yes") : str_trim(rest), place);
}

void settings_modprobe(identity *x)
{
    static const char *const dirs[] = { "/etc/modprobe.d", "/run/modprobe.d", "/usr/local/lib/modprobe.d",
                                        "/usr/lib/modprobe.d", "/lib/modprobe.d", NULL };
    setting_table t = setting_table_new(x, "modprobe");
    conf_notes    notes = { 0 };
    conf_strs     paths = conf_drop_ins(x->a, &x->files, dirs, S(".conf"), &notes);
    conf_notes_emit(x->e, &notes);
    for (size_t i = 0; i < paths.n; i++) {
        str     text, line;
        int64_t n = 0;
        if (setting_read(x, str_z(x->a, paths.v[i]), &text))
            while (str_line(&text, &line))
                modprobe_line(&t, line, conf_place(x->a, paths.v[i], ++n));
    }
    setting_table_emit(&t);
}

/* ---- profile: what every login shell sets ------------------------------------------- */

static bool is_number(str s)
{
    int64_t v;
    return parse_int(s, 0, INT32_MAX, &v);
}

static void profile_word(setting_table *t, str word, str next, bool locked, str place)
{
    if (str_starts(word, S("TMOUT="))) {
        str val = str_sub(word, 6, word.n);
        if (val.n > 1 && (val.p[0] == '"' || val.p[0] == '\''))
            val = str_sub(val, 1, val.n - 1);
        if (is_number(val))
            setting_put(t, S("TMOUT"), val, place);
    }
    if (locked && (str_eq(word, S("TMOUT")) || str_starts(word, S("TMOUT="))))
        setting_put(t, S("TMOUT readonly"), S("yes"), place);
    if (str_eq(word, S("umask")) && is_number(next))
        setting_put(t, S("umask"), next, place);
}

static void profile_line(setting_table *t, str line, str place)
{
    bool locked = false;
    line = str_trim(line);
    if (line.n == 0 || line.p[0] == '#')
        return;
    char *z = str_z(t->x->a, line);
    for (size_t i = 0; i < line.n; i++)
        z[i] = z[i] == ';' || z[i] == '&' ? ' ' : z[i];
    str rest = { z, line.n };
    for (str w = str_word(&rest); w.n; w = str_word(&rest)) {
        str peek = rest, next = str_word(&peek);
        if (w.p[0] == '#')
            return;
        if (str_eq(w, S("readonly")) || (str_starts(w, S("-")) && memchr(w.p, 'r', w.n)))
            locked = true;
        profile_word(t, w, next, locked, place);
    }
}

static void profile_file(setting_table *t, const char *path)
{
    str     text, line;
    int64_t n = 0;
    if (setting_read(t->x, path, &text))
        while (str_line(&text, &line))
            profile_line(t, line, conf_place(t->x->a, str_of(path), ++n));
}

void settings_profile(identity *x)
{
    static const char *const dirs[] = { "/etc/profile.d", NULL };
    setting_table t = setting_table_new(x, "profile");
    conf_notes    notes = { 0 };
    profile_file(&t, "/etc/profile");
    conf_strs paths = conf_drop_ins(x->a, &x->files, dirs, S(".sh"), &notes);
    conf_notes_emit(x->e, &notes);
    for (size_t i = 0; i < paths.n; i++)
        profile_file(&t, str_z(x->a, paths.v[i]));
    profile_file(&t, "/etc/bash.bashrc");
    setting_table_emit(&t);
}
