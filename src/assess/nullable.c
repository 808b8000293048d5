/* Fields that may be unknown and stand bare in a condition. Lexical on purpose:
 * it refuses more than it must, never less, and says what to write instead. The
 * rule for people is in docs/content.md, "Unknown keeps an item in". */
#include "assess/sql_words.h"

enum { WORDS_MAX = 8000, NESTING_MAX = 200 };

typedef struct {
    str             name;             /* as the query calls it */
    const relation *relation;         /* NULL: WITH, or a subquery */
    bool            left;             /* right side of a LEFT JOIN: all its columns may be unknown */
    size_t          at;               /* the word that names it */
} table_name;

typedef struct {
    arena              *a;
    faults             *fs;
    const control_test *t;
    const sql_word     *w;            /* the last one is of kind T_END */
    size_t              n;
    DA(table_name)      tables;
    DA(str)             derived;      /* names given to expressions that may be unknown */
    bool                counting;     /* count bare fields instead of telling them */
    size_t              bare;
} checker;

typedef struct {
    bool condition;                   /* a bare unknown here drops or turns a row */
    str  joined;                      /* in the condition of a join: the table it joins */
    bool counted;                     /* inside count(): a row that is not there counts as none */
    bool guarded;                     /* brackets followed by IS, or coalesce, stand around */
} place;

static bool is(const checker *c, size_t at, const char *word)
{
    return at < c->n && c->w[at].kind == T_WORD && str_eq(c->w[at].text, str_of(word));
}

static bool any_of(const checker *c, size_t at, const char *const *words)
{
    for (; *words; words++)
        if (is(c, at, *words))
            return true;
    return false;
}

static bool sign(const checker *c, size_t at, char op)
{
    return at < c->n && c->w[at].kind == T_PUNCT && c->w[at].text.p[0] == op;
}

/* ---- what the names stand for ------------------------------------------------------ */

/* Words that may follow a table and are not its alias. */
static const char *const after_table[] = {
    "where", "on", "join", "left", "inner", "cross", "right", "full", "natural", "group", "order", "having",
    "union", "except", "intersect", "limit", "offset", "using", "window", NULL,
};

static size_t closing(const checker *c, size_t open) { return c->w[open].match; }

/* Names given from outside, as in x(a, b), do not stand beside what they name. */
static void columns_refuse(checker *c, size_t open)
{
    fault_in(c->fs, c->t->path, c->w[open].line, c->w[open].column, "name the columns where they are made, with AS");
}

/* The table at `at` (a name or a subquery): remembers what it is called and
 * returns what follows it. */
static size_t table_at(checker *c, size_t at, bool left)
{
    table_name one = { .left = left };
    if (sign(c, at, '(')) {
        at = closing(c, at) + 1;
    } else if (at < c->n && c->w[at].kind == T_WORD) {
        one.name = c->w[at].text;
        one.relation = relation_find(one.name);
        at++;
    } else {
        return at;
    }
    if (is(c, at, "as"))
        at++;
    if (at < c->n && c->w[at].kind == T_WORD && !any_of(c, at, after_table))
        one.name = c->w[at++].text;
    if (one.name.n && sign(c, at, '('))
        columns_refuse(c, at);
    one.at = at - 1;
    if (one.name.n)
        da_push(c->a, &c->tables) = one;
    return at;
}

/* Not the FROM of IS DISTINCT FROM. */
static bool from_clause(const checker *c, size_t at)
{
    return is(c, at, "from") && !(at > 0 && is(c, at - 1, "distinct") && at > 1 && (is(c, at - 2, "is") || is(c, at - 2, "not")));
}

static void tables_read(checker *c)
{
    for (size_t at = 0; at + 1 < c->n; at++) {
        if (from_clause(c, at)) {
            size_t next = table_at(c, at + 1, false);
            while (sign(c, next, ','))
                next = table_at(c, next + 1, false);
        } else if (is(c, at, "join")) {
            table_at(c, at + 1, at > 0 && (is(c, at - 1, "left") || (is(c, at - 1, "outer") && at > 1 && is(c, at - 2, "left"))));
        }
    }
}

