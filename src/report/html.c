/* The HTML report: the assessment as a view for templates/readiness.html.t. */
#include "report/view.h"

enum { BAR = 600, ITEMS_SHOWN = 300 };

static const test_state order[] = { STATE_FAIL, STATE_ERROR, STATE_NO_DATA, STATE_GAP, STATE_NEEDS_REVIEW,
                                    STATE_ATTESTED, STATE_PASS, STATE_NOT_APPLICABLE };

static str slug(arena *a, str name)
{
    char *p = str_z(a, str_lower(a, name));
    for (size_t i = 0; i < name.n; i++)
        if (!((p[i] >= 'a' && p[i] <= 'z') || (p[i] >= '0' && p[i] <= '9')))
            p[i] = '-';
    return (str){ p, name.n };
}

static str group_anchor(arena *a, str category_anchor, test_state s)
{
    return str_fmt(a, STR_FMT "-%s", STR_ARG(category_anchor), state_name(s));
}

static state_count count_of(test_state s, int64_t n, str link)
{
    return (state_count){ .state = s, .word = state_word(s), .symbol = state_symbol(s, true), .css = state_name(s),
                          .n = n, .link = link };
}

static void fill_category(arena *a, const assessment *as, category c, category_view *v)
{
    int64_t by[STATE_COUNT_] = { 0 };
    buf     spoken = buf_new(a, 4096);
    v->name = str_of(category_name(c));
    v->anchor = slug(a, v->name);
    for (size_t i = 0; i < as->n_criteria; i++)
        if (as->criteria[i].criterion->category == c) {
            by[as->criteria[i].state]++;
            v->n_criteria++;
        }
    v->counts = NEW_ARRAY(a, state_count, COUNT(order));
    int x = 0;
    for (size_t k = 0; k < COUNT(order); k++) {
        if (!by[order[k]])
            continue;
        state_count *s = &v->counts[v->n_counts++];
        *s = count_of(order[k], by[order[k]],
                      str_fmt(a, "#" STR_FMT, STR_ARG(group_anchor(a, v->anchor, order[k]))));
        s->x = x;
        s->width = (int)(by[order[k]] * BAR / v->n_criteria);
        x += s->width;
        buf_fmt(&spoken, "%s%lld %s", spoken.n ? ", " : "", (long long)s->n, s->word);
    }
    v->spoken = str_fmt(a, STR_FMT ": " STR_FMT " of %lld criteria", STR_ARG(v->name), STR_ARG(buf_str(&spoken)),
                        (long long)v->n_criteria);
}

static int place_of(test_state s)
{
    for (size_t k = 0; k < COUNT(order); k++)
        if (order[k] == s)
            return (int)k;
    return (int)COUNT(order);
}

static int by_category_and_state(const void *x, const void *y)
{
    const criterion_result *a = ((const criterion_view *)x)->c, *b = ((const criterion_view *)y)->c;
    int d = (int)a->criterion->category - (int)b->criterion->category;
    if (!d)
        d = place_of(a->state) - place_of(b->state);
    return d ? d : (a->criterion > b->criterion) - (a->criterion < b->criterion);
}

static void fill_criteria(arena *a, report_view *v)
{
    const assessment *as = v->in->as;
    v->n_criteria = as->n_criteria;
    v->criteria = NEW_ARRAY(a, criterion_view, as->n_criteria + 1);
    for (size_t i = 0; i < as->n_criteria; i++)
        v->criteria[i] = (criterion_view){ .c = &as->criteria[i],
            .anchor = str_fmt(a, "criterion-" STR_FMT, STR_ARG(as->criteria[i].criterion->id)) };
    qsort(v->criteria, v->n_criteria, sizeof *v->criteria, by_category_and_state);
    for (size_t i = 0; i < v->n_criteria; i++) {
        const criterion_result *c = v->criteria[i].c, *last = i ? v->criteria[i - 1].c : NULL;
        bool same = last && last->state == c->state && last->criterion->category == c->criterion->category;
        v->criteria[i].first_of = same ? S("") : group_anchor(a, v->categories[c->criterion->category].anchor, c->state);
    }
}

static void fill_test(arena *a, const test_result *r, test_view *t)
{
    buf controls = buf_new(a, 4096);
    t->r = r;
    t->anchor = str_fmt(a, "test-" STR_FMT, STR_ARG(r->test->id));
    t->counts = counts_text(a, r);
    for (size_t i = 0; i < r->test->n_controls; i++)
        buf_fmt(&controls, "%s" STR_FMT, i ? " " : "", STR_ARG(r->test->controls[i]->id));
    t->controls = buf_str(&controls);
    t->n_shown = r->n_items > ITEMS_SHOWN ? ITEMS_SHOWN : r->n_items;
    t->n_hidden = r->population - (int64_t)t->n_shown;
    t->n_hold = r->population - r->exceptions - r->unknowns;
    while (t->n_bad < t->n_shown && r->items[t->n_bad].ok != 1)
        t->n_bad++;
    t->seen = NEW_ARRAY(a, str, r->n_needs + 1);
    for (size_t i = 0; i < r->n_needs; i++)
        t->seen[i] = r->needs[i].seen_at ? time_people(a, r->needs[i].seen_at) : S("never");
}

static void fill_tests(arena *a, report_view *v)
{
    const assessment   *as = v->in->as;
    const test_result **ordered = tests_by_urgency(a, as);
    v->n_tests = as->n_tests;
    v->n_failing = (size_t)as->tests_by_state[STATE_FAIL];
    v->tests = NEW_ARRAY(a, test_view, as->n_tests + 1);
    for (size_t i = 0; i < as->n_tests; i++)
        fill_test(a, ordered[i], &v->tests[i]);
    for (size_t k = 0; k < COUNT(order); k++)
        if (as->tests_by_state[order[k]])
            v->test_counts[v->n_test_counts++] = count_of(order[k], as->tests_by_state[order[k]],
                                                          str_fmt(a, "#tests-%s", state_name(order[k])));
}

void report_html(arena *a, const report_input *in, buf *out)
{
    report_view *v = NEW(a, report_view);
    const asset *css = asset_find(S("assets/report.css"));
    assert(css);
    v->in = in;
    v->css = css->bytes;
    v->as_of = time_people(a, in->as->as_of);
    if (in->has_checkpoint)
        v->root = base64_of(a, in->ledger.root.b, sizeof in->ledger.root.b);
    for (int c = 0; c < CAT_COUNT_; c++)
        fill_category(a, in->as, (category)c, &v->categories[c]);
    fill_criteria(a, v);
    fill_tests(a, v);
    v->source_ended = NEW_ARRAY(a, str, in->n_sources + 1);
    for (size_t i = 0; i < in->n_sources; i++)
        v->source_ended[i] = time_people(a, in->sources[i].ended_at);
    tpl_readiness(out, v);
}
