/* web/assure_tests.h - private to the room: what the pages of tests are given. */
#ifndef WEB_ASSURE_TESTS_H
#define WEB_ASSURE_TESTS_H

#include "web/assure_controls.h"

typedef struct {
    ask               *q;
    assessed           stamp;
    filter_bar         filters;
    tallies            states;
    control_test_line *v;
    size_t             n;
    pager              pages;
} tests_view;
void tpl_assure_tests(buf *out, const tests_view *v);

/* One item of a test's population, as the pages show it. */
typedef struct {
    str        item, href;               /* href: its fact; empty: nothing stored */
    int        ok;                       /* 1 holds, 0 does not, -1 unknown */
    str        reason, observed, expected, when, since;
    str        waiver, waiver_link, waived_until;
} item_line;
typedef struct {
    const item_line *v;
    size_t           n;
} item_lines;
void tpl_assure_items(buf *out, const item_lines *v);
/* The address of the fact that an item is; empty when the test's items are nothing stored. */
str  item_link(ask *q, const control_test *t, str item);

/* How fresh what it reads is. */
typedef struct {
    str  relation, href, source, source_link, status, seen, ago, why, limit;
    bool fresh;
} need_line;
typedef struct {
    const need_line *v;
    size_t           n;
} need_lines;
void      tpl_assure_needs(buf *out, const need_lines *v);
need_lines needs_shown(ask *q, const control_test *t, const need_state *v, size_t n);

typedef struct {
    ask                *q;
    assessed            stamp;
    const control_test *t;
    const char         *severity, *kind;
    control_test_line   result;
    bool                weakened;
    str                 reason, chart, sql, version_note, subject_link;
    const crumb        *controls;
    item_lines          items;
    pager               pages;
    need_lines          needs;
    past_states         past;
    str                 waive_link;      /* empty: not for this person, or nothing to waive */
} test_view;
void tpl_assure_test(buf *out, const test_view *v);

typedef struct {
    ask                *q;
    const control_test *t;
    const test_result  *r;
    str                 back, as_of, took;
    item_lines          items;
    int64_t             left;            /* items that are not listed */
    need_lines          needs;
} run_view;
void tpl_assure_run(buf *out, const run_view *v);

typedef struct {
    str  item, id, reason;
    bool chosen;
} waive_item;

typedef struct {
    ask                *q;
    const control_test *t;
    waive_item         *v;  size_t n;
    int64_t             left;            /* more than can be listed */
    bool                every;
    str                 reason, starts, ends;
} waive_view;
void tpl_assure_waive(buf *out, const waive_view *v);

picker picker_of_severities(const place *p);
err_t test_asked(ask *q, const content **ret_content, const control_test **ret) MUST_USE;

#endif
