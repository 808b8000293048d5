#include "model/model.h"

extern const relation relation_acceptance;

static const field fields[] = {
    RECORD_ID("ACC-1, ACC-2 ..."),
    REF(person, "person", "Who accepts.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    REF(policy_version, "policy_version", "What is accepted: one version, never a policy as such.",
         .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    STATES("asked; accepted by the person; void: it was recorded in error, and stays on record.", "asked", "accepted", "void"),
    TEXT(digest, "SHA-256 of the text as the version had it when it was accepted, hex.", .flags = FIELD_STAMPED),
    TIME(due_at, "By when the person is to accept.", .flags = FIELD_COLUMN),
    TIME(accepted_at, "When the person accepted.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TEXT(remark, "Why it is void.", .flags = FIELD_LONG),
};

static const transition transitions[] = {
    MOVE(accept, "asked", "accepted", ROLE_MEMBER, "The person has read the text and agrees to keep it.",
         .guards = { MUST(SELF, "person"), MUST_IN(PARENT_IN, "policy_version", "published") },
         .sets = { STAMP(NOW, "accepted_at"), STAMP_BY(FROM, "digest", "policy_version digest") }),
    MOVE(annul, "asked accepted", "void", ROLE_MANAGER, "It was recorded in error.", .needs = "remark"),
};

static const record_type record = {
    .group = "Policies", .prefix = "ACC", .title = "policy_version", .owner = "person", .own = "person", .initial = "asked",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "asked",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "each person, each published version",
    .controls = "GV-01 PL-05",
};

RECORD(acceptance, "A person accepts one exact version of a policy, bound to the digest of its text.");
