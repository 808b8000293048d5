/* web/populations.h - private to the room: what the pages of populations are given. */
#ifndef WEB_POPULATIONS_H
#define WEB_POPULATIONS_H

#include "assess/assess.h"
#include "web/assure.h"

typedef struct {
    const library_population *p;
    str                       href;
    const crumb              *criteria;  size_t n_criteria;
    str                       hidden;    /* why it is not for this person; empty: it is */
} population_line;

typedef struct {
    ask             *q;
    population_line *v;
    size_t           n;
} populations_view;
void tpl_populations(buf *out, const populations_view *v);

typedef struct {
    str        name, observed, expected;
    state_mark mark;
} population_check;

typedef struct {
    ask                  *q;
    const population_view *p;
    population_line       line;
    str                   from, to, as_of, csv_link, reason, path;
    population_check     *checks;  size_t n_checks;
    str                  *cells;   size_t n_rows;      /* of this page; .p NULL: unknown */
    pager                 pages;
    const str            *stale;   size_t n_stale;     /* why what was read is not fresh */
} population_page_view;
void tpl_population(buf *out, const population_page_view *v);

#endif
