#include "http_world.h"

#include <netinet/tcp.h>
#include <zlib.h>

/* ---- what is sound ------------------------------------------------------------------------------ */

static void a_request_arrives_decoded(void **state)
{
    world *w = *state;
    str    answer = ask(w, S("GET /risk/R%C3%A9-1?q=a+b%26c&empty&=x HTTP/1.1\r\nHost: a.example:8080\r\nCookie: one=1; two=\"2\"; bad name=3\r\n\r\n"));
    assert_int_equal(peer_status(answer), 200);
    assert_has(answer, "GET /risk/R\xc3\xa9-1|host a.example:8080|from 127.0.0.1|plain|?q=a b&c|?empty=|?=x|cookie one=1|cookie two=2|");
    assert_true(peer_header(answer, "Date").p != NULL);
    assert_true(str_eq(peer_header(answer, "X-Seen"), S("yes")));
}

static void a_body_arrives_whole(void **state)
{
    world *w = *state;
    assert_has(ask(w, S("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello")), "body 5 hello");
    assert_has(ask(w, S("POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n")), "body 11 hello world");
}

/* libmicrohttpd takes a bare LF after a chunk's size; what a proxy made of that must not become the next request. */
static void after_chunks_there_is_no_next_request(void **state)
{
    static const char *const bodies[] = { "5\r\nhello\r\n0\r\n\r\n", "5;a=b\r\nhello\r\n0\r\n\r\n", "5;a\nhello\r\n0\r\n\r\n", "5\nhello\n0\n\n" };
    world *w = *state;
    for (size_t i = 0; i < COUNT(bodies); i++) {
        int fd = peer_connect(w->port);
        peer_say(fd, str_fmt(w->a, "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n%sGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n", bodies[i]));
        str answer = peer_hear(w->a, fd, false);
        assert_false(str_contains(answer, S("smuggled")));
        assert_true(i > 1 || str_contains(answer, S("body 5 hello")));
        assert_true(peer_closed(fd));
        close(fd);
        assert_true(w->t.handled <= (int)i + 1);
    }
}

