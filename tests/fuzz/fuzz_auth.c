/* What the room reads that people and programs typed: scopes, codes, secrets, passwords, names for a key URI.
 * The first byte says which, so that a corpus may hold all of them. */
#include "auth/parts.h"
#include "auth/totp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void scopes(arena *a, str in)
{
    unsigned bits = 0, again = 0;
    fault    f = { 0 };
    if (scopes_parse(in, &f, &bits) != ERR_OK)
        return;
    str text = scopes_text(a, bits);
    if (!bits || scopes_parse(text, &f, &again) != ERR_OK || again != bits)
        abort();
}

static void recovery(str in)
{
    char plain[RECOVERY_CHARS], again[RECOVERY_CHARS];
    if (recovery_plain(in, plain) && (!recovery_plain((str){ plain, sizeof plain }, again) || memcmp(plain, again, sizeof plain) != 0))
        abort();
}

static void code(str in)
{
    static const char secret[TOTP_SECRET_BYTES] = "12345678901234567890";
    int64_t step = totp_step_of(secret, sizeof secret, in, 1000, 0);
    if (step && (step < 999 || step > 1001))
        abort();
}

static void uri(arena *a, str in)
{
    str text = auth_totp_uri(a, in, in, base32_of(a, in.p, in.n < 64 ? in.n : 64));
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] <= ' ' || text.p[i] > '~' || text.p[i] == '"' || text.p[i] == '<')
            abort();
}

static void password(str in)
{
    fault     f = { 0 };
    const str words[] = { str_sub(in, 0, in.n / 3), S("Acme Ltd") };
    err_t     e = auth_password_check(in, words, COUNT(words), &f);
    if (e != ERR_OK && e != ERR_INVALID)
        abort();
    if (e == ERR_INVALID && !f.text[0])
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    auto_arena arena *a = arena_new(16 << 20);
    str               in = { (const char *)data + 1, size - 1 };
    if (size < 2)
        return 0;
    if (data[0] == 's')
        scopes(a, in);
    else if (data[0] == 'r')
        recovery(in);
    else if (data[0] == 'c')
        code(in);
    else if (data[0] == 'u' && in.n < 5000)
        uri(a, in);
    else if (data[0] == 'p' && in.n < 2000)
        password(in);
    else if (data[0] == 'd') {
        static auth au;                    /* its keys are zeros */
        if (device_known(&au, S("ann"), in))
            abort();
    }
    return 0;
}
