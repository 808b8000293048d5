/* The pull reader: RFC 8259, strict, integers only, no DOM. */
#include "base/base.h"

enum { DEPTH_MAX = 32 };
/* What may stand next. */
enum { WANT_VALUE, WANT_VALUE_OR_END, WANT_KEY, WANT_KEY_OR_END, WANT_COMMA_OR_END, WANT_NOTHING };

json_reader json_open(arena *a, str in)
{
    return (json_reader){ .in = in, .a = a, .expect = WANT_VALUE };
}

static json_token bad(json_reader *r, const char *why)
{
    r->error = why;
    r->expect = WANT_NOTHING;
    r->depth = -1;                       /* every later call fails too */
    return JSON_ERROR;
}

static void skip_blank(json_reader *r)
{
    while (r->at < r->in.n && memchr(" \t\n\r", r->in.p[r->at], 4))
        r->at++;
}

static bool read_hex4(json_reader *r, uint32_t *ret)
{
    uint8_t b[2];
    if (!hex_parse(str_sub(r->in, r->at, r->at + 4), b, 2))
        return false;
    *ret = (uint32_t)b[0] << 8 | b[1];
    r->at += 4;
    return true;
}

static size_t utf8_put(char *o, uint32_t c)
{
    if (c < 0x80) {
        o[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        o[0] = (char)(0xC0 | c >> 6);
        o[1] = (char)(0x80 | (c & 63));
        return 2;
    }
    if (c < 0x10000) {
        o[0] = (char)(0xE0 | c >> 12);
        o[1] = (char)(0x80 | (c >> 6 & 63));
        o[2] = (char)(0x80 | (c & 63));
        return 3;
    }
    o[0] = (char)(0xF0 | c >> 18);
    o[1] = (char)(0x80 | (c >> 12 & 63));
    o[2] = (char)(0x80 | (c >> 6 & 63));
    o[3] = (char)(0x80 | (c & 63));
    return 4;
}

/* The escape after the backslash at r->at-1; returns bytes put, 0 when bad. */
static size_t read_escape(json_reader *r, char *o)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    if (r->at >= r->in.n)
        return 0;
    char        c = r->in.p[r->at++];
    const char *at = c ? strchr(from, c) : NULL;
    if (at) {
        *o = to[at - from];
        return 1;
    }
    uint32_t u, low;
    if (c != 'u' || !read_hex4(r, &u) || u == 0)
        return 0;
    if (u >= 0xDC00 && u <= 0xDFFF)
        return 0;
    if (u >= 0xD800 && u <= 0xDBFF) {
        if (!str_starts(str_sub(r->in, r->at, r->in.n), S("\\u")))
            return 0;
        r->at += 2;
        if (!read_hex4(r, &low) || low < 0xDC00 || low > 0xDFFF)
            return 0;
        u = 0x10000 + ((u - 0xD800) << 10) + (low - 0xDC00);
    }
    return utf8_put(o, u);
}

/* The string whose opening quote is at r->at. */
static bool read_string(json_reader *r)
{
    size_t start = ++r->at;
    while (r->at < r->in.n && (unsigned char)r->in.p[r->at] >= 0x20
           && r->in.p[r->at] != '"' && r->in.p[r->at] != '\\')
        r->at++;
    if (r->at >= r->in.n)
        return false;
    if (r->in.p[r->at] == '"') {
        r->s = str_sub(r->in, start, r->at++);
        return utf8_valid(r->s);
    }
    size_t end = r->at;                  /* an escape: copy; never longer than the source */
    while (end < r->in.n && r->in.p[end] != '"')
        end += r->in.p[end] == '\\' ? 2 : 1;
    char  *out = arena_alloc(r->a, (end > r->in.n ? r->in.n : end) - start + 4, 1);
    size_t n = r->at - start;
    memcpy(out, r->in.p + start, n);
    while (r->at < r->in.n && r->in.p[r->at] != '"') {
        char c = r->in.p[r->at++];
        if ((unsigned char)c < 0x20)
            return false;
        if (c != '\\') {
            out[n++] = c;
            continue;
        }
        size_t put = read_escape(r, out + n);
        if (!put)
            return false;
        n += put;
    }
    if (r->at++ >= r->in.n)
        return false;
    r->s = (str){ out, n };
    return utf8_valid(r->s);
}

static bool read_int(json_reader *r)
{
    size_t start = r->at;
    if (r->in.p[r->at] == '-')
        r->at++;
    size_t digits = r->at;
    while (r->at < r->in.n && r->in.p[r->at] >= '0' && r->in.p[r->at] <= '9')
        r->at++;
    if (r->at == digits || (r->in.p[digits] == '0' && r->at > digits + 1))
        return false;
    if (r->at < r->in.n && memchr(".eE", r->in.p[r->at], 3))
        return false;
    return parse_int(str_sub(r->in, start, r->at), INT64_MIN, INT64_MAX, &r->i);
}

