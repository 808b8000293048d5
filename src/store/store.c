/* Opening and closing, and the one writer's transaction. */
#include "internal.h"
#include "pgsql.h"

time_us store_time(const store *st) { return st->at ? *st->at : st->clock(); }
bool store_is_postgres(const store *st) { return st->d->e->postgres; }

static err_t connect_sqlite(store *st, const char *path, fault *f)
{
    open_mode m = !(st->flags & STORE_WRITE) ? OPEN_READ : st->flags & STORE_CREATE ? OPEN_CREATE : OPEN_WRITE;
    st->path = str_z(st->a, str_of(path));
    if (!*path)
        return fail(f, ERR_INVALID, "sqlite: wants the path of a file after it");
    return sqlite_open(st->path, m, f, &st->d);
}

static bool schema_name_good(str s)
{
    if (!s.n || s.n > 48 || (s.p[0] >= '0' && s.p[0] <= '9') || str_starts(s, S("pg_")))
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !(s.p[i] >= '0' && s.p[i] <= '9') && s.p[i] != '_')
            return false;
    return true;
}

/* Takes schema=NAME out of the query of the URL; libpq does not know it. */
static err_t split_schema(store *st, const char *url, fault *f)
{
    str rest = str_of(url);
    buf b = buf_new(st->a, 1 << 16);
    buf_puts(&b, str_cut(&rest, '?'));
    char separator = '?';
    st->schema = "public";
    while (rest.p) {
        str option = str_cut(&rest, '&');
        if (str_starts(option, S("schema="))) {
            st->schema = str_z(st->a, str_sub(option, 7, option.n));
            continue;
        }
        buf_putc(&b, separator);
        buf_puts(&b, option);
        separator = '&';
    }
    st->url = buf_z(&b);
    if (schema_name_good(str_of(st->schema)))
        return ERR_OK;
    return fail(f, ERR_INVALID, "a schema's name is small letters, digits and _, at most 48; \"%s\" is not", st->schema);
}

static err_t connect_pgsql(store *st, const char *url, fault *f)
{
    TRY(split_schema(st, url, f));
    TRY(pgsql_open(st->url, false, f, &st->d));
    TRY(store_exec(st, st->flags & STORE_WRITE ? Q_CONNECT_WRITE : Q_CONNECT_READ, NULL, NULL, f));
    return store_exec(st, Q_PG_PATH, NULL, NULL, f);
}

err_t store_connect(store *st, const char *url, fault *f)
{
    if (str_starts(str_of(url), S("sqlite:")))
        return connect_sqlite(st, url + 7, f);
    if (str_starts(str_of(url), S("postgres://")) || str_starts(str_of(url), S("postgresql://")))
        return connect_pgsql(st, url, f);
    return fail(f, ERR_INVALID, "a database is named sqlite:PATH or postgres://HOST/NAME; \"%s\" is neither", url);
}

err_t store_open(const store_options *o, fault *f, store **ret)
{
    arena *a = arena_new(SIZE_MAX / 2);
    store *st = NEW(a, store);
    st->a = a;
    st->flags = o->flags;
    st->clock = o->clock ? o->clock : time_now;
    st->at = o->at;
    st->statements = o->statements ? o->statements : 1;
    st->templated = NEW_ARRAY(a, stmt *, n_relations * Q_COUNT_);
    st->next_ids = NEW_ARRAY(a, int64_t, n_relations);
    err_t e = store_connect(st, o->url, f);
    if (e == ERR_OK && st->flags & STORE_KEEP_SESSION)
        e = store_exec(st, Q_CONNECT_KEPT, NULL, NULL, f);
    if (e == ERR_OK)
        e = schema_bring_up(st, f);
    if (e != ERR_OK) {
        store_close(st);
        return e;
    }
    *ret = st;
    return ERR_OK;
}

void store_close(store *st)
{
    if (!st)
        return;
    if (st->open_commit)
        commit_abort(st->open_commit);
    if (st->in_write)
        writer_abort(st);
    if (st->idle)
        session_destroy(st->idle);
    if (st->d)
        st->d->leaving = true;
    store_forget_statements(st);
    if (st->d)
        st->d->e->close(st->d);
    arena_free(st->a);
}

/* ---- the writer's transaction ------------------------------------------------------ */

static err_t run_fixed(store *st, query_id q, fault *f)
{
    stmt *s;
    TRY(store_fixed(st, q, f, &s));
    return stmt_run(s, f);
}

static err_t read_last_commit(store *st, fault *f)
{
    stmt *s;
    bool  row;
    TRY(store_fixed(st, Q_COMMIT_LAST, f, &s));
    auto_reset stmt *held = s;
    TRY(stmt_step(held, f, &row));
    st->last_seq = row ? col_int(s, 0) : -1;
    st->last_at = row ? col_int(s, 1) : 0;
    return ERR_OK;
}

err_t writer_begin(store *st, fault *f)
{
    assert(!st->in_write);
    if (!(st->flags & STORE_WRITE))
        return fail(f, ERR_DENIED, "%s was opened for reading only", st->d->name);
    TRY(run_fixed(st, Q_BEGIN_WRITE, f));
    st->in_write = true;
    st->erased = false;
    memset(st->next_ids, 0, n_relations * sizeof *st->next_ids);
    err_t e = run_fixed(st, Q_TAKE_WRITER, f);
    if (e == ERR_OK)
        e = read_last_commit(st, f);
    if (e != ERR_OK)
        writer_abort(st);
    return e;
}

err_t writer_end(store *st, fault *f)
{
    assert(st->in_write);
    err_t e = run_fixed(st, Q_END_WRITE, f);
    if (e != ERR_OK) {
        writer_abort(st);
        return e;
    }
    st->in_write = false;
    if (st->erased)                       /* readers may be in the way; then a later checkpoint does it */
        (void)run_fixed(st, Q_CHECKPOINT, NULL);
    return ERR_OK;
}

void writer_abort(store *st)
{
    if (!st->in_write)
        return;
    /* The engine may have ended the transaction itself; then this fails, which is well. */
    (void)run_fixed(st, Q_ROLLBACK, NULL);
    st->in_write = false;
    st->in_group = false;
}

err_t store_group_begin(store *st, fault *f)
{
    if (st->in_write)
        return fail(f, ERR_INTERNAL, "a commit or group is open already");
    TRY(writer_begin(st, f));
    st->in_group = true;
    return ERR_OK;
}

err_t store_group_end(store *st, fault *f)
{
    if (!st->in_group || st->open_commit)
        return fail(f, ERR_INTERNAL, "%s", st->open_commit ? "a commit of the group is open" : "no group is open: it was aborted");
    st->in_group = false;
    return writer_end(st, f);
}

void store_group_abort(store *st)
{
    if (st->open_commit)
        commit_abort(st->open_commit);
    writer_abort(st);
}
