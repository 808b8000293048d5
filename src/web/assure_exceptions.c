/* Exceptions of all tests: what fails, since when, whose it is. */
#include "web/assure_exceptions.h"

#include "csv/csv.h"

enum { X_TEST, X_ITEM, X_REASON, X_OBSERVED, X_EXPECTED, X_WAIVER, X_UNTIL, X_SINCE };
enum { R_ID, R_STATE, R_OWNER, R_OWNER_NAME };
enum { EXPORT_MAX = 100000 };

static const char *const names[] = { "q", "severity", "since", "owner", "waived", "test" };

/* Some control of the test is this person's ("-": nobody's). */
static bool owned_by(const control_test *t, const row_table *people, str who)
{
    for (size_t i = 0; i < t->n_controls; i++) {
        str its = cell_in(people, row_of(people, t->controls[i]->id), R_OWNER);
        if (str_eq(its, who) || (str_eq(who, S("-")) && !its.n))
            return true;
    }
    return false;
}

/* The tests that severity, owner and test leave, as a list of SQL; empty: all of them. */
static str tests_wanted(const place *p, const content *ct, const row_table *people)
{
    ask *q = p->q;
    str  heavy = place_get(p, "severity"), who = place_get(p, "owner"), test = place_get(p, "test");
    buf  b = buf_new(q->a, 1 << 20);
    bool any = false;
    if (!heavy.n && !who.n && !test.n)
        return S("");
    for (size_t i = 0; i < ct->n_tests; i++) {
        const control_test *t = &ct->tests[i];
        if ((heavy.n && !str_eq(heavy, str_of(severity_name(t->severity)))) || (who.n && !owned_by(t, people, who)) || (test.n && !str_eq(test, t->id)))
            continue;
        buf_putz(&b, any ? ", " : "");
        buf_puts(&b, sql_quote(q->a, t->id));
        any = true;
    }
    return any ? buf_str(&b) : S("''");
}

static str match_of(const place *p, const content *ct, const row_table *people)
{
    ask *q = p->q;
    str  tests = tests_wanted(p, ct, people), waived = place_get(p, "waived"), text = place_get(p, "q");
    buf  b = buf_new(q->a, 1 << 20);
    buf_putz(&b, "true");
    if (tests.n)
        buf_fmt(&b, " AND e.test IN (" STR_FMT ")", STR_ARG(tests));
    if (waived.n)
        buf_fmt(&b, " AND e.waiver IS %sNULL", str_eq(waived, S("yes")) ? "NOT " : "");
    if (text.n)
        buf_fmt(&b, " AND lower(e.item || ' ' || coalesce(e.reason, '')) LIKE " STR_FMT " ESCAPE '!'", STR_ARG(like_quoted(q->a, text)));
    return buf_str(&b);
}

/* {shown} of sql/web/exceptions.sql filled with one of its endings. */
static err_t read_shown(const place *p, const char *ending, str match, int64_t limit, int64_t offset, row_table *ret)
{
    ask           *q = p->q;
    time_us        from = 0;
    const sql_hole page_holes[] = { { "limit", hole_int(q->a, limit) }, { "offset", hole_int(q->a, offset) } };
    if (place_get(p, "since").n && !time_parse(place_get(p, "since"), &from))
        return fail(&q->f, ERR_INVALID, "since: is no date");
    const sql_hole holes[] = { { "match", match }, { "from", hole_int(q->a, from) }, { "to", hole_int(q->a, TIME_MAX) },
                               { "shown", sql_read(q->a, ending, page_holes, COUNT(page_holes)) } };
    return rows_of(q, "sql/web/exceptions.sql", holes, COUNT(holes), ret);
}

static exception_line line_of(ask *q, const content *ct, const row_table *people, const row_table *t, size_t i)
{
    str test = table_cell(t, i, X_TEST), item = table_cell(t, i, X_ITEM), waived = table_cell(t, i, X_WAIVER);
    const control_test *its = test_find(ct, test);
    int64_t             row = its && its->n_controls ? row_of(people, its->controls[0]->id) : -1;
    return (exception_line){
        .t = its, .test = test, .test_link = link_to(q, "/tests/" STR_FMT, STR_ARG(url_part(q->a, test))), .item = item,
        .item_link = its ? item_link(q, its, item) : S(""), .reason = table_cell(t, i, X_REASON), .observed = table_cell(t, i, X_OBSERVED),
        .expected = table_cell(t, i, X_EXPECTED), .since = date_text(q, cell_time(table_cell(t, i, X_SINCE))), .ago = cell_ago(q, table_cell(t, i, X_SINCE)),
        .waiver = waived, .waiver_link = waived.n ? link_to(q, "/waiver/" STR_FMT, STR_ARG(waived)) : S(""),
        .waived_until = table_cell(t, i, X_UNTIL).p ? date_text(q, cell_time(table_cell(t, i, X_UNTIL))) : S(""),
        .waive_link = str_fmt(q->a, "/tests/" STR_FMT "/waive?item=" STR_FMT, STR_ARG(url_part(q->a, test)), STR_ARG(url_part(q->a, item))),
        .owner = cell_in(people, row, R_OWNER_NAME), .owner_link = person_link(q, cell_in(people, row, R_OWNER)),
    };
}

