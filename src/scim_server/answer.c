/* Answers in the words of SCIM. */
#include "scim_server/parts.h"

enum { PAGE = 100 };

err_t told_status(ask *q, int status, const char *wire, str detail)
{
    buf_clear(&q->rs->body);
    q->rs->status = status;
    q->rs->media = S(SCIM_MEDIA);
    scim_error_json(q->a, status, wire, detail, &q->rs->body);
    return ERR_OK;
}

err_t told_refusal(ask *q, const scim_trouble *t) { return told_status(q, scim_status(t->kind), scim_wire(t->kind), str_of(t->f.text)); }

void scim_refused(ask *q, err_t e, int status)
{
    (void)e;
    if (status == 401)
        http_add(q->rs, "WWW-Authenticate", S("Bearer realm=\"attest\""));
    (void)told_status(q, status, "", str_of(q->f.text));
}

/* ---- what is asked ------------------------------------------------------------------------- */

static bool media_fits(str media)
{
    str kind = str_trim(str_cut(&media, ';'));
    return same_word(kind, S(SCIM_MEDIA)) || same_word(kind, S("application/json"));
}

err_t body_read(ask *q, scim_node **ret)
{
    scim_trouble t = { 0 };
    *ret = NULL;
    if (!media_fits(http_header(q->rq, "content-type")))
        return told_status(q, 415, "", S("the body is sent as application/scim+json"));
    return scim_parse(q->a, q->rq->body, &t, ret) == ERR_OK ? ERR_OK : told_refusal(q, &t);
}

bool settled_by_version(ask *q, int64_t row)
{
    str  wanted = http_header(q->rq, "if-match"), known = http_header(q->rq, "if-none-match");
    bool reads = q->rq->method == HTTP_GET || q->rq->method == HTTP_HEAD;
    if (wanted.p && !scim_etag_in(wanted, row)) {
        (void)told_status(q, 412, "", S("somebody changed it after you read it"));
        return true;
    }
    if (!reads || !known.p || !scim_etag_in(known, row))
        return false;
    q->rs->status = 304;
    http_add(q->rs, "ETag", scim_etag(q->a, row));
    return true;
}

/* ---- what is told -------------------------------------------------------------------------- */

static err_t wanted_parts(ask *q, const scim_node *v, scim_trouble *t, scim_node **ret)
{
    return scim_project(q->a, v, ask_query(q, "attributes"), ask_query(q, "excludedAttributes"), t, ret);
}

err_t told_resource(ask *q, int status, const scim_node *v, const scim_meta *meta)
{
    scim_trouble t = { 0 };
    scim_node   *part;
    if (wanted_parts(q, v, &t, &part) != ERR_OK)
        return told_refusal(q, &t);
    q->rs->status = status;
    q->rs->media = S(SCIM_MEDIA);
    http_add(q->rs, "ETag", scim_etag(q->a, meta->row));
    if (status == 201)
        http_add(q->rs, "Location", meta->location);
    scim_json(part, &q->rs->body);
    return ERR_OK;
}

static err_t number_asked(ask *q, const char *name, int64_t least, int64_t initial, scim_trouble *t, int64_t *ret)
{
    str text = ask_query(q, name);
    *ret = initial;
    if (!text.n)
        return ERR_OK;
    if (!parse_int(text, INT64_MIN, INT64_MAX, ret))
        return scim_refuse(t, SCIM_INVALID_VALUE, "%s is no number", name);
    *ret = *ret < least ? least : *ret;   /* RFC 7644, 3.4.2.4: what is less is taken as the least */
    return ERR_OK;
}

static err_t sift(ask *q, scim_node **v, size_t *n, scim_trouble *t)
{
    const scim_filter *filter;
    size_t             kept = 0;
    str                text = ask_query(q, "filter");
    if (!text.n)
        return ERR_OK;
    TRY(scim_filter_parse(q->a, text, t, &filter));
    for (size_t i = 0; i < *n; i++)
        if (scim_matches(filter, v[i]))
            v[kept++] = v[i];
    *n = kept;
    return ERR_OK;
}

