/* web/design.h - private to the room: what templates/web/design.html.t is given. */
#ifndef WEB_DESIGN_H
#define WEB_DESIGN_H

#include "web/chart.h"

typedef struct {
    ask  *q;
    strip strip;
    time_us from, to;
} design_view;
void tpl_design(buf *out, const design_view *v);
void tpl_design_forms(buf *out, const design_view *v);
void tpl_design_tables(buf *out, const design_view *v);

#endif
