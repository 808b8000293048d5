#include "model/model.h"

extern const relation relation_link;

static const field fields[] = {
    RECORD_ID("LINK-1, LINK-2 ..."),
    REF(subject, "*", "One end, as TYPE/ID.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    REF(object, "*", "The other end, as TYPE/ID.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(meaning, "How they belong together: \"mitigates\", \"caused by\", \"participant\".", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("current; removed.", "current", "removed"),
};

static const transition transitions[] = {
    MOVE(remove, "current", "removed", ROLE_CONTRIBUTOR, "They do not belong together."),
};

static const record_type record = {
    .group = "Evidence", .prefix = "LINK", .title = "meaning", .about = "subject", .initial = "current",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR,
    .transitions = transitions, .n_transitions = COUNT(transitions),
};

RECORD(link, "Two records that belong together, and how.");
