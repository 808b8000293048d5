#include "model/model.h"

extern const relation relation_audit_rule;

static const field fields[] = {
    KEY_TEXT(system, "Host."),
    KEY_TEXT(rule, "Rule as auditctl -l prints it."),
    BOOL(loaded, "Whether the kernel has it."),
    BOOL(configured, "Whether it is in /etc/audit/rules.d."),
};

RELATION(audit_rule, FACT,
         "A rule of the kernel audit system.");
