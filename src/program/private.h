/* program/private.h - private to the room: a piece of work and what its files share. */
#ifndef PROGRAM_PRIVATE_H
#define PROGRAM_PRIVATE_H

#include "program/program.h"

typedef struct {
    str     id;
    value  *row;              /* as the work has it; NULL: there is none */
    int64_t version;          /* of what is stored; 0: nothing */
    bool    changed;
    bool    refused;          /* the work tried to add it, and told why not */
} kept;

/* What the work knows of one type. Few rows are fetched one by one; who asks for
 * more gets the whole table, so that statements never grow with rows. */
typedef struct {
    const relation *r;
    map             entries;  /* id -> kept; also of ids that do not exist */
    bool            full;
    int             lookups;
    DA(kept *)     changed;
    int64_t         next_number;         /* 0: not known yet */
    map            *holders;             /* per field: value -> kept; NULL: not built */
} table;

/* A reference that is still to be looked up. */
typedef struct {
    const relation *r;
    str             id;
    size_t          field;
    str             text;
} reference;

struct work {
    arena        *a;
    work_options  o;
    commit       *c;
    session      *s;
    map           tables;     /* relation name -> table */
    DA(table *)   order;      /* as they came */
    field_faults  faults;
    bool          later;      /* references are looked up at the end */
    DA(reference) pending;
    bool          broken;     /* a statement failed: nothing more will work */
};

enum { LOOKUPS_MAX = 16 };

table *work_table(work *w, const relation *r);
err_t  table_entry(work *w, table *t, str id, fault *f, kept **ret) MUST_USE;
err_t  table_fill(work *w, table *t, fault *f) MUST_USE;
void   entry_set(work *w, table *t, kept *e, value *row);     /* takes the row, which is the work's own memory */
/* The other record that has this value in the field; empty: nobody. */
err_t  unique_holder(work *w, table *t, size_t field, const value *v, str id, fault *f, str *ret) MUST_USE;

/* Records the fault; `e` is what the caller returns. */
err_t  refuse(work *w, const relation *r, str id, const char *field_name, err_t e, fault *f, const char *fmt, ...)
    __attribute__((format(printf, 7, 8)));

/* What one change is made on: a copy of the row. */
typedef struct {
    work           *w;
    const relation *r;
    str             id;
    value          *row;
    size_t          n_faults; /* of the work when the change began */
} change;

bool  change_sound(const change *ch);
err_t change_assign(change *ch, const assignment *set, size_t n, bool adding, const char *only, fault *f) MUST_USE;
err_t change_stamp(change *ch, const stamping *stamps, fault *f) MUST_USE;
err_t change_check(change *ch, const value *before, fault *f) MUST_USE;
err_t guards_check(change *ch, const transition *t, fault *f) MUST_USE;

value *field_value(const relation *r, value *row, const char *name);   /* the field must exist */
str    text_at(const relation *r, const value *row, const char *name);
/* The names of all fields, each with `prefix` before it; and the row a cursor stands on, from column `first`. */
str    columns_sql(arena *a, const relation *r, const char *prefix);
value *row_read(arena *a, cursor *c, const relation *r, int first);

#endif
