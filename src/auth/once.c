/* Things told once and brought back once, and who an identity provider's subject is. */
#include "auth/parts.h"

enum { SECRET_CHARS = 43, ONCE_TEXT_MAX = 32 * 1024 };

static const relation *const r = &relation_auth_once;

/* `whose` known: instead of what stands for them. */
static err_t put(auth *au, arena *a, const char *purpose, str text, value whose, time_us lasts, fault *f, str *ret_secret)
{
    time_us now = au->clock();
    str     secret = secret_new(a, 32), id = hash_text(a, "once", str_of(purpose), secret);
    if (text.n > ONCE_TEXT_MAX)
        return fail(f, ERR_TOO_LARGE, "what is kept for a %s has %zu bytes; at most %d", purpose, text.n, ONCE_TEXT_MAX);
    const value    row[ON_N] = { [ON_ID] = v_text(id), [ON_TEXT] = v_text(sealed(au, a, r->name, id, text)), [ON_PERSON] = whose, [ON_MADE] = v_int(now),
                                 [ON_EXPIRES] = v_int(now + lasts) };
    const state_op older = { .change = STATE_DROP_WHERE, .r = r, .field = ON_PERSON, .v = whose }, newer = { .change = STATE_ADD, .r = r, .row = row };
    const state_op ops[] = { older, newer };
    TRY(whose.kind == V_NULL ? state_apply(au->st, &newer, 1, f) : state_apply(au->st, ops, COUNT(ops), f));
    sweep_now_and_then(au);
    *ret_secret = secret;
    return ERR_OK;
}

err_t auth_once_put(auth *au, arena *a, const char *purpose, str text, time_us lasts, fault *f, str *ret_secret)
{
    return put(au, a, purpose, text, V_UNKNOWN, lasts, f, ret_secret);
}

static err_t bring_back(auth *au, arena *a, bool take, const char *purpose, str secret, fault *f, str *ret_text)
{
    static const char none[] = "this has been used, has expired, or never was";
    time_us           now = au->clock();
    value            *row, key;
    if (!secret_shaped(secret, SECRET_CHARS))
        return fail(f, ERR_NOT_FOUND, none);
    key = v_text(hash_text(a, "once", str_of(purpose), secret));
    err_t e = take ? state_take(au->st, a, r, &key, f, &row) : state_get(au->st, a, r, &key, f, &row);
    if (e == ERR_NOT_FOUND || (e == ERR_OK && (now >= row[ON_EXPIRES].i || from_the_future(row[ON_MADE].i, now))))
        return fail(f, ERR_NOT_FOUND, none);
    TRY(e);
    return unsealed(au, a, r->name, key.s, row[ON_TEXT].s, f, ret_text);
}

err_t auth_once_take(auth *au, arena *a, const char *purpose, str secret, fault *f, str *ret_text)
{
    return bring_back(au, a, true, purpose, secret, f, ret_text);
}

err_t auth_once_look(auth *au, arena *a, const char *purpose, str secret, fault *f, str *ret_text)
{
    return bring_back(au, a, false, purpose, secret, f, ret_text);
}

/* ---- links ------------------------------------------------------------------------------ */

err_t auth_link_make(auth *au, arena *a, str person, time_us lasts, fault *f, str *ret_secret)
{
    return put(au, a, AUTH_LINK, person, v_text(person), lasts, f, ret_secret);
}

static bool stands(const auth *au, const value *row)
{
    time_us now = au->clock();
    return now < row[ON_EXPIRES].i && !from_the_future(row[ON_MADE].i, now);
}

err_t auth_link_until(auth *au, str person, fault *f, time_us *ret)
{
    auto_arena arena *a = arena_new(1 << 20);
    state_rows        rows = { 0 };
    const value       whose = v_text(person);
    TRY(state_find(au->st, a, r, ON_PERSON, &whose, f, &rows));
    *ret = 0;
    for (size_t i = 0; i < rows.n; i++)
        if (stands(au, rows.rows[i]))
            *ret = rows.rows[i][ON_EXPIRES].i;
    return ERR_OK;
}

