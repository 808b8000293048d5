/* Everything as parts that are searched, kept in step with the store. */
#include "web/search.h"

#include <pthread.h>
#include <stdlib.h>

enum { PARTS_MAX = 256, PART_BYTES = 48 << 20, COMMITS_READ = 2000, COLUMNS_MAX = RELATION_FIELDS_MAX + 4 };

/* Facts that people know by name. */
static const char *const facts_found[] = { "host", "account", "repository" };
/* Records of which there is one for each step of another: the other is found. Controls and criteria are found in the catalogue. */
static const char *const records_left_out[] = { "acceptance", "access_decision", "comment", "control", "criterion", "link" };

typedef struct {
    find_kind       kind;
    const relation *r;
    const char     *name;
    search_part    *part;
    bool            old;      /* what it holds was changed */
} index_part;

struct search_index {
    pthread_mutex_t  making;  /* one refreshes at a time */
    pthread_rwlock_t lock;    /* the parts */
    int64_t          head;    /* commits they know of; -1: nothing was read */
    index_part       parts[PARTS_MAX];
    size_t           n;
};

static bool listed(const char *const *list, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i], name) == 0)
            return true;
    return false;
}

search_index *search_index_new(void)
{
    search_index *x = calloc(1, sizeof *x);
    if (!x)
        abort();
    pthread_mutex_init(&x->making, NULL);
    pthread_rwlock_init(&x->lock, NULL);
    x->head = -1;
    x->parts[x->n++] = (index_part){ .kind = FIND_CONTROLS, .name = "controls", .old = true };
    x->parts[x->n++] = (index_part){ .kind = FIND_CRITERIA, .name = "criteria", .old = true };
    x->parts[x->n++] = (index_part){ .kind = FIND_TESTS, .name = "tests", .old = true };
    for (size_t i = 0; i < n_relations && x->n < PARTS_MAX; i++) {
        const relation *r = relations[i];
        if (r->kind == RECORD ? !listed(records_left_out, COUNT(records_left_out), r->name) : listed(facts_found, COUNT(facts_found), r->name))
            x->parts[x->n++] = (index_part){ FIND_ROWS, r, r->name, NULL, true };
    }
    return x;
}

void search_index_free(search_index *x)
{
    for (size_t i = 0; x && i < x->n; i++)
        search_free(x->parts[i].part);
    if (!x)
        return;
    pthread_rwlock_destroy(&x->lock);
    pthread_mutex_destroy(&x->making);
    free(x);
}

/* ---- making a part ---------------------------------------------------------------------- */

/* id, title, state and whose it is, then every text: the same column may come twice. */
typedef struct {
    const char *names[COLUMNS_MAX];
    size_t      n, keys;
} searched_columns;

static const char *field_or_blank(const relation *r, const char *name)
{
    return name && relation_field(r, str_of(name)) >= 0 ? name : "''";
}

static searched_columns columns_of(const relation *r)
{
    const record_type *t = r->record;
    searched_columns c = { .names = { t ? field_or_blank(r, t->title) : "''", field_or_blank(r, t ? "state" : NULL), field_or_blank(r, t ? t->own : NULL) },
                           .n = 3, .keys = relation_keys(r) };
    for (size_t i = 0; i < r->n_fields; i++)
        if (i < c.keys || (r->fields[i].kind == F_TEXT && strcmp(r->fields[i].name, "digest") != 0))
            c.names[c.n++] = r->fields[i].name;
    return c;
}

static str columns_sql_of(arena *a, const searched_columns *c)
{
    buf b = buf_new(a, 16 << 10);
    for (size_t i = 0; i < c->n; i++)
        buf_fmt(&b, "%s%s AS c%zu", i ? ", " : "", c->names[i], i);
    return buf_str(&b);
}

static str joined(arena *a, const row_table *t, size_t row, size_t from, size_t to, char between)
{
    buf b = buf_new(a, 1 << 20);
    for (size_t i = from; i < to; i++) {
        if (i > from)
            buf_putc(&b, between);
        buf_puts(&b, table_cell(t, row, i));
    }
    return buf_str(&b);
}

static err_t fill_rows(ask *q, const relation *r, search_part *p)
{
    const searched_columns c = columns_of(r);
    auto_arena arena *mem = arena_new(SIZE_MAX / 2), *line = arena_new(SIZE_MAX / 2);
    const sql_hole    holes[] = { { "columns", columns_sql_of(mem, &c) }, { "relation", str_of(r->name) } };
    row_table         t = { 0 };
    TRY(app_rows(q->ws, mem, "sql/web/search_rows.sql", holes, COUNT(holes), 0, &q->f, &t));
    for (size_t i = 0; i < t.n_rows; i++) {
        str id = joined(line, &t, i, 3, 3 + c.keys, '/'), title = table_cell(&t, i, 0);
        str text = str_fmt(line, "%s " STR_FMT, r->name, STR_ARG(joined(line, &t, i, 3, c.n, ' ')));      /* "backup policy" names the type too */
        search_add(p, &(search_doc){ id, title.n ? title : id, table_cell(&t, i, 1), table_cell(&t, i, 2) }, text);
        arena_reset(line);
    }
    return ERR_OK;
}

