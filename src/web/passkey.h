/*
 * web/passkey.h - private to the room: signing in with a passkey, and adding one.
 *
 * A question is told once and belongs to the browser it was told to: its secret
 * is a cookie of a few minutes, and taking it voids it.
 */
#ifndef WEB_PASSKEY_H
#define WEB_PASSKEY_H

#include "web/sign_in.h"

#include "webauthn/webauthn.h"

/* Whether passkeys work at this address: they belong to a name, not to a number. */
bool passkey_site(ask *q, bool require_uv, webauthn_options *ret);

/* What names the person inside a key, and tells nothing. */
str passkey_user(arena *a, str person);

/* Keeps a new question ("get", "create") for `person` (may be empty), sets the cookie, answers JSON. */
err_t passkey_challenge(ask *q, const char *kind, str person, str *ret_challenge) MUST_USE;
void  passkey_answer_json(ask *q, str json);
/* What was asked: ERR_DENIED when nothing was, or something else, or long ago. */
err_t passkey_asked(ask *q, const char *kind, fault *f, str *ret_challenge, str *ret_person) MUST_USE;

/* All keys of a person as webauthn wants them. */
err_t passkey_known(ask *q, str person, webauthn_key **ret, size_t *ret_n) MUST_USE;

typedef struct {
    str person;               /* whose key it is */
    bool uv;
} passkey_proof;
/* Verifies the form's "answer". `person`: whose key it must be; empty: anybody's, and the key must have checked who
 * holds it. ret->person is set also on ERR_DENIED when the key is known. */
err_t passkey_verify(ask *q, str challenge, str person, fault *f, passkey_proof *ret) MUST_USE;

typedef struct {
    ask        *q;
    str         fault, back;  /* where to try again */
} passkey_fault_view;
void tpl_passkey_fault(buf *out, const passkey_fault_view *v);

typedef struct {
    ask *q;
    str  fault;
    bool here;                /* passkeys work at this address */
    bool enrolling;
} passkeys_view;
void tpl_passkeys(buf *out, const passkeys_view *v);

#endif
