#include "model/model.h"

extern const relation relation_objective;

static const field fields[] = {
    RECORD_ID("OBJ-1, OBJ-2 ..."),
    TEXT(title, "What is to be achieved.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("draft; approved by management; retired.", "draft", "approved", "retired"),
    TEXT(kind, "Operations; reporting to others; compliance with law and contract; security and the other categories of the report.",
         CHOICES("operations", "reporting", "compliance", "security"),
         .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(measure, "How one sees whether it is achieved.", .flags = FIELD_LONG),
    TEXT(target, "What is to be reached, and by when.", .flags = FIELD_COLUMN),
    TEXT(tolerance, "How far from the target is still acceptable.", .flags = FIELD_LONG),
    REF(owner, "person", "Who answers for it.", .flags = FIELD_COLUMN),
    REF(author, "person", "Who wrote it down.", .flags = FIELD_STAMPED),
    REF(approver, "person", "Who approved it.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(approved_at, "When it was last approved.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TEXT(progress, "Where it stands.", .flags = FIELD_LONG),
};

static const transition transitions[] = {
    MOVE(approve, "draft approved", "approved", ROLE_MANAGER, "Management sets it, or sets it again for another year.",
         .needs = "measure target owner", .guards = { MUST(OTHER_THAN, "author") }, .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "approved_at") }),
    MOVE(revise, "approved retired", "draft", ROLE_CONTRIBUTOR, "It is to be changed.", .sets = { STAMP(ACTOR, "author") }),
    MOVE(retire, "draft approved", "retired", ROLE_MANAGER, "It is achieved or given up.", .needs = "progress"),
};

static const record_type record = {
    .group = "Govern", .prefix = "OBJ", .title = "title", .owner = "owner", .initial = "draft",
    .read = ROLE_MEMBER, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "draft",
    .on_add = { STAMP(ACTOR, "author") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "set every year",
};

RECORD(objective, "What the organisation wants to achieve, clear enough that risks to it can be judged.");
