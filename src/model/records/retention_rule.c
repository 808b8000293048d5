#include "model/model.h"

extern const relation relation_retention_rule;

static const field fields[] = {
    RECORD_ID("RET-1, RET-2 ..."),
    TEXT(title, "The kind of data it is for.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    INT(months, "How long such data is kept; 0: until its purpose ends.", .unit = "months", .min = 0, .max = 1200,
        .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(starts_with, "What the time counts from: the end of the contract, the last entry.", .flags = FIELD_REQUIRED),
    TEXT(basis, "The law, contract or purpose that asks for it.", .flags = FIELD_REQUIRED | FIELD_LONG),
    STATES("draft; in_review; approved; withdrawn.", "draft", "in_review", "approved", "withdrawn"),
    BOOL(legal_hold, "Whether nothing of it may be deleted at present.", .flags = FIELD_REQUIRED | FIELD_STAMPED | FIELD_COLUMN, .initial = "false"),
    TEXT(hold_reason, "The proceeding the hold is for.", .flags = FIELD_LONG),
    TIME(held_at, "When the hold began.", .flags = FIELD_STAMPED),
    ENUM(disposal_method, "How such data is destroyed.", "delete", "crypto_erase", "overwrite", "shred", "anonymise"),
    REF(owner, "person", "Who sees to it that it is followed.", .flags = FIELD_COLUMN),
    REF(submitter, "person", "Who put it forward as it stands.", .flags = FIELD_STAMPED),
    REF(approver, "person", "Who approved it: neither its owner nor who put it forward.", .flags = FIELD_STAMPED),
    TIME(approved_at, "When it was last approved.", .flags = FIELD_STAMPED | FIELD_COLUMN),
};

static const transition transitions[] = {
    MOVE(submit, "draft", "in_review", ROLE_CONTRIBUTOR, "It is ready to be judged.", .needs = "owner disposal_method",
         .sets = { STAMP(ACTOR, "submitter") }),
    MOVE(approve, "in_review approved", "approved", ROLE_MANAGER, "The time is right, now or still.",
         .guards = { MUST(OTHER_THAN, "submitter owner") }, .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "approved_at") }),
    MOVE(hold, "draft in_review approved", NULL, ROLE_MANAGER, "Nothing of it may be deleted until the hold is lifted.", .needs = "hold_reason",
         .sets = { STAMP_BY(TEXT, "legal_hold", "true"), STAMP(NOW, "held_at") }),
    MOVE(release, "draft in_review approved", NULL, ROLE_MANAGER, "The hold is lifted.",
         .sets = { STAMP_BY(TEXT, "legal_hold", "false"), STAMP(CLEAR, "held_at") }),
    MOVE(revise, "in_review approved withdrawn", "draft", ROLE_CONTRIBUTOR, "It is being changed."),
    MOVE(withdraw, "draft in_review approved", "withdrawn", ROLE_MANAGER, "No data is kept under it any more."),
};

static const record_type record = {
    .group = "Assets", .prefix = "RET", .title = "title", .owner = "owner", .initial = "draft",
    .read = ROLE_MEMBER, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "draft",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "approved anew every year", .controls = "DA-03",
};

RECORD(retention_rule, "How long a kind of data is kept, why, and how it is destroyed then.");
