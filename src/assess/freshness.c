#include "assess/parts.h"

static int by_source(const void *x, const void *y)
{
    const run_row *a = x, *b = y;
    int            order = str_cmp(a->source, b->source);
    return order ? order : str_cmp(a->relation, b->relation);
}

typedef DA(run_row) run_rows;

static err_t collections_read(arena *a, session *s, fault *f, run_rows *rows)
{
    enum { SOURCE, RELATION_NAME, STATUS, REASON, ENDED_AT };
    auto_cursor cursor *c = NULL;
    TRY(session_query(s, sql_read(a, "sql/assess.sql", NULL, 0), f, &c));
    for (;;) {
        bool more;
        TRY(cursor_next(c, f, &more));
        if (!more)
            break;
        da_push(a, rows) = (run_row){
            .source = str_dup(a, cursor_text(c, SOURCE)),
            .relation = str_dup(a, cursor_text(c, RELATION_NAME)),
            .status = cursor_null(c, STATUS) ? S("error") : str_dup(a, cursor_text(c, STATUS)),
            .reason = cursor_null(c, REASON) ? S("") : str_dup(a, cursor_text(c, REASON)),
            .has_seen = !cursor_null(c, ENDED_AT),
            .seen_at = cursor_null(c, ENDED_AT) ? 0 : cursor_int(c, ENDED_AT),
        };
    }
    return ERR_OK;
}

/* ---- registers: records are facts of their own, once somebody keeps them ---------- */

static run_row *register_of(run_rows *rows, str name)
{
    for (size_t i = 0; i < rows->n; i++)
        if (str_eq(rows->v[i].relation, name) && str_eq(rows->v[i].source, RECORD_SOURCE))
            return &rows->v[i];
    return NULL;
}

static void register_seen(arena *a, run_rows *rows, str name, time_us at)
{
    run_row *row = register_of(rows, name);
    if (!row) {
        row = &da_push(a, rows);
        *row = (run_row){ .source = RECORD_SOURCE, .relation = name, .status = S("ok"), .reason = S(""), .has_seen = true };
    }
    if (at > row->seen_at)
        row->seen_at = at;
}

static err_t confirmed_read(arena *a, session *s, fault *f, run_rows *rows)
{
    auto_cursor cursor *c = NULL;
    TRY(session_query(s, sql_read(a, "sql/registers.sql", NULL, 0), f, &c));
    for (;;) {
        bool more;
        TRY(cursor_next(c, f, &more));
        if (!more)
            return ERR_OK;
        if (!cursor_null(c, 1))
            register_seen(a, rows, str_dup(a, cursor_text(c, 0)), cursor_int(c, 1));
    }
}

static err_t written_read(arena *a, session *s, const relation *r, fault *f, run_rows *rows)
{
    auto_cursor cursor *c = NULL;
    bool                more;
    const sql_hole      hole = { "relation", str_of(r->name) };
    TRY(session_query(s, sql_read(a, "sql/register.sql", &hole, 1), f, &c));
    TRY(cursor_next(c, f, &more));
    if (more && !cursor_null(c, 0))
        register_seen(a, rows, str_of(r->name), cursor_int(c, 0));
    return ERR_OK;
}

static err_t registers_read(arena *a, session *s, const control_test *tests, const bool *chosen, size_t n, fault *f, run_rows *rows)
{
    map read = map_new(a);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; chosen[i] && k < tests[i].n_needs; k++) {
            const relation *r = tests[i].needs[k].relation;
            void          **slot = r->kind == RECORD ? map_put(&read, str_of(r->name)) : NULL;
            if (!slot || *slot)
                continue;
            *slot = rows;
            TRY(written_read(a, s, r, f, rows));
        }
    return read.n ? confirmed_read(a, s, f, rows) : ERR_OK;
}

err_t runs_read(arena *a, session *s, const control_test *tests, const bool *chosen, size_t n, fault *f, run_table *ret)
{
    run_rows rows = { 0 };
    TRY(collections_read(a, s, f, &rows));
    TRY(registers_read(a, s, tests, chosen, n, f, &rows));
    if (rows.n)
        qsort(rows.v, rows.n, sizeof *rows.v, by_source);
    *ret = (run_table){ .rows = rows.v, .n = rows.n };
    return ERR_OK;
}

/* Why the facts of `row` do not count at as_of; the empty str when they do. The
 * texts name moments and not ages, so that the same facts give the same text. */
static str not_fresh(arena *a, const run_row *row, const test_need *need, time_us as_of)
{
    str what = str_fmt(a, "%s from " STR_FMT, need->relation->name, STR_ARG(row->source));
    if (!str_eq(row->status, S("ok")) && !str_eq(row->status, S("absent")))
        return str_fmt(a, STR_FMT ": " STR_FMT "%s" STR_FMT, STR_ARG(what), STR_ARG(row->status), row->reason.n ? ": " : "",
                       STR_ARG(row->reason));
    if (!row->has_seen)
        return str_fmt(a, STR_FMT ": no run says when it was seen", STR_ARG(what));
    str seen = time_people(a, row->seen_at), limit = time_span(a, need->max_age);
    if (row->seen_at > as_of)
        return str_fmt(a, STR_FMT ": seen on " STR_FMT ", which is yet to come; was the clock set back?", STR_ARG(what),
                       STR_ARG(seen));
    if (need->max_age && as_of - row->seen_at > need->max_age)
        return str_fmt(a, STR_FMT ": last seen on " STR_FMT ", older than " STR_FMT, STR_ARG(what), STR_ARG(seen),
                       STR_ARG(limit));
    return S("");
}

static need_state never_seen(arena *a, const test_need *need)
{
    const char *name = need->relation->name;
    str         why = str_fmt(a, "%s: never collected", name);
    if (need->relation->kind == RECORD)
        why = need->may_be_empty ? S("") : str_fmt(a, "%s: there is no such record, and nobody has said that there is none to keep", name);
    return (need_state){ .relation = str_of(name), .status = need->may_be_empty ? S("absent") : S("missing"),
                         .fresh = why.n == 0, .why = why };
}

void needs_judge(arena *a, const control_test *t, const run_table *runs, time_us as_of, test_result *r)
{
    DA(need_state) list = { 0 };
    for (size_t i = 0; i < t->n_needs; i++) {
        str  name = str_of(t->needs[i].relation->name);
        bool found = false;
        for (size_t k = 0; k < runs->n; k++) {
            const run_row *row = &runs->rows[k];
            if (!str_eq(row->relation, name))
                continue;
            str why = not_fresh(a, row, &t->needs[i], as_of);
            da_push(a, &list) = (need_state){ .relation = name, .source = row->source, .status = row->status,
                                              .seen_at = row->seen_at, .fresh = why.n == 0, .why = why };
            found = true;
        }
        if (!found)
            da_push(a, &list) = never_seen(a, &t->needs[i]);
    }
    r->needs = list.v;
    r->n_needs = list.n;
}

err_t assess_needs(arena *a, session *s, const control_test *t, time_us as_of, fault *f, need_state **ret, size_t *ret_n)
{
    run_table   runs;
    test_result judged = { .test = t };
    const bool  chosen = true;
    TRY(session_set_as_of(s, as_of, f));
    TRY(runs_read(a, s, t, &chosen, 1, f, &runs));
    needs_judge(a, t, &runs, as_of, &judged);
    *ret = judged.needs;
    *ret_n = judged.n_needs;
    return ERR_OK;
}
