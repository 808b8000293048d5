/* web/diff.h - private to the room: two texts line by line, with what changed within a line. */
#ifndef WEB_DIFF_H
#define WEB_DIFF_H

#include "html/html.h"

/* A line of either text, or of both; what changed within a changed line stands in `changed`. */
typedef enum { DIFF_SAME, DIFF_REMOVED, DIFF_ADDED, DIFF_SKIPPED } diff_kind;
typedef struct {
    diff_kind kind;
    str       before, changed, after;    /* DIFF_SKIPPED: none; `n` lines that are the same stand here */
    size_t    n;
} diff_line;

/* The shortest way from one to the other, found within DIFF_CELLS; where the texts differ in more, that part is told as
 * removed and added whole. Three lines stand around each change. Texts are not copied. */
enum { DIFF_CELLS = 1 << 21 };
typedef struct {
    diff_line *v;
    size_t     n, added, removed;
} text_diff;
text_diff diff_of(arena *a, str before, str after);

#endif
