/* Where we stand, what is due, what changed, what has gone silent. */
#include "web/home.h"
#include "web/record.h"

#include <stdlib.h>

#define SILENT_AFTER HOURS(26)

static err_t rows_of(ask *q, const char *name, const sql_hole *holes, size_t n, row_table *ret)
{
    return app_rows(q->ws, q->a, str_fmt(q->a, "sql/web/home_%s.sql", name).p, holes, n, q->as_of, &q->f, ret);
}

static time_us moment_of(const ask *q) { return q->as_of ? q->as_of : q->now; }

/* ---- where we stand -------------------------------------------------------------------- */

static void count_links(ask *q, home_category *c, category which)
{
    for (int s = 0; s < STATE_COUNT_; s++)
        if (c->by_state[s])
            c->counts[c->n_counts++] = (home_count){ state_mark_of(str_of(state_name((test_state)s))), c->by_state[s],
                link_to(q, "/criteria?category=%s&state=%s", category_id(which), state_name((test_state)s)) };
}

/* One sentence for those who read no further. What cannot be told is never counted as met. */
static str sentence(arena *a, const int64_t n[STATE_COUNT_])
{
    const struct {
        int64_t     n;
        const char *one, *many;
    } parts[] = {
        { n[STATE_FAIL], "fails", "fail" }, { n[STATE_NO_DATA] + n[STATE_ERROR], "cannot be told", "cannot be told" },
        { n[STATE_GAP], "has no control", "have no control" }, { n[STATE_NEEDS_REVIEW], "waits for people", "wait for people" },
    };
    int64_t scope = 0;
    buf     b = buf_new(a, 1024);
    for (int s = 0; s < STATE_COUNT_; s++)
        scope += s == STATE_NOT_APPLICABLE ? 0 : n[s];
    buf_fmt(&b, "%lld of %lld criteria in scope are met", (long long)(n[STATE_PASS] + n[STATE_ATTESTED]), (long long)scope);
    for (size_t i = 0; i < COUNT(parts); i++)
        if (parts[i].n)
            buf_fmt(&b, "; %lld %s", (long long)parts[i].n, parts[i].n == 1 ? parts[i].one : parts[i].many);
    buf_putc(&b, '.');
    return buf_str(&b);
}

static err_t stand(ask *q, const content *ct, home_view *v)
{
    row_table t = { 0 };
    int64_t   all[STATE_COUNT_] = { 0 };
    TRY(rows_of(q, "criteria", NULL, 0, &t));
    for (size_t i = 0; i < t.n_rows; i++) {
        const criterion *cr = criterion_find(ct, table_cell(&t, i, 0));
        test_state       s;
        if (!cr || !state_parse(table_cell(&t, i, 1), &s))
            continue;
        v->categories[cr->category].by_state[s]++;
        all[s]++;
    }
    for (int c = 0; c < CAT_COUNT_; c++) {
        v->categories[c].name = category_name((category)c);
        v->categories[c].link = link_to(q, "/criteria?category=%s", category_id((category)c));
        count_links(q, &v->categories[c], (category)c);
    }
    v->assessed = t.n_rows > 0;
    v->says = sentence(q->a, all);
    return ERR_OK;
}

/* ---- the period ------------------------------------------------------------------------ */

static int by_need(const void *x, const void *y)
{
    const home_control *a = x, *b = y;
    if (a->worst != b->worst)
        return a->worst < b->worst ? -1 : 1;
    if (a->since != b->since)             /* what is news comes first */
        return a->since > b->since ? -1 : 1;
    return str_cmp(a->id, b->id);
}

static home_control control_of(ask *q, const content *ct, const strip_rows *rows, const home_view *v)
{
    str            id = table_cell(rows->t, rows->first, 0);
    const control *c = control_find(ct, id);
    home_control   row = { .id = id, .title = c ? c->title : S(""), .link = link_to(q, "/controls/" STR_FMT, STR_ARG(id)) };
    row.strip = strip_of(q->a, id, rows, v->from, v->to);
    test_state now = row.strip.n_spans ? row.strip.spans[row.strip.n_spans - 1].state : STATE_NOT_APPLICABLE;
    row.now = state_mark_of(table_cell(rows->t, rows->first + rows->n - 1, 1));
    row.since = strip_since(&row.strip);
    row.worst = now == STATE_GAP ? STATE_COUNT_ : now;       /* what is planned is known; what fails is not */
    return row;
}

