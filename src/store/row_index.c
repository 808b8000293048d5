/* An index of rows by key for comparing a snapshot with what is current: 128-bit
 * SipHashes under a random key instead of the rows themselves, in chunks that
 * never move, so that a million rows cost about 64 MB. */
#include "internal.h"

enum { CHUNK = 1 << 14 };

/* The tag spares a look at the entry, which is far away in memory, for most that
 * are not the one sought. */
typedef struct {
    uint32_t number;                      /* of the entry, from 1; 0: free */
    uint32_t tag;
} slot;

struct row_index {
    arena    *a;
    DA(row_entry *) chunks;
    size_t    n;
    slot     *slots;
    size_t    n_slots;                    /* a power of two */
    uint64_t  secret[2];
    buf       scratch;
};

row_index *row_index_new(arena *a)
{
    row_index *x = NEW(a, row_index);
    x->a = a;
    x->n_slots = 1024;
    x->slots = NEW_ARRAY(a, slot, x->n_slots);
    x->scratch = buf_new(a, SIZE_MAX / 2);
    random_bytes(x->secret, sizeof x->secret);
    return x;
}

size_t     row_index_count(const row_index *x) { return x->n; }
row_entry *row_index_at(const row_index *x, size_t i) { return &x->chunks.v[i / CHUNK][i % CHUNK]; }

static uint32_t tag_of(hash128 key) { return (uint32_t)(key.b >> 32); }

static slot *find_slot(const row_index *x, hash128 key)
{
    size_t i = key.a & (x->n_slots - 1);
    for (;; i = (i + 1) & (x->n_slots - 1)) {
        slot *at = &x->slots[i];
        if (!at->number)
            return at;
        if (at->tag != tag_of(key))
            continue;
        const row_entry *e = row_index_at(x, at->number - 1);
        if (e->key.a == key.a && e->key.b == key.b)
            return at;
    }
}

row_entry *row_index_find(const row_index *x, hash128 key)
{
    const slot *at = find_slot(x, key);
    return at->number ? row_index_at(x, at->number - 1) : NULL;
}

static void resize(row_index *x, size_t n_slots)
{
    assert(x->n < UINT32_MAX / 2);
    x->n_slots = n_slots;
    x->slots = NEW_ARRAY(x->a, slot, x->n_slots);
    for (size_t i = 0; i < x->n; i++) {
        hash128 key = row_index_at(x, i)->key;
        *find_slot(x, key) = (slot){ (uint32_t)i + 1, tag_of(key) };
    }
}

void row_index_reserve(row_index *x, size_t n)
{
    size_t want = x->n_slots;
    while (n > want / 4 * 3)
        want *= 2;
    if (want > x->n_slots)
        resize(x, want);
}

row_entry *row_index_put(row_index *x, hash128 key, bool *ret_new)
{
    slot *at = find_slot(x, key);
    *ret_new = !at->number;
    if (at->number)
        return row_index_at(x, at->number - 1);
    if (x->n + 1 > x->n_slots / 4 * 3) {
        resize(x, 2 * x->n_slots);
        at = find_slot(x, key);
    }
    if (x->n % CHUNK == 0)
        da_push(x->a, &x->chunks) = NEW_ARRAY(x->a, row_entry, CHUNK);
    row_entry *e = row_index_at(x, x->n);
    e->key = key;
    *at = (slot){ (uint32_t)++x->n, tag_of(key) };
    return e;
}

/* Kind and length before each value, so that no two rows read the same. */
static hash128 hash_values(row_index *x, const value *v, size_t n)
{
    hash128 out;
    buf    *b = &x->scratch;
    buf_clear(b);
    for (size_t i = 0; i < n; i++) {
        struct { uint8_t kind; uint32_t n; } __attribute__((packed)) head = { (uint8_t)v[i].kind, (uint32_t)v[i].s.n };
        if (v[i].kind == V_TEXT) {
            buf_put(b, &head, sizeof head);
            buf_put(b, v[i].s.p, v[i].s.n);
        } else {
            buf_put(b, &head.kind, 1);
            if (v[i].kind == V_INT)
                buf_put(b, &v[i].i, sizeof v[i].i);
        }
    }
    siphash128(x->secret, b->p, b->n, (uint64_t *)&out);
    return out;
}

hash128 row_index_key(row_index *x, const relation *r, const value *row)
{
    return hash_values(x, row, relation_keys(r));
}

/* Key fields are not in it: rows that are compared have the same. */
hash128 row_index_content(row_index *x, const relation *r, const value *row)
{
    size_t keys = relation_keys(r);
    return hash_values(x, row + keys, r->n_fields - keys);
}
