/* web/record_query.h - private to the room: what the address of a list asks for. */
#ifndef WEB_RECORD_QUERY_H
#define WEB_RECORD_QUERY_H

#include "web/record.h"

enum { PAGE_ROWS = 50 };

/* ?FIELD=VALUE is; .not .has .before .after .under .over of a field; ?where= as on the command line; ?sort=-FIELD; ?page=. */
typedef struct {
    const relation *r;
    DA(record_filter) filters;
    DA(http_pair)     kept;   /* the filters as the address has them, for other addresses */
    size_t          sort[1];
    bool            descending[1];
    size_t          n_sort;
    int64_t         page_at;  /* from 1 on */
} list_query;

err_t list_query_read(ask *q, list_query *ret) MUST_USE;
record_query record_query_of(const list_query *lq, bool paged);
/* "/risk?state=open&sort=-due_at&page=2": `path` with the filters kept, and what else is not empty. */
str list_link(ask *q, const list_query *lq, const char *after, str sort, int64_t page_at);
/* The sort that a column's head asks for: the other way round when it is sorted by already. */
str sort_by(ask *q, const list_query *lq, size_t field_at);
str sort_now(ask *q, const list_query *lq);
/* What the address says of this parameter; empty when nothing. */
str kept_value(const list_query *lq, str name);

#endif
