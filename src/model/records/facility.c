#include "model/model.h"

extern const relation relation_facility;

static const field fields[] = {
    RECORD_ID("FAC-1, FAC-2 ..."),
    TEXT(name, "What people call it.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(kind, "own: its doors are ours; hosted: a provider guards it.", CHOICES("own", "hosted"), .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("in_use; left.", "in_use", "left"),
    REF(owner, "person", "Who answers for it.", .flags = FIELD_COLUMN),
    REF(vendor, "vendor", "The provider that guards it, where it is hosted.", .flags = FIELD_COLUMN),
    TEXT(address, "Where it is.", .flags = FIELD_LONG),
    TEXT(protection, "Locks, alarms, power, cooling, fire protection.", .flags = FIELD_LONG),
    TIME(confirmed_at, "When its protection was last looked at.", .flags = FIELD_STAMPED | FIELD_COLUMN),
};

static const transition transitions[] = {
    MOVE(confirm, "in_use", NULL, ROLE_CONTRIBUTOR, "Its protection was looked at and is as described.", .needs = "owner protection",
         .sets = { STAMP(NOW, "confirmed_at") }),
    MOVE(leave, "in_use", "left", ROLE_MANAGER, "Nothing of ours is there any more."),
    MOVE(return, "left", "in_use", ROLE_MANAGER, "It is used again."),
};

static const record_type record = {
    .group = "Assets", .prefix = "FAC", .title = "name", .owner = "owner", .initial = "in_use",
    .read = ROLE_MEMBER, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR,
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "yearly", .controls = "PH-01 PH-02",
};

RECORD(facility, "An office, room or data centre where people or equipment of the system are.");
