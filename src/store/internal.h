/* store/internal.h - private to the room: the store and what its files share. */
#ifndef STORE_INTERNAL_H
#define STORE_INTERNAL_H

#include "engine.h"
#include "queries.h"
#include "store/store.h"

enum { ACTOR_MAX = 255, ACTION_MAX = 64, REASON_MAX = 4096, LEAF_MAX = 65535, SOURCE_MAX = 255 };

struct store {
    arena      *a;                        /* lives as long as the store */
    db         *d;
    unsigned    flags;
    time_us   (*clock)(void);
    const time_us *at;
    const char *path;                     /* sqlite: file, or ":memory:" */
    const char *url;                      /* postgres: connection string */
    const char *schema;                   /* postgres */
    stmt       *fixed[Q_COUNT_];          /* prepared at first use */
    stmt      **templated;                /* [relation * Q_COUNT_ + query] */
    commit     *open_commit;
    bool        in_group;
    bool        in_write;                 /* a transaction of the writer is open */
    bool        erased;                   /* a commit of the transaction erased something */
    int64_t     last_seq;                 /* of the last commit, while in_write */
    time_us     last_at;
    size_t      statements;               /* how many queries a session has compiled at a time */
    session    *idle;                     /* a session that was closed and may be opened again (STORE_KEEP_SESSION) */
    int64_t    *next_ids;                 /* per relation, 0: not yet asked for; while in_write */
};

/* ---- query.c ---- */

/* The text of a query with a relation's names filled in; r and extra (see
 * {definition}) may be NULL. */
str   query_fill(arena *a, const store *st, query_id q, const relation *r, const field *extra) MUST_USE;
/* Text for one engine: INTEGER, BLOB and STRICT become what PostgreSQL calls them. */
str   query_dialect(arena *a, bool postgres, str sql) MUST_USE;
/* The store's own prepared statement, reset and ready. */
err_t store_fixed(store *st, query_id q, fault *f, stmt **ret) MUST_USE;
err_t store_templated(store *st, query_id q, const relation *r, fault *f, stmt **ret) MUST_USE;
err_t store_exec(store *st, query_id q, const relation *r, const field *extra, fault *f) MUST_USE;
void  store_forget_statements(store *st);
size_t relation_index(const relation *r);            /* in relations[] */
bool  relation_has_source_field(const relation *r);
const field *relation_own_field(const relation *r);  /* whose record it is; NULL: nobody's */

/* ---- schema.c ---- */

err_t schema_bring_up(store *st, fault *f) MUST_USE;

/* ---- store.c ---- */

time_us store_time(const store *st);
/* Opens st->d as st->flags say; sets path, or url and schema. */
err_t store_connect(store *st, const char *url, fault *f) MUST_USE;
err_t writer_begin(store *st, fault *f) MUST_USE;
err_t writer_end(store *st, fault *f) MUST_USE;
void  writer_abort(store *st);

/* ---- row_index.c: current rows by key, for comparing ---- */

typedef struct { uint64_t a, b; } hash128;

typedef struct {
    hash128 key, content;
    int64_t id;                           /* 0: opened in this write */
    bool    seen;
} row_entry;

typedef struct row_index row_index;
row_index *row_index_new(arena *a);
void       row_index_reserve(row_index *x, size_t n);
size_t     row_index_count(const row_index *x);
row_entry *row_index_at(const row_index *x, size_t i);
row_entry *row_index_find(const row_index *x, hash128 key);      /* NULL when there is none */
/* The entry of a key; a new one has ret_new set and only its key filled in. */
row_entry *row_index_put(row_index *x, hash128 key, bool *ret_new);
/* Hashes of a row under the index's random key. */
hash128    row_index_key(row_index *x, const relation *r, const value *row);
hash128    row_index_content(row_index *x, const relation *r, const value *row);

/* ---- session.c ---- */

void session_destroy(session *s);

/* ---- commit.c ---- */

typedef struct {
    int64_t id;
    hash32  commitment;
} closed_version;

/* What a commit did to one relation. */
typedef struct {
    const relation *r;
    field_order     order;
    int64_t         first, opened;
    merkle_range    opened_range;
    DA(closed_version) closed;
    buf             copy, ids;            /* PostgreSQL: rows to open, ids to close, not sent yet */
    size_t          n_ids;
} change;

typedef struct writer writer;              /* write.c: one write_begin .. write_end */
void writer_free(writer *w);               /* accepts NULL */
enum { SALTS = 256 };

struct commit {
    store      *st;
    arena      *a;
    hasher     *h;
    commit_info info;
    int64_t     seq;
    time_us     at;
    DA(change *) changes;
    DA(leaf_erased) erased;
    writer     *w;                        /* between write_begin and write_end */
    bool        failed;                   /* the transaction is of no use any more */
    uint8_t     salts[SALTS][32];
    unsigned    salts_used;
    buf         scratch;                  /* canonical rows */
};

change *commit_change(commit *c, const relation *r);
err_t   commit_open_version(commit *c, change *ch, str source, const value *row, fault *f) MUST_USE;
err_t   commit_close_version(commit *c, change *ch, int64_t id, fault *f) MUST_USE;

/* ---- bulk.c: PostgreSQL, where a round trip for every row costs too much ---- */

err_t bulk_open(commit *c, change *ch, int64_t id, str source, const uint8_t salt[32], const hash32 *commitment,
                const value *row, fault *f) MUST_USE;
err_t bulk_close(commit *c, change *ch, int64_t id, fault *f) MUST_USE;
/* What is queued is in the tables after it. */
err_t bulk_flush(commit *c, change *ch, fault *f) MUST_USE;

/* ---- leaf.c ---- */

str leaf_text(arena *a, hasher *h, const commit *c) MUST_USE;


/* ---- sandbox.c ---- */

bool sandbox_function(str name);              /* may a query call it? */

#endif
