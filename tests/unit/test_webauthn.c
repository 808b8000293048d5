/* Passkeys: a key made of libcrypto answers rightly, and wrongly in each way there is. */
#include "test.h"

#include "webauthn/webauthn.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#define RP     "attest.example.org"
#define ORIGIN "https://attest.example.org:8443"

static const str              origins[] = { { ORIGIN, sizeof ORIGIN - 1 }, { "https://other.example.org", 25 } };
static const webauthn_options site = { { RP, sizeof RP - 1 }, { "Attest", 6 }, origins, 2, true };
static const webauthn_options lax = { { RP, sizeof RP - 1 }, { "Attest", 6 }, origins, 2, false };

enum { ES256 = -7, EDDSA = -8, RS256 = -257, UP = 1, UV = 4, BE = 8, BS = 16, AT = 64, ED = 128 };

/* ---- a security key ----------------------------------------------------------------------- */

typedef struct {
    EVP_PKEY *pkey;
    int       alg;
    str       id, user;
} soft_key;

static EVP_PKEY *keys[3];

static int make_keys(void **st)
{
    (void)st;
    keys[0] = EVP_EC_gen("P-256");
    keys[1] = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    keys[2] = EVP_RSA_gen(2048);
    return keys[0] && keys[1] && keys[2] ? 0 : -1;
}

static int drop_keys(void **st)
{
    (void)st;
    for (size_t i = 0; i < COUNT(keys); i++)
        EVP_PKEY_free(keys[i]);
    return 0;
}

static soft_key key_of(int alg)
{
    return (soft_key){ keys[alg == ES256 ? 0 : alg == EDDSA ? 1 : 2], alg, S("0123456789abcdef0123456789abcdef"), S("\1\2\3person\xff") };
}

static void put_head(buf *b, unsigned major, size_t n)
{
    major <<= 5;
    if (n < 24) {
        buf_putc(b, (char)(major | n));
    } else if (n < 256) {
        buf_putc(b, (char)(major | 24));
        buf_putc(b, (char)n);
    } else {
        buf_putc(b, (char)(major | 25));
        buf_putc(b, (char)(n >> 8));
        buf_putc(b, (char)n);
    }
}
static void put_bytes(buf *b, str s) { put_head(b, 2, s.n), buf_puts(b, s); }
static void put_text(buf *b, str s) { put_head(b, 3, s.n), buf_puts(b, s); }
static void put_int(buf *b, int v) { v < 0 ? put_head(b, 1, (size_t)(-1 - v)) : put_head(b, 0, (size_t)v); }

static void put_number(buf *b, const EVP_PKEY *pkey, const char *name, int size)
{
    BIGNUM       *n = NULL;
    unsigned char bytes[256];
    assert_int_equal(EVP_PKEY_get_bn_param(pkey, name, &n), 1);
    assert_int_equal(BN_bn2binpad(n, bytes, size), size);
    put_bytes(b, (str){ (char *)bytes, (size_t)size });
    BN_free(n);
}

static str cose_of(arena *a, const soft_key *k)
{
    buf b = buf_new(a, 1000);
    put_head(&b, 5, k->alg == ES256 ? 5 : 4);
    put_int(&b, 1), put_int(&b, k->alg == ES256 ? 2 : k->alg == EDDSA ? 1 : 3);
    put_int(&b, 3), put_int(&b, k->alg);
    if (k->alg == RS256) {
        put_int(&b, -1), put_number(&b, k->pkey, OSSL_PKEY_PARAM_RSA_N, 256);
        put_int(&b, -2), put_number(&b, k->pkey, OSSL_PKEY_PARAM_RSA_E, 3);
        return buf_str(&b);
    }
    put_int(&b, -1), put_int(&b, k->alg == ES256 ? 1 : 6);
    put_int(&b, -2);
    if (k->alg == EDDSA) {
        unsigned char raw[32];
        size_t        n = sizeof raw;
        assert_int_equal(EVP_PKEY_get_raw_public_key(k->pkey, raw, &n), 1);
        put_bytes(&b, (str){ (char *)raw, n });
        return buf_str(&b);
    }
    put_number(&b, k->pkey, OSSL_PKEY_PARAM_EC_PUB_X, 32);
    put_int(&b, -3), put_number(&b, k->pkey, OSSL_PKEY_PARAM_EC_PUB_Y, 32);
    return buf_str(&b);
}

