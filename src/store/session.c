/* The sandbox: a read-only session in which one checked SELECT runs at a time. */
#include "session.h"

enum { ROWS_MAX = 10 * 1000 * 1000, TIME_MAX_S = 60 };
#define MEMORY_MAX ((size_t)512 << 20)

struct cursor {
    stmt      *s;
    kept_stmt *kept;                      /* NULL: the statement is the cursor's own */
    session   *owner;
    int64_t    rows;
};

/* ---- cursors ----------------------------------------------------------------------------- */

static cursor *cursor_over(stmt *s, kept_stmt *kept, session *owner)
{
    cursor *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    *c = (cursor){ .s = s, .kept = kept, .owner = owner };
    if (kept)
        kept->in_use = true;
    owner->open_cursors++;
    return c;
}

err_t cursor_next(cursor *c, fault *f, bool *ret_row)
{
    session *s = c->owner;
    fault    inner = { 0 };
    bool     row;
    err_t    e = stmt_step(c->s, &inner, &row);
    if (e != ERR_OK)
        return s->e->explain(s, e, &inner, f);
    if (row && ++c->rows > s->o.rows_max)
        return fail(f, ERR_LIMIT, "the query gives more than %lld rows; ask for fewer", (long long)s->o.rows_max);
    *ret_row = row;
    return ERR_OK;
}

void cursor_close(cursor *c)
{
    if (!c)
        return;
    c->owner->open_cursors--;
    if (c->kept) {
        stmt_reset(c->s);
        c->kept->in_use = false;
    } else {
        stmt_finish(c->s);
    }
    free(c);
}

int   cursor_columns(const cursor *c) { return c->s->e->columns(c->s); }
str   cursor_name(const cursor *c, int column) { return c->s->e->col_name(c->s, column); }
bool  cursor_null(const cursor *c, int column) { return c->s->e->col_null(c->s, column); }
int64_t cursor_int(const cursor *c, int column) { return c->s->e->col_int(c->s, column); }
str   cursor_text(const cursor *c, int column) { return c->s->e->col_text(c->s, column); }
bool  cursor_is_text(const cursor *c, int column) { return c->s->e->col_is_text(c->s, column); }

/* ---- our own statements -------------------------------------------------------------------- */

err_t session_exec(session *s, query_id q, const relation *r, fault *f)
{
    auto_arena arena *a = arena_new(1 << 20);
    str               sql = query_fill(a, s->st, q, r, NULL);
    s->trusted = true;
    s->deadline = INT64_MAX;
    err_t e = s->d->e->exec(s->d, str_z(a, sql), f);
    s->trusted = false;
    return e;
}

static err_t read_last(session *s, fault *f)
{
    stmt *st;
    bool  row;
    s->trusted = true;
    err_t e = s->d->e->prepare(s->d, str_of(query_texts[Q_COMMIT_LAST].sqlite), f, &st);
    s->trusted = false;
    TRY(e);
    auto_stmt stmt *held = st;
    TRY(stmt_step(held, f, &row));
    s->last_at = row ? col_int(st, 1) : 0;
    return ERR_OK;
}

err_t session_begin(session *s, fault *f)
{
    TRY(session_exec(s, Q_BEGIN_READ, NULL, f));
    return read_last(s, f);               /* the first read fixes what the transaction sees */
}

err_t session_fixture_stmt(session *s, query_id q, const relation *r, fault *f, stmt **ret)
{
    stmt **slot = &s->fixture_stmts[2 * relation_index(r) + (q == Q_FIXTURE_INSERT)];
    if (!*slot) {
        auto_arena arena *a = arena_new(1 << 20);
        TRY(s->d->e->prepare(s->d, query_fill(a, s->st, q, r, NULL), f, slot));
    }
    *ret = *slot;
    return ERR_OK;
}

err_t session_fixture_insert(session *s, const relation *r, str source, const value *const *rows, size_t n, fault *f)
{
    stmt *insert;
    TRY(session_fixture_stmt(s, Q_FIXTURE_INSERT, r, f, &insert));
    for (size_t i = 0; i < n; i++) {
        bind_int(insert, 1, 0);
        insert->e->bind_row(insert, 2, r, rows[i]);
        if (!relation_has_source_field(r))
            bind_text(insert, (int)r->n_fields + 2, source);
        TRY(stmt_run(insert, f));
    }
    return ERR_OK;
}

