/* web/special.h - private to the room: what the hand-made pages of records share. */
#ifndef WEB_SPECIAL_H
#define WEB_SPECIAL_H

#include "web/assure.h"
#include "web/record.h"

/* What may be done with a record next, by this person's role, as buttons. */
typedef struct {
    str  label, doc, to;
    bool asks;                /* it wants fields: a page of its own */
    crumb needs[GUARDS_MAX];  size_t n_needs;          /* of step_needs */
} step_button;
typedef struct {
    ask         *q;
    step_button *v;  size_t n;
    int64_t      version;
    str          back;        /* where the person comes back to */
} step_buttons;
/* None when the page shows the past. `only`: names of steps with blanks between; NULL: all. */
step_buttons steps_of(ask *q, const record_view *rec, str id, str back, const char *only);
void tpl_special_steps(buf *out, const step_buttons *v);

/* The record of {type}/{id}, when the type is this one; else ERR_NOT_FOUND, as for an address that is none. */
err_t special_read(ask *q, const char *type, record_view *ret) MUST_USE;
/* "/TYPE/ID/after" of the record asked for. */
str special_path(ask *q, const char *after);
/* The page's moment. */
static inline time_us moment_asked(const ask *q) { return q->as_of ? q->as_of : q->now; }
/* "'a', 'b'": texts as a list for IN; of none, one that nothing is. */
str quoted_list(ask *q, const row_table *t, size_t column);
/* A text cell that may be unknown, as text. */
static inline str cell_str(const row_table *t, size_t row, size_t column)
{
    str c = table_cell(t, row, column);
    return c.p ? c : S("");
}

#endif
