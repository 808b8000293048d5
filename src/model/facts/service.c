#include "model/model.h"

extern const relation relation_service;

static const field fields[] = {
    KEY_TEXT(system, "Host."),
    KEY_TEXT(name, "Unit or script name without suffix."),
    TEXT(manager, "systemd or sysv."),
    BOOL(running, "Whether it runs now."),
    BOOL(failed, "Whether it ended in failure."),
    ENUM(start,
         "When it starts: enabled at boot, disabled, masked (cannot), static (on demand), "
         "other.",
         "enabled", "disabled", "masked", "static", "other"),
    TEXT(account, "Account it runs as."),
    BOOL(no_new_privileges, "Whether it is barred from gaining privileges."),
};

RELATION(service, FACT,
         "A background service.");
