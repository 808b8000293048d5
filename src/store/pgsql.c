/* PostgreSQL behind the engine.  Rows of a statement come one at a time; when
 * another statement needs the connection meanwhile, the rest is read ahead. */
#include "engine.h"
#include "libpq.h"
#include "pgsql.h"
#include "queries.h"

enum { PARAMETERS_MAX = 64, NUMBER_MAX = 24, OID_BOOL = 16, OID_NUMERIC = 1700 };

typedef struct pg_stmt pg_stmt;

typedef struct {
    db       base;
    libpq    pq;
    PGconn  *c;
    pg_stmt *streaming;                   /* whose rows the connection is delivering */
    unsigned made;
    bool     cancel_rest;                 /* sandbox: nobody waits for rows that are not wanted */
    char     name[];
} pg_db;

struct pg_stmt {
    stmt       base;
    unsigned   number;
    bool       running, ended;
    PGresult  *row;
    PGresult  *described;                 /* its columns, for when there is no row */
    char      *blob;
    PGresult **ahead;                     /* read ahead; row n_used comes next */
    size_t     n_ahead, n_used, cap_ahead;
    int        n;                         /* parameters bound */
    const char *values[PARAMETERS_MAX];
    int        lengths[PARAMETERS_MAX], formats[PARAMETERS_MAX];
    char       numbers[PARAMETERS_MAX][NUMBER_MAX];
    char       shown[32];                 /* a number as SQLite prints it */
};

static const engine pgsql_engine;

static pg_db *pd(const db *d) { return (pg_db *)(uintptr_t)d; }
static pg_stmt *ps(const stmt *s) { return (pg_stmt *)(uintptr_t)s; }
static const libpq *pq_of(const stmt *s) { return &pd(s->d)->pq; }

/* ---- failures -------------------------------------------------------------------- */

/* By SQLSTATE, longest prefix first. */
static const struct {
    const char *state;
    err_t       code;
    const char *words;
} states[] = {
    { "55P03", ERR_BUSY, "another process is writing and did not finish in 30 s; try again" },
    { "40", ERR_BUSY, "another process was in the way; try again" },
    { "57014", ERR_LIMIT, "the query took too long or was stopped" },
    { "53100", ERR_FULL, "the server has no space left; what was being written is undone, make room and repeat" },
    { "53", ERR_LIMIT, "the server is out of resources" },
    { "54", ERR_LIMIT, "a limit of the server was reached" },
    { "42501", ERR_DENIED, "the database user may not do this" },
    { "25006", ERR_DENIED, "the connection is read only" },
    { "28", ERR_DENIED, "the server refuses the user or password" },
    { "3D000", ERR_NOT_FOUND, "there is no such database; create it first" },
    { "23", ERR_CORRUPT, "its rows contradict each other; run attest verify" },
    { "XX", ERR_CORRUPT, "the server reports damage; restore the latest backup" },
    { "08", ERR_IO, "the connection was lost; try again" },
    { "57", ERR_IO, "the server went away; try again" },
};

static str first_line(const char *text)
{
    str rest = str_of(text), line = S("");
    (void)str_line(&rest, &line);
    return line;
}

static err_t fault_of(const pg_db *d, const char *state, const char *text, fault *f)
{
    str why = first_line(text);
    if (d->pq.PQstatus(d->c) != CONNECTION_OK)
        return fail(f, ERR_IO, "%s: no connection: " STR_FMT, d->name, STR_ARG(why));
    for (size_t i = 0; state && i < COUNT(states); i++)
        if (strncmp(state, states[i].state, strlen(states[i].state)) == 0)
            return fail(f, states[i].code, "%s: %s (" STR_FMT ")", d->name, states[i].words, STR_ARG(why));
    return fail(f, ERR_INTERNAL, "%s: " STR_FMT, d->name, STR_ARG(why));
}

static err_t fault_of_result(const pg_db *d, PGresult *r, fault *f)
{
    const char *text = r ? d->pq.PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    return fault_of(d, r ? d->pq.PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL, text ? text : d->pq.PQerrorMessage(d->c), f);
}

/* ---- running statements ----------------------------------------------------------------- */

/* Reads what the streaming statement still has to come into its own memory. */
static void read_ahead(pg_db *d)
{
    pg_stmt  *s = d->streaming;
    PGresult *r;
    if (!s)
        return;
    while ((r = d->pq.PQgetResult(d->c))) {
        if (s->n_ahead == s->cap_ahead) {
            s->cap_ahead = s->cap_ahead ? 2 * s->cap_ahead : 64;
            s->ahead = reallocarray(s->ahead, s->cap_ahead, sizeof(PGresult *));
            if (!s->ahead)
                abort();
        }
        s->ahead[s->n_ahead++] = r;
    }
    d->streaming = NULL;
}

