#include "model/model.h"

extern const relation relation_software_update;

static const field fields[] = {
    KEY_TEXT(system, "Host that needs it."),
    KEY_TEXT(name, "Package name."),
    KEY_TEXT(architecture, "Architecture of the package."),
    TEXT(installed_version, "Version installed."),
    TEXT(candidate_version, "Version on offer."),
    BOOL(security, "Whether it comes from a security archive."),
    BOOL(held, "Whether the package is held back."),
    TEXT(origin, "Archive it comes from."),
};

RELATION(software_update, FACT,
         "An update that could be installed now, as far as the package lists tell.");
