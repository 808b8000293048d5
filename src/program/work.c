/* A piece of work: what it has read, what it will write, one commit at the end. */
#include "program/private.h"

enum { WORK_MEMORY_MAX = 1 << 30 };

err_t work_begin(const work_options *o, fault *f, work **ret)
{
    arena *a = arena_new(WORK_MEMORY_MAX);
    work  *w = NEW(a, work);
    *w = (work){ .a = a, .o = *o, .tables = map_new(a) };
    w->o.action = str_dup(a, o->action);
    w->o.reason = str_dup(a, o->reason);
    const commit_info info = { o->who->actor, w->o.action, w->o.reason };
    err_t e = commit_begin(o->st, &info, f, &w->c);
    if (e == ERR_OK && !o->alone)         /* after the writer's place is ours: what is read then stays true */
        e = session_open(o->st, &(session_options){ .as_of = TIME_MAX, .history = true }, f, &w->s);
    if (e != ERR_OK) {
        work_abort(w);
        return e;
    }
    *ret = w;
    return ERR_OK;
}

void work_abort(work *w)
{
    if (!w)
        return;
    session_close(w->s);
    commit_abort(w->c);
    arena_free(w->a);
}

static err_t write_table(work *w, table *t, fault *f)
{
    TRY(write_begin(w->c, t->r, RECORD_SOURCE, WRITE_MERGE, f));
    for (size_t i = 0; i < t->changed.n; i++)
        TRY(write_row(w->c, t->changed.v[i]->row, f));
    return write_end(w->c, f, NULL);
}

static err_t write_all(work *w, fault *f)
{
    TRY(work_references(w, f));
    if (w->faults.n) {
        buf b = buf_new(w->a, 900);
        faults_text(&w->faults, 8, &b);
        return fail(f, ERR_INVALID, STR_FMT, STR_ARG(utf8_cut(buf_str(&b), 900)));
    }
    if (w->broken)
        return fail(f, ERR_INTERNAL, "a part of this work failed");
    for (size_t i = 0; i < w->order.n; i++)
        if (w->order.v[i]->changed.n)
            TRY(write_table(w, w->order.v[i], f));
    return ERR_OK;
}

err_t work_finish(work *w, arena *a, fault *f, commit_done *ret)
{
    auto_work work *held = w;             /* also when it fails */
    TRY(write_all(held, f));
    return commit_finish(TAKE(held->c), a, f, ret);
}

err_t work_commit(work *w, arena *a, fault *f, commit_done *ret)
{
    assert(w->o.alone && w->c);
    TRY(write_all(w, f));
    for (size_t i = 0; i < w->order.n; i++) {
        table *t = w->order.v[i];
        for (size_t k = 0; k < t->changed.n; k++)
            t->changed.v[k]->changed = false;
        t->changed.n = 0;
    }
    return commit_finish(TAKE(w->c), a, f, ret);
}

err_t work_go_on(work *w, const principal *who, str action, str reason, fault *f)
{
    assert(w->o.alone && !w->c);
    w->o.who = who;
    return commit_begin(w->o.st, &(commit_info){ who->actor, action, reason }, f, &w->c);
}

const field_faults *work_faults(const work *w) { return &w->faults; }
session            *work_session(work *w) { return w->s; }
time_us             work_moment(const work *w) { return commit_moment(w->c); }
commit             *work_current_commit(work *w) { return w->c; }
const principal    *work_who(const work *w) { return w->o.who; }

/* ---- faults ------------------------------------------------------------------------- */

err_t refuse(work *w, const relation *r, str id, const char *field_name, err_t e, fault *f, const char *fmt, ...)
{
    field_fault ff = { .field = str_of(field_name) };
    va_list     ap;
    va_start(ap, fmt);
    ff.why = str_vfmt(w->a, fmt, ap);
    va_end(ap);
    ff.record = id.n ? str_fmt(w->a, "%s/" STR_FMT, r->name, STR_ARG(id)) : str_of(r->name);
    da_push(w->a, &w->faults) = ff;
    return fail(f, e, STR_FMT "%s%s: " STR_FMT, STR_ARG(ff.record), field_name ? ", " : "", field_name ? field_name : "",
                STR_ARG(ff.why));
}

err_t work_refuse(work *w, const relation *r, str id, const char *field_name, err_t e, fault *f, str why)
{
    return refuse(w, r, id, field_name, e, f, STR_FMT, STR_ARG(why));
}

void faults_text(const field_faults *v, size_t max, buf *out)
{
    for (size_t i = 0; i < v->n && i < max; i++) {
        const field_fault *ff = &v->v[i];
        buf_fmt(out, "%s" STR_FMT "%s" STR_FMT ": " STR_FMT, i ? "\n" : "", STR_ARG(ff->record), ff->field.n ? ", " : "",
                STR_ARG(ff->field), STR_ARG(ff->why));
    }
    if (v->n > max)
        buf_fmt(out, "\nand %zu more", v->n - max);
}

/* ---- what is stored -------------------------------------------------------------------- */

table *work_table(work *w, const relation *r)
{
    void **slot = map_put(&w->tables, str_of(r->name));
    if (!*slot) {
        table *t = NEW(w->a, table);
        *t = (table){ .r = r, .entries = map_new(w->a), .full = w->o.alone };
        *slot = t;
        da_push(w->a, &w->order) = t;
    }
    return *slot;
}

