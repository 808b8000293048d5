#include "model/model.h"

extern const relation relation_risk;

static const field fields[] = {
    RECORD_ID("RISK-1, RISK-2 ..."),
    TEXT(title, "What may happen, in one line.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("identified; assessed: it has scores; treated: the plan is carried out; accepted by a risk_acceptance; closed.",
           "identified", "assessed", "treated", "accepted", "closed"),
    TEXT(description, "Cause, event and consequence.", .flags = FIELD_LONG),
    TEXT(category, "The part of the business it belongs to: access, vendor, people, privacy, continuity ..."),
    REF(owner, "person", "Who answers for it; unknown: nobody does yet.", .flags = FIELD_COLUMN),
    INT(likelihood, "How likely it is without treatment: 1 rare to 5 almost certain.", .min = 1, .max = 5),
    INT(impact, "How much it would hurt without treatment: 1 negligible to 5 severe.", .min = 1, .max = 5),
    INT(inherent_score, "Likelihood times impact.", .min = 1, .max = 25, .flags = FIELD_STAMPED | FIELD_COLUMN),
    INT(residual_likelihood, "How likely it is with the controls that stand.", .min = 1, .max = 5),
    INT(residual_impact, "How much it would hurt with the controls that stand.", .min = 1, .max = 5),
    INT(residual_score, "Residual likelihood times residual impact.", .min = 1, .max = 25, .flags = FIELD_STAMPED | FIELD_COLUMN),
    ENUM(treatment, "The decided response; unknown: none is decided.", "accept", "mitigate", "transfer", "avoid"),
    TEXT(plan, "What is done about it.", .flags = FIELD_LONG),
    TEXT(controls, "Controls that bring it down, by id with blanks between: \"AC-03 LG-01\"."),
    TIME(treatment_due_at, "By when the plan is to be carried out."),
    TIME(treated_at, "When the plan was carried out.", .flags = FIELD_STAMPED),
    BOOL(fraud, "Whether it is a way to commit fraud or to misuse access.", .flags = FIELD_REQUIRED, .initial = "false"),
    BOOL(change, "Whether it comes from a change inside or outside.", .flags = FIELD_REQUIRED, .initial = "false"),
    ENUM(review_cadence, "How often it is looked at.", "monthly", "quarterly", "half_yearly", "yearly"),
    TIME(assessed_at, "When it was last given scores.", .flags = FIELD_STAMPED),
    TIME(reviewed_at, "When it was last looked at.", .flags = FIELD_STAMPED),
    TIME(review_due_at, "When it is to be looked at next; unknown: no cadence is set.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TEXT(library, "The entry of the risk library it was taken from; unknown: it is our own."),
    TEXT(close_reason, "Why it is a risk no more.", .flags = FIELD_LONG),
};

#define REVIEWED STAMP(NOW, "reviewed_at"), STAMP_BY(EVERY, "review_due_at", "review_cadence now")

static const transition transitions[] = {
    MOVE(assess, "identified assessed treated accepted", "assessed", ROLE_CONTRIBUTOR, "It has scores and an owner; earlier treatment or acceptance is looked at anew.",
         .needs = "owner likelihood impact", .sets = { STAMP(NOW, "assessed_at"), STAMP(CLEAR, "treated_at"), REVIEWED }),
    MOVE(treat, "assessed", "treated", ROLE_CONTRIBUTOR, "The plan is carried out; what remains is scored.",
         .needs = "treatment plan residual_likelihood residual_impact", .sets = { STAMP(NOW, "treated_at"), REVIEWED }),
    MOVE(accept, "assessed treated", "accepted", ROLE_MANAGER, "What remains is accepted by name and until a date.",
         .needs = "residual_likelihood residual_impact", .guards = { MUST_IN(SOME_IN, "risk_acceptance.risk", "approved") }, .sets = { REVIEWED }),
    MOVE(review, "assessed treated accepted", NULL, ROLE_CONTRIBUTOR, "It was looked at and still stands as it is written.",
         .sets = { REVIEWED }),
    MOVE(close, "identified assessed treated accepted", "closed", ROLE_MANAGER, "It is a risk no more.",
         .needs = "close_reason", .guards = { MUST(OTHER_THAN, "owner") }),
    MOVE(reopen, "closed", "identified", ROLE_CONTRIBUTOR, "It is a risk again."),
};

static const record_type record = {
    .group = "Risk", .prefix = "RISK", .title = "title", .owner = "owner", .initial = "identified",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "identified assessed treated",
    .on_write = { STAMP_BY(PRODUCT, "inherent_score", "likelihood impact"),
                  STAMP_BY(PRODUCT, "residual_score", "residual_likelihood residual_impact") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "as its review_cadence", .controls = "RK-04 RK-05 RK-07",
};

RECORD(risk, "Something that may keep the organisation from its objectives, its scores and the response to it.");
