/* Populations: a head in comment lines, a query, and the query of its completeness. */
#include "library/parts.h"

typedef struct {
    str id, title, made_of, criteria, period, moment, times;
} population_keys;

static const key_row rows[] = {
    { .key = "population", .offset = offsetof(population_keys, id) },
    { .key = "title", .offset = offsetof(population_keys, title) },
    { .key = "made-of", .offset = offsetof(population_keys, made_of) },
    { .key = "criteria", .offset = offsetof(population_keys, criteria) },
    { .key = "period", .offset = offsetof(population_keys, period) },
    { .key = "moment", .offset = offsetof(population_keys, moment) },
    { .key = "times", .offset = offsetof(population_keys, times), .optional = true },
};

typedef struct {
    const reader       *r;
    library_population *p;
    block               head;         /* without needs */
    DA(entry)           needs;
    DA(population_need) list;
    size_t              number;
    bool                sound;
} population_reader;

static void tell(population_reader *q, size_t line, const char *what)
{
    fault_on(q->r, line, "%s", what);
    q->sound = false;
}

/* ---- the head --------------------------------------------------------------------------- */

/* One line of the head without its "--"; may_need: whether the last was a need. */
static void head_line(population_reader *q, str line, entry **last)
{
    entry e;
    bool  further = str_starts(line, S("  ")) || str_starts(line, S("\t"));
    if (str_trim(line).n == 0)
        *last = NULL;
    else if (further && *last)
        entry_continue(q->r->a, *last, line);
    else if (further || !str_starts(line, S(" ")) || !entry_cut(line, q->number, &e))
        tell(q, q->number, "expected \"-- key: value\", or \"--\" and two blanks to continue the line above");
    else if (str_eq(e.key, S("needs"))) {
        da_push(q->r->a, &q->needs) = e;
        *last = &q->needs.v[q->needs.n - 1];
    } else {
        da_push(q->r->a, &q->head.entries) = e;
        *last = &q->head.entries.v[q->head.entries.n - 1];
    }
}

/* "account max_age=26h", "incident empty=ok" */
static void need_read(population_reader *q, const entry *e)
{
    str             rest = e->value, name = str_word(&rest);
    population_need n = { .relation = relation_find(name) };
    if (!n.relation || n.relation->kind == RESULT) {
        fault_on(q->r, e->line, "there is no relation of facts or records \"" STR_FMT "\"", STR_ARG(utf8_cut(name, 80)));
        q->sound = false;
        return;
    }
    for (str word; (word = str_word(&rest)).n;) {
        const str age = S("max_age=");
        bool      good = false;
        if (str_starts(word, age))
            good = span_parse(str_sub(word, age.n, word.n), &n.max_age) && n.max_age > 0;
        else if (str_eq(word, S("empty=ok")))
            good = n.may_be_empty = n.relation->kind == RECORD;
        if (!good)
            tell(q, e->line, "after a need stand max_age=AGE and, for records, empty=ok");
    }
    if (n.relation->kind == FACT && !n.max_age)
        tell(q, e->line, "facts have a max_age: how old may they be?");
    for (size_t i = 0; i < q->list.n; i++)
        if (q->list.v[i].relation == n.relation)
            tell(q, e->line, "this need stands twice");
    da_push(q->r->a, &q->list) = n;
}

static void head_take(population_reader *q)
{
    population_keys     k = { 0 };
    const reader       *r = q->r;
    library_population *p = q->p;
    if (!keys_read(r->fs, r->file->path, &q->head, rows, COUNT(rows), &k)) {
        q->sound = false;
        return;
    }
    p->id = k.id;
    p->title = k.title;
    p->made_of = k.made_of;
    p->period = k.period;
    p->times = words_read(r->a, k.times);
    p->at_end = str_eq(k.moment, S("end"));
    if (!p->at_end && !str_eq(k.moment, S("now")))
        tell(q, key_line(&q->head, "moment"), "\"moment\" is end (as it stood when the period ended) or now (all that is known by now)");
    if (!str_eq(k.id, r->name))
        tell(q, key_line(&q->head, "population"), "does not call itself as its file");
    q->sound &= criteria_named(r, key_line(&q->head, "criteria"), k.criteria, &p->criteria);
    for (size_t i = 0; i < q->needs.n; i++)
        need_read(q, &q->needs.v[i]);
    if (q->needs.n == 0)
        tell(q, 1, "\"needs\" is missing: what is the population made of?");
    p->needs = q->list.v;
    p->n_needs = q->list.n;
}

/* ---- the queries ---------------------------------------------------------------------------- */

static bool word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool placed(str rest, str name)
{
    return str_starts(rest, name) && (rest.n == name.n || !word_char(rest.p[name.n]));
}

