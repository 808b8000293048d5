#include "model/model.h"

extern const relation relation_internal_audit;

static const field fields[] = {
    RECORD_ID("IA-1, IA-2 ..."),
    TEXT(title, "Which audit it is, as \"Readiness 2026\".", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("planned; in_progress; reported; approved by those who answer for what was audited; cancelled.",
           "planned", "in_progress", "reported", "approved", "cancelled"),
    TEXT(kind, "readiness: all criteria in scope; internal_audit: a part of them; control_sample: manual controls, by a sample; "
         "privacy_review: practice against notice, record of processing and law.",
         CHOICES("readiness", "internal_audit", "control_sample", "privacy_review"), .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(scope, "What is looked at: criteria, controls, period.", .flags = FIELD_LONG),
    REF(lead, "person", "Who leads it.", .flags = FIELD_COLUMN),
    REF(auditor, "person", "Who judges: not the one who answers for what is judged.", .flags = FIELD_COLUMN),
    TEXT(firm, "The outside firm, where one does it."),
    REF(owner, "person", "Who answers for what is judged.", .flags = FIELD_COLUMN),
    TIME(planned_at, "When it is to begin."),
    TIME(started_at, "When it began.", .flags = FIELD_STAMPED),
    TIME(finished_at, "When its report was given.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TEXT(report, "What was found; each deficiency is a finding of its own.", .flags = FIELD_LONG),
    REF(approver, "person", "Who took the report for management.", .flags = FIELD_STAMPED),
    TIME(approved_at, "When management took it.", .flags = FIELD_STAMPED),
    TEXT(cancel_reason, "Why it did not take place."),
};

static const transition transitions[] = {
    MOVE(start, "planned", "in_progress", ROLE_CONTRIBUTOR, "It begins.",
         .needs = "scope lead auditor owner", .guards = { MUST(DIFFER, "auditor owner") }, .sets = { STAMP(NOW, "started_at") }),
    MOVE(report, "in_progress", "reported", ROLE_CONTRIBUTOR, "The report is given.",
         .needs = "report auditor owner", .guards = { MUST(DIFFER, "auditor owner"), MUST(EVIDENCE, NULL) }, .sets = { STAMP(NOW, "finished_at") }),
    MOVE(approve, "reported", "approved", ROLE_MANAGER, "Management takes the report and its findings.",
         .guards = { MUST(OTHER_THAN, "auditor") }, .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "approved_at") }),
    MOVE(cancel, "planned in_progress", "cancelled", ROLE_MANAGER, "It does not take place.",
         .needs = "cancel_reason"),
};

static const record_type record = {
    .group = "Assure", .prefix = "IA", .title = "title", .owner = "lead", .initial = "planned",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "planned in_progress",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "every year; samples every quarter", .controls = "MO-03 PR-18",
};

RECORD(internal_audit, "An evaluation of controls by someone who does not answer for them: readiness, internal audit, sample, privacy review.");
