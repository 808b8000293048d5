#include "model/model.h"

extern const relation relation_access_review;

static const field fields[] = {
    RECORD_ID("REV-1, REV-2 ..."),
    TEXT(kind, "account: who has an account; role: who holds which right; physical: who may enter.",
         CHOICES("account", "role", "physical"), .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(system, "The system, named as in the account facts, or the facility's id.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(period, "What it covers, as 2026-Q1.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    STATES("draft; running: the population is frozen; decided: every decision is taken; closed: what was to be "
           "revoked is verified as gone; cancelled.", "draft", "running", "decided", "closed", "cancelled"),
    REF(reviewer, "person", "Who decides: the owner of the system.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TIME(due_at, "By when all decisions are to be taken.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TIME(started_at, "When the population was frozen.", .flags = FIELD_STAMPED),
    INT(population, "Accounts that were frozen.", .flags = FIELD_STAMPED),
    TEXT(digest, "SHA-256 over the frozen accounts, hex.", .flags = FIELD_STAMPED),
    TIME(decided_at, "When the last decision had been taken.", .flags = FIELD_STAMPED),
    TIME(closed_at, "When the last revocation had been verified.", .flags = FIELD_STAMPED),
    TEXT(remark, "What was noticed, or why it was cancelled.", .flags = FIELD_LONG),
};

static const transition transitions[] = {
    MOVE(start, "draft", "running", ROLE_CONTRIBUTOR, "The population is frozen and the reviewer decides.",
         .sets = { STAMP(NOW, "started_at") }, .effect = EFFECT_FREEZE_ACCOUNTS),
    /* SOME_IN keeps a review of nothing from looking like a review. */
    MOVE(decide, "running", "decided", ROLE_CONTRIBUTOR, "Every decision is taken.",
         .guards = { MUST_IN(ALL_IN, "access_decision.review", "decided verified"), MUST_IN(SOME_IN, "access_decision.review", "decided verified") },
         .sets = { STAMP(NOW, "decided_at") }),
    MOVE(close, "decided", "closed", ROLE_CONTRIBUTOR, "What was to be changed or revoked is verified.",
         .guards = { MUST_IN(ALL_IN, "access_decision.review", "verified") }, .sets = { STAMP(NOW, "closed_at") }),
    MOVE(cancel, "draft running", "cancelled", ROLE_MANAGER, "The review is not carried out.", .needs = "remark"),
};

static const record_type record = {
    .group = "Access", .prefix = "REV", .title = "system", .owner = "reviewer", .initial = "draft",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "draft running decided",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "quarterly for every system in scope",
    .controls = "AC-05 AC-08 PH-03",
};

RECORD(access_review, "A campaign in which the owner of a system goes through everyone who has access to it.");
