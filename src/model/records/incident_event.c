#include "model/model.h"

extern const relation relation_incident_event;

static const field fields[] = {
    RECORD_ID("IE-1, IE-2 ..."),
    REF(incident, "incident", "The incident.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TIME(occurred_at, "When it happened; when it was written down is in its history.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(kind, "What it is.", CHOICES("observation", "decision", "action", "communication"), .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(entry, "What happened, what was decided or done, what was said to whom.",
         .flags = FIELD_REQUIRED | FIELD_LONG | FIELD_COLUMN | FIELD_FIXED),
    REF(author, "person", "Who wrote it down.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(recorded_at, "When it was written down.", .flags = FIELD_STAMPED),
};

static const record_type record = {
    .group = "Incidents", .prefix = "IE", .title = "entry", .owner = "author", .own = "author", .about = "incident",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_MEMBER, .edit = ROLE_OWNER,
    .on_add = { STAMP(ACTOR, "author"), STAMP(NOW, "recorded_at") }, .controls = "IR-03",
};

RECORD(incident_event, "One entry in the time line of an incident; what was written stays.");
