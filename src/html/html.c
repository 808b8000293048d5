#include "html/html.h"

static void put_escaped(buf *out, str v)
{
    static const struct { char c; const char *entity; } rows[] = {
        { '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" }, { '"', "&quot;" }, { '\'', "&#39;" },
    };
    size_t done = 0;
    for (size_t i = 0; i < v.n; i++)
        for (size_t r = 0; r < COUNT(rows); r++)
            if (v.p[i] == rows[r].c) {
                buf_put(out, v.p + done, i - done);
                buf_putz(out, rows[r].entity);
                done = i + 1;
            }
    if (done < v.n)
        buf_put(out, v.p + done, v.n - done);
}

static void put_percent(buf *out, str v)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < v.n; i++) {
        unsigned char c = (unsigned char)v.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                  || (c && strchr("-._~", c));
        if (plain)
            buf_putc(out, (char)c);
        else
            buf_put(out, (char[]){ '%', hex[c >> 4], hex[c & 15] }, 3);
    }
}

static bool url_is_safe(str v)
{
    static const char *const schemes[] = { "http://", "https://", "mailto:", "#" };
    for (size_t i = 0; i < COUNT(schemes); i++)
        if (str_starts(v, str_of(schemes[i])))
            return true;
    /* A local path, but not "//host", which leaves the site. */
    return v.n > 0 && v.p[0] == '/' && !(v.n > 1 && (v.p[1] == '/' || v.p[1] == '\\'));
}

void html_put_str(buf *out, html_place at, str v)
{
    switch (at) {
    case AT_TEXT:
    case AT_ATTR:  put_escaped(out, v); return;
    case AT_URL:   put_escaped(out, url_is_safe(v) ? v : S("#")); return;
    case AT_QUERY: put_percent(out, v); return;
    }
}

void html_put_cstr(buf *out, html_place at, const char *v) { html_put_str(out, at, str_of(v)); }

void html_put_int(buf *out, html_place at, int64_t v)
{
    (void)at;
    buf_int(out, v);
}

void html_put_size(buf *out, html_place at, size_t v) { html_put_int(out, at, (int64_t)v); }
