/* Answers: lists, faults, and what the server can do. */
#include "scim/parts.h"

static void begin(json_writer *w, const char *schema)
{
    jw_obj(w);
    jw_key(w, "schemas");
    jw_arr(w);
    jw_str(w, str_of(schema));
    jw_end_arr(w);
}

static void list_begin(json_writer *w, int64_t total, int64_t start_index, size_t n)
{
    begin(w, "urn:ietf:params:scim:api:messages:2.0:ListResponse");
    jw_kint(w, "totalResults", total);
    jw_kint(w, "startIndex", start_index);
    jw_kint(w, "itemsPerPage", (int64_t)n);
    jw_key(w, "Resources");
    jw_arr(w);
}

void scim_list_json(arena *a, scim_node *const *resources, size_t n, int64_t total, int64_t start_index, buf *out)
{
    json_writer w = { .b = out };
    (void)a;
    list_begin(&w, total, start_index, n);
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_putc(out, ',');
        scim_json(resources[i], out);
    }
    jw_end_arr(&w);
    jw_end_obj(&w);
}

void scim_error_json(arena *a, int status, const char *wire, str detail, buf *out)
{
    json_writer w = { .b = out };
    begin(&w, "urn:ietf:params:scim:api:messages:2.0:Error");
    jw_kstr(&w, "status", str_fmt(a, "%d", status));
    if (wire[0])
        jw_kstr(&w, "scimType", str_of(wire));
    jw_kstr(&w, "detail", detail);
    jw_end_obj(&w);
}

/* ---- discovery (RFC 7643, 5 to 7) ----------------------------------------------------------- */

static void put_meta(json_writer *w, arena *a, const char *type, str base, const char *path, const char *id)
{
    jw_key(w, "meta");
    jw_obj(w);
    jw_kstr(w, "resourceType", str_of(type));
    jw_kstr(w, "location", str_fmt(a, STR_FMT "/%s%s%s", STR_ARG(base), path, id[0] ? "/" : "", id));
    jw_end_obj(w);
}

static void put_config(json_writer *w, arena *a, str base)
{
    static const struct { const char *name; bool supported; } features[] = {
        { "patch", true }, { "changePassword", false }, { "sort", true }, { "etag", true },
    };
    begin(w, "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig");
    for (size_t i = 0; i < COUNT(features); i++) {
        jw_key(w, features[i].name);
        jw_obj(w);
        jw_kbool(w, "supported", features[i].supported);
        jw_end_obj(w);
    }
    jw_key(w, "bulk");
    jw_obj(w);
    jw_kbool(w, "supported", false);
    jw_kint(w, "maxOperations", 0);
    jw_kint(w, "maxPayloadSize", 0);
    jw_end_obj(w);
    jw_key(w, "filter");
    jw_obj(w);
    jw_kbool(w, "supported", true);
    jw_kint(w, "maxResults", SCIM_PAGE_MAX);
    jw_end_obj(w);
    jw_key(w, "authenticationSchemes");
    jw_arr(w);
    jw_obj(w);
    jw_kstr(w, "type", S("oauthbearertoken"));
    jw_kstr(w, "name", S("Bearer token"));
    jw_kstr(w, "description", S("A token of Attest with the scope scim, in the header Authorization: Bearer."));
    jw_kbool(w, "primary", true);
    jw_end_obj(w);
    jw_end_arr(w);
    put_meta(w, a, "ServiceProviderConfig", base, "ServiceProviderConfig", "");
    jw_end_obj(w);
}

typedef struct {
    const char *id, *endpoint, *schema, *extension, *doc;
} resource_type;

static const resource_type types[] = {
    { "User", "/Users", SCIM_USER, SCIM_ENTERPRISE, "A person of the organisation." },
    { "Group", "/Groups", SCIM_GROUP, NULL, "People who belong together at the identity provider." },
};

static void put_type(json_writer *w, arena *a, str base, size_t k)
{
    const resource_type *type = &types[k];
    begin(w, "urn:ietf:params:scim:schemas:core:2.0:ResourceType");
    jw_kstr(w, "id", str_of(type->id));
    jw_kstr(w, "name", str_of(type->id));
    jw_kstr(w, "endpoint", str_of(type->endpoint));
    jw_kstr(w, "description", str_of(type->doc));
    jw_kstr(w, "schema", str_of(type->schema));
    if (type->extension) {
        jw_key(w, "schemaExtensions");
        jw_arr(w);
        jw_obj(w);
        jw_kstr(w, "schema", str_of(type->extension));
        jw_kbool(w, "required", false);
        jw_end_obj(w);
        jw_end_arr(w);
    }
    put_meta(w, a, "ResourceType", base, "ResourceTypes", type->id);
    jw_end_obj(w);
}

