#include "model/model.h"

extern const relation relation_time_sync;

static const field fields[] = {
    KEY_TEXT(system, "Host."),
    BOOL(synchronised, "Whether the kernel holds the clock for synchronised."),
    INT(max_error_ms,
         "Largest error the kernel allows for, rounded up to a power of two.", .unit = "milliseconds"),
    TEXT(daemon, "What keeps it: chrony, systemd-timesyncd, ntpd, host (the hypervisor), none."),
    BOOL(running, "Whether that daemon runs."),
    TEXT(servers, "Time servers configured."),
};

RELATION(time_sync, FACT,
         "How the clock is kept right.");
