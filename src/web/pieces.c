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

/* States of records: what is finished, under way, over, and what went against. */
static const struct {
    state_mark  mark;
    const char *states;
} record_states[] = {
    { { "good", "\u2713", "" }, "accepted active answered approved closed completed corrected current done extended fixed finished given granted in_force in_use "
                                "met minuted operating performed present published received released resolved reviewed sent treated verified" },
    { { "busy", "\u25D0", "" }, "assessed asked assigned authorised decided detected draft expected held identified in_progress in_review on_leave offboarding open "
                                "ordered pending planned prepared proposed prospective recorded reported requested running submitted" },
    { { "plain", "\u2013", "" }, "cancelled deleted destroyed disposed dropped ended excused gone left not_needed not_required removed retired revoked superseded void "
                                 "withdrawn" },
    { { "bad", "\u2717", "" }, "absent backed_out denied lost refused rejected" },
};

state_mark state_mark_of(str wire)
{
    test_state s;
    if (state_parse(wire, &s))
        return (state_mark){ state_name(s), state_symbol(s, true), state_word(s) };
    for (size_t i = 0; i < COUNT(record_states); i++)
        if (list_has(record_states[i].states, wire))
            return record_states[i].mark;
    return (state_mark){ "plain", "", "" };
}
