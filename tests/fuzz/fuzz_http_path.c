/* A path that is accepted has nothing in it that a file system or another reader of it could take for something else. */
#include "http/parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(16 << 20);
    str               got, raw = { (const char *)data, n };
    if (path_decode(a, raw, NULL, &got) != ERR_OK)
        return 0;
    if (!got.n || got.p[0] != '/' || !utf8_valid(got) || str_contains(got, S("//")) || str_contains(got, S("/../")) || str_ends(got, S("/..")) ||
        str_contains(got, S("/./")) || str_ends(got, S("/.")) || (got.n > 1 && str_ends(got, S("/"))))
        abort();
    size_t slashes = 0, raw_slashes = 0;
    for (size_t i = 0; i < got.n; i++) {
        slashes += got.p[i] == '/';
        if ((unsigned char)got.p[i] < 0x20 || got.p[i] == 0x7f || got.p[i] == '\\')
            abort();
    }
    for (size_t i = 0; i < n; i++)
        raw_slashes += raw.p[i] == '/';
    if (slashes != raw_slashes)
        abort();
    return 0;
}
