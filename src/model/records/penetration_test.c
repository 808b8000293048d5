#include "model/model.h"

extern const relation relation_penetration_test;

static const field fields[] = {
    RECORD_ID("PT-1, PT-2 ..."),
    TEXT(title, "What is tested.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("planned; running; reported: the report is here, findings are vulnerabilities; closed: every finding is dealt with; cancelled.",
           "planned", "running", "reported", "closed", "cancelled"),
    BOOL(independent, "Whether those who test did not build what they test.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    REF(vendor, "vendor", "The firm that tests."),
    TEXT(tester, "Who tests.", .flags = FIELD_COLUMN),
    TEXT(scope, "Systems, addresses, roles, and what was left out.", .flags = FIELD_REQUIRED | FIELD_LONG),
    REF(owner, "person", "Who commissioned it.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TIME(planned_at, "When it is to begin.", .flags = FIELD_COLUMN),
    TIME(finished_at, "When the testing ended.", .flags = FIELD_COLUMN),
    TIME(reported_at, "When the report was recorded.", .flags = FIELD_STAMPED),
    INT(findings, "Findings in the report.", .min = 0, .max = 100000),
    TEXT(conclusion, "What the report says as a whole.", .flags = FIELD_LONG),
};

static const transition transitions[] = {
    MOVE(start, "planned", "running", ROLE_CONTRIBUTOR, "The testers are at work."),
    MOVE(report, "planned running", "reported", ROLE_CONTRIBUTOR, "The report is here and attached; each finding became a vulnerability.",
         .needs = "finished_at findings conclusion", .guards = { MUST(PAST, "finished_at"), MUST(EVIDENCE, NULL) }, .sets = { STAMP(NOW, "reported_at") }),
    MOVE(close, "reported", "closed", ROLE_CONTRIBUTOR, "Every finding is dealt with.",
         .guards = { MUST_IN(ALL_IN, "vulnerability.penetration_test", "verified accepted rejected") }),
    MOVE(cancel, "planned running", "cancelled", ROLE_MANAGER, "It is not carried out."),
};

static const record_type record = {
    .group = "Operations", .prefix = "PT", .title = "title", .owner = "owner", .initial = "planned",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "planned running",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "yearly", .controls = "VM-01 VM-05",
};

RECORD(penetration_test, "People try to break in, by agreement, and report what they found.");
