/* The period strip: what it draws as passing was asked. */
#include "test.h"

#include "web/chart.h"

#define T0 DAYS(20000)

/* Rows "state from to", days after T0. */
static strip strip_from(arena *a, const char *const *cells, size_t n, const time_us *asked, size_t n_asked)
{
    row_table *t = NEW(a, row_table);
    *t = (row_table){ .n_columns = 3, .n_rows = n, .cells = NEW_ARRAY(a, str, n * 3) };
    for (size_t i = 0; i < n * 3; i++) {
        int64_t days = 0;
        bool    number = parse_int(str_of(cells[i]), 0, 1000, &days);
        t->cells[i] = number ? str_fmt(a, "%lld", (long long)(T0 + DAYS(days))) : str_of(cells[i]);
    }
    return strip_of(a, S("X"), &(strip_rows){ t, 0, n, 0, 1, 2, asked, n_asked }, T0, T0 + DAYS(90));
}

static void is_span(const strip_span *s, test_state want, int from, int to)
{
    assert_int_equal(s->state, want);
    assert_int_equal((s->from - T0) / DAYS(1), from);
    assert_int_equal((s->to - T0) / DAYS(1), to);
}

static void what_nobody_asked_is_no_span(void **state)
{
    auto_arena arena *a = arena_new(1 << 20);
    static const char *const rows[] = { "pass", "10", "200" };
    const time_us asked[] = { T0 + DAYS(10), T0 + DAYS(11), T0 + DAYS(12), T0 + DAYS(40) };
    strip s = strip_from(a, rows, 1, asked, COUNT(asked));
    (void)state;
    assert_int_equal(s.n_spans, 2);
    is_span(&s.spans[0], STATE_PASS, 10, 14);
    is_span(&s.spans[1], STATE_PASS, 40, 42);
}

static void versions_in_the_same_state_are_one_span(void **state)
{
    auto_arena arena *a = arena_new(1 << 20);
    static const char *const rows[] = { "fail", "1", "2", "fail", "2", "3", "pass", "3", "4", "nonsense", "4", "5" };
    const time_us asked[] = { T0 + DAYS(1), T0 + DAYS(2), T0 + DAYS(3), T0 + DAYS(4) };
    strip s = strip_from(a, rows, 4, asked, COUNT(asked));
    (void)state;
    assert_int_equal(s.n_spans, 2);
    is_span(&s.spans[0], STATE_FAIL, 1, 3);
    is_span(&s.spans[1], STATE_PASS, 3, 4);
}

static void spans_are_cut_to_the_period(void **state)
{
    auto_arena arena *a = arena_new(1 << 20);
    static const char *const rows[] = { "no_data", "89", "400" };
    const time_us asked[] = { T0 + DAYS(89), T0 + DAYS(90), T0 + DAYS(95) };
    strip s = strip_from(a, rows, 1, asked, COUNT(asked));
    (void)state;
    assert_int_equal(s.n_spans, 1);
    is_span(&s.spans[0], STATE_NO_DATA, 89, 90);
}

/* Weekly: pass is drawn for two days after each, the five others are hatched, and the words say so. */
static void a_time_without_an_assessment_is_hatched_and_told(void **state)
{
    auto_arena arena *a = arena_new(4 << 20);
    static const char *const rows[] = { "fail", "0", "7", "pass", "7", "200" };
    time_us asked[12];
    buf     b = buf_new(a, 1 << 16);
    ask     q = { .a = a, .now = T0 + DAYS(90) };
    (void)state;
    for (int i = 0; i < 12; i++)
        asked[i] = T0 + DAYS(7) * i;
    strip s = strip_from(a, rows, 2, asked, COUNT(asked));
    assert_int_equal(s.n_spans, 12);
    assert_int_equal(strip_since(&s), T0 + DAYS(7));
    str text = chart_strip_text(&q, &s);
    assert_true(str_starts(text, S("X: pass from ")));
    assert_non_null(strstr(text.p, "; before: fail from "));
    assert_non_null(strstr(text.p, "; not assessed for 66 of 90 days"));
    assert_null(strstr(text.p, "change"));
    chart_strip(&q, &b, &s);
    size_t hatched = 0;
    for (const char *at = buf_z(&b); (at = strstr(at, "url(#unasked)")); at++)
        hatched++;
    assert_int_equal(hatched, 12);
    assert_non_null(strstr(buf_z(&b), "<rect fill=\"url(#unasked)\" x=\"2.22%\" width=\"5.56%\""));
}

