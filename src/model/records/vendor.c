#include "model/model.h"

extern const relation relation_vendor;

static const field fields[] = {
    RECORD_ID("VEN-1, VEN-2 ..."),
    TEXT(name, "The vendor's name.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_UNIQUE),
    STATES("prospective: not used yet; active; offboarding; ended; rejected: it was never used.",
           "prospective", "active", "offboarding", "ended", "rejected"),
    TEXT(tier, "How much harm it could do.", CHOICES("critical", "high", "medium", "low"), .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(service, "What it does for the organisation.", .flags = FIELD_COLUMN),
    TEXT(data_handled, "Which data it stores, sees or passes on.", .flags = FIELD_LONG),
    BOOL(personal_data, "Whether personal data is among it.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    BOOL(subservice, "Whether its controls are needed, with ours, to meet commitments: a subservice organisation.", .flags = FIELD_REQUIRED),
    ENUM(method, "A subservice organisation: how the report treats it.", "carve_out", "inclusive"),
    REF(owner, "person", "Who answers for the relationship.", .flags = FIELD_COLUMN),
    TEXT(contact, "Where it is reached about security and privacy."),
    TEXT(location, "Countries in which it handles the data."),
    TEXT(purpose, "Personal data: what it is given for."),
    ENUM(legal_basis, "Personal data: why it may be given.", "consent", "contract", "legal_obligation", "vital_interests",
         "public_task", "legitimate_interests", "processor_agreement"),
    BOOL(listed, "Personal data: whether it stands on the published list of subprocessors; unknown: nobody looked."),
    TIME(started_at, "When it was first used.", .flags = FIELD_STAMPED),
    REF(approver, "person", "Who approved its use.", .flags = FIELD_STAMPED),
    ENUM(review_cadence, "How often it is reviewed.", "quarterly", "half_yearly", "yearly"),
    TIME(reviewed_at, "When it was last reviewed.", .flags = FIELD_STAMPED),
    TIME(review_due_at, "When it is to be reviewed next.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(offboarding_at, "When it was decided to end.", .flags = FIELD_STAMPED),
    TIME(access_removed_at, "When its access and keys were withdrawn."),
    ENUM(data_outcome, "What became of the data it held.", "returned", "deleted", "none_held"),
    TEXT(data_proof, "What shows it: its written confirmation, a certificate."),
    TIME(ended_at, "When everything was ended.", .flags = FIELD_STAMPED),
};

static const transition transitions[] = {
    MOVE(activate, "prospective", "active", ROLE_MANAGER, "It may be used.",
         .needs = "service data_handled owner review_cadence",
         .guards = { MUST(OTHER_THAN, "owner"), MUST_IN(SOME_IN, "due_diligence.vendor", "approved") },
         .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "started_at"), STAMP_BY(EVERY, "review_due_at", "review_cadence now") }),
    MOVE(review, "active", NULL, ROLE_CONTRIBUTOR, "A vendor_review of it is completed.",
         .guards = { MUST_IN(SOME_IN, "vendor_review.vendor", "completed") },
         .sets = { STAMP(NOW, "reviewed_at"), STAMP_BY(EVERY, "review_due_at", "review_cadence now") }),
    MOVE(offboard, "active", "offboarding", ROLE_CONTRIBUTOR, "It is to be ended.",
         .sets = { STAMP(NOW, "offboarding_at") }),
    MOVE(finish, "offboarding", "ended", ROLE_MANAGER, "Access is gone and the data is returned or deleted.",
         .needs = "access_removed_at data_outcome data_proof", .guards = { MUST(PAST, "access_removed_at"), MUST_IN(ALL_IN, "contract.vendor", "draft ended") },
         .sets = { STAMP(NOW, "ended_at") }),
    MOVE(reject, "prospective", "rejected", ROLE_CONTRIBUTOR, "It is not used after all."),
};

static const record_type record = {
    .group = "Vendors", .prefix = "VEN", .title = "name", .owner = "owner", .initial = "prospective",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR,
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "as its review_cadence", .controls = "VN-01 VN-05 PR-10",
};

RECORD(vendor, "A company on whose service or care of data the organisation depends, from before its use to after its end.");
