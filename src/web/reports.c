/* Reports: opened here, or taken along as files. */
#include "web/reports.h"

enum { ROWS_SHOWN = 200, FILE_BYTES_MAX = 64 << 20 };

static const struct {
    const char *name, *title, *says;
    const char *formats;                 /* with blanks between */
} reports[] = {
    { "readiness", "Readiness", "Where each criterion stands, what fails, and what could not be seen: the whole assessment.", "html csv json junit sarif" },
    { "gap", "Gaps", "What stands between the program and each criterion, most urgent first, with who answers for it.", "html csv json" },
    { "risk", "Risks", "Where the risks stand before and after treatment, and who accepted what.", "html csv json" },
    { "treatment", "Treatment plan", "What is being done about each risk, by whom and until when.", "html csv json" },
};

static report_line line_of(ask *q, size_t at)
{
    report_line l = { reports[at].name, reports[at].title, reports[at].says, .href = link_to(q, "/reports/%s", reports[at].name) };
    str         rest = str_of(reports[at].formats), word;
    while ((word = str_word(&rest)).n && l.n_files < COUNT(l.files))
        l.files[l.n_files++] = (crumb){ link_to(q, "/reports/%s/file?format=" STR_FMT, reports[at].name, STR_ARG(word)), word };
    return l;
}

static err_t report_asked(ask *q, size_t *ret)
{
    for (size_t i = 0; i < COUNT(reports); i++)
        if (str_eq(q->params[0], str_of(reports[i].name))) {
            *ret = i;
            return ERR_OK;
        }
    return fail(&q->f, ERR_NOT_FOUND, "there is no report \"" STR_FMT "\"", STR_ARG(utf8_cut(q->params[0], 80)));
}

