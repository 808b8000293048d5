/*
 * store/store.h - the door to SQL: relations with history on SQLite or
 * PostgreSQL, one write path, as-of views, a read-only sandbox.
 *
 * A row version is never overwritten: it is closed at valid_to and the next one
 * opened. Every write belongs to a commit; a commit is one leaf for the ledger.
 * Depends on: base, model, ledger (Merkle hashing only).
 * Threads: a store, and what was opened from it, belongs to one thread; any
 * number of stores may be open on the same database. Readers never block.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "ledger/ledger.h"
#include "model/model.h"

typedef struct store store;

enum {
    STORE_WRITE  = 1 << 0,    /* else read only, and the schema must be current */
    STORE_CREATE = 1 << 1,    /* the database may be new */
    STORE_KEEP_SESSION = 1 << 2,         /* a session that is closed is put by for the next: for who opens many */
};

typedef struct {
    const char *url;          /* "sqlite:PATH", "sqlite::memory:", "postgres://..." (libpq; ?schema=NAME) */
    unsigned    flags;
    time_us   (*clock)(void); /* NULL: time_now. Tests set it. */
    const time_us *at;        /* generated data: the moment, looked at instead of any clock; outlives the store */
    size_t      statements;   /* how many queries of a session stay compiled, for who asks the same again; 0: the last */
} store_options;

/* Applies migrations (checksums of those applied are compared first) and adds
 * columns for fields that are new. A database of a newer Attest is refused. */
err_t store_open(const store_options *o, fault *f, store **ret) MUST_USE;
void  store_close(store *st);                                  /* accepts NULL */
bool  store_is_postgres(const store *st);

/* ---- writing ----------------------------------------------------------------- */

typedef struct commit commit;

typedef struct {
    str actor;                /* who: "user:ann", "cli:root", "source:host" */
    str action;               /* what: "collect", "assess", "erase", "edit" */
    str reason;               /* why; may be empty */
} commit_info;

typedef struct {
    int64_t seq;              /* index of the leaf; -1: nothing changed, nothing was written */
    time_us at;
    str     leaf;             /* the leaf's bytes, in the arena given */
    int64_t opened, closed;
} commit_done;

/* Waits (up to 30 s, else ERR_BUSY) for the one writer's place. A clock that
 * stands before the last commit is ERR_CLOCK. Between store_group_begin and
 * store_group_end many commits share one transaction and one fsync. */
err_t store_group_begin(store *st, fault *f) MUST_USE;
err_t store_group_end(store *st, fault *f) MUST_USE;
void  store_group_abort(store *st);

err_t commit_begin(store *st, const commit_info *info, fault *f, commit **ret) MUST_USE;
/* Durable on return, unless a group is open. Takes the commit, also when it fails:
 * then all of it (and of the group) is undone. */
err_t commit_finish(commit *c, arena *a, fault *f, commit_done *ret) MUST_USE;
void  commit_abort(commit *c);                                 /* accepts NULL; ends the group too */
time_us commit_moment(const commit *c);                        /* the valid_from of what it opens */

typedef enum {
    WRITE_SNAPSHOT,           /* these are all rows of the source: others are closed */
    WRITE_MERGE,              /* these rows hold now; nothing is closed but what they replace */
    WRITE_CLOSE,              /* rows with these keys hold no longer; other fields are ignored */
} write_mode;

/* Rows of one relation from one source: begin, any number of rows, end. A key
 * that comes twice keeps the first row and counts in ret_duplicates (may be
 * NULL). Bad rows are ERR_INVALID and change nothing; the write may go on. */
err_t write_begin(commit *c, const relation *r, str source, write_mode mode, fault *f) MUST_USE;
err_t write_row(commit *c, const value *row, fault *f) MUST_USE;
/* From now on as WRITE_MERGE: what came so far was not all. */
void  write_incomplete(commit *c);
err_t write_end(commit *c, fault *f, int64_t *ret_duplicates) MUST_USE;

/* Destroys content, keys and salt of one version, which is closed if it was
 * current; its commitment stays. The erasure is part of commit `c`. ERR_NOT_FOUND
 * when there is no such version or it is erased already. */
err_t erase_version(commit *c, const relation *r, int64_t id, fault *f) MUST_USE;

/* ---- reading ------------------------------------------------------------------ */

typedef struct cursor cursor;

