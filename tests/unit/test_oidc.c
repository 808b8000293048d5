/* Tokens of a provider: what is rightly signed and says what it must is taken, and nothing else. */
#include "test.h"

#include "oidc/parts.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/rsa.h>

#define ISSUER "https://login.example.org"

static EVP_PKEY *rsa, *ec, *ed, *small;

static int make_keys(void **st)
{
    (void)st;
    rsa = EVP_RSA_gen(2048);
    ec = EVP_EC_gen("P-256");
    ed = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    small = EVP_RSA_gen(1024);
    return rsa && ec && ed && small ? 0 : -1;
}

static int drop_keys(void **st)
{
    (void)st;
    EVP_PKEY_free(rsa), EVP_PKEY_free(ec), EVP_PKEY_free(ed), EVP_PKEY_free(small);
    return 0;
}

static int begin(void **st) { return (*st = arena_new(256 << 20)) ? 0 : -1; }
static int end(void **st) { return arena_free(*st), 0; }

static str b64(arena *a, str s) { return base64url_of(a, s.p, s.n); }

static str number(arena *a, const EVP_PKEY *key, const char *name, int size)
{
    BIGNUM       *n = NULL;
    unsigned char bytes[512];
    assert_int_equal(EVP_PKEY_get_bn_param(key, name, &n), 1);
    int got = size ? BN_bn2binpad(n, bytes, size) : BN_bn2bin(n, bytes);
    BN_free(n);
    return base64url_of(a, bytes, (size_t)got);
}

static str jwk_rsa(arena *a, const EVP_PKEY *key, const char *more)
{
    return str_fmt(a, "{\"kty\":\"RSA\",\"n\":\"" STR_FMT "\",\"e\":\"" STR_FMT "\"%s}", STR_ARG(number(a, key, OSSL_PKEY_PARAM_RSA_N, 0)),
                   STR_ARG(number(a, key, OSSL_PKEY_PARAM_RSA_E, 0)), more);
}

static str jwk_ec(arena *a, const char *more)
{
    return str_fmt(a, "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" STR_FMT "\",\"y\":\"" STR_FMT "\"%s}",
                   STR_ARG(number(a, ec, OSSL_PKEY_PARAM_EC_PUB_X, 32)), STR_ARG(number(a, ec, OSSL_PKEY_PARAM_EC_PUB_Y, 32)), more);
}

static str jwk_ed(arena *a, const char *more)
{
    unsigned char raw[32];
    size_t        n = sizeof raw;
    assert_int_equal(EVP_PKEY_get_raw_public_key(ed, raw, &n), 1);
    return str_fmt(a, "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" STR_FMT "\"%s}", STR_ARG(base64url_of(a, raw, n)), more);
}

static str set_of(arena *a, str one, str two)
{
    return str_fmt(a, "{\"keys\":[" STR_FMT "%s" STR_FMT "]}", STR_ARG(one), two.n ? "," : "", STR_ARG(two));
}

static str all_keys(arena *a)
{
    str two = set_of(a, jwk_rsa(a, rsa, ",\"kid\":\"r\",\"use\":\"sig\""), jwk_ec(a, ",\"kid\":\"e\",\"alg\":\"ES256\""));
    return str_fmt(a, STR_FMT "," STR_FMT ",{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"o\",\"exp\":1.5}]}", STR_ARG(str_sub(two, 0, two.n - 2)),
                   STR_ARG(jwk_ed(a, ",\"kid\":\"d\",\"key_ops\":[\"verify\"]")));
}

static str raw_ecdsa(arena *a, str der)
{
    const unsigned char *p = (const unsigned char *)der.p;
    ECDSA_SIG           *sig = d2i_ECDSA_SIG(NULL, &p, (long)der.n);
    unsigned char        out[64];
    assert_int_equal(BN_bn2binpad(ECDSA_SIG_get0_r(sig), out, 32), 32);
    assert_int_equal(BN_bn2binpad(ECDSA_SIG_get0_s(sig), out + 32, 32), 32);
    ECDSA_SIG_free(sig);
    return str_dup(a, (str){ (char *)out, sizeof out });
}

