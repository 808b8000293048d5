/* Two texts line by line: what is told as the same is the same, and both texts can be read out of it. */
#include "test.h"

#include "web/diff.h"

static str side(arena *a, const text_diff *d, diff_kind own)
{
    buf b = buf_new(a, 1 << 20);
    for (size_t i = 0; i < d->n; i++) {
        assert_int_not_equal(d->v[i].kind, DIFF_SKIPPED);
        if (d->v[i].kind != DIFF_SAME && d->v[i].kind != own)
            continue;
        buf_puts(&b, d->v[i].before);
        buf_puts(&b, d->v[i].changed);
        buf_puts(&b, d->v[i].after);
        buf_putc(&b, '\n');
    }
    return b.n ? buf_str(&b) : S("");
}

static void both_texts_stand_in_it(void **state)
{
    static const char *const texts[] = { "", "a\n", "a\nb\nc\n", "b\nc\n", "a\nx\nc\n", "c\nb\na\n", "a\na\nb\n", "\n\n", "one two three\n", "one 2 three\n", "one two\n" };
    auto_arena arena *a = arena_new(8 << 20);
    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++)
        for (size_t k = 0; k < COUNT(texts); k++) {
            text_diff d = diff_of(a, str_of(texts[i]), str_of(texts[k]));
            if (i == k) {
                assert_int_equal(d.added + d.removed, 0);
                continue;
            }
            if (d.n == 1 && d.v[0].kind == DIFF_SKIPPED)
                fail_msg("texts %zu and %zu are told as the same", i, k);
            assert_true(str_eq(side(a, &d, DIFF_REMOVED), str_of(texts[i])));
            assert_true(str_eq(side(a, &d, DIFF_ADDED), str_of(texts[k])));
        }
}

static void one_line_in_the_middle_is_one_change_with_its_word_marked(void **state)
{
    auto_arena arena *a = arena_new(1 << 20);
    (void)state;
    text_diff d = diff_of(a, S("1\n2\n3\n4\n5\nkeys are kept for ten days\n7\n8\n9\n10\n11\n12\n"), S("1\n2\n3\n4\n5\nkeys are kept for five days\n7\n8\n9\n10\n11\n12\n"));
    assert_int_equal(d.added, 1);
    assert_int_equal(d.removed, 1);
    assert_int_equal(d.v[0].kind, DIFF_SKIPPED);
    assert_int_equal(d.v[0].n, 2);
    assert_int_equal(d.n, 1 + 3 + 2 + 3 + 1);
    assert_true(str_eq(d.v[4].changed, S("ten")));
    assert_true(str_eq(d.v[5].changed, S("five")));
    assert_true(str_eq(d.v[5].before, S("keys are kept for ")));
}

/* More than the table may hold: told whole, and still true. */
static void long_texts_that_differ_everywhere_are_told_whole(void **state)
{
    enum { LINES = 3000 };
    auto_arena arena *a = arena_new(64 << 20);
    buf x = buf_new(a, 1 << 20), y = buf_new(a, 1 << 20);
    (void)state;
    for (int i = 0; i < LINES; i++) {
        buf_fmt(&x, "old %d\n", i);
        buf_fmt(&y, "new %d\n", i);
    }
    text_diff d = diff_of(a, buf_str(&x), buf_str(&y));
    assert_int_equal(d.added, LINES);
    assert_int_equal(d.removed, LINES);
    assert_true(str_eq(side(a, &d, DIFF_ADDED), buf_str(&y)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_texts_stand_in_it),
        cmocka_unit_test(one_line_in_the_middle_is_one_change_with_its_word_marked),
        cmocka_unit_test(long_texts_that_differ_everywhere_are_told_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
