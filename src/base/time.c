#include "base/base.h"

time_us time_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return SECONDS(t.tv_sec) + t.tv_nsec / 1000;
}

time_us time_mono(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return SECONDS(t.tv_sec) + t.tv_nsec / 1000;
}

/* Proleptic Gregorian calendar, days counted from 1970-01-01 (algorithm of
 * H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
int64_t days_from_civil(int64_t y, int m, int d)
{
    y -= m <= 2;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t yoe = y - era * 400;
    int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

void civil_from_days(int64_t days, int64_t *y, int *m, int *d)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t doe = days - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    *d = (int)(doy - (153 * mp + 2) / 5 + 1);
    *m = (int)(mp < 10 ? mp + 3 : mp - 9);
    *y = yoe + era * 400 + (*m <= 2);
}

typedef struct { int64_t y; int m, d, hour, min, s, us; } civil;

static civil civil_of(time_us t)
{
    int64_t day = t / DAYS(1), rest = t % DAYS(1);
    if (rest < 0) {
        rest += DAYS(1);
        day--;
    }
    civil c;
    civil_from_days(day, &c.y, &c.m, &c.d);
    c.hour = (int)(rest / HOURS(1));
    c.min = (int)(rest / MINUTES(1) % 60);
    c.s = (int)(rest / SECONDS(1) % 60);
    c.us = (int)(rest % SECONDS(1));
    return c;
}

str time_rfc3339(arena *a, time_us t)
{
    civil c = civil_of(t);
    str   s = str_fmt(a, "%04lld-%02d-%02dT%02d:%02d:%02d", (long long)c.y, c.m, c.d, c.hour, c.min, c.s);
    if (c.us)
        return str_fmt(a, STR_FMT ".%06dZ", STR_ARG(s), c.us);
    return str_fmt(a, STR_FMT "Z", STR_ARG(s));
}

str time_people(arena *a, time_us t)
{
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    civil c = civil_of(t);
    return str_fmt(a, "%d %s %lld, %02d:%02d UTC", c.d, months[c.m - 1], (long long)c.y, c.hour, c.min);
}

str time_span(arena *a, time_us duration)
{
    static const struct { time_us unit; const char *one, *many; } rows[] = {
        { DAYS(1), "day", "days" }, { HOURS(1), "h", "h" }, { MINUTES(1), "min", "min" },
        { SECONDS(1), "s", "s" },
    };
    time_us d = duration < 0 ? -duration : duration;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (d >= 2 * rows[i].unit || (d >= rows[i].unit && i == COUNT(rows) - 1))
            return str_fmt(a, "%lld %s", (long long)(d / rows[i].unit), rows[i].many);
    return str_fmt(a, "%lld ms", (long long)(d / 1000));
}

/* Exactly n digits at *s, value within [min, max]. */
static bool digits(str *s, size_t n, int min, int max, int *ret)
{
    int v = 0;
    if (s->n < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (s->p[i] < '0' || s->p[i] > '9')
            return false;
        v = v * 10 + (s->p[i] - '0');
    }
    *s = str_sub(*s, n, s->n);
    *ret = v;
    return v >= min && v <= max;
}

static bool literal(str *s, char c)
{
    if (!s->n || s->p[0] != c)
        return false;
    *s = str_sub(*s, 1, s->n);
    return true;
}

static bool parse_fraction(str *s, int *ret_us)
{
    int scale = 100000, n = 0;
    *ret_us = 0;
    while (s->n && s->p[0] >= '0' && s->p[0] <= '9') {
        *ret_us += (s->p[0] - '0') * scale;
        scale /= 10;
        n++;
        *s = str_sub(*s, 1, s->n);
    }
    return n >= 1 && n <= 9;
}

static bool parse_offset(str *s, time_us *ret)
{
    int hour, min;
    *ret = 0;
    if (literal(s, 'Z') || literal(s, 'z'))
        return s->n == 0;
    bool minus = literal(s, '-');
    if (!minus && !literal(s, '+'))
        return false;
    if (!digits(s, 2, 0, 23, &hour) || !literal(s, ':') || !digits(s, 2, 0, 59, &min))
        return false;
    *ret = (minus ? -1 : 1) * (HOURS(hour) + MINUTES(min));
    return s->n == 0;
}

int days_in_month(int64_t y, int m)
{
    static const int n[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    return n[m - 1] + (m == 2 && leap);
}

bool time_parse(str s, time_us *ret)
{
    int y, m, d, hour = 0, min = 0, sec = 0, us = 0;
    time_us offset = 0;
    if (!digits(&s, 4, 1, 9999, &y) || !literal(&s, '-') || !digits(&s, 2, 1, 12, &m)
        || !literal(&s, '-') || !digits(&s, 2, 1, days_in_month(y, m), &d))
        return false;
    if (s.n) {
        if (!literal(&s, 'T') && !literal(&s, 't') && !literal(&s, ' '))
            return false;
        if (!digits(&s, 2, 0, 23, &hour) || !literal(&s, ':') || !digits(&s, 2, 0, 59, &min)
            || !literal(&s, ':') || !digits(&s, 2, 0, 59, &sec))
            return false;
        if (literal(&s, '.') && !parse_fraction(&s, &us))
            return false;
        if (!parse_offset(&s, &offset))
            return false;
    }
    *ret = DAYS(days_from_civil(y, m, d)) + HOURS(hour) + MINUTES(min) + SECONDS(sec) + us - offset;
    return true;
}

bool span_parse(str s, time_us *ret)
{
    static const struct { char unit; time_us us; } rows[] = {
        { 's', SECONDS(1) }, { 'm', MINUTES(1) }, { 'h', HOURS(1) }, { 'd', DAYS(1) }, { 'w', DAYS(7) },
    };
    int64_t n;
    if (s.n < 2 || !parse_int(str_sub(s, 0, s.n - 1), 0, 1000000, &n))
        return false;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (rows[i].unit == s.p[s.n - 1])
            return !__builtin_mul_overflow(n, rows[i].us, ret);
    return false;
}
