#include "model/model.h"

extern const relation relation_patch_state;

static const field fields[] = {
    KEY_TEXT(system, "Host."),
    TIME(lists_refreshed_at, "When the package lists were last fetched."),
    INT(pending, "Updates that could be installed now."),
    INT(pending_security, "Those of them that come from a security archive."),
    BOOL(security_source, "Whether a security archive is configured."),
    BOOL(automatic, "Whether security updates are installed without anyone asking."),
    BOOL(reboot_required, "Whether an installed update waits for a restart."),
};

RELATION(patch_state, FACT,
         "How a system is kept up to date.");
