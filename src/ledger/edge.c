/* The right edge of the tree: what grows, until it fills a tile. */
#include "ledger/private.h"

tree_edge *edge_new(arena *a)
{
    tree_edge *e = NEW(a, tree_edge);
    e->bundle = buf_new(a, BUNDLE_MAX_BYTES);
    return e;
}

static str hashes_as_bytes(const hash32 *hashes, unsigned n)
{
    return (str){ (const char *)hashes, n * sizeof *hashes };
}

static unsigned width_at(uint64_t size, int level) { return (unsigned)(size >> 8 * level) % TILE_WIDTH; }

static void add_to_bundle(tree_edge *e, str entry)
{
    uint8_t n[2] = { (uint8_t)(entry.n >> 8), (uint8_t)entry.n };
    buf_put(&e->bundle, n, sizeof n);
    buf_puts(&e->bundle, entry);
    assert(!e->bundle.overflow);
}

/* Tile `level` has just been filled. */
static err_t put_full(hasher *h, tree_edge *e, int level, const tile_sink *out, fault *f)
{
    uint64_t n = (e->size >> 8 * (level + 1)) - 1;
    if (level == 0) {
        TRY(out->put(out->arg, (tile_ref){ BUNDLE, n, TILE_WIDTH }, buf_str(&e->bundle), f));
        buf_clear(&e->bundle);
    }
    TRY(out->put(out->arg, (tile_ref){ level, n, TILE_WIDTH }, hashes_as_bytes(e->tile[level], TILE_WIDTH), f));
    e->tile[level + 1][n % TILE_WIDTH] = tile_root(h, e->tile[level]);
    return ERR_OK;
}

err_t edge_add(hasher *h, tree_edge *e, str entry, const tile_sink *out, fault *f)
{
    assert(entry.n <= ENTRY_MAX_BYTES && e->size < INT64_MAX);
    e->tile[0][e->size % TILE_WIDTH] = merkle_leaf(h, entry.p, entry.n);
    add_to_bundle(e, entry);
    e->size++;
    for (int level = 0; level < LEVELS - 1 && width_at(e->size, level) == 0; level++)
        TRY(put_full(h, e, level, out, f));
    return ERR_OK;
}

err_t edge_put_partials(const tree_edge *e, uint64_t old_size, const tile_sink *out, fault *f)
{
    for (int level = 0; level < LEVELS; level++) {
        uint64_t n = level + 1 < LEVELS ? e->size >> 8 * (level + 1) : 0;
        unsigned width = width_at(e->size, level);
        if (width == 0 || tile_width(old_size, level, n) == width)
            continue;
        if (level == 0)
            TRY(out->put(out->arg, (tile_ref){ BUNDLE, n, width }, buf_str(&e->bundle), f));
        TRY(out->put(out->arg, (tile_ref){ level, n, width }, hashes_as_bytes(e->tile[level], width), f));
    }
    return ERR_OK;
}

merkle_range edge_range(hasher *h, const tree_edge *e)
{
    merkle_range all = { .n = e->size };
    int          top = 0;
    for (int level = LEVELS - 1; level >= 0; level--) {
        merkle_range part = { 0 };
        unsigned     width = width_at(e->size, level);
        for (unsigned i = 0; i < width; i++)
            merkle_add(h, &part, &e->tile[level][i]);
        for (int i = 0; i < __builtin_popcount(width); i++)
            all.edge[top++] = part.edge[i];
    }
    return all;
}

static err_t load_bundle(hasher *h, const log_dir *d, tile_ref t, tree_edge *e, fault *f)
{
    auto_arena arena *a = arena_new(BUNDLE_MAX_BYTES + (1 << 20));
    str               entries[TILE_WIDTH];
    char              path[TILE_PATH_BYTES];
    TRY(bundle_read(a, d, t, f, entries));
    for (unsigned i = 0; i < t.width; i++) {
        hash32 leaf = merkle_leaf(h, entries[i].p, entries[i].n);
        if (!hash32_eq(&leaf, &e->tile[0][i])) {
            tile_path(t, path);
            return fail(f, ERR_CORRUPT, "entry %llu in %s/%s is not the one whose hash was logged",
                        (unsigned long long)(t.n * TILE_WIDTH + i), d->path, path);
        }
        add_to_bundle(e, entries[i]);
    }
    return ERR_OK;
}

err_t edge_load(hasher *h, const log_dir *d, uint64_t size, tree_edge *e, fault *f)
{
    e->size = size;
    buf_clear(&e->bundle);
    for (int level = 0; level < LEVELS; level++) {
        auto_arena arena *a = arena_new(64 << 10);
        const hash32     *hashes;
        tile_ref          t = { level, level + 1 < LEVELS ? size >> 8 * (level + 1) : 0, width_at(size, level) };
        if (t.width == 0)
            continue;
        TRY(tile_read(a, d, t, f, &hashes));
        memcpy(e->tile[level], hashes, t.width * sizeof *hashes);
    }
    tile_ref bundle = { BUNDLE, size / TILE_WIDTH, width_at(size, 0) };
    return bundle.width ? load_bundle(h, d, bundle, e, f) : ERR_OK;
}

err_t drop_covered(const log_dir *d, uint64_t old_size, uint64_t size, fault *f)
{
    for (int level = 0; level < LEVELS - 1; level++) {
        uint64_t n = old_size >> 8 * (level + 1);
        if (tile_width(old_size, level, n) == 0 || tile_width(size, level, n) != TILE_WIDTH)
            continue;
        TRY(tile_drop_partials(d, level, n, f));
        if (level == 0)
            TRY(tile_drop_partials(d, BUNDLE, n, f));
    }
    return ERR_OK;
}
