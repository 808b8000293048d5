#include "model/model.h"

extern const relation relation_risk_assessment;

static const field fields[] = {
    RECORD_ID("RA-1, RA-2 ..."),
    TEXT(title, "Which assessment it is, as \"2026, whole company\".", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("in_progress; finished: the report is written; approved by someone else.", "in_progress", "finished", "approved"),
    TEXT(kind, "yearly: the round over the whole organisation; change: a significant change is assessed.",
         CHOICES("yearly", "change"), .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(scope, "What was looked at: business, technology, people, vendors.", .flags = FIELD_LONG),
    TEXT(method, "How risks were found and scored.", .flags = FIELD_LONG),
    REF(lead, "person", "Who leads it.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TIME(started_at, "When it began.", .flags = FIELD_REQUIRED),
    TIME(finished_at, "When its report was finished.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    REF(approver, "person", "Who approved it for management.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(approved_at, "When it was approved.", .flags = FIELD_STAMPED),
    BOOL(covers_fraud, "Whether ways to commit fraud and to misuse access were looked at; unknown: it does not say."),
    BOOL(covers_change, "Whether changes inside and outside were looked at; unknown: it does not say."),
    TEXT(tolerance, "The score above which a risk must be treated or accepted by name, as management approved it.", .flags = FIELD_LONG),
    TEXT(report, "What was found.", .flags = FIELD_LONG),
    REF(about, "*", "kind change: the record of the change, as TYPE/ID."),
    TIME(change_started_at, "kind change: when the change takes or took effect."),
};

static const transition transitions[] = {
    MOVE(finish, "in_progress", "finished", ROLE_CONTRIBUTOR, "The report is written.",
         .needs = "scope method report covers_fraud covers_change", .sets = { STAMP(NOW, "finished_at") }),
    MOVE(approve, "finished", "approved", ROLE_MANAGER, "Management approves the report and its tolerance.",
         .guards = { MUST(OTHER_THAN, "lead") }, .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "approved_at") }),
    MOVE(return, "finished", "in_progress", ROLE_MANAGER, "It is not complete.",
         .sets = { STAMP(CLEAR, "finished_at") }),
};

static const record_type record = {
    .group = "Risk", .prefix = "RA", .title = "title", .owner = "lead", .initial = "in_progress",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "in_progress",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "every year, and for significant changes", .controls = "RK-02 RK-03 RK-05 RK-06",
};

RECORD(risk_assessment, "A round in which risks were looked for and scored: the yearly one, or one for a significant change.");
