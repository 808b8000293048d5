/* web/calendar.h - private to the room: what the pages of the calendar and of the heat map of risks are given. */
#ifndef WEB_CALENDAR_H
#define WEB_CALENDAR_H

#include "web/chart.h"
#include "web/special.h"

typedef struct {
    str  title, brief, href, what, time;
    bool late;
} calendar_item;

typedef struct {
    str            label, anchor, long_label;
    int            day;       /* of its month */
    bool           out, today;
    calendar_item *v;  size_t n;
} calendar_day;

enum { CALENDAR_DAYS = 42, CALENDAR_SHOWN = 3, CALENDAR_MAX = 1000 };

typedef struct {
    ask         *q;
    calendar_day days[CALENDAR_DAYS];  size_t n_days;  /* whole weeks */
    str          month, before, after, now, csv;
    size_t       n, n_list;
    bool         cut;         /* more than CALENDAR_MAX */
} calendar_view;
void tpl_calendar(buf *out, const calendar_view *v);

typedef struct {
    int64_t     n;
    str         href, label;
    const char *css;
} heat_cell;

typedef struct {
    const char *title, *says;
    heat_cell   v[5][5];      /* likelihood 5 first, impact 1 first */
    int64_t     unscored;
    str         unscored_href;
} heat_map;

typedef struct {
    str        id, href, title, owner, owner_href, treatment, due, accepted;
    state_mark mark;
    int64_t    inherent, residual;
    bool       due_late, accepted_late;
    const char *css;
} top_risk;

typedef struct {
    ask      *q;
    heat_map  maps[2];
    top_risk *top;  size_t n_top;
    int64_t   total;
    bool      may_add;
} risks_view;
void tpl_risks(buf *out, const risks_view *v);

#endif
