/* A provider may publish anything as its keys: what is found is one that can be freed, and the published example verifies under its own alone. */
#include "oidc/parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const char *const algs[] = { "RS256", "ES256", "EdDSA" };
    auto_arena arena        *a = arena_new(64 << 20);
    str                      text = { (const char *)data, n };
    for (size_t i = 0; i < COUNT(algs); i++) {
        jws       j = { .alg = jws_alg_of(str_of(algs[i])), .kid = S("k") };
        EVP_PKEY *key = NULL;
        if (jwk_find(a, text, &j, NULL, &key) == ERR_OK && !key)
            abort();
        EVP_PKEY_free(key);
        j.kid = (str){ 0 };
        j.text = S("text"), j.signature = S("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
        if (jws_verify(a, &j, text, NULL) == ERR_OK)
            abort();
    }
    return 0;
}
