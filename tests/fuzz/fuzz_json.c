/* Any bytes are read to the end or refused; what is read nests properly. */
#include "base/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(64 << 20);
    json_reader       r = json_open(a, (str){ (const char *)data, n });
    for (;;) {
        json_token t = json_next(&r);
        if (t == JSON_END || t == JSON_ERROR)
            break;
        if ((t == JSON_STR || t == JSON_KEY) && !utf8_valid(r.s))
            abort();
    }
    return 0;
}