err_t auth_link_list(auth *au, const str *people, size_t n, fault *f, time_us *ret)
{
    auto_arena arena *a = arena_new(64 << 20);
    state_rows        rows = { 0 };
    map               at = map_new(a);
    TRY(state_find(au->st, a, r, ON_PERSON, NULL, f, &rows));     /* what is nobody's may be any number */
    memset(ret, 0, n * sizeof *ret);
    for (size_t i = 0; i < n; i++)
        *map_put(&at, people[i]) = &ret[i];
    for (size_t i = 0; i < rows.n; i++) {
        time_us *of = map_get(&at, rows.rows[i][ON_PERSON].s);
        if (of && stands(au, rows.rows[i]))
            *of = rows.rows[i][ON_EXPIRES].i;
    }
    return ERR_OK;
}

err_t auth_link_end(auth *au, str person, fault *f)
{
    return drop_where(au, r, ON_PERSON, person, f);
}

/* ---- identities ------------------------------------------------------------------------ */

err_t auth_identity_find(auth *au, arena *a, str issuer, str subject, fault *f, str *ret_person)
{
    value *row, key = v_text(hash_text(a, "identity", issuer, subject));
    err_t  e = state_get(au->st, a, &relation_auth_identity, &key, f, &row);
    if (e == ERR_NOT_FOUND)
        return fail(f, e, "nobody here is linked with this sign-in");
    TRY(e);
    *ret_person = row[ID_PERSON].s;
    return ERR_OK;
}

err_t auth_identity_link(auth *au, str issuer, str subject, str person, fault *f)
{
    auto_arena arena *a = arena_new(1 << 20);
    const value row[ID_N] = { [ID_ID] = v_text(hash_text(a, "identity", issuer, subject)), [ID_PERSON] = v_text(person),
                              [ID_ISSUER] = v_text(issuer), [ID_SUBJECT] = v_text(subject), [ID_LINKED] = v_int(au->clock()) };
    if (!person.n || person.n > PERSON_MAX)
        return fail(f, ERR_INVALID, "an identity is somebody's; an id has 1 to %d bytes", PERSON_MAX);
    fault why = { 0 };
    err_t e = apply_one(au, STATE_ADD, &relation_auth_identity, row, &why);
    if (e == ERR_CONFLICT) {              /* the same person again changes nothing */
        str other = S("");
        TRY(auth_identity_find(au, a, issuer, subject, f, &other));
        return str_eq(other, person) ? ERR_OK : fail(f, e, "this sign-in is linked with somebody else already");
    }
    return e == ERR_OK ? ERR_OK : fail(f, e, "%s", why.text);
}

err_t auth_identity_list(auth *au, arena *a, str person, fault *f, auth_identity **ret, size_t *ret_n)
{
    state_rows     rows;
    value          who = v_text(person);
    TRY(state_find(au->st, a, &relation_auth_identity, ID_PERSON, &who, f, &rows));
    auth_identity *all = NEW_ARRAY(a, auth_identity, rows.n ? rows.n : 1);
    for (size_t i = 0; i < rows.n; i++)
        all[i] = (auth_identity){ rows.rows[i][ID_ISSUER].s, rows.rows[i][ID_SUBJECT].s, rows.rows[i][ID_LINKED].i };
    *ret = all;
    *ret_n = rows.n;
    return ERR_OK;
}

err_t auth_identity_remove(auth *au, str person, str issuer, str subject, fault *f)
{
    auto_arena arena *a = arena_new(1 << 20);
    str               whose = S("");
    const value       key = v_text(hash_text(a, "identity", issuer, subject));
    TRY(auth_identity_find(au, a, issuer, subject, f, &whose));
    if (!str_eq(whose, person))
        return fail(f, ERR_NOT_FOUND, "nobody here is linked with this sign-in");
    return apply_one(au, STATE_DROP, &relation_auth_identity, &key, f);
}
