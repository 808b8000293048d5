#include "model/model.h"

extern const relation relation_assessment;

static const field fields[] = {
    KEY_TEXT(scope, "What was assessed; all: every test, control and criterion."),
    TIME(moment, "As of when the facts and records were judged."),
    TEXT(actor, "Who asked for it."),
    TEXT(tool, "Program and version that assessed."),
    TEXT(digest, "SHA-256 over the tests with their parameters, the controls and the criteria: two assessments with the same one asked the same."),
    INT(duration_ms, "How long it took; unknown where nobody waited for it, as in a demo.", .unit = "milliseconds"),
    INT(tests_pass, "Tests that pass."),
    INT(tests_fail, "Tests that fail."),
    INT(tests_no_data, "Tests without data."),
    INT(tests_error, "Tests in error."),
    INT(tests_not_applicable, "Tests that have no item."),
    INT(tests_accepted, "Those of the failing tests whose every exception is waived."),
    INT(criteria_pass, "Criteria that pass."),
    INT(criteria_attested, "Criteria that people attest."),
    INT(criteria_needs_review, "Criteria that wait for people."),
    INT(criteria_fail, "Criteria that fail."),
    INT(criteria_gap, "Criteria without a control."),
    INT(criteria_no_data, "Criteria without data."),
    INT(criteria_error, "Criteria in error."),
    INT(criteria_not_applicable, "Criteria that do not apply."),
};

RELATION(assessment, RESULT,
         "The latest full assessment. Each one is a version, also when it found what the one before did: "
         "a time without one was not assessed.");
