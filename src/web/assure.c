/* What the pages of Assure, Evidence and Audit share. */
#include "web/assure.h"

#include "assess/assess.h"
#include "web/record.h"

/* ---- addresses -------------------------------------------------------------------------------- */

str url_part(arena *a, str text)
{
    buf b = buf_new(a, 64 << 10);
    html_put(&b, AT_QUERY, text);
    return b.n ? buf_str(&b) : S("");
}

place place_of(ask *q, str path, const char *const *filters, size_t n)
{
    place p = { .q = q, .path = path, .n = n };
    assert(n <= PLACE_FILTERS);
    for (size_t i = 0; i < n; i++) {
        p.names[i] = filters[i];
        p.texts[i] = str_trim(ask_query(q, filters[i]));
    }
    return p;
}

str place_get(const place *p, const char *name)
{
    for (size_t i = 0; i < p->n; i++)
        if (strcmp(p->names[i], name) == 0)
            return p->texts[i];
    return S("");
}

bool place_filtered(const place *p)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->texts[i].n)
            return true;
    return false;
}

static void put_param(buf *b, const char *name, str text)
{
    if (!text.n)
        return;
    buf_putc(b, memchr(b->p, '?', b->n) ? '&' : '?');
    buf_fmt(b, "%s=", name);
    html_put(b, AT_QUERY, text);
}

static str address(const place *p, str path, const char *name, str text)
{
    buf  b = buf_new(p->q->a, 64 << 10);
    bool put = false;
    buf_puts(&b, path);
    for (size_t i = 0; i < p->n; i++) {
        bool its = name && strcmp(p->names[i], name) == 0;
        put_param(&b, p->names[i], its ? text : p->texts[i]);
        put |= its;
    }
    if (name && !put)
        put_param(&b, name, text);
    return link_to(p->q, STR_FMT, STR_ARG(buf_str(&b)));
}

str place_with(const place *p, const char *name, str text) { return address(p, p->path, name, text); }
str place_at(const place *p, const char *path) { return address(p, str_of(path), NULL, S("")); }

str person_link(ask *q, str id)
{
    return id.n ? link_to(q, STR_FMT, STR_ARG(record_path(q->a, S("person"), id, NULL))) : S("");
}

str record_link(ask *q, str type_and_id)
{
    str rest = type_and_id, type = str_cut(&rest, '/');
    const relation *r = relation_find(type);
    if (!r || !r->record || !rest.p || !rest.n)
        return S("");
    return link_to(q, STR_FMT, STR_ARG(record_path(q->a, type, rest, NULL)));
}

/* ---- lists -------------------------------------------------------------------------------------- */

pager pager_of(const place *p, int64_t total)
{
    pager   v = { .at = 1, .total = total, .pages = (total + LIST_ROWS - 1) / LIST_ROWS };
    int64_t wanted;
    if (parse_int(ask_query(p->q, "page"), 1, INT32_MAX, &wanted))
        v.at = wanted > v.pages && v.pages ? v.pages : wanted;
    if (!total)
        return (pager){ .at = 1 };
    v.first = (v.at - 1) * LIST_ROWS + 1;
    v.last = v.at * LIST_ROWS < total ? v.at * LIST_ROWS : total;
    if (v.at > 1)
        v.newer = place_with(p, "page", hole_int(p->q->a, v.at - 1));
    if (v.at < v.pages)
        v.older = place_with(p, "page", hole_int(p->q->a, v.at + 1));
    return v;
}

filter_bar filters_of(const place *p, const picker *v, size_t n)
{
    filter_bar bar = { .q = p->q, .at = p, .v = v, .n = n };
    if (place_filtered(p))
        bar.clear = link_to(p->q, STR_FMT, STR_ARG(p->path));
    if (p->q->as_of)
        bar.as_of = time_rfc3339(p->q->a, p->q->as_of);
    return bar;
}

picker picker_of_states(ask *q, const place *p, const bool seen[STATE_COUNT_])
{
    pick  *v = NEW_ARRAY(q->a, pick, STATE_COUNT_ + 1);
    size_t n = 0;
    v[n++] = (pick){ S(""), S("any") };
    for (test_state s = 0; s < STATE_COUNT_; s++)
        if (seen[s])
            v[n++] = (pick){ str_of(state_name(s)), str_of(state_mark_of(str_of(state_name(s))).word) };
    return (picker){ "state", "State", "select", v, n, place_get(p, "state") };
}

/* ---- states --------------------------------------------------------------------------------------- */

state_mark mark_of(str wire)
{
    return wire.n ? state_mark_of(wire) : (state_mark){ "plain", "\u2013", "not assessed" };
}

void tally_add(tallies *t, str wire)
{
    state_mark m = mark_of(wire);
    for (size_t i = 0; i < t->n; i++)
        if (strcmp(t->v[i].mark.css, m.css) == 0) {
            t->v[i].n++;
            return;
        }
    assert(t->n < COUNT(t->v));
    t->v[t->n++] = (state_tally){ .mark = m, .n = 1 };
}