static PGresult *next_result(pg_db *d, pg_stmt *s)
{
    if (s->n_used < s->n_ahead)
        return s->ahead[s->n_used++];
    return d->streaming == s ? d->pq.PQgetResult(d->c) : NULL;
}

static void clear_row(pg_stmt *s)
{
    pq_of(&s->base)->PQclear(s->row);
    s->row = NULL;
}

static void pg_reset(stmt *base)
{
    pg_stmt  *s = ps(base);
    pg_db    *d = pd(base->d);
    PGresult *r;
    clear_row(s);
    if (d->streaming == s && d->cancel_rest && !s->ended) {
        char      why[256];
        PGcancel *cancel = d->pq.PQgetCancel(d->c);
        if (cancel)
            (void)d->pq.PQcancel(cancel, why, sizeof why);
        d->pq.PQfreeCancel(cancel);
    }
    while ((r = next_result(d, s)))
        d->pq.PQclear(r);
    if (d->streaming == s)
        d->streaming = NULL;
    free(s->ahead);
    s->ahead = NULL;
    s->n_ahead = s->n_used = s->cap_ahead = 0;
    s->running = s->ended = false;
}

static err_t send(pg_stmt *s, fault *f)
{
    pg_db *d = pd(s->base.d);
    char   name[32];
    read_ahead(d);
    snprintf(name, sizeof name, "attest_%u", s->number);
    if (!d->pq.PQsendQueryPrepared(d->c, name, s->n, s->values, s->lengths, s->formats, 0) || !d->pq.PQsetSingleRowMode(d->c))
        return fault_of(d, NULL, d->pq.PQerrorMessage(d->c), f);
    d->streaming = s;
    s->running = true;
    return ERR_OK;
}

static err_t pg_step(stmt *base, fault *f, bool *ret_row)
{
    pg_stmt  *s = ps(base);
    pg_db    *d = pd(base->d);
    PGresult *r;
    clear_row(s);
    if (!s->running)
        TRY(send(s, f));
    while ((r = next_result(d, s))) {
        ExecStatusType status = d->pq.PQresultStatus(r);
        if (status == PGRES_SINGLE_TUPLE) {
            s->row = r;
            *ret_row = true;
            return ERR_OK;
        }
        s->ended = true;
        err_t e = status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK ? ERR_OK : fault_of_result(d, r, f);
        d->pq.PQclear(r);
        if (e != ERR_OK) {
            pg_reset(base);
            return e;
        }
    }
    s->ended = true;
    if (d->streaming == s)
        d->streaming = NULL;
    *ret_row = false;
    return ERR_OK;
}

static err_t pg_exec(db *base, const char *sql, fault *f)
{
    pg_db *d = pd(base);
    read_ahead(d);
    PGresult *r = d->pq.PQexec(d->c, sql);
    ExecStatusType status = d->pq.PQresultStatus(r);
    err_t e = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ? ERR_OK : fault_of_result(d, r, f);
    d->pq.PQclear(r);
    return e;
}

static err_t pg_prepare(db *base, str sql, fault *f, stmt **ret)
{
    pg_db    *d = pd(base);
    pg_stmt  *s = calloc(1, sizeof *s);
    char      name[32];
    read_ahead(d);
    auto_arena arena *a = arena_new(1 << 20);
    if (!s)
        abort();
    s->base = (stmt){ &pgsql_engine, base };
    s->number = ++d->made;
    snprintf(name, sizeof name, "attest_%u", s->number);
    PGresult *r = d->pq.PQprepare(d->c, name, str_z(a, sql), 0, NULL);
    err_t     e = d->pq.PQresultStatus(r) == PGRES_COMMAND_OK ? ERR_OK : fault_of_result(d, r, f);
    d->pq.PQclear(r);
    if (e != ERR_OK) {
        free(s);
        return e;
    }
    *ret = &s->base;
    return ERR_OK;
}

static void pg_finish(stmt *base)
{
    pg_stmt *s = ps(base);
    pg_reset(base);
    if (!base->d->leaving) {
        char sql[64];
        str  text = str_trim(str_of(query_texts[Q_PG_DEALLOCATE].pgsql));
        snprintf(sql, sizeof sql, STR_FMT "%u", STR_ARG(text), s->number);
        (void)pg_exec(base->d, sql, NULL);
    }
    pq_of(base)->PQclear(s->described);
    free(s->blob);
    free(s);
}

