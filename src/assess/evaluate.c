#include "assess/parts.h"

enum { KEYS_MAX = 8, NO_COLUMN = -1 };

/* Columns a query may return besides the item's key and `ok`. */
typedef enum { COLUMN_TEXT, COLUMN_TIME } column_kind;
enum { OPTION_SOURCE, OPTION_AT, OPTION_COUNT_ = 7 };
static const struct { const char *name; column_kind kind; size_t offset; } options[OPTION_COUNT_] = {
    [OPTION_SOURCE] = { "source", COLUMN_TEXT, offsetof(test_item, source) },
    [OPTION_AT] = { "at", COLUMN_TIME, 0 },
    { "reason", COLUMN_TEXT, offsetof(test_item, reason) },
    { "observed", COLUMN_TEXT, offsetof(test_item, observed) },
    { "expected", COLUMN_TEXT, offsetof(test_item, expected) },
    { "owner", COLUMN_TEXT, offsetof(test_item, owner) },
    { "link", COLUMN_TEXT, offsetof(test_item, link) },
};

typedef struct { uint64_t a, b; } hash128;

/* Keys seen, as keyed hashes: 16 bytes an item however long its key is. */
typedef struct {
    arena   *a;
    uint64_t key[2];
    hash128 *slots;                   /* a.b of 0, 0 is free */
    size_t   n, cap;
} key_set;

typedef struct {
    arena              *a;            /* the result's */
    arena              *scratch;      /* the evaluation's */
    const control_test *t;
    test_result        *r;
    cursor             *c;
    int                 keys[KEYS_MAX], ok, options[OPTION_COUNT_];
    size_t              n_keys;
    key_set             seen;
    buf                 item;
    size_t              holding_max;
    bool                holding_dropped;
    DA(test_item)       told;         /* failing and unknown */
    DA(test_item)       holding;
    str                 last[OPTION_COUNT_];   /* texts repeat from row to row: kept once */
    str                 fresh_source; /* the last source judged, */
    str                 fresh_why;    /* and what was found */
    bool                fresh_known;
} evaluation;

/* The query did not do what a test's query does: a state, not a failure. */
static bool broken(evaluation *e, const char *fmt, ...) PRINTF_LIKE(2);

static bool broken(evaluation *e, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    e->r->reason = str_vfmt(e->a, fmt, ap);
    va_end(ap);
    return false;
}

/* ---- columns ------------------------------------------------------------------------- */

static bool column_place(evaluation *e, int column)
{
    str name = cursor_name(e->c, column);
    int *place = str_eq(name, S("ok")) ? &e->ok : NULL;
    for (size_t i = 0; !place && e->t->subject && i < e->n_keys; i++)
        if (str_eq(name, str_of(e->t->subject->fields[i].name)))
            place = &e->keys[i];
    if (!e->t->subject && str_eq(name, S("item")))
        place = &e->keys[0];
    for (size_t i = 0; !place && i < OPTION_COUNT_; i++)
        if (str_eq(name, str_of(options[i].name)))
            place = &e->options[i];
    if (!place)
        return broken(e, "the query returns \"" STR_FMT "\"; a test returns its subject's key, ok and any of source, at, "
                         "reason, observed, expected, owner, link", STR_ARG(name));
    if (*place != NO_COLUMN)
        return broken(e, "the query returns \"" STR_FMT "\" twice", STR_ARG(name));
    *place = column;
    return true;
}

