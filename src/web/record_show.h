/* web/record_show.h - private to the room: what the pages of one record are given. */
#ifndef WEB_RECORD_SHOW_H
#define WEB_RECORD_SHOW_H

#include "web/record.h"

typedef struct {
    str  label, doc;
    cell value;
} shown_field;

typedef struct {
    str  name, label, doc, rules, to;
    bool asks;                /* it wants fields or a reason: a page of its own */
    bool mine;                /* by role */
    crumb needs[GUARDS_MAX];  size_t n_needs;          /* of step_needs */
} shown_step;

typedef struct {
    str         id, href, text, who, when, ago;
    const char *before, *after;          /* of a link: what stands around it */
} shown_thing;

typedef struct {
    str     label, href;
    int64_t n;
} shown_child;

/* One version: who, when, and what it changed. */
typedef struct {
    str label, before, after;
    bool added, removed, large;
} shown_change;
typedef struct {
    str                 who, actor, action, reason, when, ago, commit, proof, summary;
    int64_t             seq;
    const shown_change *v;  size_t n;
} shown_version;

typedef struct {
    ask            *q;
    record_view     rec;
    names          *named;
    str             id, title, about;
    shown_field    *fields, *texts;  size_t n_fields, n_texts;
    str             unknown;
    shown_step     *steps;  size_t n_steps, n_mine;
    shown_thing    *evidence, *tasks, *links, *comments;
    size_t          n_evidence, n_tasks, n_links, n_comments;
    shown_child    *children;  size_t n_children;
    shown_version  *versions;  size_t n_versions;
    const duty     *owed;                              /* of a task that a duty asks for; NULL: none */
    crumb          *looks;  size_t n_looks;            /* the registers it looks at */
    str             since, since_ago, by, history, proof, attach, comment, link, file, add_task;
} show_view;
void tpl_record_show(buf *out, const show_view *v);
void tpl_record_thing(buf *out, const shown_thing *th);        /* a link; a word where href is empty */
void tpl_record_versions(buf *out, const shown_version *v, size_t n);

typedef struct {
    ask           *q;
    str            id, back;
    shown_version *v;  size_t n;
} history_view;
void tpl_record_history(buf *out, const history_view *v);

/* Versions, newest first, up to `max`; the actors' names and what fields name are noted in `n` first and put in by versions_fill. */
err_t versions_read(ask *q, const relation *r, str id, record_change **ret, size_t *ret_n) MUST_USE;
void   versions_want(names *n, const relation *r, const record_change *v, size_t n_v);
size_t versions_fill(ask *q, names *n, const relation *r, str id, const record_change *v, size_t n_v, size_t max, shown_version **ret);
#endif
