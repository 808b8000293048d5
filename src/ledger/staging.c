/* dir/staging: records of what a publication writes, made durable before it is signed. */
#include "ledger/private.h"

/* Bytes of this machine's order: the file never leaves it. */
typedef struct {
    char     magic[8];
    uint64_t n_bytes;                    /* of the whole record */
    uint64_t old_size, size;
    hash32   root;
} header;

typedef struct {
    int32_t  level;
    uint32_t width;
    uint64_t n, n_bytes;
} row;

static const char magic[8] = "staged1\n";

buf staging_begin(arena *a, size_t max)
{
    buf    b = buf_new(a, max);
    header h = { 0 };
    buf_put(&b, &h, sizeof h);
    return b;
}

void staging_add(buf *record, tile_ref t, str bytes)
{
    row r = { t.level, t.width, t.n, bytes.n };
    buf_put(record, &r, sizeof r);
    buf_puts(record, bytes);
}

void staging_end(hasher *h, buf *record, uint64_t old_size, uint64_t size, const hash32 *root)
{
    header head = { .n_bytes = record->n + sizeof(hash32), .old_size = old_size, .size = size, .root = *root };
    memcpy(head.magic, magic, sizeof magic);
    memcpy(record->p, &head, sizeof head);
    hash32 sum = sha256_of(h, record->p, record->n);
    buf_put(record, sum.b, sizeof sum.b);
}

bool staging_parse(hasher *h, str bytes, staged *ret, size_t *ret_n)
{
    header head;
    if (bytes.n < sizeof head + sizeof(hash32))
        return false;
    memcpy(&head, bytes.p, sizeof head);
    if (memcmp(head.magic, magic, sizeof magic) != 0 || head.n_bytes > bytes.n ||
        head.n_bytes < sizeof head + sizeof(hash32) || head.old_size >= head.size || head.size > INT64_MAX)
        return false;
    size_t n = head.n_bytes - sizeof(hash32);
    hash32 sum = sha256_of(h, bytes.p, n);
    if (memcmp(sum.b, bytes.p + n, sizeof sum.b) != 0)
        return false;
    *ret = (staged){ head.old_size, head.size, head.root, str_sub(bytes, sizeof head, n) };
    *ret_n = head.n_bytes;
    return true;
}

bool staging_next(str *rows, tile_ref *ret, str *ret_bytes)
{
    row r;
    if (rows->n < sizeof r)
        return false;
    memcpy(&r, rows->p, sizeof r);
    if (r.level < BUNDLE || r.level >= LEVELS || r.width == 0 || r.width > TILE_WIDTH ||
        r.n_bytes > rows->n - sizeof r)
        return false;
    *ret = (tile_ref){ r.level, r.n, r.width };
    *ret_bytes = str_sub(*rows, sizeof r, sizeof r + r.n_bytes);
    *rows = str_sub(*rows, sizeof r + r.n_bytes, rows->n);
    return true;
}

/* Hashes the entries of a bundle; those beyond the range join it. */
static bool walk_bundle(hasher *h, tile_ref t, str bytes, merkle_range *range, hash32 leaves[TILE_WIDTH])
{
    str      entries[TILE_WIDTH];
    uint64_t first = t.n * TILE_WIDTH;
    if (!bundle_parse(bytes, t.width, entries) || first > range->n)
        return false;
    for (unsigned i = 0; i < t.width; i++) {
        leaves[i] = merkle_leaf(h, entries[i].p, entries[i].n);
        if (first + i == range->n)
            merkle_add(h, range, &leaves[i]);
    }
    return true;
}

bool staging_true(hasher *h, const staged *s, merkle_range *before)
{
    merkle_range range = *before;
    hash32       leaves[TILE_WIDTH];
    tile_ref     t, bundle = { 0 };
    str          bytes, rows = s->rows;
    while (staging_next(&rows, &t, &bytes)) {
        if (t.level == BUNDLE) {
            bundle = t;
            if (!walk_bundle(h, t, bytes, &range, leaves))
                return false;
        } else if (t.level == LEVEL_0) {
            if (t.n != bundle.n || t.width != bundle.width || bytes.n != t.width * sizeof *leaves ||
                memcmp(bytes.p, leaves, bytes.n) != 0)
                return false;
        }
    }
    hash32 root = merkle_root(h, &range);
    if (rows.n || range.n != s->size || !hash32_eq(&root, &s->root))
        return false;
    *before = range;
    return true;
}

err_t staging_apply(const log_dir *d, const staged *s, fault *f)
{
    tile_ref t;
    str      bytes, rows = s->rows;
    while (staging_next(&rows, &t, &bytes))
        TRY(tile_put(d, t, bytes, f));
    return rows.n ? fail(f, ERR_CORRUPT, "%s/staging holds a malformed record", d->path) : ERR_OK;
}
