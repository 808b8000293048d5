/* Codes of an authenticator app.  A step is taken by compare-and-set, so that of two
 * requests with one code, however close, one is refused. */
#include "auth/totp.h"

#include "auth/parts.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

static const relation *const r = &relation_auth_totp;
static const time_us         pending_lasts = MINUTES(30);

/* ---- the algorithm ------------------------------------------------------------------------ */

int32_t totp_code(const void *secret, size_t n, int64_t step)
{
    uint8_t  counter[8], mac[20];
    unsigned mac_n = 0;
    for (int i = 0; i < 8; i++)
        counter[i] = (uint8_t)((uint64_t)step >> 8 * (7 - i));
    if (!HMAC(EVP_sha1(), secret, (int)n, counter, sizeof counter, mac, &mac_n) || mac_n != sizeof mac)
        abort();
    const uint8_t *p = mac + (mac[19] & 15);
    int32_t        bits = (p[0] & 0x7f) << 24 | p[1] << 16 | p[2] << 8 | p[3];
    OPENSSL_cleanse(mac, sizeof mac);
    return bits % 1000000;
}

/* Six digits, wherever people put blanks; -1: no code. */
static int32_t code_of(str text)
{
    int32_t code = 0;
    int     digits = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == ' ')
            continue;
        if (text.p[i] < '0' || text.p[i] > '9' || ++digits > TOTP_DIGITS)
            return -1;
        code = code * 10 + (text.p[i] - '0');
    }
    return digits == TOTP_DIGITS ? code : -1;
}

int64_t totp_step_of(const void *secret, size_t n, str text, int64_t now, int64_t last)
{
    int32_t code = code_of(text);
    int64_t found = 0;
    for (int64_t step = now - 1; step <= now + 1; step++) {
        int64_t fits = -(int64_t)((totp_code(secret, n, step) == code) & (step > last));
        found = (fits & step) | (~fits & found);
    }
    return found;
}

str base32_of(arena *a, const void *p, size_t n)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const uint8_t    *in = p;
    size_t            out_n = (n * 8 + 4) / 5;
    char             *out = NEW_ARRAY(a, char, out_n + 1);
    for (size_t i = 0; i < out_n; i++) {
        size_t   bit = i * 5, at = bit / 8;
        unsigned two = (unsigned)in[at] << 8 | (at + 1 < n ? in[at + 1] : 0u);
        out[i] = digits[two >> (11 - bit % 8) & 31];
    }
    return (str){ out, out_n };
}

static void put_encoded(buf *b, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("-._~@", c));
        if (plain)
            buf_putc(b, (char)c);
        else
            buf_fmt(b, "%%%02X", c);
    }
}

/* The key URI that authenticator apps read: label "issuer:account", and the issuer again. */
str auth_totp_uri(arena *a, str issuer, str account, str secret_base32)
{
    buf b = buf_new(a, 1 << 16);
    buf_putz(&b, "otpauth://totp/");
    put_encoded(&b, issuer);
    buf_putc(&b, ':');
    put_encoded(&b, account);
    buf_putz(&b, "?secret=");
    put_encoded(&b, secret_base32);
    buf_putz(&b, "&issuer=");
    put_encoded(&b, issuer);
    buf_fmt(&b, "&algorithm=SHA1&digits=%d&period=%d", TOTP_DIGITS, TOTP_STEP_S);
    return buf_str(&b);
}

/* ---- a person's secret ----------------------------------------------------------------------- */

static err_t row_of(auth *au, arena *a, str person, fault *f, value **ret)
{
    value key = v_text(person);
    return state_get(au->st, a, r, &key, f, ret);
}

static int64_t step_now(const auth *au) { return au->clock() / SECONDS(TOTP_STEP_S); }

