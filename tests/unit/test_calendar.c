/* Periods, business days and when clocks end. */
#include "test.h"
#include "calendar/calendar.h"

typedef struct {
    arena     *a;
    calendars *cs;
} bench;

static int begin(void **st)
{
    arena *a = arena_new(64 << 20);
    bench *b = NEW(a, bench);
    fault  f = { 0 };
    b->a = a;
    if (calendar_load(a, NULL, &f, &b->cs) != ERR_OK)
        fail_msg("%s", f.text);
    *st = b;
    return 0;
}

static int end(void **st)
{
    arena_free(((bench *)*st)->a);
    return 0;
}

static time_us at(const char *text)
{
    time_us t = 0;
    if (!time_parse(str_of(text), &t))
        fail_msg("%s is no time", text);
    return t;
}

static int64_t day(const char *text) { return day_of(at(text)); }

static void same_time(bench *b, time_us got, const char *want, const char *what)
{
    if (got != at(want))
        fail_msg("%s: %s, expected %s", what, time_rfc3339(b->a, got).p, want);
}

static period read_period(const char *text)
{
    period p = { 0 };
    if (!period_parse(str_of(text), &p))
        fail_msg("\"%s\" is not read", text);
    return p;
}

/* ---- periods ------------------------------------------------------------------------- */

