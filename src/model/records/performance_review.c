#include "model/model.h"

extern const relation relation_performance_review;

static const field fields[] = {
    RECORD_ID("PERF-1, PERF-2 ..."),
    REF(person, "person", "Whose work is reviewed.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    STATES("open; done; not_needed, with the reason.", "open", "done", "not_needed"),
    TEXT(period, "The time it looks at, as 2026 or 2026-H1.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TIME(due_at, "By when.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TIME(done_at, "When it was held. What was said is kept elsewhere.", .flags = FIELD_COLUMN),
    BOOL(controls_covered, "Whether security duties and the controls the person owns were part of it."),
    REF(reviewer, "person", "Who held it.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TEXT(remark, "Why it is not needed.", .flags = FIELD_LONG),
};

static const transition transitions[] = {
    MOVE(finish, "open", "done", ROLE_CONTRIBUTOR, "It was held.",
         .needs = "done_at controls_covered", .guards = { MUST(OTHER_THAN, "person"), MUST(PAST, "done_at") }, .sets = { STAMP(ACTOR, "reviewer") }),
    MOVE(excuse, "open", "not_needed", ROLE_MANAGER, "None is held.",
         .needs = "remark", .guards = { MUST(OTHER_THAN, "person") }, .sets = { STAMP(ACTOR, "reviewer") }),
};

static const record_type record = {
    .group = "People", .prefix = "PERF", .title = "person", .owner = "person", .own = "person", .initial = "open",
    .read = ROLE_MANAGER, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "open",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "every year", .controls = "HR-05",
};

RECORD(performance_review, "That a person's work was reviewed: period and date, never what was said.");
