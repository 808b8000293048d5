/* SQLite behind the engine: one connection, its statements, its failures told
 * in sentences. */
#include "engine.h"
#include "queries.h"

#include <errno.h>
#include <sqlite3.h>

typedef struct {
    db       base;
    sqlite3 *h;
    bool     memory;
    char     path[];
} sqlite_db;

enum { PARAMETERS_MAX = 64 };

typedef struct {
    stmt          base;
    sqlite3_stmt *h;
    uint8_t       slot[PARAMETERS_MAX + 1];   /* $n -> SQLite's number, 0: not used */
} sqlite_stmt;

static const engine sqlite_engine;
enum { APPLICATION_ID = 0x41545354 };         /* "ATST", shown by file(1) */
enum { BUSY_MS = 30 * 1000 };

static sqlite3 *handle(const db *d) { return ((const sqlite_db *)d)->h; }
static sqlite3_stmt *sh(const stmt *s) { return ((const sqlite_stmt *)s)->h; }
struct sqlite3 *sqlite_handle(db *d) { return handle(d); }
bool sqlite_in_memory(const db *d) { return ((const sqlite_db *)d)->memory; }

/* ---- failures ---------------------------------------------------------------- */

static err_t fault_io(db *d, int rc, fault *f)
{
    int e = sqlite3_system_errno(handle(d));
    if (e == ENOSPC || e == EDQUOT)
        return fail(f, ERR_FULL, "%s: no space left; what was being written is undone, make room and repeat", d->name);
    if (rc == SQLITE_IOERR_CORRUPTFS || rc == SQLITE_IOERR_DATA || rc == SQLITE_IOERR_SHORT_READ)
        return fail(f, ERR_CORRUPT, "%s: damaged on disk; keep the file and restore the latest backup", d->name);
    if (e != 0)
        return fail_errno(f, e, "%s: reading or writing failed (%s)", d->name, sqlite3_errmsg(handle(d)));
    return fail(f, ERR_IO, "%s: reading or writing failed: %s", d->name, sqlite3_errmsg(handle(d)));
}

static err_t fault_cantopen(db *d, fault *f)
{
    int e = sqlite3_system_errno(handle(d));
    if (e == EISDIR)
        return fail(f, ERR_INVALID, "%s is a directory; name a database file", d->name);
    return fail_errno(f, e ? e : EACCES, "cannot open the database %s", d->name);
}

err_t sqlite_fault(db *d, int rc, fault *f)
{
    const char *text = sqlite3_errmsg(handle(d));
    switch (rc & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return fail(f, ERR_BUSY, "%s: another process is writing and did not finish in 30 s; try again", d->name);
    case SQLITE_FULL:
        return fail(f, ERR_FULL, "%s: no space left; what was being written is undone, make room and repeat", d->name);
    case SQLITE_IOERR:
        return fault_io(d, rc, f);
    case SQLITE_CORRUPT:
        return fail(f, ERR_CORRUPT, "%s: the database is damaged (%s); keep the file and restore the latest backup",
                    d->name, text);
    case SQLITE_NOTADB:
        return fail(f, ERR_CORRUPT, "%s is not a database; name the right file, or restore the latest backup", d->name);
    case SQLITE_CANTOPEN:
        return fault_cantopen(d, f);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return fail(f, ERR_DENIED, "%s cannot be written; check the owner and mode of the file and its directory", d->name);
    case SQLITE_NOMEM:
    case SQLITE_TOOBIG:
    case SQLITE_INTERRUPT:
        return fail(f, ERR_LIMIT, "%s: a limit on memory, time or size was reached: %s", d->name, text);
    case SQLITE_CONSTRAINT:
        return fail(f, ERR_CORRUPT, "%s: its rows contradict each other (%s); run attest verify", d->name, text);
    default:
        return fail(f, ERR_INTERNAL, "%s: %s", d->name, text);
    }
}

/* ---- statements ----------------------------------------------------------------- */

