/*
 * webauthn/webauthn.h - passkeys and security keys: what the browser is asked,
 * and the verification of what it answers (W3C Web Authentication, level 2,
 * sections 7.1 and 7.2).
 *
 * Algorithms: ES256, EdDSA and RS256 (2048 bits). Attestation "none" is asked for, so no
 * make of a key is told or trusted; "packed", which keys may send all the same, must be rightly signed.
 * Keeps nothing: challenges, keys and counts are the caller's. libfido2 is loaded at the
 * first verification; ERR_UNSUPPORTED says that it is not installed.
 * Depends on: base, libfido2.  Threads: pure functions.
 */
#ifndef WEBAUTHN_WEBAUTHN_H
#define WEBAUTHN_WEBAUTHN_H

#include "base/base.h"

typedef struct {
    str        rp_id;         /* "attest.example.org": the host without its port */
    str        rp_name;       /* shown by some browsers */
    const str *origins;       /* "https://attest.example.org:8443": whole, as browsers write them */
    size_t     n_origins;
    bool       require_uv;    /* the key must have checked a PIN or a finger: needed where no password goes before */
} webauthn_options;

enum {
    WEBAUTHN_CHALLENGE = 32,          /* random bytes: what a challenge should have; fewer than 16 is a defect */
    WEBAUTHN_CHALLENGE_LASTS_S = 300,
    WEBAUTHN_ANSWER_MAX = 128 << 10,  /* bytes of an answer */
    WEBAUTHN_ID_MAX = 1023,
    WEBAUTHN_USER_MAX = 64,
};

/* A credential as it is kept. */
typedef struct {
    str     id;
    int     alg;              /* COSE: -7 ES256, -8 EdDSA, -257 RS256 */
    str     public_key;       /* as webauthn_registered gave it */
    int64_t sign_count;
    str     transports;       /* "internal,hybrid"; only asked when a key is to be found */
} webauthn_key;

/* ---- what the browser is asked ----------------------------------------------------------------- */

/* PublicKeyCredentialCreationOptionsJSON for navigator.credentials.create. user: 1 to 64 bytes that name the person and tell
 * nothing; keys in `exclude` are not made twice. */
str webauthn_create_json(arena *a, const webauthn_options *o, str challenge, str user, str name, str display_name,
                         const webauthn_key *exclude, size_t n_exclude) MUST_USE;
/* PublicKeyCredentialRequestOptionsJSON for navigator.credentials.get; allow empty: any passkey of this site. */
str webauthn_get_json(arena *a, const webauthn_options *o, str challenge, const webauthn_key *allow, size_t n_allow) MUST_USE;

/* ---- what it answers: PublicKeyCredential.toJSON() ----------------------------------------------- */

/* ERR_INVALID: no such answer can be read; ERR_DENIED: it can, and proves nothing. f says which rule. */

typedef struct {
    webauthn_key key;
    str          aaguid;      /* 32 hex digits; all 0: not told */
    bool         uv;          /* a PIN or a finger was checked */
    bool         backed_up;   /* the key is copied among the person's devices */
    str          attestation; /* "none", "packed" */
} webauthn_new_key;
/* Whether the id is known already is the caller's to ask. */
err_t webauthn_registered(arena *a, const webauthn_options *o, str challenge, str answer, fault *f, webauthn_new_key *ret) MUST_USE;

/* Which key an answer claims to come from, unverified: to look it up. user empty: not told. */
err_t webauthn_claims(arena *a, str answer, fault *f, str *ret_id, str *ret_user) MUST_USE;

typedef struct {
    str     user;             /* as given to webauthn_create_json; empty when the key does not keep it. It is
                                 under no signature: the caller compares it with the key's owner */
    int64_t sign_count;       /* to be kept */
    bool    uv, backed_up;
} webauthn_proof;
/* ERR_CONFLICT: all is right but the count, which did not rise: the key was copied, or the answer has been used. */
err_t webauthn_asserted(arena *a, const webauthn_options *o, str challenge, str answer, const webauthn_key *key, fault *f,
                        webauthn_proof *ret) MUST_USE;

#endif
