#include "web/kept.h"

#include "web/oidc_sign_in.h"

#include <stdlib.h>

err_t web_keep(gate *g, fault *f, void **ret)
{
    web_kept *k = calloc(1, sizeof *k);
    if (!k)
        abort();
    err_t e = provider_open(g, f, &k->provider);
    if (e != ERR_OK) {
        free(k);
        return e;
    }
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
    oidc_close(k->provider);
    free(k);
}

web_kept *kept_of(ask *q) { return gate_kept(q->g, &web_front); }
