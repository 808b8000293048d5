/* Whatever the sandbox accepts reads relations only, and is accepted again. */
#include "store/store.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(16 << 20);
    str    sql = { (const char *)data, n };
    str   *tables;
    size_t n_tables;
    for (int history = 0; history < 2; history++) {
        if (sandbox_check(a, sql, history, NULL, &tables, &n_tables) != ERR_OK)
            continue;
        for (size_t i = 0; i < n_tables; i++)
            if (!relation_find(tables[i]) && !(history && (str_eq(tables[i], S("commits")) || str_ends(tables[i], S("_history")))))
                abort();
        /* No comment, quoted name, parameter or second statement can be inside. */
        bool text = false;
        for (size_t i = 0; i < n; i++) {
            text ^= sql.p[i] == '\'';
            if (!text && (memchr("\"`[]{}$?@#:\\&~^", sql.p[i], 15) || (i + 1 < n && sql.p[i] == '-' && sql.p[i + 1] == '-')))
                abort();
        }
    }
    return 0;
}
