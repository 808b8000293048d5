/* What a query of the sandbox may say.  Everything is an allow-list: clauses,
 * words, functions, relations after FROM, and names, which must be fields of the
 * relations read or declared in the query itself.  The grammar is checked as
 * far as it decides what a name means; the rest is the engine's business.
 *
 *   query  := [WITH name [(names)] AS (query), ...] select {UNION select} [ORDER BY ...] [LIMIT ...]
 *   select := SELECT items [FROM tables] [WHERE x] [GROUP BY x, ...] [HAVING x]
 *   table  := relation [alias] | (query) alias, joined by commas or JOIN */
#include "internal.h"
#include "sql_lex.h"

enum { DEPTH_MAX = 64 };

static const char *const functions[] = {
    "abs", "as_of", "avg", "coalesce", "count", "days", "greatest", "hours", "least", "length", "lower", "max",
    "min", "minutes", "nullif", "replace", "string_agg", "substr", "sum", "trim", "upper",
};
/* Words inside an expression that are neither names nor functions. */
static const char *const operators[] = {
    "and", "between", "case", "else", "end", "escape", "exists", "false", "like", "not", "null", "or", "then", "true", "when",
};
/* Words that end an expression. */
static const char *const stops[] = {
    "as", "asc", "cross", "desc", "except", "from", "full", "group", "having", "inner", "intersect", "join", "left",
    "limit", "nulls", "offset", "on", "order", "outer", "right", "select", "union", "using", "where", "with",
};
static const char *const other_words[] = { "all", "by", "cast", "distinct", "in", "is" };
/* Words that mean something to an engine where a name could stand. */
static const char *const never_names[] = {
    "_rowid_", "array", "cmax", "cmin", "collate", "ctid", "current_catalog", "current_date", "current_role",
    "current_schema", "current_time", "current_timestamp", "current_user", "fetch", "filter", "for", "glob", "ilike",
    "indexed", "into", "isnull", "lateral", "localtime", "localtimestamp", "match", "materialized", "natural",
    "notnull", "oid", "only", "over", "recursive", "regexp", "returning", "row", "rowid", "session_user", "similar",
    "system_user", "tableoid", "tablesample", "user", "values", "window", "within", "xmax", "xmin",
};
static const char *const history_columns[] = { "row_id", "valid_to", "opened_by", "closed_by", "erased_by" };
static const char *const commit_columns[] = { "seq", "at", "actor", "action", "reason", "leaf" };

static bool listed(const char *const *list, size_t n, str word)
{
    for (size_t i = 0; i < n; i++)
        if (word.n && list[i][0] == word.p[0] && str_eq(word, str_of(list[i])))
            return true;
    return false;
}
#define LISTED(list, word) listed((list), COUNT(list), (word))

bool sandbox_function(str name) { return LISTED(functions, name); }

static bool is_keyword(str w)
{
    return LISTED(operators, w) || LISTED(stops, w) || LISTED(other_words, w);
}

typedef struct {
    arena     *a;
    str        sql;
    bool       history;
    fault     *f;
    sql_token *t;                         /* the next token */
    int        depth;
    DA(str)    ctes;                      /* in scope, innermost last */
    DA(str)    tables;
    DA(sql_token) used;                   /* names to be looked at in the end */
    map        known;                     /* fields and declared names */
} parser;

static err_t query(parser *p);
static err_t expression(parser *p);

static bool is(const parser *p, const char *word_or_punct)
{
    return (p->t->kind == T_WORD || p->t->kind == T_PUNCT) && str_eq(p->t->text, str_of(word_or_punct));
}

static bool accept(parser *p, const char *word)
{
    bool yes = is(p, word);
    p->t += yes;
    return yes;
}

static err_t unexpected(parser *p, const char *wanted)
{
    if (p->t->kind == T_END)
        return sql_fail(p->sql, p->t->at, p->f, "the query ends where %s should stand", wanted);
    return sql_fail(p->sql, p->t->at, p->f, "\"" STR_FMT "\" stands where %s should", STR_ARG(str_sub(p->t->text, 0, 80)), wanted);
}

static err_t expect(parser *p, const char *word)
{
    return accept(p, word) ? ERR_OK : unexpected(p, word);
}