/* Rows come by control, oldest first. */
static err_t over_time(ask *q, const content *ct, home_view *v)
{
    row_table  t = { 0 };
    time_us   *asked;
    size_t     n_asked;
    v->to = moment_of(q);
    v->from = v->to - DAYS(HOME_PERIOD_DAYS);
    const sql_hole since = { "since", str_fmt(q->a, "%lld", (long long)v->from) };
    TRY(strip_asked(q, &asked, &n_asked));
    TRY(rows_of(q, "strip", &since, 1, &t));
    if (n_asked) {
        v->assessed_when = time_ago(q, asked[n_asked - 1]);
        v->assessed_moment = time_text(q, asked[n_asked - 1]);
        v->stale = v->to - asked[n_asked - 1] > SILENT_AFTER;
    }
    v->controls = NEW_ARRAY(q->a, home_control, t.n_rows + 1);
    for (size_t i = 0, end; i < t.n_rows; i = end) {
        for (end = i + 1; end < t.n_rows && str_eq(table_cell(&t, end, 0), table_cell(&t, i, 0));)
            end++;
        v->controls[v->n_asking++] = control_of(q, ct, &(strip_rows){ &t, i, end - i, 1, 2, 3, asked, n_asked }, v);
    }
    qsort(v->controls, v->n_asking, sizeof *v->controls, by_need);
    v->n_controls = v->n_asking < HOME_ROWS ? v->n_asking : HOME_ROWS;
    v->n_calm = ct->n_controls > v->n_asking ? ct->n_controls - v->n_asking : 0;
    return ERR_OK;
}

/* ---- what fails ------------------------------------------------------------------------- */

static int by_severity(const void *x, const void *y)
{
    const home_failing *a = x, *b = y;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->exceptions != b->exceptions)
        return a->exceptions > b->exceptions ? -1 : 1;
    return str_cmp(a->id, b->id);
}

static home_failing failing_of(ask *q, const content *ct, const row_table *t, size_t i)
{
    str                 id = table_cell(t, i, 0);
    const control_test *ts = test_find(ct, id);
    int64_t             bad = cell_int(table_cell(t, i, 1)), all = cell_int(table_cell(t, i, 2)), waived = cell_int(table_cell(t, i, 3));
    home_failing        row = { .id = id, .title = ts ? ts->title : id, .remedy = ts ? ts->remedy : S(""), .exceptions = bad,
                                .severity = ts ? severity_name(ts->severity) : "", .link = link_to(q, "/tests/" STR_FMT, STR_ARG(id)) };
    row.rank = (ts ? (int64_t)ts->severity : SEVERITY_LOW) + (waived >= bad ? 10 : 0);        /* accepted whole: after the others */
    row.counts = str_fmt(q->a, "%lld of %lld", (long long)bad, (long long)all);
    if (waived)
        row.counts = str_fmt(q->a, STR_FMT ", %lld waived", STR_ARG(row.counts), (long long)waived);
    return row;
}

static err_t failing(ask *q, const content *ct, home_view *v)
{
    row_table t = { 0 };
    TRY(rows_of(q, "failing", NULL, 0, &t));
    v->failing = NEW_ARRAY(q->a, home_failing, t.n_rows + 1);
    for (size_t i = 0; i < t.n_rows; i++)
        v->failing[i] = failing_of(q, ct, &t, i);
    qsort(v->failing, t.n_rows, sizeof *v->failing, by_severity);
    v->n_failing_all = t.n_rows;
    v->n_failing = t.n_rows < HOME_FAILING ? t.n_rows : HOME_FAILING;
    return ERR_OK;
}

/* ---- what is due ------------------------------------------------------------------------- */

