/* The ground floor: what is parsed, what is refused, what never happens. */
#include "test.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int begin(void **st) { *st = arena_new(64 << 20); return 0; }
static int end(void **st) { arena_free(*st); return 0; }

static void check_str(str have, const char *want)
{
    if (!str_eq(have, str_of(want)))
        fail_msg("have \"%.*s\", want \"%s\"", STR_ARG(have), want);
}

static void numbers_are_parsed_whole_or_refused(void **st)
{
    static const struct { const char *text; bool good; int64_t v; } rows[] = {
        { "0", true, 0 }, { "-9223372036854775808", true, INT64_MIN }, { "9223372036854775807", true, INT64_MAX },
        { "9223372036854775808", false, 0 }, { "-9223372036854775809", false, 0 }, { "", false, 0 },
        { "-", false, 0 }, { "1 ", false, 0 }, { "0x1", false, 0 }, { "+7", true, 7 }, { "1.0", false, 0 },
    };
    (void)st;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t v = 42;
        assert_int_equal(parse_int(str_of(rows[i].text), INT64_MIN, INT64_MAX, &v), rows[i].good);
        assert_int_equal(v, rows[i].good ? rows[i].v : 42);
    }
    int64_t v;
    assert_false(parse_int(S("11"), 0, 10, &v));
}

static void times_are_read_and_shown(void **st)
{
    static const struct { const char *text, *shown; } rows[] = {
        { "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z" },
        { "2026-03-12T14:05:00.250000Z", "2026-03-12T14:05:00.250000Z" },
        { "2026-03-12T14:05:00+02:30", "2026-03-12T11:35:00Z" },
        { "2024-02-29", "2024-02-29T00:00:00Z" },
        { "1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z" },
        { "2023-02-29", NULL }, { "2026-13-01", NULL }, { "2026-01-01T24:00:00Z", NULL },
        { "2026-01-01T00:00:00", NULL }, { "2026-01-01T00:00:00Zx", NULL }, { "26-01-01", NULL }, { "", NULL },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        time_us t;
        bool    good = time_parse(str_of(rows[i].text), &t);
        assert_int_equal(good, rows[i].shown != NULL);
        if (good)
            check_str(time_rfc3339(*st, t), rows[i].shown);
    }
    check_str(time_people(*st, SECONDS(1773324300)), "12 Mar 2026, 14:05 UTC");
    check_str(time_span(*st, HOURS(26)), "26 h");
    check_str(time_span(*st, DAYS(3) + HOURS(2)), "3 days");
}

static void spans_have_units(void **st)
{
    (void)st;
    time_us t;
    assert_true(span_parse(S("26h"), &t));
    assert_int_equal(t, HOURS(26));
    assert_true(span_parse(S("2w"), &t));
    assert_int_equal(t, DAYS(14));
    assert_false(span_parse(S("26"), &t));
    assert_false(span_parse(S("h"), &t));
    assert_false(span_parse(S("-1h"), &t));
}

static void every_day_of_four_centuries_goes_there_and_back(void **st)
{
    (void)st;
    for (int64_t day = days_from_civil(1799, 1, 1); day < days_from_civil(2201, 1, 1); day++) {
        int64_t y;
        int     m, d;
        civil_from_days(day, &y, &m, &d);
        assert_int_equal(days_from_civil(y, m, d), day);
    }
}

static void text_of_any_bytes_becomes_utf8(void **st)
{
    check_str(utf8_clean(*st, S("plain \xc3\xa9")), "plain \xc3\xa9");
    check_str(utf8_clean(*st, S("a\xff" "b")), "a\\xffb");
    check_str(utf8_clean(*st, S("a\0b")), "a\\x00b");
    check_str(utf8_cut(S("ab\xc3\xa9"), 4), "ab\xc3\xa9");
    check_str(utf8_cut(S("ab\xc3\xa9"), 3), "ab");
    check_str(utf8_cut(S("\xc3\xa9"), 1), "");
    assert_false(utf8_valid(S("\xed\xa0\x80")));          /* a surrogate */
    assert_false(utf8_valid(S("\xc0\xaf")));              /* overlong */
    assert_false(utf8_valid(S("\xf4\x90\x80\x80")));      /* past U+10FFFF */
    assert_false(utf8_valid(S("\xe2\x82")));              /* cut */
}

