#include "model/model.h"

extern const relation relation_trust_request;

static const field fields[] = {
    RECORD_ID("ASK-1, ASK-2 ..."),
    TEXT(name, "Who asks.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(email, "Where to answer.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    STATES("received; granted: a link was made; declined; ended.", "received", "granted", "declined", "ended"),
    TEXT(company, "For whom.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(purpose, "What for.", .flags = FIELD_LONG | FIELD_FIXED),
    TIME(received_at, "When it came.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    REF(decided_by, "person", "Who decided.", .flags = FIELD_STAMPED),
    TIME(decided_at, "When.", .flags = FIELD_STAMPED),
    TIME(agreed_at, "When the person accepted what the page asks.", .flags = FIELD_STAMPED),
    TEXT(agreed_to, "SHA-256 of the text that was accepted, hex.", .flags = FIELD_STAMPED),
    TEXT(remark, "Why it was declined."),
};

static const transition transitions[] = {
    MOVE(grant, "received granted", "granted", ROLE_MANAGER, "The person may read the documents; the request's page makes the link.",
         .sets = { STAMP(ACTOR, "decided_by"), STAMP(NOW, "decided_at") }),
    MOVE(decline, "received", "declined", ROLE_MANAGER, "The person may not.", .needs = "remark",
         .sets = { STAMP(ACTOR, "decided_by"), STAMP(NOW, "decided_at") }),
    MOVE(end, "granted", "ended", ROLE_MANAGER, "The links work no longer."),
};

static const record_type record = {
    .group = "Trust", .prefix = "ASK", .title = "company", .initial = "received",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_MANAGER, .edit_in = "received",
    .on_add = { STAMP(NOW, "received_at") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "answered within days",
};

RECORD(trust_request, "Somebody outside asks for documents of the trust page.");
