#include "libpq.h"

#include <dlfcn.h>

err_t libpq_load(libpq *ret, fault *f)
{
    libpq pq;
    void *lib = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (!lib)
        return fail(f, ERR_UNSUPPORTED, "PostgreSQL needs the library libpq5, which is not installed (apt install libpq5)");
    const struct {
        const char *name;
        void       *at;
    } table[] = {
#define X(name) { #name, &pq.name },
        LIBPQ_TABLE(X)
#undef X
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        void *fn = dlsym(lib, table[i].name);
        if (!fn)
            return fail(f, ERR_UNSUPPORTED, "the library libpq5 is too old: it has no %s", table[i].name);
        memcpy(table[i].at, &fn, sizeof fn);
    }
    *ret = pq;
    return ERR_OK;
}
