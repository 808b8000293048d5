/* The sealed form:
 *   8   "ATTBLOB1"
 *   16  id of the key
 *   24  header of libsodium's secretstream (XChaCha20-Poly1305)
 *   8   first bytes of the SHA-256 of what stands before
 *   ... frames: 64 KiB of a zstd frame, sealed; the last is shorter or equal and tagged FINAL
 * Every frame is bound to the digest, so that one blob cannot stand for another. */
#include "blob/parts.h"

enum { MAGIC = 8, KEY_ID = 16, STREAM = crypto_secretstream_xchacha20poly1305_HEADERBYTES, CHECK = 8,
       HEADER = MAGIC + KEY_ID + STREAM + CHECK, FRAME = 64 << 10, SEALED_FRAME = FRAME + crypto_secretstream_xchacha20poly1305_ABYTES,
       LEVEL = 3 };

static const char magic[MAGIC + 1] = "ATTBLOB1";

static void header_check(const uint8_t *head, uint8_t ret[CHECK])
{
    auto_hasher hasher *h = hasher_new();
    hash32              sum = sha256_of(h, head, HEADER - CHECK);
    memcpy(ret, sum.b, CHECK);
}

static str compressed(const blob_libs *l, arena *a, str bytes)
{
    size_t room = l->ZSTD_compressBound(bytes.n);
    char  *p = arena_alloc(a, room, 1);
    size_t n = l->ZSTD_compress(p, room, bytes.p, bytes.n, LEVEL);
    assert(!l->ZSTD_isError(n));          /* with that much room it cannot fail */
    return (str){ p, n };
}

str seal(const blob_libs *l, arena *a, const blob_key *k, const hash32 *digest, str bytes)
{
    crypto_secretstream_xchacha20poly1305_state st;
    str      packed = compressed(l, a, bytes);
    size_t   frames = packed.n ? (packed.n + FRAME - 1) / FRAME : 1;
    uint8_t *out = arena_alloc(a, HEADER + packed.n + frames * (SEALED_FRAME - FRAME), 1), *at = out + HEADER;
    memcpy(out, magic, MAGIC);
    memcpy(out + MAGIC, k->id, KEY_ID);
    l->crypto_secretstream_xchacha20poly1305_init_push(&st, out + MAGIC + KEY_ID, k->b);
    header_check(out, out + HEADER - CHECK);
    for (size_t i = 0; i < frames; i++) {
        str     part = str_sub(packed, i * FRAME, (i + 1) * FRAME);
        uint8_t tag = i + 1 == frames ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
        l->crypto_secretstream_xchacha20poly1305_push(&st, at, NULL, (const uint8_t *)part.p, part.n, digest->b, sizeof digest->b, tag);
        at += part.n + SEALED_FRAME - FRAME;
    }
    l->sodium_memzero(&st, sizeof st);
    return (str){ (char *)out, (size_t)(at - out) };
}

/* The zstd frame out of the sealed frames; every byte must be accounted for. */
static bool open_frames(const blob_libs *l, arena *a, const blob_key *k, const hash32 *digest, str sealed, str *ret)
{
    crypto_secretstream_xchacha20poly1305_state st;
    const uint8_t *head = (const uint8_t *)sealed.p;
    str            rest = str_sub(sealed, HEADER, sealed.n);
    uint8_t       *out = arena_alloc(a, rest.n + 1, 1), tag = 0;
    size_t         n = 0;
    bool           good = l->crypto_secretstream_xchacha20poly1305_init_pull(&st, head + MAGIC + KEY_ID, k->b) == 0;
    while (good && rest.n && tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL) {
        str                frame = str_sub(rest, 0, SEALED_FRAME);
        unsigned long long got = 0;
        good = frame.n > SEALED_FRAME - FRAME &&
               l->crypto_secretstream_xchacha20poly1305_pull(&st, out + n, &got, &tag, (const uint8_t *)frame.p, frame.n, digest->b,
                                                             sizeof digest->b) == 0;
        n += (size_t)got;
        rest = str_sub(rest, frame.n, rest.n);
    }
    l->sodium_memzero(&st, sizeof st);
    *ret = (str){ (char *)out, n };
    return good && !rest.n && tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
}

static bool expanded(const blob_libs *l, arena *a, str packed, str *ret)
{
    unsigned long long size = l->ZSTD_getFrameContentSize(packed.p, packed.n);
    if (size > BLOB_BYTES_MAX)            /* unknown and wrong are very large numbers */
        return false;
    char  *p = arena_alloc(a, (size_t)size + 1, 1);
    size_t n = l->ZSTD_decompress(p, (size_t)size, packed.p, packed.n);
    *ret = (str){ p, (size_t)size };
    return !l->ZSTD_isError(n) && n == size;
}

seal_verdict unseal(const blob_libs *l, arena *a, const blob_key *k, const hash32 *digest, str sealed, str *ret)
{
    auto_hasher hasher *h = hasher_new();
    uint8_t             check[CHECK];
    str                 packed;
    if (sealed.n < HEADER || memcmp(sealed.p, magic, MAGIC) != 0)
        return SEAL_DAMAGED;
    header_check((const uint8_t *)sealed.p, check);
    if (memcmp(check, sealed.p + HEADER - CHECK, CHECK) != 0)
        return SEAL_DAMAGED;
    if (memcmp(sealed.p + MAGIC, k->id, KEY_ID) != 0)
        return SEAL_OTHER_KEY;
    if (!open_frames(l, a, k, digest, sealed, &packed) || !expanded(l, a, packed, ret))
        return SEAL_DAMAGED;
    hash32 have = sha256_of(h, ret->p, ret->n);
    return hash32_eq(&have, digest) ? SEAL_GOOD : SEAL_DAMAGED;
}
