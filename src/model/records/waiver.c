#include "model/model.h"

extern const relation relation_waiver;

static const field fields[] = {
    RECORD_ID("WAIVER-1, WAIVER-2 ..."),
    REF(test, "test", "The test whose exceptions are accepted.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(item, "The item that is accepted; unknown: every item of the test.", .flags = FIELD_COLUMN | FIELD_FIXED),
    STATES("requested; approved; refused; revoked before its end.", "requested", "approved", "refused", "revoked"),
    TEXT(reason, "Why the exception is accepted, and what protects instead.", .flags = FIELD_REQUIRED | FIELD_LONG),
    TIME(starts_at, "From when it holds.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TIME(ends_at, "Until when it holds.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    REF(requester, "person", "Who asked for it.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    REF(approver, "person", "Who approved or refused it.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(decided_at, "When it was approved, refused or revoked.", .flags = FIELD_STAMPED),
};

static const transition transitions[] = {
    MOVE(approve, "requested", "approved", ROLE_MANAGER, "The exception is accepted until its end.",
         .needs = "reason ends_at", .guards = { MUST(OTHER_THAN, "requester"), MUST(FUTURE, "ends_at") }, .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "decided_at") }),
    MOVE(refuse, "requested", "refused", ROLE_MANAGER, "The exception is not accepted.",
         .guards = { MUST(OTHER_THAN, "requester") }, .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "decided_at") }),
    MOVE(revoke, "approved", "revoked", ROLE_MANAGER, "The acceptance ends now.",
         .sets = { STAMP(NOW, "decided_at") }),
};

static const record_type record = {
    .group = "Assure", .prefix = "WAIVER", .title = "reason", .owner = "requester", .initial = "requested",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "requested",
    .on_add = { STAMP(ACTOR, "requester") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "until its end",
};

RECORD(waiver, "Approved acceptance of stated exceptions until a date. It never hides what it accepts.");
