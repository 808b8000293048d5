/* The calendar: what has a day, month by month; and the list of it, which is all there is on a phone. */
#include "web/calendar.h"

#define DAY_US DAYS(1)

/* "2026-11" as its first day, counted from 1970; without one, the month of the page's moment. */
static int64_t month_asked(ask *q)
{
    str     text = ask_query(q, "month");
    int64_t y, m;
    int     mm, d;
    str     rest = text, year = str_cut(&rest, '-');
    if (rest.p && parse_int(year, 1970, 9000, &y) && parse_int(rest, 1, 12, &m))
        return days_from_civil(y, (int)m, 1);
    civil_from_days(moment_asked(q) / DAY_US, &y, &mm, &d);
    return days_from_civil(y, mm, 1);
}

static int64_t month_after(int64_t first, int by)
{
    int64_t y;
    int     m, d;
    civil_from_days(first, &y, &m, &d);
    m += by;
    return m < 1 ? days_from_civil(y - 1, 12, 1) : m > 12 ? days_from_civil(y + 1, 1, 1) : days_from_civil(y, m, 1);
}

static str month_link(ask *q, int64_t first)
{
    int64_t y;
    int     m, d;
    civil_from_days(first, &y, &m, &d);
    return link_to(q, "/calendar?month=%04lld-%02d", (long long)y, m);
}

/* "November 2026" */
static str month_words(ask *q, int64_t first)
{
    static const char *const months[] = { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December" };
    int64_t y;
    int     m, d;
    civil_from_days(first, &y, &m, &d);
    return str_fmt(q->a, "%s %lld", months[m - 1], (long long)y);
}

/* 1970-01-01 was a Thursday; weeks begin on Monday. */
static int64_t monday_of(int64_t day) { return day - (((day + 3) % 7) + 7) % 7; }

/* A training is called by its course, an acceptance by its risk: the type says what it is. */
static calendar_item item_of(ask *q, const row_table *t, size_t i)
{
    str             type = table_cell(t, i, 0), id = table_cell(t, i, 1);
    time_us         at = cell_time(table_cell(t, i, 3));
    const relation *r = relation_find(type);
    bool            fact = !r->record;
    calendar_item   it = { .title = cell_str(t, i, 2), .late = at < moment_asked(q), .time = time_text(q, at) };
    it.href = fact ? link_to(q, "/facts/certificate?system=" STR_FMT, STR_ARG(url_part(q->a, id))) : named_link(q, type, id);
    it.title = it.title.n ? it.title : id;
    str label = fact ? S("Certificate") : type_label(q->a, r), owner = cell_str(t, i, 5);
    it.what = str_fmt(q->a, STR_FMT " " STR_FMT "%s" STR_FMT, STR_ARG(label), STR_ARG(table_cell(t, i, 4)), owner.n ? ", " : "", STR_ARG(owner));
    it.brief = str_eq(type, S("task")) ? it.title : str_fmt(q->a, STR_FMT ": " STR_FMT, STR_ARG(label), STR_ARG(it.title));
    return it;
}

static void days_fill(ask *q, calendar_view *v, const row_table *t, int64_t from, int64_t first, int64_t next)
{
    int64_t today = moment_asked(q) / DAY_US;
    for (size_t k = 0; k < v->n_days; k++) {
        calendar_day *d = &v->days[k];
        int64_t       day = from + (int64_t)k, y;
        int           m;
        civil_from_days(day, &y, &m, &d->day);
        *d = (calendar_day){ .day = d->day, .today = day == today, .out = day < first || day >= next, .long_label = date_text(q, day * DAY_US),
                             .anchor = str_fmt(q->a, "d-%lld", (long long)day), .v = NEW_ARRAY(q->a, calendar_item, t->n_rows + 1) };
        for (size_t i = 0; i < t->n_rows; i++)
            if (cell_time(table_cell(t, i, 3)) / DAY_US == day)
                d->v[d->n++] = item_of(q, t, i);
        v->n += d->n;
    }
}

/* One statement. */
static err_t get_calendar(ask *q)
{
    row_table     t;
    int64_t       first = month_asked(q), next = month_after(first, 1), from = monday_of(first);
    calendar_view v = { .q = q, .month = month_words(q, first), .before = month_link(q, month_after(first, -1)), .after = month_link(q, next), .now = link_to(q, "/calendar") };
    v.n_days = (size_t)(monday_of(next + 6) - from);
    const sql_hole holes[] = { { "from", hole_int(q->a, from * DAY_US) }, { "to", hole_int(q->a, (from + (int64_t)v.n_days) * DAY_US) },
                               { "limit", hole_int(q->a, CALENDAR_MAX + 1) } };
    TRY(rows_of(q, "sql/web/calendar.sql", holes, COUNT(holes), &t));
    v.cut = t.n_rows > CALENDAR_MAX;
    days_fill(q, &v, &t, from, first, next);
    page_open(q, &(page){ .title = v.month, .place = "/calendar", .lead = S("What is due, to be reviewed, or ends, and is not done yet.") });
    tpl_calendar(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/calendar", PERMIT_READER, 0, ROUTE_CACHED, 0, get_calendar, "What has a day: work due, reviews, and what ends" },
};
ROUTE_TABLE(calendar_routes);