/* ---- sessions ------------------------------------------------------------------------------ */

static void session_set_options(session *s, const session_options *o)
{
    s->o = *o;
    s->o.rows_max = o->rows_max ? o->rows_max : ROWS_MAX;
    s->o.time_max = o->time_max ? o->time_max : SECONDS(TIME_MAX_S);
    s->o.memory_max = o->memory_max ? o->memory_max : MEMORY_MAX;
}

static session *session_new(store *st, const session_options *o)
{
    arena   *a = arena_new(SIZE_MAX / 2);
    session *s = NEW(a, session);
    s->a = a;
    s->st = st;
    s->e = store_is_postgres(st) ? &session_pgsql : &session_sqlite;
    session_set_options(s, o);
    s->shown = NEW_ARRAY(a, bool, 2 * n_relations);
    s->loaded = NEW_ARRAY(a, bool, n_relations);
    s->kept = NEW_ARRAY(a, kept_stmt, st->statements);
    return s;
}

static void forget_one(kept_stmt *k)
{
    stmt_finish(k->st);
    arena_free(k->a);
    *k = (kept_stmt){ 0 };
}

void session_forget(session *s)
{
    for (size_t i = 0; i < s->st->statements; i++)
        forget_one(&s->kept[i]);
}

void session_destroy(session *s)
{
    if (s->d)
        s->d->leaving = true;
    session_forget(s);
    for (size_t i = 0; s->fixture_stmts && i < 2 * n_relations; i++)
        stmt_finish(s->fixture_stmts[i]);
    if (s->d)
        s->d->e->close(s->d);
    arena_free(s->a);
}

static err_t set_moment(session *s, time_us as_of, fault *f)
{
    time_us clock = store_time(s->st);
    bool    now = as_of == TIME_MAX || as_of >= s->last_at;
    if (now != s->now)                    /* its relations will be other views */
        session_forget(s);
    s->now = now;
    s->as_of = as_of != TIME_MAX ? as_of : clock > s->last_at ? clock : s->last_at;
    return s->e->moment(s, f);
}

/* The one that was put by, with a fresh view of the database; NULL when there is none that fits. */
static session *session_again(store *st, const session_options *o)
{
    session *s = st->idle;
    if (!s || o->time_max || o->memory_max || o->history != s->o.history)
        return NULL;
    st->idle = NULL;
    if (o->n_parts || s->o.n_parts)       /* the same text, and other rows */
        session_forget(s);
    session_set_options(s, o);
    s->deadline = INT64_MAX;
    if (session_begin(s, NULL) == ERR_OK && set_moment(s, o->as_of, NULL) == ERR_OK)
        return s;
    session_destroy(s);
    return NULL;
}

err_t session_open(store *st, const session_options *o, fault *f, session **ret)
{
    session *kept = session_again(st, o);
    if (kept) {
        *ret = kept;
        return ERR_OK;
    }
    auto_session session *s = session_new(st, o);
    TRY(s->e->open(s, f));
    if (st->flags & STORE_KEEP_SESSION && !store_is_postgres(st))
        TRY(session_exec(s, Q_CONNECT_KEPT, NULL, f));
    TRY(set_moment(s, o->as_of, f));
    *ret = TAKE(s);
    return ERR_OK;
}

err_t session_set_as_of(session *s, time_us as_of, fault *f)
{
    if (s->open_cursors)
        return fail(f, ERR_INTERNAL, "the moment changes while a query is open");
    if (!s->now)                          /* its views go with the transaction; compiled again, it would read others */
        session_forget(s);
    if (!s->fixture)
        TRY(s->e->refresh(s, f));
    return set_moment(s, as_of, f);
}

/* Of a store that keeps one: ends its view of the database and puts it by. */
static bool put_by(session *s)
{
    store *st = s->st;
    if (!(st->flags & STORE_KEEP_SESSION) || st->idle || s->fixture || !s->d || s->hit != HIT_NONE ||
        (!store_is_postgres(st) && sqlite_in_memory(st->d)))
        return false;
    if (!s->now)
        session_forget(s);
    /* Ended well, so that the views it made stay. */
    if (session_exec(s, Q_END_WRITE, NULL, NULL) != ERR_OK)
        return false;
    st->idle = s;
    return true;
}

void session_close(session *s)
{
    if (!s)
        return;
    assert(!s->open_cursors);
    if (!put_by(s))
        session_destroy(s);
}