static const struct { const char *id, *name, *doc; } schemas[] = {
    { SCIM_USER, "User", "A person of the organisation." },
    { SCIM_GROUP, "Group", "People who belong together at the identity provider." },
    { SCIM_ENTERPRISE, "EnterpriseUser", "Where a person stands in the organisation." },
};

static void put_attribute(json_writer *w, const attribute *at, const char *name)
{
    static const char *const kinds[] = { [TYPE_STRING] = "string", [TYPE_BOOLEAN] = "boolean", [TYPE_DATE] = "dateTime",
                                         [TYPE_REFERENCE] = "reference", [TYPE_COMPLEX] = "complex" };
    jw_kstr(w, "name", str_of(name));
    jw_kstr(w, "type", str_of(kinds[at->type]));
    jw_kbool(w, "multiValued", at->flags & ATTR_MANY);
    jw_kstr(w, "description", str_of(at->doc));
    jw_kbool(w, "required", at->flags & ATTR_REQUIRED);
    jw_kbool(w, "caseExact", at->flags & ATTR_EXACT);
    jw_kstr(w, "mutability", at->flags & ATTR_FIXED ? S("readOnly") : S("readWrite"));
    jw_kstr(w, "returned", S("default"));
    jw_kstr(w, "uniqueness", at->flags & ATTR_UNIQUE ? S("server") : S("none"));
}

static bool part_of(const attribute *part, const attribute *whole)
{
    size_t n = strlen(whole->name);
    return part->schema && strcmp(part->schema, whole->schema) == 0 && strlen(part->name) > n && memcmp(part->name, whole->name, n) == 0 && part->name[n] == '.';
}

static void put_parts(json_writer *w, const attribute *whole)
{
    jw_key(w, "subAttributes");
    jw_arr(w);
    for (size_t i = 0; i < scim_n_attributes; i++)
        if (part_of(&scim_attributes[i], whole)) {
            jw_obj(w);
            put_attribute(w, &scim_attributes[i], scim_attributes[i].name + strlen(whole->name) + 1);
            jw_end_obj(w);
        }
    jw_end_arr(w);
}

static void put_schema(json_writer *w, arena *a, str base, size_t k)
{
    begin(w, "urn:ietf:params:scim:schemas:core:2.0:Schema");
    jw_kstr(w, "id", str_of(schemas[k].id));
    jw_kstr(w, "name", str_of(schemas[k].name));
    jw_kstr(w, "description", str_of(schemas[k].doc));
    jw_key(w, "attributes");
    jw_arr(w);
    for (size_t i = 0; i < scim_n_attributes; i++) {
        const attribute *at = &scim_attributes[i];
        if (!at->schema || strcmp(at->schema, schemas[k].id) != 0 || strchr(at->name, '.'))
            continue;
        jw_obj(w);
        put_attribute(w, at, at->name);
        if (at->type == TYPE_COMPLEX)
            put_parts(w, at);
        jw_end_obj(w);
    }
    jw_end_arr(w);
    put_meta(w, a, "Schema", base, "Schemas", schemas[k].id);
    jw_end_obj(w);
}

bool scim_discovery_json(arena *a, scim_discovery what, str base, str id, buf *out)
{
    void (*const put)(json_writer *w, arena *a, str base, size_t k) = what == SCIM_TYPES ? put_type : put_schema;
    size_t      n = what == SCIM_TYPES ? COUNT(types) : COUNT(schemas);
    json_writer w = { .b = out };
    if (what == SCIM_CONFIG) {
        if (!id.n)
            put_config(&w, a, base);
        return !id.n;
    }
    if (!id.n)
        list_begin(&w, (int64_t)n, 1, n);
    for (size_t i = 0; i < n; i++) {
        bool it = word_is(id, what == SCIM_TYPES ? types[i].id : schemas[i].id);
        if (!id.n || it)
            put(&w, a, base, i);
        if (it)
            return true;
    }
    if (id.n)
        return false;
    jw_end_arr(&w);
    jw_end_obj(&w);
    return true;
}
