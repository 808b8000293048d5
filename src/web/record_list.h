/* web/record_list.h - private to the room: what templates/web/record_list.html.t is given. */
#ifndef WEB_RECORD_LIST_H
#define WEB_RECORD_LIST_H

#include "web/record_query.h"

typedef struct {
    str         label, href;  /* href: the list sorted by it */
    const char *sorted;       /* of aria-sort; NULL: not by this one */
    bool        number;
} list_column;

typedef struct {
    str   id, href;
    cell *cells;              /* n_columns - 1: without the id */
} list_row;

/* One input of the filter. */
typedef struct {
    str           name, label, text;
    const option *options;  size_t n_options;          /* none: a text or a day */
    const char   *type;       /* "search", "date", "number", "select" */
} list_filter;

/* Something that can be done with the records ticked. */
typedef struct {
    str value, label;
} list_deed;

typedef struct {
    ask              *q;
    const relation   *r;
    const list_query *lq;
    list_column      *columns;  size_t n_columns;      /* the id first */
    size_t            title_at;  /* which of the cells names the record; SIZE_MAX: none, the id does */
    int64_t           left_out;          /* more that fit and are outside of an auditor's engagement */
    list_row         *rows;     size_t n_rows;
    int64_t           total, first, last, pages;
    list_filter      *filters;  size_t n_filters, n_shown;             /* the first n_shown stand open */
    bool              more_open;
    list_deed        *steps;    size_t n_steps;
    list_deed        *fields;   size_t n_fields;
    tab              *beside;   size_t n_beside;       /* the registers of its group; none when it stands alone */
    str               back, on, csv, json, add, none, clear, action, import, one, many, shown;
} list_view;
void tpl_record_list(buf *out, const list_view *v);

#endif
