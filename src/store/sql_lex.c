#include "sql_lex.h"

enum { SQL_MAX = 64 * 1024 };

err_t sql_fail(str sql, size_t at, fault *f, const char *fmt, ...)
{
    char    text[512];
    va_list ap;
    size_t  line = 1, column = 1;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    for (size_t i = 0; i < at && i < sql.n; i++) {
        if (sql.p[i] == '\n') {
            line++;
            column = 1;
        } else if (((unsigned char)sql.p[i] & 0xC0) != 0x80) {
            column++;
        }
    }
    return fail(f, ERR_INVALID, "%zu:%zu: %s", line, column, text);
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
static bool is_operator(char c) { return c != '\0' && strchr("+-*/<>=|%!", c) != NULL; }

static char at_or_nul(str s, size_t i) { return i < s.n ? s.p[i] : '\0'; }

typedef struct {
    arena *a;
    str    sql;
    size_t at;
    fault *f;
    DA(sql_token) tokens;
} lexer;

static void push(lexer *l, token_kind kind, size_t n)
{
    str text = str_sub(l->sql, l->at, l->at + n);
    if (kind == T_WORD)
        text = str_lower(l->a, text);
    sql_token *t = &da_push(l->a, &l->tokens);
    *t = (sql_token){ kind, text, l->at };
    l->at += n;
}

static err_t lex_word(lexer *l)
{
    size_t n = 1;
    while (is_letter(at_or_nul(l->sql, l->at + n)) || is_digit(at_or_nul(l->sql, l->at + n)))
        n++;
    if (n > 63)
        return sql_fail(l->sql, l->at, l->f, "a name is at most 63 letters long");
    if (at_or_nul(l->sql, l->at + n) == '\'')
        return sql_fail(l->sql, l->at, l->f, "a text literal has nothing before its quote");
    push(l, T_WORD, n);
    return ERR_OK;
}

static err_t lex_number(lexer *l)
{
    size_t n = 1;
    while (is_digit(at_or_nul(l->sql, l->at + n)))
        n++;
    if (at_or_nul(l->sql, l->at + n) == '.' && is_digit(at_or_nul(l->sql, l->at + n + 1)))
        for (n++; is_digit(at_or_nul(l->sql, l->at + n));)
            n++;
    char after = at_or_nul(l->sql, l->at + n);
    if (is_letter(after) || after == '.' || n > 40)
        return sql_fail(l->sql, l->at, l->f, "a number is digits, and perhaps a point and digits");
    push(l, T_NUMBER, n);
    return ERR_OK;
}

static err_t lex_string(lexer *l)
{
    size_t n = 1;
    for (;; n++) {
        if (l->at + n >= l->sql.n)
            return sql_fail(l->sql, l->at, l->f, "this text has no closing quote");
        if (l->sql.p[l->at + n] != '\'')
            continue;
        if (at_or_nul(l->sql, l->at + n + 1) != '\'')
            break;
        n++;
    }
    push(l, T_STRING, n + 1);
    return ERR_OK;
}

static bool known_operator(str s)
{
    static const char *const known[] = { "=", "<>", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "%", "||" };
    for (size_t i = 0; i < COUNT(known); i++)
        if (str_eq(s, str_of(known[i])))
            return true;
    return false;
}

/* A run of operator characters is one operator, as PostgreSQL reads it, but for
 * the signs of numbers after it. */
static err_t lex_operator(lexer *l)
{
    size_t n = 0, signs = 0;
    while (is_operator(at_or_nul(l->sql, l->at + n))) {
        char c = l->sql.p[l->at + n], next = at_or_nul(l->sql, l->at + n + 1);
        if ((c == '-' && next == '-') || (c == '/' && next == '*'))
            return sql_fail(l->sql, l->at + n, l->f, "comments are not allowed inside the query");
        n++;
    }
    while (n > 1 && (l->sql.p[l->at + n - 1] == '-' || l->sql.p[l->at + n - 1] == '+')) {
        n--;
        signs++;
    }
    str op = str_sub(l->sql, l->at, l->at + n);
    if (!known_operator(op) || signs > 1)
        return sql_fail(l->sql, l->at, l->f, "\"" STR_FMT "\" is not an operator here", STR_ARG(op));
    push(l, T_PUNCT, n);
    if (signs)
        push(l, T_PUNCT, 1);
    return ERR_OK;
}

static err_t refuse(lexer *l, char c)
{
    if (c == '"' || c == '`' || c == '[')
        return sql_fail(l->sql, l->at, l->f, "quoted names are not allowed; write the name as it is");
    if (c == '$' || c == '?' || c == '@' || c == '#')
        return sql_fail(l->sql, l->at, l->f, "parameters are not allowed");
    if (c == ':')
        return sql_fail(l->sql, l->at, l->f, "\":\" is not allowed; write CAST(x AS TEXT)");
    if ((unsigned char)c < 0x20 || (unsigned char)c >= 0x7f)
        return sql_fail(l->sql, l->at, l->f, "a character that is not allowed outside of text");
    return sql_fail(l->sql, l->at, l->f, "\"%c\" is not allowed", c);
}

static err_t lex_one(lexer *l)
{
    char c = l->sql.p[l->at];
    if (is_letter(c))
        return lex_word(l);
    if (is_digit(c))
        return lex_number(l);
    if (c == '\'')
        return lex_string(l);
    if (is_operator(c))
        return lex_operator(l);
    if (c != '(' && c != ')' && c != ',' && c != '.' && c != ';')
        return refuse(l, c);
    push(l, T_PUNCT, 1);
    return ERR_OK;
}

err_t sql_lex(arena *a, str sql, fault *f, sql_token **ret, size_t *ret_n)
{
    lexer l = { .a = a, .sql = sql, .f = f };
    if (sql.n > SQL_MAX)
        return fail(f, ERR_TOO_LARGE, "a query is at most %d bytes", SQL_MAX);
    if (!utf8_valid(sql) || (sql.n && memchr(sql.p, 0, sql.n)))
        return fail(f, ERR_INVALID, "a query is UTF-8 text");
    while (l.at < sql.n) {
        if (is_blank(sql.p[l.at]))
            l.at++;
        else
            TRY(lex_one(&l));
    }
    push(&l, T_END, 0);
    *ret = l.tokens.v;
    *ret_n = l.tokens.n;
    return ERR_OK;
}