static err_t go_down(parser *p)
{
    return ++p->depth > DEPTH_MAX ? sql_fail(p->sql, p->t->at, p->f, "nested more than %d deep", DEPTH_MAX) : ERR_OK;
}

static void know(parser *p, str name) { *map_put(&p->known, name) = (void *)(uintptr_t)1; }

/* A name the query itself gives to something. */
static err_t declare(parser *p, str *ret)
{
    str w = p->t->text;
    if (p->t->kind != T_WORD || is_keyword(w))
        return unexpected(p, "a name");
    if (LISTED(never_names, w) || str_starts(w, S("pg_")) || str_starts(w, S("sqlite_")))
        return sql_fail(p->sql, p->t->at, p->f, "\"" STR_FMT "\" may not be used as a name", STR_ARG(w));
    know(p, w);
    p->t++;
    *ret = w;
    return ERR_OK;
}

static err_t name_list(parser *p)
{
    str name;
    do
        TRY(declare(p, &name));
    while (accept(p, ","));
    return expect(p, ")");
}

/* ---- expressions ---------------------------------------------------------------------- */

/* After "(": a query, or expressions with commas; and ")". */
static err_t parenthesis(parser *p)
{
    TRY(go_down(p));
    if (is(p, "select") || is(p, "with"))
        TRY(query(p));
    else
        do
            TRY(expression(p));
        while (accept(p, ","));
    p->depth--;
    return expect(p, ")");
}

static err_t call(parser *p, str name)
{
    if (!LISTED(functions, name))
        return sql_fail(p->sql, p->t[-1].at, p->f, "there is no function " STR_FMT, STR_ARG(name));
    TRY(expect(p, "("));
    if (accept(p, ")"))
        return ERR_OK;
    if (str_eq(name, S("count")) && accept(p, "*"))
        return expect(p, ")");
    (void)accept(p, "distinct");
    return parenthesis(p);
}

static err_t cast(parser *p)
{
    TRY(expect(p, "("));
    TRY(go_down(p));
    TRY(expression(p));
    p->depth--;
    TRY(expect(p, "as"));
    if (!accept(p, "text"))
        return unexpected(p, "TEXT (nothing else is cast alike on both engines)");
    return expect(p, ")");
}

static err_t is_test(parser *p)
{
    (void)accept(p, "not");
    if (accept(p, "distinct"))
        return expect(p, "from");
    return ERR_OK;
}

static err_t name(parser *p)
{
    sql_token first = *p->t++;
    if (is(p, "("))
        return call(p, first.text);
    da_push(p->a, &p->used) = first;
    if (accept(p, ".")) {
        if (p->t->kind != T_WORD)
            return unexpected(p, "a field");
        da_push(p->a, &p->used) = *p->t++;
    }
    if (is(p, "(") || is(p, "."))
        return unexpected(p, "an operator");
    /* On PostgreSQL a type's name before a text makes a value: date 'now'. */
    return p->t->kind == T_STRING ? unexpected(p, "an operator") : ERR_OK;
}

static err_t word(parser *p, bool *ret_stop)
{
    str w = p->t->text;
    if (LISTED(stops, w)) {
        *ret_stop = true;
        return ERR_OK;
    }
    if (accept(p, "cast"))
        return cast(p);
    if (accept(p, "is"))
        return is_test(p);
    if (accept(p, "in"))
        return is(p, "(") ? ERR_OK : unexpected(p, "a list in parentheses");
    if (LISTED(operators, w)) {
        p->t++;
        return ERR_OK;
    }
    if (is_keyword(w))
        return unexpected(p, "a value");
    return name(p);
}

/* Literals and operators stand anywhere: whether they make sense is the engine's to say. */
static bool ends_expression(const parser *p)
{
    return p->t->kind == T_END || is(p, ")") || is(p, ",") || is(p, ";");
}

static err_t expression(parser *p)
{
    const sql_token *start = p->t;
    bool             stop = ends_expression(p);
    while (!stop) {
        if (is(p, "."))
            return unexpected(p, "a value");
        if (p->t->kind == T_WORD)
            TRY(word(p, &stop));
        else if (accept(p, "("))
            TRY(parenthesis(p));
        else
            p->t++;
        stop |= ends_expression(p);
    }
    return p->t == start ? unexpected(p, "a value") : ERR_OK;
}

