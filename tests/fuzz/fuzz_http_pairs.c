/* Pairs are UTF-8 without NUL, keep to their limit, and come back the same when they are encoded and read again. */
#include "http/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void encode(buf *out, str s)
{
    for (size_t i = 0; i < s.n; i++)
        buf_fmt(out, "%%%02x", (unsigned)(unsigned char)s.p[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(64 << 20);
    http_pair        *v, *again;
    size_t            got, got_again;
    if (http_pairs_parse(a, (str){ (const char *)data, n }, NULL, &v, &got) != ERR_OK)
        return 0;
    buf out = buf_new(a, 16 << 20);
    for (size_t i = 0; i < got; i++) {
        if (!utf8_valid(v[i].name) || !utf8_valid(v[i].value) || (v[i].value.n && memchr(v[i].value.p, 0, v[i].value.n)))
            abort();
        encode(&out, v[i].name);
        buf_putc(&out, '=');
        encode(&out, v[i].value);
        buf_putc(&out, '&');
    }
    if (got > HTTP_PAIRS_MAX || http_pairs_parse(a, buf_str(&out), NULL, &again, &got_again) != ERR_OK || got_again != got)
        abort();
    for (size_t i = 0; i < got; i++)
        if (!str_eq(v[i].name, again[i].name) || !str_eq(v[i].value, again[i].value))
            abort();
    return 0;
}
