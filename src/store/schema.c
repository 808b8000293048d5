/* Migrations, and the tables and views of the relations. */
#include "internal.h"

/* ---- migrations -------------------------------------------------------------------- */

typedef struct {
    int64_t number;
    str     name, text;
    char    checksum[65];
} migration;

typedef struct {
    migration *v;
    size_t     n;
} migrations;

/* sql/migrations/NNNN_name.sql, in order, numbered 1, 2, 3 ... */
static migrations migrations_list(arena *a)
{
    static const str  prefix = { "sql/migrations/", 15 };
    auto_hasher hasher *h = hasher_new();
    migrations        all = { NEW_ARRAY(a, migration, n_assets ? n_assets : 1), 0 };
    for (size_t i = 0; i < n_assets; i++) {
        str path = str_of(assets[i].path);
        if (!str_starts(path, prefix))
            continue;
        migration *m = &all.v[all.n++];
        str        rest = str_sub(path, prefix.n, path.n);
        str        number = str_cut(&rest, '_');
        if (!parse_int(number, 1, 9999, &m->number) || m->number != (int64_t)all.n)
            assert(false && "migrations are numbered without gaps");
        m->name = str_sub(path, prefix.n, path.n);
        m->text = assets[i].bytes;
        hash32 sum = sha256_of(h, m->text.p, m->text.n);
        memcpy(m->checksum, hex_of(a, sum.b, sizeof sum.b).p, 65);
    }
    return all;
}

static err_t count_of(store *st, query_id q, const char *table, fault *f, int64_t *ret)
{
    stmt *s;
    bool  row;
    TRY(store_fixed(st, q, f, &s));
    auto_reset stmt *held = s;
    if (table)
        bind_text(s, 1, str_of(table));
    TRY(stmt_step(held, f, &row));
    *ret = row ? col_int(s, 0) : 0;
    return ERR_OK;
}

/* Compares what was applied with what we have; ret_applied: how many. */
static err_t compare_applied(store *st, const migrations *all, fault *f, size_t *ret_applied)
{
    stmt  *s;
    size_t n = 0;
    TRY(store_fixed(st, Q_MIGRATIONS_APPLIED, f, &s));
    auto_reset stmt *held = s;
    for (bool row = true;; n++) {
        TRY(stmt_step(held, f, &row));
        if (!row)
            break;
        if (n >= all->n)
            return fail(f, ERR_UNSUPPORTED, "%s was made by a newer Attest (migration " STR_FMT "); update this program",
                        st->d->name, STR_ARG(col_text(s, 1)));
        const migration *m = &all->v[n];
        if (col_int(s, 0) != m->number || !str_eq(col_text(s, 2), str_of(m->checksum)))
            return fail(f, ERR_CORRUPT, "%s: migration " STR_FMT " is not the one this Attest has (" STR_FMT
                        "); use the program that made the database, or restore a backup",
                        st->d->name, STR_ARG(col_text(s, 1)), STR_ARG(m->name));
    }
    *ret_applied = n;
    return ERR_OK;
}

static err_t apply(store *st, const migration *m, fault *f)
{
    auto_arena arena *a = arena_new(16 << 20);
    stmt             *s;
    TRY(st->d->e->exec(st->d, str_z(a, query_dialect(a, store_is_postgres(st), m->text)), f));
    TRY(store_fixed(st, Q_MIGRATION_INSERT, f, &s));
    bind_int(s, 1, m->number);
    bind_text(s, 2, m->name);
    bind_text(s, 3, str_of(m->checksum));
    bind_int(s, 4, store_time(st));
    return stmt_run(s, f);
}

/* ---- relations --------------------------------------------------------------------- */

static const char *const own_columns[] = { "row_id", "row_source", "valid_from", "valid_to", "opened_by",
                                           "closed_by", "erased_by", "salt", "commitment" };

static bool is_own_column(str name)
{
    for (size_t i = 0; i < COUNT(own_columns); i++)
        if (str_eq(name, str_of(own_columns[i])))
            return true;
    return false;
}

/* Adds the columns of fields that are new; a column we do not know is a newer
 * Attest's, and writing without it would lose facts. */
static err_t columns_bring_up(store *st, const relation *r, fault *f)
{
    auto_arena arena *a = arena_new(1 << 20);
    bool              have[RELATION_FIELDS_MAX] = { false };
    stmt             *s;
    bool              row = true;
    TRY(store_fixed(st, Q_TABLE_COLUMNS, f, &s));
    {
        auto_reset stmt *held = s;
        bind_text(held, 1, str_fmt(a, "%s_h", r->name));
        for (;;) {
            TRY(stmt_step(held, f, &row));
            if (!row)
                break;
            str name = col_text(s, 0);
            int at = relation_field(r, name);
            if (at < 0 && !is_own_column(name))
                return fail(f, ERR_UNSUPPORTED, "%s: %s has a field " STR_FMT " that this Attest does not know; update the program",
                            st->d->name, r->name, STR_ARG(name));
            if (at >= 0)
                have[at] = true;
        }
    }
    for (size_t i = 0; i < r->n_fields; i++)
        if (!have[i])
            TRY(store_exec(st, Q_RELATION_COLUMN, r, &r->fields[i], f));
    return ERR_OK;
}

static err_t relation_bring_up(store *st, const relation *r, fault *f)
{
    TRY(store_exec(st, Q_RELATION_TABLE, r, NULL, f));
    TRY(columns_bring_up(st, r, f));
    TRY(store_exec(st, Q_RELATION_INDEX, r, NULL, f));
    if (relation_own_field(r))
        TRY(store_exec(st, Q_RELATION_OWN, r, relation_own_field(r), f));
    if (store_is_postgres(st))
        TRY(store_exec(st, Q_ASOF_VIEW_DROP, r, NULL, f));
    TRY(store_exec(st, Q_RELATION_VIEW_DROP, r, NULL, f));
    TRY(store_exec(st, Q_RELATION_VIEW, r, NULL, f));
    if (store_is_postgres(st)) {
        TRY(store_exec(st, Q_ASOF_VIEW, r, NULL, f));
        TRY(store_exec(st, Q_HISTORY_VIEW, r, NULL, f));
    }
    return ERR_OK;
}

