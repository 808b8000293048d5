/* The remediation plan: one item a gap, made from an assessment. What people wrote
 * into an item is theirs; making the plan again never changes it. */
#include "app/workspace.h"

typedef DA(gap) gap_list;

/* ---- gaps of an assessment ------------------------------------------------------------------ */

typedef struct { const char *word; int64_t days; } urgency;
static const urgency by_severity[] = {
    [SEVERITY_CRITICAL] = { "critical", 7 }, [SEVERITY_HIGH] = { "high", 30 }, [SEVERITY_MEDIUM] = { "medium", 60 }, [SEVERITY_LOW] = { "low", 90 },
};
enum { PEOPLE_DAYS = 60 };

static void add_word(buf *b, str word)
{
    if (!list_has(buf_z(b), word))
        buf_fmt(b, "%s" STR_FMT, b->n ? " " : "", STR_ARG(word));
}

/* Criteria, controls and owner behind a test. */
static void behind(arena *a, const assessment *as, const test_result *r, gap *g)
{
    buf criteria = buf_new(a, 1 << 20), controls = buf_new(a, 1 << 20);
    for (size_t i = 0; i < as->n_criteria; i++) {
        const criterion_result *c = &as->criteria[i];
        for (size_t k = 0; k < c->n_controls && !c->note.n; k++)
            for (size_t t = 0; t < c->controls[k]->n_results; t++)
                if (c->controls[k]->results[t] == r) {
                    add_word(&criteria, c->criterion->id);
                    add_word(&controls, c->controls[k]->control->id);
                    g->owner = g->owner.n ? g->owner : c->controls[k]->owner;
                }
    }
    g->criteria = buf_str(&criteria);
    g->controls = buf_str(&controls);
}

/* The need whose facts or records were never there; NULL when it is something else. */
static const need_state *need_missing(const test_result *r)
{
    for (size_t i = 0; i < r->n_needs; i++)
        if (!r->needs[i].fresh && str_eq(r->needs[i].status, S("missing")))
            return &r->needs[i];
    return NULL;
}

/* What is needed by many tests and not there is one gap, not one a test. */
static void need_name(arena *a, const need_state *need, gap *g)
{
    const relation *r = relation_find(need->relation);
    if (r->kind != RECORD) {
        g->key = S("facts");
        g->action = S("Let Attest see the systems: add a source for each (attest source kinds) and run attest collect every day.");
        return;
    }
    g->key = str_fmt(a, "register:%s", r->name);
    g->action = str_fmt(a, "Keep the register \"%s\": attest %s add ..., or say that there is none: attest register add %s basis=... (%s)",
                        r->name, r->name, r->name, r->doc);
}

static gap *gap_of(gap_list *list, str key)
{
    for (size_t i = 0; i < list->n; i++)
        if (str_eq(list->v[i].key, key))
            return &list->v[i];
    return NULL;
}

static str words_joined(arena *a, str x, str y)
{
    buf b = buf_new(a, 1 << 20);
    buf_puts(&b, x);
    for (str rest = y, w = str_word(&rest); w.n; w = str_word(&rest))
        add_word(&b, w);
    return str_dup(a, buf_str(&b));
}

static void gap_join(arena *a, gap_list *out, const gap *g)
{
    gap *old = gap_of(out, g->key);
    if (!old) {
        da_push(a, out) = *g;
        return;
    }
    old->criteria = words_joined(a, old->criteria, g->criteria);
    old->controls = words_joined(a, old->controls, g->controls);
    old->tests = words_joined(a, old->tests, g->tests);
    if (g->days < old->days) {
        old->days = g->days;
        old->priority = g->priority;
    }
}

static void test_gaps(arena *a, const assessment *as, gap_list *out)
{
    for (size_t i = 0; i < as->n_tests; i++) {
        const test_result *r = &as->tests[i];
        if ((r->state != STATE_FAIL && r->state != STATE_NO_DATA && r->state != STATE_ERROR) || result_accepted(r))
            continue;
        const need_state *missing = r->state == STATE_NO_DATA ? need_missing(r) : NULL;
        gap g = { .key = str_fmt(a, "test:" STR_FMT, STR_ARG(r->test->id)), .state = r->state, .tests = r->test->id,
                  .priority = by_severity[r->test->severity].word, .days = by_severity[r->test->severity].days };
        behind(a, as, r, &g);
        if (!g.criteria.n)
            continue;                     /* nothing in scope stands on it */
        g.action = r->state == STATE_FAIL ? r->test->remedy
                   : str_fmt(a, "Make this visible, then look again: " STR_FMT " (" STR_FMT ")", STR_ARG(r->test->title), STR_ARG(r->reason));
        if (missing)
            need_name(a, missing, &g);
        gap_join(a, out, &g);
    }
}

