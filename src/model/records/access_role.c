#include "model/model.h"

extern const relation relation_access_role;

static const field fields[] = {
    RECORD_ID("What the role is called: short, as hr-partner."),
    TEXT(title, "What people who have it do.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("active; retired: it gives nothing any more.", "active", "retired"),
    TEXT(purpose, "Why the organisation needs it beside the roles of the program.", .flags = FIELD_LONG),
    REF(owner, "person", "Who answers for who has it.", .flags = FIELD_COLUMN),
};

static const transition transitions[] = {
    MOVE(retire, "active", "retired", ROLE_OWNER, "It gives nothing any more."),
    MOVE(restore, "retired", "active", ROLE_OWNER, "It is in use again."),
};

static const record_type record = {
    .group = "Access", .title = "title", .owner = "owner", .initial = "active",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_OWNER, .edit = ROLE_OWNER, .edit_in = "active",
    .transitions = transitions, .n_transitions = COUNT(transitions), .controls = "AC-01",
};

RECORD(access_role, "A role of the organisation's own in this program: what it adds to a person's permission stands in its grants.");
