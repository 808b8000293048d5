#include "model/model.h"

extern const relation relation_criterion_result;

static const field fields[] = {
    KEY_TEXT(criterion, "Criterion."),
    ENUM(state,
         "State; gap when no control covers it.",
         "gap", "pass", "fail", "not_applicable", "no_data", "error", "needs_review", "attested"),
    INT(controls, "Controls that cover it."),
    INT(tests, "Automated tests behind them."),
    INT(failing, "Those of the tests that fail."),
    INT(unseen, "Those of the tests in error or without data."),
    TEXT(note, "Why it does not apply."),
};

RELATION(criterion_result, RESULT,
         "Where a criterion stands: the worst of its controls.");