static home_task task_of(ask *q, str id, str title, str owner, time_us due)
{
    home_task row = { .title = title, .owner = owner, .link = named_link(q, S("task"), id) };
    if (due >= 0) {
        row.when = time_ago(q, due);
        row.moment = time_text(q, due);
        row.late = due < moment_of(q);
    }
    return row;
}

static err_t due(ask *q, home_view *v)
{
    row_table      t = { 0 };
    const sql_hole person = { "person", sql_quote(q->a, q->who.person) };
    TRY(rows_of(q, "mine", &person, 1, &t));
    v->own = NEW_ARRAY(q->a, home_task, t.n_rows + 1);
    for (size_t i = 0; i < t.n_rows; i++)
        v->own[v->n_own++] = task_of(q, table_cell(&t, i, 0), table_cell(&t, i, 1), S(""), cell_time(table_cell(&t, i, 2)));
    TRY(rows_of(q, "overdue", NULL, 0, &t));
    v->late = NEW_ARRAY(q->a, home_task, t.n_rows + 1);
    for (size_t i = 0; i < t.n_rows; i++)
        v->late[v->n_late++] = task_of(q, table_cell(&t, i, 0), table_cell(&t, i, 1), table_cell(&t, i, 2), cell_time(table_cell(&t, i, 3)));
    TRY(rows_of(q, "counts", &person, 1, &t));
    v->tasks = cell_int(table_cell(&t, 0, 0));
    v->overdue = cell_int(table_cell(&t, 0, 1));
    v->mine = cell_int(table_cell(&t, 0, 2));
    v->results = cell_int(table_cell(&t, 0, 3));
    v->people = cell_int(table_cell(&t, 0, 4));
    v->policies = cell_int(table_cell(&t, 0, 5));
    return ERR_OK;
}

/* ---- what went silent ---------------------------------------------------------------------- */

static void add_silent(ask *q, home_view *v, str source, str what, time_us at)
{
    v->silent[v->n_silent++] = (home_silent){ source, what, at > 0 ? time_ago(q, at) : S("never"), at > 0 ? time_text(q, at) : S(""), link_to(q, "/sources") };
}

static void judge_source(ask *q, home_view *v, const row_table *t, size_t i)
{
    str     state_now = table_cell(t, i, 1), reason = table_cell(t, i, 2);
    time_us at = cell_time(table_cell(t, i, 3));
    int64_t lacking = cell_int(table_cell(t, i, 4));
    bool    fine = str_eq(state_now, S("ok")) || str_eq(state_now, S("absent"));
    str     what = S("");
    if (!fine && reason.n)
        what = str_fmt(q->a, STR_FMT ": " STR_FMT, STR_ARG(state_now), STR_ARG(utf8_cut(reason, 160)));
    else if (!fine)
        what = state_now;
    else if (lacking > 0)
        what = str_fmt(q->a, "%lld of its relations could not be read", (long long)lacking);
    else if (moment_of(q) - at > SILENT_AFTER)
        what = S("has not run for more than a day");
    if (what.n)
        add_silent(q, v, table_cell(t, i, 0), what, at);
}

static bool has_run(const row_table *t, str source)
{
    for (size_t i = 0; i < t->n_rows; i++)
        if (str_eq(table_cell(t, i, 0), source))
            return true;
    return false;
}

static err_t silent(ask *q, home_view *v)
{
    row_table   t = { 0 };
    source_row *sources;
    TRY(source_list(q->ws, q->a, &q->f, &sources, &v->n_sources));
    TRY(rows_of(q, "sources", NULL, 0, &t));
    v->n_read = t.n_rows;
    v->silent = NEW_ARRAY(q->a, home_silent, t.n_rows + 1);
    for (size_t i = 0; i < t.n_rows; i++)
        judge_source(q, v, &t, i);
    for (size_t i = 0; i < v->n_sources; i++)
        v->n_unread += !has_run(&t, sources[i].id);
    v->n_sources = v->n_sources > t.n_rows ? v->n_sources : t.n_rows;
    return ERR_OK;
}

/* ---- what changed --------------------------------------------------------------------------- */

