/* Filters: reading them and asking them. */
#include "scim/parts.h"

static const struct { const char *word; filter_op op; bool ordered, text; } operators[] = {
    { "eq", OP_EQ, false, false }, { "ne", OP_NE, false, false }, { "co", OP_CO, false, true }, { "sw", OP_SW, false, true },
    { "ew", OP_EW, false, true },  { "gt", OP_GT, true, false },  { "ge", OP_GE, true, false }, { "lt", OP_LT, true, false },
    { "le", OP_LE, true, false },
};

/* ---- reading --------------------------------------------------------------------------- */

static err_t read_or(scim_lexer *lx, const scim_filter **ret);

static void blanks(scim_lexer *lx)
{
    while (lx->at < lx->in.n && lx->in.p[lx->at] == ' ')
        lx->at++;
}

static bool at_char(const scim_lexer *lx, char c) { return lx->at < lx->in.n && lx->in.p[lx->at] == c; }

/* The word at hand, without taking it. */
static str look(const scim_lexer *lx)
{
    size_t to = lx->at;
    while (to < lx->in.n && !strchr(" ()[]\"", lx->in.p[to]))
        to++;
    return str_sub(lx->in, lx->at, to);
}

static bool take(scim_lexer *lx, const char *word)
{
    str have = look(lx);
    if (!word_is(have, word))
        return false;
    lx->at += have.n;
    return true;
}

/* NULL: there are too many already. */
static scim_filter *node_new(scim_lexer *lx, filter_op op)
{
    if (++lx->nodes > SCIM_FILTER_NODES)
        return NULL;
    scim_filter *e = NEW(lx->a, scim_filter);
    e->op = op;
    return e;
}

static err_t too_many(scim_lexer *lx) { return scim_lexer_fault(lx, "the filter has too many parts"); }

static err_t read_string(scim_lexer *lx, scim_node *ret)
{
    size_t end = lx->at + 1;
    while (end < lx->in.n && lx->in.p[end] != '"')
        end += lx->in.p[end] == '\\' ? 2 : 1;
    json_reader r = json_open(lx->a, str_sub(lx->in, lx->at, end + 1));
    bool        text = json_next(&r) == JSON_STR;
    if (!text || json_next(&r) != JSON_END)
        return scim_lexer_fault(lx, "the text in quotes is not sound");
    *ret = (scim_node){ .kind = SCIM_STR, .s = r.s };
    lx->at = end + 1;
    return ERR_OK;
}

static err_t read_literal(scim_lexer *lx, scim_node *ret)
{
    if (at_char(lx, '"'))
        return read_string(lx, ret);
    str     word = look(lx);
    int64_t i = 0;
    if (word_is(word, "true") || word_is(word, "false"))
        *ret = (scim_node){ .kind = SCIM_BOOL, .i = word_is(word, "true") };
    else if (word_is(word, "null"))
        *ret = (scim_node){ .kind = SCIM_NULL };
    else if (parse_int(word, INT64_MIN, INT64_MAX, &i))
        *ret = (scim_node){ .kind = SCIM_INT, .i = i };
    else
        return scim_lexer_fault(lx, "a value belongs here: text in quotes, a whole number, true, false or null");
    lx->at += word.n;
    return ERR_OK;
}

/* How values at this path are compared. */
static void compare_as(scim_filter *e, str within)
{
    const attribute *row = within.n ? scim_attribute(within, e->path.attr) : scim_attribute(e->path.attr, e->path.sub);
    if (row && row->type == TYPE_COMPLEX)
        row = scim_attribute(e->path.attr, S("value"));
    e->exact = row && row->flags & ATTR_EXACT;
    e->date = row && row->type == TYPE_DATE;
}

static err_t read_comparison(scim_lexer *lx, scim_filter *e)
{
    if (take(lx, "pr")) {
        e->op = OP_PR;
        return ERR_OK;
    }
    size_t k = 0;
    while (k < COUNT(operators) && !take(lx, operators[k].word))
        k++;
    if (k == COUNT(operators))
        return scim_lexer_fault(lx, "an operator belongs here: eq ne co sw ew gt ge lt le pr");
    e->op = operators[k].op;
    blanks(lx);
    TRY(read_literal(lx, &e->literal));
    if (operators[k].text && e->literal.kind != SCIM_STR)
        return scim_lexer_fault(lx, "co, sw and ew compare text");
    if (operators[k].ordered && e->literal.kind != SCIM_STR && e->literal.kind != SCIM_INT)
        return scim_lexer_fault(lx, "gt, ge, lt and le compare text, dates and numbers");
    return ERR_OK;
}

