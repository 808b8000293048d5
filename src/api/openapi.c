/* The OpenAPI 3.1 description: routes and record types as they are. A route of {type} becomes
 * one path for each type, so that generated clients know the fields. */
#include "api/parts.h"

static void put_kind(json_writer *w, const char *kind, bool nullable)
{
    jw_key(w, "type");
    if (!nullable) {
        jw_str(w, str_of(kind));
        return;
    }
    jw_arr(w);
    jw_str(w, str_of(kind));
    jw_str(w, S("null"));
    jw_end_arr(w);
}

static void put_ref(arena *a, json_writer *w, const char *name)
{
    jw_obj(w);
    jw_kstr(w, "$ref", str_fmt(a, "#/components/schemas/%s", name));
    jw_end_obj(w);
}

static void put_free_array(json_writer *w, str kind)
{
    jw_kstr(w, "type", S("array"));
    jw_key(w, "items");
    jw_obj(w);
    if (str_starts(kind, S("o[][]"))) {
        jw_kstr(w, "type", S("array"));
        jw_key(w, "items");
        jw_obj(w);
        jw_end_obj(w);
    } else
        jw_kstr(w, "type", kind.p[0] == 'a' ? S("string") : S("object"));
    jw_end_obj(w);
}

static void put_member(arena *a, json_writer *w, const api_schema *s, str kind)
{
    bool nullable = str_ends(kind, S("N"));
    jw_obj(w);
    if (kind.p[0] == '*') {
        jw_kstr(w, "type", S("array"));
        jw_key(w, "items");
        put_ref(a, w, s->item);
    } else if (kind.p[0] == 'a' || str_starts(kind, S("o[]")))
        put_free_array(w, kind);
    else {
        put_kind(w, kind.p[0] == 'i' ? "integer" : kind.p[0] == 'b' ? "boolean" : "string", nullable);
        if (kind.p[0] == 'T')
            jw_kstr(w, "format", S("date-time"));
    }
    jw_end_obj(w);
}

static void put_schema(arena *a, json_writer *w, const api_schema *s)
{
    jw_key(w, s->name);
    jw_obj(w);
    jw_kstr(w, "type", S("object"));
    jw_kstr(w, "description", str_of(s->doc));
    jw_key(w, "properties");
    jw_obj(w);
    str rest = str_of(s->members);
    for (str word = str_word(&rest); word.n; word = str_word(&rest)) {
        str kind = word, name = str_cut(&kind, ':');
        jw_key(w, str_z(a, name));
        put_member(a, w, s, kind);
    }
    jw_end_obj(w);
    jw_end_obj(w);
}

/* ---- record types ------------------------------------------------------------------------------------ */

static void put_field(json_writer *w, const field *fd)
{
    static const char *const kinds[] = { [F_TEXT] = "string", [F_INT] = "integer", [F_BOOL] = "boolean", [F_TIME] = "string" };
    bool nullable = field_nullable(fd);
    jw_key(w, fd->name);
    jw_obj(w);
    put_kind(w, kinds[fd->kind], nullable);
    jw_kstr(w, "description", str_of(fd->doc));
    if (fd->kind == F_TIME)
        jw_kstr(w, "format", S("date-time"));
    if (fd->kind == F_INT && (fd->min || fd->max)) {
        jw_kint(w, "minimum", fd->min);
        jw_kint(w, "maximum", fd->max);
    }
    if (fd->flags & FIELD_STAMPED)
        jw_kbool(w, "readOnly", true);
    if (fd->choices) {
        jw_key(w, "enum");
        jw_arr(w);
        for (size_t i = 0; fd->choices[i]; i++)
            jw_str(w, str_of(fd->choices[i]));
        if (nullable)
            jw_null(w);
        jw_end_arr(w);
    }
    jw_end_obj(w);
}

static void put_fields_schema(arena *a, json_writer *w, const relation *r)
{
    jw_key(w, str_fmt(a, "%s_fields", r->name).p);
    jw_obj(w);
    jw_kstr(w, "type", S("object"));
    jw_kstr(w, "description", str_of(r->doc));
    jw_key(w, "properties");
    jw_obj(w);
    for (size_t i = 1; i < r->n_fields; i++)
        put_field(w, &r->fields[i]);
    jw_end_obj(w);
    jw_end_obj(w);
}

