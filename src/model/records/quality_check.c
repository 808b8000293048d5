#include "model/model.h"

extern const relation relation_quality_check;

static const field fields[] = {
    RECORD_ID("QC-1, QC-2 ..."),
    TEXT(title, "What it looks at, in one line.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("active; retired.", "active", "retired"),
    TEXT(stage, "Where it looks: what comes in, what is processed, what goes out, what is stored, or whether personal data is right.",
         CHOICES("input", "processing", "output", "storage", "personal_data"), .flags = FIELD_REQUIRED | FIELD_COLUMN),
    REF(spec, "processing_spec", "The specification it compares with; unknown: of no single one."),
    TEXT(compares, "What is compared with what, on which items.", .flags = FIELD_REQUIRED | FIELD_LONG),
    TEXT(frequency, "How often it runs.", CHOICES("continuous", "daily", "weekly", "monthly", "quarterly", "half_yearly", "yearly"),
         .flags = FIELD_REQUIRED | FIELD_COLUMN),
    REF(owner, "person", "Who looks at its result."),
    INT(threshold, "How many items may differ before it has failed.", .min = 0, .max = 1000000000),
    TIME(last_run_at, "When it last ran; unknown: never.", .flags = FIELD_COLUMN),
    ENUM(last_result, "How it ended; unknown: nobody said.", "passed", "failed"),
    INT(last_differences, "How many items differed.", .min = 0, .max = 1000000000),
    TEXT(last_action, "What was done about those that differed.", .flags = FIELD_LONG),
};

static const transition transitions[] = {
    MOVE(retire, "active", "retired", ROLE_MANAGER, "It is needed no more, or another takes its place."),
    MOVE(return, "retired", "active", ROLE_CONTRIBUTOR, "It runs again."),
};

static const record_type record = {
    .group = "Processing", .prefix = "QC", .title = "title", .owner = "owner", .initial = "active",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "active",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "as its frequency", .controls = "PI-02 PI-03 PI-05 PI-06 PR-16",
};

RECORD(quality_check, "A check that data is complete and right, with its last run and result.");
