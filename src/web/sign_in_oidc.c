/* Signing in through the identity provider of the configuration. Who comes back for the first time is linked by a verified
 * e-mail address that one person alone has; from then on issuer and subject say who it is, whatever the address. */
#include "web/oidc_sign_in.h"

#include "web/kept.h"
#include "web/passkey.h"

enum { LASTS_S = 600 };

/* ---- the provider ------------------------------------------------------------------------------- */

static bool says_yes(str text) { return str_eq(text, S("yes")) || str_eq(text, S("true")) || str_eq(text, S("on")); }

/* The web process reads nothing outside the workspace. */
static err_t read_secret(const gate *g, arena *a, str file, fault *f, str *ret)
{
    str dir = str_of(gate_dir(g)), path = str_starts(file, S("/")) ? file : str_fmt(a, STR_FMT "/" STR_FMT, STR_ARG(dir), STR_ARG(file));
    if (!str_starts(path, str_fmt(a, STR_FMT "/", STR_ARG(dir))) || str_contains(path, S("/../")))
        return fail(f, ERR_INVALID, "oidc_client_secret_file: the file must lie in " STR_FMT ", as keys/oidc-secret; the server reads nothing elsewhere",
                    STR_ARG(dir));
    return file_secret(a, str_z(a, path), f, ret);
}

err_t provider_open(gate *g, fault *f, oidc **ret)
{
    auto_arena arena *a = arena_new(1 << 20);
    fault             why = { 0 };
    str               file = gate_setting(g, "oidc_client_secret_file");
    oidc_provider     p = { .issuer = gate_setting(g, "oidc_issuer"), .client_id = gate_setting(g, "oidc_client_id"),
                            .allow_private = says_yes(gate_setting(g, "oidc_allow_private")) };
    *ret = NULL;
    if (!p.issuer.n)
        return ERR_OK;
    if (file.n)
        TRY(read_secret(g, a, file, f, &p.client_secret));
    err_t e = oidc_open(&p, &why, ret);
    return e == ERR_OK ? e : fail(f, e, "config: oidc_issuer, oidc_client_id: %s", why.text);
}

static err_t provider_of(ask *q, oidc **ret)
{
    *ret = kept_of(q)->provider;
    return *ret ? ERR_OK : fail(&q->f, ERR_NOT_FOUND, "no identity provider is configured here");
}

static str redirect_uri(ask *q) { return str_fmt(q->a, STR_FMT "/sign-in/oidc/back", STR_ARG(ask_origin(q))); }

/* ---- what goes wrong ---------------------------------------------------------------------------- */

