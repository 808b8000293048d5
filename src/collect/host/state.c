#include "collect/host/state.h"

#include <errno.h>
#include <fnmatch.h>
#include <limits.h>
#include <unistd.h>

host_state state_file_open(arena *a, const collect_env *env, emit *e)
{
    return (host_state){ .env = env, .e = e, .a = a, .processes_known = UNKNOWN };
}

void emit_tri(emit *e, const char *field_name, tri t)
{
    if (t != UNKNOWN)
        emit_bool(e, field_name, t == YES);
}

void emit_known(emit *e, const char *field_name, str s)
{
    if (s.n)
        emit_text(e, field_name, s);
}

/* ---- files ---- */

/* Paths come from configuration files too, and may be of any length there. */
static bool too_long(const char *path) { return strnlen(path, PATH_MAX) == PATH_MAX; }

int state_lstat(const host_state *s, const char *path, struct stat *ret)
{
    auto_arena arena *a = arena_new(4 << 20);
    if (too_long(path))
        return ENAMETOOLONG;
    return lstat(env_path(a, s->env, path), ret) == 0 ? 0 : errno;
}

/* Links are followed one by one: in another machine's tree an absolute one
 * begins at the top of that tree, not of this machine. */
int state_stat(const host_state *s, const char *path, struct stat *ret)
{
    enum { LINKS_MAX = 40 };
    auto_arena arena *a = arena_new(4 << 20);
    for (int i = 0; i < LINKS_MAX; i++) {
        str to = { 0 };
        int e = state_lstat(s, path, ret);
        if (e || !S_ISLNK(ret->st_mode))
            return e;
        if (!s->env->root[0])
            return stat(path, ret) == 0 ? 0 : errno;
        if ((e = state_link(s, a, path, &to)) != 0)
            return e;
        const char *slash = strrchr(path, '/');
        path = to.n && to.p[0] == '/' ? to.p : str_fmt(a, STR_FMT "/" STR_FMT, (int)(slash ? slash - path : 0), path, STR_ARG(to)).p;
    }
    return ELOOP;
}

int state_link(const host_state *s, arena *a, const char *path, str *ret)
{
    char to[PATH_MAX];
    if (too_long(path))
        return ENAMETOOLONG;
    ssize_t n = readlink(env_path(a, s->env, path), to, sizeof to);
    if (n < 0)
        return errno;
    *ret = str_dup(a, (str){ to, (size_t)n });
    return 0;
}

bool state_exists(const host_state *s, const char *path)
{
    struct stat st;
    return state_stat(s, path, &st) == 0;
}

tri state_there(const host_state *s, const char *path)
{
    struct stat st;
    int         e = state_lstat(s, path, &st);
    return e == 0 ? YES : e == ENOENT || e == ENOTDIR ? NO : UNKNOWN;
}

str state_text(const host_state *s, arena *a, const char *path)
{
    str t;
    if (env_read(a, s->env, path, 64 << 10, &t) != 0)
        return (str){ 0 };
    t = str_trim(t);
    return t.p ? t : S("");
}

int64_t state_mtime_us(const host_state *s, const char *path)
{
    struct stat st;
    if (state_stat(s, path, &st) != 0)
        return -1;
    return st.st_mtim.tv_sec * INT64_C(1000000) + st.st_mtim.tv_nsec / 1000;
}

bool state_config(const host_state *s, arena *a, const char *path, str *ret)
{
    int e = env_read(a, s->env, path, 4 << 20, ret);
    if (e && e != ENOENT && e != ENOTDIR)
        emit_lack_errno(s->e, e, path);
    return e == 0;
}

/* `rest` is the pattern below the directory `dir`, which has no wildcard any more. */
static void glob_below(const host_state *s, arena *a, str dir, str rest, str_list *ret)
{
    str    below = rest, part = str_cut(&below, '/'), *names;
    char  *z = str_z(a, part);
    size_t n;
    if (!strpbrk(z, "*?[")) {
        str path = str_fmt(a, STR_FMT "/" STR_FMT, STR_ARG(dir), STR_ARG(part));
        if (below.p)
            glob_below(s, a, path, below, ret);
        else if (state_there(s, path.p) == YES)
            da_push(a, ret) = path;
        return;
    }
    int e = env_names(a, s->env, dir.n ? str_z(a, dir) : "/", &names, &n);
    if (e && e != ENOENT && e != ENOTDIR)
        emit_lack_errno(s->e, e, str_z(a, dir));
    for (size_t i = 0; !e && i < n; i++) {
        if (fnmatch(z, str_z(a, names[i]), FNM_PERIOD) != 0)
            continue;
        str path = str_fmt(a, STR_FMT "/" STR_FMT, STR_ARG(dir), STR_ARG(names[i]));
        if (below.p)
            glob_below(s, a, path, below, ret);
        else
            da_push(a, ret) = path;
    }
}

