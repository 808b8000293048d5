/* api/parts.h - private to the room: what handlers share.
 *
 * Each file has its rows as a ROUTE_TABLE: the route, and what OpenAPI says of it
 * beside its pattern and summary. */
#ifndef API_PARTS_H
#define API_PARTS_H

#include "api/api.h"

#include <string.h>

/* What a route takes and gives, for OpenAPI; index-parallel to the rows of the table. */
typedef struct {
    const char *query;        /* parameters of the query, with blanks between: names of api_parameters */
    const char *takes;        /* schema of the body; "record": of the type; NULL: none */
    const char *gives;        /* schema of the answer; "record", "records"; NULL: no JSON */
} api_doc;

typedef struct {
    const char        *tag;   /* "Records" */
    const route_table *table;
    const api_doc     *docs;
} api_part;
extern const api_part api_parts[];
extern const size_t   n_api_parts;

/* What a body holds. Members with a letter for their kind: t text, T time, i integer, b boolean, a array of texts, o object,
 * * list of `item`. A capital N after it: may be null. */
typedef struct {
    const char *name, *doc, *members, *item;
} api_schema;
extern const api_schema api_schemas[];
extern const size_t     n_api_schemas;

typedef struct {
    const char *name, *doc, *kind;       /* of the query; kind as JSON Schema has it */
} api_parameter;
extern const api_parameter api_parameters[];
extern const size_t        n_api_parameters;

/* A writer on the answer, which becomes JSON. */
json_writer answer_json(ask *q);
/* A value of a field: number, boolean, RFC 3339 or text; null when unknown. */
void put_value(ask *q, json_writer *w, const field *fd, const value *v);
void put_ktime(ask *q, json_writer *w, const char *key, time_us t);       /* 0: null */
void put_kmoment(ask *q, json_writer *w, const char *key, str cell);      /* a time of a query; .p NULL or 0: null */
void put_kcell(json_writer *w, const char *key, str cell);                /* .p NULL: null */

/* The body as an object; ERR_INVALID with what is wrong and where. */
err_t body_object(ask *q, json_parts *ret) MUST_USE;
/* {"id":..., "fields":{...}, "reason":...}: each may be missing unless it is wanted. */
typedef struct {
    str         id, reason;
    assignment *set;
    size_t      n;
} change_body;
err_t body_change(ask *q, const relation *r, change_body *ret) MUST_USE;

/* The page of a list: ?limit= (1 to 1,000; 100) and ?cursor=. Fixes q->as_of to the moment of the first page. */
typedef struct {
    int64_t limit, offset;
    time_us moment;
} list_page;
err_t page_wanted(ask *q, list_page *ret) MUST_USE;
/* "next": the cursor of what follows, or null. */
void  put_next(ask *q, json_writer *w, const list_page *p, size_t shown, int64_t total);

/* Rows of a query of sql/ as {"items":[{column: text or number}...]}; `kinds`: a letter a column: t(ext) i(nteger) T(ime) b(oolean). */
err_t answer_rows(ask *q, const char *path, const sql_hole *holes, size_t n, const char *kinds) MUST_USE;

/* "faults": those of a file, by line. */
void put_line_faults(json_writer *w, const import_report *rep);
/* The faults of a change become those of the answer. */
void take_faults(ask *q, const record_done *done);

#endif
