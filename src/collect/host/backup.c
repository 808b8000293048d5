/* Backup tools, their schedule, and the traces their runs leave here. */
#include "collect/host/tools.h"

/* Without a program nothing here says when it runs: a server tells it. */
static const tool_row tools[] = {
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

/* A stamp systemd keeps of the last time a persistent timer fired. That is when
 * the run began; how it ended stands nowhere that can be trusted. */
static int64_t timer_stamp(host_state *s, arena *a, const scheduled *w)
{
    const char *leaf = strrchr(w->defined_in.p, '/');
    if (!leaf || !str_ends(w->defined_in, S(".timer")))
        return -1;
    return state_mtime_us(s, str_fmt(a, "/var/lib/systemd/timers/stamp-%s", leaf + 1).p);
}

static void emit_backup(host_state *s, arena *a, const tool_row *t, const schedule *l, bool whole)
{
    emit            *e = s->e;
    const scheduled *w = tool_scheduled(t, l);
    if (w) {
        int64_t at = timer_stamp(s, a, w);
        emit_bool(e, "scheduled", true);
        emit_known(e, "schedule", w->when);
        if (at >= 0 && at <= s->env->now)
            emit_time(e, "last_run_at", at);
    } else if (t->programs[0] && whole) {
        emit_bool(e, "scheduled", false);
    }
}

void part_backup(host_state *s)
{
    tools_emit(s, "backup_tool", tools, COUNT(tools), emit_backup);
}
