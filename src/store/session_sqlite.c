/* The sandbox on SQLite: a read-only connection of its own, an authorizer, and
 * limits on time, memory and sizes. */
#include "session.h"

#include <sqlite3.h>

enum { OPS_BETWEEN_CHECKS = 20000 };

static sqlite3 *handle(session *s) { return sqlite_handle(s->d); }

/* ---- the functions both engines have --------------------------------------------------------- */

static void fn_as_of(sqlite3_context *x, int n, sqlite3_value **v)
{
    const session *s = sqlite3_user_data(x);
    (void)n, (void)v;
    sqlite3_result_int64(x, s->as_of);
}

/* days(n), hours(n), minutes(n): user data is the unit in microseconds. */
static void fn_span(sqlite3_context *x, int n, sqlite3_value **v)
{
    const time_us *unit = sqlite3_user_data(x);
    int64_t        out;
    (void)n;
    if (sqlite3_value_type(v[0]) == SQLITE_NULL)
        return;
    if (sqlite3_value_type(v[0]) != SQLITE_INTEGER || __builtin_mul_overflow(sqlite3_value_int64(v[0]), *unit, &out))
        sqlite3_result_error(x, "a number of days, hours or minutes is a whole number that is not too large", -1);
    else
        sqlite3_result_int64(x, out);
}

static int compare_values(sqlite3_value *a, sqlite3_value *b)
{
    if (sqlite3_value_type(a) == SQLITE_TEXT && sqlite3_value_type(b) == SQLITE_TEXT) {
        str x = { (const char *)sqlite3_value_text(a), (size_t)sqlite3_value_bytes(a) };
        str y = { (const char *)sqlite3_value_text(b), (size_t)sqlite3_value_bytes(b) };
        return str_cmp(x, y);
    }
    if (sqlite3_value_type(a) == SQLITE_INTEGER && sqlite3_value_type(b) == SQLITE_INTEGER) {
        int64_t x = sqlite3_value_int64(a), y = sqlite3_value_int64(b);
        return x < y ? -1 : x > y;
    }
    double x = sqlite3_value_double(a), y = sqlite3_value_double(b);
    return x < y ? -1 : x > y;
}

/* greatest(...) and least(...) pass NULLs over, as PostgreSQL does. */
static void fn_extreme(sqlite3_context *x, int n, sqlite3_value **v)
{
    const int     *want = sqlite3_user_data(x);
    sqlite3_value *best = NULL;
    bool           text = false, number = false;
    for (int i = 0; i < n; i++) {
        if (sqlite3_value_type(v[i]) == SQLITE_NULL)
            continue;
        *(sqlite3_value_type(v[i]) == SQLITE_TEXT ? &text : &number) = true;
        if (text && number) {
            sqlite3_result_error(x, "greatest and least compare numbers or texts, not both", -1);
            return;
        }
        if (!best || compare_values(v[i], best) * *want > 0)
            best = v[i];
    }
    if (best)
        sqlite3_result_value(x, best);
}

typedef struct {
    sqlite3_str *text;
} agg;

static void string_agg_step(sqlite3_context *x, int n, sqlite3_value **v)
{
    agg *g = sqlite3_aggregate_context(x, sizeof *g);
    (void)n;
    if (!g || sqlite3_value_type(v[0]) == SQLITE_NULL)
        return;
    if (sqlite3_value_type(v[0]) != SQLITE_TEXT) {
        sqlite3_result_error(x, "string_agg joins texts; write CAST(x AS TEXT)", -1);
        return;
    }
    if (!g->text)
        g->text = sqlite3_str_new(sqlite3_context_db_handle(x));
    else if (sqlite3_value_type(v[1]) != SQLITE_NULL)
        sqlite3_str_append(g->text, (const char *)sqlite3_value_text(v[1]), sqlite3_value_bytes(v[1]));
    sqlite3_str_append(g->text, (const char *)sqlite3_value_text(v[0]), sqlite3_value_bytes(v[0]));
}

static void string_agg_final(sqlite3_context *x)
{
    agg *g = sqlite3_aggregate_context(x, 0);
    if (!g || !g->text)
        return;
    if (sqlite3_str_errcode(g->text) != SQLITE_OK) {
        sqlite3_result_error_code(x, sqlite3_str_errcode(g->text));
        sqlite3_free(sqlite3_str_finish(g->text));
        return;
    }
    int   n = sqlite3_str_length(g->text);
    char *z = sqlite3_str_finish(g->text);
    if (z)
        sqlite3_result_text(x, z, n, sqlite3_free);
    else
        sqlite3_result_text(x, "", 0, SQLITE_STATIC);
}

