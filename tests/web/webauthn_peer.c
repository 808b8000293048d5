/* Our side of tests/web/webauthn.mjs: asks and verifies as the pages do, one thing a run.
 *   create CHALLENGE                          prints what navigator.credentials.create is asked
 *   get CHALLENGE                             the same for get
 *   registered CHALLENGE                      reads an answer; prints what is kept, or the refusal
 *   asserted CHALLENGE ID ALG KEY COUNT       the same; bytes are base64url */
#include "webauthn/webauthn.h"

#include <unistd.h>

static str bytes(arena *a, const char *text)
{
    str out = { 0 };
    if (!base64url_parse(a, str_of(text), &out))
        abort();
    return out;
}

static str input(arena *a)
{
    char   *p = arena_alloc(a, 1 << 20, 1);
    size_t  n = 0;
    ssize_t got;
    while ((got = fd_read(0, p + n, (1 << 20) - n)) > 0)
        n += (size_t)got;
    return (str){ p, n };
}

static int64_t number(const char *text)
{
    int64_t n = 0;
    if (!parse_int(str_of(text), INT32_MIN, UINT32_MAX, &n))
        abort();
    return n;
}

static int refused(err_t e, const fault *f)
{
    printf("{\"refused\":\"%s\",\"why\":\"%s\"}\n", err_describe(e)->wire, f->text);
    return 1;
}

static int registered(arena *a, const webauthn_options *o, str challenge)
{
    webauthn_new_key k;
    fault            f = { 0 };
    err_t            e = webauthn_registered(a, o, challenge, input(a), &f, &k);
    if (e != ERR_OK)
        return refused(e, &f);
    printf("{\"id\":\"" STR_FMT "\",\"alg\":%d,\"key\":\"" STR_FMT "\",\"count\":%lld,\"aaguid\":\"" STR_FMT "\",\"uv\":%s}\n",
           STR_ARG(base64url_of(a, k.key.id.p, k.key.id.n)), k.key.alg, STR_ARG(base64url_of(a, k.key.public_key.p, k.key.public_key.n)),
           (long long)k.key.sign_count, STR_ARG(k.aaguid), k.uv ? "true" : "false");
    return 0;
}

static int asserted(arena *a, const webauthn_options *o, str challenge, const webauthn_key *k)
{
    webauthn_proof p;
    fault          f = { 0 };
    err_t          e = webauthn_asserted(a, o, challenge, input(a), k, &f, &p);
    if (e != ERR_OK)
        return refused(e, &f);
    printf("{\"user\":\"" STR_FMT "\",\"count\":%lld,\"uv\":%s}\n", STR_ARG(base64url_of(a, p.user.p, p.user.n)), (long long)p.sign_count,
           p.uv ? "true" : "false");
    return 0;
}

int main(int argc, char **argv)
{
    static const str       origins[] = { { "https://attest.example.org", 26 } };
    const webauthn_options o = { S("attest.example.org"), S("Attest"), origins, 1, true };
    auto_arena arena      *a = arena_new(64 << 20);
    str                    what = str_of(argc > 1 ? argv[1] : ""), challenge = argc > 2 ? bytes(a, argv[2]) : S("");
    if (argc == 3 && str_eq(what, S("registered")))
        return registered(a, &o, challenge);
    if (argc == 3 && (str_eq(what, S("create")) || str_eq(what, S("get")))) {
        str json = what.n == 3 ? webauthn_get_json(a, &o, challenge, NULL, 0)
                               : webauthn_create_json(a, &o, challenge, S("\1\2\3"), S("ann@example.org"), S("Ann"), NULL, 0);
        printf(STR_FMT "\n", STR_ARG(json));
        return 0;
    }
    if (argc == 7 && str_eq(what, S("asserted"))) {
        webauthn_key k = { .id = bytes(a, argv[3]), .alg = (int)number(argv[4]), .public_key = bytes(a, argv[5]), .sign_count = number(argv[6]) };
        return asserted(a, &o, challenge, &k);
    }
    return 2;
}