static kept *entry_of(work *w, table *t, str id)
{
    kept *e = map_get(&t->entries, id);
    if (!e) {
        e = NEW(w->a, kept);
        e->id = str_dup(w->a, id);
        *map_put(&t->entries, e->id) = e;
    }
    return e;
}

/* Rows the work has changed keep what it made of them. */
static err_t fetch(work *w, table *t, str only, fault *f)
{
    const sql_hole holes[] = { { "relation", str_of(t->r->name) }, { "columns", columns_sql(w->a, t->r, "") }, { "only", only } };
    auto_cursor cursor *c = NULL;
    bool                more;
    err_t e = session_query(w->s, sql_read(w->a, "sql/program/rows.sql", holes, COUNT(holes)), f, &c);
    while (e == ERR_OK && (e = cursor_next(c, f, &more)) == ERR_OK && more) {
        kept *en = entry_of(w, t, cursor_text(c, 1));
        en->version = cursor_int(c, 0);
        if (!en->changed)
            en->row = row_read(w->a, c, t->r, 1);
    }
    w->broken |= e != ERR_OK;
    return e;
}

err_t table_fill(work *w, table *t, fault *f)
{
    if (t->full)
        return ERR_OK;
    TRY(fetch(w, t, S(""), f));
    t->full = true;
    return ERR_OK;
}

err_t table_entry(work *w, table *t, str id, fault *f, kept **ret)
{
    *ret = map_get(&t->entries, id);
    if (*ret)
        return ERR_OK;
    if (!t->full && t->lookups++ >= LOOKUPS_MAX)
        TRY(table_fill(w, t, f));
    else if (!t->full)
        TRY(fetch(w, t, str_fmt(w->a, "AND id = " STR_FMT, STR_ARG(sql_quote(w->a, id))), f));
    *ret = entry_of(w, t, id);
    return ERR_OK;
}

err_t work_row(work *w, const relation *r, str id, fault *f, const value **ret)
{
    kept *e;
    TRY(table_entry(w, work_table(w, r), id, f, &e));
    *ret = e->row;
    return ERR_OK;
}

/* ---- what will be written --------------------------------------------------------------- */

static str holder_key(arena *a, const value *v)
{
    return v->kind == V_TEXT ? v->s : str_fmt(a, "%lld", (long long)v->i);
}

void entry_set(work *w, table *t, kept *e, value *row)
{
    for (size_t i = 0; t->holders && i < t->r->n_fields; i++) {
        if (!(t->r->fields[i].flags & FIELD_UNIQUE))
            continue;
        if (e->row && e->row[i].kind != V_NULL)
            *map_put(&t->holders[i], holder_key(w->a, &e->row[i])) = NULL;
        if (row[i].kind != V_NULL)
            *map_put(&t->holders[i], holder_key(w->a, &row[i])) = e;
    }
    e->row = row;
    if (!e->changed)
        da_push(w->a, &t->changed) = e;
    e->changed = true;
}

static void holders_build(work *w, table *t)
{
    t->holders = NEW_ARRAY(w->a, map, t->r->n_fields);
    for (size_t i = 0; i < t->r->n_fields; i++) {
        t->holders[i] = map_new(w->a);
        for (size_t k = 0; (t->r->fields[i].flags & FIELD_UNIQUE) && k < t->entries.cap; k++) {
            kept *e = t->entries.entries[k].key.p ? t->entries.entries[k].value : NULL;
            if (e && e->row && e->row[i].kind != V_NULL)
                *map_put(&t->holders[i], holder_key(w->a, &e->row[i])) = e;
        }
    }
}

static err_t ask_holder(work *w, const table *t, size_t i, const value *v, str id, fault *f, str *ret)
{
    const field   *fd = &t->r->fields[i];
    const sql_hole holes[] = { { "relation", str_of(t->r->name) }, { "field", str_of(fd->name) },
                               { "value", sql_literal(w->a, fd, v) }, { "id", sql_quote(w->a, id) } };
    auto_cursor cursor *c = NULL;
    bool                more;
    TRY(session_query(w->s, sql_read(w->a, "sql/program/holder.sql", holes, COUNT(holes)), f, &c));
    TRY(cursor_next(c, f, &more));
    *ret = more ? str_dup(w->a, cursor_text(c, 0)) : S("");
    return ERR_OK;
}

err_t unique_holder(work *w, table *t, size_t i, const value *v, str id, fault *f, str *ret)
{
    *ret = S("");
    if (t->changed.n < LOOKUPS_MAX && !t->full) {
        TRY(ask_holder(w, t, i, v, id, f, ret));
        kept *stale = ret->n ? map_get(&t->entries, *ret) : NULL;
        if (stale && stale->changed)      /* the work gave it another value; what it has now is looked at below */
            *ret = S("");
        for (size_t k = 0; k < t->changed.n; k++)
            if (!str_eq(t->changed.v[k]->id, id) && value_eq(&t->changed.v[k]->row[i], v))
                *ret = t->changed.v[k]->id;
        return ERR_OK;
    }
    TRY(table_fill(w, t, f));
    if (!t->holders)
        holders_build(w, t);
    const kept *e = map_get(&t->holders[i], holder_key(w->a, v));
    if (e && !str_eq(e->id, id))
        *ret = e->id;
    return ERR_OK;
}
