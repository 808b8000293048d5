#include "model/model.h"

extern const relation relation_policy_version;

static const field fields[] = {
    RECORD_ID("PV-1, PV-2 ..."),
    REF(policy, "policy", "The policy it is a version of.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    INT(version, "1, 2 ...", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED, .min = 1, .max = 100000),
    STATES("draft; in_review; approved; published: the one that holds; retired.", "draft", "in_review", "approved", "published", "retired"),
    TEXT(body, "The text, in Markdown.", .flags = FIELD_REQUIRED | FIELD_LONG),
    TEXT(changes, "What changed since the version before, and why.", .flags = FIELD_LONG),
    TEXT(digest, "SHA-256 of the text as it was approved and published, hex.", .flags = FIELD_STAMPED),
    REF(author, "person", "Who wrote it.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    REF(submitter, "person", "Who gave it to be reviewed.", .flags = FIELD_STAMPED),
    REF(approver, "person", "Who approved it.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(submitted_at, "When it was given to be reviewed.", .flags = FIELD_STAMPED),
    TIME(approved_at, "When it was approved.", .flags = FIELD_STAMPED),
    TIME(published_at, "When it was published.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(retired_at, "When it stopped to hold.", .flags = FIELD_STAMPED),
    TEXT(remark, "What the reviewer says.", .flags = FIELD_LONG),
};

static const transition transitions[] = {
    MOVE(submit, "draft", "in_review", ROLE_CONTRIBUTOR, "The text is ready to be approved.",
         .sets = { STAMP(ACTOR, "submitter"), STAMP(NOW, "submitted_at"), STAMP_BY(DIGEST, "digest", "body") }),
    MOVE(reject, "in_review approved", "draft", ROLE_MANAGER, "The text is to be changed.",
         .needs = "remark", .sets = { STAMP(CLEAR, "digest"), STAMP(CLEAR, "approver"), STAMP(CLEAR, "approved_at") }),
    MOVE(approve, "in_review", "approved", ROLE_MANAGER, "Management approves the text.",
         .guards = { MUST(OTHER_THAN, "author submitter") },
         .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "approved_at"), STAMP_BY(DIGEST, "digest", "body") }),
    MOVE(publish, "approved", "published", ROLE_CONTRIBUTOR, "The version holds from now on; the one before is retired.",
         .needs = "approver digest", .sets = { STAMP(NOW, "published_at"), STAMP_BY(DIGEST, "digest", "body") }, .effect = EFFECT_SUPERSEDE),
    MOVE(retire, "published", "retired", ROLE_MANAGER, "The version holds no longer.", .sets = { STAMP(NOW, "retired_at") }),
};

static const record_type record = {
    .group = "Policies", .prefix = "PV", .title = "policy", .owner = "author", .initial = "draft",
    .read = ROLE_MEMBER, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "draft",
    .on_add = { STAMP(ACTOR, "author") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .controls = "PL-01 CM-01",
};

RECORD(policy_version, "The text of a policy as it was written, approved by someone else, and published.");
