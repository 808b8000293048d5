/* collect/host/cron.h - private: lines of crontab(5) and anacrontab(5). */
#ifndef COLLECT_HOST_CRON_H
#define COLLECT_HOST_CRON_H

#include "base/base.h"

typedef struct {
    str schedule, account, command;      /* cuts of the line; account is empty in a user's own table */
} cron_line;

/* False for blank lines, comments, assignments, and what is not a job. */
bool cron_parse(str line, bool with_account, cron_line *ret);
/* period delay id command; the schedule is the period in days or @monthly. */
bool anacron_parse(str line, cron_line *ret);
/* Names that cron and run-parts take on Debian: letters, digits, - and _. */
bool cron_name(str name);

#endif