static void put_record_schemas(arena *a, json_writer *w, const relation *r)
{
    str fields = str_fmt(a, "%s_fields", r->name);
    put_fields_schema(a, w, r);
    jw_key(w, str_fmt(a, "%s_record", r->name).p);
    jw_obj(w);
    jw_kstr(w, "type", S("object"));
    jw_key(w, "properties");
    jw_obj(w);
    static const char *const texts[] = { "type", "id", "since", "by" };
    for (size_t i = 0; i < COUNT(texts); i++) {
        jw_key(w, texts[i]);
        jw_obj(w);
        jw_kstr(w, "type", S("string"));
        jw_end_obj(w);
    }
    jw_key(w, "version");
    jw_obj(w);
    jw_kstr(w, "type", S("integer"));
    jw_end_obj(w);
    jw_key(w, "fields");
    put_ref(a, w, fields.p);
    jw_key(w, "moves");
    jw_obj(w);
    put_free_array(w, S("a"));
    jw_end_obj(w);
    jw_end_obj(w);
    jw_end_obj(w);
}

/* ---- operations ----------------------------------------------------------------------------------------- */

static void put_parameter(arena *a, json_writer *w, str name, const char *in)
{
    const char *doc = "", *kind = "string";
    for (size_t i = 0; i < n_api_parameters; i++)
        if (str_eq(name, str_of(api_parameters[i].name))) {
            doc = api_parameters[i].doc;
            kind = api_parameters[i].kind;
        }
    jw_obj(w);
    jw_kstr(w, "name", name);
    jw_kstr(w, "in", str_of(in));
    if (*doc)
        jw_kstr(w, "description", str_of(doc));
    if (strcmp(in, "path") == 0)
        jw_kbool(w, "required", true);
    jw_key(w, "schema");
    jw_obj(w);
    jw_kstr(w, "type", str_of(kind));
    jw_end_obj(w);
    jw_end_obj(w);
    (void)a;
}

static void put_parameters(arena *a, json_writer *w, str path, const api_doc *d)
{
    jw_key(w, "parameters");
    jw_arr(w);
    for (str rest = path; rest.p;) {
        str part = str_cut(&rest, '/');
        if (str_starts(part, S("{")))
            put_parameter(a, w, str_sub(part, 1, part.n - 1), "path");
    }
    str rest = str_of(d->query ? d->query : "");
    for (str word = str_word(&rest); word.n; word = str_word(&rest))
        put_parameter(a, w, word, "query");
    jw_end_arr(w);
}

static void put_change_schema(arena *a, json_writer *w, const relation *r)
{
    jw_obj(w);
    jw_kstr(w, "type", S("object"));
    jw_key(w, "properties");
    jw_obj(w);
    static const char *const texts[] = { "id", "reason" };
    for (size_t i = 0; i < COUNT(texts); i++) {
        jw_key(w, texts[i]);
        jw_obj(w);
        jw_kstr(w, "type", S("string"));
        jw_end_obj(w);
    }
    jw_key(w, "fields");
    put_ref(a, w, str_fmt(a, "%s_fields", r->name).p);
    jw_end_obj(w);
    jw_end_obj(w);
}

static void put_list_schema(arena *a, json_writer *w, const relation *r)
{
    jw_obj(w);
    jw_kstr(w, "type", S("object"));
    jw_key(w, "properties");
    jw_obj(w);
    jw_key(w, "items");
    jw_obj(w);
    jw_kstr(w, "type", S("array"));
    jw_key(w, "items");
    put_ref(a, w, str_fmt(a, "%s_record", r->name).p);
    jw_end_obj(w);
    jw_key(w, "total");
    jw_obj(w);
    jw_kstr(w, "type", S("integer"));
    jw_end_obj(w);
    jw_key(w, "left_out");
    jw_obj(w);
    jw_kstr(w, "type", S("integer"));
    jw_kstr(w, "description", S("How many more fit that an auditor's engagement does not examine; absent when there is none"));
    jw_end_obj(w);
    jw_key(w, "next");
    jw_obj(w);
    put_kind(w, "string", true);
    jw_end_obj(w);
    jw_end_obj(w);
    jw_end_obj(w);
}

/* Bodies that are not JSON of ours. */
static const struct {
    const char *name, *media, *schema;   /* schema NULL: text */
} bodies[] = {
    { "ndjson", "application/x-ndjson", NULL }, { "form", "multipart/form-data", "form" }, { "import", "text/csv", NULL },
};

static void put_text_schema(json_writer *w)
{
    jw_obj(w);
    jw_kstr(w, "type", S("string"));
    jw_end_obj(w);
}

static void put_body_schema(arena *a, json_writer *w, const relation *r, const char *name)
{
    for (size_t i = 0; i < COUNT(bodies); i++)
        if (strcmp(name, bodies[i].name) == 0) {
            if (bodies[i].schema)
                put_ref(a, w, bodies[i].schema);
            else
                put_text_schema(w);
            return;
        }
    if (r && strcmp(name, "change") == 0)
        put_change_schema(a, w, r);
    else if (r && strcmp(name, "records") == 0)
        put_list_schema(a, w, r);
    else
        put_ref(a, w, r && strcmp(name, "record") == 0 ? str_fmt(a, "%s_record", r->name).p : name);
}