static void periods_are_read_as_people_write_them(void **st)
{
    (void)st;
    static const struct { const char *text; period_unit unit; int64_t n; } rows[] = {
        { "every 3 months", PERIOD_MONTHS, 3 },     { "3 months", PERIOD_MONTHS, 3 },
        { "12 months", PERIOD_MONTHS, 12 },         { "1 year", PERIOD_MONTHS, 12 },
        { "every 2 years", PERIOD_MONTHS, 24 },     { "2 quarters", PERIOD_MONTHS, 6 },
        { "90 days", PERIOD_DAYS, 90 },             { "1 day", PERIOD_DAYS, 1 },
        { "2 weeks", PERIOD_DAYS, 14 },             { "72 hours", PERIOD_HOURS, 72 },
        { "1 hour", PERIOD_HOURS, 1 },              { "4 business days", PERIOD_BUSINESS_DAYS, 4 },
        { "1 working day", PERIOD_BUSINESS_DAYS, 1 }, { "every business day", PERIOD_BUSINESS_DAYS, 1 },
        { "every month", PERIOD_MONTHS, 1 },        { "every week", PERIOD_DAYS, 7 },
        { "  every   6  months ", PERIOD_MONTHS, 6 }, { "10000 days", PERIOD_DAYS, 10000 },
        { "continuous", PERIOD_DAYS, 1 },           { "daily", PERIOD_DAYS, 1 },
        { "weekly", PERIOD_DAYS, 7 },               { "monthly", PERIOD_MONTHS, 1 },
        { "quarterly", PERIOD_MONTHS, 3 },          { "half_yearly", PERIOD_MONTHS, 6 },
        { "half-yearly", PERIOD_MONTHS, 6 },        { "yearly", PERIOD_MONTHS, 12 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        period p = read_period(rows[i].text);
        if (p.unit != rows[i].unit || p.n != rows[i].n)
            fail_msg("\"%s\" is read as %d of unit %d", rows[i].text, (int)p.n, (int)p.unit);
    }
}

static void what_is_no_period_is_refused(void **st)
{
    (void)st;
    static const char *const rows[] = {
        "", " ", "per event", "every", "month", "3", "3 month", "1 months", "0 days", "-3 days", "+3 days", "1.5 days",
        "10001 days", "99999999999999999999 days", "3 months ago", "every every month", "3 fortnights", "business days",
        "4 business weeks", "4 business months", "4 business", "3months", "3 Months", "three months", "monthly 3",
        "every monthly", "7d",
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        period p;
        if (period_parse(str_of(rows[i]), &p))
            fail_msg("\"%s\" is taken for a period", rows[i]);
    }
}

static void adding_keeps_to_the_end_of_the_month(void **st)
{
    static const struct { const char *from, *span, *want; } rows[] = {
        { "2025-01-31", "1 month", "2025-02-28" },     { "2024-01-31", "1 month", "2024-02-29" },
        { "2025-01-30", "1 month", "2025-02-28" },     { "2025-01-29", "1 month", "2025-02-28" },
        { "2025-01-28", "1 month", "2025-02-28" },     { "2024-01-29", "1 month", "2024-02-29" },
        { "2025-01-31", "2 months", "2025-03-31" },    { "2025-01-31", "3 months", "2025-04-30" },
        { "2025-03-05", "1 month", "2025-04-05" },     { "2025-08-31", "1 month", "2025-09-30" },
        { "2024-02-29", "12 months", "2025-02-28" },   { "2024-02-29", "48 months", "2028-02-29" },
        { "2024-02-29", "1 year", "2025-02-28" },      { "2024-02-28", "1 year", "2025-02-28" },
        { "1900-01-31", "1 month", "1900-02-28" },     { "2000-01-31", "1 month", "2000-02-29" },
        { "2025-12-31", "1 month", "2026-01-31" },     { "2025-11-30", "3 months", "2026-02-28" },
        { "2025-10-31", "6 months", "2026-04-30" },    { "2025-12-15", "13 months", "2027-01-15" },
        { "1969-12-31", "2 months", "1970-02-28" },    { "1969-01-31", "1 month", "1969-02-28" },
        { "2025-02-28", "1 month", "2025-03-28" },     { "2025-01-31T23:59:59Z", "1 month", "2025-02-28T23:59:59Z" },
        { "2025-01-31T10:11:12.131415Z", "quarterly", "2025-04-30T10:11:12.131415Z" },
        { "2025-01-01", "90 days", "2025-04-01" },     { "2024-01-01", "90 days", "2024-03-31" },
        { "2024-02-28", "1 day", "2024-02-29" },       { "2025-02-28", "1 day", "2025-03-01" },
        { "2025-12-31T23:00:00Z", "1 hour", "2026-01-01" }, { "2025-03-30T00:30:00Z", "24 hours", "2025-03-31T00:30:00Z" },
        { "1969-12-31T12:00:00Z", "1 day", "1970-01-01T12:00:00Z" }, { "2025-05-05T09:30:00Z", "72 hours", "2025-05-08T09:30:00Z" },
        { "2025-06-06T17:00:00Z", "1 business day", "2025-06-09T17:00:00Z" }, { "2025-06-07", "1 business day", "2025-06-09" },
        { "2025-06-08", "2 business days", "2025-06-10" }, { "2025-06-02", "5 business days", "2025-06-09" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        same_time(*st, period_add(NULL, at(rows[i].from), read_period(rows[i].span)), rows[i].want, rows[i].from);
}

static void subtracting_is_adding_a_negative_number(void **st)
{
    static const struct { const char *from; period p; const char *want; } rows[] = {
        { "2025-03-31", { PERIOD_MONTHS, -1 }, "2025-02-28" },  { "2025-01-15", { PERIOD_MONTHS, -1 }, "2024-12-15" },
        { "2025-01-31", { PERIOD_MONTHS, -13 }, "2023-12-31" }, { "2025-03-01", { PERIOD_DAYS, -1 }, "2025-02-28" },
        { "2025-06-09", { PERIOD_BUSINESS_DAYS, -1 }, "2025-06-06" }, { "2025-06-08", { PERIOD_BUSINESS_DAYS, -1 }, "2025-06-06" },
        { "1970-01-01", { PERIOD_HOURS, -1 }, "1969-12-31T23:00:00Z" }, { "1970-01-31", { PERIOD_MONTHS, -2 }, "1969-11-30" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        same_time(*st, period_add(NULL, at(rows[i].from), rows[i].p), rows[i].want, rows[i].from);
}

static void adding_months_holds_for_every_day_of_a_century(void **st)
{
    (void)st;
    for (int64_t d = day("1980-01-01"); d < day("2080-01-01"); d++)
        for (int64_t n = 1; n <= 25; n += 3) {
            int64_t y0, y1;
            int     m0, d0, m1, d1;
            civil_from_days(d, &y0, &m0, &d0);
            int64_t sum = day_of(period_add(NULL, DAYS(d) + HOURS(5), (period){ PERIOD_MONTHS, n }));
            civil_from_days(sum, &y1, &m1, &d1);
            assert_int_equal((y1 * 12 + m1) - (y0 * 12 + m0), n);             /* always the month meant */
            assert_true(d1 == d0 || (d1 < d0 && d1 == days_in_month(y1, m1)));
        }
}

static void results_outside_of_years_1_to_9999_are_the_end_of_time(void **st)
{
    (void)st;
    static const struct { const char *from; period p; } rows[] = {
        { "9999-12-31", { PERIOD_DAYS, 1 } },  { "9999-12-31", { PERIOD_MONTHS, 1 } }, { "9999-12-31T23:30:00Z", { PERIOD_HOURS, 1 } },
        { "9999-12-31", { PERIOD_BUSINESS_DAYS, 1 } }, { "0001-01-01", { PERIOD_DAYS, -1 } }, { "0001-01-15", { PERIOD_MONTHS, -1 } },
        { "2025-01-01", { PERIOD_DAYS, INT64_MAX } }, { "2025-01-01", { PERIOD_MONTHS, INT64_MIN } },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_true(period_add(NULL, at(rows[i].from), rows[i].p) == TIME_MAX);
    assert_true(period_add(NULL, TIME_MAX, (period){ PERIOD_DAYS, 1 }) == TIME_MAX);
    assert_true(period_add(NULL, INT64_MIN, (period){ PERIOD_HOURS, 1 }) == TIME_MAX);
    assert_true(period_add(NULL, at("9999-12-30"), (period){ PERIOD_DAYS, 1 }) == at("9999-12-31"));
}

/* ---- calendars ------------------------------------------------------------------------ */

static void easter_falls_where_the_almanacs_say(void **st)
{
    (void)st;
    static const char *const rows[] = {
        "1818-03-22", "1943-04-25", "1954-04-18", "1981-04-19", "2000-04-23", "2008-03-23", "2011-04-24", "2016-03-27",
        "2019-04-21", "2020-04-12", "2021-04-04", "2022-04-17", "2023-04-09", "2024-03-31", "2025-04-20", "2026-04-05",
        "2027-03-28", "2028-04-16", "2030-04-21", "2038-04-25", "2049-04-18", "2076-04-19", "2285-03-22",
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t year = 0;
        assert_true(parse_int(str_sub(str_of(rows[i]), 0, 4), 1, 9999, &year));
        assert_int_equal(easter_sunday(year), day(rows[i]));
    }
}

static void every_easter_is_a_sunday_between_22_march_and_25_april(void **st)
{
    (void)st;
    for (int64_t y = 1583; y <= 4099; y++) {
        int64_t e = easter_sunday(y);
        assert_int_equal(weekday_of(e), 6);
        assert_true(e >= days_from_civil(y, 3, 22) && e <= days_from_civil(y, 4, 25));
    }
}

static void weekdays_are_counted_from_monday(void **st)
{
    (void)st;
    assert_int_equal(weekday_of(day("1970-01-01")), 3);
    assert_int_equal(weekday_of(day("2025-06-02")), 0);
    assert_int_equal(weekday_of(day("1969-12-29")), 0);
    assert_int_equal(weekday_of(day("1900-01-01")), 0);
    assert_int_equal(weekday_of(day("2000-02-29")), 1);
}

/* The days of a calendar within the years must be exactly these. */
static void exactly(bench *b, const char *name, const char *from, const char *to, const char *const *days, size_t n)
{
    const calendar *c = calendar_find(b->cs, str_of(name));
    size_t          found = 0;
    assert_non_null(c);
    for (int64_t d = day(from); d < day(to); d++) {
        const holiday *h = calendar_holiday(c, d);
        if (!h)
            continue;
        if (found == n || day(days[found]) != d)
            fail_msg("%s: %s (" STR_FMT ") is a holiday, expected %s", name, time_rfc3339(b->a, DAYS(d)).p, STR_ARG(h->name),
                     found < n ? days[found] : "none");
        found++;
        assert_false(calendar_works(c, d));
    }
    assert_int_equal(found, n);
}

static void federal_holidays_of_2024_to_2027_are_those_of_the_published_tables(void **st)
{
    static const char *const days[] = {
        "2024-01-01", "2024-01-15", "2024-02-19", "2024-05-27", "2024-06-19", "2024-07-04", "2024-09-02", "2024-10-14",
        "2024-11-11", "2024-11-28", "2024-12-25",
        "2025-01-01", "2025-01-20", "2025-02-17", "2025-05-26", "2025-06-19", "2025-07-04", "2025-09-01", "2025-10-13",
        "2025-11-11", "2025-11-27", "2025-12-25",
        "2026-01-01", "2026-01-19", "2026-02-16", "2026-05-25", "2026-06-19", "2026-07-03", "2026-09-07", "2026-10-12",
        "2026-11-11", "2026-11-26", "2026-12-25",
        "2027-01-01", "2027-01-18", "2027-02-15", "2027-05-31", "2027-06-18", "2027-07-05", "2027-09-06", "2027-10-11",
        "2027-11-11", "2027-11-25", "2027-12-24", "2027-12-31",
    };
    exactly(*st, "us-federal", "2024-01-01", "2028-01-01", days, COUNT(days));
    static const char *const before[] = {          /* no Juneteenth yet; New Year of 2022 kept on the Friday before */
        "2020-01-01", "2020-01-20", "2020-02-17", "2020-05-25", "2020-07-03", "2020-09-07", "2020-10-12", "2020-11-11",
        "2020-11-26", "2020-12-25",
        "2021-01-01", "2021-01-18", "2021-02-15", "2021-05-31", "2021-06-18", "2021-07-05", "2021-09-06", "2021-10-11",
        "2021-11-11", "2021-11-25", "2021-12-24", "2021-12-31",
    };
    exactly(*st, "us-federal", "2020-01-01", "2022-01-01", before, COUNT(before));
}

static void closing_days_of_target_2024_to_2027_are_those_of_the_published_tables(void **st)
{
    static const char *const days[] = {
        "2024-01-01", "2024-03-29", "2024-04-01", "2024-05-01", "2024-12-25", "2024-12-26",
        "2025-01-01", "2025-04-18", "2025-04-21", "2025-05-01", "2025-12-25", "2025-12-26",
        "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-12-25", "2026-12-26",
        "2027-01-01", "2027-03-26", "2027-03-29", "2027-05-01", "2027-12-25", "2027-12-26",
    };
    exactly(*st, "eu-target", "2024-01-01", "2028-01-01", days, COUNT(days));
}

static void working_days_are_counted_over_weekends_and_holidays(void **st)
{
    bench *b = *st;
    static const struct { const char *calendar, *from; int64_t n; const char *want; } rows[] = {
        { "us-federal", "2025-07-03", 1, "2025-07-07" },    { "us-federal", "2026-07-02", 1, "2026-07-06" },
        { "us-federal", "2025-11-26", 1, "2025-11-28" },    { "us-federal", "2025-12-24", 2, "2025-12-29" },
        { "us-federal", "2025-01-17", 4, "2025-01-24" },    { "us-federal", "2025-07-05", 0, "2025-07-07" },
        { "us-federal", "2025-07-04", 0, "2025-07-07" },    { "us-federal", "2025-07-07", 0, "2025-07-07" },
        { "us-federal", "2025-07-07", -1, "2025-07-03" },   { "us-federal", "2022-01-03", -1, "2021-12-30" },
        { "eu-target", "2024-03-28", 1, "2024-04-02" },     { "eu-target", "2025-12-24", 1, "2025-12-29" },
        { "weekdays", "2025-12-24", 1, "2025-12-25" },      { "weekdays", "2025-06-06", 10, "2025-06-20" },
        { "eu-common", "2026-12-24", 1, "2026-12-28" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const calendar *c = calendar_find(b->cs, str_of(rows[i].calendar));
        same_time(b, DAYS(calendar_add(c, day(rows[i].from), rows[i].n)), rows[i].want, rows[i].from);
    }
}

static void counting_working_days_agrees_with_walking_them(void **st)
{
    bench          *b = *st;
    const calendar *c = calendar_find(b->cs, S("us-federal"));
    for (int64_t d = day("2024-01-01"); d < day("2025-01-01"); d++)
        for (int64_t n = 1; n <= 12; n++) {
            int64_t to = calendar_add(c, d, n), worked = 0;
            for (int64_t k = d + 1; k <= to; k++)
                worked += calendar_works(c, k);
            assert_int_equal(worked, n);
            assert_true(calendar_works(c, to));
            if (calendar_works(c, d))
                assert_int_equal(calendar_add(c, to, -n), d);
        }
}

/* ---- clocks ---------------------------------------------------------------------------- */

static void clocks_end_when_the_law_says(void **st)
{
    bench *b = *st;
    static const struct { const char *clock, *start, *due; } rows[] = {
        { "gdpr_breach", "2025-05-02T15:20:00Z", "2025-05-05T15:20:00Z" },      /* over a weekend all the same */
        { "gdpr_breach", "2024-12-30T23:59:59Z", "2025-01-02T23:59:59Z" },
        { "nis2_early_warning", "2024-02-28T12:00:00Z", "2024-02-29T12:00:00Z" },
        { "nis2_notification", "2024-02-28T12:00:00Z", "2024-03-02T12:00:00Z" },
        { "dora_initial", "2025-03-14T22:15:00Z", "2025-03-15T02:15:00Z" },
        { "sec_8k", "2025-06-02T15:00:00Z", "2025-06-06T21:30:00Z" },           /* Monday: Friday */
        { "sec_8k", "2025-06-04T15:00:00Z", "2025-06-10T21:30:00Z" },           /* Wednesday: Tuesday */
        { "sec_8k", "2025-06-07T15:00:00Z", "2025-06-12T21:30:00Z" },           /* Saturday: Monday is the first */
        { "sec_8k", "2025-06-08T15:00:00Z", "2025-06-12T21:30:00Z" },
        { "sec_8k", "2025-07-02T15:00:00Z", "2025-07-09T21:30:00Z" },           /* over Independence Day */
        { "sec_8k", "2025-11-25T15:00:00Z", "2025-12-02T21:30:00Z" },           /* over Thanksgiving */
        { "sec_8k", "2025-06-03T03:00:00Z", "2025-06-06T21:30:00Z" },           /* still Monday in Washington */
        { "hipaa_breach", "2025-01-10T08:00:00Z", "2025-03-11T23:59:59Z" },
        { "hipaa_breach", "2024-01-10T08:00:00Z", "2024-03-10T23:59:59Z" },
        { "customer_contract", "2025-01-10T08:00:00Z", "2025-01-13T08:00:00Z" },
        { "gdpr_request", "2025-03-05T10:00:00Z", "2025-04-07T23:59:59Z" },     /* 5 April 2025 is a Saturday */
        { "gdpr_request", "2024-03-05T10:00:00Z", "2024-04-05T23:59:59Z" },
        { "gdpr_request", "2023-08-31T00:00:00Z", "2023-10-02T23:59:59Z" },     /* 30 September is a Saturday */
        { "gdpr_request", "2024-01-31T23:59:59Z", "2024-02-29T23:59:59Z" },
        { "gdpr_request", "2025-01-31T09:00:00Z", "2025-02-28T23:59:59Z" },
        { "gdpr_request", "2025-11-25T09:00:00Z", "2025-12-26T23:59:59Z" },     /* Christmas Day */
        { "gdpr_request", "2025-12-01T09:00:00Z", "2026-01-02T23:59:59Z" },     /* New Year */
        { "gdpr_request_extended", "2025-01-31T09:00:00Z", "2025-04-30T23:59:59Z" },
        { "gdpr_request_extended", "2024-11-30T09:00:00Z", "2025-02-28T23:59:59Z" },
        { "ccpa_request", "2025-01-10T08:00:00Z", "2025-02-24T23:59:59Z" },
        { "ccpa_request_extended", "2025-01-10T08:00:00Z", "2025-04-10T23:59:59Z" },
        { "complaint_answer", "2025-01-31T08:00:00Z", "2025-03-02T23:59:59Z" },
        { "customer_deletion", "2025-06-30T23:59:59Z", "2025-07-30T23:59:59Z" },
        { "vulnerability_critical", "2025-02-26T01:00:00Z", "2025-03-05T23:59:59Z" },
        { "vulnerability_high", "2025-02-01T01:00:00Z", "2025-03-03T23:59:59Z" },
        { "vulnerability_medium", "2025-01-01T01:00:00Z", "2025-04-01T23:59:59Z" },
        { "vulnerability_low", "2025-01-01T01:00:00Z", "2025-06-30T23:59:59Z" },
        { "emergency_approval", "2025-06-06T22:00:00Z", "2025-06-10T23:59:59Z" },
        { "emergency_approval", "2025-06-07T22:00:00Z", "2025-06-10T23:59:59Z" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const clock_rule *c = clock_find(b->cs, str_of(rows[i].clock));
        if (!c)
            fail_msg("there is no clock %s", rows[i].clock);
        same_time(b, clock_due(c, at(rows[i].start)), rows[i].due, rows[i].clock);
    }
}

static void every_clock_that_records_name_is_there(void **st)
{
    bench *b = *st;
    static const char *const names[] = {
        "gdpr_breach", "nis2_early_warning", "nis2_notification", "dora_initial", "sec_8k", "hipaa_breach",
        "customer_contract", "vulnerability_critical", "vulnerability_high", "vulnerability_medium", "vulnerability_low",
        "emergency_approval", "gdpr_request", "gdpr_request_extended", "ccpa_request", "ccpa_request_extended",
        "complaint_answer", "customer_deletion",
    };
    assert_int_equal(b->cs->n_clocks, COUNT(names));
    for (size_t i = 0; i < COUNT(names); i++)
        assert_non_null(clock_find(b->cs, str_of(names[i])));
    assert_null(clock_find(b->cs, S("gdpr")));
}

static void a_later_start_never_ends_earlier(void **st)
{
    bench *b = *st;
    for (size_t i = 0; i < b->cs->n_clocks; i++) {
        time_us last = 0;
        for (time_us t = at("2023-12-01"); t < at("2025-03-01"); t += HOURS(5)) {
            time_us due = clock_due(&b->cs->clocks[i], t);
            assert_true(due >= last && due > t && due != TIME_MAX);
            last = due;
        }
    }
    assert_true(clock_due(clock_find(b->cs, S("gdpr_request")), TIME_MAX) == TIME_MAX);
    assert_true(clock_due(clock_find(b->cs, S("sec_8k")), INT64_MIN) == TIME_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(periods_are_read_as_people_write_them),
        cmocka_unit_test(what_is_no_period_is_refused),
        cmocka_unit_test(adding_keeps_to_the_end_of_the_month),
        cmocka_unit_test(subtracting_is_adding_a_negative_number),
        cmocka_unit_test(adding_months_holds_for_every_day_of_a_century),
        cmocka_unit_test(results_outside_of_years_1_to_9999_are_the_end_of_time),
        cmocka_unit_test(easter_falls_where_the_almanacs_say),
        cmocka_unit_test(every_easter_is_a_sunday_between_22_march_and_25_april),
        cmocka_unit_test(weekdays_are_counted_from_monday),
        cmocka_unit_test(federal_holidays_of_2024_to_2027_are_those_of_the_published_tables),
        cmocka_unit_test(closing_days_of_target_2024_to_2027_are_those_of_the_published_tables),
        cmocka_unit_test(working_days_are_counted_over_weekends_and_holidays),
        cmocka_unit_test(counting_working_days_agrees_with_walking_them),
        cmocka_unit_test(clocks_end_when_the_law_says),
        cmocka_unit_test(every_clock_that_records_name_is_there),
        cmocka_unit_test(a_later_start_never_ends_earlier),
    };
    return cmocka_run_group_tests_name("calendar", tests, begin, end);
}
