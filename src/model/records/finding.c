#include "model/model.h"

extern const relation relation_finding;

static const field fields[] = {
    RECORD_ID("FND-1, FND-2 ..."),
    TEXT(title, "What is wrong, in one line.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("open; in_progress; fixed: not seen by another yet; closed: another saw the fix work; accepted.",
           "open", "in_progress", "fixed", "closed", "accepted"),
    TEXT(origin, "What found it.",
         CHOICES("internal_audit", "external_audit", "control_test", "penetration_test", "risk_assessment", "vendor_review", "incident", "management_review", "other"),
         .flags = FIELD_REQUIRED | FIELD_COLUMN),
    REF(about, "*", "The record it is about or comes from, as TYPE/ID."),
    TEXT(control, "The control that is deficient, by id; unknown: none, or not known yet."),
    TEXT(severity, "How much it matters.", CHOICES("critical", "high", "medium", "low"), .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TIME(found_at, "When it was found.", .flags = FIELD_REQUIRED),
    TEXT(description, "What was seen.", .flags = FIELD_LONG),
    TEXT(root_cause, "Why it could happen.", .flags = FIELD_LONG),
    TEXT(corrective_action, "What is changed so that it does not come again.", .flags = FIELD_LONG),
    REF(owner, "person", "Who must correct it; unknown: nobody is named.", .flags = FIELD_COLUMN),
    TIME(due_at, "By when it must be corrected; unknown: no date is set.", .flags = FIELD_COLUMN),
    REF(fixed_by, "person", "Who corrected it.", .flags = FIELD_STAMPED),
    TIME(fixed_at, "When it was corrected.", .flags = FIELD_STAMPED),
    TEXT(retest, "How another saw that the fix works.", .flags = FIELD_LONG),
    REF(retested_by, "person", "Who saw it.", .flags = FIELD_STAMPED),
    TIME(closed_at, "When it was closed.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TEXT(acceptance_reason, "Why it is left as it is.", .flags = FIELD_LONG),
    TIME(accepted_until, "Until when it is left as it is."),
    REF(approver, "person", "Who accepted it.", .flags = FIELD_STAMPED),
    TEXT(management_response, "What management answers, for the report.", .flags = FIELD_LONG),
};

static const transition transitions[] = {
    MOVE(start, "open", "in_progress", ROLE_CONTRIBUTOR, "Work on it has begun.",
         .needs = "owner due_at"),
    MOVE(fix, "open in_progress", "fixed", ROLE_CONTRIBUTOR, "It is corrected; another must see it.",
         .needs = "owner root_cause corrective_action", .sets = { STAMP(ACTOR, "fixed_by"), STAMP(NOW, "fixed_at") }),
    MOVE(return, "fixed", "in_progress", ROLE_CONTRIBUTOR, "The fix does not work.",
         .needs = "retest", .guards = { MUST(OTHER_THAN, "fixed_by") }, .sets = { STAMP(CLEAR, "fixed_by"), STAMP(CLEAR, "fixed_at") }),
    MOVE(close, "fixed", "closed", ROLE_CONTRIBUTOR, "Another saw the fix work.",
         .needs = "retest", .guards = { MUST(OTHER_THAN, "fixed_by"), MUST(OTHER_THAN, "owner") }, .sets = { STAMP(ACTOR, "retested_by"), STAMP(NOW, "closed_at") }),
    MOVE(accept, "open in_progress", "accepted", ROLE_MANAGER, "It is left as it is until a date.",
         .needs = "owner acceptance_reason accepted_until", .guards = { MUST(OTHER_THAN, "owner"), MUST(FUTURE, "accepted_until") }, .sets = { STAMP(ACTOR, "approver") }),
    MOVE(reopen, "fixed closed accepted", "open", ROLE_CONTRIBUTOR, "It came again, or is accepted no more.",
         .sets = { STAMP(CLEAR, "fixed_by"), STAMP(CLEAR, "fixed_at"), STAMP(CLEAR, "retested_by"), STAMP(CLEAR, "closed_at"), STAMP(CLEAR, "approver") }),
};

static const record_type record = {
    .group = "Assure", .prefix = "FND", .title = "title", .owner = "owner", .initial = "open",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "open in_progress fixed",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "until its due date", .controls = "MO-04 MO-05",
};

RECORD(finding, "A deficiency that an audit, a test or a review found: cause, corrective action, and another's look at the fix.");
