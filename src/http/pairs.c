#include "http/parts.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool percent_decode(arena *a, str s, bool plus, str *ret)
{
    char  *out = arena_alloc(a, s.n + 1, 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '%') {
            int hi = s.n - i > 2 ? hex_digit(s.p[i + 1]) : -1, lo = hi >= 0 ? hex_digit(s.p[i + 2]) : -1;
            if (lo < 0)
                return false;
            c = (char)(hi << 4 | lo);
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        if (c == '\0')
            return false;
        out[n++] = c;
    }
    if (!utf8_valid((str){ out, n }))
        return false;
    *ret = (str){ out, n };
    return true;
}

err_t http_pairs_parse(arena *a, str text, fault *f, http_pair **ret, size_t *ret_n)
{
    pair_list list = { 0 };
    str       rest = text;
    while (rest.p && rest.n) {
        str       one = str_cut(&rest, '&');
        http_pair made;
        if (!one.n)
            continue;
        if (list.n == HTTP_PAIRS_MAX)
            return fail(f, ERR_INVALID, "more than %d fields", HTTP_PAIRS_MAX);
        str name = str_cut(&one, '=');
        if (!percent_decode(a, name, true, &made.name) || !percent_decode(a, one.p ? one : S(""), true, &made.value))
            return fail(f, ERR_INVALID, "a field is not well encoded: percent signs must stand before two hexadecimal digits, the text must be UTF-8");
        da_push(a, &list) = made;
    }
    *ret = list.v;
    *ret_n = list.n;
    return ERR_OK;
}

/* ---- cookies ---------------------------------------------------------------------------------- */

static bool is_cookie_text(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x21 || c > 0x7e || c == '"' || c == ',' || c == ';' || c == '\\')
            return false;
    }
    return true;
}

void cookies_add(arena *a, str header, pair_list *into)
{
    str rest = header;
    while (rest.p && into->n < COOKIES_MAX) {
        str text = str_trim(str_cut(&rest, ';'));
        str name = str_cut(&text, '=');
        if (!text.p || !is_token(name))
            continue;
        if (text.n >= 2 && text.p[0] == '"' && text.p[text.n - 1] == '"')
            text = str_sub(text, 1, text.n - 1);
        if (is_cookie_text(text))
            da_push(a, into) = (http_pair){ name, text };
    }
}

/* ---- looking up --------------------------------------------------------------------------------- */

static str first_of(const http_pair *v, size_t n, const char *name)
{
    str wanted = str_of(name);
    for (size_t i = 0; i < n; i++)
        if (str_eq(v[i].name, wanted))
            return v[i].value;
    return (str){ 0 };
}

str http_header(const http_request *rq, const char *lower_name) { return first_of(rq->headers, rq->n_headers, lower_name); }
str http_query(const http_request *rq, const char *name) { return first_of(rq->query, rq->n_query, name); }
str http_cookie(const http_request *rq, const char *name) { return first_of(rq->cookies, rq->n_cookies, name); }

static const char *const method_names[HTTP_METHOD_COUNT_] = {
    [HTTP_NONE] = "none", [HTTP_GET] = "GET", [HTTP_HEAD] = "HEAD", [HTTP_POST] = "POST",
    [HTTP_PUT] = "PUT", [HTTP_PATCH] = "PATCH", [HTTP_DELETE] = "DELETE",
};

const char *http_method_name(http_method m)
{
    assert((unsigned)m < HTTP_METHOD_COUNT_);
    return method_names[m];
}
