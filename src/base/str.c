#include "base/base.h"

str str_of(const char *z) { return z ? (str){ z, strlen(z) } : S(""); }

bool str_eq(str a, str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

int str_cmp(str a, str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int    c = n ? memcmp(a.p, b.p, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(str s, str prefix)
{
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

bool str_ends(str s, str suffix)
{
    return s.n >= suffix.n && str_eq(str_sub(s, s.n - suffix.n, s.n), suffix);
}

bool str_contains(str s, str part)
{
    return part.n == 0 || (s.n >= part.n && memmem(s.p, s.n, part.p, part.n) != NULL);
}

str str_sub(str s, size_t from, size_t to)
{
    to = to > s.n ? s.n : to;
    from = from > to ? to : from;
    return from == to ? (str){ s.p ? s.p : "", 0 } : (str){ s.p + from, to - from };
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

str str_trim(str s)
{
    while (s.n && is_blank(s.p[0])) {
        s.p++;
        s.n--;
    }
    while (s.n && is_blank(s.p[s.n - 1]))
        s.n--;
    return s;
}

str str_dup(arena *a, str s)
{
    char *p = arena_alloc(a, s.n + 1, 1);
    if (s.n)
        memcpy(p, s.p, s.n);
    return (str){ p, s.n };
}

char *str_z(arena *a, str s)
{
    char *p = arena_alloc(a, s.n + 1, 1);
    if (s.n)
        memcpy(p, s.p, s.n);
    return p;
}

str str_vfmt(arena *a, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    assert(n >= 0);
    char *p = arena_alloc(a, (size_t)n + 1, 1);
    vsnprintf(p, (size_t)n + 1, fmt, ap);
    return (str){ p, (size_t)n };
}

str str_fmt(arena *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    str s = str_vfmt(a, fmt, ap);
    va_end(ap);
    return s;
}

str str_lower(arena *a, str s)
{
    char *p = str_z(a, s);
    for (size_t i = 0; i < s.n; i++)
        if (p[i] >= 'A' && p[i] <= 'Z')
            p[i] = (char)(p[i] + ('a' - 'A'));
    return (str){ p, s.n };
}

str str_cut(str *rest, char sep)
{
    assert(rest->p);
    const char *at = rest->n ? memchr(rest->p, sep, rest->n) : NULL;
    str         head = *rest;
    if (!at) {
        *rest = (str){ NULL, 0 };
        return head;
    }
    head.n = (size_t)(at - head.p);
    rest->p = at + 1;
    rest->n -= head.n + 1;
    return head;
}

str str_word(str *rest)
{
    while (rest->n && is_blank(rest->p[0])) {
        rest->p++;
        rest->n--;
    }
    str word = { rest->p, 0 };
    while (rest->n && !is_blank(rest->p[0])) {
        rest->p++;
        rest->n--;
        word.n++;
    }
    return word;
}

bool str_line(str *rest, str *ret_line)
{
    if (!rest->p || rest->n == 0)
        return false;
    *ret_line = str_cut(rest, '\n');
    if (ret_line->n && ret_line->p[ret_line->n - 1] == '\r')
        ret_line->n--;
    return true;
}

bool parse_int(str s, int64_t min, int64_t max, int64_t *ret)
{
    bool    minus = s.n > 0 && s.p[0] == '-';
    size_t  i = minus || (s.n > 0 && s.p[0] == '+');
    int64_t v = 0;
    if (i == s.n)
        return false;
    for (; i < s.n; i++) {
        int digit = s.p[i] - '0';
        if (digit < 0 || digit > 9 || __builtin_mul_overflow(v, 10, &v)
            || __builtin_sub_overflow(v, digit, &v))
            return false;
    }
    if (!minus && __builtin_sub_overflow((int64_t)0, v, &v))
        return false;
    if (v < min || v > max)
        return false;
    *ret = v;
    return true;
}

/* Length of the valid UTF-8 sequence at s.p, 0 when there is none (RFC 3629). */
static size_t utf8_len(str s)
{
    static const struct { unsigned char lo, hi, second_lo, second_hi, n; } rows[] = {
        { 0x00, 0x7F, 0, 0, 1 },          { 0xC2, 0xDF, 0x80, 0xBF, 2 },
        { 0xE0, 0xE0, 0xA0, 0xBF, 3 },    { 0xE1, 0xEC, 0x80, 0xBF, 3 },
        { 0xED, 0xED, 0x80, 0x9F, 3 },    { 0xEE, 0xEF, 0x80, 0xBF, 3 },
        { 0xF0, 0xF0, 0x90, 0xBF, 4 },    { 0xF1, 0xF3, 0x80, 0xBF, 4 },
        { 0xF4, 0xF4, 0x80, 0x8F, 4 },
    };
    const unsigned char *p = (const unsigned char *)s.p;
    for (size_t r = 0; r < COUNT(rows); r++) {
        if (p[0] < rows[r].lo || p[0] > rows[r].hi)
            continue;
        if (s.n < rows[r].n)
            return 0;
        if (rows[r].n > 1 && (p[1] < rows[r].second_lo || p[1] > rows[r].second_hi))
            return 0;
        for (size_t i = 2; i < rows[r].n; i++)
            if ((p[i] & 0xC0) != 0x80)
                return 0;
        return rows[r].n;
    }
    return 0;
}

bool utf8_valid(str s)
{
    for (size_t i = 0; i < s.n;) {
        if ((unsigned char)s.p[i] < 0x80) {
            i++;
            continue;
        }
        size_t n = utf8_len((str){ s.p + i, s.n - i });
        if (n == 0)
            return false;
        i += n;
    }
    return true;
}

str utf8_cut(str s, size_t max)
{
    if (s.n <= max)
        return s;
    while (max && ((unsigned char)s.p[max] & 0xC0) == 0x80)
        max--;
    return str_sub(s, 0, max);
}

str utf8_clean(arena *a, str s)
{
    static const char hex[] = "0123456789abcdef";
    if (utf8_valid(s) && (s.n == 0 || !memchr(s.p, 0, s.n)))
        return s;
    char  *out = arena_alloc(a, s.n * 4 + 1, 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        size_t len = utf8_len((str){ s.p + i, s.n - i });
        if (len == 0 || s.p[i] == '\0') {
            unsigned char c = (unsigned char)s.p[i++];
            memcpy(out + n, (char[]){ '\\', 'x', hex[c >> 4], hex[c & 15] }, 4);
            n += 4;
        } else {
            memcpy(out + n, s.p + i, len);
            n += len;
            i += len;
        }
    }
    return (str){ out, n };
}