/* Rows of a query, one at a time. Text lives until the next step. */
err_t cursor_next(cursor *c, fault *f, bool *ret_row) MUST_USE;
void  cursor_close(cursor *c);                                 /* accepts NULL */
int   cursor_columns(const cursor *c);
str   cursor_name(const cursor *c, int column);
bool  cursor_null(const cursor *c, int column);
int64_t cursor_int(const cursor *c, int column);               /* booleans as 0 and 1 */
str   cursor_text(const cursor *c, int column);                /* numbers in decimal */
bool  cursor_is_text(const cursor *c, int column);

/* A version as it is stored, for verification, history and proofs. */
typedef struct {
    int64_t id;               /* 1, 2, 3 ... within its relation, without gaps */
    str     source;
    time_us valid_from, valid_to;
    int64_t opened_by, closed_by;   /* commit seq; closed_by -1 while open */
    int64_t erased_by;        /* commit seq, -1 when not erased; then row and salt are void */
    uint8_t salt[32];
    hash32  commitment;
    const value *row;         /* r->n_fields values */
} version;

/* Calls `each` for every version of r in the order of ids. */
typedef err_t (*version_visitor)(void *arg, const version *v);
err_t store_versions(store *st, const relation *r, version_visitor each, void *arg, fault *f) MUST_USE;
/* Versions of one key (r's key values), oldest first. */
err_t store_history(store *st, const relation *r, const value *key, version_visitor each, void *arg, fault *f) MUST_USE;

typedef struct {
    int64_t seq;
    time_us at;
    str     actor, action, reason, leaf;
} commit_row;

typedef err_t (*commit_visitor)(void *arg, const commit_row *row);
err_t store_commits(store *st, int64_t from_seq, commit_visitor each, void *arg, fault *f) MUST_USE;
err_t store_commit_count(store *st, fault *f, int64_t *ret) MUST_USE;
/* The number the next commit will have: what was read before another head may have changed since. Counts nothing. */
err_t store_head(store *st, fault *f, int64_t *ret) MUST_USE;

/* Calls `each` with a text for every view, table, index and trigger that is not
 * as this program makes it, and for what the engine finds damaged. SQLite only. */
typedef void (*shape_visitor)(void *arg, str what);
err_t store_shape(store *st, shape_visitor each, void *arg, fault *f) MUST_USE;

/* HMAC-SHA256(salt, canonical row): what a leaf commits to. */
hash32 version_commitment(hasher *h, const uint8_t salt[32], str canonical);

/* What a leaf says, read back from its bytes (strictly; see leaf.c). */
typedef struct {
    str     relation;
    int64_t first, opened;    /* ids first .. first+opened-1 were opened */
    int64_t closed;
    hash32  opened_root, closed_root;  /* trees over the commitments, in the order of ids */
} leaf_change;

typedef struct {
    str     relation;
    int64_t id;
} leaf_erased;

typedef struct {
    int64_t      seq;
    time_us      at;
    str          actor, action, reason;
    leaf_change *changes;     /* sorted by relation */
    size_t       n_changes;
    leaf_erased *erased;      /* sorted by relation, then id */
    size_t       n_erased;
} leaf;

err_t leaf_parse(arena *a, str bytes, fault *f, leaf *ret) MUST_USE;

/* ---- the sandbox ---------------------------------------------------------------- */

/* A read-only session for control tests and `attest sql`: nothing but one
 * SELECT over relation views, each showing the state as of the chosen moment
 * with the extra columns `source` and `valid_from`. The same text runs on both
 * engines: LIKE minds case, as_of(), days(n), hours(n) and minutes(n) give
 * microseconds, `/` is integer division, greatest/least/string_agg exist. */
typedef struct session session;

/* The rows of a relation, and of its history, that a session has: those for which `where` holds. */
typedef struct {
    const relation *r;
    str             where;    /* SQL over the relation's fields; texts in it are quoted */
} session_part;

typedef struct {
    time_us as_of;            /* TIME_MAX: now */
    time_us time_max;         /* per query; 0: 60 s */
    int64_t rows_max;         /* 0: 10 million */
    size_t  memory_max;       /* bytes for the engine; 0: 512 MiB */
    bool    history;          /* also offers RELATION_history and commits (for `attest sql`) */
    const session_part *parts;  size_t n_parts;        /* of other relations it has all rows; they outlive it */
} session_options;

err_t session_open(store *st, const session_options *o, fault *f, session **ret) MUST_USE;
void  session_close(session *s);                               /* accepts NULL */
err_t session_set_as_of(session *s, time_us as_of, fault *f) MUST_USE;

/* Refuses what is not a single SELECT of the shared dialect, with line and
 * column in the text; needs no database. ret_tables: relations it reads. */
err_t sandbox_check(arena *a, str sql, bool history, fault *f, str **ret_tables, size_t *ret_n) MUST_USE;

