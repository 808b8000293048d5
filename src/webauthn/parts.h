/* webauthn/parts.h - private to the room. */
#ifndef WEBAUTHN_PARTS_H
#define WEBAUTHN_PARTS_H

#include "webauthn/webauthn.h"

/* ---- CBOR (RFC 8949), what authenticators send: definite lengths, no tags, nested to 8 ----------- */

typedef enum { CBOR_UINT, CBOR_NEGATIVE, CBOR_BYTES, CBOR_TEXT, CBOR_LIST, CBOR_PAIRS, CBOR_TAGGED, CBOR_OTHER } cbor_major;

typedef struct {
    cbor_major major;
    uint64_t   n;             /* the number; how many items, or pairs */
    str        bytes;         /* of CBOR_BYTES and CBOR_TEXT */
} cbor_item;

/* The head of the next item, and its bytes when it is a string; items inside stay in *rest. */
bool cbor_next(str *rest, cbor_item *ret);
/* Cuts the next item off whole. */
bool cbor_cut(str *rest, str *ret_item);
/* An integer of 31 bits with its sign. */
bool cbor_int(const cbor_item *it, int *ret);

/* ---- authenticator data (section 6.1) ------------------------------------------------------------- */

enum { FLAG_UP = 1 << 0, FLAG_UV = 1 << 2, FLAG_BE = 1 << 3, FLAG_BS = 1 << 4, FLAG_AT = 1 << 6, FLAG_ED = 1 << 7 };

typedef struct {
    str      raw;
    hash32   rp_hash;
    unsigned flags;
    uint32_t count;
    str      aaguid, id, cose;         /* with FLAG_AT only */
    int      alg;
} auth_data;

/* By its form alone; every byte is accounted for. */
bool auth_data_read(str raw, auth_data *ret);
/* By the rules both verifications share: the site, presence, verification, flags that fit. */
err_t auth_data_check(const webauthn_options *o, const auth_data *d, fault *f) MUST_USE;

typedef struct {
    str  fmt, auth_data;
    bool none;                         /* the statement is empty */
    int  alg;                          /* of a "packed" statement */
    str  sig;
} attestation;
err_t attestation_read(str object, fault *f, attestation *ret) MUST_USE;

/* ---- the browser's answer ------------------------------------------------------------------------- */

typedef struct {
    str id, client_data, object, auth_data, sig, user, transports;     /* bytes, but transports */
} answer_parts;

err_t answer_read(arena *a, str answer, fault *f, answer_parts *ret) MUST_USE;
/* Judges clientDataJSON; its hash is what the key has signed. */
err_t client_data_check(arena *a, const webauthn_options *o, const char *type, str challenge, str bytes, fault *f,
                        hash32 *ret) MUST_USE;

/* ---- libfido2 ------------------------------------------------------------------------------------- */

/* The public key in libfido2's form; "packed" statements are verified, of others only the form is judged. */
err_t fido_credential(arena *a, const webauthn_options *o, const auth_data *d, const attestation *at, const hash32 *hash,
                      fault *f, str *ret_public_key) MUST_USE;
err_t fido_assertion(arena *a, const webauthn_options *o, const webauthn_key *key, str raw, str sig, const hash32 *hash,
                     fault *f) MUST_USE;

#endif
