#include "assess/parts.h"

static test_state worse(test_state a, test_state b) { return a < b ? a : b; }

static bool serves(const control_test *t, const control *c)
{
    for (size_t i = 0; i < t->n_controls; i++)
        if (t->controls[i] == c)
            return true;
    return false;
}

static bool meets(const control *c, const criterion *cr)
{
    for (size_t i = 0; i < c->n_mappings; i++)
        if (c->mappings[i].criterion == cr)
            return true;
    return false;
}

/* What people do of a control no test has seen: it needs review, unless someone
 * attests it and another looked at the evidence. */
static test_state by_people(arena *a, const program_word *o, control_result *r)
{
    const attested *at = map_get(&o->attestations, r->control->id);
    if (!at)
        return STATE_NEEDS_REVIEW;
    r->note = str_fmt(a, "attested by " STR_FMT " until " STR_FMT, STR_ARG(at->id), STR_ARG(time_people(a, at->until)));
    return STATE_ATTESTED;
}

static void declared_apply(arena *a, const program_word *o, control_result *r)
{
    const declared *d = map_get(&o->controls, r->control->id);
    if (!d)
        return;
    r->owner = d->owner;
    if (str_eq(d->state, S("planned"))) {
        r->state = worse(r->state, STATE_GAP);
        r->note = S("planned, not operating yet");
    } else if (str_eq(d->state, S("not_applicable"))) {
        r->state = STATE_NOT_APPLICABLE;
        r->left_out = true;               /* only the criterion itself can be declared not to apply */
        r->note = str_fmt(a, "declared not to apply: " STR_FMT, STR_ARG(d->reason));
    } else if (str_eq(d->state, S("retired"))) {
        r->state = STATE_NOT_APPLICABLE;
        r->left_out = true;
        r->note = str_fmt(a, "given up: " STR_FMT, STR_ARG(d->reason));
    }
}

/* The worst of its tests and of what people say. */
static void control_roll(arena *a, const assessment *as, const program_word *o, const control *c, control_result *ret)
{
    DA(const test_result *) list = { 0 };
    test_state worst = STATE_NOT_APPLICABLE;
    *ret = (control_result){ .control = c };
    for (size_t i = 0; i < as->n_tests; i++) {
        if (!serves(as->tests[i].test, c))
            continue;
        da_push(a, &list) = &as->tests[i];
        ret->by_state[as->tests[i].state]++;
        worst = worse(worst, as->tests[i].state);
    }
    ret->results = list.v;
    ret->n_results = list.n;
    ret->state = list.n && c->nature == NATURE_AUTOMATED ? worst : worse(worst, by_people(a, o, ret));
    declared_apply(a, o, ret);
}

static void criterion_roll(arena *a, const assessment *as, const program_word *o, const criterion *cr, criterion_result *ret)
{
    const declared *d = map_get(&o->criteria, cr->id);
    DA(const control_result *) list = { 0 };
    test_state worst = STATE_NOT_APPLICABLE;
    *ret = (criterion_result){ .criterion = cr };
    for (size_t i = 0; i < as->n_controls; i++) {
        const control_result *c = &as->controls[i];
        if (!meets(c->control, cr) || c->left_out)
            continue;
        da_push(a, &list) = c;
        ret->by_state[c->state]++;
        worst = worse(worst, c->state);
    }
    ret->controls = list.v;
    ret->n_controls = list.n;
    ret->state = list.n ? worst : STATE_GAP;
    if (d)
        ret->note = str_fmt(a, "declared not to apply: " STR_FMT, STR_ARG(d->reason));
    else if (o->scoped && !o->in_scope[cr->category])
        ret->note = str_fmt(a, "%s is not in scope", category_name(cr->category));
    if (ret->note.n)
        ret->state = STATE_NOT_APPLICABLE;
}

