#include "assess/sql_words.h"

static bool name_byte(char c, bool first)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (!first && c >= '0' && c <= '9');
}

static size_t span_of(str sql, size_t at, int *ret_kind)
{
    size_t end = at + 1;
    char   c = sql.p[at];
    if (name_byte(c, true)) {
        *ret_kind = SQL_NAME;
        while (end < sql.n && name_byte(sql.p[end], false))
            end++;
    } else if (c >= '0' && c <= '9') {
        *ret_kind = SQL_NUMBER;
        while (end < sql.n && sql.p[end] >= '0' && sql.p[end] <= '9')
            end++;
    } else if (c == '\'') {                            /* '' inside is two texts side by side: no harm */
        *ret_kind = SQL_TEXT;
        while (end < sql.n && sql.p[end] != '\'')
            end++;
        end += end < sql.n;
    } else {
        *ret_kind = SQL_SIGN;
    }
    return end - at;
}

/* Partners of brackets; one without a partner matches itself. */
static void brackets_match(arena *a, sql_word *w, size_t n)
{
    DA(size_t) open = { 0 };
    for (size_t i = 0; i < n; i++) {
        w[i].match = i;
        if (w[i].kind != SQL_SIGN)
            continue;
        if (w[i].text.p[0] == '(') {
            da_push(a, &open) = i;
        } else if (w[i].text.p[0] == ')' && open.n) {
            w[i].match = open.v[--open.n];
            w[w[i].match].match = i;
        }
    }
}

const sql_word *sql_words(arena *a, str sql, size_t *ret_n)
{
    DA(sql_word) list = { 0 };
    size_t line = 1, start = 0;
    for (size_t at = 0; at < sql.n;) {
        char c = sql.p[at];
        if (c == '\n') {
            line++;
            start = at + 1;
        }
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            at++;
            continue;
        }
        int      kind = SQL_SIGN;
        size_t   n = span_of(sql, at, &kind);
        sql_word w = { .text = { sql.p + at, n }, .line = line, .column = at - start + 1 };
        w.kind = (__typeof__(w.kind))kind;
        w.lower = w.kind == SQL_NAME ? str_lower(a, w.text) : S("");
        da_push(a, &list) = w;
        for (size_t i = at; i < at + n; i++)
            if (sql.p[i] == '\n') {
                line++;
                start = i + 1;
            }
        at += n;
    }
    da_push(a, &list) = (sql_word){ .kind = SQL_END, .line = line };
    brackets_match(a, list.v, list.n);
    *ret_n = list.n;
    return list.v;
}
