#include "model/model.h"

extern const relation relation_procedure;

static const field fields[] = {
    RECORD_ID("The procedure's short name, as restore-database."),
    TEXT(title, "What it does.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("draft; approved; retired.", "draft", "approved", "retired"),
    REF(owner, "person", "Who answers for it.", .flags = FIELD_COLUMN),
    REF(policy, "policy", "The policy it puts into action.", .flags = FIELD_COLUMN),
    TEXT(controls, "The controls it performs, with a blank between."),
    TEXT(steps, "What is done, step by step, or where that is written.", .flags = FIELD_LONG),
    TEXT(record_left, "The evidence it leaves.", .flags = FIELD_LONG),
    REF(author, "person", "Who wrote it down.", .flags = FIELD_STAMPED),
    REF(approver, "person", "Who approved it, or last confirmed it.", .flags = FIELD_STAMPED),
    TIME(approved_at, "When it was approved, or last confirmed.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(review_due_at, "When it is to be reviewed next.", .flags = FIELD_COLUMN),
};

static const transition transitions[] = {
    MOVE(approve, "draft approved", "approved", ROLE_MANAGER, "It is how the work is done; give the next date of review.",
         .needs = "owner steps record_left review_due_at", .guards = { MUST(OTHER_THAN, "author"), MUST(FUTURE, "review_due_at") },
         .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "approved_at") }),
    MOVE(revise, "approved retired", "draft", ROLE_CONTRIBUTOR, "It is to be changed.", .sets = { STAMP(ACTOR, "author") }),
    MOVE(retire, "draft approved", "retired", ROLE_MANAGER, "The work is no longer done so."),
};

static const record_type record = {
    .group = "Policies", .title = "title", .owner = "owner", .initial = "draft",
    .read = ROLE_MEMBER, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "draft",
    .on_add = { STAMP(ACTOR, "author") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "reviewed every year", .controls = "PL-02",
};

RECORD(procedure, "How recurring work is done: steps, owner, and the evidence it leaves.");
