#include "model/model.h"

extern const relation relation_change_request;

static const field fields[] = {
    RECORD_ID("CHG-1, CHG-2 ..."),
    TEXT(title, "What is changed.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(kind, "normal: approved before; standard: of a kind approved once; emergency: approved afterwards.",
         CHOICES("normal", "standard", "emergency"), .flags = FIELD_REQUIRED | FIELD_COLUMN, .initial = "normal"),
    STATES("draft; submitted; approved; rejected; released: in effect; closed: it works as meant; backed_out: taken "
           "back; cancelled.", "draft", "submitted", "approved", "rejected", "released", "closed", "backed_out", "cancelled"),
    TEXT(risk, "What may go wrong with it.", CHOICES("low", "medium", "high"), .flags = FIELD_REQUIRED | FIELD_COLUMN, .initial = "medium"),
    TEXT(description, "Why it is made, and what it touches.", .flags = FIELD_LONG),
    TEXT(system, "The system it changes."),
    REF(requester, "person", "Who recorded it.", .flags = FIELD_STAMPED),
    REF(author, "person", "Who makes the change.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    REF(approver, "person", "Who approved it, or rejected it: not its author.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(approved_at, "When it was approved.", .flags = FIELD_STAMPED),
    REF(template, "change_request", "The approved change of kind standard that it repeats."),
    TEXT(repository, "The repository, named as in the change facts."),
    TEXT(change_id, "The commit that brought it in, as in the change facts."),
    TEXT(reference, "The pull or merge request, as #12."),
    TEXT(test_evidence, "How it was tested, and what came of it.", .flags = FIELD_LONG),
    TEXT(backout, "How it is taken back.", .flags = FIELD_LONG),
    REF(released_by, "person", "Who put it into effect.", .flags = FIELD_STAMPED),
    TIME(released_at, "When it was put into effect.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(due_at, "Emergency: by when it must be approved.", .flags = FIELD_STAMPED),
    REF(incident, "incident", "The incident it answers, or that it caused."),
    TEXT(remark, "What came of it, or why not.", .flags = FIELD_LONG),
};

#define APPROVED { STAMP(ACTOR, "approver"), STAMP(NOW, "approved_at") }

static const transition transitions[] = {
    MOVE(submit, "draft rejected", "submitted", ROLE_MEMBER, "It is ready to be judged.", .needs = "description test_evidence backout",
         .sets = { STAMP(CLEAR, "approver"), STAMP(CLEAR, "approved_at") }),
    MOVE(approve, "submitted", "approved", ROLE_CONTRIBUTOR, "It may be put into effect.",
         .guards = { MUST(OTHER_THAN, "author requester") }, .sets = APPROVED),
    MOVE(reject, "submitted", "rejected", ROLE_CONTRIBUTOR, "It may not be put into effect as it is.", .needs = "remark",
         .guards = { MUST(OTHER_THAN, "author requester") }, .sets = { STAMP(ACTOR, "approver") }),
    MOVE(release, "approved", "released", ROLE_CONTRIBUTOR, "It was put into effect.",
         .guards = { MUST_IN(ONE_OF, "kind", "normal emergency") }, .sets = { STAMP(ACTOR, "released_by"), STAMP(NOW, "released_at") }),
    MOVE(release_standard, "draft submitted", "released", ROLE_CONTRIBUTOR, "It repeats a change that was approved once for all, and was put into effect.",
         .needs = "template test_evidence", .guards = { MUST_IN(PARENT_IN, "template", "approved"), MUST_IN(ONE_OF, "kind", "standard") },
         .sets = { STAMP(ACTOR, "released_by"), STAMP(NOW, "released_at") }),
    MOVE(release_emergency, "draft submitted", "released", ROLE_CONTRIBUTOR, "It could not wait; the approval must follow.",
         .needs = "description",
         .sets = { STAMP_BY(TEXT, "kind", "emergency"), STAMP(ACTOR, "released_by"), STAMP(NOW, "released_at"),
                   STAMP_BY(CLOCK, "due_at", "emergency_approval released_at") }),
    MOVE(ratify, "released closed backed_out", NULL, ROLE_CONTRIBUTOR, "An emergency change is approved after the fact.",
         .guards = { MUST_IN(ONE_OF, "kind", "emergency"), MUST(KNOWN, "test_evidence"), MUST(OTHER_THAN, "author released_by requester") },
         .sets = APPROVED),
    MOVE(document, "released", NULL, ROLE_CONTRIBUTOR, "How it was tested, and how it is taken back, is written down afterwards.",
         .needs = "test_evidence backout"),
    MOVE(trace, "submitted approved released closed", NULL, ROLE_CONTRIBUTOR, "The commit that brought it in is named.",
         .needs = "repository change_id"),
    MOVE(close, "released", "closed", ROLE_CONTRIBUTOR, "It works as meant.", .guards = { MUST(KNOWN, "test_evidence") }),
    MOVE(back_out, "released closed", "backed_out", ROLE_CONTRIBUTOR, "It was taken back.", .needs = "remark"),
    MOVE(cancel, "draft submitted approved rejected", "cancelled", ROLE_CONTRIBUTOR, "It is not made."),
};

static const record_type record = {
    .group = "Operations", .prefix = "CHG", .title = "title", .owner = "author", .own = "author", .initial = "draft",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_MEMBER, .edit = ROLE_MEMBER, .edit_in = "draft rejected",
    .on_add = { STAMP(ACTOR, "requester") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .controls = "CH-01 CH-02 CH-04 CH-06 CH-11",
};

RECORD(change_request, "A change of the system: why, how it was tested, who approved it, when it was released.");
