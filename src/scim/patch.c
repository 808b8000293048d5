/* PATCH: operations on a copy of the resource. */
#include "scim/parts.h"

typedef enum { DO_ADD, DO_REPLACE, DO_REMOVE } patch_op;

typedef struct {
    arena        *a;
    scim_trouble *t;
    patch_op      op;
    bool          told;       /* the operation has a path of its own */
} patcher;

/* ---- the tree ------------------------------------------------------------------------------ */

static void become(arena *a, scim_node *v, const scim_node *from)
{
    scim_node *copy = scim_copy(a, from);
    copy->key = v->key;
    copy->next = v->next;
    *v = *copy;
}

static void set(arena *a, scim_node *object, str key, const scim_node *from)
{
    scim_node *v = scim_get(object, key);
    if (v)
        become(a, v, from);
    else
        scim_add(object, key, scim_copy(a, from));
}

static void merge(arena *a, scim_node *object, const scim_node *from)
{
    for (const scim_node *c = from->first; c; c = c->next)
        set(a, object, c->key, c);
}

/* Keeps the children for which `keep` says so. */
static void sift(scim_node *parent, bool (*keep)(const void *arg, const scim_node *c), const void *arg)
{
    scim_node *c = parent->first;
    parent->first = parent->last = NULL;
    parent->n = 0;
    while (c) {
        scim_node *next = c->next;
        if (keep(arg, c))
            scim_add(parent, c->key, c);
        c = next;
    }
}

static bool is_other(const void *arg, const scim_node *c) { return c != arg; }
static bool fits_not(const void *arg, const scim_node *c) { return !scim_matches(arg, c); }

static void drop(scim_node *object, str key)
{
    const scim_node *v = scim_get(object, key);
    if (v)
        sift(object, is_other, v);
}

/* What an element of a list is known by: its value, or all it holds. */
static str name_of(arena *a, const scim_node *e)
{
    const scim_node *v = e->kind == SCIM_OBJ ? scim_get(e, S("value")) : e;
    buf              out = buf_new(a, 2 * SCIM_BODY_MAX);
    if (v && v->kind == SCIM_STR)
        return v->s;
    scim_json(e, &out);
    return buf_str(&out);
}

static map names_of(arena *a, const scim_node *list)
{
    map m = map_new(a);
    for (const scim_node *e = list->first; e; e = e->next)
        *map_put(&m, name_of(a, e)) = (void *)(uintptr_t)e;
    return m;
}

/* A value or a list of values, as a list; null is an empty one. */
static const scim_node *as_list(arena *a, const scim_node *v)
{
    if (v->kind == SCIM_ARR)
        return v;
    scim_node *list = scim_new(a, SCIM_ARR);
    if (v->kind != SCIM_NULL)
        scim_add(list, S(""), scim_copy(a, v));
    return list;
}

static void append_new(arena *a, scim_node *list, const scim_node *values)
{
    map have = names_of(a, list);
    for (const scim_node *e = values->first; e; e = e->next) {
        str        name = name_of(a, e);
        scim_node *old = map_get(&have, name);
        if (old && old->kind == SCIM_OBJ && e->kind == SCIM_OBJ)
            merge(a, old, e);
        else if (!old)
            *map_put(&have, name) = scim_add(list, S(""), scim_copy(a, e));
    }
}

typedef struct {
    arena *a;
    map    names;
} name_set;

static bool is_not_named(const void *arg, const scim_node *c)
{
    const name_set *set_ = arg;
    return !map_get(&set_->names, name_of(set_->a, c));
}

/* ---- one target ------------------------------------------------------------------------------ */

static err_t whole_attribute(patcher *p, scim_node *home, str attr, const scim_node *v)
{
    scim_node *target = scim_get(home, attr);
    bool       list = (target && target->kind == SCIM_ARR) || scim_is_list(attr);
    if (p->op == DO_REMOVE) {
        if (list && target && v && v->kind != SCIM_NULL) {
            const name_set named = { p->a, names_of(p->a, as_list(p->a, v)) };
            sift(target, is_not_named, &named);
        } else
            drop(home, attr);
        return ERR_OK;
    }
    if (list && !(target && target->kind == SCIM_ARR)) {
        drop(home, attr);
        target = scim_add(home, attr, scim_new(p->a, SCIM_ARR));
    }
    if (list && p->op == DO_REPLACE)
        become(p->a, target, as_list(p->a, v));
    else if (list)
        append_new(p->a, target, as_list(p->a, v));
    else if (target && target->kind == SCIM_OBJ && v->kind == SCIM_OBJ)
        merge(p->a, target, v);
    else
        set(p->a, home, attr, v);
    return ERR_OK;
}

