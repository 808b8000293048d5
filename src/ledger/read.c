/* Entries and proofs out of the files of a log; no lock, no key. */
#include "ledger/private.h"

#include <errno.h>
#include <unistd.h>

typedef struct {
    arena  *a;                           /* for tiles read on the way */
    hasher *h;
    log_dir dir;
    uint64_t size;
} reader;

static err_t hash_at(const reader *r, int level, uint64_t first, uint64_t n, fault *f, hash32 *ret)
{
    auto_arena arena *a = arena_new(64 << 10);
    const hash32     *hashes;
    tile_ref          t = { level, first / TILE_WIDTH, 0 };
    merkle_range      range = { 0 };
    t.width = tile_width(r->size, level, t.n);
    assert(first % TILE_WIDTH + n <= t.width);
    TRY(tile_read(a, &r->dir, t, f, &hashes));
    for (uint64_t i = 0; i < n; i++)
        merkle_add(r->h, &range, &hashes[first % TILE_WIDTH + i]);
    *ret = merkle_root(r->h, &range);
    return ERR_OK;
}

/* MTH(D[from:to]) where `from` is a multiple of the largest power of two in the
 * length, as all subtrees of RFC 6962 are. */
static err_t subtree(const reader *r, uint64_t from, uint64_t to, fault *f, hash32 *ret)
{
    merkle_range range = { .n = to - from };
    for (int bit = 63, top = 0; bit >= 0; bit--) {
        uint64_t n = UINT64_C(1) << bit;
        if (!(range.n & n))
            continue;
        TRY(hash_at(r, bit / 8, from >> bit / 8 * 8, UINT64_C(1) << bit % 8, f, &range.edge[top++]));
        from += n;
    }
    *ret = merkle_root(r->h, &range);
    return ERR_OK;
}

/* The largest power of two below n. */
static uint64_t split_of(uint64_t n)
{
    assert(n > 1);
    return UINT64_C(1) << (63 - __builtin_clzll(n - 1));
}

/* Both proofs are the siblings met on the way down, the deepest first. */
typedef struct {
    uint64_t from, to;
} span;

static err_t hash_spans(const reader *r, const span *spans, size_t n, fault *f, hash32 *ret)
{
    for (size_t i = 0; i < n; i++)
        TRY(subtree(r, spans[n - 1 - i].from, spans[n - 1 - i].to, f, &ret[i]));
    return ERR_OK;
}

static size_t path_spans(uint64_t size, uint64_t index, span ret[64])
{
    span   at = { 0, size };
    size_t n = 0;
    while (at.to - at.from > 1) {
        uint64_t middle = at.from + split_of(at.to - at.from);
        if (index < middle) {
            ret[n++] = (span){ middle, at.to };
            at.to = middle;
        } else {
            ret[n++] = (span){ at.from, middle };
            at.from = middle;
        }
    }
    return n;
}

static size_t consistency_spans(uint64_t old_size, uint64_t size, span ret[65])
{
    span   at = { 0, size };
    size_t n = 0;
    while (at.to != old_size) {
        uint64_t middle = at.from + split_of(at.to - at.from);
        if (old_size <= middle) {
            ret[n++] = (span){ middle, at.to };
            at.to = middle;
        } else {
            ret[n++] = (span){ at.from, middle };
            at.from = middle;
        }
    }
    if (at.from != 0)
        ret[n++] = at;                   /* else the old root itself, which the reader has */
    return n;
}

static err_t reader_open(arena *a, hasher *h, const char *dir, uint64_t size, fault *f, reader *ret)
{
    *ret = (reader){ .a = a, .h = h, .size = size };
    return log_dir_open(dir, f, &ret->dir);
}

err_t log_entry(arena *a, const char *dir, uint64_t size, uint64_t index, fault *f, str *ret_entry)
{
    auto_arena arena   *scratch = arena_new(BUNDLE_MAX_BYTES + (1 << 20));
    auto_hasher hasher *h = hasher_new();
    reader              r;
    str                 entries[TILE_WIDTH];
    hash32              logged;
    if (index >= size)
        return fail(f, ERR_NOT_FOUND, "the log has %llu entries; there is no number %llu (the first is 0)",
                    (unsigned long long)size, (unsigned long long)index);
    TRY(reader_open(scratch, h, dir, size, f, &r));
    auto_fd int fd = r.dir.fd;
    assert(fd >= 0);
    uint64_t n = index / TILE_WIDTH;
    TRY(bundle_read(scratch, &r.dir, (tile_ref){ BUNDLE, n, tile_width(size, BUNDLE, n) }, f, entries));
    TRY(hash_at(&r, 0, index, 1, f, &logged));
    str    entry = entries[index % TILE_WIDTH];
    hash32 leaf = merkle_leaf(h, entry.p, entry.n);
    if (!hash32_eq(&leaf, &logged))
        return fail(f, ERR_CORRUPT, "entry %llu of the log in %s is not the one whose hash was logged",
                    (unsigned long long)index, dir);
    *ret_entry = str_dup(a, entry);
    return ERR_OK;
}

err_t log_prove(arena *a, hasher *h, const char *dir, uint64_t index, str checkpoint_note, fault *f, tlog_proof *ret)
{
    checkpoint c;
    reader     r;
    span       spans[64];
    hash32     leaf;
    TRY(checkpoint_of_note(a, checkpoint_note, f, &c));
    if (index >= c.size)
        return fail(f, ERR_NOT_FOUND, "the checkpoint is of %llu entries; there is no number %llu (the first is 0)",
                    (unsigned long long)c.size, (unsigned long long)index);
    TRY(reader_open(a, h, dir, c.size, f, &r));
    auto_fd int fd = r.dir.fd;
    assert(fd >= 0);
    tlog_proof p = { .index = index, .n_path = path_spans(c.size, index, spans) };
    p.path = NEW_ARRAY(a, hash32, p.n_path + 1);
    TRY(hash_spans(&r, spans, p.n_path, f, p.path));
    TRY(hash_at(&r, 0, index, 1, f, &leaf));
    if (!merkle_included(h, &leaf, index, c.size, p.path, p.n_path, &c.root))
        return fail(f, ERR_CORRUPT, "the tiles in %s do not lead from entry %llu to the root of its checkpoint; "
                    "verify the log", dir, (unsigned long long)index);
    p.checkpoint_note = str_dup(a, checkpoint_note);
    *ret = p;
    return ERR_OK;
}

err_t log_consistency(arena *a, hasher *h, const char *dir, uint64_t old_size, uint64_t size,
                      fault *f, hash32 **ret_proof, size_t *ret_n)
{
    reader r;
    span   spans[65];
    if (old_size == 0 || old_size > size)
        return fail(f, ERR_INVALID, "there is no consistency proof from %llu to %llu entries",
                    (unsigned long long)old_size, (unsigned long long)size);
    TRY(reader_open(a, h, dir, size, f, &r));
    auto_fd int fd = r.dir.fd;
    assert(fd >= 0);
    size_t  n = consistency_spans(old_size, size, spans);
    hash32 *proof = NEW_ARRAY(a, hash32, n + 1);
    TRY(hash_spans(&r, spans, n, f, proof));
    *ret_proof = proof;
    *ret_n = n;
    return ERR_OK;
}
