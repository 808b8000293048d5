#include "assess/parts.h"

enum { CASES_MAX = 200, ROWS_MAX = 5000, CELLS_MAX = RELATION_FIELDS_MAX + 1 };

typedef struct {
    arena              *a;
    faults             *fs;
    const control_test *t;
    fixture_cases      *out;
    fixture_case       *now;          /* NULL before the first */
    size_t              line, n_rows;
    str                 source;
    const relation     *relation;     /* of the rows that follow; NULL: none */
    const field        *columns[CELLS_MAX];
    size_t              n_columns;
} reader;

static void wrong(reader *r, const char *fmt, ...) PRINTF_LIKE(2);

static void wrong(reader *r, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    str what = str_vfmt(r->a, fmt, ap);
    va_end(ap);
    fault_at(r->fs, r->t->fixtures_path, r->line, STR_FMT, STR_ARG(what));
}

/* ---- cells --------------------------------------------------------------------------- */

typedef struct {
    str  text;
    bool quoted;
} cell;

/* The part of *rest before the next bar that no backslash stands before. */
static str bar_cut(reader *r, str *rest)
{
    buf  b = buf_new(r->a, rest->n + 1);
    bool escaped = false;
    for (size_t i = 0; i < rest->n; i++) {
        char c = rest->p[i];
        if (c == '|') {
            str all = { rest->p, i };
            *rest = str_sub(*rest, i + 1, rest->n);
            return escaped ? buf_str(&b) : all;
        }
        if (c == '\\' && i + 1 < rest->n && rest->p[i + 1] == '|') {
            escaped = true;
            c = rest->p[++i];
        }
        buf_putc(&b, c);
    }
    str all = *rest;
    *rest = (str){ NULL, 0 };
    return escaped ? buf_str(&b) : all;
}

/* All cells of a line; false when there are too many. */
static bool cells_read(reader *r, str line, cell *ret, size_t *ret_n)
{
    size_t n = 0;
    for (str rest = line; rest.p;) {
        if (n == CELLS_MAX) {
            wrong(r, "a line has at most %d cells", CELLS_MAX - 1);
            return false;
        }
        cell c = { .text = str_trim(bar_cut(r, &rest)) };
        c.quoted = c.text.n >= 2 && c.text.p[0] == '"' && c.text.p[c.text.n - 1] == '"';
        if (c.quoted)
            c.text = str_sub(c.text, 1, c.text.n - 1);
        ret[n++] = c;
    }
    *ret_n = n;
    return true;
}

/* "-10d", "+3h" from the case's as_of, or RFC 3339. */
static bool moment_read(const reader *r, str text, time_us *ret)
{
    time_us span;
    if (text.n && (text.p[0] == '-' || text.p[0] == '+'))
        return span_parse(str_sub(text, 1, text.n), &span) &&
               !__builtin_add_overflow(r->now->as_of, text.p[0] == '-' ? -span : span, ret);
    return time_parse(text, ret);
}

static bool value_read(reader *r, const field *fd, const cell *c, value *ret)
{
    fault why = { 0 };
    if (c->text.n == 0 && !c->quoted) {
        wrong(r, "%s has an empty cell; write ? for unknown, \"\" for the empty text", fd->name);
        return false;
    }
    if (!c->quoted && str_eq(c->text, S("?"))) {
        *ret = V_UNKNOWN;
        return true;
    }
    if (c->quoted && fd->kind == F_TEXT && (!fd->choices || c->text.n)) {
        *ret = v_text(c->text);
        return true;
    }
    if (fd->kind == F_TIME && !c->quoted) {
        ret->kind = V_INT;
        if (moment_read(r, c->text, &ret->i))
            return true;
        wrong(r, "%s is a time: RFC 3339, or -10d or +3h from as_of", fd->name);
        return false;
    }
    if (value_parse(fd, c->text, &why, ret) == ERR_OK && !c->quoted)
        return true;
    wrong(r, "\"" STR_FMT "\" cannot stand in %s", STR_ARG(c->text), fd->name);
    return false;
}

