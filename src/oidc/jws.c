/* JSON Web Signatures in the compact form. */
#include "oidc/parts.h"

#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/rsa.h>

enum { TOKEN_MAX = 64 << 10 };

static const jws_alg algs[] = {
    { "RS256", "RSA", NULL, false, true },
    { "PS256", "RSA", NULL, true, true },
    { "ES256", "EC", "P-256", false, true },
    { "EdDSA", "OKP", "Ed25519", false, false },
};

const jws_alg *jws_alg_of(str name)
{
    for (size_t i = 0; i < COUNT(algs); i++)
        if (str_eq(str_of(algs[i].name), name))
            return &algs[i];
    return NULL;
}

static err_t header_read(arena *a, str header, fault *f, jws *j)
{
    json_parts h;
    if (!json_read_object(a, header, &h))
        return fail(f, ERR_INVALID, "the provider's token cannot be read");
    str name = json_text(&h, "alg");
    j->alg = jws_alg_of(name);
    if (!j->alg)
        return fail(f, ERR_DENIED, "the provider's token is signed by an algorithm that is not accepted (\"" STR_FMT "\")",
                    STR_ARG(utf8_cut(utf8_clean(a, name), 40)));
    if (json_at(&h, "crit") || json_at(&h, "b64"))
        return fail(f, ERR_DENIED, "the provider's token has an extension that is not known here");
    j->kid = json_text(&h, "kid");
    return json_at(&h, "kid") && !j->kid.p ? fail(f, ERR_INVALID, "the provider's token cannot be read") : ERR_OK;
}

err_t jws_read(arena *a, str token, fault *f, jws *ret)
{
    jws j = { 0 };
    str rest = token, parts[3] = { { 0 } }, header;
    int n = 0;
    while (rest.p && n < 3 && token.n <= TOKEN_MAX)
        parts[n++] = str_cut(&rest, '.');
    if (n != 3 || rest.p || !base64url_parse(a, parts[0], &header) || !base64url_parse(a, parts[1], &j.payload) ||
        !base64url_parse(a, parts[2], &j.signature) || !j.signature.n)
        return fail(f, ERR_INVALID, "the provider's token cannot be read");
    j.text = str_sub(token, 0, parts[0].n + 1 + parts[1].n);
    TRY(header_read(a, header, f, &j));
    *ret = j;
    return ERR_OK;
}

/* r and s side by side, as RFC 7518 has it, to the DER that libcrypto takes. .p NULL: it cannot be. */
static str der_of(arena *a, str raw)
{
    if (raw.n != 64)
        return (str){ 0 };
    ECDSA_SIG *sig = ECDSA_SIG_new();
    BIGNUM    *r = BN_bin2bn((const unsigned char *)raw.p, 32, NULL), *s = BN_bin2bn((const unsigned char *)raw.p + 32, 32, NULL);
    unsigned char *der = NULL;
    int            n = 0;
    if (sig && r && s && ECDSA_SIG_set0(sig, r, s) == 1)
        n = i2d_ECDSA_SIG(sig, &der);
    else
        BN_free(r), BN_free(s);
    str out = n > 0 ? str_dup(a, (str){ (char *)der, (size_t)n }) : (str){ 0 };
    OPENSSL_free(der);
    ECDSA_SIG_free(sig);
    return out;
}

static bool is_signed_by(arena *a, const jws *j, EVP_PKEY *key)
{
    str sig = EVP_PKEY_is_a(key, "EC") ? der_of(a, j->signature) : j->signature;
    if (!sig.p)
        return false;
    EVP_MD_CTX   *ctx = EVP_MD_CTX_new();
    EVP_PKEY_CTX *key_ctx = NULL;
    bool good = ctx && EVP_DigestVerifyInit(ctx, &key_ctx, j->alg->hashes ? EVP_sha256() : NULL, NULL, key) == 1;
    if (good && j->alg->pss)
        good = EVP_PKEY_CTX_set_rsa_padding(key_ctx, RSA_PKCS1_PSS_PADDING) == 1 &&
               EVP_PKEY_CTX_set_rsa_pss_saltlen(key_ctx, RSA_PSS_SALTLEN_DIGEST) == 1;
    good = good && EVP_DigestVerify(ctx, (const unsigned char *)sig.p, sig.n, (const unsigned char *)j->text.p, j->text.n) == 1;
    EVP_MD_CTX_free(ctx);
    ERR_clear_error();
    return good;
}

err_t jws_verify(arena *a, const jws *j, str jwks, fault *f)
{
    EVP_PKEY *key = NULL;
    TRY(jwk_find(a, jwks, j, f, &key));
    bool good = is_signed_by(a, j, key);
    EVP_PKEY_free(key);
    return good ? ERR_OK : fail(f, ERR_DENIED, "the provider's token is wrongly signed");
}
