#include "model/model.h"

extern const relation relation_run_status;

static const field fields[] = {
    KEY_TEXT(source, "Source."),
    KEY_TEXT(relation, "Relation."),
    ENUM(status,
         "ok: all was read. absent: what it describes is not there. denied, unsupported, "
         "partial, error: something is missing.",
         "ok", "absent", "denied", "unsupported", "partial", "error"),
    TEXT(reason, "What is missing and why."),
};

RELATION(run_status, RESULT,
         "How a source fares with one relation; a version lasts while the answer stays the "
         "same.");