/* The table named last before `at`. */
static str table_before(const checker *c, size_t at)
{
    const table_name *last = NULL;
    for (size_t i = 0; i < c->tables.n; i++)
        if (c->tables.v[i].at < at && (!last || c->tables.v[i].at > last->at))
            last = &c->tables.v[i];
    return last ? last->name : S("");
}

static bool field_may_be_unknown(const relation *r, str name)
{
    int i = relation_field(r, name);
    return i >= 0 && field_nullable(&r->fields[i]);
}

static bool has_column(const relation *r, str name)
{
    return relation_field(r, name) >= 0 || str_eq(name, S("source")) || str_eq(name, S("valid_from"));
}

static bool derived_may_be_unknown(const checker *c, str name)
{
    for (size_t i = 0; i < c->derived.n; i++)
        if (str_eq(c->derived.v[i], name))
            return true;
    for (size_t i = 0; i < c->t->n_needs; i++)
        if (field_may_be_unknown(c->t->needs[i].relation, name))
            return true;
    return false;
}

/* Whether the row of `t` may be missing where the name stands. In a join's own
 * condition it is there by definition. */
static bool row_may_lack(const table_name *t, const place *p)
{
    return t->left && !p->counted && !str_eq(t->name, p->joined);
}

static bool qualified_may_be_unknown(const checker *c, str table, str name, const place *p)
{
    bool found = false, unknown = false;
    for (size_t i = 0; i < c->tables.n; i++) {
        const table_name *t = &c->tables.v[i];
        if (!str_eq(t->name, table))
            continue;
        found = true;
        unknown |= row_may_lack(t, p) ||
                   (t->relation ? field_may_be_unknown(t->relation, name) : derived_may_be_unknown(c, name));
    }
    return found ? unknown : derived_may_be_unknown(c, name);
}

static bool plain_may_be_unknown(const checker *c, str name, const place *p)
{
    bool left = false, other = false;
    for (size_t i = 0; i < c->tables.n; i++) {
        const table_name *t = &c->tables.v[i];
        if (t->relation && has_column(t->relation, name))
            *(row_may_lack(t, p) ? &left : &other) = true;
    }
    return derived_may_be_unknown(c, name) || (left && !other);
}

/* ---- conditions ------------------------------------------------------------------------ */

static void scan(checker *c, size_t from, size_t to, place p);

static void tell(checker *c, size_t at, str name)
{
    c->bare++;
    if (c->counting)
        return;
    const sql_word *w = &c->w[at];
    fault_in(c->fs, c->t->path, w->line, w->column,
             "\"" STR_FMT "\" may be unknown and stands bare in a condition, which would drop the item without a word; "
             "write " STR_FMT " IS NOT FALSE, IS DISTINCT FROM, IS NULL, coalesce(), or (comparison) IS NOT FALSE",
             STR_ARG(name), STR_ARG(name));
}

/* IS [NOT] DISTINCT FROM stands right before `at`. */
static bool after_distinct_from(const checker *c, size_t at)
{
    return at > 2 && is(c, at - 1, "from") && is(c, at - 2, "distinct") && (is(c, at - 3, "is") || is(c, at - 3, "not"));
}

/* A name, with what stands before its dot; returns the last word of it. */
static size_t name_at(checker *c, size_t at, place p)
{
    size_t last = at;
    bool   dotted = sign(c, at + 1, '.') && at + 2 < c->n && c->w[at + 2].kind == T_WORD;
    if (dotted)
        last = at + 2;
    if (!p.condition || p.guarded || is(c, last + 1, "is") || after_distinct_from(c, at) || (at > 0 && is(c, at - 1, "as")))
        return last;
    str name = c->w[last].text;
    if (dotted ? qualified_may_be_unknown(c, c->w[at].text, name, &p) : plain_may_be_unknown(c, name, &p))
        tell(c, at, dotted ? str_fmt(c->a, STR_FMT "." STR_FMT, STR_ARG(c->w[at].text), STR_ARG(name)) : name);
    return last;
}

