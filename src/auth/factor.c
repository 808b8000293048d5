/* Recovery codes, passkeys, and what factors a person has. */
#include "auth/parts.h"

/* ---- recovery codes ----------------------------------------------------------------------

 * 24 characters of 5 bits in six groups, without letters that look like digits or
 * each other: 120 bits, so that their hash alone tells nothing (ASVS 5.0, 6.5.2). */

enum { GROUP_CHARS = 4 };
static const char code_digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static str code_new(arena *a)
{
    uint8_t bytes[RECOVERY_CHARS];
    char   *out = NEW_ARRAY(a, char, RECOVERY_CHARS + RECOVERY_CHARS / GROUP_CHARS);
    size_t  n = 0;
    random_bytes(bytes, sizeof bytes);
    for (size_t i = 0; i < RECOVERY_CHARS; i++) {
        if (i && i % GROUP_CHARS == 0)
            out[n++] = '-';
        out[n++] = code_digits[bytes[i] & 31];
    }
    OPENSSL_cleanse(bytes, sizeof bytes);
    return (str){ out, n };
}

static char plain_char(char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    return c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
}

/* As it was made, whatever a person made of it; false: none it can be. */
bool recovery_plain(str text, char ret[RECOVERY_CHARS])
{
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = plain_char(text.p[i]);
        if (c == '-' || c == ' ')
            continue;
        if (!c || !strchr(code_digits, c) || n == RECOVERY_CHARS)
            return false;
        ret[n++] = c;
    }
    return n == RECOVERY_CHARS;
}

static str code_hash(arena *a, str person, str code)
{
    char plain[RECOVERY_CHARS];
    if (!recovery_plain(code, plain))
        return S("");
    str hash = hash_text(a, "recovery", person, (str){ plain, sizeof plain });
    OPENSSL_cleanse(plain, sizeof plain);
    return hash;
}

err_t auth_recovery_make(auth *au, arena *a, str person, fault *f, str ret_codes[RECOVERY_CODES])
{
    auto_arena arena *own = arena_new(1 << 16);
    str               codes[RECOVERY_CODES];
    value             rows[RECOVERY_CODES][RC_N];
    state_op          ops[1 + RECOVERY_CODES] = { { .change = STATE_DROP_WHERE, .r = &relation_auth_recovery, .field = RC_PERSON, .v = v_text(person) } };
    if (!person.n || person.n > PERSON_MAX)
        return fail(f, ERR_INVALID, "recovery codes are somebody's; an id has 1 to %d bytes", PERSON_MAX);
    for (size_t i = 0; i < RECOVERY_CODES; i++) {
        codes[i] = code_new(a);
        rows[i][RC_PERSON] = v_text(person);
        rows[i][RC_HASH] = v_text(code_hash(own, person, codes[i]));
        ops[i + 1] = (state_op){ .change = STATE_ADD, .r = &relation_auth_recovery, .row = rows[i] };
    }
    TRY(state_apply(au->st, ops, COUNT(ops), f));
    memcpy(ret_codes, codes, sizeof codes);
    return ERR_OK;
}

err_t auth_recovery_try(auth *au, str person, str code, str address, fault *f)
{
    auto_arena arena *a = arena_new(1 << 16);
    const try_of      t = { .what = "recovery", .person = person, .address = address, .person_too = true };
    TRY(try_count(au, &t, f));
    const value key[RC_N] = { v_text(person), v_text(code_hash(a, person, code)) };
    fault       why = { 0 };
    err_t       e = apply_one(au, STATE_DROP, &relation_auth_recovery, key, &why);
    if (e == ERR_NOT_FOUND)
        return fail(f, ERR_DENIED, "this is none of the recovery codes, or it has been used");
    if (e != ERR_OK)
        return fail(f, e, "%s", why.text);
    return try_right(au, &t, f);
}

/* ---- passkeys -------------------------------------------------------------------------------- */

static value passkey_key(arena *a, str id) { return v_text(hash_text(a, "passkey", id, S(""))); }

