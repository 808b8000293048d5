/* `attest status`: where you stand, what to do first, what is not covered. */
#include "report/text.h"

enum { FIX_FIRST = 8, ITEMS_SHOWN = 3, ITEM_CHARACTERS = 48 };

static const test_state columns[] = { STATE_FAIL, STATE_ERROR, STATE_NO_DATA, STATE_GAP, STATE_NEEDS_REVIEW,
                                      STATE_ATTESTED, STATE_PASS, STATE_NOT_APPLICABLE };

static void heading(buf *out, const report_style *st, const char *text)
{
    buf_putc(out, '\n');
    put_style(out, st, BOLD);
    buf_putz(out, text);
    put_style(out, st, RESET);
    buf_putc(out, '\n');
}

static void title(arena *a, const report_input *in, const report_style *st, buf *out)
{
    put_style(out, st, BOLD);
    buf_putz(out, "Where ");
    put_plain(out, in->workspace);
    buf_putz(out, " stands");
    put_style(out, st, RESET);
    buf_puts(out, str_fmt(a, " as of " STR_FMT "\n\n", STR_ARG(time_people(a, in->as->as_of))));
}

static void end_row(buf *out)
{
    while (out->n && out->p[out->n - 1] == ' ')
        out->n--;
    buf_putc(out, '\n');
}

/* Columns that hold nothing at all are left out. */
static void used_columns(const assessment *as, bool used[STATE_COUNT_])
{
    for (size_t i = 0; i < as->n_criteria; i++)
        used[as->criteria[i].state] = true;
}

static void category_row(const assessment *as, category c, const bool used[STATE_COUNT_], const report_style *st,
                         arena *a, buf *out)
{
    int64_t by[STATE_COUNT_] = { 0 }, n = 0;
    for (size_t i = 0; i < as->n_criteria; i++)
        if (as->criteria[i].criterion->category == c) {
            by[as->criteria[i].state]++;
            n++;
        }
    put_cell(out, str_of(category_name(c)), 22);
    put_cell(out, str_fmt(a, "%2lld", (long long)n), 10);
    for (size_t k = 0; k < COUNT(columns); k++) {
        test_state s = columns[k];
        int        width = (int)strlen(state_word(s)) + 3;
        if (!used[s])
            continue;
        if (by[s]) {
            put_state(out, st, s, false);
            put_cell(out, str_fmt(a, " %lld", (long long)by[s]), width - 1);
        } else {
            put_style(out, st, FAINT);
            put_cell(out, S("."), width);
            put_style(out, st, RESET);
        }
    }
    end_row(out);
}

static void categories(const assessment *as, const report_style *st, arena *a, buf *out)
{
    bool used[STATE_COUNT_] = { 0 };
    used_columns(as, used);
    put_style(out, st, FAINT);
    put_cell(out, S(""), 22);
    put_cell(out, S("criteria"), 10);
    for (size_t k = 0; k < COUNT(columns); k++)
        if (used[columns[k]])
            put_cell(out, str_of(state_word(columns[k])), (int)strlen(state_word(columns[k])) + 3);
    put_style(out, st, RESET);
    end_row(out);
    for (int c = 0; c < CAT_COUNT_; c++)
        category_row(as, (category)c, used, st, a, out);
}

/* A name of reasonable length; the whole stands in `attest assess`. */
static void put_short(buf *out, str s)
{
    if (text_columns(s) > ITEM_CHARACTERS)
        put_cell(out, s, ITEM_CHARACTERS);
    else
        put_plain(out, s);
}

static void items_of(const test_result *r, int indent, int width, arena *a, buf *out)
{
    size_t shown = 0, wanted = (size_t)(r->exceptions ? r->exceptions : r->unknowns);
    buf    line = buf_new(a, 1 << 20);
    for (size_t i = 0; i < r->n_items && shown < ITEMS_SHOWN && shown < wanted; i++) {
        const test_item *it = &r->items[i];
        buf_putz(&line, shown ? "; " : "");
        put_short(&line, it->item);
        if (it->observed.n) {
            buf_putz(&line, " (");
            put_short(&line, it->observed);
            buf_putc(&line, ')');
        }
        shown++;
    }
    if (wanted > shown)
        buf_fmt(&line, "; and %zu more", wanted - shown);
    put_wrapped(out, buf_str(&line), indent, width);
}

