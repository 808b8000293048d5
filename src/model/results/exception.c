#include "model/model.h"

extern const relation relation_exception;

static const field fields[] = {
    KEY_TEXT(test, "Test."),
    KEY_TEXT(item, "Key of the item, its parts with / between."),
    BOOL(ok, "false when it fails, unknown when it could not be told."),
    TEXT(reason, "What is wrong with it."),
    TEXT(observed, "What was seen."),
    TEXT(expected, "What should have been seen."),
    TIME(at, "When it happened, for events."),
    TEXT(waiver, "The waiver that accepts it."),
    TIME(waived_until, "Until when it is accepted."),
};

RELATION(exception, RESULT,
         "An item that fails a control test, or could not be told.");
