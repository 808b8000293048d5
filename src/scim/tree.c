/* Bodies as trees, and what is refused. */
#include "scim/parts.h"

static const struct { int status; const char *wire; } refusals[SCIM_REFUSAL_COUNT_] = {
#define X(name, status_, wire_) [SCIM_##name] = { status_, wire_ },
    SCIM_REFUSAL_TABLE(X)
#undef X
};

int         scim_status(scim_refusal kind) { return refusals[kind].status; }
const char *scim_wire(scim_refusal kind) { return refusals[kind].wire; }

err_t scim_refuse(scim_trouble *t, scim_refusal kind, const char *fmt, ...)
{
    char    text[512];
    err_t   code = kind == SCIM_UNIQUENESS ? ERR_CONFLICT : ERR_INVALID;
    va_list ap;
    if (t->f.code != ERR_OK)
        return code;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    t->kind = kind;
    (void)fail(&t->f, code, "%s", text);
    return code;
}

/* ---- words ------------------------------------------------------------------------------ */

static unsigned char lower(char c) { return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c); }

int word_cmp(str a, str b)
{
    for (size_t i = 0; i < a.n && i < b.n; i++)
        if (lower(a.p[i]) != lower(b.p[i]))
            return lower(a.p[i]) < lower(b.p[i]) ? -1 : 1;
    return a.n == b.n ? 0 : a.n < b.n ? -1 : 1;
}

bool word_eq(str a, str b) { return a.n == b.n && word_cmp(a, b) == 0; }
bool word_is(str s, const char *word) { return word_eq(s, str_of(word)); }

/* ---- building ----------------------------------------------------------------------------- */

scim_node *scim_new(arena *a, scim_kind kind)
{
    scim_node *v = NEW(a, scim_node);
    v->kind = kind;
    return v;
}

scim_node *scim_add(scim_node *parent, str key, scim_node *child)
{
    assert(parent->kind == SCIM_OBJ || parent->kind == SCIM_ARR);
    child->key = key;
    child->next = NULL;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    parent->n++;
    return child;
}

void scim_add_text(arena *a, scim_node *object, const char *key, str text)
{
    if (text.n)
        scim_add(object, str_of(key), scim_new(a, SCIM_STR))->s = text;
}

void scim_add_bool(arena *a, scim_node *object, const char *key, bool b) { scim_add(object, str_of(key), scim_new(a, SCIM_BOOL))->i = b; }
void scim_add_int(arena *a, scim_node *object, const char *key, int64_t i) { scim_add(object, str_of(key), scim_new(a, SCIM_INT))->i = i; }

scim_node *scim_object(arena *a, const char *schema)
{
    scim_node *v = scim_new(a, SCIM_OBJ), *list = scim_add(v, S("schemas"), scim_new(a, SCIM_ARR));
    scim_add(list, S(""), scim_new(a, SCIM_STR))->s = str_of(schema);
    return v;
}

scim_node *scim_copy(arena *a, const scim_node *v)
{
    scim_node *to = NEW(a, scim_node);
    *to = *v;
    to->first = to->last = to->next = NULL;
    to->n = 0;
    for (const scim_node *c = v->first; c; c = c->next)
        scim_add(to, c->key, scim_copy(a, c));
    return to;
}

scim_node *scim_get(const scim_node *object, str name)
{
    if (object && object->kind == SCIM_OBJ)
        for (scim_node *c = object->first; c; c = c->next)
            if (word_eq(c->key, name))
                return c;
    return NULL;
}

/* ---- reading ------------------------------------------------------------------------------ */

typedef struct {
    arena        *a;
    json_reader   r;
    size_t        nodes;
    scim_trouble *t;
} parser;

static err_t unsound(parser *p)
{
    return scim_refuse(p->t, SCIM_INVALID_SYNTAX, "the body is no sound JSON: %s, at byte %zu", p->r.error ? p->r.error : "something is missing", p->r.at);
}

static err_t parse_value(parser *p, json_token first, scim_node **ret);

static err_t parse_object(parser *p, scim_node *v)
{
    for (;;) {
        json_token token = json_next(&p->r);
        scim_node *child = NULL;
        if (token == JSON_OBJ_END)
            return ERR_OK;
        if (token != JSON_KEY)
            return unsound(p);
        str key = p->r.s;
        if (scim_get(v, key))
            return scim_refuse(p->t, SCIM_INVALID_SYNTAX, "\"" STR_FMT "\" is given twice", STR_ARG(utf8_cut(key, 80)));
        if (v->n >= SCIM_NAMES_MAX)
            return scim_refuse(p->t, SCIM_INVALID_SYNTAX, "an object has more than %d names", SCIM_NAMES_MAX);
        TRY(parse_value(p, json_next(&p->r), &child));
        assert(child);
        scim_add(v, key, child);
    }
}

