/* Answers that are kept until the next commit: the same again, and never out of date. */
#include "gate/private.h"
#include "test.h"

enum { NOW = 1000 };

static struct {
    arena   *a;
    answers *c;
} it;

static int set_up(void **state)
{
    (void)state;
    it.a = arena_new((size_t)256 << 20);
    it.c = answers_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    answers_free(it.c);
    arena_free(it.a);
    return 0;
}

static http_response answer_new(size_t bytes)
{
    http_response rs = { .a = it.a, .body = buf_new(it.a, 1 << 20), .media = S("text/plain") };
    for (size_t i = 0; i < bytes; i++)
        buf_putc(&rs.body, 'x');
    return rs;
}

static bool given(str key, int64_t head, time_us now)
{
    http_response rs = answer_new(0);
    return answers_get(it.c, key, head, now, &rs) && rs.body.n > 0;
}

static void an_answer_is_given_again_until_a_commit_or_its_time(void **state)
{
    (void)state;
    http_response rs = answer_new(100);
    answers_put(it.c, S("ann /"), 7, NOW, &rs);
    assert_true(given(S("ann /"), 7, NOW));
    assert_true(given(S("ann /"), 7, NOW + SECONDS(19)));
    assert_false(given(S("bob /"), 7, NOW));
    assert_false(given(S("ann /"), 8, NOW));
    assert_false(given(S("ann /"), 7, NOW + SECONDS(20)));
    assert_false(given(S("ann /"), 7, NOW - 1));
}

static void who_asks_for_many_addresses_keeps_nobody_out(void **state)
{
    (void)state;
    http_response large = answer_new(200 << 10), rs = answer_new(100);
    for (int i = 0; i < 500; i++)                /* four times what there is room for */
        answers_put(it.c, str_fmt(it.a, "eve /risk?%d", i), 7, NOW, &large);
    answers_put(it.c, S("ann /"), 7, NOW, &rs);
    assert_true(given(S("ann /"), 7, NOW));
}

static void what_is_out_of_date_makes_room_first(void **state)
{
    (void)state;
    http_response large = answer_new(200 << 10), rs = answer_new(100);
    answers_put(it.c, S("ann /"), 8, NOW, &rs);
    for (int i = 0; i < 90; i++)
        answers_put(it.c, str_fmt(it.a, "eve /risk?%d", i), 7, NOW, &large);
    for (int i = 0; i < 40; i++)
        answers_put(it.c, str_fmt(it.a, "bob /risk?%d", i), 8, NOW, &large);
    assert_true(given(S("ann /"), 8, NOW));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_answer_is_given_again_until_a_commit_or_its_time, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_asks_for_many_addresses_keeps_nobody_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_out_of_date_makes_room_first, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
