#include "collect/host/jobs.h"
#include "collect/host/cron.h"
#include "collect/host/passwd.h"
#include "collect/host/probes.h"
#include "collect/host/redact.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

extern const relation relation_scheduled_job;

bool jobs_exists(const jobs *j, const char *path) { return access(env_path(j->a, j->env, path), F_OK) == 0; }

bool jobs_read(jobs *j, const char *path, str *ret)
{
    int e = env_read(j->a, j->env, path, CONF_FILE_MAX, ret);
    if (e && e != ENOENT && e != ENOTDIR && e != EISDIR)
        emit_lack_errno(j->e, e, path);
    return e == 0;
}

size_t jobs_names(jobs *j, const char *path, str **ret)
{
    size_t n = 0;
    int    e = env_names(j->a, j->env, path, ret, &n);
    if (e && e != ENOENT && e != ENOTDIR)
        emit_lack_errno(j->e, e, path);
    return e ? 0 : n;
}

str jobs_login(const jobs *j, int64_t uid)
{
    str          text = j->passwd, line;
    passwd_entry pw;
    while (str_line(&text, &line))
        if (passwd_parse(line, &pw) == LINE_ENTRY && pw.uid == uid)
            return pw.login;
    return str_fmt(j->a, "#%lld", (long long)uid);
}

static int64_t uid_of(jobs *j, str login)
{
    str          text = j->passwd, line;
    passwd_entry pw;
    int64_t     *uid = map_get(&j->uids, login);
    if (uid)
        return *uid;
    *map_put(&j->uids, login) = uid = NEW(j->a, int64_t);
    while (str_line(&text, &line))
        if (passwd_parse(line, &pw) == LINE_ENTRY && str_eq(pw.login, login)) {
            *uid = pw.uid;
            break;
        }
    return *uid;
}

/* ---- who can change what runs ------------------------------------------------------- */

typedef enum { KEPT, OTHERS, NOT_SEEN } writers;

static bool others_write(const struct stat *st)
{
    return (st->st_mode & 02) || ((st->st_mode & 020) && st->st_gid != 0);
}

static bool is_kept(const struct stat *st, int64_t owner) { return st->st_uid == 0 || (int64_t)st->st_uid == owner; }

/* Whoever may write the directory puts another file in the place of the one that is
 * there, or of the one that is not. The sticky bit keeps only what is there. */
static writers who_replaces(const jobs *j, const char *path, int64_t owner, bool there)
{
    struct stat st;
    const char *slash = strrchr(path, '/');
    const char *dir = slash && slash > path ? str_fmt(j->a, "%.*s", (int)(slash - path), path).p : "/";
    if (stat(env_path(j->a, j->env, dir), &st) != 0)
        return errno == ENOENT || errno == ENOTDIR ? KEPT : NOT_SEEN;
    return !is_kept(&st, owner) || (others_write(&st) && !(there && (st.st_mode & S_ISVTX))) ? OTHERS : KEPT;
}

static writers who_writes(const jobs *j, const char *path, int64_t owner)
{
    struct stat st;
    if (stat(env_path(j->a, j->env, path), &st) != 0)
        return errno == ENOENT || errno == ENOTDIR ? who_replaces(j, path, owner, false) : NOT_SEEN;
    if (!S_ISREG(st.st_mode))
        return KEPT;
    return others_write(&st) || !is_kept(&st, owner) ? OTHERS : who_replaces(j, path, owner, true);
}

/* The job's file and every program or script its command names by a full path. */
static writers job_writers(jobs *j, const job *row)
{
    enum { PROGRAMS_MAX = 8 };
    str     rest = row->command;
    int64_t owner = row->account.n && !str_eq(row->account, S("root")) ? uid_of(j, row->account) : 0;
    writers worst = row->file ? who_writes(j, row->file, owner) : KEPT;
    int     seen = 0;
    for (str w = str_word(&rest); w.n && seen < PROGRAMS_MAX; w = str_word(&rest)) {
        while (w.n && memchr("\"'(;&|-@+!:", w.p[0], 11))
            w = str_sub(w, 1, w.n);
        while (w.n && memchr("\"');&|", w.p[w.n - 1], 6))
            w = str_sub(w, 0, w.n - 1);
        if (w.n < 2 || w.p[0] != '/' || w.n > 4000 || memchr(w.p, 0, w.n))
            continue;
        seen++;
        writers now = who_writes(j, str_z(j->a, w), owner);
        if (now == OTHERS || (now == NOT_SEEN && worst == KEPT))
            worst = now;
    }
    return worst;
}

