#include "model/model.h"

extern const relation relation_due_diligence;

static const field fields[] = {
    RECORD_ID("DD-1, DD-2 ..."),
    REF(vendor, "vendor", "Whom it is about.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    STATES("in_progress; submitted by the assessor; approved or rejected by someone else.", "in_progress", "submitted", "approved", "rejected"),
    BOOL(questionnaire_done, "Whether the vendor answered the questionnaire; unknown: it was not sent."),
    TEXT(security_findings, "What was found about its security: reports, certificates, answers.", .flags = FIELD_LONG),
    TEXT(privacy_findings, "What was found about its care of personal data.", .flags = FIELD_LONG),
    TEXT(continuity_findings, "What was found about its continuity and finances.", .flags = FIELD_LONG),
    ENUM(outcome, "What the assessor concludes.", "acceptable", "acceptable_with_conditions", "not_acceptable"),
    TEXT(conditions, "What must be so before or while it is used.", .flags = FIELD_LONG),
    REF(assessor, "person", "Who assessed it.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(submitted_at, "When the assessor was done.", .flags = FIELD_STAMPED),
    REF(approver, "person", "Who approved or rejected it.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(approved_at, "When it was approved.", .flags = FIELD_STAMPED | FIELD_COLUMN),
};

static const transition transitions[] = {
    MOVE(submit, "in_progress", "submitted", ROLE_CONTRIBUTOR, "The assessment is done.",
         .needs = "outcome security_findings", .sets = { STAMP(ACTOR, "assessor"), STAMP(NOW, "submitted_at") }),
    MOVE(approve, "submitted", "approved", ROLE_MANAGER, "The vendor may be used on its conditions.",
         .guards = { MUST(OTHER_THAN, "assessor") }, .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "approved_at") }),
    MOVE(reject, "submitted", "rejected", ROLE_MANAGER, "The vendor may not be used.",
         .guards = { MUST(OTHER_THAN, "assessor") }, .sets = { STAMP(ACTOR, "approver") }),
    MOVE(return, "submitted", "in_progress", ROLE_MANAGER, "More must be known.",
         .sets = { STAMP(CLEAR, "assessor"), STAMP(CLEAR, "submitted_at") }),
};

static const record_type record = {
    .group = "Vendors", .prefix = "DD", .title = "vendor", .owner = "assessor", .initial = "in_progress",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "in_progress",
    .transitions = transitions, .n_transitions = COUNT(transitions), .controls = "VN-02",
};

RECORD(due_diligence, "The assessment of a vendor before it is used, to the depth its tier asks for.");
