#include "model/model.h"

extern const relation relation_processing_activity;

static const field fields[] = {
    RECORD_ID("ROPA-1, ROPA-2 ..."),
    TEXT(name, "What is done, in one line.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("draft; active: approved and going on; ended.", "draft", "active", "ended"),
    ENUM(capacity, "As what the organisation does it.", "controller", "joint_controller", "processor"),
    TEXT(controller, "The controller, where it is somebody else, and how to reach them."),
    TEXT(purpose, "Why it is done.", .flags = FIELD_COLUMN | FIELD_LONG),
    ENUM(legal_basis, "Why it may be done.", "consent", "contract", "legal_obligation", "vital_interests", "public_task", "legitimate_interests"),
    TEXT(subjects, "Whose data it is, by category.", .flags = FIELD_LONG),
    TEXT(data_categories, "Which data is collected, by category or field.", .flags = FIELD_LONG),
    BOOL(special_categories, "Whether special kinds of data are among it (health, beliefs, biometrics ...).", .flags = FIELD_REQUIRED),
    TEXT(collected_from, "Where the data comes from: forms, devices, third parties.", .flags = FIELD_LONG),
    TEXT(recipients, "Who receives it, by category; \"none\" when nobody does.", .flags = FIELD_LONG),
    TEXT(transfers, "Countries outside the region it goes to, with the safeguard; \"none\" when it stays.", .flags = FIELD_LONG),
    TEXT(retention, "How long it is kept, by category.", .flags = FIELD_LONG),
    TEXT(security, "How it is protected.", .flags = FIELD_LONG),
    BOOL(high_risk, "Whether it is likely to bring a high risk to people, so that an impact assessment is needed.", .flags = FIELD_REQUIRED),
    REF(owner, "person", "Who answers for it.", .flags = FIELD_COLUMN),
    REF(notice, "privacy_notice", "The version of the notice that tells people of it."),
    BOOL(minimal, "Whether the last review found every field necessary; unknown: nobody looked."),
    BOOL(within_notice, "Whether the last review found the data used only as the notice says; unknown: nobody looked."),
    REF(approver, "person", "Who approved it.", .flags = FIELD_STAMPED),
    TIME(started_at, "When it was approved and began.", .flags = FIELD_STAMPED),
    REF(reviewer, "person", "Who last reviewed it.", .flags = FIELD_STAMPED),
    TIME(reviewed_at, "When it was last reviewed.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    ENUM(review_cadence, "How often it is reviewed.", "quarterly", "half_yearly", "yearly"),
    TIME(review_due_at, "When it is to be reviewed next.", .flags = FIELD_STAMPED | FIELD_COLUMN),
};

#define REVIEWED STAMP(ACTOR, "reviewer"), STAMP(NOW, "reviewed_at"), STAMP_BY(EVERY, "review_due_at", "review_cadence now")

static const transition transitions[] = {
    MOVE(approve, "draft", "active", ROLE_MANAGER, "It may begin.",
         .needs = "owner capacity purpose legal_basis subjects data_categories recipients retention security review_cadence",
         .guards = { MUST(OTHER_THAN, "owner") }, .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "started_at"), REVIEWED }),
    MOVE(review, "active", NULL, ROLE_CONTRIBUTOR, "It was compared with what is done and with the notice.",
         .needs = "minimal within_notice", .sets = { REVIEWED }),
    MOVE(revise, "active", "draft", ROLE_CONTRIBUTOR, "Its purpose, data or recipients are to change, and need approval again."),
    MOVE(finish, "draft active", "ended", ROLE_MANAGER, "It is done no more."),
};

static const record_type record = {
    .group = "Privacy", .prefix = "ROPA", .title = "name", .owner = "owner", .initial = "draft",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "draft active",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "as its review_cadence", .controls = "PR-05 PR-06",
};

RECORD(processing_activity, "An entry of the record of processing: what is done with personal data, why, and for how long.");
