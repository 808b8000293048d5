#include "collect/host/jobs.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const unit_dirs[] = { "/etc/systemd/system", "/run/systemd/system", "/usr/local/lib/systemd/system",
                                         "/usr/lib/systemd/system", "/lib/systemd/system", NULL };

/* ---- timers --------------------------------------------------------------------------- */

typedef struct {
    const char *path;
    buf         schedule;
    str         unit, exec, user;
    bool        masked;
} unit;

static void add_schedule(unit *u, const ini_pair *p)
{
    static const char *const names[] = { "OnCalendar", "OnBootSec", "OnStartupSec", "OnActiveSec", "OnUnitActiveSec",
                                         "OnUnitInactiveSec" };
    for (size_t i = 0; i < COUNT(names); i++) {
        if (!str_eq(p->name, str_of(names[i])))
            continue;
        if (p->value.n == 0) {           /* an empty value takes all times back */
            buf_clear(&u->schedule);
            return;
        }
        buf_putz(&u->schedule, u->schedule.n ? "; " : "");
        buf_putz(&u->schedule, names[i]);
        buf_putc(&u->schedule, '=');
        buf_puts(&u->schedule, p->value);
    }
}

static void read_unit(jobs *j, unit *u, const char *path)
{
    ini_reader r = { 0 };
    ini_pair   p;
    int        e = env_read(j->a, j->env, path, CONF_FILE_MAX, &r.rest);
    if (e && e != ENOENT && e != EINVAL)  /* EINVAL: a drop-in that is a link to /dev/null */
        emit_lack_errno(j->e, e, path);
    while (!e && ini_next(j->a, &r, &p)) {
        if (str_eq(p.section, S("Timer"))) {
            add_schedule(u, &p);
            if (str_eq(p.name, S("Unit")))
                u->unit = p.value;
        } else if (str_eq(p.section, S("Service"))) {
            if (str_eq(p.name, S("ExecStart")))
                u->exec = p.value.n == 0 ? S("") : u->exec.n ? str_fmt(j->a, STR_FMT "; " STR_FMT, STR_ARG(u->exec), STR_ARG(p.value)) : p.value;
            if (str_eq(p.name, S("User")))
                u->user = p.value;
        }
    }
}

/* A link to /dev/null takes a unit out of use. */
static bool is_mask(jobs *j, const char *path)
{
    char    target[16];
    ssize_t n = readlink(env_path(j->a, j->env, path), target, sizeof target);
    return n > 0 && str_eq((str){ target, (size_t)n }, S("/dev/null"));
}

/* The unit's file of the most important directory, then its drop-ins. */
static bool load_unit(jobs *j, str name, unit *ret)
{
    const char *dirs[COUNT(unit_dirs)] = { 0 };
    conf_notes  notes = { 0 };
    *ret = (unit){ .schedule = buf_new(j->a, 16 << 10), .unit = S(""), .exec = S(""), .user = S("") };
    for (size_t d = 0; unit_dirs[d]; d++) {
        const char *path = str_fmt(j->a, "%s/" STR_FMT, unit_dirs[d], STR_ARG(name)).p;
        dirs[d] = str_fmt(j->a, "%s.d", path).p;
        bool mask = !ret->path && is_mask(j, path);
        ret->masked = ret->masked || mask;
        if (!ret->path && (mask || jobs_exists(j, path)))
            ret->path = path;
    }
    if (!ret->path || ret->masked)
        return ret->path != NULL;
    read_unit(j, ret, ret->path);
    conf_strs paths = conf_drop_ins(j->a, &j->files, dirs, S(".conf"), &notes);
    conf_notes_emit(j->e, &notes);
    for (size_t i = 0; i < paths.n; i++)
        read_unit(j, ret, str_z(j->a, paths.v[i]));
    return true;
}

/* The names in every *.wants and *.requires directory. */
static map wanted_units(jobs *j)
{
    map wanted = map_new(j->a);
    for (size_t d = 0; unit_dirs[d]; d++) {
        str   *names, *inner;
        size_t n = jobs_names(j, unit_dirs[d], &names);
        for (size_t i = 0; i < n; i++) {
            if (!str_ends(names[i], S(".wants")) && !str_ends(names[i], S(".requires")))
                continue;
            size_t m = jobs_names(j, str_fmt(j->a, "%s/" STR_FMT, unit_dirs[d], STR_ARG(names[i])).p, &inner);
            for (size_t k = 0; k < m; k++)
                *map_put(&wanted, inner[k]) = j;
        }
    }
    return wanted;
}

