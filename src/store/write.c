/* Rows from a source, compared with what is current: what is the same is only
 * marked, what differs is closed and opened, what is missing is closed. */
#include "internal.h"

/* Merges and closes of a few rows look each up; past this many the current rows
 * are read once, as a snapshot does at its beginning. */
enum { LOOKUPS_MAX = 1000 };

struct writer {
    arena          *a;
    const relation *r;
    change         *ch;
    str             source;
    write_mode      mode;
    row_index      *index;
    bool            loaded;               /* the index holds every current row */
    bool            incomplete;
    int64_t         duplicates, lookups;
};

void writer_free(writer *w)
{
    if (w)
        arena_free(w->a);
}

/* Reading all of the table in its own order beats going through the index when
 * most of it is wanted. */
static err_t current_query(commit *c, writer *w, fault *f, query_id *ret)
{
    stmt *s;
    bool  row;
    int64_t current, next;
    TRY(store_templated(c->st, Q_CURRENT_COUNT, w->r, f, &s));
    {
        auto_reset stmt *held = s;
        bind_text(held, 1, w->source);
        TRY(stmt_step(held, f, &row));
        current = col_int(s, 0);
    }
    row_index_reserve(w->index, (size_t)current);
    TRY(store_templated(c->st, Q_NEXT_ID, w->r, f, &s));
    auto_reset stmt *held = s;
    TRY(stmt_step(held, f, &row));
    next = col_int(s, 0);
    *ret = current > next / 4 ? Q_CURRENT_SCAN : Q_CURRENT_ROWS;
    return ERR_OK;
}

static err_t load_current(commit *c, writer *w, fault *f)
{
    stmt    *s;
    query_id q;
    bool     row, new_key;
    value    old[RELATION_FIELDS_MAX];
    TRY(current_query(c, w, f, &q));
    TRY(store_templated(c->st, q, w->r, f, &s));
    auto_reset stmt *held = s;
    bind_text(s, 1, w->source);
    for (;;) {
        TRY(stmt_step(held, f, &row));
        if (!row)
            break;
        s->e->col_row(s, 1, w->r, old);
        row_entry *e = row_index_put(w->index, row_index_key(w->index, w->r, old), &new_key);
        if (!new_key)                     /* written a moment ago, by a lookup */
            continue;
        e->id = col_int(s, 0);
        e->content = row_index_content(w->index, w->r, old);
    }
    w->loaded = true;
    return ERR_OK;
}

err_t write_begin(commit *c, const relation *r, str source, write_mode mode, fault *f)
{
    assert(!c->w);
    if (!source.n || source.n > SOURCE_MAX || !utf8_valid(source) || memchr(source.p, 0, source.n))
        return fail(f, ERR_INVALID, "the name of a source is UTF-8 text of 1 to %d bytes", SOURCE_MAX);
    arena  *a = arena_new(SIZE_MAX / 2);
    writer *w = NEW(a, writer);
    *w = (writer){ .a = a, .r = r, .ch = commit_change(c, r), .source = str_dup(a, source), .mode = mode, .index = row_index_new(a) };
    c->w = w;
    if (mode != WRITE_SNAPSHOT)
        return ERR_OK;
    err_t e = load_current(c, w, f);
    c->failed |= e != ERR_OK;
    return e;
}

/* A row that only closes needs nothing but its key. */
static err_t keys_check(const relation *r, const value *row, fault *f)
{
    relation only_keys = *r;
    only_keys.n_fields = relation_keys(r);
    return row_check(&only_keys, row, f);
}

/* The current version of the row's key, when it is not in the index yet. */
static err_t look_up(commit *c, writer *w, const value *row, row_entry *e, fault *f)
{
    stmt *s;
    bool  found;
    value old[RELATION_FIELDS_MAX];
    w->lookups++;
    TRY(store_templated(c->st, Q_CURRENT_ROW, w->r, f, &s));
    auto_reset stmt *held = s;
    relation only_keys = *w->r;
    only_keys.n_fields = relation_keys(w->r);
    bind_text(s, 1, w->source);
    s->e->bind_row(s, 2, &only_keys, row);
    TRY(stmt_step(held, f, &found));
    if (!found)
        return ERR_OK;
    e->id = col_int(s, 0);
    s->e->col_row(s, 1, w->r, old);
    e->content = row_index_content(w->index, w->r, old);
    return ERR_OK;
}

static err_t put_row(commit *c, writer *w, const value *row, row_entry *e, fault *f)
{
    if (w->mode == WRITE_CLOSE)
        return e->id ? commit_close_version(c, w->ch, e->id, f) : ERR_OK;
    hash128 content = row_index_content(w->index, w->r, row);
    if (e->id && content.a == e->content.a && content.b == e->content.b)
        return ERR_OK;
    if (e->id)
        TRY(commit_close_version(c, w->ch, e->id, f));
    return commit_open_version(c, w->ch, w->source, row, f);
}

/* What is the same as a row that was checked when it was written is good itself;
 * most rows of most snapshots end here. */
static bool same_as_current(writer *w, hash128 key, const value *row)
{
    row_entry *e = w->loaded && w->mode != WRITE_CLOSE ? row_index_find(w->index, key) : NULL;
    if (!e || e->seen || !e->id)
        return false;
    hash128 content = row_index_content(w->index, w->r, row);
    e->seen = content.a == e->content.a && content.b == e->content.b;
    return e->seen;
}

static err_t add_row(commit *c, writer *w, hash128 key, const value *row, fault *f)
{
    bool       new_key;
    row_entry *e = row_index_put(w->index, key, &new_key);
    if (e->seen) {
        w->duplicates++;
        return ERR_OK;
    }
    e->seen = true;
    if (new_key && !w->loaded)
        TRY(look_up(c, w, row, e, f));
    return put_row(c, w, row, e, f);
}

err_t write_row(commit *c, const value *row, fault *f)
{
    writer *w = c->w;
    assert(w);
    hash128 key = row_index_key(w->index, w->r, row);
    if (same_as_current(w, key, row))
        return ERR_OK;
    TRY(w->mode == WRITE_CLOSE ? keys_check(w->r, row, f) : row_check(w->r, row, f));
    err_t e = ERR_OK;
    if (!w->loaded && w->lookups == LOOKUPS_MAX)
        e = load_current(c, w, f);
    if (e == ERR_OK)
        e = add_row(c, w, key, row, f);
    c->failed |= e != ERR_OK;
    return e;
}

void write_incomplete(commit *c)
{
    assert(c->w);
    c->w->incomplete = true;
}

static err_t close_unseen(commit *c, writer *w, fault *f)
{
    for (size_t i = 0, n = row_index_count(w->index); i < n; i++) {
        const row_entry *e = row_index_at(w->index, i);
        if (!e->seen)
            TRY(commit_close_version(c, w->ch, e->id, f));
    }
    return ERR_OK;
}

err_t write_end(commit *c, fault *f, int64_t *ret_duplicates)
{
    writer *w = c->w;
    err_t   e = ERR_OK;
    assert(w);
    if (w->mode == WRITE_SNAPSHOT && !w->incomplete && !c->failed)
        e = close_unseen(c, w, f);
    if (e == ERR_OK && !c->failed)
        e = bulk_flush(c, w->ch, f);
    c->failed |= e != ERR_OK;
    if (e == ERR_OK && ret_duplicates)
        *ret_duplicates = w->duplicates;
    c->w = NULL;
    writer_free(w);
    return e;
}
