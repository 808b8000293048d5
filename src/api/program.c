/* An assessment of now or then, the texts to start from, reconciling people with an export of the HR system,
 * verifying the history. */
#include "api/parts.h"

/* ---- assessing ----------------------------------------------------------------------------------- */

enum { TESTS_MAX = 500 };

/* Names of tests, or the beginning of some with a full stop behind it: ?test=access. */
static size_t tests_named(ask *q, str names[TESTS_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < q->rq->n_query && n < TESTS_MAX; i++)
        if (str_eq(q->rq->query[i].name, S("test")))
            names[n++] = q->rq->query[i].value;
    return n;
}

static err_t assess_now(ask *q, report_input *ret)
{
    str        *names = NEW_ARRAY(q->a, str, TESTS_MAX);
    assessment *as = NULL;
    TRY(app_assess(q->ws, q->a, q->as_of, names, tests_named(q, names), &q->f, &as));
    return app_report_input(q->ws, q->a, as, &q->f, ret);
}

static const struct {
    const char *format, *media;
} medias[] = {
    { "json", "application/json" },     { "junit", "application/xml" },          { "sarif", "application/sarif+json" },
    { "csv", "text/csv; charset=utf-8" }, { "text", "text/plain; charset=utf-8" },
};

/* Nothing is kept: the job assess keeps an outcome. */
static err_t get_assessment(ask *q)
{
    const report_style   plain = { .utf8 = true, .width = 100 };
    str                  wanted = ask_query(q, "format");
    const report_format *format = report_format_find(wanted.n ? wanted : S("json"));
    const char          *media = NULL;
    report_input         in = { 0 };
    for (size_t i = 0; i < COUNT(medias) && format; i++)
        if (strcmp(medias[i].format, format->name) == 0)
            media = medias[i].media;
    if (!media)
        return fail(&q->f, ERR_INVALID, "format: is json, junit, sarif, csv or text");
    TRY(assess_now(q, &in));
    format->write(q->a, &in, &plain, &q->rs->body);
    q->rs->media = str_of(media);
    return ERR_OK;
}

static err_t get_readiness(ask *q)
{
    report_input in = { 0 };
    TRY(assess_now(q, &in));
    report_html(q->a, &in, &q->rs->body);
    q->rs->media = S("text/html; charset=utf-8");
    http_attachment(q->rs, S("readiness.html"));
    return ERR_OK;
}

/* ---- texts ------------------------------------------------------------------------------------------ */

static err_t get_texts(ask *q)
{
    const library *l = NULL;
    library_entry *list = NULL;
    str            kind = ask_query(q, "kind");
    TRY(app_library(q->ws, &q->f, &l));
    size_t n = library_entries(q->a, l, kind, &list);
    if (!n)
        return fail(&q->f, ERR_NOT_FOUND, "there are no texts \"" STR_FMT "\"; there are policies, playbooks, courses, risks, questionnaires, checklists, "
                    "requests and populations", STR_ARG(utf8_cut(kind, 60)));
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_key(&w, "items");
    jw_arr(&w);
    for (size_t i = 0; i < n; i++) {
        jw_obj(&w);
        jw_kstr(&w, "kind", str_of(list[i].kind));
        jw_kstr(&w, "name", list[i].id);
        jw_kstr(&w, "title", list[i].title);
        jw_end_obj(&w);
    }
    jw_end_arr(&w);
    jw_end_obj(&w);
    return ERR_OK;
}

static err_t get_text(ask *q)
{
    str page = { 0 };
    TRY(app_library_page(q->ws, q->a, str_fmt(q->a, STR_FMT "/" STR_FMT, STR_ARG(q->params[0]), STR_ARG(q->params[1])), &q->f, &page));
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_kstr(&w, "kind", q->params[0]);
    jw_kstr(&w, "name", q->params[1]);
    jw_kstr(&w, "markdown", page);
    jw_end_obj(&w);
    return ERR_OK;
}

/* ---- people ------------------------------------------------------------------------------------------ */

static err_t maps_wanted(ask *q, sync_options *o)
{
    field_mapping *maps = NEW_ARRAY(q->a, field_mapping, q->rq->n_query + 1);
    for (size_t i = 0; i < q->rq->n_query; i++) {
        if (!str_eq(q->rq->query[i].name, S("map")))
            continue;
        str column = q->rq->query[i].value, name = column.n ? str_cut(&column, '=') : S("");
        if (!name.n || !column.p || !str_trim(column).n)
            return fail(&q->f, ERR_INVALID, "map: reads FIELD=COLUMN");
        maps[o->n_maps++] = (field_mapping){ str_trim(name), str_trim(column) };
    }
    o->maps = maps;
    return ERR_OK;
}

static void put_people(json_writer *w, const sync_report *r)
{
    jw_key(w, "people");
    jw_arr(w);
    for (size_t i = 0; i < r->lines.n; i++) {
        jw_obj(w);
        jw_kstr(w, "id", r->lines.v[i].id);
        jw_kstr(w, "what", str_of(sync_name(r->lines.v[i].kind)));
        jw_kstr(w, "why", r->lines.v[i].why);
        jw_end_obj(w);
    }
    jw_end_arr(w);
}

static void put_sync(ask *q, const sync_report *r, bool kept)
{
    const struct { const char *name; int64_t n; } counts[] = {
        { "opening", r->opening }, { "joiners", r->joiners }, { "leavers", r->leavers }, { "closing", r->closing },
        { "in_file", r->in_file }, { "missing", r->missing }, { "former", r->former },
    };
    json_writer w = answer_json(q);
    jw_obj(&w);
    for (size_t i = 0; i < COUNT(counts); i++)
        jw_kint(&w, counts[i].name, counts[i].n);
    jw_kbool(&w, "kept", kept);
    put_people(&w, r);
    jw_kint(&w, "n_faults", r->file.n_faults);
    put_line_faults(&w, &r->file);
    jw_end_obj(&w);
}

