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

static void span_read(block_values *v, clock_rule *c)
{
    const entry *e = value_of(v, "span", true);
    if (e && !period_parse(e->value, &c->span))
        value_bad(v, e, "is a time as \"1 month\", \"45 days\", \"72 hours\" or \"4 business days\"");
    c->span_text = e ? e->value : S("");
}

static void ends_read(block_values *v, clock_rule *c)
{
    const entry *e = value_of(v, "ends", true);
    c->ends = -1;
    if (!e || str_eq(e->value, S("moment")))
        return;
    if (str_eq(e->value, S("day")))
        c->ends = DAYS(1) - SECONDS(1);
    else if (!hhmm_parse(e->value, &c->ends))
        value_bad(v, e, "is \"moment\" (the time of day at which it began), \"day\" (the end of the last day) or HH:MM");
}

static void offset_read(block_values *v, clock_rule *c)
{
    const entry *e = value_of(v, "offset", false);
    if (!e)
        return;
    bool minus = str_starts(e->value, S("-"));
    if ((!minus && !str_starts(e->value, S("+"))) || !hhmm_parse(str_sub(e->value, 1, e->value.n), &c->offset) ||
        c->offset > HOURS(14))
        value_bad(v, e, "is the law's time against UTC, as -05:00");
    else if (minus)
        c->offset = -c->offset;
}

static void calendar_choose(block_values *v, const calendars *cs, clock_rule *c)
{
    const entry *e = value_of(v, "calendar", false), *moved = value_of(v, "moved", false);
    bool         none = !e || str_eq(e->value, S("none"));
    c->moved = moved && str_eq(moved->value, S("next working day"));
    if (moved && !c->moved && !str_eq(moved->value, S("no")))
        value_bad(v, moved, "is \"no\" or \"next working day\"");
    if (!none) {
        c->calendar = calendar_find(cs, e->value);
        if (!c->calendar)
            value_bad(v, e, "there is no calendars/NAME.txt of this name");
    } else if (c->moved) {
        value_bad(v, moved, "needs a calendar that says which days are worked");
    } else if (c->span.unit == PERIOD_BUSINESS_DAYS && c->span.n) {
        v->bad = true;
        fault_at(v->fs, v->b->path, v->b->line, STR_FMT ": business days need a calendar", STR_ARG(v->b->name));
    }
}

bool clock_read(faults *fs, const block *b, const calendars *cs, clock_rule *ret)
{
    block_values v = { .fs = fs, .b = b };
    clock_rule   c = { .name = b->name };
    c.title = text_of(&v, "title", true);
    c.starts = text_of(&v, "starts", true);
    c.basis = text_of(&v, "basis", true);
    c.source = text_of(&v, "source", false);
    span_read(&v, &c);
    ends_read(&v, &c);
    offset_read(&v, &c);
    calendar_choose(&v, cs, &c);
    if (c.span.unit == PERIOD_HOURS && (c.ends >= 0 || c.moved)) {
        v.bad = true;
        fault_at(fs, b->path, b->line, STR_FMT ": hours are elapsed time: they end at a moment, on whatever day", STR_ARG(b->name));
    }
    bool sound = values_end(&v);
    if (sound)
        *ret = c;
    return sound;
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
