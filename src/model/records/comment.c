#include "model/model.h"

extern const relation relation_comment;

static const field fields[] = {
    RECORD_ID("COM-1, COM-2 ..."),
    REF(subject, "*", "The record it is about, as TYPE/ID.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(body, "What is said.", .flags = FIELD_REQUIRED | FIELD_LONG | FIELD_COLUMN | FIELD_FIXED),
    REF(author, "person", "Who said it.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(said_at, "When.", .flags = FIELD_STAMPED | FIELD_COLUMN),
};

static const record_type record = {
    .group = "Evidence", .prefix = "COM", .title = "body", .owner = "author", .own = "author", .about = "subject",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_MEMBER, .edit = ROLE_OWNER,
    .on_add = { STAMP(ACTOR, "author"), STAMP(NOW, "said_at") },
};

RECORD(comment, "What somebody said about a record.");