static str sha256(arena *a, str s)
{
    auto_hasher hasher *h = hasher_new();
    hash32              d = sha256_of(h, s.p, s.n);
    return str_dup(a, (str){ (char *)d.b, sizeof d.b });
}

static str sign(arena *a, const soft_key *k, str auth_data, str client_data)
{
    EVP_MD_CTX   *c = EVP_MD_CTX_new();
    unsigned char sig[512];
    size_t        n = sizeof sig;
    str           text, hash = sha256(a, client_data);
    buf           b = buf_new(a, 4096);
    buf_puts(&b, auth_data), buf_puts(&b, hash);
    text = buf_str(&b);
    assert_int_equal(EVP_DigestSignInit(c, NULL, k->alg == EDDSA ? NULL : EVP_sha256(), NULL, k->pkey), 1);
    assert_int_equal(EVP_DigestSign(c, sig, &n, (const unsigned char *)text.p, text.n), 1);
    EVP_MD_CTX_free(c);
    return str_dup(a, (str){ (char *)sig, n });
}

/* What a key and a browser would say; a test changes one thing and lets them sign it. */
typedef struct {
    const char *type, *challenge, *origin, *more, *rp, *fmt, *extensions, *attribute;
    unsigned    flags;
    unsigned    count;
    int         claimed_alg;           /* in the attestation; 0: the key's */
    const char *raw_id;                /* told by the browser; NULL: the key's */
    str         cose;                  /* .p NULL: the key's */
} wish;

#define CHALLENGE "0123456789abcdef0123456789abcdef"
static const str  challenge = { CHALLENGE, 32 };
static const wish made = { "webauthn.create", CHALLENGE, ORIGIN, "", RP, "none", "", "", UP | UV | AT, 7, 0, NULL, { 0 } };
static const wish got = { "webauthn.get", CHALLENGE, ORIGIN, "", RP, "", "", "", UP | UV, 8, 0, NULL, { 0 } };

static str client_data(arena *a, const wish *w)
{
    return str_fmt(a, "{\"type\":\"%s\",\"challenge\":\"" STR_FMT "\",\"origin\":\"%s\"%s}", w->type,
                   STR_ARG(base64url_of(a, w->challenge, strlen(w->challenge))), w->origin, w->more);
}

static str auth_data(arena *a, const soft_key *k, const wish *w)
{
    buf b = buf_new(a, 4096);
    buf_puts(&b, sha256(a, str_of(w->rp)));
    buf_putc(&b, (char)w->flags);
    for (int i = 3; i >= 0; i--)
        buf_putc(&b, (char)(w->count >> (8 * i)));
    if (w->flags & AT) {
        buf_puts(&b, S("\xab\xcd" "0123456789abcd"));
        buf_putc(&b, (char)(k->id.n >> 8)), buf_putc(&b, (char)k->id.n);
        buf_puts(&b, k->id);
        buf_puts(&b, w->cose.p ? w->cose : cose_of(a, k));
    }
    buf_putz(&b, w->extensions);
    return buf_str(&b);
}

static str object(arena *a, const soft_key *k, const wish *w)
{
    str data = auth_data(a, k, w);
    buf b = buf_new(a, 8192);
    put_head(&b, 5, 3);
    put_text(&b, S("fmt")), put_text(&b, str_of(w->fmt));
    put_text(&b, S("attStmt"));
    if (str_eq(str_of(w->fmt), S("none"))) {
        put_head(&b, 5, 0);
    } else {
        put_head(&b, 5, 2);
        put_text(&b, S("alg")), put_int(&b, w->claimed_alg ? w->claimed_alg : k->alg);
        put_text(&b, S("sig")), put_bytes(&b, sign(a, k, data, client_data(a, w)));
    }
    put_text(&b, S("authData")), put_bytes(&b, data);
    return buf_str(&b);
}

