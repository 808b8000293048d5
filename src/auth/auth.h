/*
 * auth/auth.h - who somebody is: passwords, second factors, recovery codes,
 * sessions, API tokens, one-time links.
 *
 * What it keeps is no evidence: it changes often, must be gone when it is
 * deleted, and stands in no query and no export. It lives in store's `state`
 * (auth.db beside the store, or tables of their own in PostgreSQL), secrets
 * hashed, or sealed with keys/auth.key where they are needed again. That
 * somebody signed in is evidence, and is committed by the room above.
 * Depends on: base, model, store.  Threads: an `auth` may be used by any number at once.
 */
#ifndef AUTH_AUTH_H
#define AUTH_AUTH_H

#include "store/store.h"

typedef struct auth auth;

typedef struct {
    const char *store_url;    /* as store_options.url; SQLite: auth.db stands in the same directory */
    const char *key_path;     /* keys/auth.key: made when it is missing */
    time_us   (*clock)(void); /* NULL: time_now. Tests set it. */
    time_us     idle, absolute;          /* of a session; 0: 2 h, 12 h */
    int         hashes_max;   /* at once; 0: 2. More than 16 waiting: ERR_BUSY */
} auth_options;

err_t auth_open(const auth_options *o, fault *f, auth **ret) MUST_USE;
void  auth_close(auth *au);                            /* accepts NULL */

typedef struct {
    int64_t hashes;           /* of passwords, computed since auth_open */
    int     running, waiting; /* now */
} auth_load;
auth_load auth_load_of(auth *au);

/* ---- sessions --------------------------------------------------------------------------------- */

typedef enum {
    STAGE_HALF,               /* the password was right; a second factor is awaited, for 10 minutes */
    STAGE_ENROL,              /* signed in, and must set up a password or a second factor before anything else */
    STAGE_FULL,
} session_stage;

typedef struct {
    str           handle;     /* names it in lists; no secret */
    str           person;
    session_stage stage;
    str           method;     /* "password+totp", "passkey", "oidc", "link" */
    str           csrf;       /* what each form carries */
    str           address, agent;        /* where it began */
    time_us       started_at, seen_at, ends_at;
    time_us       proven_at;  /* when the person last proved who they are, for dangerous actions */
    bool          second;     /* a second factor, or a passkey with user verification, stood behind it */
} auth_session;

/* Of `s`: person, stage, method, address, agent, proven_at, second; ends_at only when it is to end sooner.
 * ret_cookie: the secret, 128 bits, shown once. */
err_t auth_session_begin(auth *au, arena *a, const auth_session *s, fault *f, str *ret_cookie) MUST_USE;
/* ERR_NOT_FOUND: there is none, or it ended. Counts as seen. Fast: from memory, at most 2 s behind other nodes. */
err_t auth_session_find(auth *au, arena *a, str cookie, fault *f, auth_session *ret) MUST_USE;
/* A new secret (never keep one over a sign-in), and stage, method, second, proven_at as given. The limit of a session
 * begins anew when its stage changes; proving who one is lengthens nothing. */
err_t auth_session_raise(auth *au, arena *a, str cookie, const auth_session *as, fault *f, str *ret_cookie) MUST_USE;
err_t auth_session_list(auth *au, arena *a, str person, fault *f, auth_session **ret, size_t *ret_n) MUST_USE;   /* person empty: all */
/* handle empty: all of the person; `keep`: but this one (may be empty). */
err_t auth_session_end(auth *au, str person, str handle, str keep, fault *f) MUST_USE;
/* Of more than SESSIONS_MAX ends those that wait for a second factor first, then those not seen for longest. */
enum { SESSIONS_MAX = 20 };
err_t auth_session_limit(auth *au, str person, fault *f, size_t *ret_ended) MUST_USE;

/* ---- factors ------------------------------------------------------------------------------------ */

