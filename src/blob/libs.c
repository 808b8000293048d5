#include "blob/parts.h"

typedef struct {
    const char           *file, *package;
    const library_symbol *rows;
    size_t                n;
} library;

#define ROW(name) { #name, offsetof(blob_libs, name) },
static const library_symbol sodium[] = { SODIUM_FUNCTIONS(ROW) }, zstd[] = { ZSTD_FUNCTIONS(ROW) };

static const library libraries[] = {
    { "libsodium.so.23", "libsodium23", sodium, COUNT(sodium) },
    { "libzstd.so.1", "libzstd1", zstd, COUNT(zstd) },
};

err_t libs_load(blob_libs *ret, fault *f)
{
    for (size_t i = 0; i < COUNT(libraries); i++) {
        const library *l = &libraries[i];
        const char    *missing = library_bind(l->file, l->rows, l->n, ret);
        if (missing)
            return fail(f, ERR_UNSUPPORTED, "files of evidence need the library %s, and %s is not here (apt install %s)", l->package, missing,
                        l->package);
    }
    return ret->sodium_init() >= 0 ? ERR_OK : fail(f, ERR_UNSUPPORTED, "the library libsodium23 cannot be used here");
}
