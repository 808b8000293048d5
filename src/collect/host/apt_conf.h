/* collect/host/apt_conf.h - private: the syntax of apt.conf(5). */
#ifndef COLLECT_HOST_APT_CONF_H
#define COLLECT_HOST_APT_CONF_H

#include "base/base.h"

/* One assignment: "APT::Periodic::Enable" "1". An element of a list has a name
 * that ends in "::". `clear`: the name and all below it are taken back. */
typedef void (*apt_each)(void *arg, str name, str value, int64_t line, bool clear);

/* Returns false when something could not be understood; what came before was told. */
bool apt_conf_read(arena *a, str text, apt_each each, void *arg);

#endif
