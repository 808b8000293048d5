/* Named SQL: filling templates, PostgreSQL's words, statements kept prepared. */
#include "internal.h"

size_t relation_index(const relation *r)
{
    for (size_t i = 0; i < n_relations; i++)
        if (relations[i] == r)
            return i;
    assert(false && "a relation that is not in the registry");
    return 0;
}

const field *relation_own_field(const relation *r)
{
    return r->record && r->record->own ? &r->fields[relation_field(r, str_of(r->record->own))] : NULL;
}

bool relation_has_source_field(const relation *r) { return relation_field(r, S("source")) >= 0; }

static void put_definition(buf *b, const field *fd, bool postgres)
{
    static const char *const sqlite_types[] = { [F_TEXT] = "TEXT", [F_INT] = "INTEGER", [F_BOOL] = "INTEGER", [F_TIME] = "INTEGER" };
    buf_putz(b, fd->name);
    buf_putc(b, ' ');
    buf_putz(b, postgres && fd->kind == F_BOOL ? "BOOLEAN" : sqlite_types[fd->kind]);
}

/* A list over the first n fields, one item each as `how` says. */
typedef enum { LIST_NAME, LIST_DEFINITION, LIST_PARAMETER, LIST_MATCH, LIST_KNOWN, LIST_VOID, LIST_EXCLUDED } list_how;

static void put_list(buf *b, const relation *r, size_t n, list_how how, int64_t first, bool postgres)
{
    bool both = how == LIST_MATCH || how == LIST_KNOWN;
    for (size_t i = 0; i < n; i++) {
        const field *fd = &r->fields[i];
        if (i)
            buf_putz(b, both ? " AND " : ", ");
        if (how == LIST_DEFINITION)
            put_definition(b, fd, postgres);
        else if (how == LIST_PARAMETER)
            buf_fmt(b, "$%lld", (long long)(first + (int64_t)i));
        else
            buf_fmt(b, "%s%s", how == LIST_EXCLUDED ? "excluded." : "", fd->name);
        if (how == LIST_MATCH)
            buf_fmt(b, " = $%lld", (long long)(first + (int64_t)i));
        else if (how == LIST_KNOWN)
            buf_putz(b, " IS NOT NULL");
        else if (how == LIST_VOID)
            buf_putz(b, " = NULL");
    }
}

typedef struct {
    const store    *st;
    const relation *r;
    const field    *extra;
    bool            postgres;
} filling;

static bool put_relation_hole(buf *b, const filling *fl, str name, int64_t first)
{
    const relation *r = fl->r;
    size_t          all = r->n_fields, keys = relation_keys(r);
    bool            own = relation_has_source_field(r);
    const struct {
        str      hole;
        size_t   n;
        list_how how;
    } lists[] = {
        { S("columns"), all, LIST_NAME },       { S("definitions"), all, LIST_DEFINITION },
        { S("keys"), keys, LIST_NAME },         { S("known_keys"), keys, LIST_KNOWN },
        { S("values"), all, LIST_PARAMETER },   { S("key_match"), keys, LIST_MATCH },
        { S("voids"), all, LIST_VOID },         { S("excluded"), all, LIST_EXCLUDED },
    };
    const struct {
        str         hole;
        const char *text;
    } words[] = {
        { S("relation"), r->name },
        { S("source"), own ? "" : "row_source AS source, " },
        { S("source_definition"), own ? "" : "source TEXT, " },
        { S("source_column"), own ? "" : ", source" },
    };
    for (size_t i = 0; i < COUNT(lists); i++)
        if (str_eq(name, lists[i].hole))
            return put_list(b, r, lists[i].n, lists[i].how, first, fl->postgres), true;
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_eq(name, words[i].hole))
            return buf_putz(b, words[i].text), true;
    if (str_eq(name, S("after")))
        return buf_fmt(b, "$%zu", all + 1), true;
    if (!str_eq(name, S("source_value")))
        return false;
    if (!own)
        buf_fmt(b, ", $%zu", all + 2);
    return true;
}

