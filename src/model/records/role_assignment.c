#include "model/model.h"

extern const relation relation_role_assignment;

static const field fields[] = {
    RECORD_ID("ROLE-1, ROLE-2 ..."),
    TEXT(role, "The role that is given.",
         CHOICES("executive", "board_chair", "security_officer", "privacy_officer", "compliance_lead", "people_lead", "engineering_lead",
                 "operations_lead", "it_lead", "finance_lead", "legal_counsel", "support_lead"),
         .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    REF(person, "person", "Who has it.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    STATES("active; ended.", "active", "ended"),
    TEXT(capacity, "holder: answers for it; deputy: stands in when the holder is away, and is trained for it.",
         CHOICES("holder", "deputy"),
         .flags = FIELD_REQUIRED | FIELD_COLUMN, .initial = "holder"),
    TIME(starts_at, "From when.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TIME(ends_at, "Until when; unknown: until it is ended.", .flags = FIELD_COLUMN),
    TEXT(duties, "What the role is to do, and the authority that goes with it.", .flags = FIELD_LONG),
    REF(appointer, "person", "Who appointed the person.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(appointed_at, "When the appointment was recorded.", .flags = FIELD_STAMPED),
    TIME(ended_at, "When the end was recorded.", .flags = FIELD_STAMPED),
};

static const transition transitions[] = {
    MOVE(end, "active", "ended", ROLE_MANAGER, "The person has the role no longer.",
         .needs = "ends_at", .sets = { STAMP(NOW, "ended_at") }),
};

static const record_type record = {
    .group = "Govern", .prefix = "ROLE", .title = "role", .owner = "person", .initial = "active",
    .read = ROLE_MEMBER, .add = ROLE_OWNER, .edit = ROLE_OWNER, .edit_in = "active",
    .on_add = { STAMP(ACTOR, "appointer"), STAMP(NOW, "appointed_at") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "confirmed every year", .controls = "GV-06 HR-06",
};

RECORD(role_assignment, "A named person has a role the program depends on, from one day to another.");
