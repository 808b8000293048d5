/* libfido2: decodes public keys and verifies signatures. */
#include "webauthn/parts.h"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

#define FIDO_FUNCTIONS(X)                                                                                            \
    X(fido_init) X(fido_strerr)                                                                                      \
    X(fido_cred_new) X(fido_cred_free) X(fido_cred_set_type) X(fido_cred_set_rp) X(fido_cred_set_clientdata_hash)    \
    X(fido_cred_set_fmt) X(fido_cred_set_authdata_raw) X(fido_cred_set_sig) X(fido_cred_set_uv)                      \
    X(fido_cred_verify_self) X(fido_cred_pubkey_ptr) X(fido_cred_pubkey_len) X(fido_cred_id_ptr) X(fido_cred_id_len) \
    X(fido_assert_new) X(fido_assert_free) X(fido_assert_set_rp) X(fido_assert_set_clientdata_hash)                  \
    X(fido_assert_set_count) X(fido_assert_set_authdata_raw) X(fido_assert_set_sig) X(fido_assert_set_up)            \
    X(fido_assert_set_uv) X(fido_assert_verify)                                                                      \
    X(es256_pk_new) X(es256_pk_free) X(es256_pk_from_ptr) X(es256_pk_to_EVP_PKEY)                                    \
    X(rs256_pk_new) X(rs256_pk_free) X(rs256_pk_from_ptr) X(rs256_pk_to_EVP_PKEY)                                    \
    X(eddsa_pk_new) X(eddsa_pk_free) X(eddsa_pk_from_ptr) X(eddsa_pk_to_EVP_PKEY)

typedef struct {
#define X(name) __typeof__(name) *name;
    FIDO_FUNCTIONS(X)
#undef X
} fido_lib;

static err_t load(fido_lib *ret, fault *f)
{
    static const char           library[] = "libfido2.so.1";
    static const library_symbol rows[] = {
#define X(name) { #name, offsetof(fido_lib, name) },
        FIDO_FUNCTIONS(X)
#undef X
    };
    const char *lacks = library_bind(library, rows, COUNT(rows), ret);
    if (lacks)
        return fail(f, ERR_UNSUPPORTED, "passkeys need the library libfido2-1, and %s is not here (apt install libfido2-1)", lacks);
    ret->fido_init(0);
    return ERR_OK;
}

static const unsigned char *bytes(str s) { return (const unsigned char *)s.p; }

/* ---- public keys -------------------------------------------------------------------------------- */

/* fido_assert_verify wants the key in its own struct; assertion NULL: only whether it is a key at all. */
#define WITH_KEY(kind, cose)                                                                        \
    static int kind##_try(const fido_lib *l, const fido_assert_t *assertion, str key)               \
    {                                                                                               \
        kind##_pk_t *pk = l->kind##_pk_new();                                                       \
        int          r = pk ? l->kind##_pk_from_ptr(pk, key.p, key.n) : FIDO_ERR_INTERNAL;          \
        EVP_PKEY    *usable = r == FIDO_OK ? l->kind##_pk_to_EVP_PKEY(pk) : NULL;                   \
        if (r == FIDO_OK && !usable)                                                                \
            r = FIDO_ERR_INVALID_ARGUMENT;                                                          \
        if (r == FIDO_OK && assertion)                                                              \
            r = l->fido_assert_verify(assertion, 0, cose, pk);                                      \
        EVP_PKEY_free(usable);                                                                      \
        l->kind##_pk_free(&pk);                                                                     \
        return r;                                                                                   \
    }
WITH_KEY(es256, COSE_ES256)
WITH_KEY(eddsa, COSE_EDDSA)
WITH_KEY(rs256, COSE_RS256)

typedef struct {
    int    alg;
    size_t key_n;             /* x and y; the point; the modulus of 2048 bits and the exponent */
    int  (*try)(const fido_lib *l, const fido_assert_t *assertion, str key);
} algorithm;

static const algorithm algorithms[] = {
    { COSE_ES256, 64, es256_try }, { COSE_EDDSA, 32, eddsa_try }, { COSE_RS256, 259, rs256_try },
};

static const algorithm *algorithm_of(int alg)
{
    for (size_t i = 0; i < COUNT(algorithms); i++)
        if (algorithms[i].alg == alg)
            return &algorithms[i];
    return NULL;
}

/* RSA with another exponent than 65537 is nobody's habit, and with 1 anybody's signature. */
static bool is_sound(const fido_lib *l, const algorithm *alg, str key)
{
    if (key.n != alg->key_n || (alg->alg == COSE_RS256 && memcmp(key.p + 256, "\1\0\1", 3) != 0))
        return false;
    return alg->try(l, NULL, key) == FIDO_OK;
}