/* ---- relations and rows ---------------------------------------------------------------- */

static bool needed(const control_test *t, const relation *rel)
{
    for (size_t i = 0; i < t->n_needs; i++)
        if (t->needs[i].relation == rel)
            return true;
    return false;
}

static void columns_read(reader *r, const relation *rel, const cell *cells, size_t n)
{
    size_t keys = 0;
    r->relation = NULL;
    r->n_columns = 0;
    if (!needed(r->t, rel)) {
        wrong(r, "%s is not among the needs of " STR_FMT, rel->name, STR_ARG(r->t->id));
        return;
    }
    for (size_t i = 1; i < n; i++) {
        int at = relation_field(rel, cells[i].text);
        if (at < 0) {
            wrong(r, "%s has no field \"" STR_FMT "\"", rel->name, STR_ARG(cells[i].text));
            return;
        }
        for (size_t k = 0; k < r->n_columns; k++)
            if (r->columns[k] == &rel->fields[at]) {
                wrong(r, "%s stands twice", rel->fields[at].name);
                return;
            }
        r->columns[r->n_columns++] = &rel->fields[at];
        keys += (rel->fields[at].flags & FIELD_KEY) != 0;
    }
    if (keys != relation_keys(rel))
        wrong(r, "%s needs all its key fields, the first %zu", rel->name, relation_keys(rel));
    else
        r->relation = rel;
}

static bool same_key(const relation *rel, const value *a, const value *b)
{
    for (size_t i = 0; i < relation_keys(rel); i++)
        if (!value_eq(&a[i], &b[i]))
            return false;
    return true;
}

static void row_read(reader *r, const cell *cells, size_t n)
{
    fault       why = { 0 };
    fixture_row row = { .relation = r->relation, .source = r->source, .line = r->line };
    if (!r->relation)
        return;                                        /* its columns were told to be wrong */
    if (n - 1 != r->n_columns) {
        wrong(r, "%zu cells under %zu columns of %s", n - 1, r->n_columns, r->relation->name);
        return;
    }
    row.values = NEW_ARRAY(r->a, value, r->relation->n_fields);
    for (size_t i = 0; i < r->n_columns; i++)
        if (!value_read(r, r->columns[i], &cells[i + 1], &row.values[r->columns[i] - r->relation->fields]))
            return;
    if (row_check(r->relation, row.values, &why) != ERR_OK) {
        wrong(r, "%s", why.text);
        return;
    }
    for (size_t i = 0; i < r->now->rows.n; i++) {
        const fixture_row *other = &r->now->rows.v[i];
        if (other->relation == row.relation && str_eq(other->source, row.source) &&
            same_key(row.relation, other->values, row.values)) {
            wrong(r, "the same row as in line %zu", other->line);
            return;
        }
    }
    if (++r->n_rows > ROWS_MAX)
        wrong(r, "more than %d rows", ROWS_MAX);
    else
        da_push(r->a, &r->now->rows) = row;
}

/* ---- other lines ------------------------------------------------------------------------- */

static void read_source(reader *r, const cell *cells)
{
    if (cells[1].text.n == 0)
        wrong(r, "write \"source | NAME\"");
    else
        r->source = cells[1].text;
}

static void read_run(reader *r, const cell *cells)
{
    static const char *const statuses[] = { "ok", "absent", "denied", "unsupported", "partial", "error", "missing" };
    fixture_run run = { .source = r->source, .status = cells[2].text, .relation = relation_find(cells[1].text), .line = r->line };
    bool        known = false;
    for (size_t i = 0; i < COUNT(statuses); i++)
        known |= str_eq(run.status, str_of(statuses[i]));
    if (!run.relation || !needed(r->t, run.relation))
        wrong(r, "\"" STR_FMT "\" is not among the needs of " STR_FMT, STR_ARG(cells[1].text), STR_ARG(r->t->id));
    else if (!known)
        wrong(r, "a run ends ok, absent, denied, unsupported, partial or error; missing: it never ran");
    else if (!span_parse(cells[3].text, &run.age))
        wrong(r, "write how long ago it ended, as 1h (units s m h d w)");
    else
        da_push(r->a, &r->now->runs) = run;
}

