#include "model/model.h"

extern const relation relation_package;

static const field fields[] = {
    KEY_TEXT(system, "Host it is installed on."),
    KEY_TEXT(name, "Package name."),
    KEY_TEXT(architecture, "Architecture of the package."),
    TEXT(version, "Installed version."),
    TEXT(manager, "dpkg, rpm or apk."),
    TEXT(source_package, "Package it was built from."),
    BOOL(installed, "Whether it is fully installed."),
    BOOL(held, "Whether it is kept from being upgraded."),
};

RELATION(package, FACT,
         "A software package on a system.");
