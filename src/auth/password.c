/* Passwords: Argon2id, so many at once; the same work for whoever is unknown. */
#include "auth/parts.h"

enum { ARGON_T = 2, ARGON_M_KIB = 19456, ARGON_P = 1, SALT_BYTES = 16, HASH_BYTES = 32, ENCODED_MAX = 256 };

static const relation *const r = &relation_auth_password;

/* ---- so many at once ------------------------------------------------------------------------ */

err_t hash_enter(auth *au, bool known_device, fault *f)
{
    hash_gate *g = &au->gate;
    err_t      e = ERR_OK;
    (void)pthread_mutex_lock(&g->lock);
    if (g->running >= g->max && g->waiting >= (known_device ? 2 : 1) * HASHES_WAIT_MAX) {
        e = fail(f, ERR_BUSY, "too many people sign in at this moment; try again in a few seconds");
    } else {
        g->waiting++;
        while (g->running >= g->max)
            (void)pthread_cond_wait(&g->free, &g->lock);
        g->waiting--;
        g->running++;
    }
    (void)pthread_mutex_unlock(&g->lock);
    return e;
}

void hash_leave(auth *au)
{
    (void)pthread_mutex_lock(&au->gate.lock);
    au->gate.running--;
    (void)pthread_cond_signal(&au->gate.free);
    (void)pthread_mutex_unlock(&au->gate.lock);
}

auth_load auth_load_of(auth *au)
{
    (void)pthread_mutex_lock(&au->gate.lock);
    auth_load now = { atomic_load(&au->gate.done), au->gate.running, au->gate.waiting };
    (void)pthread_mutex_unlock(&au->gate.lock);
    return now;
}

static err_t argon_failed(const auth *au, int rc, fault *f)
{
    return fail(f, ERR_LIMIT, "the password cannot be hashed: %s", au->argon.argon2_error_message(rc));
}

static err_t hash_new(auth *au, arena *a, str password, fault *f, str *ret)
{
    uint8_t salt[SALT_BYTES];
    char    encoded[ENCODED_MAX];
    random_bytes(salt, sizeof salt);
    atomic_fetch_add(&au->gate.done, 1);
    int rc = au->argon.argon2id_hash_encoded(ARGON_T, ARGON_M_KIB, ARGON_P, password.p, password.n, salt, sizeof salt, HASH_BYTES, encoded,
                                             sizeof encoded);
    if (rc != ARGON2_OK)
        return argon_failed(au, rc, f);
    *ret = str_dup(a, str_of(encoded));
    return ERR_OK;
}

/* What stands in the table says how much memory is taken: only what we could have written. */
static bool affordable(const char *encoded)
{
    str     rest = str_of(encoded), n;
    int64_t m = 0;
    return str_starts(rest, S("$argon2id$v=19$m=")) && (rest = str_sub(rest, 17, rest.n), n = str_cut(&rest, ','), true) &&
           parse_int(n, 8, 262144, &m) && rest.p && str_starts(rest, S("t=")) && rest.n > 3 && rest.p[3] == ',';
}

static err_t hash_fits(auth *au, const char *encoded, str password, fault *f, bool *ret)
{
    if (!affordable(encoded))
        return fail(f, ERR_CORRUPT, "what is kept of a password is not as it was written; set the password anew");
    atomic_fetch_add(&au->gate.done, 1);
    int rc = au->argon.argon2id_verify(encoded, password.p ? password.p : "", password.n);
    if (rc != ARGON2_OK && rc != ARGON2_VERIFY_MISMATCH)
        return argon_failed(au, rc, f);
    *ret = rc == ARGON2_OK;
    return ERR_OK;
}

/* ---- setting -------------------------------------------------------------------------------------- */

static err_t store_hash(auth *au, str person, str hash, fault *f)
{
    const value row[PW_N] = { [PW_PERSON] = v_text(person), [PW_HASH] = v_text(hash), [PW_SET] = v_int(au->clock()) };
    return apply_one(au, STATE_PUT, r, row, f);
}

err_t auth_password_set(auth *au, str person, str password, fault *f)
{
    auto_arena arena *a = arena_new(1 << 16);
    str               hash;
    if (!person.n || person.n > PERSON_MAX)
        return fail(f, ERR_INVALID, "a password is somebody's; an id has 1 to %d bytes", PERSON_MAX);
    TRY(auth_password_check(password, NULL, 0, f));
    TRY(hash_enter(au, true, f));
    err_t e = hash_new(au, a, password, f, &hash);
    hash_leave(au);
    TRY(e);
    return store_hash(au, person, hash, f);
}

/* ---- trying ---------------------------------------------------------------------------------------- */

/* The stored hash, or one that nothing fits. */
static err_t hash_of(auth *au, arena *a, str person, fault *f, const char **ret, bool *ret_known)
{
    value *row, key = v_text(person);
    err_t  e = state_get(au->st, a, r, &key, f, &row);
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    *ret_known = e == ERR_OK;
    *ret = e == ERR_OK ? str_z(a, row[PW_HASH].s) : au->nobody;
    return ERR_OK;
}

/* Old parameters are left behind at the first occasion; when that fails, at the next. */
static void hash_anew(auth *au, arena *a, str person, str password, const char *old)
{
    str hash;
    if (str_starts(str_of(old), S(HASH_FORM "$")) || hash_new(au, a, password, NULL, &hash) != ERR_OK)
        return;
    const value row[PW_N] = { [PW_PERSON] = v_text(person), [PW_HASH] = v_text(hash), [PW_SET] = v_int(au->clock()) };
    never_mind(state_apply(au->st, &(state_op){ .change = STATE_SWAP, .r = r, .row = row, .field = PW_HASH, .v = v_z(old) }, 1, NULL));
}

/* In the place of one hash. */
static err_t compare(auth *au, const try_of *t, str password, fault *f)
{
    auto_arena arena *a = arena_new(1 << 16);
    const char       *hash;
    bool              known, fits = false;
    TRY(try_count(au, t, f));
    TRY(hash_of(au, a, t->person, f, &hash, &known));
    str given = password.n > PASSWORD_MAX_BYTES ? S("") : password;
    TRY(hash_fits(au, hash, given, f, &fits));
    if (!known || !fits || !given.n)
        return fail(f, ERR_DENIED, "the name or the password is wrong");
    hash_anew(au, a, t->person, password, hash);
    return try_right(au, t, f);
}

err_t auth_password_try(auth *au, str person, str password, str address, str device, fault *f)
{
    try_of t = { .what = "password", .person = person, .address = address };
    t.device = device_known(au, person, device) ? device : S("");
    TRY(try_look(au, &t, f));
    TRY(hash_enter(au, t.device.n > 0, f));
    err_t e = compare(au, &t, password, f);
    hash_leave(au);
    return e;
}
