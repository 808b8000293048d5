/* Cookies are tokens and plain text, cut out of the header and never more than their limit; parameters of a header too. */
#include "http/parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(16 << 20);
    str               header = { (const char *)data, n }, got;
    pair_list         jar = { 0 };
    cookies_add(a, header, &jar);
    if (jar.n > COOKIES_MAX)
        abort();
    for (size_t i = 0; i < jar.n; i++) {
        if (!is_token(jar.v[i].name) || !utf8_valid(jar.v[i].value))
            abort();
        for (size_t k = 0; k < jar.v[i].value.n; k++)
            if (strchr("\";,\\ ", jar.v[i].value.p[k]))
                abort();
    }
    if (header_param(a, header, "boundary", &got) && got.p && got.n > n)
        abort();
    return 0;
}