static str b64(arena *a, str s) { return base64url_of(a, s.p, s.n); }

static str posted(arena *a, str id, str response)
{
    str text = b64(a, id);
    return str_fmt(a, "{\"id\":\"" STR_FMT "\",\"rawId\":\"" STR_FMT "\",\"type\":\"public-key\",\"response\":{" STR_FMT
                      "},\"clientExtensionResults\":{\"x\":1.5}}", STR_ARG(text), STR_ARG(text), STR_ARG(response));
}

static str create_answer(arena *a, str id, str client, str obj)
{
    return posted(a, id, str_fmt(a, "\"clientDataJSON\":\"" STR_FMT "\",\"attestationObject\":\"" STR_FMT
                                    "\",\"transports\":[\"usb\",\"BAD WORD\",\"hybrid\"]", STR_ARG(b64(a, client)), STR_ARG(b64(a, obj))));
}

static str get_answer(arena *a, str id, str client, str data, str sig, str user)
{
    return posted(a, id, str_fmt(a, "\"clientDataJSON\":\"" STR_FMT "\",\"authenticatorData\":\"" STR_FMT "\",\"signature\":\"" STR_FMT
                                    "\",\"userHandle\":\"" STR_FMT "\"", STR_ARG(b64(a, client)), STR_ARG(b64(a, data)),
                                 STR_ARG(b64(a, sig)), STR_ARG(b64(a, user))));
}

static str id_told(const soft_key *k, const wish *w) { return w->raw_id ? str_of(w->raw_id) : k->id; }

static str create(arena *a, const soft_key *k, const wish *w)
{
    return create_answer(a, id_told(k, w), client_data(a, w), object(a, k, w));
}

static str get(arena *a, const soft_key *k, const wish *w)
{
    str data = auth_data(a, k, w), client = client_data(a, w);
    return get_answer(a, id_told(k, w), client, data, sign(a, k, data, client), k->user);
}

/* ---- tests --------------------------------------------------------------------------------- */

static int begin(void **st) { return (*st = arena_new(256 << 20)) ? 0 : -1; }
static int end(void **st) { return arena_free(*st), 0; }

static webauthn_key enrol(arena *a, const soft_key *k, const wish *w)
{
    webauthn_new_key new_key = { 0 };
    fault            f = { 0 };
    if (webauthn_registered(a, &site, challenge, create(a, k, w), &f, &new_key) != ERR_OK)
        fail_msg("alg %d: %s", k->alg, f.text);
    return new_key.key;
}

static void a_key_of_each_algorithm_is_enrolled_and_signs_in(void **st)
{
    static const int   algs[] = { ES256, EDDSA, RS256 };
    static const char *fmts[] = { "none", "packed" };
    for (size_t i = 0; i < 6; i++) {
        soft_key         k = key_of(algs[i / 2]);
        wish             w = made, again = got;
        webauthn_new_key n = { 0 };
        webauthn_proof   p = { 0 };
        fault            f = { 0 };
        w.fmt = fmts[i % 2];
        w.flags |= BE | BS;
        err_t e = webauthn_registered(*st, &site, challenge, create(*st, &k, &w), &f, &n);
        if (e != ERR_OK)
            fail_msg("alg %d: %s", k.alg, f.text);
        assert_true(str_eq(n.key.id, k.id) && n.key.alg == k.alg && n.key.sign_count == 7 && n.uv && n.backed_up);
        assert_true(str_eq(n.key.transports, S("usb,hybrid")));
        assert_true(str_eq(n.aaguid, S("abcd3031323334353637383961626364")));
        assert_true(str_eq(n.attestation, str_of(w.fmt)));
        again.flags |= BE;
        str id, user;
        str answer = get(*st, &k, &again);
        assert_int_equal(webauthn_claims(*st, answer, &f, &id, &user), ERR_OK);
        assert_true(str_eq(id, k.id) && str_eq(user, k.user));
        e = webauthn_asserted(*st, &site, challenge, answer, &n.key, &f, &p);
        if (e != ERR_OK)
            fail_msg("alg %d: %s", k.alg, f.text);
        assert_true(str_eq(p.user, k.user) && p.sign_count == 8 && p.uv && !p.backed_up);
    }
}

