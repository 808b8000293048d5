/* What needs no workspace: assets, and whether the server lives. */
#include "web/page.h"

static const struct {
    const char *ending, *media;
} medias[] = {
    { ".css", "text/css; charset=utf-8" }, { ".js", "text/javascript; charset=utf-8" }, { ".svg", "image/svg+xml" },
};

static err_t get_asset(ask *q)
{
    const asset *as = asset_find(str_fmt(q->a, "assets/" STR_FMT, STR_ARG(q->params[0])));
    for (size_t i = 0; as && i < COUNT(medias); i++)
        if (str_ends(q->params[0], str_of(medias[i].ending)) && http_asset(q->rq, q->rs, as, str_of(medias[i].media)))
            return ERR_OK;
    return fail(&q->f, ERR_NOT_FOUND, "there is no such file");
}

static err_t get_health(ask *q)
{
    q->rs->media = S("text/plain; charset=utf-8");
    q->rs->fixed = S("ok\n");
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/assets/{name}", PERMIT_PUBLIC, 0, ROUTE_NO_STORE_OPEN, 0, get_asset, "Styles and scripts of the pages" },
    { HTTP_GET, "/healthz", PERMIT_PUBLIC, 0, ROUTE_NO_STORE_OPEN, 0, get_health, "Whether the server answers" },
};
ROUTE_TABLE(asset_routes);
