#include "base/base.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sys/random.h>

/* One fetched digest and one context, reused: fetching anew for every hash, as
 * the one-shot SHA256() of OpenSSL 3.0 does, costs three times the hashing. */
struct hasher {
    EVP_MD     *md;
    EVP_MD_CTX *ctx;
};

hasher *hasher_new(void)
{
    hasher *h = calloc(1, sizeof *h);
    if (!h)
        abort();
    h->md = EVP_MD_fetch(NULL, "SHA256", NULL);
    h->ctx = EVP_MD_CTX_new();
    if (!h->md || !h->ctx || EVP_DigestInit_ex(h->ctx, h->md, NULL) != 1)
        abort();
    return h;
}

void hasher_free(hasher *h)
{
    if (!h)
        return;
    EVP_MD_CTX_free(h->ctx);
    EVP_MD_free(h->md);
    free(h);
}

void sha256_begin(hasher *h)
{
    if (EVP_DigestInit_ex(h->ctx, NULL, NULL) != 1)
        abort();
}

void sha256_add(hasher *h, const void *p, size_t n)
{
    if (EVP_DigestUpdate(h->ctx, p, n) != 1)
        abort();
}

hash32 sha256_end(hasher *h)
{
    hash32   out;
    unsigned n = 0;
    if (EVP_DigestFinal_ex(h->ctx, out.b, &n) != 1 || n != sizeof out.b)
        abort();
    return out;
}

hash32 sha256_of(hasher *h, const void *p, size_t n)
{
    sha256_begin(h);
    sha256_add(h, p, n);
    return sha256_end(h);
}

/* RFC 2104. */
hash32 hmac_sha256(hasher *h, const void *key, size_t key_n, const void *p, size_t n)
{
    uint8_t pad[64] = { 0 };
    if (key_n > sizeof pad) {
        hash32 short_key = sha256_of(h, key, key_n);
        memcpy(pad, short_key.b, sizeof short_key.b);
    } else if (key_n) {
        memcpy(pad, key, key_n);
    }
    for (size_t i = 0; i < sizeof pad; i++)
        pad[i] ^= 0x36;
    sha256_begin(h);
    sha256_add(h, pad, sizeof pad);
    sha256_add(h, p, n);
    hash32 inner = sha256_end(h);
    for (size_t i = 0; i < sizeof pad; i++)
        pad[i] ^= 0x36 ^ 0x5c;
    sha256_begin(h);
    sha256_add(h, pad, sizeof pad);
    sha256_add(h, inner.b, sizeof inner.b);
    return sha256_end(h);
}

bool hash32_eq(const hash32 *a, const hash32 *b)
{
    return CRYPTO_memcmp(a->b, b->b, sizeof a->b) == 0;
}

void random_bytes(void *p, size_t n)
{
    char *at = p;
    while (n) {
        ssize_t got = getrandom(at, n, 0);
        if (got < 0 && errno != EINTR)
            abort();
        if (got > 0) {
            at += got;
            n -= (size_t)got;
        }
    }
}