void state_glob(const host_state *s, arena *a, const char *pattern, str_list *ret)
{
    enum { PARTS_MAX = 64 };
    size_t parts = 0;
    for (const char *p = pattern; *p; p++)
        parts += *p == '/';
    if (pattern[0] == '/' && !too_long(pattern) && parts <= PARTS_MAX)
        glob_below(s, a, S(""), str_of(pattern + 1), ret);
}

/* ---- processes ---- */

static void process_look(host_state *s, arena *scratch, int pid)
{
    const char *dir = str_fmt(scratch, "/proc/%d", pid).p;
    struct stat st;
    str         name = state_text(s, scratch, str_fmt(scratch, "%s/comm", dir).p);
    if (!name.n || state_stat(s, dir, &st) != 0)         /* it ended while we looked */
        return;
    s->processes[s->n_processes++] = (process){ .pid = pid, .uid = st.st_uid, .name = str_dup(s->a, name) };
}

static int by_pid(const void *a, const void *b)
{
    const process *x = a, *y = b;
    return x->pid < y->pid ? -1 : x->pid > y->pid;
}

bool state_processes(host_state *s)
{
    if (s->processes_known != UNKNOWN)
        return s->processes_known == YES;
    auto_arena arena *a = arena_new(64 << 20);
    str              *names;
    size_t            n, pids = 0;
    s->processes_known = NO;
    if (env_names(a, s->env, "/proc", &names, &n) != 0)
        return false;
    s->processes = NEW_ARRAY(s->a, process, n + 1);
    for (size_t i = 0; i < n; i++) {
        int64_t pid;
        if (!parse_int(names[i], 1, INT32_MAX, &pid))
            continue;
        pids++;
        process_look(s, a, (int)pid);
    }
    if (pids)
        s->processes_known = YES;
    if (s->n_processes)
        qsort(s->processes, s->n_processes, sizeof *s->processes, by_pid);
    return pids != 0;
}

str process_exe(const host_state *s, arena *a, const process *p)
{
    str to = { 0 };
    if (state_link(s, a, str_fmt(a, "/proc/%d/exe", p->pid).p, &to) != 0)
        return (str){ 0 };
    if (str_ends(to, S(" (deleted)")))                   /* replaced by an update; still the same program */
        to.n -= sizeof " (deleted)" - 1;
    return to;
}

/* Programs elsewhere (a home, /tmp) may carry any name they like. */
static bool trusted_place(str exe)
{
    static const char *const places[] = { "/usr/", "/bin/", "/sbin/", "/lib/", "/opt/", "/snap/", "/var/ossec/" };
    for (size_t i = 0; i < COUNT(places); i++)
        if (str_starts(exe, str_of(places[i])))
            return true;
    return false;
}

/* A process of another pid namespace belongs to a container, not to this machine. */
static bool of_this_machine(const host_state *s, arena *a, const process *p)
{
    str mine = { 0 }, its = { 0 };
    if (state_link(s, a, "/proc/self/ns/pid", &mine) != 0 ||
        state_link(s, a, str_fmt(a, "/proc/%d/ns/pid", p->pid).p, &its) != 0)
        return true;
    return str_eq(mine, its);
}

static bool is_program(const host_state *s, const process *p, str name)
{
    if (!str_eq(p->name, str_sub(name, 0, 15)))
        return false;
    auto_arena arena *a = arena_new(4 << 20);
    str               exe = process_exe(s, a, p);
    if (!of_this_machine(s, a, p))
        return false;
    return exe.p ? trusted_place(exe) : p->uid < 1000;
}

tri state_runs(host_state *s, const char *const *names)
{
    if (!state_processes(s))
        return UNKNOWN;
    for (; *names; names++)
        for (size_t i = 0; i < s->n_processes; i++)
            if (is_program(s, &s->processes[i], str_of(*names)))
                return YES;
    return NO;
}

str account_name(const host_state *s, arena *a, int64_t uid)
{
    str text, line;
    if (env_read(a, s->env, "/etc/passwd", 16 << 20, &text) == 0)
        while (str_line(&text, &line)) {
            str     rest = line, name = str_cut(&rest, ':');
            int64_t n;
            if (rest.p)
                str_cut(&rest, ':');
            if (rest.p && parse_int(str_cut(&rest, ':'), 0, UINT32_MAX, &n) && n == uid)
                return name;
        }
    return str_fmt(a, "%lld", (long long)uid);
}
