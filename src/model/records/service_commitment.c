#include "model/model.h"

extern const relation relation_service_commitment;

static const field fields[] = {
    RECORD_ID("SC-1, SC-2 ..."),
    TEXT(title, "What is promised.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("draft; in_force: promised to customers; withdrawn.", "draft", "in_force", "withdrawn"),
    TEXT(category, "Which category of the report it belongs to.",
         CHOICES("security", "availability", "confidentiality", "processing-integrity", "privacy"),
         .flags = FIELD_REQUIRED | FIELD_COLUMN),
    REF(system, "system", "The system it is about; unknown: all of them."),
    TEXT(metric, "How it is measured, as share of minutes the service answered in a month.", .flags = FIELD_LONG),
    TEXT(target, "What is to be reached, as 99.9 % or 4 hours; for a promise without a number, what keeping it means.", .flags = FIELD_COLUMN),
    TEXT(promised_in, "Where it is promised: contract, terms, service level agreement, page.", .flags = FIELD_COLUMN),
    TEXT(promised_to, "To whom: all customers, one of them, the public."),
    REF(owner, "person", "Who answers for keeping it.", .flags = FIELD_COLUMN),
    TIME(starts_at, "Since when it holds."),
    TIME(ends_at, "Until when, if it ends."),
    REF(reviewer, "person", "Who last confirmed it.", .flags = FIELD_STAMPED),
    TIME(reviewed_at, "When it was last confirmed to be what is promised and what can be kept.", .flags = FIELD_STAMPED),
    TEXT(remark, "What the last review found.", .flags = FIELD_LONG),
};

static const transition transitions[] = {
    MOVE(promise, "draft withdrawn", "in_force", ROLE_MANAGER, "It is promised from now on.",
         .needs = "category metric target promised_in owner", .sets = { STAMP(ACTOR, "reviewer"), STAMP(NOW, "reviewed_at") }),
    MOVE(review, "in_force", NULL, ROLE_CONTRIBUTOR, "It is still what is promised, and can be kept.",
         .needs = "metric target promised_in owner", .sets = { STAMP(ACTOR, "reviewer"), STAMP(NOW, "reviewed_at") }),
    MOVE(withdraw, "draft in_force", "withdrawn", ROLE_MANAGER, "It is promised no longer.", .needs = "remark"),
};

static const record_type record = {
    .group = "Govern", .prefix = "SC", .title = "title", .owner = "owner", .initial = "draft",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "draft in_force",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "reviewed every year", .controls = "CM-04",
};

RECORD(service_commitment, "A promise to customers about the service, with how it is measured and where it was made.");
