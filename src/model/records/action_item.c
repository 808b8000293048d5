#include "model/model.h"

extern const relation relation_action_item;

static const field fields[] = {
    RECORD_ID("ACT-1, ACT-2 ..."),
    TEXT(title, "What is to be done.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    REF(subject, "*", "The record it came out of, as TYPE/ID: a meeting, an incident, a review.",
         .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    STATES("open; done; cancelled, with the reason.", "open", "done", "cancelled"),
    REF(owner, "person", "Who is to do it.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TIME(due_at, "By when.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    ENUM(priority, "How much it matters.", "low", "medium", "high", "critical"),
    TIME(opened_at, "When it was agreed.", .flags = FIELD_STAMPED),
    TIME(done_at, "When it was done.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    REF(done_by, "person", "Who said that it was done.", .flags = FIELD_STAMPED),
    TEXT(remark, "What was done, or why not.", .flags = FIELD_LONG),
};

static const transition transitions[] = {
    MOVE(finish, "open", "done", ROLE_MEMBER, "It was done.",
         .needs = "remark", .sets = { STAMP(NOW, "done_at"), STAMP(ACTOR, "done_by") }),
    MOVE(cancel, "open", "cancelled", ROLE_MANAGER, "It need not be done.",
         .needs = "remark", .guards = { MUST(OTHER_THAN, "owner") }),
    MOVE(reopen, "done cancelled", "open", ROLE_CONTRIBUTOR, "It is not done after all.",
         .sets = { STAMP(CLEAR, "done_at"), STAMP(CLEAR, "done_by") }),
};

static const record_type record = {
    .group = "Program", .prefix = "ACT", .title = "title", .owner = "owner", .own = "owner", .initial = "open",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "open",
    .on_add = { STAMP(NOW, "opened_at") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .controls = "GV-04",
};

RECORD(action_item, "Something agreed to be done, out of a meeting, an incident, an exercise or a review.");
