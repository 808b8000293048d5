/* Relations of kind STATE: a connection of its own beside the store's, shared by
 * all threads under one lock.  Each call is one transaction. */
#include "internal.h"
#include "pgsql.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is prepared for each relation, and for each relation and field. */
static const query_id by_relation[] = { Q_STATE_PUT, Q_STATE_ADD, Q_STATE_DROP, Q_STATE_TAKE, Q_STATE_GET, Q_STATE_ALL, Q_STATE_ANY };
static const query_id by_field[] = { Q_STATE_SWAP, Q_STATE_DROP_WHERE, Q_STATE_SWEEP, Q_STATE_FIND, Q_STATE_KNOWN };
enum { PREPARED_MAX = 7 + 5 * RELATION_FIELDS_MAX };
static_assert(COUNT(by_relation) == 7 && COUNT(by_field) == 5, "as PREPARED_MAX says");

struct state_db {
    store           st;                   /* only the connection, and what names it */
    pthread_mutex_t lock;
    const char     *given;                /* the URL as it was given */
    stmt          **prepared;             /* [relation * PREPARED_MAX + slot] */
    bool            ready;                /* connected once, and the tables are there */
};

/* ---- statements --------------------------------------------------------------------- */

static size_t index_of(const relation *r)
{
    for (size_t i = 0; i < n_state_relations; i++)
        if (state_relations[i] == r)
            return i;
    assert(false && "a relation that is not of kind STATE");
    return 0;
}

static size_t slot_of(query_id q, int at)
{
    for (size_t i = 0; i < COUNT(by_relation); i++)
        if (by_relation[i] == q)
            return i;
    for (size_t i = 0; i < COUNT(by_field); i++)
        if (by_field[i] == q)
            return COUNT(by_relation) + i * RELATION_FIELDS_MAX + (size_t)at;
    assert(false && "a query that is not kept prepared");
    return 0;
}

static err_t prepared(state_db *s, query_id q, const relation *r, int at, fault *f, stmt **ret)
{
    assert(at < (int)r->n_fields);
    stmt **slot = &s->prepared[index_of(r) * PREPARED_MAX + slot_of(q, at)];
    if (!*slot) {
        auto_arena arena *a = arena_new(1 << 20);
        TRY(s->st.d->e->prepare(s->st.d, query_fill(a, &s->st, q, r, at < 0 ? NULL : &r->fields[at]), f, slot));
    }
    *ret = *slot;
    return ERR_OK;
}

/* Text that stands in no row, and that PostgreSQL takes amiss: what somebody typed who is no friend. */
static bool storable(const value *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (v[i].kind == V_TEXT && (!utf8_valid(v[i].s) || (v[i].s.n && memchr(v[i].s.p, 0, v[i].s.n))))
            return false;
    return true;
}

static void bind_one(stmt *s, int at, const value *v)
{
    if (v->kind == V_INT)
        bind_int(s, at, v->i);
    else if (v->kind == V_TEXT)
        bind_text(s, at, v->s);
    else
        bind_null(s, at);
}

static void bind_first(stmt *s, const value *row, size_t n)
{
    for (size_t i = 0; i < n; i++)
        bind_one(s, (int)i + 1, &row[i]);
}

/* ---- connecting ------------------------------------------------------------------------ */

static void disconnect(state_db *s)
{
    if (s->st.d)
        s->st.d->leaving = true;
    for (size_t i = 0; i < n_state_relations * PREPARED_MAX; i++) {
        stmt_finish(s->prepared[i]);
        s->prepared[i] = NULL;
    }
    store_forget_statements(&s->st);
    if (s->st.d)
        s->st.d->e->close(s->st.d);
    s->st.d = NULL;
}

/* auth.db is ours alone from its first byte: SQLite would make it as the umask says. One that is there is
 * looked at and never opened here: closing it would drop the locks that SQLite holds on it in this process,
 * and the next program to leave would take the write-ahead log away from under it. */
