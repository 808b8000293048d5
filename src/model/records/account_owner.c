#include "model/model.h"

extern const relation relation_account_owner;

static const field fields[] = {
    RECORD_ID("SYSTEM/LOGIN, as in the account facts."),
    TEXT(system, "The system.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(login, "The account.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(kind, "personal: of one person; service: of a program; shared: of several people; emergency: for when nothing else works.",
         CHOICES("personal", "service", "shared", "emergency"), .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("current; ended.", "current", "ended"),
    REF(person, "person", "Who uses the account, or answers for it.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(purpose, "What the account is for, and who else knows its credential.", .flags = FIELD_REQUIRED | FIELD_LONG | FIELD_COLUMN),
};

static const transition transitions[] = {
    MOVE(end, "current", "ended", ROLE_CONTRIBUTOR, "The account is gone, or nobody answers for it any more."),
    MOVE(resume, "ended", "current", ROLE_CONTRIBUTOR, "The person answers for the account again."),
};

static const record_type record = {
    .group = "Access", .title = "login", .owner = "person", .initial = "current",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR,
    .transitions = transitions, .n_transitions = COUNT(transitions), .controls = "AC-01 AC-15",
};

RECORD(account_owner, "Who uses an account, or answers for one that no person uses alone.");
