/* blob/parts.h - private to the room: the libraries, the key, the sealed form. */
#ifndef BLOB_PARTS_H
#define BLOB_PARTS_H

#include "blob/blob.h"

#include <sodium.h>
#include <zstd.h>

#define SODIUM_FUNCTIONS(X)                                                                                   \
    X(sodium_init) X(sodium_memzero) X(crypto_secretstream_xchacha20poly1305_init_push)                       \
    X(crypto_secretstream_xchacha20poly1305_push) X(crypto_secretstream_xchacha20poly1305_init_pull)          \
    X(crypto_secretstream_xchacha20poly1305_pull)
#define ZSTD_FUNCTIONS(X) X(ZSTD_compress) X(ZSTD_compressBound) X(ZSTD_decompress) X(ZSTD_isError) X(ZSTD_getFrameContentSize)

typedef struct {
#define X(name) __typeof__(name) *name;
    SODIUM_FUNCTIONS(X)
    ZSTD_FUNCTIONS(X)
#undef X
} blob_libs;

err_t libs_load(blob_libs *ret, fault *f) MUST_USE;

typedef struct {
    uint8_t b[crypto_secretstream_xchacha20poly1305_KEYBYTES];
    uint8_t id[16];           /* says which key it is, and nothing of it */
} blob_key;

/* Makes the file when there is none and `make`; never over another. */
err_t key_load(const char *path, bool make, fault *f, blob_key *ret) MUST_USE;

typedef enum { SEAL_GOOD, SEAL_OTHER_KEY, SEAL_DAMAGED } seal_verdict;

str          seal(const blob_libs *l, arena *a, const blob_key *k, const hash32 *digest, str bytes) MUST_USE;
seal_verdict unseal(const blob_libs *l, arena *a, const blob_key *k, const hash32 *digest, str sealed, str *ret) MUST_USE;

#endif
