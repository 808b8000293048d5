/* Rows in memory: what is dropped while a row is read is not kept, and there are only so many. */
#include "auth/parts.h"
#include "test.h"

#include <unistd.h>

static void row_of(const char *id, const char *person, str label, value row[TK_N])
{
    const value v[TK_N] = { v_z(id), v_z(person), v_text(label), v_int(1), v_z("bob"), v_int(5), V_UNKNOWN, v_int(9) };
    memcpy(row, v, sizeof v);
}

static void what_is_kept_is_found_whole_by_its_secret_alone(void **state)
{
    (void)state;
    auto_arena arena *a = arena_new(1 << 20);
    cache    *c = cache_new(&relation_auth_token);
    value     row[TK_N];
    cache_hit hit;
    row_of("id", "ann", S("label"), row);
    assert_false(cache_get(c, a, S("secret"), 100, 60, &hit));
    cache_keep(c, S("secret"), row, 40, cache_generation(c));
    assert_false(cache_get(c, a, S("secreT"), 100, 60, &hit));
    assert_false(cache_get(c, a, S(""), 100, 60, &hit));
    assert_true(cache_get(c, a, S("secret"), 50, 60, &hit));
    for (size_t i = 0; i < TK_N; i++)
        assert_true(value_eq(&hit.row[i], &row[i]));
    assert_int_equal(hit.seen, 40);
    assert_false(hit.write);
    assert_true(cache_get(c, a, S("secret"), 100, 60, &hit));
    assert_int_equal(hit.seen, 50);
    assert_true(hit.write);                /* 60 after it was written */
    assert_true(cache_get(c, a, S("secret"), 159, 60, &hit));
    assert_false(hit.write);               /* only one of many is told so */
    cache_free(c);
}

static void what_was_dropped_while_it_was_read_is_not_kept(void **state)
{
    (void)state;
    auto_arena arena *a = arena_new(1 << 20);
    cache    *c = cache_new(&relation_auth_token);
    value     row[TK_N];
    cache_hit hit;
    row_of("id", "ann", S("label"), row);
    uint64_t before = cache_generation(c);
    cache_drop(c, TK_PERSON, S("ann"));
    cache_keep(c, S("secret"), row, 0, before);
    assert_false(cache_get(c, a, S("secret"), 1, 60, &hit));
    cache_keep(c, S("secret"), row, 0, cache_generation(c));
    cache_drop(c, TK_PERSON, S("an"));
    assert_true(cache_get(c, a, S("secret"), 1, 60, &hit));
    cache_drop(c, TK_ID, S("id"));
    assert_false(cache_get(c, a, S("secret"), 1, 60, &hit));
    cache_free(c);
}

static void there_are_only_so_many_and_those_in_use_stay(void **state)
{
    (void)state;
    enum { MANY = 20000 };
    auto_arena arena *a = arena_new(64 << 20);
    cache    *c = cache_new(&relation_auth_token);
    value     row[TK_N];
    cache_hit hit;
    char      secret[32], *large = memset(arena_alloc(a, 1, 5000), 'x', 5000);
    size_t    found = 0;
    row_of("id", "ann", S("label"), row);
    for (int i = 0; i < MANY; i++) {
        snprintf(secret, sizeof secret, "secret %d", i);
        cache_keep(c, str_of(secret), row, 0, cache_generation(c));
        if (i % 2 == 0)                    /* asked for all the time */
            assert_true(cache_get(c, a, S("secret 0"), 1, 60, &hit));
    }
    for (int i = 0; i < MANY; i++) {
        snprintf(secret, sizeof secret, "secret %d", i);
        found += cache_get(c, a, str_of(secret), 1, 60, &hit);
    }
    assert_in_range(found, 1000, 4096);
    row_of("id", "ann", (str){ large, 5000 }, row);
    cache_keep(c, S("large"), row, 0, cache_generation(c));
    assert_false(cache_get(c, a, S("large"), 1, 60, &hit));
    cache_free(c);
}

static void it_is_two_seconds_behind_at_most(void **state)
{
    (void)state;
    auto_arena arena *a = arena_new(1 << 20);
    cache    *c = cache_new(&relation_auth_token);
    value     row[TK_N];
    cache_hit hit;
    row_of("id", "ann", S("label"), row);
    cache_keep(c, S("secret"), row, 0, cache_generation(c));
    (void)usleep(2100000);
    assert_false(cache_get(c, a, S("secret"), 1, 60, &hit));
    cache_keep(c, S("secret"), row, 0, cache_generation(c));
    assert_true(cache_get(c, a, S("secret"), 1, 60, &hit));
    cache_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_kept_is_found_whole_by_its_secret_alone),
        cmocka_unit_test(what_was_dropped_while_it_was_read_is_not_kept),
        cmocka_unit_test(there_are_only_so_many_and_those_in_use_stay),
        cmocka_unit_test(it_is_two_seconds_behind_at_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