static err_t read_attribute(scim_lexer *lx, const scim_filter **ret)
{
    scim_filter *e = node_new(lx, OP_HAS);
    if (!e)
        return too_many(lx);
    TRY(scim_path_read(lx, &e->path));
    *ret = e;
    if (!e->path.attr.n)
        return scim_lexer_fault(lx, "the name of an attribute belongs here");
    bool spaced = at_char(lx, ' ');
    blanks(lx);
    str next = look(lx);
    bool alone = !next.n || word_is(next, "and") || word_is(next, "or");
    if (e->path.where && !e->path.sub.n && alone)
        return ERR_OK;
    if (!spaced)
        return scim_lexer_fault(lx, "a blank and an operator belong here");
    compare_as(e, lx->within);
    return read_comparison(lx, e);
}

static err_t read_group(scim_lexer *lx, const scim_filter **ret)
{
    if (++lx->depth > SCIM_FILTER_DEPTH)
        return scim_lexer_fault(lx, "the brackets are nested too deeply");
    lx->at++;
    TRY(read_or(lx, ret));
    if (!at_char(lx, ')'))
        return scim_lexer_fault(lx, "a closing bracket ) belongs here");
    lx->at++;
    lx->depth--;
    return ERR_OK;
}

static err_t read_unary(scim_lexer *lx, const scim_filter **ret)
{
    size_t start;
    blanks(lx);
    start = lx->at;
    if (take(lx, "not")) {
        blanks(lx);
        if (at_char(lx, '(')) {
            scim_filter *e = node_new(lx, OP_NOT);
            if (!e)
                return too_many(lx);
            *ret = e;
            return read_group(lx, &e->left);
        }
        lx->at = start;
    }
    return at_char(lx, '(') ? read_group(lx, ret) : read_attribute(lx, ret);
}

static err_t read_chain(scim_lexer *lx, filter_op op, const char *word, err_t (*part)(scim_lexer *lx, const scim_filter **ret), const scim_filter **ret)
{
    TRY(part(lx, ret));
    for (;;) {
        blanks(lx);
        if (!take(lx, word))
            return ERR_OK;
        scim_filter *e = node_new(lx, op);
        if (!e)
            return too_many(lx);
        e->left = *ret;
        TRY(part(lx, &e->right));
        *ret = e;
    }
}

static err_t read_and(scim_lexer *lx, const scim_filter **ret) { return read_chain(lx, OP_AND, "and", read_unary, ret); }
static err_t read_or(scim_lexer *lx, const scim_filter **ret) { return read_chain(lx, OP_OR, "or", read_and, ret); }

err_t scim_filter_read(scim_lexer *lx, const scim_filter **ret)
{
    if (++lx->depth > SCIM_FILTER_DEPTH)
        return scim_lexer_fault(lx, "the brackets are nested too deeply");
    TRY(read_or(lx, ret));
    lx->depth--;
    blanks(lx);
    return ERR_OK;
}

err_t scim_filter_parse(arena *a, str text, scim_trouble *t, const scim_filter **ret)
{
    scim_lexer         lx = { .a = a, .in = str_trim(text), .as = SCIM_INVALID_FILTER, .t = t };
    const scim_filter *have = NULL;
    if (lx.in.n > SCIM_FILTER_MAX)
        return scim_refuse(t, SCIM_INVALID_FILTER, "the filter is over %d bytes", SCIM_FILTER_MAX);
    TRY(scim_filter_read(&lx, &have));
    if (lx.at != lx.in.n)
        return scim_lexer_fault(&lx, "\"and\", \"or\" or the end belongs here");
    *ret = have;
    return ERR_OK;
}

/* ---- asking ------------------------------------------------------------------------------- */

static bool contains(str s, str part)
{
    for (size_t i = 0; i + part.n <= s.n; i++)
        if (word_eq(str_sub(s, i, i + part.n), part))
            return true;
    return false;
}