static void put_content(arena *a, json_writer *w, const relation *r, const char *name)
{
    const char *media = "application/json";
    for (size_t i = 0; i < COUNT(bodies); i++)
        if (strcmp(name, bodies[i].name) == 0)
            media = bodies[i].media;
    jw_key(w, "content");
    jw_obj(w);
    jw_key(w, media);
    jw_obj(w);
    jw_key(w, "schema");
    put_body_schema(a, w, r, name);
    jw_end_obj(w);
    jw_end_obj(w);
}

/* Of what goes well. */
static const char *status_of(const route *rt)
{
    static const struct { const char *pattern, *status; } rows[] = {
        { "/api/v1/{type}", "201" }, { "/api/v1/{type}/{id}/evidence", "201" }, { "/api/v1/sources", "201" }, { "/api/v1/setup", "201" }, { "/api/v1/webhooks", "201" },
        { "/api/v1/accounts/{person}/link", "201" }, { "/api/v1/accounts/{person}/reset", "201" },
        { "/api/v1/jobs/{job}", "202" }, { "/api/v1/sources/{source}/run", "202" },
    };
    for (size_t i = 0; i < COUNT(rows) && rt->method == HTTP_POST; i++)
        if (strcmp(rt->pattern, rows[i].pattern) == 0)
            return rows[i].status;
    return "200";
}

static void put_responses(arena *a, json_writer *w, const relation *r, const route *rt, const api_doc *d)
{
    const char *status = status_of(rt);
    jw_key(w, "responses");
    jw_obj(w);
    jw_key(w, status);
    jw_obj(w);
    jw_kstr(w, "description", status[2] == '1' ? S("Added.") : status[2] == '2' ? S("Started.") : S("Done."));
    if (d->gives)
        put_content(a, w, r, d->gives);
    jw_end_obj(w);
    jw_key(w, "4XX");
    jw_obj(w);
    jw_kstr(w, "$ref", S("#/components/responses/problem"));
    jw_end_obj(w);
    jw_end_obj(w);
}

static str operation_id(arena *a, const route *rt, str path)
{
    buf b = buf_new(a, 512);
    for (const char *p = http_method_name(rt->method); *p; p++)
        buf_putc(&b, (char)(*p | 0x20));
    for (size_t i = sizeof "/api/v1" - 1; i < path.n; i++)
        if (path.p[i] == '/' || path.p[i] == '.')
            buf_putc(&b, '_');
        else if (path.p[i] != '{' && path.p[i] != '}')
            buf_putc(&b, path.p[i]);
    return buf_str(&b);
}

static void put_operation(arena *a, json_writer *w, const api_part *part, const route *rt, const api_doc *d, const relation *r, str path)
{
    str method = str_lower(a, str_of(http_method_name(rt->method)));
    jw_key(w, method.p);
    jw_obj(w);
    jw_kstr(w, "operationId", operation_id(a, rt, path));
    jw_kstr(w, "summary", str_of(rt->summary));
    jw_kstr(w, "description", str_fmt(a, "For %s.", permit_words(rt->allows)));
    jw_key(w, "tags");
    jw_arr(w);
    jw_str(w, r ? str_of(r->name) : str_of(part->tag));
    jw_end_arr(w);
    jw_key(w, "security");
    jw_arr(w);
    if (rt->allows != PERMIT_PUBLIC) {
        jw_obj(w);
        jw_key(w, "token");
        jw_arr(w);
        jw_end_arr(w);
        jw_end_obj(w);
    }
    jw_end_arr(w);
    put_parameters(a, w, path, d);
    if (d->takes) {
        jw_key(w, "requestBody");
        jw_obj(w);
        jw_kbool(w, "required", strcmp(d->takes, "change") != 0 || rt->allows != PERMIT_TYPE_DO);
        put_content(a, w, r, d->takes);
        jw_end_obj(w);
    }
    put_responses(a, w, r, rt, d);
    jw_end_obj(w);
}

/* The operations of one path: rows with the same pattern stand side by side or not, so all are looked at. */
static void put_path(arena *a, json_writer *w, const api_part *part, size_t first, const relation *r)
{
    const char *pattern = part->table->rows[first].pattern;
    str         path = str_of(pattern);
    if (r)
        path = str_fmt(a, "/api/v1/%s%s", r->name, pattern + sizeof "/api/v1/{type}" - 1);
    jw_key(w, str_z(a, path));
    jw_obj(w);
    for (size_t i = first; i < part->table->n; i++)
        if (strcmp(part->table->rows[i].pattern, pattern) == 0)
            put_operation(a, w, part, &part->table->rows[i], &part->docs[i], r, path);
    jw_end_obj(w);
}

static bool first_of_path(const api_part *part, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(part->table->rows[k].pattern, part->table->rows[i].pattern) == 0)
            return false;
    return true;
}

