/* collect/host/units.h - private to the room: systemd's unit files and what
 * systemd itself tells of its units. */
#ifndef COLLECT_HOST_UNITS_H
#define COLLECT_HOST_UNITS_H

#include "collect/host/state.h"

typedef struct {
    str         name;                    /* without .service */
    const char *start;                   /* as the relation's choices; NULL: not known */
    tri         running, failed;
} unit;

typedef struct {
    arena *a;
    DA(unit) list;
    map    by_name;                      /* (void *)(index + 1) */
} unit_set;
unit_set units_open(arena *a);
unit    *units_slot(unit_set *u, str name);      /* made when it is new */

/* Asks the running systemd over its own socket or the system bus. NULL when it
 * answered, else why not (a constant). */
const char *units_ask(const host_state *s, unit_set *u);

/* Unit files and the links that enable them. */
void units_from_files(const host_state *s, arena *a, unit_set *u);

/* What [Service] sections say, file after file; pure. */
typedef struct {
    str  user;
    bool dynamic_user, no_new_privileges, said, implied, installs;
    bool found;                          /* there was a file */
} unit_settings;
void unit_settings_add(arena *a, str text, unit_settings *ret);
/* The unit's file and drop-ins together. */
void unit_settings_read(const host_state *s, arena *a, str name, unit_settings *ret);

#endif
