/* Business calendars: which days are worked, and the rules their files are made of. */
#include "calendar/parts.h"

static const char *const weekdays[] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" };
static const char *const months[] = { "january", "february", "march", "april", "may", "june", "july",
                                      "august", "september", "october", "november", "december" };
static const char *const places[] = { "first", "second", "third", "fourth", "last" };

enum { SATURDAY = 5, SUNDAY = 6, LAST = 5, YEAR_MAX = 9999 };

int weekday_of(int64_t day)
{
    int64_t w = (day + 3) % 7;                       /* 1970-01-01 was a Thursday */
    return (int)(w < 0 ? w + 7 : w);
}

int64_t day_of(time_us t)
{
    int64_t day = t / DAYS(1);
    return day - (t % DAYS(1) < 0);
}

/* The anonymous Gregorian algorithm (Nature, 1876; Meeus, Astronomical Algorithms, ch. 8). */
int64_t easter_sunday(int64_t y)
{
    int64_t a = y % 19, b = y / 100, c = y % 100;
    int64_t h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int64_t l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int64_t m = (a + 11 * h + 22 * l) / 451;
    int64_t n = h + l - 7 * m + 114;
    return days_from_civil(y, (int)(n / 31), (int)(n % 31) + 1);
}

static int64_t nth_weekday(int64_t y, const holiday *h)
{
    if (h->day == LAST) {
        int64_t end = days_from_civil(y, h->month, days_in_month(y, h->month));
        return end - (weekday_of(end) - h->weekday + 7) % 7;
    }
    int64_t begin = days_from_civil(y, h->month, 1);
    return begin + (h->weekday - weekday_of(begin) + 7) % 7 + 7 * (h->day - 1);
}

/* The day the rule names in year y; false when it names none. */
static bool falls_on(const holiday *h, int64_t y, int64_t *ret)
{
    if (y < h->since || y > h->until)
        return false;
    switch (h->kind) {
    case HOLIDAY_ONCE:
        if (y != h->year)
            return false;
        __attribute__((fallthrough));
    case HOLIDAY_FIXED:
        if (h->day > days_in_month(y, h->month))
            return false;
        *ret = days_from_civil(y, h->month, h->day);
        return true;
    case HOLIDAY_NTH:
        *ret = nth_weekday(y, h);
        return true;
    case HOLIDAY_EASTER:
        *ret = easter_sunday(y) + h->shift;
        return true;
    }
    return false;
}

static bool is_weekend(const calendar *c, int64_t day)
{
    unsigned weekend = c ? c->weekend : 1U << SATURDAY | 1U << SUNDAY;
    return weekend >> weekday_of(day) & 1;
}

static int64_t kept_on(const calendar *c, const holiday *h, int64_t day)
{
    if (c->nearest && h->kind != HOLIDAY_ONCE && weekday_of(day) == SATURDAY)
        return day - 1;
    if (c->nearest && h->kind != HOLIDAY_ONCE && weekday_of(day) == SUNDAY)
        return day + 1;
    return day;
}

const holiday *calendar_holiday(const calendar *c, int64_t day)
{
    int64_t y, on;
    int     m, d;
    civil_from_days(day, &y, &m, &d);
    for (size_t i = 0; c && i < c->n_holidays; i++)
        for (int64_t year = y - 1; year <= y + 1; year++)      /* 1 January may be kept on 31 December */
            if (falls_on(&c->holidays[i], year, &on) && kept_on(c, &c->holidays[i], on) == day)
                return &c->holidays[i];
    return NULL;
}

bool calendar_works(const calendar *c, int64_t day) { return !is_weekend(c, day) && !calendar_holiday(c, day); }

int64_t calendar_add(const calendar *c, int64_t day, int64_t n)
{
    int64_t step = n < 0 ? -1 : 1;
    if (n == 0)
        while (!calendar_works(c, day))
            day++;
    for (; n != 0; n -= step)
        do
            day += step;
        while (!calendar_works(c, day));
    return day;
}

/* ---- reading ------------------------------------------------------------------------- */

static int index_in(const char *const *names, size_t n, str s)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(s, str_of(names[i])))
            return (int)i;
    return -1;
}

/* "of may" */
static bool nth_parse(int place, str *rest, holiday *h)
{
    int weekday = index_in(weekdays, COUNT(weekdays), str_word(rest));
    str of = str_word(rest);
    int month = index_in(months, COUNT(months), str_word(rest));
    *h = (holiday){ .kind = HOLIDAY_NTH, .day = place + 1, .weekday = weekday, .month = month + 1 };
    return weekday >= 0 && month >= 0 && str_eq(of, S("of"));
}

/* "", "+ 1" or "- 2" after easter; words that follow are left. */
static bool easter_parse(str *rest, holiday *h)
{
    str     ahead = *rest, sign = str_word(&ahead);
    int64_t n = 0;
    *h = (holiday){ .kind = HOLIDAY_EASTER };
    if (!str_eq(sign, S("+")) && !str_eq(sign, S("-")))
        return true;
    if (!parse_int(str_word(&ahead), 1, 100, &n))
        return false;
    *rest = ahead;
    h->shift = (int)(sign.p[0] == '-' ? -n : n);
    return true;
}

static bool date_parse(str word, holiday *h)
{
    time_us t;
    if (word.n != 10 || !time_parse(word, &t))
        return false;
    *h = (holiday){ .kind = HOLIDAY_ONCE };
    civil_from_days(day_of(t), &h->year, &h->month, &h->day);
    return true;
}