static err_t parse_array(parser *p, scim_node *v)
{
    for (;;) {
        json_token token = json_next(&p->r);
        scim_node *child = NULL;
        if (token == JSON_ARR_END)
            return ERR_OK;
        TRY(parse_value(p, token, &child));
        assert(child);
        scim_add(v, S(""), child);
    }
}

/* NOLINTNEXTLINE(misc-no-recursion): the reader bounds the depth */
static err_t parse_value(parser *p, json_token first, scim_node **ret)
{
    static const struct { json_token token; scim_kind kind; int64_t i; } rows[] = {
        { JSON_OBJ, SCIM_OBJ, 0 }, { JSON_ARR, SCIM_ARR, 0 }, { JSON_STR, SCIM_STR, 0 }, { JSON_INT, SCIM_INT, 0 },
        { JSON_TRUE, SCIM_BOOL, 1 }, { JSON_FALSE, SCIM_BOOL, 0 }, { JSON_NULL, SCIM_NULL, 0 },
    };
    size_t k = 0;
    while (k < COUNT(rows) && rows[k].token != first)
        k++;
    if (k == COUNT(rows))
        return unsound(p);
    if (++p->nodes > SCIM_NODES_MAX)
        return scim_refuse(p->t, SCIM_TOO_MANY, "the body holds more than %d values", SCIM_NODES_MAX);
    scim_node *v = scim_new(p->a, rows[k].kind);
    v->i = first == JSON_INT ? p->r.i : rows[k].i;
    v->s = first == JSON_STR ? p->r.s : S("");
    if (first == JSON_NULL && p->r.in.p[p->r.at - 1] != 'l') {      /* a number with a fraction: nothing we keep; as its text */
        v->kind = SCIM_STR;
        v->s = p->r.s;
    }
    *ret = v;
    return first == JSON_OBJ ? parse_object(p, v) : first == JSON_ARR ? parse_array(p, v) : ERR_OK;
}

err_t scim_parse(arena *a, str json, scim_trouble *t, scim_node **ret)
{
    parser     p = { a, json_open(a, json), 0, t };
    scim_node *v = NULL;
    p.r.any_number = true;
    if (json.n > SCIM_BODY_MAX)
        return scim_refuse(t, SCIM_TOO_MANY, "the body is over %d bytes", SCIM_BODY_MAX);
    TRY(parse_value(&p, json_next(&p.r), &v));
    if (json_next(&p.r) != JSON_END)
        return unsound(&p);
    assert(v);
    if (v->kind != SCIM_OBJ)
        return scim_refuse(t, SCIM_INVALID_SYNTAX, "the body is no JSON object");
    *ret = v;
    return ERR_OK;
}

/* ---- writing -------------------------------------------------------------------------------- */

/* NOLINTNEXTLINE(misc-no-recursion): as deep as what was read or built */
void scim_json(const scim_node *v, buf *out)
{
    static const char open[] = { [SCIM_OBJ] = '{', [SCIM_ARR] = '[' }, close[] = { [SCIM_OBJ] = '}', [SCIM_ARR] = ']' };
    switch (v->kind) {
    case SCIM_NULL: buf_puts(out, S("null")); return;
    case SCIM_BOOL: buf_puts(out, v->i ? S("true") : S("false")); return;
    case SCIM_INT: buf_int(out, v->i); return;
    case SCIM_STR: json_str(out, v->s); return;
    case SCIM_OBJ:
    case SCIM_ARR: break;
    }
    buf_putc(out, open[v->kind]);
    for (const scim_node *c = v->first; c; c = c->next) {
        if (c != v->first)
            buf_putc(out, ',');
        if (v->kind == SCIM_OBJ) {
            json_str(out, c->key);
            buf_putc(out, ':');
        }
        scim_json(c, out);
    }
    buf_putc(out, close[v->kind]);
}

/* ---- values ---------------------------------------------------------------------------------- */

bool scim_truth(const scim_node *v, bool *ret)
{
    bool yes = v->kind == SCIM_BOOL ? v->i != 0 : v->kind == SCIM_STR && word_is(v->s, "true");
    if (v->kind != SCIM_BOOL && !yes && !(v->kind == SCIM_STR && word_is(v->s, "false")))
        return false;
    *ret = yes;
    return true;
}
