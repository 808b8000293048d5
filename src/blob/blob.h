/*
 * blob/blob.h - files of evidence: named by the SHA-256 of their bytes,
 * compressed, sealed with the workspace's key.
 *
 * A file is there whole or not at all, and the same bytes are kept once. What is
 * read back has been decrypted, decompressed and hashed again: it is what was put
 * there. blobs/ab/ab12... holds: header, then frames of 64 KiB (sealed.c).
 * Depends on: base; libsodium and libzstd, loaded at first use.
 * Threads: a store of blobs belongs to one thread; any number of processes may use the directory.
 */
#ifndef BLOB_BLOB_H
#define BLOB_BLOB_H

#include "base/base.h"

enum { BLOB_BYTES_MAX = 64 << 20 };

typedef struct blobs blobs;

/* Touches nothing yet: the directory and the key are made by the first blob_put. */
blobs *blobs_new(arena *a, const char *dir, const char *key_path) MUST_USE;

typedef struct {
    str     digest;           /* SHA-256 of the bytes, hex */
    int64_t size;
    bool    known;            /* it was there already */
} blob;

/* Durable on return. ERR_TOO_LARGE past BLOB_BYTES_MAX. A key file that is missing while
 * there are blobs is ERR_NOT_FOUND: a new one would not open them. */
err_t blob_put(blobs *b, arena *a, str bytes, fault *f, blob *ret) MUST_USE;

/* ERR_NOT_FOUND: it is missing (or the key is); ERR_DENIED: sealed with another key;
 * ERR_CORRUPT: its bytes were altered or cut. */
err_t blob_get(blobs *b, arena *a, str digest, fault *f, str *ret) MUST_USE;

/* ---- what a file is ------------------------------------------------------------------ */

/* The media type that the bytes show, compared with what the ending of the name says.
 * ERR_INVALID with both named when they differ, for programs, and for an empty file. */
err_t blob_type(arena *a, str name, str bytes, fault *f, str *ret_media) MUST_USE;

/* Shows the bytes to clamd at its local socket. ret_scanner: what looked and found nothing, with the version of its
 * signatures. ERR_INVALID: malware, by its name; ERR_BUSY: it did not answer within some 15 s, or could not say. */
err_t blob_scan(arena *a, const char *socket_path, str bytes, fault *f, str *ret_scanner) MUST_USE;

#endif
