#include "http/parts.h"

/* RFC 3986 pchar and "/". Everything else has no business in a path, and each tolerant reader of it reads
 * something else: so it is refused before and after decoding, and the decoding is done once. */
static bool is_path_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c != '\0' && strchr("/-._~!$&'()*+,;=:@%", c));
}

static bool bad_segment(str seg)
{
    return seg.n == 0 || str_eq(seg, S(".")) || str_eq(seg, S(".."));
}

/* After decoding, what could not have been written plainly: a slash, a backslash, controls. */
static bool hides_something(str raw, str text)
{
    size_t slashes = 0;
    for (size_t i = 0; i < raw.n; i++)
        slashes += raw.p[i] == '/';
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c < 0x20 || c == 0x7f || c == '\\')
            return true;
        if (c == '/' && slashes-- == 0)
            return true;
    }
    return false;
}

err_t path_decode(arena *a, str raw, fault *f, str *ret)
{
    str text;
    if (!raw.n || raw.p[0] != '/')
        return fail(f, ERR_INVALID, "the path must begin with a slash");
    for (size_t i = 0; i < raw.n; i++)
        if (!is_path_byte(raw.p[i]))
            return fail(f, ERR_INVALID, "the path holds a character that must be percent-encoded");
    if (!percent_decode(a, raw, false, &text))
        return fail(f, ERR_INVALID, "the path is not well encoded");
    if (hides_something(raw, text))
        return fail(f, ERR_INVALID, "the path holds an encoded slash, a backslash or a control character");
    if (text.n > 1) {
        str rest = str_sub(text, 1, text.n);
        while (rest.p)
            if (bad_segment(str_cut(&rest, '/')))
                return fail(f, ERR_INVALID, "the path holds an empty segment, \".\" or \"..\"");
    }
    *ret = text;
    return ERR_OK;
}