static void put_hole(buf *b, const filling *fl, str hole)
{
    int64_t first = 1;
    str     number = hole;
    str     name = str_cut(&number, ':');
    if (number.p && !parse_int(number, 1, 1000, &first))
        assert(false && "a template's number");
    if (str_eq(name, S("definition")) && fl->extra)
        put_definition(b, fl->extra, fl->postgres);
    else if (str_eq(name, S("field")) && fl->extra)
        buf_putz(b, fl->extra->name);
    else if (str_eq(name, S("schema")) && fl->st->schema)
        buf_fmt(b, "\"%s\"", fl->st->schema);
    else if (str_eq(name, S("asof_schema")) && fl->st->schema)
        buf_fmt(b, "\"%s_asof\"", fl->st->schema);
    else if (!fl->r || !put_relation_hole(b, fl, name, first))
        assert(false && "a hole of a template that nothing fills");
}

static bool word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

str query_dialect(arena *a, bool postgres, str sql)
{
    const struct {
        str word, pg;
    } words[] = { { S("INTEGER"), S("BIGINT") }, { S("BLOB"), S("BYTEA") }, { S("STRICT"), S("") }, { S("TEXT"), S("TEXT COLLATE \"C\"") } };
    if (!postgres)
        return sql;
    buf b = buf_new(a, SIZE_MAX / 2);
    while (sql.n) {
        size_t n = 0;
        while (n < sql.n && word_char(sql.p[n]))
            n++;
        str word = str_sub(sql, 0, n ? n : 1);
        str put = word;
        for (size_t i = 0; i < COUNT(words); i++)
            if (str_eq(word, words[i].word))
                put = words[i].pg;
        buf_puts(&b, put);
        sql = str_sub(sql, word.n, sql.n);
    }
    return buf_str(&b);
}

str query_fill(arena *a, const store *st, query_id q, const relation *r, const field *extra)
{
    filling     fl = { st, r, extra, store_is_postgres(st) };
    const char *text = fl.postgres && query_texts[q].pgsql ? query_texts[q].pgsql : query_texts[q].sqlite;
    str         rest = str_of(text);
    buf         b = buf_new(a, SIZE_MAX / 2);
    while (rest.p) {
        buf_puts(&b, str_cut(&rest, '{'));
        if (rest.p)
            put_hole(&b, &fl, str_cut(&rest, '}'));
    }
    return query_dialect(a, fl.postgres, buf_str(&b));
}

static err_t prepared(store *st, stmt **at, query_id q, const relation *r, fault *f, stmt **ret)
{
    if (!*at) {
        auto_arena arena *a = arena_new(1 << 20);
        TRY(st->d->e->prepare(st->d, query_fill(a, st, q, r, NULL), f, at));
    }
    *ret = *at;
    return ERR_OK;
}

err_t store_fixed(store *st, query_id q, fault *f, stmt **ret)
{
    return prepared(st, &st->fixed[q], q, NULL, f, ret);
}

err_t store_templated(store *st, query_id q, const relation *r, fault *f, stmt **ret)
{
    return prepared(st, &st->templated[relation_index(r) * Q_COUNT_ + q], q, r, f, ret);
}

err_t store_exec(store *st, query_id q, const relation *r, const field *extra, fault *f)
{
    auto_arena arena *a = arena_new(1 << 20);
    str               sql = query_fill(a, st, q, r, extra);
    return st->d->e->exec(st->d, str_z(a, sql), f);
}

void store_forget_statements(store *st)
{
    for (size_t i = 0; i < Q_COUNT_; i++) {
        stmt_finish(st->fixed[i]);
        st->fixed[i] = NULL;
    }
    for (size_t i = 0; st->templated && i < n_relations * Q_COUNT_; i++) {
        stmt_finish(st->templated[i]);
        st->templated[i] = NULL;
    }
}

err_t stmt_run(stmt *s, fault *f)
{
    bool  row = true;
    err_t e = ERR_OK;
    while (e == ERR_OK && row)
        e = stmt_step(s, f, &row);
    stmt_reset(s);
    return e;
}