/* ---- parameters: numbers as text, the rest as it is --------------------------------------- */

static void bind(stmt *base, int at, const char *p, size_t n, bool binary)
{
    pg_stmt *s = ps(base);
    assert(at > 0 && at <= PARAMETERS_MAX && n <= INT32_MAX);
    s->values[at - 1] = p;
    s->lengths[at - 1] = (int)n;
    s->formats[at - 1] = binary;
    if (at > s->n)
        s->n = at;
}

static void pg_bind_null(stmt *s, int at) { bind(s, at, NULL, 0, false); }
static void pg_bind_text(stmt *s, int at, str v) { bind(s, at, v.p ? v.p : "", v.n, true); }
static void pg_bind_blob(stmt *s, int at, const void *p, size_t n) { bind(s, at, p, n, true); }

static void pg_bind_int(stmt *s, int at, int64_t v)
{
    char *text = ps(s)->numbers[at - 1];
    snprintf(text, NUMBER_MAX, "%lld", (long long)v);
    bind(s, at, text, 0, false);
}

static void pg_bind_row(stmt *s, int at, const relation *r, const value *row)
{
    for (int i = 0; i < (int)r->n_fields; i++) {
        if (row[i].kind == V_INT)
            pg_bind_int(s, at + i, row[i].i);
        else if (row[i].kind == V_TEXT)
            pg_bind_text(s, at + i, row[i].s);
        else
            pg_bind_null(s, at + i);
    }
}

/* ---- columns --------------------------------------------------------------------------------- */

static unsigned type_of(const stmt *s, int i) { return ps(s)->row ? pq_of(s)->PQftype(ps(s)->row, i) : 0; }
static bool is_number(unsigned oid) { return oid == OID_BOOL || oid == 20 || oid == 21 || oid == 23 || oid == OID_NUMERIC || oid == 700 || oid == 701; }

static PGresult *description(const stmt *s)
{
    pg_stmt *p = ps(s);
    char     name[32];
    if (p->row)
        return p->row;
    if (!p->described) {
        read_ahead(pd(s->d));
        snprintf(name, sizeof name, "attest_%u", p->number);
        p->described = pq_of(s)->PQdescribePrepared(pd(s->d)->c, name);
    }
    return p->described;
}

static int pg_columns(const stmt *s) { return pq_of(s)->PQnfields(description(s)); }

static str pg_col_name(const stmt *s, int i)
{
    const char *name = pq_of(s)->PQfname(description(s), i);
    return name ? str_of(name) : S("");
}

static bool pg_col_null(const stmt *s, int i) { return pq_of(s)->PQgetisnull(ps(s)->row, 0, i); }
static bool pg_col_is_text(const stmt *s, int i) { return !pg_col_null(s, i) && !is_number(type_of(s, i)); }

static str raw(const stmt *s, int i)
{
    const pg_stmt *p = ps(s);
    return (str){ pq_of(s)->PQgetvalue(p->row, 0, i), (size_t)pq_of(s)->PQgetlength(p->row, 0, i) };
}

/* A number with a point as SQLite shows it: 15 digits, at least one after the point. */
static str shown_number(const stmt *s, str v)
{
    pg_stmt *p = ps(s);
    snprintf(p->shown, sizeof p->shown - 2, "%.15g", strtod(v.p, NULL));
    if (!strpbrk(p->shown, ".einEIN")) {
        size_t n = strlen(p->shown);
        memcpy(p->shown + n, ".0", 3);
    }
    return str_of(p->shown);
}

static str pg_col_text(const stmt *s, int i)
{
    str      v = raw(s, i);
    unsigned type = type_of(s, i);
    if (pg_col_null(s, i))
        return (str){ NULL, 0 };
    if (type == OID_BOOL)
        return *v.p == 't' ? S("1") : S("0");
    return type == OID_NUMERIC && memchr(v.p, '.', v.n) ? shown_number(s, v) : v;
}

static int64_t pg_col_int(const stmt *s, int i)
{
    int64_t out = 0;
    str     v = pg_col_null(s, i) ? S("") : pg_col_text(s, i);
    const char *point = v.n ? memchr(v.p, '.', v.n) : NULL;
    if (point)
        v.n = (size_t)(point - v.p);
    (void)parse_int(v, INT64_MIN, INT64_MAX, &out);
    return out;
}

