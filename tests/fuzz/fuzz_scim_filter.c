/* Any text is a filter or refused; a filter written with all its brackets means the same and is written the same again. */
#include "scim/scim.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const char resource[] = "{\"userName\":\"ann\",\"active\":true,\"age\":4,\"emails\":[{\"type\":\"work\",\"value\":\"a@b\"},\"x\"],\"name\":{\"familyName\":\"L\"},"
                               "\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":{\"department\":\"IT\"},\"meta\":{\"created\":\"2026-01-01\"}}";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena  *a = arena_new(64 << 20);
    scim_trouble       t = { 0 }, none = { 0 };
    const scim_filter *first, *again;
    scim_node         *v;
    buf                text = buf_new(a, 1 << 20), twice = buf_new(a, 1 << 20);
    if (!utf8_valid((str){ (const char *)data, n }) || scim_parse(a, str_of(resource), &none, &v) != ERR_OK)
        return 0;
    if (scim_filter_parse(a, (str){ (const char *)data, n }, &t, &first) != ERR_OK) {
        if (t.kind != SCIM_INVALID_FILTER || !t.f.text[0])
            abort();
        return 0;
    }
    scim_filter_text(first, &text);
    if (scim_filter_parse(a, buf_str(&text), &none, &again) != ERR_OK)
        return 0;                        /* brackets were added past the limit on depth or length */
    scim_filter_text(again, &twice);
    if (!str_eq(buf_str(&text), buf_str(&twice)) || scim_matches(first, v) != scim_matches(again, v))
        abort();
    return 0;
}
