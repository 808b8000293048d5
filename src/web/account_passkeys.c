/* A new passkey for whoever is signed in or is setting up how they sign in. */
#include "web/passkey.h"

enum { KEYS_MAX = 20, LABEL_MAX = 80 };

static err_t show(ask *q, str said)
{
    passkeys_view    v = { .q = q, .fault = said, .enrolling = q->session.stage == STAGE_ENROL };
    webauthn_options site;
    const crumb      above = { S("/account"), S("My account") };
    v.here = passkey_site(q, false, &site);
    page_open(q, &(page){ .title = S("Add a passkey"), .bare = v.enrolling, .crumbs = &above, .n_crumbs = !v.enrolling, .no_as_of = true, .script = "passkey.js",
                          .lead = S("A passkey is kept by your phone, your computer or a security key. It cannot be guessed, and no false page can ask it away from you.") });
    tpl_passkeys(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

/* Between password and second factor nobody adds a factor. */
static bool may_change(ask *q)
{
    if (q->session.handle.n && q->session.stage != STAGE_HALF)
        return true;
    http_redirect(q->rs, 303, S("/sign-in/second"));
    return false;
}

/* A session that is setting up can do nothing else, and lasts as long as that takes. */
static bool is_allowed_now(ask *q) { return q->session.stage == STAGE_ENROL || is_fresh(q); }

static err_t get_passkeys(ask *q)
{
    if (!may_change(q) || (!is_allowed_now(q) && !fresh_or_prove(q, "/account/passkeys")))
        return ERR_OK;
    return show(q, S(""));
}

/* Whoever has no password signs in with the key alone: it must check who holds it. */
static err_t needs_uv(ask *q, bool *ret)
{
    auth_factors has;
    TRY(auth_factors_of(gate_auth(q->g), q->session.person, &q->f, &has));
    *ret = !has.has_password;
    return ERR_OK;
}

static err_t post_ask(ask *q)
{
    webauthn_options site;
    webauthn_key    *keys;
    size_t           n;
    bool             uv;
    str              challenge, person = q->session.person;
    if (q->session.stage == STAGE_HALF || !is_allowed_now(q))
        return fail(&q->f, ERR_DENIED, "show once more that it is you, then add the passkey");
    TRY(needs_uv(q, &uv));
    if (!passkey_site(q, uv, &site))
        return fail(&q->f, ERR_INVALID, "passkeys do not work at an address that is a number");
    TRY(passkey_known(q, person, &keys, &n));
    if (n >= KEYS_MAX)
        return fail(&q->f, ERR_LIMIT, "more than %d passkeys are not kept; remove one first", KEYS_MAX);
    TRY(passkey_challenge(q, "create", person, &challenge));
    passkey_answer_json(q, webauthn_create_json(q->a, &site, challenge, passkey_user(q->a, person), person, q->name.n ? q->name : person, keys, n));
    return ERR_OK;
}

static err_t add(ask *q, fault *f)
{
    webauthn_options site;
    webauthn_new_key made;
    bool             uv;
    str              challenge, person, label = str_trim(ask_field(q, "label"));
    TRY(passkey_asked(q, "create", f, &challenge, &person));
    TRY(needs_uv(q, &uv));
    if (!str_eq(person, q->session.person) || !passkey_site(q, uv, &site))
        return fail(f, ERR_DENIED, "The question was for somebody else. Try again.");
    TRY(webauthn_registered(q->a, &site, challenge, ask_field(q, "answer"), f, &made));
    const auth_passkey p = { .id = made.key.id, .person = person, .label = utf8_cut(label.n ? label : S("Passkey"), LABEL_MAX), .alg = made.key.alg,
                             .public_key = made.key.public_key, .sign_count = made.key.sign_count, .aaguid = made.aaguid,
                             .transports = made.key.transports, .backed_up = made.backed_up };
    return auth_passkey_add(gate_auth(q->g), &p, f);
}

static err_t post_add(ask *q)
{
    fault here = { 0 };
    if (!may_change(q) || (!is_allowed_now(q) && !fresh_or_prove(q, "/account/passkeys")))
        return ERR_OK;
    err_t e = add(q, &here);
    if (e == ERR_DENIED || e == ERR_INVALID || e == ERR_CONFLICT || e == ERR_TOO_LARGE) {
        q->rs->status = 422;
        return show(q, str_dup(q->a, str_of(here.text)));
    }
    if (e != ERR_OK)
        return fail(&q->f, e, "%s", here.text);
    TRY(ask_event(q, "factor_changed", q->session.person, S("passkey added"), true));
    return q->session.stage == STAGE_ENROL ? enrol_advance(q, "passkey", true) : page_done(q, S("/account"), "added");
}

static const route rows[] = {
    { HTTP_GET, "/account/passkeys", PERMIT_SESSION, 0, 0, 0, get_passkeys, "The page to add a passkey on" },
    { HTTP_POST, "/account/passkeys/ask", PERMIT_SESSION, 1 << 10, 0, 0, post_ask, "What a new passkey is asked" },
    { HTTP_POST, "/account/passkeys", PERMIT_SESSION, 512 << 10, 0, 0, post_add, "Add a passkey" },
};
ROUTE_TABLE(account_passkeys_routes);