static str service_of(jobs *j, str timer, const unit *u)
{
    if (u->unit.n)
        return u->unit;
    return str_fmt(j->a, STR_FMT ".service", STR_ARG(str_sub(timer, 0, timer.n - 6)));
}

/* An instance "x@1.timer" has its lines in "x@.timer"; %i stays as it is written. */
static str template_of(jobs *j, str name)
{
    const char *at = memchr(name.p, '@', name.n);
    if (!at || at[1] == '.')
        return name;
    size_t dot = name.n;
    while (dot && name.p[dot - 1] != '.')
        dot--;
    return str_fmt(j->a, STR_FMT "@." STR_FMT, STR_ARG(str_sub(name, 0, (size_t)(at - name.p))), STR_ARG(str_sub(name, dot, name.n)));
}

static void emit_timer(jobs *j, str name, bool wanted)
{
    unit timer, service;
    if (!load_unit(j, name, &timer) && !load_unit(j, template_of(j, name), &timer))
        return;
    str  service_name = service_of(j, name, &timer);
    bool found = load_unit(j, service_name, &service) || load_unit(j, template_of(j, service_name), &service);
    jobs_emit(j, &(job){ .defined_in = name, .kind = "timer", .schedule = buf_str(&timer.schedule),
                         .account = !found ? S("") : service.user.n ? service.user : S("root"),
                         .command = found ? service.exec : service_name, .file = timer.path,
                         .enabled = wanted && !timer.masked && j->systemd_runs });
}

void jobs_timers(jobs *j)
{
    map wanted = wanted_units(j), done = map_new(j->a);
    for (size_t d = 0; unit_dirs[d]; d++) {
        str   *names;
        size_t n = jobs_names(j, unit_dirs[d], &names);
        for (size_t i = 0; i < n; i++) {
            if (!str_ends(names[i], S(".timer")) || map_get(&done, names[i]))
                continue;
            *map_put(&done, names[i]) = j;
            emit_timer(j, names[i], map_get(&wanted, names[i]) != NULL);
        }
    }
    for (size_t i = 0; i < wanted.cap; i++) {          /* instances have no file of their own */
        str name = wanted.entries[i].key;
        if (name.p && str_ends(name, S(".timer")) && !map_get(&done, name))
            emit_timer(j, name, true);
    }
}

/* ---- at ------------------------------------------------------------------------------- */

/* "a0000201bd5c3a": queue letter, number (5 hex), minutes since 1970 (8 hex). */
static bool at_time(str name, time_us *ret)
{
    int64_t minutes = 0;
    if (name.n != 14)
        return false;
    for (size_t i = 6; i < 14; i++) {
        const char *digits = "0123456789abcdef", *d = memchr(digits, name.p[i], 16);
        if (!d)
            return false;
        minutes = minutes * 16 + (d - digits);
    }
    *ret = MINUTES(minutes);
    return true;
}

/* After the environment at writes: the script, whose last lines are what was typed. */
static str at_command(arena *a, str text)
{
    str line, command = S("");
    while (str_line(&text, &line)) {
        if (str_starts(line, S("cd ")))
            command = S("");
        else if (str_trim(line).n && line.p[0] != '#' && !str_contains(line, S("; export ")) && command.n < 4096)
            command = command.n ? str_fmt(a, STR_FMT "; " STR_FMT, STR_ARG(command), STR_ARG(str_trim(line))) : str_trim(line);
    }
    return command;
}

void jobs_at(jobs *j)
{
    static const char *const dirs[] = { "/var/spool/cron/atjobs", "/var/spool/at" };
    for (size_t d = 0; d < COUNT(dirs); d++) {
        str   *names, text;
        size_t n = jobs_names(j, dirs[d], &names);
        for (size_t i = 0; i < n; i++) {
            const char *path = str_fmt(j->a, "%s/" STR_FMT, dirs[d], STR_ARG(names[i])).p;
            struct stat st;
            time_us     at;
            if (!at_time(names[i], &at) || stat(env_path(j->a, j->env, path), &st) != 0 || !jobs_read(j, path, &text))
                continue;
            jobs_emit(j, &(job){ .defined_in = str_of(path), .kind = "at", .schedule = time_rfc3339(j->a, at),
                                 .account = jobs_login(j, st.st_uid), .command = at_command(j->a, text), .file = path,
                                 .enabled = j->at_there });
        }
    }
}
