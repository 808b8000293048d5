/*
 * assess/assess.h - criteria, controls and control tests: load, check,
 * evaluate as of a moment, roll up.
 *
 * Content is text in content/ (embedded), overlaid file by file by the
 * workspace's own content/ directory; nothing here is compiled in:
 *   criteria/tsc.tsv      id, COSO principle, points of focus, own words, ...
 *   controls/FAMILY.txt   blocks as docs/content.md describes
 *   tests/GROUP/NAME.sql  header and one SELECT; NAME.fixtures beside it
 * Depends on: base, store, model.  Threads: content is constant once loaded.
 */
#ifndef ASSESS_ASSESS_H
#define ASSESS_ASSESS_H

#include "store/store.h"

/* States of a result, worst first; roll-up takes the smallest. GAP is for
 * criteria without a control only. */
#define STATE_TABLE(X)          \
    X(ERROR, "error")           \
    X(NO_DATA, "no_data")       \
    X(FAIL, "fail")             \
    X(GAP, "gap")               \
    X(NEEDS_REVIEW, "needs_review") \
    X(ATTESTED, "attested")     \
    X(PASS, "pass")             \
    X(NOT_APPLICABLE, "not_applicable")
typedef enum {
#define X(name, wire) STATE_##name,
    STATE_TABLE(X)
#undef X
    STATE_COUNT_
} test_state;
const char *state_name(test_state s);
bool        state_parse(str s, test_state *ret);

/* ---- content ------------------------------------------------------------------ */

typedef enum { CAT_SECURITY, CAT_AVAILABILITY, CAT_CONFIDENTIALITY, CAT_PROCESSING, CAT_PRIVACY, CAT_COUNT_ } category;
const char *category_id(category c);                   /* "processing-integrity": the record of the scope */
const char *category_name(category c);                 /* "Security", "Processing integrity" ... */

typedef struct {
    str      id;                                       /* "CC6.1" */
    category category;
    str      words;                                    /* what it asks, in our own words */
    str      evidence, population;                     /* what auditors expect */
} criterion;

typedef struct {
    const criterion *criterion;
    bool             primary;                          /* else supporting */
    str              rationale;
} mapping;

typedef enum { NATURE_AUTOMATED, NATURE_MANUAL, NATURE_MIXED } control_nature;

typedef struct {
    str            id;                                 /* "AC-03" */
    str            title, words, owner, cadence, rationale;
    control_nature nature;
    mapping       *mappings;
    size_t         n_mappings;
} control;

typedef enum { TEST_STATE_KIND, TEST_EVENT_KIND } test_kind;
typedef enum { SEVERITY_CRITICAL, SEVERITY_HIGH, SEVERITY_MEDIUM, SEVERITY_LOW } severity;
const char *severity_name(severity s);

typedef struct {
    const relation *relation;
    time_us         max_age;                           /* 0: records of any age */
    bool            may_be_empty;                      /* records: having none of them is an answer */
} test_need;

typedef struct {
    str     name;
    int64_t value, initial;                            /* initial: as the test's author set it */
    enum { GUARD_NONE, GUARD_AT_MOST, GUARD_AT_LEAST } guard;
    int64_t guard_value;
} test_param;

typedef struct {
    str             id;                                /* "access.mfa" */
    str             path;                              /* content/tests/... for messages */
    int64_t         version;
    str             title, why, remedy;
    test_kind       kind;
    const relation *subject;                           /* NULL for "-": the query returns `item` */
    const control **controls;  size_t n_controls;
    severity        severity;
    test_need      *needs;     size_t n_needs;
    test_param     *params;    size_t n_params;
    str             sql_text;                          /* the SELECT as written */
    size_t          sql_line;                          /* of the file, where sql_text begins */
    str             sql;                               /* sql_text, parameters replaced by their values */
    str             digest;                            /* SHA-256 of the file, hex */
    str             fixtures, fixtures_path;           /* text of the fixtures file, and its path for messages */
} control_test;

/* All sorted by id; criteria in the order of the standard. */
typedef struct {
    const criterion    *criteria;  size_t n_criteria;
    const control      *controls;  size_t n_controls;
    const control_test *tests;     size_t n_tests;
    const str          *warnings;  size_t n_warnings;
} content;

/* What is built in is taken as checked; content_load_each checks it too.
 * `overlay`: a directory that may hold criteria/ controls/ tests/ files and
 * parameters.txt, or NULL; one that does not exist is as good as empty. Every
 * fault of every file is told, each with file and line. */
err_t content_load(arena *a, const char *overlay, fault *f, content **ret) MUST_USE;
/* As content_load, for those who write content: each fault is told to
 * `on_fault`, all of them, and what is at fault is left out. */
void  content_load_each(arena *a, const char *overlay, void (*on_fault)(void *arg, str what), void *arg, content **ret);
const control      *control_find(const content *c, str id);           /* NULL when there is none */
const criterion    *criterion_find(const content *c, str id);
const control_test *test_find(const content *c, str id);
/* SHA-256, hex, over all that decides an outcome: tests with their parameters, controls, criteria. */
str content_digest(arena *a, const content *c);

/* What serves these categories (1 << category, several): the criteria of theirs, controls that serve one of these, and
 * tests of those; each names only what is in it. It stands on `c`, which outlives it. */
const content *content_within(arena *a, const content *c, unsigned categories);

