/* The one-time link: how the first person gets in, and how one who lost everything does. */
#include "web/page.h"

#include "web/start.h"

err_t web_start_link(auth *au, arena *a, str origin, str person, time_us lasts, fault *f, str *ret_url)
{
    str secret;
    TRY(auth_once_put(au, a, "start", person, lasts, f, &secret));
    *ret_url = str_fmt(a, STR_FMT "/start/" STR_FMT, STR_ARG(origin), STR_ARG(secret));
    return ERR_OK;
}

static err_t get_start(ask *q)
{
    start_view v = { .q = q, .secret = q->params[0] };
    TRY(auth_once_look(gate_auth(q->g), q->a, "start", q->params[0], &q->f, &v.person));
    page_open(q, &(page){ .title = S("Welcome"), .bare = true, .no_as_of = true });
    tpl_start(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static err_t post_start(ask *q)
{
    str       person, name;
    principal who;
    TRY(auth_once_look(gate_auth(q->g), q->a, "start", q->params[0], &q->f, &person));
    TRY(app_person(q->ws, q->a, person, &q->f, &who, &name));
    TRY(auth_once_take(gate_auth(q->g), q->a, "start", q->params[0], &q->f, &person));
    auth_session s = { .person = person, .stage = STAGE_ENROL, .method = S("link"), .proven_at = q->now };
    TRY(ask_sign_in(q, &s));
    http_redirect(q->rs, 303, S("/account/enrol"));
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/start/{secret}", PERMIT_PUBLIC, 0, 0, 0, get_start, "Open a one-time link" },
    { HTTP_POST, "/start/{secret}", PERMIT_PUBLIC, 16 << 10, ROUTE_NO_CSRF, 0, post_start, "Use a one-time link" },
};
ROUTE_TABLE(start_routes);
