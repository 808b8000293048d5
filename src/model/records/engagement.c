#include "model/model.h"

extern const relation relation_engagement;

static const field fields[] = {
    RECORD_ID("ENG-1, ENG-2 ..."),
    TEXT(title, "What it is called, as SOC 2 type 2, 2026.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("planned; open: its auditors may sign in and read; closed.", "planned", "open", "closed"),
    TEXT(kind, "type_1: as of a date; type_2: over a period.", CHOICES("type_1", "type_2"), .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(firm, "The audit firm.", .flags = FIELD_COLUMN),
    TIME(period_from, "Begin of the period; for type 1, from when its auditors may look.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TIME(period_to, "End of the period, or the date of type 1: its auditors see nothing that came after.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(categories, "Categories examined, with commas between: security, availability, confidentiality, processing-integrity, privacy; unknown: those in scope."),
    REF(owner, "person", "Who answers for it here.", .flags = FIELD_COLUMN),
    TIME(opened_at, "When its auditors were let in.", .flags = FIELD_STAMPED),
    TIME(closed_at, "When it was closed.", .flags = FIELD_STAMPED),
};

static const transition transitions[] = {
    MOVE(open, "planned closed", "open", ROLE_MANAGER, "Its auditors may sign in and read.",
         .guards = { MUST(REACHES, "period_to period_from"), MUST_IN(LISTS, "categories", "category") }, .sets = { STAMP(NOW, "opened_at"), STAMP(CLEAR, "closed_at") }),
    MOVE(close, "open", "closed", ROLE_MANAGER, "Its auditors read no more.", .sets = { STAMP(NOW, "closed_at") }),
};

static const record_type record = {
    .group = "Audit", .prefix = "ENG", .title = "title", .owner = "owner", .initial = "planned",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_MANAGER, .edit = ROLE_MANAGER, .edit_in = "planned",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "each audit",
};

RECORD(engagement, "One audit: what it examines, over which period, by whom. Its auditors see that period and nothing after it, and these categories.");