static bool text_holds(const scim_filter *e, str s)
{
    str want = e->literal.s;
    if (e->op == OP_CO)
        return e->exact ? str_contains(s, want) : contains(s, want);
    if (want.n > s.n)
        return false;
    str part = e->op == OP_SW ? str_sub(s, 0, want.n) : str_sub(s, s.n - want.n, s.n);
    return e->exact ? str_eq(part, want) : word_eq(part, want);
}

/* false: the two cannot be compared. */
static bool order(const scim_filter *e, const scim_node *v, int *ret)
{
    time_us mine, theirs;
    bool    truth;
    if (e->literal.kind == SCIM_BOOL) {
        if (!scim_truth(v, &truth))
            return false;
        *ret = truth == (e->literal.i != 0) ? 0 : 1;
        return true;
    }
    if (v->kind != e->literal.kind)
        return false;
    if (v->kind == SCIM_INT)
        *ret = v->i < e->literal.i ? -1 : v->i > e->literal.i;
    else if (v->kind != SCIM_STR)
        *ret = 0;
    else if (e->date && time_parse(v->s, &mine) && time_parse(e->literal.s, &theirs))
        *ret = mine < theirs ? -1 : mine > theirs;
    else
        *ret = e->exact ? str_cmp(v->s, e->literal.s) : word_cmp(v->s, e->literal.s);
    return true;
}

static bool compare(const scim_filter *e, const scim_node *v)
{
    int c = 0;
    if (e->op == OP_CO || e->op == OP_SW || e->op == OP_EW)
        return v->kind == SCIM_STR && text_holds(e, v->s);
    if (!order(e, v, &c))
        return e->op == OP_NE;
    switch (e->op) {
    case OP_EQ: return c == 0;
    case OP_NE: return c != 0;
    case OP_GT: return c > 0;
    case OP_GE: return c >= 0;
    case OP_LT: return c < 0;
    case OP_LE: return c <= 0;
    case OP_AND: case OP_OR: case OP_NOT: case OP_HAS: case OP_PR: case OP_CO: case OP_SW: case OP_EW: break;
    }
    return false;
}

static bool is_present(const void *arg, const scim_node *v)
{
    (void)arg;
    return v->kind == SCIM_STR ? v->s.n > 0 : v->kind == SCIM_OBJ || v->kind == SCIM_ARR ? v->n > 0 : v->kind != SCIM_NULL;
}

static bool compares(const void *arg, const scim_node *v) { return compare(arg, v); }

/* What is not there equals null, and differs from everything else. */
static bool attribute_holds(const scim_filter *e, const scim_node *resource)
{
    bool known = scim_visit(resource, &e->path, is_present, NULL);
    if (e->literal.kind == SCIM_NULL && (e->op == OP_EQ || e->op == OP_NE))
        return known == (e->op == OP_NE);
    if (!known && e->op == OP_NE)
        return true;
    return scim_visit(resource, &e->path, compares, e);
}

/* A list is there when it holds something, whatever that is. */
static bool present(const scim_filter *e, const scim_node *resource)
{
    const scim_node *v = scim_get(scim_home(resource, &e->path), e->path.attr);
    bool             list = v && v->kind == SCIM_ARR && !e->path.sub.n && !e->path.where;
    return list ? v->n > 0 : scim_visit(resource, &e->path, is_present, NULL);
}

static bool has(const scim_filter *e, const scim_node *resource)
{
    const scim_node *v = scim_get(scim_home(resource, &e->path), e->path.attr);
    bool             many = v && v->kind == SCIM_ARR;
    for (const scim_node *c = many ? v->first : v; c; c = many ? c->next : NULL)
        if (scim_matches(e->path.where, c))
            return true;
    return false;
}

bool scim_matches(const scim_filter *e, const scim_node *resource)
{
    switch (e->op) {
    case OP_AND: return scim_matches(e->left, resource) && scim_matches(e->right, resource);
    case OP_OR: return scim_matches(e->left, resource) || scim_matches(e->right, resource);
    case OP_NOT: return !scim_matches(e->left, resource);
    case OP_HAS: return has(e, resource);
    case OP_PR: return present(e, resource);
    case OP_EQ: case OP_NE: case OP_CO: case OP_SW: case OP_EW: case OP_GT: case OP_GE: case OP_LT: case OP_LE: break;
    }
    return attribute_holds(e, resource);
}
