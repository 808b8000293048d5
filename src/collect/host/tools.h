/* collect/host/tools.h - private to the room: what the tables of security and
 * backup tools are made of, and the files that start things on a schedule. */
#ifndef COLLECT_HOST_TOOLS_H
#define COLLECT_HOST_TOOLS_H

#include "collect/host/state.h"

/* One line or file that starts `command` on a schedule. */
typedef struct {
    str command, when, defined_in;
} scheduled;
typedef DA(scheduled) schedule;

/* Crontabs, cron.{hourly,daily,weekly,monthly}, systemd timers that are enabled.
 * `ret_whole` is false when some of it could not be read. */
void schedule_read(host_state *s, arena *a, schedule *ret, bool *ret_whole);

/* Pure: the lines of a crontab; `with_user` when they name an account. */
void crontab_read(arena *a, str text, bool with_user, str defined_in, schedule *ret);

/* The first entry whose command names the program, as a word of its own. */
const scheduled *schedule_of(const schedule *l, const char *program);

#endif
