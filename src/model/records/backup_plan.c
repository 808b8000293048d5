#include "model/model.h"

extern const relation relation_backup_plan;

static const field fields[] = {
    RECORD_ID("BP-1, BP-2 ..."),
    REF(data_store, "data_store", "What is backed up.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    STATES("draft; in_review; approved; withdrawn.", "draft", "in_review", "approved", "withdrawn"),
    REF(owner, "person", "Who answers for it.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(made_by, "host: a tool on the data store's host, whose runs are collected; provider: the service itself.", CHOICES("host", "provider"),
         .flags = FIELD_REQUIRED),
    TEXT(tool, "What makes the backup, and where it is set up.", .flags = FIELD_LONG),
    INT(frequency_minutes, "A backup is made at least this often.", .unit = "minutes", .min = 1, .max = 525600, .flags = FIELD_REQUIRED | FIELD_COLUMN),
    INT(rpo_minutes, "Data of at most this long may be lost.", .unit = "minutes", .min = 0, .max = 525600, .flags = FIELD_REQUIRED | FIELD_COLUMN),
    INT(rto_minutes, "Restoring may take at most this long.", .unit = "minutes", .min = 1, .max = 525600, .flags = FIELD_REQUIRED | FIELD_COLUMN),
    INT(keep_days, "How long a backup is kept.", .unit = "days", .min = 1, .max = 36500),
    BOOL(elsewhere, "Whether a copy is in another location and account; unknown: nobody has looked."),
    BOOL(encrypted, "Whether the copies are encrypted; unknown: nobody has looked."),
    BOOL(undeletable, "Whether a copy is safe from those who run production until its time is up; unknown: nobody has looked."),
    REF(submitter, "person", "Who put it forward as it stands.", .flags = FIELD_STAMPED),
    REF(approver, "person", "Who approved it: neither its owner nor who put it forward.", .flags = FIELD_STAMPED),
    TIME(approved_at, "When it was last approved.", .flags = FIELD_STAMPED | FIELD_COLUMN),
};

static const transition transitions[] = {
    MOVE(submit, "draft", "in_review", ROLE_CONTRIBUTOR, "It is ready to be judged.", .needs = "tool elsewhere encrypted undeletable",
         .guards = { MUST(REACHES, "rpo_minutes frequency_minutes") }, .sets = { STAMP(ACTOR, "submitter") }),
    MOVE(approve, "in_review approved", "approved", ROLE_MANAGER, "It fits the objectives, now or still.",
         .guards = { MUST(OTHER_THAN, "submitter owner") }, .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "approved_at") }),
    MOVE(revise, "in_review approved withdrawn", "draft", ROLE_CONTRIBUTOR, "It is being changed."),
    MOVE(withdraw, "draft in_review approved", "withdrawn", ROLE_MANAGER, "Nothing is backed up under it any more."),
};

static const record_type record = {
    .group = "Continuity", .prefix = "BP", .title = "data_store", .owner = "owner", .initial = "draft",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "draft",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "approved anew every year", .controls = "BC-03 BC-04",
};

RECORD(backup_plan, "How a data store is backed up, and how much time and data its loss may cost.");
