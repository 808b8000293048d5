/* web/account.h - private to the room: the pages of one's own account, and what those about other people's share. */
#ifndef WEB_ACCOUNT_H
#define WEB_ACCOUNT_H

#include "web/sign_in.h"

/* What a role may, in a sentence. */
const char *role_says(role r);
/* "Firefox on Linux" of what a browser says of itself; "a program" of anything else. */
str   agent_words(arena *a, str agent);
/* "password and authenticator" of how a session began. */
str   method_words(arena *a, str method);
/* A scope of tokens, in words. */
typedef struct {
    unsigned    bit;
    const char *word, *says;
} scope_row;
extern const scope_row scope_rows[];
extern const size_t    n_scope_rows;
bool  scope_fits(const scope_row *s, role r);

/* What came by network of one person or all, newest first. */
typedef struct {
    str     kind, about, address, person;
    bool    went_well;
    int64_t times;
    time_us at_time;
} event_row;
/* "signed in", "tried to sign in". */
const char *event_words(const event_row *e);
/* What somebody else did to how this person signs in, or the program: "One-time link made, by ann"; empty: the person did it. */
str   event_done_to(arena *a, const event_row *e);
err_t events_of(ask *q, str person, event_row **ret, size_t *ret_n) MUST_USE;

typedef struct {
    ask           *q;
    str            email, login;
    str            record;               /* where one's own record opens; empty: nowhere */
    auth_factors   has;
    auth_session  *sessions;  size_t n_sessions;
    auth_passkey  *passkeys;  size_t n_passkeys;
    event_row     *events;    size_t n_events;
    size_t         n_tokens;
    bool           wants_second, fresh;
} account_view;
void tpl_account(buf *out, const account_view *v);

typedef struct {
    ask         *q;
    auth_token  *tokens;  size_t n_tokens;
    bool         fresh;
    str          fault, label, secret, scopes_wanted;
} tokens_view;
void tpl_tokens(buf *out, const tokens_view *v);
void tpl_token_made(buf *out, const tokens_view *v);

typedef struct {
    ask *q;
    bool has_password;
    str  fault, secret, secret_spaced, qr;
} factor_view;
void tpl_account_password(buf *out, const factor_view *v);
void tpl_account_totp(buf *out, const enrol_view *v);

#endif
