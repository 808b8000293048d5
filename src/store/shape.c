/* Is the database's own schema what this program makes? A view that leaves rows
 * out, a column of another type or a crooked index changes what is read without
 * a change of any row. */
#include "internal.h"

typedef struct {
    store        *st;
    arena        *a;
    shape_visitor each;
    void         *arg;
    bool         *view, *index, *table;   /* by relation: there, and as they should be */
} shape;

static const char *const own_tables[] = { "commits", "writer", "model", "migrations" };

static bool is_own_table(str name)
{
    for (size_t i = 0; i < COUNT(own_tables); i++)
        if (str_eq(name, str_of(own_tables[i])))
            return true;
    return false;
}

/* As the database keeps it: without IF NOT EXISTS. */
static bool made_by(const shape *s, query_id q, const relation *r, const field *extra, str sql)
{
    static const char words[] = "IF NOT EXISTS ";
    str         want = str_trim(query_fill(s->a, s->st, q, r, extra));
    const char *at = memmem(want.p, want.n, words, sizeof words - 1);
    if (at) {
        size_t before = (size_t)(at - want.p);
        want = str_fmt(s->a, STR_FMT STR_FMT, STR_ARG(str_sub(want, 0, before)),
                       STR_ARG(str_sub(want, before + sizeof words - 1, want.n)));
    }
    return str_eq(want, str_trim(sql));
}

static bool in_word(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

/* Whether `word` stands in the text as a word: a field may be called generated_at. */
static bool has_word(str text, str word)
{
    for (size_t i = 0; i + word.n <= text.n; i++)
        if (memcmp(text.p + i, word.p, word.n) == 0 && (i == 0 || !in_word(text.p[i - 1])) &&
            (i + word.n == text.n || !in_word(text.p[i + word.n])))
            return true;
    return false;
}

/* Columns are added as relations grow, so a table's text is not compared. What
 * matters: strict types, and nothing computed or compared in another way. */
static bool table_good(arena *a, str sql)
{
    static const char *const wrong[] = { "collate", "generated", "as", "without" };
    str text = str_lower(a, sql);
    for (size_t i = 0; i < COUNT(wrong); i++)
        if (has_word(text, str_of(wrong[i])))
            return false;
    return has_word(text, S("strict"));
}

/* Those that only make reading faster may be missing, not crooked. */
static bool own_index(const shape *s, str name, str sql)
{
    const relation *r = str_ends(name, S("_own")) ? relation_find(str_sub(name, 0, name.n - 4)) : NULL;
    const field    *own = r ? relation_own_field(r) : NULL;
    return own && made_by(s, Q_RELATION_OWN, r, own, sql);
}

static bool in_migrations(str sql)
{
    for (size_t i = 0; i < n_assets; i++)
        if (sql.n && str_starts(str_of(assets[i].path), S("sql/migrations/")) && str_contains(assets[i].bytes, sql))
            return true;
    return false;
}

static bool known_part(const shape *s, str type, str name, str sql)
{
    const relation *r = relation_find(name);
    if (str_eq(type, S("table")))
        r = str_ends(name, S("_h")) ? relation_find(str_sub(name, 0, name.n - 2)) : NULL;
    else if (str_eq(type, S("index")))
        r = str_ends(name, S("_current")) ? relation_find(str_sub(name, 0, name.n - 8)) : NULL;
    if (str_eq(type, S("table")))
        return (r || is_own_table(name)) && table_good(s->a, sql) && (!r || (s->table[relation_index(r)] = true));
    if (str_eq(type, S("view")))
        return r && made_by(s, Q_RELATION_VIEW, r, NULL, sql) && (s->view[relation_index(r)] = true);
    if (!str_eq(type, S("index")))
        return false;
    if (r)
        return made_by(s, Q_RELATION_INDEX, r, NULL, sql) && (s->index[relation_index(r)] = true);
    return own_index(s, name, sql) || in_migrations(sql);
}

static err_t parts_check(shape *s, fault *f)
{
    stmt *q;
    bool  row;
    TRY(store_fixed(s->st, Q_SCHEMA_PARTS, f, &q));
    auto_reset stmt *held = q;
    for (;;) {
        TRY(stmt_step(held, f, &row));
        if (!row)
            return ERR_OK;
        str type = str_dup(s->a, col_text(q, 0)), name = str_dup(s->a, col_text(q, 1)), sql = str_dup(s->a, col_text(q, 2));
        if (!known_part(s, type, name, sql))
            s->each(s->arg, str_fmt(s->a, "the " STR_FMT " " STR_FMT " in the database is not one that this program made: what is "
                                    "read or written there may be other than what was committed", STR_ARG(type), STR_ARG(name)));
    }
}

static void missing_tell(shape *s)
{
    for (size_t i = 0; i < n_relations; i++) {
        const char *what = !s->table[i] ? "table" : !s->view[i] ? "view" : !s->index[i] ? "index" : NULL;
        if (what)
            s->each(s->arg, str_fmt(s->a, "the %s of %s is missing from the database, or is not the one this program makes", what,
                                    relations[i]->name));
    }
}

static err_t integrity_check(shape *s, fault *f)
{
    stmt *q;
    bool  row;
    TRY(store_fixed(s->st, Q_INTEGRITY, f, &q));
    auto_reset stmt *held = q;
    TRY(stmt_step(held, f, &row));
    str said = row ? str_dup(s->a, col_text(q, 0)) : S("it says nothing");
    if (!str_eq(said, S("ok")))
        s->each(s->arg, str_fmt(s->a, "the database is damaged or was altered beneath its tables: " STR_FMT, STR_ARG(said)));
    return ERR_OK;
}

err_t store_shape(store *st, shape_visitor each, void *arg, fault *f)
{
    auto_arena arena *a = arena_new(64 << 20);
    shape s = { .st = st, .a = a, .each = each, .arg = arg, .view = NEW_ARRAY(a, bool, n_relations),
                .index = NEW_ARRAY(a, bool, n_relations), .table = NEW_ARRAY(a, bool, n_relations) };
    if (store_is_postgres(st))
        return ERR_OK;
    TRY(parts_check(&s, f));
    missing_tell(&s);
    return integrity_check(&s, f);
}
