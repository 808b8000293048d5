#include "web/kept.h"

#include <stdlib.h>

err_t web_keep(gate *g, fault *f, void **ret)
{
    web_kept *k = calloc(1, sizeof *k);
    (void)g, (void)f;
    if (!k)
        abort();
    k->search = search_index_new();
    *ret = k;
    return ERR_OK;
}

void web_drop(void *kept)
{
    web_kept *k = kept;
    if (!k)
        return;
    search_index_free(k->search);
    free(k);
}

web_kept *kept_of(ask *q) { return gate_kept(q->g, &web_front); }