err_t auth_totp_begin(auth *au, arena *a, str person, fault *f, str *ret_secret_base32)
{
    auto_arena arena *own = arena_new(1 << 16);
    uint8_t           secret[TOTP_SECRET_BYTES];
    value             row[TP_N] = { [TP_PERSON] = v_text(person), [TP_LAST_STEP] = v_int(0) }, *old;
    if (!person.n || person.n > PERSON_MAX)
        return fail(f, ERR_INVALID, "a second factor is somebody's; an id has 1 to %d bytes", PERSON_MAX);
    err_t e = row_of(au, own, person, f, &old);
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    if (e == ERR_OK)                      /* what is in force stays until the new one is confirmed */
        memcpy(row, old, sizeof row);
    random_bytes(secret, sizeof secret);
    row[TP_PENDING] = v_text(sealed(au, own, r->name, person, (str){ (const char *)secret, sizeof secret }));
    row[TP_PENDING_AT] = v_int(au->clock());
    str shown = base32_of(a, secret, sizeof secret);
    OPENSSL_cleanse(secret, sizeof secret);
    if (e == ERR_NOT_FOUND)
        TRY(apply_one(au, STATE_ADD, r, row, f));
    else
        TRY(state_apply(au->st, &(state_op){ .change = STATE_SWAP, .r = r, .row = row, .field = TP_LAST_STEP, .v = old[TP_LAST_STEP] }, 1, f));
    *ret_secret_base32 = shown;
    return ERR_OK;
}

/* The step the code is of, later than `last`; 0: none. */
static err_t step_of(const auth *au, arena *a, str person, str secret_sealed, str code, int64_t last, fault *f, int64_t *ret)
{
    str secret;
    TRY(unsealed(au, a, r->name, person, secret_sealed, f, &secret));
    *ret = totp_step_of(secret.p, secret.n, code, step_now(au), last);
    wipe(secret);
    return ERR_OK;
}

err_t auth_totp_confirm(auth *au, str person, str code, fault *f)
{
    auto_arena arena *a = arena_new(1 << 16);
    value            *old, row[TP_N];
    int64_t           step = 0;
    time_us           now = au->clock();
    err_t             e = row_of(au, a, person, f, &old);
    if (e == ERR_OK && (old[TP_PENDING].kind != V_TEXT || now - old[TP_PENDING_AT].i > pending_lasts || from_the_future(old[TP_PENDING_AT].i, now)))
        e = ERR_NOT_FOUND;
    if (e == ERR_NOT_FOUND)
        return fail(f, e, "nothing waits to be confirmed; begin again");
    TRY(e);
    TRY(step_of(au, a, person, old[TP_PENDING].s, code, 0, f, &step));
    if (!step)
        return fail(f, ERR_DENIED, "this is not the code of now; check that the clock of the phone is right");
    memcpy(row, old, sizeof row);
    row[TP_SECRET] = old[TP_PENDING];
    row[TP_PENDING] = row[TP_PENDING_AT] = V_UNKNOWN;
    row[TP_LAST_STEP] = v_int(step);
    return state_apply(au->st, &(state_op){ .change = STATE_SWAP, .r = r, .row = row, .field = TP_PENDING, .v = old[TP_PENDING] }, 1, f);
}

/* Counted already. */
static err_t take_step(auth *au, arena *a, str person, str code, fault *f)
{
    static const char wrong[] = "this is not the code of now, or it has been used";
    value            *old, row[TP_N];
    int64_t           step = 0;
    fault             why = { 0 };
    err_t             e = row_of(au, a, person, f, &old);
    if (e == ERR_NOT_FOUND || (e == ERR_OK && old[TP_SECRET].kind != V_TEXT))
        return fail(f, ERR_DENIED, wrong);
    TRY(e);
    TRY(step_of(au, a, person, old[TP_SECRET].s, code, old[TP_LAST_STEP].i, f, &step));
    if (!step)
        return fail(f, ERR_DENIED, wrong);
    memcpy(row, old, sizeof row);
    row[TP_LAST_STEP] = v_int(step);
    e = state_apply(au->st, &(state_op){ .change = STATE_SWAP, .r = r, .row = row, .field = TP_LAST_STEP, .v = old[TP_LAST_STEP] }, 1, &why);
    return e == ERR_OK ? e : e == ERR_CONFLICT ? fail(f, ERR_DENIED, wrong) : fail(f, e, "%s", why.text);
}

err_t auth_totp_try(auth *au, str person, str code, str address, fault *f)
{
    auto_arena arena *a = arena_new(1 << 16);
    const try_of      t = { .what = "totp", .person = person, .address = address, .person_too = true };
    TRY(try_count(au, &t, f));
    TRY(take_step(au, a, person, code, f));
    return try_right(au, &t, f);
}

err_t auth_totp_remove(auth *au, str person, fault *f) { return drop_where(au, r, TP_PERSON, person, f); }
