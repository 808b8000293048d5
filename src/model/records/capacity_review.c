#include "model/model.h"

extern const relation relation_capacity_review;

static const field fields[] = {
    RECORD_ID("CAP-1, CAP-2 ..."),
    TEXT(scope, "Which resources, of which systems.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(period, "What it covers, as 2026-Q1.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TIME(performed_at, "When it was done.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(result, "enough: until the next review; act: something must be added or changed.", CHOICES("enough", "act"),
         .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(forecast, "Use now, growth, and how far it reaches.", .flags = FIELD_REQUIRED | FIELD_LONG),
    TIME(shortage_at, "When the first limit will be reached, as forecast."),
    TEXT(actions, "What is added or changed, by whom and when.", .flags = FIELD_LONG),
    TEXT(past_forecast, "How the forecast before this one came out.", .flags = FIELD_LONG),
    REF(reviewer, "person", "Who did it.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(recorded_at, "When it was recorded.", .flags = FIELD_STAMPED),
};

static const record_type record = {
    .group = "Continuity", .prefix = "CAP", .title = "scope", .owner = "reviewer",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_MANAGER,
    .on_add = { STAMP(ACTOR, "reviewer"), STAMP(NOW, "recorded_at") }, .cadence = "quarterly", .controls = "BC-08",
};

RECORD(capacity_review, "Use and growth of resources compared with their limits, and what is done about it.");
