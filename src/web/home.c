/* Where we stand, what is due, what changed, what has gone silent. */
#include "web/page.h"

static err_t get_home(ask *q)
{
    page_open(q, &(page){ .title = S("Home"), .place = "/" });
    page_close(q);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/", PERMIT_PERSON, 0, ROUTE_CACHED, 0, get_home, "Where the program stands" },
};
ROUTE_TABLE(home_routes);