static err_t private_file(const char *path, fault *f)
{
    struct stat st;
    auto_fd int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0 && errno != EEXIST)
        return fail_errno(f, errno, "cannot open %s, which keeps sign-ins", path);
    if (lstat(path, &st) != 0)
        return fail_errno(f, errno, "cannot look at %s", path);
    if (!S_ISREG(st.st_mode))
        return fail(f, ERR_IO, "%s is not a regular file", path);
    if (st.st_mode & 077)
        return fail(f, ERR_DENIED, "%s can be read by others (mode %04o); if nobody has copied it, run: chmod 600 %s", path,
                    (unsigned)(st.st_mode & 07777), path);
    return ERR_OK;
}

/* The URL of the state that belongs to a store. */
static err_t state_url(state_db *s, fault *f, const char **ret)
{
    static const char prefix[] = "sqlite:";
    const char       *path = s->given + sizeof prefix - 1;
    *ret = s->given;
    if (!str_starts(str_of(s->given), str_of(prefix)) || strcmp(path, ":memory:") == 0)
        return ERR_OK;
    const char *slash = strrchr(path, '/');
    str         dir = { path, slash ? (size_t)(slash + 1 - path) : 0 };
    *ret = str_fmt(s->st.a, "%s" STR_FMT "auth.db", prefix, STR_ARG(dir)).p;
    return private_file(*ret + sizeof prefix - 1, f);
}

static err_t connect_state(state_db *s, fault *f)
{
    const char *url;
    TRY(state_url(s, f, &url));
    TRY(store_connect(&s->st, url, f));
    if (!store_is_postgres(&s->st))
        return ERR_OK;
    s->st.schema = str_fmt(s->st.a, "%s_state", s->st.schema).p;
    return store_exec(&s->st, Q_PG_PATH, NULL, NULL, f);
}

/* ---- tables ------------------------------------------------------------------------------- */

static err_t columns_there(state_db *s, const relation *r, fault *f, bool have[RELATION_FIELDS_MAX], size_t *ret_n)
{
    stmt  *st;
    size_t n = 0;
    bool   row;
    TRY(store_fixed(&s->st, Q_TABLE_COLUMNS, f, &st));
    auto_reset stmt *held = st;
    bind_text(held, 1, str_of(r->name));
    for (;; n++) {
        TRY(stmt_step(held, f, &row));
        if (!row)
            break;
        int at = relation_field(r, col_text(st, 0));
        if (at < 0)
            return fail(f, ERR_UNSUPPORTED, "%s: %s has a field " STR_FMT " that this Attest does not know; update the program",
                        s->st.d->name, r->name, STR_ARG(col_text(st, 0)));
        have[at] = true;
    }
    *ret_n = n;
    return ERR_OK;
}

static err_t all_there(state_db *s, fault *f, bool *ret)
{
    *ret = true;
    for (size_t i = 0; i < n_state_relations && *ret; i++) {
        bool   have[RELATION_FIELDS_MAX] = { false };
        size_t n = 0;
        TRY(columns_there(s, state_relations[i], f, have, &n));
        *ret = n == state_relations[i]->n_fields;
    }
    return ERR_OK;
}

static err_t table_bring_up(state_db *s, const relation *r, fault *f)
{
    bool   have[RELATION_FIELDS_MAX] = { false };
    size_t n = 0;
    TRY(store_exec(&s->st, Q_STATE_TABLE, r, NULL, f));
    TRY(columns_there(s, r, f, have, &n));
    for (size_t i = 0; i < r->n_fields; i++) {
        if (!have[i])
            TRY(store_exec(&s->st, Q_STATE_COLUMN, r, &r->fields[i], f));
        if (r->fields[i].flags & FIELD_INDEXED)
            TRY(store_exec(&s->st, Q_STATE_INDEX, r, &r->fields[i], f));
    }
    return ERR_OK;
}

