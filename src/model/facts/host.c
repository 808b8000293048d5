#include "model/model.h"

extern const relation relation_host;

static const field fields[] = {
    KEY_TEXT(system, "Host name of the machine."),
    TEXT(os_id, "Distribution as /etc/os-release names it, such as debian."),
    TEXT(os_name, "Distribution name for people."),
    TEXT(os_version, "Version of the distribution."),
    TIME(os_support_until,
         "End of security support of this version, where the machine itself tells it."),
    TEXT(kernel, "Release of the running kernel."),
    TEXT(architecture, "Machine architecture of the running kernel."),
    TIME(boot_at, "When the machine was started."),
    TEXT(virtualization, "none, or the hypervisor or container kind seen from inside."),
    BOOL(container, "Whether what was read is a container and not a whole machine."),
    BOOL(systemd, "Whether systemd runs as the first process."),
};

RELATION(host, FACT,
         "A machine: what it runs and on what.");