static err_t sq_prepare(db *d, str sql, fault *f, stmt **ret)
{
    sqlite3_stmt *h = NULL;
    int           rc = sqlite3_prepare_v3(handle(d), sql.p, (int)sql.n, SQLITE_PREPARE_PERSISTENT, &h, NULL);
    if (rc != SQLITE_OK)
        return sqlite_fault(d, rc, f);
    if (!h)
        return fail(f, ERR_INVALID, "there is no statement");
    sqlite_stmt *s = calloc(1, sizeof *s);
    if (!s)
        abort();
    *s = (sqlite_stmt){ .base = { &sqlite_engine, d }, .h = h };
    for (int i = 1; i <= sqlite3_bind_parameter_count(h); i++) {
        const char *name = sqlite3_bind_parameter_name(h, i);
        int64_t     n = 0;
        if (name && name[0] == '$' && parse_int(str_of(name + 1), 1, PARAMETERS_MAX, &n))
            s->slot[n] = (uint8_t)i;
    }
    *ret = &s->base;
    return ERR_OK;
}

static void sq_finish(stmt *s)
{
    sqlite3_finalize(sh(s));
    free(s);
}

static int slot(const stmt *s, int at)
{
    assert(at > 0 && at <= PARAMETERS_MAX);
    return ((const sqlite_stmt *)s)->slot[at];
}

/* Binding cannot fail but for a wrong number, which the texts in sql/ rule out. */
static void bound(int rc)
{
    assert(rc == SQLITE_OK);
    (void)rc;
}

static void sq_bind_null(stmt *s, int at) { bound(sqlite3_bind_null(sh(s), slot(s, at))); }
static void sq_bind_int(stmt *s, int at, int64_t v) { bound(sqlite3_bind_int64(sh(s), slot(s, at), v)); }

static void sq_bind_text(stmt *s, int at, str v)
{
    bound(sqlite3_bind_text(sh(s), slot(s, at), v.p ? v.p : "", (int)v.n, SQLITE_STATIC));
}

static void sq_bind_blob(stmt *s, int at, const void *p, size_t n)
{
    bound(sqlite3_bind_blob(sh(s), slot(s, at), p, (int)n, SQLITE_STATIC));
}

static void sq_bind_row(stmt *s, int at, const relation *r, const value *row)
{
    for (size_t i = 0; i < r->n_fields; i++) {
        const value *v = &row[i];
        int          to = at + (int)i;
        if (v->kind == V_INT)
            sq_bind_int(s, to, v->i);
        else if (v->kind == V_TEXT)
            sq_bind_text(s, to, v->s);
        else
            sq_bind_null(s, to);
    }
}

static err_t sq_step(stmt *s, fault *f, bool *ret_row)
{
    int rc = sqlite3_step(sh(s));
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        return sqlite_fault(s->d, rc, f);
    *ret_row = rc == SQLITE_ROW;
    return ERR_OK;
}

static void sq_reset(stmt *s) { (void)sqlite3_reset(sh(s)); }     /* repeats the step's failure */
static int  sq_columns(const stmt *s) { return sqlite3_column_count(sh(s)); }
static str  sq_col_name(const stmt *s, int i) { return str_of(sqlite3_column_name(sh(s), i)); }
static bool sq_col_null(const stmt *s, int i) { return sqlite3_column_type(sh(s), i) == SQLITE_NULL; }
static bool sq_col_is_text(const stmt *s, int i) { return sqlite3_column_type(sh(s), i) == SQLITE_TEXT; }
static int64_t sq_col_int(const stmt *s, int i) { return sqlite3_column_int64(sh(s), i); }

static str sq_col_text(const stmt *s, int i)
{
    const unsigned char *p = sqlite3_column_text(sh(s), i);
    return (str){ (const char *)p, (size_t)sqlite3_column_bytes(sh(s), i) };
}

static str sq_col_blob(const stmt *s, int i)
{
    const void *p = sqlite3_column_blob(sh(s), i);
    return (str){ p, (size_t)sqlite3_column_bytes(sh(s), i) };
}

static void sq_col_row(const stmt *s, int i, const relation *r, value *ret)
{
    sqlite3_stmt *h = sh(s);
    for (size_t k = 0; k < r->n_fields; k++, i++) {
        int type = sqlite3_column_type(h, i);
        if (type == SQLITE_NULL)
            ret[k] = V_UNKNOWN;
        else if (type == SQLITE_INTEGER)
            ret[k] = v_int(sqlite3_column_int64(h, i));
        else if (type == SQLITE_TEXT)
            ret[k] = v_text(sq_col_text(s, i));
        else                             /* no value of ours: of the wrong kind, so that it is noticed */
            ret[k] = r->fields[k].kind == F_TEXT ? v_int(0) : v_text(S("?"));
    }
}

