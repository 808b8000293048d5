#include "model/model.h"

extern const relation relation_remediation;

static const field fields[] = {
    RECORD_ID("REM-1, REM-2 ..."),
    TEXT(gap, "The gap it closes, as the gap report names it; one item for each gap.", .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_FIXED),
    STATES("open; in_progress; done; dropped, with the reason.", "open", "in_progress", "done", "dropped"),
    TEXT(criterion, "The criteria it is about, by id with blanks between.", .flags = FIELD_COLUMN | FIELD_FIXED),
    TEXT(control, "The controls it is about, by id with blanks between.", .flags = FIELD_COLUMN | FIELD_FIXED),
    TEXT(test, "The tests it is about, by id with blanks between.", .flags = FIELD_FIXED),
    TEXT(action, "What is to be done.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_LONG),
    REF(owner, "person", "Who is to do it; unknown: nobody is named yet.", .flags = FIELD_COLUMN),
    TIME(due_at, "By when; unknown: no date is set.", .flags = FIELD_COLUMN),
    ENUM(priority, "How much it matters.", "low", "medium", "high", "critical"),
    TEXT(generated_action, "What was proposed when it was last generated: where `action` still says the same, nobody changed it.",
         .flags = FIELD_STAMPED | FIELD_LONG),
    TIME(generated_at, "When it was last generated; unknown: a person made it.", .flags = FIELD_STAMPED),
    TEXT(drop_reason, "Why it is not done.", .flags = FIELD_LONG),
    TIME(done_at, "When it was done or dropped.", .flags = FIELD_STAMPED),
    REF(done_by, "person", "Who did or dropped it.", .flags = FIELD_STAMPED),
};

static const transition transitions[] = {
    MOVE(start, "open", "in_progress", ROLE_CONTRIBUTOR, "Work on it has begun.",
         .needs = "owner due_at"),
    MOVE(finish, "open in_progress", "done", ROLE_CONTRIBUTOR, "It is done; whether the gap is closed, the tests say.",
         .sets = { STAMP(NOW, "done_at"), STAMP(ACTOR, "done_by") }),
    MOVE(drop, "open in_progress", "dropped", ROLE_MANAGER, "It is not done.",
         .needs = "drop_reason", .sets = { STAMP(NOW, "done_at"), STAMP(ACTOR, "done_by") }),
    MOVE(reopen, "done dropped", "open", ROLE_CONTRIBUTOR, "It is to be done after all.",
         .sets = { STAMP(CLEAR, "done_at"), STAMP(CLEAR, "done_by") }),
};

static const record_type record = {
    .group = "Assure", .prefix = "REM", .title = "action", .owner = "owner", .initial = "open",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "open in_progress",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "until its due date", .controls = "MO-04",
};

RECORD(remediation, "An item of the plan that closes the gaps; made from the gap report, worked on by people.");