static int add_functions(session *s)
{
    static time_us units[] = { DAYS(1), HOURS(1), MINUTES(1) };
    static int     signs[] = { 1, -1 };
    const int      flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    const struct {
        const char *name;
        int         n;
        void       *data;
        void (*fn)(sqlite3_context *, int, sqlite3_value **);
    } scalars[] = {
        { "as_of", 0, s, fn_as_of },          { "days", 1, &units[0], fn_span },
        { "hours", 1, &units[1], fn_span },   { "minutes", 1, &units[2], fn_span },
        { "greatest", -1, &signs[0], fn_extreme }, { "least", -1, &signs[1], fn_extreme },
    };
    int rc = SQLITE_OK;
    for (size_t i = 0; i < COUNT(scalars); i++)
        rc |= sqlite3_create_function_v2(handle(s), scalars[i].name, scalars[i].n, flags, scalars[i].data,
                                         scalars[i].fn, NULL, NULL, NULL);
    return rc | sqlite3_create_function_v2(handle(s), "string_agg", 2, flags, NULL, NULL, string_agg_step, string_agg_final, NULL);
}

/* ---- permission --------------------------------------------------------------------------------- */

/* The second line behind sandbox_check: whatever slips through its grammar still
 * reads nothing but the views. */
static bool may_read(const session *s, const char *table, const char *via)
{
    str name = str_of(table);
    /* A view of ours reads its own tables. A subquery or WITH is named here too,
     * and may read only what the query itself may. */
    if (via && (relation_find(str_of(via)) || (s->o.history && str_ends(str_of(via), S("_history")))))
        return true;
    if (str_starts(name, S("sqlite_")) || str_ends(name, S("_h")))
        return false;
    if (relation_find(name))
        return true;
    return s->o.history && (str_eq(name, S("commits")) || str_ends(name, S("_history")));
}

/* count(*) over a view may reach its table without a view's name and without a
 * column: it learns how many, which the view tells too. */
static bool counts_only(const char *table, const char *column)
{
    str name = str_of(table);
    return !*column && str_ends(name, S("_h")) && relation_find(str_sub(name, 0, name.n - 2));
}

static int authorize(void *arg, int action, const char *a, const char *b, const char *database, const char *via)
{
    const session *s = arg;
    (void)database;
    if (s->trusted || action == SQLITE_SELECT)
        return SQLITE_OK;
    if (action == SQLITE_READ)
        return may_read(s, a, via) || counts_only(a, b) ? SQLITE_OK : SQLITE_DENY;
    if (action == SQLITE_FUNCTION)
        return sandbox_function(str_of(b)) || strcmp(b, "like") == 0 ? SQLITE_OK : SQLITE_DENY;
    return SQLITE_DENY;
}

static int watch(void *arg)
{
    session *s = arg;
    if (time_mono() > s->deadline)
        s->hit = HIT_TIME;
    else if (sqlite3_memory_used() - s->memory_base > (int64_t)s->o.memory_max)
        s->hit = HIT_MEMORY;
    return s->hit != HIT_NONE;
}

static void set_limits(session *s)
{
    /* One value may be a sixteenth of all memory: making it is a single step, between checks. */
    size_t    length = s->o.memory_max / 16 < 16 << 20 ? s->o.memory_max / 16 : 16 << 20;
    const struct { int id, value; } limits[] = {
        { SQLITE_LIMIT_LENGTH, (int)length },  { SQLITE_LIMIT_SQL_LENGTH, 1 << 20 },
        { SQLITE_LIMIT_EXPR_DEPTH, 500 },      { SQLITE_LIMIT_COMPOUND_SELECT, 100 },
        { SQLITE_LIMIT_VDBE_OP, 1 << 20 },     { SQLITE_LIMIT_ATTACHED, 0 },
        { SQLITE_LIMIT_TRIGGER_DEPTH, 0 },     { SQLITE_LIMIT_WORKER_THREADS, 0 },
        { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000 },
    };
    for (size_t i = 0; i < COUNT(limits); i++)
        (void)sqlite3_limit(handle(s), limits[i].id, limits[i].value);
    (void)sqlite3_set_authorizer(handle(s), authorize, s);
    sqlite3_progress_handler(handle(s), OPS_BETWEEN_CHECKS, watch, s);
}

static err_t sq_connect(session *s, fault *f)
{
    s->deadline = INT64_MAX;
    TRY(sqlite_in_memory(s->st->d) ? sqlite_open_copy(s->st->d, f, &s->d) : sqlite_open(s->st->path, OPEN_SANDBOX, f, &s->d));
    if (add_functions(s) != SQLITE_OK)
        return fail(f, ERR_INTERNAL, "the sandbox's functions cannot be made");
    set_limits(s);
    return ERR_OK;
}