static str token(arena *a, EVP_PKEY *key, bool pss, const char *header, const char *payload)
{
    str           text = str_fmt(a, STR_FMT "." STR_FMT, STR_ARG(b64(a, str_of(header))), STR_ARG(b64(a, str_of(payload))));
    unsigned char sig[512];
    size_t        n = sizeof sig;
    EVP_MD_CTX   *c = EVP_MD_CTX_new();
    EVP_PKEY_CTX *k = NULL;
    assert_int_equal(EVP_DigestSignInit(c, &k, key == ed ? NULL : EVP_sha256(), NULL, key), 1);
    if (pss) {
        assert_int_equal(EVP_PKEY_CTX_set_rsa_padding(k, RSA_PKCS1_PSS_PADDING), 1);
        assert_int_equal(EVP_PKEY_CTX_set_rsa_pss_saltlen(k, RSA_PSS_SALTLEN_DIGEST), 1);
    }
    assert_int_equal(EVP_DigestSign(c, sig, &n, (const unsigned char *)text.p, text.n), 1);
    EVP_MD_CTX_free(c);
    str bytes = { (char *)sig, n };
    return str_fmt(a, STR_FMT "." STR_FMT, STR_ARG(text), STR_ARG(b64(a, key == ec ? raw_ecdsa(a, bytes) : bytes)));
}

static err_t judge(arena *a, str tok, str keys, fault *f)
{
    jws j;
    TRY(jws_read(a, tok, f, &j));
    return jws_verify(a, &j, keys, f);
}

