#include "http/parts.h"

#include <arpa/inet.h>
#include <strings.h>

bool is_token(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool alnum = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!alnum && (c == '\0' || !strchr("!#$%&'*+-.^_`|~", c)))
            return false;
    }
    return s.n > 0;
}

bool str_same(str a, str b) { return a.n == b.n && (a.n == 0 || strncasecmp(a.p, b.p, a.n) == 0); }

static refusal refuse(int status, const char *why) { return (refusal){ status, str_of(why) }; }
static const refusal sound;

#define CHECK(call)             \
    do {                        \
        refusal no_ = (call);   \
        if (no_.status)         \
            return no_;         \
    } while (0)

/* ---- the first line ----------------------------------------------------------------------------- */

static refusal read_method(str text, http_method *ret)
{
    static const char *const known[] = { "OPTIONS", "TRACE", "CONNECT" };
    if (!is_token(text))
        return refuse(400, "The method of the request is malformed.");
    for (http_method m = HTTP_GET; m < HTTP_METHOD_COUNT_; m++)
        if (str_eq(text, str_of(http_method_name(m)))) {
            *ret = m;
            return sound;
        }
    for (size_t i = 0; i < COUNT(known); i++)
        if (str_eq(text, str_of(known[i])))
            return refuse(405, "This method is not offered here.");
    return refuse(501, "This method is not known here.");
}

/* A slash too many at the end is what people type: exchange.c sends them to the address without it. */
bool ends_with_slash(str raw_path) { return raw_path.n > 1 && raw_path.p[raw_path.n - 1] == '/'; }

static refusal read_target(str target, http_request *rq)
{
    fault f = { 0 };
    if (target.n > TARGET_MAX)
        return refuse(414, "The address is too long.");
    for (size_t i = 0; i < target.n; i++)
        if ((unsigned char)target.p[i] < 0x21 || (unsigned char)target.p[i] > 0x7e)
            return refuse(400, "The address holds a byte that must be percent-encoded.");
    str rest = target;
    rq->raw_path = str_cut(&rest, '?');
    rq->raw_query = rest.p ? rest : S("");
    str path = str_sub(rq->raw_path, 0, rq->raw_path.n - ends_with_slash(rq->raw_path));
    if (path_decode(rq->a, path, &f, &rq->path) != ERR_OK || http_pairs_parse(rq->a, rq->raw_query, &f, &rq->query, &rq->n_query) != ERR_OK)
        return (refusal){ 400, str_fmt(rq->a, "The address is malformed: %s.", f.text) };
    return sound;
}

/* ---- headers ------------------------------------------------------------------------------------- */

static bool is_header_text(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (((unsigned char)s.p[i] < 0x20 && s.p[i] != '\t') || s.p[i] == 0x7f)
            return false;
    return utf8_valid(s);
}

/* The library takes a bare LF or CR for the end of a line, joins folded lines and cuts a value at a NUL. It parses in
 * place and puts NULs over each CRLF, so a header of which anything was skipped does not end two bytes before the next. */
static refusal check_layout(const raw_head *h)
{
    const char *next = h->target_at;
    if (!next)
        return sound;
    if (h->method.p + h->method.n + 1 != next || next + h->target.n + 1 != h->version_at)
        return refuse(400, "The first line of the request is malformed.");
    next = h->version_at + h->version.n + 2;
    for (size_t i = 0; i < h->n_headers; i++) {
        if (h->headers[i].name != next || h->headers[i].text < next + h->headers[i].name_n)
            return refuse(400, "A header is folded, or a line does not end with CR LF.");
        next = h->headers[i].text + h->headers[i].text_n + 2;
    }
    /* NULs stand over the last CRLF and over that of the empty line: a header without a name would be in between. */
    if (memcmp(next - 2, "\0\0\0", 4) != 0)
        return refuse(400, "A header has no name, or a line does not end with CR LF.");
    return sound;
}

static refusal read_headers(const raw_head *h, http_request *rq)
{
    size_t bytes = 0;
    rq->headers = NEW_ARRAY(rq->a, http_pair, h->n_headers + 1);
    for (size_t i = 0; i < h->n_headers; i++) {
        str name = { h->headers[i].name, h->headers[i].name_n }, text = { h->headers[i].text, h->headers[i].text_n };
        bytes += name.n + text.n + 4;
        if (bytes > HEADERS_BYTES_MAX)
            return refuse(431, "The headers are too large.");
        if (!is_token(name))
            return refuse(400, "The name of a header is malformed.");
        if (!is_header_text(text))
            return refuse(400, "A header holds a control character, or is not UTF-8.");
        rq->headers[rq->n_headers++] = (http_pair){ str_lower(rq->a, name), str_dup(rq->a, str_trim(text)) };
    }
    return sound;
}

