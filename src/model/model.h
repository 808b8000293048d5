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
    FIELD_COLUMN   = 1 << 2,  /* records: a column of their list */
    FIELD_LONG     = 1 << 3,  /* text of several lines */
    FIELD_STAMPED  = 1 << 4,  /* records: set by the workflow, never by hand */
    FIELD_FIXED    = 1 << 5,  /* records: given when added, never edited after */
    FIELD_UNIQUE   = 1 << 6,  /* records: no two current rows have the same value */
    FIELD_INDEXED  = 1 << 7,  /* state: rows are found by it */
};

enum { FIELD_TEXT_MAX = 64 * 1024, RELATION_FIELDS_MAX = 40 };

typedef struct {
    const char        *name;     /* SQL column, JSON key, CSV column */
    const char        *doc;      /* one sentence: what it says, and what unknown means */
    const char        *unit;     /* "bytes", "days", NULL when there is none */
    field_kind         kind;     /* F_TIME: microseconds since 1970 UTC */
    unsigned           flags;
    const char *const *choices;  /* F_TEXT: the closed list, NULL-terminated; or NULL */
    const char        *ref;      /* F_TEXT: the type whose record it names; "*": any, as TYPE/ID; "test"; or NULL */
    int64_t            min, max; /* F_INT: the range, ends included; both 0: none */
    const char        *initial;  /* records: the value when none is given; or NULL */
} field;

typedef enum { FACT, RESULT, RECORD, STATE } relation_kind;

typedef struct record_type record_type;

typedef struct {
    const char        *name;     /* table and view; singular, lower case */
    const char        *doc;
    relation_kind      kind;
    const field       *fields;   /* key fields first */
    size_t             n_fields;
    const record_type *record;   /* RECORD: how it is kept and worked on; else NULL */
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

/* ---- records: what people keep, and its workflow ------------------------------- */

/* Least first: who may do a thing may do what a lesser role may. An auditor
 * reads everything and changes nothing. */
typedef enum { ROLE_UNSET, ROLE_AUDITOR, ROLE_MEMBER, ROLE_CONTRIBUTOR, ROLE_MANAGER, ROLE_OWNER, ROLE_COUNT_ } role;
const char *role_name(role r);
bool        role_parse(str s, role *ret);

/* What must hold for a transition; each is one function of program/guard.c. */
#define GUARD_TABLE(X)                                                                                          \
    X(OTHER_THAN,  "who does it is not the person in this field (separation of duties)")                        \
    X(SELF,        "who does it is the person in this field")                                                   \
    X(DIFFER,      "these two fields name different people or things")                                          \
    X(KNOWN,       "these fields are filled in")                                                                \
    X(EVIDENCE,    "a piece of evidence supports the record")                                                   \
    X(PAST,        "this time has come")                                                                        \
    X(FUTURE,      "this time is still to come")                                                                \
    X(REACHES,     "the first field is at least the second")                                                    \
    X(ONE_OF,      "this field has one of the values")                                                          \
    X(ALL_IN,      "every record whose field (RELATION.FIELD) names this one is in one of the states")          \
    X(SOME_IN,     "at least one record whose field (RELATION.FIELD) names this one is in one of the states")   \
    X(PARENT_IN,   "the record this field names is in one of the states")                                       \
    X(LISTS,       "what this field lists, with commas between, is in the catalogue (states: which); unknown lists nothing")   \
    X(ROLE_HELD,   "who does it holds this role assignment, or a right of owner")
typedef enum {
    GUARD_END,
#define X(name, doc) GUARD_##name,
    GUARD_TABLE(X)
#undef X
    GUARD_COUNT_
} guard_id;

typedef struct {
    guard_id    id;
    const char *arg;             /* field, fields with a blank between, RELATION.FIELD, or a role */
    const char *states;          /* ALL_IN, SOME_IN, PARENT_IN, and the values of ONE_OF: with a blank between; LISTS: the catalogue */
} guarding;

/* What the program writes itself. */
typedef enum {
    SET_END,
    SET_ACTOR,                   /* the person who does it */
    SET_NOW,                     /* the moment of the commit */
    SET_TEXT,                    /* arg, as people would write the value */
    SET_CLEAR,                   /* unknown */
    SET_COPY,                    /* the value of field arg */
    SET_CLOCK,                   /* arg: "CLOCK FIELD", the deadline of content/clocks.txt that begins at FIELD */
    SET_EVERY,                   /* arg: "CADENCE FIELD": the moment of FIELD ("now": of the commit) + the cadence in field CADENCE */
    SET_PRODUCT,                 /* arg: "A B": A times B, unknown when one of them is */
    SET_DIGEST,                  /* SHA-256 of the text in field arg, hex */
    SET_NEXT,                    /* one more than it was; 1 when unknown */
    SET_FROM,                    /* arg: "REF FIELD": the value of FIELD in the record that field REF names */
    SET_SPAN,                    /* arg: "FROM TO UNIT": the time between two fields in minutes, hours or days */
} stamp_kind;

typedef struct {
    stamp_kind  kind;
    const char *field;           /* what is set */
    const char *arg;
} stamping;

/* What else happens in the same commit; each is one function of program/effect.c. */
#define EFFECT_TABLE(X)                                                                                         \
    X(NONE,            "nothing else")                                                                          \
    X(FREEZE_ACCOUNTS, "the accounts of the review's system are frozen as decisions to take, and hashed")       \
    X(ONBOARDING,      "the onboarding checklist of the person is opened")                                      \
    X(OFFBOARDING,     "the offboarding checklist of the person is opened")                                     \
    X(SUPERSEDE,       "the other published version of the same policy is retired")                             \
    X(NOTIFY_CLOCKS,   "the notification duties of the incident are opened, each with its clock")
typedef enum {
#define X(name, doc) EFFECT_##name,
    EFFECT_TABLE(X)
#undef X
    EFFECT_COUNT_
} effect_id;

enum { GUARDS_MAX = 6, STAMPS_MAX = 8 };

typedef struct {
    const char *name;            /* "approve" */
    const char *from;            /* states with a blank between; NULL: any */
    const char *to;              /* NULL: the state stays */
    const char *doc;             /* what it means */
    const char *needs;           /* fields that must be known, with a blank between; NULL: none */
    guarding    guards[GUARDS_MAX];
    stamping    sets[STAMPS_MAX];
    role        by;              /* least role */
    effect_id   effect;
} transition;

struct record_type {
    const char       *group;     /* "Risk": where it stands in lists of types */
    const char       *prefix;    /* "RISK": ids are RISK-1, RISK-2 ...; NULL: people choose the id */
    const char       *title;     /* the field that names a record to people */
    const char       *owner;     /* the field with the accountable person; NULL: none */
    const char       *own;       /* the field with the person whose record it is (reads it, adds it); NULL: none */
    const char       *about;     /* the reference to the record it says something of: who adds it reads that one; a member, owns it; NULL: none */
    const char       *front;     /* fields that a form for a new one shows at once, beside those of a list: "email phone"; NULL: none */
    const char       *initial;   /* state of a new record; NULL: the type has no field `state` */
    role              read, add, edit;
    const char       *no_needs;  /* "FIELD OTHER": whoever says no in FIELD fills in OTHER; NULL: none */
    const char       *edit_in;   /* states in which fields may be edited, with a blank between; NULL: any */
    stamping          on_add[STAMPS_MAX], on_write[STAMPS_MAX];   /* on_write: also when added, after all else */
    effect_id         add_effect;
    const transition *transitions;
    size_t            n_transitions;
    const char       *cadence;   /* how often it is looked at, in words, for the reference; NULL: per event */
    const char       *controls;  /* controls it gives evidence for, with a blank between: "RM-01 RM-02" */
};

/* Rows of a record's file, in this order: fields[], transitions[] (when there
 * are states), `record`, then RECORD(name, doc). */
#define RECORD_ID(d)        { .name = "id", .doc = d, .kind = F_TEXT, .flags = FIELD_KEY | FIELD_REQUIRED | FIELD_COLUMN }
#define REF(n, to, d, ...)  { .name = #n, .doc = d, .kind = F_TEXT, .ref = to, __VA_ARGS__ }
#define STATES(d, ...)      { .name = "state", .doc = d, .kind = F_TEXT, .flags = FIELD_REQUIRED | FIELD_STAMPED | FIELD_COLUMN, \
                              .choices = (const char *const[]){ __VA_ARGS__, NULL } }
