/* store/sql_lex.h - private to the room: faults in the sandbox's SQL. */
#ifndef STORE_SQL_LEX_H
#define STORE_SQL_LEX_H

#include "store/store.h"

/* ERR_INVALID, with line and column of the offset before the text. */
err_t sql_fail(str sql, size_t at, fault *f, const char *fmt, ...) PRINTF_LIKE(4);

#endif