/* What must not be there twice, because two readers of it would choose different ones. */
static refusal check_once(const http_request *rq)
{
    static const char *const once[] = { "host", "content-length", "transfer-encoding", "content-type", "authorization", "expect" };
    for (size_t k = 0; k < COUNT(once); k++) {
        size_t n = 0;
        for (size_t i = 0; i < rq->n_headers; i++)
            n += str_eq(rq->headers[i].name, str_of(once[k]));
        if (n > 1)
            return (refusal){ 400, str_fmt(rq->a, "The header %s is there twice.", once[k]) };
    }
    return sound;
}

static bool is_ip6(str s)
{
    char            z[INET6_ADDRSTRLEN] = "";
    struct in6_addr ip;
    if (s.n >= sizeof z)
        return false;
    memcpy(z, s.p, s.n);
    return inet_pton(AF_INET6, z, &ip) == 1;
}

bool is_host_name(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = (char)(s.p[i] | 0x20);
        if (!((c >= 'a' && c <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '.' || s.p[i] == '-' || s.p[i] == '_'))
            return false;
    }
    return s.n > 0 && s.n <= 253;
}

/* "name", "name:port", "[::1]:port" */
static bool is_host(str host)
{
    int64_t     number;
    bool        ip6 = host.n && host.p[0] == '[';
    const char *end = host.n ? memchr(host.p, ip6 ? ']' : ':', host.n) : NULL;
    size_t      n = end ? (size_t)(end - host.p) : host.n;
    if (ip6 ? !end || !is_ip6(str_sub(host, 1, n)) : !is_host_name(str_sub(host, 0, n)))
        return false;
    str port = str_sub(host, n + ip6, host.n);
    if (!port.n)
        return true;
    return port.n > 1 && port.p[0] == ':' && port.p[1] >= '0' && port.p[1] <= '9' && parse_int(str_sub(port, 1, port.n), 1, 65535, &number);
}

static refusal read_framing(const http_request *rq, str spoken, framing *ret)
{
    str length = http_header(rq, "content-length"), coding = http_header(rq, "transfer-encoding"), expect = http_header(rq, "expect");
    framing got = { .length = -1 };
    if (length.p && coding.p)
        return refuse(400, "The request has both a Content-Length and a Transfer-Encoding.");
    if (length.p) {
        if (!length.n || length.p[0] < '0' || length.p[0] > '9' || !parse_int(length, 0, INT64_C(1) << 40, &got.length))
            return refuse(400, "The Content-Length is malformed.");
    }
    if (coding.p) {
        if (!str_same(coding, S("chunked")) || !str_eq(spoken, S("HTTP/1.1")))
            return refuse(501, "This Transfer-Encoding is not known here.");
        got.chunked = true;
    }
    if (expect.p && !str_same(expect, S("100-continue")))
        return refuse(417, "This expectation cannot be met.");
    got.expect = expect.p != NULL;
    *ret = got;
    return sound;
}

refusal head_read(const raw_head *h, http_request *rq, framing *ret)
{
    CHECK(read_method(h->method, &rq->method));
    if (!str_eq(h->version, S("HTTP/1.1")) && !str_eq(h->version, S("HTTP/1.0")))
        return refuse(505, "Only HTTP/1.1 is spoken here.");
    if (h->n_headers > HEADERS_MAX)
        return refuse(431, "There are too many headers.");
    CHECK(check_layout(h));
    CHECK(read_headers(h, rq));
    CHECK(check_once(rq));
    CHECK(read_framing(rq, h->version, ret));
    rq->host = http_header(rq, "host");
    if (!is_host(rq->host))
        return refuse(400, "The Host header is missing or malformed.");
    pair_list jar = { 0 };
    for (size_t i = 0; i < rq->n_headers; i++)
        if (str_eq(rq->headers[i].name, S("cookie")))
            cookies_add(rq->a, rq->headers[i].value, &jar);
    rq->cookies = jar.v;
    rq->n_cookies = jar.n;
    return read_target(h->target, rq);
}