static err_t part_of_attribute(patcher *p, scim_node *home, const scim_path *at, const scim_node *v)
{
    scim_node *target = scim_get(home, at->attr);
    if (target && target->kind != SCIM_OBJ && target->kind != SCIM_ARR && target->kind != SCIM_NULL)
        return scim_refuse(p->t, SCIM_INVALID_PATH, STR_FMT " has no parts", STR_ARG(at->attr));
    if (p->op == DO_REMOVE) {
        for (scim_node *e = target && target->kind == SCIM_ARR ? target->first : NULL; e; e = e->next)
            drop(e, at->sub);
        if (target && target->kind == SCIM_OBJ)
            drop(target, at->sub);
        return ERR_OK;
    }
    if (!target || target->kind == SCIM_NULL) {
        drop(home, at->attr);
        target = scim_add(home, at->attr, scim_new(p->a, scim_is_list(at->attr) ? SCIM_ARR : SCIM_OBJ));
    }
    if (target->kind == SCIM_OBJ) {
        set(p->a, target, at->sub, v);
        return ERR_OK;
    }
    if (!target->n)
        scim_add(target, S(""), scim_new(p->a, SCIM_OBJ));
    for (scim_node *e = target->first; e; e = e->next)
        if (e->kind == SCIM_OBJ)
            set(p->a, e, at->sub, v);
    return ERR_OK;
}

/* The element that would fit: from type eq "work" and primary eq true. */
static bool element_of(arena *a, const scim_filter *where, scim_node *into)
{
    if (where->op == OP_AND)
        return element_of(a, where->left, into) && element_of(a, where->right, into);
    if (where->op != OP_EQ || where->path.sub.n || where->path.schema.n || where->literal.kind == SCIM_NULL)
        return false;
    set(a, into, where->path.attr, &where->literal);
    return true;
}

static err_t change_element(patcher *p, scim_node *e, const scim_path *at, const scim_node *v)
{
    if (at->sub.n && e->kind == SCIM_OBJ)
        set(p->a, e, at->sub, v);
    else if (!at->sub.n && e->kind == SCIM_OBJ && v->kind == SCIM_OBJ)
        merge(p->a, e, v);
    else
        return scim_refuse(p->t, SCIM_INVALID_VALUE, "the value does not fit " STR_FMT, STR_ARG(at->attr));
    return ERR_OK;
}

static err_t add_element(patcher *p, scim_node *home, const scim_path *at, const scim_node *v)
{
    scim_node *target = scim_get(home, at->attr), *fresh = scim_new(p->a, SCIM_OBJ);
    bool       takes = !target || target->kind == SCIM_ARR;
    if (!takes || word_is(at->attr, "members") || !element_of(p->a, at->where, fresh))
        return scim_refuse(p->t, SCIM_NO_TARGET, "nothing fits the brackets after " STR_FMT, STR_ARG(at->attr));
    TRY(change_element(p, fresh, at, v));
    if (!target)
        target = scim_add(home, at->attr, scim_new(p->a, SCIM_ARR));
    scim_add(target, S(""), fresh);
    return ERR_OK;
}

static err_t remove_elements(scim_node *home, const scim_path *at)
{
    scim_node *target = scim_get(home, at->attr);
    bool       list = target && target->kind == SCIM_ARR;
    if (list && !at->sub.n)
        sift(target, fits_not, at->where);
    else if (target && !list && !at->sub.n && scim_matches(at->where, target))
        drop(home, at->attr);
    for (scim_node *e = list ? target->first : target; e && at->sub.n; e = list ? e->next : NULL)
        if (e->kind == SCIM_OBJ && scim_matches(at->where, e))
            drop(e, at->sub);
    return ERR_OK;
}

static err_t some_elements(patcher *p, scim_node *home, const scim_path *at, const scim_node *v)
{
    scim_node *target = scim_get(home, at->attr);
    bool       found = false, list = target && target->kind == SCIM_ARR;
    if (p->op == DO_REMOVE)
        return remove_elements(home, at);
    for (scim_node *e = list ? target->first : target; e; e = list ? e->next : NULL)
        if (scim_matches(at->where, e)) {
            found = true;
            TRY(change_element(p, e, at, v));
        }
    return found ? ERR_OK : add_element(p, home, at, v);
}

/* ---- one operation ----------------------------------------------------------------------------- */

/* Whether this may be changed at all; *ret_skip: what a provider repeats of the resource without a path. */
static err_t may_change(patcher *p, const scim_path *at, bool *ret_skip)
{
    const attribute *row = at->schema.n ? NULL : scim_attribute(at->attr, S(""));
    *ret_skip = false;
    if (p->op == DO_REMOVE && word_is(at->attr, "active") && !at->schema.n)
        return scim_refuse(p->t, SCIM_MUTABILITY, "active is set to true or false, and cannot be removed");
    if (!row || !(row->flags & ATTR_FIXED))
        return ERR_OK;
    *ret_skip = !p->told;
    return p->told ? scim_refuse(p->t, SCIM_MUTABILITY, STR_FMT " cannot be changed", STR_ARG(at->attr)) : ERR_OK;
}

static err_t apply_object(patcher *p, scim_node *resource, str schema, const scim_node *v);

