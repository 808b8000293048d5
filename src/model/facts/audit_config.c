#include "model/model.h"

extern const relation relation_audit_config;

static const field fields[] = {
    KEY_TEXT(system, "Host."),
    BOOL(installed, "Whether the audit daemon is installed."),
    BOOL(running, "Whether the audit daemon runs."),
    BOOL(enabled, "Whether the kernel records audit events."),
    BOOL(immutable, "Whether rules can be changed only by a restart."),
    INT(rules, "Number of rules in force."),
    INT(backlog_limit, "Events that may wait before some are lost."),
    BOOL(events_lost, "Whether the kernel has lost events since it was started."),
    TEXT(disk_full_action, "What the daemon does when the disk is full."),
    TEXT(max_log_action, "What the daemon does when a log file is full."),
};

RELATION(audit_config, FACT,
         "The kernel audit system.");
