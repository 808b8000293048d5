/* The two ends of a sign-in: where the browser is sent, and what is asked when it is back. */
#include "oidc/parts.h"

#include <openssl/crypto.h>

enum { URL_MAX = 8 << 10, FORM_MAX = 64 << 10, SECRET_BYTES = 32, CODE_MAX = 4096 };

static str secret(arena *a)
{
    uint8_t b[SECRET_BYTES];
    random_bytes(b, sizeof b);
    return base64url_of(a, b, sizeof b);
}

oidc_attempt oidc_attempt_new(const oidc *o, arena *a, str redirect_uri, bool fresh)
{
    return (oidc_attempt){ .state = secret(a), .nonce = secret(a), .verifier = secret(a), .redirect_uri = redirect_uri, .fresh = fresh,
                           .begun_at = oidc_now(o) };
}

str oidc_attempt_text(arena *a, const oidc_attempt *at)
{
    buf         out = buf_new(a, FORM_MAX);
    json_writer w = { .b = &out };
    jw_obj(&w);
    jw_kstr(&w, "state", at->state);
    jw_kstr(&w, "nonce", at->nonce);
    jw_kstr(&w, "verifier", at->verifier);
    jw_kstr(&w, "redirect_uri", at->redirect_uri);
    jw_kbool(&w, "fresh", at->fresh);
    jw_kint(&w, "begun_at", at->begun_at);
    jw_end_obj(&w);
    return buf_str(&out);
}

bool oidc_attempt_read(arena *a, str text, oidc_attempt *ret)
{
    json_parts p;
    if (!json_read_object(a, text, &p))
        return false;
    const json_part *fresh = json_at(&p, "fresh"), *begun = json_at(&p, "begun_at");
    oidc_attempt     at = { json_text(&p, "state"), json_text(&p, "nonce"), json_text(&p, "verifier"), json_text(&p, "redirect_uri"),
                            fresh && fresh->kind == JSON_TRUE, begun && begun->kind == JSON_INT ? begun->i : 0 };
    if (!at.state.n || !at.nonce.n || !at.verifier.n || !at.redirect_uri.n || !fresh || !begun)
        return false;
    *ret = at;
    return true;
}

/* ---- forms ------------------------------------------------------------------------------------------ */

static void put_encoded(buf *b, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("-._~", c));
        if (plain)
            buf_putc(b, (char)c);
        else
            buf_fmt(b, "%%%02X", c);
    }
}

static void put_field(buf *b, const char *name, str text)
{
    if (b->n && b->p[b->n - 1] != '?')
        buf_putc(b, '&');
    buf_putz(b, name);
    buf_putc(b, '=');
    put_encoded(b, text);
}

static str challenge_of(arena *a, str verifier)
{
    auto_hasher hasher *h = hasher_new();
    hash32              d = sha256_of(h, verifier.p, verifier.n);
    return base64url_of(a, d.b, sizeof d.b);
}

err_t oidc_begin(oidc *o, arena *a, const oidc_attempt *at, fault *f, str *ret_url)
{
    const oidc_provider *p = oidc_settings(o);
    metadata             m;
    buf                  url = buf_new(a, URL_MAX);
    TRY(oidc_metadata(o, a, f, &m));
    buf_puts(&url, m.authorization);
    if (!memchr(m.authorization.p, '?', m.authorization.n))
        buf_putc(&url, '?');
    put_field(&url, "response_type", S("code"));
    put_field(&url, "client_id", p->client_id);
    put_field(&url, "redirect_uri", at->redirect_uri);
    put_field(&url, "scope", p->scopes);
    put_field(&url, "state", at->state);
    put_field(&url, "nonce", at->nonce);
    put_field(&url, "code_challenge", challenge_of(a, at->verifier));
    put_field(&url, "code_challenge_method", S("S256"));
    if (at->fresh) {
        put_field(&url, "prompt", S("login"));
        put_field(&url, "max_age", S("0"));
    } else {
        put_field(&url, "max_age", str_fmt(a, "%lld", (long long)(OIDC_MAX_AGE / SECONDS(1))));
    }
    if (url.overflow)
        return fail(f, ERR_INVALID, "the sign-in provider's address is too long");
    *ret_url = buf_str(&url);
    return ERR_OK;
}

/* ---- what came back ------------------------------------------------------------------------------------ */

static bool same_secret(str a, str b) { return a.p && a.n == b.n && a.n > 0 && CRYPTO_memcmp(a.p, b.p, a.n) == 0; }

static err_t return_check(arena *a, const oidc_provider *p, const metadata *m, const oidc_attempt *at, const oidc_return *back, fault *f)
{
    if (!same_secret(back->state, at->state))
        return fail(f, ERR_DENIED, "this is not the answer to your sign-in; start again");
    if (back->iss.p ? !str_eq(back->iss, p->issuer) : m->says_iss)
        return fail(f, ERR_DENIED, "the answer comes from another sign-in provider");
    if (back->error.p)
        return fail(f, ERR_DENIED, "the sign-in provider refused (" STR_FMT ")", STR_ARG(utf8_cut(utf8_clean(a, back->error), 100)));
    if (!back->code.n || back->code.n > CODE_MAX)
        return fail(f, ERR_DENIED, "the sign-in provider sent no code");
    return ERR_OK;
}