static bool columns_place(evaluation *e)
{
    e->n_keys = e->t->subject ? relation_keys(e->t->subject) : 1;
    e->ok = NO_COLUMN;
    assert(e->n_keys <= KEYS_MAX);
    for (size_t i = 0; i < KEYS_MAX; i++)
        e->keys[i] = NO_COLUMN;
    for (size_t i = 0; i < OPTION_COUNT_; i++)
        e->options[i] = NO_COLUMN;
    for (int i = 0; i < cursor_columns(e->c); i++)
        if (!column_place(e, i))
            return false;
    for (size_t i = 0; i < e->n_keys; i++)
        if (e->keys[i] == NO_COLUMN)
            return broken(e, "the query does not return \"%s\", which names its items",
                          e->t->subject ? e->t->subject->fields[i].name : "item");
    if (e->ok == NO_COLUMN)
        return broken(e, "the query does not return \"ok\"");
    if (e->t->kind == TEST_EVENT_KIND && e->options[OPTION_AT] == NO_COLUMN)
        return broken(e, "the query does not return \"at\", and a test of events must");
    return true;
}

/* ---- one item --------------------------------------------------------------------------- */

static bool key_new(key_set *set, str item)
{
    uint64_t both[2];
    siphash128(set->key, item.p, item.n, both);
    const hash128 h = { both[0], both[1] | (both[0] == 0) };   /* 0, 0 is a free slot */
    if (set->n * 2 >= set->cap) {
        key_set grown = *set;
        grown.cap = set->cap ? set->cap * 2 : 256;
        grown.slots = NEW_ARRAY(set->a, hash128, grown.cap);
        for (size_t i = 0; i < set->cap; i++) {
            size_t at = set->slots[i].a & (grown.cap - 1);
            while (grown.slots[at].a | grown.slots[at].b)
                at = (at + 1) & (grown.cap - 1);
            grown.slots[at] = set->slots[i];
        }
        *set = grown;
    }
    size_t at = h.a & (set->cap - 1);
    for (; set->slots[at].a | set->slots[at].b; at = (at + 1) & (set->cap - 1))
        if (set->slots[at].a == h.a && set->slots[at].b == h.b)
            return false;
    set->slots[at] = h;
    set->n++;
    return true;
}

/* e->item becomes the key parts with "/" between. */
static bool item_read(evaluation *e)
{
    buf_clear(&e->item);
    for (size_t i = 0; i < e->n_keys; i++) {
        if (cursor_null(e->c, e->keys[i]))
            return broken(e, "\"" STR_FMT "\" is unknown in a row, and it names the item",
                          STR_ARG(cursor_name(e->c, e->keys[i])));
        if (i)
            buf_putc(&e->item, '/');
        buf_puts(&e->item, cursor_text(e->c, e->keys[i]));
    }
    str item = buf_str(&e->item);
    if (e->item.overflow)
        return broken(e, "the key of an item is longer than 64 KiB");
    if (!key_new(&e->seen, item))
        return broken(e, "two rows are the item " STR_FMT "; each item stands once (group, or choose a source)", STR_ARG(item));
    return true;
}

static bool ok_read(evaluation *e, int *ret)
{
    *ret = -1;
    if (cursor_null(e->c, e->ok))
        return true;
    int64_t v = cursor_is_text(e->c, e->ok) ? -1 : cursor_int(e->c, e->ok);
    if (v != 0 && v != 1)
        return broken(e, "ok is \"" STR_FMT "\" for item " STR_FMT "; it must be true, false or unknown",
                      STR_ARG(cursor_text(e->c, e->ok)), STR_ARG(buf_str(&e->item)));
    *ret = (int)v;
    return true;
}

static bool text_read(evaluation *e, size_t option, test_item *it)
{
    int column = e->options[option];
    if (column == NO_COLUMN || cursor_null(e->c, column))
        return true;
    if (!cursor_is_text(e->c, column))
        return broken(e, "%s is not text for item " STR_FMT "; write CAST(... AS TEXT)", options[option].name,
                      STR_ARG(buf_str(&e->item)));
    str s = utf8_cut(cursor_text(e->c, column), FIELD_TEXT_MAX);
    if (!str_eq(s, e->last[option]) || !e->last[option].p)
        e->last[option] = str_dup(e->a, s);
    memcpy((char *)it + options[option].offset, &e->last[option], sizeof(str));
    return true;
}

