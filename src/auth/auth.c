/* Opening and closing, and what all files of the room need. */
#include "auth/parts.h"

/* ---- secrets and their hashes --------------------------------------------------------- */

/* Lengths go in, so that no two different pairs give the same bytes. */
static void add_counted(hasher *h, str s)
{
    uint64_t n = s.n;
    sha256_add(h, &n, sizeof n);
    sha256_add(h, s.p ? s.p : "", s.n);
}

str hash_text(arena *a, const char *what, str x, str y)
{
    auto_hasher hasher *h = hasher_new();
    sha256_begin(h);
    sha256_add(h, what, strlen(what) + 1);
    add_counted(h, x);
    add_counted(h, y);
    hash32 sum = sha256_end(h);
    return hex_of(a, sum.b, sizeof sum.b);
}

hash32 keyed(const uint8_t key[32], str x, str y)
{
    auto_hasher hasher *h = hasher_new();
    sha256_begin(h);
    add_counted(h, x);
    add_counted(h, y);
    hash32 sum = sha256_end(h);
    return hmac_sha256(h, key, 32, sum.b, sizeof sum.b);
}

str secret_new(arena *a, size_t bytes)
{
    uint8_t b[32];
    assert(bytes <= sizeof b);
    random_bytes(b, bytes);
    str text = bytes == 32 ? base64url_of(a, b, bytes) : hex_of(a, b, bytes);
    OPENSSL_cleanse(b, sizeof b);
    return text;
}

bool secret_shaped(str secret, size_t n)
{
    for (size_t i = 0; secret.n == n && i < n; i++) {
        char c = secret.p[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '-' && c != '_')
            return false;
    }
    return secret.n == n;
}

/* ---- tables -------------------------------------------------------------------------------- */

err_t apply_one(auth *au, state_change change, const relation *r, const value *row, fault *f)
{
    return state_apply(au->st, &(state_op){ .change = change, .r = r, .row = row }, 1, f);
}

err_t drop_where(auth *au, const relation *r, int at, str text, fault *f)
{
    return state_apply(au->st, &(state_op){ .change = STATE_DROP_WHERE, .r = r, .field = at, .v = v_text(text) }, 1, f);
}

void sweep_now_and_then(auth *au)
{
    long long now = time_mono(), last = atomic_load(&au->swept_at);
    if (now - last > MINUTES(10) && atomic_compare_exchange_strong(&au->swept_at, &last, now))
        never_mind(state_sweep(au->st, au->clock(), NULL));     /* what stays is swept another time, and never valid */
}

err_t auth_anybody(auth *au, fault *f, bool *ret)
{
    const relation *const ways[] = { &relation_auth_password, &relation_auth_passkey, &relation_auth_identity };
    bool any = false;
    for (size_t i = 0; i < COUNT(ways) && !any; i++)
        TRY(state_any(au->st, ways[i], f, &any));
    *ret = any;
    return ERR_OK;
}

err_t auth_forget(auth *au, str person, fault *f)
{
    const state_op ops[] = {
#define DROP(relation, at) { .change = STATE_DROP_WHERE, .r = &relation, .field = at, .v = v_text(person) }
        DROP(relation_auth_session, SE_PERSON), DROP(relation_auth_token, TK_PERSON), DROP(relation_auth_password, PW_PERSON),
        DROP(relation_auth_totp, TP_PERSON),    DROP(relation_auth_recovery, RC_PERSON), DROP(relation_auth_passkey, PK_PERSON),
        DROP(relation_auth_identity, ID_PERSON), DROP(relation_auth_once, ON_PERSON),
#undef DROP
    };
    TRY(state_apply(au->st, ops, COUNT(ops), f));
    cache_drop(au->sessions, SE_PERSON, person);
    cache_drop(au->tokens, TK_PERSON, person);
    return ERR_OK;
}

/* ---- opening --------------------------------------------------------------------------------- */

static err_t argon_load(auth *au, fault *f)
{
    static const char           library[] = "libargon2.so.1";
    static const library_symbol rows[] = {
#define X(name) { #name, offsetof(argon2_lib, name) },
        ARGON2_FUNCTIONS(X)
#undef X
    };
    const char *lacks = library_bind(library, rows, COUNT(rows), &au->argon);
    if (lacks)
        return fail(f, ERR_UNSUPPORTED, "passwords need the library libargon2-1, and %s is not here (apt install libargon2-1)", lacks);
    return ERR_OK;
}

/* Salt and hash of no password: whoever is unknown is compared with it. */
static void make_nobody(auth *au)
{
    uint8_t bytes[48];
    random_bytes(bytes, sizeof bytes);
    str salt = str_sub(base64_of(au->a, bytes, 16), 0, 22), hash = str_sub(base64_of(au->a, bytes + 16, 32), 0, 43);
    au->nobody = str_fmt(au->a, HASH_FORM "$" STR_FMT "$" STR_FMT, STR_ARG(salt), STR_ARG(hash)).p;
}

/* What is sealed cannot be read without the key it was sealed with: a new one would hide that. */
static err_t load_key(auth *au, const char *path, fault *f)
{
    bool  any;
    err_t e = auth_key_load(au, path, false, f);
    if (e != ERR_NOT_FOUND)
        return e;
    TRY(state_any(au->st, &relation_auth_totp, f, &any));
    if (any)
        return fail(f, ERR_NOT_FOUND, "the key file %s is missing, and second factors are sealed with it. Restore it from a backup", path);
    return auth_key_load(au, path, true, f);
}

static err_t open_parts(auth *au, const auth_options *o, fault *f)
{
    TRY(argon_load(au, f));
    TRY(state_open(o->store_url, f, &au->st));
    TRY(load_key(au, o->key_path, f));
    make_nobody(au);
    return state_sweep(au->st, au->clock(), f);
}

err_t auth_open(const auth_options *o, fault *f, auth **ret)
{
    arena *a = arena_new(1 << 20);
    auth  *au = NEW(a, auth);
    au->a = a;
    au->clock = o->clock ? o->clock : time_now;
    au->idle = o->idle ? o->idle : HOURS(2);
    au->absolute = o->absolute ? o->absolute : HOURS(12);
    au->gate.max = o->hashes_max ? o->hashes_max : 2;
    (void)pthread_mutex_init(&au->gate.lock, NULL);
    (void)pthread_cond_init(&au->gate.free, NULL);
    atomic_init(&au->gate.done, 0);
    atomic_init(&au->swept_at, time_mono());
    au->sessions = cache_new(&relation_auth_session);
    au->tokens = cache_new(&relation_auth_token);
    err_t e = open_parts(au, o, f);
    if (e != ERR_OK) {
        auth_close(au);
        return e;
    }
    *ret = au;
    return ERR_OK;
}

void auth_close(auth *au)
{
    if (!au)
        return;
    cache_free(au->sessions);
    cache_free(au->tokens);
    state_close(au->st);
    (void)pthread_cond_destroy(&au->gate.free);
    (void)pthread_mutex_destroy(&au->gate.lock);
    OPENSSL_cleanse(au->seal_key, sizeof au->seal_key);
    OPENSSL_cleanse(au->device_key, sizeof au->device_key);
    OPENSSL_cleanse(au->csrf_key, sizeof au->csrf_key);
    arena_free(au->a);
}