static void base64url_has_one_spelling(void **st)
{
    static const char *const bad[] = { "A", "QQ==", "QR", "QUI=", "QUJ", "Q Q", "-+AA", "AA/_", "AAAAA" };
    uint8_t bytes[64];
    str     out;
    for (size_t n = 0; n < sizeof bytes; n++) {
        random_bytes(bytes, n);
        str text = base64url_of(*st, bytes, n);
        assert_int_equal(text.n, (n * 4 + 2) / 3);
        assert_true(base64url_parse(*st, text, &out));
        assert_true(str_eq(out, (str){ (char *)bytes, n }));
    }
    assert_true(str_eq(base64url_of(*st, "\xfb\xff\xfe", 3), S("-__-")));
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(base64url_parse(*st, str_of(bad[i]), &out));
}

static void the_parts_of_a_document_are_told_whole(void **st)
{
    json_parts o, list;
    assert_true(json_read_object(*st, S(" {\"a\" : \"x\", \"b\":[1.5, 2 ,{\"c\":-0.1e-7}] ,\"n\":7,\"f\":1E9,\"\":null} "), &o));
    assert_int_equal(o.n, 5);
    assert_true(str_eq(json_text(&o, "a"), S("x")));
    assert_null(json_text(&o, "n").p);
    assert_null(json_at(&o, "c"));
    assert_int_equal(json_at(&o, "n")->i, 7);
    assert_int_equal(json_at(&o, "f")->kind, JSON_NULL);
    assert_true(str_eq(json_at(&o, "f")->raw, S("1E9")));
    assert_true(str_eq(json_at(&o, "a")->raw, S("\"x\"")));
    assert_true(json_read_array(*st, json_at(&o, "b")->raw, &list));
    assert_int_equal(list.n, 3);
    assert_true(str_eq(list.v[1].raw, S("2")) && list.v[1].kind == JSON_INT);
    assert_true(str_eq(list.v[2].raw, S("{\"c\":-0.1e-7}")) && list.v[2].kind == JSON_OBJ);
    static const char *const bad[] = { "", "[]", "{\"a\":1,\"a\":1}", "{\"a\":1,\"\\u0061\":1}", "{\"a\":01}", "{\"a\":1.}", "{\"a\":.5}",
                                       "{\"a\":1e}", "{\"a\":-}", "{\"a\":1}x", "{\"a\":1", "{\"a\"}", "{\"a\":[1.5}", "{\"a\":00.5}" };
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(json_read_object(*st, str_of(bad[i]), &o));
    json_reader r = json_open(*st, S("1.5"));
    assert_int_equal(json_next(&r), JSON_ERROR);
}

static void base64_has_one_spelling(void **st)
{
    static const char *const bad[] = { "A", "AA", "AAA", "AA=A", "====", "AB==", "AAB=", "A A=", "AA-_", "AAAA\n" };
    str out;
    for (size_t n = 0; n < 40; n++) {
        char bytes[40];
        random_bytes(bytes, sizeof bytes);
        assert_true(base64_parse(*st, base64_of(*st, bytes, n), &out));
        assert_true(str_eq(out, (str){ bytes, n }));
    }
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(base64_parse(*st, str_of(bad[i]), &out));
}

