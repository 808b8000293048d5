#include "model/model.h"

extern const relation relation_attestation;

static const field fields[] = {
    RECORD_ID("ATT-1, ATT-2 ..."),
    REF(control, "control", "The control that was performed.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    STATES("submitted; accepted by someone else; rejected.", "submitted", "accepted", "rejected"),
    TEXT(statement, "What was done, on what, with which outcome.", .flags = FIELD_REQUIRED | FIELD_LONG),
    TIME(performed_at, "When it was done.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TIME(valid_until, "Until when it speaks for the control: as a rule, one cadence after it was done.",
         .flags = FIELD_REQUIRED | FIELD_COLUMN),
    REF(performer, "person", "Who states that it was done.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    REF(reviewer, "person", "Who looked at the evidence and accepted or rejected it.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(reviewed_at, "When it was accepted or rejected.", .flags = FIELD_STAMPED),
    TEXT(remark, "What the reviewer says.", .flags = FIELD_LONG),
};

static const transition transitions[] = {
    MOVE(accept, "submitted", "accepted", ROLE_CONTRIBUTOR, "The evidence shows what the statement says.",
         .guards = { MUST(OTHER_THAN, "performer"), MUST(PAST, "performed_at"), MUST(EVIDENCE, NULL) }, .sets = { STAMP(ACTOR, "reviewer"), STAMP(NOW, "reviewed_at") }),
    MOVE(reject, "submitted accepted", "rejected", ROLE_CONTRIBUTOR, "The evidence does not show it.",
         .needs = "remark", .guards = { MUST(OTHER_THAN, "performer") }, .sets = { STAMP(ACTOR, "reviewer"), STAMP(NOW, "reviewed_at") }),
};

static const record_type record = {
    .group = "Assure", .prefix = "ATT", .title = "statement", .owner = "performer", .initial = "submitted",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "submitted",
    .on_add = { STAMP(ACTOR, "performer") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "as the control's",
};

RECORD(attestation, "A person states that a manual control was performed, with evidence that another looked at.");
