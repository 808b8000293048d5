/* Queries of sql/ that other rooms send through a session. */
#include "internal.h"

/* Comments are for readers of the file; the sandbox takes none. */
static str without_comment(str text)
{
    str rest = text, query = text, line;
    while (str_line(&rest, &line) && str_starts(line, S("--")))
        query = rest;
    return str_trim(query);
}

str sql_read(arena *a, const char *path, const sql_hole *holes, size_t n)
{
    const asset *file = asset_find(str_of(path));
    buf          b = buf_new(a, SIZE_MAX / 2);
    assert(file);
    for (str rest = without_comment(file->bytes); rest.p;) {
        buf_puts(&b, str_cut(&rest, '{'));
        if (!rest.p)
            break;
        str    name = str_cut(&rest, '}');
        size_t i = 0;
        while (i < n && !str_eq(name, str_of(holes[i].name)))
            i++;
        assert(i < n && "a hole of a query that nothing fills");
        buf_puts(&b, holes[i].sql);
    }
    return buf_str(&b);
}

str sql_quote(arena *a, str text)
{
    buf b = buf_new(a, SIZE_MAX / 2);
    buf_putc(&b, '\'');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\'')
            buf_putc(&b, '\'');
        buf_putc(&b, text.p[i]);
    }
    buf_putc(&b, '\'');
    return buf_str(&b);
}

str sql_literal(arena *a, const field *fd, const value *v)
{
    if (v->kind == V_NULL)
        return S("NULL");
    if (fd->kind == F_TEXT)
        return sql_quote(a, v->s);
    if (fd->kind == F_BOOL)
        return v->i ? S("true") : S("false");
    return str_fmt(a, v->i < 0 ? "(%lld)" : "%lld", (long long)v->i);
}