static void put_paths(arena *a, json_writer *w)
{
    jw_key(w, "paths");
    jw_obj(w);
    for (size_t p = 0; p < n_api_parts; p++)
        for (size_t i = 0; i < api_parts[p].table->n; i++) {
            if (!first_of_path(&api_parts[p], i))
                continue;
            bool typed = strstr(api_parts[p].table->rows[i].pattern, "{type}") != NULL;
            for (size_t k = 0; typed && k < n_relations; k++)
                if (relations[k]->record)
                    put_path(a, w, &api_parts[p], i, relations[k]);
            if (!typed)
                put_path(a, w, &api_parts[p], i, NULL);
        }
    jw_end_obj(w);
}

static void put_tags(json_writer *w)
{
    jw_key(w, "tags");
    jw_arr(w);
    for (size_t p = 0; p < n_api_parts; p++) {
        jw_obj(w);
        jw_kstr(w, "name", str_of(api_parts[p].tag));
        jw_kstr(w, "description", str_of(api_parts[p].tag));
        jw_end_obj(w);
    }
    for (size_t k = 0; k < n_relations; k++) {
        if (!relations[k]->record)
            continue;
        jw_obj(w);
        jw_kstr(w, "name", str_of(relations[k]->name));
        jw_kstr(w, "description", str_of(relations[k]->doc));
        jw_end_obj(w);
    }
    jw_end_arr(w);
}

/* As api.c writes it. */
static void put_problem(arena *a, json_writer *w)
{
    static const char *const texts[] = { "type", "title", "detail" };
    jw_key(w, "problem");
    jw_obj(w);
    jw_kstr(w, "type", S("object"));
    jw_key(w, "properties");
    jw_obj(w);
    for (size_t i = 0; i < COUNT(texts); i++) {
        jw_key(w, texts[i]);
        jw_obj(w);
        jw_kstr(w, "type", S("string"));
        jw_end_obj(w);
    }
    jw_key(w, "status");
    jw_obj(w);
    jw_kstr(w, "type", S("integer"));
    jw_end_obj(w);
    jw_key(w, "errors");
    jw_obj(w);
    jw_kstr(w, "type", S("array"));
    jw_key(w, "items");
    put_ref(a, w, "problem_error");
    jw_end_obj(w);
    jw_end_obj(w);
    jw_end_obj(w);
}

static void put_components(arena *a, json_writer *w)
{
    jw_key(w, "components");
    jw_obj(w);
    jw_key(w, "securitySchemes");
    jw_obj(w);
    jw_key(w, "token");
    jw_obj(w);
    jw_kstr(w, "type", S("http"));
    jw_kstr(w, "scheme", S("bearer"));
    jw_kstr(w, "description", S("A token made on the account page; it has its maker's rights within its scopes."));
    jw_end_obj(w);
    jw_end_obj(w);
    jw_key(w, "responses");
    jw_obj(w);
    jw_key(w, "problem");
    jw_obj(w);
    jw_kstr(w, "description", S("What was wrong, where, and what to do."));
    jw_key(w, "content");
    jw_obj(w);
    jw_key(w, "application/problem+json");
    jw_obj(w);
    jw_key(w, "schema");
    put_ref(a, w, "problem");
    jw_end_obj(w);
    jw_end_obj(w);
    jw_end_obj(w);
    jw_end_obj(w);
    jw_key(w, "schemas");
    jw_obj(w);
    put_problem(a, w);
    for (size_t i = 0; i < n_api_schemas; i++)
        put_schema(a, w, &api_schemas[i]);
    for (size_t k = 0; k < n_relations; k++)
        if (relations[k]->record)
            put_record_schemas(a, w, relations[k]);
    jw_end_obj(w);
    jw_end_obj(w);
}

void api_openapi(arena *a, buf *out)
{
    json_writer w = { .b = out };
    jw_obj(&w);
    jw_kstr(&w, "openapi", S("3.1.0"));
    jw_key(&w, "info");
    jw_obj(&w);
    jw_kstr(&w, "title", S("Attest"));
    jw_kstr(&w, "version", S(ATTEST_VERSION));
    jw_kstr(&w, "description", S("SOC 2 as facts, tests and records with a history that outsiders can verify."));
    jw_key(&w, "license");
    jw_obj(&w);
    jw_kstr(&w, "name", S("Apache-2.0"));
    jw_kstr(&w, "identifier", S("Apache-2.0"));
    jw_end_obj(&w);
    jw_end_obj(&w);
    jw_key(&w, "servers");
    jw_arr(&w);
    jw_obj(&w);
    jw_kstr(&w, "url", S("/"));
    jw_end_obj(&w);
    jw_end_arr(&w);
    put_tags(&w);
    put_paths(a, &w);
    put_components(a, &w);
    jw_end_obj(&w);
}