static err_t in_order(ask *q, scim_node **v, size_t n, scim_trouble *t)
{
    scim_path by;
    str       text = ask_query(q, "sortBy");
    if (!text.n)
        return ERR_OK;
    TRY(scim_path_parse(q->a, text, t, &by));
    scim_sort(v, n, &by, same_word(ask_query(q, "sortOrder"), S("descending")));
    return ERR_OK;
}

static err_t page_of(ask *q, scim_node **v, size_t n, scim_trouble *t)
{
    int64_t start, count;
    size_t  total = n, shown = 0;
    TRY(number_asked(q, "startIndex", 1, 1, t, &start));
    TRY(number_asked(q, "count", 0, PAGE, t, &count));
    TRY(sift(q, v, &total, t));
    TRY(in_order(q, v, total, t));
    count = count > SCIM_PAGE_MAX ? SCIM_PAGE_MAX : count;
    size_t from = (uint64_t)start - 1 < total ? (size_t)start - 1 : total;
    for (size_t i = from; i < total && shown < (size_t)count; i++, shown++)
        TRY(wanted_parts(q, v[i], t, &v[i]));
    q->rs->media = S(SCIM_MEDIA);
    scim_list_json(q->a, v + from, shown, (int64_t)total, start, &q->rs->body);
    return ERR_OK;
}

err_t told_list(ask *q, scim_node **resources, size_t n)
{
    scim_trouble t = { 0 };
    return page_of(q, resources, n, &t) == ERR_OK ? ERR_OK : told_refusal(q, &t);
}

/* ---- what the server can do ------------------------------------------------------------------- */

static err_t discover(ask *q, scim_discovery what, str id)
{
    str base = str_fmt(q->a, STR_FMT "/scim/v2", STR_ARG(ask_origin(q)));
    if (!scim_discovery_json(q->a, what, base, id, &q->rs->body))
        return told_status(q, 404, "", S("there is none of that name"));
    q->rs->media = S(SCIM_MEDIA);
    return ERR_OK;
}

static err_t get_config(ask *q) { return discover(q, SCIM_CONFIG, S("")); }
static err_t get_types(ask *q) { return discover(q, SCIM_TYPES, S("")); }
static err_t get_type(ask *q) { return discover(q, SCIM_TYPES, q->params[0]); }
static err_t get_schemas(ask *q) { return discover(q, SCIM_SCHEMAS, S("")); }
static err_t get_schema(ask *q) { return discover(q, SCIM_SCHEMAS, q->params[0]); }

static const route rows[] = {
    { .method = HTTP_GET, .pattern = "/scim/v2/ServiceProviderConfig", .allows = PERMIT_SCOPE, .scope = SCOPE_SCIM, .handle = get_config,
      .summary = "What this SCIM server can do" },
    { .method = HTTP_GET, .pattern = "/scim/v2/ResourceTypes", .allows = PERMIT_SCOPE, .scope = SCOPE_SCIM, .handle = get_types,
      .summary = "Types of SCIM resources" },
    { .method = HTTP_GET, .pattern = "/scim/v2/ResourceTypes/{name}", .allows = PERMIT_SCOPE, .scope = SCOPE_SCIM, .handle = get_type,
      .summary = "One type of SCIM resources" },
    { .method = HTTP_GET, .pattern = "/scim/v2/Schemas", .allows = PERMIT_SCOPE, .scope = SCOPE_SCIM, .handle = get_schemas,
      .summary = "Attributes of SCIM resources" },
    { .method = HTTP_GET, .pattern = "/scim/v2/Schemas/{name}", .allows = PERMIT_SCOPE, .scope = SCOPE_SCIM, .handle = get_schema,
      .summary = "Attributes of one SCIM schema" },
};
ROUTE_TABLE(scim_discovery_routes);

static const route_table *const tables[] = { &scim_discovery_routes, &scim_user_routes, &scim_group_routes };
const front scim_front = { .name = "scim", .prefix = "/scim/", .tables = tables, .n_tables = COUNT(tables), .refuse = scim_refused };