typedef struct {
    wish        w;
    err_t       e;
    const char *says;
} refusal;
#define WISH(from, ...) __extension__ ({ wish w_ = from; __VA_ARGS__; w_; })

static void check_refusals(arena *a, const refusal *rows, size_t n, const webauthn_key *known)
{
    for (size_t i = 0; i < n; i++) {
        soft_key         k = key_of(ES256);
        webauthn_new_key new_key = { 0 };
        webauthn_proof   proof = { 0 };
        fault            f = { 0 };
        err_t            e = known ? webauthn_asserted(a, &site, challenge, get(a, &k, &rows[i].w), known, &f, &proof)
                                   : webauthn_registered(a, &site, challenge, create(a, &k, &rows[i].w), &f, &new_key);
        if (e != rows[i].e || (e != ERR_OK && !strstr(f.text, rows[i].says)))
            fail_msg("row %zu: %s: %s", i, err_describe(e)->wire, f.text);
        assert_true(e == ERR_OK || (new_key.key.id.n == 0 && proof.user.n == 0));
    }
}

static void what_the_browser_says_must_fit(void **st)
{
    static const char other[] = "1123456789abcdef0123456789abcdef", half[] = "0123456789abcdef";
    for (int asserting = 0; asserting < 2; asserting++) {
        soft_key      k = key_of(ES256);
        webauthn_key  known = enrol(*st, &k, &made);
        wish          from = asserting ? got : made;
        const refusal rows[] = {
            { from, ERR_OK, "" },
            { WISH(from, w_.type = asserting ? "webauthn.create" : "webauthn.get"), ERR_DENIED, "another question" },
            { WISH(from, w_.type = "payment.get"), ERR_DENIED, "another question" },
            { WISH(from, w_.challenge = other), ERR_DENIED, "not to this question" },
            { WISH(from, w_.challenge = half), ERR_DENIED, "not to this question" },
            { WISH(from, w_.challenge = ""), ERR_DENIED, "not to this question" },
            { WISH(from, w_.origin = "https://other.example.org"), ERR_OK, "" },
            { WISH(from, w_.origin = "https://attest.example.org"), ERR_DENIED, "another site" },
            { WISH(from, w_.origin = "http://attest.example.org:8443"), ERR_DENIED, "another site" },
            { WISH(from, w_.origin = ORIGIN "/"), ERR_DENIED, "another site" },
            { WISH(from, w_.origin = ORIGIN ".evil.example"), ERR_DENIED, "another site" },
            { WISH(from, w_.origin = ""), ERR_DENIED, "another site" },
            { WISH(from, w_.more = ",\"crossOrigin\":false"), ERR_OK, "" },
            { WISH(from, w_.more = ",\"crossOrigin\":false,\"other_keys_can_be_added_here\":\"do not compare\""), ERR_OK, "" },
            { WISH(from, w_.more = ",\"crossOrigin\":true"), ERR_DENIED, "inside another" },
            { WISH(from, w_.more = ",\"crossOrigin\":\"false\""), ERR_DENIED, "inside another" },
            { WISH(from, w_.more = ",\"topOrigin\":\"https://evil.example\""), ERR_DENIED, "inside another" },
            { WISH(from, w_.more = ",\"origin\":\"" ORIGIN "\""), ERR_INVALID, "cannot be read" },
            { WISH(from, w_.more = ",\"x\":"), ERR_INVALID, "cannot be read" },
        };
        check_refusals(*st, rows, COUNT(rows), asserting ? &known : NULL);
    }
}