typedef struct {
    bool    has_password;
    bool    has_totp;
    int     passkeys;         /* passkeys and security keys */
    int     recovery_left;    /* codes not used yet */
} auth_factors;
err_t auth_factors_of(auth *au, str person, fault *f, auth_factors *ret) MUST_USE;
/* Of n people at once: ret[i] is of people[i]. Four statements, however many. */
err_t auth_factors_list(auth *au, const str *people, size_t n, fault *f, auth_factors *ret) MUST_USE;

enum { PASSWORD_MIN = 12, PASSWORD_MAX_BYTES = 1024 };
/* ERR_INVALID with why: too short, too long, among the common ones, or made of the `words` (name, address, organisation). */
err_t auth_password_check(str password, const str *words, size_t n_words, fault *f) MUST_USE;
/* Checked once more, without words. Ends no session: auth_session_end does, with `keep`. */
err_t auth_password_set(auth *au, str person, str password, fault *f) MUST_USE;
/* Takes as long for somebody without a password, and for a `person` that is nobody's id: for a name that is not
 * known give the name as it was typed, so that its tries are counted as anybody's. ERR_DENIED: wrong. ERR_LIMIT: too many
 * tries from this address for this person; tries from elsewhere, and who has signed in from here before
 * (`device`: the cookie of auth_device), are counted apart, so nobody can lock another out. f says when again.
 * ERR_BUSY: too many people at once. */
err_t auth_password_try(auth *au, str person, str password, str address, str device, fault *f) MUST_USE;
/* A cookie that says: somebody signed in here as this person. No right by itself. */
str   auth_device(auth *au, arena *a, str person) MUST_USE;

/* TOTP, RFC 6238: SHA-1, 30 s, 6 digits, one step either way, each step once. */
err_t auth_totp_begin(auth *au, arena *a, str person, fault *f, str *ret_secret_base32) MUST_USE;   /* not in force yet */
str   auth_totp_uri(arena *a, str issuer, str account, str secret_base32) MUST_USE;                /* otpauth://totp/... */
err_t auth_totp_confirm(auth *au, str person, str code, fault *f) MUST_USE;                         /* from now on in force */
err_t auth_totp_try(auth *au, str person, str code, str address, fault *f) MUST_USE;                /* ERR_DENIED, ERR_LIMIT */
err_t auth_totp_remove(auth *au, str person, fault *f) MUST_USE;
/* A QR code of the text as an SVG element, for a person to scan. ERR_TOO_LARGE past version 15. */
err_t auth_qr_svg(arena *a, str text, fault *f, str *ret_svg) MUST_USE;

/* Ten new codes, the old ones void; shown once. */
enum { RECOVERY_CODES = 10 };
err_t auth_recovery_make(auth *au, arena *a, str person, fault *f, str ret_codes[RECOVERY_CODES]) MUST_USE;
err_t auth_recovery_try(auth *au, str person, str code, str address, fault *f) MUST_USE;            /* each once */

/* Passkeys and security keys as the room webauthn has read them. */
typedef struct {
    str     id;               /* credential id, bytes */
    str     person, label;
    int     alg;              /* COSE: -7, -257, -8 */
    str     public_key;       /* as webauthn_key wants it back */
    int64_t sign_count;
    str     aaguid, transports;
    bool    backed_up;
    time_us added_at, used_at;
} auth_passkey;
err_t auth_passkey_add(auth *au, const auth_passkey *p, fault *f) MUST_USE;                          /* ERR_CONFLICT: known already */
err_t auth_passkey_find(auth *au, arena *a, str id, fault *f, auth_passkey *ret) MUST_USE;
err_t auth_passkey_list(auth *au, arena *a, str person, fault *f, auth_passkey **ret, size_t *ret_n) MUST_USE;
/* Compare and set: ERR_DENIED when another has used the count already. */
err_t auth_passkey_used(auth *au, str id, int64_t old_count, int64_t new_count, bool backed_up, fault *f) MUST_USE;
err_t auth_passkey_remove(auth *au, str person, str id, fault *f) MUST_USE;

