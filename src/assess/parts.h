/* assess/parts.h - private to the room: what its files share. */
#ifndef ASSESS_PARTS_H
#define ASSESS_PARTS_H

#include "assess/assess.h"
#include "base/content.h"

enum { CRITERIA_PER_CONTROL = 4 };    /* more is warned about */

/* ---- readers ---------------------------------------------------------------------- */

typedef DA(control) control_list;

/* tsc.tsv. With `closed`, its ids must be exactly those, in that order. */
void criteria_read(arena *a, faults *fs, const source_file *file, const content *closed, content *c);
/* Appends the blocks of one file. */
void controls_read(arena *a, faults *fs, const source_file *file, const content *c, control_list *list);
bool control_id_sound(str id);
/* A test without its fixtures. False when a fault was told. What is built in was checked
 * before release: its query need not be checked again. */
bool test_read(arena *a, faults *fs, const content *c, const source_file *file, bool check_query, control_test *t);
/* Fields that may be unknown and stand bare in a condition. `sql` begins with
 * as many LFs as its file has lines before it, so that lines are the file's. */
void nullable_check(arena *a, faults *fs, const control_test *t, str sql);

/* ---- evaluation --------------------------------------------------------------------- */

/* How one source fared with one relation, and when. */
typedef struct {
    str     source, relation, status, reason;
    bool    has_seen;
    time_us seen_at;
} run_row;

typedef struct {
    const run_row *rows;              /* by source, relation */
    size_t         n;
} run_table;

/* Of facts: the latest runs. Of the records the tests need: when their register was
 * written or said to be complete. tests[i] with chosen[i] false are passed over. */
err_t runs_read(arena *a, session *s, const control_test *tests, const bool *chosen, size_t n, fault *f, run_table *ret) MUST_USE;
/* One need_state for each source of each need, or a "missing" one. */
void  needs_judge(arena *a, const control_test *t, const run_table *runs, time_us as_of, test_result *r);
/* Keeps holding items only when there are at most `holding_max`. */
err_t test_evaluate(arena *a, session *s, const control_test *t, const run_table *runs, time_us as_of,
                    size_t holding_max, fault *f, test_result *ret) MUST_USE;

/* ---- the program's word ----------------------------------------------------------------- */

typedef struct {
    str     test, item, id;
    bool    every;                    /* every item of the test */
    time_us ends_at;
} waiver;

typedef struct { str id; time_us until; } attested;
typedef struct { str state, owner, reason; } declared;

typedef struct {
    DA(waiver) waivers;
    map        attestations;          /* control -> attested */
    map        controls, criteria;    /* -> declared */
    bool       scoped, in_scope[CAT_COUNT_];      /* scoped: somebody decided about a category */
} program_word;

err_t said_read(arena *a, session *s, fault *f, program_word *ret) MUST_USE;
void  said_waive(const program_word *o, test_result *r);

/* ---- fixtures ------------------------------------------------------------------------ */

typedef struct {
    const relation *relation;
    str             source;
    size_t          line;
    value          *values;           /* relation->n_fields */
} fixture_row;

typedef struct {
    str     source, status;           /* "missing": it never ran */
    const relation *relation;
    time_us age;
    size_t  line;
} fixture_run;

typedef struct {
    str    name;
    int64_t value;
    size_t line;
} fixture_param;

typedef struct {
    str    item;
    size_t line;
} fixture_item;

enum { ITEMS_FAIL, ITEMS_UNKNOWN, ITEMS_HOLD, ITEMS_COUNT_ };

typedef struct {
    str        name;
    size_t     line;
    time_us    as_of;
    test_state expect;
    bool       has_expect;
    DA(fixture_row)   rows;
    DA(fixture_run)   runs;
    DA(fixture_param) params;
    DA(fixture_item)  items[ITEMS_COUNT_];
} fixture_case;

typedef struct {
    fixture_case *v;
    size_t        n, cap;
} fixture_cases;

/* Reads a test's fixtures; false when a fault was told. */
bool fixtures_read(arena *a, faults *fs, const control_test *t, fixture_cases *ret);

#endif
