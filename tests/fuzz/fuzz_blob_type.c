/* Any bytes under any name are of some type or refused; a type is told as media/sub. */
#include "blob/blob.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(64 << 20);
    str               rest = { (const char *)data, n }, media;
    if (!n)
        return 0;
    str name = str_cut(&rest, '\n');
    if (blob_type(a, name, rest.p ? rest : S(""), NULL, &media) == ERR_OK && !str_contains(media, S("/")))
        abort();
    return 0;
}
