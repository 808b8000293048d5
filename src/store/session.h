/* store/session.h - private to the room: what the sandbox of either engine has. */
#ifndef STORE_SESSION_H
#define STORE_SESSION_H

#include "internal.h"

typedef struct {
    /* Connects, takes a view of the database as it stands and finds s->last_at. */
    err_t (*open)(session *s, fault *f);
    /* A fresh view of the database; s->as_of and s->now are set after it. */
    err_t (*refresh)(session *s, fault *f);
    err_t (*moment)(session *s, fault *f);
    /* Makes what a query reads visible, by name. */
    err_t (*show)(session *s, str table, fault *f);
    err_t (*prepare)(session *s, str sql, fault *f, stmt **ret);
    void  (*start)(session *s);           /* a query's limits begin to count */
    /* Words for a failure inside the sandbox. */
    err_t (*explain)(session *s, err_t e, const fault *inner, fault *f);
    err_t (*open_fixture)(session *s, fault *f);
    err_t (*load)(session *s, const relation *r, str source, const value *const *rows, size_t n, fault *f);
    /* What stands before a view's name where that name has another meaning: of current rows; of past ones and histories. */
    const char *schema_now, *schema_past;
} session_engine;

extern const session_engine session_sqlite, session_pgsql;

/* A query that was asked, compiled; with the text it came from in an arena of its own. */
typedef struct {
    arena *a;
    str    sql;
    stmt  *st;
    bool   in_use;
} kept_stmt;

struct session {
    arena          *a;
    store          *st;
    db             *d;
    const session_engine *e;
    session_options o;
    time_us         as_of;                /* what as_of() says */
    time_us         last_at;              /* of the last commit in view */
    bool            now;                  /* as_of is not before last_at: current rows are right */
    bool            fixture;
    bool            trusted;              /* our own statements are being prepared */
    bool           *shown;                /* per relation: view made; then: history view made */
    bool           *loaded;               /* fixture: per relation, rows are in it */
    stmt          **fixture_stmts;        /* fixture: per relation, that which empties it and that which fills it */
    int            *loads;                /* PostgreSQL: per relation, since the last TRUNCATE */

    time_us         deadline;             /* on time_mono */
    int64_t         memory_base;
    enum { HIT_NONE, HIT_TIME, HIT_MEMORY } hit;
    kept_stmt      *kept;                 /* st->statements of them; a new one takes the place of the oldest */
    size_t          next_kept;
    size_t          open_cursors;
};

/* Ends the compiled queries: what they read is other views now. */
void session_forget(session *s);

/* ---- what both engines do alike ---- */

/* Runs one of our own statements, filled in for `r`. */
err_t session_exec(session *s, query_id q, const relation *r, fault *f) MUST_USE;
/* Begins the transaction in which the database stands still, and finds s->last_at. */
err_t session_begin(session *s, fault *f) MUST_USE;
/* Q_FIXTURE_CLEAR or Q_FIXTURE_INSERT for `r`, prepared once. */
err_t session_fixture_stmt(session *s, query_id q, const relation *r, fault *f, stmt **ret) MUST_USE;
err_t session_fixture_insert(session *s, const relation *r, str source, const value *const *rows, size_t n, fault *f) MUST_USE;

#endif
