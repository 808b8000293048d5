/* What an ID token must say (OpenID Connect Core, 3.1.3.7). */
#include "oidc/parts.h"

#include <openssl/crypto.h>

enum { SKEW_S = 60, SUBJECT_MAX = 255, TITLE_MAX = 300, EMAIL_MAX = 254 };

static bool same_secret(str a, str b) { return a.p && a.n == b.n && a.n > 0 && CRYPTO_memcmp(a.p, b.p, a.n) == 0; }

/* Seconds since 1970; false when it is there and none. */
static bool moment(const json_parts *c, const char *name, time_us *ret)
{
    const json_part *part = json_at(c, name);
    *ret = 0;
    if (!part)
        return true;
    if (part->kind != JSON_INT || part->i < 1 || part->i > INT64_C(253402300799))
        return false;
    *ret = SECONDS(part->i);
    return true;
}

static err_t audience_check(arena *a, const json_parts *c, str client_id, fault *f)
{
    const json_part *aud = json_at(c, "aud"), *azp = json_at(c, "azp");
    json_parts       list = { 0 };
    bool             ours = aud && aud->kind == JSON_STR && str_eq(aud->s, client_id);
    if (aud && aud->kind == JSON_ARR && json_read_array(a, aud->raw, &list))
        for (size_t i = 0; i < list.n; i++)
            ours = ours || (list.v[i].kind == JSON_STR && str_eq(list.v[i].s, client_id));
    if (!ours)
        return fail(f, ERR_DENIED, "the provider's token is for another application");
    if ((list.n > 1 && !azp) || (azp && !(azp->kind == JSON_STR && str_eq(azp->s, client_id))))
        return fail(f, ERR_DENIED, "the provider's token was given to another application");
    return ERR_OK;
}

static err_t time_check(const json_parts *c, const claims_want *w, fault *f, time_us *ret_auth_time)
{
    time_us exp, iat, nbf, auth_time, skew = SECONDS(SKEW_S);
    if (!moment(c, "exp", &exp) || !moment(c, "iat", &iat) || !moment(c, "nbf", &nbf) || !moment(c, "auth_time", &auth_time) || !exp || !iat)
        return fail(f, ERR_DENIED, "the provider's token does not say when it was made and how long it holds");
    if (exp <= w->now - skew)
        return fail(f, ERR_DENIED, "the provider's token has expired; are both clocks right?");
    if (iat > w->now + skew || nbf > w->now + skew || auth_time > w->now + skew)
        return fail(f, ERR_DENIED, "the provider's token is from the future; are both clocks right?");
    if (w->fresh_since && auth_time < w->fresh_since - skew)
        return fail(f, ERR_DENIED, "the provider did not ask for a new proof of who you are");
    if (auth_time && auth_time < w->proven_since - skew)
        return fail(f, ERR_DENIED, "you signed in at the provider too long ago; sign in there again");
    *ret_auth_time = auth_time;
    return ERR_OK;
}

static bool says_mfa(arena *a, const json_parts *c)
{
    const json_part *amr = json_at(c, "amr");
    json_parts       list;
    if (!amr || amr->kind != JSON_ARR || !json_read_array(a, amr->raw, &list))
        return false;
    for (size_t i = 0; i < list.n; i++)
        if (list.v[i].kind == JSON_STR && str_eq(list.v[i].s, S("mfa")))
            return true;
    return false;
}

void claims_profile(const json_parts *c, oidc_identity *id)
{
    str              email = json_text(c, "email"), name = json_text(c, "name");
    const json_part *verified = json_at(c, "email_verified");
    if (email.n && email.n <= EMAIL_MAX) {
        id->email = email;
        id->email_verified = verified && verified->kind == JSON_TRUE;
    }
    if (name.n && name.n <= TITLE_MAX)
        id->name = name;
}

err_t claims_check(arena *a, const claims_want *w, str payload, fault *f, oidc_identity *ret)
{
    json_parts    c;
    oidc_identity id = { .email = S(""), .name = S("") };
    if (!json_read_object(a, payload, &c))
        return fail(f, ERR_INVALID, "the provider's token cannot be read");
    if (!str_eq(json_text(&c, "iss"), w->issuer))
        return fail(f, ERR_DENIED, "the token comes from another provider");
    TRY(audience_check(a, &c, w->client_id, f));
    TRY(time_check(&c, w, f, &id.auth_time));
    if (!same_secret(json_text(&c, "nonce"), w->nonce))
        return fail(f, ERR_DENIED, "the provider's token is not for this sign-in; start again");
    id.issuer = w->issuer;
    id.subject = json_text(&c, "sub");
    if (!id.subject.n || id.subject.n > SUBJECT_MAX)
        return fail(f, ERR_DENIED, "the provider's token does not say who signed in");
    id.mfa = says_mfa(a, &c);
    claims_profile(&c, &id);
    *ret = id;
    return ERR_OK;
}
