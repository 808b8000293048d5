/* Adding, running and removing sources. This process sees the workspace alone, so the supervisor looks at what is
 * named and changes the configuration; a program is never added from here. */
#include "web/evidence_sources.h"
#include "web/sign_in.h"

static const crumb above[] = { { { "/sources", 8 }, { "Sources", 7 } } };

/* ---- add --------------------------------------------------------------------------------------- */

static bool configured(const source_row *v, size_t n, str id)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(v[i].id, id))
            return true;
    return false;
}

static err_t show_add(ask *q, source_add_view *v)
{
    source_row *list;
    size_t      n;
    TRY(source_list(q->ws, q->a, &q->f, &list, &n));
    v->v = NEW_ARRAY(q->a, source_offer, n_collect_sources);
    for (size_t i = 0; i < n_collect_sources; i++) {
        str kind = str_of(collect_sources[i].name);
        v->v[v->n++] = (source_offer){ kind, str_of(collect_sources[i].doc), configured(list, n, kind) };
    }
    page_open(q, &(page){ .title = S("Add a source"), .place = "/sources", .crumbs = above, .n_crumbs = COUNT(above), .no_as_of = true,
                          .lead = S("It is read with the rights of attest serve on the machine that serves this page, at once and then at its times.") });
    tpl_evidence_source_add(&q->rs->body, v);
    page_close(q);
    return ERR_OK;
}

static err_t get_add(ask *q)
{
    source_add_view v = { .q = q, .kind = ask_query(q, "kind") };
    return fresh_or_prove(q, "/sources/add") ? show_add(q, &v) : ERR_OK;
}

/* What the person can mend comes with the form; the rest is a failure. */
static bool to_mend(err_t e)
{
    return e == ERR_USAGE || e == ERR_INVALID || e == ERR_NOT_FOUND || e == ERR_DENIED || e == ERR_CONFLICT;
}

static err_t post_add(ask *q)
{
    source_add_view v = { .q = q, .kind = ask_field(q, "kind"), .argument = str_trim(ask_field(q, "argument")) };
    fault           here = { 0 };
    str             id;
    if (!str_eq(v.kind, S("git")))
        v.argument = S("");              /* the path belongs to the repository; another choice leaves it in its input */
    err_t e = ask_errand(q, "source-add", (str[]){ v.kind, v.argument }, 2, &here, &id);
    if (e == ERR_OK)
        return page_done(q, source_path(q, "/sources/of", id), "added");
    if (!to_mend(e))
        return fail(&q->f, e, "%s", here.text);
    q->rs->status = 422;
    v.fault = str_dup(q->a, str_of(here.text));
    return show_add(q, &v);
}

/* ---- run and remove -------------------------------------------------------------------------------- */

static err_t post_run(ask *q)
{
    source_row s;
    TRY(source_named(q->ws, q->a, ask_field(q, "id"), &q->f, &s));
    TRY(gate_job_of(q->g, q->a, S("collect"), s.id, &q->f));
    return page_done(q, source_path(q, "/sources/of", s.id), "started");
}

static err_t get_remove(ask *q)
{
    source_remove_view v = { .q = q, .id = ask_query(q, "id") };
    source_row         s;
    fault              none = { 0 };
    row_table          runs = { 0 };
    if (!fresh_or_prove(q, source_path(q, "/sources/remove", v.id).p))
        return ERR_OK;
    v.configured = source_named(q->ws, q->a, v.id, &none, &s) == ERR_OK;
    TRY(rows_of(q, "sql/web/source_runs.sql", NULL, 0, &runs));
    if (!v.configured && row_of(&runs, v.id) < 0)
        return fail(&q->f, ERR_NOT_FOUND, "there is no source \"" STR_FMT "\"", STR_ARG(utf8_cut(v.id, 200)));
    v.program = v.configured && str_eq(s.kind, S("exec"));
    v.back = source_path(q, "/sources/of", v.id);
    page_open(q, &(page){ .title = S("Remove a source"), .place = "/sources", .crumbs = above, .n_crumbs = COUNT(above), .no_as_of = true,
                          .lead = S("What is no longer looked at is no longer known.") });
    tpl_evidence_source_remove(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static err_t post_remove(ask *q)
{
    str id = ask_field(q, "id"), says;
    TRY(ask_errand(q, "source-remove", &id, 1, &q->f, &says));
    return page_done(q, S("/sources"), "removed");
}

static const route rows[] = {
    { HTTP_GET, "/sources/add", PERMIT_OWNER, 0, 0, 0, get_add, "The form that adds a source" },
    { HTTP_POST, "/sources/add", PERMIT_OWNER, 16 << 10, ROUTE_FRESH, 0, post_add, "Add a source; never a program" },
    { HTTP_POST, "/sources/run", PERMIT_MANAGER, 16 << 10, 0, 0, post_run, "Collect one source now" },
    { HTTP_GET, "/sources/remove", PERMIT_OWNER, 0, 0, 0, get_remove, "What removing a source means" },
    { HTTP_POST, "/sources/remove", PERMIT_OWNER, 16 << 10, ROUTE_FRESH, 0, post_remove, "Remove a source and close its rows" },
};
ROUTE_TABLE(evidence_sources_edit_routes);
