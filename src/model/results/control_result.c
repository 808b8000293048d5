#include "model/model.h"

extern const relation relation_control_result;

static const field fields[] = {
    KEY_TEXT(control, "Control."),
    ENUM(state,
         "State.", "pass", "fail", "not_applicable", "no_data", "error", "needs_review", "attested", "gap"),
    INT(tests, "Automated tests it has."),
    INT(failing, "Tests of it that fail."),
    INT(unseen, "Tests of it in error or without data."),
    TEXT(owner, "The person who answers for it; unknown: nobody is named."),
    TEXT(note, "What people said that decides its state."),
};

RELATION(control_result, RESULT,
         "Where a control stands: the worst of its tests.");