static void read_as_of(reader *r, const cell *cells)
{
    if (r->now->rows.n)
        wrong(r, "as_of must stand before the rows: their times count from it");
    else if (!time_parse(cells[1].text, &r->now->as_of))
        wrong(r, "as_of is a time, as 2026-01-15T12:00:00Z");
}

static void read_param(reader *r, const cell *cells)
{
    fixture_param p = { .name = cells[1].text, .line = r->line };
    bool          known = false;
    for (size_t i = 0; i < r->t->n_params; i++)
        known |= str_eq(r->t->params[i].name, p.name);
    if (!known)
        wrong(r, "the test has no parameter \"" STR_FMT "\"", STR_ARG(p.name));
    else if (!parse_int(cells[2].text, INT64_MIN, INT64_MAX, &p.value))
        wrong(r, "a parameter is a whole number");
    else
        da_push(r->a, &r->now->params) = p;
}

static void read_expect(reader *r, const cell *cells)
{
    if (r->now->has_expect)
        wrong(r, "expect stands twice");
    else if (!state_parse(cells[1].text, &r->now->expect) || r->now->expect == STATE_GAP)
        wrong(r, "\"" STR_FMT "\" is not the state of a result", STR_ARG(cells[1].text));
    else
        r->now->has_expect = true;
}

static void item_read(reader *r, const cell *cells, size_t which)
{
    if (cells[1].text.n == 0)
        wrong(r, "name one item");
    else
        da_push(r->a, &r->now->items[which]) = (fixture_item){ .item = cells[1].text, .line = r->line };
}

static void read_fails(reader *r, const cell *cells) { item_read(r, cells, ITEMS_FAIL); }
static void read_unknown(reader *r, const cell *cells) { item_read(r, cells, ITEMS_UNKNOWN); }
static void read_holds(reader *r, const cell *cells) { item_read(r, cells, ITEMS_HOLD); }

static const struct {
    const char *word;
    size_t      cells;                /* with the word itself */
    void (*read)(reader *r, const cell *cells);
} lines[] = {
    { "source", 2, read_source }, { "run", 4, read_run },     { "as_of", 2, read_as_of },
    { "param", 3, read_param },   { "expect", 2, read_expect }, { "fails", 2, read_fails },
    { "unknown", 2, read_unknown }, { "holds", 2, read_holds },
};

static void line_read(reader *r, str line)
{
    cell   cells[CELLS_MAX];
    size_t n;
    if (!cells_read(r, line, cells, &n))
        return;
    if (n < 2) {
        wrong(r, "expected [case], a relation or a word and its cells with bars between, or a comment with #");
        return;
    }
    if (cells[0].text.n == 0) {
        if (r->n_columns == 0 && !r->relation)
            wrong(r, "a row without a relation above it");
        row_read(r, cells, n);
        return;
    }
    const relation *rel = relation_find(cells[0].text);
    bool columns = rel && str_eq(cells[1].text, str_of(rel->fields[0].name));
    for (size_t i = 0; i < COUNT(lines); i++) {
        if (!str_eq(cells[0].text, str_of(lines[i].word)) || columns)
            continue;
        if (n != lines[i].cells)
            wrong(r, "%s takes %zu cells, not %zu", lines[i].word, lines[i].cells - 1, n - 1);
        else
            lines[i].read(r, cells);
        return;
    }
    if (rel)
        columns_read(r, rel, cells, n);
    else
        wrong(r, "\"" STR_FMT "\" is neither a relation nor a word of fixtures", STR_ARG(cells[0].text));
}