static bool at_read(evaluation *e, test_item *it)
{
    int column = e->options[OPTION_AT];
    if (column == NO_COLUMN)
        return true;
    it->has_at = !cursor_null(e->c, column);
    if (it->has_at && cursor_is_text(e->c, column))
        return broken(e, "at is not a time for item " STR_FMT, STR_ARG(buf_str(&e->item)));
    if (!it->has_at && e->t->kind == TEST_EVENT_KIND)
        return broken(e, "at is unknown for item " STR_FMT "; an event has a time", STR_ARG(buf_str(&e->item)));
    it->at = it->has_at ? cursor_int(e->c, column) : 0;
    return true;
}

/* Why facts of `source` do not count: its own state for each need it gives,
 * and all sources' for those it does not. */
static str source_why(evaluation *e, str source)
{
    if (e->fresh_known && str_eq(source, e->fresh_source))
        return e->fresh_why;
    str why = S("");
    for (size_t i = 0; i < e->t->n_needs; i++) {
        str  name = str_of(e->t->needs[i].relation->name);
        bool gives = false;
        for (size_t k = 0; k < e->r->n_needs; k++)
            gives |= str_eq(e->r->needs[k].relation, name) && str_eq(e->r->needs[k].source, source);
        for (size_t k = 0; k < e->r->n_needs && why.n == 0; k++) {
            const need_state *n = &e->r->needs[k];
            if (str_eq(n->relation, name) && !n->fresh && (!gives || str_eq(n->source, source)))
                why = n->why;
        }
    }
    e->fresh_known = true;
    e->fresh_source = str_dup(e->scratch, source);
    e->fresh_why = why;
    return why;
}

static void keep(evaluation *e, test_item *it)
{
    str item = buf_str(&e->item);
    if (it->ok != 1) {
        it->item = str_dup(e->a, item);
        da_push(e->a, &e->told) = *it;
        e->r->exceptions += it->ok == 0;
        e->r->unknowns += it->ok < 0;
    } else if (e->holding.n >= e->holding_max) {
        e->holding_dropped = true;
    } else if (!e->holding_dropped) {
        it->item = str_dup(e->scratch, item);
        da_push(e->scratch, &e->holding) = *it;
    }
}

static bool row_read(evaluation *e)
{
    test_item it = { 0 };
    if (!item_read(e) || !ok_read(e, &it.ok) || !at_read(e, &it))
        return false;
    for (size_t i = 0; i < OPTION_COUNT_; i++)
        if (options[i].kind == COLUMN_TEXT && (it.ok != 1 || e->holding_max || i == OPTION_SOURCE) && !text_read(e, i, &it))
            return false;
    if (e->options[OPTION_SOURCE] != NO_COLUMN) {
        str why = source_why(e, it.source);
        if (why.n) {                                   /* what a silent source last said is no evidence */
            it.ok = -1;
            it.reason = why;
        }
    }
    if (it.ok == 1)
        it.reason = S("");                             /* what would be wrong with it, were it so */
    e->r->population++;
    keep(e, &it);
    return true;
}

/* ---- the verdict -------------------------------------------------------------------------- */

static int by_item(const void *x, const void *y)
{
    static const int rank[] = { 1, 0, 2 };             /* of ok -1, 0, 1 */
    const test_item *a = x, *b = y;
    int              order = rank[a->ok + 1] - rank[b->ok + 1];
    return order ? order : str_cmp(a->item, b->item);
}

static void items_finish(evaluation *e)
{
    size_t holding = e->holding_dropped ? 0 : e->holding.n, n = e->told.n + holding;
    test_item *all = NEW_ARRAY(e->a, test_item, n);
    for (size_t i = 0; i < e->told.n; i++)
        all[i] = e->told.v[i];
    for (size_t i = 0; i < holding; i++) {
        all[e->told.n + i] = e->holding.v[i];
        all[e->told.n + i].item = str_dup(e->a, e->holding.v[i].item);
    }
    if (n)
        qsort(all, n, sizeof *all, by_item);
    e->r->items = all;
    e->r->n_items = n;
}

