/* What navigator.credentials is asked, in the JSON form of level 3, section 5.1.8. */
#include "webauthn/parts.h"

#include <fido/param.h>

enum { JSON_MAX = 1 << 20 };

static void put_bytes(arena *a, json_writer *w, const char *name, str bytes)
{
    jw_kstr(w, name, base64url_of(a, bytes.p, bytes.n));
}

static void put_keys(arena *a, json_writer *w, const char *name, const webauthn_key *keys, size_t n)
{
    jw_key(w, name);
    jw_arr(w);
    for (size_t i = 0; i < n; i++) {
        str words = keys[i].transports;
        jw_obj(w);
        jw_kstr(w, "type", S("public-key"));
        put_bytes(a, w, "id", keys[i].id);
        jw_key(w, "transports");
        jw_arr(w);
        while (words.p && words.n)
            jw_str(w, str_cut(&words, ','));
        jw_end_arr(w);
        jw_end_obj(w);
    }
    jw_end_arr(w);
}

static str verification(const webauthn_options *o) { return o->require_uv ? S("required") : S("preferred"); }

str webauthn_create_json(arena *a, const webauthn_options *o, str challenge, str user, str name, str display_name,
                         const webauthn_key *exclude, size_t n_exclude)
{
    static const int offered[] = { COSE_ES256, COSE_EDDSA, COSE_RS256 };
    buf              out = buf_new(a, JSON_MAX);
    json_writer      w = { .b = &out };
    assert(user.n > 0 && user.n <= WEBAUTHN_USER_MAX);
    jw_obj(&w);
    jw_key(&w, "rp");
    jw_obj(&w);
    jw_kstr(&w, "id", o->rp_id);
    jw_kstr(&w, "name", o->rp_name.n ? o->rp_name : o->rp_id);
    jw_end_obj(&w);
    jw_key(&w, "user");
    jw_obj(&w);
    put_bytes(a, &w, "id", user);
    jw_kstr(&w, "name", name);
    jw_kstr(&w, "displayName", display_name);
    jw_end_obj(&w);
    put_bytes(a, &w, "challenge", challenge);
    jw_key(&w, "pubKeyCredParams");
    jw_arr(&w);
    for (size_t i = 0; i < COUNT(offered); i++) {
        jw_obj(&w);
        jw_kstr(&w, "type", S("public-key"));
        jw_kint(&w, "alg", offered[i]);
        jw_end_obj(&w);
    }
    jw_end_arr(&w);
    jw_kint(&w, "timeout", WEBAUTHN_CHALLENGE_LASTS_S * 1000);
    put_keys(a, &w, "excludeCredentials", exclude, n_exclude);
    jw_key(&w, "authenticatorSelection");
    jw_obj(&w);
    jw_kstr(&w, "residentKey", S("preferred"));
    jw_kbool(&w, "requireResidentKey", false);
    jw_kstr(&w, "userVerification", verification(o));
    jw_end_obj(&w);
    jw_kstr(&w, "attestation", S("none"));
    jw_end_obj(&w);
    return buf_str(&out);
}

str webauthn_get_json(arena *a, const webauthn_options *o, str challenge, const webauthn_key *allow, size_t n_allow)
{
    buf         out = buf_new(a, JSON_MAX);
    json_writer w = { .b = &out };
    jw_obj(&w);
    put_bytes(a, &w, "challenge", challenge);
    jw_kint(&w, "timeout", WEBAUTHN_CHALLENGE_LASTS_S * 1000);
    jw_kstr(&w, "rpId", o->rp_id);
    put_keys(a, &w, "allowCredentials", allow, n_allow);
    jw_kstr(&w, "userVerification", verification(o));
    jw_end_obj(&w);
    return buf_str(&out);
}
