/* web/record_edit.h - private to the room: what the forms over records are given. */
#ifndef WEB_RECORD_EDIT_H
#define WEB_RECORD_EDIT_H

#include "web/record.h"

/* One form with its button: adding, editing, a step, attaching. */
typedef struct {
    ask        *q;
    const form *fm;
    str         action, button, back, intro, rules;
    const crumb *needs;  size_t n_needs; /* of step_needs */
    int64_t     version;      /* that the form was made from; 0: none */
    bool        files;        /* sent as multipart */
    bool        danger;
    const str  *ids;  size_t n_ids;      /* of many at once; none: the address says which */
    const str  *titles;       /* of those */
    str         deed;         /* "do.approve", "set.owner" of many at once */
} form_page;
void tpl_record_form(buf *out, const form_page *v);

/* A field that two people changed at once. */
typedef struct {
    str name, label, base, theirs, mine;               /* as people read them */
    str theirs_text, mine_text;                        /* as they are sent */
} conflict_row;

typedef struct {
    ask          *q;
    str           action, back, by, ago, reason;
    int64_t       version;
    conflict_row *both;    size_t n_both;
    conflict_row *theirs;  size_t n_theirs;            /* changed by them alone */
    conflict_row *mine;    size_t n_mine;              /* changed by us alone */
} conflict_view;
void tpl_record_conflict(buf *out, const conflict_view *v);

/* Opens the page with its title and crumbs, puts the form, closes it. */
err_t form_page_put(ask *q, const relation *r, str title, str lead, const form_page *v) MUST_USE;

#endif
