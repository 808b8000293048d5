/* JSON Web Keys: the one that is asked for, as libcrypto has it. */
#include "oidc/parts.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/param_build.h>

enum { RSA_MIN = 256, RSA_MAX = 1024, EXPONENT_MAX = 4, KEYS_MAX = 100 };      /* bytes; keys */

/* Built from parameters; NULL when they make no key. */
static EVP_PKEY *build(const char *type, OSSL_PARAM_BLD *b)
{
    OSSL_PARAM   *params = b ? OSSL_PARAM_BLD_to_param(b) : NULL;
    EVP_PKEY_CTX *ctx = params ? EVP_PKEY_CTX_new_from_name(NULL, type, NULL) : NULL;
    EVP_PKEY     *key = NULL;
    if (!ctx || EVP_PKEY_fromdata_init(ctx) != 1 || EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
        key = NULL;
    EVP_PKEY_CTX_free(ctx);
    OSSL_PARAM_free(params);
    ERR_clear_error();
    return key;
}

static EVP_PKEY *rsa_of(arena *a, const json_parts *k)
{
    str n, e;
    if (!base64url_parse(a, json_text(k, "n"), &n) || !base64url_parse(a, json_text(k, "e"), &e))
        return NULL;
    if (n.n < RSA_MIN || n.n > RSA_MAX || !(n.p[0] & 0x80) || !(n.p[n.n - 1] & 1))
        return NULL;
    if (e.n < 1 || e.n > EXPONENT_MAX || !(e.p[e.n - 1] & 1) || (e.n == 1 && e.p[0] < 3))
        return NULL;
    BIGNUM         *bn = BN_bin2bn((const unsigned char *)n.p, (int)n.n, NULL), *be = BN_bin2bn((const unsigned char *)e.p, (int)e.n, NULL);
    OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
    bool            set = b && bn && be && OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_RSA_N, bn) == 1 &&
               OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_RSA_E, be) == 1;
    EVP_PKEY *key = set ? build("RSA", b) : NULL;
    OSSL_PARAM_BLD_free(b);
    BN_free(bn);
    BN_free(be);
    return key;
}

static EVP_PKEY *ec_of(arena *a, const json_parts *k)
{
    unsigned char point[65] = { 4 };
    str           x, y;
    if (!base64url_parse(a, json_text(k, "x"), &x) || !base64url_parse(a, json_text(k, "y"), &y) || x.n != 32 || y.n != 32)
        return NULL;
    memcpy(point + 1, x.p, 32);
    memcpy(point + 33, y.p, 32);
    OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
    bool            set = b && OSSL_PARAM_BLD_push_utf8_string(b, OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) == 1 &&
               OSSL_PARAM_BLD_push_octet_string(b, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point) == 1;
    EVP_PKEY *key = set ? build("EC", b) : NULL;
    OSSL_PARAM_BLD_free(b);
    return key;
}

static EVP_PKEY *okp_of(arena *a, const json_parts *k)
{
    str x;
    if (!base64url_parse(a, json_text(k, "x"), &x) || x.n != 32)
        return NULL;
    EVP_PKEY *key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, (const unsigned char *)x.p, x.n);
    ERR_clear_error();
    return key;
}

static bool lists(arena *a, const json_part *part, str word)
{
    json_parts list;
    if (part->kind != JSON_ARR || !json_read_array(a, part->raw, &list))
        return false;
    for (size_t i = 0; i < list.n; i++)
        if (list.v[i].kind == JSON_STR && str_eq(list.v[i].s, word))
            return true;
    return false;
}

/* Whether the set says that this key may verify a signature of that algorithm. */
static bool is_meant(arena *a, const json_parts *k, const jws *j)
{
    const json_part *use = json_at(k, "use"), *ops = json_at(k, "key_ops"), *alg = json_at(k, "alg");
    if (!str_eq(json_text(k, "kty"), str_of(j->alg->kty)) || (j->alg->crv && !str_eq(json_text(k, "crv"), str_of(j->alg->crv))))
        return false;
    if ((use && !str_eq(use->s, S("sig"))) || (alg && !str_eq(alg->s, str_of(j->alg->name))) || (ops && !lists(a, ops, S("verify"))))
        return false;
    return !j->kid.p || (json_text(k, "kid").p && str_eq(json_text(k, "kid"), j->kid));
}

static EVP_PKEY *key_of(arena *a, const json_parts *k, const jws_alg *alg)
{
    return str_eq(str_of(alg->kty), S("RSA")) ? rsa_of(a, k) : str_eq(str_of(alg->kty), S("EC")) ? ec_of(a, k) : okp_of(a, k);
}

err_t jwk_find(arena *a, str jwks, const jws *j, fault *f, EVP_PKEY **ret)
{
    json_parts       top, list, k, only = { 0 };
    const json_part *keys = json_read_object(a, jwks, &top) ? json_at(&top, "keys") : NULL;
    int              n = 0;
    if (!keys || keys->kind != JSON_ARR || !json_read_array(a, keys->raw, &list) || list.n > KEYS_MAX)
        return fail(f, ERR_INVALID, "the provider's keys cannot be read");
    for (size_t i = 0; i < list.n; i++)
        if (list.v[i].kind == JSON_OBJ && json_read_object(a, list.v[i].raw, &k) && is_meant(a, &k, j) && n++ == 0)
            only = k;
    if (n == 0)
        return fail(f, ERR_NOT_FOUND, "the provider's token is signed by a key that the provider does not publish");
    if (n > 1)
        return fail(f, ERR_DENIED, "the provider publishes several keys that may have signed its token, and the token does not say which");
    *ret = key_of(a, &only, j->alg);
    return *ret ? ERR_OK : fail(f, ERR_DENIED, "the provider's key is no sound public key");
}
