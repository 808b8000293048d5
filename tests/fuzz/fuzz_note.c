/* First line a verifier key, the rest a note: a key reads the same from its own
 * text, and what is opened was verified and says so. */
#include "ledger/ledger.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena   *a = arena_new(64 << 20);
    auto_hasher hasher *h = hasher_new();
    str                 rest = { (const char *)data, n };
    note_verifier       key = { 0 };
    note                opened;
    str                 first = n ? str_cut(&rest, '\n') : S("");
    if (verifier_parse(a, first, NULL, &key) != ERR_OK)
        return 0;
    if (!str_eq(verifier_text(a, &key), first))
        abort();
    if (!rest.p || note_open(a, h, rest, &key, 1, NULL, &opened) != ERR_OK)
        return 0;
    if (opened.n_verified == 0 || opened.n_verified > opened.n_signatures || !str_ends(opened.text, S("\n")))
        abort();
    return 0;
}
