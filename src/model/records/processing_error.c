#include "model/model.h"

extern const relation relation_processing_error;

static const field fields[] = {
    RECORD_ID("PERR-1, PERR-2 ..."),
    TEXT(title, "What went wrong, in one line.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("open; corrected; closed by someone else.", "open", "corrected", "closed"),
    REF(spec, "processing_spec", "The function in which it happened."),
    TEXT(stage, "Where it happened.", CHOICES("input", "processing", "output", "storage"), .flags = FIELD_REQUIRED),
    ENUM(severity, "How bad it is.", "critical", "high", "medium", "low"),
    TIME(found_at, "When it was found.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(impact, "Which items, periods and customers it touched.", .flags = FIELD_LONG),
    REF(owner, "person", "Who puts it right.", .flags = FIELD_COLUMN),
    TIME(due_at, "By when it must be put right.", .flags = FIELD_COLUMN),
    TEXT(correction, "What was done.", .flags = FIELD_LONG),
    TIME(corrected_at, "When it was put right.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    REF(corrected_by, "person", "Who put it right.", .flags = FIELD_STAMPED),
    BOOL(reprocessed, "Whether the items were processed again; false: they were refused, with the reason in the correction."),
    REF(approver, "person", "Who saw that it is right.", .flags = FIELD_STAMPED),
    TIME(closed_at, "When it was closed.", .flags = FIELD_STAMPED),
};

static const transition transitions[] = {
    MOVE(correct, "open", "corrected", ROLE_CONTRIBUTOR, "It is put right.",
         .needs = "impact correction reprocessed", .sets = { STAMP(NOW, "corrected_at"), STAMP(ACTOR, "corrected_by") }),
    MOVE(return, "corrected", "open", ROLE_CONTRIBUTOR, "It is not right yet.",
         .sets = { STAMP(CLEAR, "corrected_at"), STAMP(CLEAR, "corrected_by") }),
    MOVE(close, "corrected", "closed", ROLE_CONTRIBUTOR, "Another saw that it is right.",
         .guards = { MUST(OTHER_THAN, "corrected_by") }, .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "closed_at") }),
};

static const record_type record = {
    .group = "Processing", .prefix = "PERR", .title = "title", .owner = "owner", .initial = "open",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "open corrected",
    .transitions = transitions, .n_transitions = COUNT(transitions), .controls = "PI-03",
};

RECORD(processing_error, "Something that was processed wrongly, late or not at all, and how it was put right.");
