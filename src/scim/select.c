/* Filters as text, sorting, and which attributes are wanted. */
#include "scim/parts.h"

/* ---- filters as text --------------------------------------------------------------------- */

static void path_text(const scim_path *p, buf *out)
{
    if (p->schema.n)
        buf_fmt(out, STR_FMT ":", STR_ARG(p->schema));
    buf_puts(out, p->attr);
    if (p->where) {
        buf_putc(out, '[');
        scim_filter_text(p->where, out);
        buf_putc(out, ']');
    }
    if (p->sub.n)
        buf_fmt(out, "." STR_FMT, STR_ARG(p->sub));
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the filter */
void scim_filter_text(const scim_filter *e, buf *out)
{
    static const char *const words[] = {
        [OP_AND] = " and ", [OP_OR] = " or ", [OP_NOT] = "not ", [OP_HAS] = "", [OP_PR] = " pr", [OP_EQ] = " eq ", [OP_NE] = " ne ",
        [OP_CO] = " co ", [OP_SW] = " sw ", [OP_EW] = " ew ", [OP_GT] = " gt ", [OP_GE] = " ge ", [OP_LT] = " lt ", [OP_LE] = " le ",
    };
    buf_putc(out, '(');
    if (e->op == OP_AND || e->op == OP_OR) {
        scim_filter_text(e->left, out);
        buf_putz(out, words[e->op]);
        scim_filter_text(e->right, out);
    } else if (e->op == OP_NOT) {
        buf_putz(out, words[e->op]);
        scim_filter_text(e->left, out);
    } else {
        path_text(&e->path, out);
        buf_putz(out, words[e->op]);
        if (e->op != OP_HAS && e->op != OP_PR)
            scim_json(&e->literal, out);
    }
    buf_putc(out, ')');
}

/* ---- sorting --------------------------------------------------------------------------------- */

typedef struct {
    scim_node       *resource;
    const scim_node *key;
    size_t           at;
    bool             exact, down;
} sort_row;

/* The first value, or the primary one. */
static const scim_node *key_of(const scim_node *resource, const scim_path *by)
{
    const scim_node *v = scim_get(scim_home(resource, by), by->attr), *best = NULL;
    if (v && v->kind == SCIM_ARR) {
        for (const scim_node *e = v->first; e; e = e->next) {
            const scim_node *primary = scim_get(e, S("primary"));
            bool             yes = false;
            if (!best || (primary && scim_truth(primary, &yes) && yes))
                best = e;
        }
        v = best;
    }
    if (v && v->kind == SCIM_OBJ)
        v = scim_get(v, by->sub.n ? by->sub : S("value"));
    return v && (v->kind == SCIM_STR || v->kind == SCIM_INT || v->kind == SCIM_BOOL) ? v : NULL;
}

static int order_of(const sort_row *x, const sort_row *y)
{
    if (!x->key || !y->key)
        return 0;
    if (x->key->kind != y->key->kind)
        return x->key->kind < y->key->kind ? -1 : 1;
    if (x->key->kind == SCIM_STR)
        return x->exact ? str_cmp(x->key->s, y->key->s) : word_cmp(x->key->s, y->key->s);
    return x->key->i < y->key->i ? -1 : x->key->i > y->key->i;
}

static int by_key(const void *a, const void *b)
{
    const sort_row *x = a, *y = b;
    int             c = !x->key != !y->key ? (x->key ? -1 : 1) : x->down ? order_of(y, x) : order_of(x, y);
    return c ? c : x->at < y->at ? -1 : x->at > y->at;
}

void scim_sort(scim_node **resources, size_t n, const scim_path *by, bool descending)
{
    auto_arena arena *a = arena_new(((size_t)1 << 16) + n * (sizeof(sort_row) + 16));
    sort_row         *rows = NEW_ARRAY(a, sort_row, n);
    const attribute  *row = scim_attribute(by->attr, by->sub);
    for (size_t i = 0; i < n; i++)
        rows[i] = (sort_row){ resources[i], key_of(resources[i], by), i, row && row->flags & ATTR_EXACT, descending };
    if (n)
        qsort(rows, n, sizeof *rows, by_key);
    for (size_t i = 0; i < n; i++)
        resources[i] = rows[i].resource;
}

/* ---- which attributes ---------------------------------------------------------------------------- */

enum { PATHS_MAX = 100 };

typedef struct {
    scim_path v[PATHS_MAX];
    size_t    n;
} path_list;

static err_t paths_read(arena *a, str text, scim_trouble *t, path_list *ret)
{
    while (text.p && text.n) {
        str word = str_trim(str_cut(&text, ','));
        if (!word.n)
            continue;
        if (ret->n == PATHS_MAX)
            return scim_refuse(t, SCIM_INVALID_PATH, "more than %d attributes are named", PATHS_MAX);
        TRY(scim_path_parse(a, word, t, &ret->v[ret->n++]));
    }
    return ERR_OK;
}

static bool names(const scim_path *p, str schema, str attr)
{
    return word_eq(p->schema, schema) && (!p->attr.n || word_eq(p->attr, attr));
}

static bool always(str attr) { return word_is(attr, "id") || word_is(attr, "schemas"); }

/* Of an object, or of each element of a list, the parts that are wanted. */
static scim_node *without_parts(arena *a, const scim_node *v, str schema, const path_list *list, bool wanted)
{
    scim_node *to = scim_new(a, v->kind);
    if (v->kind == SCIM_ARR) {
        for (const scim_node *e = v->first; e; e = e->next) {
            scim_node *element = scim_copy(a, e);
            element->key = v->key;
            scim_add(to, S(""), e->kind == SCIM_OBJ ? without_parts(a, element, schema, list, wanted) : element);
        }
        return to;
    }
    for (const scim_node *c = v->first; c; c = c->next) {
        bool named = false;
        for (size_t i = 0; i < list->n; i++)
            named |= list->v[i].sub.n && names(&list->v[i], schema, v->key) && word_eq(list->v[i].sub, c->key);
        if (named == wanted)
            scim_add(to, c->key, scim_copy(a, c));
    }
    return to;
}

static void project_level(arena *a, const scim_node *from, str schema, const path_list *list, bool wanted, scim_node *to)
{
    for (const scim_node *c = from->first; c; c = c->next) {
        bool whole = false, parts = false;
        for (size_t i = 0; i < list->n; i++)
            if (names(&list->v[i], schema, c->key)) {
                whole |= !list->v[i].sub.n;
                parts |= list->v[i].sub.n > 0;
            }
        bool holds = c->kind == SCIM_OBJ || c->kind == SCIM_ARR;
        bool kept = !schema.n && always(c->key);
        if (!kept && !schema.n && str_starts(c->key, S("urn:"))) {
            scim_node *inner = scim_new(a, SCIM_OBJ);
            project_level(a, c, c->key, list, wanted, inner);
            if (inner->n)
                scim_add(to, c->key, inner);
        } else if (!kept && !whole && parts && holds)
            scim_add(to, c->key, without_parts(a, c, schema, list, wanted));
        else if (kept || whole == wanted)
            scim_add(to, c->key, scim_copy(a, c));
    }
}

err_t scim_project(arena *a, const scim_node *resource, str attributes, str excluded, scim_trouble *t, scim_node **ret)
{
    path_list list = { 0 };
    bool      wanted = str_trim(attributes).n > 0;
    if (wanted && str_trim(excluded).n)
        return scim_refuse(t, SCIM_INVALID_VALUE, "attributes and excludedAttributes do not go together");
    TRY(paths_read(a, wanted ? attributes : excluded, t, &list));
    scim_node *to = scim_new(a, SCIM_OBJ);
    project_level(a, resource, S(""), &list, wanted, to);
    *ret = to;
    return ERR_OK;
}
