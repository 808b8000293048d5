#include "libpq.h"

err_t libpq_load(libpq *ret, fault *f)
{
    static const char           library[] = "libpq.so.5";
    static const library_symbol rows[] = {
#define X(name) { #name, offsetof(libpq, name) },
        LIBPQ_TABLE(X)
#undef X
    };
    libpq       pq;
    const char *lacks = library_bind(library, rows, COUNT(rows), &pq);
    if (lacks == library)
        return fail(f, ERR_UNSUPPORTED, "PostgreSQL needs the library libpq5, which is not installed (apt install libpq5)");
    if (lacks)
        return fail(f, ERR_UNSUPPORTED, "the library libpq5 is too old: it has no %s", lacks);
    *ret = pq;
    return ERR_OK;
}
