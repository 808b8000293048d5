#include "model/model.h"

extern const relation relation_control_result;

static const field fields[] = {
    KEY_TEXT(control, "Control."),
    ENUM(state,
         "State.", "pass", "fail", "not_applicable", "no_data", "error", "needs_review", "attested"),
    INT(tests, "Automated tests it has."),
    INT(failing, "Tests of it that fail."),
    INT(unseen, "Tests of it in error or without data."),
};

RELATION(control_result, RESULT,
         "Where a control stands: the worst of its tests.");
