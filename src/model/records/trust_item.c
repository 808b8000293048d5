#include "model/model.h"

extern const relation relation_trust_item;

static const field fields[] = {
    RECORD_ID("SHOWN-1, SHOWN-2 ..."),
    REF(about, "*", "What is shown, as control/AC-03 or vendor/acme.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_UNIQUE),
    TEXT(words, "How it is told to people outside.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("shown; withdrawn.", "shown", "withdrawn"),
    TEXT(detail, "More of it: for a subprocessor what it does, with which data, where."),
};

static const transition transitions[] = {
    MOVE(withdraw, "shown", "withdrawn", ROLE_MANAGER, "It is shown no longer."),
    MOVE(show, "withdrawn", "shown", ROLE_MANAGER, "It is shown again."),
};

static const record_type record = {
    .group = "Trust", .prefix = "SHOWN", .title = "words", .initial = "shown",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_MANAGER, .edit = ROLE_MANAGER,
    .transitions = transitions, .n_transitions = COUNT(transitions),
};

RECORD(trust_item, "A control or a subprocessor that management chose to show on the trust page.");
