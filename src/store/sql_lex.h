/* store/sql_lex.h - private to the room: the tokens of the sandbox's SQL. */
#ifndef STORE_SQL_LEX_H
#define STORE_SQL_LEX_H

#include "base/base.h"

typedef enum { T_END, T_WORD, T_NUMBER, T_STRING, T_PUNCT } token_kind;

typedef struct {
    token_kind kind;
    str        text;          /* words in lower case */
    size_t     at;            /* offset in the SQL */
} sql_token;

/* All tokens with T_END after the last. What the dialect does not know
 * (comments, quoted names, parameters, casts with ::) is ERR_INVALID, told
 * with line and column. */
err_t sql_lex(arena *a, str sql, fault *f, sql_token **ret, size_t *ret_n) MUST_USE;

/* ERR_INVALID, with line and column of the offset before the text. */
err_t sql_fail(str sql, size_t at, fault *f, const char *fmt, ...) PRINTF_LIKE(4);

#endif
