/* What the program says beside the tests: scope, applicability, owners,
 * attestations, waivers. Read once for an assessment, in five statements. */
#include "assess/parts.h"

typedef struct {
    arena   *a;
    session *s;
    program_word *o;
} reader;

typedef void (*row_take)(reader *r, cursor *c);

static str text_of(reader *r, cursor *c, int column)
{
    return cursor_null(c, column) ? S("") : str_dup(r->a, cursor_text(c, column));
}

static err_t each_row(reader *r, const char *path, row_take take, fault *f)
{
    auto_cursor cursor *c = NULL;
    TRY(session_query(r->s, sql_read(r->a, path, NULL, 0), f, &c));
    for (;;) {
        bool more;
        TRY(cursor_next(c, f, &more));
        if (!more)
            return ERR_OK;
        take(r, c);
    }
}

static void take_waiver(reader *r, cursor *c)
{
    da_push(r->a, &r->o->waivers) = (waiver){ .test = text_of(r, c, 0), .item = text_of(r, c, 1), .every = cursor_null(c, 1),
                                              .id = text_of(r, c, 2), .ends_at = cursor_int(c, 3) };
}

static void take_attestation(reader *r, cursor *c)
{
    attested *at = NEW(r->a, attested);
    *at = (attested){ text_of(r, c, 1), cursor_int(c, 2) };
    *map_put(&r->o->attestations, text_of(r, c, 0)) = at;      /* the one that speaks longest comes last */
}

static void take_control(reader *r, cursor *c)
{
    declared *d = NEW(r->a, declared);
    *d = (declared){ .state = text_of(r, c, 1), .owner = text_of(r, c, 2), .reason = text_of(r, c, 3) };
    *map_put(&r->o->controls, text_of(r, c, 0)) = d;
}

static void take_criterion(reader *r, cursor *c)
{
    declared *d = NEW(r->a, declared);
    *d = (declared){ .state = S("not_applicable"), .reason = text_of(r, c, 1) };
    *map_put(&r->o->criteria, text_of(r, c, 0)) = d;
}

static category category_of(str id)
{
    category c = CAT_SECURITY;
    while (c < CAT_COUNT_ && !str_eq(id, str_of(category_id(c))))
        c++;
    return c;
}

static void take_category(reader *r, cursor *c)
{
    category cat = category_of(cursor_text(c, 0));
    r->o->scoped = true;
    if (cat < CAT_COUNT_)
        r->o->in_scope[cat] = cursor_int(c, 1) == 1;
}

err_t said_read(arena *a, session *s, fault *f, program_word *ret)
{
    static const struct { const char *path; row_take take; } queries[] = {
        { "sql/said/waivers.sql", take_waiver },   { "sql/said/attestations.sql", take_attestation },
        { "sql/said/controls.sql", take_control }, { "sql/said/criteria.sql", take_criterion },
        { "sql/said/categories.sql", take_category },
    };
    *ret = (program_word){ .controls = map_new(a), .criteria = map_new(a), .attestations = map_new(a) };
    reader r = { a, s, ret };
    for (size_t i = 0; i < COUNT(queries); i++)
        TRY(each_row(&r, queries[i].path, queries[i].take, f));
    ret->in_scope[CAT_SECURITY] = true;
    return ERR_OK;
}

/* ---- waivers -------------------------------------------------------------------------- */

/* A waiver for the item comes before one for the whole test. */
static const waiver *waiver_for(const program_word *o, str test, str item)
{
    const waiver *general = NULL;
    for (size_t i = 0; i < o->waivers.n; i++) {
        const waiver *w = &o->waivers.v[i];
        if (!str_eq(w->test, test))
            continue;
        if (!w->every && str_eq(w->item, item))
            return w;
        if (w->every && !general)
            general = w;
    }
    return general;
}

void said_waive(const program_word *o, test_result *r)
{
    for (size_t i = 0; o->waivers.n && i < r->n_items && r->items[i].ok == 0; i++) {
        const waiver *w = waiver_for(o, r->test->id, r->items[i].item);
        if (!w)
            continue;
        r->items[i].waiver = w->id;
        r->items[i].waived_until = w->ends_at;
        r->waived++;
    }
}

bool result_accepted(const test_result *r)
{
    return r->state == STATE_FAIL && r->waived == r->exceptions;
}
