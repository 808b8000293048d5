#include "collect/host/deb.h"

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Weight of the byte at i among non-digits: ~ before the end, letters before
 * the rest; digits and the end weigh nothing. */
static int weight(str s, size_t i)
{
    if (i >= s.n || is_digit(s.p[i]))
        return 0;
    unsigned char c = (unsigned char)s.p[i];
    if (c == '~')
        return -1;
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter ? c : c + 256;
}

static str digits(str s, size_t *i)
{
    while (*i < s.n && s.p[*i] == '0')
        ++*i;
    size_t from = *i;
    while (*i < s.n && is_digit(s.p[*i]))
        ++*i;
    return str_sub(s, from, *i);
}

static int part_cmp(str a, str b)
{
    size_t i = 0, j = 0;
    while (i < a.n || j < b.n) {
        while ((i < a.n && !is_digit(a.p[i])) || (j < b.n && !is_digit(b.p[j]))) {
            int x = weight(a, i), y = weight(b, j);
            if (x != y)
                return x < y ? -1 : 1;
            i++, j++;                    /* equal and one is no digit: both are inside */
        }
        str x = digits(a, &i), y = digits(b, &j);
        if (x.n != y.n)
            return x.n < y.n ? -1 : 1;
        int c = x.n ? memcmp(x.p, y.p, x.n) : 0;
        if (c)
            return c < 0 ? -1 : 1;
    }
    return 0;
}

/* Cuts the version into its three parts; a part not there is empty, which
 * orders as "0". */
static void split(str v, str *epoch, str *upstream, str *revision)
{
    const char *colon = v.n ? memchr(v.p, ':', v.n) : NULL;
    *epoch = S("");
    if (colon) {
        *epoch = (str){ v.p, (size_t)(colon - v.p) };
        v = str_sub(v, epoch->n + 1, v.n);
    }
    const char *dash = v.n ? memrchr(v.p, '-', v.n) : NULL;
    size_t      cut = dash ? (size_t)(dash - v.p) : v.n;
    *upstream = str_sub(v, 0, cut);
    *revision = dash ? str_sub(v, cut + 1, v.n) : S("");
}

int deb_version_cmp(str a, str b)
{
    str ae, au, ar, be, bu, br;
    split(str_trim(a), &ae, &au, &ar);
    split(str_trim(b), &be, &bu, &br);
    int c = part_cmp(ae, be);
    if (!c)
        c = part_cmp(au, bu);
    return c ? c : part_cmp(ar, br);
}

static bool name_is(str s, const char *name)
{
    return s.n == strlen(name) && strncasecmp(s.p, name, s.n) == 0;
}

void deb_fields(str stanza, const char *const *names, size_t n, str *ret)
{
    memset(ret, 0, n * sizeof *ret);
    str line;
    while (str_line(&stanza, &line)) {
        const char *colon = line.n ? memchr(line.p, ':', line.n) : NULL;
        if (!colon || line.p[0] == ' ' || line.p[0] == '\t')
            continue;
        str key = { line.p, (size_t)(colon - line.p) };
        for (size_t i = 0; i < n; i++)
            if (!ret[i].p && name_is(key, names[i]))
                ret[i] = str_trim(str_sub(line, key.n + 1, line.n));
    }
}

/* Offset just past the blank line that ends the stanza beginning at p; n when
 * there is none. */
static size_t stanza_end(const char *p, size_t n)
{
    const char *at = p, *end = p + n;
    while (at < end && (at = memchr(at, '\n', (size_t)(end - at)))) {
        if (at + 1 < end && at[1] == '\n')
            return (size_t)(at - p) + 2;
        at++;
    }
    return n;
}

bool deb_stanza(str *rest, str *ret)
{
    while (rest->n && (rest->p[0] == '\n' || rest->p[0] == '\r'))
        *rest = str_sub(*rest, 1, rest->n);
    if (!rest->n)
        return false;
    size_t end = stanza_end(rest->p, rest->n);
    *ret = str_trim(str_sub(*rest, 0, end));
    *rest = str_sub(*rest, end, rest->n);
    return true;
}

deb_stream deb_stream_open(arena *a, ssize_t (*fill)(void *arg, char *p, size_t n), void *arg)
{
    deb_stream s = { .fill = fill, .arg = arg, .a = a, .cap = 256 << 10 };
    s.p = arena_alloc(a, s.cap, 1);
    return s;
}

/* More bytes behind what is not yet read; false when there are none to be had. */
static bool refill(deb_stream *s)
{
    if (s->eof)
        return false;
    memmove(s->p, s->p + s->at, s->n - s->at);
    s->n -= s->at;
    s->at = 0;
    if (s->n == s->cap) {
        if (s->cap >= DEB_STANZA_MAX) {
            s->broken = s->eof = true;
            return false;
        }
        char *more = arena_alloc(s->a, s->cap * 2, 1);
        memcpy(more, s->p, s->n);
        s->p = more;
        s->cap *= 2;
    }
    ssize_t got = s->fill(s->arg, s->p + s->n, s->cap - s->n);
    if (got <= 0) {
        s->eof = true;
        s->broken = got < 0;
        return false;
    }
    s->n += (size_t)got;
    return true;
}

bool deb_stream_next(deb_stream *s, str *ret)
{
    for (;;) {
        while (s->at < s->n && s->p[s->at] == '\n')
            s->at++;
        size_t left = s->n - s->at, end = stanza_end(s->p + s->at, left);
        bool   whole = left >= 2 && end >= 2 && s->p[s->at + end - 1] == '\n' && s->p[s->at + end - 2] == '\n';
        if (whole || (s->eof && left && !s->broken)) {
            *ret = (str){ s->p + s->at, end };
            s->at += end;
            return true;
        }
        if (!refill(s) && (s->broken || s->at == s->n))
            return false;
    }
}