static err_t tables_bring_up(state_db *s, fault *f)
{
    if (store_is_postgres(&s->st)) {      /* two at once: the second finds the work done */
        TRY(store_exec(&s->st, Q_PG_LOCK_SCHEMA, NULL, NULL, f));
        TRY(store_exec(&s->st, Q_STATE_SCHEMA, NULL, NULL, f));
    }
    for (size_t i = 0; i < n_state_relations; i++)
        TRY(table_bring_up(s, state_relations[i], f));
    return ERR_OK;
}

/* ---- transactions ----------------------------------------------------------------------------- */

static err_t run_fixed(state_db *s, query_id q, fault *f)
{
    stmt *st;
    TRY(store_fixed(&s->st, q, f, &st));
    return stmt_run(st, f);
}

static err_t in_transaction(state_db *s, err_t (*body)(state_db *s, void *arg, fault *f), void *arg, fault *f)
{
    TRY(run_fixed(s, Q_BEGIN_WRITE, f));
    err_t e = store_is_postgres(&s->st) ? run_fixed(s, Q_STATE_LOCK, f) : ERR_OK;
    if (e == ERR_OK)
        e = body(s, arg, f);
    if (e == ERR_OK)
        e = run_fixed(s, Q_END_WRITE, f);
    if (e != ERR_OK)                      /* may have ended by itself; then this fails, which is well */
        (void)run_fixed(s, Q_ROLLBACK, NULL);
    return e;
}

static err_t bring_up(state_db *s, void *arg, fault *f)
{
    (void)arg;
    return tables_bring_up(s, f);
}

static bool was_cut(const state_db *s) { return s->ready && store_is_postgres(&s->st) && pgsql_lost(s->st.d); }

/* A server that went away is asked anew by the call after the one that noticed. */
static err_t connected(state_db *s, fault *f)
{
    bool there;
    if (s->ready && !was_cut(s))
        return ERR_OK;
    s->ready = false;
    disconnect(s);
    err_t e = connect_state(s, f);
    if (e == ERR_OK)
        e = all_there(s, f, &there);
    if (e == ERR_OK && !there)
        e = in_transaction(s, bring_up, NULL, f);
    s->ready = e == ERR_OK;
    return e;
}

static void unlock_guard(state_db **s) { (void)pthread_mutex_unlock(&(*s)->lock); }
#define WITH_LOCK(s)                                                             \
    __attribute__((cleanup(unlock_guard), unused)) state_db *locked_ = (s);      \
    (void)pthread_mutex_lock(&(s)->lock)

err_t state_open(const char *url, fault *f, state_db **ret)
{
    arena    *a = arena_new(SIZE_MAX / 2);
    state_db *s = NEW(a, state_db);
    s->st.a = a;
    s->st.flags = STORE_WRITE | STORE_CREATE;
    s->st.clock = time_now;
    s->given = str_z(a, str_of(url));
    s->prepared = NEW_ARRAY(a, stmt *, n_state_relations * PREPARED_MAX);
    (void)pthread_mutex_init(&s->lock, NULL);
    err_t e = connected(s, f);
    if (e != ERR_OK) {
        state_close(s);
        return e;
    }
    *ret = s;
    return ERR_OK;
}

void state_close(state_db *s)
{
    if (!s)
        return;
    disconnect(s);
    (void)pthread_mutex_destroy(&s->lock);
    arena_free(s->st.a);
}

/* ---- writing ------------------------------------------------------------------------------------- */

static err_t check_row(const state_op *op, fault *f)
{
    if (op->change == STATE_DROP && !storable(op->row, relation_keys(op->r)))
        return fail(f, ERR_NOT_FOUND, "it is not there");
    if (!storable(&op->v, 1))
        return fail(f, ERR_INVALID, "%s: what is looked for is not UTF-8 text", op->r->name);
    return op->change == STATE_DROP || op->change == STATE_DROP_WHERE ? ERR_OK : row_check(op->r, op->row, f);
}

