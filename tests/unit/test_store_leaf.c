/* Leaves are read strictly: one text for one meaning. */
#include "store/store.h"
#include "test.h"

#define ROOT "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define GOOD "{\"action\":\"collect\",\"actor\":\"source:host\",\"at\":1768478400000000,\"changes\":[" \
    "{\"closed\":1,\"closed_root\":\"" ROOT "\",\"first\":7,\"opened\":2,\"opened_root\":\"" ROOT "\",\"relation\":\"account\"}," \
    "{\"closed\":1,\"closed_root\":\"" ROOT "\",\"first\":0,\"opened\":0,\"relation\":\"host\"}]," \
    "\"erased\":[{\"id\":3,\"relation\":\"account\"}],\"reason\":\"\",\"seq\":12,\"v\":1}"

static void a_leaf_is_read(void **state)
{
    auto_arena arena *a = arena_new(1 << 20);
    leaf  l;
    fault f = { 0 };
    (void)state;
    if (leaf_parse(a, S(GOOD), &f, &l) != ERR_OK)
        fail_msg("%s", f.text);
    assert_int_equal(l.seq, 12);
    assert_int_equal(l.n_changes, 2);
    assert_int_equal(l.changes[0].first, 7);
    assert_int_equal(l.changes[0].opened_root.b[31], 0x1f);
    assert_int_equal(l.changes[1].opened, 0);
    assert_int_equal(l.erased[0].id, 3);
}

static void what_is_not_exactly_a_leaf_is_refused(void **state)
{
    static const struct { const char *from, *to; } wrong[] = {
        { "{\"action\"", " {\"action\"" }, { "\"v\":1}", "\"v\":1} " }, { "\"v\":1", "\"v\":2" }, { "\"v\":1", "\"v\":01" },
        { "\"seq\":12", "\"seq\":-1" }, { "\"seq\":12", "\"seq\":12.0" }, { "\"at\":1768478400000000", "\"at\":0" },
        { "\"first\":7", "\"first\":0" }, { "\"opened\":2", "\"opened\":0" }, { "\"closed\":1,", "\"closed\":0," },
        { "0001", "00G1" }, { "0a0b", "0A0B" }, { "\"relation\":\"account\"},", "\"relation\":\"zebra\"}," }, { "\"id\":3", "\"id\":0" },
        { "\"reason\":\"\"", "\"reason\":null" }, { "\"reason\":\"\"", "\"reason\":\"\\u0061\"" }, { ",\"reason\":\"\"", "" },
        { "[{\"id\":3,\"relation\":\"account\"}]", "[]" }, { "\"seq\"", "\"sequence\"" }, { "\"v\":1", "\"v\":1,\"w\":1" },
        { "\"first\":7", "\"first\":9223372036854775807" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        auto_arena arena *a = arena_new(1 << 20);
        const char *at = strstr(GOOD, wrong[i].from);
        leaf        l;
        assert_non_null(at);
        str text = str_fmt(a, "%.*s%s%s", (int)(at - GOOD), GOOD, wrong[i].to, at + strlen(wrong[i].from));
        if (leaf_parse(a, text, NULL, &l) != ERR_INVALID)
            fail_msg("accepted: %s -> %s", wrong[i].from, wrong[i].to);
    }
}

static void a_commitment_is_the_hmac_of_the_canonical_row(void **state)
{
    /* RFC 4231 test case 2 has a short key; padding it with zeroes to 32 bytes is the same key. */
    auto_hasher hasher *h = hasher_new();
    auto_arena arena *a = arena_new(1 << 16);
    uint8_t salt[32] = "Jefe";
    hash32  got = version_commitment(h, salt, S("what do ya want for nothing?"));
    (void)state;
    assert_string_equal(hex_of(a, got.b, 32).p, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_leaf_is_read),
        cmocka_unit_test(what_is_not_exactly_a_leaf_is_refused),
        cmocka_unit_test(a_commitment_is_the_hmac_of_the_canonical_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
