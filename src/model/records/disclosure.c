#include "model/model.h"

extern const relation relation_disclosure;

static const field fields[] = {
    RECORD_ID("DISC-1, DISC-2 ..."),
    TEXT(recipient, "Who received the data.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("recorded; authorised by someone else; withdrawn: it did not happen, or was recorded twice.", "recorded", "authorised", "withdrawn"),
    TEXT(kind, "What kind of recipient it is.", CHOICES("processor", "controller", "authority", "court", "other"),
         .flags = FIELD_REQUIRED | FIELD_COLUMN),
    REF(vendor, "vendor", "The vendor, where it is one."),
    TEXT(data_subjects, "About whom: pseudonyms, or the category and number.", .flags = FIELD_LONG),
    TEXT(data, "What was disclosed.", .flags = FIELD_LONG),
    TEXT(purpose, "What for."),
    ENUM(basis, "Why it was allowed; unknown: nobody said.", "consent", "contract", "legal_obligation", "vital_interests", "public_task",
         "legitimate_interests", "processor_agreement", "court_order"),
    TIME(disclosed_at, "When it was disclosed.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    REF(recorder, "person", "Who recorded it.", .flags = FIELD_STAMPED),
    REF(approver, "person", "Who authorised it.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(approved_at, "When it was authorised.", .flags = FIELD_STAMPED | FIELD_COLUMN),
};

static const transition transitions[] = {
    MOVE(authorise, "recorded", "authorised", ROLE_MANAGER, "It is allowed, on this basis.",
         .needs = "data_subjects data basis", .guards = { MUST(OTHER_THAN, "recorder") }, .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "approved_at") }),
    MOVE(withdraw, "recorded", "withdrawn", ROLE_MANAGER, "It did not happen, or was recorded twice.",
         .guards = { MUST(OTHER_THAN, "recorder") }, .sets = { STAMP(ACTOR, "approver") }),
};

static const record_type record = {
    .group = "Privacy", .prefix = "DISC", .title = "recipient", .owner = "recorder", .initial = "recorded",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "recorded",
    .on_add = { STAMP(ACTOR, "recorder") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .controls = "PR-11",
};

RECORD(disclosure, "An authorised disclosure of personal data: what, about whom, to whom, when and on what basis.");
