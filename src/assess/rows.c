#include "assess/parts.h"

typedef struct {
    arena          *a;
    const relation *r;
    row_visitor     each;
    void           *arg;
    value           row[RELATION_FIELDS_MAX];
} row_writer;

static void set(row_writer *w, const char *name, value v)
{
    int i = relation_field(w->r, str_of(name));
    assert(i >= 0);
    w->row[i] = v;
}

/* Texts that were not given are unknown, not empty. */
static void set_text(row_writer *w, const char *name, str s)
{
    set(w, name, s.n ? v_text(s) : V_UNKNOWN);
}

static void clear(row_writer *w)
{
    for (size_t i = 0; i < w->r->n_fields; i++)
        w->row[i] = V_UNKNOWN;
}

static str parameters_json(arena *a, const control_test *t)
{
    buf         b = buf_new(a, 64 << 10);
    json_writer w = { .b = &b };
    if (t->n_params == 0)
        return S("");
    jw_obj(&w);
    for (size_t i = 0; i < t->n_params; i++)
        jw_kint(&w, str_z(a, t->params[i].name), t->params[i].value);
    jw_end_obj(&w);
    return buf_str(&b);
}

static err_t results(row_writer *w, const assessment *as, fault *f)
{
    for (size_t i = 0; i < as->n_tests; i++) {
        const test_result *r = &as->tests[i];
        clear(w);
        set(w, "test", v_text(r->test->id));
        set(w, "version", v_int(r->test->version));
        set(w, "digest", v_text(r->test->digest));
        set(w, "parameters", v_text(parameters_json(w->a, r->test)));
        set(w, "state", v_z(state_name(r->state)));
        set(w, "weakened", v_bool(r->weakened));
        set(w, "population", v_int(r->population));
        set(w, "exceptions", v_int(r->exceptions));
        set(w, "unknowns", v_int(r->unknowns));
        set(w, "reason", v_text(utf8_cut(r->reason, FIELD_TEXT_MAX)));
        set(w, "waived", v_int(r->waived));
        TRY(w->each(w->arg, w->r, w->row, f));
    }
    return ERR_OK;
}

static err_t exceptions(row_writer *w, const assessment *as, fault *f)
{
    for (size_t i = 0; i < as->n_tests; i++) {
        const test_result *r = &as->tests[i];
        for (size_t k = 0; k < r->n_items && r->items[k].ok != 1; k++) {
            const test_item *it = &r->items[k];
            clear(w);
            set(w, "test", v_text(r->test->id));
            set(w, "item", v_text(it->item));
            set(w, "ok", it->ok < 0 ? V_UNKNOWN : v_bool(false));
            set_text(w, "reason", utf8_cut(it->reason, FIELD_TEXT_MAX));
            set_text(w, "observed", it->observed);
            set_text(w, "expected", it->expected);
            set(w, "at", it->has_at ? v_int(it->at) : V_UNKNOWN);
            set_text(w, "waiver", it->waiver);
            set(w, "waived_until", it->waiver.n ? v_int(it->waived_until) : V_UNKNOWN);
            TRY(w->each(w->arg, w->r, w->row, f));
        }
    }
    return ERR_OK;
}

static int64_t unseen(const int64_t *by_state) { return by_state[STATE_ERROR] + by_state[STATE_NO_DATA]; }

static err_t control_results(row_writer *w, const assessment *as, fault *f)
{
    for (size_t i = 0; i < as->n_controls; i++) {
        const control_result *c = &as->controls[i];
        clear(w);
        set(w, "control", v_text(c->control->id));
        set(w, "state", v_z(state_name(c->state)));
        set(w, "tests", v_int((int64_t)c->n_results));
        set(w, "failing", v_int(c->by_state[STATE_FAIL]));
        set(w, "unseen", v_int(unseen(c->by_state)));
        set_text(w, "owner", c->owner);
        set_text(w, "note", utf8_cut(c->note, FIELD_TEXT_MAX));
        TRY(w->each(w->arg, w->r, w->row, f));
    }
    return ERR_OK;
}

/* Tests behind a criterion, each once however many of its controls they serve. */
static void tests_behind(const assessment *as, const criterion_result *cr, int64_t *n, int64_t by_state[STATE_COUNT_])
{
    for (size_t i = 0; i < as->n_tests; i++) {
        bool behind = false;
        for (size_t c = 0; c < cr->n_controls; c++)
            for (size_t k = 0; k < cr->controls[c]->n_results; k++)
                behind |= cr->controls[c]->results[k] == &as->tests[i];
        *n += behind;
        by_state[as->tests[i].state] += behind;
    }
}

static err_t criterion_results(row_writer *w, const assessment *as, fault *f)
{
    for (size_t i = 0; i < as->n_criteria; i++) {
        const criterion_result *c = &as->criteria[i];
        int64_t                 by_state[STATE_COUNT_] = { 0 }, tests = 0;
        tests_behind(as, c, &tests, by_state);
        clear(w);
        set(w, "criterion", v_text(c->criterion->id));
        set(w, "state", v_z(state_name(c->state)));
        set(w, "controls", v_int((int64_t)c->n_controls));
        set(w, "tests", v_int(tests));
        set(w, "failing", v_int(by_state[STATE_FAIL]));
        set(w, "unseen", v_int(unseen(by_state)));
        set_text(w, "note", utf8_cut(c->note, FIELD_TEXT_MAX));
        TRY(w->each(w->arg, w->r, w->row, f));
    }
    return ERR_OK;
}

/* Counts by state, in the fields PREFIX_STATE that the relation has. */
static void counts(row_writer *w, const char *prefix, const int64_t by_state[STATE_COUNT_])
{
    for (int s = 0; s < STATE_COUNT_; s++) {
        int i = relation_field(w->r, str_fmt(w->a, "%s_%s", prefix, state_name((test_state)s)));
        assert(i >= 0 || by_state[s] == 0);
        if (i >= 0)
            w->row[i] = v_int(by_state[s]);
    }
}

static err_t itself(row_writer *w, const assessment *as, fault *f)
{
    clear(w);
    set(w, "scope", v_text(S("all")));
    set(w, "moment", v_int(as->as_of));
    set_text(w, "actor", as->actor);
    set(w, "tool", v_text(S("attest " ATTEST_VERSION)));
    set(w, "digest", v_text(content_digest(w->a, as->content)));
    set(w, "duration_ms", as->duration ? v_int((as->duration + 999) / 1000) : V_UNKNOWN);
    counts(w, "tests", as->tests_by_state);
    set(w, "tests_accepted", v_int(as->tests_accepted));
    counts(w, "criteria", as->criteria_by_state);
    return w->each(w->arg, w->r, w->row, f);
}

err_t assess_rows(arena *a, const assessment *as, const relation *r, row_visitor each, void *arg, fault *f)
{
    static const struct {
        const char *name;
        err_t (*write)(row_writer *w, const assessment *as, fault *f);
    } writers[] = {
        { "result", results }, { "exception", exceptions },
        { "control_result", control_results }, { "criterion_result", criterion_results },
        { "assessment", itself },
    };
    row_writer w = { .a = a, .r = r, .each = each, .arg = arg };
    for (size_t i = 0; i < COUNT(writers); i++)
        if (strcmp(r->name, writers[i].name) == 0)
            return writers[i].write(&w, as, f);
    return fail(f, ERR_INVALID, "an assessment has no rows of %s", r->name);
}
