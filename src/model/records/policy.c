#include "model/model.h"

extern const relation relation_policy;

static const field fields[] = {
    RECORD_ID("The policy's short name, as access-control."),
    TEXT(title, "Its title.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("draft: no version is published yet; active; retired.", "draft", "active", "retired"),
    TEXT(owner_role, "The role that answers for it.",
         CHOICES("executive", "board_chair", "security_officer", "privacy_officer", "compliance_lead", "people_lead", "engineering_lead",
                 "operations_lead", "it_lead", "finance_lead", "legal_counsel", "support_lead"),
         .flags = FIELD_COLUMN),
    REF(owner, "person", "Who answers for it.", .flags = FIELD_COLUMN),
    INT(review_months, "After how many months it is reviewed again.", .unit = "months",
        .flags = FIELD_REQUIRED, .min = 1, .max = 36, .initial = "12"),
    TIME(review_due_at, "When it is to be reviewed next.", .flags = FIELD_COLUMN),
    BOOL(acceptance_required, "Whether each of its addressees must accept each version.",
         .flags = FIELD_REQUIRED | FIELD_COLUMN, .initial = "false"),
    TEXT(audience, "Whom it is written for, in words."),
    TEXT(addressees, "Whom it binds personally: everyone; employees and not contractors; technical: people who write code "
         "or run systems; management: people with a role.",
         CHOICES("everyone", "employees", "technical", "management"), .flags = FIELD_REQUIRED, .initial = "everyone"),
    TEXT(controls, "The controls it supports, with a blank between."),
    TIME(reviewed_at, "When it was last reviewed, whether or not that changed it.", .flags = FIELD_STAMPED),
    REF(reviewer, "person", "Who reviewed it.", .flags = FIELD_STAMPED),
    TEXT(remark, "What the last review found, or why it was retired.", .flags = FIELD_LONG),
};

static const transition transitions[] = {
    MOVE(activate, "draft retired", "active", ROLE_MANAGER, "A version is published: the policy holds.",
         .needs = "owner review_due_at", .guards = { MUST_IN(SOME_IN, "policy_version.policy", "published") }),
    MOVE(review, "active", NULL, ROLE_MANAGER, "It was reviewed and still says what is right; give the next date.",
         .needs = "owner review_due_at remark", .guards = { MUST(FUTURE, "review_due_at") },
         .sets = { STAMP(NOW, "reviewed_at"), STAMP(ACTOR, "reviewer") }),
    MOVE(retire, "draft active", "retired", ROLE_OWNER, "It holds no longer.", .needs = "remark"),
};

static const record_type record = {
    .group = "Policies", .title = "title", .owner = "owner", .initial = "draft",
    .read = ROLE_MEMBER, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "draft active",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "reviewed as its months say",
    .controls = "PL-01 CM-01",
};

RECORD(policy, "A policy of the organisation, which outlives its versions.");
