/* What signing in with a passkey and keeping passkeys have in common. */
#include "web/passkey.h"

enum { LASTS_S = WEBAUTHN_CHALLENGE_LASTS_S };

static bool is_number(str host)
{
    bool digits = host.n > 0;
    for (size_t i = 0; i < host.n && digits; i++)
        digits = (host.p[i] >= '0' && host.p[i] <= '9') || host.p[i] == '.';
    return digits || str_starts(host, S("["));
}

bool passkey_site(ask *q, bool require_uv, webauthn_options *ret)
{
    str *origin = NEW(q->a, str), host;
    *origin = ask_origin(q);
    host = str_starts(*origin, S("https://")) ? str_sub(*origin, 8, origin->n) : str_sub(*origin, 7, origin->n);
    str rp_id = str_starts(host, S("[")) ? host : str_cut(&host, ':');
    if (!rp_id.n || is_number(rp_id))
        return false;
    *ret = (webauthn_options){ .rp_id = rp_id, .rp_name = workspace_name(q->ws), .origins = origin, .n_origins = 1, .require_uv = require_uv };
    return true;
}

str passkey_user(arena *a, str person)
{
    auto_hasher hasher *h = hasher_new();
    str                 text = str_fmt(a, "attest passkey of " STR_FMT, STR_ARG(person));
    hash32              d = sha256_of(h, text.p, text.n);
    return str_dup(a, (str){ (char *)d.b, sizeof d.b });
}

err_t passkey_challenge(ask *q, const char *kind, str person, str *ret_challenge)
{
    uint8_t b[WEBAUTHN_CHALLENGE];
    str     secret;
    random_bytes(b, sizeof b);
    str text = str_fmt(q->a, "%s " STR_FMT " " STR_FMT, kind, STR_ARG(base64url_of(q->a, b, sizeof b)), STR_ARG(person));
    TRY(auth_once_put(gate_auth(q->g), q->a, "passkey", text, SECONDS(LASTS_S), &q->f, &secret));
    ask_cookie_set(q, "passkey", secret, SECONDS(LASTS_S));
    *ret_challenge = str_dup(q->a, (str){ (char *)b, sizeof b });
    return ERR_OK;
}

void passkey_answer_json(ask *q, str json)
{
    q->rs->media = S("application/json");
    buf_puts(&q->rs->body, json);
}

err_t passkey_asked(ask *q, const char *kind, fault *f, str *ret_challenge, str *ret_person)
{
    static const char none[] = "The question to your passkey has expired. Try again.";
    fault here = { 0 };
    str   text, secret = ask_cookie(q, "passkey");
    err_t e = auth_once_take(gate_auth(q->g), q->a, "passkey", secret, &here, &text);
    if (secret.n)
        ask_cookie_drop(q, "passkey");
    if (e == ERR_NOT_FOUND)
        return fail(f, ERR_DENIED, none);
    if (e != ERR_OK)
        return fail(f, e, "%s", here.text);
    str its_kind = str_cut(&text, ' '), challenge = text.p ? str_cut(&text, ' ') : S("");
    if (!str_eq(its_kind, str_of(kind)) || !base64url_parse(q->a, challenge, ret_challenge) || ret_challenge->n != WEBAUTHN_CHALLENGE)
        return fail(f, ERR_DENIED, none);
    *ret_person = text.p ? text : S("");
    return ERR_OK;
}

static webauthn_key key_of(const auth_passkey *p)
{
    return (webauthn_key){ .id = p->id, .alg = p->alg, .public_key = p->public_key, .sign_count = p->sign_count, .transports = p->transports };
}

err_t passkey_known(ask *q, str person, webauthn_key **ret, size_t *ret_n)
{
    auth_passkey *all;
    TRY(auth_passkey_list(gate_auth(q->g), q->a, person, &q->f, &all, ret_n));
    *ret = NEW_ARRAY(q->a, webauthn_key, *ret_n + 1);
    for (size_t i = 0; i < *ret_n; i++)
        (*ret)[i] = key_of(&all[i]);
    return ERR_OK;
}

err_t passkey_verify(ask *q, str challenge, str person, fault *f, passkey_proof *ret)
{
    webauthn_options site;
    webauthn_proof   proof;
    auth_passkey     kept;
    str              id, user, answer = ask_field(q, "answer");
    fault            here = { 0 };
    if (!passkey_site(q, !person.n, &site))
        return fail(f, ERR_DENIED, "Passkeys do not work at an address that is a number.");
    TRY(webauthn_claims(q->a, answer, f, &id, &user));
    err_t e = auth_passkey_find(gate_auth(q->g), q->a, id, &here, &kept);
    if (e == ERR_NOT_FOUND)
        return fail(f, ERR_DENIED, "This passkey is not known here. Perhaps it was removed.");
    if (e != ERR_OK)
        return fail(f, e, "%s", here.text);
    ret->person = kept.person;
    if ((person.n && !str_eq(kept.person, person)) || (user.n && !str_eq(user, passkey_user(q->a, kept.person))))
        return fail(f, ERR_DENIED, "This passkey is not yours.");
    webauthn_key key = key_of(&kept);
    TRY(webauthn_asserted(q->a, &site, challenge, answer, &key, f, &proof));
    TRY(auth_passkey_used(gate_auth(q->g), id, kept.sign_count, proof.sign_count, proof.backed_up, f));
    ret->uv = proof.uv;
    return ERR_OK;
}
