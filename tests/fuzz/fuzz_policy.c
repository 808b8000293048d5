/* No policy is read without a quorum, and none accepts what nobody signed. */
#include "ledger/ledger.h"

#define UNSIGNED "o\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n\xE2\x80\x94 o AAAAAAAAAAAAAAAA\n"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena   *a = arena_new(64 << 20);
    auto_hasher hasher *h = hasher_new();
    str                 text = { (const char *)data, n };
    policy             *p;
    checkpoint          c;
    fault               f = { 0 };
    if (policy_parse(a, text, &f, &p) != ERR_OK) {
        if (f.code == ERR_OK || !f.text[0])
            abort();
        return 0;
    }
    if (!str_contains(text, S("quorum")) || policy_check(a, h, p, S(UNSIGNED), NULL, &c) == ERR_OK)
        abort();
    return 0;
}