/* RFC 6749, 2.3.1: both are form-encoded before they are joined. */
static str basic(arena *a, const oidc_provider *p)
{
    buf b = buf_new(a, FORM_MAX);
    put_encoded(&b, p->client_id);
    buf_putc(&b, ':');
    put_encoded(&b, p->client_secret);
    return str_fmt(a, "Authorization: Basic " STR_FMT, STR_ARG(base64_of(a, b.p, b.n)));
}

typedef struct {
    str id, access;
} tokens;

static err_t tokens_read(arena *a, int64_t status, str json, fault *f, tokens *ret)
{
    json_parts t;
    if (!json_read_object(a, json, &t))
        return fail(f, ERR_IO, "the sign-in provider's answer cannot be read");
    if (status != 200)
        return fail(f, ERR_DENIED, "the sign-in provider did not take the code (%lld, " STR_FMT ")", (long long)status,
                    STR_ARG(utf8_cut(json_text(&t, "error"), 100)));
    *ret = (tokens){ json_text(&t, "id_token"), json_text(&t, "access_token") };
    if (!ret->id.n)
        return fail(f, ERR_DENIED, "the sign-in provider gave no ID token: is \"openid\" among the scopes?");
    if (!str_eq(str_lower(a, json_text(&t, "token_type")), S("bearer")))
        ret->access = S("");
    return ERR_OK;
}

static err_t exchange_code(const oidc *o, arena *a, const metadata *m, const oidc_attempt *at, str code, fault *f, tokens *ret)
{
    const oidc_provider *p = oidc_settings(o);
    buf                  form = buf_new(a, FORM_MAX);
    int64_t              status = 0;
    str                  json;
    put_field(&form, "grant_type", S("authorization_code"));
    put_field(&form, "code", code);
    put_field(&form, "redirect_uri", at->redirect_uri);
    put_field(&form, "code_verifier", at->verifier);
    if (!p->client_secret.n)
        put_field(&form, "client_id", p->client_id);
    const str headers[] = { S("Accept: application/json"), S("Content-Type: application/x-www-form-urlencoded"), basic(a, p) };
    TRY(oidc_exchange(o, a, m->token, headers, p->client_secret.n ? 3 : 2, buf_str(&form), f, &status, &json));
    return tokens_read(a, status, json, f, ret);
}

static err_t verify(oidc *o, arena *a, const metadata *m, str token, fault *f, jws *ret)
{
    str   keys = { 0 };
    fault why = { 0 };
    TRY(jws_read(a, token, f, ret));
    TRY(oidc_keys(o, a, m, false, f, &keys));
    err_t e = jws_verify(a, ret, keys, &why);
    if (e == ERR_NOT_FOUND) {             /* perhaps the provider has new keys */
        why = (fault){ 0 };
        TRY(oidc_keys(o, a, m, true, f, &keys));
        e = jws_verify(a, ret, keys, &why);
    }
    if (e == ERR_OK)
        return ERR_OK;
    return fail(f, ERR_DENIED, "%s", why.text);
}

/* Sound characters of a token in a header (RFC 6750, 2.1). */
static bool bearer_sound(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= 0x20 || (unsigned char)s.p[i] >= 0x7f)
            return false;
    return s.n > 0;
}

/* Some providers tell e-mail and name only here. What it says counts when it is of the same subject. */
static err_t ask_userinfo(const oidc *o, arena *a, const metadata *m, str access, fault *f, oidc_identity *id)
{
    json_parts c;
    str        json;
    const str  headers[] = { S("Accept: application/json"), str_fmt(a, "Authorization: Bearer " STR_FMT, STR_ARG(access)) };
    TRY(oidc_exchange(o, a, m->userinfo, headers, COUNT(headers), (str){ 0 }, f, NULL, &json));
    if (!json_read_object(a, json, &c) || !str_eq(json_text(&c, "sub"), id->subject))
        return fail(f, ERR_DENIED, "the sign-in provider tells of somebody else");
    claims_profile(&c, id);
    return ERR_OK;
}

err_t oidc_finish(oidc *o, arena *a, const oidc_attempt *at, const oidc_return *back, fault *f, oidc_identity *ret)
{
    const oidc_provider *p = oidc_settings(o);
    metadata             m = { 0 };
    tokens               t = { 0 };
    jws                  j = { 0 };
    oidc_identity        id = { 0 };
    TRY(oidc_metadata(o, a, f, &m));
    TRY(return_check(a, p, &m, at, back, f));
    TRY(exchange_code(o, a, &m, at, back->code, f, &t));
    TRY(verify(o, a, &m, t.id, f, &j));
    claims_want w = { p->issuer, p->client_id, at->nonce, oidc_now(o), at->fresh ? at->begun_at : 0, at->begun_at - OIDC_MAX_AGE };
    TRY(claims_check(a, &w, j.payload, f, &id));
    if (!id.email.n && m.userinfo.n && bearer_sound(t.access))
        TRY(ask_userinfo(o, a, &m, t.access, f, &id));
    *ret = id;
    return ERR_OK;
}
