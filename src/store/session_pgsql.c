/* The sandbox on PostgreSQL: a read-only transaction of its own, a search path
 * that holds nothing but the views, and the server's limits on time. */
#include "pgsql.h"
#include "session.h"

enum { LOADS_BEFORE_TRUNCATE = 1000 };

static err_t set(session *s, const char *name, int64_t v, const char *unit, bool local, fault *f)
{
    auto_arena arena *a = arena_new(4096);
    stmt             *st = NULL;
    TRY(s->d->e->prepare(s->d, query_fill(a, s->st, Q_PG_SET, NULL, NULL), f, &st));
    auto_stmt stmt *held = st;
    bind_text(held, 1, str_of(name));
    bind_text(held, 2, str_fmt(a, "%lld%s", (long long)v, unit));
    bind_int(held, 3, local);
    return stmt_run(st, f);
}

static err_t pg_connect(session *s, fault *f)
{
    TRY(pgsql_open(s->st->url, true, f, &s->d));
    TRY(session_exec(s, Q_CONNECT_SANDBOX, NULL, f));
    TRY(set(s, "statement_timeout", s->o.time_max / 1000, "ms", false, f));
    return set(s, "work_mem", (int64_t)(s->o.memory_max >> 13) < 1024 ? 1024 : (int64_t)(s->o.memory_max >> 13), "kB", false, f);
}

static err_t pg_open(session *s, fault *f)
{
    TRY(pg_connect(s, f));
    TRY(session_exec(s, Q_PG_PATH, NULL, f));
    return session_begin(s, f);
}

static err_t pg_refresh(session *s, fault *f)
{
    TRY(session_exec(s, Q_ROLLBACK, NULL, f));
    return session_begin(s, f);
}

/* A query that fails is undone to the savepoint; the view of the data stays. */
static err_t pg_moment(session *s, fault *f)
{
    TRY(set(s, "attest.as_of", s->as_of, "", !s->fixture, f));
    if (s->fixture)
        return ERR_OK;
    TRY(session_exec(s, s->now ? Q_PG_PATH_NOW : Q_PG_PATH_ASOF, NULL, f));
    return session_exec(s, Q_PG_SAVEPOINT, NULL, f);
}

static err_t pg_show(session *s, str table, fault *f)
{
    const relation *r = relation_find(table);
    if (!s->fixture || !r || s->shown[relation_index(r)])
        return ERR_OK;
    s->shown[relation_index(r)] = true;
    return session_exec(s, Q_FIXTURE_TABLE, r, f);
}

static err_t pg_prepare(session *s, str sql, fault *f, stmt **ret) { return s->d->e->prepare(s->d, sql, f, ret); }
static void  pg_start(session *s) { (void)s; }

static err_t pg_explain(session *s, err_t e, const fault *inner, fault *f)
{
    str text = str_of(inner->text);
    str name = str_of(s->d->name);
    if (!s->fixture && pgsql_in_error(s->d))
        TRY(session_exec(s, Q_PG_BACK_TO_SAVEPOINT, NULL, f));
    if (e == ERR_LIMIT)
        return fail(f, e, "the query took longer than %lld s, or more than the server has; ask for less",
                    (long long)(s->o.time_max / SECONDS(1)));
    if (str_starts(text, name))
        text = str_sub(text, name.n + 2, text.n);
    return fail(f, e == ERR_INTERNAL ? ERR_INVALID : e, STR_FMT, STR_ARG(text));
}

/* ---- fixtures ----------------------------------------------------------------------- */

static err_t pg_open_fixture(session *s, fault *f)
{
    TRY(pg_connect(s, f));
    s->loads = NEW_ARRAY(s->a, int, n_relations);
    return session_exec(s, Q_PG_PATH_FIXTURE, NULL, f);
}

/* DELETE is the quicker way to empty a small table, but leaves dead rows to step over. */
static err_t clear(session *s, const relation *r, fault *f)
{
    size_t at = relation_index(r);
    stmt  *st;
    if (++s->loads[at] % LOADS_BEFORE_TRUNCATE == 0)
        return session_exec(s, Q_FIXTURE_TRUNCATE, r, f);
    TRY(session_fixture_stmt(s, Q_FIXTURE_CLEAR, r, f, &st));
    return stmt_run(st, f);
}

static err_t pg_load(session *s, const relation *r, str source, const value *const *rows, size_t n, fault *f)
{
    TRY(pg_show(s, str_of(r->name), f));
    return n ? session_fixture_insert(s, r, source, rows, n, f) : clear(s, r, f);
}

const session_engine session_pgsql = {
    .open = pg_open,
    .refresh = pg_refresh,
    .moment = pg_moment,
    .show = pg_show,
    .prepare = pg_prepare,
    .start = pg_start,
    .explain = pg_explain,
    .open_fixture = pg_open_fixture,
    .load = pg_load,
    .schema_now = "",                     /* a name in its own WITH is the view of that name */
    .schema_past = "",
};
