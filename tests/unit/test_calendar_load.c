/* Files of clocks and calendars: laid over what is built in, and refused when wrong. */
#include "test.h"
#include "calendar/calendar.h"

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    arena *a;
    char   dir[64];
    fault  f;
} bench;

static int begin(void **st)
{
    arena *a = arena_new(64 << 20);
    bench *b = NEW(a, bench);
    b->a = a;
    snprintf(b->dir, sizeof b->dir, "/tmp/attest-calendar-XXXXXX");
    assert_non_null(mkdtemp(b->dir));
    *st = b;
    return 0;
}

static int remove_one(const char *path, const struct stat *s, int kind, struct FTW *f)
{
    (void)s, (void)kind, (void)f;
    return remove(path);
}

static int end(void **st)
{
    bench *b = *st;
    nftw(b->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    arena_free(b->a);
    return 0;
}

static void put(bench *b, const char *rel, const char *text)
{
    assert_int_equal(dir_make(str_fmt(b->a, "%s/calendars", b->dir).p, 0700, &b->f), ERR_OK);
    assert_int_equal(file_replace(str_fmt(b->a, "%s/%s", b->dir, rel).p, str_of(text), 0600, &b->f), ERR_OK);
}

static const calendars *load(bench *b)
{
    calendars *cs = NULL;
    if (calendar_load(b->a, b->dir, &b->f, &cs) != ERR_OK)
        fail_msg("%s", b->f.text);
    return cs;
}

static const char *refusal(bench *b)
{
    calendars *cs = NULL;
    b->f = (fault){ 0 };
    assert_int_equal(calendar_load(b->a, b->dir, &b->f, &cs), ERR_INVALID);
    assert_null(cs);
    return b->f.text;
}

#define CLOCK "title: T\nstarts: S\nbasis: B\n"
#define CAL   "title: T\nsource: S\nweekend: saturday sunday\n"

static void a_workspace_replaces_clocks_and_calendars_by_name(void **st)
{
    bench  *b = *st;
    size_t  before = load(b)->n_clocks;
    put(b, "clocks.txt", "[customer_contract]\n" CLOCK "span: 24 hours\nends: moment\n\n"
                         "[board_notice]\n" CLOCK "span: 2 business days\ncalendar: bavaria\nends: day\noffset: +01:00\n");
    put(b, "calendars/bavaria.txt", "# Feiertage\n[bavaria]\n" CAL "holiday: 6 january - Heilige Drei Könige\n"
                                    "holiday: easter + 60 - Fronleichnam\n");
    const calendars  *cs = load(b);
    const clock_rule *c = clock_find(cs, S("customer_contract")), *own = clock_find(cs, S("board_notice"));
    assert_int_equal(cs->n_clocks, before + 1);
    assert_int_equal(c->span.n, 24);
    assert_non_null(own);
    assert_ptr_equal(own->calendar, calendar_find(cs, S("bavaria")));
    time_us start, due;
    assert_true(time_parse(S("2026-01-02T23:30:00Z"), &start));        /* Saturday there; Tuesday is a holiday */
    assert_true(time_parse(S("2026-01-07T22:59:59Z"), &due));
    assert_true(clock_due(own, start) == due);
}

static void an_overlay_that_is_not_there_changes_nothing(void **st)
{
    bench     *b = *st;
    calendars *with = NULL, *without = NULL;
    assert_int_equal(calendar_load(b->a, str_fmt(b->a, "%s/none", b->dir).p, &b->f, &with), ERR_OK);
    assert_int_equal(calendar_load(b->a, NULL, &b->f, &without), ERR_OK);
    assert_int_equal(with->n_clocks, without->n_clocks);
    assert_int_equal(with->n_calendars, without->n_calendars);
}

static void every_fault_is_told_with_file_and_line(void **st)
{
    bench *b = *st;
    static const struct { const char *text, *want; } rows[] = {
        { "title: x\n", "clocks.txt:1: this line stands before the first [id]" },
        { "[A]\n", "clocks.txt:1: \"[" },
        { "[a\n", "clocks.txt:1: \"[" },
        { "[]\n", "clocks.txt:1: \"[" },
        { "[a]\n" CLOCK "span: 1 day\nends: day\n[a]\n" CLOCK "span: 1 day\nends: day\n", "clocks.txt:7: a stands twice" },
        { "[a]\n" CLOCK "ends: day\n", "clocks.txt:1: a: \"span\" is missing" },
        { "[a]\nstarts: S\nbasis: B\nspan: 1 day\nends: day\n", "clocks.txt:1: a: \"title\" is missing" },
        { "[a]\ntitle:\nstarts: S\nbasis: B\nspan: 1 day\nends: day\n", "clocks.txt:2: a: \"title\" is empty" },
        { "[a]\n" CLOCK "span: 1 day\n", "clocks.txt:1: a: \"ends\" is missing" },
        { "[a]\n" CLOCK "span: soon\nends: day\n", "clocks.txt:5: a: span: write a time as" },
        { "[a]\n" CLOCK "span: 1 day\nends: night\n", "clocks.txt:6: a: ends: " },
        { "[a]\n" CLOCK "span: 1 day\nends: 24:00\n", "clocks.txt:6: a: ends: " },
        { "[a]\n" CLOCK "span: 1 day\nends: +1:30\n", "clocks.txt:6: a: ends: " },
        { "[a]\n" CLOCK "span: 1 day\nends: day\noffset: 01:00\n", "clocks.txt:7: a: offset" },
        { "[a]\n" CLOCK "span: 1 day\nends: day\noffset: +15:00\n", "clocks.txt:7: a: offset" },
        { "[a]\n" CLOCK "span: 1 day\nends: day\ncalendar: mars\n", "clocks.txt:7: a: calendar: there is no" },
        { "[a]\n" CLOCK "span: 1 day\nends: day\nmoved: next working day\n", "clocks.txt:1: a: \"moved\" needs a calendar" },
        { "[a]\n" CLOCK "span: 1 day\nends: day\nmoved: perhaps\n", "clocks.txt:7: a: moved" },
        { "[a]\n" CLOCK "span: 2 business days\nends: day\n", "clocks.txt:1: a: business days need a calendar" },
        { "[a]\n" CLOCK "span: 2 hours\nends: day\n", "clocks.txt:1: a: hours are elapsed time" },
        { "[a]\n" CLOCK "span: 1 day\nends: day\ncolour: red\n", "clocks.txt:7: a: there is no key \"colour\"" },
        { "[a]\n" CLOCK "span: 1 day\nspan: 2 days\nends: day\n", "clocks.txt:6: a: \"span\" stands twice" },
        { "[a]\n  more\n", "clocks.txt:2: begins with blanks" },
        { "[a]\nno colon\n", "clocks.txt:2: expected \"key: value\"" },
        { "\xff\xfe", "clocks.txt: is not UTF-8 text" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        put(b, "clocks.txt", rows[i].text);
        const char *text = refusal(b);
        if (!strstr(text, rows[i].want))
            fail_msg("row %zu: expected \"%s\" in \"%s\"", i, rows[i].want, text);
    }
    put(b, "clocks.txt", "[a]\n" CLOCK "span: x\nends: day\n[b]\n" CLOCK "span: 1 day\nends: y\n");
    const char *both = refusal(b);
    assert_non_null(strstr(both, "clocks.txt:5:"));
    assert_non_null(strstr(both, "clocks.txt:12:"));
}

static void rules_for_holidays_are_read_strictly(void **st)
{
    bench *b = *st;
    static const char *const wrong[] = {
        "christmas - X", "32 january - X", "30 february - X", "0 may - X", "25 december", "25 december -", "fifth monday of may - X",
        "first funday of may - X", "first monday in may - X", "first monday of mai - X", "easter + - X", "easter + 101 - X",
        "easter * 2 - X", "2025-02-30 - X", "2025-1-9 - X", "19 june since - X", "19 june since 2021 until 2020 - X",
        "19 june after 2021 - X", "easter 2 - X", "",
    };
    for (size_t i = 0; i < COUNT(wrong); i++) {
        put(b, "calendars/c.txt", str_fmt(b->a, "[c]\n" CAL "holiday: %s\n", wrong[i]).p);
        if (!strstr(refusal(b), "c.txt:5: c: holiday"))
            fail_msg("\"%s\": %s", wrong[i], b->f.text);
    }
    put(b, "calendars/c.txt", "[c]\n" CAL "holiday: 29 february - Leap\nholiday: 2025-01-09 - Mourning\n"
                              "holiday: last friday of november until 2025 - F\nholiday: easter - Easter\n");
    const calendar *c = calendar_find(load(b), S("c"));
    assert_non_null(calendar_holiday(c, days_from_civil(2024, 2, 29)));
    assert_null(calendar_holiday(c, days_from_civil(2025, 2, 28)));
    assert_null(calendar_holiday(c, days_from_civil(2025, 3, 1)));
    assert_non_null(calendar_holiday(c, days_from_civil(2025, 1, 9)));
    assert_null(calendar_holiday(c, days_from_civil(2026, 1, 9)));
    assert_non_null(calendar_holiday(c, days_from_civil(2025, 11, 28)));
    assert_null(calendar_holiday(c, days_from_civil(2026, 11, 27)));
    assert_non_null(calendar_holiday(c, days_from_civil(2025, 4, 20)));
}

static void calendars_without_working_days_are_refused(void **st)
{
    bench *b = *st;
    put(b, "calendars/c.txt", "[c]\ntitle: T\nsource: S\nweekend: monday tuesday wednesday thursday\n");
    assert_non_null(strstr(refusal(b), "c.txt:4: c: weekend"));
    put(b, "calendars/c.txt", "[c]\ntitle: T\nsource: S\nweekend: friday saturday\nobserved: nearest weekday\n");
    assert_non_null(strstr(refusal(b), "needs a weekend of saturday and sunday"));
    buf many = buf_new(b->a, 1 << 16);
    buf_putz(&many, "[c]\n" CAL);
    for (int i = 0; i < 65; i++)
        buf_fmt(&many, "holiday: %d %s - X\n", i % 28 + 1, i < 28 ? "may" : i < 56 ? "june" : "july");
    put(b, "calendars/c.txt", buf_z(&many));
    assert_non_null(strstr(refusal(b), "more than 64 holidays"));
}

static void a_calendars_file_holds_the_one_block_it_is_named_for(void **st)
{
    bench *b = *st;
    put(b, "calendars/c.txt", "[d]\n" CAL);
    assert_non_null(strstr(refusal(b), "c.txt: holds one block, [c]"));
    put(b, "calendars/c.txt", "[c]\n" CAL "[d]\n" CAL);
    assert_non_null(strstr(refusal(b), "c.txt: holds one block, [c]"));
    put(b, "calendars/c.txt", "");
    assert_non_null(strstr(refusal(b), "c.txt: holds one block, [c]"));
    put(b, "calendars/c.txt", "[c]\n" CAL);
    put(b, "calendars/c.md", "");
    assert_non_null(strstr(refusal(b), "names here end in .txt"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_workspace_replaces_clocks_and_calendars_by_name, begin, end),
        cmocka_unit_test_setup_teardown(an_overlay_that_is_not_there_changes_nothing, begin, end),
        cmocka_unit_test_setup_teardown(every_fault_is_told_with_file_and_line, begin, end),
        cmocka_unit_test_setup_teardown(rules_for_holidays_are_read_strictly, begin, end),
        cmocka_unit_test_setup_teardown(calendars_without_working_days_are_refused, begin, end),
        cmocka_unit_test_setup_teardown(a_calendars_file_holds_the_one_block_it_is_named_for, begin, end),
    };
    return cmocka_run_group_tests_name("calendar_load", tests, NULL, NULL);
}
