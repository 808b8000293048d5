/* A proof that is read is written back byte for byte. */
#include "ledger/ledger.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(64 << 20);
    str               bytes = { (const char *)data, n };
    tlog_proof        p;
    fault             f = { 0 };
    if (proof_parse(a, bytes, &f, &p) != ERR_OK) {
        if (f.code == ERR_OK || !f.text[0])
            abort();
        return 0;
    }
    if (!str_eq(proof_text(a, &p), bytes))
        abort();
    return 0;
}
