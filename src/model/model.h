/*
 * model/model.h - what a relation is, told once.
 *
 * A relation (account, host, result ...) is one `relation` value made of
 * rows, in its own file.  The history table, the views, validation, the NDJSON
 * protocol, CSV, the CLI and the reference page are read from it, so a new
 * field is one new row.  Fields are only ever added at the end: never renamed,
 * retyped or dropped, because old commitments name them.
 * Depends on: base.  Threads: everything here is constant.
 */
#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include "base/base.h"

typedef enum { F_TEXT, F_INT, F_BOOL, F_TIME, F_KIND_COUNT_ } field_kind;

enum {
    FIELD_KEY      = 1 << 0,  /* part of the natural key; never unknown */
    FIELD_REQUIRED = 1 << 1,  /* never unknown */
};

enum { FIELD_TEXT_MAX = 64 * 1024, RELATION_FIELDS_MAX = 40 };

typedef struct {
    const char        *name;     /* SQL column, JSON key, CSV column */
    const char        *doc;      /* one sentence: what it says, and what unknown means */
    const char        *unit;     /* "bytes", "days", NULL when there is none */
    field_kind         kind;     /* F_TIME: microseconds since 1970 UTC */
    unsigned           flags;
    const char *const *choices;  /* F_TEXT: the closed list, NULL-terminated; or NULL */
} field;

typedef enum { FACT, RESULT, RECORD } relation_kind;

typedef struct {
    const char   *name;          /* table and view; singular, lower case */
    const char   *doc;
    relation_kind kind;
    const field  *fields;        /* key fields first */
    size_t        n_fields;
} relation;

/* Rows for the field tables.  Extra designators may follow the doc. */
#define KEY_TEXT(n, d, ...) { .name = #n, .doc = d, .kind = F_TEXT, .flags = FIELD_KEY | FIELD_REQUIRED, __VA_ARGS__ }
#define KEY_INT(n, d, ...)  { .name = #n, .doc = d, .kind = F_INT, .flags = FIELD_KEY | FIELD_REQUIRED, __VA_ARGS__ }
#define TEXT(n, d, ...)     { .name = #n, .doc = d, .kind = F_TEXT, __VA_ARGS__ }
#define INT(n, d, ...)      { .name = #n, .doc = d, .kind = F_INT, __VA_ARGS__ }
#define BOOL(n, d, ...)     { .name = #n, .doc = d, .kind = F_BOOL, __VA_ARGS__ }
#define TIME(n, d, ...)     { .name = #n, .doc = d, .kind = F_TIME, __VA_ARGS__ }
#define ENUM(n, d, ...)     { .name = #n, .doc = d, .kind = F_TEXT, .choices = (const char *const[]){ __VA_ARGS__, NULL } }
#define RELATION(n, k, d)                                                        \
    const relation relation_##n = { .name = #n, .doc = d, .kind = k,             \
                                    .fields = fields, .n_fields = COUNT(fields) }

/* Every relation, sorted by name. */
extern const relation *const relations[];
extern const size_t          n_relations;

const relation *relation_find(str name);                      /* NULL when there is none */
/* Index in r->fields, or -1. */
int  relation_field(const relation *r, str name);
size_t relation_keys(const relation *r);                      /* how many fields are key */
static inline bool field_nullable(const field *f) { return !(f->flags & FIELD_REQUIRED); }

/* ---- values and rows ------------------------------------------------------ */

typedef enum { V_NULL, V_INT, V_TEXT } value_kind;

/* One field's value. F_BOOL is V_INT 0 or 1; F_TIME is V_INT microseconds. */
typedef struct {
    value_kind kind;
    int64_t    i;
    str        s;
} value;

#define V_UNKNOWN ((value){ .kind = V_NULL })
static inline value v_int(int64_t i) { return (value){ .kind = V_INT, .i = i }; }
static inline value v_bool(bool b) { return v_int(b); }
static inline value v_text(str s) { return (value){ .kind = V_TEXT, .s = s }; }
static inline value v_z(const char *z) { return z ? v_text(str_of(z)) : V_UNKNOWN; }
bool value_eq(const value *a, const value *b);

/* A row is an array of r->n_fields values, in the order of r->fields. */

/* ERR_OK, or ERR_INVALID with every broken field named in *f: wrong kind,
 * missing key, a choice not listed, too long, not UTF-8, a NUL byte. */
err_t row_check(const relation *r, const value *row, fault *f) MUST_USE;

/* The canonical form of a row, RFC 8785 JSON:
 *   {"fields":{...known fields, sorted...},"relation":"account","source":"host"}
 * Unknown fields are left out, so a relation can grow without changing what
 * was committed before. Booleans are true/false, times integers. */
void row_canonical(const relation *r, str source, const value *row, buf *out);

/* The same for many rows of one relation: finding the order costs as much as
 * writing a row. */
typedef struct { uint8_t at[RELATION_FIELDS_MAX]; } field_order;
void field_order_of(const relation *r, field_order *ret);
void row_canonical_in(const relation *r, const field_order *order, str source, const value *row, buf *out);

/* {"field":value,...} in field order, unknown fields left out; times as RFC 3339
 * strings when `for_people`, else integers. */
void row_json(const relation *r, const value *row, bool for_people, arena *a, buf *out);

/* Reads such an object (times as either form). Unknown field names, wrong
 * kinds and duplicate names are ERR_INVALID; fields not named are unknown. */
err_t row_parse(const relation *r, str json, arena *a, fault *f, value *ret_row) MUST_USE;

/* As people read it: true/false, RFC 3339, decimal, the text; "?" when unknown. */
str value_show(const field *fd, const value *v, arena *a) MUST_USE;
/* The reverse, for fixtures and CSV: "?" is unknown. */
err_t value_parse(const field *fd, str text, fault *f, value *ret) MUST_USE;

/* Faults in the tables themselves; run in the tests and by nobody else. */
err_t relations_check(fault *f) MUST_USE;

#endif