/* ---- connections ----------------------------------------------------------------- */

static err_t sq_exec(db *d, const char *sql, fault *f)
{
    int rc = sqlite3_exec(handle(d), sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? ERR_OK : sqlite_fault(d, rc, f);
}

static void sq_close(db *d)
{
    (void)sqlite3_close_v2(handle(d));
    free(d);
}

static err_t configure(db *d, open_mode m, fault *f)
{
    sqlite3 *h = handle(d);
    (void)sqlite3_extended_result_codes(h, 1);
    (void)sqlite3_busy_timeout(h, BUSY_MS);
    (void)sqlite3_db_config(h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)sqlite3_db_config(h, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    (void)sqlite3_db_config(h, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    (void)sqlite3_db_config(h, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    query_id q = m == OPEN_READ ? Q_CONNECT_READ : m == OPEN_SANDBOX ? Q_CONNECT_SANDBOX : Q_CONNECT_WRITE;
    return sq_exec(d, query_texts[q].sqlite, f);
}

static sqlite_db *db_new(const char *path)
{
    size_t     n = strlen(path) + 1;
    sqlite_db *d = calloc(1, sizeof *d + n);
    if (!d)
        abort();
    memcpy(d->path, path, n);
    d->base = (db){ .e = &sqlite_engine, .name = d->path };
    d->memory = strcmp(path, ":memory:") == 0;
    return d;
}

err_t sqlite_open(const char *path, open_mode m, fault *f, db **ret)
{
    static const int flags[] = {
        [OPEN_READ] = SQLITE_OPEN_READONLY,
        [OPEN_WRITE] = SQLITE_OPEN_READWRITE,
        [OPEN_CREATE] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
        [OPEN_SANDBOX] = SQLITE_OPEN_READONLY,
    };
    sqlite_db *d = db_new(path);
    int        want = d->memory ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : flags[m];
    int        rc = sqlite3_open_v2(path, &d->h, want | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    err_t      e = rc == SQLITE_OK ? configure(&d->base, m, f) : sqlite_fault(&d->base, rc, f);
    if (e != ERR_OK) {
        sq_close(&d->base);
        return e;
    }
    *ret = &d->base;
    return ERR_OK;
}

err_t sqlite_open_copy(db *of, fault *f, db **ret)
{
    sqlite3_int64  n = 0;
    unsigned char *bytes = sqlite3_serialize(handle(of), "main", &n, 0);
    if (!bytes)
        return fail(f, ERR_LIMIT, "%s: no memory for a copy of the database", of->name);
    sqlite_db *d = db_new(":memory:");
    int        rc = sqlite3_open_v2(":memory:", &d->h, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    /* From here the copy belongs to the connection, also when this fails. */
    if (rc == SQLITE_OK)
        rc = sqlite3_deserialize(d->h, "main", bytes, n, n, SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY);
    else
        sqlite3_free(bytes);
    err_t e = rc == SQLITE_OK ? configure(&d->base, OPEN_SANDBOX, f) : sqlite_fault(&d->base, rc, f);
    if (e != ERR_OK) {
        sq_close(&d->base);
        return e;
    }
    *ret = &d->base;
    return ERR_OK;
}

static const engine sqlite_engine = {
    .postgres = false,
    .close = sq_close,
    .exec = sq_exec,
    .prepare = sq_prepare,
    .finish = sq_finish,
    .bind_null = sq_bind_null,
    .bind_int = sq_bind_int,
    .bind_text = sq_bind_text,
    .bind_blob = sq_bind_blob,
    .bind_row = sq_bind_row,
    .step = sq_step,
    .reset = sq_reset,
    .columns = sq_columns,
    .col_name = sq_col_name,
    .col_null = sq_col_null,
    .col_is_text = sq_col_is_text,
    .col_int = sq_col_int,
    .col_text = sq_col_text,
    .col_blob = sq_col_blob,
    .col_row = sq_col_row,
};
