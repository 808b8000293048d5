/* Sessions. The browser has the secret; the table has its SHA-256, memory a SipHash under a key of this process. */
#include "auth/parts.h"

enum { COOKIE_CHARS = 32, HANDLE_CHARS = 16 };

static const relation *const r = &relation_auth_session;
static const time_us         half_lasts = MINUTES(10);

static time_us write_every(const auth *au) { return au->idle / 4 < MINUTES(5) ? au->idle / 4 : MINUTES(5); }
static str     id_of(arena *a, str cookie) { return hash_text(a, "session", cookie, S("")); }
static str     cut(arena *a, str s, size_t max) { return utf8_cut(utf8_clean(a, s), max); }

/* A row may be swept when it has ended, or has been seen by no node for too long. */
static time_us expires(const auth *au, time_us seen, time_us ends)
{
    time_us t = seen + au->idle + write_every(au);
    return t < ends ? t : ends;
}

static auth_session session_of(const auth *au, arena *a, const value *row, time_us seen)
{
    uint64_t mark[2];
    siphash128(au->csrf_key, row[SE_ID].s.p, row[SE_ID].s.n, mark);
    return (auth_session){
        .handle = str_sub(row[SE_ID].s, 0, HANDLE_CHARS), .person = row[SE_PERSON].s, .stage = (session_stage)row[SE_STAGE].i,
        .method = row[SE_METHOD].s, .csrf = hex_of(a, mark, sizeof mark), .address = row[SE_ADDRESS].s, .agent = row[SE_AGENT].s,
        .started_at = row[SE_STARTED].i, .seen_at = seen, .ends_at = row[SE_ENDS].i, .proven_at = row[SE_PROVEN].i,
        .second = row[SE_SECOND].i != 0,
    };
}

/* What the caller says of it; the times are ours. */
static void fill(const auth *au, arena *a, const auth_session *s, str cookie, time_us now, value row[SE_N])
{
    time_us lasts = s->stage == STAGE_HALF ? half_lasts : au->absolute;
    time_us ends = s->ends_at > now && s->ends_at - now < lasts ? s->ends_at : now + lasts;
    const value v[SE_N] = {
        [SE_ID] = v_text(id_of(a, cookie)), [SE_PERSON] = v_text(s->person), [SE_STAGE] = v_int(s->stage), [SE_METHOD] = v_text(s->method),
        [SE_ADDRESS] = v_text(cut(a, s->address, 64)), [SE_AGENT] = v_text(cut(a, s->agent, AGENT_MAX)), [SE_STARTED] = v_int(now),
        [SE_SEEN] = v_int(now), [SE_ENDS] = v_int(ends), [SE_PROVEN] = v_int(s->proven_at), [SE_SECOND] = v_bool(s->second),
        [SE_EXPIRES] = v_int(expires(au, now, ends)),
    };
    memcpy(row, v, sizeof v);
}

static err_t check_person(str person, fault *f)
{
    return person.n && person.n <= PERSON_MAX ? ERR_OK : fail(f, ERR_INVALID, "a session is somebody's; an id has 1 to %d bytes", PERSON_MAX);
}

err_t auth_session_begin(auth *au, arena *a, const auth_session *s, fault *f, str *ret_cookie)
{
    value row[SE_N];
    str   cookie = secret_new(a, 16);
    TRY(check_person(s->person, f));
    fill(au, a, s, cookie, au->clock(), row);
    TRY(apply_one(au, STATE_ADD, r, row, f));
    sweep_now_and_then(au);
    *ret_cookie = cookie;
    return ERR_OK;
}

/* ---- finding ------------------------------------------------------------------------------- */

static bool ended(const auth *au, const value *row, time_us seen, time_us now)
{
    return now >= row[SE_ENDS].i || now - seen > au->idle || from_the_future(seen, now);
}

/* Nobody waits for it: where another node has written meanwhile, that stands. */
static void write_seen(auth *au, const value *old, time_us now)
{
    value row[SE_N];
    memcpy(row, old, sizeof row);
    row[SE_SEEN] = v_int(now);
    row[SE_EXPIRES] = v_int(expires(au, now, row[SE_ENDS].i));
    never_mind(state_apply(au->st, &(state_op){ .change = STATE_SWAP, .r = r, .row = row, .field = SE_SEEN, .v = old[SE_SEEN] }, 1, NULL));
    cache_drop(au->sessions, SE_ID, old[SE_ID].s);
}

static err_t drop(auth *au, const value *row, fault *f)
{
    err_t e = apply_one(au, STATE_DROP, r, row, f);
    cache_drop(au->sessions, SE_ID, row[SE_ID].s);
    return e;
}

static err_t find(auth *au, arena *a, str cookie, fault *f, cache_hit *ret)
{
    time_us now = au->clock();
    if (!secret_shaped(cookie, COOKIE_CHARS))
        return ERR_NOT_FOUND;
    TRY(row_by_secret(au, a, au->sessions, "session", cookie, SE_SEEN, write_every(au), f, ret));
    if (ended(au, ret->row, ret->seen, now)) {
        never_mind(drop(au, ret->row, NULL));   /* so that no clock set back brings it to life */
        return ERR_NOT_FOUND;
    }
    return ERR_OK;
}

