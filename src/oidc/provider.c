/* The provider: its settings, and what it publishes, kept for a while. */
#include "oidc/parts.h"

#include "fetch/fetch.h"

#include <pthread.h>

enum { KEPT_S = 3600, AGAIN_S = 10, REST_S = 5, TOTAL_MS = 10000, ANSWER_MAX = 512 << 10, ARENA_MAX = 64 << 20, ISSUER_MAX = 1000 };

typedef struct {
    arena  *a;                 /* holds the text; NULL: nothing kept */
    str     text;
    time_us at;
} kept;

struct oidc {
    arena          *a;         /* of the settings */
    oidc_provider   p;
    bool            loopback;  /* the issuer is this machine */
    pthread_mutex_t lock;      /* over what follows; never held while fetching */
    kept            metadata, keys;
    time_us         failed_at; /* of the metadata; 0: not lately */
};

const oidc_provider *oidc_settings(const oidc *o) { return &o->p; }
time_us              oidc_now(const oidc *o) { return o->p.clock ? o->p.clock() : time_now(); }

static bool url_sound(str url, bool may_be_plain)
{
    url_parts u;
    return url_cut(url, &u) && (str_eq(u.scheme, S("https")) || (may_be_plain && u.loopback && str_eq(u.scheme, S("http"))));
}

static err_t settings_check(const oidc_provider *p, fault *f)
{
    if (!url_sound(p->issuer, true) || p->issuer.n > ISSUER_MAX || memchr(p->issuer.p, '?', p->issuer.n))
        return fail(f, ERR_INVALID, "the issuer must be an https:// address without a query, as the provider writes it");
    if (!p->client_id.n || !utf8_valid(p->client_id) || p->client_id.n > 500 || p->client_secret.n > 500)
        return fail(f, ERR_INVALID, "a client id from the provider is needed, and a secret of at most 500 bytes");
    str words = p->scopes, word;
    bool openid = !p->scopes.n;
    while ((word = str_word(&words)).n)
        openid = openid || str_eq(word, S("openid"));
    return openid ? ERR_OK : fail(f, ERR_INVALID, "the scopes must hold \"openid\"");
}

err_t oidc_open(const oidc_provider *p, fault *f, oidc **ret)
{
    url_parts u;
    TRY(settings_check(p, f));
    arena *a = arena_new(1 << 20);
    oidc  *o = NEW(a, oidc);
    o->a = a;
    o->p = *p;
    o->p.issuer = str_dup(a, p->issuer);
    o->p.client_id = str_dup(a, p->client_id);
    o->p.client_secret = str_dup(a, p->client_secret);
    o->p.scopes = p->scopes.n ? str_dup(a, p->scopes) : S("openid email profile");
    o->p.ca_file = p->ca_file ? str_z(a, str_of(p->ca_file)) : NULL;
    o->loopback = url_cut(o->p.issuer, &u) && u.loopback;
    if (pthread_mutex_init(&o->lock, NULL) != 0) {
        arena_free(a);
        return fail(f, ERR_LIMIT, "no more locks");
    }
    *ret = o;
    return ERR_OK;
}

void oidc_close(oidc *o)
{
    if (!o)
        return;
    arena_free(o->metadata.a);
    arena_free(o->keys.a);
    pthread_mutex_destroy(&o->lock);
    arena_free(o->a);
}

/* ---- exchanges --------------------------------------------------------------------------------- */

err_t oidc_exchange(const oidc *o, arena *a, str url, const str *headers, size_t n_headers, str body, fault *f, int64_t *ret_status,
                    str *ret_json)
{
    fetch_where w = {
        .url = str_z(a, url), .ca_file = o->p.ca_file, .total_ms = TOTAL_MS, .answer_max = ANSWER_MAX,
        .reach = { .loopback = o->loopback, .inside = o->p.allow_private && !o->loopback, .outside = !o->loopback },
        .inside_hint = "the address is private; \"oidc_allow_private: yes\" in the configuration allows it",
    };
    fetch_http_request    rq = { .post = body.p != NULL, .headers = headers, .n_headers = n_headers, .body = body };
    fetch_answer          an = { 0 };
    auto_fetcher fetcher *t = NULL;
    TRY(fetch_open(a, f, &t));
    fetch_http(t, a, &w, &rq, &an);
    if (!an.whole)
        return fail(f, ERR_IO, "the sign-in provider does not answer: " STR_FMT, STR_ARG(an.error));
    if (ret_status)
        *ret_status = an.status;
    else if (an.status != 200)
        return fail(f, ERR_IO, "the sign-in provider answered %lld at " STR_FMT, (long long)an.status, STR_ARG(url));
    if (!str_eq(an.media, S("application/json")) && !str_eq(an.media, S("application/jwk-set+json")))
        return fail(f, ERR_IO, "the sign-in provider answered %lld and no JSON at " STR_FMT, (long long)an.status, STR_ARG(url));
    *ret_json = an.body;
    return ERR_OK;
}

/* ---- what is kept ---------------------------------------------------------------------------------- */

