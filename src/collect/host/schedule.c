#include "collect/host/tools.h"

#include <errno.h>

static bool is_assignment(str line)
{
    size_t i = 0;
    while (i < line.n && (line.p[i] == '_' || (line.p[i] | 0x20) >= 'a') && (line.p[i] | 0x20) <= 'z')
        i++;
    str rest = str_trim(str_sub(line, i, line.n));
    return i && str_starts(rest, S("="));
}

void crontab_read(arena *a, str text, bool with_user, str defined_in, schedule *ret)
{
    str    line;
    size_t n = 0;
    while (str_line(&text, &line)) {
        n++;
        str rest = str_trim(line);
        if (!rest.n || rest.p[0] == '#' || is_assignment(rest))
            continue;
        str start = rest;
        for (int i = rest.p[0] == '@' ? 4 : 0; i < 5; i++)
            str_word(&rest);
        str when = str_trim(str_sub(start, 0, start.n - rest.n));
        if (with_user)
            str_word(&rest);
        if (str_trim(rest).n)
            da_push(a, ret) = (scheduled){ str_trim(rest), when, str_fmt(a, STR_FMT ":%zu", STR_ARG(defined_in), n) };
    }
}

static void read_crontabs(host_state *s, arena *a, schedule *ret, bool *ret_whole)
{
    static const struct { const char *pattern; bool with_user; } places[] = {
        { "/etc/crontab", true }, { "/etc/cron.d/*", true }, { "/var/spool/cron/crontabs/*", false }, { "/var/spool/cron/*", false },
    };
    if (state_there(s, "/var/spool/cron/crontabs") == UNKNOWN)
        *ret_whole = false;
    for (size_t i = 0; i < COUNT(places); i++) {
        str_list files = { 0 };
        state_glob(s, a, places[i].pattern, &files);
        for (size_t k = 0; k < files.n; k++) {
            str text;
            int e = env_read(a, s->env, files.v[k].p, 4 << 20, &text);
            if (e == 0)
                crontab_read(a, text, places[i].with_user, files.v[k], ret);
            else if (e != EISDIR)
                *ret_whole = false;
        }
    }
}

/* Scripts that run-parts starts: the command is what the script says. */
static void read_periodic(host_state *s, arena *a, schedule *ret, bool *ret_whole)
{
    static const char *const kinds[] = { "hourly", "daily", "weekly", "monthly" };
    for (size_t i = 0; i < COUNT(kinds); i++) {
        str_list files = { 0 };
        state_glob(s, a, str_fmt(a, "/etc/cron.%s/*", kinds[i]).p, &files);
        for (size_t k = 0; k < files.n; k++) {
            str         text, line;
            const char *leaf = strrchr(files.v[k].p, '/') + 1;
            if (env_read(a, s->env, files.v[k].p, 256 << 10, &text) != 0) {
                *ret_whole = false;
                continue;
            }
            buf all = buf_new(a, 300 << 10);
            buf_putz(&all, leaf);
            while (str_line(&text, &line))
                if (!str_starts(str_trim(line), S("#"))) {
                    buf_putc(&all, '\n');
                    buf_puts(&all, line);
                }
            if (!strchr(leaf, '.'))      /* run-parts passes such names over */
                da_push(a, ret) = (scheduled){ buf_str(&all), str_of(kinds[i]), files.v[k] };
        }
    }
}

static str unit_file(host_state *s, arena *a, str unit)
{
    static const char *const places[] = { "/etc/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system" };
    for (size_t i = 0; i < COUNT(places); i++) {
        str text;
        if (env_read(a, s->env, str_fmt(a, "%s/" STR_FMT, places[i], STR_ARG(unit)).p, 256 << 10, &text) == 0)
            return text;
    }
    return (str){ 0 };
}

static void ini_values(str text, const char *key, buf *out)
{
    str line;
    while (str_line(&text, &line)) {
        str rest = str_trim(line), name = str_trim(str_cut(&rest, '='));
        if (!rest.p || !str_eq(name, str_of(key)))
            continue;
        if (out->n)
            buf_putc(out, ' ');
        buf_puts(out, str_trim(rest));
    }
}

/* Enabled timers are links in timers.target.wants and the like. */
static void read_timers(host_state *s, arena *a, schedule *ret)
{
    str_list files = { 0 };
    state_glob(s, a, "/etc/systemd/system/timers.target.wants/*.timer", &files);
    state_glob(s, a, "/usr/lib/systemd/system/timers.target.wants/*.timer", &files);
    for (size_t i = 0; i < files.n; i++) {
        const char *leaf = strrchr(files.v[i].p, '/') + 1;
        str         name = str_of(leaf), timer = unit_file(s, a, name);
        buf         when = buf_new(a, 4096), unit = buf_new(a, 4096), command = buf_new(a, 64 << 10);
        ini_values(timer, "OnCalendar", &when);
        ini_values(timer, "OnUnitActiveSec", &when);
        ini_values(timer, "Unit", &unit);
        str service = unit.n ? buf_str(&unit) : str_fmt(a, STR_FMT ".service", STR_ARG(str_sub(name, 0, name.n - 6)));
        const char *at = memchr(service.p, '@', service.n);
        str         text = unit_file(s, a, service);
        if (!text.p && at)
            text = unit_file(s, a, str_fmt(a, STR_FMT "@.service", (int)(at - service.p), service.p));
        ini_values(text, "ExecStart", &command);
        if (!command.n)
            buf_puts(&command, service);
        da_push(a, ret) = (scheduled){ buf_str(&command), buf_str(&when), files.v[i] };
    }
}

void schedule_read(host_state *s, arena *a, schedule *ret, bool *ret_whole)
{
    *ret_whole = true;
    read_crontabs(s, a, ret, ret_whole);
    read_periodic(s, a, ret, ret_whole);
    read_timers(s, a, ret);
}

static bool part_of_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool names(str command, str program)
{
    for (str rest = command; rest.n >= program.n;) {
        const char *at = memmem(rest.p, rest.n, program.p, program.n);
        if (!at)
            return false;
        bool begins = at == command.p || !part_of_name(at[-1]);
        bool ends = at + program.n == command.p + command.n || !part_of_name(at[program.n]);
        if (begins && ends)
            return true;
        rest = str_sub(rest, (size_t)(at - rest.p) + 1, rest.n);
    }
    return false;
}

const scheduled *schedule_of(const schedule *l, const char *program)
{
    for (size_t i = 0; i < l->n; i++)
        if (names(l->v[i].command, str_of(program)))
            return &l->v[i];
    return NULL;
}
