/* web/review.h - private to the room: what the workbench of an access review is given. */
#ifndef WEB_REVIEW_H
#define WEB_REVIEW_H

#include "web/special.h"

typedef struct {
    str        id, version, login, href, holder, holder_href, holder_says, last_seen, rights, matrix, before, decided, why, verify;
    str        choice, reason;           /* as typed */
    state_mark mark;
    bool       own, privileged, open;    /* open: this person may decide it here */
} review_row;

/* Accounts that are alike in what matters. */
typedef struct {
    const char *key, *title, *says;
    review_row *v;  size_t n;
    str         all, all_reason;         /* as typed */
    bool        open;
} review_group;

typedef struct {
    ask          *q;
    str           id, action, system, reviewer, due, due_ago, before, before_href, proof;
    bool          late, mine, running;
    int64_t       accounts, pending, carry, kept, revoked, changed;
    review_group *groups;  size_t n_groups;
    str          *faults;  size_t n_faults;            /* what is wrong with which decision */
    size_t        n_refused;
    step_buttons  steps;
    pager         pages;
    bool          any_open;
} review_view;
void tpl_review(buf *out, const review_view *v);
void tpl_review_group(buf *out, const review_view *v, const review_group *g);
void tpl_review_row(buf *out, const review_row *v);

#endif
