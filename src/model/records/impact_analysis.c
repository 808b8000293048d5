#include "model/model.h"

extern const relation relation_impact_analysis;

static const field fields[] = {
    RECORD_ID("BIA-1, BIA-2 ..."),
    TEXT(process, "The activity or service.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("draft; in_review; approved; retired.", "draft", "in_review", "approved", "retired"),
    REF(owner, "person", "Who answers for the activity.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(impact, "What an outage costs, by its length: money, duties, reputation.", .flags = FIELD_REQUIRED | FIELD_LONG),
    TEXT(dependencies, "People, systems and vendors it cannot do without.", .flags = FIELD_LONG),
    INT(max_outage_minutes, "The longest outage that can be borne.", .unit = "minutes", .min = 0, .max = 5256000, .flags = FIELD_REQUIRED | FIELD_COLUMN),
    INT(rto_minutes, "It is to be usable again within this time.", .unit = "minutes", .min = 0, .max = 5256000, .flags = FIELD_REQUIRED | FIELD_COLUMN),
    INT(rpo_minutes, "Data of at most this long may be lost.", .unit = "minutes", .min = 0, .max = 5256000, .flags = FIELD_REQUIRED | FIELD_COLUMN),
    REF(submitter, "person", "Who put it forward as it stands.", .flags = FIELD_STAMPED),
    REF(approver, "person", "Who approved it: neither its owner nor who put it forward.", .flags = FIELD_STAMPED),
    TIME(approved_at, "When it was last approved.", .flags = FIELD_STAMPED | FIELD_COLUMN),
};

static const transition transitions[] = {
    MOVE(submit, "draft", "in_review", ROLE_CONTRIBUTOR, "It is ready to be judged.", .needs = "dependencies",
         .guards = { MUST(REACHES, "max_outage_minutes rto_minutes") }, .sets = { STAMP(ACTOR, "submitter") }),
    MOVE(approve, "in_review approved", "approved", ROLE_MANAGER, "It is right, now or still.", .guards = { MUST(OTHER_THAN, "submitter owner") },
         .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "approved_at") }),
    MOVE(revise, "in_review approved", "draft", ROLE_CONTRIBUTOR, "It is being changed."),
    MOVE(retire, "draft in_review approved", "retired", ROLE_MANAGER, "The activity is given up."),
};

static const record_type record = {
    .group = "Continuity", .prefix = "BIA", .title = "process", .owner = "owner", .initial = "draft",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "draft",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "approved anew every year", .controls = "BC-01",
};

RECORD(impact_analysis, "What an outage of an activity costs, and how soon it must be back.");
