/* Records: list, read, add, change, step, history. */
#include "api/parts.h"

/* ---- reading ------------------------------------------------------------------------------- */

static void put_fields(ask *q, json_writer *w, const relation *r, const value *row)
{
    jw_key(w, "fields");
    jw_obj(w);
    for (size_t i = 1; i < r->n_fields; i++) {
        jw_key(w, r->fields[i].name);
        put_value(q, w, &r->fields[i], &row[i]);
    }
    jw_end_obj(w);
}

static err_t filters_wanted(ask *q, record_query *rq)
{
    record_filter *v = NEW_ARRAY(q->a, record_filter, q->rq->n_query + 1);
    for (size_t i = 0; i < q->rq->n_query; i++)
        if (str_eq(q->rq->query[i].name, S("where")))
            TRY(filter_parse(q->a, q->type, q->rq->query[i].value, &q->f, &v[rq->n_filters++]));
    rq->filters = v;
    return ERR_OK;
}

static err_t sort_wanted(ask *q, record_query *rq)
{
    size_t *fields = NEW_ARRAY(q->a, size_t, RELATION_FIELDS_MAX);
    bool   *down = NEW_ARRAY(q->a, bool, RELATION_FIELDS_MAX);
    for (str rest = ask_query(q, "sort"); rest.p && rest.n;) {
        str name = str_trim(str_cut(&rest, ','));
        bool descending = str_starts(name, S("-"));
        int  at = relation_field(q->type, descending ? str_sub(name, 1, name.n) : name);
        if (at < 0 || rq->n_sort == RELATION_FIELDS_MAX)
            return fail(&q->f, ERR_INVALID, "sort: %s has no field \"" STR_FMT "\"", q->type->name, STR_ARG(utf8_cut(name, 60)));
        down[rq->n_sort] = descending;
        fields[rq->n_sort++] = (size_t)at;
    }
    rq->sort = fields;
    rq->descending = down;
    return ERR_OK;
}

static err_t get_list(ask *q)
{
    record_query rq = { .r = q->type };
    record_list  list;
    list_page    p;
    TRY(filters_wanted(q, &rq));
    TRY(sort_wanted(q, &rq));
    TRY(page_wanted(q, &p));
    rq.limit = p.limit;
    rq.offset = p.offset;
    TRY(app_find(q->ws, q->a, &q->who, &rq, q->as_of, &q->f, &list));
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_key(&w, "items");
    jw_arr(&w);
    for (size_t i = 0; i < list.n; i++) {
        jw_obj(&w);
        jw_kstr(&w, "id", list.rows[i][0].s);
        put_fields(q, &w, q->type, list.rows[i]);
        jw_end_obj(&w);
    }
    jw_end_arr(&w);
    jw_kint(&w, "total", list.total);
    if (list.left_out)
        jw_kint(&w, "left_out", list.left_out);
    put_next(q, &w, &p, list.n, list.total);
    jw_end_obj(&w);
    return ERR_OK;
}

static str etag_of(ask *q, int64_t number) { return str_fmt(q->a, "\"%lld\"", (long long)number); }

static err_t put_moves(ask *q, json_writer *w, const record_view *v)
{
    const transition **moves;
    size_t             n;
    TRY(record_moves(q->a, &q->who, v, &moves, &n));
    jw_key(w, "moves");
    jw_arr(w);
    for (size_t i = 0; i < n; i++)
        jw_str(w, str_of(moves[i]->name));
    jw_end_arr(w);
    return ERR_OK;
}

static err_t answer_record(ask *q, const relation *r, str id, int status)
{
    record_view v;
    related    *rel;
    size_t      n;
    TRY(app_get(q->ws, q->a, &q->who, r, id, q->as_of, &q->f, &v, &rel, &n));
    str tag = etag_of(q, v.version);
    http_add(q->rs, "ETag", tag);
    if (str_eq(http_header(q->rq, "if-none-match"), tag) && q->rq->method == HTTP_GET) {
        q->rs->status = 304;
        return ERR_OK;
    }
    q->rs->status = status;
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_kstr(&w, "type", str_of(r->name));
    jw_kstr(&w, "id", v.row[0].s);
    jw_kint(&w, "version", v.version);
    put_ktime(q, &w, "since", v.since);
    jw_kstr(&w, "by", v.by);
    put_fields(q, &w, r, v.row);
    TRY(put_moves(q, &w, &v));
    jw_end_obj(&w);
    return ERR_OK;
}

