#include "assess/parts.h"

typedef struct {
    arena        *a;                  /* the case's */
    arena        *turn;               /* one evaluation's */
    session      *s;
    const control_test *t;            /* with the case's parameters */
    fixture_case *c;
    run_table     runs;
    void        (*on_fault)(void *arg, str what);
    void         *arg;
    fixture_counts *counts;
} runner;

static void tell(runner *r, size_t line, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

static void tell(runner *r, size_t line, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    str what = str_vfmt(r->a, fmt, ap);
    va_end(ap);
    r->counts->faults++;
    r->on_fault(r->arg, str_fmt(r->a, STR_FMT ":%zu: [" STR_FMT "] " STR_FMT, STR_ARG(r->t->fixtures_path), line,
                                STR_ARG(r->c->name), STR_ARG(what)));
}

/* ---- loading ---------------------------------------------------------------------------- */

typedef DA(str) name_list;

static void name_add(arena *a, name_list *list, str name)
{
    for (size_t i = 0; i < list->n; i++)
        if (str_eq(list->v[i], name))
            return;
    da_push(a, list) = name;
}

/* All sources the case speaks of; "fixture" when it speaks of none. */
static name_list sources_of(arena *a, const fixture_case *c)
{
    name_list list = { 0 };
    for (size_t i = 0; i < c->rows.n; i++)
        name_add(a, &list, c->rows.v[i].source);
    for (size_t i = 0; i < c->runs.n; i++)
        name_add(a, &list, c->runs.v[i].source);
    if (list.n == 0)
        name_add(a, &list, S("fixture"));
    return list;
}

static err_t rows_load(runner *r, const relation *rel, fault *f)
{
    name_list sources = sources_of(r->a, r->c);
    TRY(session_load(r->s, rel, S(""), NULL, 0, f));
    for (size_t i = 0; i < sources.n; i++) {
        DA(const value *) rows = { 0 };
        for (size_t k = 0; k < r->c->rows.n; k++)
            if (r->c->rows.v[k].relation == rel && str_eq(r->c->rows.v[k].source, sources.v[i]))
                da_push(r->turn, &rows) = r->c->rows.v[k].values;
        if (rows.n)
            TRY(session_load(r->s, rel, sources.v[i], rows.v, rows.n, f));
    }
    return ERR_OK;
}

static err_t all_load(runner *r, fault *f)
{
    for (size_t i = 0; i < r->t->n_needs; i++)
        TRY(rows_load(r, r->t->needs[i].relation, f));
    return ERR_OK;
}

/* ---- runs: what was said, and for the rest "collected at as_of, ok" ---------------------- */

static const fixture_run *run_said(const fixture_case *c, str source, const relation *rel)
{
    for (size_t i = 0; i < c->runs.n; i++)
        if (str_eq(c->runs.v[i].source, source) && c->runs.v[i].relation == rel)
            return &c->runs.v[i];
    return NULL;
}

static bool has_rows(const fixture_case *c, str source, const relation *rel)
{
    for (size_t i = 0; i < c->rows.n; i++)
        if (str_eq(c->rows.v[i].source, source) && c->rows.v[i].relation == rel)
            return true;
    return false;
}

/* A need that no source gives rows of and nothing is said about counts for the first source. */
static run_table runs_of(arena *a, const control_test *t, const fixture_case *c)
{
    name_list   sources = sources_of(a, c);
    DA(run_row) list = { 0 };
    for (size_t i = 0; i < t->n_needs; i++) {
        const relation *rel = t->needs[i].relation;
        bool            any = false;
        for (size_t k = 0; k < sources.n; k++)
            any |= run_said(c, sources.v[k], rel) || has_rows(c, sources.v[k], rel);
        for (size_t k = 0; k < sources.n; k++) {
            const fixture_run *said = run_said(c, sources.v[k], rel);
            bool               given = said || has_rows(c, sources.v[k], rel) || (!any && k == 0);
            if (!given || (said && str_eq(said->status, S("missing"))))
                continue;
            da_push(a, &list) = (run_row){ .source = sources.v[k], .relation = str_of(rel->name),
                                           .status = said ? said->status : S("ok"), .reason = S(""), .has_seen = true,
                                           .seen_at = c->as_of - (said ? said->age : 0) };
        }
    }
    return (run_table){ .rows = list.v, .n = list.n };
}

/* ---- what came out --------------------------------------------------------------------------- */

static err_t evaluate(runner *r, const run_table *runs, fault *f, test_result *ret)
{
    return test_evaluate(r->turn, r->s, r->t, runs, r->c->as_of, SIZE_MAX, f, ret);
}

static const test_item *item_of(const test_result *res, str item)
{
    for (size_t i = 0; i < res->n_items; i++)
        if (str_eq(res->items[i].item, item))
            return &res->items[i];
    return NULL;
}

static size_t which_of(int ok) { return ok == 0 ? ITEMS_FAIL : ok < 0 ? ITEMS_UNKNOWN : ITEMS_HOLD; }

/* The items named are exactly those that came out. */
static void items_compare(runner *r, const test_result *res)
{
    static const char *const words[] = { "fails", "unknown", "holds" };
    for (size_t w = 0; w < ITEMS_COUNT_; w++)
        for (size_t i = 0; i < r->c->items[w].n; i++) {
            const fixture_item *named = &r->c->items[w].v[i];
            const test_item    *it = item_of(res, named->item);
            if (!it || which_of(it->ok) != w)
                tell(r, named->line, "%s " STR_FMT ": it %s", words[w], STR_ARG(named->item),
                     it ? words[which_of(it->ok)] : "is no item");
        }
    for (size_t i = 0; i < res->n_items; i++) {
        size_t w = which_of(res->items[i].ok);
        bool   named = w == ITEMS_HOLD && r->c->items[w].n == 0;
        for (size_t k = 0; k < r->c->items[w].n; k++)
            named |= str_eq(r->c->items[w].v[k].item, res->items[i].item);
        if (!named)
            tell(r, r->c->line, "%s | " STR_FMT " is not expected", words[w], STR_ARG(res->items[i].item));
    }
}

static void result_compare(runner *r, const test_result *res)
{
    bool stale = false;
    for (size_t i = 0; i < res->n_needs; i++)
        stale |= !res->needs[i].fresh;
    if (res->state != r->c->expect)
        tell(r, r->c->line, "expected %s and got %s%s" STR_FMT, state_name(r->c->expect), state_name(res->state),
             res->reason.n ? ": " : "", STR_ARG(res->reason));
    bool names_none = r->c->items[ITEMS_FAIL].n + r->c->items[ITEMS_UNKNOWN].n + r->c->items[ITEMS_HOLD].n == 0;
    if (res->state != STATE_ERROR && !(stale && names_none))
        items_compare(r, res);
}

/* ---- blanking ----------------------------------------------------------------------------------- */

static void blanked_compare(runner *r, const test_result *base, const test_result *res, const fixture_row *row, const char *name)
{
    if (res->state == STATE_ERROR)
        tell(r, row->line, "with %s.%s unknown the query fails: " STR_FMT, row->relation->name, name, STR_ARG(res->reason));
    for (size_t i = 0; i < base->n_items && res->state != STATE_ERROR; i++) {
        const test_item *was = &base->items[i], *is = item_of(res, was->item);
        if (!is)
            tell(r, row->line, "with %s.%s unknown the item " STR_FMT " vanishes", row->relation->name, name, STR_ARG(was->item));
        else if (was->ok != 1 && is->ok == 1)
            tell(r, row->line, "with %s.%s unknown the item " STR_FMT " turns into a pass", row->relation->name, name,
                 STR_ARG(was->item));
    }
}

static err_t blank_each(runner *r, const test_result *base, fault *f)
{
    for (size_t i = 0; i < r->c->rows.n; i++) {
        const fixture_row *row = &r->c->rows.v[i];
        for (size_t k = 0; k < row->relation->n_fields; k++) {
            const value kept = row->values[k];
            test_result res;
            if (kept.kind == V_NULL || !field_nullable(&row->relation->fields[k]))
                continue;
            row->values[k] = V_UNKNOWN;
            err_t err = rows_load(r, row->relation, f);
            if (err == ERR_OK)
                err = evaluate(r, &r->runs, f, &res);
            row->values[k] = kept;
            TRY(err);
            blanked_compare(r, base, &res, row, row->relation->fields[k].name);
            r->counts->blankings++;
            arena_reset(r->turn);
        }
        TRY(rows_load(r, row->relation, f));
    }
    return ERR_OK;
}

/* ---- silence -------------------------------------------------------------------------------------- */

/* A pass must become no_data when a need was never collected, or too long ago. */
static err_t silence_each(runner *r, fault *f)
{
    for (size_t i = 0; i < r->t->n_needs; i++) {
        const test_need *need = &r->t->needs[i];
        DA(run_row)      without = { 0 }, late = { 0 };
        test_result      res;
        if (need->may_be_empty)
            continue;
        for (size_t k = 0; k < r->runs.n; k++) {
            run_row row = r->runs.rows[k];
            bool    its = str_eq(row.relation, str_of(need->relation->name));
            if (!its)
                da_push(r->turn, &without) = row;
            row.seen_at = its ? r->c->as_of - need->max_age - 1 : row.seen_at;
            da_push(r->turn, &late) = row;
        }
        TRY(evaluate(r, &(run_table){ without.v, without.n }, f, &res));
        if (res.state != STATE_NO_DATA)
            tell(r, r->c->line, "with %s never collected it is %s, not no_data", need->relation->name, state_name(res.state));
        TRY(evaluate(r, &(run_table){ late.v, late.n }, f, &res));
        if (need->max_age && res.state != STATE_NO_DATA)
            tell(r, r->c->line, "with %s collected too long ago it is %s, not no_data", need->relation->name,
                 state_name(res.state));
        arena_reset(r->turn);
    }
    return ERR_OK;
}

/* ---- one case --------------------------------------------------------------------------------------- */

static control_test with_parameters(arena *a, const control_test *t, const fixture_case *c)
{
    control_test own = *t;
    own.params = NEW_ARRAY(a, test_param, t->n_params);
    for (size_t i = 0; i < t->n_params; i++)
        own.params[i] = t->params[i];
    for (size_t i = 0; i < c->params.n; i++) {
        err_t known = test_set_param(a, &own, c->params.v[i].name, c->params.v[i].value, NULL);
        assert(known == ERR_OK);
        (void)known;
    }
    return own;
}

static err_t case_run(runner *r, fault *f)
{
    test_result base;
    r->counts->cases++;
    r->runs = runs_of(r->a, r->t, r->c);
    TRY(session_set_as_of(r->s, r->c->as_of, f));
    TRY(all_load(r, f));
    TRY(test_evaluate(r->a, r->s, r->t, &r->runs, r->c->as_of, SIZE_MAX, f, &base));
    result_compare(r, &base);
    if (base.state == STATE_ERROR)
        return ERR_OK;
    TRY(blank_each(r, &base, f));
    return base.state == STATE_PASS ? silence_each(r, f) : ERR_OK;
}

err_t fixtures_run(arena *a, session *fixture_session, const control_test *t,
                   void (*on_fault)(void *arg, str what), void *arg, fault *f, fixture_counts *ret)
{
    enum { CASE_MAX = 64 << 20 };
    faults            fs = { .a = a, .on_fault = on_fault, .arg = arg };
    fixture_cases     cases = { 0 };
    fixture_counts    counts = { 0 };
    auto_arena arena *of_case = arena_new(CASE_MAX), *turn = arena_new(CASE_MAX);
    bool              sound = fixtures_read(a, &fs, t, &cases);
    counts.faults = (int64_t)fs.list.n;
    for (size_t i = 0; i < cases.n && sound; i++) {
        control_test own = with_parameters(of_case, t, &cases.v[i]);
        runner r = { .a = of_case, .turn = turn, .s = fixture_session, .t = &own, .c = &cases.v[i],
                     .on_fault = on_fault, .arg = arg, .counts = &counts };
        TRY(case_run(&r, f));
        arena_reset(of_case);
        arena_reset(turn);
    }
    *ret = counts;
    return ERR_OK;
}
