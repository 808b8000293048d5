/* collect/host/apt.h - private to the room: apt's sources and lists. Pure. */
#ifndef COLLECT_HOST_APT_H
#define COLLECT_HOST_APT_H

#include "base/base.h"

/* One configured archive of binary packages. */
typedef struct {
    str uri, suite;
} apt_source;
typedef DA(apt_source) apt_sources;
void apt_sources_list(arena *a, str text, apt_sources *ret);         /* one-line style */
void apt_sources_deb822(arena *a, str text, apt_sources *ret);

/* How the names of that archive's files in lists/ begin. */
str  apt_list_prefix(arena *a, const apt_source *s);
bool apt_source_is_security(const apt_source *s);

/* The head of a Release or InRelease file. */
typedef struct {
    str  label, suite, codename;
    int  priority;                       /* 500; 100 or 1 when NotAutomatic */
    bool security;
} apt_release;
apt_release apt_release_read(str head);

#endif
