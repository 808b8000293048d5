/* The leaf of a commit: RFC 8785 JSON,
 *   {"action":"collect","actor":"source:host","at":1768478400000000,
 *    "changes":[{"closed":1,"closed_root":hex,"first":7,"opened":2,"opened_root":hex,"relation":"account"}],
 *    "erased":[{"id":3,"relation":"account"}],"reason":"","seq":12,"v":1}
 * A root stands only where its count is not 0, `erased` only where something
 * was. Roots are Merkle tree hashes over the commitments in the order of ids. */
#include "internal.h"

static void put_root(json_writer *w, arena *a, const char *key, const hash32 *root)
{
    jw_kstr(w, key, hex_of(a, root->b, sizeof root->b));
}

static void put_change(json_writer *w, arena *a, const leaf_change *ch)
{
    jw_obj(w);
    jw_kint(w, "closed", ch->closed);
    if (ch->closed)
        put_root(w, a, "closed_root", &ch->closed_root);
    jw_kint(w, "first", ch->first);
    jw_kint(w, "opened", ch->opened);
    if (ch->opened)
        put_root(w, a, "opened_root", &ch->opened_root);
    jw_kstr(w, "relation", ch->relation);
    jw_end_obj(w);
}

static str put_leaf(arena *a, const leaf *l)
{
    buf         b = buf_new(a, SIZE_MAX / 2);
    json_writer w = { &b, false };
    jw_obj(&w);
    jw_kstr(&w, "action", l->action);
    jw_kstr(&w, "actor", l->actor);
    jw_kint(&w, "at", l->at);
    jw_key(&w, "changes");
    jw_arr(&w);
    for (size_t i = 0; i < l->n_changes; i++)
        put_change(&w, a, &l->changes[i]);
    jw_end_arr(&w);
    if (l->n_erased) {
        jw_key(&w, "erased");
        jw_arr(&w);
        for (size_t i = 0; i < l->n_erased; i++) {
            jw_obj(&w);
            jw_kint(&w, "id", l->erased[i].id);
            jw_kstr(&w, "relation", l->erased[i].relation);
            jw_end_obj(&w);
        }
        jw_end_arr(&w);
    }
    jw_kstr(&w, "reason", l->reason);
    jw_kint(&w, "seq", l->seq);
    jw_kint(&w, "v", 1);
    jw_end_obj(&w);
    return buf_str(&b);
}

/* ---- from a commit --------------------------------------------------------------- */

static int by_id(const void *a, const void *b)
{
    int64_t x = ((const closed_version *)a)->id, y = ((const closed_version *)b)->id;
    return x < y ? -1 : x > y;
}

static int by_relation(const void *a, const void *b)
{
    return strcmp((*(change *const *)a)->r->name, (*(change *const *)b)->r->name);
}

static int by_relation_and_id(const void *a, const void *b)
{
    const leaf_erased *x = a, *y = b;
    int                c = str_cmp(x->relation, y->relation);
    return c ? c : x->id < y->id ? -1 : x->id > y->id;
}

static leaf_change change_summary(hasher *h, change *ch)
{
    leaf_change  out = { .relation = str_of(ch->r->name), .first = ch->opened ? ch->first : 0, .opened = ch->opened,
                         .closed = (int64_t)ch->closed.n };
    merkle_range closed = { 0 };
    if (ch->closed.n)
        qsort(ch->closed.v, ch->closed.n, sizeof *ch->closed.v, by_id);
    for (size_t i = 0; i < ch->closed.n; i++) {
        hash32 node = merkle_leaf(h, ch->closed.v[i].commitment.b, 32);
        merkle_add(h, &closed, &node);
    }
    out.opened_root = merkle_root(h, &ch->opened_range);
    out.closed_root = merkle_root(h, &closed);
    return out;
}

str leaf_text(arena *a, hasher *h, const commit *c)
{
    leaf l = { .seq = c->seq, .at = c->at, .actor = c->info.actor, .action = c->info.action, .reason = c->info.reason,
               .changes = NEW_ARRAY(a, leaf_change, c->changes.n + 1), .erased = c->erased.v, .n_erased = c->erased.n };
    if (c->changes.n)
        qsort(c->changes.v, c->changes.n, sizeof *c->changes.v, by_relation);
    if (c->erased.n)
        qsort(c->erased.v, c->erased.n, sizeof *c->erased.v, by_relation_and_id);
    for (size_t i = 0; i < c->changes.n; i++)
        if (c->changes.v[i]->opened || c->changes.v[i]->closed.n)
            l.changes[l.n_changes++] = change_summary(h, c->changes.v[i]);
    return put_leaf(a, &l);
}

