#include "base/base.h"

const asset *asset_find(str path)
{
    size_t lo = 0, hi = n_assets;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int    c = str_cmp(path, str_of(assets[mid].path));
        if (c == 0)
            return &assets[mid];
        if (c < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return NULL;
}
