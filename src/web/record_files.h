/* web/record_files.h - private to the room: what the pages of imports and of the registers are given. */
#ifndef WEB_RECORD_FILES_H
#define WEB_RECORD_FILES_H

#include "web/record.h"

typedef struct {
    ask                 *q;
    const relation      *r;
    const form          *fm;
    const import_report *report;         /* NULL: nothing was tried yet */
    const sync_report   *sync;           /* of people; NULL: a plain import */
    bool                 kept, ready;    /* ready: checked, without fault, and not kept yet */
    str                  action, back, name, why, example, content;
    bool                 large;          /* the file does not travel with the page: it is to be chosen again */
} import_view;
void tpl_record_import(buf *out, const import_view *v);

typedef struct {
    const relation *r;
    str             label, href, none, said, said_when;
    int64_t         n;
} register_row;

/* Which registers a page tells of. */
enum { REGISTERS_ALL, REGISTERS_KEPT, REGISTERS_NONE, REGISTERS_SILENT, REGISTERS_SHOWN_COUNT };

typedef struct {
    const char    *group;
    register_row  *v;  size_t n;
} register_group;

typedef struct {
    ask            *q;
    register_group *groups;  size_t n_groups;
    int             shows;    /* which of the following */
    int64_t         counts[REGISTERS_SHOWN_COUNT];
    str             links[REGISTERS_SHOWN_COUNT];
    const char     *words[REGISTERS_SHOWN_COUNT];
    bool            may_declare;
} registers_view;
void tpl_registers(buf *out, const registers_view *v);

#endif