/* bytea comes as \x and hex; the bytes live until the next call. */
static str pg_col_blob(const stmt *s, int i)
{
    pg_stmt *p = ps(s);
    str      v = raw(s, i);
    size_t   n = v.n >= 2 ? (v.n - 2) / 2 : 0;
    free(p->blob);
    p->blob = malloc(n + 1);
    if (!p->blob)
        abort();
    if (v.n < 2 || v.p[0] != '\\' || v.p[1] != 'x' || !hex_parse(str_sub(v, 2, v.n), p->blob, n))
        return (str){ NULL, 0 };
    return (str){ p->blob, n };
}

static void pg_col_row(const stmt *s, int i, const relation *r, value *ret)
{
    for (size_t k = 0; k < r->n_fields; k++, i++) {
        if (pg_col_null(s, i))
            ret[k] = V_UNKNOWN;
        else if (r->fields[k].kind == F_TEXT)
            ret[k] = v_text(raw(s, i));
        else
            ret[k] = v_int(pg_col_int(s, i));
    }
}

/* ---- connections -------------------------------------------------------------------------------- */

static void pg_close(db *base)
{
    pg_db *d = pd(base);
    d->pq.PQfinish(d->c);
    free(d);
}

/* The URL without user, password and options. */
static void public_name(char *to, const char *url)
{
    size_t      n = strcspn(url, "?"), scheme = (size_t)(strstr(url, "://") + 3 - url);
    const char *at = memrchr(url, '@', n);
    size_t      host = at ? (size_t)(at + 1 - url) : scheme;
    memcpy(to, url, scheme);
    memcpy(to + scheme, url + host, n - host);
    to[scheme + n - host] = '\0';
}

err_t pgsql_open(const char *url, bool sandbox, fault *f, db **ret)
{
    libpq pq;
    TRY(libpq_load(&pq, f));
    size_t n = strlen(url) + 1;
    pg_db *d = calloc(1, sizeof *d + n);
    if (!d)
        abort();
    d->pq = pq;
    d->cancel_rest = sandbox;
    public_name(d->name, url);
    d->base = (db){ .e = &pgsql_engine, .name = d->name };
    d->c = pq.PQconnectdb(url);
    err_t e = ERR_OK;
    if (pq.PQstatus(d->c) != CONNECTION_OK)
        e = fail(f, ERR_IO, "cannot connect to %s: " STR_FMT, d->name, STR_ARG(first_line(pq.PQerrorMessage(d->c))));
    else if (!str_eq(str_of(pq.PQparameterStatus(d->c, "server_encoding")), S("UTF8")))
        e = fail(f, ERR_UNSUPPORTED, "%s: the database must be in UTF8; create it with ENCODING 'UTF8'", d->name);
    if (e != ERR_OK) {
        pg_close(&d->base);
        return e;
    }
    *ret = &d->base;
    return ERR_OK;
}

bool pgsql_in_error(const db *base)
{
    const pg_db *d = pd(base);
    return d->pq.PQtransactionStatus(d->c) == PQTRANS_INERROR;
}

bool pgsql_lost(const db *base)
{
    const pg_db *d = pd(base);
    return d->pq.PQstatus(d->c) != CONNECTION_OK;
}

err_t pgsql_copy(db *base, const char *sql, str bytes, fault *f)
{
    pg_db *d = pd(base);
    read_ahead(d);
    PGresult *r = d->pq.PQexec(d->c, sql);
    err_t     e = d->pq.PQresultStatus(r) == PGRES_COPY_IN ? ERR_OK : fault_of_result(d, r, f);
    d->pq.PQclear(r);
    TRY(e);
    if (d->pq.PQputCopyData(d->c, bytes.p, (int)bytes.n) != 1 || d->pq.PQputCopyEnd(d->c, NULL) != 1)
        e = fault_of(d, NULL, d->pq.PQerrorMessage(d->c), f);
    while ((r = d->pq.PQgetResult(d->c))) {
        if (e == ERR_OK && d->pq.PQresultStatus(r) != PGRES_COMMAND_OK)
            e = fault_of_result(d, r, f);
        d->pq.PQclear(r);
    }
    return e;
}

static const engine pgsql_engine = {
    .postgres = true,
    .close = pg_close,
    .exec = pg_exec,
    .prepare = pg_prepare,
    .finish = pg_finish,
    .bind_null = pg_bind_null,
    .bind_int = pg_bind_int,
    .bind_text = pg_bind_text,
    .bind_blob = pg_bind_blob,
    .bind_row = pg_bind_row,
    .step = pg_step,
    .reset = pg_reset,
    .columns = pg_columns,
    .col_name = pg_col_name,
    .col_null = pg_col_null,
    .col_is_text = pg_col_is_text,
    .col_int = pg_col_int,
    .col_text = pg_col_text,
    .col_blob = pg_col_blob,
    .col_row = pg_col_row,
};
