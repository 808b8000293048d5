/* web/search.h - private to the room: everything as parts that are searched, and what the template is given. */
#ifndef WEB_SEARCH_H
#define WEB_SEARCH_H

#include "search/search.h"
#include "web/page.h"

/* What is found by words, each kind a part: criteria, controls and tests from the content, records by
 * type, and the facts that people know by name. Made at the first search; after a commit the parts whose
 * relations it changed are made anew. */
typedef struct search_index search_index;
search_index *search_index_new(void);
void          search_index_free(search_index *x);      /* accepts NULL */

typedef enum { FIND_CRITERIA, FIND_CONTROLS, FIND_TESTS, FIND_ROWS } find_kind;

typedef struct {
    find_kind       kind;
    const relation *r;        /* FIND_ROWS: a record type or a relation of facts */
    const char     *name;     /* "criteria", "risk": ?in=NAME */
    bool            full;
    search_hit     *hits;  size_t n;
    size_t          all;      /* that fit and may be seen */
} found_part;

/* What the asker may see, as of now (of the past: the catalogue alone), of the kinds in the order they are shown; only those with something.
 * `only`: one kind's name; empty: all. The hits are copies. */
err_t search_everything(ask *q, search_index *x, str text, str only, size_t max, found_part **ret, size_t *ret_n) MUST_USE;

/* ---- the page ---- */

typedef struct {
    str        title, sub, href;
    state_mark mark;          /* css NULL: none */
} find_row;

typedef struct {
    str       name, label, more;         /* more: the address of all of them; empty: all are here */
    find_row *rows;  size_t n, all;
} find_group;

typedef struct {
    ask *q;
    str  text;
    bool asked, full, in_part;           /* in_part: an auditor's engagement of some categories */
    size_t all;
    find_group *groups;  size_t n;
} search_view;
void tpl_search(buf *out, const search_view *v);

#endif
