/*
 * report/report.h - documents made from an assessment: terminal text, JSON,
 * JUnit, SARIF, CSV and the self-contained HTML report.
 *
 * Every document shows counts by state beside each other, never a percentage,
 * and keeps what could not be seen apart from what fails.
 * Depends on: base, model, store, ledger, assess.  Threads: pure functions.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "assess/assess.h"

/* How the latest run of a source ended. */
typedef struct {
    str     source, status, reason;
    time_us ended_at;
} report_source;

typedef struct {
    const assessment    *as;
    str                  workspace;            /* its name, for the heading */
    str                  program;              /* "Attest 0.1.0" */
    const report_source *sources;  size_t n_sources;
    bool                 has_checkpoint;       /* the ledger's latest signed state */
    checkpoint           ledger;
} report_input;

/* How a terminal shows it. */
typedef struct {
    bool colour;
    bool utf8;                                 /* else ASCII symbols */
    int  width;                                /* columns, at least 40 */
} report_style;

/* Where you stand: counts by category, then what to fix first with its remedy,
 * what could not be seen, what waits for people. `all` adds every criterion. */
void report_status(arena *a, const report_input *in, const report_style *st, bool all, buf *out);

/* One row a document format of `assess --format`. */
typedef struct {
    const char *name, *doc;
    void (*write)(arena *a, const report_input *in, const report_style *st, buf *out);
} report_format;
extern const report_format report_formats[];
extern const size_t        n_report_formats;
const report_format *report_format_find(str name);

/* One file, no network, light and dark, for the browser and for paper. */
void report_html(arena *a, const report_input *in, buf *out);

/* ---- documents of tables ---------------------------------------------------------- */

typedef enum { COLUMN_IS_TEXT, COLUMN_IS_NUMBER, COLUMN_IS_STATE } column_shape;

typedef struct {
    const char  *name;
    column_shape kind;                         /* STATE: its cells are names of test states */
} doc_column;

typedef struct {
    str               heading, note;           /* note: a sentence under it, may be empty */
    const doc_column *columns;  size_t n_columns;
    const str        *cells;    size_t n_rows; /* row by row */
    str               empty;                   /* shown where there is no row */
} doc_table;

typedef struct {
    str              title, workspace, program, intro;
    time_us          as_of;
    const doc_table *tables;  size_t n_tables;
} document;

void document_text(arena *a, const document *d, const report_style *st, buf *out);
void document_html(arena *a, const document *d, buf *out);
void document_json(arena *a, const document *d, buf *out);
/* The rows of all its tables, each with the heading of its table first. */
void document_csv(const document *d, buf *out);

/* A symbol for a state, one column wide, and its word for people ("no data"). */
const char *state_symbol(test_state s, bool utf8);
const char *state_word(test_state s);
void        put_state(buf *out, const report_style *st, test_state s, bool word);

/* Text in columns: pads or cuts `s` (by characters) to `width`. Control
 * characters of a hostile name never reach the terminal. */
void put_cell(buf *out, str s, int width);
/* Wraps `s` at `width`, each line after the first indented by `indent`. */
void put_wrapped(buf *out, str s, int indent, int width);
/* As it is, but with control characters shown as \xHH. */
void put_plain(buf *out, str s);
size_t text_columns(str s);

#endif
