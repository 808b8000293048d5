/* Every relation there is. A new one: a file of rows, and its name here. */
#include "model/model.h"

#define RELATIONS(X) \
    X(account) \
    X(audit_config) \
    X(audit_rule) \
    X(backup_tool) \
    X(certificate) \
    X(change) \
    X(commit_log) \
    X(container) \
    X(control_result) \
    X(criterion_result) \
    X(exception) \
    X(file_integrity) \
    X(filesystem) \
    X(firewall) \
    X(group_member) \
    X(host) \
    X(kernel_security) \
    X(log_forwarding) \
    X(malware_protection) \
    X(package) \
    X(pam_rule) \
    X(patch_state) \
    X(privilege) \
    X(process_listener) \
    X(repository) \
    X(result) \
    X(risky_file) \
    X(run) \
    X(run_status) \
    X(scheduled_job) \
    X(secret_finding) \
    X(service) \
    X(setting) \
    X(software_update) \
    X(source_control_setting) \
    X(ssh_key) \
    X(time_sync)

#define X(n) extern const relation relation_##n;
RELATIONS(X)
#undef X

const relation *const relations[] = {
#define X(n) &relation_##n,
    RELATIONS(X)
#undef X
};
const size_t n_relations = COUNT(relations);
