/* web/assure_controls.h - private to the room: what the pages of controls are given. */
#ifndef WEB_ASSURE_CONTROLS_H
#define WEB_ASSURE_CONTROLS_H

#include "assess/assess.h"
#include "web/assure.h"

typedef struct {
    const control *c;
    state_mark     mark;
    str            href, owner, owner_link, note, tests_link, failing_link;
    int64_t        tests, failing, unseen;
} control_line;

typedef struct {
    ask          *q;
    assessed      stamp;
    filter_bar    filters;
    tallies       states;
    control_line *v;
    size_t        n;
    pager         pages;
} controls_view;
void tpl_assure_controls(buf *out, const controls_view *v);

typedef struct {
    const mapping *m;
    state_mark     mark;
    str            href;
} control_criterion;

typedef struct {
    const control_test *t;
    state_mark          mark;
    str                 href, since;
    int64_t             population, exceptions, unknowns, waived;
    bool                ran;
} control_test_line;

/* An attestation, a piece of evidence, another record linked to it. */
typedef struct {
    str type, title, href, status, from, to, who, who_link;
} control_support;

typedef struct {
    ask               *q;
    assessed           stamp;
    const control     *c;
    state_mark         mark;
    const char        *nature;
    str                why, record_state, owner, owner_link, cadence, method, reason, procedure;
    bool               recorded;          /* people have said something of it */
    control_criterion *criteria;  size_t n_criteria;
    control_test_line *tests;     size_t n_tests;
    control_support   *support;   size_t n_support;
    const crumb       *policies;  size_t n_policies;
    const crumb       *registers; size_t n_registers;
    past_states        past;
    str                strip;             /* the picture of its states, as HTML */
} control_view;
void tpl_assure_control(buf *out, const control_view *v);

/* What stands for each test in lists; `row` of sql/web/test_states.sql, or -1. */
control_test_line test_line_of(ask *q, const control_test *t, const row_table *results, int64_t row);
/* Columns of sql/web/test_states.sql. */
enum { T_TEST, T_STATE, T_POPULATION, T_EXCEPTIONS, T_UNKNOWNS, T_WAIVED, T_WEAKENED, T_REASON, T_SINCE, T_VERSION, T_DIGEST, T_PARAMETERS };
/* Persons who answer for a control; `people`: sql/web/control_records.sql. */
picker picker_of_owners(ask *q, const place *p, const row_table *people);
bool test_serves(const control_test *t, const control *c);

#endif
