#include "ledger/ledger.h"

hash32 merkle_leaf(hasher *h, const void *entry, size_t n)
{
    uint8_t bytes[512];                 /* one call to the digest instead of two, for all usual entries */
    bytes[0] = 0x00;
    if (n < sizeof bytes) {
        if (n)
            memcpy(bytes + 1, entry, n);
        return sha256_of(h, bytes, n + 1);
    }
    sha256_begin(h);
    sha256_add(h, bytes, 1);
    sha256_add(h, entry, n);
    return sha256_end(h);
}

hash32 merkle_node(hasher *h, const hash32 *left, const hash32 *right)
{
    uint8_t bytes[65];                  /* one call to the digest here as well */
    bytes[0] = 0x01;
    memcpy(bytes + 1, left->b, 32);
    memcpy(bytes + 33, right->b, 32);
    return sha256_of(h, bytes, sizeof bytes);
}

void merkle_add(hasher *h, merkle_range *r, const hash32 *leaf)
{
    assert(r->n < UINT64_MAX);
    int    top = __builtin_popcountll(r->n);
    hash32 hash = *leaf;
    for (uint64_t bits = r->n; bits & 1; bits >>= 1)
        hash = merkle_node(h, &r->edge[--top], &hash);
    r->edge[top] = hash;
    r->n++;
}

hash32 merkle_root(hasher *h, const merkle_range *r)
{
    int top = __builtin_popcountll(r->n);
    if (top == 0)
        return sha256_of(h, "", 0);
    hash32 root = r->edge[--top];
    while (top > 0)
        root = merkle_node(h, &r->edge[--top], &root);
    return root;
}

/* Halves a level in place; an odd last hash moves up as it is. */
static size_t level_up(hasher *h, hash32 *level, size_t n)
{
    for (size_t i = 0; i + 1 < n; i += 2)
        level[i / 2] = merkle_node(h, &level[i], &level[i + 1]);
    if (n & 1)
        level[n / 2] = level[n - 1];
    return n / 2 + (n & 1);
}

void merkle_path(arena *a, hasher *h, const hash32 *leaves, size_t n, size_t index,
                 hash32 **ret_path, size_t *ret_n)
{
    assert(index < n);
    auto_arena arena *scratch = arena_new(n * sizeof *leaves + (64 << 10));
    hash32           *level = NEW_ARRAY(scratch, hash32, n);
    hash32           *path = NEW_ARRAY(a, hash32, 64);
    size_t            path_n = 0;
    memcpy(level, leaves, n * sizeof *leaves);
    for (; n > 1; index /= 2) {
        size_t sibling = index ^ 1;
        if (sibling < n)
            path[path_n++] = level[sibling];
        n = level_up(h, level, n);
    }
    *ret_path = path;
    *ret_n = path_n;
}

static bool same(const hash32 *a, const hash32 *b) { return memcmp(a->b, b->b, sizeof a->b) == 0; }

/* Where a walk from a leaf to the root stands: position and last position of
 * its level.  A node without a right sibling skips the levels it is alone on. */
typedef struct {
    uint64_t at, last;
} climb;

static bool from_left(const climb *c) { return c->at & 1 || c->at == c->last; }

static void climb_up(climb *c)
{
    if (from_left(c)) {
        while (!(c->at & 1) && c->at) {
            c->at >>= 1;
            c->last >>= 1;
        }
    }
    c->at >>= 1;
    c->last >>= 1;
}

bool merkle_included(hasher *h, const hash32 *leaf, uint64_t index, uint64_t size,
                     const hash32 *path, size_t n, const hash32 *root)
{
    if (index >= size)
        return false;
    climb  c = { index, size - 1 };
    hash32 hash = *leaf;
    for (size_t i = 0; i < n; i++) {
        if (c.last == 0)
            return false;
        hash = from_left(&c) ? merkle_node(h, &path[i], &hash) : merkle_node(h, &hash, &path[i]);
        climb_up(&c);
    }
    return c.last == 0 && same(&hash, root);
}

bool merkle_consistent(hasher *h, uint64_t old_size, uint64_t size, const hash32 *proof, size_t n,
                       const hash32 *old_root, const hash32 *root)
{
    if (old_size == 0 || old_size > size)
        return false;
    if (old_size == size)
        return n == 0 && same(old_root, root);
    bool          whole = (old_size & (old_size - 1)) == 0;    /* the old tree is one subtree of the new */
    const hash32 *first = whole ? old_root : proof;
    size_t        at = whole ? 0 : 1;
    if (n == 0)
        return false;
    climb c = { old_size - 1, size - 1 };
    while (c.at & 1) {
        c.at >>= 1;
        c.last >>= 1;
    }
    hash32 old_hash = *first, hash = *first;
    for (; at < n; at++) {
        if (c.last == 0)
            return false;
        if (from_left(&c)) {
            old_hash = merkle_node(h, &proof[at], &old_hash);
            hash = merkle_node(h, &proof[at], &hash);
        } else {
            hash = merkle_node(h, &hash, &proof[at]);
        }
        climb_up(&c);
    }
    return c.last == 0 && same(&old_hash, old_root) && same(&hash, root);
}
