#include "model/model.h"

extern const relation relation_visitor;

static const field fields[] = {
    RECORD_ID("VIS-1, VIS-2 ..."),
    TEXT(name, "The visitor.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(organisation, "Where the visitor comes from.", .flags = FIELD_COLUMN),
    REF(facility, "facility", "What was visited.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("expected; present; gone; did not come.", "expected", "present", "gone", "absent"),
    REF(receiver, "person", "Who receives and accompanies the visitor.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(purpose, "What for.", .flags = FIELD_LONG),
    TIME(arrived_at, "When the visitor came.", .flags = FIELD_COLUMN),
    TIME(left_at, "When the visitor left."),
    BOOL(identified, "Whether a document was seen."),
    BOOL(escorted, "Whether somebody was with the visitor all the time."),
    TEXT(badge, "Number of the visitor's badge."),
};

static const transition transitions[] = {
    MOVE(arrive, "expected", "present", ROLE_MEMBER, "The visitor is here.", .needs = "arrived_at", .guards = { MUST(PAST, "arrived_at") }),
    MOVE(depart, "present", "gone", ROLE_MEMBER, "The visitor has left.", .needs = "left_at escorted",
         .guards = { MUST(PAST, "left_at"), MUST(REACHES, "left_at arrived_at") }),
    MOVE(miss, "expected", "absent", ROLE_MEMBER, "The visitor did not come."),
};

static const record_type record = {
    .group = "Assets", .prefix = "VIS", .title = "name", .owner = "receiver", .own = "receiver", .initial = "expected",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_MEMBER, .edit = ROLE_MEMBER, .edit_in = "expected present",
    .transitions = transitions, .n_transitions = COUNT(transitions), .controls = "PH-01",
};

RECORD(visitor, "Someone from outside who entered a facility, and who was with them.");
