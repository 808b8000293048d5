/* Any bytes are an attestation object or refused; what is read lies inside them and is a public key of the length its algorithm has. */
#include "webauthn/parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena      *a = arena_new(64 << 20);
    const webauthn_options o = { .rp_id = S("attest.example.org") };
    attestation            at;
    auth_data              d;
    str                    key;
    hash32                 hash = { { 0 } };
    if (attestation_read((str){ (const char *)data, n }, NULL, &at) != ERR_OK || !auth_data_read(at.auth_data, &d) || !(d.flags & FLAG_AT))
        return 0;
    if (d.id.p < (const char *)data || d.id.p + d.id.n > (const char *)data + n || d.aaguid.n != 16)
        abort();
    if (fido_credential(a, &o, &d, &at, &hash, NULL, &key) == ERR_OK && key.n != (d.alg == -7 ? 64u : d.alg == -8 ? 32u : 259u))
        abort();
    return 0;
}
