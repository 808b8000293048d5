/* web/evidence_facts.h - private to the room: what the browser of facts is given. */
#ifndef WEB_EVIDENCE_FACTS_H
#define WEB_EVIDENCE_FACTS_H

#include "web/assure.h"

typedef struct {
    const relation *r;
    str             href, seen, ago;
    int64_t         n, sources, failing;
} relation_line;

typedef struct {
    ask           *q;
    tab            tabs[3];
    relation_line *v;
    size_t         n;
    bool           collected;            /* facts: they come from sources */
} facts_view;
void tpl_evidence_facts(buf *out, const facts_view *v);

typedef struct {
    ask             *q;
    const relation  *r;
    filter_bar       filters;
    const field    **head;  size_t n_head;
    str             *cells;  size_t n_rows;            /* row by row; .p NULL: unknown */
    str             *links;
    pager            pages;
    size_t           n_more;             /* fields that are not shown */
    str              sql_link;
} facts_rows_view;
void tpl_evidence_rows(buf *out, const facts_rows_view *v);

/* One field of one version. */
typedef struct {
    const field *fd;
    str          text, href;             /* text.p NULL: unknown */
} fact_field;

typedef struct {
    str           source, from, ago, to, actor, action, reason, href;      /* to empty: still so */
    int64_t       seq;
    const str    *changes;  size_t n_changes;          /* "field: before -> after" */
    bool          first;                 /* of its source */
} fact_version;

typedef struct {
    ask             *q;
    const relation  *r;
    str              key, source, since, until, record_link, source_link, proof_link, commit_link;
    fact_field      *fields;
    fact_version    *v;  size_t n;
    bool             more, current;
    const crumb     *tests;  size_t n_tests;
    const crumb     *others;  size_t n_others;         /* other sources that know it */
} fact_view;
void tpl_evidence_row(buf *out, const fact_view *v);

/* The relation of the address that this person may read. */
err_t relation_asked(ask *q, const relation **ret) MUST_USE;
/* Its key fields with '/' between, as SQL; `alias` as "h.". */
str   key_sql(arena *a, const relation *r, const char *alias);
bool  relation_has_source(const relation *r);

#endif
