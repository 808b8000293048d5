/* A tile's path has one spelling; a bundle that is read is its entries and
 * nothing else; staged rows stay inside their record. */
#include "ledger/private.h"

static void check_path(str path)
{
    tile_ref t;
    char     again[TILE_PATH_BYTES];
    if (!tile_path_parse(path, &t))
        return;
    tile_path(t, again);
    if (!str_eq(path, str_of(again)) || t.level < BUNDLE || t.level > 63 || t.width == 0 || t.width > TILE_WIDTH)
        abort();
}

static void check_bundle(str bytes, unsigned width)
{
    str    entries[TILE_WIDTH];
    size_t n = 0;
    if (!bundle_parse(bytes, width, entries))
        return;
    for (unsigned i = 0; i < width; i++)
        n += 2 + entries[i].n;
    if (n != bytes.n)
        abort();
}

static void check_staging(hasher *h, str bytes)
{
    staged   s;
    size_t   n;
    tile_ref t;
    str      row, rows = bytes;
    while (staging_next(&rows, &t, &row))
        if (row.p < bytes.p || row.p + row.n > bytes.p + bytes.n)
            abort();
    merkle_range range = { 0 };
    if (!staging_parse(h, bytes, &s, &n))
        return;
    if (n > bytes.n || (staging_true(h, &s, &range) && range.n != s.size))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_hasher hasher *h = hasher_new();
    if (n == 0)
        return 0;
    str rest = { (const char *)data + 1, n - 1 };
    check_path(rest);
    check_bundle(rest, data[0] ? data[0] : TILE_WIDTH);
    check_staging(h, rest);
    return 0;
}
