/* What a log sends to a witness: whatever is read is written back as it was. */
#include "ledger/ledger.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(64 << 20);
    str               text = { (const char *)data, n };
    witness_request   rq = { 0 };
    if (witness_request_parse(a, text, NULL, &rq) == ERR_OK && !str_eq(witness_request_text(a, &rq), text))
        abort();
    return 0;
}