static err_t expressions(parser *p)
{
    do
        TRY(expression(p));
    while (accept(p, ","));
    return ERR_OK;
}

/* ---- clauses ------------------------------------------------------------------------- */

static err_t star(parser *p)
{
    if (!p->history)
        return sql_fail(p->sql, p->t->at, p->f, "name the columns; * changes when a relation grows");
    p->t++;
    return ERR_OK;
}

static err_t item(parser *p)
{
    str alias;
    if (is(p, "*"))
        return star(p);
    if (p->t[0].kind == T_WORD && p->t[1].kind == T_PUNCT && str_eq(p->t[1].text, S(".")) &&
        p->t[2].kind == T_PUNCT && str_eq(p->t[2].text, S("*"))) {
        da_push(p->a, &p->used) = *p->t;
        p->t += 2;
        return star(p);
    }
    TRY(expression(p));
    return accept(p, "as") ? declare(p, &alias) : ERR_OK;
}

static void know_fields(parser *p, const relation *r)
{
    for (size_t i = 0; i < r->n_fields; i++)
        know(p, str_of(r->fields[i].name));
    know(p, S("source"));
    know(p, S("valid_from"));
}

static bool history_table(parser *p, str name)
{
    if (!p->history)
        return false;
    if (str_eq(name, S("commits"))) {
        for (size_t i = 0; i < COUNT(commit_columns); i++)
            know(p, str_of(commit_columns[i]));
        return true;
    }
    if (!str_ends(name, S("_history")))
        return false;
    const relation *r = relation_find(str_sub(name, 0, name.n - 8));
    if (!r)
        return false;
    know_fields(p, r);
    for (size_t i = 0; i < COUNT(history_columns); i++)
        know(p, str_of(history_columns[i]));
    return true;
}

static bool in_list(const str *v, size_t n, str s)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(v[i], s))
            return true;
    return false;
}

static err_t table_name(parser *p)
{
    str name = p->t->text;
    know(p, name);
    if (!in_list(p->ctes.v, p->ctes.n, name)) {
        const relation *r = relation_find(name);
        if (r)
            know_fields(p, r);
        else if (!history_table(p, name))
            return sql_fail(p->sql, p->t->at, p->f, "there is no relation " STR_FMT, STR_ARG(name));
        if (!in_list(p->tables.v, p->tables.n, name))
            da_push(p->a, &p->tables) = name;
    }
    p->t++;
    return is(p, "(") || is(p, ".") ? unexpected(p, "an alias, a join or a condition") : ERR_OK;
}

static err_t table(parser *p)
{
    str alias;
    if (accept(p, "(")) {
        if (!is(p, "select") && !is(p, "with"))
            return unexpected(p, "SELECT");
        TRY(parenthesis(p));
    } else if (p->t->kind != T_WORD || is_keyword(p->t->text)) {
        return unexpected(p, "a relation");
    } else {
        TRY(table_name(p));
    }
    if (accept(p, "as") || (p->t->kind == T_WORD && !is_keyword(p->t->text))) {
        TRY(declare(p, &alias));
        if (accept(p, "("))
            return name_list(p);
    }
    return ERR_OK;
}

/* [INNER | CROSS | LEFT|RIGHT|FULL [OUTER]] JOIN; false when none stands here. */
static err_t join(parser *p, bool *ret_more)
{
    *ret_more = true;
    if (accept(p, ",") || accept(p, "join"))
        return ERR_OK;
    if (accept(p, "inner") || accept(p, "cross"))
        return expect(p, "join");
    if (accept(p, "left") || accept(p, "right") || accept(p, "full")) {
        (void)accept(p, "outer");
        return expect(p, "join");
    }
    *ret_more = false;
    return ERR_OK;
}

static err_t from(parser *p)
{
    bool more = true;
    while (more) {
        TRY(table(p));
        if (accept(p, "on")) {
            TRY(expression(p));
        } else if (accept(p, "using")) {
            TRY(expect(p, "("));
            TRY(expressions(p));
            TRY(expect(p, ")"));
        }
        TRY(join(p, &more));
    }
    return ERR_OK;
}

