/* Tokens for programs, and what they may do. */
#include "auth/parts.h"

static const char prefix[] = "attest_";
enum { PREFIX_CHARS = sizeof prefix - 1, HANDLE_CHARS = 16, DAYS_MAX = 366 };

static const relation *const r = &relation_auth_token;

/* ---- scopes ------------------------------------------------------------------------------ */

static const struct {
    const char *word;
    unsigned    bit;
    role        least;        /* facts, people and counters are not for everybody to send or see */
} scopes[] = {
    { "read", SCOPE_READ, ROLE_AUDITOR }, { "write", SCOPE_WRITE, ROLE_MEMBER }, { "ingest", SCOPE_INGEST, ROLE_MANAGER },
    { "scim", SCOPE_SCIM, ROLE_MANAGER }, { "agent", SCOPE_AGENT, ROLE_MANAGER }, { "metrics", SCOPE_METRICS, ROLE_MANAGER },
    { "admin", SCOPE_ADMIN, ROLE_MANAGER },
};

unsigned scopes_of(role its)
{
    unsigned bits = 0;
    for (size_t i = 0; i < COUNT(scopes); i++)
        if (its >= scopes[i].least)
            bits |= scopes[i].bit;
    return bits;
}

static unsigned scope_bit(str word)
{
    for (size_t i = 0; i < COUNT(scopes); i++)
        if (str_eq(word, str_of(scopes[i].word)))
            return scopes[i].bit;
    return 0;
}

err_t scopes_parse(str text, fault *f, unsigned *ret)
{
    unsigned all = 0;
    for (str rest = text; rest.p;) {
        str      word = str_trim(str_cut(&rest, ','));
        unsigned bit = scope_bit(word);
        if (!bit)
            return fail(f, ERR_INVALID, "\"" STR_FMT "\" is none of read, write, ingest, scim, agent, metrics, admin", STR_ARG(utf8_valid(word) ? utf8_cut(word, 40) : S("?")));
        all |= bit;
    }
    if (!all)
        return fail(f, ERR_INVALID, "a token needs at least one of read, write, ingest, scim, agent, metrics, admin");
    *ret = all;
    return ERR_OK;
}

str scopes_text(arena *a, unsigned bits)
{
    buf b = buf_new(a, 256);
    for (size_t i = 0; i < COUNT(scopes); i++) {
        if (!(bits & scopes[i].bit))
            continue;
        if (b.n)
            buf_putc(&b, ',');
        buf_putz(&b, scopes[i].word);
    }
    return buf_str(&b);
}

/* ---- tokens ------------------------------------------------------------------------------- */

static auth_token token_of(const value *row, time_us used)
{
    return (auth_token){
        .handle = str_sub(row[TK_ID].s, 0, HANDLE_CHARS), .person = row[TK_PERSON].s, .label = row[TK_LABEL].s,
        .scopes = (unsigned)row[TK_SCOPES].i, .made_by = row[TK_MADE_BY].s, .made_at = row[TK_MADE].i, .ends_at = row[TK_EXPIRES].i,
        .used_at = used,
    };
}

static err_t check(const auth_token *t, time_us now, fault *f)
{
    if (!t->person.n || t->person.n > PERSON_MAX)
        return fail(f, ERR_INVALID, "a token has somebody's rights; an id has 1 to %d bytes", PERSON_MAX);
    if (!str_trim(t->label).n || t->label.n > LABEL_MAX)
        return fail(f, ERR_INVALID, "say what the token is for, in 1 to %d bytes", LABEL_MAX);
    if (!t->scopes)
        return fail(f, ERR_INVALID, "a token needs at least one scope");
    if (t->ends_at <= now || t->ends_at - now > DAYS(DAYS_MAX))
        return fail(f, ERR_INVALID, "a token ends within %d days, and not before it is made", DAYS_MAX);
    return ERR_OK;
}

err_t auth_token_make(auth *au, arena *a, const auth_token *t, fault *f, str *ret_secret)
{
    time_us now = au->clock();
    str     secret = str_fmt(a, "%s" STR_FMT, prefix, STR_ARG(secret_new(a, 32)));
    TRY(check(t, now, f));
    const value row[TK_N] = {
        [TK_ID] = v_text(hash_text(a, "token", secret, S(""))), [TK_PERSON] = v_text(t->person), [TK_LABEL] = v_text(t->label),
        [TK_SCOPES] = v_int(t->scopes), [TK_MADE_BY] = v_text(t->made_by), [TK_MADE] = v_int(now), [TK_USED] = V_UNKNOWN,
        [TK_EXPIRES] = v_int(t->ends_at),
    };
    TRY(apply_one(au, STATE_ADD, r, row, f));
    sweep_now_and_then(au);
    *ret_secret = secret;
    return ERR_OK;
}

/* Nobody waits for it: where another node has written meanwhile, that stands. */
static void write_used(auth *au, const value *old, time_us now)
{
    value row[TK_N];
    memcpy(row, old, sizeof row);
    row[TK_USED] = v_int(now);
    never_mind(state_apply(au->st, &(state_op){ .change = STATE_SWAP, .r = r, .row = row, .field = TK_USED, .v = old[TK_USED] }, 1, NULL));
    cache_drop(au->tokens, TK_ID, old[TK_ID].s);
}

err_t auth_token_find(auth *au, arena *a, str secret, fault *f, auth_token *ret)
{
    static const char none[] = "there is no such token, or it has ended";
    cache_hit         hit;
    time_us           now = au->clock();
    if (!str_starts(secret, str_of(prefix)) || !secret_shaped(str_sub(secret, PREFIX_CHARS, secret.n), 43))
        return fail(f, ERR_NOT_FOUND, none);
    err_t e = row_by_secret(au, a, au->tokens, "token", secret, TK_USED, MINUTES(1), f, &hit);
    if (e == ERR_NOT_FOUND || (e == ERR_OK && (now >= hit.row[TK_EXPIRES].i || from_the_future(hit.row[TK_MADE].i, now))))
        return fail(f, ERR_NOT_FOUND, none);
    TRY(e);
    if (hit.write)
        write_used(au, hit.row, now);
    *ret = token_of(hit.row, hit.seen);
    return ERR_OK;
}

err_t auth_token_list(auth *au, arena *a, str person, fault *f, auth_token **ret, size_t *ret_n)
{
    state_rows  rows;
    value       who = v_text(person);
    TRY(state_find(au->st, a, r, person.n ? TK_PERSON : -1, &who, f, &rows));
    auth_token *all = NEW_ARRAY(a, auth_token, rows.n ? rows.n : 1);
    size_t      n = 0;
    for (size_t i = 0; i < rows.n; i++)
        if (au->clock() < rows.rows[i][TK_EXPIRES].i)
            all[n++] = token_of(rows.rows[i], rows.rows[i][TK_USED].kind == V_INT ? rows.rows[i][TK_USED].i : 0);
    *ret = all;
    *ret_n = n;
    return ERR_OK;
}

err_t auth_token_end(auth *au, str person, str handle, fault *f)
{
    auto_arena arena *a = arena_new(64 << 20);
    state_rows        rows;
    value             who = v_text(person);
    TRY(state_find(au->st, a, r, TK_PERSON, &who, f, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (!str_eq(str_sub(rows.rows[i][TK_ID].s, 0, HANDLE_CHARS), handle))
            continue;
        err_t e = apply_one(au, STATE_DROP, r, rows.rows[i], f);
        cache_drop(au->tokens, TK_ID, rows.rows[i][TK_ID].s);
        return e;
    }
    return fail(f, ERR_NOT_FOUND, "there is no such token, or it has ended");
}
