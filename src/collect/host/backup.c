/* Backup tools, their schedule, and the traces their runs leave here. */
#include "collect/host/tools.h"

typedef struct {
    const char *tool;
    const char *packages[3], *paths[3];
    const char *programs[3];                     /* what a schedule would start; none: a server tells it when */
} backup_row;

static const backup_row tools[] = {
    { .tool = "restic", .packages = { "restic", "resticprofile" }, .programs = { "restic", "resticprofile" } },
    { .tool = "borg", .packages = { "borgbackup", "borgmatic" }, .programs = { "borg", "borgmatic" } },
    { .tool = "duplicity", .packages = { "duplicity", "duply" }, .programs = { "duplicity", "duply" } },
    { .tool = "rdiff-backup", .packages = { "rdiff-backup" }, .programs = { "rdiff-backup" } },
    { .tool = "rsnapshot", .packages = { "rsnapshot" }, .programs = { "rsnapshot" } },
    { .tool = "backupninja", .packages = { "backupninja" }, .programs = { "backupninja" } },
    { .tool = "kopia", .packages = { "kopia" }, .programs = { "kopia" } },
    { .tool = "rclone", .packages = { "rclone" }, .programs = { "rclone" } },
    { .tool = "pgbackrest", .packages = { "pgbackrest" }, .programs = { "pgbackrest" } },
    { .tool = "barman", .packages = { "barman" }, .programs = { "barman" } },
    { .tool = "wal-g", .paths = { "/usr/local/bin/wal-g", "/usr/bin/wal-g" }, .programs = { "wal-g" } },
    { .tool = "autopostgresqlbackup", .packages = { "autopostgresqlbackup" }, .programs = { "autopostgresqlbackup" } },
    { .tool = "automysqlbackup", .packages = { "automysqlbackup" }, .programs = { "automysqlbackup" } },
    { .tool = "xtrabackup", .packages = { "percona-xtrabackup-80", "mariadb-backup" }, .programs = { "xtrabackup", "mariabackup", "mariadb-backup" } },
    { .tool = "bacula", .packages = { "bacula-fd", "bacula-client" } },
    { .tool = "bareos", .packages = { "bareos-filedaemon" } },
    { .tool = "amanda", .packages = { "amanda-client" } },
    { .tool = "urbackup", .packages = { "urbackup-client" }, .paths = { "/usr/local/sbin/urbackupclientbackend" } },
    { .tool = "veeam", .packages = { "veeam" } },
    { .tool = "sanoid", .packages = { "sanoid" }, .programs = { "sanoid", "syncoid" } },
    { .tool = "snapper", .packages = { "snapper" }, .programs = { "snapper" } },
    { .tool = "timeshift", .packages = { "timeshift" }, .programs = { "timeshift" } },
    { .tool = "proxmox-backup", .packages = { "proxmox-backup-client" }, .programs = { "proxmox-backup-client" } },
};

static tri installed(host_state *s, const backup_row *b, const software **ret)
{
    tri t = NO;
    *ret = NULL;
    for (size_t i = 0; i < COUNT(b->packages) && b->packages[i]; i++) {
        const software *p;
        tri             one = state_installed(s, b->packages[i], &p);
        if (one == YES && !*ret)
            *ret = p;
        t = t == YES || one == NO ? t : one;
    }
    for (size_t i = 0; i < COUNT(b->paths) && b->paths[i]; i++)
        if (state_exists(s, b->paths[i]))
            t = YES;
    return t;
}

/* A stamp systemd keeps of the last time a persistent timer fired. That is when
 * the run began; how it ended stands nowhere that can be trusted. */
static int64_t timer_stamp(host_state *s, arena *a, const scheduled *w)
{
    const char *leaf = strrchr(w->defined_in.p, '/');
    if (!leaf || !str_ends(w->defined_in, S(".timer")))
        return -1;
    return state_mtime_us(s, str_fmt(a, "/var/lib/systemd/timers/stamp-%s", leaf + 1).p);
}

static void emit_tool(host_state *s, arena *a, const backup_row *b, const software *p, const schedule *l, bool whole)
{
    emit            *e = s->e;
    const scheduled *w = NULL;
    for (size_t i = 0; i < COUNT(b->programs) && b->programs[i] && !w; i++)
        w = schedule_of(l, b->programs[i]);
    emit_text(e, "system", s->env->system);
    emit_z(e, "tool", b->tool);
    if (p)
        emit_text(e, "version", p->version);
    if (w) {
        int64_t at = timer_stamp(s, a, w);
        emit_bool(e, "scheduled", true);
        emit_known(e, "schedule", w->when);
        if (at >= 0 && at <= s->env->now)
            emit_time(e, "last_run_at", at);
    } else if (b->programs[0] && whole) {
        emit_bool(e, "scheduled", false);
    }
    emit_row(e);
}

void part_backup(host_state *s)
{
    auto_arena arena *a = arena_new(64 << 20);
    schedule          l = { 0 };
    bool              read = false, whole = true, unsure = false;
    size_t            n = 0;
    emit_begin(s->e, relation_find(S("backup_tool")));
    for (size_t i = 0; i < COUNT(tools); i++) {
        const software *p;
        tri             there = installed(s, &tools[i], &p);
        unsure = unsure || there == UNKNOWN;
        if (there != YES)
            continue;
        if (!read)
            schedule_read(s, a, &l, &whole);
        read = true;
        n++;
        emit_tool(s, a, &tools[i], p, &l, whole);
    }
    if (!whole)
        emit_lack(s->e, ST_DENIED, "some schedules can be read only by root");
    if (unsure)
        emit_lack(s->e, ST_PARTIAL, "the package database cannot be read; tools are known by their files only");
    emit_end(s->e, n ? ST_OK : ST_ABSENT);
}