static err_t sq_open(session *s, fault *f)
{
    TRY(sq_connect(s, f));
    return session_begin(s, f);
}

/* A temporary view hides the one of the same name that shows current rows. */
static err_t drop_views(session *s, fault *f)
{
    for (size_t i = 0; i < n_relations; i++) {
        if (s->shown[i])
            TRY(session_exec(s, Q_ASOF_VIEW_DROP, relations[i], f));
        s->shown[i] = false;
    }
    return ERR_OK;
}

static err_t sq_refresh(session *s, fault *f)
{
    if (sqlite_in_memory(s->st->d)) {     /* what we have is a copy: take another */
        session_forget(s);
        s->d->e->close(s->d);
        s->d = NULL;
        memset(s->shown, 0, 2 * n_relations * sizeof *s->shown);
        return sq_open(s, f);
    }
    TRY(session_exec(s, Q_END_WRITE, NULL, f));                   /* ended well, the views it made stay */
    return session_begin(s, f);
}

static err_t sq_moment(session *s, fault *f)
{
    return s->now && !s->fixture ? drop_views(s, f) : ERR_OK;
}

static err_t sq_show(session *s, str table, fault *f)
{
    const relation *r = relation_find(table);
    if (!r && str_ends(table, S("_history"))) {
        r = relation_find(str_sub(table, 0, table.n - 8));
        assert(r);
        return session_exec(s, Q_HISTORY_VIEW, r, f);
    }
    if (!r || s->shown[relation_index(r)] || (s->now && !s->fixture))
        return ERR_OK;
    s->shown[relation_index(r)] = true;
    return session_exec(s, s->fixture ? Q_FIXTURE_TABLE : Q_ASOF_VIEW, r, f);
}

static err_t sq_prepare(session *s, str sql, fault *f, stmt **ret)
{
    s->deadline = INT64_MAX;
    return s->d->e->prepare(s->d, sql, f, ret);
}

static void sq_start(session *s) { s->memory_base = sqlite3_memory_used(); }

static err_t sq_explain(session *s, err_t e, const fault *inner, fault *f)
{
    const char *text = sqlite3_errmsg(handle(s));
    if (s->hit == HIT_TIME)
        return fail(f, ERR_LIMIT, "the query took longer than %lld s; ask for less", (long long)(s->o.time_max / SECONDS(1)));
    if (s->hit == HIT_MEMORY)
        return fail(f, ERR_LIMIT, "the query needs more than %zu MiB; ask for less", s->o.memory_max >> 20);
    if (sqlite3_errcode(handle(s)) == SQLITE_AUTH)
        return fail(f, ERR_DENIED, "the query may not do this: %s", text);
    if (e == ERR_INTERNAL)
        return fail(f, ERR_INVALID, "%s", text);
    return fail(f, e, "%s", inner->text);
}

/* ---- fixtures --------------------------------------------------------------------------------------- */

static err_t sq_open_fixture(session *s, fault *f)
{
    s->deadline = INT64_MAX;
    TRY(sqlite_open(":memory:", OPEN_SANDBOX, f, &s->d));
    if (add_functions(s) != SQLITE_OK)
        return fail(f, ERR_INTERNAL, "the sandbox's functions cannot be made");
    set_limits(s);
    return ERR_OK;
}

static err_t load_rows(session *s, const relation *r, str source, const value *const *rows, size_t n, fault *f)
{
    stmt *clear;
    if (n)
        return session_fixture_insert(s, r, source, rows, n, f);
    TRY(session_fixture_stmt(s, Q_FIXTURE_CLEAR, r, f, &clear));
    return stmt_run(clear, f);
}

static err_t sq_load(session *s, const relation *r, str source, const value *const *rows, size_t n, fault *f)
{
    TRY(sq_show(s, str_of(r->name), f));
    s->trusted = true;
    s->deadline = INT64_MAX;
    err_t e = load_rows(s, r, source, rows, n, f);
    s->trusted = false;
    return e;
}

const session_engine session_sqlite = {
    .open = sq_open,
    .refresh = sq_refresh,
    .moment = sq_moment,
    .show = sq_show,
    .prepare = sq_prepare,
    .start = sq_start,
    .explain = sq_explain,
    .open_fixture = sq_open_fixture,
    .load = sq_load,
    .schema_now = "main.",
    .schema_past = "temp.",
};
