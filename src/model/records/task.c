#include "model/model.h"

extern const relation relation_task;

static const field fields[] = {
    RECORD_ID("TASK-1, TASK-2 ..."),
    TEXT(title, "What is to be done.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("open; done; cancelled.", "open", "done", "cancelled"),
    REF(owner, "person", "Who is to do it; unknown: nobody is named yet.", .flags = FIELD_COLUMN),
    TIME(due_at, "By when.", .flags = FIELD_COLUMN),
    REF(about, "*", "The record it is about, as TYPE/ID.", .flags = FIELD_COLUMN),
    TEXT(duty, "The duty (content/duties) that made it; unknown: a person did.", .flags = FIELD_STAMPED),
    ENUM(priority, "How much it matters.", "low", "medium", "high", "critical"),
    TIME(done_at, "When it was done.", .flags = FIELD_STAMPED),
    REF(done_by, "person", "Who did it; unknown: the record itself shows that it was done.", .flags = FIELD_STAMPED),
    TIME(reminded_at, "When the owner was last reminded.", .flags = FIELD_STAMPED),
    TIME(escalated_at, "When the owner's manager was told.", .flags = FIELD_STAMPED),
    TEXT(remark, "What was done, or why not.", .flags = FIELD_LONG),
};

static const transition transitions[] = {
    MOVE(finish, "open", "done", ROLE_MEMBER, "It was done.",
         .sets = { STAMP(NOW, "done_at"), STAMP(ACTOR, "done_by") }),
    MOVE(cancel, "open", "cancelled", ROLE_CONTRIBUTOR, "It need not be done.",
         .needs = "remark"),
    MOVE(reopen, "done cancelled", "open", ROLE_CONTRIBUTOR, "It is to be done after all.",
         .sets = { STAMP(CLEAR, "done_at"), STAMP(CLEAR, "done_by") }),
};

static const record_type record = {
    .group = "Program", .prefix = "TASK", .title = "title", .owner = "owner", .own = "owner", .initial = "open",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "open",
    .transitions = transitions, .n_transitions = COUNT(transitions),
};

RECORD(task, "Something to be done by someone until a day. A duty makes it ahead of time and closes it when the record shows the work.");
