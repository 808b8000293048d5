/* web/auditor.h - private to the room: what templates/web/auditor.html.t is given. */
#ifndef WEB_AUDITOR_H
#define WEB_AUDITOR_H

#include "web/page.h"

/* Where to look, and what for. */
typedef struct {
    str         href;
    const char *label, *says;
} audit_place;

typedef struct {
    const engagement *e;
    state_mark   mark;
    str          kind, period, examines, says, owner, href;      /* says: what can be seen, or why nothing can */
    audit_place *v;  size_t n;
} audit_engagement;

typedef struct {
    ask              *q;
    audit_engagement *v;  size_t n;
} auditor_view;
void tpl_auditor(buf *out, const auditor_view *v);

#endif
