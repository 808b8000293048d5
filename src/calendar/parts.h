/* calendar/parts.h - private to the room: readers of blocks. */
#ifndef CALENDAR_PARTS_H
#define CALENDAR_PARTS_H

#include "base/content.h"
#include "calendar/calendar.h"

/* a-z, 0-9, _ and -, beginning with a letter. */
bool block_name_sound(str s);

/* Reads one block each; false when a fault was told. */
bool calendar_read(arena *a, faults *fs, str path, const block *b, calendar *ret);
bool clock_read(faults *fs, str path, const block *b, const calendars *cs, clock_rule *ret);

/* "path:line: NAME: KEY: why" */
void key_bad(faults *fs, str path, const block *b, const char *key, const char *why);

#endif
