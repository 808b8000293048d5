/* Files of clocks and calendars, and periods: what is read can be counted with. */
#include "calendar/parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void count(const calendars *cs, const clock_rule *c)
{
    static const time_us starts[] = { 0, DAYS(20000) + HOURS(23), DAYS(19782), TIME_MAX, INT64_MIN, -DAYS(INT64_C(719162)) };
    if (c->span.n < 1 || (c->moved && !c->calendar) || c->ends >= DAYS(1) || !c->title.n || !cs)
        abort();
    for (size_t i = 0; i < COUNT(starts); i++)
        if (clock_due(c, starts[i]) / 2 < starts[i] / 2 - DAYS(1))
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(256 << 20);
    str          text = { (const char *)data, n };
    source_file  file = { S("x.txt"), text };
    faults       fs = { .a = a };
    fault        f = { 0 };
    block_list   list = { 0 };
    DA(calendar) cals = { 0 };
    calendar     c;
    clock_rule   rule;
    period       p;
    if (period_parse(text, &p) && (p.n < 1 || period_add(NULL, DAYS(20000), p) <= DAYS(20000)))
        abort();
    blocks_read(a, &fs, &file, &(id_form){ block_name_sound, "a name" }, &list);
    for (size_t i = 0; i < list.n; i++)
        if (calendar_read(a, &fs, file.path, &list.v[i], &c)) {
            da_push(a, &cals) = c;
            int64_t day = calendar_add(&c, 20000, 3);
            if (day < 20003 || !calendar_works(&c, day) || calendar_add(&c, day, -3) > 20000)
                abort();
        }
    calendars cs = { .calendars = cals.v, .n_calendars = cals.n };
    for (size_t i = 0; i < list.n; i++)
        if (clock_read(&fs, file.path, &list.v[i], &cs, &rule))
            count(&cs, &rule);
    if (faults_report(&fs, &f) != ERR_OK && !utf8_valid(str_of(f.text)))
        abort();
    return 0;
}
