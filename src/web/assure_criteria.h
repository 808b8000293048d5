/* web/assure_criteria.h - private to the room: what the pages of criteria are given. */
#ifndef WEB_ASSURE_CRITERIA_H
#define WEB_ASSURE_CRITERIA_H

#include "assess/assess.h"
#include "web/assure.h"

typedef struct {
    const criterion *c;
    state_mark       mark;
    bool             ran;
    str              href, note, tests_link, failing_link, unseen_link;
    int64_t          controls, tests, failing, unseen;
} criterion_line;

typedef struct {
    const char     *name;
    str             href;                /* the list of this category alone */
    tallies         states;
    criterion_line *v;
    size_t          n;
} criterion_group;

typedef struct {
    ask            *q;
    assessed        stamp;
    filter_bar      filters;
    criterion_group groups[CAT_COUNT_];
    size_t          n_groups, n_shown;
} criteria_view;
void tpl_assure_criteria(buf *out, const criteria_view *v);

typedef struct {
    const control *c;
    state_mark     mark;
    str            href, owner, owner_link, note;
    bool           primary;
    str            rationale;
    int64_t        tests, failing, unseen;
} covering;

typedef struct {
    ask             *q;
    assessed         stamp;
    const criterion *c;
    state_mark       mark;
    str              category_name, category_link, why, next, next_link;
    const char      *applies;
    str              reason, record_link, exclude_link, scope_reason, scope_link;     /* links empty: nothing was decided, or not for this person */
    bool             outside;            /* its category is out of scope */
    covering        *v;
    size_t           n;
    past_states      past;
} criterion_view;
void tpl_assure_criterion(buf *out, const criterion_view *v);

#endif