static err_t get_one(ask *q) { return answer_record(q, q->type, q->params[1], 200); }

static err_t get_related(ask *q)
{
    record_view v;
    related    *rel;
    size_t      n;
    TRY(app_get(q->ws, q->a, &q->who, q->type, q->params[1], q->as_of, &q->f, &v, &rel, &n));
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_key(&w, "items");
    jw_arr(&w);
    for (size_t i = 0; i < n; i++) {
        jw_obj(&w);
        jw_kstr(&w, "type", rel[i].type);
        jw_kstr(&w, "id", rel[i].id);
        jw_kstr(&w, "what", rel[i].what);
        jw_kstr(&w, "who", rel[i].who);
        put_ktime(q, &w, "at", rel[i].at_time);
        jw_end_obj(&w);
    }
    jw_end_arr(&w);
    jw_end_obj(&w);
    return ERR_OK;
}

/* "?" is how people read what is unknown; programs get null. */
static str known(str text)
{
    const str none = { 0 };
    return str_eq(text, S("?")) ? none : text;
}

static void put_change(ask *q, json_writer *w, const record_change *c)
{
    jw_obj(w);
    put_ktime(q, w, "at", c->at_time);
    jw_kstr(w, "by", c->by);
    jw_kstr(w, "action", c->action);
    jw_kstr(w, "reason", c->reason);
    jw_kstr(w, "field", c->field);
    put_kcell(w, "before", known(c->before));
    put_kcell(w, "after", known(c->after));
    jw_kint(w, "version", c->version);
    jw_kint(w, "commit", c->seq);
    jw_end_obj(w);
}

static err_t get_history(ask *q)
{
    record_change *v;
    size_t         n;
    TRY(app_history(q->ws, q->a, &q->who, q->type, q->params[1], &q->f, &v, &n));
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_key(&w, "items");
    jw_arr(&w);
    for (size_t i = 0; i < n; i++)
        put_change(q, &w, &v[i]);
    jw_end_arr(&w);
    jw_end_obj(&w);
    return ERR_OK;
}

/* ---- changing -------------------------------------------------------------------------------- */

static err_t expected_version(ask *q, int64_t *ret)
{
    str text = http_header(q->rq, "if-match");
    *ret = 0;
    if (!text.p || str_eq(text, S("*")))
        return ERR_OK;
    if (str_starts(text, S("\"")) && str_ends(text, S("\"")) && parse_int(str_sub(text, 1, text.n - 1), 1, INT64_MAX, ret))
        return ERR_OK;
    return fail(&q->f, ERR_INVALID, "If-Match: holds an ETag as it was given: \"12\"");
}

/* The change is durable; what is answered is read anew. */
static err_t changed(ask *q, workspace *writer, str id, int status)
{
    workspace *reader = q->ws;
    q->ws = writer;                      /* sees what was written, whatever the reader holds */
    q->as_of = 0;
    err_t e = answer_record(q, q->type, id, status);
    q->ws = reader;
    return e;
}

static err_t post_add(ask *q)
{
    change_body b;
    record_done done = { 0 };
    workspace  *ws;
    TRY(body_change(q, q->type, &b));
    TRY(ask_writer(q, &ws));
    err_t e = app_add(ws, q->a, &q->who, q->type, b.id, b.set, b.n, b.reason, &q->f, &done);
    take_faults(q, &done);
    TRY(e);
    http_add(q->rs, "Location", str_fmt(q->a, "/api/v1/%s/" STR_FMT, q->type->name, STR_ARG(done.id)));
    return changed(q, ws, done.id, 201);
}

static err_t patch_one(ask *q)
{
    change_body b;
    record_done done = { 0 };
    workspace  *ws;
    int64_t     expected;
    TRY(body_change(q, q->type, &b));
    TRY(expected_version(q, &expected));
    TRY(ask_writer(q, &ws));
    err_t e = app_edit(ws, q->a, &q->who, q->type, &q->params[1], 1, expected, b.set, b.n, b.reason, &q->f, &done);
    take_faults(q, &done);
    return e == ERR_OK ? changed(q, ws, q->params[1], 200) : e;
}

