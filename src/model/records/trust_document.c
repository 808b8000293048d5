#include "model/model.h"

extern const relation relation_trust_document;

static const field fields[] = {
    RECORD_ID("DOC-1, DOC-2 ..."),
    TEXT(title, "What it is called there.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    REF(file, "evidence", "The piece of evidence whose file it is.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(access, "anybody; on_request: after somebody here agreed, and what the page asks was accepted.",
         CHOICES("anybody", "on_request"), .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("offered; withdrawn.", "offered", "withdrawn"),
    TEXT(description, "What is in it."),
};

static const transition transitions[] = {
    MOVE(withdraw, "offered", "withdrawn", ROLE_MANAGER, "It is offered no longer."),
    MOVE(offer, "withdrawn", "offered", ROLE_MANAGER, "It is offered again."),
};

static const record_type record = {
    .group = "Trust", .prefix = "DOC", .title = "title", .initial = "offered",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_MANAGER, .edit = ROLE_MANAGER,
    .transitions = transitions, .n_transitions = COUNT(transitions),
};

RECORD(trust_document, "A document offered on the trust page.");
