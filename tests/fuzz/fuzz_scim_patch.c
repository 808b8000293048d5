/* Any message is applied or refused, never by half: the resource stays as it was, and what comes of it can be read again. */
#include "scim/scim.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const char resource[] = "{\"id\":\"ann\",\"userName\":\"ann\",\"active\":true,\"emails\":[{\"type\":\"work\",\"value\":\"a@b\"}],\"name\":{\"familyName\":\"L\"},"
                               "\"members\":[{\"value\":\"a\"},{\"value\":\"b\"}]}";

static str written(arena *a, const scim_node *v)
{
    buf out = buf_new(a, 64 << 20);
    scim_json(v, &out);
    return buf_str(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new((size_t)512 << 20);
    scim_trouble      t = { 0 };
    scim_node        *v, *message, *after;
    if (scim_parse(a, str_of(resource), &t, &v) != ERR_OK || scim_parse(a, (str){ (const char *)data, n }, &t, &message) != ERR_OK)
        return 0;
    str   before = written(a, v);
    err_t e = scim_patch(a, v, message, &t, &after);
    if (!str_eq(written(a, v), before) || (e != ERR_OK && (!t.f.text[0] || t.kind == SCIM_NONE)))
        abort();
    if (e != ERR_OK)
        return 0;
    scim_trouble none = { 0 };
    scim_user    u;
    scim_node   *again;
    str          json = written(a, after);
    if (json.n < SCIM_BODY_MAX / 2 && scim_parse(a, json, &none, &again) == ERR_OK && !str_eq(written(a, again), json))
        abort();
    if (scim_user_read(a, after, &t, &u) == ERR_OK && u.active == SCIM_ACTIVE_UNSAID)
        abort();                         /* it was said before, and cannot be unsaid */
    return 0;
}