/* Whether the statement touched a row, as its RETURNING says. */
static err_t run_told(stmt *st, fault *f, bool *ret_row)
{
    bool  more = true;
    err_t e = stmt_step(st, f, ret_row);
    for (more = *ret_row; e == ERR_OK && more;)
        e = stmt_step(st, f, &more);
    stmt_reset(st);
    return e;
}

static err_t run_op(state_db *s, const state_op *op, fault *f)
{
    static const query_id queries[] = { [STATE_PUT] = Q_STATE_PUT, [STATE_ADD] = Q_STATE_ADD, [STATE_SWAP] = Q_STATE_SWAP,
                                        [STATE_DROP] = Q_STATE_DROP, [STATE_DROP_WHERE] = Q_STATE_DROP_WHERE };
    bool  by_a_field = op->change == STATE_SWAP || op->change == STATE_DROP_WHERE, touched = false;
    stmt *st;
    TRY(check_row(op, f));
    TRY(prepared(s, queries[op->change], op->r, by_a_field ? op->field : -1, f, &st));
    if (op->change == STATE_DROP_WHERE)
        bind_one(st, 1, &op->v);
    else if (op->change == STATE_DROP)
        bind_first(st, op->row, relation_keys(op->r));
    else
        st->e->bind_row(st, 1, op->r, op->row);
    if (op->change == STATE_SWAP)
        bind_one(st, (int)op->r->n_fields + 1, &op->v);
    TRY(run_told(st, f, &touched));
    if (touched || op->change == STATE_PUT || op->change == STATE_DROP_WHERE)
        return ERR_OK;
    if (op->change == STATE_DROP)
        return fail(f, ERR_NOT_FOUND, "it is not there any more");
    return fail(f, ERR_CONFLICT, op->change == STATE_ADD ? "it is there already" : "somebody else changed it first");
}

typedef struct {
    const state_op *v;
    size_t          n;
} op_list;

static err_t run_ops(state_db *s, void *arg, fault *f)
{
    const op_list *ops = arg;
    for (size_t i = 0; i < ops->n; i++)
        TRY(run_op(s, &ops->v[i], f));
    return ERR_OK;
}

/* What is deleted by the batch is no secret any more, but what it held may be: it leaves the log too. */
static bool deletes_many(const state_op *ops, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (ops[i].change == STATE_DROP_WHERE)
            return true;
    return false;
}

err_t state_apply(state_db *s, const state_op *ops, size_t n, fault *f)
{
    WITH_LOCK(s);
    TRY(connected(s, f));
    op_list list = { ops, n };
    if (n == 1)
        TRY(run_op(s, ops, f));
    else
        TRY(in_transaction(s, run_ops, &list, f));
    if (deletes_many(ops, n))             /* readers may be in the way; then a later checkpoint does it */
        (void)run_fixed(s, Q_CHECKPOINT, NULL);
    return ERR_OK;
}

static err_t sweep_all(state_db *s, void *arg, fault *f)
{
    const time_us *now = arg;
    for (size_t i = 0; i < n_state_relations; i++) {
        int at = relation_field(state_relations[i], S("expires_at"));
        if (at < 0)
            continue;
        stmt *st;
        TRY(prepared(s, Q_STATE_SWEEP, state_relations[i], at, f, &st));
        bind_int(st, 1, *now);
        TRY(stmt_run(st, f));
    }
    return ERR_OK;
}

err_t state_sweep(state_db *s, time_us now, fault *f)
{
    WITH_LOCK(s);
    TRY(connected(s, f));
    return in_transaction(s, sweep_all, &now, f);
}

/* ---- reading ----------------------------------------------------------------------------------------

 * Rows are read into memory of their own: a caller's arena may be full, and then
 * the lock must not be held. */

