#include "model/model.h"

extern const relation relation_category;

static const field fields[] = {
    RECORD_ID("security, availability, confidentiality, processing-integrity or privacy."),
    BOOL(in_scope, "Whether the report is to cover it. Security always is.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(reason, "Why it is in scope or out of it.", .flags = FIELD_LONG | FIELD_COLUMN),
    REF(decided_by, "person", "Who decided it.", .flags = FIELD_STAMPED),
    TIME(decided_at, "When it was decided.", .flags = FIELD_STAMPED),
};

static const record_type record = {
    .group = "Assure", .title = "id", .owner = "decided_by",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_OWNER, .edit = ROLE_OWNER, .no_needs = "in_scope reason",
    .on_write = { STAMP(ACTOR, "decided_by"), STAMP(NOW, "decided_at") },
};

RECORD(category, "Whether one of the five categories is in the scope of the report. None recorded: all are.");
