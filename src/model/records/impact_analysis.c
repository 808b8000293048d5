#include "model/model.h"

extern const relation relation_impact_analysis;

static const field fields[] = {
    RECORD_ID("BIA-1, BIA-2 ..."),
    TEXT(process, "The activity or service.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("draft; approved; retired.", "draft", "approved", "retired"),
    REF(owner, "person", "Who answers for the activity.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(impact, "What an outage costs, by its length: money, duties, reputation.", .flags = FIELD_REQUIRED | FIELD_LONG),
    TEXT(dependencies, "People, systems and vendors it cannot do without.", .flags = FIELD_LONG),
    INT(max_outage_minutes, "The longest outage that can be borne.", .unit = "minutes", .min = 0, .max = 5256000, .flags = FIELD_REQUIRED | FIELD_COLUMN),
    INT(rto_minutes, "It is to be usable again within this time.", .unit = "minutes", .min = 0, .max = 5256000, .flags = FIELD_REQUIRED | FIELD_COLUMN),
    INT(rpo_minutes, "Data of at most this long may be lost.", .unit = "minutes", .min = 0, .max = 5256000, .flags = FIELD_REQUIRED | FIELD_COLUMN),
    REF(approver, "person", "Who approved it.", .flags = FIELD_STAMPED),
    TIME(approved_at, "When it was last approved.", .flags = FIELD_STAMPED | FIELD_COLUMN),
};

static const transition transitions[] = {
    MOVE(approve, "draft approved", "approved", ROLE_MANAGER, "It is right, now or still.", .needs = "dependencies",
         .guards = { MUST(OTHER_THAN, "owner"), MUST(REACHES, "max_outage_minutes rto_minutes") },
         .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "approved_at") }),
    MOVE(retire, "draft approved", "retired", ROLE_MANAGER, "The activity is given up."),
};

static const record_type record = {
    .group = "Operations", .prefix = "BIA", .title = "process", .owner = "owner", .initial = "draft",
    .read = ROLE_MEMBER, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "draft approved",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "approved anew every year", .controls = "BC-01",
};

RECORD(impact_analysis, "What an outage of an activity costs, and how soon it must be back.");