/* SHA-256 over every field's name and type and the templates the tables come
 * from: while it stands in the database nothing has to be looked at. */
static str model_digest(arena *a, const store *st)
{
    static const query_id made_of[] = { Q_RELATION_TABLE, Q_RELATION_INDEX, Q_RELATION_OWN, Q_RELATION_VIEW, Q_ASOF_VIEW, Q_HISTORY_VIEW };
    auto_hasher hasher *h = hasher_new();
    sha256_begin(h);
    for (size_t q = 0; q < COUNT(made_of); q++) {
        const query_text *t = &query_texts[made_of[q]];
        const char       *text = store_is_postgres(st) && t->pgsql ? t->pgsql : t->sqlite;
        sha256_add(h, text, strlen(text) + 1);
    }
    for (size_t i = 0; i < n_relations; i++) {
        const field *own = relation_own_field(relations[i]);
        sha256_add(h, relations[i]->name, strlen(relations[i]->name) + 1);
        if (own)
            sha256_add(h, own->name, strlen(own->name) + 1);
        for (size_t k = 0; k < relations[i]->n_fields; k++) {
            const field *fd = &relations[i]->fields[k];
            char         kind[2] = { (char)('0' + (int)fd->kind), fd->flags & FIELD_KEY ? 'k' : '-' };
            sha256_add(h, fd->name, strlen(fd->name) + 1);
            sha256_add(h, kind, sizeof kind);
        }
    }
    hash32 sum = sha256_end(h);
    return hex_of(a, sum.b, sizeof sum.b);
}

static err_t stored_digest(store *st, arena *a, fault *f, str *ret)
{
    stmt *s;
    bool  row;
    TRY(store_fixed(st, Q_MODEL_DIGEST, f, &s));
    auto_reset stmt *held = s;
    TRY(stmt_step(held, f, &row));
    *ret = row ? str_dup(a, col_text(s, 0)) : (str){ "", 0 };
    return ERR_OK;
}

static err_t relations_bring_up(store *st, str digest, fault *f)
{
    stmt *s;
    for (size_t i = 0; i < n_relations; i++)
        TRY(relation_bring_up(st, relations[i], f));
    TRY(store_fixed(st, Q_MODEL_SET, f, &s));
    bind_text(s, 1, digest);
    return stmt_run(s, f);
}

/* ---- all together --------------------------------------------------------------------- */

static err_t bring_up_locked(store *st, arena *a, const migrations *all, str digest, fault *f)
{
    size_t applied = 0;
    str    stored;
    if (store_is_postgres(st)) {          /* two at once: the second finds the work done */
        TRY(store_exec(st, Q_PG_LOCK_SCHEMA, NULL, NULL, f));
        TRY(store_exec(st, Q_PG_SCHEMAS, NULL, NULL, f));
    }
    TRY(store_exec(st, Q_MIGRATIONS_TABLE, NULL, NULL, f));
    TRY(compare_applied(st, all, f, &applied));
    for (size_t i = applied; i < all->n; i++)
        TRY(apply(st, &all->v[i], f));
    if (store_is_postgres(st))
        TRY(store_exec(st, Q_PG_FUNCTIONS, NULL, NULL, f));
    TRY(stored_digest(st, a, f, &stored));
    return str_eq(stored, digest) ? ERR_OK : relations_bring_up(st, digest, f);
}

/* True when nothing is to be done; a database without our tables is none of ours. */
static err_t is_current(store *st, arena *a, const migrations *all, str digest, fault *f, bool *ret)
{
    int64_t tables = 0, ours = 0;
    size_t  applied = 0;
    str     stored;
    *ret = false;
    TRY(count_of(st, Q_TABLES, NULL, f, &tables));
    TRY(count_of(st, Q_HAS_TABLE, "migrations", f, &ours));
    if (!ours && tables && !store_is_postgres(st))
        return fail(f, ERR_CONFLICT, "%s holds another program's tables; name a database of its own", st->d->name);
    if (!ours && !(st->flags & STORE_CREATE))
        return fail(f, ERR_NOT_FOUND, "%s is empty; make a workspace with attest init", st->d->name);
    if (!ours)
        return ERR_OK;
    TRY(compare_applied(st, all, f, &applied));
    if (applied < all->n)
        return ERR_OK;
    TRY(stored_digest(st, a, f, &stored));
    *ret = str_eq(stored, digest);
    return ERR_OK;
}

err_t schema_bring_up(store *st, fault *f)
{
    auto_arena arena *a = arena_new(64 << 20);
    migrations        all = migrations_list(a);
    str               digest = model_digest(a, st);
    bool              current;
    stmt             *s;
    TRY(is_current(st, a, &all, digest, f, &current));
    if (current)
        return ERR_OK;
    if (!(st->flags & STORE_WRITE))
        return fail(f, ERR_UNSUPPORTED, "%s was made by another version of Attest; run a command that writes, such as attest collect, first",
                    st->d->name);
    TRY(store_fixed(st, Q_BEGIN_WRITE, f, &s));
    TRY(stmt_run(s, f));
    st->in_write = true;
    err_t e = bring_up_locked(st, a, &all, digest, f);
    if (e != ERR_OK) {
        writer_abort(st);
        return e;
    }
    store_forget_statements(st);
    return writer_end(st, f);
}
