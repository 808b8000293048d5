#include "base/base.h"

#include <dlfcn.h>

const char *library_bind(const char *name, const library_symbol *rows, size_t n, void *into)
{
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (!library)
        return name;
    for (size_t i = 0; i < n; i++) {
        void *symbol = dlsym(library, rows[i].name);
        if (!symbol)
            return rows[i].name;
        memcpy((char *)into + rows[i].at, &symbol, sizeof symbol);
    }
    return NULL;
}