static void hashes_match_the_published_vectors(void **st)
{
    auto_hasher hasher *h = hasher_new();
    hash32 empty = sha256_of(h, "", 0), abc = sha256_of(h, "abc", 3);
    hash32 mac = hmac_sha256(h, "Jefe", 4, "what do ya want for nothing?", 28);   /* RFC 4231 case 2 */
    check_str(hex_of(*st, empty.b, 32), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    check_str(hex_of(*st, abc.b, 32), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    check_str(hex_of(*st, mac.b, 32), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    uint8_t key[131], msg[] = "Test Using Larger Than Block-Size Key - Hash Key First";   /* RFC 4231 case 6 */
    memset(key, 0xaa, sizeof key);
    mac = hmac_sha256(h, key, sizeof key, msg, sizeof msg - 1);
    check_str(hex_of(*st, mac.b, 32), "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

static void siphash_matches_its_paper(void **st)
{
    (void)st;
    uint8_t  in[15];
    uint64_t wide[2];
    for (uint8_t i = 0; i < 15; i++)
        in[i] = i;
    assert_true(siphash64(0x0706050403020100u, 0x0f0e0d0c0b0a0908u, in, 15) == 0xa129ca6149be45e5u);
    siphash128((const uint64_t[]){ 0x0706050403020100u, 0x0f0e0d0c0b0a0908u }, in, 0, wide);
    assert_true(wide[0] == 0xe6a825ba047f81a3u && wide[1] == 0x930255c71472f66du);
}

static void a_map_finds_what_was_put(void **st)
{
    map m = map_new(*st);
    assert_null(map_get(&m, S("absent")));
    for (int i = 0; i < 5000; i++)
        *map_put(&m, str_fmt(*st, "key %d", i)) = (void *)(intptr_t)(i + 1);
    for (int i = 0; i < 5000; i++)
        assert_int_equal((intptr_t)map_get(&m, str_fmt(*st, "key %d", i)), i + 1);
    assert_int_equal(m.n, 5000);
}

static void a_buffer_stops_at_its_limit(void **st)
{
    buf b = buf_new(*st, 8);
    buf_puts(&b, S("12345678"));
    assert_false(b.overflow);
    buf_putc(&b, '9');
    assert_true(b.overflow);
    assert_int_equal(b.n, 8);
    check_str(str_of(buf_z(&b)), "12345678");
}

static void numbers_are_printed_to_the_last(void **st)
{
    buf b = buf_new(*st, 100);
    buf_int(&b, INT64_MIN);
    buf_putc(&b, ' ');
    buf_int(&b, 0);
    check_str(buf_str(&b), "-9223372036854775808 0");
}

static void json_strings_are_escaped_as_jcs_wants(void **st)
{
    buf b = buf_new(*st, 1000);
    json_str(&b, S("\x01\b\t\n\f\r\"\\/\xe2\x82\xac<\x7f"));
    check_str(buf_str(&b), "\"\\u0001\\b\\t\\n\\f\\r\\\"\\\\/\xe2\x82\xac<\x7f\"");
}

static void wrong_json_is_refused(void **st)
{
    static const char *const bad[] = {
        "", "{", "[1,]", "{\"a\"}", "{\"a\":1,}", "01", "1e3", "1.0", "nul", "\"\\x\"", "\"\\ud800\"", "\"a", "[1]x",
        "\"\\u0000\"", "{\"a\":1]", "[}", "9223372036854775808", "'a'", "\"\n\"", "\"\xff\"", "[1 2]", "{1:2}",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", "tru", "-",
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        json_reader r = json_open(*st, str_of(bad[i]));
        json_token  t;
        while ((t = json_next(&r)) != JSON_ERROR && t != JSON_END)
            ;
        if (t != JSON_ERROR)
            fail_msg("accepted: %s", bad[i]);
        assert_int_equal(json_next(&r), JSON_ERROR);
    }
}

static void json_is_read_token_by_token(void **st)
{
    static const json_token want[] = { JSON_OBJ, JSON_KEY, JSON_ARR, JSON_INT, JSON_ARR, JSON_ARR_END, JSON_ARR_END,
                                       JSON_KEY, JSON_STR, JSON_KEY, JSON_NULL, JSON_OBJ_END, JSON_END, JSON_END };
    json_reader r = json_open(*st, S(" {\"a\": [-3, []], \"b\":\"x\\u00e9\\ud83d\\ude00y\",\"c\":null} "));
    for (size_t i = 0; i < COUNT(want); i++) {
        assert_int_equal(json_next(&r), want[i]);
        if (want[i] == JSON_STR)
            check_str(r.s, "x\xc3\xa9\xf0\x9f\x98\x80y");
        if (want[i] == JSON_INT)
            assert_int_equal(r.i, -3);
    }
}

static void the_first_fault_is_kept(void **st)
{
    (void)st;
    fault f = { 0 };
    assert_int_equal(fail(&f, ERR_INVALID, "first %d", 1), ERR_INVALID);
    assert_int_equal(fail(&f, ERR_IO, "second"), ERR_IO);
    assert_string_equal(f.text, "first 1");
    fault g = { 0 };
    assert_int_equal(fail_errno(&g, ENOSPC, "cannot write x"), ERR_FULL);
    assert_string_equal(g.text, "cannot write x: No space left on device");
    char big[3000];
    memset(big, 'x', sizeof big);
    big[sizeof big - 1] = '\0';
    memcpy(big + 1022, "\xe2\x82\xac", 3);               /* the cut falls inside the euro sign */
    fault c = { 0 };
    assert_int_equal(fail(&c, ERR_INVALID, "%s", big), ERR_INVALID);
    assert_true(utf8_valid(str_of(c.text)));
    assert_int_equal(fail(NULL, ERR_IO, "nobody asks"), ERR_IO);
}

static void every_error_has_its_row(void **st)
{
    (void)st;
    for (int e = 0; e < ERR_COUNT_; e++) {
        assert_non_null(err_describe((err_t)e)->wire);
        for (int k = 0; k < e; k++)
            assert_int_not_equal(err_describe((err_t)e)->exit_status, err_describe((err_t)k)->exit_status);
    }
}

static void ids_are_ordered_by_time(void **st)
{
    str early = id_new(*st, SECONDS(1000)), late = id_new(*st, SECONDS(2000));
    assert_int_equal(early.n, 26);
    assert_true(str_cmp(early, late) < 0);
    assert_false(str_eq(id_new(*st, SECONDS(1000)), early));
}

static void files_are_replaced_whole(void **st)
{
    char  dir[] = "/tmp/attest-base-XXXXXX";
    fault f = { 0 };
    str   got;
    assert_non_null(mkdtemp(dir));
    const char *path = str_fmt(*st, "%s/a/b/file", dir).p;
    assert_int_equal(dir_make(str_fmt(*st, "%s/a/b", dir).p, 0700, &f), ERR_OK);
    assert_int_equal(file_replace(path, S("one"), 0600, &f), ERR_OK);
    assert_int_equal(file_replace(path, S("two"), 0600, &f), ERR_OK);
    assert_int_equal(file_read(*st, path, 10, &f, &got), ERR_OK);
    check_str(got, "two");
    assert_int_equal(file_slurp(*st, path, 2, &got), EFBIG);
    assert_int_equal(file_slurp(*st, dir, 2, &got), EISDIR);
    assert_int_equal(file_read(*st, "/dev/zero", 10, &f, &got), ERR_IO);
    str   *names;
    size_t n;
    assert_int_equal(dir_names(*st, str_fmt(*st, "%s/a/b", dir).p, 10, &names, &n), 0);
    assert_int_equal(n, 1);                               /* no temporary stays behind */
    unlink(path);
    rmdir(str_fmt(*st, "%s/a/b", dir).p);
    rmdir(str_fmt(*st, "%s/a", dir).p);
    rmdir(dir);
}

static void lines_and_words_are_cut(void **st)
{
    (void)st;
    str rest = S("one\r\ntwo\n\nlast"), line;
    static const char *const want[] = { "one", "two", "", "last" };
    for (size_t i = 0; i < COUNT(want); i++) {
        assert_true(str_line(&rest, &line));
        check_str(line, want[i]);
    }
    assert_false(str_line(&rest, &line));
    str words = S("  a\tbc ");
    check_str(str_word(&words), "a");
    check_str(str_word(&words), "bc");
    assert_int_equal(str_word(&words).n, 0);
}

static void a_library_is_bound_whole_or_what_lacks_is_named(void **st)
{
    struct { double (*cosine)(double); double (*sine)(double); } m = { 0 };
    static const library_symbol good[] = { { "cos", 0 }, { "sin", sizeof(void *) } }, bad[] = { { "cos", 0 }, { "no_such", sizeof(void *) } };
    static const char           none[] = "libnone-such.so.1";
    (void)st;
    assert_null(library_bind("libm.so.6", good, COUNT(good), &m));
    assert_true(m.cosine(0) > 0.99 && m.sine(0) < 0.01);
    assert_string_equal(library_bind("libm.so.6", bad, COUNT(bad), &m), "no_such");
    assert_ptr_equal(library_bind(none, good, COUNT(good), &m), none);
}

static void what_root_replaces_stays_its_owners(void **state)
{
    (void)state;
    struct stat st;
    fault       f = { 0 };
    char        dir[] = "/tmp/attest-base-owner-XXXXXX";
    if (geteuid() != 0)
        skip();
    assert_non_null(mkdtemp(dir));
    arena *a = arena_new(1 << 20);
    const char *path = str_fmt(a, "%s/config", dir).p;
    assert_int_equal(file_replace(path, S("one"), 0600, &f), ERR_OK);
    assert_true(stat(path, &st) == 0 && st.st_uid == 0);
    assert_int_equal(chown(path, 4711, 4712), 0);
    assert_int_equal(file_replace(path, S("two"), 0600, &f), ERR_OK);
    assert_true(stat(path, &st) == 0 && st.st_uid == 4711 && st.st_gid == 4712 && (st.st_mode & 0777) == 0600);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(dir), 0);
    arena_free(a);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_root_replaces_stays_its_owners),
        cmocka_unit_test(a_library_is_bound_whole_or_what_lacks_is_named),
        T(numbers_are_parsed_whole_or_refused), T(times_are_read_and_shown), T(spans_have_units),
        T(every_day_of_four_centuries_goes_there_and_back), T(text_of_any_bytes_becomes_utf8),
        T(base64_has_one_spelling), T(base64url_has_one_spelling), T(the_parts_of_a_document_are_told_whole), T(hashes_match_the_published_vectors), T(siphash_matches_its_paper),
        T(a_map_finds_what_was_put), T(a_buffer_stops_at_its_limit), T(numbers_are_printed_to_the_last),
        T(json_strings_are_escaped_as_jcs_wants), T(wrong_json_is_refused), T(json_is_read_token_by_token),
        T(the_first_fault_is_kept), T(every_error_has_its_row), T(ids_are_ordered_by_time),
        T(files_are_replaced_whole), T(lines_and_words_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