/* ---- cases ---------------------------------------------------------------------------------- */

static void case_end(reader *r)
{
    static const struct { str name; test_state expect; } must[] = {
        { { "pass", 4 }, STATE_PASS }, { { "fail", 4 }, STATE_FAIL }, { { "unknown", 7 }, STATE_NO_DATA },
    };
    const fixture_case *c = r->now;
    if (!c)
        return;
    r->line = c->line;
    if (!c->has_expect)
        wrong(r, "[" STR_FMT "] does not say what to expect", STR_ARG(c->name));
    for (size_t i = 0; i < COUNT(must) && c->has_expect; i++)
        if (str_eq(c->name, must[i].name) && c->expect != must[i].expect)
            wrong(r, "[" STR_FMT "] must expect %s", STR_ARG(c->name), state_name(must[i].expect));
    if (str_eq(c->name, S("empty")) && c->has_expect && c->expect == STATE_PASS)
        wrong(r, "[empty] must not expect pass: nothing was looked at");
}

/* As the names of tests, and with _ in it. */
static bool case_name_sound(reader *r, str name)
{
    char *plain = str_z(r->a, name);
    for (size_t i = 1; i < name.n; i++)
        plain[i] = plain[i] == '_' ? '-' : plain[i];
    return name_sound((str){ plain, name.n });
}

static void case_begin(reader *r, str line)
{
    size_t number = r->line;
    str    name = str_trim(str_sub(line, 1, line.n));
    case_end(r);
    r->line = number;
    if (!str_ends(name, S("]")) || !case_name_sound(r, str_sub(name, 0, name.n - 1)))
        wrong(r, "a case begins with its name in brackets, of a-z, 0-9, - and _");
    name = str_ends(name, S("]")) ? str_sub(name, 0, name.n - 1) : name;
    for (size_t i = 0; i < r->out->n; i++)
        if (str_eq(r->out->v[i].name, name))
            wrong(r, "[" STR_FMT "] stands twice", STR_ARG(name));
    if (r->out->n == CASES_MAX)
        wrong(r, "more than %d cases", CASES_MAX);
    if (r->out->n < CASES_MAX)
        da_push(r->a, r->out) = (fixture_case){ 0 };
    r->now = &r->out->v[r->out->n - 1];
    *r->now = (fixture_case){ .name = name, .line = number };
    bool good = time_parse(S("2026-01-15T12:00:00Z"), &r->now->as_of);
    assert(good);
    (void)good;
    r->source = S("fixture");
    r->relation = NULL;
    r->n_columns = 0;
}

bool fixtures_read(arena *a, faults *fs, const control_test *t, fixture_cases *ret)
{
    static const char *const required[] = { "pass", "fail", "unknown", "empty" };
    const size_t             before = fs->list.n;
    const source_file        file = { .path = t->fixtures_path, .text = t->fixtures };
    reader r = { .a = a, .fs = fs, .t = t, .out = ret };
    if (!text_sound(fs, &file))
        return false;
    size_t number = 0;
    for (str rest = t->fixtures, line; str_line(&rest, &line);) {
        r.line = ++number;
        line = str_trim(line);
        if (line.n == 0 || line.p[0] == '#')
            continue;
        if (line.p[0] == '[')
            case_begin(&r, line);
        else if (r.now)
            line_read(&r, line);
        else
            wrong(&r, "this line stands before the first case, as [pass]");
    }
    case_end(&r);
    for (size_t i = 0; i < COUNT(required); i++) {
        bool found = false;
        for (size_t k = 0; k < ret->n; k++)
            found |= str_eq(ret->v[k].name, str_of(required[i]));
        if (!found)
            fault_at(fs, t->fixtures_path, 0, STR_FMT " has no case [%s]", STR_ARG(t->id), required[i]);
    }
    return fs->list.n == before;
}