/* The first need that is not fresh, and how many more there are. */
static str stale_reason(evaluation *e)
{
    const need_state *first = NULL;
    size_t            more = 0;
    for (size_t i = 0; i < e->r->n_needs; i++) {
        if (e->r->needs[i].fresh)
            continue;
        more += first != NULL;
        first = first ? first : &e->r->needs[i];
    }
    if (!first || !more)
        return first ? first->why : S("");
    return str_fmt(e->a, STR_FMT "; and %zu more", STR_ARG(first->why), more);
}

static void verdict(evaluation *e)
{
    test_result *r = e->r;
    str  stale = stale_reason(e);
    bool per_item = e->options[OPTION_SOURCE] != NO_COLUMN;
    if (stale.n && (!per_item || r->exceptions == 0)) {
        r->state = STATE_NO_DATA;
        r->reason = stale;
    } else if (r->exceptions) {
        r->state = STATE_FAIL;
    } else if (r->unknowns) {
        r->state = STATE_NO_DATA;
        r->reason = str_fmt(e->a, "%lld of %lld could not be told", (long long)r->unknowns, (long long)r->population);
    } else {
        r->state = r->population ? STATE_PASS : STATE_NOT_APPLICABLE;
    }
}

/* Failures of the query itself are the test's; those of the database are not. */
static bool is_the_tests(err_t e)
{
    return e != ERR_IO && e != ERR_CORRUPT && e != ERR_BUSY && e != ERR_FULL;
}

static err_t rows_read(evaluation *e, session *s, fault *f)
{
    fault why = { 0 };
    bool  more = true;
    err_t err = session_query(s, e->t->sql, &why, &e->c);
    if (err == ERR_OK && !columns_place(e))
        return ERR_OK;
    while (err == ERR_OK && more) {
        err = cursor_next(e->c, &why, &more);
        if (err == ERR_OK && more && !row_read(e))
            return ERR_OK;
    }
    if (err != ERR_OK && !is_the_tests(err))
        return fail(f, err, STR_FMT ": %s", STR_ARG(e->t->id), why.text);
    if (err != ERR_OK) {
        (void)broken(e, "%s", why.text);
        return ERR_OK;
    }
    items_finish(e);
    verdict(e);
    return ERR_OK;
}

err_t test_evaluate(arena *a, session *s, const control_test *t, const run_table *runs, time_us as_of,
                    size_t holding_max, fault *f, test_result *ret)
{
    enum { SCRATCH_MAX = 1 << 30 };
    auto_arena arena *scratch = arena_new(SCRATCH_MAX);
    test_result r = { .test = t, .state = STATE_ERROR, .as_of = as_of, .weakened = test_weakened(t), .reason = S("") };
    evaluation  e = { .a = a, .scratch = scratch, .t = t, .r = &r, .holding_max = holding_max,
                      .seen.a = scratch, .item = buf_new(scratch, FIELD_TEXT_MAX) };
    time_us started = time_mono();
    random_bytes(e.seen.key, sizeof e.seen.key);
    needs_judge(a, t, runs, as_of, &r);
    err_t err = rows_read(&e, s, f);
    cursor_close(e.c);
    TRY(err);
    if (r.state == STATE_ERROR)
        r.population = r.exceptions = r.unknowns = 0;  /* half a population is none */
    r.duration = time_mono() - started;
    *ret = r;
    return ERR_OK;
}

err_t assess_test(arena *a, session *s, const control_test *t, time_us as_of, fault *f, test_result *ret)
{
    run_table  runs;
    const bool chosen = true;
    TRY(session_set_as_of(s, as_of, f));
    TRY(runs_read(a, s, t, &chosen, 1, f, &runs));
    return test_evaluate(a, s, t, &runs, as_of, SIZE_MAX, f, ret);
}
