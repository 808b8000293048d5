/* calendar/parts.h - private to the room: the reader of blocks. */
#ifndef CALENDAR_PARTS_H
#define CALENDAR_PARTS_H

#include "calendar/calendar.h"

enum { CALENDAR_FILE_MAX = 1 << 20, CALENDAR_NAMES_MAX = 1000 };

typedef struct {
    arena *a;
    buf    text;                   /* "path:line: what", one a line */
} faults;

/* A line of 0 leaves the line out. */
void fault_at(faults *fs, str path, size_t line, const char *fmt, ...) __attribute__((format(printf, 4, 5)));

typedef struct {
    str    key, value;
    size_t line;
} entry;

/* "[name]" and the "key: value" lines under it. */
typedef struct {
    str    path, name;
    size_t line;
    DA(entry) entries;
} block;

typedef DA(block) block_list;

/* Appends the blocks of a text; names are a-z, 0-9, _ and -, and stand once. Lines with
 * # are comments, a line that begins with blanks continues the one above. */
void blocks_read(faults *fs, str path, str text, block_list *list);

/* A block's values, each asked for once; what was not asked for is then told as unknown. */
typedef struct {
    faults      *fs;
    const block *b;
    const char  *known[16];        /* keys asked for */
    size_t       n_known;
    bool         bad;
} block_values;

/* NULL when it is not there; told when it stands twice or, if `required`, is missing or empty. */
const entry *value_of(block_values *v, const char *key, bool required);
str          text_of(block_values *v, const char *key, bool required);
void         value_bad(block_values *v, const entry *e, const char *why);
/* All entries of a key that may repeat: call with *at = 0 first. */
const entry *value_next(block_values *v, const char *key, size_t *at);
/* Tells unknown keys; false when anything was told of this block. */
bool         values_end(block_values *v);

/* Reads one block each; false when a fault was told. */
bool calendar_read(faults *fs, const block *b, calendar *ret);
bool clock_read(faults *fs, const block *b, const calendars *cs, clock_rule *ret);

#endif
