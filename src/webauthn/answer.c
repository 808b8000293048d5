/* What the browser posts, and what it says the key has signed. */
#include "webauthn/parts.h"

#include <openssl/crypto.h>

enum { CLIENT_DATA_MAX = 8 << 10, SIG_MAX = 1024, TRANSPORTS_MAX = 8, TRANSPORT_MAX = 20, CHALLENGE_MIN = 16 };

/* Short lower-case words, joined by commas; others are left out. */
static str transports_of(arena *a, const json_parts *response)
{
    const json_part *part = json_at(response, "transports");
    json_parts       list = { 0 };
    buf              out = buf_new(a, 1024);
    int              n = 0;
    if (!part || part->kind != JSON_ARR || !json_read_array(a, part->raw, &list))
        return S("");
    for (size_t i = 0; i < list.n && n < TRANSPORTS_MAX; i++) {
        str  word = list.v[i].s;
        bool sound = word.n > 0 && word.n <= TRANSPORT_MAX;
        for (size_t k = 0; k < word.n && sound; k++)
            sound = (word.p[k] >= 'a' && word.p[k] <= 'z') || word.p[k] == '-';
        if (!sound)
            continue;
        if (n++)
            buf_putc(&out, ',');
        buf_puts(&out, word);
    }
    return buf_str(&out);
}

/* An absent one is empty. */
static bool bytes_of(arena *a, const json_parts *o, const char *name, size_t max, str *ret)
{
    const json_part *part = json_at(o, name);
    *ret = S("");
    if (!part || part->kind == JSON_NULL)
        return true;
    return part->kind == JSON_STR && part->s.n <= max * 4 / 3 + 4 && base64url_parse(a, part->s, ret) && ret->n <= max;
}

err_t answer_read(arena *a, str answer, fault *f, answer_parts *ret)
{
    static const char shape[] = "the browser's answer cannot be read";
    answer_parts      p = { 0 };
    json_parts        top, response;
    if (answer.n > WEBAUTHN_ANSWER_MAX)
        return fail(f, ERR_TOO_LARGE, "the browser's answer is too large");
    if (!json_read_object(a, answer, &top) || !str_eq(json_text(&top, "type"), S("public-key")))
        return fail(f, ERR_INVALID, shape);
    const json_part *inner = json_at(&top, "response");
    if (!inner || inner->kind != JSON_OBJ || !json_read_object(a, inner->raw, &response))
        return fail(f, ERR_INVALID, shape);
    if (!bytes_of(a, &top, "rawId", WEBAUTHN_ID_MAX, &p.id) || !p.id.n || !str_eq(json_text(&top, "id"), json_text(&top, "rawId")))
        return fail(f, ERR_INVALID, shape);
    if (!bytes_of(a, &response, "clientDataJSON", CLIENT_DATA_MAX, &p.client_data) ||
        !bytes_of(a, &response, "attestationObject", WEBAUTHN_ANSWER_MAX, &p.object) ||
        !bytes_of(a, &response, "authenticatorData", WEBAUTHN_ANSWER_MAX, &p.auth_data) ||
        !bytes_of(a, &response, "signature", SIG_MAX, &p.sig) || !bytes_of(a, &response, "userHandle", WEBAUTHN_USER_MAX, &p.user))
        return fail(f, ERR_INVALID, shape);
    p.transports = transports_of(a, &response);
    *ret = p;
    return ERR_OK;
}

static bool challenge_eq(arena *a, str text, str challenge)
{
    str got;
    return text.p && base64url_parse(a, text, &got) && got.n == challenge.n && CRYPTO_memcmp(got.p, challenge.p, got.n) == 0;
}

static bool is_listed(const webauthn_options *o, str origin)
{
    for (size_t i = 0; i < o->n_origins; i++)
        if (origin.n && str_eq(o->origins[i], origin))
            return true;
    return false;
}

err_t client_data_check(arena *a, const webauthn_options *o, const char *type, str challenge, str bytes, fault *f, hash32 *ret)
{
    json_parts c;
    assert(challenge.n >= CHALLENGE_MIN);
    if (!json_read_object(a, bytes, &c))
        return fail(f, ERR_INVALID, "the browser's answer cannot be read");
    if (!str_eq(json_text(&c, "type"), str_of(type)))
        return fail(f, ERR_DENIED, "the browser answered another question");
    if (!challenge_eq(a, json_text(&c, "challenge"), challenge))
        return fail(f, ERR_DENIED, "the answer is not to this question; start again");
    if (!is_listed(o, json_text(&c, "origin")))
        return fail(f, ERR_DENIED, "the answer comes from another site");
    const json_part *cross = json_at(&c, "crossOrigin");
    if ((cross && cross->kind != JSON_FALSE) || json_at(&c, "topOrigin"))
        return fail(f, ERR_DENIED, "the answer comes from a page inside another site's");
    auto_hasher hasher *h = hasher_new();
    *ret = sha256_of(h, bytes.p, bytes.n);
    return ERR_OK;
}
