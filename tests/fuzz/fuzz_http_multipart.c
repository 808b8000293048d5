/* The first line is the Content-Type, the rest the body. Parts lie within the body, in order and apart, their names are
 * text, and the name of a file is no path. */
#include "http/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static bool is_text(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20)
            return false;
    return utf8_valid(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(64 << 20);
    str               body = { (const char *)data, n }, media = str_cut(&body, '\n');
    http_part        *v;
    size_t            got;
    if (!body.p || http_parts_parse(a, media, body, NULL, &v, &got) != ERR_OK)
        return 0;
    const char *at = body.p;
    if (got > HTTP_PARTS_MAX)
        abort();
    for (size_t i = 0; i < got; i++) {
        if (v[i].bytes.p < at || v[i].bytes.n > (size_t)(body.p + body.n - v[i].bytes.p))
            abort();
        at = v[i].bytes.p + v[i].bytes.n;
        if (!v[i].name.n || !is_text(v[i].name) || !is_text(v[i].filename) || !is_text(v[i].media))
            abort();
        if (v[i].filename.n && (memchr(v[i].filename.p, '/', v[i].filename.n) || memchr(v[i].filename.p, '\\', v[i].filename.n)))
            abort();
    }
    return 0;
}
