/* collect/host/jobs.h - private: what the parts of the scheduled_job probe share. */
#ifndef COLLECT_HOST_JOBS_H
#define COLLECT_HOST_JOBS_H

#include "collect/host/conf.h"

typedef struct {
    arena             *a;
    const collect_env *env;
    emit              *e;
    conf_files         files;
    str                passwd;           /* text of /etc/passwd, to name owners */
    map                uids;             /* login -> int64_t *, of those asked for */
    bool               cron_there, at_there, systemd_runs;
} jobs;

typedef struct {
    str         defined_in, schedule, account, command;
    const char *kind;
    const char *file;                    /* where it is written, for its permissions */
    bool        enabled;
} job;

void jobs_emit(jobs *j, const job *row);
bool jobs_exists(const jobs *j, const char *path);
/* False: absent, or unreadable and told. */
bool jobs_read(jobs *j, const char *path, str *ret);
/* As env_names; unreadable directories are told, absent ones are empty. */
size_t jobs_names(jobs *j, const char *path, str **ret);
/* The login of a user id, or "#id". */
str jobs_login(const jobs *j, int64_t uid);

void jobs_timers(jobs *j);
void jobs_at(jobs *j);

#endif
