/* Signing in and out. What is said on failure is the same whether somebody exists or not. */
#include "web/sign_in.h"

static const char wrong_password[] = "The name or the password is not right.";
static const char wrong_code[] = "This code is not right, or it has been used. Wait for the next one and try again.";

/* ---- where to go afterwards ------------------------------------------------------------- */

static bool of_signing_in(str path)
{
    static const char *const own[] = { "/sign-in", "/sign-out", "/prove", "/start/", "/account/enrol" };
    for (size_t i = 0; i < COUNT(own); i++)
        if (str_starts(path, str_of(own[i])))
            return true;
    return false;
}

str next_local(arena *a, str text)
{
    buf b = buf_new(a, 8 << 10);
    if (!text.n || text.n > 2000 || text.p[0] != '/' || (text.n > 1 && (text.p[1] == '/' || text.p[1] == '\\')) || of_signing_in(text))
        return S("");
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c < ' ' || c == 0x7f || c == '\\')
            return S("");
        if (c > 0x7f || strchr(" \"<>^`{|}", c))
            buf_fmt(&b, "%%%02X", c);
        else
            buf_putc(&b, (char)c);
    }
    return buf_str(&b);
}

str landing(const ask *q)
{
    return q->who.role == ROLE_MEMBER ? S("/my") : q->who.role == ROLE_AUDITOR ? S("/audit") : S("/");
}

static void go_on(ask *q, const char *to, str next)
{
    buf b = buf_new(q->a, 8 << 10);
    buf_putz(&b, to);
    if (next.n) {
        buf_putz(&b, "?next=");
        html_put(&b, AT_QUERY, next);
    }
    http_redirect(q->rs, 303, buf_str(&b));
}

/* ---- sessions ----------------------------------------------------------------------------- */

err_t session_again(ask *q, const auth_session *as)
{
    str secret;
    TRY(auth_session_raise(gate_auth(q->g), q->a, q->cookie, as, &q->f, &secret));
    ask_cookie_set(q, "attest", secret, 0);
    return ERR_OK;
}

err_t sign_in_whole(ask *q, auth_session *its, str next)
{
    its->stage = STAGE_FULL;
    TRY(ask_sign_in(q, its));
    ask_cookie_set(q, "device", auth_device(gate_auth(q->g), q->a, its->person), DAYS(180));
    http_redirect(q->rs, 303, next.n ? next : landing(q));
    return ERR_OK;
}

err_t sign_in_first(ask *q, const principal *who, const char *method, bool second, time_us proven_at, str next)
{
    auth_factors has;
    auth_session its = { .person = who->person, .stage = STAGE_HALF, .method = str_of(method), .proven_at = proven_at, .second = second,
                         .ends_at = proven_at ? proven_at + HOURS(12) : 0 };
    q->who = *who;
    q->who.actor = str_fmt(q->a, "web:" STR_FMT, STR_ARG(who->person));
    TRY(auth_factors_of(gate_auth(q->g), who->person, &q->f, &has));
    if (second || (!has.has_totp && !has.passkeys && !gate_wants_second(q->g, who->role)))
        return sign_in_whole(q, &its, next);
    if (!has.has_totp && !has.passkeys) {
        its.stage = STAGE_ENROL;
        TRY(ask_sign_in(q, &its));
        http_redirect(q->rs, 303, S("/account/enrol"));
        return ERR_OK;
    }
    TRY(ask_sign_in(q, &its));
    go_on(q, "/sign-in/second", next);
    return ERR_OK;
}

bool try_told(ask *q, err_t e, const char *wrong, const fault *here, str *ret_says)
{
    if (e == ERR_DENIED || e == ERR_NOT_FOUND) {
        q->rs->status = 422;
        *ret_says = str_of(wrong);
        return true;
    }
    if (e == ERR_LIMIT || e == ERR_BUSY) {
        q->rs->status = e == ERR_LIMIT ? 429 : 503;
        *ret_says = str_dup(q->a, str_of(here->text));
        return true;
    }
    return false;
}

/* ---- the first page -------------------------------------------------------------------------- */

str provider_name(const ask *q)
{
    str name = gate_setting(q->g, "oidc_name");
    return !gate_setting(q->g, "oidc_issuer").n ? S("") : name.n ? name : S("your identity provider");
}

