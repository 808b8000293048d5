/* A leaf that is read has sense. */
#include "store/store.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(64 << 20);
    leaf l;
    if (leaf_parse(a, (str){ (const char *)data, n }, NULL, &l) != ERR_OK)
        return 0;
    if (l.seq < 0 || l.at <= 0 || (!l.n_changes && !l.n_erased))
        abort();
    for (size_t i = 0; i < l.n_changes; i++)
        if (l.changes[i].opened < 0 || l.changes[i].closed < 0 || l.changes[i].opened + l.changes[i].closed == 0)
            abort();
    return 0;
}
