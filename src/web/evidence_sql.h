/* web/evidence_sql.h - private to the room: what the console of queries is given. */
#ifndef WEB_EVIDENCE_SQL_H
#define WEB_EVIDENCE_SQL_H

#include "web/assure.h"

typedef struct {
    const relation *r;
    str             href;
    bool            open;
} relation_help;

typedef struct {
    ask           *q;
    str            sql, why, took, csv_link;           /* why: of a query that was refused; empty: none */
    bool           ran;
    str           *head;   size_t n_head;
    str           *cells;  size_t n_rows;
    int64_t        total;                /* rows it gives; more than are shown are counted to the limit */
    bool           more;                 /* there are more than were read */
    relation_help *relations;  size_t n_relations;
} sql_view;
void tpl_evidence_sql(buf *out, const sql_view *v);

#endif
