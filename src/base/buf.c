#include "base/base.h"

buf buf_new(arena *a, size_t max) { return (buf){ .a = a, .max = max }; }

void buf_put(buf *b, const void *p, size_t n)
{
    if (b->overflow || n > b->max - b->n) {
        b->overflow = true;
        return;
    }
    if (n == 0)
        return;
    if (b->cap - b->n < n) {
        size_t cap = b->cap ? b->cap : 256;
        while (cap - b->n < n)
            cap *= 2;
        if (cap > b->max)      /* what is beyond can never be used */
            cap = b->max;
        char *q = arena_alloc(b->a, cap, 1);
        if (b->n)
            memcpy(q, b->p, b->n);
        b->p = q;
        b->cap = cap;
    }
    memcpy(b->p + b->n, p, n);
    b->n += n;
}

void buf_puts(buf *b, str s) { buf_put(b, s.p, s.n); }
void buf_putz(buf *b, const char *z) { buf_put(b, z, strlen(z)); }
void buf_putc(buf *b, char c) { buf_put(b, &c, 1); }

void buf_fmt(buf *b, const char *fmt, ...)
{
    char    text[256];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    assert(n >= 0);
    if ((size_t)n < sizeof text) {
        buf_put(b, text, (size_t)n);
        return;
    }
    va_start(ap, fmt);
    buf_puts(b, str_vfmt(b->a, fmt, ap));
    va_end(ap);
}

void buf_int(buf *b, int64_t v)
{
    char     text[24], *p = text + sizeof text;
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    do
        *--p = (char)('0' + u % 10);
    while (u /= 10);
    if (v < 0)
        *--p = '-';
    buf_put(b, p, (size_t)(text + sizeof text - p));
}

char *buf_z(buf *b)
{
    size_t n = b->n, max = b->max;
    bool   over = b->overflow;
    b->max = SIZE_MAX;
    b->overflow = false;
    buf_putc(b, '\0');
    b->n = n;
    b->max = max;
    b->overflow = over;
    return b->p;
}