err_t auth_passkey_add(auth *au, const auth_passkey *p, fault *f)
{
    auto_arena arena *a = arena_new(1 << 20);
    const value row[PK_N] = {
        [PK_ID] = passkey_key(a, p->id), [PK_PERSON] = v_text(p->person), [PK_CREDENTIAL] = v_text(base64_of(a, p->id.p, p->id.n)),
        [PK_LABEL] = v_text(p->label), [PK_ALG] = v_int(p->alg), [PK_PUBLIC_KEY] = v_text(base64_of(a, p->public_key.p, p->public_key.n)),
        [PK_COUNT] = v_int(p->sign_count), [PK_AAGUID] = v_text(p->aaguid), [PK_TRANSPORTS] = v_text(p->transports),
        [PK_BACKED_UP] = v_bool(p->backed_up), [PK_ADDED] = v_int(au->clock()), [PK_USED] = V_UNKNOWN,
    };
    if (!p->person.n || p->person.n > PERSON_MAX || !p->id.n || p->id.n > 1023)
        return fail(f, ERR_INVALID, "a passkey is somebody's, and its id has 1 to 1023 bytes");
    if (p->label.n > LABEL_MAX)
        return fail(f, ERR_INVALID, "the name of a passkey has at most %d bytes", LABEL_MAX);
    fault why = { 0 };
    err_t e = apply_one(au, STATE_ADD, &relation_auth_passkey, row, &why);
    if (e == ERR_CONFLICT)
        return fail(f, e, "this passkey is known already");
    return e == ERR_OK ? e : fail(f, e, "%s", why.text);
}

static err_t passkey_of(arena *a, const value *row, fault *f, auth_passkey *ret)
{
    str id, key;
    if (!base64_parse(a, row[PK_CREDENTIAL].s, &id) || !base64_parse(a, row[PK_PUBLIC_KEY].s, &key))
        return fail(f, ERR_CORRUPT, "a passkey of " STR_FMT " is not as it was written", STR_ARG(row[PK_PERSON].s));
    *ret = (auth_passkey){
        .id = id, .person = row[PK_PERSON].s, .label = row[PK_LABEL].s, .alg = (int)row[PK_ALG].i, .public_key = key,
        .sign_count = row[PK_COUNT].i, .aaguid = row[PK_AAGUID].s, .transports = row[PK_TRANSPORTS].s,
        .backed_up = row[PK_BACKED_UP].i != 0, .added_at = row[PK_ADDED].i, .used_at = row[PK_USED].kind == V_INT ? row[PK_USED].i : 0,
    };
    return ERR_OK;
}

static err_t passkey_row(auth *au, arena *a, str id, fault *f, value **ret)
{
    value key = passkey_key(a, id);
    err_t e = state_get(au->st, a, &relation_auth_passkey, &key, f, ret);
    return e == ERR_NOT_FOUND ? fail(f, e, "there is no such passkey here") : e;
}

err_t auth_passkey_find(auth *au, arena *a, str id, fault *f, auth_passkey *ret)
{
    value *row;
    TRY(passkey_row(au, a, id, f, &row));
    return passkey_of(a, row, f, ret);
}

err_t auth_passkey_list(auth *au, arena *a, str person, fault *f, auth_passkey **ret, size_t *ret_n)
{
    state_rows    rows;
    value         who = v_text(person);
    TRY(state_find(au->st, a, &relation_auth_passkey, PK_PERSON, &who, f, &rows));
    auth_passkey *all = NEW_ARRAY(a, auth_passkey, rows.n ? rows.n : 1);
    for (size_t i = 0; i < rows.n; i++)
        TRY(passkey_of(a, rows.rows[i], f, &all[i]));
    *ret = all;
    *ret_n = rows.n;
    return ERR_OK;
}

