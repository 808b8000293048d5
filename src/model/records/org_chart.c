#include "model/model.h"

extern const relation relation_org_chart;

static const field fields[] = {
    RECORD_ID("ORG-1, ORG-2 ..."),
    TEXT(title, "Which organisation or part of it the chart shows.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("draft; approved: it is as the chart shows; superseded by a later version.", "draft", "approved", "superseded"),
    INT(version, "1, 2 ...", .flags = FIELD_REQUIRED | FIELD_COLUMN, .min = 1, .max = 100000),
    TIME(effective_from, "Since when it is so.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(body, "Who reports to whom, where it is not a file given as evidence.", .flags = FIELD_LONG),
    REF(author, "person", "Who drew it.", .flags = FIELD_STAMPED),
    REF(approver, "person", "Who approved it, or last confirmed that it is still so.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(approved_at, "When it was approved, or last confirmed.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TEXT(changes, "What changed since the version before.", .flags = FIELD_LONG),
};

static const transition transitions[] = {
    MOVE(approve, "draft", "approved", ROLE_MANAGER, "Management says that it is so.",
         .guards = { MUST(OTHER_THAN, "author") }, .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "approved_at") }),
    MOVE(confirm, "approved", NULL, ROLE_MANAGER, "It is still so.",
         .guards = { MUST(OTHER_THAN, "author") }, .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "approved_at") }),
    MOVE(supersede, "approved", "superseded", ROLE_MANAGER, "A later version shows how it is now."),
};

static const record_type record = {
    .group = "Govern", .prefix = "ORG", .title = "title", .owner = "author", .initial = "draft",
    .read = ROLE_MEMBER, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "draft",
    .on_add = { STAMP(ACTOR, "author") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "confirmed every year", .controls = "GV-05",
};

RECORD(org_chart, "A version of the organisation chart.");
