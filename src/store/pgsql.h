/* store/pgsql.h - private to the room: what PostgreSQL has beside the engine. */
#ifndef STORE_PGSQL_H
#define STORE_PGSQL_H

#include "engine.h"

/* `sandbox`: rows nobody reads any more are cancelled at the server. */
err_t pgsql_open(const char *url, bool sandbox, fault *f, db **ret) MUST_USE;
/* COPY ... FROM STDIN with all its bytes. */
err_t pgsql_copy(db *d, const char *sql, str bytes, fault *f) MUST_USE;
/* Whether the transaction failed and waits for its end. */
bool  pgsql_in_error(const db *d);
/* Whether the connection was found broken. */
bool  pgsql_lost(const db *d);

#endif
