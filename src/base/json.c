#include "base/base.h"

/* ---- writer -------------------------------------------------------------- */

void json_str(buf *b, str s)
{
    static const char hex[] = "0123456789abcdef";
    size_t            done = 0;
    buf_putc(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        char          esc[6] = { '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] };
        size_t        n = 2;
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        switch (c) {
        case '"': case '\\': esc[1] = (char)c; break;
        case '\b': esc[1] = 'b'; break;
        case '\t': esc[1] = 't'; break;
        case '\n': esc[1] = 'n'; break;
        case '\f': esc[1] = 'f'; break;
        case '\r': esc[1] = 'r'; break;
        default: n = 6;
        }
        buf_put(b, s.p + done, i - done);
        buf_put(b, esc, n);
        done = i + 1;
    }
    if (done < s.n)
        buf_put(b, s.p + done, s.n - done);
    buf_putc(b, '"');
}

static void separate(json_writer *w)
{
    if (w->comma)
        buf_putc(w->b, ',');
    w->comma = true;
}

static void open_with(json_writer *w, char c)
{
    separate(w);
    buf_putc(w->b, c);
    w->comma = false;
}

static void close_with(json_writer *w, char c)
{
    buf_putc(w->b, c);
    w->comma = true;
}

void jw_obj(json_writer *w) { open_with(w, '{'); }
void jw_end_obj(json_writer *w) { close_with(w, '}'); }
void jw_arr(json_writer *w) { open_with(w, '['); }
void jw_end_arr(json_writer *w) { close_with(w, ']'); }

void jw_key(json_writer *w, const char *key)
{
    separate(w);
    json_str(w->b, str_of(key));
    buf_putc(w->b, ':');
    w->comma = false;
}

void jw_str(json_writer *w, str s)
{
    separate(w);
    json_str(w->b, s);
}

void jw_int(json_writer *w, int64_t v)
{
    separate(w);
    buf_int(w->b, v);
}

void jw_bool(json_writer *w, bool v)
{
    separate(w);
    buf_putz(w->b, v ? "true" : "false");
}

void jw_null(json_writer *w)
{
    separate(w);
    buf_putz(w->b, "null");
}

void jw_kstr(json_writer *w, const char *key, str s)
{
    jw_key(w, key);
    jw_str(w, s);
}

void jw_kint(json_writer *w, const char *key, int64_t v)
{
    jw_key(w, key);
    jw_int(w, v);
}

void jw_kbool(json_writer *w, const char *key, bool v)
{
    jw_key(w, key);
    jw_bool(w, v);
}
