#include "collect/source.h"

/* name as in the code, name as people write it, what it reads, what it promises */
#define SOURCES(X)                                                                                        \
    X(git, "git", "a git repository: history, changes, safeguards, secrets in its files",                 \
      "change", "commit_log", "repository", "secret_finding", "source_control_setting")                   \
    X(host, "host", "this machine: accounts, settings, services, packages, network, logs",                \
      "account", "audit_config", "audit_rule", "backup_tool", "certificate", "container",                 \
      "file_integrity", "filesystem", "firewall", "group_member", "host", "kernel_security",              \
      "log_forwarding", "malware_protection", "package", "pam_rule", "patch_state", "privilege",          \
      "process_listener", "scheduled_job", "service", "setting", "software_update", "ssh_key", "time_sync")  \
    X(host_files, "host-files", "a walk of all local disks of this machine for files that give away rights", "risky_file")

#define X(id, n, d, ...) { .name = n, .doc = d, .relations = (const char *const[]){ __VA_ARGS__, NULL } },
const collect_source collect_sources[] = { SOURCES(X) };
#undef X

#define X(id, ...) collect_##id,
void (*const collect_source_runs[])(const collect_env *env, emit *e) = { SOURCES(X) };
#undef X

const size_t n_collect_sources = COUNT(collect_sources);

const collect_source *collect_source_find(str name)
{
    for (size_t i = 0; i < n_collect_sources; i++)
        if (str_eq(str_of(collect_sources[i].name), name))
            return &collect_sources[i];
    return NULL;
}
