/* Small pieces that pages are made of. */
#include "web/page.h"

#include "report/report.h"

str asset_url(arena *a, const char *name)
{
    const asset *as = asset_find(str_fmt(a, "assets/%s", name));
    return as ? str_fmt(a, "/assets/%s?v=%s", name, as->digest) : S("");
}

str link_to(ask *q, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    str to = str_vfmt(q->a, fmt, ap);
    va_end(ap);
    if (!q->as_of)
        return to;
    return str_fmt(q->a, STR_FMT "%cas-of=" STR_FMT, STR_ARG(to), str_contains(to, S("?")) ? '&' : '?', STR_ARG(time_rfc3339(q->a, q->as_of)));
}

str time_ago(ask *q, time_us t)
{
    time_us at = q->as_of ? q->as_of : q->now;
    if (t <= at)
        return at - t < MINUTES(1) ? S("just now") : str_fmt(q->a, STR_FMT " ago", STR_ARG(time_span(q->a, at - t)));
    return str_fmt(q->a, "in " STR_FMT, STR_ARG(time_span(q->a, t - at)));
}

str time_text(ask *q, time_us t) { return time_people(q->a, t); }

str date_text(ask *q, time_us t)
{
    str full = time_people(q->a, t);
    return str_cut(&full, ',');
}

int64_t cell_int(str cell)
{
    int64_t n;
    return cell.p && parse_int(cell, INT64_MIN, INT64_MAX, &n) ? n : -1;
}

time_us cell_time(str cell) { return cell_int(cell); }

state_mark state_mark_of(str wire)
{
    test_state s;
    if (state_parse(wire, &s))
        return (state_mark){ state_name(s), state_symbol(s, true), state_word(s) };
    return (state_mark){ "plain", "", "" };
}