/* coalesce(a, b, c): all but the last are guarded by what follows them. */
static void scan_coalesce(checker *c, size_t open, size_t close, place p)
{
    size_t last = open + 1;
    for (size_t at = open + 1; at < close; at++) {
        if (sign(c, at, '('))
            at = closing(c, at);
        else if (sign(c, at, ','))
            last = at + 1;
    }
    place before = p;
    before.guarded = true;
    if (last > open + 1)
        scan(c, open + 1, last - 1, before);
    scan(c, last, close, p);
}

static size_t scan_brackets(checker *c, size_t open, place p)
{
    size_t close = closing(c, open), first = open;
    bool   call = open > 0 && c->w[open - 1].kind == T_WORD;
    if (call)
        first = open - 1;
    if (open > 0 && is(c, open - 1, "using"))
        p = (place){ .condition = true, .joined = table_before(c, open) };
    p.counted = p.counted || (open > 0 && is(c, open - 1, "count"));
    if (is(c, close + 1, "is") || after_distinct_from(c, first))
        p.guarded = true;
    if (open > 0 && is(c, open - 1, "coalesce"))
        scan_coalesce(c, open, close, p);
    else
        scan(c, open + 1, close, p);
    return close;
}

/* CASE ... END: what stands between CASE and the first WHEN is compared, what
 * follows WHEN decides; the values keep the place of the whole. */
static size_t scan_case(checker *c, size_t at, size_t to, place p)
{
    const place deciding = { .condition = true };
    place       now = deciding;
    size_t      from = ++at;
    for (; at < to; at++) {
        bool boundary = is(c, at, "when") || is(c, at, "then") || is(c, at, "else") || is(c, at, "end");
        if (sign(c, at, '(')) {
            at = closing(c, at);
        } else if (is(c, at, "case")) {
            scan(c, from, at, now);
            at = scan_case(c, at, to, now);
            from = at + 1;
        } else if (boundary) {
            scan(c, from, at, now);
            from = at + 1;
            now = is(c, at, "when") ? deciding : p;
            if (is(c, at, "end"))
                return at;
        }
    }
    return to;
}

/* Whether the word begins a clause, and then the place that holds from there on. */
static bool clause(const checker *c, size_t at, bool query, const place *outer, place *ret)
{
    static const char *const ends[] = {
        "group", "order", "limit", "offset", "join", "left", "inner", "cross", "window", NULL,
    };
    if (is(c, at, "where") || is(c, at, "having") || is(c, at, "on"))
        *ret = (place){ .condition = true, .joined = is(c, at, "on") ? table_before(c, at) : S("") };
    else if (query && is(c, at, "select"))
        *ret = *outer;
    else if (query && (from_clause(c, at) || any_of(c, at, ends)))
        *ret = (place){ .condition = false };
    else
        return false;
    return true;
}

static void scan(checker *c, size_t from, size_t to, place p)
{
    const place outer = p;
    const bool  query = is(c, from, "select") || is(c, from, "with");
    for (size_t at = from; at < to; at++) {
        if (sign(c, at, '('))
            at = scan_brackets(c, at, p);
        else if (c->w[at].kind != T_WORD)
            continue;
        else if (is(c, at, "case"))
            at = scan_case(c, at, to, p);
        else if (!clause(c, at, query, &outer, &p) && !sign(c, at + 1, '('))   /* with "(" it is a function */
            at = name_at(c, at, p);
    }
}

/* ---- names of expressions ----------------------------------------------------------------- */

static bool known_derived(const checker *c, str name)
{
    for (size_t i = 0; i < c->derived.n; i++)
        if (str_eq(c->derived.v[i], name))
            return true;
    return false;
}

