/* What a browser posts is refused, or told the same way twice; nobody gets in without a signature. */
#include "webauthn/webauthn.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const str       origins[] = { { "https://attest.example.org", 26 } };
    const webauthn_options o = { S("attest.example.org"), S("Attest"), origins, 1, false };
    auto_arena arena      *a = arena_new(64 << 20);
    str                    answer = { (const char *)data, n }, id, user;
    webauthn_key           key = { .alg = -7, .public_key = S("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef") };
    webauthn_new_key       new_key;
    webauthn_proof         proof;
    if (webauthn_claims(a, answer, NULL, &id, &user) != ERR_OK)
        return 0;
    if (id.n == 0 || id.n > WEBAUTHN_ID_MAX || user.n > WEBAUTHN_USER_MAX)
        abort();
    key.id = id;
    if (webauthn_asserted(a, &o, S("0123456789abcdef0123456789abcdef"), answer, &key, NULL, &proof) == ERR_OK)
        abort();
    if (webauthn_registered(a, &o, S("0123456789abcdef0123456789abcdef"), answer, NULL, &new_key) == ERR_OK && !str_eq(new_key.key.id, id))
        abort();
    return 0;
}
