/* store/libpq.h - private to the room: libpq, loaded at first use.
 *
 * Most workspaces are SQLite; loading libpq and what it stands on would cost
 * them more than everything else at start-up. */
#ifndef STORE_LIBPQ_H
#define STORE_LIBPQ_H

#include "base/base.h"

#include <libpq-fe.h>

#define LIBPQ_TABLE(X) \
    X(PQcancel) X(PQclear) X(PQconnectdb) X(PQdescribePrepared) X(PQerrorMessage) X(PQexec) X(PQfinish) X(PQfname) X(PQfreeCancel) \
    X(PQftype) X(PQgetCancel) X(PQgetResult) X(PQgetisnull) X(PQgetlength) X(PQgetvalue) X(PQnfields) \
    X(PQparameterStatus) X(PQprepare) X(PQputCopyData) X(PQputCopyEnd) X(PQresultErrorField) \
    X(PQresultErrorMessage) X(PQresultStatus) X(PQsendQueryPrepared) X(PQsetSingleRowMode) X(PQstatus) \
    X(PQtransactionStatus)

typedef struct {
#define X(name) __typeof__(name) *name;
    LIBPQ_TABLE(X)
#undef X
} libpq;

err_t libpq_load(libpq *ret, fault *f) MUST_USE;

#endif
