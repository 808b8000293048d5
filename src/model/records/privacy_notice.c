#include "model/model.h"

extern const relation relation_privacy_notice;

static const field fields[] = {
    RECORD_ID("PN-1, PN-2 ...: one for each version."),
    TEXT(title, "Whom it is for: customers, staff, applicants.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(version, "Its version.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("draft; approved; published; retired: another version took its place; dropped: never published.",
           "draft", "approved", "published", "retired", "dropped"),
    TEXT(body, "What it says, or where its text is.", .flags = FIELD_LONG),
    TEXT(published_where, "Where people find it."),
    TEXT(changes, "What is different from the version before.", .flags = FIELD_LONG),
    BOOL(material, "Whether purposes, recipients, retention or rights change, so that people must be told.", .flags = FIELD_REQUIRED),
    TIME(announced_at, "When those concerned were told of the changes."),
    TIME(effective_at, "From when it holds."),
    REF(author, "person", "Who wrote it.", .flags = FIELD_STAMPED),
    REF(approver, "person", "Who approved it.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(approved_at, "When it was approved.", .flags = FIELD_STAMPED),
    TIME(published_at, "When it was published.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(reviewed_at, "When it was last compared with practice and law.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    REF(reviewer, "person", "Who compared it.", .flags = FIELD_STAMPED),
    TIME(retired_at, "When another version took its place.", .flags = FIELD_STAMPED),
};

static const transition transitions[] = {
    MOVE(approve, "draft", "approved", ROLE_MANAGER, "It says what is done.",
         .needs = "body effective_at", .guards = { MUST(OTHER_THAN, "author") },
         .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "approved_at"), STAMP(NOW, "reviewed_at"), STAMP(ACTOR, "reviewer") }),
    MOVE(publish, "approved", "published", ROLE_CONTRIBUTOR, "People can read it.",
         .needs = "published_where", .sets = { STAMP(NOW, "published_at") }),
    MOVE(review, "published", NULL, ROLE_CONTRIBUTOR, "It is still what is done and what the law asks.",
         .sets = { STAMP(NOW, "reviewed_at"), STAMP(ACTOR, "reviewer") }),
    MOVE(drop, "draft approved", "dropped", ROLE_CONTRIBUTOR, "It is not published after all."),
    MOVE(retire, "published", "retired", ROLE_CONTRIBUTOR, "Another version took its place.",
         .sets = { STAMP(NOW, "retired_at") }),
};

static const record_type record = {
    .group = "Privacy", .prefix = "PN", .title = "title", .owner = "author", .initial = "draft",
    .read = ROLE_MEMBER, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "draft approved",
    .on_add = { STAMP(ACTOR, "author") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "reviewed every year", .controls = "PR-01 PR-02",
};

RECORD(privacy_notice, "A version of what people are told about the handling of their data.");
