/* How often something may be tried.  Counted for person and address together, for an address
 * whoever is meant, and for devices the person has signed in from, apart from both: who guesses
 * elsewhere slows nobody down but himself. */
#include "auth/parts.h"

#include <arpa/inet.h>

static const relation *const r = &relation_auth_try;

/* So many without waiting; from then on twice as long each time. */
typedef struct {
    int64_t free;
    time_us first, longest;
} allowance;

static const allowance of_person = { 5, SECONDS(15), MINUTES(15) };
static const allowance of_address = { 50, SECONDS(15), MINUTES(15) };
static const allowance of_factor = { 15, SECONDS(30), HOURS(1) };

enum { COUNTERS_MAX = 3, RETRIES = 20 };

typedef struct {
    str              id;
    const allowance *allowed;
    bool             forgiven;            /* by success: the count begins anew; else only this try is taken back */
} counter;

/* Whoever has one IPv6 address has 2^64 of them. */
static str network_of(arena *a, str address)
{
    struct in6_addr v6;
    if (address.n < 64 && inet_pton(AF_INET6, str_z(a, address), &v6) == 1 && !IN6_IS_ADDR_V4MAPPED(&v6))
        return hex_of(a, v6.s6_addr, 8);
    return address;
}

static size_t counters_of(arena *a, const try_of *t, counter v[COUNTERS_MAX])
{
    size_t n = 0;
    str    from = network_of(a, t->address);
    if (t->device.n) {
        v[n++] = (counter){ hash_text(a, "device", t->person, t->device), &of_person, true };
    } else {
        v[n++] = (counter){ hash_text(a, t->what, t->person, from), &of_person, true };
        v[n++] = (counter){ hash_text(a, "address", from, S("")), &of_address, false };
    }
    if (t->person_too)
        v[n++] = (counter){ hash_text(a, "factor", t->person, str_of(t->what)), &of_factor, true };
    return n;
}

static time_us wait_after(const allowance *al, int64_t count)
{
    time_us w = al->first;
    if (count < al->free)
        return 0;
    for (int64_t i = al->free; i < count && w < al->longest; i++)
        w *= 2;
    return w < al->longest ? w : al->longest;
}

/* A clock that was set back makes nobody wait longer than the longest wait. */
static err_t too_early(arena *a, const counter *c, time_us next_at, time_us now, fault *f)
{
    time_us wait = next_at - now;
    if (wait <= 0 || wait > c->allowed->longest)
        return ERR_OK;
    return fail(f, ERR_LIMIT, "too many tries; try again in " STR_FMT, STR_ARG(time_span(a, wait + SECONDS(1))));
}

/* NULL where nothing has been counted yet. */
static err_t counter_row(auth *au, arena *a, const counter *c, fault *f, value **ret)
{
    value key = v_text(c->id);
    err_t e = state_get(au->st, a, r, &key, f, ret);
    if (e == ERR_NOT_FOUND)
        *ret = NULL;
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* The change of one counter to `count`, if it still stands as `old` says. */
static state_op change_to(arena *a, const counter *c, const value *old, int64_t count, time_us now)
{
    value *row = NEW_ARRAY(a, value, TR_N);
    row[TR_ID] = v_text(c->id);
    row[TR_COUNT] = v_int(count);
    row[TR_NEXT] = v_int(now + wait_after(c->allowed, count));
    row[TR_EXPIRES] = v_int(now + DAYS(1));
    return (state_op){ .change = old ? STATE_SWAP : STATE_ADD, .r = r, .row = row, .field = TR_COUNT, .v = old ? old[TR_COUNT] : V_UNKNOWN };
}

err_t try_look(auth *au, const try_of *t, fault *f)
{
    auto_arena arena *a = arena_new(1 << 20);
    counter           v[COUNTERS_MAX];
    size_t            n = counters_of(a, t, v);
    for (size_t i = 0; i < n; i++) {
        value *row;
        TRY(counter_row(au, a, &v[i], f, &row));
        if (row)
            TRY(too_early(a, &v[i], row[TR_NEXT].i, au->clock(), f));
    }
    return ERR_OK;
}

static err_t count_once(auth *au, arena *a, const counter *v, size_t n, fault *f)
{
    state_op ops[COUNTERS_MAX];
    time_us  now = au->clock();
    for (size_t i = 0; i < n; i++) {
        value *old;
        TRY(counter_row(au, a, &v[i], f, &old));
        if (old)
            TRY(too_early(a, &v[i], old[TR_NEXT].i, now, f));
        ops[i] = change_to(a, &v[i], old, old && now < old[TR_EXPIRES].i ? old[TR_COUNT].i + 1 : 1, now);
    }
    return state_apply(au->st, ops, n, f);
}

static err_t forgive_once(auth *au, arena *a, const counter *v, size_t n, fault *f)
{
    state_op ops[COUNTERS_MAX];
    time_us  now = au->clock();
    size_t   k = 0;
    for (size_t i = 0; i < n; i++) {
        value *old;
        TRY(counter_row(au, a, &v[i], f, &old));
        if (old)
            ops[k++] = change_to(a, &v[i], old, v[i].forgiven || !old[TR_COUNT].i ? 0 : old[TR_COUNT].i - 1, now);
    }
    return k ? state_apply(au->st, ops, k, f) : ERR_OK;
}

/* Tries at the same moment change the same counters: who comes second looks again. */
static err_t until_alone(auth *au, const try_of *t, err_t (*once)(auth *au, arena *a, const counter *v, size_t n, fault *f), fault *f)
{
    auto_arena arena *a = arena_new(4 << 20);
    counter           v[COUNTERS_MAX];
    size_t            n = counters_of(a, t, v);
    for (int i = 0; i < RETRIES; i++) {
        fault why = { 0 };
        err_t e = once(au, a, v, n, &why);
        if (e != ERR_CONFLICT)
            return e == ERR_OK ? e : fail(f, e, "%s", why.text);
    }
    return fail(f, ERR_BUSY, "too many tries at the same moment; try again");
}

err_t try_count(auth *au, const try_of *t, fault *f) { return until_alone(au, t, count_once, f); }
err_t try_right(auth *au, const try_of *t, fault *f) { return until_alone(au, t, forgive_once, f); }

/* ---- devices -------------------------------------------------------------------------- */

enum { NONCE_CHARS = 32, DEVICE_CHARS = NONCE_CHARS + 1 + 64 };

str auth_device(auth *au, arena *a, str person)
{
    str    nonce = secret_new(a, 16);
    hash32 mark = keyed(au->device_key, person, nonce);
    return str_fmt(a, STR_FMT "." STR_FMT, STR_ARG(nonce), STR_ARG(hex_of(a, mark.b, sizeof mark.b)));
}

bool device_known(const auth *au, str person, str device)
{
    hash32 mark, given;
    if (!person.n || device.n != DEVICE_CHARS || device.p[NONCE_CHARS] != '.' ||
        !hex_parse(str_sub(device, NONCE_CHARS + 1, device.n), given.b, sizeof given.b))
        return false;
    mark = keyed(au->device_key, person, str_sub(device, 0, NONCE_CHARS));
    return hash32_eq(&mark, &given);
}