static picker picker_of_waived(ask *q, const place *p)
{
    pick *v = NEW_ARRAY(q->a, pick, 3);
    v[0] = (pick){ S(""), S("all") };
    v[1] = (pick){ S("no"), S("not waived") };
    v[2] = (pick){ S("yes"), S("waived") };
    return (picker){ "waived", "Waivers", "select", v, 3, place_get(p, "waived") };
}

static err_t lines_fill(const place *p, const content *ct, const row_table *people, exceptions_view *v)
{
    ask      *q = p->q;
    str       match = match_of(p, ct, people);
    row_table t = { 0 };
    TRY(read_shown(p, "sql/web/exceptions_count.sql", match, 0, 0, &t));
    v->pages = pager_of(p, cell_int(table_cell(&t, 0, 0)));
    v->tests = cell_int(table_cell(&t, 0, 1));
    v->waived = v->pages.total ? cell_int(table_cell(&t, 0, 2)) : 0;
    TRY(read_shown(p, "sql/web/exceptions_rows.sql", match, LIST_ROWS, pager_offset(&v->pages), &t));
    v->v = NEW_ARRAY(q->a, exception_line, t.n_rows);
    for (size_t i = 0; i < t.n_rows; i++)
        v->v[v->n++] = line_of(q, ct, people, &t, i);
    return ERR_OK;
}

static err_t get_exceptions(ask *q)
{
    place           p = place_of(q, S("/exceptions"), names, COUNT(names));
    exceptions_view v = { .q = q, .may_waive = !q->as_of && shown_to(q, PERMIT_CONTRIBUTOR) };
    const content  *ct;
    row_table       people;
    TRY(app_content(q->ws, &q->f, &ct));
    TRY(assessed_read(q, &v.stamp));
    TRY(rows_of(q, "sql/web/control_records.sql", NULL, 0, &people));
    TRY(lines_fill(&p, ct, &people, &v));
    picker pickers[] = {
        { "q", "Words", "search", NULL, 0, place_get(&p, "q") }, picker_of_severities(&p), picker_of_owners(q, &p, &people), picker_of_waived(q, &p),
        { "since", "Failing since, at the earliest", "date", NULL, 0, place_get(&p, "since") }, { "test", "Test", "hidden", NULL, 0, place_get(&p, "test") },
    };
    v.filters = filters_of(&p, pickers, COUNT(pickers));
    v.waived_link = place_with(&p, "waived", S("yes"));
    v.csv_link = place_at(&p, "/exceptions.csv");
    page_open(q, &(page){ .title = S("Exceptions"), .place = "/exceptions",
                          .lead = S("Every item that fails a test, those that have failed longest first. What is waived is marked, and fails all the same.") });
    tpl_assure_exceptions(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static void csv_line(ask *q, buf *out, const content *ct, const row_table *people, const row_table *t, size_t i)
{
    exception_line l = line_of(q, ct, people, t, i);
    const str cells[] = { l.test, l.t ? str_of(severity_name(l.t->severity)) : S(""), l.item, l.reason, l.observed, l.expected,
                          time_rfc3339(q->a, cell_time(table_cell(t, i, X_SINCE))), l.waiver,
                          table_cell(t, i, X_UNTIL).p ? time_rfc3339(q->a, cell_time(table_cell(t, i, X_UNTIL))) : S(""), l.owner };
    for (size_t k = 0; k < COUNT(cells); k++)
        csv_put(out, k == 0, cells[k], false);
    csv_end(out);
}

static err_t get_exceptions_csv(ask *q)
{
    static const char *const head[] = { "test", "severity", "item", "reason", "observed", "expected", "since", "waiver", "waived_until", "owner" };
    place          p = place_of(q, S("/exceptions"), names, COUNT(names));
    const content *ct;
    row_table      people = { 0 }, t = { 0 };
    TRY(app_content(q->ws, &q->f, &ct));
    TRY(rows_of(q, "sql/web/control_records.sql", NULL, 0, &people));
    TRY(read_shown(&p, "sql/web/exceptions_rows.sql", match_of(&p, ct, &people), EXPORT_MAX + 1, 0, &t));
    if (t.n_rows > EXPORT_MAX)
        return fail(&q->f, ERR_TOO_LARGE, "more than %d exceptions fit; narrow the list, or use: attest assess --format csv", EXPORT_MAX);
    for (size_t k = 0; k < COUNT(head); k++)
        csv_put(&q->rs->body, k == 0, str_of(head[k]), false);
    csv_end(&q->rs->body);
    for (size_t i = 0; i < t.n_rows; i++)
        csv_line(q, &q->rs->body, ct, &people, &t, i);
    send_file(q, "text/csv; charset=utf-8", S("exceptions.csv"), S(""));
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/exceptions", PERMIT_READER, 0, ROUTE_CACHED, 0, get_exceptions, "Every item that fails a test" },
    { HTTP_GET, "/exceptions.csv", PERMIT_READER, 0, ROUTE_EXPORT | ROUTE_SLOW, 0, get_exceptions_csv, "The exceptions as CSV" },
};
ROUTE_TABLE(assure_exceptions_routes);
