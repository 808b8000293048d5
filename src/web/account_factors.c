/* One's own password, authenticator, passkeys and recovery codes. */
#include "web/account.h"

static const char in_account[] = "/account";

static void open_page(ask *q, str title, str lead)
{
    static const crumb up[] = { { { in_account, sizeof in_account - 1 }, { "My account", 10 } } };
    page_open(q, &(page){ .title = title, .place = in_account, .lead = lead, .crumbs = up, .n_crumbs = COUNT(up), .no_as_of = true });
}

/* Somebody who knew the old one is signed in no longer. */
static err_t end_others(ask *q)
{
    return auth_session_end(gate_auth(q->g), q->who.person, S(""), q->session.handle, &q->f);
}

/* ---- the password ---------------------------------------------------------------------------- */

static err_t show_password(ask *q, str said)
{
    auth_factors has;
    factor_view  v = { .q = q, .fault = said };
    TRY(auth_factors_of(gate_auth(q->g), q->who.person, &q->f, &has));
    v.has_password = has.has_password;
    open_page(q, has.has_password ? S("Change the password") : S("Choose a password"), S("Every other session of yours ends."));
    tpl_account_password(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static err_t get_password(ask *q) { return fresh_or_prove(q, "/account/password") ? show_password(q, S("")) : ERR_OK; }

static err_t post_password(ask *q)
{
    auth_factors has;
    fault        here = { 0 };
    str          said;
    TRY(auth_factors_of(gate_auth(q->g), q->who.person, &q->f, &has));
    err_t e = has.has_password ? auth_password_try(gate_auth(q->g), q->who.person, ask_field(q, "current"), q->rq->address, ask_cookie(q, "device"), &here)
                               : ERR_OK;
    if (e != ERR_OK) {
        if (!try_told(q, e, "This is not your present password.", &here, &said))
            return fail(&q->f, e, "%s", here.text);
        TRY(ask_event(q, "factor_changed", q->who.person, S("password"), false));
        return show_password(q, said);
    }
    e = password_from_form(q, &here);
    if (e == ERR_INVALID) {
        q->rs->status = 422;
        return show_password(q, str_dup(q->a, str_of(here.text)));
    }
    if (e != ERR_OK)
        return fail(&q->f, e, "%s", here.text);
    TRY(end_others(q));
    TRY(session_again(q, &q->session));
    TRY(ask_event(q, "factor_changed", q->who.person, S("password"), true));
    return page_done(q, str_of(in_account), "saved");
}

/* ---- the authenticator -------------------------------------------------------------------------- */

static err_t show_totp(ask *q, str shown, str said)
{
    enrol_view v = { .q = q, .fault = said };
    TRY(auth_factors_of(gate_auth(q->g), q->who.person, &q->f, &v.has));
    TRY(totp_view(q, shown, &v));
    open_page(q, v.has.has_totp ? S("Another authenticator") : S("Set up an authenticator"),
              v.has.has_totp ? S("The one you have works until this one is confirmed.") : S("A code from your phone beside the password."));
    tpl_account_totp(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static err_t get_totp(ask *q) { return fresh_or_prove(q, "/account/totp") ? show_totp(q, S(""), S("")) : ERR_OK; }

static err_t post_totp(ask *q)
{
    fault        here = { 0 };
    str          said;
    auth_session its = q->session;
    err_t e = auth_totp_confirm(gate_auth(q->g), q->who.person, six_digits(q->a, ask_field(q, "code")), &here);
    if (e != ERR_OK) {
        if (!try_told(q, e == ERR_INVALID ? ERR_DENIED : e, "This code does not fit. Check that the clock of the phone is right, and type the code that shows now.", &here, &said))
            return fail(&q->f, e, "%s", here.text);
        return show_totp(q, ask_field(q, "shown"), said);
    }
    its.second = true;
    TRY(session_again(q, &its));
    TRY(ask_event(q, "factor_changed", q->who.person, S("authenticator set up"), true));
    return page_done(q, str_of(in_account), "saved");
}

/* Whether what is left is enough for the role, and to sign in at all. */
static err_t may_remove(ask *q, bool totp, int passkeys)
{
    auth_factors has;
    TRY(auth_factors_of(gate_auth(q->g), q->who.person, &q->f, &has));
    has.has_totp = has.has_totp && !totp;
    has.passkeys -= passkeys;
    if (gate_wants_second(q->g, q->who.role) && !has.has_totp && has.passkeys <= 0)
        return fail(&q->f, ERR_DENIED, "your role needs a second factor; set up another one first, then remove this one");
    if (!has.has_password && has.passkeys <= 0)
        return fail(&q->f, ERR_DENIED, "without it you could not sign in any more; choose a password first");
    return ERR_OK;
}

static err_t post_totp_remove(ask *q)
{
    TRY(may_remove(q, true, 0));
    TRY(auth_totp_remove(gate_auth(q->g), q->who.person, &q->f));
    TRY(ask_event(q, "factor_changed", q->who.person, S("authenticator removed"), true));
    return page_done(q, str_of(in_account), "removed");
}

/* ---- passkeys -------------------------------------------------------------------------------------- */

static err_t post_passkey_remove(ask *q)
{
    auth_passkey *v;
    size_t        n;
    str           wanted = ask_field(q, "passkey");
    TRY(may_remove(q, false, 1));
    TRY(auth_passkey_list(gate_auth(q->g), q->a, q->who.person, &q->f, &v, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(hex_of(q->a, v[i].id.p, v[i].id.n), wanted)) {
            TRY(auth_passkey_remove(gate_auth(q->g), q->who.person, v[i].id, &q->f));
            TRY(ask_event(q, "factor_changed", q->who.person, S("passkey removed"), true));
            return page_done(q, str_of(in_account), "removed");
        }
    return fail(&q->f, ERR_NOT_FOUND, "you have no such passkey");
}

/* ---- recovery codes ---------------------------------------------------------------------------------- */

static err_t post_codes(ask *q)
{
    str          codes[RECOVERY_CODES];
    auth_factors has;
    enrol_view   v = { .q = q, .codes = codes, .done_to = in_account };
    TRY(auth_factors_of(gate_auth(q->g), q->who.person, &q->f, &has));
    if (!has.has_totp && !has.passkeys)
        return fail(&q->f, ERR_CONFLICT, "recovery codes stand in for a second factor; set one up first");
    TRY(auth_recovery_make(gate_auth(q->g), q->a, q->who.person, &q->f, codes));
    TRY(ask_event(q, "factor_changed", q->who.person, S("recovery codes made"), true));
    open_page(q, S("Keep these codes"), S("Each signs you in once when your phone is not at hand. They are shown this one time."));
    tpl_codes(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/account/password", PERMIT_PERSON, 0, ROUTE_OWN_ACCOUNT, 0, get_password, "The form to change one's password" },
    { HTTP_POST, "/account/password", PERMIT_PERSON, 8 << 10, ROUTE_FRESH | ROUTE_OWN_ACCOUNT, 0, post_password, "Change one's password" },
    { HTTP_GET, "/account/totp", PERMIT_PERSON, 0, ROUTE_OWN_ACCOUNT, 0, get_totp, "The form to set up an authenticator" },
    { HTTP_POST, "/account/totp", PERMIT_PERSON, 4 << 10, ROUTE_FRESH | ROUTE_OWN_ACCOUNT, 0, post_totp, "Confirm an authenticator" },
    { HTTP_POST, "/account/totp/remove", PERMIT_PERSON, 4 << 10, ROUTE_FRESH | ROUTE_OWN_ACCOUNT, 0, post_totp_remove, "Remove one's authenticator" },
    { HTTP_POST, "/account/passkeys/remove", PERMIT_PERSON, 8 << 10, ROUTE_FRESH | ROUTE_OWN_ACCOUNT, 0, post_passkey_remove, "Remove one of one's passkeys" },
    { HTTP_POST, "/account/codes", PERMIT_PERSON, 4 << 10, ROUTE_FRESH | ROUTE_OWN_ACCOUNT, 0, post_codes, "Make recovery codes anew, shown once" },
};
ROUTE_TABLE(account_factor_routes);