static err_t post_do(ask *q)
{
    change_body b;
    record_done done = { 0 };
    workspace  *ws;
    int64_t     expected;
    TRY(body_change(q, q->type, &b));
    TRY(expected_version(q, &expected));
    TRY(ask_writer(q, &ws));
    err_t e = app_do(ws, q->a, &q->who, q->type, &q->params[1], 1, expected, q->params[2], b.set, b.n, b.reason, &q->f, &done);
    take_faults(q, &done);
    TRY(e);
    TRY(changed(q, ws, q->params[1], 200));
    return ask_left(q, q->type, q->params[2], &q->params[1], 1);
}

/* ---- files of records --------------------------------------------------------------------------- */

static err_t into_body(void *arg, str bytes, fault *f)
{
    buf *b = arg;
    buf_puts(b, bytes);
    return b->overflow ? fail(f, ERR_TOO_LARGE, "this is more than one answer holds; ask with filters, or use attest %s", "export") : ERR_OK;
}

static err_t get_export(ask *q)
{
    record_query rq = { .r = q->type, .limit = INT64_MAX };
    str          format = ask_query(q, "format");
    int64_t      n;
    TRY(filters_wanted(q, &rq));
    TRY(sort_wanted(q, &rq));
    if (!format.n)
        format = S("json");
    if (!str_eq(format, S("json")) && !str_eq(format, S("csv")))
        return fail(&q->f, ERR_INVALID, "format: is json or csv");
    TRY(app_export(q->ws, &q->who, &rq, q->as_of, format, into_body, &q->rs->body, &q->f, &n));
    q->rs->media = str_eq(format, S("csv")) ? S("text/csv; charset=utf-8") : S("application/json");
    http_add(q->rs, "Content-Disposition", str_fmt(q->a, "attachment; filename=\"%s." STR_FMT "\"", q->type->name, STR_ARG(format)));
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/api/v1/{type}", PERMIT_TYPE_READ, 0, ROUTE_CACHED, SCOPE_READ, get_list, "List records of a type" },
    { HTTP_POST, "/api/v1/{type}", PERMIT_TYPE_ADD, 1 << 20, 0, SCOPE_WRITE, post_add, "Add a record" },
    { HTTP_GET, "/api/v1/{type}/export", PERMIT_TYPE_READ, 0, ROUTE_EXPORT | ROUTE_SLOW, SCOPE_READ, get_export, "All records of a type that fit, as a file" },
    { HTTP_GET, "/api/v1/{type}/{id}", PERMIT_TYPE_READ, 0, ROUTE_CACHED, SCOPE_READ, get_one, "Read a record" },
    { HTTP_PATCH, "/api/v1/{type}/{id}", PERMIT_TYPE_EDIT, 1 << 20, 0, SCOPE_WRITE, patch_one, "Change fields of a record; null makes one unknown" },
    { HTTP_GET, "/api/v1/{type}/{id}/history", PERMIT_TYPE_READ, 0, ROUTE_CACHED, SCOPE_READ, get_history, "Every change of a record: who, when, what, in which commit" },
    { HTTP_GET, "/api/v1/{type}/{id}/related", PERMIT_TYPE_READ, 0, ROUTE_CACHED, SCOPE_READ, get_related, "Evidence, links and comments of a record" },
    { HTTP_POST, "/api/v1/{type}/{id}/do/{transition}", PERMIT_TYPE_DO, 1 << 20, 0, SCOPE_WRITE, post_do, "Take a step of the record's workflow" },
};
const api_doc record_docs[] = {
    { "where sort limit cursor as-of", NULL, "records" }, { NULL, "change", "record" }, { "where sort format as-of", NULL, NULL },
    { "as-of", NULL, "record" }, { NULL, "change", "record" }, { NULL, NULL, "changes" }, { "as-of", NULL, "related" }, { NULL, "change", "record" },
};
ROUTE_TABLE(record_api);
_Static_assert(COUNT(rows) == COUNT(record_docs), "each route is documented");
