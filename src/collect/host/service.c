/* Background services: systemd's where it runs, init scripts elsewhere. */
#include "collect/host/units.h"

/* ---- systemd ---- */

/* The first process of the unit's control group. */
static int64_t main_pid(const host_state *s, arena *a, str name)
{
    static const char *const roots[] = { "/sys/fs/cgroup", "/sys/fs/cgroup/unified", "/sys/fs/cgroup/systemd" };
    for (size_t i = 0; i < COUNT(roots); i++) {
        str     text = state_text(s, a, str_fmt(a, "%s/system.slice/" STR_FMT ".service/cgroup.procs", roots[i], STR_ARG(name)).p);
        int64_t pid;
        if (text.n && parse_int(str_cut(&text, '\n'), 1, INT32_MAX, &pid))
            return pid;
    }
    return 0;
}

static tri process_barred(const host_state *s, arena *a, int64_t pid)
{
    str text = state_text(s, a, str_fmt(a, "/proc/%lld/status", (long long)pid).p), line;
    while (str_line(&text, &line))
        if (str_starts(line, S("NoNewPrivs:")))
            return str_eq(str_trim(str_sub(line, 11, line.n)), S("1")) ? YES : NO;
    return UNKNOWN;
}

static tri barred(const unit_settings *u)
{
    if (!u->found)
        return UNKNOWN;
    bool ordinary = u->user.n && !str_eq(u->user, S("root")) && !str_eq(u->user, S("0"));
    return u->no_new_privileges || u->dynamic_user || (!u->said && ordinary && u->implied) ? YES : NO;
}

static void emit_account(emit *e, const unit *u, const unit_settings *set)
{
    bool pattern = set->user.n && memchr(set->user.p, '%', set->user.n);
    if (!set->found || pattern)
        return;
    emit_text(e, "account", set->user.n ? set->user : set->dynamic_user ? u->name : S("root"));
}

static void emit_unit(host_state *s, const unit *u)
{
    auto_arena arena *a = arena_new(8 << 20);
    emit             *e = s->e;
    unit_settings     set;
    int64_t           pid = u->running == YES ? main_pid(s, a, u->name) : 0;
    tri               bar = pid ? process_barred(s, a, pid) : UNKNOWN;
    unit_settings_read(s, a, u->name, &set);
    emit_text(e, "system", s->env->system);
    emit_text(e, "name", u->name);
    emit_z(e, "manager", "systemd");
    emit_tri(e, "running", u->running);
    emit_tri(e, "failed", u->failed);
    emit_z(e, "start", u->start);
    emit_account(e, u, &set);
    emit_tri(e, "no_new_privileges", bar == UNKNOWN ? barred(&set) : bar);
    emit_row(e);
}

/* ---- init scripts ---- */

static str leaf_of(str path)
{
    const char *slash = memrchr(path.p, '/', path.n);
    return slash ? str_sub(path, (size_t)(slash - path.p) + 1, path.n) : path;
}

/* The program a script starts, where it says so plainly. */
static str daemon_of(str text)
{
    str line;
    while (str_line(&text, &line)) {
        str rest = str_trim(line), key = str_cut(&rest, '=');
        if (!rest.p || !(str_eq(key, S("DAEMON")) || str_eq(key, S("daemon"))))
            continue;
        while (rest.n && (rest.p[0] == '"' || rest.p[0] == '\''))
            rest = str_sub(rest, 1, rest.n);
        str word = str_word(&rest);
        while (word.n && (word.p[word.n - 1] == '"' || word.p[word.n - 1] == '\'' || word.p[word.n - 1] == ';'))
            word.n--;
        if (str_starts(word, S("/")) && !memchr(word.p, '$', word.n))
            return word;
    }
    return (str){ 0 };
}

static bool pid_file_lives(host_state *s, arena *a, str name)
{
    const char *const paths[] = {
        str_fmt(a, "/run/" STR_FMT ".pid", STR_ARG(name)).p,
        str_fmt(a, "/run/" STR_FMT "/" STR_FMT ".pid", STR_ARG(name), STR_ARG(name)).p,
        str_fmt(a, "/run/" STR_FMT "d.pid", STR_ARG(name)).p,
    };
    for (size_t i = 0; i < COUNT(paths); i++) {
        int64_t pid;
        if (!parse_int(state_text(s, a, paths[i]), 1, INT32_MAX, &pid) || !state_processes(s))
            continue;
        for (size_t k = 0; k < s->n_processes; k++)      /* the number may have gone to another program since */
            if (s->processes[k].pid == pid && str_starts(s->processes[k].name, str_sub(name, 0, 4)))
                return true;
    }
    return false;
}

static tri script_runs(host_state *s, arena *a, str name, str text)
{
    str program = daemon_of(text);
    if (program.n) {
        const char *const names[] = { str_z(a, leaf_of(program)), NULL };
        return state_runs(s, names);
    }
    return pid_file_lives(s, a, name) ? YES : UNKNOWN;
}

static const char *script_start(host_state *s, arena *a, str name)
{
    str_list on = { 0 };
    state_glob(s, a, str_fmt(a, "/etc/rc[2345].d/S[0-9][0-9]" STR_FMT, STR_ARG(name)).p, &on);
    return on.n ? "enabled" : "disabled";
}

static void emit_script(host_state *s, str path)
{
    auto_arena arena *a = arena_new(8 << 20);
    emit             *e = s->e;
    str               name = leaf_of(path), text;
    struct stat       st;
    if (state_stat(s, path.p, &st) != 0 || !S_ISREG(st.st_mode) || !(st.st_mode & S_IXUSR))
        return;
    emit_text(e, "system", s->env->system);
    emit_text(e, "name", name);
    emit_z(e, "manager", "sysv");
    emit_tri(e, "running", env_read(a, s->env, path.p, 1 << 20, &text) == 0 ? script_runs(s, a, name, text) : UNKNOWN);
    emit_z(e, "start", script_start(s, a, name));
    emit_row(e);
}

static bool of_systemd(const host_state *s, arena *a)
{
    str to;
    if (s->env->live)
        return state_exists(s, "/run/systemd/system");
    return state_link(s, a, "/sbin/init", &to) == 0 ? str_ends(to, S("systemd")) : state_exists(s, "/lib/systemd/systemd");
}

void part_service(host_state *s)
{
    auto_arena arena *a = arena_new(64 << 20);
    unit_set          u = units_open(a);
    str_list          scripts = { 0 };
    emit_begin(s->e, relation_find(S("service")));
    if (of_systemd(s, a)) {
        const char *why = units_ask(s, &u);
        if (why) {
            u = units_open(a);
            units_from_files(s, a, &u);
            emit_lack(s->e, ST_UNSUPPORTED, "%s; what runs is not known", why);
        }
        for (size_t i = 0; i < u.list.n; i++)
            emit_unit(s, &u.list.v[i]);
    } else {
        state_glob(s, a, "/etc/init.d/[!.]*", &scripts);
        for (size_t i = 0; i < scripts.n; i++)
            emit_script(s, scripts.v[i]);
        if (!s->env->live)
            emit_lack(s->e, ST_UNSUPPORTED, "what runs is known only on the running machine");
    }
    emit_end(s->e, u.list.n || scripts.n ? ST_OK : ST_ABSENT);
}
