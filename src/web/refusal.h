/* web/refusal.h - private to the room: what templates/web/refusal.html.t is given. */
#ifndef WEB_REFUSAL_H
#define WEB_REFUSAL_H

#include "web/page.h"

typedef struct {
    ask *q;
    int  status;
    str  what;
} refusal_view;
void tpl_refusal(buf *out, const refusal_view *v);

#endif
