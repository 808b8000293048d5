#include "test.h"

#include "http/parts.h"

static int setup(void **state)
{
    *state = arena_new(16 << 20);
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

#define BYTES(literal) ((str)B(literal))
#define B(literal)     { literal, sizeof(literal) - 1 }

/* ---- paths ------------------------------------------------------------------------------------- */

static void a_path_is_decoded_once(void **state)
{
    static const struct { const char *raw, *text; } rows[] = {
        { "/", "/" }, { "/a/b", "/a/b" }, { "/a%20b", "/a b" }, { "/%41", "/A" }, { "/a%2520b", "/a%20b" }, { "/r%C3%A9", "/r\xc3\xa9" },
        { "/a+b", "/a+b" }, { "/...", "/..." }, { "/.well-known/x", "/.well-known/x" }, { "/~a;b=1,c@d:e!$&'()*", "/~a;b=1,c@d:e!$&'()*" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        str got;
        assert_int_equal(path_decode(*state, str_of(rows[i].raw), NULL, &got), ERR_OK);
        assert_true(str_eq(got, str_of(rows[i].text)));
    }
}

static void a_path_with_tricks_is_refused(void **state)
{
    static const char *const bad[] = {
        "", "a", "//", "/a/", "/a//b", "//a", "/.", "/..", "/a/..", "/a/./b", "/%2e", "/%2e%2e/a", "/.%2E", "/a%2fb", "/%2f", "/a%2F..%2Fb",
        "/a%00", "/a%01b", "/a%7f", "/a%0d%0ab", "/a\\b", "/a%5Cb", "/a b", "/a?b", "/a#b", "/a\"b", "/a<b", "/a[b]", "/a|b", "/a^b", "/a`b", "/a{b}",
        "/%", "/%4", "/%zz", "/%u0041", "/% 41", "/%ff", "/%c0%ae", "/%ed%a0%80", "/%f5%80%80%80", "/\xc3\xa9", "/\x80",
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        str got;
        if (path_decode(*state, str_of(bad[i]), NULL, &got) != ERR_INVALID)
            fail_msg("%s is accepted", bad[i]);
    }
    str got;
    assert_int_equal(path_decode(*state, BYTES("/a\0b"), NULL, &got), ERR_INVALID);
}

/* ---- pairs -------------------------------------------------------------------------------------- */

static void pairs_keep_their_order_and_their_repeats(void **state)
{
    http_pair *v;
    size_t     n;
    assert_int_equal(http_pairs_parse(*state, S("a=1&b=x+y%26z&a=2&&c&d=&=e&f=g=h&%C3%A9=%0a"), NULL, &v, &n), ERR_OK);
    static const struct { const char *name, *text; } want[] = {
        { "a", "1" }, { "b", "x y&z" }, { "a", "2" }, { "c", "" }, { "d", "" }, { "", "e" }, { "f", "g=h" }, { "\xc3\xa9", "\n" },
    };
    assert_int_equal(n, COUNT(want));
    for (size_t i = 0; i < n; i++)
        assert_true(str_eq(v[i].name, str_of(want[i].name)) && str_eq(v[i].value, str_of(want[i].text)));
    assert_int_equal(http_pairs_parse(*state, S(""), NULL, &v, &n), ERR_OK);
    assert_int_equal(n, 0);
}

static void pairs_that_are_not_text_are_refused(void **state)
{
    static const char *const bad[] = { "a=%", "a=%1", "a=%zz", "%=1", "a=%00", "%00=a", "a=%ff", "a=\xff", "a=%c3" };
    http_pair *v;
    size_t     n;
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_int_equal(http_pairs_parse(*state, str_of(bad[i]), NULL, &v, &n), ERR_INVALID);
    assert_int_equal(http_pairs_parse(*state, BYTES("a=\0"), NULL, &v, &n), ERR_INVALID);
}

static void pairs_have_a_limit(void **state)
{
    buf        b = buf_new(*state, 1 << 20);
    http_pair *v;
    size_t     n;
    for (int i = 0; i < HTTP_PAIRS_MAX; i++)
        buf_puts(&b, S("a=1&"));
    assert_int_equal(http_pairs_parse(*state, buf_str(&b), NULL, &v, &n), ERR_OK);
    assert_int_equal(n, HTTP_PAIRS_MAX);
    buf_puts(&b, S("b"));
    assert_int_equal(http_pairs_parse(*state, buf_str(&b), NULL, &v, &n), ERR_INVALID);
}

/* ---- cookies ------------------------------------------------------------------------------------- */

static void cookies_of_others_do_no_harm(void **state)
{
    pair_list jar = { 0 };
    cookies_add(*state, S("__Host-s=abc; a=\"q\"; bad name=1; =x; novalue; c=; d=a\\b; e=a,b; f=\xc3\xa9; g=1=2;h=i ;; a=2"), &jar);
    static const struct { const char *name, *text; } want[] = {
        { "__Host-s", "abc" }, { "a", "q" }, { "c", "" }, { "g", "1=2" }, { "h", "i" }, { "a", "2" },
    };
    assert_int_equal(jar.n, COUNT(want));
    for (size_t i = 0; i < jar.n; i++)
        assert_true(str_eq(jar.v[i].name, str_of(want[i].name)) && str_eq(jar.v[i].value, str_of(want[i].text)));
    http_request rq = { .cookies = jar.v, .n_cookies = jar.n };
    assert_true(str_eq(http_cookie(&rq, "a"), S("q")));          /* the first */
    assert_null(http_cookie(&rq, "A").p);
    assert_null(http_cookie(&rq, "none").p);
}

static void there_are_so_many_cookies(void **state)
{
    buf       b = buf_new(*state, 1 << 20);
    pair_list jar = { 0 };
    for (int i = 0; i < COOKIES_MAX * 3; i++)
        buf_puts(&b, S("a=1;"));
    cookies_add(*state, buf_str(&b), &jar);
    assert_int_equal(jar.n, COOKIES_MAX);
}

/* ---- multipart ------------------------------------------------------------------------------------- */

#define M "multipart/form-data; boundary=XY"
#define DISP "Content-Disposition: form-data; name=\"a\"\r\n"

static void a_form_with_files_is_taken_apart(void **state)
{
    http_part *v;
    size_t     n;
    str        body = BYTES("--XY\r\n" DISP "\r\nplain\r\n--XY\r\nContent-Disposition: form-data; name=\"f\"; filename=\"C:\\dir\\r%22q.pdf\"\r\n"
                            "Content-Type: application/pdf\r\n\r\n\0\r\n-\r\n--X\r\n--XY\r\ncontent-disposition:form-data;name=b;filename=\"\"\r\n\r\n\r\n--XY--\r\n");
    assert_int_equal(http_parts_parse(*state, S(M), body, NULL, &v, &n), ERR_OK);
    assert_int_equal(n, 3);
    assert_true(str_eq(v[0].name, S("a")) && v[0].filename.p == NULL && str_eq(v[0].bytes, S("plain")) && v[0].media.n == 0);
    assert_true(str_eq(v[1].name, S("f")) && str_eq(v[1].filename, S("r\"q.pdf")) && str_eq(v[1].media, S("application/pdf")));
    assert_true(str_eq(v[1].bytes, BYTES("\0\r\n-\r\n--X")));
    assert_true(str_eq(v[2].name, S("b")) && v[2].filename.p != NULL && v[2].filename.n == 0 && v[2].bytes.n == 0);
    assert_true(v[0].bytes.p > body.p && v[0].bytes.p < body.p + body.n);
}

static void the_name_of_a_file_is_never_a_path(void **state)
{
    static const struct { const char *told, *kept; } rows[] = {
        { "../../etc/passwd", "passwd" }, { "/etc/passwd", "passwd" }, { "a/", "" }, { "..", ".." }, { "x\\\\y", "y" }, { "a;b=c", "a;b=c" },
        { "q\\\"r", "q\"r" }, { "r\xc3\xa9.txt", "r\xc3\xa9.txt" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        http_part *v;
        size_t     n;
        str        body = str_fmt(*state, "--XY\r\nContent-Disposition: form-data; name=\"a\"; filename=\"%s\"\r\n\r\n\r\n--XY--", rows[i].told);
        assert_int_equal(http_parts_parse(*state, S(M), body, NULL, &v, &n), ERR_OK);
        if (!str_eq(v[0].filename, str_of(rows[i].kept)))
            fail_msg("%s became " STR_FMT, rows[i].told, STR_ARG(v[0].filename));
    }
}

static void a_form_with_nothing_in_it_is_one(void **state)
{
    http_part *v;
    size_t     n = 9;
    assert_int_equal(http_parts_parse(*state, S(M), S("--XY--\r\n"), NULL, &v, &n), ERR_OK);
    assert_int_equal(n, 0);
    assert_int_equal(http_parts_parse(*state, S("Multipart/Form-Data; charset=utf-8; boundary=\"a b\""), S("--a b--"), NULL, &v, &n), ERR_OK);
}

static void a_form_that_is_not_whole_is_refused(void **state)
{
    static const struct { const char *media; str body; } bad[] = {
        { M, B("") }, { M, B("--XY") }, { M, B("--XY\r\n") }, { M, B("preamble\r\n--XY--") }, { M, B("--XYZ--") },
        { M, B("--XY\r\n" DISP "\r\nx") }, { M, B("--XY\r\n" DISP "\r\nx\r\n--XY") }, { M, B("--XY\r\n" DISP "\r\nx\r\n--XY--\r\nepilogue") },
        { M, B("--XY\n" DISP "\r\nx\r\n--XY--") }, { M, B("--XY\r\n\r\nx\r\n--XY--") }, { M, B("--XY\r\n" DISP DISP "\r\nx\r\n--XY--") },
        { M, B("--XY\r\n" DISP "x\r\n--XY--") }, { M, B("--XY\r\n" DISP "X : y\r\n\r\nx\r\n--XY--") },
        { M, B("--XY\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--XY--") },
        { M, B("--XY\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XY--") },
        { M, B("--XY\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nx\r\n--XY--") },
        { M, B("--XY\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--XY--") },
        { M, B("--XY\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\nx\r\n--XY--") },
        { M, B("--XY\r\nContent-Disposition: form-data; name=\"a\"b\r\n\r\nx\r\n--XY--") },
        { M, B("--XY\r\nContent-Disposition: form-data; name=\"a\001\"\r\n\r\nx\r\n--XY--") },
        { M, B("--XY\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\nx\r\n--XY--") },
        { M, B("--XY\r\nContent-Disposition: form-data; name=\"a\"; filename=\"\0\"\r\n\r\nx\r\n--XY--") },
        { M, B("--XY\r\n" DISP "Content-Transfer-Encoding: base64\r\n\r\neA==\r\n--XY--") },
        { "multipart/form-data", B("--XY--") }, { "multipart/form-data; boundary=", B("--XY--") }, { "multipart/form-data; boundary=\"\"", B("----") },
        { "multipart/form-data; boundary=XY; boundary=XY", B("--XY--") }, { "multipart/form-data; boundary=\"XY", B("--XY--") },
        { "multipart/form-data; boundary=\"XY \"", B("--XY --") }, { "multipart/form-data; boundary", B("--XY--") },
        { "multipart/form-data; boundary=0123456789012345678901234567890123456789012345678901234567890123456789x",
          B("--0123456789012345678901234567890123456789012345678901234567890123456789x--") },
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        http_part *v;
        size_t     n;
        if (http_parts_parse(*state, str_of(bad[i].media), bad[i].body, NULL, &v, &n) != ERR_INVALID)
            fail_msg("row %zu is accepted: %s " STR_FMT, i, bad[i].media, STR_ARG(bad[i].body));
    }
    http_part *v;
    size_t     n;
    assert_int_equal(http_parts_parse(*state, S("text/plain; boundary=XY"), S("--XY--"), NULL, &v, &n), ERR_UNSUPPORTED);
}

static void a_form_has_so_many_parts(void **state)
{
    buf        b = buf_new(*state, 1 << 20);
    http_part *v;
    size_t     n;
    for (int i = 0; i < HTTP_PARTS_MAX; i++)
        buf_puts(&b, S("--XY\r\n" DISP "\r\nx\r\n"));
    str rest = str_fmt(*state, STR_FMT "--XY--", STR_ARG(buf_str(&b)));
    assert_int_equal(http_parts_parse(*state, S(M), rest, NULL, &v, &n), ERR_OK);
    assert_int_equal(n, HTTP_PARTS_MAX);
    buf_puts(&b, S("--XY\r\n" DISP "\r\nx\r\n--XY--"));
    assert_int_equal(http_parts_parse(*state, S(M), buf_str(&b), NULL, &v, &n), ERR_INVALID);
}

/* ---- forms ----------------------------------------------------------------------------------------- */

static http_request form(arena *a, const char *media, str body)
{
    http_request rq = { .a = a, .body = body };
    rq.headers = NEW_ARRAY(a, http_pair, 1);
    rq.headers[0] = (http_pair){ S("content-type"), str_of(media) };
    rq.n_headers = media ? 1 : 0;
    return rq;
}

static void a_form_reads_the_same_whichever_way_it_was_sent(void **state)
{
    http_request ways[] = {
        form(*state, "application/x-www-form-urlencoded", S("a=1&b=%C3%A9")),
        form(*state, "application/x-www-form-urlencoded; charset=UTF-8", S("a=1&b=%C3%A9")),
        form(*state, M, S("--XY\r\n" DISP "\r\n1\r\n--XY\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n\xc3\xa9\r\n--XY--\r\n")),
    };
    for (size_t i = 0; i < COUNT(ways); i++) {
        http_pair *v;
        http_part *files;
        size_t     n, n_files = 9;
        assert_int_equal(http_form(&ways[i], NULL, &v, &n, &files, &n_files), ERR_OK);
        assert_int_equal(n, 2);
        assert_int_equal(n_files, 0);
        assert_true(str_eq(v[0].name, S("a")) && str_eq(v[0].value, S("1")) && str_eq(v[1].name, S("b")) && str_eq(v[1].value, S("\xc3\xa9")));
    }
}

static void files_come_only_where_they_are_expected(void **state)
{
    http_request rq = form(*state, M, BYTES("--XY\r\n" DISP "\r\n1\r\n--XY\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\n\xff\0\r\n--XY--"));
    http_pair   *v;
    http_part   *files;
    size_t       n, n_files;
    assert_int_equal(http_form(&rq, NULL, &v, &n, &files, &n_files), ERR_OK);
    assert_int_equal(n, 1);
    assert_int_equal(n_files, 1);
    assert_true(str_eq(files[0].bytes, BYTES("\xff\0")));
    assert_int_equal(http_form(&rq, NULL, &v, &n, NULL, NULL), ERR_INVALID);
}

static void what_is_no_form_is_told(void **state)
{
    static const struct { const char *media; str body; err_t e; } rows[] = {
        { "application/json", B("{}"), ERR_UNSUPPORTED }, { NULL, B("a=1"), ERR_UNSUPPORTED }, { "", B("a=1"), ERR_UNSUPPORTED },
        { "application/x-www-form-urlencoded; charset=latin1", B("a=1"), ERR_UNSUPPORTED },
        { "application/x-www-form-urlencoded", B("a=%"), ERR_INVALID },
        { M, B("--XY\r\n" DISP "\r\n\xff\r\n--XY--"), ERR_INVALID }, { M, B("--XY\r\n" DISP "\r\n\0\r\n--XY--"), ERR_INVALID },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        http_request rq = form(*state, rows[i].media, rows[i].body);
        http_pair   *v;
        size_t       n;
        assert_int_equal(http_form(&rq, NULL, &v, &n, NULL, NULL), rows[i].e);
    }
}

/* ---- the answer ------------------------------------------------------------------------------------ */

static void any_name_can_be_saved_under(void **state)
{
    static const struct { const char *name, *want; } rows[] = {
        { "report 1.pdf", "attachment; filename=\"report 1.pdf\"; filename*=UTF-8''report%201.pdf" },
        { "r\xc3\xa9.pdf", "attachment; filename=\"r__.pdf\"; filename*=UTF-8''r%C3%A9.pdf" },
        { "a\"; x=\r\nSet-Cookie: b", "attachment; filename=\"a__ x___Set-Cookie_ b\"; filename*=UTF-8''a%22%3B%20x%3D%5F%5FSet-Cookie%3A%20b" },
        { "", "attachment; filename=\"file\"; filename*=UTF-8''file" }, { " x", "attachment; filename=\"_x\"; filename*=UTF-8''%20x" },
        { "../\\x", "attachment; filename=\"..__x\"; filename*=UTF-8''..%5F%5Fx" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        http_response rs = { .a = *state };
        http_attachment(&rs, str_of(rows[i].name));
        if (!str_eq(rs.headers.v[0].value, str_of(rows[i].want)))
            fail_msg("%s gives " STR_FMT, rows[i].name, STR_ARG(rs.headers.v[0].value));
    }
    http_response rs = { .a = *state };
    http_attachment(&rs, BYTES("\xff\0"));
    assert_true(str_starts(rs.headers.v[0].value, S("attachment; filename=\"")));
}

static void only_this_server_is_local(void **state)
{
    static const char *const local[] = { "/", "/a/b?c=d#e", "/a//b" };
    static const char *const other[] = { "", "a", "//a.example", "/\\a.example", "/a\\b", "https://a.example/", "javascript:alert(1)", "/a\r\nX: y", "/a\tb", " /" };
    (void)state;
    for (size_t i = 0; i < COUNT(local); i++)
        assert_true(http_is_local(str_of(local[i])));
    for (size_t i = 0; i < COUNT(other); i++)
        assert_false(http_is_local(str_of(other[i])));
}

/* ---- the rate ---------------------------------------------------------------------------------------- */

static void an_address_gets_its_share_and_no_more(void **state)
{
    rate   *r = rate_new(*state, 60);
    time_us now = SECONDS(1000);
    for (int i = 0; i < 60; i++)
        assert_false(rate_over(r, S("192.0.2.1"), now));
    assert_true(rate_over(r, S("192.0.2.1"), now));
    assert_false(rate_over(r, S("192.0.2.2"), now));
    assert_true(rate_over(r, S("192.0.2.1"), now + SECONDS(1) / 2));
    assert_false(rate_over(r, S("192.0.2.1"), now + SECONDS(2)));
    for (int i = 0; i < 60; i++)          /* whoever holds a /64 is one address */
        rate_over(r, str_fmt(*state, "2001:db8::%d", i + 1), now);
    assert_true(rate_over(r, S("2001:db8::ffff"), now));
    assert_false(rate_over(r, S("2001:db8:0:1::1"), now));
    rate_end(r);
}

static void many_addresses_do_not_give_a_busy_one_a_new_share(void **state)
{
    rate   *r = rate_new(*state, 60);
    time_us now = SECONDS(1000);
    for (int i = 0; i < 61; i++)
        rate_over(r, S("192.0.2.1"), now);
    auto_arena arena *scratch = arena_new(64 << 20);
    for (int i = 0; i < 100000; i++)
        rate_over(r, str_fmt(scratch, "10.%d.%d.%d", i >> 16, i >> 8 & 255, i & 255), now);
    assert_true(rate_over(r, S("192.0.2.1"), now));
    rate_end(r);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(a_path_is_decoded_once),
        T(a_path_with_tricks_is_refused),
        T(pairs_keep_their_order_and_their_repeats),
        T(pairs_that_are_not_text_are_refused),
        T(pairs_have_a_limit),
        T(cookies_of_others_do_no_harm),
        T(there_are_so_many_cookies),
        T(a_form_with_files_is_taken_apart),
        T(the_name_of_a_file_is_never_a_path),
        T(a_form_with_nothing_in_it_is_one),
        T(a_form_that_is_not_whole_is_refused),
        T(a_form_has_so_many_parts),
        T(a_form_reads_the_same_whichever_way_it_was_sent),
        T(files_come_only_where_they_are_expected),
        T(what_is_no_form_is_told),
        T(any_name_can_be_saved_under),
        T(only_this_server_is_local),
        T(an_address_gets_its_share_and_no_more),
        T(many_addresses_do_not_give_a_busy_one_a_new_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