static void what_the_key_says_must_fit(void **st)
{
    for (int asserting = 0; asserting < 2; asserting++) {
        soft_key      k = key_of(ES256);
        webauthn_key  known = enrol(*st, &k, &made);
        wish          from = asserting ? got : made;
        const refusal rows[] = {
            { WISH(from, w_.rp = "evil.example"), ERR_DENIED, "another site" },
            { WISH(from, w_.flags &= ~(unsigned)UP), ERR_DENIED, "nobody touched" },
            { WISH(from, w_.flags &= ~(unsigned)UV), ERR_DENIED, "set a PIN" },
            { WISH(from, w_.flags |= BS), ERR_DENIED, "backed up" },
            { WISH(from, w_.flags |= BE), ERR_OK, "" },
            { WISH(from, w_.flags ^= AT), ERR_INVALID, "cannot be read" },
            { WISH(from, w_.flags |= ED, w_.extensions = "\xa1\x6b" "credProtect\x02"), ERR_OK, "" },
            { WISH(from, w_.flags |= ED, w_.extensions = "\xa1\x6b" "credProtect"), ERR_INVALID, "cannot be read" },
            { WISH(from, w_.flags |= ED, w_.extensions = "\x6b" "credProtect"), ERR_INVALID, "cannot be read" },
            { WISH(from, w_.flags |= ED), ERR_INVALID, "cannot be read" },
            { WISH(from, w_.extensions = "\xa0"), ERR_INVALID, "cannot be read" },
            { WISH(from, w_.extensions = "x"), ERR_INVALID, "cannot be read" },
            { WISH(from, w_.raw_id = "1123456789abcdef0123456789abcdef"), ERR_DENIED, asserting ? "another key" : "different credentials" },
        };
        /* libfido2 takes no extension in an assertion that was not asked for */
        size_t skip = asserting ? 6 : COUNT(rows);
        check_refusals(*st, rows, skip, asserting ? &known : NULL);
        if (asserting)
            check_refusals(*st, rows + 7, COUNT(rows) - 7, &known);
    }
}

static void without_verification_the_touch_is_enough_where_it_is_allowed(void **st)
{
    soft_key         k = key_of(EDDSA);
    wish             w = made, again = got;
    webauthn_new_key n = { 0 };
    webauthn_proof   p = { 0 };
    fault            f = { 0 };
    w.flags = UP | AT, again.flags = UP;
    assert_int_equal(webauthn_registered(*st, &lax, challenge, create(*st, &k, &w), &f, &n), ERR_OK);
    assert_false(n.uv);
    assert_int_equal(webauthn_asserted(*st, &lax, challenge, get(*st, &k, &again), &n.key, &f, &p), ERR_OK);
    assert_false(p.uv);
}

static void an_attestation_must_be_none_or_rightly_signed(void **st)
{
    soft_key      k = key_of(ES256);
    const refusal rows[] = {
        { WISH(made, w_.fmt = "packed"), ERR_OK, "" },
        { WISH(made, w_.fmt = "packed", w_.claimed_alg = RS256), ERR_INVALID, "attestation" },
        { WISH(made, w_.fmt = "fido-u2f"), ERR_INVALID, "not asked for" },
        { WISH(made, w_.fmt = "tpm"), ERR_INVALID, "not asked for" },
        { WISH(made, w_.fmt = ""), ERR_INVALID, "not asked for" },
    };
    check_refusals(*st, rows, COUNT(rows), NULL);
    /* every bit of what is signed */
    wish  w = WISH(made, w_.fmt = "packed");
    str   client = client_data(*st, &w), whole = object(*st, &k, &w);
    fault none;
    for (size_t bit = 0; bit < whole.n * 8; bit++) {
        char            *copy = str_z(*st, whole);
        webauthn_new_key n;
        copy[bit / 8] = (char)(copy[bit / 8] ^ 1 << bit % 8);
        none = (fault){ 0 };
        if (webauthn_registered(*st, &site, challenge, create_answer(*st, k.id, client, (str){ copy, whole.n }), &none, &n) == ERR_OK)
            fail_msg("bit %zu of byte %zu may be anything", bit % 8, bit / 8);
        if (bit % 64 == 63)
            arena_reset(*st), client = client_data(*st, &w), whole = object(*st, &k, &w);
    }
}