/* One test's text; `c` supplies criteria and controls. Fixtures are not looked for. */
err_t test_parse(arena *a, const content *c, str path, str text, fault *f, control_test *ret) MUST_USE;
/* Sets a parameter and renders t->sql anew; no such parameter is ERR_NOT_FOUND. */
err_t test_set_param(arena *a, control_test *t, str name, int64_t v, fault *f) MUST_USE;
/* Whether a parameter stands outside its guard. */
bool  test_weakened(const control_test *t);

/* ---- evaluation ----------------------------------------------------------------- */

typedef struct {
    str     item;                                      /* key parts with "/" between */
    str     source;                                    /* empty when the query does not say */
    int     ok;                                        /* 1 holds, 0 does not, -1 unknown */
    str     reason, observed, expected, owner, link;
    bool    has_at;
    time_us at;
    str     waiver;                                    /* id of the waiver that accepts it; empty: none */
    time_us waived_until;
} test_item;

/* How fresh one source's facts of one need are. */
typedef struct {
    str            relation, source, status;           /* status of the run, or "missing" */
    time_us        seen_at;                            /* end of that run; 0 when missing */
    bool           fresh;                              /* good status and within max_age */
    str            why;                                /* when not fresh: for people */
} need_state;

typedef struct {
    const control_test *test;
    test_state  state;
    bool        weakened;
    time_us     as_of;
    int64_t     population, exceptions, unknowns;
    int64_t     waived;                                /* exceptions that a waiver accepts: they fail all the same */
    bool        aside;                                 /* no criterion that applies stands on it (a full run alone knows) */
    test_item  *items;         size_t n_items;         /* sorted: failing, unknown, holding; then by item */
    need_state *needs;         size_t n_needs;
    str         reason;                                /* why there is no verdict; else empty */
    time_us     duration;                              /* not part of the result: differs from run to run */
} test_result;

/* Sets the session to as_of and evaluates. A query that fails, passes a limit
 * or returns what it must not is a result in state error with the reason, not
 * an error here; a database that fails is. All items are kept. When the query
 * returns `source`, items of a source that is not fresh become unknown. */
err_t assess_test(arena *a, session *s, const control_test *t, time_us as_of, fault *f, test_result *ret) MUST_USE;

/* How fresh what the test reads is, without running it: what result.needs would say. */
err_t assess_needs(arena *a, session *s, const control_test *t, time_us as_of, fault *f, need_state **ret, size_t *ret_n) MUST_USE;

typedef struct {
    const control *control;
    test_state     state;                              /* NEEDS_REVIEW when it has no automated test */
    const test_result **results;  size_t n_results;
    int64_t        by_state[STATE_COUNT_];             /* of its tests */
    str            owner;                              /* the person who answers for it; empty: nobody yet */
    str            note;                               /* what people said that decides its state; else empty */
    bool           left_out;                           /* given up, or declared not to apply: its criteria need another */
} control_result;

typedef struct {
    const criterion *criterion;
    test_state       state;
    const control_result **controls;  size_t n_controls;
    int64_t          by_state[STATE_COUNT_];           /* of its controls */
    str              note;                             /* why it does not apply; else empty */
} criterion_result;

typedef struct {
    const content    *content;
    time_us           as_of;
    test_result      *tests;     size_t n_tests;
    control_result   *controls;  size_t n_controls;
    criterion_result *criteria;  size_t n_criteria;
    int64_t           tests_by_state[STATE_COUNT_], criteria_by_state[STATE_COUNT_];
    int64_t           tests_accepted;                  /* failing ones that waivers accept whole, not aside */
    int64_t           aside_by_state[STATE_COUNT_];    /* those of tests_by_state on which no criterion that applies stands */
    time_us           duration;                        /* 0: nobody waited for it */
    str               actor;                           /* who asked for it; set by who records it */
} assessment;

/* Whether every exception of a failing test is accepted by a waiver that holds. */
bool result_accepted(const test_result *r);

enum { ASSESS_HOLDING_MAX = 1000 };

/* Beside the tests, what the program's records say at that moment decides:
 *  - a criterion declared not to apply, or of a category out of scope, is not applicable;
 *  - a control recorded as planned is a gap; one recorded as not_applicable or retired is no control
 *    of its criteria any more, and a criterion without another is a gap;
 *  - an accepted attestation lifts what people do of a control from needs_review to attested;
 *  - a waiver marks the exceptions it accepts; they go on failing.
 * All tests, or those whose ids (or "group." prefixes) are in only[]; then
 * there are no controls and criteria in the assessment: part of the tests says
 * nothing about them. Of a test of a full run with more than ASSESS_HOLDING_MAX holding items
 * only failing and unknown ones are listed (population counts them all). */
err_t assess_all(arena *a, session *s, const content *c, time_us as_of, const str *only, size_t n_only,
                 fault *f, assessment **ret) MUST_USE;

/* The assessment as rows of result, exception, control_result, criterion_result, and the one of assessment. */
typedef err_t (*row_visitor)(void *arg, const relation *r, const value *row, fault *f);
err_t assess_rows(arena *a, const assessment *as, const relation *r, row_visitor each, void *arg, fault *f) MUST_USE;

/* ---- fixtures -------------------------------------------------------------------- */

/* Runs a test's fixtures (docs/content.md has the format), then blanks every
 * nullable field of every row in turn: no item may vanish or turn into a pass.
 * Each thing wrong is told to `on_fault` as "file:line: ...". */
typedef struct {
    int64_t cases, blankings, faults;
} fixture_counts;
err_t fixtures_run(arena *a, session *fixture_session, const control_test *t,
                   void (*on_fault)(void *arg, str what), void *arg, fault *f, fixture_counts *ret) MUST_USE;

#endif
