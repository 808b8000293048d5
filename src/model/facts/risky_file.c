#include "model/model.h"

extern const relation relation_risky_file;

static const field fields[] = {
    KEY_TEXT(system, "Host."),
    KEY_TEXT(path, "File or directory."),
    KEY_TEXT(risk, "setuid, setgid, world_writable, no_owner, device."),
    TEXT(mode, "Permission bits, four octal digits."),
    TEXT(owner, "Owning account, or its number."),
    TEXT(group_name, "Owning group, or its number."),
    TEXT(package, "Package the file belongs to; empty when it belongs to none."),
};

RELATION(risky_file, FACT,
         "A file found on a walk of all local disks that gives away rights.");
