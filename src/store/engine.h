/* store/engine.h - private to the room: what the two engines have in common.
 *
 * A db is one connection, a stmt one prepared statement on it.  Parameters and
 * columns count from 1 and 0 as in SQLite. Bound text and blobs must live until
 * the statement is reset; column text lives until the next step. */
#ifndef STORE_ENGINE_H
#define STORE_ENGINE_H

#include "model/model.h"

typedef struct engine engine;

typedef struct db {
    const engine *e;
    const char   *name;       /* for messages: the path, or the URL without a password */
    bool          leaving;    /* about to be closed: statements need not be told one by one */
} db;

typedef struct stmt {
    const engine *e;
    db           *d;
} stmt;

struct engine {
    bool  postgres;
    void  (*close)(db *d);
    /* Any number of statements, without parameters and rows. */
    err_t (*exec)(db *d, const char *sql, fault *f);
    err_t (*prepare)(db *d, str sql, fault *f, stmt **ret);
    void  (*finish)(stmt *s);
    void  (*bind_null)(stmt *s, int at);
    void  (*bind_int)(stmt *s, int at, int64_t v);
    void  (*bind_text)(stmt *s, int at, str v);
    void  (*bind_blob)(stmt *s, int at, const void *p, size_t n);
    /* The values of a row, from parameter `at` on. */
    void  (*bind_row)(stmt *s, int at, const relation *r, const value *row);
    err_t (*step)(stmt *s, fault *f, bool *ret_row);
    void  (*reset)(stmt *s);
    int   (*columns)(const stmt *s);
    str   (*col_name)(const stmt *s, int i);
    bool  (*col_null)(const stmt *s, int i);
    bool  (*col_is_text)(const stmt *s, int i);
    int64_t (*col_int)(const stmt *s, int i);
    str   (*col_text)(const stmt *s, int i);
    str   (*col_blob)(const stmt *s, int i);
    /* The values of a row, from column i on, as they are stored. */
    void  (*col_row)(const stmt *s, int i, const relation *r, value *ret);
};

typedef enum { OPEN_READ, OPEN_WRITE, OPEN_CREATE, OPEN_SANDBOX } open_mode;

err_t sqlite_open(const char *path, open_mode m, fault *f, db **ret) MUST_USE;
/* A private copy, read only, of a database in memory. */
err_t sqlite_open_copy(db *of, fault *f, db **ret) MUST_USE;
bool  sqlite_in_memory(const db *d);
struct sqlite3 *sqlite_handle(db *d);
/* The state of SQLite's last failure on `d`, told as a fault. */
err_t sqlite_fault(db *d, int rc, fault *f);

static inline err_t stmt_step(stmt *s, fault *f, bool *ret_row) { return s->e->step(s, f, ret_row); }
static inline void stmt_reset(stmt *s) { s->e->reset(s); }
static inline void bind_null(stmt *s, int at) { s->e->bind_null(s, at); }
static inline void bind_int(stmt *s, int at, int64_t v) { s->e->bind_int(s, at, v); }
static inline void bind_text(stmt *s, int at, str v) { s->e->bind_text(s, at, v); }
static inline void bind_blob(stmt *s, int at, const void *p, size_t n) { s->e->bind_blob(s, at, p, n); }
static inline int64_t col_int(const stmt *s, int i) { return s->e->col_int(s, i); }
static inline str col_text(const stmt *s, int i) { return s->e->col_text(s, i); }
static inline bool col_null(const stmt *s, int i) { return s->e->col_null(s, i); }

/* Runs to the end and resets; rows are passed over. */
err_t stmt_run(stmt *s, fault *f) MUST_USE;
static inline void stmt_finish(stmt *s)
{
    if (s)
        s->e->finish(s);
}
/* A statement of the store's own is reset, not finished, when the scope ends. */
static inline void stmt_reset_guard(stmt **s)
{
    if (*s)
        (*s)->e->reset(*s);
}
#define auto_reset __attribute__((cleanup(stmt_reset_guard)))
GUARD_DEFINE(stmt, stmt_finish)
#define auto_stmt GUARD(stmt_finish)

#endif
