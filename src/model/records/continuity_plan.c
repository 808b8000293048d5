#include "model/model.h"

extern const relation relation_continuity_plan;

static const field fields[] = {
    RECORD_ID("PLAN-1, PLAN-2 ..."),
    TEXT(title, "The plan.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(kind, "continuity: of the business; recovery: of the systems; incident_response.",
         CHOICES("continuity", "recovery", "incident_response"), .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("draft; in_review; approved; retired.", "draft", "in_review", "approved", "retired"),
    TEXT(version, "Its version, as 2.1.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    REF(owner, "person", "Who keeps it.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(body, "The plan, or where it is kept.", .flags = FIELD_LONG),
    REF(submitter, "person", "Who put it forward as it stands.", .flags = FIELD_STAMPED),
    REF(approver, "person", "Who approved it: neither its owner nor who put it forward.", .flags = FIELD_STAMPED),
    TIME(approved_at, "When it was last approved.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(tested_at, "When it was last exercised.", .flags = FIELD_STAMPED),
    ENUM(cadence, "How often it is approved anew.", "quarterly", "half_yearly", "yearly"),
    TIME(due_at, "When it must be approved anew.", .flags = FIELD_STAMPED),
};

static const transition transitions[] = {
    MOVE(submit, "draft", "in_review", ROLE_CONTRIBUTOR, "It is ready to be judged.", .needs = "body cadence",
         .sets = { STAMP(ACTOR, "submitter") }),
    MOVE(approve, "in_review approved", "approved", ROLE_MANAGER, "It is in force, now or still.",
         .guards = { MUST(OTHER_THAN, "submitter owner") },
         .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "approved_at"), STAMP_BY(EVERY, "due_at", "cadence now") }),
    MOVE(exercise, "approved", NULL, ROLE_CONTRIBUTOR, "It was exercised.",
         .guards = { MUST_IN(SOME_IN, "exercise.plan", "finished closed") }, .sets = { STAMP(NOW, "tested_at") }),
    MOVE(revise, "in_review approved", "draft", ROLE_CONTRIBUTOR, "It is being changed; until it is approved there is no plan in force."),
    MOVE(retire, "draft in_review approved", "retired", ROLE_MANAGER, "Another plan stands for it."),
};

static const record_type record = {
    .group = "Continuity", .prefix = "PLAN", .title = "title", .owner = "owner", .initial = "draft",
    .read = ROLE_MEMBER, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "draft",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "yearly", .controls = "BC-01 IR-01",
};

RECORD(continuity_plan, "How the business goes on, the systems come back, or incidents are answered.");
