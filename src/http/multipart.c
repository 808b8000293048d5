#include "http/parts.h"

/* ---- parameters of a header ------------------------------------------------------------------- */

str media_type(str header) { return str_trim(str_cut(&header, ';')); }

/* A quoted string from its first quote on: the text, and what follows. Browsers write a quote as %22 (WHATWG), others as \". */
static bool quoted(arena *a, str *rest, bool form, str *ret)
{
    buf    b = buf_new(a, rest->n + 1);
    size_t i = 1;
    for (; i < rest->n && rest->p[i] != '"'; i++) {
        bool pair = rest->p[i] == '\\' && i + 1 < rest->n && (rest->p[i + 1] == '"' || rest->p[i + 1] == '\\');
        if (form && rest->n - i > 2 && memcmp(rest->p + i, "%22", 3) == 0) {
            buf_putc(&b, '"');
            i += 2;
        } else {
            i += pair;
            buf_putc(&b, rest->p[i]);
        }
    }
    if (i >= rest->n)
        return false;
    *rest = str_trim(str_sub(*rest, i + 1, rest->n));
    *ret = b.n ? buf_str(&b) : S("");
    return true;
}

/* One "name=text" after a semicolon; false: malformed. */
static bool next_param(arena *a, str *rest, bool form, str *ret_name, str *ret_text)
{
    *rest = str_trim(*rest);
    const char *equals = memchr(rest->p, '=', rest->n);
    if (!equals)
        return false;
    *ret_name = str_trim(str_sub(*rest, 0, (size_t)(equals - rest->p)));
    *rest = str_trim(str_sub(*rest, (size_t)(equals - rest->p) + 1, rest->n));
    if (!is_token(*ret_name))
        return false;
    if (rest->n && rest->p[0] == '"') {
        if (!quoted(a, rest, form, ret_text) || (rest->n && rest->p[0] != ';'))
            return false;
        str_cut(rest, ';');
        return true;
    }
    *ret_text = str_trim(str_cut(rest, ';'));
    return is_token(*ret_text);
}

static bool find_param(arena *a, str header, const char *wanted, bool form, str *ret)
{
    str rest = header, name, text, found = { 0 };
    str_cut(&rest, ';');
    while (rest.p && rest.n) {
        if (!next_param(a, &rest, form, &name, &text))
            return false;
        if (str_same(name, str_of(wanted))) {
            if (found.p)
                return false;
            found = text;
        }
    }
    *ret = found;
    return true;
}

bool header_param(arena *a, str header, const char *name, str *ret) { return find_param(a, header, name, false, ret); }

/* ---- one part -------------------------------------------------------------------------------------- */

static bool has_control(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
            return true;
    return false;
}

static str leaf_of(str path)
{
    for (size_t i = path.n; i > 0; i--)
        if (path.p[i - 1] == '/' || path.p[i - 1] == '\\')
            return str_sub(path, i, path.n);
    return path;
}

static err_t read_disposition(arena *a, str text, fault *f, http_part *into)
{
    if (into->name.p || !str_same(media_type(text), S("form-data")))
        return fail(f, ERR_INVALID, "a part of the form has no form-data disposition, or two");
    if (!find_param(a, text, "name", true, &into->name) || !find_param(a, text, "filename", true, &into->filename) || !into->name.n)
        return fail(f, ERR_INVALID, "the name of a part of the form is missing or malformed");
    if (!utf8_valid(into->name) || has_control(into->name) || !utf8_valid(into->filename) || has_control(into->filename))
        return fail(f, ERR_INVALID, "a name in the form is not UTF-8, or holds a control character");
    if (into->filename.p)
        into->filename = leaf_of(into->filename);
    return ERR_OK;
}

static err_t read_part_header(arena *a, str line, fault *f, http_part *into)
{
    const char *colon = memchr(line.p, ':', line.n);
    str         name = colon ? str_sub(line, 0, (size_t)(colon - line.p)) : S("");
    str         text = colon ? str_trim(str_sub(line, name.n + 1, line.n)) : S("");
    if (!is_token(name) || !utf8_valid(text) || has_control(text))
        return fail(f, ERR_INVALID, "a header in the form is malformed");
    if (str_same(name, S("content-disposition")))
        return read_disposition(a, text, f, into);
    if (str_same(name, S("content-type")))
        into->media = text;
    if (str_same(name, S("content-transfer-encoding")) && !str_same(text, S("binary")) && !str_same(text, S("8bit")) && !str_same(text, S("7bit")))
        return fail(f, ERR_INVALID, "a part of the form is encoded in a way that RFC 7578 no longer has");
    return ERR_OK;
}

static size_t find_bytes(str in, size_t from, str what)
{
    const char *at = from <= in.n ? memmem(in.p + from, in.n - from, what.p, what.n) : NULL;
    return at ? (size_t)(at - in.p) : SIZE_MAX;
}

/* `part`: what stands between two boundaries. */
static err_t read_part(arena *a, str part, fault *f, http_part *ret)
{
    enum { PART_HEAD_MAX = 8 << 10 };
    http_part made = { .media = S("") };
    size_t    at = 0;
    for (;;) {
        size_t end = find_bytes(part, at, S("\r\n"));
        if (end == SIZE_MAX || end > PART_HEAD_MAX)
            return fail(f, ERR_INVALID, "the head of a part of the form does not end");
        str line = str_sub(part, at, end);
        at = end + 2;
        if (!line.n)
            break;
        TRY(read_part_header(a, line, f, &made));
    }
    if (!made.name.p)
        return fail(f, ERR_INVALID, "a part of the form has no name");
    made.bytes = str_sub(part, at, part.n);
    *ret = made;
    return ERR_OK;
}

