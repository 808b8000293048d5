/* Populations, reports, the plan: documents made from the rest. */
#include "api/parts.h"

static void put_column_value(ask *q, json_writer *w, const population_column *col, const value *v)
{
    const field fd = { .name = "x", .kind = col->kind };
    if (v->kind == V_TEXT)
        jw_str(w, v->s);
    else
        put_value(q, w, &fd, v);
}

static err_t time_wanted(ask *q, const char *name, time_us *ret)
{
    str text = ask_query(q, name);
    *ret = 0;
    return !text.n || time_parse(text, ret) ? ERR_OK : fail(&q->f, ERR_INVALID, "%s: is a date, or a time as RFC 3339 has it", name);
}

static err_t get_population(ask *q)
{
    population_view v = { 0 };
    time_us         from, to;
    TRY(time_wanted(q, "from", &from));
    TRY(time_wanted(q, "to", &to));
    TRY(app_population(q->ws, q->a, &q->who, q->params[0], from, to, q->as_of, &q->f, &v));
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_kstr(&w, "name", q->params[0]);
    put_ktime(q, &w, "from", v.from);
    put_ktime(q, &w, "to", v.to);
    put_ktime(q, &w, "as_of", v.as_of);
    jw_kbool(&w, "complete", v.complete);
    jw_key(&w, "columns");
    jw_arr(&w);
    for (size_t i = 0; i < v.n_columns; i++)
        jw_str(&w, v.columns[i].name);
    jw_end_arr(&w);
    jw_key(&w, "rows");
    jw_arr(&w);
    for (size_t i = 0; i < v.n_rows; i++) {
        jw_arr(&w);
        for (size_t k = 0; k < v.n_columns; k++)
            put_column_value(q, &w, &v.columns[k], &v.rows[i][k]);
        jw_end_arr(&w);
    }
    jw_end_arr(&w);
    jw_end_obj(&w);
    return ERR_OK;
}

static err_t get_populations(ask *q)
{
    const library *l;
    TRY(app_library(q->ws, &q->f, &l));
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_key(&w, "items");
    jw_arr(&w);
    for (size_t i = 0; i < l->n_populations; i++) {
        jw_obj(&w);
        jw_kstr(&w, "name", l->populations[i].id);
        jw_kstr(&w, "title", l->populations[i].title);
        jw_end_obj(&w);
    }
    jw_end_arr(&w);
    jw_end_obj(&w);
    return ERR_OK;
}

static err_t get_report(ask *q)
{
    document d;
    str      format = ask_query(q, "format");
    TRY(app_document(q->ws, q->a, q->params[0], q->as_of, &q->f, &d));
    if (!format.n || str_eq(format, S("json"))) {
        document_json(q->a, &d, &q->rs->body);
        q->rs->media = S("application/json");
    } else if (str_eq(format, S("csv"))) {
        document_csv(&d, &q->rs->body);
        q->rs->media = S("text/csv; charset=utf-8");
    } else if (str_eq(format, S("html"))) {
        document_html(q->a, &d, &q->rs->body);
        q->rs->media = S("text/html; charset=utf-8");
        http_attachment(q->rs, str_fmt(q->a, STR_FMT ".html", STR_ARG(q->params[0])));
    } else
        return fail(&q->f, ERR_INVALID, "format: is json, csv or html");
    return ERR_OK;
}

static err_t post_plan(ask *q)
{
    workspace *ws;
    plan_done  d;
    TRY(ask_writer(q, &ws));
    TRY(app_plan(ws, q->a, &q->who, &q->f, &d));
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_kint(&w, "gaps", d.gaps);
    jw_kint(&w, "added", d.added);
    jw_kint(&w, "kept", d.kept);
    jw_kint(&w, "reopened", d.reopened);
    jw_kint(&w, "closed", d.closed);
    jw_end_obj(&w);
    return ERR_OK;
}

/* The first program of a workspace; who calls answers for it. */
static err_t post_setup(ask *q)
{
    json_parts o = { 0 };
    workspace *ws;
    setup_done d;
    TRY(body_object(q, &o));
    setup_answers in = { .who = &q->who, .service = str_trim(json_text(&o, "service")), .contact = str_trim(json_text(&o, "contact")) };
    TRY(setup_categories(json_text(&o, "categories"), &q->f, &in.categories));
    TRY(setup_check(&in, &q->f));
    TRY(ask_writer(q, &ws));
    TRY(app_setup(ws, q->a, &in, &q->f, &d));
    q->rs->status = 201;
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_kint(&w, "policies", d.policies);
    jw_kint(&w, "controls", d.controls);
    jw_kint(&w, "courses", d.courses);
    jw_kint(&w, "roles", d.roles);
    jw_kint(&w, "tasks", d.tasks.opened);
    jw_kint(&w, "commit", d.records.seq);
    jw_end_obj(&w);
    return ERR_OK;
}

static err_t get_me(ask *q)
{
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_kstr(&w, "person", q->who.person);
    jw_kstr(&w, "name", q->name);
    jw_kstr(&w, "permission", str_of(role_name(q->who.role)));
    jw_kstr(&w, "scopes", scopes_text(q->a, q->token.scopes));
    put_ktime(q, &w, "ends_at", q->token.ends_at);
    jw_end_obj(&w);
    return ERR_OK;
}

static err_t get_openapi(ask *q)
{
    q->rs->media = S("application/json");
    api_openapi(q->a, &q->rs->body);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/api/v1/populations", PERMIT_READER, 0, ROUTE_CACHED, SCOPE_READ, get_populations, "The populations an auditor asks for" },
    { HTTP_GET, "/api/v1/populations/{population}", PERMIT_READER, 0, ROUTE_SLOW | ROUTE_EXPORT, SCOPE_READ, get_population, "A population over a period, and whether it is complete" },
    { HTTP_GET, "/api/v1/reports/{report}", PERMIT_READER, 0, ROUTE_SLOW | ROUTE_EXPORT, SCOPE_READ, get_report, "A report: gap, risk or treatment" },
    { HTTP_POST, "/api/v1/plan", PERMIT_MANAGER, 1 << 10, ROUTE_SLOW, SCOPE_WRITE, post_plan, "Make the remediation plan from the gaps" },
    { HTTP_POST, "/api/v1/setup", PERMIT_OWNER, 8 << 10, ROUTE_SLOW, SCOPE_ADMIN, post_setup, "Set up the first program: scope, policies, controls, courses, tasks" },
    { HTTP_GET, "/api/v1/me", PERMIT_PERSON, 0, ROUTE_OWN_ACCOUNT, SCOPE_READ | SCOPE_WRITE | SCOPE_INGEST | SCOPE_AGENT | SCOPE_SCIM | SCOPE_METRICS | SCOPE_ADMIN, get_me, "Whose rights this token has" },
    { HTTP_GET, "/api/v1/openapi.json", PERMIT_PUBLIC, 0, 0, 0, get_openapi, "This description" },
};
const api_doc document_docs[] = {
    { NULL, NULL, "populations" }, { "from to", NULL, "population" }, { "format as-of", NULL, "document" }, { NULL, NULL, "plan" }, { NULL, "setup", "set_up" },
    { NULL, NULL, "me" }, { NULL, NULL, "document" },
};
ROUTE_TABLE(document_api);
_Static_assert(COUNT(rows) == COUNT(document_docs), "each route is documented");
