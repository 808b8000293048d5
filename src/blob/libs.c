#include "blob/parts.h"

#include <dlfcn.h>

typedef struct {
    const char *name;
    void       *at;
} symbol;

static err_t load(const char *file, const char *package, const symbol *table, size_t n, fault *f)
{
    void *lib = dlopen(file, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (!lib)
        return fail(f, ERR_UNSUPPORTED, "files of evidence need the library %s, which is not installed (apt install %s)", package, package);
    for (size_t i = 0; i < n; i++) {
        void *fn = dlsym(lib, table[i].name);
        if (!fn)
            return fail(f, ERR_UNSUPPORTED, "the library %s is too old: it has no %s", package, table[i].name);
        memcpy(table[i].at, &fn, sizeof fn);
    }
    return ERR_OK;
}

err_t libs_load(blob_libs *ret, fault *f)
{
    blob_libs    l;
#define X(name) { #name, &l.name },
    const symbol sodium[] = { SODIUM_FUNCTIONS(X) }, zstd[] = { ZSTD_FUNCTIONS(X) };
#undef X
    TRY(load("libsodium.so.23", "libsodium23", sodium, COUNT(sodium), f));
    TRY(load("libzstd.so.1", "libzstd1", zstd, COUNT(zstd), f));
    if (l.sodium_init() < 0)
        return fail(f, ERR_UNSUPPORTED, "the library libsodium23 cannot be used here");
    *ret = l;
    return ERR_OK;
}
