#include "model/model.h"

extern const relation relation_access_decision;

static const field fields[] = {
    RECORD_ID("AD-1, AD-2 ..."),
    REF(review, "access_review", "The review it belongs to.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(system, "The system, named as in the account facts, or the facility's id.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(login, "The account, or the badge or key.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    REF(person, "person", "Whose access it is, where that is known.", .flags = FIELD_COLUMN),
    STATES("pending; decided: what was decided is still to be carried out; verified: nothing is left to do.",
           "pending", "decided", "verified"),
    ENUM(decision, "What becomes of the access.", "keep", "revoke", "change", "escalate"),
    TEXT(reason, "Why it is kept, revoked, changed or handed on.", .flags = FIELD_LONG),
    REF(reviewer, "person", "Who decides.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    REF(decided_by, "person", "Who decided.", .flags = FIELD_STAMPED),
    TIME(decided_at, "When it was decided.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TEXT(self_review, "Why someone decided on access of his own.", .flags = FIELD_LONG),
    REF(verified_by, "person", "Who saw that it was carried out.", .flags = FIELD_STAMPED),
    TIME(verified_at, "When.", .flags = FIELD_STAMPED),
    BOOL(privileged, "Whether the account could administer the system when it was frozen.", .flags = FIELD_FIXED),
};

#define DECIDED_AS(what) { STAMP_BY(TEXT, "decision", what), STAMP(ACTOR, "decided_by"), STAMP(NOW, "decided_at") }

static const transition transitions[] = {
    MOVE(keep, "pending decided", "verified", ROLE_CONTRIBUTOR, "The holder still needs the access; there is nothing to carry out.",
         .guards = { MUST(SELF, "reviewer"), MUST(OTHER_THAN, "person"), MUST_IN(PARENT_IN, "review", "running") }, .sets = DECIDED_AS("keep")),
    MOVE(keep_own, "pending decided", "verified", ROLE_CONTRIBUTOR, "The reviewer keeps access of his own, and says why nobody else decided.",
         .needs = "self_review", .guards = { MUST(SELF, "person"), MUST_IN(PARENT_IN, "review", "running") }, .sets = DECIDED_AS("keep")),
    MOVE(revoke, "pending decided", "decided", ROLE_CONTRIBUTOR, "The access is to be taken away.",
         .guards = { MUST(SELF, "reviewer"), MUST_IN(PARENT_IN, "review", "running") }, .sets = DECIDED_AS("revoke")),
    MOVE(change, "pending decided", "decided", ROLE_CONTRIBUTOR, "The access is to be reduced, as the reason says.", .needs = "reason",
         .guards = { MUST(SELF, "reviewer"), MUST(OTHER_THAN, "person"), MUST_IN(PARENT_IN, "review", "running") }, .sets = DECIDED_AS("change")),
    MOVE(escalate, "pending", "pending", ROLE_CONTRIBUTOR, "Someone else has to decide; nothing is decided yet.", .needs = "reason",
         .guards = { MUST_IN(PARENT_IN, "review", "running") }, .sets = DECIDED_AS("escalate")),
    MOVE(verify, "decided", "verified", ROLE_CONTRIBUTOR, "What was decided was carried out.",
         .guards = { MUST(OTHER_THAN, "person"), MUST_IN(PARENT_IN, "review", "running decided") },
         .sets = { STAMP(ACTOR, "verified_by"), STAMP(NOW, "verified_at") }),
};

static const record_type record = {
    .group = "Access", .prefix = "AD", .title = "login", .owner = "reviewer", .initial = "pending",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "pending",
    .transitions = transitions, .n_transitions = COUNT(transitions), .controls = "AC-05",
};

RECORD(access_decision, "What a review decided on one account, and whether it was carried out.");