/* Something to be told once and brought back: a challenge of WebAuthn, the state of an OIDC sign-in, a
 * one-time link. `purpose` and `secret` must fit; taking it voids it. ERR_NOT_FOUND: none, used, or too old. */
err_t auth_once_put(auth *au, arena *a, const char *purpose, str text, time_us lasts, fault *f, str *ret_secret) MUST_USE;
err_t auth_once_take(auth *au, arena *a, const char *purpose, str secret, fault *f, str *ret_text) MUST_USE;
/* Looks without taking. */
err_t auth_once_look(auth *au, arena *a, const char *purpose, str secret, fault *f, str *ret_text) MUST_USE;

/* A link by which a person chooses anew how to sign in: something told once, with the purpose AUTH_LINK, whose text is the
 * person. A newer one makes the older void; so does auth_forget. `person` empty: for whoever comes first. */
#define AUTH_LINK "start"
err_t auth_link_make(auth *au, arena *a, str person, time_us lasts, fault *f, str *ret_secret) MUST_USE;
/* Until when one may be used; 0: there is none. */
err_t auth_link_until(auth *au, str person, fault *f, time_us *ret) MUST_USE;
/* Of n people at once: ret[i] is of people[i]. One statement, however many. */
err_t auth_link_list(auth *au, const str *people, size_t n, fault *f, time_us *ret) MUST_USE;
err_t auth_link_end(auth *au, str person, fault *f) MUST_USE;                                       /* also when there is none */

/* External identities: (issuer, subject) of OIDC. */
err_t auth_identity_find(auth *au, arena *a, str issuer, str subject, fault *f, str *ret_person) MUST_USE;
/* ERR_CONFLICT: linked with somebody else. */
err_t auth_identity_link(auth *au, str issuer, str subject, str person, fault *f) MUST_USE;
typedef struct {
    str     issuer, subject;
    time_us linked_at;
} auth_identity;
err_t auth_identity_list(auth *au, arena *a, str person, fault *f, auth_identity **ret, size_t *ret_n) MUST_USE;
err_t auth_identity_remove(auth *au, str person, str issuer, str subject, fault *f) MUST_USE;

/* Everything of a person who left: sessions, tokens, factors, links. */
err_t auth_forget(auth *au, str person, fault *f) MUST_USE;

/* ---- tokens for programs --------------------------------------------------------------------------- */

enum { SCOPE_READ = 1 << 0, SCOPE_WRITE = 1 << 1, SCOPE_INGEST = 1 << 2, SCOPE_SCIM = 1 << 3, SCOPE_AGENT = 1 << 4, SCOPE_METRICS = 1 << 5,
       SCOPE_ADMIN = 1 << 6 };
/* "read,write"; ERR_INVALID names the word. */
err_t scopes_parse(str text, fault *f, unsigned *ret) MUST_USE;
str   scopes_text(arena *a, unsigned scopes) MUST_USE;

/* What a token of somebody with this role can do at most; what it was made for and its person may no longer, it does not. */
unsigned scopes_of(role r);

typedef struct {
    str      handle;
    str      person;          /* whose rights it has */
    str      label;
    unsigned scopes;
    str      made_by;
    time_us  made_at, ends_at, used_at;
} auth_token;
/* ret_secret: "attest_" + 43 characters, shown once. At most 366 days. */
err_t auth_token_make(auth *au, arena *a, const auth_token *t, fault *f, str *ret_secret) MUST_USE;
err_t auth_token_find(auth *au, arena *a, str secret, fault *f, auth_token *ret) MUST_USE;
err_t auth_token_list(auth *au, arena *a, str person, fault *f, auth_token **ret, size_t *ret_n) MUST_USE;      /* person empty: all */
err_t auth_token_end(auth *au, str person, str handle, fault *f) MUST_USE;

/* The names of persons who have any factor: is there anybody who can sign in? */
err_t auth_anybody(auth *au, fault *f, bool *ret) MUST_USE;

#endif
