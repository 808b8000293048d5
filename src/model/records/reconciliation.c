#include "model/model.h"

extern const relation relation_reconciliation;

static const field fields[] = {
    RECORD_ID("REC-1, REC-2 ..."),
    REF(spec, "processing_spec", "The flow that is compared.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    STATES("prepared; reviewed by someone else; rejected.", "prepared", "reviewed", "rejected"),
    TIME(period_from, "From when the items are.", .flags = FIELD_REQUIRED),
    TIME(period_to, "Until when they are.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(systems, "Between which systems."),
    TEXT(measure, "What was counted or summed, with its unit."),
    INT(expected, "What came in."),
    INT(actual, "What went out."),
    INT(difference, "What went out less what came in.", .flags = FIELD_COLUMN),
    TEXT(explanation, "Why they differ; unknown: not explained.", .flags = FIELD_LONG),
    REF(preparer, "person", "Who compared.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    REF(reviewer, "person", "Who looked at it.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(reviewed_at, "When it was looked at.", .flags = FIELD_STAMPED),
    TEXT(remark, "What the reviewer says.", .flags = FIELD_LONG),
};

static const transition transitions[] = {
    MOVE(review, "prepared", "reviewed", ROLE_CONTRIBUTOR, "The figures are right and the difference is explained.",
         .needs = "expected actual difference", .guards = { MUST(OTHER_THAN, "preparer"), MUST(PAST, "period_to"), MUST(REACHES, "period_to period_from") },
         .sets = { STAMP(ACTOR, "reviewer"), STAMP(NOW, "reviewed_at") }),
    MOVE(reject, "prepared", "rejected", ROLE_CONTRIBUTOR, "It is to be done again.",
         .needs = "remark", .guards = { MUST(OTHER_THAN, "preparer") }, .sets = { STAMP(ACTOR, "reviewer"), STAMP(NOW, "reviewed_at") }),
};

static const record_type record = {
    .group = "Processing", .prefix = "REC", .title = "spec", .owner = "preparer", .initial = "prepared",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "prepared",
    .on_add = { STAMP(ACTOR, "preparer") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "as its specification says", .controls = "PI-04",
};

RECORD(reconciliation, "What came in compared with what went out, over a period, and the difference explained.");