static int worst_first(const void *x, const void *y)
{
    const state_tally *a = x, *b = y;
    test_state p = STATE_COUNT_, r = STATE_COUNT_;
    (void)state_parse(str_of(a->mark.css), &p);
    (void)state_parse(str_of(b->mark.css), &r);
    return (p > r) - (p < r);
}

void tallies_link(tallies *t, const place *p, const char *name)
{
    qsort(t->v, t->n, sizeof *t->v, worst_first);
    for (size_t i = 0; i < t->n; i++)
        t->v[i].href = place_with(p, name, str_of(t->v[i].mark.css));
}

/* ---- the outcome last recorded ------------------------------------------------------------------------ */

err_t assessed_read(ask *q, assessed *ret)
{
    row_table t = { 0 };
    TRY(rows_of(q, "sql/web/assure_assessed.sql", NULL, 0, &t));
    *ret = (assessed){ .q = q, .any = t.n_rows > 0, .may_start = !q->as_of && shown_to(q, PERMIT_MANAGER) };
    if (!t.n_rows)
        return ERR_OK;
    ret->seq = cell_int(table_cell(&t, 0, 0));
    ret->at = cell_time(table_cell(&t, 0, 1));
    ret->collections = cell_int(table_cell(&t, 0, 2));
    ret->changes = cell_int(table_cell(&t, 0, 3));
    ret->commit_link = link_to(q, "/trail/%lld", (long long)ret->seq);
    ret->since_link = link_to(q, "/trail?show=all&after=%lld", (long long)ret->seq);
    return ERR_OK;
}

err_t past_states_read(ask *q, const char *relation_name, const char *key, str id, past_states *ret)
{
    const sql_hole holes[] = { { "relation", str_of(relation_name) }, { "key", str_of(key) }, { "id", sql_quote(q->a, id) } };
    row_table t = { 0 };
    TRY(rows_of(q, "sql/web/state_history.sql", holes, COUNT(holes), &t));
    *ret = (past_states){ NEW_ARRAY(q->a, past_state, t.n_rows), t.n_rows };
    for (size_t i = 0; i < t.n_rows; i++) {
        time_us from = cell_time(table_cell(&t, i, 0)), to = cell_time(table_cell(&t, i, 1)), at = q->as_of ? q->as_of : q->now;
        ret->v[i] = (past_state){
            .mark = mark_of(table_cell(&t, i, 2)), .from = time_text(q, from), .ago = time_ago(q, from),
            .lasted = to > at ? S("") : time_span(q->a, to - from), .note = table_cell(&t, i, 3),
            .href = link_to(q, "/trail/" STR_FMT, STR_ARG(table_cell(&t, i, 4))),
        };
    }
    return ERR_OK;
}

time_us picture_from(time_us first, time_us to)
{
    if (first < 0 || to - first < HOURS(1))
        return -1;
    return first < to - DAYS(365) ? to - DAYS(365) : first > to - DAYS(1) ? to - DAYS(1) : first;
}

/* ---- cells -------------------------------------------------------------------------------------------------- */

err_t rows_of(ask *q, const char *path, const sql_hole *holes, size_t n, row_table *ret)
{
    return app_rows(q->ws, q->a, path, holes, n, q->as_of, &q->f, ret);
}

int64_t row_of(const row_table *t, str key)
{
    for (size_t i = 0; i < t->n_rows; i++)
        if (str_eq(table_cell(t, i, 0), key))
            return (int64_t)i;
    return -1;
}

str cell_shown(ask *q, const field *fd, str text)
{
    int64_t n;
    if (!text.p || !fd || (fd->kind != F_TIME && fd->kind != F_BOOL) || !parse_int(text, INT64_MIN, INT64_MAX, &n))
        return text;
    if (fd->kind == F_BOOL)
        return n ? S("true") : S("false");
    return n == TIME_MAX ? S("now") : time_text(q, n);
}

str like_quoted(arena *a, str text)
{
    str lower = str_lower(a, text);
    buf b = buf_new(a, 64 << 10);
    buf_putc(&b, '%');
    for (size_t i = 0; i < lower.n; i++) {
        if (lower.p[i] == '%' || lower.p[i] == '_' || lower.p[i] == '!')
            buf_putc(&b, '!');
        buf_putc(&b, lower.p[i]);
    }
    buf_putc(&b, '%');
    return sql_quote(a, buf_str(&b));
}

str hole_int(arena *a, int64_t n) { return str_fmt(a, "%lld", (long long)n); }

str cell_when(ask *q, str text) { return text.p ? time_text(q, cell_time(text)) : S(""); }
str cell_ago(ask *q, str text) { return text.p ? time_ago(q, cell_time(text)) : S(""); }

void send_file(ask *q, const char *media, str name, str bytes)
{
    q->rs->media = str_of(media);
    http_attachment(q->rs, name);
    http_add(q->rs, "Content-Security-Policy", S("sandbox"));
    buf_puts(&q->rs->body, bytes);
}
