#include "model/model.h"

extern const relation relation_background_check;

static const field fields[] = {
    RECORD_ID("BGC-1, BGC-2 ..."),
    REF(person, "person", "Who was checked.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    STATES("ordered; completed; not_required: the law or the role does not allow or ask for it, with the reason.",
           "ordered", "completed", "not_required"),
    TEXT(result, "clear; concern: something was found and a decision is recorded in the remark. Never what was found.",
         CHOICES("clear", "concern"),
         .flags = FIELD_COLUMN),
    TIME(completed_at, "When the result came.", .flags = FIELD_COLUMN),
    TEXT(provider, "Who did it."),
    REF(reviewer, "person", "Who took note of the result.", .flags = FIELD_STAMPED),
    TEXT(remark, "Why none is required, or why the person may start in spite of a concern.", .flags = FIELD_LONG),
};

static const transition transitions[] = {
    MOVE(complete, "ordered", "completed", ROLE_MANAGER, "The result has come.",
         .needs = "result completed_at", .guards = { MUST(OTHER_THAN, "person"), MUST(PAST, "completed_at") },
         .sets = { STAMP(ACTOR, "reviewer") }),
    MOVE(excuse, "ordered", "not_required", ROLE_MANAGER, "No check is made.",
         .needs = "remark", .guards = { MUST(OTHER_THAN, "person") }, .sets = { STAMP(ACTOR, "reviewer") }),
};

static const record_type record = {
    .group = "People", .prefix = "BGC", .title = "person", .owner = "reviewer", .initial = "ordered",
    .read = ROLE_MANAGER, .add = ROLE_MANAGER, .edit = ROLE_MANAGER, .edit_in = "ordered",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "before a person starts", .controls = "HR-01",
};

RECORD(background_check, "That a person was checked before starting: outcome and date, never what was found.");