static void problem(const test_result *r, const report_style *st, arena *a, buf *out)
{
    put_state(out, st, r->state, false);
    buf_putc(out, ' ');
    put_style(out, st, BOLD);
    put_wrapped(out, r->test->title, 2, st->width);
    put_style(out, st, RESET);
    put_style(out, st, FAINT);
    buf_fmt(out, "  %s, " STR_FMT ", ", severity_name(r->test->severity), STR_ARG(counts_text(a, r)));
    buf_puts(out, r->test->id);
    put_style(out, st, RESET);
    buf_putz(out, "\n  ");
    items_of(r, 2, st->width, a, out);
    buf_putz(out, "  Fix: ");
    put_wrapped(out, r->test->remedy, 7, st->width);
}

static void fix_first(const report_input *in, const report_style *st, bool all, arena *a, buf *out)
{
    const test_result **v = tests_by_urgency(a, in->as);
    int64_t             failing = in->as->tests_by_state[STATE_FAIL] - in->as->aside_by_state[STATE_FAIL] - in->as->tests_accepted;
    if (failing == 0)
        return;
    heading(out, st, failing == 1 ? "Fix this" : "Fix first");
    for (size_t i = 0; i < (size_t)failing && (all || i < FIX_FIRST); i++)
        problem(v[i], st, a, out);
    if (!all && failing > FIX_FIRST)
        buf_fmt(out, "  and %lld more failing tests: attest assess\n", (long long)failing - FIX_FIRST);
}

static const str never = { "Never collected:", 16 }, unkept = { "Registers that nobody keeps yet:", 32 };

/* Tests without a verdict that share a reason, and what it concerns. */
typedef struct {
    str     label;
    int64_t tests;
    map     seen;
    DA(str) names;                       /* relations, or tests */
} unseen_group;

static const need_state *first_stale(const test_result *r)
{
    for (size_t i = 0; i < r->n_needs; i++)
        if (!r->needs[i].fresh)
            return &r->needs[i];
    return NULL;
}

static str label_of(const test_result *r, str *ret_name)
{
    const need_state *need = first_stale(r);
    *ret_name = S("");
    if (r->state == STATE_ERROR)
        return r->reason;
    if (!need) {
        *ret_name = r->test->id;
        return S("Items whose state is unknown:");
    }
    if (!str_eq(need->status, S("missing")))
        return need->why;
    *ret_name = need->relation;
    return relation_find(need->relation)->kind == RECORD ? unkept : never;
}

static int by_tests(const void *x, const void *y)
{
    const unseen_group *a = *(unseen_group *const *)x, *b = *(unseen_group *const *)y;
    return a->tests != b->tests ? (a->tests < b->tests) - (a->tests > b->tests) : str_cmp(a->label, b->label);
}

static void put_group(const unseen_group *g, const report_style *st, arena *a, buf *out)
{
    enum { NAMES_SHOWN = 12 };
    buf line = buf_new(a, 1 << 20);
    buf_puts(&line, str_fmt(a, "%lld test%s. " STR_FMT, (long long)g->tests, g->tests == 1 ? "" : "s", STR_ARG(g->label)));
    for (size_t i = 0; i < g->names.n && i < NAMES_SHOWN; i++)
        buf_fmt(&line, "%s " STR_FMT, i ? "," : "", STR_ARG(g->names.v[i]));
    if (g->names.n > NAMES_SHOWN)
        buf_fmt(&line, " and %zu more", g->names.n - NAMES_SHOWN);
    if (str_eq(g->label, never))
        buf_putz(&line, ". What collects more: attest source kinds");
    if (str_eq(g->label, unkept))
        buf_putz(&line, ". A first record begins one, or the word that there is none: attest register add TYPE basis=TEXT");
    put_state(out, st, STATE_NO_DATA, false);
    buf_putc(out, ' ');
    put_wrapped(out, buf_str(&line), 2, st->width);
}

static void unseen(const report_input *in, const report_style *st, arena *a, buf *out)
{
    map by_label = map_new(a);
    DA(unseen_group *) groups = { 0 };
    for (size_t i = 0; i < in->as->n_tests; i++) {
        const test_result *r = &in->as->tests[i];
        str                name;
        if ((r->state != STATE_NO_DATA && r->state != STATE_ERROR) || r->aside)
            continue;
        str    label = label_of(r, &name);
        void **slot = map_put(&by_label, label);
        if (!*slot) {
            unseen_group *fresh = NEW(a, unseen_group);
            *fresh = (unseen_group){ .label = label, .seen = map_new(a) };
            da_push(a, &groups) = *slot = fresh;
        }
        unseen_group *g = *slot;
        g->tests++;
        if (name.n && !map_get(&g->seen, name)) {
            *map_put(&g->seen, name) = g;
            da_push(a, &g->names) = name;
        }
    }
    if (!groups.n)
        return;
    heading(out, st, "Could not be told");
    qsort(groups.v, groups.n, sizeof(unseen_group *), by_tests);
    for (size_t i = 0; i < groups.n; i++)
        put_group(groups.v[i], st, a, out);
}

