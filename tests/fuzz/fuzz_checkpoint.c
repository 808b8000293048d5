/* A checkpoint that is read is the beginning of the text that was read. */
#include "ledger/ledger.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(64 << 20);
    str               text = { (const char *)data, n };
    checkpoint        c;
    fault             f = { 0 };
    if (checkpoint_parse(a, text, &f, &c) != ERR_OK) {
        if (f.code == ERR_OK || !f.text[0] || !utf8_valid(str_of(f.text)))
            abort();
        return 0;
    }
    if (!str_starts(text, checkpoint_text(a, &c)))
        abort();
    return 0;
}