/* The words of such a query, for other checks of it. */
typedef enum { T_END, T_WORD, T_NUMBER, T_STRING, T_PUNCT } token_kind;

typedef struct {
    token_kind kind;
    str        text;          /* words in lower case */
    size_t     at;            /* offset in the SQL */
} sql_token;

/* All tokens with T_END after the last. What the dialect does not know
 * (comments, quoted names, parameters, casts with ::) is ERR_INVALID, told
 * with line and column. */
err_t sql_lex(arena *a, str sql, fault *f, sql_token **ret, size_t *ret_n) MUST_USE;

err_t session_query(session *s, str sql, fault *f, cursor **ret) MUST_USE;

/* The query in sql/PATH of this program without its comment, {NAME} replaced by
 * the hole of that name. Holes are SQL: texts of people go through sql_literal. */
typedef struct {
    const char *name;
    str         sql;
} sql_hole;
str sql_read(arena *a, const char *path, const sql_hole *holes, size_t n) MUST_USE;
/* A value of the field as SQL: quoted text, number, true or false, NULL. */
str sql_literal(arena *a, const field *fd, const value *v) MUST_USE;
str sql_quote(arena *a, str text) MUST_USE;

/* A session over given rows instead of the database, for fixtures: every
 * relation is empty until loaded; rows are added to those of other sources, and
 * no rows (n of 0) empty the relation. */
err_t session_open_fixture(store *st, fault *f, session **ret) MUST_USE;
err_t session_load(session *s, const relation *r, str source, const value *const *rows, size_t n, fault *f) MUST_USE;

/* ---- state: rows of the running program that are no evidence ------------------------

 * Relations of kind STATE (model.h) as plain tables, one row a key, changed in place and gone
 * when deleted. They stand apart from the store: on SQLite in auth.db (mode 0600) in the store's
 * directory, so that they wait for no collector and no copy of the store carries them; on
 * PostgreSQL in the schema NAME_state, which no sandbox session sees. Durable on return.
 * Threads: any number may use a state at once. */
typedef struct state_db state_db;

typedef enum {
    STATE_PUT,                /* a row, instead of the one with its key */
    STATE_ADD,                /* a row whose key is new; else ERR_CONFLICT */
    STATE_SWAP,               /* a row for that with its key while `field` has the value `v` there; else ERR_CONFLICT */
    STATE_DROP,               /* the row with the key; ERR_NOT_FOUND when there is none */
    STATE_DROP_WHERE,         /* all rows whose `field` is `v`, which is known */
} state_change;

typedef struct {
    const relation *r;
    const value    *row;      /* r->n_fields values; STATE_DROP: the key's alone */
    value           v;
    state_change    change;
    int             field;    /* in r->fields */
} state_op;

typedef struct {
    value **rows;             /* r->n_fields values each, by key */
    size_t  n;
} state_rows;

/* `url`: the store's, as in store_options. Makes and brings up its tables. ERR_DENIED: others may read auth.db. */
err_t state_open(const char *url, fault *f, state_db **ret) MUST_USE;
void  state_close(state_db *s);                                   /* accepts NULL */
/* All of them or none, in order. */
err_t state_apply(state_db *s, const state_op *ops, size_t n, fault *f) MUST_USE;
/* ERR_NOT_FOUND, with nothing said in f, when there is no row with the key. */
err_t state_get(state_db *s, arena *a, const relation *r, const value *key, fault *f, value **ret) MUST_USE;
/* As state_get, and the row is gone: of any number who take it at once one gets it. */
err_t state_take(state_db *s, arena *a, const relation *r, const value *key, fault *f, value **ret) MUST_USE;
/* Rows whose field has the value; v NULL: whose field has any; field -1: all. */
err_t state_find(state_db *s, arena *a, const relation *r, int field, const value *v, fault *f, state_rows *ret) MUST_USE;
err_t state_any(state_db *s, const relation *r, fault *f, bool *ret) MUST_USE;
/* Deletes, in every relation with a field expires_at, the rows whose time has come. */
err_t state_sweep(state_db *s, time_us now, fault *f) MUST_USE;

GUARD_DEFINE(store, store_close)
#define auto_store GUARD(store_close)
GUARD_DEFINE(state_db, state_close)
#define auto_state GUARD(state_close)
GUARD_DEFINE(cursor, cursor_close)
#define auto_cursor GUARD(cursor_close)
GUARD_DEFINE(session, session_close)
#define auto_session GUARD(session_close)
GUARD_DEFINE(commit, commit_abort)
#define auto_commit GUARD(commit_abort)

#endif