/* ---- from bytes -------------------------------------------------------------------- */

static bool next_is(json_reader *r, json_token t) { return json_next(r) == t; }

static bool key_is(json_reader *r, const char *key)
{
    return next_is(r, JSON_KEY) && str_eq(r->s, str_of(key));
}

static bool read_str(json_reader *r, const char *key, str *ret)
{
    if (!key_is(r, key) || !next_is(r, JSON_STR))
        return false;
    *ret = r->s;
    return true;
}

static bool read_int(json_reader *r, const char *key, int64_t min, int64_t *ret)
{
    if (!key_is(r, key) || !next_is(r, JSON_INT) || r->i < min)
        return false;
    *ret = r->i;
    return true;
}

static bool read_root(json_reader *r, const char *key, hash32 *ret)
{
    str hex;
    return read_str(r, key, &hex) && hex_parse(hex, ret->b, sizeof ret->b);
}

/* After the object's opening brace. */
static bool read_change(json_reader *r, leaf_change *ch)
{
    *ch = (leaf_change){ 0 };
    return read_int(r, "closed", 0, &ch->closed) &&
           (ch->closed == 0 || read_root(r, "closed_root", &ch->closed_root)) &&
           read_int(r, "first", 0, &ch->first) && read_int(r, "opened", 0, &ch->opened) &&
           (ch->opened == 0 || read_root(r, "opened_root", &ch->opened_root)) &&
           read_str(r, "relation", &ch->relation) && next_is(r, JSON_OBJ_END) &&
           (ch->opened || ch->closed) && (ch->opened == 0) == (ch->first == 0) &&
           ch->first <= INT64_MAX - ch->opened;
}

static bool read_changes(arena *a, json_reader *r, leaf *l)
{
    DA(leaf_change) all = { 0 };
    json_token t;
    if (!key_is(r, "changes") || !next_is(r, JSON_ARR))
        return false;
    while ((t = json_next(r)) == JSON_OBJ) {
        leaf_change ch;
        if (!read_change(r, &ch) || (all.n && str_cmp(all.v[all.n - 1].relation, ch.relation) >= 0))
            return false;
        da_push(a, &all) = ch;
    }
    l->changes = all.v;
    l->n_changes = all.n;
    return t == JSON_ARR_END;
}

/* After the key "erased". */
static bool read_erased(arena *a, json_reader *r, leaf *l)
{
    DA(leaf_erased) all = { 0 };
    json_token t;
    if (!next_is(r, JSON_ARR))
        return false;
    while ((t = json_next(r)) == JSON_OBJ) {
        leaf_erased e;
        if (!read_int(r, "id", 1, &e.id) || !read_str(r, "relation", &e.relation) || !next_is(r, JSON_OBJ_END) ||
            (all.n && by_relation_and_id(&all.v[all.n - 1], &e) >= 0))
            return false;
        da_push(a, &all) = e;
    }
    l->erased = all.v;
    l->n_erased = all.n;
    return t == JSON_ARR_END && all.n;
}

static bool read_leaf(arena *a, json_reader *r, leaf *l)
{
    int64_t v;
    if (!next_is(r, JSON_OBJ) || !read_str(r, "action", &l->action) || !read_str(r, "actor", &l->actor) ||
        !read_int(r, "at", 1, &l->at) || !read_changes(a, r, l) || !next_is(r, JSON_KEY))
        return false;
    if (str_eq(r->s, S("erased")) && (!read_erased(a, r, l) || !next_is(r, JSON_KEY)))
        return false;
    if (!str_eq(r->s, S("reason")) || !next_is(r, JSON_STR))
        return false;
    l->reason = r->s;
    return read_int(r, "seq", 0, &l->seq) && read_int(r, "v", 1, &v) && v == 1 && next_is(r, JSON_OBJ_END) &&
           next_is(r, JSON_END) && (l->n_changes || l->n_erased);
}

err_t leaf_parse(arena *a, str bytes, fault *f, leaf *ret)
{
    leaf        l = { 0 };
    json_reader r = json_open(a, bytes);
    if (bytes.n > LEAF_MAX)
        return fail(f, ERR_INVALID, "a leaf is at most %d bytes; this has %zu", LEAF_MAX, bytes.n);
    if (!read_leaf(a, &r, &l))
        return fail(f, ERR_INVALID, "not a leaf, at byte %zu%s%s", r.at, r.error ? ": " : "", r.error ? r.error : "");
    /* One text for one meaning: whatever is not as we would write it is refused. */
    if (!str_eq(put_leaf(a, &l), bytes))
        return fail(f, ERR_INVALID, "a leaf that is not in canonical form");
    *ret = l;
    return ERR_OK;
}
