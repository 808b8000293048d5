#include "model/model.h"

extern const relation relation_access_grant;

static const field fields[] = {
    RECORD_ID("GRANT-1, GRANT-2 ..."),
    REF(access_role, "access_role", "The role that gets it.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    REF(type, "register", "The type of records it is about, as vendor.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    STATES("active; withdrawn.", "active", "withdrawn"),
    TEXT(may_do, "What may be done with records of the type; each of the last three reads too. move: the steps of its workflow that are "
         "not an owner's alone.", CHOICES("read", "add", "edit", "move", "all"), .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(reason, "Why.", .flags = FIELD_LONG),
};

static const transition transitions[] = {
    MOVE(withdraw, "active", "withdrawn", ROLE_OWNER, "It holds no longer."),
};

static const record_type record = {
    .group = "Access", .prefix = "GRANT", .title = "may_do", .initial = "active",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_OWNER, .edit = ROLE_OWNER, .edit_in = "active",
    .transitions = transitions, .n_transitions = COUNT(transitions), .controls = "AC-01",
};

RECORD(access_grant, "One right that a role of the organisation's own has over the records of one type.");