static void roll_up(arena *a, assessment *as, const program_word *o)
{
    const content *c = as->content;
    as->n_controls = c->n_controls;
    as->controls = NEW_ARRAY(a, control_result, c->n_controls);
    for (size_t i = 0; i < c->n_controls; i++)
        control_roll(a, as, o, &c->controls[i], &as->controls[i]);
    as->n_criteria = c->n_criteria;
    as->criteria = NEW_ARRAY(a, criterion_result, c->n_criteria);
    for (size_t i = 0; i < c->n_criteria; i++) {
        criterion_roll(a, as, o, &c->criteria[i], &as->criteria[i]);
        as->criteria_by_state[as->criteria[i].state]++;
    }
}

/* Tests whose every criterion was declared not to apply are run, shown, and stand aside. */
static void stand_aside(assessment *as)
{
    for (size_t i = 0; i < as->n_tests; i++)
        as->tests[i].aside = true;
    for (size_t i = 0; i < as->n_criteria; i++) {
        const criterion_result *c = &as->criteria[i];
        for (size_t k = 0; k < c->n_controls && !c->note.n; k++)
            for (size_t t = 0; t < c->controls[k]->n_results; t++)
                as->tests[c->controls[k]->results[t] - as->tests].aside = false;
    }
    for (size_t i = 0; i < as->n_tests; i++)
        if (as->tests[i].aside)
            as->aside_by_state[as->tests[i].state]++;
}

static bool matches(str id, str wanted)
{
    return str_eq(id, wanted) || (str_ends(wanted, S(".")) && str_starts(id, wanted));
}

static bool chosen(str id, const str *only, size_t n_only)
{
    for (size_t i = 0; i < n_only; i++)
        if (matches(id, only[i]))
            return true;
    return n_only == 0;
}

static err_t names_known(const content *c, const str *only, size_t n_only, fault *f)
{
    for (size_t i = 0; i < n_only; i++) {
        bool found = false;
        for (size_t k = 0; k < c->n_tests; k++)
            found |= matches(c->tests[k].id, only[i]);
        if (!found)
            return fail(f, ERR_NOT_FOUND, "there is no test \"" STR_FMT "\"; name one, or a group with a dot after it",
                        STR_ARG(only[i]));
    }
    return ERR_OK;
}

err_t assess_all(arena *a, session *s, const content *c, time_us as_of, const str *only, size_t n_only,
                 fault *f, assessment **ret)
{
    assessment *as = NEW(a, assessment);
    run_table   runs;
    program_word o;
    time_us      started = time_mono();
    as->content = c;
    as->as_of = as_of;
    as->tests = NEW_ARRAY(a, test_result, c->n_tests);
    TRY(names_known(c, only, n_only, f));
    TRY(session_set_as_of(s, as_of, f));
    TRY(said_read(a, s, f, &o));
    bool *wanted = NEW_ARRAY(a, bool, c->n_tests);
    for (size_t i = 0; i < c->n_tests; i++)
        wanted[i] = chosen(c->tests[i].id, only, n_only);
    TRY(runs_read(a, s, c->tests, wanted, c->n_tests, f, &runs));
    size_t holding_max = n_only ? SIZE_MAX : ASSESS_HOLDING_MAX;    /* who names tests wants them whole */
    for (size_t i = 0; i < c->n_tests; i++) {
        if (!wanted[i])
            continue;
        test_result *r = &as->tests[as->n_tests++];
        TRY(test_evaluate(a, s, &c->tests[i], &runs, as_of, holding_max, f, r));
        said_waive(&o, r);
        as->tests_by_state[r->state]++;
    }
    if (n_only == 0) {
        roll_up(a, as, &o);
        stand_aside(as);
    }
    for (size_t i = 0; i < as->n_tests; i++)
        as->tests_accepted += !as->tests[i].aside && result_accepted(&as->tests[i]);
    as->duration = time_mono() - started;
    *ret = as;
    return ERR_OK;
}
