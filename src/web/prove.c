/* Showing once more that one is who one is, before a step with consequences. */
#include "web/sign_in.h"

bool is_fresh(const ask *q) { return q->now - q->session.proven_at <= MINUTES(9); }    /* a minute less than the gate: to fill the form in */

bool fresh_or_prove(ask *q, const char *to)
{
    buf b = buf_new(q->a, 4 << 10);
    if (is_fresh(q))
        return true;
    buf_putz(&b, "/prove?next=");
    html_put(&b, AT_QUERY, to);
    http_redirect(q->rs, 303, buf_str(&b));
    return false;
}

static err_t show(ask *q, str said)
{
    auth_factors has;
    sign_in_view v = { .q = q, .fault = said };
    TRY(auth_factors_of(gate_auth(q->g), q->who.person, &q->f, &has));
    v.password = has.has_password;
    v.totp = has.has_totp;
    v.passkeys = has.passkeys > 0;
    v.oidc = provider_name(q);
    v.next = next_local(q->a, q->rq->method == HTTP_POST ? ask_field(q, "next") : ask_query(q, "next"));
    page_open(q, &(page){ .title = S("Is it still you?"), .no_as_of = true, .script = "passkey.js",
                          .lead = S("The next step has consequences. Show once more that it is you; it is not asked again for ten minutes.") });
    tpl_prove(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static err_t get_prove(ask *q) { return show(q, S("")); }

static err_t post_prove(ask *q)
{
    fault        here = { 0 };
    auth        *au = gate_auth(q->g);
    auth_session its = q->session;
    str          said, password = ask_field(q, "password"), code = six_digits(q->a, ask_field(q, "code"));
    str          next = next_local(q->a, ask_field(q, "next"));
    bool         by_code = !password.n;
    err_t        e = by_code ? auth_totp_try(au, its.person, code, q->rq->address, &here)
                             : auth_password_try(au, its.person, password, q->rq->address, ask_cookie(q, "device"), &here);
    if (e != ERR_OK && !try_told(q, e, by_code ? "This code is not right, or it has been used." : "This is not your password.", &here, &said))
        return fail(&q->f, e, "%s", here.text);
    TRY(ask_event(q, "sign_in", its.person, by_code ? S("shown again: authenticator") : S("shown again: password"), e == ERR_OK));
    if (e != ERR_OK)
        return show(q, said);
    its.proven_at = q->now;
    TRY(session_again(q, &its));
    http_redirect(q->rs, 303, next.n ? next : landing(q));
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/prove", PERMIT_PERSON, 0, ROUTE_OWN_ACCOUNT, 0, get_prove, "Where a person shows again who they are" },
    { HTTP_POST, "/prove", PERMIT_PERSON, 4 << 10, ROUTE_OWN_ACCOUNT, 0, post_prove, "Show again who one is, before a step with consequences" },
};
ROUTE_TABLE(prove_routes);