static str criteria_of(arena *a, const assessment *as, const control_result *cr, bool *ret_any)
{
    buf b = buf_new(a, 1 << 20);
    for (size_t i = 0; i < as->n_criteria; i++)
        for (size_t k = 0; k < as->criteria[i].n_controls && !as->criteria[i].note.n; k++)
            if (as->criteria[i].controls[k] == cr)
                add_word(&b, as->criteria[i].criterion->id);
    *ret_any = b.n > 0;
    return buf_str(&b);
}

/* What people do of a control: it is planned, or nobody attested it. */
static void control_gaps(arena *a, const assessment *as, gap_list *out)
{
    for (size_t i = 0; i < as->n_controls; i++) {
        const control_result *c = &as->controls[i];
        bool planned = c->state == STATE_GAP || str_eq(c->note, S("planned, not operating yet")), any;
        if (c->left_out || (!planned && c->state != STATE_NEEDS_REVIEW))
            continue;
        str what = planned ? str_fmt(a, "Put the control into operation (attest control do operate " STR_FMT "): " STR_FMT,
                                     STR_ARG(c->control->id), STR_ARG(c->control->title))
                           : str_fmt(a, "Perform the control and attest it with evidence (attest attestation add control=" STR_FMT " ...): " STR_FMT,
                                     STR_ARG(c->control->id), STR_ARG(c->control->title));
        gap g = { .key = str_fmt(a, "control:" STR_FMT, STR_ARG(c->control->id)), .state = c->state, .action = what, .controls = c->control->id,
                  .criteria = criteria_of(a, as, c, &any), .priority = "medium", .days = PEOPLE_DAYS, .owner = c->owner };
        if (any)
            da_push(a, out) = g;
    }
}

static void criterion_gaps(arena *a, const assessment *as, gap_list *out)
{
    for (size_t i = 0; i < as->n_criteria; i++) {
        const criterion_result *c = &as->criteria[i];
        if (c->n_controls || c->note.n)
            continue;
        da_push(a, out) = (gap){ .key = str_fmt(a, "criterion:" STR_FMT, STR_ARG(c->criterion->id)), .state = STATE_GAP, .criteria = c->criterion->id,
                                 .action = str_fmt(a, "Choose a control that meets it: " STR_FMT, STR_ARG(c->criterion->words)),
                                 .priority = by_severity[SEVERITY_HIGH].word, .days = by_severity[SEVERITY_HIGH].days };
    }
}

static int by_urgency(const void *x, const void *y)
{
    const gap *a = x, *b = y;
    if (a->days != b->days)
        return a->days < b->days ? -1 : 1;
    return a->state != b->state ? (a->state < b->state ? -1 : 1) : str_cmp(a->key, b->key);
}

void gaps_of(arena *a, const assessment *as, const gap **ret, size_t *ret_n)
{
    gap_list list = { 0 };
    criterion_gaps(a, as, &list);
    test_gaps(a, as, &list);
    control_gaps(a, as, &list);
    if (list.n)
        qsort(list.v, list.n, sizeof *list.v, by_urgency);
    *ret = list.v;
    *ret_n = list.n;
}

/* ---- the plan ----------------------------------------------------------------------------------- */

typedef struct {
    arena          *a;
    work           *w;
    const relation *r;
    map             known;                /* gap -> id of its item */
    fault          *f;
    plan_done      *out;
} planner;

static value *field_of(const planner *p, value *row, const char *name)
{
    int i = relation_field(p->r, str_of(name));
    assert(i >= 0);
    return &row[i];
}

static err_t known_read(planner *p)
{
    auto_cursor cursor *c = NULL;
    p->known = map_new(p->a);
    TRY(session_query(work_session(p->w), sql_read(p->a, "sql/plan_items.sql", NULL, 0), p->f, &c));
    for (;;) {
        bool more;
        TRY(cursor_next(c, p->f, &more));
        if (!more)
            return ERR_OK;
        str *id = NEW(p->a, str);
        *id = str_dup(p->a, cursor_text(c, 0));
        *map_put(&p->known, str_dup(p->a, cursor_text(c, 1))) = id;
    }
}

