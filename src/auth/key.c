/* keys/auth.key, and what is sealed with it. */
#include "auth/parts.h"

#include <openssl/evp.h>

static const char prefix[] = "attest-auth-key-1 ";
enum { NONCE_BYTES = 12, TAG_BYTES = 16 };

/* One key for each use. */
static void derive(const uint8_t master[32], const char *use, void *ret, size_t n)
{
    hash32 key = keyed(master, S("attest auth"), str_of(use));
    memcpy(ret, key.b, n);
    OPENSSL_cleanse(&key, sizeof key);
}

err_t auth_key_load(auth *au, const char *path, bool make, fault *f)
{
    uint8_t master[32];
    err_t   e = key_file_read(path, prefix, f, master);
    if (e == ERR_NOT_FOUND && make) {
        TRY(key_file_make(path, prefix, f));
        e = key_file_read(path, prefix, f, master);
        if (e == ERR_NOT_FOUND)
            return fail(f, ERR_IO, "the key file %s vanished", path);
    }
    TRY(e);
    derive(master, "seal", au->seal_key, sizeof au->seal_key);
    derive(master, "device", au->device_key, sizeof au->device_key);
    derive(master, "csrf", au->csrf_key, sizeof au->csrf_key);
    OPENSSL_cleanse(master, sizeof master);
    return ERR_OK;
}

/* ---- sealing: nonce, ciphertext, tag ------------------------------------------------------ */

/* What the bytes are and whose, so that no row can be given another's. */
static bool begin(EVP_CIPHER_CTX *c, bool encrypt, const uint8_t key[32], const uint8_t *nonce, const char *what, str whose)
{
    int n = 0;
    return EVP_CipherInit_ex(c, EVP_aes_256_gcm(), NULL, key, nonce, encrypt) == 1 &&
           EVP_CipherUpdate(c, NULL, &n, (const uint8_t *)what, (int)strlen(what) + 1) == 1 &&
           (!whose.n || EVP_CipherUpdate(c, NULL, &n, (const uint8_t *)whose.p, (int)whose.n) == 1);
}

static void free_cipher(EVP_CIPHER_CTX **c) { EVP_CIPHER_CTX_free(*c); }
#define auto_cipher __attribute__((cleanup(free_cipher)))

str sealed(const auth *au, arena *a, const char *what, str whose, str text)
{
    auto_cipher EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
    uint8_t *out = NEW_ARRAY(a, uint8_t, NONCE_BYTES + text.n + TAG_BYTES);
    int      n = 0;
    random_bytes(out, NONCE_BYTES);
    bool good = c && text.n < INT32_MAX && begin(c, true, au->seal_key, out, what, whose) &&
                EVP_CipherUpdate(c, out + NONCE_BYTES, &n, (const uint8_t *)(text.p ? text.p : ""), (int)text.n) == 1 &&
                EVP_CipherFinal_ex(c, out + NONCE_BYTES + text.n, &n) == 1 &&
                EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_GET_TAG, TAG_BYTES, out + NONCE_BYTES + text.n) == 1;
    if (!good)                            /* no memory: nothing may be kept in clear instead */
        abort();
    return base64_of(a, out, NONCE_BYTES + text.n + TAG_BYTES);
}

err_t unsealed(const auth *au, arena *a, const char *what, str whose, str text, fault *f, str *ret)
{
    auto_cipher EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
    str     in;
    uint8_t tag[TAG_BYTES];
    int     n = 0, rest = 0;
    bool    good = c && base64_parse(a, text, &in) && in.n >= NONCE_BYTES + TAG_BYTES && in.n < INT32_MAX;
    size_t  body = good ? in.n - NONCE_BYTES - TAG_BYTES : 0;
    uint8_t *out = NEW_ARRAY(a, uint8_t, body + 1);
    if (good)
        memcpy(tag, in.p + NONCE_BYTES + body, TAG_BYTES);
    good = good && begin(c, false, au->seal_key, (const uint8_t *)in.p, what, whose) &&
           EVP_CipherUpdate(c, out, &n, (const uint8_t *)in.p + NONCE_BYTES, (int)body) == 1 &&
           EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_SET_TAG, TAG_BYTES, tag) == 1 && EVP_CipherFinal_ex(c, out + n, &rest) == 1;
    if (!good) {
        OPENSSL_cleanse(out, body);
        return fail(f, ERR_CORRUPT, "what is kept of %s was not sealed with this keys/auth.key, or was changed; restore both from one backup", what);
    }
    *ret = (str){ (const char *)out, body };
    return ERR_OK;
}
