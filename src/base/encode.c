/* Bytes as text: hex, base64, record ids. */
#include "base/base.h"

str hex_of(arena *a, const void *p, size_t n)
{
    static const char    hex[] = "0123456789abcdef";
    const unsigned char *in = p;
    char                *out = arena_alloc(a, n * 2 + 1, 1);
    for (size_t i = 0; i < n; i++) {
        out[2 * i] = hex[in[i] >> 4];
        out[2 * i + 1] = hex[in[i] & 15];
    }
    return (str){ out, n * 2 };
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool hex_parse(str s, void *ret, size_t n)
{
    unsigned char *out = ret;
    if (s.n != n * 2)
        return false;
    for (size_t i = 0; i < n; i++) {
        int hi = hex_digit(s.p[2 * i]), lo = hex_digit(s.p[2 * i + 1]);
        if (hi < 0 || lo < 0)
            return false;
        out[i] = (unsigned char)(hi << 4 | lo);
    }
    return true;
}

static const char base64_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

str base64_of(arena *a, const void *p, size_t n)
{
    const unsigned char *in = p;
    size_t               out_n = (n + 2) / 3 * 4;
    char                *out = arena_alloc(a, out_n + 1, 1), *o = out;
    for (size_t i = 0; i < n; i += 3) {
        size_t   left = n - i;
        unsigned v = (unsigned)in[i] << 16 | (left > 1 ? (unsigned)in[i + 1] << 8 : 0)
                   | (left > 2 ? (unsigned)in[i + 2] : 0);
        *o++ = base64_alphabet[v >> 18];
        *o++ = base64_alphabet[v >> 12 & 63];
        *o++ = left > 1 ? base64_alphabet[v >> 6 & 63] : '=';
        *o++ = left > 2 ? base64_alphabet[v & 63] : '=';
    }
    return (str){ out, out_n };
}

static int base64_digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool base64_parse(arena *a, str s, str *ret)
{
    if (s.n % 4)
        return false;
    size_t pad = s.n && s.p[s.n - 1] == '=' ? 1u + (s.p[s.n - 2] == '=') : 0;
    char  *out = arena_alloc(a, s.n / 4 * 3 + 1, 1), *o = out;
    for (size_t i = 0; i < s.n; i += 4) {
        size_t   use = i + 4 == s.n ? 4 - pad : 4;
        unsigned v = 0;
        for (size_t k = 0; k < 4; k++) {
            int digit = k < use ? base64_digit(s.p[i + k]) : 0;
            if (digit < 0)
                return false;
            v = v << 6 | (unsigned)digit;
        }
        if ((use == 3 && v & 0xFF) || (use == 2 && v & 0xFFFF))
            return false;                /* stray bits: a second spelling of the same bytes */
        for (size_t k = 0; k + 1 < use; k++)
            *o++ = (char)(v >> (16 - 8 * k));
    }
    *ret = (str){ out, (size_t)(o - out) };
    return true;
}

/* The other two letters of RFC 4648 s5, here and there. */
static void swap_alphabet(char *p, size_t n, const char from[2], const char to[2])
{
    for (size_t i = 0; i < n; i++)
        p[i] = p[i] == from[0] ? to[0] : p[i] == from[1] ? to[1] : p[i];
}

str base64url_of(arena *a, const void *p, size_t n)
{
    str   padded = base64_of(a, p, n);
    char *out = str_z(a, str_sub(padded, 0, (n * 4 + 2) / 3));
    swap_alphabet(out, (n * 4 + 2) / 3, "+/", "-_");
    return (str){ out, (n * 4 + 2) / 3 };
}

bool base64url_parse(arena *a, str s, str *ret)
{
    size_t padded = (s.n + 3) / 4 * 4;
    if (s.n % 4 == 1 || (s.n && (memchr(s.p, '+', s.n) || memchr(s.p, '/', s.n) || memchr(s.p, '=', s.n))))
        return false;
    char *z = arena_alloc(a, padded + 1, 1);
    if (s.n)
        memcpy(z, s.p, s.n);
    swap_alphabet(z, s.n, "-_", "+/");
    memset(z + s.n, '=', padded - s.n);
    return base64_parse(a, (str){ z, padded }, ret);
}

str id_new(arena *a, time_us now)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";   /* Crockford */
    uint8_t           b[16];
    uint64_t          ms = now < 0 ? 0 : (uint64_t)(now / 1000);
    random_bytes(b + 6, 10);
    for (int i = 0; i < 6; i++)
        b[i] = (uint8_t)(ms >> (40 - 8 * i));
    __extension__ unsigned __int128 v = 0;
    for (int i = 0; i < 16; i++)
        v = v << 8 | b[i];
    char *out = arena_alloc(a, 27, 1);
    for (int i = 25; i >= 0; i--) {
        out[i] = alphabet[(unsigned)(v & 31)];
        v >>= 5;
    }
    return (str){ out, 26 };
}
