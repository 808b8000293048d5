#include "model/model.h"

extern const relation relation_directory_group;

static const field fields[] = {
    RECORD_ID("GRP-1, GRP-2 ..."),
    TEXT(name, "What the identity provider calls the group.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_UNIQUE),
    STATES("active; deleted: the identity provider has deleted it.", "active", "deleted"),
    TEXT(members, "Ids of the people in it, one a line.", .flags = FIELD_LONG),
    TEXT(external_id, "What the identity provider knows the group by.", .flags = FIELD_STAMPED),
};

static const transition transitions[] = {
    MOVE(delete, "active", "deleted", ROLE_OWNER, "The group is no more.", .sets = { STAMP(CLEAR, "members") }),
};

static const record_type record = {
    .group = "Access", .prefix = "GRP", .title = "name", .initial = "active",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_OWNER, .edit = ROLE_OWNER, .edit_in = "active",
    .transitions = transitions, .n_transitions = COUNT(transitions), .controls = "AC-07",
};

RECORD(directory_group, "A group of people as the identity provider keeps it (SCIM).");
