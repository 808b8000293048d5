/* Running one test, and asking that what it found be accepted for a time. */
#include "web/assure_tests.h"

enum { RUN_SHOWN = 200, WAIVE_SHOWN = 200, WAIVE_DAYS = 90 };

/* ---- run ---------------------------------------------------------------------------------------- */

static item_line item_of(ask *q, const test_item *it, const control_test *t)
{
    return (item_line){
        .item = it->item, .href = item_link(q, t, it->item), .ok = it->ok, .reason = it->ok == 1 ? S("") : it->reason, .observed = it->observed,
        .expected = it->expected, .when = it->has_at ? time_text(q, it->at) : S(""), .waiver = it->waiver,
        .waiver_link = it->waiver.n ? link_to(q, "/waiver/" STR_FMT, STR_ARG(it->waiver)) : S(""),
        .waived_until = it->waiver.n ? date_text(q, it->waived_until) : S(""),
    };
}

static err_t post_run(ask *q)
{
    run_view       v = { .q = q };
    const content *ct;
    assessment    *as;
    TRY(test_asked(q, &ct, &v.t));
    TRY(app_assess(q->ws, q->a, q->as_of, &v.t->id, 1, &q->f, &as));
    if (!as->n_tests)
        return fail(&q->f, ERR_INTERNAL, "the test was not run");
    v.r = &as->tests[0];
    size_t     n = v.r->n_items < RUN_SHOWN ? v.r->n_items : RUN_SHOWN;
    item_line *lines = NEW_ARRAY(q->a, item_line, n);
    for (size_t i = 0; i < n; i++)
        lines[i] = item_of(q, &v.r->items[i], v.t);
    v.items = (item_lines){ lines, n };
    v.left = v.r->population - (int64_t)n;
    v.needs = needs_shown(q, v.t, v.r->needs, v.r->n_needs);
    v.back = link_to(q, "/tests/" STR_FMT, STR_ARG(v.t->id));
    v.as_of = time_text(q, v.r->as_of);
    v.took = str_fmt(q->a, "%lld ms", (long long)(v.r->duration / 1000));
    crumb above[] = { { link_to(q, "/tests"), S("Tests") }, { v.back, v.t->title } };
    page_open(q, &(page){ .title = str_fmt(q->a, "Run of " STR_FMT, STR_ARG(v.t->id)), .place = "/tests", .crumbs = above, .n_crumbs = COUNT(above),
                          .no_as_of = true, .standing = mark_of(str_of(state_name(v.r->state))),
                          .lead = S("What the test finds now. It is shown here and not recorded: an assessment of all tests is what is kept.") });
    tpl_assure_run(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

/* ---- waive ---------------------------------------------------------------------------------------- */

static bool asked_for(ask *q, const http_pair *form, size_t n, str item)
{
    if (str_eq(ask_query(q, "item"), item))
        return true;
    for (size_t i = 0; i < n; i++)
        if (str_eq(form[i].name, S("item")) && str_eq(form[i].value, item))
            return true;
    return false;
}

static str iso_day(ask *q, time_us t) { return str_sub(time_rfc3339(q->a, t), 0, 10); }

/* The form, empty or as it came with what was refused. */
static err_t waive_page(ask *q, waive_view *v, const http_pair *form, size_t n_form)
{
    const sql_hole holes[] = { { "id", sql_quote(q->a, v->t->id) }, { "limit", hole_int(q->a, WAIVE_SHOWN + 1) } };
    row_table      rows;
    TRY(rows_of(q, "sql/web/test_unwaived.sql", holes, COUNT(holes), &rows));
    v->n = rows.n_rows > WAIVE_SHOWN ? WAIVE_SHOWN : rows.n_rows;
    v->left = rows.n_rows > WAIVE_SHOWN;
    v->v = NEW_ARRAY(q->a, waive_item, v->n);
    for (size_t i = 0; i < v->n; i++) {
        str item = table_cell(&rows, i, 0);
        v->v[i] = (waive_item){ item, str_fmt(q->a, "item-%zu", i), table_cell(&rows, i, 1), asked_for(q, form, n_form, item) };
    }
    if (!v->starts.n)
        v->starts = iso_day(q, q->now);
    if (!v->ends.n)
        v->ends = iso_day(q, q->now + DAYS(WAIVE_DAYS));
    crumb above[] = { { link_to(q, "/tests"), S("Tests") }, { link_to(q, "/tests/" STR_FMT, STR_ARG(v->t->id)), v->t->title } };
    page_open(q, &(page){ .title = S("Waive exceptions"), .place = "/tests", .crumbs = above, .n_crumbs = COUNT(above), .no_as_of = true,
                          .lead = S("A waiver accepts exceptions until a day, with a reason. They go on failing and are counted; somebody other than you must approve it.") });
    tpl_assure_waive(&q->rs->body, v);
    page_close(q);
    return ERR_OK;
}

static err_t get_waive(ask *q)
{
    waive_view     v = { .q = q };
    const content *ct;
    TRY(test_asked(q, &ct, &v.t));
    return waive_page(q, &v, NULL, 0);
}

/* One waiver an item (or one for all), all in one commit. */
static err_t waivers_add(ask *q, const waive_view *v, const http_pair *form, size_t n_form)
{
    const relation *r = relation_find(S("waiver"));
    assignment      set[] = { { S("test"), v->t->id }, { S("reason"), v->reason }, { S("starts_at"), v->starts }, { S("ends_at"), v->ends }, { S("item"), S("") } };
    record_done     done = { 0 };
    workspace      *ws;
    work           *w;
    size_t          added = 0;
    err_t           e = ERR_OK;
    TRY(ask_writer(q, &ws));
    TRY(app_work(ws, &q->who, S("add"), S("waiver asked for"), &q->f, &w));
    for (size_t i = 0; i < n_form && !v->every; i++) {
        if (!str_eq(form[i].name, S("item")))
            continue;
        set[4].text = form[i].value;
        added++;
        err_t one = work_add(w, r, S(""), set, COUNT(set), &q->f, NULL);
        e = e == ERR_OK ? one : e;
    }
    if (v->every)
        e = work_add(w, r, S(""), set, COUNT(set) - 1, &q->f, NULL);
    if (e == ERR_OK && !added && !v->every)
        e = fail(&q->f, ERR_INVALID, "choose at least one item, or all of them");
    if (e == ERR_OK)
        return app_work_finish(ws, w, q->a, &q->f, &done);
    e = app_work_refused(w, q->a, e, &done);
    q->faults = done.faults;
    return e;
}

static err_t post_waive(ask *q)
{
    waive_view     v = { .q = q, .reason = str_trim(ask_field(q, "reason")), .starts = ask_field(q, "starts_at"), .ends = ask_field(q, "ends_at"),
                         .every = ask_field(q, "every").n > 0 };
    const content *ct;
    http_pair     *form;
    size_t         n;
    TRY(test_asked(q, &ct, &v.t));
    TRY(ask_form(q, &form, &n, NULL, NULL));
    err_t e = waivers_add(q, &v, form, n);
    if (e == ERR_OK)
        return page_done(q, str_fmt(q->a, "/waiver?test=" STR_FMT "&state=requested", STR_ARG(v.t->id)), "asked");
    if (e != ERR_INVALID)
        return e;
    q->rs->status = 422;
    return waive_page(q, &v, form, n);
}

static const route rows[] = {
    { HTTP_POST, "/tests/{id}/run", PERMIT_CONTRIBUTOR, 16 << 10, ROUTE_SLOW, 0, post_run, "Run one test and show what it finds" },
    { HTTP_GET, "/tests/{id}/waive", PERMIT_CONTRIBUTOR, 0, 0, 0, get_waive, "Ask that exceptions of a test be accepted" },
    { HTTP_POST, "/tests/{id}/waive", PERMIT_CONTRIBUTOR, 256 << 10, 0, 0, post_waive, "Record the waivers asked for" },
};
ROUTE_TABLE(assure_run_routes);