static void an_attestation_that_is_cut_short_or_goes_on_is_refused(void **st)
{
    soft_key         k = key_of(RS256);
    webauthn_new_key n;
    str              client = client_data(*st, &made), whole = object(*st, &k, &made);
    for (size_t cut = 0; cut < whole.n; cut++) {
        fault f = { 0 };
        assert_int_equal(webauthn_registered(*st, &site, challenge, create_answer(*st, k.id, client, str_sub(whole, 0, cut)), &f, &n), ERR_INVALID);
    }
    str longer = str_fmt(*st, STR_FMT "%c", STR_ARG(whole), 'x');
    assert_int_equal(webauthn_registered(*st, &site, challenge, create_answer(*st, k.id, client, longer), NULL, &n), ERR_INVALID);
    /* lengths that lie: an array of 2^60, a string of 2^63, indefinite, tagged */
    static const char *const liars[] = { "\x9b\x10\0\0\0\0\0\0\0", "\x5b\x80\0\0\0\0\0\0\0", "\xbf\xff", "\xc0\xa0", "\xa3\x63\x66mt\x7b\xff\xff\xff\xff\xff\xff\xff\xff" };
    static const size_t      sizes[] = { 9, 9, 2, 2, 14 };
    for (size_t i = 0; i < COUNT(liars); i++)
        assert_int_equal(webauthn_registered(*st, &site, challenge, create_answer(*st, k.id, client, (str){ liars[i], sizes[i] }), NULL, &n), ERR_INVALID);
}

static void public_keys_that_are_none_are_refused(void **st)
{
    soft_key         es = key_of(ES256), rs = key_of(RS256);
    webauthn_new_key n;
    str              sound = cose_of(*st, &es);
    char            *off_curve = str_z(*st, sound), *other_alg = str_z(*st, sound), *curve = str_z(*st, sound), *kind = str_z(*st, sound);
    off_curve[sound.n - 1] ^= 1;
    other_alg[4] = 0x27;               /* -8 with a point of P-256 */
    curve[6] = 2;                      /* P-384 */
    kind[2] = 1;                       /* OKP */
    char *exponent = str_z(*st, cose_of(*st, &rs));
    size_t rsa_n = cose_of(*st, &rs).n;
    exponent[rsa_n - 3] = 0, exponent[rsa_n - 1] = 1, exponent[rsa_n - 2] = 0;
    const str bad[] = { { off_curve, sound.n }, { other_alg, sound.n }, { curve, sound.n }, { kind, sound.n }, S("\xa0"), S("\xa1\x03\x26"),
                        S("\xa2\x03\x26\x03\x26"), { exponent, rsa_n }, S("\xa1\x03\x38\x22") /* ES384 was not offered */ };
    for (size_t i = 0; i < COUNT(bad); i++) {
        fault f = { 0 };
        if (webauthn_registered(*st, &site, challenge, create(*st, &es, &(wish[1]){ WISH(made, w_.cose = bad[i]) }[0]), &f, &n) == ERR_OK)
            fail_msg("row %zu is taken for a key", i);
    }
}