/* Who left loses every way in at once, as when a step is taken by hand. */
static err_t sessions_end(ask *q, const sync_report *r)
{
    for (size_t i = 0; i < r->lines.n; i++)
        if (r->lines.v[i].kind == SYNC_LEAVES)
            TRY(ask_left(q, relation_find(S("person")), S("leave"), &r->lines.v[i].id, 1));
    return ERR_OK;
}

static err_t post_sync(ask *q)
{
    sync_report *r = NEW(q->a, sync_report);
    workspace   *ws;
    str          media = http_header(q->rq, "content-type"), leavers = ask_query(q, "leavers");
    bool         csv = str_starts(media, S("text/csv"));
    sync_options o = { .report_leavers = str_eq(leavers, S("report")), .force = str_eq(ask_query(q, "force"), S("yes")),
                       .dry_run = str_eq(ask_query(q, "dry-run"), S("yes")), .format = csv ? S("csv") : S("json"), .reason = ask_query(q, "reason") };
    if (!csv && !str_starts(media, S("application/json")))
        return fail(&q->f, ERR_INVALID, "an export of people is sent as Content-Type: text/csv or application/json");
    if (leavers.n && !o.report_leavers && !str_eq(leavers, S("mark")))
        return fail(&q->f, ERR_INVALID, "leavers: is mark or report");
    TRY(maps_wanted(q, &o));
    TRY(ask_writer(q, &ws));
    err_t e = app_sync_bytes(ws, q->a, &q->who, S("body"), q->rq->body, &o, &q->f, r);
    if (e != ERR_OK && !(e == ERR_INVALID && r->file.n_faults))
        return e;
    q->rs->status = e == ERR_OK ? 200 : 422;
    put_sync(q, r, e == ERR_OK && !o.dry_run);
    return e == ERR_OK && !o.dry_run ? sessions_end(q, r) : ERR_OK;
}

/* ---- the history -------------------------------------------------------------------------------------- */

enum { TAMPERS_TOLD = 200, COMMITS_MAX = 100000 };

typedef struct {
    arena      *a;
    json_writer w;
    size_t      n;
} telling;

static void on_tamper(void *arg, const tamper *t)
{
    telling *x = arg;
    if (x->n++ >= TAMPERS_TOLD)
        return;
    jw_obj(&x->w);
    jw_kstr(&x->w, "kind", str_of(tamper_name(t->kind)));
    jw_kstr(&x->w, "relation", t->relation);
    jw_kstr(&x->w, "key", t->key);
    jw_kint(&x->w, "version", t->version);
    jw_kint(&x->w, "commit", t->seq);
    jw_kstr(&x->w, "what", t->what);
    jw_end_obj(&x->w);
}

static err_t post_verify(ask *q)
{
    auto_arena arena *a = arena_new((size_t)1 << 30);  /* its memory is not the request's */
    verify_result     r = { 0 };
    telling           x = { .a = q->a };
    int64_t           head = 0;
    TRY(app_head(q->ws, &q->f, &head));
    if (head > COMMITS_MAX)
        return fail(&q->f, ERR_TOO_LARGE, "there are %lld commits, more than are verified within a request; run: attest verify", (long long)head);
    x.w = answer_json(q);
    jw_obj(&x.w);
    jw_key(&x.w, "tampered");
    jw_arr(&x.w);
    TRY(app_verify(q->ws, a, S(""), on_tamper, &x, NULL, &q->f, &r));
    jw_end_arr(&x.w);
    jw_kbool(&x.w, "whole", r.faults == 0);
    jw_kint(&x.w, "faults", r.faults);
    jw_kint(&x.w, "commits", r.commits);
    jw_kint(&x.w, "versions", r.versions);
    jw_kint(&x.w, "erased", r.erased);
    jw_end_obj(&x.w);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/api/v1/assessment", PERMIT_READER, 0, ROUTE_SLOW | ROUTE_EXPORT, SCOPE_READ, get_assessment, "Every criterion, control and test as it stands; nothing is kept" },
    { HTTP_GET, "/api/v1/reports/readiness", PERMIT_READER, 0, ROUTE_SLOW | ROUTE_EXPORT, SCOPE_READ, get_readiness, "The readiness report, one HTML file" },
    { HTTP_GET, "/api/v1/library", PERMIT_PERSON, 0, ROUTE_CACHED, SCOPE_READ, get_texts, "Texts to start from: policies, playbooks, courses and others" },
    { HTTP_GET, "/api/v1/library/{kind}/{name}", PERMIT_PERSON, 0, ROUTE_CACHED, SCOPE_READ, get_text, "One of them, as Markdown" },
    { HTTP_POST, "/api/v1/person/sync", PERMIT_MANAGER, 64 << 20, ROUTE_SLOW, SCOPE_WRITE, post_sync, "Reconcile people with an export of the HR system, CSV or JSON" },
    { HTTP_POST, "/api/v1/ledger/verify", PERMIT_READER, 1 << 10, ROUTE_SLOW, SCOPE_READ, post_verify, "Verify the whole history now" },
};
const api_doc program_docs[] = {
    { "format test as-of", NULL, "document" }, { "test as-of", NULL, NULL }, { "kind", NULL, "texts" }, { NULL, NULL, "text" },
    { "map leavers force dry-run reason", "import", "synced" }, { NULL, NULL, "verified" },
};
ROUTE_TABLE(program_api);
_Static_assert(COUNT(rows) == COUNT(program_docs), "each route is documented");
