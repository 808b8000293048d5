/* web/kept.h - private to the room: what the pages keep while the gate stands. */
#ifndef WEB_KEPT_H
#define WEB_KEPT_H

#include "oidc/oidc.h"
#include "web/search.h"

typedef struct {
    search_index *search;
    oidc         *provider;              /* NULL: none is configured */
} web_kept;

err_t     web_keep(gate *g, fault *f, void **ret) MUST_USE;
void      web_drop(void *kept);          /* accepts NULL */
web_kept *kept_of(ask *q);

#endif
