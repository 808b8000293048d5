#include "model/model.h"

extern const relation relation_register;

static const field fields[] = {
    RECORD_ID("The type of record it is the register of, as incident."),
    REF(keeper, "person", "Who keeps it.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(confirmed_at, "When the keeper last said that it is complete.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TEXT(basis, "What it was compared with: a mailbox, a payroll, an invoice list.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_LONG),
};

static const record_type record = {
    .group = "Assure", .title = "basis", .owner = "keeper",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR,
    .on_write = { STAMP(ACTOR, "keeper"), STAMP(NOW, "confirmed_at") },
};

RECORD(register, "Someone says that a type of record is complete, also when there is none of it: without that, an empty register proves nothing.");
