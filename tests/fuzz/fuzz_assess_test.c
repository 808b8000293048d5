/* A test's file that is read is sound: its query can be rendered again and is
 * accepted again, and its id fits its path. */
#include "assess/assess.h"

static const criterion cc61 = { .id = { "CC6.1", 5 } };
static const control   one = { .id = { "AC-03", 5 }, .title = { "t", 1 } };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(512 << 20);
    const content c = { .criteria = &cc61, .n_criteria = 1, .controls = &one, .n_controls = 1 };
    control_test  t;
    fault         f = { 0 };
    str          *tables;
    size_t        n_tables;
    if (test_parse(a, &c, S("content/tests/access/mfa.sql"), (str){ (const char *)data, n }, &f, &t) != ERR_OK) {
        if (!utf8_valid(str_of(f.text)) || f.text[0] == '\0')
            abort();
        return 0;
    }
    if (!str_eq(t.id, S("access.mfa")) || t.n_needs == 0 || t.n_controls == 0)
        abort();
    for (size_t i = 0; i < t.n_params; i++)
        if (test_set_param(a, &t, t.params[i].name, INT64_MIN, NULL) != ERR_OK)
            abort();
    if (sandbox_check(a, t.sql, false, &f, &tables, &n_tables) != ERR_OK)
        abort();
    return 0;
}
