#include "base/base.h"

#define ROTL(x, n) (((x) << (n)) | ((x) >> (64 - (n))))

static inline void sip_round(uint64_t v[4])
{
    v[0] += v[1]; v[1] = ROTL(v[1], 13); v[1] ^= v[0]; v[0] = ROTL(v[0], 32);
    v[2] += v[3]; v[3] = ROTL(v[3], 16); v[3] ^= v[2];
    v[0] += v[3]; v[3] = ROTL(v[3], 21); v[3] ^= v[0];
    v[2] += v[1]; v[1] = ROTL(v[1], 17); v[1] ^= v[2]; v[2] = ROTL(v[2], 32);
}

static uint64_t load64(const unsigned char *p)
{
    uint64_t x;
    memcpy(&x, p, 8);
    return x;                            /* little endian machines only, checked in meson */
}

/* SipHash-2-4 (Aumasson, Bernstein 2012), with 8 or 16 bytes of output. */
static void sip(uint64_t k0, uint64_t k1, const void *data, size_t n, uint64_t *ret, bool wide)
{
    const unsigned char *p = data;
    uint64_t v[4] = { k0 ^ 0x736f6d6570736575u, k1 ^ 0x646f72616e646f6du,
                      k0 ^ 0x6c7967656e657261u, k1 ^ 0x7465646279746573u };
    if (wide)
        v[1] ^= 0xee;
    size_t left = n;
    for (; left >= 8; left -= 8, p += 8) {
        uint64_t m = load64(p);
        v[3] ^= m;
        sip_round(v);
        sip_round(v);
        v[0] ^= m;
    }
    uint64_t last = (uint64_t)n << 56;
    for (size_t i = 0; i < left; i++)
        last |= (uint64_t)p[i] << (8 * i);
    v[3] ^= last;
    sip_round(v);
    sip_round(v);
    v[0] ^= last;
    v[2] ^= wide ? 0xee : 0xff;
    for (int i = 0; i < 4; i++)
        sip_round(v);
    ret[0] = v[0] ^ v[1] ^ v[2] ^ v[3];
    if (!wide)
        return;
    v[1] ^= 0xdd;
    for (int i = 0; i < 4; i++)
        sip_round(v);
    ret[1] = v[0] ^ v[1] ^ v[2] ^ v[3];
}

uint64_t siphash64(uint64_t k0, uint64_t k1, const void *p, size_t n)
{
    uint64_t h[2];
    sip(k0, k1, p, n, h, false);
    return h[0];
}

void siphash128(const uint64_t key[2], const void *p, size_t n, uint64_t ret[2])
{
    sip(key[0], key[1], p, n, ret, true);
}

map map_new(arena *a)
{
    map m = { .a = a };
    random_bytes(&m.k0, sizeof m.k0);
    random_bytes(&m.k1, sizeof m.k1);
    return m;
}

static map_entry *find(const map *m, str key)
{
    size_t i = siphash64(m->k0, m->k1, key.p, key.n) & (m->cap - 1);
    while (m->entries[i].key.p && !str_eq(m->entries[i].key, key))
        i = (i + 1) & (m->cap - 1);
    return &m->entries[i];
}

void *map_get(const map *m, str key)
{
    return m->cap ? find(m, key)->value : NULL;
}

static void grow(map *m)
{
    map old = *m;
    m->cap = old.cap ? old.cap * 2 : 16;
    m->entries = NEW_ARRAY(m->a, map_entry, m->cap);
    for (size_t i = 0; i < old.cap; i++)
        if (old.entries[i].key.p)
            *find(m, old.entries[i].key) = old.entries[i];
}

void **map_put(map *m, str key)
{
    if (m->n * 4 >= m->cap * 3)
        grow(m);
    map_entry *e = find(m, key);
    if (!e->key.p) {
        e->key = key.p ? key : S("");
        m->n++;
    }
    return &e->value;
}
