/* Clocks: reading their blocks, and when they end. */
#include "calendar/parts.h"

/* "HH:MM" within one day; with a sign in front for offsets. */
static bool hhmm_parse(str s, time_us *ret)
{
    int64_t hour, minute;
    bool    shape = s.n == 5 && s.p[2] == ':' && s.p[0] >= '0' && s.p[0] <= '9' && s.p[3] >= '0' && s.p[3] <= '9';
    if (!shape || !parse_int(str_sub(s, 0, 2), 0, 23, &hour) || !parse_int(str_sub(s, 3, 5), 0, 59, &minute))
        return false;
    *ret = HOURS(hour) + MINUTES(minute);
    return true;
}

/* The keys of a block, as written. */
typedef struct {
    str title, starts, basis, source, span, ends, offset, calendar, moved;
} clock_text;

static const key_row keys[] = {
    { "title", offsetof(clock_text, title), false },   { "starts", offsetof(clock_text, starts), false },
    { "basis", offsetof(clock_text, basis), false },   { "source", offsetof(clock_text, source), true },
    { "span", offsetof(clock_text, span), false },     { "ends", offsetof(clock_text, ends), false },
    { "offset", offsetof(clock_text, offset), true },  { "calendar", offsetof(clock_text, calendar), true },
    { "moved", offsetof(clock_text, moved), true },
};

static bool ends_parse(str s, time_us *ret)
{
    *ret = str_eq(s, S("day")) ? DAYS(1) - SECONDS(1) : -1;
    return *ret >= 0 || str_eq(s, S("moment")) || hhmm_parse(s, ret);
}

static bool offset_parse(str s, time_us *ret)
{
    bool minus = str_starts(s, S("-"));
    *ret = 0;
    if (!s.n)
        return true;
    if ((!minus && !str_starts(s, S("+"))) || !hhmm_parse(str_sub(s, 1, s.n), ret) || *ret > HOURS(14))
        return false;
    *ret = minus ? -*ret : *ret;
    return true;
}

/* What the keys say together; NULL when nothing is wrong. */
static const char *conflict(const clock_rule *c)
{
    if (c->span.unit == PERIOD_HOURS && (c->ends >= 0 || c->moved))
        return "hours are elapsed time: they end at a moment, on whatever day";
    if (c->span.unit == PERIOD_BUSINESS_DAYS && !c->calendar)
        return "business days need a calendar";
    if (c->moved && !c->calendar)
        return "\"moved\" needs a calendar that says which days are worked";
    return NULL;
}

bool clock_read(faults *fs, str path, const block *b, const calendars *cs, clock_rule *ret)
{
    const size_t before = fs->list.n;
    clock_text   t = { 0 };
    if (!keys_read(fs, path, b, keys, COUNT(keys), &t))
        return false;
    bool       on_calendar = t.calendar.n && !str_eq(t.calendar, S("none"));
    clock_rule c = { .name = b->id, .title = t.title, .starts = t.starts, .basis = t.basis, .source = t.source,
                     .span_text = t.span, .moved = str_eq(t.moved, S("next working day")),
                     .calendar = on_calendar ? calendar_find(cs, t.calendar) : NULL };
    if (!period_parse(t.span, &c.span))
        key_bad(fs, path, b, "span", "write a time as \"1 month\", \"45 days\", \"72 hours\" or \"4 business days\"");
    if (!ends_parse(t.ends, &c.ends))
        key_bad(fs, path, b, "ends", "write \"moment\" (the time of day at which it began), \"day\" (the end of the last day) or HH:MM");
    if (!offset_parse(t.offset, &c.offset))
        key_bad(fs, path, b, "offset", "write the law's time against UTC, as -05:00");
    if (t.moved.n && !c.moved && !str_eq(t.moved, S("no")))
        key_bad(fs, path, b, "moved", "write \"no\" or \"next working day\"");
    if (on_calendar && !c.calendar)
        key_bad(fs, path, b, "calendar", "there is no calendars/NAME.txt of this name");
    if (fs->list.n == before && conflict(&c))
        fault_at(fs, path, b->line, STR_FMT ": %s", STR_ARG(b->id), conflict(&c));
    *ret = c;
    return fs->list.n == before;
}

time_us clock_due(const clock_rule *c, time_us start)
{
    if (start < -DAYS(INT64_C(800000)) || start > DAYS(INT64_C(3000000)))        /* far outside years 1..9999 */
        return TIME_MAX;
    time_us end = period_add(c->calendar, start + c->offset, c->span);
    if (end == TIME_MAX)
        return TIME_MAX;
    int64_t day = day_of(end);
    time_us rest = end - DAYS(day);
    if (c->moved)
        day = calendar_add(c->calendar, day, 0);
    return DAYS(day) + (c->ends < 0 ? rest : c->ends) - c->offset;
}