static err_t copy_of(const planner *p, str id, value *row)
{
    const value *was;
    TRY(work_row(p->w, p->r, id, p->f, &was));
    memcpy(row, was, p->r->n_fields * sizeof *row);
    return ERR_OK;
}

static err_t item_new(planner *p, const gap *g)
{
    str              due = time_rfc3339(p->a, work_moment(p->w) - work_moment(p->w) % DAYS(1) + DAYS(g->days)), id;
    value            row[RELATION_FIELDS_MAX];
    const assignment set[] = {
        { S("gap"), g->key }, { S("criterion"), g->criteria }, { S("control"), g->controls }, { S("test"), g->tests },
        { S("action"), g->action }, { S("owner"), g->owner }, { S("priority"), str_of(g->priority) }, { S("due_at"), due },
    };
    TRY(work_add(p->w, p->r, S(""), set, COUNT(set), p->f, &id));
    TRY(copy_of(p, id, row));
    *field_of(p, row, "generated_action") = v_text(g->action);
    *field_of(p, row, "generated_at") = v_int(work_moment(p->w));
    p->out->added++;
    return work_put(p->w, p->r, row, p->f);
}

/* A gap that came back is work again; the words change only where nobody changed them. */
static err_t item_again(planner *p, const gap *g, str id)
{
    value row[RELATION_FIELDS_MAX];
    TRY(copy_of(p, id, row));
    const value *action = field_of(p, row, "action"), *made = field_of(p, row, "generated_action");
    bool ours = made->kind == V_TEXT && value_eq(action, made), changed = false;
    if (ours && !str_eq(action->s, g->action)) {
        *field_of(p, row, "action") = *field_of(p, row, "generated_action") = v_text(g->action);
        *field_of(p, row, "generated_at") = v_int(work_moment(p->w));
        changed = true;
    }
    if (str_eq(row_text(p->r, row, "state"), S("done"))) {
        *field_of(p, row, "state") = v_z("open");
        *field_of(p, row, "done_at") = *field_of(p, row, "done_by") = V_UNKNOWN;
        p->out->reopened++;
        changed = true;
    }
    p->out->kept += !changed;
    return changed ? work_put(p->w, p->r, row, p->f) : ERR_OK;
}

/* What the assessment no longer shows as a gap is done, whoever did it. */
static err_t items_close(planner *p, const map *still)
{
    for (size_t i = 0; i < p->known.cap; i++) {
        const map_entry *e = &p->known.entries[i];
        value            row[RELATION_FIELDS_MAX];
        if (!e->key.p || map_get(still, e->key))
            continue;
        TRY(copy_of(p, *(const str *)e->value, row));
        str state = row_text(p->r, row, "state");
        if (field_of(p, row, "generated_at")->kind == V_NULL || str_eq(state, S("done")) || str_eq(state, S("dropped")))
            continue;
        *field_of(p, row, "state") = v_z("done");
        *field_of(p, row, "done_at") = v_int(work_moment(p->w));
        p->out->closed++;
        TRY(work_put(p->w, p->r, row, p->f));
    }
    return ERR_OK;
}

static err_t plan_write(planner *p, const gap *gaps, size_t n)
{
    map still = map_new(p->a);
    TRY(known_read(p));
    for (size_t i = 0; i < n; i++) {
        const str *id = map_get(&p->known, gaps[i].key);
        *map_put(&still, gaps[i].key) = p;
        TRY(id ? item_again(p, &gaps[i], *id) : item_new(p, &gaps[i]));
    }
    return items_close(p, &still);
}

err_t app_plan(workspace *ws, arena *a, const principal *who, fault *f, plan_done *ret)
{
    assessment *as;
    const gap  *gaps;
    size_t      n;
    record_done done = { .seq = -1 };
    *ret = (plan_done){ 0 };
    TRY(app_assess(ws, a, 0, NULL, 0, f, &as));
    gaps_of(a, as, &gaps, &n);
    planner p = { .a = a, .r = relation_find(S("remediation")), .f = f, .out = ret };
    TRY(app_work(ws, who, S("plan"), S(""), f, &p.w));
    err_t e = plan_write(&p, gaps, n);
    if (e != ERR_OK) {
        work_abort(p.w);
        return e;
    }
    ret->gaps = (int64_t)n;
    return app_work_finish(ws, p.w, a, f, &done);
}