static err_t show_fault(ask *q, err_t e, const fault *here, str person)
{
    passkey_fault_view v = { .q = q, .fault = str_dup(q->a, str_of(here->text)), .back = S("/sign-in") };
    TRY(ask_event(q, "sign_in", person, S("oidc"), false));
    q->rs->status = e == ERR_IO || e == ERR_UNSUPPORTED ? 502 : 403;
    page_open(q, &(page){ .title = S("That did not work"), .bare = true, .no_as_of = true });
    tpl_passkey_fault(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static bool is_told(err_t e)
{
    return e == ERR_DENIED || e == ERR_INVALID || e == ERR_NOT_FOUND || e == ERR_CONFLICT || e == ERR_IO || e == ERR_UNSUPPORTED;
}

static err_t went_wrong(ask *q, err_t e, const fault *here, str person)
{
    return is_told(e) ? show_fault(q, e, here, person) : fail(&q->f, e, "%s", here->text);
}

/* ---- there ------------------------------------------------------------------------------------------ */

static err_t get_begin(ask *q)
{
    oidc *o;
    str   url, secret;
    fault here = { 0 };
    bool  prove = q->signed_in && ask_query(q, "prove").n;
    TRY(provider_of(q, &o));
    oidc_attempt at = oidc_attempt_new(o, q->a, redirect_uri(q), prove);
    err_t        e = oidc_begin(o, q->a, &at, &here, &url);
    if (e != ERR_OK)
        return went_wrong(q, e, &here, S(""));
    str text = str_fmt(q->a, STR_FMT "\n" STR_FMT, STR_ARG(next_local(q->a, ask_query(q, "next"))), STR_ARG(oidc_attempt_text(q->a, &at)));
    TRY(auth_once_put(gate_auth(q->g), q->a, "oidc", text, SECONDS(LASTS_S), &q->f, &secret));
    ask_cookie_set(q, "oidc", secret, SECONDS(LASTS_S));
    q->rs->status = 303;
    http_add(q->rs, "Location", url);
    return ERR_OK;
}

/* ---- and back ------------------------------------------------------------------------------------------ */

static err_t attempt_of(ask *q, fault *f, oidc_attempt *ret, str *ret_next)
{
    static const char none[] = "Your sign-in took too long, or it was begun in another browser. Start again.";
    fault here = { 0 };
    str   text, secret = ask_cookie(q, "oidc");
    err_t e = auth_once_take(gate_auth(q->g), q->a, "oidc", secret, &here, &text);
    if (secret.n)
        ask_cookie_drop(q, "oidc");
    if (e == ERR_NOT_FOUND)
        return fail(f, ERR_DENIED, none);
    if (e != ERR_OK)
        return fail(f, e, "%s", here.text);
    *ret_next = str_cut(&text, '\n');
    return text.p && oidc_attempt_read(q->a, text, ret) ? ERR_OK : fail(f, ERR_DENIED, none);
}

/* One person, one account at the provider: an address that was given to somebody else later leads to nobody. */
static err_t link_person(ask *q, const oidc_identity *id, str person, fault *f)
{
    auth_identity *all;
    size_t         n;
    TRY(auth_identity_list(gate_auth(q->g), q->a, person, f, &all, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].issuer, id->issuer))
            return fail(f, ERR_DENIED, "Another account at the identity provider is linked with " STR_FMT " already. A manager can sort this out.",
                        STR_ARG(person));
    TRY(auth_identity_link(gate_auth(q->g), id->issuer, id->subject, person, f));
    return ask_event(q, "factor_changed", person, S("linked with the identity provider"), true);
}

static err_t person_by_email(ask *q, const oidc_identity *id, fault *f, str *ret)
{
    row_table t = { 0 };
    if (!id->email.n || !id->email_verified)
        return fail(f, ERR_DENIED, "The identity provider does not say that your e-mail address is verified, so it cannot be told who you are here.");
    const sql_hole hole = { "email", sql_quote(q->a, id->email) };
    TRY(app_rows(q->ws, q->a, "sql/web/person_by_email.sql", &hole, 1, 0, f, &t));
    if (t.n_rows != 1)
        return fail(f, ERR_DENIED, "Nobody here has the address that the identity provider tells. A manager can add you.");
    *ret = table_cell(&t, 0, 0);
    return ERR_OK;
}

/* Somebody who has left is refused before anything is linked. */
static err_t person_of(ask *q, const oidc_identity *id, fault *f, principal *ret, str *ret_person)
{
    fault none = { 0 };
    str   name;
    err_t e = auth_identity_find(gate_auth(q->g), q->a, id->issuer, id->subject, &none, ret_person);
    bool  first = e == ERR_NOT_FOUND;
    if (e != ERR_OK && !first)
        return fail(f, e, "%s", none.text);
    if (first)
        TRY(person_by_email(q, id, f, ret_person));
    TRY(app_person(q->ws, q->a, *ret_person, f, ret, &name));
    return first ? link_person(q, id, *ret_person, f) : ERR_OK;
}

static err_t proven_again(ask *q, str person, str next)
{
    auth_session its = q->session;
    fault        here = { 0 };
    if (!q->signed_in || !str_eq(its.person, person)) {
        err_t e = fail(&here, ERR_DENIED, "The identity provider knows you as somebody else than who is signed in here.");
        return went_wrong(q, e, &here, person);
    }
    TRY(ask_event(q, "sign_in", person, S("shown again: oidc"), true));
    its.proven_at = q->now;
    TRY(session_again(q, &its));
    http_redirect(q->rs, 303, next.n ? next : landing(q));
    return ERR_OK;
}

static str given(const http_request *rq, const char *name) { return http_query(rq, name); }

static err_t get_back(ask *q)
{
    oidc         *o;
    oidc_attempt  at = { 0 };
    oidc_identity id = { 0 };
    principal     who = { 0 };
    fault         here = { 0 };
    str           next = S(""), person = S("");
    oidc_return   back = { given(q->rq, "state"), given(q->rq, "code"), given(q->rq, "iss"), given(q->rq, "error") };
    TRY(provider_of(q, &o));
    err_t e = attempt_of(q, &here, &at, &next);
    if (e == ERR_OK)
        e = oidc_finish(o, q->a, &at, &back, &here, &id);
    if (e == ERR_OK)
        e = person_of(q, &id, &here, &who, &person);
    if (e != ERR_OK)
        return went_wrong(q, e, &here, person);
    if (at.fresh)
        return proven_again(q, person, next);
    q->who = (principal){ 0 };           /* who somebody was here before is not who signs in now */
    return sign_in_first(q, &who, "oidc", id.mfa && says_yes(gate_setting(q->g, "oidc_trust_mfa")),
                         id.auth_time < q->now ? id.auth_time : q->now, next);
}

static const route rows[] = {
    { HTTP_GET, "/sign-in/oidc", PERMIT_PUBLIC, 0, ROUTE_SLOW, 0, get_begin, "To the identity provider, to sign in there" },
    { HTTP_GET, "/sign-in/oidc/back", PERMIT_PUBLIC, 0, ROUTE_SLOW, 0, get_back, "Back from the identity provider" },
};
ROUTE_TABLE(sign_in_oidc_routes);
