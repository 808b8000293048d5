/* report/view.h - private to the room: what the HTML report shows; no HTML. */
#ifndef REPORT_VIEW_H
#define REPORT_VIEW_H

#include "html/html.h"
#include "report/text.h"

typedef struct {
    test_state  state;
    const char *word, *symbol, *css;        /* css: the state's wire name */
    int64_t     n;
    int         x, width;                   /* place in the bar, 0..600 */
    str         link;                       /* "#security-fail" */
} state_count;

typedef struct {
    str          name, anchor;              /* "Security", "security" */
    int64_t      n_criteria;
    state_count *counts;  size_t n_counts;  /* states that occur, worst first */
    str          spoken;                    /* the bar in words */
} category_view;

typedef struct {
    const criterion_result *c;
    str                     anchor, first_of;   /* first_of: "security-fail" on the first of its group, else empty */
} criterion_view;

typedef struct {
    const test_result *r;
    str                anchor, counts;
    str                controls;            /* IDs with blanks between */
    size_t             n_bad, n_shown;      /* of the items: shown failing or unknown; shown in all */
    int64_t            n_hold, n_hidden;    /* of the whole population: that hold; that are not shown */
    str               *seen;                /* per need: when, for people */
} test_view;

typedef struct {
    const report_input *in;
    str                 as_of, root;
    category_view       categories[CAT_COUNT_];
    criterion_view     *criteria;  size_t n_criteria;   /* by category, worst first */
    test_view          *tests;     size_t n_tests;      /* worst first */
    size_t              n_failing;
    state_count         test_counts[STATE_COUNT_];  size_t n_test_counts;
    str                 css;
    str                *source_ended;
} report_view;

void tpl_readiness(buf *out, const report_view *v);

#endif
