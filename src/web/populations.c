/* Populations: all that happened in a period, for an auditor to sample from, and what shows that none is missing. */
#include "web/populations.h"

#include "csv/csv.h"

static const char *const filter_names[] = { "from", "to" };

static population_line line_of(ask *q, const library_population *p)
{
    assert(p);
    fault           why = { 0 };
    population_line l = { .p = p, .href = link_to(q, "/populations/" STR_FMT, STR_ARG(p->id)) };
    if (app_population_may(q->ws, &q->who, p, &why) != ERR_OK)
        l.hidden = str_dup(q->a, str_of(why.text));
    crumb          *list = NEW_ARRAY(q->a, crumb, p->criteria.n);
    for (size_t i = 0; i < p->criteria.n; i++) {
        const str_list one = { .v = &p->criteria.v[i], .n = 1 };
        str            href = app_criteria_inside(q->ws, &one) ? link_to(q, "/criteria/" STR_FMT, STR_ARG(p->criteria.v[i])) : S("");
        list[l.n_criteria++] = (crumb){ href, p->criteria.v[i] };
    }
    l.criteria = list;
    return l;
}

static err_t get_populations(ask *q)
{
    populations_view v = { .q = q };
    const library   *l;
    TRY(app_library(q->ws, &q->f, &l));
    v.v = NEW_ARRAY(q->a, population_line, l->n_populations);
    for (size_t i = 0; i < l->n_populations; i++)
        v.v[v.n++] = line_of(q, &l->populations[i]);
    page_open(q, &(page){ .title = S("Populations"), .place = "/populations",
                          .lead = S("Everything of a kind that happened in a period, in full, with the checks that show that none is missing. Auditors sample from these.") });
    tpl_populations(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

/* ---- one ------------------------------------------------------------------------------------------------ */

/* The period asked for: days as people write them, the last one included. */
static err_t period_asked(ask *q, time_us *ret_from, time_us *ret_to)
{
    str from = str_trim(ask_query(q, "from")), to = str_trim(ask_query(q, "to"));
    *ret_from = *ret_to = 0;
    if (from.n && !time_parse(from, ret_from))
        return fail(&q->f, ERR_INVALID, "from: \"" STR_FMT "\" is no date", STR_ARG(utf8_cut(from, 40)));
    if (to.n && !time_parse(to, ret_to))
        return fail(&q->f, ERR_INVALID, "to: \"" STR_FMT "\" is no date", STR_ARG(utf8_cut(to, 40)));
    if (to.n && to.n <= 10)
        *ret_to += DAYS(1);
    return ERR_OK;
}

static err_t population_asked(ask *q, population_view *ret)
{
    time_us from, to;
    TRY(period_asked(q, &from, &to));
    return app_population(q->ws, q->a, &q->who, q->params[0], from, to, q->as_of, &q->f, ret);
}

static str value_of(arena *a, const value *x, field_kind kind)
{
    if (x->kind == V_NULL)
        return (str){ 0 };
    if (x->kind == V_TEXT)
        return x->s;
    if (kind == F_TIME)
        return time_rfc3339(a, x->i);
    return kind == F_BOOL ? (x->i ? S("true") : S("false")) : hole_int(a, x->i);
}

static void checks_fill(ask *q, const population_view *p, population_page_view *v)
{
    v->checks = NEW_ARRAY(q->a, population_check, p->checks.n_items);
    for (size_t i = 0; i < p->checks.n_items; i++) {
        const test_item *it = &p->checks.items[i];
        v->checks[v->n_checks++] = (population_check){
            .name = it->item, .observed = it->observed, .expected = it->expected,
            .mark = it->ok == 1 ? (state_mark){ "good", "\u2713", "holds" } : it->ok == 0 ? (state_mark){ "bad", "\u2717", "does not hold" }
                                                                               : (state_mark){ "no_data", "\u2592", "not known" },
        };
    }
    str *stale = NEW_ARRAY(q->a, str, p->checks.n_needs);
    for (size_t i = 0; i < p->checks.n_needs; i++)
        if (!p->checks.needs[i].fresh)
            stale[v->n_stale++] = p->checks.needs[i].why;
    v->stale = stale;
    v->reason = p->checks.reason;
}

static void rows_fill(ask *q, const population_view *p, population_page_view *v)
{
    place at = place_of(q, v->path, filter_names, COUNT(filter_names));
    v->pages = pager_of(&at, (int64_t)p->n_rows);
    v->cells = NEW_ARRAY(q->a, str, LIST_ROWS * p->n_columns);
    for (int64_t i = pager_offset(&v->pages); i < v->pages.last; i++, v->n_rows++)
        for (size_t k = 0; k < p->n_columns; k++) {
            const value *x = &p->rows[i][k];
            bool         time = p->columns[k].kind == F_TIME && x->kind == V_INT;
            v->cells[v->n_rows * p->n_columns + k] = time ? time_text(q, x->i) : value_of(q->a, x, p->columns[k].kind);
        }
    v->csv_link = place_at(&at, str_z(q->a, str_fmt(q->a, STR_FMT "/csv", STR_ARG(v->path))));
}

static err_t get_population(ask *q)
{
    population_view p = { 0 };
    TRY(population_asked(q, &p));
    population_page_view v = { .q = q, .p = &p, .line = line_of(q, p.population), .path = str_fmt(q->a, "/populations/" STR_FMT, STR_ARG(p.population->id)) };
    v.from = str_sub(time_rfc3339(q->a, p.from), 0, 10);
    v.to = str_sub(time_rfc3339(q->a, p.to - 1), 0, 10);
    v.as_of = time_text(q, p.as_of);
    checks_fill(q, &p, &v);
    rows_fill(q, &p, &v);
    crumb above[] = { { link_to(q, "/populations"), S("Populations") } };
    page_open(q, &(page){ .title = p.population->title, .place = "/populations", .crumbs = above, .n_crumbs = COUNT(above),
                          .lead = p.population->made_of,
                          .standing = p.complete ? (state_mark){ "good", "\u2713", "complete" } : (state_mark){ "no_data", "\u2592", "completeness not shown" } });
    tpl_population(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static err_t get_population_csv(ask *q)
{
    population_view p = { 0 };
    buf            *out = &q->rs->body;
    TRY(population_asked(q, &p));
    for (size_t k = 0; k < p.n_columns; k++)
        csv_put(out, k == 0, p.columns[k].name, false);
    csv_end(out);
    for (size_t i = 0; i < p.n_rows; i++) {
        for (size_t k = 0; k < p.n_columns; k++) {
            str text = value_of(q->a, &p.rows[i][k], p.columns[k].kind);
            csv_put(out, k == 0, text.p ? text : S(""), p.rows[i][k].kind == V_INT && p.columns[k].kind == F_INT);
        }
        csv_end(out);
    }
    assert(p.population);
    send_file(q, "text/csv; charset=utf-8", str_fmt(q->a, STR_FMT ".csv", STR_ARG(p.population->id)), S(""));
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/populations", PERMIT_READER, 0, ROUTE_CACHED, 0, get_populations, "Populations that auditors sample from" },
    { HTTP_GET, "/populations/{name}", PERMIT_READER, 0, ROUTE_SLOW, 0, get_population, "One population of a period, with its checks of completeness" },
    { HTTP_GET, "/populations/{name}/csv", PERMIT_READER, 0, ROUTE_SLOW | ROUTE_EXPORT, 0, get_population_csv, "A population as CSV" },
};
ROUTE_TABLE(populations_routes);
