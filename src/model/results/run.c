#include "model/model.h"

extern const relation relation_run;

static const field fields[] = {
    KEY_TEXT(source, "Source that ran."),
    TIME(started_at, "When it started."),
    TIME(ended_at, "When it ended; the moment its facts count as seen."),
    ENUM(status,
         "Worst outcome over its relations.", "ok", "absent", "denied", "unsupported", "partial", "error"),
    TEXT(tool, "Program and version that collected."),
    TEXT(reason, "Why it did not end well."),
};

RELATION(run, RESULT,
         "The latest collection of a source.");
