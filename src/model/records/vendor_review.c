#include "model/model.h"

extern const relation relation_vendor_review;

static const field fields[] = {
    RECORD_ID("VR-1, VR-2 ..."),
    REF(vendor, "vendor", "Who is reviewed.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    STATES("in_progress; completed.", "in_progress", "completed"),
    TEXT(kind, "What it rests on.", CHOICES("soc_report", "questionnaire", "other"), .flags = FIELD_REQUIRED | FIELD_COLUMN),
    ENUM(report_type, "The report that was read.", "soc2_type1", "soc2_type2", "soc1_type1", "soc1_type2", "soc3", "iso27001", "pci_dss", "other"),
    TIME(period_from, "From when the report speaks."),
    TIME(period_to, "Until when the report speaks.", .flags = FIELD_COLUMN),
    ENUM(opinion, "The auditor's opinion in the report.", "unmodified", "qualified", "adverse", "disclaimer", "not_applicable"),
    TEXT(exceptions, "The exceptions it names, and what they mean for us; \"none\" when there are none.", .flags = FIELD_LONG),
    BOOL(cuecs_mapped, "Whether each control it expects from us is tied to one of ours; unknown: nobody looked."),
    TEXT(cuecs, "Those controls, each with ours.", .flags = FIELD_LONG),
    TEXT(csocs, "The controls we assume at the vendor (a subservice organisation).", .flags = FIELD_LONG),
    TEXT(subservices, "Its own subservice organisations that matter to us.", .flags = FIELD_LONG),
    BOOL(bridge_letter, "Whether a letter of its management covers the time since the period; unknown: nobody asked."),
    TIME(bridge_until, "Until when that letter speaks."),
    TEXT(privacy_practice, "What was found about its care of personal data.", .flags = FIELD_LONG),
    REF(reviewer, "person", "Who read it.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(reviewed_at, "When the review was completed.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(next_due_at, "When the next one is due."),
    ENUM(outcome, "What follows.", "acceptable", "acceptable_with_conditions", "not_acceptable"),
    TEXT(conditions, "What the vendor or we must change.", .flags = FIELD_LONG),
};

static const transition transitions[] = {
    MOVE(complete, "in_progress", "completed", ROLE_CONTRIBUTOR, "The review is done.",
         .needs = "outcome exceptions cuecs_mapped", .sets = { STAMP(ACTOR, "reviewer"), STAMP(NOW, "reviewed_at") }),
    MOVE(reopen, "completed", "in_progress", ROLE_CONTRIBUTOR, "Something was overlooked.",
         .sets = { STAMP(CLEAR, "reviewer"), STAMP(CLEAR, "reviewed_at") }),
};

static const record_type record = {
    .group = "Vendors", .prefix = "VR", .title = "vendor", .owner = "reviewer", .initial = "in_progress",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "in_progress",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "every year for critical vendors", .controls = "VN-04 PR-13",
};

RECORD(vendor_review, "A vendor's assurance report or answers, read: period, opinion, exceptions, and the controls it expects from us.");