static void sources(const report_input *in, const report_style *st, arena *a, buf *out)
{
    bool any = false;
    for (size_t i = 0; i < in->n_sources; i++) {
        const report_source *s = &in->sources[i];
        if (str_eq(s->status, S("ok")) || str_eq(s->status, S("absent")))
            continue;
        if (!any)
            heading(out, st, "Sources that did not see everything");
        any = true;
        put_wrapped(out, str_fmt(a, STR_FMT ", " STR_FMT ": " STR_FMT ". " STR_FMT, STR_ARG(s->source),
                                 STR_ARG(time_people(a, s->ended_at)), STR_ARG(s->status), STR_ARG(s->reason)),
                    2, st->width);
    }
}

static void list_state(const assessment *as, test_state s, const char *intro, const report_style *st, arena *a, buf *out)
{
    buf line = buf_new(a, 1 << 16);
    for (size_t i = 0; i < as->n_criteria; i++)
        if (as->criteria[i].state == s)
            buf_fmt(&line, " " STR_FMT, STR_ARG(as->criteria[i].criterion->id));
    if (!line.n)
        return;
    put_state(out, st, s, false);
    buf_putc(out, ' ');
    put_wrapped(out, str_fmt(a, "%s" STR_FMT, intro, STR_ARG(buf_str(&line))), 2, st->width);
}

/* Tests on which nothing in scope stands. */
static void aside(const assessment *as, const report_style *st, arena *a, buf *out)
{
    int64_t n = 0;
    for (int s = 0; s < STATE_COUNT_; s++)
        n += as->aside_by_state[s];
    if (!n)
        return;
    buf_putc(out, '\n');
    put_wrapped(out, str_fmt(a, "%lld test%s only criteria that were declared not to apply, and %s aside here: attest assess", (long long)n,
                             n == 1 ? " serves" : "s serve", n == 1 ? "stands" : "stand"), 0, st->width);
}

/* What somebody accepted until a day still fails, and is shown. */
static void waived(const assessment *as, const report_style *st, arena *a, buf *out)
{
    if (!as->tests_accepted)
        return;
    heading(out, st, "Accepted by waivers");
    for (size_t i = 0; i < as->n_tests; i++) {
        const test_result *r = &as->tests[i];
        if (!result_accepted(r) || r->aside)
            continue;
        time_us first = TIME_MAX;
        for (size_t k = 0; k < r->n_items && r->items[k].ok == 0; k++)
            first = r->items[k].waived_until < first ? r->items[k].waived_until : first;
        put_state(out, st, STATE_FAIL, false);
        buf_putc(out, ' ');
        put_wrapped(out, str_fmt(a, STR_FMT " (" STR_FMT ", the first until " STR_FMT ")", STR_ARG(r->test->title), STR_ARG(counts_text(a, r)),
                                 STR_ARG(time_people(a, first))), 2, st->width);
    }
}

static void every_criterion(const assessment *as, const report_style *st, arena *a, buf *out)
{
    int last = -1;
    for (size_t i = 0; i < as->n_criteria; i++) {
        const criterion_result *c = &as->criteria[i];
        if ((int)c->criterion->category != last) {
            last = (int)c->criterion->category;
            heading(out, st, category_name(c->criterion->category));
        }
        put_state(out, st, c->state, false);
        put_cell(out, str_fmt(a, " " STR_FMT, STR_ARG(c->criterion->id)), 7);
        put_cell(out, str_of(state_word(c->state)), 15);
        put_wrapped(out, c->criterion->words, 23, st->width);
    }
}

void report_status(arena *a, const report_input *in, const report_style *st, bool all, buf *out)
{
    assert(in->as && st->width >= 40);
    title(a, in, st, out);
    categories(in->as, st, a, out);
    fix_first(in, st, all, a, out);
    waived(in->as, st, a, out);
    unseen(in, st, a, out);
    sources(in, st, a, out);
    if (in->as->criteria_by_state[STATE_NEEDS_REVIEW] || in->as->criteria_by_state[STATE_GAP])
        heading(out, st, "Not covered by facts");
    list_state(in->as, STATE_GAP, "No control, or one that is planned and not operating yet:", st, a, out);
    list_state(in->as, STATE_NEEDS_REVIEW, "Controls that people carry out, not reviewed yet:", st, a, out);
    if (all)
        every_criterion(in->as, st, a, out);
    aside(in->as, st, a, out);
}