/* A copy of what is kept, when it is no older than `for_s`. */
static bool kept_take(oidc *o, arena *a, const kept *k, int for_s, str *ret)
{
    time_us now = oidc_now(o);
    pthread_mutex_lock(&o->lock);
    bool good = k->a && now - k->at < SECONDS(for_s) && now >= k->at;
    if (good)
        *ret = str_dup(a, k->text);
    pthread_mutex_unlock(&o->lock);
    return good;
}

static void kept_put(oidc *o, kept *k, str text)
{
    kept fresh = { .a = arena_new(ARENA_MAX), .at = oidc_now(o) }, old;
    fresh.text = str_dup(fresh.a, text);
    pthread_mutex_lock(&o->lock);
    old = *k;
    *k = fresh;
    pthread_mutex_unlock(&o->lock);
    arena_free(old.a);
}

static bool takes(arena *a, const json_parts *m, const char *name, str word)
{
    const json_part *part = json_at(m, name);
    json_parts       list;
    if (!part)
        return true;                      /* nothing said: what the standards take for granted */
    if (part->kind != JSON_ARR || !json_read_array(a, part->raw, &list))
        return false;
    for (size_t i = 0; i < list.n; i++)
        if (list.v[i].kind == JSON_STR && str_eq(list.v[i].s, word))
            return true;
    return false;
}

err_t metadata_read(arena *a, str issuer, str text, fault *f, metadata *ret)
{
    url_parts  u;
    json_parts m;
    bool       plain = url_cut(issuer, &u) && u.loopback;
    if (!json_read_object(a, text, &m))
        return fail(f, ERR_IO, "what the sign-in provider publishes about itself cannot be read");
    if (!str_eq(json_text(&m, "issuer"), issuer))
        return fail(f, ERR_DENIED, "the sign-in provider calls itself \"" STR_FMT "\", and \"" STR_FMT "\" is configured",
                    STR_ARG(utf8_cut(json_text(&m, "issuer"), 200)), STR_ARG(issuer));
    metadata d = { .authorization = json_text(&m, "authorization_endpoint"), .token = json_text(&m, "token_endpoint"),
                   .jwks = json_text(&m, "jwks_uri"), .userinfo = json_text(&m, "userinfo_endpoint") };
    if (!url_sound(d.authorization, plain) || !url_sound(d.token, plain) || !url_sound(d.jwks, plain) ||
        (d.userinfo.n && !url_sound(d.userinfo, plain)))
        return fail(f, ERR_DENIED, "the sign-in provider publishes no sound https:// addresses");
    if (!takes(a, &m, "response_types_supported", S("code")) || !takes(a, &m, "code_challenge_methods_supported", S("S256")))
        return fail(f, ERR_DENIED, "the sign-in provider does not take the authorization code with PKCE (S256)");
    const json_part *says = json_at(&m, "authorization_response_iss_parameter_supported");
    d.says_iss = says && says->kind == JSON_TRUE;
    *ret = d;
    return ERR_OK;
}

/* After a failure others are not made to wait as well. */
static bool is_resting(oidc *o)
{
    time_us now = oidc_now(o);
    pthread_mutex_lock(&o->lock);
    bool rests = o->failed_at && now - o->failed_at < SECONDS(REST_S) && now >= o->failed_at;
    pthread_mutex_unlock(&o->lock);
    return rests;
}

static void note_failure(oidc *o, bool failed)
{
    time_us now = oidc_now(o);
    pthread_mutex_lock(&o->lock);
    o->failed_at = failed ? now : 0;
    pthread_mutex_unlock(&o->lock);
}

err_t oidc_metadata(oidc *o, arena *a, fault *f, metadata *ret)
{
    str issuer = o->p.issuer, text = { 0 };
    if (kept_take(o, a, &o->metadata, KEPT_S, &text))
        return metadata_read(a, issuer, text, f, ret);
    str base = str_ends(issuer, S("/")) ? str_sub(issuer, 0, issuer.n - 1) : issuer;
    str url = str_fmt(a, STR_FMT "/.well-known/openid-configuration", STR_ARG(base));
    if (is_resting(o))
        return fail(f, ERR_IO, "the sign-in provider did not answer a moment ago; try again in a few seconds");
    err_t e = oidc_exchange(o, a, url, &S("Accept: application/json"), 1, (str){ 0 }, f, NULL, &text);
    note_failure(o, e != ERR_OK);
    TRY(e);
    TRY(metadata_read(a, issuer, text, f, ret));
    kept_put(o, &o->metadata, text);
    return ERR_OK;
}

err_t oidc_keys(oidc *o, arena *a, const metadata *m, bool unknown, fault *f, str *ret_jwks)
{
    json_parts top;
    str        text = { 0 };
    if (kept_take(o, a, &o->keys, unknown ? AGAIN_S : KEPT_S, ret_jwks))
        return ERR_OK;
    TRY(oidc_exchange(o, a, m->jwks, &S("Accept: application/json"), 1, (str){ 0 }, f, NULL, &text));
    if (!json_read_object(a, text, &top))
        return fail(f, ERR_IO, "the provider's keys cannot be read");
    kept_put(o, &o->keys, text);
    *ret_jwks = text;
    return ERR_OK;
}
