/* assess/sql_words.h - private to the room: the words of a query, as the
 * sandbox reads them, with their places and the partners of brackets. */
#ifndef ASSESS_SQL_WORDS_H
#define ASSESS_SQL_WORDS_H

#include "assess/parts.h"

typedef struct {
    token_kind kind;
    str        text;                  /* names in lower case */
    size_t     line, column;          /* from 1; columns in bytes */
    size_t     match;                 /* of a bracket: its partner; itself when it has none */
} sql_word;

/* All words of a query that the sandbox has accepted; the last is of kind T_END
 * and counts in *ret_n. */
const sql_word *sql_words(arena *a, str sql, size_t *ret_n) MUST_USE;

#endif
