/* web/home.h - private to the room: what the templates of Home are given. */
#ifndef WEB_HOME_H
#define WEB_HOME_H

#include "web/chart.h"

enum { HOME_ROWS = 12, HOME_FAILING = 5, HOME_PERIOD_DAYS = 90 };

typedef struct {
    state_mark mark;
    int64_t    n;
    str        link;
} home_count;

typedef struct {
    const char *name;
    str         link;
    int64_t     by_state[STATE_COUNT_];
    home_count  counts[STATE_COUNT_];  size_t n_counts;
} home_category;

typedef struct {
    str        id, title, link;
    strip      strip;
    state_mark now;
    int64_t    worst;                    /* of the state it stands in; less is worse */
    time_us    since;                    /* it stands in it */
} home_control;

typedef struct {
    str         id, title, link, remedy, counts;
    const char *severity;
    int64_t     rank, exceptions;
} home_failing;

typedef struct {
    str  title, link, owner, when, moment;
    bool late;
} home_task;

typedef struct {
    str source, what, when, moment, link;
} home_silent;

typedef struct {
    str        title, link, when, moment;
    state_mark before, after;
} home_change;

typedef struct {
    str who, what, when, moment, link;
} home_deed;

typedef struct {
    ask    *q;
    bool    assessed, stale, may_run, may_manage;
    str     says, assessed_when, assessed_moment;
    int64_t results, people, policies, tasks, overdue, mine;
    size_t  n_sources, n_read, n_unread;     /* set up or seen; that have run; that have not yet */
    home_category categories[CAT_COUNT_];
    home_count    tests[STATE_COUNT_];  size_t n_tests;
    time_us       from, to;
    home_control *controls;  size_t n_controls, n_calm, n_asking;
    home_failing *failing;   size_t n_failing, n_failing_all;
    home_task    *own;       size_t n_own;
    home_task    *late;      size_t n_late;
    home_silent  *silent;    size_t n_silent;
    home_change  *changes;   size_t n_changes;
    home_deed    *deeds;     size_t n_deeds;
} home_view;
void tpl_home(buf *out, const home_view *v);
void tpl_home_period(buf *out, const home_view *v);
void tpl_home_due(buf *out, const home_view *v);
void tpl_home_work(buf *out, const home_view *v);
void tpl_home_unread(buf *out, const home_view *v);
void tpl_home_first(buf *out, const home_view *v);

#endif
