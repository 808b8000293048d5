#include "model/model.h"

extern const relation relation_scheduled_job;

static const field fields[] = {
    KEY_TEXT(system, "Host."),
    KEY_TEXT(defined_in, "File, and line where it has lines; or the timer unit."),
    TEXT(kind, "cron, anacron, timer or at."),
    TEXT(schedule, "When, as written."),
    TEXT(account, "Account it runs as."),
    TEXT(command, "What it runs, with secrets blanked."),
    BOOL(enabled, "Whether it is in force."),
    BOOL(writable_by_others,
         "Whether its file or program can be written by others than its owner and root."),
};

RELATION(scheduled_job, FACT,
         "Something that runs by itself at set times.");