void jobs_emit(jobs *j, const job *row)
{
    emit   *e = j->e;
    writers w = job_writers(j, row);
    emit_text(e, "system", j->env->system);
    emit_text(e, "defined_in", row->defined_in);
    emit_z(e, "kind", row->kind);
    if (row->schedule.n)
        emit_text(e, "schedule", row->schedule);
    if (row->account.n)
        emit_text(e, "account", row->account);
    if (row->command.n)
        emit_text(e, "command", redact_command(j->a, utf8_clean(j->a, row->command)));
    emit_bool(e, "enabled", row->enabled);
    if (w != NOT_SEEN)
        emit_bool(e, "writable_by_others", w == OTHERS);
    emit_row(e);
}

/* ---- cron ----------------------------------------------------------------------------- */

static void cron_table(jobs *j, const char *path, str account, bool enabled)
{
    str       text, line;
    int64_t   n = 0;
    cron_line c;
    if (!jobs_read(j, path, &text))
        return;
    while (str_line(&text, &line)) {
        n++;
        if (cron_parse(line, account.n == 0, &c))
            jobs_emit(j, &(job){ .defined_in = conf_place(j->a, str_of(path), n), .kind = "cron", .schedule = c.schedule,
                                 .account = account.n ? account : c.account, .command = c.command, .file = path,
                                 .enabled = enabled && j->cron_there });
    }
}

static void cron_directory(jobs *j)
{
    str   *names;
    size_t n = jobs_names(j, "/etc/cron.d", &names);
    for (size_t i = 0; i < n; i++)
        cron_table(j, str_fmt(j->a, "/etc/cron.d/" STR_FMT, STR_ARG(names[i])).p, S(""), cron_name(names[i]));
}

/* Debian keeps users' tables in crontabs/, others right in /var/spool/cron. */
static void user_tables(jobs *j)
{
    static const char *const dirs[] = { "/var/spool/cron/crontabs", "/var/spool/cron" };
    for (size_t d = 0; d < COUNT(dirs); d++) {
        str   *names;
        size_t n = jobs_names(j, dirs[d], &names);
        for (size_t i = 0; i < n; i++) {
            const char *path = str_fmt(j->a, "%s/" STR_FMT, dirs[d], STR_ARG(names[i])).p;
            struct stat st;
            if (stat(env_path(j->a, j->env, path), &st) == 0 && S_ISREG(st.st_mode) && names[i].p[0] != '.')
                cron_table(j, path, names[i], true);
        }
    }
}

static void run_parts(jobs *j, const char *period, bool anacron)
{
    const char *dir = str_fmt(j->a, "/etc/cron.%s", period).p;
    str        *names;
    size_t      n = jobs_names(j, dir, &names);
    for (size_t i = 0; i < n; i++) {
        const char *path = str_fmt(j->a, "%s/" STR_FMT, dir, STR_ARG(names[i])).p;
        struct stat st;
        if (stat(env_path(j->a, j->env, path), &st) != 0 || !S_ISREG(st.st_mode) || names[i].p[0] == '.')
            continue;
        bool runs = cron_name(names[i]) && (st.st_mode & 0111);
        jobs_emit(j, &(job){ .defined_in = str_of(path), .kind = anacron ? "anacron" : "cron", .schedule = str_of(period),
                             .account = S("root"), .command = str_of(path), .file = path, .enabled = runs && j->cron_there });
    }
}

static void anacron_table(jobs *j)
{
    static const char path[] = "/etc/anacrontab";
    str               text, line;
    int64_t           n = 0;
    cron_line         c;
    bool              there = jobs_exists(j, "/usr/sbin/anacron");
    if (!jobs_read(j, path, &text))
        return;
    while (str_line(&text, &line)) {
        n++;
        if (anacron_parse(line, &c))
            jobs_emit(j, &(job){ .defined_in = conf_place(j->a, str_of(path), n), .kind = "anacron", .schedule = c.schedule,
                                 .account = c.account, .command = c.command, .file = path, .enabled = there });
    }
}

void probe_jobs(const collect_env *env, emit *e)
{
    static const char *const periods[] = { "hourly", "daily", "weekly", "monthly", "yearly" };
    jobs j = { .a = env->a, .env = env, .e = e, .files = conf_files_of(env), .uids = map_new(env->a) };
    emit_begin(e, &relation_scheduled_job);
    int err = env_read(j.a, env, "/etc/passwd", 64 << 20, &j.passwd);
    if (err)
        emit_lack_errno(e, err, "/etc/passwd");
    j.cron_there = jobs_exists(&j, "/usr/sbin/cron") || jobs_exists(&j, "/usr/sbin/crond");
    j.at_there = jobs_exists(&j, "/usr/sbin/atd");
    j.systemd_runs = jobs_exists(&j, "/run/systemd/system");
    cron_table(&j, "/etc/crontab", S(""), true);
    cron_directory(&j);
    for (size_t i = 0; i < COUNT(periods); i++)
        run_parts(&j, periods[i], i > 0 && jobs_exists(&j, "/usr/sbin/anacron"));
    anacron_table(&j);
    user_tables(&j);
    jobs_timers(&j);
    jobs_at(&j);
    emit_end(e, ST_OK);
}
