#include "model/model.h"

extern const relation relation_backup_tool;

static const field fields[] = {
    KEY_TEXT(system, "Host."),
    KEY_TEXT(tool, "restic, borg, duplicity, pgbackrest, bacula and the like."),
    TEXT(version, "Installed version."),
    BOOL(scheduled, "Whether a timer or cron job runs it."),
    TEXT(schedule, "When, as written."),
    TIME(last_run_at, "Latest run that left a trace here."),
    BOOL(last_run_ok, "Whether that run ended well."),
};

RELATION(backup_tool, FACT,
         "A backup tool and its schedule.");