static str state_in(const map *states, arena *a, const char *kind, str id)
{
    const str *s = map_get(states, str_fmt(a, "%s " STR_FMT, kind, STR_ARG(id)));
    return s ? *s : S("");
}

static void fill_controls(const content *ct, const map *states, arena *a, search_part *p)
{
    for (size_t i = 0; i < ct->n_controls; i++) {
        const control *c = &ct->controls[i];
        search_add(p, &(search_doc){ c->id, c->title, state_in(states, a, "control", c->id), { 0 } },
                   str_fmt(a, STR_FMT " " STR_FMT " " STR_FMT, STR_ARG(c->words), STR_ARG(c->owner), STR_ARG(c->rationale)));
    }
}

static void fill_criteria(const content *ct, const map *states, arena *a, search_part *p)
{
    for (size_t i = 0; i < ct->n_criteria; i++) {
        const criterion *c = &ct->criteria[i];
        search_add(p, &(search_doc){ c->id, c->words, state_in(states, a, "criterion", c->id), { 0 } },
                   str_fmt(a, "%s " STR_FMT " " STR_FMT, category_name(c->category), STR_ARG(c->evidence), STR_ARG(c->population)));
    }
}

static void fill_tests(const content *ct, const map *states, arena *a, search_part *p)
{
    for (size_t i = 0; i < ct->n_tests; i++) {
        const control_test *c = &ct->tests[i];
        search_add(p, &(search_doc){ c->id, c->title, state_in(states, a, "test", c->id), { 0 } },
                   str_fmt(a, STR_FMT " " STR_FMT " %s", STR_ARG(c->why), STR_ARG(c->remedy), c->subject ? c->subject->name : ""));
    }
}

static err_t fill_content(ask *q, find_kind kind, search_part *p)
{
    static void (*const fill[])(const content *, const map *, arena *, search_part *) = {
        [FIND_CRITERIA] = fill_criteria, [FIND_CONTROLS] = fill_controls, [FIND_TESTS] = fill_tests,
    };
    auto_arena arena *mem = arena_new(SIZE_MAX / 2);
    map               states = map_new(mem);
    const content    *ct;
    row_table         t = { 0 };
    TRY(app_content(q->ws, &q->f, &ct));
    TRY(app_rows(q->ws, mem, "sql/web/search_states.sql", NULL, 0, 0, &q->f, &t));
    for (size_t i = 0; i < t.n_rows; i++)
        *map_put(&states, joined(mem, &t, i, 0, 2, ' ')) = &t.cells[i * t.n_columns + 2];
    fill[kind](ct, &states, mem, p);
    return ERR_OK;
}

static err_t make_anew(ask *q, search_index *x, index_part *its)
{
    search_part *p = search_begin(PART_BYTES);
    err_t        e = its->kind == FIND_ROWS ? fill_rows(q, its->r, p) : fill_content(q, its->kind, p);
    if (e != ERR_OK) {
        search_free(p);
        return e;
    }
    search_seal(p);
    pthread_rwlock_wrlock(&x->lock);
    search_part *before = its->part;
    its->part = p;
    its->old = false;
    pthread_rwlock_unlock(&x->lock);
    search_free(before);
    return ERR_OK;
}

/* ---- keeping in step ------------------------------------------------------------------------ */

static void grow_old(search_index *x, str name)
{
    bool result = str_eq(name, S("result")) || str_eq(name, S("control_result")) || str_eq(name, S("criterion_result"));
    for (size_t i = 0; i < x->n; i++)
        if (x->parts[i].kind == FIND_ROWS ? str_eq(name, str_of(x->parts[i].name)) : result)
            x->parts[i].old = true;
}