str population_sql(arena *a, str sql, time_us from, time_us to)
{
    static const struct { const char *name; bool is_to; } places[] = { { ":from", false }, { ":to", true } };
    buf  out = buf_new(a, CONTENT_FILE_MAX * 8);
    bool quoted = false;
    for (size_t i = 0; i < sql.n; i++) {
        const str rest = str_sub(sql, i, sql.n);
        size_t    k = 0;
        quoted ^= sql.p[i] == '\'';
        while (k < COUNT(places) && (quoted || !placed(rest, str_of(places[k].name))))
            k++;
        if (k == COUNT(places)) {
            buf_putc(&out, sql.p[i]);
            continue;
        }
        buf_int(&out, places[k].is_to ? to : from);
        i += strlen(places[k].name) - 1;
    }
    return buf_str(&out);
}

static bool needed(const population_reader *q, str table)
{
    for (size_t i = 0; i < q->list.n; i++)
        if (str_eq(table, str_of(q->list.v[i].relation->name)))
            return true;
    return false;
}

/* May run, and reads nothing but what the population needs. */
static void query_check(population_reader *q, str sql, size_t line, bool *used)
{
    const library_options *o = q->r->o;
    arena *a = q->r->a;
    buf    text = buf_new(a, CONTENT_FILE_MAX * 8);
    fault  why = { 0 };
    str   *tables;
    size_t n;
    for (size_t i = 1; i < line; i++)
        buf_putc(&text, '\n');
    buf_puts(&text, population_sql(a, sql, 0, 1));
    if (!o->query_check)
        return;
    if (o->query_check(o->arg, a, buf_str(&text), &why, &tables, &n) != ERR_OK) {
        fault_told(q->r->fs, q->r->file->path, line, str_of(why.text));
        q->sound = false;
        return;
    }
    for (size_t i = 0; i < n; i++)
        if (!needed(q, tables[i])) {
            fault_on(q->r, line, "reads \"" STR_FMT "\" and does not need it", STR_ARG(tables[i]));
            q->sound = false;
        }
    for (size_t i = 0; i < q->list.n; i++)
        for (size_t k = 0; k < n; k++)
            used[i] |= str_eq(tables[k], str_of(q->list.v[i].relation->name));
}

static void queries_check(population_reader *q)
{
    bool *used = NEW_ARRAY(q->r->a, bool, q->list.n + 1);
    query_check(q, q->p->sql, q->p->sql_line, used);
    query_check(q, q->p->checks_sql, q->p->checks_line, used);
    for (size_t i = 0; i < q->list.n && q->sound && q->r->o->query_check; i++)
        if (!used[i])
            tell(q, q->needs.v[i].line, "is needed and never read");
}

/* ---- the file ---------------------------------------------------------------------------------- */

static const char completeness[] = "-- completeness:";

/* The query from here to the line that begins with `until`, or to the end. */
static str query_cut(population_reader *q, str *rest, const char *until, size_t *ret_line, str *ret_until)
{
    const char *from = rest->p;
    str         line, at = *rest;
    *ret_line = q->number + 1;
    *ret_until = (str){ 0 };
    while (str_line(rest, &line)) {
        q->number++;
        if (until && str_starts(line, str_of(until))) {
            *ret_until = str_trim(str_sub(line, strlen(until), line.n));
            return str_trim((str){ from, (size_t)(line.p - from) });
        }
    }
    return str_trim(at);
}

static void file_take(population_reader *q)
{
    str    rest = q->r->file->text, before = rest, line, end;
    entry *last = NULL;
    while (str_line(&rest, &line) && str_starts(line, S("--")) && !str_starts(line, str_of(completeness))) {
        q->number++;
        head_line(q, str_sub(line, 2, line.n), &last);
        before = rest;
    }
    rest = before;
    q->p->sql = query_cut(q, &rest, completeness, &q->p->sql_line, &q->p->completeness);
    q->p->checks_sql = query_cut(q, &rest, NULL, &q->p->checks_line, &end);
    head_take(q);
    if (q->p->sql.n == 0)
        tell(q, q->p->sql_line, "has no query");
    if (q->p->completeness.n == 0 || q->p->checks_sql.n == 0)
        tell(q, 0, "does not show that it is complete: a line \"-- completeness: words\" and a query are missing");
}

void population_read(const reader *r, population_list *list)
{
    library_population p = { .path = r->file->path };
    population_reader  q = { .r = r, .p = &p, .head = { .id = r->name, .line = 1 }, .sound = true };
    if (!text_sound(r->fs, r->file))
        return;
    file_take(&q);
    if (q.sound)
        queries_check(&q);
    if (q.sound)
        da_push(r->a, list) = p;
}
