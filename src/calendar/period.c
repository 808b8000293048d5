/* Periods: what people write, and adding them to a moment. */
#include "calendar/calendar.h"

static const struct {
    const char *one, *many;
    period      p;
} units[] = {
    { "hour", "hours", { PERIOD_HOURS, 1 } },      { "day", "days", { PERIOD_DAYS, 1 } },
    { "week", "weeks", { PERIOD_DAYS, 7 } },       { "month", "months", { PERIOD_MONTHS, 1 } },
    { "quarter", "quarters", { PERIOD_MONTHS, 3 } }, { "year", "years", { PERIOD_MONTHS, 12 } },
};

static const struct {
    const char *word;
    period      p;
} cadences[] = {
    { "continuous", { PERIOD_DAYS, 1 } }, { "daily", { PERIOD_DAYS, 1 } },         { "weekly", { PERIOD_DAYS, 7 } },
    { "monthly", { PERIOD_MONTHS, 1 } },  { "quarterly", { PERIOD_MONTHS, 3 } },   { "half_yearly", { PERIOD_MONTHS, 6 } },
    { "half-yearly", { PERIOD_MONTHS, 6 } }, { "yearly", { PERIOD_MONTHS, 12 } },
};

bool period_parse(str s, period *ret)
{
    str     rest = str_trim(s), ahead = rest, w = str_word(&ahead);
    int64_t n = 1;
    bool    every = str_eq(w, S("every"));
    for (size_t i = 0; i < COUNT(cadences); i++)
        if (str_eq(rest, str_of(cadences[i].word))) {
            *ret = cadences[i].p;
            return true;
        }
    if (every)
        w = str_word(&ahead);
    bool number = parse_int(w, 1, PERIOD_MAX, &n) && w.p[0] != '+';
    if (number)
        w = str_word(&ahead);
    else if (!every)
        return false;                                /* "month" alone says nothing */
    bool business = str_eq(w, S("business")) || str_eq(w, S("working"));
    if (business)
        w = str_word(&ahead);
    if (str_word(&ahead).n)
        return false;
    for (size_t i = 0; i < COUNT(units); i++)
        if (str_eq(w, str_of(n == 1 ? units[i].one : units[i].many))) {
            *ret = (period){ business ? PERIOD_BUSINESS_DAYS : units[i].p.unit, n * units[i].p.n };
            return !business || (units[i].p.unit == PERIOD_DAYS && units[i].p.n == 1);
        }
    return false;
}

static int64_t add_months(int64_t day, int64_t n)
{
    int64_t y, all;
    int     m, d;
    civil_from_days(day, &y, &m, &d);
    all = y * 12 + (m - 1) + n;
    y = all / 12 - (all % 12 < 0);
    m = (int)(all - y * 12) + 1;
    int last = days_in_month(y, m);
    return days_from_civil(y, m, d < last ? d : last);
}

time_us period_add(const calendar *c, time_us t, period p)
{
    const time_us begin = DAYS(days_from_civil(1, 1, 1)), end = DAYS(days_from_civil(10000, 1, 1));
    const int64_t most = 12 * (int64_t)PERIOD_MAX;
    time_us       sum = TIME_MAX;
    if (t < begin || t >= end || p.n > most || p.n < -most)
        return TIME_MAX;
    time_us rest = t - DAYS(day_of(t));
    switch (p.unit) {
    case PERIOD_HOURS:
        sum = t + HOURS(p.n);
        break;
    case PERIOD_DAYS:
        sum = t + DAYS(p.n);
        break;
    case PERIOD_MONTHS:
        sum = DAYS(add_months(day_of(t), p.n)) + rest;
        break;
    case PERIOD_BUSINESS_DAYS:
        sum = DAYS(calendar_add(c, day_of(t), p.n)) + rest;
        break;
    }
    return sum < begin || sum >= end ? TIME_MAX : sum;
}