/* ---- parts of relations ------------------------------------------------------------------------ */

static const session_part *part_of(const session *s, str table)
{
    for (size_t i = 0; i < s->o.n_parts; i++) {
        str name = str_of(s->o.parts[i].r->name);
        if (str_eq(table, name) || (str_starts(table, name) && str_eq(str_sub(table, name.n, table.n), S("_history"))))
            return &s->o.parts[i];
    }
    return NULL;
}

/* The query, with what it reads of a relation in part named before it; the sandbox lets no query use such a name itself. */
static str in_part(arena *a, const session *s, str sql, const str *tables, size_t n)
{
    buf b = buf_new(a, SIZE_MAX / 2);
    for (size_t i = 0; i < n; i++) {
        const session_part *p = part_of(s, tables[i]);
        if (!p)
            continue;
        bool           past = !s->now || !relation_find(tables[i]);
        const sql_hole holes[] = { { "name", tables[i] }, { "where", p->where },
                                   { "from", str_fmt(a, "%s" STR_FMT, past ? s->e->schema_past : s->e->schema_now, STR_ARG(tables[i])) } };
        buf_putz(&b, b.n ? ", " : "WITH ");
        buf_puts(&b, sql_read(a, "sql/part.sql", holes, COUNT(holes)));
    }
    if (!b.n)
        return sql;
    str rest = str_trim(sql);
    bool more = rest.n > 4 && str_eq(str_lower(a, str_sub(rest, 0, 4)), S("with"));
    buf_putz(&b, more ? "," : " ");
    buf_puts(&b, more ? str_sub(rest, 4, rest.n) : rest);
    return buf_str(&b);
}

/* Queries that are asked again and again are compiled once. */
static kept_stmt *kept_find(session *s, str sql)
{
    for (size_t i = 0; i < s->st->statements; i++)
        if (s->kept[i].st && !s->kept[i].in_use && str_eq(s->kept[i].sql, sql))
            return &s->kept[i];
    return NULL;
}

/* ret_kept: NULL when the place that is next is in use. */
static err_t prepare(session *s, str sql, fault *f, stmt **ret, kept_stmt **ret_kept)
{
    auto_arena arena *a = arena_new(64 << 20);
    str   *tables;
    size_t n;
    fault  inner = { 0 };
    TRY(sandbox_check(a, sql, s->o.history, f, &tables, &n));
    for (size_t i = 0; i < n; i++)
        TRY(s->e->show(s, tables[i], f));
    err_t e = s->e->prepare(s, in_part(a, s, sql, tables, n), &inner, ret);
    if (e != ERR_OK)
        return s->e->explain(s, e, &inner, f);
    kept_stmt *k = &s->kept[s->next_kept];
    *ret_kept = NULL;
    if (k->in_use)
        return ERR_OK;
    forget_one(k);
    k->a = arena_new(sql.n + (64 << 10));
    k->sql = str_dup(k->a, sql);
    k->st = *ret;
    s->next_kept = (s->next_kept + 1) % s->st->statements;
    *ret_kept = k;
    return ERR_OK;
}

err_t session_query(session *s, str sql, fault *f, cursor **ret)
{
    kept_stmt *k = kept_find(s, sql);
    stmt      *st = k ? k->st : NULL;
    if (!k)
        TRY(prepare(s, sql, f, &st, &k));
    s->hit = HIT_NONE;
    s->deadline = time_mono() + s->o.time_max;
    s->e->start(s);
    *ret = cursor_over(st, k, s);
    return ERR_OK;
}

err_t session_open_fixture(store *st, fault *f, session **ret)
{
    static const session_options none = { .as_of = 0 };
    auto_session session *s = session_new(st, &none);
    s->fixture = true;
    s->fixture_stmts = NEW_ARRAY(s->a, stmt *, 2 * n_relations);
    TRY(s->e->open_fixture(s, f));
    TRY(set_moment(s, TIME_MAX, f));
    *ret = TAKE(s);
    return ERR_OK;
}

err_t session_load(session *s, const relation *r, str source, const value *const *rows, size_t n, fault *f)
{
    assert(s->fixture);
    if (n == 0 && !s->loaded[relation_index(r)])
        return ERR_OK;
    s->loaded[relation_index(r)] = n > 0;             /* no rows empty it; rows are added, so that sources can share it */
    return s->e->load(s, r, source, rows, n, f);
}
