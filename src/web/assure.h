/* web/assure.h - private to the room: what the pages of Assure, Evidence and Audit share: addresses with
 * filters, lists page by page, states, and the outcome that was last recorded. */
#ifndef WEB_ASSURE_H
#define WEB_ASSURE_H

#include "web/page.h"

enum { LIST_ROWS = 50, PLACE_FILTERS = 10, STATE_CHOICES = STATE_COUNT_ };

/* ---- addresses -------------------------------------------------------------------------------- */

/* The address of a list with what it is filtered by. */
typedef struct {
    ask        *q;
    str         path;
    const char *names[PLACE_FILTERS];
    str         texts[PLACE_FILTERS];
    size_t      n;
} place;

/* Reads the filters of these names from the query. */
place place_of(ask *q, str path, const char *const *filters, size_t n);
str   place_get(const place *p, const char *name);
bool  place_filtered(const place *p);                  /* any of them is set */
/* The same list with one filter set to `text` (empty: without it), from its first page. */
str   place_with(const place *p, const char *name, str text);
/* The same filters at another address: an export. */
str   place_at(const place *p, const char *path);
/* A part of a path or a query, percent-encoded. */
str   url_part(arena *a, str text);
str   person_link(ask *q, str id);                     /* empty: nobody */
/* "risk/RISK-1" as the address of that record; empty when it names none. */
str   record_link(ask *q, str type_and_id);

/* ---- lists -------------------------------------------------------------------------------------- */

typedef struct {
    int64_t at, pages, total, first, last;             /* from 1; total 0: nothing to show */
    str     older, newer;                              /* addresses; empty: none */
} pager;
/* Which of `total` rows `?page=` asks for. */
pager pager_of(const place *p, int64_t total);
static inline int64_t pager_offset(const pager *v) { return v->first ? v->first - 1 : 0; }
void tpl_assure_pager(buf *out, const pager *v);

/* ---- filters ------------------------------------------------------------------------------------- */

typedef struct {
    str text, says;
} pick;

typedef struct {
    const char *name, *label;
    const char *kind;         /* "select", or the type of an input: "search", "date", "text" */
    const pick *picks;  size_t n_picks;                /* of a select; the first stands for: any */
    str         chosen;
} picker;

typedef struct {
    ask          *q;
    const place  *at;
    const picker *v;  size_t n;
    str           clear;      /* the address without any; empty: none is set */
    str           as_of;
} filter_bar;
filter_bar filters_of(const place *p, const picker *v, size_t n);
void tpl_assure_filters(buf *out, const filter_bar *v);
/* A select of states that occur; the first stands for: any. */
picker picker_of_states(ask *q, const place *p, const bool seen[STATE_COUNT_]);

/* ---- states --------------------------------------------------------------------------------------- */

void tpl_assure_mark(buf *out, state_mark m);
/* As state_mark_of; empty: not assessed yet. */
state_mark mark_of(str wire);

typedef struct {
    state_mark mark;
    int64_t    n;
    str        href;
} state_tally;
/* Worst first, those that occur. */
typedef struct {
    state_tally v[STATE_COUNT_ + 1];
    size_t      n;
} tallies;
void tally_add(tallies *t, str wire);
/* Puts them in order and links each to the list filtered by it. */
void tallies_link(tallies *t, const place *p, const char *name);
void tpl_assure_tallies(buf *out, const tallies *v);

/* ---- the outcome last recorded ------------------------------------------------------------------------ */

typedef struct {
    ask    *q;
    bool    any;              /* an outcome was recorded by then */
    int64_t seq, collections, changes;                 /* its commit; what was written since */
    time_us at;
    str     commit_link, since_link;
    bool    may_start;        /* the person may have everything assessed */
} assessed;
/* One statement. */
err_t assessed_read(ask *q, assessed *ret) MUST_USE;
void tpl_assure_stamp(buf *out, const assessed *v);

/* A number that leads to the items behind it. */
void tpl_assure_count(buf *out, int64_t n, str href);

/* ---- history ----------------------------------------------------------------------------------------------- */

typedef struct {
    state_mark mark;
    str        from, ago, lasted, note, href;          /* href: the commit */
} past_state;
typedef struct {
    past_state *v;
    size_t      n;
} past_states;
/* Of sql/web/state_history.sql. One statement. */
err_t past_states_read(ask *q, const char *relation_name, const char *key, str id, past_states *ret) MUST_USE;
void tpl_assure_past(buf *out, const past_states *v);

/* From where a picture of a history begins: at most a year ago, at its first moment, a day at least. -1: too short to draw. */
time_us picture_from(time_us first, time_us to);

/* ---- cells -------------------------------------------------------------------------------------------------- */

/* One statement of sql/web/. */
err_t rows_of(ask *q, const char *path, const sql_hole *holes, size_t n, row_table *ret) MUST_USE;
/* The row whose first column is `key`; -1: none. */
int64_t row_of(const row_table *t, str key);
static inline str cell_in(const row_table *t, int64_t row, size_t at)
{
    const str none = { 0 };
    return row < 0 ? none : table_cell(t, (size_t)row, at);
}
/* As people read a field's value; .p NULL stays NULL (unknown). */
str cell_shown(ask *q, const field *fd, str text);
/* The text anywhere in lower-cased text, as the pattern of a LIKE ... ESCAPE '!'. */
str like_quoted(arena *a, str text);
str hole_int(arena *a, int64_t n);
/* "12 Mar 2026, 14:05 UTC" of a cell; empty when unknown. */
str cell_when(ask *q, str text);
str cell_ago(ask *q, str text);
/* A query as HTML, its words, texts and numbers told apart. */
str sql_coloured(arena *a, str sql);
/* Sends CSV or another file instead of a page. */
void send_file(ask *q, const char *media, str name, str bytes);

#endif