static void a_signature_covers_every_bit_of_what_was_said(void **st)
{
    soft_key     k = key_of(ES256);
    webauthn_key known = enrol(*st, &k, &made);
    str          parts[3] = { client_data(*st, &got), auth_data(*st, &k, &got) };
    parts[2] = sign(*st, &k, parts[1], parts[0]);
    webauthn_proof p;
    fault          f = { 0 };
    assert_int_equal(webauthn_asserted(*st, &site, challenge, get_answer(*st, k.id, parts[0], parts[1], parts[2], k.user), &known, &f, &p), ERR_OK);
    for (size_t part = 0; part < 3; part++)
        for (size_t bit = 0; bit < parts[part].n * 8; bit++) {
            auto_arena arena *a = arena_new(8 << 20);
            str               bent[3] = { parts[0], parts[1], parts[2] };
            char             *copy = str_z(a, bent[part]);
            copy[bit / 8] = (char)(copy[bit / 8] ^ 1 << bit % 8);
            bent[part].p = copy;
            if (webauthn_asserted(a, &site, challenge, get_answer(a, k.id, bent[0], bent[1], bent[2], k.user), &known, NULL, &p) == ERR_OK)
                fail_msg("part %zu, byte %zu may be anything", part, bit / 8);
        }
    for (size_t cut = 0; cut < parts[2].n; cut++)
        assert_int_not_equal(webauthn_asserted(*st, &site, challenge, get_answer(*st, k.id, parts[0], parts[1], str_sub(parts[2], 0, cut), k.user), &known, NULL, &p), ERR_OK);
}

static void another_key_cannot_sign(void **st)
{
    soft_key       k = key_of(ES256), other = key_of(ES256);
    webauthn_key   known = enrol(*st, &k, &made);
    webauthn_proof p;
    fault          f = { 0 };
    other.pkey = EVP_EC_gen("P-256");
    assert_int_equal(webauthn_asserted(*st, &site, challenge, get(*st, &other, &got), &known, &f, &p), ERR_DENIED);
    EVP_PKEY_free(other.pkey);
    other = key_of(EDDSA);             /* an answer of another algorithm under the same name */
    assert_int_equal(webauthn_asserted(*st, &site, challenge, get(*st, &other, &got), &known, NULL, &p), ERR_DENIED);
    webauthn_key confused = known;
    confused.alg = EDDSA;
    assert_int_equal(webauthn_asserted(*st, &site, challenge, get(*st, &k, &got), &confused, NULL, &p), ERR_CORRUPT);
    confused.alg = 0;
    assert_int_equal(webauthn_asserted(*st, &site, challenge, get(*st, &k, &got), &confused, NULL, &p), ERR_CORRUPT);
}

static void a_count_that_does_not_rise_is_a_copy(void **st)
{
    static const struct { int64_t old; unsigned now; err_t e; } rows[] = {
        { 0, 0, ERR_OK }, { 0, 1, ERR_OK }, { 7, 8, ERR_OK }, { 7, 7, ERR_CONFLICT }, { 8, 7, ERR_CONFLICT }, { 1, 0, ERR_CONFLICT },
        { 0x7fffffff, 0x80000000u, ERR_OK }, { 0xffffffff, 0, ERR_CONFLICT },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        soft_key       k = key_of(ES256);
        webauthn_key   known = enrol(*st, &k, &made);
        webauthn_proof p;
        known.sign_count = rows[i].old;
        assert_int_equal(webauthn_asserted(*st, &site, challenge, get(*st, &k, &(wish[1]){ WISH(got, w_.count = rows[i].now) }[0]), &known, NULL, &p), rows[i].e);
    }
}

