#include "model/model.h"

extern const relation relation_checklist_item;

static const field fields[] = {
    RECORD_ID("CHK-1, CHK-2 ..."),
    REF(person, "person", "Who joins or leaves.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(kind, "The list it belongs to.",
         CHOICES("onboarding", "offboarding"),
         .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    STATES("open; done; not_needed, with the reason.", "open", "done", "not_needed"),
    TEXT(title, "What is to be done.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(category, "access: accounts and rights; equipment: devices, badges, keys and tokens; agreement: contracts and "
         "confidentiality; training; knowledge: handing work over; other.",
         CHOICES("access", "equipment", "agreement", "training", "knowledge", "other"),
         .flags = FIELD_REQUIRED | FIELD_COLUMN, .initial = "other"),
    TIME(due_at, "By when.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    REF(owner, "person", "Who is to do it.", .flags = FIELD_COLUMN),
    TIME(done_at, "When it was done.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    REF(done_by, "person", "Who said that it was done.", .flags = FIELD_STAMPED),
    TEXT(remark, "What was done, or why it is not needed.", .flags = FIELD_LONG),
    TEXT(step, "The item of the checklist it was made from; unknown: it was added by hand.", .flags = FIELD_FIXED),
};

static const transition transitions[] = {
    MOVE(finish, "open", "done", ROLE_MEMBER, "It was done.", .sets = { STAMP(NOW, "done_at"), STAMP(ACTOR, "done_by") }),
    MOVE(skip, "open", "not_needed", ROLE_MANAGER, "It does not apply to this person.",
         .needs = "remark", .guards = { MUST(OTHER_THAN, "person") }, .sets = { STAMP(NOW, "done_at"), STAMP(ACTOR, "done_by") }),
    MOVE(reopen, "done not_needed", "open", ROLE_CONTRIBUTOR, "It was not done after all.",
         .needs = "remark", .sets = { STAMP(CLEAR, "done_at"), STAMP(CLEAR, "done_by") }),
};

static const record_type record = {
    .group = "People", .prefix = "CHK", .title = "title", .owner = "owner", .own = "owner", .initial = "open",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "open",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "for each joiner and leaver", .controls = "HR-07 HR-08",
};

RECORD(checklist_item, "One step of a person's onboarding or offboarding, with its day and who did it.");