static err_t read_commits(ask *q, search_index *x)
{
    auto_arena arena *mem = arena_new(SIZE_MAX / 2);
    const sql_hole    since = { "since", str_fmt(mem, "%lld", (long long)x->head) };
    row_table         t = { 0 };
    TRY(app_rows(q->ws, mem, "sql/web/search_commits.sql", &since, 1, 0, &q->f, &t));
    for (size_t i = 0; i < x->n; i++)
        x->parts[i].old |= t.n_rows > COMMITS_READ;
    for (size_t i = 0; i < t.n_rows && t.n_rows <= COMMITS_READ; i++) {
        leaf l;
        TRY(leaf_parse(mem, table_cell(&t, i, 0), &q->f, &l));
        for (size_t k = 0; k < l.n_changes; k++)
            grow_old(x, l.changes[k].relation);
        for (size_t k = 0; k < l.n_erased; k++)
            grow_old(x, l.erased[k].relation);
    }
    return ERR_OK;
}

/* The number of commits is read first: what comes while parts are made is found old the next time. */
static err_t refresh(ask *q, search_index *x)
{
    int64_t head;
    TRY(app_head(q->ws, &q->f, &head));
    if (head == x->head)
        return ERR_OK;
    if (x->head >= 0)
        TRY(read_commits(q, x));
    for (size_t i = 0; i < x->n; i++)
        if (x->parts[i].old)
            TRY(make_anew(q, x, &x->parts[i]));
    x->head = head;
    return ERR_OK;
}

/* ---- finding ------------------------------------------------------------------------------------ */

typedef struct {
    str  person;
    bool only_own;
    find_kind      kind;
    const content *inside;
} asker;

static bool may_see(void *arg, const search_doc *d)
{
    const asker *who = arg;
    switch (who->kind) {
    case FIND_CRITERIA: return criterion_find(who->inside, d->id) != NULL;
    case FIND_CONTROLS: return control_find(who->inside, d->id) != NULL;
    case FIND_TESTS: return test_find(who->inside, d->id) != NULL;
    case FIND_ROWS: break;
    }
    return !who->only_own || (who->person.n && str_eq(d->own, who->person));
}

/* Criteria, tests and facts are for who may see the whole program; records as their type says. Parts hold what
 * is now, so of the past only what the catalogue says is found: an auditor's engagement may have ended before. What an
 * engagement has in part is in its list alone. */
static bool may_ask(ask *q, const index_part *its, const content *inside, asker *ret)
{
    fault none = { 0 };
    if (its->kind == FIND_ROWS && (q->as_of || app_in_part(q->ws, its->r)))
        return false;
    *ret = (asker){ .person = q->who.person, .kind = its->kind, .inside = inside };
    if (its->kind != FIND_ROWS || its->r->kind != RECORD)
        return shown_to(q, PERMIT_READER);
    ret->only_own = !record_reads_all(&q->who, its->r);
    return record_may_read(&q->who, its->r, &none) == ERR_OK;
}

static search_doc *copy_of(arena *a, const search_doc *d, bool now)
{
    search_doc *c = NEW(a, search_doc);
    *c = (search_doc){ str_dup(a, d->id), str_dup(a, d->title), now ? str_dup(a, d->state) : S(""), str_dup(a, d->own) };
    return c;
}

static void find_in(ask *q, const index_part *its, const content *inside, const search_query *asked, size_t max, found_part *ret)
{
    asker who;
    if (!its->part || !may_ask(q, its, inside, &who))
        return;
    *ret = (found_part){ .kind = its->kind, .r = its->r, .name = its->name, .full = search_full(its->part), .hits = NEW_ARRAY(q->a, search_hit, max + 1) };
    ret->all = search_find(its->part, q->a, asked, may_see, &who, max, ret->hits, &ret->n);
    for (size_t i = 0; i < ret->n; i++)
        ret->hits[i].doc = copy_of(q->a, ret->hits[i].doc, !q->as_of);
}

err_t search_everything(ask *q, search_index *x, str text, str only, size_t max, found_part **ret, size_t *ret_n)
{
    const search_query asked = search_ask(q->a, text);
    found_part        *parts = NEW_ARRAY(q->a, found_part, x->n + 1);
    size_t             n = 0;
    const content     *inside;
    pthread_mutex_lock(&x->making);
    const audit_hold *was = app_hold(q->ws, NULL);             /* the index is everybody's, whoever asks first */
    err_t             e = refresh(q, x);
    (void)app_hold(q->ws, was);
    pthread_mutex_unlock(&x->making);
    if (e != ERR_OK)
        return e;
    TRY(app_content(q->ws, &q->f, &inside));
    pthread_rwlock_rdlock(&x->lock);
    for (size_t i = 0; i < x->n; i++)
        if (!only.n || str_eq(only, str_of(x->parts[i].name))) {
            parts[n] = (found_part){ 0 };
            find_in(q, &x->parts[i], inside, &asked, max, &parts[n]);
            n += parts[n].n > 0 || parts[n].full;
        }
    pthread_rwlock_unlock(&x->lock);
    *ret = parts;
    *ret_n = n;
    return ERR_OK;
}
