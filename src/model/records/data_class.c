#include "model/model.h"

extern const relation relation_data_class;

static const field fields[] = {
    RECORD_ID("public, internal, confidential, restricted, or as the organisation calls it."),
    TEXT(title, "The class in a few words.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    INT(rank, "0: public; the higher, the more harm disclosure does.", .min = 0, .max = 9, .flags = FIELD_REQUIRED | FIELD_COLUMN),
    BOOL(confidential, "Whether it has been promised to keep such data confidential.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    BOOL(encryption_required, "Whether it must be encrypted where it is stored.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("draft; in_review; approved; withdrawn.", "draft", "in_review", "approved", "withdrawn"),
    TEXT(handling, "How such data is stored, shared, labelled and destroyed.", .flags = FIELD_REQUIRED | FIELD_LONG),
    REF(owner, "person", "Who answers for the class.", .flags = FIELD_COLUMN),
    REF(submitter, "person", "Who put it forward as it stands.", .flags = FIELD_STAMPED),
    REF(approver, "person", "Who approved it: neither its owner nor who put it forward.", .flags = FIELD_STAMPED),
    TIME(approved_at, "When it was last approved.", .flags = FIELD_STAMPED),
};

static const transition transitions[] = {
    MOVE(submit, "draft", "in_review", ROLE_CONTRIBUTOR, "It is ready to be judged.", .needs = "owner", .sets = { STAMP(ACTOR, "submitter") }),
    MOVE(approve, "in_review approved", "approved", ROLE_MANAGER, "The class and its handling are right, now or still.",
         .guards = { MUST(OTHER_THAN, "submitter owner") }, .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "approved_at") }),
    MOVE(revise, "in_review approved withdrawn", "draft", ROLE_CONTRIBUTOR, "It is being changed."),
    MOVE(withdraw, "draft in_review approved", "withdrawn", ROLE_MANAGER, "The class is not used any more."),
};

static const record_type record = {
    .group = "Assets", .title = "title", .owner = "owner", .initial = "draft",
    .read = ROLE_MEMBER, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "draft",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "approved anew every year", .controls = "DA-01",
};

RECORD(data_class, "A class of information and how it is handled.");
