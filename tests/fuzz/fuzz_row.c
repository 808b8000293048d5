/* A row that is read is valid, and reads the same from its own JSON. */
#include "model/model.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(64 << 20);
    const relation   *r = relation_find(S("account"));
    value             row[RELATION_FIELDS_MAX], again[RELATION_FIELDS_MAX];
    if (row_parse(r, (str){ (const char *)data, n }, a, NULL, row) != ERR_OK)
        return 0;
    buf b = buf_new(a, 16 << 20);
    row_json(r, row, false, a, &b);
    if (row_parse(r, buf_str(&b), a, NULL, again) != ERR_OK)
        abort();
    for (size_t i = 0; i < r->n_fields; i++)
        if (!value_eq(&row[i], &again[i]))
            abort();
    return 0;
}
