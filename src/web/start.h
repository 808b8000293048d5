/* web/start.h - private to the room: what templates/web/start.html.t is given. */
#ifndef WEB_START_H
#define WEB_START_H

#include "web/page.h"

typedef struct {
    ask *q;
    str  secret, person;      /* person empty: nobody is known yet */
} start_view;
void tpl_start(buf *out, const start_view *v);

#endif