static void answers_of_another_shape_are_refused(void **st)
{
    soft_key         k = key_of(ES256);
    str              whole = create(*st, &k, &made), id, user;
    webauthn_new_key n;
    static const char *const bad[] = {
        "", "{}", "[]", "null", "{\"type\":\"public-key\"}", "{\"type\":\"public-key\",\"id\":\"AAAA\",\"rawId\":\"AAAA\"}",
        "{\"type\":\"public-key\",\"id\":\"AAAA\",\"rawId\":\"AAAB\",\"response\":{}}",
        "{\"type\":\"password\",\"id\":\"AAAA\",\"rawId\":\"AAAA\",\"response\":{}}",
        "{\"type\":\"public-key\",\"id\":\"AA==\",\"rawId\":\"AA==\",\"response\":{}}",
        "{\"type\":\"public-key\",\"id\":\"\",\"rawId\":\"\",\"response\":{}}",
        "{\"type\":\"public-key\",\"id\":\"AAAA\",\"rawId\":\"AAAA\",\"response\":{\"userHandle\":7}}",
        "{\"type\":\"public-key\",\"id\":\"AAAA\",\"rawId\":\"AAAA\",\"response\":\"x\"}",
    };
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_int_equal(webauthn_claims(*st, str_of(bad[i]), NULL, &id, &user), ERR_INVALID);
    for (size_t cut = 0; cut < whole.n; cut += 7)
        assert_int_not_equal(webauthn_registered(*st, &site, challenge, str_sub(whole, 0, cut), NULL, &n), ERR_OK);
    char *much = arena_alloc(*st, WEBAUTHN_ANSWER_MAX + 2, 1);
    memset(much, ' ', WEBAUTHN_ANSWER_MAX + 1);
    assert_int_equal(webauthn_claims(*st, (str){ much, WEBAUTHN_ANSWER_MAX + 1 }, NULL, &id, &user), ERR_TOO_LARGE);
}

static void the_browser_is_asked_for_what_is_verified(void **st)
{
    webauthn_key known[] = { { .id = S("0123456789abcdef"), .transports = S("usb,nfc") }, { .id = S("x") } };
    str          c = webauthn_create_json(*st, &site, challenge, S("\1\2"), S("ann@example.org"), S("Ann \"A\""), known, 2);
    str          g = webauthn_get_json(*st, &lax, challenge, NULL, 0);
    assert_true(str_eq(c, S("{\"rp\":{\"id\":\"attest.example.org\",\"name\":\"Attest\"},\"user\":{\"id\":\"AQI\",\"name\":\"ann@example.org\","
        "\"displayName\":\"Ann \\\"A\\\"\"},\"challenge\":\"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY\",\"pubKeyCredParams\":["
        "{\"type\":\"public-key\",\"alg\":-7},{\"type\":\"public-key\",\"alg\":-8},{\"type\":\"public-key\",\"alg\":-257}],\"timeout\":300000,"
        "\"excludeCredentials\":[{\"type\":\"public-key\",\"id\":\"MDEyMzQ1Njc4OWFiY2RlZg\",\"transports\":[\"usb\",\"nfc\"]},"
        "{\"type\":\"public-key\",\"id\":\"eA\",\"transports\":[]}],\"authenticatorSelection\":{\"residentKey\":\"preferred\","
        "\"requireResidentKey\":false,\"userVerification\":\"required\"},\"attestation\":\"none\"}")));
    assert_true(str_eq(g, S("{\"challenge\":\"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY\",\"timeout\":300000,\"rpId\":\"attest.example.org\","
        "\"allowCredentials\":[],\"userVerification\":\"preferred\"}")));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        T(a_key_of_each_algorithm_is_enrolled_and_signs_in), T(what_the_browser_says_must_fit), T(what_the_key_says_must_fit),
        T(without_verification_the_touch_is_enough_where_it_is_allowed), T(an_attestation_must_be_none_or_rightly_signed),
        T(an_attestation_that_is_cut_short_or_goes_on_is_refused), T(public_keys_that_are_none_are_refused),
        T(a_signature_covers_every_bit_of_what_was_said), T(another_key_cannot_sign), T(a_count_that_does_not_rise_is_a_copy),
        T(answers_of_another_shape_are_refused), T(the_browser_is_asked_for_what_is_verified),
    };
    return cmocka_run_group_tests(tests, make_keys, drop_keys);
}
