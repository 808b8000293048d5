/* oidc/parts.h - private to the room. */
#ifndef OIDC_PARTS_H
#define OIDC_PARTS_H

#include "oidc/oidc.h"

#include <openssl/evp.h>

/* ---- signatures (RFC 7515, 7517, 7518, 8037) --------------------------------------------------- */

typedef struct {
    const char *name;          /* "RS256" */
    const char *kty, *crv;     /* crv NULL: none */
    bool        pss;
    bool        hashes;        /* SHA-256 before; Ed25519 does it itself */
} jws_alg;

/* NULL: not in the list. */
const jws_alg *jws_alg_of(str name);

typedef struct {
    const jws_alg *alg;
    str            kid;        /* .p NULL: none */
    str            text;       /* what is signed */
    str            payload, signature;
} jws;

/* The compact form, by its shape; ERR_DENIED: an algorithm that is not in the list. */
err_t jws_read(arena *a, str token, fault *f, jws *ret) MUST_USE;
/* ERR_NOT_FOUND: no such key among them; ERR_DENIED: signed by another; ERR_INVALID: no set of keys. */
err_t jws_verify(arena *a, const jws *j, str jwks, fault *f) MUST_USE;
/* The key of the set that j is to be verified with; to be freed. */
err_t jwk_find(arena *a, str jwks, const jws *j, fault *f, EVP_PKEY **ret) MUST_USE;

/* ---- what the provider says ----------------------------------------------------------------------- */

typedef struct {
    str  authorization, token, jwks, userinfo;     /* userinfo empty: none */
    bool says_iss;             /* RFC 9207 */
} metadata;

/* Endpoints are https://, or on this machine when the issuer is. */
err_t metadata_read(arena *a, str issuer, str text, fault *f, metadata *ret) MUST_USE;

typedef struct {
    str     issuer, client_id, nonce;
    time_us now;
    time_us fresh_since;       /* 0: whenever */
    time_us proven_since;      /* where the provider says when; 0: whenever */
} claims_want;

err_t claims_check(arena *a, const claims_want *w, str payload, fault *f, oidc_identity *ret) MUST_USE;
/* E-mail and name, from the ID token or from userinfo. */
void  claims_profile(const json_parts *c, oidc_identity *id);

/* ---- the provider ----------------------------------------------------------------------------------- */

const oidc_provider *oidc_settings(const oidc *o);
time_us              oidc_now(const oidc *o);
err_t                oidc_metadata(oidc *o, arena *a, fault *f, metadata *ret) MUST_USE;
/* `unknown`: a key is missing from what is kept; fetched anew unless that was done a moment ago. */
err_t                oidc_keys(oidc *o, arena *a, const metadata *m, bool unknown, fault *f, str *ret_jwks) MUST_USE;
/* One exchange; JSON or ERR_IO. body .p NULL: GET. ret_status NULL: anything but 200 fails. */
err_t oidc_exchange(const oidc *o, arena *a, str url, const str *headers, size_t n_headers, str body, fault *f, int64_t *ret_status,
                    str *ret_json) MUST_USE;

#endif
