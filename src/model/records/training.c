#include "model/model.h"

extern const relation relation_training;

static const field fields[] = {
    RECORD_ID("TRN-1, TRN-2 ..."),
    REF(person, "person", "Who is to take it.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    REF(course, "course", "What is to be taken.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    STATES("assigned; completed: passed; excused, with the reason.", "assigned", "completed", "excused"),
    TIME(due_at, "By when.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TIME(completed_at, "When it was passed.", .flags = FIELD_COLUMN),
    INT(score, "What was reached in the quiz; unknown: not taken yet.", .unit = "percent", .flags = FIELD_COLUMN, .min = 0, .max = 100),
    INT(pass_score, "What had to be reached, as the course said when it was assigned.", .unit = "percent",
        .flags = FIELD_REQUIRED | FIELD_STAMPED, .min = 0, .max = 100, .initial = "80"),
    TIME(assigned_at, "When it was assigned.", .flags = FIELD_STAMPED),
    REF(recorder, "person", "Who recorded that it was passed or excused.", .flags = FIELD_STAMPED),
    TEXT(remark, "Why it is excused, or why it was assigned out of turn.", .flags = FIELD_LONG),
};

static const transition transitions[] = {
    MOVE(complete, "assigned", "completed", ROLE_CONTRIBUTOR, "It was passed.",
         .needs = "score completed_at", .guards = { MUST(REACHES, "score pass_score"), MUST(PAST, "completed_at") },
         .sets = { STAMP(ACTOR, "recorder") }),
    MOVE(excuse, "assigned", "excused", ROLE_MANAGER, "The person need not take it.",
         .needs = "remark", .guards = { MUST(OTHER_THAN, "person") }, .sets = { STAMP(ACTOR, "recorder") }),
    MOVE(reopen, "completed excused", "assigned", ROLE_MANAGER, "It was recorded in error.",
         .needs = "remark", .sets = { STAMP(CLEAR, "completed_at"), STAMP(CLEAR, "score") }),
};

static const record_type record = {
    .group = "People", .prefix = "TRN", .title = "course", .owner = "person", .own = "person", .initial = "assigned",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "assigned",
    .on_add = { STAMP(NOW, "assigned_at"), STAMP_BY(FROM, "pass_score", "course pass_score") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "at the start and every year", .controls = "HR-03 HR-04",
};

RECORD(training, "A person is to take a course by a day, and passed it with a score.");