static void tokens_of_the_four_algorithms_are_verified(void **st)
{
    const struct { EVP_PKEY *key; bool pss; const char *header; } rows[] = {
        { rsa, false, "{\"alg\":\"RS256\",\"kid\":\"r\"}" }, { rsa, true, "{\"alg\":\"PS256\",\"kid\":\"r\",\"typ\":\"JWT\"}" },
        { ec, false, "{\"alg\":\"ES256\",\"kid\":\"e\"}" },  { ed, false, "{\"alg\":\"EdDSA\",\"kid\":\"d\"}" },
        { ec, false, "{\"alg\":\"ES256\"}" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        fault f = { 0 };
        str   tok = token(*st, rows[i].key, rows[i].pss, rows[i].header, "{\"a\":1}");
        if (judge(*st, tok, all_keys(*st), &f) != ERR_OK)
            fail_msg("row %zu: %s", i, f.text);
        for (size_t at = 0; at < tok.n; at++) {              /* no other character anywhere */
            auto_arena arena *a = arena_new(4 << 20);
            char             *copy = str_z(a, tok);
            copy[at] = copy[at] == 'A' ? 'B' : 'A';
            if (judge(a, (str){ copy, tok.n }, all_keys(a), NULL) == ERR_OK)
                fail_msg("row %zu: character %zu may be anything", i, at);
        }
    }
}

/* RFC 7515 A.3 and RFC 8037 A.4: somebody else's signatures. */
static void the_published_examples_are_verified(void **st)
{
    static const char es[] = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
                             "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
    static const char es_keys[] = "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
                                  "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}]}";
    static const char eddsa[] = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
                                "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
    static const char eddsa_keys[] = "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}";
    assert_int_equal(judge(*st, str_of(es), str_of(es_keys), NULL), ERR_OK);
    assert_int_equal(judge(*st, str_of(eddsa), str_of(eddsa_keys), NULL), ERR_OK);
    assert_int_equal(judge(*st, str_of(es), str_of(eddsa_keys), NULL), ERR_NOT_FOUND);
}

static str hmac_token(arena *a, str secret)
{
    str                 text = str_fmt(a, STR_FMT "." STR_FMT, STR_ARG(b64(a, S("{\"alg\":\"HS256\",\"kid\":\"r\"}"))), STR_ARG(b64(a, S("{}"))));
    auto_hasher hasher *h = hasher_new();
    hash32              mac = hmac_sha256(h, secret.p, secret.n, text.p, text.n);
    return str_fmt(a, STR_FMT "." STR_FMT, STR_ARG(text), STR_ARG(base64url_of(a, mac.b, 32)));
}

static void what_is_signed_otherwise_is_refused(void **st)
{
    str     keys = all_keys(*st), rs = token(*st, rsa, false, "{\"alg\":\"RS256\",\"kid\":\"r\"}", "{}"), rest = rs;
    str     head = str_cut(&rest, '.'), body = str_cut(&rest, '.');
    (void)head;
    const struct { str tok; err_t e; const char *says; } rows[] = {
        { hmac_token(*st, keys), ERR_DENIED, "algorithm" },
        { hmac_token(*st, jwk_rsa(*st, rsa, "")), ERR_DENIED, "algorithm" },
        { str_fmt(*st, STR_FMT "." STR_FMT ".", STR_ARG(b64(*st, S("{\"alg\":\"none\"}"))), STR_ARG(body)), ERR_INVALID, "read" },
        { str_fmt(*st, STR_FMT "." STR_FMT ".AA", STR_ARG(b64(*st, S("{\"alg\":\"none\"}"))), STR_ARG(body)), ERR_DENIED, "\"none\"" },
        { str_fmt(*st, STR_FMT "." STR_FMT ".AA", STR_ARG(b64(*st, S("{\"alg\":\"None\"}"))), STR_ARG(body)), ERR_DENIED, "algorithm" },
        { str_fmt(*st, STR_FMT "." STR_FMT ".AA", STR_ARG(b64(*st, S("{}"))), STR_ARG(body)), ERR_DENIED, "algorithm" },
        { token(*st, rsa, false, "{\"alg\":\"RS256\",\"alg\":\"RS256\",\"kid\":\"r\"}", "{}"), ERR_INVALID, "read" },
        { token(*st, rsa, false, "{\"alg\":\"RS256\",\"kid\":\"r\",\"crit\":[\"b64\"],\"b64\":false}", "{}"), ERR_DENIED, "extension" },
        { token(*st, rsa, false, "{\"alg\":\"RS256\",\"kid\":7}", "{}"), ERR_INVALID, "read" },
        { token(*st, rsa, false, "{\"alg\":\"RS256\",\"kid\":\"x\"}", "{}"), ERR_NOT_FOUND, "publish" },
        { token(*st, rsa, false, "{\"alg\":\"RS256\",\"kid\":\"e\"}", "{}"), ERR_NOT_FOUND, "publish" },
        { token(*st, rsa, false, "{\"alg\":\"PS256\",\"kid\":\"r\"}", "{}"), ERR_DENIED, "wrongly" },
        { token(*st, rsa, true, "{\"alg\":\"RS256\",\"kid\":\"r\"}", "{}"), ERR_DENIED, "wrongly" },
        { token(*st, small, false, "{\"alg\":\"RS256\",\"kid\":\"r\"}", "{}"), ERR_DENIED, "wrongly" },
        { str_fmt(*st, STR_FMT ".AA", STR_ARG(rs)), ERR_INVALID, "read" }, { S("a.b"), ERR_INVALID, "read" }, { S(""), ERR_INVALID, "read" },
        { S("..."), ERR_INVALID, "read" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        fault f = { 0 };
        err_t e = judge(*st, rows[i].tok, keys, &f);
        if (e != rows[i].e || !strstr(f.text, rows[i].says))
            fail_msg("row %zu: %s: %s", i, err_describe(e)->wire, f.text);
    }
}

static void keys_that_are_not_for_it_or_none_are_refused(void **st)
{
    arena *a = *st;
    str    rs = token(a, rsa, false, "{\"alg\":\"RS256\"}", "{}"), es = token(a, ec, false, "{\"alg\":\"ES256\"}", "{}");
    str    small_signed = token(a, small, false, "{\"alg\":\"RS256\"}", "{}"), none = S("");
    str    n = number(a, rsa, OSSL_PKEY_PARAM_RSA_N, 0), x = number(a, ec, OSSL_PKEY_PARAM_EC_PUB_X, 32);
    const struct { str tok, keys; err_t e; } rows[] = {
        { rs, set_of(a, jwk_rsa(a, rsa, ""), none), ERR_OK }, { es, set_of(a, jwk_ec(a, ""), jwk_rsa(a, rsa, "")), ERR_OK },
        { rs, set_of(a, jwk_rsa(a, rsa, ",\"use\":\"enc\""), none), ERR_NOT_FOUND },
        { rs, set_of(a, jwk_rsa(a, rsa, ",\"alg\":\"PS256\""), none), ERR_NOT_FOUND },
        { rs, set_of(a, jwk_rsa(a, rsa, ",\"alg\":7"), none), ERR_NOT_FOUND },
        { rs, set_of(a, jwk_rsa(a, rsa, ",\"key_ops\":[\"encrypt\"]"), none), ERR_NOT_FOUND },
        { rs, set_of(a, jwk_rsa(a, rsa, ""), jwk_rsa(a, small, "")), ERR_DENIED },              /* which of the two? */
        { small_signed, set_of(a, jwk_rsa(a, small, ""), none), ERR_DENIED },                   /* 1024 bits */
        { rs, str_fmt(a, "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"" STR_FMT "\",\"e\":\"AQ\"}]}", STR_ARG(n)), ERR_DENIED },
        { rs, str_fmt(a, "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"" STR_FMT "\",\"e\":\"AQABAAE\"}]}", STR_ARG(n)), ERR_DENIED },
        { rs, S("{\"keys\":[{\"kty\":\"RSA\"}]}"), ERR_DENIED }, { rs, S("{\"keys\":[]}"), ERR_NOT_FOUND },
        { es, str_fmt(a, "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" STR_FMT "\",\"y\":\"" STR_FMT "\"}]}", STR_ARG(x), STR_ARG(x)), ERR_DENIED },
        { es, str_fmt(a, "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-384\",\"x\":\"" STR_FMT "\",\"y\":\"" STR_FMT "\"}]}", STR_ARG(x), STR_ARG(x)), ERR_NOT_FOUND },
        { rs, S("{}"), ERR_INVALID }, { rs, S("[]"), ERR_INVALID }, { rs, S("{\"keys\":{}}"), ERR_INVALID }, { rs, S("<html>"), ERR_INVALID },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        fault f = { 0 };
        err_t e = judge(a, rows[i].tok, rows[i].keys, &f);
        if (e != rows[i].e)
            fail_msg("row %zu: %s: %s", i, err_describe(e)->wire, f.text);
    }
}

enum { NOW = 1700000000 };

static err_t claim(arena *a, const char *payload, bool fresh, fault *f, oidc_identity *ret)
{
    claims_want w = { S(ISSUER), S("attest"), S("nonce-of-this"), SECONDS(NOW), fresh ? SECONDS(NOW - 5) : 0, SECONDS(NOW - 5000) };
    return claims_check(a, &w, str_of(payload), f, ret);
}

#define CLAIMS(iss, aud, sub, nonce, exp, iat, more) \
    "{\"iss\":\"" iss "\",\"aud\":" aud ",\"sub\":\"" sub "\",\"nonce\":\"" nonce "\",\"exp\":" exp ",\"iat\":" iat more "}"
#define USUAL(more) CLAIMS(ISSUER, "\"attest\"", "u1", "nonce-of-this", "1700000300", "1700000000", more)

static void a_token_must_be_for_us_from_them_and_now(void **st)
{
    static const struct { const char *payload; bool fresh; const char *says; } rows[] = {
        { USUAL(""), false, NULL },
        { CLAIMS(ISSUER "/", "\"attest\"", "u1", "nonce-of-this", "1700000300", "1700000000", ""), false, "another provider" },
        { CLAIMS("https://LOGIN.example.org", "\"attest\"", "u1", "nonce-of-this", "1700000300", "1700000000", ""), false, "another provider" },
        { "{\"aud\":\"attest\",\"sub\":\"u1\",\"nonce\":\"nonce-of-this\",\"exp\":1700000300,\"iat\":1700000000}", false, "another provider" },
        { CLAIMS(ISSUER, "\"other\"", "u1", "nonce-of-this", "1700000300", "1700000000", ""), false, "another application" },
        { CLAIMS(ISSUER, "[\"attest\"]", "u1", "nonce-of-this", "1700000300", "1700000000", ""), false, NULL },
        { CLAIMS(ISSUER, "[]", "u1", "nonce-of-this", "1700000300", "1700000000", ""), false, "another application" },
        { CLAIMS(ISSUER, "[\"other\",\"attest\"]", "u1", "nonce-of-this", "1700000300", "1700000000", ""), false, "given to another" },
        { CLAIMS(ISSUER, "[\"other\",\"attest\"]", "u1", "nonce-of-this", "1700000300", "1700000000", ",\"azp\":\"attest\""), false, NULL },
        { USUAL(",\"azp\":\"other\""), false, "given to another" }, { USUAL(",\"azp\":7"), false, "given to another" },
        { CLAIMS(ISSUER, "\"attest\"", "u1", "nonce-of-that", "1700000300", "1700000000", ""), false, "not for this sign-in" },
        { CLAIMS(ISSUER, "\"attest\"", "u1", "", "1700000300", "1700000000", ""), false, "not for this sign-in" },
        { "{\"iss\":\"" ISSUER "\",\"aud\":\"attest\",\"sub\":\"u1\",\"exp\":1700000300,\"iat\":1700000000}", false, "not for this sign-in" },
        { CLAIMS(ISSUER, "\"attest\"", "u1", "nonce-of-this", "1699999941", "1699999000", ""), false, NULL },
        { CLAIMS(ISSUER, "\"attest\"", "u1", "nonce-of-this", "1699999940", "1699999000", ""), false, "expired" },
        { CLAIMS(ISSUER, "\"attest\"", "u1", "nonce-of-this", "1700000300", "1700000060", ""), false, NULL },
        { CLAIMS(ISSUER, "\"attest\"", "u1", "nonce-of-this", "1700000300", "1700000061", ""), false, "future" },
        { CLAIMS(ISSUER, "\"attest\"", "u1", "nonce-of-this", "\"1700000300\"", "1700000000", ""), false, "how long" },
        { CLAIMS(ISSUER, "\"attest\"", "u1", "nonce-of-this", "1.7e12", "1700000000", ""), false, "how long" },
        { CLAIMS(ISSUER, "\"attest\"", "u1", "nonce-of-this", "99999999999999999", "1700000000", ""), false, "how long" },
        { CLAIMS(ISSUER, "\"attest\"", "u1", "nonce-of-this", "1700000300", "-1", ""), false, "how long" },
        { USUAL(",\"nbf\":1700000061"), false, "future" }, { USUAL(",\"nbf\":1699999999"), false, NULL },
        { CLAIMS(ISSUER, "\"attest\"", "", "nonce-of-this", "1700000300", "1700000000", ""), false, "who signed in" },
        { USUAL(",\"auth_time\":1700000000"), true, NULL }, { USUAL(",\"auth_time\":1699999900"), true, "new proof" }, { USUAL(""), true, "new proof" },
        { USUAL(",\"auth_time\":1699995000"), false, NULL }, { USUAL(",\"auth_time\":1699994900"), false, "too long ago" },
        { USUAL(",\"sub\":\"u2\""), false, "cannot be read" }, { "[]", false, "cannot be read" }, { "", false, "cannot be read" },
        { USUAL(",\"x\":1e400,\"y\":[1.5]"), false, NULL },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        fault         f = { 0 };
        oidc_identity id = { 0 };
        err_t         e = claim(*st, rows[i].payload, rows[i].fresh, &f, &id);
        if ((e == ERR_OK) != !rows[i].says || (rows[i].says && !strstr(f.text, rows[i].says)))
            fail_msg("row %zu: %s", i, f.text);
        assert_true(e == ERR_OK ? str_eq(id.subject, S("u1")) && str_eq(id.issuer, S(ISSUER)) : id.subject.n == 0);
    }
}

static void who_it_is_is_told_with_what_stands_behind(void **st)
{
    oidc_identity id;
    assert_int_equal(claim(*st, USUAL(",\"email\":\"ann@example.org\",\"email_verified\":true,\"name\":\"Ann\",\"amr\":[\"pwd\",\"mfa\"],\"auth_time\":1699999999"),
                           false, NULL, &id), ERR_OK);
    assert_true(str_eq(id.email, S("ann@example.org")) && id.email_verified && str_eq(id.name, S("Ann")) && id.mfa && id.auth_time == SECONDS(1699999999));
    assert_int_equal(claim(*st, USUAL(",\"email\":\"ann@example.org\",\"email_verified\":\"true\",\"amr\":\"mfa\""), false, NULL, &id), ERR_OK);
    assert_true(!id.email_verified && !id.mfa);
    assert_int_equal(claim(*st, USUAL(",\"email\":\"ann@example.org\",\"amr\":[\"pwd\",\"otp\"],\"email_verified\":1"), false, NULL, &id), ERR_OK);
    assert_true(!id.email_verified && !id.mfa && id.auth_time == 0 && id.name.n == 0);
}

#define ENDPOINTS(host) "\"authorization_endpoint\":\"" host "/a\",\"token_endpoint\":\"" host "/t\",\"jwks_uri\":\"" host "/j\""

static void what_a_provider_publishes_must_be_its_own(void **st)
{
    static const struct { const char *issuer, *text; bool good; } rows[] = {
        { ISSUER, "{\"issuer\":\"" ISSUER "\"," ENDPOINTS(ISSUER) "}", true },
        { ISSUER, "{\"issuer\":\"" ISSUER "\"," ENDPOINTS("https://elsewhere.example:444") ",\"pi\":3.14}", true },
        { ISSUER, "{\"issuer\":\"" ISSUER "/\"," ENDPOINTS(ISSUER) "}", false },
        { ISSUER, "{\"issuer\":\"https://evil.example\"," ENDPOINTS(ISSUER) "}", false },
        { ISSUER, "{" ENDPOINTS(ISSUER) "}", false },
        { ISSUER, "{\"issuer\":\"" ISSUER "\"," ENDPOINTS("http://login.example.org") "}", false },
        { ISSUER, "{\"issuer\":\"" ISSUER "\"," ENDPOINTS("http://localhost") "}", false },
        { "http://localhost:8", "{\"issuer\":\"http://localhost:8\"," ENDPOINTS("http://localhost:9") "}", true },
        { "http://localhost:8", "{\"issuer\":\"http://localhost:8\"," ENDPOINTS("http://login.example.org") "}", false },
        { ISSUER, "{\"issuer\":\"" ISSUER "\",\"authorization_endpoint\":\"javascript:1\"}", false },
        { ISSUER, "{\"issuer\":\"" ISSUER "\"," ENDPOINTS(ISSUER) ",\"response_types_supported\":[\"id_token\"]}", false },
        { ISSUER, "{\"issuer\":\"" ISSUER "\"," ENDPOINTS(ISSUER) ",\"response_types_supported\":[\"code\",\"id_token\"]}", true },
        { ISSUER, "{\"issuer\":\"" ISSUER "\"," ENDPOINTS(ISSUER) ",\"code_challenge_methods_supported\":[\"plain\"]}", false },
        { ISSUER, "{\"issuer\":\"" ISSUER "\"," ENDPOINTS(ISSUER) ",\"userinfo_endpoint\":\"http://login.example.org\"}", false },
        { ISSUER, "", false },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        metadata m;
        fault    f = { 0 };
        if ((metadata_read(*st, str_of(rows[i].issuer), str_of(rows[i].text), &f, &m) == ERR_OK) != rows[i].good)
            fail_msg("row %zu: %s", i, f.text);
    }
}

static void settings_are_judged_before_anything_is_asked(void **st)
{
    const struct { oidc_provider p; bool good; } rows[] = {
        { { .issuer = S(ISSUER), .client_id = S("x") }, true },
        { { .issuer = S("http://localhost:9"), .client_id = S("x") }, true },
        { { .issuer = S("http://login.example.org"), .client_id = S("x") }, false },
        { { .issuer = S("login.example.org"), .client_id = S("x") }, false },
        { { .issuer = S(ISSUER "?a=b"), .client_id = S("x") }, false },
        { { .issuer = S(ISSUER) }, false },
        { { .client_id = S("x") }, false },
        { { .issuer = S(ISSUER), .client_id = S("x"), .scopes = S("email") }, false },
        { { .issuer = S(ISSUER), .client_id = S("x"), .scopes = S("email openid") }, true },
    };
    (void)st;
    for (size_t i = 0; i < COUNT(rows); i++) {
        oidc *o = NULL;
        fault f = { 0 };
        err_t e = oidc_open(&rows[i].p, &f, &o);
        if ((e == ERR_OK) != rows[i].good)
            fail_msg("row %zu: %s", i, f.text);
        oidc_close(o);
    }
}

static void an_attempt_comes_back_as_it_was_kept(void **st)
{
    oidc *o = NULL;
    assert_int_equal(oidc_open(&(oidc_provider){ .issuer = S(ISSUER), .client_id = S("x") }, NULL, &o), ERR_OK);
    oidc_attempt at = oidc_attempt_new(o, *st, S("https://attest.example.org/sign-in/oidc"), true), back, other = oidc_attempt_new(o, *st, S("x"), false);
    assert_true(oidc_attempt_read(*st, oidc_attempt_text(*st, &at), &back));
    assert_true(str_eq(at.state, back.state) && str_eq(at.nonce, back.nonce) && str_eq(at.verifier, back.verifier) && back.fresh);
    assert_true(str_eq(back.redirect_uri, at.redirect_uri) && back.begun_at == at.begun_at);
    assert_int_equal(at.verifier.n, 43);
    assert_false(str_eq(at.state, other.state) || str_eq(at.state, at.nonce) || str_eq(at.nonce, at.verifier));
    assert_false(oidc_attempt_read(*st, S("{\"state\":\"a\"}"), &back) || oidc_attempt_read(*st, S("x"), &back));
    oidc_close(o);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        T(tokens_of_the_four_algorithms_are_verified), T(the_published_examples_are_verified), T(what_is_signed_otherwise_is_refused),
        T(keys_that_are_not_for_it_or_none_are_refused), T(a_token_must_be_for_us_from_them_and_now),
        T(who_it_is_is_told_with_what_stands_behind), T(what_a_provider_publishes_must_be_its_own),
        T(settings_are_judged_before_anything_is_asked), T(an_attempt_comes_back_as_it_was_kept),
    };
    return cmocka_run_group_tests(tests, make_keys, drop_keys);
}
