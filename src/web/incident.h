/* web/incident.h - private to the room: what the time line of an incident is given. */
#ifndef WEB_INCIDENT_H
#define WEB_INCIDENT_H

#include "web/special.h"

enum { INCIDENT_EVENTS = 500 };

typedef struct {
    time_us at;
    str     when, what, words, who, href;
    bool    phase;
} incident_moment;

typedef struct {
    str        regime, href, recipient, owner, due, left, reason;
    state_mark mark;
    bool       late;
} incident_clock;

typedef struct {
    ask             *q;
    str              id, action, lasted, commander, commander_href, severity;
    incident_moment *v;       size_t n;
    incident_clock  *clocks;  size_t n_clocks;
    const form      *fm;      /* NULL: this person adds nothing, or the page shows the past */
    step_buttons     steps;
    bool             cut;
} incident_view;
void tpl_incident(buf *out, const incident_view *v);

#endif
