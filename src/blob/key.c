/* The key files are sealed with: one line of text that only its owner may read. */
#include "blob/parts.h"

static const char prefix[] = "attest-blob-key-1 ";

static void key_of_bytes(const uint8_t bytes[32], blob_key *ret)
{
    static const char what[] = "attest blob key id";
    auto_hasher hasher *h = hasher_new();
    hash32              id = hmac_sha256(h, bytes, 32, what, sizeof what - 1);
    memcpy(ret->b, bytes, 32);
    memcpy(ret->id, id.b, sizeof ret->id);
}

static err_t read_key(const char *path, fault *f, blob_key *ret)
{
    uint8_t bytes[32];
    TRY(key_file_read(path, prefix, f, bytes));
    key_of_bytes(bytes, ret);
    explicit_bzero(bytes, sizeof bytes);
    return ERR_OK;
}

err_t key_load(const char *path, bool make, fault *f, blob_key *ret)
{
    err_t e = read_key(path, f, ret);
    if (e != ERR_NOT_FOUND)
        return e;
    if (!make)
        return fail(f, ERR_NOT_FOUND, "the key file %s is missing; without it no file of evidence can be read. Restore it from a backup", path);
    TRY(key_file_make(path, prefix, f));
    e = read_key(path, f, ret);
    return e == ERR_NOT_FOUND ? fail(f, ERR_IO, "the key file %s vanished", path) : e;
}