static err_t select_one(parser *p)
{
    TRY(expect(p, "select"));
    if (!accept(p, "distinct"))
        (void)accept(p, "all");
    do
        TRY(item(p));
    while (accept(p, ","));
    if (accept(p, "from"))
        TRY(from(p));
    if (accept(p, "where"))
        TRY(expression(p));
    if (accept(p, "group")) {
        TRY(expect(p, "by"));
        TRY(expressions(p));
    }
    return accept(p, "having") ? expression(p) : ERR_OK;
}

static err_t order_by(parser *p)
{
    TRY(expect(p, "by"));
    do {
        TRY(expression(p));
        if (!accept(p, "asc"))
            (void)accept(p, "desc");
        if (accept(p, "nulls") && !accept(p, "first") && !accept(p, "last"))
            return unexpected(p, "FIRST or LAST");
    } while (accept(p, ","));
    return ERR_OK;
}

/* A name is known only after its own query, and until the query it belongs to ends. */
static err_t with(parser *p)
{
    str name = S("");
    do {
        const sql_token *at = p->t;
        TRY(declare(p, &name));
        if (relation_find(name) || str_ends(name, S("_h")) || str_ends(name, S("_history")) || str_eq(name, S("commits")) ||
            LISTED(functions, name))
            return sql_fail(p->sql, at->at, p->f, "\"" STR_FMT "\" means something else already", STR_ARG(name));
        if (accept(p, "("))
            TRY(name_list(p));
        TRY(expect(p, "as"));
        TRY(expect(p, "("));
        if (!is(p, "select") && !is(p, "with"))
            return unexpected(p, "SELECT");
        TRY(parenthesis(p));
        da_push(p->a, &p->ctes) = name;
    } while (accept(p, ","));
    return ERR_OK;
}

static err_t query(parser *p)
{
    size_t scope = p->ctes.n;
    TRY(go_down(p));
    if (accept(p, "with"))
        TRY(with(p));
    TRY(select_one(p));
    while (is(p, "union") || is(p, "intersect") || is(p, "except")) {
        bool uni = accept(p, "union");
        if (!uni)
            p->t++;
        else
            (void)accept(p, "all");
        TRY(select_one(p));
    }
    if (accept(p, "order"))
        TRY(order_by(p));
    if (accept(p, "limit"))
        TRY(expression(p));
    if (accept(p, "offset"))
        TRY(expression(p));
    p->ctes.n = scope;
    p->depth--;
    return ERR_OK;
}

/* ---- the whole ------------------------------------------------------------------------ */

static err_t names_known(parser *p)
{
    for (size_t i = 0; i < p->used.n; i++) {
        const sql_token *t = &p->used.v[i];
        if (LISTED(never_names, t->text) || !map_get(&p->known, t->text))
            return sql_fail(p->sql, t->at, p->f, "there is no field " STR_FMT " in the relations read", STR_ARG(t->text));
    }
    return ERR_OK;
}

static err_t check(parser *p)
{
    size_t n;
    TRY(sql_lex(p->a, p->sql, p->f, &p->t, &n));
    if (!is(p, "select") && !is(p, "with"))
        return unexpected(p, "SELECT");
    TRY(query(p));
    (void)accept(p, ";");
    if (p->t->kind != T_END)
        return unexpected(p, "the end of the query");
    return names_known(p);
}

err_t sandbox_check(arena *a, str sql, bool history, fault *f, str **ret_tables, size_t *ret_n)
{
    auto_arena arena *own = arena_new(64 << 20);     /* a query's tokens take far more than its text */
    parser p = { .a = own, .sql = sql, .history = history, .f = f, .known = map_new(own) };
    TRY(check(&p));
    str *tables = NEW_ARRAY(a, str, p.tables.n + 1);
    for (size_t i = 0; i < p.tables.n; i++)
        tables[i] = str_dup(a, p.tables.v[i]);
    *ret_tables = tables;
    *ret_n = p.tables.n;
    return ERR_OK;
}
