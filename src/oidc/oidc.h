/*
 * oidc/oidc.h - sign-in through an OpenID Connect provider, as its relying
 * party (OpenID Connect Core 1.0 and Discovery 1.0; RFC 6749, 7636, 9207, 9700).
 *
 * Authorization code with PKCE (S256), state and nonce; no token ever reaches the browser, and none is kept.
 * The provider's metadata and keys are fetched at first use and kept for an hour; a key that is not among them is
 * asked for once more. Signatures: RS256, PS256, ES256, EdDSA (Ed25519); no other, and none least of all.
 * Depends on: base, fetch, libcrypto.  Threads: an `oidc` may be used by any number at once.
 */
#ifndef OIDC_OIDC_H
#define OIDC_OIDC_H

#include "base/base.h"

typedef struct {
    str         issuer;        /* exactly as the provider writes it; https://, or http:// on this machine */
    str         client_id;
    str         client_secret; /* empty: a public client, told by PKCE alone */
    str         scopes;        /* empty: "openid email profile" */
    bool        allow_private; /* the provider stands in a private network */
    const char *ca_file;       /* PEM; NULL: the system's */
    time_us   (*clock)(void);  /* NULL: time_now. Tests set it. */
} oidc_provider;

/* How long ago the person may have proven who they are to the provider, where it says when. */
#define OIDC_MAX_AGE HOURS(12)

typedef struct oidc oidc;

/* ERR_INVALID with what is wrong in the settings. Nothing is fetched yet. */
err_t oidc_open(const oidc_provider *p, fault *f, oidc **ret) MUST_USE;
void  oidc_close(oidc *o);                                /* accepts NULL */

/* ---- one sign-in ------------------------------------------------------------------------------------ */

/* What stays with us while the person is at the provider: to be kept where only this browser leads back to, and used once. */
typedef struct {
    str     state, nonce, verifier;
    str     redirect_uri;      /* as registered with the provider */
    bool    fresh;             /* the person must prove who they are again, whatever the provider remembers */
    time_us begun_at;
} oidc_attempt;

oidc_attempt oidc_attempt_new(const oidc *o, arena *a, str redirect_uri, bool fresh) MUST_USE;
str          oidc_attempt_text(arena *a, const oidc_attempt *at) MUST_USE;
bool         oidc_attempt_read(arena *a, str text, oidc_attempt *ret);

/* Where to send the browser. */
err_t oidc_begin(oidc *o, arena *a, const oidc_attempt *at, fault *f, str *ret_url) MUST_USE;

/* What came back with the browser; .p NULL: absent. */
typedef struct {
    str state, code, iss, error;
} oidc_return;

typedef struct {
    str     issuer, subject;   /* together they name the account, for good */
    str     email, name;       /* empty: not told */
    bool    email_verified;    /* by the provider */
    bool    mfa;               /* the provider says that more than one factor stood behind it ("mfa" in amr) */
    time_us auth_time;         /* 0: not told */
} oidc_identity;

/* ERR_DENIED: the provider, or a rule, refused; ERR_IO: it did not answer as one does; f says why and holds no secret. */
err_t oidc_finish(oidc *o, arena *a, const oidc_attempt *at, const oidc_return *back, fault *f, oidc_identity *ret) MUST_USE;

#endif
