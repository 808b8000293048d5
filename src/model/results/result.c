#include "model/model.h"

extern const relation relation_result;

static const field fields[] = {
    KEY_TEXT(test, "Test."),
    INT(version, "Version of the test."),
    TEXT(digest, "SHA-256 of the test's file."),
    TEXT(parameters, "Parameters it ran with, as JSON; empty for none."),
    ENUM(state,
         "Outcome.", "pass", "fail", "not_applicable", "no_data", "error", "needs_review", "attested"),
    BOOL(weakened, "Whether a parameter was looser than its guard."),
    INT(population, "Items looked at."),
    INT(exceptions, "Items that fail."),
    INT(unknowns, "Items that could not be told."),
    TEXT(reason, "Why there is no verdict, or empty."),
    INT(waived, "Exceptions that a waiver accepts."),
};

RELATION(result, RESULT,
         "The latest outcome of a control test.");