static err_t show_sign_in(ask *q, str name, str said)
{
    sign_in_view v = { .q = q, .fault = said, .name = name };
    str          typed = q->rq->method == HTTP_POST ? ask_field(q, "next") : ask_query(q, "next");
    v.next = next_local(q->a, typed);
    v.oidc = provider_name(q);
    page_open(q, &(page){ .title = S("Sign in"), .lead = workspace_name(q->ws), .bare = true, .no_as_of = true, .script = "passkey.js" });
    tpl_sign_in(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static err_t get_sign_in(ask *q)
{
    if (!q->signed_in)
        return show_sign_in(q, S(""), S(""));
    str next = next_local(q->a, ask_query(q, "next"));
    http_redirect(q->rs, 303, next.n ? next : landing(q));
    return ERR_OK;
}

/* Nobody of that name, and somebody who has left, are the same: `ret->person` is empty. */
static err_t find_person(ask *q, str typed, principal *ret)
{
    fault here = { 0 };
    str   id = S(""), name;
    *ret = (principal){ 0 };
    if (!typed.n || typed.n > 254)
        return ERR_OK;
    TRY(app_person_named(q->ws, q->a, typed, &q->f, &id));
    if (!id.n)
        TRY(app_person_named(q->ws, q->a, str_lower(q->a, typed), &q->f, &id));
    if (!id.n)
        return ERR_OK;
    err_t e = app_person(q->ws, q->a, id, &here, ret, &name);
    if (e == ERR_OK)
        return ERR_OK;
    *ret = (principal){ 0 };
    return e == ERR_DENIED || e == ERR_NOT_FOUND ? ERR_OK : fail(&q->f, e, "%s", here.text);
}

static err_t post_sign_in(ask *q)
{
    principal who;
    fault     here = { 0 };
    str       said, name = str_trim(ask_field(q, "name")), device = ask_cookie(q, "device");
    q->who = (principal){ 0 };           /* who somebody was here before is not who tries now */
    TRY(find_person(q, name, &who));
    err_t e = auth_password_try(gate_auth(q->g), who.person, ask_field(q, "password"), q->rq->address, device, &here);
    if (e == ERR_OK)
        return sign_in_first(q, &who, "password", false, q->now, next_local(q->a, ask_field(q, "next")));
    if (!try_told(q, e, wrong_password, &here, &said))
        return fail(&q->f, e, "%s", here.text);
    TRY(ask_event(q, "sign_in", who.person, S("password"), false));
    return show_sign_in(q, name, said);
}

/* ---- the second factor ----------------------------------------------------------------------- */

static err_t show_second(ask *q, str said)
{
    auth_factors has;
    sign_in_view v = { .q = q, .fault = said };
    TRY(auth_factors_of(gate_auth(q->g), q->session.person, &q->f, &has));
    v.totp = has.has_totp;
    v.codes = has.recovery_left > 0;
    v.passkeys = has.passkeys > 0;
    v.next = next_local(q->a, q->rq->method == HTTP_POST ? ask_field(q, "next") : ask_query(q, "next"));
    page_open(q, &(page){ .title = S("Show that it is you"), .lead = workspace_name(q->ws), .bare = true, .no_as_of = true, .script = "passkey.js" });
    tpl_second(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

/* Only between the password and the second factor; everybody else goes where they belong. */
static bool awaits_second(ask *q)
{
    if (q->session.stage == STAGE_HALF)
        return true;
    http_redirect(q->rs, 303, q->session.stage == STAGE_ENROL ? S("/account/enrol") : landing(q));
    return false;
}

static err_t get_second(ask *q) { return awaits_second(q) ? show_second(q, S("")) : ERR_OK; }

str six_digits(arena *a, str typed)
{
    buf b = buf_new(a, 64);
    for (size_t i = 0; i < typed.n; i++) {
        if (typed.p[i] >= '0' && typed.p[i] <= '9')
            buf_putc(&b, typed.p[i]);
        else if (typed.p[i] != ' ' && typed.p[i] != '-')
            return S("");
    }
    return b.n == 6 && !b.overflow ? buf_str(&b) : S("");
}

static err_t post_second(ask *q)
{
    fault        here = { 0 };
    str          said, typed = str_trim(ask_field(q, "code")), code = six_digits(q->a, typed);
    auth        *au = gate_auth(q->g);
    auth_session its = q->session;
    if (!awaits_second(q))
        return ERR_OK;
    err_t e = code.n ? auth_totp_try(au, its.person, code, q->rq->address, &here) : auth_recovery_try(au, its.person, typed, q->rq->address, &here);
    if (e != ERR_OK && !try_told(q, e, wrong_code, &here, &said))
        return fail(&q->f, e, "%s", here.text);
    if (e != ERR_OK) {
        TRY(ask_event(q, "sign_in", its.person, code.n ? S("authenticator") : S("recovery code"), false));
        return show_second(q, said);
    }
    its.method = str_fmt(q->a, STR_FMT "+%s", STR_ARG(its.method), code.n ? "totp" : "recovery");
    its.second = true;
    its.proven_at = q->now;
    if (!str_starts(its.method, S("link")))
        return sign_in_whole(q, &its, next_local(q->a, ask_field(q, "next")));
    its.stage = STAGE_ENROL;             /* a link stands for a lost password: a new one is chosen first */
    TRY(ask_sign_in(q, &its));
    http_redirect(q->rs, 303, S("/account/enrol"));
    return ERR_OK;
}

/* ---- out ------------------------------------------------------------------------------------------ */

static err_t post_sign_out(ask *q)
{
    fault here = { 0 };
    err_t e = auth_session_end(gate_auth(q->g), q->session.person, q->session.handle, S(""), &here);
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return fail(&q->f, e, "%s", here.text);
    ask_cookie_drop(q, "attest");
    TRY(ask_event(q, "sign_out", q->session.person, q->session.method, true));
    http_redirect(q->rs, 303, S("/sign-in"));
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/sign-in", PERMIT_PUBLIC, 0, 0, 0, get_sign_in, "The page to sign in on" },
    { HTTP_POST, "/sign-in", PERMIT_PUBLIC, 16 << 10, ROUTE_NO_CSRF, 0, post_sign_in, "Sign in with name and password" },
    { HTTP_GET, "/sign-in/second", PERMIT_SESSION, 0, 0, 0, get_second, "Where the second factor is asked for" },
    { HTTP_POST, "/sign-in/second", PERMIT_SESSION, 4 << 10, 0, 0, post_second, "Give the second factor, or a recovery code" },
    { HTTP_POST, "/sign-out", PERMIT_SESSION, 4 << 10, 0, 0, post_sign_out, "Sign out" },
};
ROUTE_TABLE(sign_in_routes);
