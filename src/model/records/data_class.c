#include "model/model.h"

extern const relation relation_data_class;

static const field fields[] = {
    RECORD_ID("public, internal, confidential, restricted, or as the organisation calls it."),
    TEXT(title, "The class in a few words.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    INT(rank, "0: public; the higher, the more harm disclosure does.", .min = 0, .max = 9, .flags = FIELD_REQUIRED | FIELD_COLUMN),
    BOOL(confidential, "Whether it has been promised to keep such data confidential.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    BOOL(encryption_required, "Whether it must be encrypted where it is stored.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("draft; approved; withdrawn.", "draft", "approved", "withdrawn"),
    TEXT(handling, "How such data is stored, shared, labelled and destroyed.", .flags = FIELD_REQUIRED | FIELD_LONG),
    REF(owner, "person", "Who answers for the class.", .flags = FIELD_COLUMN),
    REF(approver, "person", "Who approved it.", .flags = FIELD_STAMPED),
    TIME(approved_at, "When it was last approved.", .flags = FIELD_STAMPED),
};

static const transition transitions[] = {
    MOVE(approve, "draft approved withdrawn", "approved", ROLE_MANAGER, "The class and its handling are right, now or still.",
         .needs = "owner", .guards = { MUST(OTHER_THAN, "owner") }, .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "approved_at") }),
    MOVE(withdraw, "draft approved", "withdrawn", ROLE_MANAGER, "The class is not used any more."),
};

static const record_type record = {
    .group = "Assets", .title = "title", .owner = "owner", .initial = "draft",
    .read = ROLE_MEMBER, .add = ROLE_MANAGER, .edit = ROLE_MANAGER,
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "approved anew every year", .controls = "DA-01",
};

RECORD(data_class, "A class of information and how it is handled.");
