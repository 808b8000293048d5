#include "model/model.h"

extern const relation relation_breach;

static const field fields[] = {
    RECORD_ID("BR-1, BR-2 ..."),
    TEXT(title, "What was disclosed without right, in one line.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("detected; decided: whom to notify, with reasons; closed.", "detected", "decided", "closed"),
    TIME(detected_at, "When the organisation became aware of it.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(facts, "What happened, to which data.", .flags = FIELD_LONG),
    INT(people_affected, "How many people are affected, as far as is known.", .unit = "people", .min = 0, .max = 10000000000),
    TEXT(effects, "What it may do to them.", .flags = FIELD_LONG),
    TEXT(measures, "What was done against it.", .flags = FIELD_LONG),
    REF(owner, "person", "Who follows it.", .flags = FIELD_COLUMN),
    BOOL(notify_authority, "Whether the authority must be told; unknown: not decided."),
    BOOL(notify_people, "Whether the people concerned must be told; unknown: not decided."),
    TEXT(decision_reason, "Why, or why not.", .flags = FIELD_LONG),
    REF(decided_by, "person", "Who decided it.", .flags = FIELD_STAMPED),
    TIME(decided_at, "When it was decided.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(authority_due_at, "By when the authority must be told.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(notified_at, "When the authority was told; unknown: it was not."),
    TIME(people_due_at, "By when the people concerned are to be told, where they must be."),
    TIME(people_notified_at, "When the people concerned were told; unknown: they were not."),
    TEXT(late_reason, "Why a notice went out late, as it was told with it.", .flags = FIELD_LONG),
    REF(approver, "person", "Who closed it.", .flags = FIELD_STAMPED),
    TIME(closed_at, "When it was closed.", .flags = FIELD_STAMPED),
    REF(incident, "incident", "The incident it belongs to; unknown: none was declared."),
};

static const transition transitions[] = {
    MOVE(decide, "detected", "decided", ROLE_MANAGER, "It is decided, with reasons, whom to tell.",
         .needs = "owner facts effects notify_authority notify_people decision_reason", .sets = { STAMP(ACTOR, "decided_by"), STAMP(NOW, "decided_at") }),
    MOVE(revise, "decided", "detected", ROLE_MANAGER, "More is known; it is to be decided anew.",
         .sets = { STAMP(CLEAR, "decided_by"), STAMP(CLEAR, "decided_at") }),
    MOVE(close, "decided", "closed", ROLE_MANAGER, "Everyone is told and nothing is left to do.",
         .needs = "measures people_affected", .guards = { MUST(OTHER_THAN, "decided_by") }, .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "closed_at") }),
};

static const record_type record = {
    .group = "Privacy", .prefix = "BR", .title = "title", .owner = "owner", .initial = "detected",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "detected decided",
    .on_write = { STAMP_BY(CLOCK, "authority_due_at", "gdpr_breach detected_at") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .controls = "PR-12 PR-14",
};

RECORD(breach, "An unauthorised disclosure of personal data: facts, effects, measures, and who was told when, also where nobody had to be.");
