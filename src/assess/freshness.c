#include "assess/parts.h"

/* Comments are for readers of the file; the sandbox takes none. */
static str query_of(const asset *file)
{
    str rest = file->bytes, query = rest, line;
    while (str_line(&rest, &line) && str_starts(line, S("--")))
        query = rest;
    return str_trim(query);
}

static int by_source(const void *x, const void *y)
{
    const run_row *a = x, *b = y;
    int            order = str_cmp(a->source, b->source);
    return order ? order : str_cmp(a->relation, b->relation);
}

err_t runs_read(arena *a, session *s, fault *f, run_table *ret)
{
    enum { SOURCE, RELATION_NAME, STATUS, REASON, ENDED_AT };
    const asset *file = asset_find(S("sql/assess.sql"));
    DA(run_row)  rows = { 0 };
    assert(file);
    auto_cursor cursor *c = NULL;
    TRY(session_query(s, query_of(file), f, &c));
    for (;;) {
        bool more;
        TRY(cursor_next(c, f, &more));
        if (!more)
            break;
        da_push(a, &rows) = (run_row){
            .source = str_dup(a, cursor_text(c, SOURCE)),
            .relation = str_dup(a, cursor_text(c, RELATION_NAME)),
            .status = cursor_null(c, STATUS) ? S("error") : str_dup(a, cursor_text(c, STATUS)),
            .reason = cursor_null(c, REASON) ? S("") : str_dup(a, cursor_text(c, REASON)),
            .has_seen = !cursor_null(c, ENDED_AT),
            .seen_at = cursor_null(c, ENDED_AT) ? 0 : cursor_int(c, ENDED_AT),
        };
    }
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
    str seen = time_rfc3339(a, row->seen_at), limit = time_span(a, need->max_age);
    if (row->seen_at > as_of)
        return str_fmt(a, STR_FMT ": seen at " STR_FMT ", which is yet to come; was the clock set back?", STR_ARG(what),
                       STR_ARG(seen));
    if (as_of - row->seen_at > need->max_age)
        return str_fmt(a, STR_FMT ": last seen at " STR_FMT ", older than " STR_FMT, STR_ARG(what), STR_ARG(seen),
                       STR_ARG(limit));
    return S("");
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
            da_push(a, &list) = (need_state){ .relation = name, .status = S("missing"),
                                              .why = str_fmt(a, STR_FMT ": never collected", STR_ARG(name)) };
    }
    r->needs = list.v;
    r->n_needs = list.n;
}
