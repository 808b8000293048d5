/* collect/host/state.h - private to the room: what the probes of system state
 * share: one look at the processes and at the packages, files by lines, and
 * the parts they are made of. */
#ifndef COLLECT_HOST_STATE_H
#define COLLECT_HOST_STATE_H

#include "collect/collector.h"

#include <sys/stat.h>

typedef enum { NO = 0, YES = 1, UNKNOWN = -1 } tri;

typedef struct {
    int     pid;
    int64_t uid;
    str     name;                        /* the kernel keeps 15 bytes */
} process;

typedef struct {
    str         name, architecture, version, source;
    const char *manager;
    bool        installed, held;
} software;

typedef struct {
    const collect_env *env;
    emit              *e;
    arena             *a;                /* lives as long as the state */
    tri                processes_known;  /* UNKNOWN: not looked yet */
    process           *processes;
    size_t             n_processes;
    bool               software_read;
    int                dpkg_errno;       /* of its database; 0 when read, ENOENT: not used here */
    int                apk_errno;
    bool               dpkg_broken;
    software          *software;
    size_t             n_software;
    map                by_name;          /* software *; one of that name */
} host_state;

host_state state_file_open(arena *a, const collect_env *env, emit *e);

/* Sets the field when the answer is known. */
void emit_tri(emit *e, const char *field_name, tri t);
void emit_known(emit *e, const char *field_name, str s);         /* unknown when s is empty */

/* ---- files ---- */
int  state_stat(const host_state *s, const char *path, struct stat *ret);    /* errno; follows symlinks */
int  state_lstat(const host_state *s, const char *path, struct stat *ret);
int  state_link(const host_state *s, arena *a, const char *path, str *ret);  /* where a symlink points */
bool state_exists(const host_state *s, const char *path);
/* YES or NO; UNKNOWN when we may not look. */
tri  state_there(const host_state *s, const char *path);
/* A short file (64 KiB) trimmed; p is NULL when it cannot be read. */
str  state_text(const host_state *s, arena *a, const char *path);
int64_t state_mtime_us(const host_state *s, const char *path);               /* -1 when it is not there */
/* A configuration file of at most 4 MiB; ENOENT is silent, any other failure is a lack. */
bool state_config(const host_state *s, arena *a, const char *path, str *ret);

/* Files matching the absolute `pattern`, sorted: whole paths, NUL-terminated. */
typedef DA(str) str_list;
void state_glob(const host_state *s, arena *a, const char *pattern, str_list *ret);

/* ---- processes ---- */
bool state_processes(host_state *s);                     /* false: they cannot be known here */
/* Whether a program of one of these names runs: by the kernel's name and, where we may see
 * it, the program file, which must lie where an administrator puts programs. */
tri  state_runs(host_state *s, const char *const *names);
str  process_exe(const host_state *s, arena *a, const process *p);           /* p is NULL when hidden */
str  account_name(const host_state *s, arena *a, int64_t uid);               /* from /etc/passwd, else the number */

/* ---- packages ---- */
void state_software(host_state *s);
/* Whether it is installed; UNKNOWN when the package database cannot be read. */
tri  state_installed(host_state *s, const char *name, const software **ret);
bool state_has_rpm(const host_state *s);

/* ---- the parts; each ends every relation it begins ---- */
void part_package(host_state *s);
void part_updates(host_state *s);
void part_service(host_state *s);
void part_listener(host_state *s);
void part_firewall(host_state *s);
void part_filesystem(host_state *s);
void part_kernel(host_state *s);
void part_audit(host_state *s);
void part_time_sync(host_state *s);
void part_log_forwarding(host_state *s);
void part_certificate(host_state *s);
void part_malware(host_state *s);
void part_backup(host_state *s);
void part_container(host_state *s);


#endif
