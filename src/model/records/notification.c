#include "model/model.h"

extern const relation relation_notification;

static const field fields[] = {
    RECORD_ID("NOT-1, NOT-2 ..."),
    REF(incident, "incident", "The incident it is about.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(regime, "The law or contract that asks for it; its clock has the same name.",
         CHOICES("gdpr_breach", "nis2_early_warning", "nis2_notification", "dora_initial", "sec_8k", "hipaa_breach", "customer_contract"),
         .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    STATES("open; met: the notice went out; not_applicable: the duty was judged not to exist.", "open", "met", "not_applicable"),
    TEXT(recipient, "Who is to be told.", .flags = FIELD_COLUMN),
    REF(owner, "person", "Who sees to it."),
    TEXT(basis, "The article or clause, and what made the clock start.", .flags = FIELD_LONG),
    TIME(started_at, "When the clock started: awareness, classification, the decision that it is material; unknown: it has not yet."),
    TIME(due_at, "By when the notice must be out.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(met_at, "When the notice went out.", .flags = FIELD_COLUMN),
    TEXT(reason, "Why the duty does not exist.", .flags = FIELD_LONG),
    REF(decided_by, "person", "Who judged that it does not.", .flags = FIELD_STAMPED),
    TIME(decided_at, "When the notice was recorded, or the duty judged not to exist.", .flags = FIELD_STAMPED),
};

static const transition transitions[] = {
    MOVE(meet, "open", "met", ROLE_CONTRIBUTOR, "The notice went out, and the evidence shows it.", .needs = "recipient met_at started_at",
         .guards = { MUST(PAST, "met_at"), MUST(EVIDENCE, NULL) }, .sets = { STAMP(NOW, "decided_at") }),
    MOVE(waive, "open", "not_applicable", ROLE_MANAGER, "The duty does not exist here, for the reason given.", .needs = "reason",
         .sets = { STAMP(ACTOR, "decided_by"), STAMP(NOW, "decided_at") }),
    MOVE(reopen, "met not_applicable", "open", ROLE_MANAGER, "The duty is there after all.",
         .sets = { STAMP(CLEAR, "met_at"), STAMP(CLEAR, "decided_at"), STAMP(CLEAR, "decided_by") }),
};

static const record_type record = {
    .group = "Incidents", .prefix = "NOT", .title = "regime", .owner = "owner", .initial = "open",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "open",
    .on_write = { STAMP_BY(CLOCK, "due_at", "{regime} started_at") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .controls = "IR-04",
};

RECORD(notification, "A duty to tell an authority or a customer of an incident, with its clock.");