/* Whether the expression of w[from..to) may be unknown: a bare field, a NULL
 * that is a value, a CASE without ELSE. */
static bool expression_may_be_unknown(checker *c, size_t from, size_t to)
{
    size_t cases = 0, elses = 0;
    c->bare = 0;
    scan(c, from, to, (place){ .condition = true });
    for (size_t at = from; at < to; at++) {
        bool tested = at > 0 && (is(c, at - 1, "is") || is(c, at - 1, "not"));
        c->bare += is(c, at, "null") && !tested;
        cases += is(c, at, "case");
        elses += is(c, at, "else");
    }
    return c->bare > 0 || cases > elses;
}

/* Learns the names of w[from..to), one level of brackets, that may be unknown;
 * true when there was a new one. */
static bool derived_learn(checker *c, size_t from, size_t to)
{
    bool   learnt = false, list = false;
    size_t item = from;
    for (size_t at = from; at < to; at++) {
        if (is(c, at, "select")) {
            list = true;
            item = at + 1;
        } else if (from_clause(c, at)) {
            list = false;
        } else if (sign(c, at, ',')) {
            item = at + 1;
        } else if (sign(c, at, '(')) {
            learnt |= derived_learn(c, at + 1, closing(c, at));
            at = closing(c, at);
        } else if (list && is(c, at, "as") && at + 1 < to && !known_derived(c, c->w[at + 1].text) &&
                   expression_may_be_unknown(c, item, at)) {
            da_push(c->a, &c->derived) = c->w[at + 1].text;
            learnt = true;
        }
    }
    return learnt;
}

/* Forms that hide which field is compared, or which side may be missing. */
static void forms_check(checker *c)
{
    static const struct { const char *word, *says; } rows[] = {
        { "natural", "NATURAL JOIN hides which fields are compared; write ON" },
        { "right", "RIGHT JOIN hides which side may be missing; write LEFT JOIN" },
        { "full", "FULL JOIN hides which side may be missing; write LEFT JOIN" },
    };
    for (size_t at = 0; at < c->n; at++)
        for (size_t i = 0; i < COUNT(rows); i++)
            if (is(c, at, rows[i].word) && (is(c, at + 1, "join") || is(c, at + 1, "outer") || i == 0))
                fault_in(c->fs, c->t->path, c->w[at].line, c->w[at].column, "%s", rows[i].says);
}

/* WITH x(a, b) AS (...) */
static void column_lists_refuse(checker *c)
{
    for (size_t at = 0; at + 1 < c->n; at++) {
        bool begins = is(c, at, "with") || (sign(c, at, ',') && at > 0 && sign(c, at - 1, ')'));
        size_t open = at + 2;
        if (begins && c->w[at + 1].kind == T_WORD && sign(c, open, '(') && is(c, closing(c, open) + 1, "as"))
            columns_refuse(c, open);
    }
}

/* What follows recurses once for each level of brackets and CASE. */
static bool too_deep(const checker *c)
{
    size_t depth = 0, deepest = 0, cases = 0;
    for (size_t at = 0; at < c->n; at++) {
        depth += sign(c, at, '(');
        depth -= depth && sign(c, at, ')');
        cases += is(c, at, "case");
        deepest = depth > deepest ? depth : deepest;
    }
    return deepest + cases > NESTING_MAX;
}

void nullable_check(arena *a, faults *fs, const control_test *t, str sql)
{
    checker c = { .a = a, .fs = fs, .t = t };
    c.w = sql_words(a, sql, &c.n);
    if (c.n > WORDS_MAX || too_deep(&c)) {
        fault_at(fs, t->path, t->sql_line, "the query is too long or too deep; split it into several tests");
        return;
    }
    tables_read(&c);
    forms_check(&c);
    column_lists_refuse(&c);
    c.counting = true;
    while (derived_learn(&c, 0, c.n - 1))
        ;
    c.counting = false;
    scan(&c, 0, c.n - 1, (place){ .condition = false });
}
