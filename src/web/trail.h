/* web/trail.h - private to the room: what the pages of the audit trail are given. */
#ifndef WEB_TRAIL_H
#define WEB_TRAIL_H

#include "web/evidence_facts.h"
#include "web/record.h"

typedef struct {
    int64_t seq, opened, closed;
    str     href, when, ago, actor, actor_link, action, reason, relations;      /* relations: "risk, task" */
} trail_line;

typedef struct {
    ask        *q;
    tab         tabs[4];
    filter_bar  filters;
    trail_line *v;
    size_t      n;
    str         older, newest, csv_link;
} trail_view;
void tpl_trail(buf *out, const trail_view *v);

typedef struct {
    str  when, ago, kind, person, person_link, about, address;
    bool went_well;
    int64_t times;
} access_line;

typedef struct {
    ask         *q;
    tab          tabs[4];
    filter_bar   filters;
    access_line *v;
    size_t       n;
    str          older, newest, csv_link;
} access_view;
void tpl_trail_access(buf *out, const access_view *v);

/* One row that a commit wrote. */
typedef struct {
    str         key, href, source;
    const char *what;                    /* "added", "changed", "ended", "erased" */
    const str  *changes;  size_t n_changes;
} row_change;

typedef struct {
    str         name, href;
    int64_t     opened, closed;
    row_change *v;  size_t n;
    int64_t     left_out;                /* versions opened that are outside of an auditor's engagement */
    bool        shown, more, hidden;     /* hidden: not for this person */
} relation_change;

typedef struct {
    ask             *q;
    int64_t          seq;
    str              when, ago, actor, actor_link, action, reason, leaf, proof_link, before, after;
    relation_change *v;  size_t n;
    const str       *erased;  size_t n_erased;
} commit_view;
void tpl_trail_commit(buf *out, const commit_view *v);

/* The tabs of the trail; `here`: the name of the one that is open. */
void trail_tabs(ask *q, const char *here, tab ret[4]);

#endif
