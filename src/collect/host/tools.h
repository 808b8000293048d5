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

/* A tool and how to know it. Every list ends at its first NULL. */
typedef struct {
    const char *tool;
    const char *packages[4], *paths[3];          /* installed when one of them is there */
    const char *programs[4];                     /* what a schedule would start */
    const char *processes[4];
    const char *on_access[2];                    /* process that checks files as they are opened */
    const char *signatures[4];                   /* files whose age is the age of its knowledge */
} tool_row;

/* The relation of those tools of the table that are installed: system, tool and
 * version, then what `each` adds. `whole`: all schedules could be read. */
void tools_emit(host_state *s, const char *relation_name, const tool_row *rows, size_t n,
                void (*each)(host_state *s, arena *a, const tool_row *t, const schedule *l, bool whole));
const scheduled *tool_scheduled(const tool_row *t, const schedule *l);      /* NULL when no entry starts it */

#endif
