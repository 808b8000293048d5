#include "model/model.h"

extern const relation relation_policy_exception;

static const field fields[] = {
    RECORD_ID("EXC-1, EXC-2 ..."),
    TEXT(title, "What departs from the policy.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    REF(policy, "policy", "The policy departed from.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    STATES("requested; approved; refused; closed: the departure is over.", "requested", "approved", "refused", "closed"),
    TEXT(reason, "Why the policy cannot be kept.", .flags = FIELD_REQUIRED | FIELD_LONG),
    TEXT(exposure, "What could happen because of it.", .flags = FIELD_LONG),
    TEXT(compensation, "What protects instead.", .flags = FIELD_LONG),
    TIME(starts_at, "From when.", .flags = FIELD_REQUIRED),
    TIME(ends_at, "Until when; at most a year.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    REF(requester, "person", "Who asked for it.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    REF(approver, "person", "Who approved or refused it.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(decided_at, "When it was approved or refused.", .flags = FIELD_STAMPED),
    TIME(closed_at, "When it was over.", .flags = FIELD_STAMPED),
    TEXT(remark, "How it ended.", .flags = FIELD_LONG),
};

static const transition transitions[] = {
    MOVE(approve, "requested", "approved", ROLE_MANAGER, "The departure is allowed until its end.",
         .needs = "exposure compensation", .guards = { MUST(OTHER_THAN, "requester"), MUST(FUTURE, "ends_at") },
         .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "decided_at") }),
    MOVE(refuse, "requested", "refused", ROLE_MANAGER, "The policy is to be kept.",
         .guards = { MUST(OTHER_THAN, "requester") }, .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "decided_at") }),
    MOVE(close, "approved", "closed", ROLE_CONTRIBUTOR, "The policy is kept again.",
         .needs = "remark", .sets = { STAMP(NOW, "closed_at") }),
};

static const record_type record = {
    .group = "Policies", .prefix = "EXC", .title = "title", .owner = "requester", .own = "requester", .initial = "requested",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_MEMBER, .edit = ROLE_CONTRIBUTOR, .edit_in = "requested",
    .on_add = { STAMP(ACTOR, "requester") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "until its end", .controls = "PL-03",
};

RECORD(policy_exception, "A departure from a policy, approved by someone else until a date.");
