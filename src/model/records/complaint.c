#include "model/model.h"

extern const relation relation_complaint;

static const field fields[] = {
    RECORD_ID("CMP-1, CMP-2 ..."),
    TEXT(title, "What it is about, in one line.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("received; answered; withdrawn.", "received", "answered", "withdrawn"),
    TEXT(kind, "complaint; inquiry; dispute: one that went on to a regulator, a court or an arbiter.",
         CHOICES("complaint", "inquiry", "dispute"), .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(complainant, "A pseudonym of who complains: never the name."),
    TIME(received_at, "When it reached the organisation.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TIME(due_at, "By when it is to be answered.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    REF(owner, "person", "Who answers it.", .flags = FIELD_COLUMN),
    TEXT(description, "What is said.", .flags = FIELD_LONG),
    TEXT(outcome, "What was answered and done.", .flags = FIELD_LONG),
    TEXT(cause, "Why it came to it, and what is changed.", .flags = FIELD_LONG),
    BOOL(recourse_told, "Whether the answer named the way to appeal; unknown: there is no proof."),
    TIME(answered_at, "When the answer was given.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    REF(answered_by, "person", "Who gave it.", .flags = FIELD_STAMPED),
    REF(recorded_by, "person", "Who took it in.", .flags = FIELD_STAMPED),
};

static const transition transitions[] = {
    MOVE(answer, "received", "answered", ROLE_CONTRIBUTOR, "The answer is given.",
         .needs = "outcome cause recourse_told", .sets = { STAMP(NOW, "answered_at"), STAMP(ACTOR, "answered_by") }),
    MOVE(withdraw, "received", "withdrawn", ROLE_CONTRIBUTOR, "It is taken back.",
         .needs = "outcome", .sets = { STAMP(NOW, "answered_at"), STAMP(ACTOR, "answered_by") }),
    MOVE(reopen, "answered withdrawn", "received", ROLE_CONTRIBUTOR, "The answer was not the end of it.",
         .sets = { STAMP(CLEAR, "answered_at"), STAMP(CLEAR, "answered_by") }),
};

static const record_type record = {
    .group = "Privacy", .prefix = "CMP", .title = "title", .owner = "owner", .own = "recorded_by", .initial = "received",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_MEMBER, .edit = ROLE_CONTRIBUTOR, .edit_in = "received answered",
    .on_write = { STAMP_BY(CLOCK, "due_at", "complaint_answer received_at") },
    .on_add = { STAMP(ACTOR, "recorded_by") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .controls = "PR-17",
};

RECORD(complaint, "A complaint, inquiry or dispute about privacy, its answer and its cause.");
