/* app/import.h - private to the room: the rows of a file that records are made from. */
#ifndef APP_IMPORT_H
#define APP_IMPORT_H

#include "app/workspace.h"
#include "csv/csv.h"

/* Records made from a file: the work, and where its faults go. */
typedef struct {
    workspace      *ws;
    arena          *a;
    const relation *r;
    const import_options *o;  /* of app_import */
    work           *w;
    import_report  *to;
    map             lines;    /* id -> where it stands, as int64_t */
    size_t          told;     /* faults of the work that are in the report */
    int64_t         bytes;
} importing;

/* The list of faults is capped, the count exact. */
void line_fault_tell(arena *a, import_report *to, int64_t line, str field, str why);
/* ERR_INVALID when there are any; puts them in the order of lines. */
err_t faults_judge(import_report *to, fault *f) MUST_USE;

void import_note_line(importing *im, str id, int64_t line);
/* What the work found since the last time; `line` 0: of the records' own lines. */
void import_tell_faults(importing *im, int64_t line);
/* Whether a failure was told as a fault of the work, so that the import can go on. */
bool import_told(const importing *im, err_t e);
/* The assignments that say something else than the row, in place; how many. */
size_t import_differs(const relation *r, const value *row, assignment *set, size_t n);
err_t import_within_limits(importing *im, const assignment *set, size_t n, fault *f) MUST_USE;

typedef struct {
    int64_t     line;
    bool        sound;        /* else its faults are told already */
    assignment *set;          /* those of known fields; texts live until the next row */
    size_t      n;
    bool        end;
} import_row;

typedef struct import_rows import_rows;

/* Where rows come from: a path ("-": standard input), or bytes in hand and the name they came with. */
typedef struct {
    const char *path;
    str         name, bytes;
} import_source;
str import_source_words(const import_source *in);     /* "standard input", or the name */

/* The header's faults are told in `to`, and then ERR_INVALID. */
err_t rows_open(arena *a, const relation *r, const import_source *in, str format, const field_mapping *maps, size_t n_maps, bool others_pass,
                import_report *to, fault *f, import_rows **ret) MUST_USE;
err_t rows_next(import_rows *rows, fault *f, import_row *ret) MUST_USE;
void  rows_close(import_rows *rows);           /* accepts NULL */

/* The id out of the row; false, and told, when an earlier row has it too. Empty: there is none. */
bool import_take_id(importing *im, import_row *row, str *ret);

GUARD_DEFINE(import_rows, rows_close)
#define auto_rows GUARD(rows_close)

#endif
