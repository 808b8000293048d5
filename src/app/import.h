/* app/import.h - private to the room: the rows of a file that records are made from. */
#ifndef APP_IMPORT_H
#define APP_IMPORT_H

#include "app/workspace.h"
#include "csv/csv.h"

/* Where faults of a file are gathered; the list is capped, the count exact. */
void line_fault_tell(arena *a, import_report *to, int64_t line, str name, str why);

/* ERR_INVALID when there are any; puts them in the order of lines. */
err_t faults_judge(import_report *to, fault *f) MUST_USE;

typedef struct {
    int64_t     line;
    bool        sound;        /* else its faults are told already */
    assignment *set;          /* those of known fields; texts live until the next row */
    size_t      n;            /* 0 and sound: the end */
} import_row;

typedef struct import_rows import_rows;

/* `path` "-": standard input. The header's faults are told in `to`, and then ERR_INVALID. */
err_t rows_open(arena *a, const relation *r, const char *path, str format, const field_mapping *maps, size_t n_maps, bool others_pass,
                import_report *to, fault *f, import_rows **ret) MUST_USE;
err_t rows_next(import_rows *rows, fault *f, import_row *ret) MUST_USE;
void  rows_close(import_rows *rows);           /* accepts NULL */

GUARD_DEFINE(import_rows, rows_close)
#define auto_rows GUARD(rows_close)

#endif
