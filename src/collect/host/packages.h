/* collect/host/packages.h - private to the room: entries of package databases.
 * Pure: texts point into the stanza. */
#ifndef COLLECT_HOST_PACKAGES_H
#define COLLECT_HOST_PACKAGES_H

#include "collect/host/state.h"

/* False when the stanza is no package that is on the system. */
bool dpkg_package(str stanza, software *ret);
bool apk_package(str stanza, software *ret);

#endif
