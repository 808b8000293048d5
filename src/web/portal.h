/* web/portal.h - private to the room: what everybody who works here does for the program. */
#ifndef WEB_PORTAL_H
#define WEB_PORTAL_H

#include "web/record.h"

/* A query of sql/web about the person who asks. */
err_t portal_rows(ask *q, const char *path, row_table *ret) MUST_USE;
/* "/task/TASK-1" of "task/TASK-1"; policies, courses and steps where the portal shows them. */
str   portal_link(ask *q, str record);
/* "in 3 days", and whether the day has passed; empty when there is none. */
str   portal_due(ask *q, time_us due);
static inline bool portal_late(const ask *q, time_us due) { return due > 0 && due < q->now; }
void  portal_open(ask *q, str title, str lead, const char *script);

typedef struct {
    ask      *q;
    row_table tasks, policies, courses, reviews, things, asked, done, profile;
    const relation **kept;  size_t n_kept;             /* registers that a role of the organisation's own opens to a member */
} portal_view;
void tpl_portal(buf *out, const portal_view *v);

/* A policy to read, or a course. */
typedef struct {
    ask    *q;
    str     id, title, state, body, changes, digest, approver, fault;
    int64_t version, score, pass_score;
    time_us published_at, accepted_at, due_at, completed_at;
    const library_course *course;        /* NULL: no quiz here */
} read_view;
void tpl_portal_policy(buf *out, const read_view *v);
void tpl_portal_course(buf *out, const read_view *v);

typedef struct {
    ask          *q;
    str           id, title, fault;
    const library_course *course;
    const size_t *answers;               /* of the form; NULL: none yet */
    quiz_done     done;
    bool          judged;
} quiz_view;
void tpl_quiz(buf *out, const quiz_view *v);
void tpl_quiz_done(buf *out, const quiz_view *v);

/* A short form: to report, or to ask for something. */
typedef struct {
    ask        *q;
    const form *fm;
    const char *path, *button;
} asking_view;
void tpl_portal_asking(buf *out, const asking_view *v);

#endif
