/*
 * csv/csv.h - comma-separated values, RFC 4180, as spreadsheets write them.
 *
 * The reader works in constant memory, whatever the size of the file. It knows
 * the separator from the header line (comma, semicolon or TAB; also the line
 * "sep=;" that some spreadsheets put first) and passes over a byte order mark
 * and over rows in which every cell is empty.
 * Depends on: base.  Threads: a reader belongs to one thread.
 */
#ifndef CSV_CSV_H
#define CSV_CSV_H

#include "base/base.h"

/* A cell holds at most what a field holds; a row at most 1 MiB. */
enum { CSV_CELL_MAX = 64 * 1024, CSV_ROW_MAX = 1 << 20, CSV_COLUMNS_MAX = 256 };

typedef struct csv_reader csv_reader;

/* `fd` stays the caller's; `name` is what messages call the file. */
csv_reader *csv_new(arena *a, int fd, str name) MUST_USE;
/* The same over bytes in hand, which outlive the reader. */
csv_reader *csv_new_bytes(arena *a, str bytes, str name) MUST_USE;

typedef struct {
    const str *cells;         /* until the next call */
    size_t     n;             /* 0: the end of the file */
    int64_t    line;          /* where the row begins, from 1 */
    /* A row that is wrong is told and reading goes on with the next one. */
    const char *why;          /* NULL: it is sound */
    int64_t    bad_line, bad_column;      /* of the fault; the column in characters, from 1 */
} csv_row;

/* The first row is the header: what follows must have as many cells. ERR_INVALID, TOO_LARGE and IO
 * are the end of reading: a quote that is never closed, a cell or row over its
 * limit, a file that is no text. */
err_t csv_next(csv_reader *r, fault *f, csv_row *ret) MUST_USE;
char  csv_separator(const csv_reader *r);        /* once the header is read */

/* Without the apostrophe that csv_put sets before what a spreadsheet would run. */
str csv_plain(str cell);

/* One cell, with a comma before it unless it is the first of its row; quoted where
 * needed. Text that a spreadsheet would run (it begins with = + - @ TAB or CR)
 * gets an apostrophe before it; `number`: it is one, and stays as it is. */
void csv_put(buf *out, bool first, str text, bool number);
void csv_end(buf *out);                          /* the end of a row: CR LF */

#endif
