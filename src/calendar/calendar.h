/*
 * calendar/calendar.h - date arithmetic: periods, business calendars and the
 * clocks of laws, contracts and the organisation's own promises.
 *
 * Calendars and clocks are data: content/calendars/NAME.txt and
 * content/clocks.txt (docs/content.md has the format), embedded, overlaid block
 * by block by a directory. Times are UTC; a clock whose law counts days
 * elsewhere says so with `offset`.
 * Depends on: base.  Threads: everything loaded is constant.
 */
#ifndef CALENDAR_CALENDAR_H
#define CALENDAR_CALENDAR_H

#include "base/base.h"

/* ---- calendars ------------------------------------------------------------------ */

typedef enum {
    HOLIDAY_FIXED,             /* "25 december"; 29 february only in leap years */
    HOLIDAY_NTH,               /* "third monday of january", "last monday of may" */
    HOLIDAY_EASTER,            /* "easter - 2": days from Easter Sunday (Western) */
    HOLIDAY_ONCE,              /* "2025-01-09" */
} holiday_kind;

typedef struct {
    holiday_kind kind;
    int          month, day;   /* NTH: day is 1..4, 5 the last; weekday below */
    int          weekday;      /* 0 Monday .. 6 Sunday */
    int          shift;        /* EASTER: days after (before when negative) */
    int64_t      year;         /* ONCE */
    int64_t      since, until; /* years, ends included */
    str          name;
} holiday;

enum { CALENDAR_HOLIDAYS_MAX = 64, CALENDAR_WEEKEND_MAX = 3 };   /* so that a working day is never far */

typedef struct {
    str            name, title, source;
    unsigned       weekend;    /* bit per weekday */
    bool           nearest;    /* a holiday on Saturday is kept the day before, on Sunday the day after */
    const holiday *holidays;   size_t n_holidays;
} calendar;

/* Days are counted from 1970-01-01. A NULL calendar has Saturday and Sunday
 * off and no holidays. */
bool    calendar_works(const calendar *c, int64_t day);
/* The holiday kept on that day (perhaps moved from a weekend), or NULL. */
const holiday *calendar_holiday(const calendar *c, int64_t day);
/* The n-th working day after (n > 0) or before (n < 0) `day`, which itself does not
 * count; with n = 0 `day` itself or, when it is no working day, the next one. */
int64_t calendar_add(const calendar *c, int64_t day, int64_t n);
int     weekday_of(int64_t day);                     /* 0 Monday .. 6 Sunday */
int64_t easter_sunday(int64_t year);                 /* Gregorian, as a day */
int64_t day_of(time_us t);                           /* the UTC day t falls on */

/* ---- periods -------------------------------------------------------------------- */

typedef enum { PERIOD_HOURS, PERIOD_DAYS, PERIOD_MONTHS, PERIOD_BUSINESS_DAYS } period_unit;

typedef struct {
    period_unit unit;
    int64_t     n;             /* negative: before */
} period;

enum { PERIOD_MAX = 10000 };

/* "every 3 months", "3 months", "1 year", "90 days", "2 weeks", "72 hours", "4 business
 * days" (or working days), "every quarter"; the cadence words daily weekly
 * monthly quarterly half_yearly (or half-yearly) yearly, and continuous, which asks for
 * a sign of life each day. Years are 12 months, weeks 7 days. False for all
 * else, "per event" too. n is 1..PERIOD_MAX. */
bool period_parse(str s, period *ret);

/* Hours are elapsed time. Days, months and working days move the date and keep the
 * time of day. A date the month does not have is its last day: 31 January + 1
 * month is 28 or 29 February (Regulation (EEC, Euratom) 1182/71, Art. 3(2)(c)).
 * Add a number of months at once, not one by one: 31 January + 2 months is 31 March.
 * `c` counts working days (NULL: Monday to Friday). TIME_MAX when the result
 * lies outside years 1..9999. */
time_us period_add(const calendar *c, time_us t, period p);

/* ---- clocks --------------------------------------------------------------------- */

typedef struct {
    str             name;      /* "gdpr_request" */
    str             title;     /* what must have happened */
    str             starts;    /* the event that starts it */
    str             basis;     /* law and article, or whose promise it is */
    str             source;    /* where to read it */
    period          span;
    str             span_text; /* as written: "1 month" */
    const calendar *calendar;  /* NULL: none */
    bool            moved;     /* an end on a day off moves to the next working day */
    time_us         ends;      /* time of day of the last moment; -1: that of the start */
    time_us         offset;    /* of the law's time from UTC */
} clock_rule;

/* All sorted by name. */
typedef struct {
    const calendar   *calendars; size_t n_calendars;
    const clock_rule *clocks;    size_t n_clocks;
} calendars;

/* `overlay`: a directory that may hold clocks.txt and calendars/NAME.txt, or NULL; one that
 * does not exist is as good as empty. A block replaces the embedded one of its
 * name. ERR_INVALID tells every fault with file and line (as many as fit). */
err_t calendar_load(arena *a, const char *overlay, fault *f, calendars **ret) MUST_USE;
const calendar   *calendar_find(const calendars *cs, str name);    /* NULL when there is none */
const clock_rule *clock_find(const calendars *cs, str name);

/* The last moment that is in time: `at <= due` is kept, later is late.
 *  - the moment or day of the event does not count (1182/71 Art. 3(1)): 5 March + 1
 *    month ends on 5 April, 72 hours end 72 hours later;
 *  - `ends: day` gives the whole last day (Art. 3(2)), to its last second;
 *  - `moved: next working day` moves an end that falls on a day off (Art. 3(4)).
 * Where the law leaves doubt the clock ends early: the extension of short periods
 * in hours to two working days (Art. 3(5)) is not used. Days are those of UTC plus
 * the clock's offset. TIME_MAX when it lies outside years 1..9999. */
time_us clock_due(const clock_rule *c, time_us start);

#endif