err_t auth_session_find(auth *au, arena *a, str cookie, fault *f, auth_session *ret)
{
    cache_hit hit;
    err_t     e = find(au, a, cookie, f, &hit);
    if (e == ERR_NOT_FOUND)
        return fail(f, e, "there is no such session, or it has ended");
    TRY(e);
    if (hit.write)
        write_seen(au, hit.row, au->clock());
    *ret = session_of(au, a, hit.row, hit.seen);
    return ERR_OK;
}

/* ---- changing ----------------------------------------------------------------------------------- */

err_t auth_session_raise(auth *au, arena *a, str cookie, const auth_session *as, fault *f, str *ret_cookie)
{
    cache_hit    hit;
    value        row[SE_N];
    str          fresh = secret_new(a, 16);
    err_t        e = find(au, a, cookie, f, &hit);
    if (e == ERR_NOT_FOUND)
        return fail(f, e, "there is no such session, or it has ended");
    TRY(e);
    auth_session to = { .person = hit.row[SE_PERSON].s, .stage = as->stage, .method = as->method, .address = hit.row[SE_ADDRESS].s,
                        .agent = hit.row[SE_AGENT].s, .proven_at = as->proven_at, .second = as->second };
    bool again = hit.row[SE_STAGE].i == (int64_t)as->stage;
    if (again)                            /* no new sign-in: it ends when it would have */
        to.ends_at = hit.row[SE_ENDS].i;
    fill(au, a, &to, fresh, au->clock(), row);
    if (again)
        row[SE_STARTED] = hit.row[SE_STARTED];
    const state_op ops[] = { { .change = STATE_DROP, .r = r, .row = hit.row }, { .change = STATE_ADD, .r = r, .row = row } };
    TRY(state_apply(au->st, ops, COUNT(ops), f));
    cache_drop(au->sessions, SE_ID, hit.row[SE_ID].s);
    *ret_cookie = fresh;
    return ERR_OK;
}

err_t auth_session_list(auth *au, arena *a, str person, fault *f, auth_session **ret, size_t *ret_n)
{
    state_rows    rows;
    value         who = v_text(person);
    time_us       now = au->clock();
    size_t        n = 0;
    TRY(state_find(au->st, a, r, person.n ? SE_PERSON : -1, &who, f, &rows));
    auth_session *all = NEW_ARRAY(a, auth_session, rows.n ? rows.n : 1);
    for (size_t i = 0; i < rows.n; i++)
        if (now < rows.rows[i][SE_EXPIRES].i)
            all[n++] = session_of(au, a, rows.rows[i], rows.rows[i][SE_SEEN].i);
    *ret = all;
    *ret_n = n;
    return ERR_OK;
}

err_t auth_session_end(auth *au, str person, str handle, str keep, fault *f)
{
    auto_arena arena *a = arena_new(64 << 20);
    state_rows        rows;
    value             who = v_text(person);
    TRY(state_find(au->st, a, r, SE_PERSON, &who, f, &rows));
    bool found = !handle.n;
    for (size_t i = 0; i < rows.n; i++) {
        str name = str_sub(rows.rows[i][SE_ID].s, 0, HANDLE_CHARS);
        if ((handle.n && !str_eq(name, handle)) || (keep.n && str_eq(name, keep)))
            continue;
        fault why = { 0 };
        err_t e = drop(au, rows.rows[i], &why);
        if (e != ERR_OK && e != ERR_NOT_FOUND)
            return fail(f, e, "%s", why.text);
        found = true;
    }
    return found ? ERR_OK : fail(f, ERR_NOT_FOUND, "there is no such session, or it has ended");
}

/* Which of two goes first. */
static bool worth_less(const value *one, const value *other)
{
    bool half = one[SE_STAGE].i == STAGE_HALF, other_half = other[SE_STAGE].i == STAGE_HALF;
    return half != other_half ? half : one[SE_SEEN].i < other[SE_SEEN].i;
}

err_t auth_session_limit(auth *au, str person, fault *f, size_t *ret_ended)
{
    auto_arena arena *a = arena_new(64 << 20);
    state_rows        rows;
    value             who = v_text(person);
    size_t            left;
    *ret_ended = 0;
    TRY(state_find(au->st, a, r, SE_PERSON, &who, f, &rows));
    for (left = rows.n; left > SESSIONS_MAX; left--) {
        size_t first = 0;
        for (size_t i = 1; i < left; i++)
            if (worth_less(rows.rows[i], rows.rows[first]))
                first = i;
        TRY(auth_session_end(au, person, str_sub(rows.rows[first][SE_ID].s, 0, HANDLE_CHARS), S(""), f));
        rows.rows[first] = rows.rows[left - 1];
        ++*ret_ended;
    }
    return ERR_OK;
}
