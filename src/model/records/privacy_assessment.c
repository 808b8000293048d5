#include "model/model.h"

extern const relation relation_privacy_assessment;

static const field fields[] = {
    RECORD_ID("DPIA-1, DPIA-2 ..."),
    REF(activity, "processing_activity", "What is assessed.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    STATES("draft; in_review; approved; rejected.", "draft", "in_review", "approved", "rejected"),
    TEXT(necessity, "Why the processing is needed and in proportion.", .flags = FIELD_LONG),
    TEXT(risks, "What may happen to the people concerned.", .flags = FIELD_LONG),
    ENUM(risk, "The risk that remains with the measures.", "low", "medium", "high"),
    TEXT(measures, "What brings the risk down.", .flags = FIELD_LONG),
    TEXT(dpo_opinion, "What the privacy officer says.", .flags = FIELD_LONG),
    REF(author, "person", "Who wrote it.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    REF(approver, "person", "Who approved or rejected it.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(approved_at, "When it was approved.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(review_due_at, "When it is to be looked at again."),
};

static const transition transitions[] = {
    MOVE(submit, "draft", "in_review", ROLE_CONTRIBUTOR, "It is written.",
         .needs = "necessity risks risk measures"),
    MOVE(approve, "in_review", "approved", ROLE_MANAGER, "The processing may begin with these measures.",
         .needs = "dpo_opinion", .guards = { MUST(OTHER_THAN, "author") }, .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "approved_at") }),
    MOVE(reject, "in_review", "rejected", ROLE_MANAGER, "The processing may not begin so.",
         .needs = "dpo_opinion", .guards = { MUST(OTHER_THAN, "author") }, .sets = { STAMP(ACTOR, "approver") }),
    MOVE(return, "in_review rejected approved", "draft", ROLE_CONTRIBUTOR, "It is to be written anew.",
         .sets = { STAMP(CLEAR, "approver"), STAMP(CLEAR, "approved_at") }),
};

static const record_type record = {
    .group = "Privacy", .prefix = "DPIA", .title = "activity", .owner = "author", .initial = "draft",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "draft in_review",
    .on_add = { STAMP(ACTOR, "author") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "before processing begins or changes", .controls = "PR-06",
};

RECORD(privacy_assessment, "An impact assessment: what a processing may do to people, and what is done against it.");
