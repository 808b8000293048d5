/* No bytes are a token under a key that nobody has; as claims, what is taken is for us, from them, and now. */
#include "oidc/parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const char keys[] = "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
                               "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"},{\"kty\":\"OKP\",\"crv\":\"Ed25519\","
                               "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}";
    auto_arena arena *a = arena_new(64 << 20);
    str               text = { (const char *)data, n };
    claims_want       w = { S("https://login.example.org"), S("attest"), S("nonce-of-this"), SECONDS(1700000000), 0, 0 };
    jws               j;
    oidc_identity     id;
    if (jws_read(a, text, NULL, &j) == ERR_OK && jws_verify(a, &j, str_of(keys), NULL) == ERR_OK &&
        claims_check(a, &w, j.payload, NULL, &id) == ERR_OK)
        abort();
    if (claims_check(a, &w, text, NULL, &id) == ERR_OK &&
        (!id.subject.n || !str_contains(text, S("nonce")) || !str_contains(text, S("aud"))))
        abort();
    return 0;
}