/* ---- a new credential ------------------------------------------------------------------------------ */

static bool fill(const fido_lib *l, fido_cred_t *c, const webauthn_options *o, arena *a, const auth_data *d, const hash32 *hash)
{
    return l->fido_cred_set_type(c, d->alg) == FIDO_OK && l->fido_cred_set_rp(c, str_z(a, o->rp_id), NULL) == FIDO_OK &&
           l->fido_cred_set_clientdata_hash(c, hash->b, sizeof hash->b) == FIDO_OK &&
           l->fido_cred_set_uv(c, o->require_uv ? FIDO_OPT_TRUE : FIDO_OPT_OMIT) == FIDO_OK &&
           l->fido_cred_set_authdata_raw(c, bytes(d->raw), d->raw.n) == FIDO_OK;
}

static bool same_bytes(str s, const unsigned char *p, size_t n) { return p && str_eq(s, (str){ (const char *)p, n }); }

static err_t judge(const fido_lib *l, fido_cred_t *c, const auth_data *d, const attestation *at, fault *f)
{
    if (!same_bytes(d->id, l->fido_cred_id_ptr(c), l->fido_cred_id_len(c)))
        return fail(f, ERR_INVALID, "the key's answer can be read in two ways");
    if (at->none)
        return ERR_OK;
    if (at->alg != d->alg || l->fido_cred_set_fmt(c, "packed") != FIDO_OK || l->fido_cred_set_sig(c, bytes(at->sig), at->sig.n) != FIDO_OK)
        return fail(f, ERR_INVALID, "the key's attestation cannot be read");
    int r = l->fido_cred_verify_self(c);
    return r == FIDO_OK ? ERR_OK : fail(f, ERR_DENIED, "the key's attestation is wrongly signed (%s)", l->fido_strerr(r));
}

err_t fido_credential(arena *a, const webauthn_options *o, const auth_data *d, const attestation *at, const hash32 *hash,
                      fault *f, str *ret_public_key)
{
    fido_lib         l;
    const algorithm *alg = algorithm_of(d->alg);
    if (!alg)
        return fail(f, ERR_DENIED, "the key uses an algorithm that was not offered (COSE %d)", d->alg);
    TRY(load(&l, f));
    fido_cred_t *c = l.fido_cred_new();
    err_t        e = c && fill(&l, c, o, a, d, hash) ? judge(&l, c, d, at, f) : fail(f, ERR_INVALID, "the new key cannot be read");
    const unsigned char *p = e == ERR_OK ? l.fido_cred_pubkey_ptr(c) : NULL;
    str key = { (const char *)p, p ? l.fido_cred_pubkey_len(c) : 0 };
    if (e == ERR_OK && (!p || !is_sound(&l, alg, key)))
        e = fail(f, ERR_INVALID, "the new key is no sound public key");
    if (e == ERR_OK)
        *ret_public_key = str_dup(a, key);
    l.fido_cred_free(&c);
    return e;
}

/* ---- an assertion ----------------------------------------------------------------------------------- */

static bool ask(const fido_lib *l, fido_assert_t *t, const webauthn_options *o, arena *a, str raw, str sig, const hash32 *hash)
{
    return l->fido_assert_set_rp(t, str_z(a, o->rp_id)) == FIDO_OK && l->fido_assert_set_count(t, 1) == FIDO_OK &&
           l->fido_assert_set_clientdata_hash(t, hash->b, sizeof hash->b) == FIDO_OK && l->fido_assert_set_up(t, FIDO_OPT_TRUE) == FIDO_OK &&
           l->fido_assert_set_uv(t, o->require_uv ? FIDO_OPT_TRUE : FIDO_OPT_OMIT) == FIDO_OK &&
           l->fido_assert_set_authdata_raw(t, 0, bytes(raw), raw.n) == FIDO_OK &&
           l->fido_assert_set_sig(t, 0, bytes(sig), sig.n) == FIDO_OK;
}

err_t fido_assertion(arena *a, const webauthn_options *o, const webauthn_key *key, str raw, str sig, const hash32 *hash, fault *f)
{
    fido_lib         l;
    const algorithm *alg = algorithm_of(key->alg);
    if (!alg || key->public_key.n != alg->key_n)
        return fail(f, ERR_CORRUPT, "the key that is kept is of no kind known here");
    TRY(load(&l, f));
    fido_assert_t *t = l.fido_assert_new();
    int            r = t && ask(&l, t, o, a, raw, sig, hash) ? alg->try(&l, t, key->public_key) : FIDO_ERR_INVALID_ARGUMENT;
    l.fido_assert_free(&t);
    return r == FIDO_OK ? ERR_OK : fail(f, ERR_DENIED, "the signature is not this key's (%s)", l.fido_strerr(r));
}