/* ---- all parts ---------------------------------------------------------------------------------------- */

static bool is_boundary(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || (unsigned char)s.p[i] > 0x7e)
            return false;
    return s.n >= 1 && s.n <= 70 && s.p[s.n - 1] != ' ';
}

/* What may follow a boundary: CR LF and another part, or "--" and the end. */
static bool after_boundary(str body, size_t at, bool *ret_last)
{
    str rest = str_sub(body, at, body.n);
    if (str_eq(rest, S("--")) || str_eq(rest, S("--\r\n"))) {
        *ret_last = true;
        return true;
    }
    *ret_last = false;
    return str_starts(rest, S("\r\n"));
}

err_t http_parts_parse(arena *a, str media, str body, fault *f, http_part **ret, size_t *ret_n)
{
    str boundary;
    DA(http_part) list = { 0 };
    if (!str_same(media_type(media), S("multipart/form-data")))
        return fail(f, ERR_UNSUPPORTED, "the body is no multipart/form-data");
    if (!header_param(a, media, "boundary", &boundary) || !is_boundary(boundary))
        return fail(f, ERR_INVALID, "the boundary of the form is missing or malformed");
    str    mark = str_fmt(a, "\r\n--" STR_FMT, STR_ARG(boundary));
    size_t at = mark.n - 2;
    bool   last = false;
    if (!str_starts(body, str_sub(mark, 2, mark.n)) || !after_boundary(body, at, &last))
        return fail(f, ERR_INVALID, "the form does not begin with its boundary");
    while (!last) {
        size_t    end = find_bytes(body, at + 2, mark);
        http_part made;
        if (end == SIZE_MAX || !after_boundary(body, end + mark.n, &last))
            return fail(f, ERR_INVALID, "the form is cut off, or goes on after its end");
        if (list.n == HTTP_PARTS_MAX)
            return fail(f, ERR_INVALID, "the form has more than %d parts", HTTP_PARTS_MAX);
        TRY(read_part(a, str_sub(body, at + 2, end), f, &made));
        da_push(a, &list) = made;
        at = end + mark.n;
    }
    *ret = list.v;
    *ret_n = list.n;
    return ERR_OK;
}

/* ---- forms -------------------------------------------------------------------------------------------- */

static err_t split_parts(arena *a, const http_part *parts, size_t n, bool files, fault *f, pair_list *ret, size_t *ret_files)
{
    for (size_t i = 0; i < n; i++) {
        if (parts[i].filename.p) {
            if (!files)
                return fail(f, ERR_INVALID, "this form takes no files");
            (*ret_files)++;
            continue;
        }
        if (!utf8_valid(parts[i].bytes) || memchr(parts[i].bytes.p, '\0', parts[i].bytes.n))
            return fail(f, ERR_INVALID, "the field " STR_FMT " is not UTF-8, or holds a NUL", STR_ARG(parts[i].name));
        da_push(a, ret) = (http_pair){ parts[i].name, parts[i].bytes };
    }
    return ERR_OK;
}

static err_t form_multipart(const http_request *rq, str media, fault *f, http_pair **ret, size_t *ret_n, http_part **ret_parts, size_t *ret_n_parts)
{
    http_part *parts = NULL;
    size_t     n = 0, files = 0;
    pair_list  list = { 0 };
    TRY(http_parts_parse(rq->a, media, rq->body, f, &parts, &n));
    TRY(split_parts(rq->a, parts, n, ret_parts != NULL, f, &list, &files));
    if (ret_parts) {
        http_part *kept = NEW_ARRAY(rq->a, http_part, files + 1);
        size_t     k = 0;
        for (size_t i = 0; i < n; i++)
            if (parts[i].filename.p)
                kept[k++] = parts[i];
        *ret_parts = kept;
        *ret_n_parts = k;
    }
    *ret = list.v;
    *ret_n = list.n;
    return ERR_OK;
}

err_t http_form(const http_request *rq, fault *f, http_pair **ret, size_t *ret_n, http_part **ret_parts, size_t *ret_n_parts)
{
    str media = http_header(rq, "content-type"), charset;
    if (!media.p)
        media = S("");
    if (str_same(media_type(media), S("multipart/form-data")))
        return form_multipart(rq, media, f, ret, ret_n, ret_parts, ret_n_parts);
    if (!str_same(media_type(media), S("application/x-www-form-urlencoded")))
        return fail(f, ERR_UNSUPPORTED, "a form is sent as application/x-www-form-urlencoded or multipart/form-data");
    if (!header_param(rq->a, media, "charset", &charset) || (charset.p && !str_same(charset, S("utf-8"))))
        return fail(f, ERR_UNSUPPORTED, "a form is sent in UTF-8");
    TRY(http_pairs_parse(rq->a, rq->body, f, ret, ret_n));
    if (ret_parts) {
        *ret_parts = NULL;
        *ret_n_parts = 0;
    }
    return ERR_OK;
}