static value *copy_row(arena *a, const value *from, const relation *r)
{
    value *row = NEW_ARRAY(a, value, r->n_fields);
    for (size_t i = 0; i < r->n_fields; i++) {
        row[i] = from[i];
        if (row[i].kind == V_TEXT)
            row[i].s = str_dup(a, row[i].s);
    }
    return row;
}

typedef struct {
    query_id        q;
    const relation *r;
    int             at;
    const value    *given;                /* the first parameters */
    size_t          n;
} reading;

static err_t read_once(state_db *s, arena *a, const reading *w, fault *f, state_rows *ret)
{
    DA(value *) all = { 0 };
    value row[RELATION_FIELDS_MAX];
    stmt *st;
    TRY(connected(s, f));
    TRY(prepared(s, w->q, w->r, w->at, f, &st));
    bind_first(st, w->given, w->n);
    err_t e = ERR_OK;
    for (bool more = true; e == ERR_OK && more;) {
        e = stmt_step(st, f, &more);
        if (e == ERR_OK && more) {
            st->e->col_row(st, 0, w->r, row);
            da_push(a, &all) = copy_row(a, row, w->r);
        }
    }
    stmt_reset(st);
    *ret = (state_rows){ all.v, all.n };
    return e;
}

/* A connection that was cut while nobody used it is made anew at once; but whether a row was taken nobody knows then. */
static err_t read_rows(state_db *s, arena *a, const reading *w, fault *f, state_rows *ret)
{
    WITH_LOCK(s);
    fault why = { 0 };
    *ret = (state_rows){ NULL, 0 };
    if (!storable(w->given, w->n))
        return ERR_OK;
    err_t e = read_once(s, a, w, &why, ret);
    if (e != ERR_OK && w->q != Q_STATE_TAKE && was_cut(s)) {
        why = (fault){ 0 };
        e = read_once(s, a, w, &why, ret);
    }
    return e == ERR_OK ? e : fail(f, e, "%s", why.text);
}

static err_t one_row(state_db *s, arena *a, query_id q, const relation *r, const value *key, fault *f, value **ret)
{
    auto_arena arena *own = arena_new(SIZE_MAX / 2);
    state_rows        found;
    TRY(read_rows(s, own, &(reading){ q, r, -1, key, relation_keys(r) }, f, &found));
    if (!found.n)
        return ERR_NOT_FOUND;
    *ret = copy_row(a, found.rows[0], r);
    return ERR_OK;
}

err_t state_get(state_db *s, arena *a, const relation *r, const value *key, fault *f, value **ret)
{
    return one_row(s, a, Q_STATE_GET, r, key, f, ret);
}

err_t state_take(state_db *s, arena *a, const relation *r, const value *key, fault *f, value **ret)
{
    return one_row(s, a, Q_STATE_TAKE, r, key, f, ret);
}

err_t state_find(state_db *s, arena *a, const relation *r, int at, const value *v, fault *f, state_rows *ret)
{
    auto_arena arena *own = arena_new(SIZE_MAX / 2);
    state_rows        found;
    TRY(read_rows(s, own, &(reading){ at < 0 ? Q_STATE_ALL : v ? Q_STATE_FIND : Q_STATE_KNOWN, r, at, v, at < 0 || !v ? 0 : 1 }, f, &found));
    value **rows = NEW_ARRAY(a, value *, found.n ? found.n : 1);
    for (size_t i = 0; i < found.n; i++)
        rows[i] = copy_row(a, found.rows[i], r);
    *ret = (state_rows){ rows, found.n };
    return ERR_OK;
}

err_t state_any(state_db *s, const relation *r, fault *f, bool *ret)
{
    auto_arena arena *own = arena_new(1 << 20);
    state_rows        found;
    TRY(read_rows(s, own, &(reading){ Q_STATE_ANY, r, -1, NULL, 0 }, f, &found));
    *ret = found.n > 0;
    return ERR_OK;
}