static err_t get_reports(ask *q)
{
    reports_view v = { .q = q, .v = NEW_ARRAY(q->a, report_line, COUNT(reports)), .n = COUNT(reports) };
    for (size_t i = 0; i < v.n; i++)
        v.v[i] = line_of(q, i);
    page_open(q, &(page){ .title = S("Reports"), .place = "/reports", .lead = S("Made from what is known at the moment you choose, now or any time in the past.") });
    tpl_reports(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

/* ---- readiness as tables ------------------------------------------------------------------------------- */

typedef DA(str) cells;

static const doc_column criteria_columns[] = { { "criterion", COLUMN_IS_TEXT }, { "state", COLUMN_IS_STATE }, { "what it asks", COLUMN_IS_TEXT },
                                               { "controls", COLUMN_IS_NUMBER }, { "note", COLUMN_IS_TEXT } };
static const doc_column test_columns[] = { { "test", COLUMN_IS_TEXT }, { "state", COLUMN_IS_STATE }, { "severity", COLUMN_IS_TEXT }, { "items", COLUMN_IS_NUMBER },
                                           { "fail", COLUMN_IS_NUMBER }, { "unknown", COLUMN_IS_NUMBER }, { "waived", COLUMN_IS_NUMBER }, { "remedy, or why nothing is known", COLUMN_IS_TEXT } };

static doc_table criteria_table(arena *a, const assessment *as)
{
    cells list = { 0 };
    for (size_t i = 0; i < as->n_criteria; i++) {
        const criterion_result *c = &as->criteria[i];
        da_push(a, &list) = c->criterion->id;
        da_push(a, &list) = str_of(state_name(c->state));
        da_push(a, &list) = c->criterion->words;
        da_push(a, &list) = hole_int(a, (int64_t)c->n_controls);
        da_push(a, &list) = c->note;
    }
    return (doc_table){ S("Criteria"), S("A criterion stands as its worst control does."), criteria_columns, COUNT(criteria_columns), list.v, as->n_criteria, S("None.") };
}

static doc_table tests_table(arena *a, const assessment *as, bool failing)
{
    cells  list = { 0 };
    size_t n = 0;
    for (size_t i = 0; i < as->n_tests; i++) {
        const test_result *r = &as->tests[i];
        if (failing ? r->state != STATE_FAIL : r->state != STATE_NO_DATA && r->state != STATE_ERROR)
            continue;
        da_push(a, &list) = r->test->title;
        da_push(a, &list) = str_of(state_name(r->state));
        da_push(a, &list) = str_of(severity_name(r->test->severity));
        da_push(a, &list) = hole_int(a, r->population);
        da_push(a, &list) = hole_int(a, r->exceptions);
        da_push(a, &list) = hole_int(a, r->unknowns);
        da_push(a, &list) = hole_int(a, r->waived);
        da_push(a, &list) = failing ? r->test->remedy : r->reason;
        n++;
    }
    return (doc_table){ failing ? S("What fails") : S("What could not be seen"), S(""), test_columns, COUNT(test_columns), list.v, n, S("Nothing.") };
}

static err_t readiness_document(ask *q, document *ret)
{
    assessment *as;
    TRY(app_assess(q->ws, q->a, q->as_of, NULL, 0, &q->f, &as));
    doc_table *t = NEW_ARRAY(q->a, doc_table, 3);
    t[0] = criteria_table(q->a, as);
    t[1] = tests_table(q->a, as, true);
    t[2] = tests_table(q->a, as, false);
    *ret = (document){ .title = S("Readiness"), .workspace = workspace_name(q->ws), .as_of = as->as_of, .tables = t, .n_tables = 3 };
    return ERR_OK;
}

static err_t get_report(ask *q)
{
    document         d;
    size_t           at;
    report_page_view v = { .q = q, .d = &d, .rows_shown = ROWS_SHOWN };
    TRY(report_asked(q, &at));
    TRY(at == 0 ? readiness_document(q, &d) : app_document(q->ws, q->a, str_of(reports[at].name), q->as_of, &q->f, &d));
    v.line = line_of(q, at);
    v.as_of = time_text(q, d.as_of);
    crumb above[] = { { link_to(q, "/reports"), S("Reports") } };
    page_open(q, &(page){ .title = str_of(reports[at].title), .place = "/reports", .crumbs = above, .n_crumbs = COUNT(above), .lead = d.intro.n ? d.intro : str_of(reports[at].says) });
    tpl_report_page(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

/* ---- files ------------------------------------------------------------------------------------------------ */

static const struct {
    const char *name, *media;
} medias[] = {
    { "html", "text/html; charset=utf-8" }, { "csv", "text/csv; charset=utf-8" }, { "json", "application/json" },
    { "junit", "application/xml" },         { "sarif", "application/sarif+json" },
};

static err_t write_readiness(ask *q, str format, buf *out)
{
    const report_style   plain = { .utf8 = true, .width = 100 };
    const report_format *f = report_format_find(format);
    assessment          *as;
    report_input         in;
    TRY(app_assess(q->ws, q->a, q->as_of, NULL, 0, &q->f, &as));
    TRY(app_report_input(q->ws, q->a, as, &q->f, &in));
    if (str_eq(format, S("html")))
        report_html(q->a, &in, out);
    else if (f)
        f->write(q->a, &in, &plain, out);
    else
        return fail(&q->f, ERR_INVALID, "there is no such format");
    return ERR_OK;
}

static err_t write_document(ask *q, const char *name, str format, buf *out)
{
    document d;
    TRY(app_document(q->ws, q->a, str_of(name), q->as_of, &q->f, &d));
    if (str_eq(format, S("html")))
        document_html(q->a, &d, out);
    else if (str_eq(format, S("json")))
        document_json(q->a, &d, out);
    else
        document_csv(&d, out);
    return ERR_OK;
}

static err_t get_file(ask *q)
{
    size_t      at;
    str         format = ask_query(q, "format");
    buf         out = buf_new(q->a, FILE_BYTES_MAX);
    const char *media = NULL;
    TRY(report_asked(q, &at));
    for (size_t i = 0; i < COUNT(medias); i++)
        if (str_eq(format, str_of(medias[i].name)))
            media = medias[i].media;
    if (!media || !list_has(reports[at].formats, format))
        return fail(&q->f, ERR_INVALID, "the report %s comes as: %s", reports[at].name, reports[at].formats);
    TRY(at == 0 ? write_readiness(q, format, &out) : write_document(q, reports[at].name, format, &out));
    if (out.overflow)
        return fail(&q->f, ERR_TOO_LARGE, "the report is larger than %d MiB", FILE_BYTES_MAX >> 20);
    const char *ending = str_eq(format, S("junit")) ? "xml" : str_z(q->a, format);
    send_file(q, media, str_fmt(q->a, "%s.%s", reports[at].name, ending), buf_str(&out));
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/reports", PERMIT_READER, 0, ROUTE_CACHED, 0, get_reports, "Reports, to open or to take along" },
    { HTTP_GET, "/reports/{name}", PERMIT_READER, 0, ROUTE_CACHED | ROUTE_SLOW, 0, get_report, "One report as a page" },
    { HTTP_GET, "/reports/{name}/file", PERMIT_READER, 0, ROUTE_SLOW | ROUTE_EXPORT, 0, get_file, "One report as a file" },
};
ROUTE_TABLE(reports_routes);
