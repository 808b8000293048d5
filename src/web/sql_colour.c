/* A query as people read it: words of the language, texts and numbers in their colours. */
#include "web/assure.h"

static bool is_keyword(str w)
{
    static const char *const words[] = {
        "all", "and", "as", "asc", "between", "by", "case", "cast", "cross", "desc", "distinct", "else", "end", "escape", "except", "exists", "false", "from",
        "group", "having", "in", "inner", "intersect", "is", "join", "left", "like", "limit", "not", "null", "offset", "on", "or", "order", "outer", "select",
        "then", "true", "union", "using", "when", "where", "with",
    };
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_eq(w, str_of(words[i])))
            return true;
    return false;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/* How far the piece that begins at `at` goes, and its class; NULL: none. It need not be a sound query: this colours only. */
static size_t piece_end(arena *a, str sql, size_t at, const char **ret_css)
{
    size_t end = at + 1;
    *ret_css = NULL;
    if (sql.p[at] == '\'') {
        while (end < sql.n && sql.p[end] != '\'')
            end++;
        *ret_css = "t";
        return end < sql.n ? end + 1 : end;
    }
    if (!is_letter(sql.p[at]) && !is_digit(sql.p[at]))
        return end;
    while (end < sql.n && (is_letter(sql.p[end]) || is_digit(sql.p[end])))
        end++;
    if (is_digit(sql.p[at]))
        *ret_css = "n";
    else if (is_keyword(str_lower(a, str_sub(sql, at, end))))
        *ret_css = "k";
    return end;
}

str sql_coloured(arena *a, str sql)
{
    buf         b = buf_new(a, 4 << 20);
    const char *css;
    for (size_t at = 0, end; at < sql.n; at = end) {
        end = piece_end(a, sql, at, &css);
        if (css)
            buf_fmt(&b, "<span class=\"%s\">", css);
        html_put(&b, AT_TEXT, str_sub(sql, at, end));
        buf_putz(&b, css ? "</span>" : "");
    }
    return buf_str(&b);
}
