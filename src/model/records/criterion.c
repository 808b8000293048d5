#include "model/model.h"

extern const relation relation_criterion;

static const field fields[] = {
    RECORD_ID("The criterion's id, as P3.1."),
    BOOL(applicable, "Whether it applies.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(reason, "Why it does not apply; the description of the system repeats it (DC 8).", .flags = FIELD_LONG | FIELD_COLUMN),
    REF(decided_by, "person", "Who decided it.", .flags = FIELD_STAMPED),
    TIME(decided_at, "When it was decided.", .flags = FIELD_STAMPED),
};

static const record_type record = {
    .group = "Assure", .title = "id", .owner = "decided_by",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_OWNER, .edit = ROLE_OWNER, .no_needs = "applicable reason",
    .on_write = { STAMP(ACTOR, "decided_by"), STAMP(NOW, "decided_at") },
};

RECORD(criterion, "Whether a criterion applies to the system, and why not.");