/* Keys that do not count say 0 each time; for all others the count rises. */
err_t auth_passkey_used(auth *au, str id, int64_t old_count, int64_t new_count, bool backed_up, fault *f)
{
    static const char used[] = "this use of the passkey has been seen before, or the key was copied";
    auto_arena arena *a = arena_new(1 << 20);
    value            *old, row[PK_N];
    fault             why = { 0 };
    TRY(passkey_row(au, a, id, f, &old));
    if (new_count <= old_count && (new_count || old_count))
        return fail(f, ERR_DENIED, used);
    memcpy(row, old, sizeof row);
    row[PK_COUNT] = v_int(new_count);
    row[PK_BACKED_UP] = v_bool(backed_up);
    row[PK_USED] = v_int(au->clock());
    const state_op op = { .change = STATE_SWAP, .r = &relation_auth_passkey, .row = row, .field = PK_COUNT, .v = v_int(old_count) };
    err_t          e = state_apply(au->st, &op, 1, &why);
    return e == ERR_OK ? e : e == ERR_CONFLICT ? fail(f, ERR_DENIED, used) : fail(f, e, "%s", why.text);
}

err_t auth_passkey_remove(auth *au, str person, str id, fault *f)
{
    auto_arena arena *a = arena_new(1 << 20);
    value            *row;
    TRY(passkey_row(au, a, id, f, &row));
    if (!str_eq(row[PK_PERSON].s, person))
        return fail(f, ERR_NOT_FOUND, "there is no such passkey here");
    return apply_one(au, STATE_DROP, &relation_auth_passkey, row, f);
}

/* ---- all of them ------------------------------------------------------------------------------------ */

static err_t count_of(auth *au, arena *a, const relation *r, int at, str person, fault *f, int *ret)
{
    state_rows rows;
    value      who = v_text(person);
    TRY(state_find(au->st, a, r, at, &who, f, &rows));
    *ret = (int)rows.n;
    return ERR_OK;
}

err_t auth_factors_of(auth *au, str person, fault *f, auth_factors *ret)
{
    auto_arena arena *a = arena_new(4 << 20);
    auth_factors      all = { 0 };
    int               passwords = 0;
    state_rows        totp;
    value             who = v_text(person);
    TRY(count_of(au, a, &relation_auth_password, PW_PERSON, person, f, &passwords));
    TRY(count_of(au, a, &relation_auth_passkey, PK_PERSON, person, f, &all.passkeys));
    TRY(count_of(au, a, &relation_auth_recovery, RC_PERSON, person, f, &all.recovery_left));
    TRY(state_find(au->st, a, &relation_auth_totp, TP_PERSON, &who, f, &totp));
    all.has_password = passwords > 0;
    all.has_totp = totp.n && totp.rows[0][TP_SECRET].kind == V_TEXT;
    *ret = all;
    return ERR_OK;
}

/* A row of each of the relation is told to the person it is of, whoever of `people` that is. */
typedef void (*factor_row)(auth_factors *of, const value *row);
static void a_password(auth_factors *of, const value *row) { of->has_password |= row != NULL; }
static void a_totp(auth_factors *of, const value *row) { of->has_totp |= row[TP_SECRET].kind == V_TEXT; }
static void a_passkey(auth_factors *of, const value *row) { of->passkeys += row != NULL; }
static void a_recovery(auth_factors *of, const value *row) { of->recovery_left += row != NULL; }

err_t auth_factors_list(auth *au, const str *people, size_t n, fault *f, auth_factors *ret)
{
    static const struct {
        const relation *r;
        int             person;
        factor_row      tell;
    } kinds[] = {
        { &relation_auth_password, PW_PERSON, a_password }, { &relation_auth_totp, TP_PERSON, a_totp },
        { &relation_auth_passkey, PK_PERSON, a_passkey },   { &relation_auth_recovery, RC_PERSON, a_recovery },
    };
    auto_arena arena *a = arena_new(512 << 20);
    auth_factors     *all = NEW_ARRAY(a, auth_factors, n + 1);
    map               at = map_new(a);
    for (size_t i = 0; i < n; i++)
        *map_put(&at, people[i]) = &all[i];
    for (size_t k = 0; k < COUNT(kinds); k++) {
        state_rows rows;
        TRY(state_find(au->st, a, kinds[k].r, -1, NULL, f, &rows));
        for (size_t i = 0; i < rows.n; i++) {
            auth_factors *of = map_get(&at, rows.rows[i][kinds[k].person].s);
            if (of)
                kinds[k].tell(of, rows.rows[i]);
        }
    }
    memcpy(ret, all, n * sizeof *all);
    return ERR_OK;
}
