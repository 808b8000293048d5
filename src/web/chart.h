/*
 * web/chart.h - private to the room: pictures made here, as SVG in the page.
 *
 * Each is drawn with the classes of assets/attest.css, so light, dark and paper
 * come from the same tokens; each says in words what it shows (role="img" and
 * a label), and the numbers stand beside it as text with links. What was not
 * seen is hatched; what nobody assessed is hatched low and thin.
 */
#ifndef WEB_CHART_H
#define WEB_CHART_H

#include "web/page.h"

/* Once a page, before the first picture: the pattern of what was not seen. */
void chart_defs(buf *out);

/* One bar, its parts as wide as their counts, worst first. `label`: what is counted, "Security". */
void chart_bar(arena *a, buf *out, str label, const int64_t by_state[STATE_COUNT_]);
/* "Security: 12 pass, 3 fail" in the order of the bar; "nothing" when all are 0. */
str  chart_counts_text(arena *a, str label, const int64_t by_state[STATE_COUNT_]);

/* ---- the period strip: time to the right, one row a control, a test or an item ---- */

typedef struct {
    time_us    from, to;                 /* [from, to) */
    test_state state;
} strip_span;

typedef struct {
    str               label;             /* whose: "AC-03" */
    time_us           from, to;          /* the period */
    const strip_span *spans;  size_t n_spans;          /* in the order of time, apart; what no span covers was not asked */
    const time_us    *marks;  size_t n_marks;          /* exceptions, each at its beginning */
} strip;

void chart_strip(ask *q, buf *out, const strip *s);
/* Since when the last state stands, as each asking found it; 0 when there is none. */
time_us strip_since(const strip *s);
/* Days and months under the strips of the same period. */
void chart_strip_axis(ask *q, buf *out, time_us from, time_us to);
/* "fail since 3 Mar 2026 (20 days); before: pass from ...; not assessed for 4 of 90 days" */
str  chart_strip_text(ask *q, const strip *s);

/* Spans from rows [first, first + n) of a history of states, oldest first, cut to the period. The columns
 * hold a state, and from when to when it stood. A state holds for STRIP_PATIENCE after somebody assessed:
 * `asked` are those moments, oldest first; no span covers what lies longer after one, so that a program
 * that stopped asking is not drawn as one that goes on passing. */
#define STRIP_PATIENCE DAYS(2)
typedef struct {
    const row_table *t;
    size_t           first, n;
    size_t           state, since, until;              /* columns */
    const time_us   *asked;  size_t n_asked;
} strip_rows;
strip strip_of(arena *a, str label, const strip_rows *rows, time_us from, time_us to);

/* When the whole was assessed, up to the ask's moment: the last of each day, oldest first. One statement. */
err_t strip_asked(ask *q, time_us **ret, size_t *ret_n) MUST_USE;

/* ---- exceptions over time: one test ---- */

typedef struct {
    time_us from, to;
    int64_t failing, waived, unknown;    /* waived: of the failing */
    bool    blind;                       /* nothing could be told */
} chart_step;

typedef struct {
    time_us           from, to;          /* the period */
    const chart_step *v;  size_t n;      /* in the order of time */
} chart_series;

void chart_steps(ask *q, buf *out, const chart_series *s, const time_us *asked, size_t n_asked);
/* What its colours and hatchings mean, under it. */
void chart_key(buf *out);

/* ---- small ones ---- */

/* A line over at least two values, 96 x 20, no axes: the number stands beside it. */
void chart_spark(arena *a, buf *out, str label, const int64_t *v, size_t n);

/* The class of a cell of a heat map by its score of 1 .. 25, "h-1" .. "h-4": to 5 what a manager may accept,
 * to 9 and to 14 what the executive may, from 15 what the board hears of (content/policies/risk-management.md). */
const char *chart_heat_class(int64_t score);

#endif
