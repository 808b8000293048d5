/* What a provider publishes about itself is refused or sends the browser, and us, to https:// only; attempts come back or are refused. */
#include "oidc/parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(64 << 20);
    str               text = { (const char *)data, n };
    metadata          m;
    oidc_attempt      at, again;
    if (metadata_read(a, S("https://login.example.org"), text, NULL, &m) == ERR_OK &&
        (!str_starts(m.authorization, S("https://")) || !str_starts(m.token, S("https://")) || !str_starts(m.jwks, S("https://")) ||
         (m.userinfo.n && !str_starts(m.userinfo, S("https://")))))
        abort();
    if (oidc_attempt_read(a, text, &at) && (!oidc_attempt_read(a, oidc_attempt_text(a, &at), &again) || !str_eq(at.state, again.state)))
        abort();
    return 0;
}