/* What a leaf says was changed: "add risk", "approve policy version and 2 more". */
static str deed_words(arena *a, str action, str text)
{
    leaf  l;
    fault none = { 0 };
    if (leaf_parse(a, text, &none, &l) != ERR_OK || !l.n_changes)
        return action;
    str first = choice_words(a, l.changes[0].relation);
    if (l.n_changes == 1)
        return str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(action), STR_ARG(first));
    return str_fmt(a, STR_FMT " " STR_FMT " and %zu more", STR_ARG(action), STR_ARG(first), l.n_changes - 1);
}

static err_t changes(ask *q, const content *ct, home_view *v)
{
    row_table t = { 0 };
    TRY(rows_of(q, "changes", NULL, 0, &t));
    v->changes = NEW_ARRAY(q->a, home_change, t.n_rows + 1);
    for (size_t i = 0; i < t.n_rows; i++) {
        str                 id = table_cell(&t, i, 0);
        const control_test *ts = test_find(ct, id);
        time_us             at = cell_time(table_cell(&t, i, 3));
        v->changes[v->n_changes++] = (home_change){ ts ? ts->title : id, link_to(q, "/tests/" STR_FMT, STR_ARG(id)), time_ago(q, at), time_text(q, at),
                                                    state_mark_of(table_cell(&t, i, 1)), state_mark_of(table_cell(&t, i, 2)) };
    }
    TRY(rows_of(q, "people", NULL, 0, &t));
    v->deeds = NEW_ARRAY(q->a, home_deed, t.n_rows + 1);
    for (size_t i = 0; i < t.n_rows; i++) {
        time_us at = cell_time(table_cell(&t, i, 1));
        v->deeds[v->n_deeds++] = (home_deed){ actor_person(table_cell(&t, i, 2)), deed_words(q->a, table_cell(&t, i, 3), table_cell(&t, i, 5)),
                                              time_ago(q, at), time_text(q, at), link_to(q, "/trail/" STR_FMT, STR_ARG(table_cell(&t, i, 0))) };
    }
    return ERR_OK;
}

/* ---- the page ----------------------------------------------------------------------------------- */

static err_t gather(ask *q, home_view *v)
{
    const content *ct;
    TRY(app_content(q->ws, &q->f, &ct));
    TRY(stand(q, ct, v));
    TRY(over_time(q, ct, v));
    TRY(failing(q, ct, v));
    TRY(due(q, v));
    TRY(silent(q, v));
    return changes(q, ct, v);
}

static err_t get_home(ask *q)
{
    home_view v = { .q = q, .may_manage = shown_to(q, PERMIT_MANAGER) };
    if (!shown_to(q, PERMIT_READER)) {
        http_redirect(q->rs, 303, S("/my"));
        return ERR_OK;
    }
    TRY(gather(q, &v));
    v.may_run = v.may_manage && !q->as_of;
    page_action run = { "Assess now", S("/jobs/assess"), true, "plain" };
    page_open(q, &(page){ .title = S("Where we stand"), .place = "/", .actions = &run, .n_actions = v.may_run && v.assessed ? 1 : 0 });
    tpl_home(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

/* What the supervisor does at its times, asked for now. */
static err_t post_job(ask *q)
{
    static const char *const jobs[] = { "collect", "assess", "tick" };
    for (size_t i = 0; i < COUNT(jobs); i++)
        if (str_eq(q->params[0], str_of(jobs[i]))) {
            TRY(gate_job(q->g, q->params[0], &q->f));
            return page_done(q, S("/"), "started");
        }
    return fail(&q->f, ERR_NOT_FOUND, "there is no such job: collect, assess and tick are");
}

static const route rows[] = {
    { HTTP_GET, "/", PERMIT_PERSON, 0, ROUTE_CACHED, 0, get_home, "Where the program stands" },
    { HTTP_POST, "/jobs/{name}", PERMIT_MANAGER, 4 << 10, 0, 0, post_job, "Collect, assess or turn the duties now" },
};
ROUTE_TABLE(home_routes);
