/* Sections 7.1 and 7.2, in their order. */
#include "webauthn/parts.h"

err_t webauthn_registered(arena *a, const webauthn_options *o, str challenge, str answer, fault *f, webauthn_new_key *ret)
{
    answer_parts p;
    hash32       hash;
    attestation  at;
    auth_data    d;
    str          public_key;
    TRY(answer_read(a, answer, f, &p));
    TRY(client_data_check(a, o, "webauthn.create", challenge, p.client_data, f, &hash));
    TRY(attestation_read(p.object, f, &at));
    if (!auth_data_read(at.auth_data, &d) || !(d.flags & FLAG_AT))
        return fail(f, ERR_INVALID, "the key's answer cannot be read");
    TRY(auth_data_check(o, &d, f));
    if (!str_eq(d.id, p.id))
        return fail(f, ERR_DENIED, "the browser and the key name different credentials");
    TRY(fido_credential(a, o, &d, &at, &hash, f, &public_key));
    *ret = (webauthn_new_key){
        .key = { .id = str_dup(a, d.id), .alg = d.alg, .public_key = public_key, .sign_count = d.count, .transports = p.transports },
        .aaguid = hex_of(a, d.aaguid.p, d.aaguid.n),
        .uv = d.flags & FLAG_UV,
        .backed_up = d.flags & FLAG_BS,
        .attestation = str_dup(a, at.fmt),
    };
    return ERR_OK;
}

err_t webauthn_claims(arena *a, str answer, fault *f, str *ret_id, str *ret_user)
{
    answer_parts p;
    TRY(answer_read(a, answer, f, &p));
    *ret_id = p.id;
    *ret_user = p.user;
    return ERR_OK;
}

err_t webauthn_asserted(arena *a, const webauthn_options *o, str challenge, str answer, const webauthn_key *key, fault *f,
                        webauthn_proof *ret)
{
    answer_parts p;
    hash32       hash;
    auth_data    d;
    TRY(answer_read(a, answer, f, &p));
    if (!str_eq(p.id, key->id))
        return fail(f, ERR_DENIED, "another key answered");
    TRY(client_data_check(a, o, "webauthn.get", challenge, p.client_data, f, &hash));
    if (!auth_data_read(p.auth_data, &d) || d.flags & FLAG_AT)
        return fail(f, ERR_INVALID, "the key's answer cannot be read");
    TRY(auth_data_check(o, &d, f));
    TRY(fido_assertion(a, o, key, p.auth_data, p.sig, &hash, f));
    if ((d.count || key->sign_count) && d.count <= key->sign_count)
        return fail(f, ERR_CONFLICT, "the key's counter stands at %u and was at %lld before: the key may have been copied", d.count,
                    (long long)key->sign_count);
    *ret = (webauthn_proof){ .user = p.user, .sign_count = d.count, .uv = d.flags & FLAG_UV, .backed_up = d.flags & FLAG_BS };
    return ERR_OK;
}
