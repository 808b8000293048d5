#include "model/model.h"

extern const relation relation_risk_acceptance;

static const field fields[] = {
    RECORD_ID("RACC-1, RACC-2 ..."),
    REF(risk, "risk", "The risk that is accepted.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    STATES("requested; approved; refused; revoked before its end.", "requested", "approved", "refused", "revoked"),
    INT(residual_score, "The residual score that is accepted, as it was then: a risk that grows is not accepted any more.",
        .min = 1, .max = 25, .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_STAMPED),
    REF(owner, "person", "The risk's owner, who may not approve.", .flags = FIELD_REQUIRED | FIELD_STAMPED),
    TEXT(reason, "Why it is accepted, and what was considered instead.", .flags = FIELD_REQUIRED | FIELD_LONG),
    REF(requester, "person", "Who asked for it.", .flags = FIELD_STAMPED),
    REF(approver, "person", "Who accepted or refused it.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(accepted_at, "When it was accepted.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(ends_at, "Until when it holds.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TIME(revoked_at, "When it was revoked.", .flags = FIELD_STAMPED),
};

static const transition transitions[] = {
    MOVE(approve, "requested", "approved", ROLE_MANAGER, "The risk is accepted until the end.",
         .guards = { MUST(OTHER_THAN, "owner"), MUST(OTHER_THAN, "requester"), MUST(FUTURE, "ends_at"),
                     MUST_IN(PARENT_IN, "risk", "assessed treated accepted") },
         .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "accepted_at") }),
    MOVE(refuse, "requested", "refused", ROLE_MANAGER, "The risk must be treated.",
         .guards = { MUST(OTHER_THAN, "requester") }, .sets = { STAMP(ACTOR, "approver") }),
    MOVE(revoke, "approved", "revoked", ROLE_MANAGER, "The acceptance ends now.",
         .sets = { STAMP(NOW, "revoked_at") }),
};

static const record_type record = {
    .group = "Risk", .prefix = "RACC", .title = "reason", .owner = "owner", .initial = "requested",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "requested",
    .on_add = { STAMP(ACTOR, "requester"), STAMP_BY(FROM, "residual_score", "risk residual_score"), STAMP_BY(FROM, "owner", "risk owner") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "until its end", .controls = "RK-04",
};

RECORD(risk_acceptance, "A named person other than its owner accepts what remains of a risk until a date.");
