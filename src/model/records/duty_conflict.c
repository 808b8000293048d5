#include "model/model.h"

extern const relation relation_duty_conflict;

static const field fields[] = {
    RECORD_ID("SOD-1, SOD-2 ..."),
    TEXT(title, "The duties that must be kept apart.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(system, "Where the first right is, named as in the account facts.", .flags = FIELD_REQUIRED),
    TEXT(entitlement, "The first right.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(other_system, "Where the other right is.", .flags = FIELD_REQUIRED),
    TEXT(other_entitlement, "The other right.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("active; withdrawn.", "active", "withdrawn"),
    TEXT(reason, "What one person could do with both.", .flags = FIELD_REQUIRED | FIELD_LONG),
    TEXT(mitigation, "What protects where one person has to hold both; whoever does still needs a waiver.", .flags = FIELD_LONG),
    REF(owner, "person", "Who answers for the rule.", .flags = FIELD_COLUMN),
    TIME(reviewed_at, "When it was last found to be right.", .flags = FIELD_STAMPED | FIELD_COLUMN),
};

static const transition transitions[] = {
    MOVE(review, "active", NULL, ROLE_MANAGER, "The rule is right as it stands.", .sets = { STAMP(NOW, "reviewed_at") }),
    MOVE(withdraw, "active", "withdrawn", ROLE_MANAGER, "The duties need not be kept apart."),
    MOVE(restore, "withdrawn", "active", ROLE_MANAGER, "The duties must be kept apart after all.", .sets = { STAMP(NOW, "reviewed_at") }),
};

static const record_type record = {
    .group = "Access", .prefix = "SOD", .title = "title", .owner = "owner", .initial = "active",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_MANAGER, .edit = ROLE_MANAGER,
    .on_add = { STAMP(NOW, "reviewed_at") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "yearly", .controls = "AC-07",
};

RECORD(duty_conflict, "Two rights that one person may not hold: a rule of segregation of duties.");
