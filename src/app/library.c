/* The texts of the program, with what only this room can check of them. */
#include "app/workspace.h"

static bool control_known(void *arg, str id)
{
    return control_find(((workspace *)arg)->content, id) != NULL;
}

static bool criterion_known(void *arg, str id)
{
    return criterion_find(((workspace *)arg)->content, id) != NULL;
}

static err_t query_check(void *arg, arena *a, str sql, fault *f, str **ret_tables, size_t *ret_n)
{
    (void)arg;
    return sandbox_check(a, sql, false, f, ret_tables, ret_n);
}

library_options ws_library_options(workspace *ws)
{
    return (library_options){ ws_path(ws->a, ws, "content"), control_known, criterion_known, query_check, ws };
}

err_t app_library(workspace *ws, fault *f, const library **ret)
{
    const content *ct;
    TRY(app_content(ws, f, &ct));
    if (!ws->library) {
        const library_options o = ws_library_options(ws);
        TRY(library_load(ws->a, &o, f, &ws->library));
    }
    *ret = ws->library;
    return ERR_OK;
}

/* Who is asked about a text: the holder of the duty, as no address is known here. */
err_t app_library_page(workspace *ws, arena *a, str path, fault *f, str *ret)
{
    const library *l;
    str            id = path, kind = str_cut(&id, '/');
    TRY(app_library(ws, f, &l));
    const library_words w = { .organisation = ws->name, .contact = S("the security officer") };
    if (!id.p || !library_page(a, l, &w, kind, id, ret))
        return fail(f, ERR_NOT_FOUND, "there is no text \"" STR_FMT "\"; see: attest library list", STR_ARG(path));
    return ERR_OK;
}
