#include "model/model.h"

extern const relation relation_role_entitlement;

static const field fields[] = {
    RECORD_ID("RE-1, RE-2 ..."),
    TEXT(job_role, "The role people are hired for, as job_title says it.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(system, "The system, named as in the account facts.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(entitlement, "The right the role has there.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    BOOL(privileged, "Whether it lets the holder administer the system.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    STATES("proposed; approved; withdrawn.", "proposed", "approved", "withdrawn"),
    TEXT(reason, "Why the role needs it.", .flags = FIELD_LONG),
    REF(author, "person", "Who proposed it.", .flags = FIELD_STAMPED),
    REF(approver, "person", "Who approved it.", .flags = FIELD_STAMPED),
    TIME(approved_at, "When it was last approved.", .flags = FIELD_STAMPED),
};

static const transition transitions[] = {
    MOVE(approve, "proposed approved withdrawn", "approved", ROLE_MANAGER, "The role needs the right, now or still.",
         .guards = { MUST(OTHER_THAN, "author") }, .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "approved_at") }),
    MOVE(withdraw, "proposed approved", "withdrawn", ROLE_MANAGER, "The role does not need the right."),
};

static const record_type record = {
    .group = "Access", .prefix = "RE", .title = "entitlement", .owner = "approver", .initial = "proposed",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "proposed",
    .on_add = { STAMP(ACTOR, "author") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "approved anew every year", .controls = "AC-07",
};

RECORD(role_entitlement, "One line of the role matrix: a right that a role has in a system.");
