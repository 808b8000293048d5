#include "assess/parts.h"

enum { LIST_MAX = 32 };               /* controls, needs, parameters of one test */

typedef struct {
    arena         *a;
    faults        *fs;
    const content *c;
    str            path;
    control_test  *t;
    DA(entry)      entries;
    DA(const control *) controls;
    DA(test_need)  needs;
    DA(test_param) params;
} header;

static void wrong(header *h, size_t line, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

static void wrong(header *h, size_t line, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    str what = str_vfmt(h->a, fmt, ap);
    va_end(ap);
    fault_at(h->fs, h->path, line, STR_FMT, STR_ARG(what));
}

/* ---- one reader a key ------------------------------------------------------------- */

static void read_id(header *h, const entry *e)
{
    str rest = e->value, group = str_cut(&rest, '.');
    h->t->id = e->value;
    if (!rest.p || !name_sound(group) || !name_sound(rest)) {
        wrong(h, e->line, "test is GROUP.NAME, of a-z, 0-9 and -");
        return;
    }
    str file = str_fmt(h->a, "/" STR_FMT "/" STR_FMT ".sql", STR_ARG(group), STR_ARG(rest));
    if (!str_ends(h->path, file))
        wrong(h, e->line, "test " STR_FMT " must stand in tests" STR_FMT, STR_ARG(e->value), STR_ARG(file));
}

static void read_version(header *h, const entry *e)
{
    if (!parse_int(e->value, 1, 1000000, &h->t->version))
        wrong(h, e->line, "version is a number from 1");
}

static void read_title(header *h, const entry *e) { h->t->title = e->value; }
static void read_why(header *h, const entry *e) { h->t->why = e->value; }
static void read_remedy(header *h, const entry *e) { h->t->remedy = e->value; }

static void read_kind(header *h, const entry *e)
{
    bool event = str_eq(e->value, S("event"));
    if (!event && !str_eq(e->value, S("state")))
        wrong(h, e->line, "kind is state or event");
    h->t->kind = event ? TEST_EVENT_KIND : TEST_STATE_KIND;
}

static void read_severity(header *h, const entry *e)
{
    for (severity s = SEVERITY_CRITICAL; s <= SEVERITY_LOW; s++)
        if (str_eq(e->value, str_of(severity_name(s)))) {
            h->t->severity = s;
            return;
        }
    wrong(h, e->line, "severity is critical, high, medium or low");
}

/* Runs are results of ours, and yet what a test of the collection itself reads. */
static const relation *fact_relation(header *h, size_t line, str name)
{
    const relation *r = relation_find(name);
    if (r && (r->kind != RESULT || str_eq(name, S("run"))))
        return r;
    wrong(h, line, "\"" STR_FMT "\" is not a relation of facts or records", STR_ARG(name));
    return NULL;
}

static void read_subject(header *h, const entry *e)
{
    if (!str_eq(e->value, S("-")))
        h->t->subject = fact_relation(h, e->line, e->value);
}

static void read_controls(header *h, const entry *e)
{
    for (str list = e->value; list.p;) {
        str            id = str_trim(str_cut(&list, ','));
        const control *c = control_find(h->c, id);
        bool           twice = false;
        for (size_t i = 0; i < h->controls.n; i++)
            twice |= h->controls.v[i] == c;
        if (!c)
            wrong(h, e->line, "there is no control \"" STR_FMT "\"", STR_ARG(id));
        else if (twice)
            wrong(h, e->line, "control " STR_FMT " stands twice", STR_ARG(id));
        else if (h->controls.n >= LIST_MAX)
            wrong(h, e->line, "a test serves at most %d controls", LIST_MAX);
        else
            da_push(h->a, &h->controls) = c;
    }
}

/* What follows the relation: facts say max_age=26h; records may, or say empty=ok. */
static bool need_read(str rest, test_need *need)
{
    for (str word = str_word(&rest); word.n; word = str_word(&rest)) {
        if (str_eq(word, S("empty=ok")) && need->relation->kind == RECORD)
            need->may_be_empty = true;
        else if (!str_starts(word, S("max_age=")) || need->max_age || !span_parse(str_sub(word, 8, word.n), &need->max_age))
            return false;
    }
    return need->max_age > 0 || need->relation->kind == RECORD;
}

/* "account max_age=26h", "incident", "acceptance empty=ok" */
static void read_need(header *h, const entry *e)
{
    str       rest = e->value, name = str_word(&rest);
    test_need need = { .relation = fact_relation(h, e->line, name) };
    if (!need.relation)
        return;
    if (!need_read(rest, &need)) {
        wrong(h, e->line, "write \"needs: " STR_FMT " max_age=26h\" (units s m h d w); for records \"needs: policy\", with "
              "empty=ok where having none of them is an answer", STR_ARG(name));
        return;
    }
    for (size_t i = 0; i < h->needs.n; i++)
        if (h->needs.v[i].relation == need.relation) {
            wrong(h, e->line, "need " STR_FMT " stands twice", STR_ARG(name));
            return;
        }
    if (h->needs.n >= LIST_MAX)
        wrong(h, e->line, "a test has at most %d needs", LIST_MAX);
    else
        da_push(h->a, &h->needs) = need;
}

/* Bytes of `s` from `at` on that are a parameter's name: a-z, _ and then digits. */
static size_t name_length(str s, size_t at)
{
    size_t n = 0;
    for (; at + n < s.n; n++) {
        char c = s.p[at + n];
        if (!((c >= 'a' && c <= 'z') || c == '_' || (n && c >= '0' && c <= '9')))
            break;
    }
    return n;
}

static bool param_name_sound(str s) { return s.n > 0 && name_length(s, 0) == s.n; }

/* What follows the value: nothing, or "guard <= N" or "guard >= N". */
static bool guard_read(str rest, test_param *p)
{
    str word = str_word(&rest), op = str_word(&rest), n = str_word(&rest);
    p->guard = str_eq(op, S("<=")) ? GUARD_AT_MOST : GUARD_AT_LEAST;
    if (word.n == 0) {
        p->guard = GUARD_NONE;
        return true;
    }
    return str_eq(word, S("guard")) && (str_eq(op, S("<=")) || str_eq(op, S(">="))) && str_trim(rest).n == 0 &&
           parse_int(n, INT64_MIN, INT64_MAX, &p->guard_value);
}

static bool param_outside(const test_param *p)
{
    return (p->guard == GUARD_AT_MOST && p->value > p->guard_value) ||
           (p->guard == GUARD_AT_LEAST && p->value < p->guard_value);
}

/* "max_days int = 90 guard <= 90" */
static void read_param(header *h, const entry *e)
{
    str        rest = e->value;
    test_param p = { .name = str_word(&rest) };
    str        kind = str_word(&rest), equals = str_word(&rest), v = str_word(&rest);
    if (!param_name_sound(p.name) || !str_eq(kind, S("int")) || !str_eq(equals, S("=")) ||
        !parse_int(v, INT64_MIN, INT64_MAX, &p.value) || !guard_read(rest, &p)) {
        wrong(h, e->line, "write \"param: max_days int = 90\", and after it \"guard <= 90\" or \"guard >= 90\" or nothing");
        return;
    }
    p.initial = p.value;
    if (param_outside(&p))
        wrong(h, e->line, "param " STR_FMT " stands outside its own guard", STR_ARG(p.name));
    for (size_t i = 0; i < h->params.n; i++)
        if (str_eq(h->params.v[i].name, p.name)) {
            wrong(h, e->line, "param " STR_FMT " stands twice", STR_ARG(p.name));
            return;
        }
    if (h->params.n >= LIST_MAX)
        wrong(h, e->line, "a test has at most %d parameters", LIST_MAX);
    else
        da_push(h->a, &h->params) = p;
}

enum { KEY_MANY = 1, KEY_MAY_LACK = 2 };

static const struct {
    const char *key;
    unsigned    flags;
    void (*read)(header *h, const entry *e);
} keys[] = {
    { "test", 0, read_id },
    { "version", 0, read_version },
    { "title", 0, read_title },
    { "kind", 0, read_kind },
    { "subject", 0, read_subject },
    { "controls", KEY_MANY, read_controls },
    { "severity", 0, read_severity },
    { "needs", KEY_MANY, read_need },
    { "param", KEY_MANY | KEY_MAY_LACK, read_param },
    { "why", 0, read_why },
    { "remedy", 0, read_remedy },
};

/* ---- the header ---------------------------------------------------------------------- */

/* "-- key: value", and "--   more" continues it. */
static void header_line(header *h, str line, size_t number)
{
    entry e;
    str   rest = str_sub(line, 2, line.n);
    bool  blank = rest.n && rest.p[0] == ' ';
    if (blank && rest.n > 1 && rest.p[1] == ' ' && str_trim(rest).n) {
        if (h->entries.n)
            entry_continue(h->a, &h->entries.v[h->entries.n - 1], rest);
        else
            wrong(h, number, "this line continues a value, and there is none above");
    } else if (blank && entry_cut(rest, number, &e)) {
        da_push(h->a, &h->entries) = e;
    } else {
        wrong(h, number, "a line of the header is \"-- key: value\"; \"--\" and two or more blanks continue it");
    }
}

static void header_split(header *h, str text)
{
    str    rest = text, before = text, line;
    size_t number = 1;
    for (; str_line(&rest, &line); before = rest, number++) {
        if (str_starts(line, S("--")))
            header_line(h, line, number);
        else if (str_trim(line).n)
            break;
    }
    h->t->sql_line = number;
    h->t->sql_text = before.p ? before : S("");
    while (h->t->sql_text.n && strchr(" \t\r\n", h->t->sql_text.p[h->t->sql_text.n - 1]))
        h->t->sql_text.n--;
}

static void entries_read(header *h)
{
    const entry *seen[COUNT(keys)] = { 0 };
    for (size_t i = 0; i < h->entries.n; i++) {
        const entry *e = &h->entries.v[i];
        size_t       k = 0;
        while (k < COUNT(keys) && !str_eq(e->key, str_of(keys[k].key)))
            k++;
        if (k == COUNT(keys))
            wrong(h, e->line, "unknown key \"" STR_FMT "\"", STR_ARG(e->key));
        else if (e->value.n == 0)
            wrong(h, e->line, "\"%s\" says nothing", keys[k].key);
        else if (seen[k] && !(keys[k].flags & KEY_MANY))
            wrong(h, e->line, "\"%s\" stands twice", keys[k].key);
        else
            keys[k].read(h, e);
        if (k < COUNT(keys))
            seen[k] = e;
    }
    for (size_t k = 0; k < COUNT(keys); k++)
        if (!seen[k] && !(keys[k].flags & KEY_MAY_LACK))
            wrong(h, 1, "the header has no \"%s\"", keys[k].key);
}

/* ---- parameters in the query ---------------------------------------------------------- */

static const test_param *param_named(const control_test *t, str name)
{
    for (size_t i = 0; i < t->n_params; i++)
        if (str_eq(t->params[i].name, name))
            return &t->params[i];
    return NULL;
}

/* sql_text with each :name outside quotes replaced, padded to the width it had
 * so that columns in messages stay right. Returns the first name that is no
 * parameter, or the empty str. */
static str render(arena *a, const control_test *t, bool *used, str *ret)
{
    str  in = t->sql_text, unknown = S("");
    buf  b = buf_new(a, in.n * 24 + 64);
    bool quoted = false;
    for (size_t i = 0; i < in.n; i++) {
        size_t n = in.p[i] == ':' && !quoted ? name_length(in, i + 1) : 0;
        str    name = str_sub(in, i + 1, i + 1 + n);
        const test_param *p = n ? param_named(t, name) : NULL;
        quoted ^= in.p[i] == '\'';
        if (n && !p && unknown.n == 0)
            unknown = name;
        if (!p) {
            buf_putc(&b, in.p[i]);
            continue;
        }
        size_t start = b.n;
        buf_fmt(&b, p->value < 0 ? "(%lld)" : "%lld", (long long)p->value);
        while (b.n - start < n + 1)
            buf_putc(&b, ' ');
        used[p - t->params] = true;
        i += n;
    }
    assert(!b.overflow);
    *ret = str_dup(a, buf_str(&b));
    return unknown;
}

err_t test_set_param(arena *a, control_test *t, str name, int64_t v, fault *f)
{
    bool used[LIST_MAX];
    for (size_t i = 0; i < t->n_params; i++) {
        if (!str_eq(t->params[i].name, name))
            continue;
        t->params[i].value = v;
        (void)render(a, t, used, &t->sql);
        return ERR_OK;
    }
    return fail(f, ERR_NOT_FOUND, "test " STR_FMT " has no parameter \"" STR_FMT "\"", STR_ARG(t->id), STR_ARG(name));
}

bool test_weakened(const control_test *t)
{
    for (size_t i = 0; i < t->n_params; i++)
        if (param_outside(&t->params[i]))
            return true;
    return false;
}

/* ---- the query -------------------------------------------------------------------------- */

static void params_place(header *h)
{
    bool used[LIST_MAX] = { 0 };
    str  unknown = render(h->a, h->t, used, &h->t->sql);
    if (unknown.n)
        wrong(h, h->t->sql_line, ":" STR_FMT " is not a parameter of this test", STR_ARG(unknown));
    for (size_t i = 0; i < h->t->n_params; i++)
        if (!used[i])
            wrong(h, h->t->sql_line, "parameter " STR_FMT " is not used in the query", STR_ARG(h->t->params[i].name));
}

/* Every relation read is needed, and every one needed is read. */
static void needs_match(header *h, const str *tables, size_t n)
{
    const control_test *t = h->t;
    for (size_t i = 0; i < n; i++) {
        bool needed = false;
        for (size_t k = 0; k < t->n_needs; k++)
            needed |= str_eq(tables[i], str_of(t->needs[k].relation->name));
        if (!needed)
            wrong(h, t->sql_line, "the query reads " STR_FMT ", which is not among its needs", STR_ARG(tables[i]));
    }
    for (size_t k = 0; k < t->n_needs; k++) {
        bool is_read = false;
        for (size_t i = 0; i < n; i++)
            is_read |= str_eq(tables[i], str_of(t->needs[k].relation->name));
        if (!is_read)
            wrong(h, 1, "it needs %s, which the query does not read", t->needs[k].relation->name);
    }
}

static void subject_check(header *h)
{
    const control_test *t = h->t;
    bool needed = t->subject == NULL;
    for (size_t k = 0; k < t->n_needs; k++)
        needed |= t->needs[k].relation == t->subject;
    if (!needed)
        wrong(h, 1, "its subject %s is not among its needs", t->subject->name);
}

static void query_check(header *h)
{
    fault  why = { 0 };
    str   *tables;
    size_t n;
    buf    b = buf_new(h->a, h->t->sql.n + h->t->sql_line + 1);
    if (h->t->sql.n == 0) {
        wrong(h, h->t->sql_line, "there is no query below the header");
        return;
    }
    for (size_t i = 1; i < h->t->sql_line; i++)       /* so that lines count as in the file */
        buf_putc(&b, '\n');
    buf_puts(&b, h->t->sql);
    if (sandbox_check(h->a, buf_str(&b), false, &why, &tables, &n) != ERR_OK) {
        fault_told(h->fs, h->path, h->t->sql_line, str_of(why.text));
        return;
    }
    needs_match(h, tables, n);
    subject_check(h);
    nullable_check(h->a, h->fs, h->t, buf_str(&b));
}

bool test_read(arena *a, faults *fs, const content *c, const source_file *file, bool check_query, control_test *t)
{
    size_t before = fs->list.n;
    header h = { .a = a, .fs = fs, .c = c, .path = file->path, .t = t };
    *t = (control_test){ .path = file->path };
    if (!text_sound(fs, file))
        return false;
    header_split(&h, file->text);
    entries_read(&h);
    t->controls = h.controls.v;
    t->n_controls = h.controls.n;
    t->needs = h.needs.v;
    t->n_needs = h.needs.n;
    t->params = h.params.v;
    t->n_params = h.params.n;
    params_place(&h);
    if (fs->list.n == before && check_query)
        query_check(&h);
    if (fs->list.n != before)
        return false;
    auto_hasher hasher *hs = hasher_new();
    hash32 digest = sha256_of(hs, file->text.p, file->text.n);
    t->digest = hex_of(a, digest.b, sizeof digest.b);
    return true;
}

err_t test_parse(arena *a, const content *c, str path, str text, fault *f, control_test *ret)
{
    faults       fs = { .a = a };
    control_test t;
    const source_file file = { .path = path, .text = text };
    test_read(a, &fs, c, &file, true, &t);
    TRY(faults_report(&fs, f));
    *ret = t;
    return ERR_OK;
}
