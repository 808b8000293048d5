#include "model/model.h"

extern const relation relation_control;

static const field fields[] = {
    RECORD_ID("The control's id in the catalogue, as AC-03."),
    STATES("planned: chosen, not working yet; operating; not_applicable: with the reason; retired.",
           "planned", "operating", "not_applicable", "retired"),
    REF(owner, "person", "Who answers for it.", .flags = FIELD_COLUMN),
    ENUM(cadence, "How often it is performed.", "continuous", "daily", "weekly", "monthly", "quarterly", "half_yearly",
         "yearly", "per_event"),
    ENUM(method, "How it is performed.", "automated", "manual", "mixed"),
    TEXT(reason, "Why it does not apply, or is performed otherwise than the catalogue says.", .flags = FIELD_LONG),
    TEXT(procedure, "How it is performed here.", .flags = FIELD_LONG),
    TIME(changed_at, "When its state last changed.", .flags = FIELD_STAMPED),
};

static const transition transitions[] = {
    MOVE(operate, "planned not_applicable retired", "operating", ROLE_MANAGER, "The control works from now on.",
         .needs = "owner", .sets = { STAMP(NOW, "changed_at") }),
    MOVE(exclude, "planned operating", "not_applicable", ROLE_OWNER, "The control does not apply here.",
         .needs = "reason", .sets = { STAMP(NOW, "changed_at") }),
    MOVE(retire, "planned operating", "retired", ROLE_OWNER, "The control is given up; its criteria need another.",
         .needs = "reason", .sets = { STAMP(NOW, "changed_at") }),
};

static const record_type record = {
    .group = "Assure", .title = "id", .owner = "owner", .initial = "planned",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_MANAGER, .edit = ROLE_MANAGER,
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "reviewed every year",
};

RECORD(control, "What the organisation says of a control of the catalogue: its owner, its cadence, whether it applies.");
