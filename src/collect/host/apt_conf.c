#include "collect/host/apt_conf.h"

enum { DEPTH_MAX = 16, NAME_MAX_BYTES = 1024 };

typedef struct {
    arena   *a;
    str      s;
    int64_t  line;
    str      scope[DEPTH_MAX];
    int      depth;
    apt_each each;
    void    *arg;
} reader;

static void step(reader *r, size_t n)
{
    for (size_t i = 0; i < n && i < r->s.n; i++)
        r->line += r->s.p[i] == '\n';
    r->s = str_sub(r->s, n, r->s.n);
}

static size_t to_line_end(str s)
{
    const char *lf = s.n ? memchr(s.p, '\n', s.n) : NULL;
    return lf ? (size_t)(lf - s.p) : s.n;
}

/* Blanks and comments; #clear and #include are words, any other # a comment. */
static void skip(reader *r)
{
    for (;;) {
        str s = r->s;
        if (s.n && (s.p[0] == ' ' || s.p[0] == '\t' || s.p[0] == '\n' || s.p[0] == '\r')) {
            step(r, 1);
        } else if (str_starts(s, S("//")) || (str_starts(s, S("#")) && !str_starts(s, S("#clear ")))) {
            step(r, to_line_end(s));
        } else if (str_starts(s, S("/*"))) {
            const char *end = memmem(s.p, s.n, "*/", 2);
            step(r, end ? (size_t)(end - s.p) + 2 : s.n);
        } else {
            return;
        }
    }
}

static str take_word(reader *r)
{
    size_t i = 0;
    if (r->s.n && r->s.p[0] == '"') {
        for (i = 1; i < r->s.n && r->s.p[i] != '"'; i++)
            ;
        str word = str_sub(r->s, 1, i);
        step(r, i + 1);
        return word;
    }
    while (i < r->s.n && !memchr(" \t\r\n{};\"", r->s.p[i], 8))
        i++;
    str word = str_sub(r->s, 0, i);
    step(r, i);
    return word;
}

static str full_name(const reader *r, str name)
{
    buf b = buf_new(r->a, NAME_MAX_BYTES);
    for (int i = 0; i < r->depth; i++) {
        buf_puts(&b, r->scope[i]);
        if (!str_ends(r->scope[i], S("::")))
            buf_putz(&b, "::");
    }
    buf_puts(&b, name);
    return b.overflow ? S("") : (str){ b.p ? b.p : "", b.n };
}

static bool statement(reader *r)
{
    int64_t line = r->line;
    bool    quoted = r->s.p[0] == '"', clear = str_starts(r->s, S("#clear "));
    if (clear)
        step(r, sizeof "#clear " - 1);
    str name = take_word(r), value;
    skip(r);
    if (r->s.n && r->s.p[0] == '{') {
        if (r->depth == DEPTH_MAX || name.n == 0)
            return false;
        r->scope[r->depth++] = name;
        step(r, 1);
        return true;
    }
    if (quoted) {                        /* a bare value inside braces is an element of the list */
        value = name;
        name = S("");
    } else {
        if (name.n == 0)
            return false;
        value = r->s.n && r->s.p[0] != ';' && r->s.p[0] != '}' ? take_word(r) : S("");
    }
    str full = full_name(r, name);
    if (full.n)
        r->each(r->arg, full, value, line, clear);
    skip(r);
    if (r->s.n && r->s.p[0] == ';') {
        step(r, 1);
        return true;
    }
    return r->s.n && r->s.p[0] == '}';
}

bool apt_conf_read(arena *a, str text, apt_each each, void *arg)
{
    reader r = { .a = a, .s = text, .line = 1, .each = each, .arg = arg };
    for (skip(&r); r.s.n; skip(&r)) {
        if (r.s.p[0] == ';') {
            step(&r, 1);
        } else if (r.s.p[0] == '}') {
            if (r.depth-- == 0)
                return false;
            step(&r, 1);
        } else if (!statement(&r)) {
            return false;
        }
    }
    return r.depth == 0;
}
