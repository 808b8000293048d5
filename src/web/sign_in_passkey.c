/* Signing in with a passkey: alone, as the second factor after a password, and to show again that one is who one is. */
#include "web/passkey.h"

/* ---- the question ------------------------------------------------------------------------------ */

/* Somebody who is known already (between password and second factor, or signed in) is asked for a key of theirs;
 * a stranger for any key of this site that checks who holds it. */
static str person_asked(const ask *q) { return q->session.stage == STAGE_HALF || q->signed_in ? q->session.person : S(""); }

static err_t post_ask(ask *q)
{
    webauthn_options site;
    webauthn_key    *keys = NULL;
    size_t           n = 0;
    str              challenge, person = q->session.handle.n ? person_asked(q) : S("");
    if (!passkey_site(q, !person.n, &site))
        return fail(&q->f, ERR_INVALID, "passkeys do not work at an address that is a number");
    if (person.n)
        TRY(passkey_known(q, person, &keys, &n));
    TRY(passkey_challenge(q, "get", person, &challenge));
    passkey_answer_json(q, webauthn_get_json(q->a, &site, challenge, keys, n));
    return ERR_OK;
}

/* ---- the answer --------------------------------------------------------------------------------- */

static err_t show_fault(ask *q, str said, const char *to)
{
    passkey_fault_view v = { .q = q, .fault = said, .back = str_of(to) };
    q->rs->status = 422;
    page_open(q, &(page){ .title = S("That did not work"), .bare = true, .no_as_of = true });
    tpl_passkey_fault(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

/* What people may be told; anything else is a failure of ours. */
static bool is_refusal(err_t e) { return e == ERR_DENIED || e == ERR_INVALID || e == ERR_CONFLICT || e == ERR_NOT_FOUND || e == ERR_TOO_LARGE; }

static err_t refuse(ask *q, err_t e, const fault *here, str person, const char *to)
{
    if (!is_refusal(e))
        return fail(&q->f, e, "%s", here->text);
    TRY(ask_event(q, "sign_in", person, S("passkey"), false));
    return show_fault(q, str_dup(q->a, str_of(here->text)), to);
}

static err_t second_factor_was_right(ask *q, str next)
{
    auth_session its = q->session;
    its.method = str_fmt(q->a, STR_FMT "+passkey", STR_ARG(its.method));
    its.second = true;
    its.proven_at = q->now;
    if (!str_starts(its.method, S("link")))
        return sign_in_whole(q, &its, next);
    its.stage = STAGE_ENROL;             /* a link stands for a lost password: a new one is chosen first */
    TRY(ask_sign_in(q, &its));
    http_redirect(q->rs, 303, S("/account/enrol"));
    return ERR_OK;
}

static err_t alone(ask *q, str person, str next)
{
    principal who;
    str       name;
    fault     here = { 0 };
    q->who = (principal){ 0 };           /* who somebody was here before is not who signs in now */
    err_t e = app_person(q->ws, q->a, person, &here, &who, &name);
    if (e != ERR_OK)
        return refuse(q, e, &here, person, "/sign-in");
    return sign_in_first(q, &who, "passkey", true, q->now, next);
}

static err_t post_sign_in(ask *q)
{
    passkey_proof proof = { 0 };
    fault         here = { 0 };
    str           challenge, person, next = next_local(q->a, ask_field(q, "next"));
    const char   *back = q->session.stage == STAGE_HALF && q->session.handle.n ? "/sign-in/second" : "/sign-in";
    err_t         e = passkey_asked(q, "get", &here, &challenge, &person);
    if (e == ERR_OK && person.n && !(q->session.handle.n && q->session.stage == STAGE_HALF && str_eq(q->session.person, person)))
        e = fail(&here, ERR_DENIED, "Somebody else began to sign in here. Try again.");
    if (e == ERR_OK)
        e = passkey_verify(q, challenge, person, &here, &proof);
    if (e != ERR_OK)
        return refuse(q, e, &here, proof.person, back);
    return person.n ? second_factor_was_right(q, next) : alone(q, proof.person, next);
}

static err_t post_prove(ask *q)
{
    passkey_proof proof = { 0 };
    fault         here = { 0 };
    auth_session  its = q->session;
    str           challenge, person, next = next_local(q->a, ask_field(q, "next"));
    err_t         e = passkey_asked(q, "get", &here, &challenge, &person);
    if (e == ERR_OK && !str_eq(person, its.person))
        e = fail(&here, ERR_DENIED, "The question was for somebody else. Try again.");
    if (e == ERR_OK)
        e = passkey_verify(q, challenge, person, &here, &proof);
    if (e != ERR_OK)
        return refuse(q, e, &here, its.person, "/prove");
    TRY(ask_event(q, "sign_in", its.person, S("shown again: passkey"), true));
    its.proven_at = q->now;
    TRY(session_again(q, &its));
    http_redirect(q->rs, 303, next.n ? next : landing(q));
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_POST, "/sign-in/passkey/ask", PERMIT_PUBLIC, 1 << 10, ROUTE_NO_CSRF, 0, post_ask, "What a passkey is asked to sign in" },
    { HTTP_POST, "/sign-in/passkey", PERMIT_PUBLIC, 512 << 10, ROUTE_NO_CSRF, 0, post_sign_in, "Sign in with a passkey" },
    { HTTP_POST, "/prove/passkey", PERMIT_PERSON, 512 << 10, ROUTE_OWN_ACCOUNT, 0, post_prove, "Show again who one is with a passkey" },
};
ROUTE_TABLE(sign_in_passkey_routes);
