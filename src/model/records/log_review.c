#include "model/model.h"

extern const relation relation_log_review;

static const field fields[] = {
    RECORD_ID("LR-1, LR-2 ..."),
    TEXT(kind, "What was looked at.", CHOICES("security", "administrators", "customer_data", "alert_rules", "firewall_rules"),
         .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(scope, "Which logs or rules, of which systems.", .flags = FIELD_REQUIRED | FIELD_LONG | FIELD_COLUMN),
    TIME(starts_at, "Begin of what was looked at."),
    TIME(ends_at, "End of what was looked at."),
    TIME(performed_at, "When it was done.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(outcome, "nothing: nothing to follow; changes: rules or rights were changed; incident: one was opened.",
         CHOICES("nothing", "changes", "incident"), .flags = FIELD_REQUIRED | FIELD_COLUMN),
    REF(incident, "incident", "The incident that was opened."),
    TEXT(remark, "What was seen and what was done about it.", .flags = FIELD_REQUIRED | FIELD_LONG),
    REF(reviewer, "person", "Who did it.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(recorded_at, "When it was recorded.", .flags = FIELD_STAMPED),
};

static const record_type record = {
    .group = "Operations", .prefix = "LR", .title = "scope", .owner = "reviewer",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_MANAGER,
    .on_add = { STAMP(ACTOR, "reviewer"), STAMP(NOW, "recorded_at") },
    .cadence = "as each control says: monthly, half-yearly", .controls = "AC-18 LG-05 NW-05",
};

RECORD(log_review, "Somebody went through logs, alert rules or firewall rules: what, when, and what came of it.");