static void head_has_no_body(void **state)
{
    world *w = *state;
    str    answer = ask(w, S("HEAD /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    assert_int_equal(peer_status(answer), 200);
    assert_int_equal(peer_body(answer).n, 0);
    assert_false(str_eq(peer_header(answer, "Content-Length"), S("0")));
}

static void a_redirect_stays_here(void **state)
{
    str answer = get(*state, "/away");
    assert_int_equal(peer_status(answer), 303);
    assert_true(str_eq(peer_header(answer, "Location"), S("/there?a=1")));
    assert_int_equal(peer_status(get(*state, "/nothing")), 204);
}

static void an_answer_that_is_too_large_is_told_as_a_failure(void **state)
{
    assert_int_equal(peer_status(get(*state, "/huge")), 500);
}

static void a_connection_serves_one_request_after_the_other(void **state)
{
    world *w = *state;
    int    fd = peer_connect(w->port);
    for (int i = 0; i < 5; i++) {
        peer_say(fd, S("GET /again HTTP/1.1\r\nHost: a\r\n\r\n"));
        assert_has(peer_hear(w->a, fd, false), "GET /again|");
    }
    close(fd);
}

static void requests_that_come_at_once_are_answered_in_order(void **state)
{
    world *w = *state;
    int    fd = peer_connect(w->port);
    peer_say(fd, S("GET /one HTTP/1.1\r\nHost: a\r\n\r\nPOST /two HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcGET /three HTTP/1.1\r\nHost: a\r\n\r\n"));
    assert_has(peer_hear(w->a, fd, false), "GET /one|");
    assert_has(peer_hear(w->a, fd, false), "POST /two|");
    assert_has(peer_hear(w->a, fd, false), "GET /three|");
    close(fd);
}

static void a_slash_at_the_end_is_taken_off(void **state)
{
    world *w = *state;
    str    answer = get(w, "/a/b%20c/?q=1");
    assert_int_equal(peer_status(answer), 308);
    assert_true(str_eq(peer_header(answer, "Location"), S("/a/b%20c?q=1")));
    assert_int_equal(peer_status(get(w, "/a//")), 400);
    assert_int_equal(peer_status(get(w, "/../")), 400);
    assert_int_equal(w->t.handled, 0);
}

static void heads_that_are_odd_and_sound_are_read(void **state)
{
    static const char *const odd[] = {
        "GET /x HTTP/1.1\r\nHost:a\r\n\r\n", "GET /x HTTP/1.1\r\nHost:   a  \r\n\r\n", "GET /x HTTP/1.1\r\nHost:\ta\t\r\n\r\n",
        "GET /x HTTP/1.1\r\nX:\r\nHost: a\r\n\r\n", "GET /x HTTP/1.1\r\nX: \r\nHost: a\r\nY:\r\n\r\n", "GET /x HTTP/1.1\r\nX: \t \r\nHost: a\r\n\r\n",
        "GET /x HTTP/1.1\r\nX: a b\tc \r\nHost: a\r\n\r\n", "\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n", "GET /x HTTP/1.0\r\nHost: a\r\n\r\n",
        "GET /x?%3F=/? HTTP/1.1\r\nHost: a\r\n\r\n", "GET /x? HTTP/1.1\r\nHost: a\r\n\r\n", "GET /x HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n",
        "GET /x HTTP/1.1\r\nHost: a\r\nX: r\xc3\xa9\r\nx: same\r\nCookie: a=1\r\nCookie: b=2\r\n\r\n",
        "GET /x HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: keep-alive, te\r\nTE: trailers\r\n\r\n",
        "GET /x HTTP/1.1\r\nHost: a\r\nX: last \r\n\r\n", "GET /x HTTP/1.1\r\nHost: a\r\nX:\r\n\r\n",
    };
    world *w = *state;
    for (size_t i = 0; i < COUNT(odd); i++) {
        str answer = ask(w, str_of(odd[i]));
        if (!str_contains(answer, S("200 OK")) || !str_contains(answer, S("GET /x|")))
            fail_msg("%s gives " STR_FMT, odd[i], STR_ARG(answer));
    }
}

/* However the bytes of a head are cut, the library's buffer is laid out as the check of it expects. */
static void a_long_head_may_come_in_pieces(void **state)
{
    world *w = *state;
    buf    b = buf_new(w->a, 1 << 20);
    int    on = 1;
    buf_puts(&b, S("GET /x?q="));
    for (int i = 0; i < 8000; i++)
        buf_putc(&b, 'q');
    buf_puts(&b, S(" HTTP/1.1\r\nHost: a\r\n"));
    for (int i = 0; i < 15; i++) {
        buf_fmt(&b, "X-%d: ", i);
        for (int k = 0; k < 1000; k++)
            buf_putc(&b, 'h');
        buf_puts(&b, S("\r\n"));
    }
    buf_puts(&b, S("\r\n"));
    for (size_t each = 1; each < 9000; each = each * 9 + 1) {
        int fd = peer_connect(w->port);
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        for (size_t i = 0; i < b.n; i += each)
            peer_say(fd, str_sub(buf_str(&b), i, i + each));
        str answer = peer_hear(w->a, fd, false);
        if (peer_status(answer) != 200)
            fail_msg("in pieces of %zu: " STR_FMT, each, STR_ARG(answer));
        close(fd);
    }
}

/* ---- what is sent only when it is needed, and smaller --------------------------------------------- */

static str ask_with(world *w, const char *target, const char *headers)
{
    return ask(w, str_fmt(w->a, "GET %s HTTP/1.1\r\nHost: a\r\n%s\r\n", target, headers));
}

static str unpacked(arena *a, str gzip)
{
    z_stream st = { 0 };
    union { const char *p; Bytef *v; } in = { gzip.p };
    Bytef *out = arena_alloc(a, 1 << 20, 1);
    st.next_in = in.v;
    st.avail_in = (uInt)gzip.n;
    st.next_out = out;
    st.avail_out = 1 << 20;
    assert_int_equal(inflateInit2(&st, 15 + 16), Z_OK);
    assert_int_equal(inflate(&st, Z_FINISH), Z_STREAM_END);
    inflateEnd(&st);
    return (str){ (const char *)out, st.total_out };
}

static void an_asset_comes_in_the_encoding_that_is_read(void **state)
{
    world *w = *state;
    str    plain = ask_with(w, "/asset", "");
    assert_int_equal(peer_status(plain), 200);
    assert_true(str_eq(peer_body(plain), w->t.as.bytes));
    assert_null(peer_header(plain, "Content-Encoding").p);
    assert_true(str_eq(peer_header(plain, "Vary"), S("Accept-Encoding")));
    assert_true(str_eq(peer_header(plain, "Cache-Control"), S("public, no-cache")));
    static const struct { const char *accept, *got; } rows[] = {
        { "gzip", "gzip" }, { "gzip, deflate, br, zstd", "zstd" }, { "GZIP;q=0.3", "gzip" }, { "zstd;q=0, gzip", "gzip" }, { "*", "zstd" },
        { "*;q=0", NULL }, { "*;q=0.0, gzip", "gzip" }, { "gzip;q=0", NULL }, { "br", NULL }, { "gzipped", NULL }, { "", NULL }, { "gzip ; q=0.000", NULL },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        str answer = ask_with(w, "/asset", str_z(w->a, str_fmt(w->a, "Accept-Encoding: %s\r\n", rows[i].accept)));
        if (!str_eq(peer_header(answer, "Content-Encoding"), str_of(rows[i].got)))
            fail_msg("%s gives " STR_FMT, rows[i].accept, STR_ARG(peer_header(answer, "Content-Encoding")));
        if (rows[i].got && strcmp(rows[i].got, "gzip") == 0)
            assert_true(str_eq(unpacked(w->a, peer_body(answer)), w->t.as.bytes));
    }
}

static void what_the_client_has_is_not_sent_again(void **state)
{
    world *w = *state;
    str    tag = str_dup(w->a, peer_header(ask_with(w, "/asset", "Accept-Encoding: gzip\r\n"), "ETag"));
    str    plain_tag = str_dup(w->a, peer_header(ask_with(w, "/asset", ""), "ETag"));
    assert_false(str_eq(tag, plain_tag));
    static const struct { const char *fmt; int status; } rows[] = {
        { "Accept-Encoding: gzip\r\nIf-None-Match: %s\r\n", 304 }, { "Accept-Encoding: gzip\r\nIf-None-Match: \"x\", W/%s\r\n", 304 },
        { "If-None-Match: *\r\n", 304 }, { "If-None-Match: \"other\"\r\n", 200 }, { "If-None-Match: %s\r\n", 200 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *at = strstr(rows[i].fmt, "%s");
        str         headers = str_of(rows[i].fmt);
        if (at)
            headers = str_fmt(w->a, "%.*s" STR_FMT "%s", (int)(at - rows[i].fmt), rows[i].fmt, STR_ARG(tag), at + 2);
        str answer = ask_with(w, "/asset", str_z(w->a, headers));
        assert_int_equal(peer_status(answer), rows[i].status);
        assert_int_equal(peer_body(answer).n > 0, rows[i].status == 200);
        assert_true(peer_header(answer, "ETag").p != NULL);
    }
    assert_true(str_eq(peer_header(ask_with(w, "/asset?v=0123456789abcdef", ""), "Cache-Control"), S("public, max-age=31536000, immutable")));
    assert_true(str_eq(peer_header(ask_with(w, "/asset?v=0123456789abcdee", ""), "Cache-Control"), S("public, no-cache")));
    assert_int_equal(peer_status(ask_with(w, "/asset/none", "")), 404);
}

static void a_page_that_did_not_change_is_not_sent_again(void **state)
{
    world *w = *state;
    str    tag = str_dup(w->a, peer_header(get(w, "/tagged?a=1"), "ETag"));
    assert_true(str_starts(tag, S("W/\"")));
    assert_int_equal(peer_status(ask_with(w, "/tagged?a=1", str_z(w->a, str_fmt(w->a, "If-None-Match: " STR_FMT "\r\n", STR_ARG(tag))))), 304);
    assert_int_equal(peer_status(ask_with(w, "/tagged?a=2", str_z(w->a, str_fmt(w->a, "If-None-Match: " STR_FMT "\r\n", STR_ARG(tag))))), 200);
    str posted = ask(w, str_fmt(w->a, "POST /tagged?a=1 HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nIf-None-Match: *\r\n\r\n"));
    assert_int_equal(peer_status(posted), 200);
}

static void a_long_page_is_compressed_for_who_reads_that(void **state)
{
    world *w = *state;
    str    plain = str_dup(w->a, peer_body(ask_with(w, "/page", "")));
    assert_true(plain.n > 4000);
    size_t lengths[8] = { 0 }, different = 0;
    for (size_t i = 0; i < COUNT(lengths); i++) {
        str answer = ask_with(w, "/page", "Accept-Encoding: gzip, deflate, br, zstd\r\n");
        assert_true(str_eq(peer_header(answer, "Content-Encoding"), S("gzip")));
        assert_true(str_eq(peer_header(answer, "Vary"), S("Accept-Encoding")));
        assert_true(str_eq(unpacked(w->a, peer_body(answer)), plain));
        lengths[i] = peer_body(answer).n;
        assert_true(lengths[i] < plain.n / 2);
        different += i && lengths[i] != lengths[0];
    }
    assert_true(different > 0);                        /* the length tells nothing exactly */
    assert_null(peer_header(ask_with(w, "/page?unpacked", "Accept-Encoding: gzip\r\n"), "Content-Encoding").p);
    assert_null(peer_header(ask_with(w, "/", "Accept-Encoding: gzip\r\n"), "Content-Encoding").p);
}

/* ---- what is refused ------------------------------------------------------------------------------ */

typedef struct {
    const char *what;
    int         status;       /* 0: closed, with an answer of 4xx or 5xx or with none */
    str         bytes;
} bad;

#define H "Host: a\r\n"
#define ROW(what, status, text) { what, status, { text, sizeof(text) - 1 } }

static const bad bads[] = {
    ROW("two different lengths", 400, "POST / HTTP/1.1\r\n" H "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"),
    ROW("one length twice", 400, "POST / HTTP/1.1\r\n" H "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"),
    ROW("a list of lengths", 0, "POST / HTTP/1.1\r\n" H "Content-Length: 3, 3\r\n\r\nabc"),
    ROW("length -1", 0, "POST / HTTP/1.1\r\n" H "Content-Length: -1\r\n\r\n"),
    ROW("length +4", 0, "POST / HTTP/1.1\r\n" H "Content-Length: +4\r\n\r\nabcd"),
    ROW("length 0x4", 0, "POST / HTTP/1.1\r\n" H "Content-Length: 0x4\r\n\r\nabcd"),
    ROW("empty length", 0, "POST / HTTP/1.1\r\n" H "Content-Length:\r\n\r\n"),
    ROW("length past 64 bits", 0, "POST / HTTP/1.1\r\n" H "Content-Length: 18446744073709551620\r\n\r\nabcd"),
    ROW("xchunked", 0, "POST / HTTP/1.1\r\n" H "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
    ROW("gzip, chunked", 0, "POST / HTTP/1.1\r\n" H "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
    ROW("chunked twice", 0, "POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ROW("chunked, identity", 0, "POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"),
    ROW("chunked in HTTP/1.0", 0, "POST / HTTP/1.0\r\n" H "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ROW("a length and chunked", 400, "POST / HTTP/1.1\r\n" H "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ROW("chunked and a length", 400, "POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"),
    ROW("a chunk of 0x3", 0, "POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n"),
    ROW("a chunk of -3", 0, "POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n"),
    ROW("a chunk larger than it says", 0, "POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n"),
    ROW("a chunk past 64 bits", 0, "POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n10000000000000003\r\nabc\r\n0\r\n\r\n"),
    ROW("a blank before the colon", 400, "GET / HTTP/1.1\r\nHost : a\r\n\r\n"),
    ROW("a blank before the colon of a length", 400, "POST / HTTP/1.1\r\n" H "Content-Length : 3\r\n\r\nabc"),
    ROW("no colon", 0, "GET / HTTP/1.1\r\n" H "nothing here\r\n\r\n"),
    ROW("an empty name", 0, "GET / HTTP/1.1\r\n" H ": x\r\n\r\n"),
    ROW("no host", 400, "GET / HTTP/1.1\r\nAccept: */*\r\n\r\n"),
    ROW("no host in HTTP/1.0", 400, "GET / HTTP/1.0\r\n\r\n"),
    ROW("two hosts", 400, "GET / HTTP/1.1\r\n" H "Host: b\r\n\r\n"),
    ROW("one host twice", 400, "GET / HTTP/1.1\r\n" H H "\r\n"),
    ROW("an empty host", 400, "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
    ROW("a host with a path", 400, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
    ROW("a host with a name before it", 400, "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n"),
    ROW("a host with port 0", 400, "GET / HTTP/1.1\r\nHost: a:0\r\n\r\n"),
    ROW("a host with no port after the colon", 400, "GET / HTTP/1.1\r\nHost: a:\r\n\r\n"),
    ROW("a host in half a bracket", 400, "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n"),
    ROW("a control byte in the method", 400, "G\001T / HTTP/1.1\r\n" H "\r\n"),
    ROW("an unknown method", 501, "BREW / HTTP/1.1\r\n" H "\r\n"),
    ROW("a method in lower case", 501, "get / HTTP/1.1\r\n" H "\r\n"),
    ROW("a method that is not offered", 405, "TRACE / HTTP/1.1\r\n" H "\r\n"),
    ROW("a folded header", 400, "GET / HTTP/1.1\r\n" H "X: a\r\n b\r\nY: c\r\n\r\n"),
    ROW("a folded last header", 400, "GET / HTTP/1.1\r\n" H "X: a\r\n b\r\n\r\n"),
    ROW("a folded host", 400, "GET / HTTP/1.1\r\nHost:\r\n a\r\n\r\n"),
    ROW("a bare LF after the first line", 400, "GET / HTTP/1.1\n" H "\r\n"),
    ROW("a bare LF after a header", 400, "GET / HTTP/1.1\r\n" H "X: a\nY: b\r\n\r\n"),
    ROW("a bare CR after a header", 400, "GET / HTTP/1.1\r\n" H "X: a\rY: b\r\n\r\n"),
    ROW("a NUL in a value", 400, "GET / HTTP/1.1\r\n" H "X: a\0b\r\nY: c\r\n\r\n"),
    ROW("a NUL in a name", 0, "GET / HTTP/1.1\r\n" H "X\0Z: a\r\nY: c\r\n\r\n"),
    ROW("a NUL in the address", 0, "GET /a\0b HTTP/1.1\r\n" H "\r\n"),
    ROW("a NUL in the method", 0, "GE\0T / HTTP/1.1\r\n" H "\r\n"),
    ROW("a control byte in a value", 400, "GET / HTTP/1.1\r\n" H "X: a\001b\r\n\r\n"),
    ROW("a value that is not UTF-8", 400, "GET / HTTP/1.1\r\n" H "X: \xff\r\n\r\n"),
    ROW("two content types", 400, "POST / HTTP/1.1\r\n" H "Content-Type: a/b\r\nContent-Type: a/c\r\nContent-Length: 0\r\n\r\n"),
    ROW("HTTP/2.0 in a first line", 0, "GET / HTTP/2.0\r\n" H "\r\n"),
    ROW("HTTP/1.2", 0, "GET / HTTP/1.2\r\n" H "\r\n"),
    ROW("no version", 0, "GET /\r\n" H "\r\n"),
    ROW("a blank in the address", 0, "GET /a b HTTP/1.1\r\n" H "\r\n"),
    ROW("two blanks before the address", 0, "GET  / HTTP/1.1\r\n" H "\r\n"),
    ROW("an expectation of something else", 417, "POST / HTTP/1.1\r\n" H "Content-Length: 1\r\nExpect: 200-ok\r\n\r\nx"),
    ROW("an address with a scheme", 400, "GET http://a/ HTTP/1.1\r\n" H "\r\n"),
    ROW("an asterisk", 400, "GET * HTTP/1.1\r\n" H "\r\n"),
    ROW("/../", 400, "GET /a/../b HTTP/1.1\r\n" H "\r\n"),
    ROW("/.", 400, "GET /a/. HTTP/1.1\r\n" H "\r\n"),
    ROW("%2e%2e", 400, "GET /a/%2e%2E/b HTTP/1.1\r\n" H "\r\n"),
    ROW("two slashes", 400, "GET /a//b HTTP/1.1\r\n" H "\r\n"),
    ROW("two slashes at the beginning", 400, "GET //a HTTP/1.1\r\n" H "\r\n"),
    ROW("%00", 400, "GET /a%00b HTTP/1.1\r\n" H "\r\n"),
    ROW("%0a", 400, "GET /a%0ab HTTP/1.1\r\n" H "\r\n"),
    ROW("%2f", 400, "GET /a%2fb HTTP/1.1\r\n" H "\r\n"),
    ROW("a backslash", 400, "GET /a\\b HTTP/1.1\r\n" H "\r\n"),
    ROW("an encoded backslash", 400, "GET /a%5cb HTTP/1.1\r\n" H "\r\n"),
    ROW("half a percent sign", 400, "GET /a%4 HTTP/1.1\r\n" H "\r\n"),
    ROW("bad UTF-8", 400, "GET /%ff HTTP/1.1\r\n" H "\r\n"),
    ROW("UTF-8 longer than needed", 400, "GET /%c0%af HTTP/1.1\r\n" H "\r\n"),
    ROW("a raw byte", 400, "GET /\xc3\xa9 HTTP/1.1\r\n" H "\r\n"),
    ROW("bad UTF-8 in the query", 400, "GET /?a=%ff HTTP/1.1\r\n" H "\r\n"),
    ROW("a NUL in the query", 400, "GET /?a=%00 HTTP/1.1\r\n" H "\r\n"),
};

static void what_two_readers_could_read_differently_is_refused(void **state)
{
    world *w = *state;
    int    wrong = 0;
    for (size_t i = 0; i < COUNT(bads); i++) {
        int fd = peer_connect(w->port);
        peer_say(fd, bads[i].bytes);
        shutdown(fd, SHUT_WR);
        str answer = peer_hear(w->a, fd, false);
        int got = peer_status(answer);
        if (bads[i].status ? got != bads[i].status : got != 0 && got < 400) {
            print_error("%s: %d instead of %d: " STR_FMT "\n", bads[i].what, got, bads[i].status, STR_ARG(answer));
            wrong++;
        } else if (!peer_closed(fd)) {
            print_error("%s: the connection stays open\n", bads[i].what);
            wrong++;
        }
        close(fd);
    }
    assert_int_equal(wrong, 0);
    assert_int_equal(w->t.handled, 0);
    assert_true(http_counted(w->s).refused > 60);      /* a few go before they have become a request */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(a_request_arrives_decoded),
        T(a_body_arrives_whole),
        T(after_chunks_there_is_no_next_request),
        T(head_has_no_body),
        T(a_redirect_stays_here),
        T(an_answer_that_is_too_large_is_told_as_a_failure),
        T(a_connection_serves_one_request_after_the_other),
        T(requests_that_come_at_once_are_answered_in_order),
        T(a_slash_at_the_end_is_taken_off),
        T(heads_that_are_odd_and_sound_are_read),
        T(a_long_head_may_come_in_pieces),
        T(an_asset_comes_in_the_encoding_that_is_read),
        T(what_the_client_has_is_not_sent_again),
        T(a_page_that_did_not_change_is_not_sent_again),
        T(a_long_page_is_compressed_for_who_reads_that),
        T(what_two_readers_could_read_differently_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
