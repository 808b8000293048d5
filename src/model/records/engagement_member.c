#include "model/model.h"

extern const relation relation_engagement_member;

static const field fields[] = {
    RECORD_ID("ENGM-1, ENGM-2 ..."),
    REF(engagement, "engagement", "The engagement.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    REF(person, "person", "The auditor: a person whose permission is auditor.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    STATES("active; removed.", "active", "removed"),
};

static const transition transitions[] = {
    MOVE(remove, "active", "removed", ROLE_MANAGER, "The person examines no longer."),
};

static const record_type record = {
    .group = "Audit", .prefix = "ENGM", .title = "person", .own = "person", .initial = "active",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_MANAGER, .edit = ROLE_MANAGER, .edit_in = "active",
    .transitions = transitions, .n_transitions = COUNT(transitions),
};

RECORD(engagement_member, "An auditor who takes part in an engagement.");