static err_t apply_at(patcher *p, scim_node *resource, const scim_path *at, const scim_node *v)
{
    bool skip;
    TRY(may_change(p, at, &skip));
    if (skip)
        return ERR_OK;
    if (!at->attr.n && p->op == DO_REMOVE) {
        if (!at->schema.n)
            return scim_refuse(p->t, SCIM_NO_TARGET, "a resource is deleted, not removed from itself");
        drop(resource, at->schema);
        return ERR_OK;
    }
    if (!at->attr.n)
        return apply_object(p, resource, at->schema, v);
    scim_node *home = at->schema.n ? scim_get(resource, at->schema) : resource;
    if (!home && p->op == DO_REMOVE)
        return ERR_OK;
    if (!home)
        home = scim_add(resource, at->schema, scim_new(p->a, SCIM_OBJ));
    if (home->kind != SCIM_OBJ)
        return scim_refuse(p->t, SCIM_INVALID_PATH, STR_FMT " is no object", STR_ARG(utf8_cut(at->schema, 100)));
    return at->where ? some_elements(p, home, at, v) : at->sub.n ? part_of_attribute(p, home, at, v) : whole_attribute(p, home, at->attr, v);
}

/* Each name of the value is a path of its own: "active", "name.givenName", "urn:...:User:department". */
static err_t apply_object(patcher *p, scim_node *resource, str schema, const scim_node *v)
{
    if (v->kind != SCIM_OBJ)
        return scim_refuse(p->t, SCIM_INVALID_VALUE, "an operation without the path of an attribute has an object as its value");
    for (const scim_node *c = v->first; c; c = c->next) {
        scim_path at;
        TRY(scim_path_parse(p->a, c->key, p->t, &at));
        if (schema.n && !at.schema.n)
            at.schema = schema;
        TRY(apply_at(p, resource, &at, c));
    }
    return ERR_OK;
}

static err_t op_of(patcher *p, const scim_node *v)
{
    static const char *const names[] = { [DO_ADD] = "add", [DO_REPLACE] = "replace", [DO_REMOVE] = "remove" };
    for (size_t i = 0; v && v->kind == SCIM_STR && i < COUNT(names); i++)
        if (word_is(v->s, names[i])) {
            p->op = (patch_op)i;
            return ERR_OK;
        }
    return scim_refuse(p->t, SCIM_INVALID_SYNTAX, "an operation is add, replace or remove");
}

static err_t apply_operation(patcher *p, scim_node *resource, const scim_node *operation)
{
    scim_path        at = { 0 };
    const scim_node *path, *v;
    if (operation->kind != SCIM_OBJ)
        return scim_refuse(p->t, SCIM_INVALID_SYNTAX, "an operation is an object");
    TRY(op_of(p, scim_get(operation, S("op"))));
    path = scim_get(operation, S("path"));
    v = scim_get(operation, S("value"));
    if (path && path->kind != SCIM_STR && path->kind != SCIM_NULL)
        return scim_refuse(p->t, SCIM_INVALID_PATH, "a path is text");
    p->told = path && path->kind == SCIM_STR && str_trim(path->s).n;
    if (p->op == DO_REMOVE && !p->told)
        return scim_refuse(p->t, SCIM_NO_TARGET, "remove needs a path");
    if (p->op != DO_REMOVE && !v)
        return scim_refuse(p->t, SCIM_INVALID_VALUE, "the operation has no value");
    if (!p->told)
        return apply_object(p, resource, S(""), v);
    TRY(scim_path_parse(p->a, path->s, p->t, &at));
    return apply_at(p, resource, &at, v);
}

static bool is_patch_message(const scim_node *message)
{
    const scim_node *list = scim_get(message, S("schemas"));
    for (const scim_node *e = list && list->kind == SCIM_ARR ? list->first : NULL; e; e = e->next)
        if (e->kind == SCIM_STR && word_is(e->s, "urn:ietf:params:scim:api:messages:2.0:PatchOp"))
            return true;
    return !list;
}

err_t scim_patch(arena *a, const scim_node *resource, const scim_node *message, scim_trouble *t, scim_node **ret)
{
    patcher          p = { .a = a, .t = t };
    scim_node       *copy = scim_copy(a, resource);
    const scim_node *list = scim_get(message, S("Operations"));
    if (!is_patch_message(message))
        return scim_refuse(t, SCIM_INVALID_SYNTAX, "the body is no PatchOp message");
    if (!list || list->kind != SCIM_ARR || !list->n)
        return scim_refuse(t, SCIM_INVALID_SYNTAX, "Operations is missing or empty");
    if (list->n > SCIM_OPERATIONS_MAX)
        return scim_refuse(t, SCIM_TOO_MANY, "more than %d operations", SCIM_OPERATIONS_MAX);
    for (const scim_node *operation = list->first; operation; operation = operation->next)
        TRY(apply_operation(&p, copy, operation));
    *ret = copy;
    return ERR_OK;
}
