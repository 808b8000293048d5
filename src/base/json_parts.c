/* Small documents whole: the parts of an object or an array. */
#include "base/base.h"

/* The value that ends at r->at; what stands before it since `from` is blanks and a comma. */
static str raw_since(const json_reader *r, size_t from)
{
    while (from < r->at && memchr(" \t\n\r,", r->in.p[from], 5))
        from++;
    return str_sub(r->in, from, r->at);
}

static bool read_parts(arena *a, str in, json_token whole, json_parts *ret)
{
    bool          object = whole == JSON_OBJ;
    json_reader   r = json_open(a, in);
    map           seen = map_new(a);
    DA(json_part) parts = { 0 };
    r.any_number = true;
    if (json_next(&r) != whole)
        return false;
    for (;;) {
        json_part part = { 0 };
        size_t    from = r.at;
        part.kind = json_next(&r);
        if (part.kind == (object ? JSON_OBJ_END : JSON_ARR_END))
            break;
        if (object) {
            part.key = r.s;
            if (part.kind != JSON_KEY || map_get(&seen, part.key))
                return false;
            *map_put(&seen, part.key) = a;
            from = r.at;
            part.kind = json_next(&r);
        }
        part.s = part.kind == JSON_STR ? r.s : (str){ 0 };
        part.i = part.kind == JSON_INT ? r.i : 0;
        if (!json_skip(&r, part.kind) || parts.n >= JSON_PARTS_MAX)
            return false;
        part.raw = raw_since(&r, from);
        da_push(a, &parts) = part;
    }
    if (json_next(&r) != JSON_END)
        return false;
    *ret = (json_parts){ parts.v, parts.n };
    return true;
}

bool json_read_object(arena *a, str in, json_parts *ret) { return read_parts(a, in, JSON_OBJ, ret); }
bool json_read_array(arena *a, str in, json_parts *ret) { return read_parts(a, in, JSON_ARR, ret); }

const json_part *json_at(const json_parts *o, const char *key)
{
    for (size_t i = 0; i < o->n; i++)
        if (str_eq(o->v[i].key, str_of(key)))
            return &o->v[i];
    return NULL;
}

str json_text(const json_parts *o, const char *key)
{
    const json_part *part = json_at(o, key);
    return part && part->kind == JSON_STR ? part->s : (str){ 0 };
}