static bool fixed_parse(str number, str *rest, holiday *h)
{
    int64_t n;
    int     month = index_in(months, COUNT(months), str_word(rest));
    if (month < 0 || !parse_int(number, 1, 31, &n))
        return false;
    *h = (holiday){ .kind = HOLIDAY_FIXED, .day = (int)n, .month = month + 1 };
    return n <= days_in_month(2000, month + 1);      /* a leap year */
}

/* "since 2021", "until 2030" */
static bool years_parse(str *rest, holiday *h)
{
    h->since = 1;
    h->until = YEAR_MAX;
    for (str w = str_word(rest); w.n; w = str_word(rest)) {
        bool since = str_eq(w, S("since"));
        if ((!since && !str_eq(w, S("until"))) || !parse_int(str_word(rest), 1, YEAR_MAX, since ? &h->since : &h->until))
            return false;
    }
    return h->since <= h->until;
}

/* "third monday of january - Birthday of Martin Luther King"; the name stands after the
 * last " - ", because a rule may hold one ("easter - 2"). */
static bool holiday_parse(str value, holiday *ret)
{
    holiday h;
    size_t  at = value.n;
    for (size_t i = 0; i + 3 <= value.n; i++)
        if (memcmp(value.p + i, " - ", 3) == 0 && !(value.p[i + 3] >= '0' && value.p[i + 3] <= '9')) {
            at = i;
            break;
        }
    if (at == value.n)
        return false;
    str  rest = str_sub(value, 0, at), first = str_word(&rest);
    int  place = index_in(places, COUNT(places), first);
    bool sound = place >= 0                   ? nth_parse(place, &rest, &h)
                 : str_eq(first, S("easter")) ? easter_parse(&rest, &h)
                                              : date_parse(first, &h) || fixed_parse(first, &rest, &h);
    if (!sound || !years_parse(&rest, &h))
        return false;
    h.name = str_trim(str_sub(value, at + 3, value.n));
    *ret = h;
    return h.name.n > 0;
}

typedef struct {
    str title, source, weekend, observed, holiday;
} calendar_text;

static const key_row keys[] = {
    { "title", offsetof(calendar_text, title), false },       { "source", offsetof(calendar_text, source), false },
    { "weekend", offsetof(calendar_text, weekend), false },   { "observed", offsetof(calendar_text, observed), true },
    { "holiday", offsetof(calendar_text, holiday), true },
};

static bool weekend_parse(str rest, unsigned *ret)
{
    int n = 0;
    *ret = 0;
    for (str w = str_word(&rest); w.n; w = str_word(&rest), n++) {
        int i = index_in(weekdays, COUNT(weekdays), w);
        if (i < 0 || n == CALENDAR_WEEKEND_MAX)
            return false;
        *ret |= 1U << i;
    }
    return n > 0;
}

/* Parts the holidays, the one key that repeats, from the block. */
static void holidays_read(arena *a, faults *fs, str path, block *b, calendar *c)
{
    DA(holiday) list = { 0 };
    DA(entry)   rest = { 0 };
    for (size_t i = 0; i < b->entries.n; i++) {
        const entry *e = &b->entries.v[i];
        holiday      h;
        if (!str_eq(e->key, S("holiday")))
            da_push(a, &rest) = *e;
        else if (list.n == CALENDAR_HOLIDAYS_MAX)
            fault_at(fs, path, e->line, STR_FMT ": there are more than %d holidays", STR_ARG(b->id), CALENDAR_HOLIDAYS_MAX);
        else if (!holiday_parse(e->value, &h))
            fault_at(fs, path, e->line, STR_FMT ": holiday \"" STR_FMT "\": write \"25 december - NAME\", \"last monday of may - NAME\", "
                     "\"easter - 2 - NAME\" or \"2025-01-09 - NAME\"; \"since YEAR\" and \"until YEAR\" may stand before the name",
                     STR_ARG(b->id), STR_ARG(utf8_cut(e->value, 80)));
        else
            da_push(a, &list) = h;
    }
    c->holidays = list.v;
    c->n_holidays = list.n;
    b->entries.v = rest.v;
    b->entries.n = rest.n;
}

bool calendar_read(arena *a, faults *fs, str path, const block *given, calendar *ret)
{
    const size_t  before = fs->list.n;
    block         b = *given;
    calendar_text t = { 0 };
    calendar      c = { .name = b.id };
    holidays_read(a, fs, path, &b, &c);
    if (!keys_read(fs, path, &b, keys, COUNT(keys), &t))
        return false;
    c.title = t.title;
    c.source = t.source;
    c.nearest = str_eq(t.observed, S("nearest weekday"));
    if (!weekend_parse(t.weekend, &c.weekend))
        key_bad(fs, path, &b, "weekend", "name at most three days of the week, as \"saturday sunday\"");
    else if (c.nearest && c.weekend != (1U << SATURDAY | 1U << SUNDAY))
        key_bad(fs, path, &b, "observed", "\"nearest weekday\" needs a weekend of saturday and sunday");
    if (t.observed.n && !c.nearest && !str_eq(t.observed, S("as it falls")))
        key_bad(fs, path, &b, "observed", "write \"as it falls\" or \"nearest weekday\"");
    *ret = c;
    return fs->list.n == before;
}
