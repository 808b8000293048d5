#include "assess/sql_words.h"

/* Partners of brackets; one without a partner matches itself. */
static void brackets_match(arena *a, sql_word *w, size_t n)
{
    DA(size_t) open = { 0 };
    for (size_t i = 0; i < n; i++) {
        w[i].match = i;
        if (w[i].kind != T_PUNCT)
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
    sql_token *t;
    size_t     n, line = 1, start = 0, at = 0;
    err_t      known = sql_lex(a, sql, NULL, &t, &n);
    assert(known == ERR_OK);
    (void)known;
    sql_word *w = NEW_ARRAY(a, sql_word, n);
    for (size_t i = 0; i < n; i++) {
        for (; at < t[i].at; at++)
            if (sql.p[at] == '\n') {
                line++;
                start = at + 1;
            }
        w[i] = (sql_word){ .kind = t[i].kind, .text = t[i].text, .line = line, .column = t[i].at - start + 1 };
    }
    brackets_match(a, w, n);
    *ret_n = n;
    return w;
}