static size_t digits(json_reader *r)
{
    size_t start = r->at;
    while (r->at < r->in.n && r->in.p[r->at] >= '0' && r->in.p[r->at] <= '9')
        r->at++;
    return r->at - start;
}

static bool at_any(const json_reader *r, const char *two)
{
    return r->at < r->in.n && (r->in.p[r->at] == two[0] || r->in.p[r->at] == two[1]);
}

/* A number by the whole grammar of RFC 8259. */
static bool read_number(json_reader *r)
{
    size_t start = r->at;
    r->at += r->in.p[r->at] == '-';
    bool   zero = at_any(r, "00");
    size_t whole = digits(r);
    if (!whole || (zero && whole > 1))
        return false;
    if (at_any(r, "..") && (r->at++, !digits(r)))
        return false;
    if (at_any(r, "eE")) {
        r->at++;
        r->at += at_any(r, "+-");
        if (!digits(r))
            return false;
    }
    r->s = str_sub(r->in, start, r->at);
    return true;
}

static json_token number(json_reader *r)
{
    size_t start = r->at;
    if (read_int(r))
        return JSON_INT;
    r->at = start;
    return r->any_number && read_number(r) ? JSON_NULL : bad(r, "not an integer of 64 bits");
}

static bool in_object(const json_reader *r)
{
    return r->depth > 0 && (r->in_object >> (r->depth - 1) & 1);
}

static json_token enter(json_reader *r, bool object)
{
    if (r->depth >= DEPTH_MAX)
        return bad(r, "nested too deeply");
    r->at++;
    r->in_object &= ~(UINT32_C(1) << r->depth);
    r->in_object |= (uint32_t)object << r->depth;
    r->depth++;
    r->expect = object ? WANT_KEY_OR_END : WANT_VALUE_OR_END;
    return object ? JSON_OBJ : JSON_ARR;
}

static json_token leave(json_reader *r, bool object)
{
    if (r->depth == 0 || in_object(r) != object)
        return bad(r, "wrong closing bracket");
    r->at++;
    r->depth--;
    r->expect = r->depth ? WANT_COMMA_OR_END : WANT_NOTHING;
    return object ? JSON_OBJ_END : JSON_ARR_END;
}

static json_token word(json_reader *r, str text, json_token t)
{
    if (!str_starts(str_sub(r->in, r->at, r->in.n), text))
        return bad(r, "not a JSON value");
    r->at += text.n;
    return t;
}

static json_token scalar(json_reader *r)
{
    json_token t;
    switch (r->in.p[r->at]) {
    case '"': t = read_string(r) ? JSON_STR : bad(r, "bad string"); break;
    case 't': t = word(r, S("true"), JSON_TRUE); break;
    case 'f': t = word(r, S("false"), JSON_FALSE); break;
    case 'n': t = word(r, S("null"), JSON_NULL); break;
    case '-': case '0': case '1': case '2': case '3': case '4':
    case '5': case '6': case '7': case '8': case '9':
        t = number(r);
        break;
    default: t = bad(r, "not a JSON value");
    }
    if (t != JSON_ERROR)
        r->expect = r->depth ? WANT_COMMA_OR_END : WANT_NOTHING;
    return t;
}

static json_token key(json_reader *r)
{
    if (r->in.p[r->at] != '"' || !read_string(r))
        return bad(r, "a key in quotes belongs here");
    skip_blank(r);
    if (r->at >= r->in.n || r->in.p[r->at] != ':')
        return bad(r, "a colon belongs here");
    r->at++;
    r->expect = WANT_VALUE;
    return JSON_KEY;
}

json_token json_next(json_reader *r)
{
    if (r->depth < 0)
        return JSON_ERROR;
    skip_blank(r);
    if (r->at >= r->in.n)
        return r->expect == WANT_NOTHING ? JSON_END : bad(r, "ends too early");
    char c = r->in.p[r->at];
    if (r->expect == WANT_NOTHING)
        return bad(r, "something follows the value");
    if (r->expect == WANT_COMMA_OR_END) {
        if (c == '}' || c == ']')
            return leave(r, c == '}');
        if (c != ',')
            return bad(r, "a comma belongs here");
        r->at++;
        r->expect = in_object(r) ? WANT_KEY : WANT_VALUE;
        return json_next(r);
    }
    if (r->expect == WANT_KEY_OR_END && c == '}')
        return leave(r, true);
    if (r->expect == WANT_KEY || r->expect == WANT_KEY_OR_END)
        return key(r);
    if (r->expect == WANT_VALUE_OR_END && c == ']')
        return leave(r, false);
    if (c == '{' || c == '[')
        return enter(r, c == '{');
    return scalar(r);
}

bool json_skip(json_reader *r, json_token first)
{
    int outer = r->depth;
    if (first != JSON_OBJ && first != JSON_ARR)
        return first != JSON_ERROR;
    while (r->depth >= outer)
        if (json_next(r) == JSON_ERROR)
            return false;
    return true;
}
