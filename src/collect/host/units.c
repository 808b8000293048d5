#include "collect/host/units.h"

static const char *const unit_dirs[] = {
    "/etc/systemd/system", "/run/systemd/system", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system",
};

unit_set units_open(arena *a)
{
    return (unit_set){ .a = a, .by_name = map_new(a) };
}

unit *units_slot(unit_set *u, str name)
{
    void **slot = map_get(&u->by_name, name) ? map_put(&u->by_name, name) : NULL;
    if (slot)
        return &u->list.v[(uintptr_t)*slot - 1];
    str kept = str_dup(u->a, name);
    da_push(u->a, &u->list) = (unit){ .name = kept, .running = UNKNOWN, .failed = UNKNOWN };
    *map_put(&u->by_name, kept) = (void *)(uintptr_t)u->list.n;
    return &u->list.v[u->list.n - 1];
}

/* ---- settings ---- */

/* With one of these a service of an ordinary account is barred too: systemd.exec(5). */
static const char *const implying[] = {
    "SystemCallFilter", "SystemCallArchitectures", "RestrictAddressFamilies", "RestrictNamespaces", "PrivateDevices",
    "ProtectKernelTunables", "ProtectKernelModules", "ProtectKernelLogs", "ProtectClock", "MemoryDenyWriteExecute",
    "RestrictRealtime", "RestrictSUIDSGID", "LockPersonality",
};

static bool is_yes(arena *a, str v)
{
    v = str_lower(a, v);
    return str_eq(v, S("yes")) || str_eq(v, S("true")) || str_eq(v, S("1")) || str_eq(v, S("on"));
}

static void one_setting(arena *a, str key, str v, unit_settings *ret)
{
    if (str_eq(key, S("User"))) {
        ret->user = str_dup(a, v);
    } else if (str_eq(key, S("DynamicUser"))) {
        ret->dynamic_user = is_yes(a, v);
    } else if (str_eq(key, S("NoNewPrivileges"))) {
        ret->said = v.n != 0;
        ret->no_new_privileges = is_yes(a, v);
    }
    for (size_t i = 0; i < COUNT(implying); i++)
        if (str_eq(key, str_of(implying[i])))
            ret->implied = v.n && !str_eq(str_lower(a, v), S("no")) && !str_eq(str_lower(a, v), S("false"));
}

void unit_settings_add(arena *a, str text, unit_settings *ret)
{
    str line, section = { 0 };
    ret->found = true;
    while (str_line(&text, &line)) {
        str rest = str_trim(line);
        if (str_starts(rest, S("["))) {
            section = rest;
            ret->installs = ret->installs || str_eq(section, S("[Install]"));
            continue;
        }
        if (!rest.n || rest.p[0] == '#' || rest.p[0] == ';' || !str_eq(section, S("[Service]")))
            continue;
        str key = str_trim(str_cut(&rest, '='));
        if (rest.p)
            one_setting(a, key, str_trim(rest), ret);
    }
}

/* The first directory that has it counts. */
static str unit_text(const host_state *s, arena *a, str file)
{
    for (size_t i = 0; i < COUNT(unit_dirs); i++) {
        str text;
        if (env_read(a, s->env, str_fmt(a, "%s/" STR_FMT, unit_dirs[i], STR_ARG(file)).p, 1 << 20, &text) == 0)
            return text.p ? text : S("");
    }
    return (str){ 0 };
}

void unit_settings_read(const host_state *s, arena *a, str name, unit_settings *ret)
{
    const char *at = memchr(name.p, '@', name.n);
    str         file = str_fmt(a, STR_FMT ".service", STR_ARG(name)), text = unit_text(s, a, file);
    *ret = (unit_settings){ 0 };
    if (!text.p && at) {                 /* an instance: its template's file */
        file = str_fmt(a, STR_FMT "@.service", (int)(at - name.p), name.p);
        text = unit_text(s, a, file);
    }
    if (!text.p)
        return;
    unit_settings_add(a, text, ret);
    for (size_t i = COUNT(unit_dirs); i-- > 0;) {
        str_list files = { 0 };
        state_glob(s, a, str_fmt(a, "%s/" STR_FMT ".d/*.conf", unit_dirs[i], STR_ARG(file)).p, &files);
        for (size_t k = 0; k < files.n; k++)
            if (env_read(a, s->env, files.v[k].p, 1 << 20, &text) == 0)
                unit_settings_add(a, text, ret);
    }
}

/* ---- files ---- */

static bool enabled(const host_state *s, arena *a, str file)
{
    str_list links = { 0 };
    state_glob(s, a, str_fmt(a, "/etc/systemd/system/*.wants/" STR_FMT, STR_ARG(file)).p, &links);
    state_glob(s, a, str_fmt(a, "/etc/systemd/system/*.requires/" STR_FMT, STR_ARG(file)).p, &links);
    return links.n != 0;
}

static const char *start_of(const host_state *s, arena *a, const char *path, str file)
{
    struct stat   st;
    unit_settings u = { 0 };
    str           to, text;
    if (state_link(s, a, path, &to) == 0 && str_eq(to, S("/dev/null")))
        return "masked";
    if (state_stat(s, path, &st) == 0 && S_ISREG(st.st_mode) && st.st_size == 0)
        return "masked";
    if (enabled(s, a, file))
        return "enabled";
    if (env_read(a, s->env, path, 1 << 20, &text) != 0)
        return "other";
    unit_settings_add(a, text, &u);
    return u.installs ? "disabled" : "static";
}

/* A link to a file of another name gives a second name to that unit. */
static bool is_alias(const host_state *s, arena *a, const char *path, str file)
{
    str to;
    if (state_link(s, a, path, &to) != 0 || str_eq(to, S("/dev/null")))
        return false;
    const char *slash = memrchr(to.p, '/', to.n);
    return !str_eq(slash ? str_sub(to, (size_t)(slash - to.p) + 1, to.n) : to, file);
}

void units_from_files(const host_state *s, arena *a, unit_set *u)
{
    for (size_t i = 0; i < COUNT(unit_dirs); i++) {
        str_list files = { 0 };
        state_glob(s, a, str_fmt(a, "%s/*.service", unit_dirs[i]).p, &files);
        for (size_t k = 0; k < files.n; k++) {
            auto_arena arena *scratch = arena_new(8 << 20);
            str file = str_of(strrchr(files.v[k].p, '/') + 1), name = str_sub(file, 0, file.n - 8);
            if (str_ends(name, S("@")) || is_alias(s, scratch, files.v[k].p, file))
                continue;
            unit *one = units_slot(u, name);
            if (!one->start)
                one->start = start_of(s, scratch, files.v[k].p, file);
        }
    }
}
