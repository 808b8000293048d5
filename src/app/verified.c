/* How the last verification that was kept went: .attest/verified.json. It is no evidence, since who could
 * change the history could change this too; it says when somebody looked, and what was seen. */
#include "app/app.h"

static const char *path_of(arena *a, const char *dir) { return str_fmt(a, "%s/verified.json", dir).p; }

enum { VERIFIED_MAX_BYTES = 4 << 20 };

static void put_tamper(json_writer *w, const tamper *t)
{
    jw_obj(w);
    jw_kstr(w, "kind", str_of(tamper_name(t->kind)));
    jw_kstr(w, "relation", t->relation);
    jw_kstr(w, "key", t->key);
    jw_kint(w, "version", t->version);
    jw_kint(w, "commit", t->seq);
    jw_kstr(w, "what", t->what);
    jw_end_obj(w);
}

err_t app_verified_keep(arena *a, const char *dir, const verified *v, fault *f)
{
    buf         b = buf_new(a, VERIFIED_MAX_BYTES);
    json_writer w = { .b = &b };
    jw_obj(&w);
    jw_kint(&w, "began_at", v->began_at);
    jw_kint(&w, "ended_at", v->ended_at);
    jw_kstr(&w, "why", v->why);
    jw_kint(&w, "faults", v->r.faults);
    jw_kint(&w, "commits", v->r.commits);
    jw_kint(&w, "versions", v->r.versions);
    jw_kint(&w, "tiles", v->r.tiles);
    jw_kint(&w, "erased", v->r.erased);
    jw_kint(&w, "entries", (int64_t)v->r.at.size);
    jw_kstr(&w, "origin", v->r.at.origin);
    jw_key(&w, "tampers");
    jw_arr(&w);
    for (size_t i = 0; i < v->n; i++)
        put_tamper(&w, &v->v[i]);
    jw_end_arr(&w);
    jw_end_obj(&w);
    buf_putc(&b, '\n');
    return file_replace(path_of(a, dir), buf_str(&b), 0644, f);
}

static int64_t number(const json_parts *o, const char *key)
{
    const json_part *p = json_at(o, key);
    return p && p->kind == JSON_INT ? p->i : 0;
}

static tamper read_tamper(const json_parts *o)
{
    tamper t = { .relation = json_text(o, "relation"), .key = json_text(o, "key"), .version = number(o, "version"), .seq = number(o, "commit"),
                 .what = json_text(o, "what") };
    for (tamper_kind k = TAMPER_ALTERED; k <= TAMPER_STORE; k++)
        if (str_eq(json_text(o, "kind"), str_of(tamper_name(k))))
            t.kind = k;
    return t;
}

err_t app_verified(arena *a, const char *dir, fault *f, verified *ret)
{
    json_parts o = { 0 }, list = { 0 }, one = { 0 };
    str        text = { 0 };
    TRY(file_read(a, path_of(a, dir), VERIFIED_MAX_BYTES, f, &text));
    if (!json_read_object(a, str_trim(text), &o))
        return fail(f, ERR_CORRUPT, "%s cannot be read; verify again", path_of(a, dir));
    verified v = { .began_at = number(&o, "began_at"), .ended_at = number(&o, "ended_at"), .why = json_text(&o, "why") };
    v.r = (verify_result){ .at = { .origin = json_text(&o, "origin"), .size = (uint64_t)number(&o, "entries") }, .faults = number(&o, "faults"),
                           .commits = number(&o, "commits"), .versions = number(&o, "versions"), .tiles = number(&o, "tiles"), .erased = number(&o, "erased") };
    const json_part *tampers = json_at(&o, "tampers");
    if (tampers && tampers->kind == JSON_ARR && json_read_array(a, tampers->raw, &list)) {
        v.v = NEW_ARRAY(a, tamper, list.n + 1);
        for (size_t i = 0; i < list.n; i++)
            if (json_read_object(a, list.v[i].raw, &one))
                v.v[v.n++] = read_tamper(&one);
    }
    *ret = v;
    return ERR_OK;
}