#define CHOICES(...)        .choices = (const char *const[]){ __VA_ARGS__, NULL }
#define MOVE(n, f, t, r, d, ...) { .name = #n, .from = f, .to = t, .by = r, .doc = d, __VA_ARGS__ }
#define MUST(g, a)          { .id = GUARD_##g, .arg = a }
#define MUST_IN(g, a, s)    { .id = GUARD_##g, .arg = a, .states = s }
#define STAMP(k, f)         { .kind = SET_##k, .field = f }
#define STAMP_BY(k, f, a)   { .kind = SET_##k, .field = f, .arg = a }
#define RECORD(n, d)                                                             \
    const relation relation_##n = { .name = #n, .doc = d, .kind = RECORD,        \
                                    .fields = fields, .n_fields = COUNT(fields), .record = &record }

/* The source of every record's versions. */
#define RECORD_SOURCE S("record")

const transition *transition_find(const relation *r, str name);        /* NULL when there is none */
/* Whether `word` is one of the words of `list` (blanks between; NULL holds none). */
bool list_has(const char *list, str word);

/* ---- the registry ------------------------------------------------------------ */

/* Every relation, sorted by name. */
extern const relation *const relations[];
extern const size_t          n_relations;

const relation *relation_find(str name);                      /* NULL when there is none */

/* Relations of kind STATE: what the running program keeps and no history has (store.h,
 * state_open). They are in no view, query, export or list of relations. */
extern const relation *const state_relations[];
extern const size_t          n_state_relations;
const relation *state_relation(str name);                     /* NULL when there is none */

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

/* Why `v` may not stand in the field, for people: "is not one of low, medium, high";
 * empty when it may. */
str value_why(const field *fd, const value *v, arena *a) MUST_USE;

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
