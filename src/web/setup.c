/* The first program, for an owner of a workspace that has none. */
#include "web/start.h"

static err_t none_yet(ask *q)
{
    bool before;
    TRY(app_is_set_up(q->ws, &q->f, &before));
    return before ? fail(&q->f, ERR_CONFLICT, "The program was set up already. Change it record by record, under Registers.") : ERR_OK;
}

static err_t show(ask *q, const start_view *v)
{
    page_open(q, &(page){ .title = S("Set up the program"), .place = "/", .no_as_of = true,
                          .lead = S("Three answers make a first program: policies as drafts, controls with an owner, courses, and the tasks that follow. "
                                    "Everything can be changed later.") });
    tpl_setup(&q->rs->body, v);
    page_close(q);
    return ERR_OK;
}

static err_t get_setup(ask *q)
{
    start_view v = { .q = q };
    TRY(none_yet(q));
    return show(q, &v);
}

static err_t set_up(ask *q, const start_view *v, fault *f)
{
    workspace    *ws;
    setup_done    done;
    setup_answers in = { .who = &q->who, .service = v->service, .categories = v->categories, .contact = v->contact };
    TRY(setup_check(&in, f));
    TRY(ask_writer(q, &ws));
    TRY(app_setup(ws, q->a, &in, f, &done));
    start_assess(q);
    return ERR_OK;
}

static err_t post_setup(ask *q)
{
    start_view v = { .q = q };
    fault      here = { 0 };
    start_answers(q, &v);
    err_t e = set_up(q, &v, &here);
    if (e == ERR_OK)
        return page_done(q, S("/"), "saved");
    if (e != ERR_USAGE && e != ERR_INVALID)
        return fail(&q->f, e, "%s", here.text);
    q->rs->status = 422;
    v.fault = str_dup(q->a, str_of(here.text));
    return show(q, &v);
}

static const route rows[] = {
    { HTTP_GET, "/setup", PERMIT_OWNER, 0, 0, 0, get_setup, "The questions a first program is made from" },
    { HTTP_POST, "/setup", PERMIT_OWNER, 16 << 10, ROUTE_SLOW, 0, post_setup, "Set up the first program" },
};
ROUTE_TABLE(setup_routes);