static void what_fails_over_time_is_drawn_where_it_was_assessed(void **state)
{
    auto_arena arena *a = arena_new(4 << 20);
    const chart_step v[] = { { T0, T0 + DAYS(10), 4, 1, 0, false }, { T0 + DAYS(10), TIME_MAX, 0, 0, 0, true } };
    const time_us    asked[] = { T0, T0 + DAYS(5), T0 + DAYS(10) };
    buf              b = buf_new(a, 1 << 16);
    ask              q = { .a = a, .now = T0 + DAYS(20) };
    (void)state;
    chart_steps(&q, &b, &(chart_series){ T0, T0 + DAYS(20), v, COUNT(v) }, asked, COUNT(asked));
    const char *text = buf_z(&b);
    assert_non_null(strstr(text, "0 when last assessed, 0 of them waived, 0 that could not be told; at most 4 at a time in this period; not assessed for 14 of 20 days"));
    assert_non_null(strstr(text, "<rect class=\"f-fail\" fill=\"url(#hatch)\" x=\"0.00%\" width=\"10.00%\" y=\"33.0\" height=\"39.0\"/>"));
    assert_non_null(strstr(text, "<rect class=\"f-waived\" fill=\"url(#hatch)\" x=\"0.00%\" width=\"10.00%\" y=\"20.0\" height=\"13.0\"/>"));
    assert_non_null(strstr(text, "<rect class=\"f-fail\" fill=\"url(#hatch)\" x=\"25.00%\" width=\"10.00%\""));
    assert_non_null(strstr(text, "<rect class=\"\" fill=\"url(#hatch)\" x=\"50.00%\" width=\"10.00%\""));
    assert_non_null(strstr(text, "<rect fill=\"url(#unasked)\" x=\"60.00%\" width=\"40.00%\""));
    assert_non_null(strstr(text, "last 0</text>"));
    const chart_step calm = { T0, TIME_MAX, 0, 0, 0, false }, few = { T0, TIME_MAX, 1, 0, 99, false };
    buf_clear(&b);
    chart_steps(&q, &b, &(chart_series){ T0, T0 + DAYS(1), &calm, 1 }, asked, 1);
    assert_non_null(strstr(buf_z(&b), "at most 0</text>"));
    assert_null(strstr(buf_z(&b), "<rect"));
    buf_clear(&b);
    chart_steps(&q, &b, &(chart_series){ T0, T0 + DAYS(1), &few, 1 }, asked, 1);
    assert_non_null(strstr(buf_z(&b), "now 1, 99 unknown</text>"));
    assert_non_null(strstr(buf_z(&b), "y=\"69.0\" height=\"3.0\"/>"));
}

static void a_bar_says_its_numbers_in_words(void **state)
{
    auto_arena arena *a = arena_new(1 << 20);
    static const int64_t some[STATE_COUNT_] = { [STATE_FAIL] = 3, [STATE_PASS] = 1 }, none[STATE_COUNT_] = { 0 };
    buf b = buf_new(a, 8192);
    (void)state;
    assert_string_equal(str_z(a, chart_counts_text(a, S("A & B"), some)), "A & B: 3 fail, 1 pass");
    assert_string_equal(str_z(a, chart_counts_text(a, S("A"), none)), "A: nothing");
    chart_bar(a, &b, S("A & B"), some);
    assert_non_null(strstr(buf_z(&b), "aria-label=\"A &amp; B: 3 fail, 1 pass\""));
    assert_non_null(strstr(buf_z(&b), "class=\"f-fail\" fill=\"url(#hatch)\" x=\"0.00%\" width=\"75.00%\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_nobody_asked_is_no_span), cmocka_unit_test(versions_in_the_same_state_are_one_span),
        cmocka_unit_test(spans_are_cut_to_the_period), cmocka_unit_test(a_bar_says_its_numbers_in_words),
        cmocka_unit_test(a_time_without_an_assessment_is_hatched_and_told), cmocka_unit_test(what_fails_over_time_is_drawn_where_it_was_assessed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
