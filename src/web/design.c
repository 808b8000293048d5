/* The design system on one page: for those who write pages and own content. */
#include "web/design.h"

static err_t get_design(ask *q)
{
    time_us          to = q->now;
    const strip_span spans[] = {
        { to - DAYS(80), to - DAYS(61), STATE_PASS }, { to - DAYS(61), to - DAYS(47), STATE_FAIL }, { to - DAYS(47), to - DAYS(30), STATE_PASS },
        { to - DAYS(30), to - DAYS(22), STATE_NO_DATA }, { to - DAYS(22), to, STATE_PASS },
    };
    const time_us marks[] = { to - DAYS(61), to - DAYS(55) };
    design_view   v = { .q = q, .from = to - DAYS(90), .to = to };
    v.strip = (strip){ S("An example"), v.from, to, spans, COUNT(spans), marks, COUNT(marks) };
    const page_action actions[] = { { "The main step", S("/design"), false, "" }, { "Another", S("/design"), false, "plain" }, { "With consequences", S("/design"), false, "danger" } };
    const crumb       crumbs[] = { { S("/"), S("Home") } };
    page_open(q, &(page){ .title = S("Design"), .crumbs = crumbs, .n_crumbs = COUNT(crumbs), .standing = state_mark_of(S("pass")), .actions = actions,
                          .n_actions = COUNT(actions), .lead = S("What pages are made of: assets/attest.css, each class with an example."), .no_as_of = true });
    tpl_design(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/design", PERMIT_PERSON, 0, ROUTE_CACHED, 0, get_design, "The design system, each component with an example" },
};
ROUTE_TABLE(design_routes);
