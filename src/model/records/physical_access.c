#include "model/model.h"

extern const relation relation_physical_access;

static const field fields[] = {
    RECORD_ID("PA-1, PA-2 ..."),
    REF(person, "person", "Who may enter.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    REF(facility, "facility", "Where.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(kind, "What opens the door.", CHOICES("badge", "metal_key", "code", "list"), .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    STATES("requested; granted; refused; removed: handed back or switched off.", "requested", "granted", "refused", "removed"),
    TEXT(area, "The rooms it opens."),
    TEXT(number, "Number of the badge or key."),
    REF(requester, "person", "Who asked for it.", .flags = FIELD_STAMPED),
    REF(approver, "person", "Who approved or refused it.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(granted_at, "When it was approved and given.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(expires_at, "When it ends by itself."),
    TIME(removed_at, "When it was handed back or switched off.", .flags = FIELD_COLUMN),
};

static const transition transitions[] = {
    MOVE(grant, "requested", "granted", ROLE_CONTRIBUTOR, "The person needs to enter.",
         .guards = { MUST(OTHER_THAN, "requester"), MUST(OTHER_THAN, "person") }, .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "granted_at") }),
    MOVE(refuse, "requested", "refused", ROLE_CONTRIBUTOR, "The person does not need to enter.",
         .guards = { MUST(OTHER_THAN, "requester") }, .sets = { STAMP(ACTOR, "approver") }),
    MOVE(remove, "granted", "removed", ROLE_CONTRIBUTOR, "It was handed back or switched off.", .needs = "removed_at",
         .guards = { MUST(PAST, "removed_at"), MUST(REACHES, "removed_at granted_at") }),
};

static const record_type record = {
    .group = "Assets", .prefix = "PA", .title = "person", .owner = "approver", .own = "person", .initial = "requested",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_MEMBER, .edit = ROLE_CONTRIBUTOR, .edit_in = "requested",
    .on_add = { STAMP(ACTOR, "requester") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "compared with the workforce every half year",
    .controls = "PH-01 PH-03",
};

RECORD(physical_access, "A badge, key or code that opens a facility to a person.");
