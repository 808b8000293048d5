/* web/assure_exceptions.h - private to the room: what the page of exceptions is given. */
#ifndef WEB_ASSURE_EXCEPTIONS_H
#define WEB_ASSURE_EXCEPTIONS_H

#include "web/assure_tests.h"

typedef struct {
    const control_test *t;               /* NULL: a test that is no more */
    str                 test, test_link, item, item_link, reason, observed, expected, since, ago, waiver, waiver_link, waived_until, waive_link;
    str                 owner, owner_link;
} exception_line;

typedef struct {
    ask            *q;
    assessed        stamp;
    filter_bar      filters;
    exception_line *v;
    size_t          n;
    int64_t         tests, waived;
    str             waived_link, csv_link;
    pager           pages;
    bool            may_waive;
} exceptions_view;
void tpl_assure_exceptions(buf *out, const exceptions_view *v);

#endif
