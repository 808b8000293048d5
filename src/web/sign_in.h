/*
 * web/sign_in.h - private to the room: signing in, showing again that one is
 * who one is, and the first steps.
 *
 * A session begins HALF after a password, becomes ENROL when something is still
 * to be set up, and FULL when nothing is. Its secret changes at each step.
 */
#ifndef WEB_SIGN_IN_H
#define WEB_SIGN_IN_H

#include "web/page.h"

/* Where to go afterwards: a local path as Location takes it. Anything else, and the pages of
 * signing in themselves, give "". `text` as it came: a path with its query, percent-encoded. */
str next_local(arena *a, str text) MUST_USE;
/* What people call the identity provider of the configuration; empty: there is none. */
str provider_name(const ask *q);
/* The first page of this person. */
str landing(const ask *q);

/* The session again under a new secret; nothing is recorded. */
err_t session_again(ask *q, const auth_session *as) MUST_USE;
/* Signed in fully, with its->proven_at: the cookie that knows the device, and off to `next` or the first page. */
err_t sign_in_whole(ask *q, auth_session *its, str next) MUST_USE;
/* The password, or what stands for it, was right: what is still to come is asked for. `second`: a second factor
 * stood behind it already (a passkey that saw the person, an identity provider that is trusted for it). `proven_at`: when
 * the person showed that; from then on the session is counted. 0: nobody says when, so dangerous steps ask again. */
err_t sign_in_first(ask *q, const principal *who, const char *method, bool second, time_us proven_at, str next) MUST_USE;

/* What is still to be set up. */
typedef enum { ENROL_PASSWORD, ENROL_SECOND, ENROL_CODES, ENROL_DONE } enrol_step;
err_t enrol_step_of(ask *q, auth_factors *ret_has, enrol_step *ret) MUST_USE;
/* A factor was added in a session that is setting up: raises it and leads to the next step.
 * `method`: how the person now signs in, as "passkey". */
err_t enrol_advance(ask *q, const char *method, bool second) MUST_USE;

/* Says of a wrong try or a waiting time what may be said to anybody, and sets the status. False: another failure. */
bool  try_told(ask *q, err_t e, const char *wrong, const fault *here, str *ret_says);
/* A page that needs a fresh proof: true when it is fresh; else the answer leads to /prove and back to `to`. */
bool  fresh_or_prove(ask *q, const char *to);
bool  is_fresh(const ask *q);

typedef struct {
    ask *q;
    str  fault, name, next, oidc;        /* oidc: name of the identity provider; empty: none */
    bool password, totp, codes, passkeys;/* what the person has (second, prove) */
} sign_in_view;
void tpl_sign_in(buf *out, const sign_in_view *v);
void tpl_second(buf *out, const sign_in_view *v);
void tpl_prove(buf *out, const sign_in_view *v);

typedef struct {
    ask        *q;
    enrol_step  step;
    auth_factors has;
    str         fault, secret, secret_spaced, qr;      /* qr: an SVG element */
    bool        may_skip;
    const str  *codes;        /* RECOVERY_CODES of them */
    const char *done_to;      /* where the button under the codes leads */
} enrol_view;
void tpl_enrol_password(buf *out, const enrol_view *v);
void tpl_enrol_totp(buf *out, const enrol_view *v);
void tpl_enrol_codes(buf *out, const enrol_view *v);
void tpl_enrol_more(buf *out, const enrol_view *v);
void tpl_codes(buf *out, const enrol_view *v);

/* Words that a password of this person must not be made of. */
err_t password_words(ask *q, str person, str **ret, size_t *ret_n) MUST_USE;
/* Sets what two fields of the form say: "password" and "again". */
err_t password_from_form(ask *q, fault *f) MUST_USE;
/* A new authenticator to be confirmed; `shown`: the secret that the page showed already, or empty. */
err_t totp_view(ask *q, str shown, enrol_view *v) MUST_USE;
/* "totp" of a code as people type it; empty: it is none. */
str   six_digits(arena *a, str typed);

#endif
