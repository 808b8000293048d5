/* Criteria, controls, tests: what they are, and how they stood at the last assessment that was kept. */
#include "api/parts.h"

typedef struct {
    map       states;         /* id -> index of its row, plus one */
    row_table rows;
} recorded;

static err_t recorded_read(ask *q, const char *relation_name, const char *key, const char *counts, recorded *ret)
{
    const sql_hole holes[] = { { "key", str_of(key) }, { "counts", str_of(counts) }, { "relation", str_of(relation_name) } };
    TRY(app_rows(q->ws, q->a, "sql/api/states.sql", holes, COUNT(holes), q->as_of, &q->f, &ret->rows));
    ret->states = map_new(q->a);
    for (size_t i = 0; i < ret->rows.n_rows; i++) {
        size_t *at = NEW(q->a, size_t);
        *at = i;
        *map_put(&ret->states, table_cell(&ret->rows, i, 0)) = at;
    }
    return ERR_OK;
}

/* "state" and the counts after it; null where no assessment was kept. */
static void put_recorded(ask *q, json_writer *w, const recorded *rec, str id)
{
    const size_t *at = map_get(&rec->states, id);
    for (size_t k = 1; k < rec->rows.n_columns; k++) {
        str     cell = at ? table_cell(&rec->rows, *at, k) : (str){ 0 };
        int64_t n;
        jw_key(w, str_z(q->a, rec->rows.names[k]));
        if (!cell.p)
            jw_null(w);
        else if (parse_int(cell, INT64_MIN, INT64_MAX, &n))
            jw_int(w, n);
        else
            jw_str(w, cell);
    }
}

static err_t begin_list(ask *q, json_writer *w)
{
    *w = answer_json(q);
    jw_obj(w);
    jw_key(w, "items");
    jw_arr(w);
    return ERR_OK;
}

static void end_list(json_writer *w)
{
    jw_end_arr(w);
    jw_end_obj(w);
}

static void put_criterion(ask *q, json_writer *w, const criterion *c, const recorded *rec)
{
    jw_obj(w);
    jw_kstr(w, "id", c->id);
    jw_kstr(w, "category", str_of(category_id(c->category)));
    jw_kstr(w, "words", c->words);
    put_recorded(q, w, rec, c->id);
    jw_end_obj(w);
}

static err_t get_criteria(ask *q)
{
    const content *ct;
    recorded       rec;
    json_writer    w;
    TRY(app_content(q->ws, &q->f, &ct));
    TRY(recorded_read(q, "criterion_result", "criterion", "controls, tests, failing, unseen, note", &rec));
    TRY(begin_list(q, &w));
    for (size_t i = 0; i < ct->n_criteria; i++)
        put_criterion(q, &w, &ct->criteria[i], &rec);
    end_list(&w);
    return ERR_OK;
}

static void put_control(ask *q, json_writer *w, const control *c, const recorded *rec)
{
    static const char *const natures[] = { "automated", "manual", "mixed" };
    jw_obj(w);
    jw_kstr(w, "id", c->id);
    jw_kstr(w, "title", c->title);
    jw_kstr(w, "words", c->words);
    jw_kstr(w, "cadence", c->cadence);
    jw_kstr(w, "nature", str_of(natures[c->nature]));
    jw_key(w, "criteria");
    jw_arr(w);
    for (size_t i = 0; i < c->n_mappings; i++)
        jw_str(w, c->mappings[i].criterion->id);
    jw_end_arr(w);
    put_recorded(q, w, rec, c->id);
    jw_end_obj(w);
}

static err_t get_controls(ask *q)
{
    const content *ct;
    recorded       rec;
    json_writer    w;
    TRY(app_content(q->ws, &q->f, &ct));
    TRY(recorded_read(q, "control_result", "control", "tests, failing, unseen, owner, note", &rec));
    TRY(begin_list(q, &w));
    for (size_t i = 0; i < ct->n_controls; i++)
        put_control(q, &w, &ct->controls[i], &rec);
    end_list(&w);
    return ERR_OK;
}

static void put_test(ask *q, json_writer *w, const control_test *t, const recorded *rec)
{
    jw_kstr(w, "id", t->id);
    jw_kstr(w, "title", t->title);
    jw_kstr(w, "severity", str_of(severity_name(t->severity)));
    jw_kstr(w, "kind", t->kind == TEST_EVENT_KIND ? S("event") : S("state"));
    jw_key(w, "controls");
    jw_arr(w);
    for (size_t i = 0; i < t->n_controls; i++)
        jw_str(w, t->controls[i]->id);
    jw_end_arr(w);
    put_recorded(q, w, rec, t->id);
}

#define TEST_COUNTS "population, exceptions, unknowns, waived, reason"

static err_t get_tests(ask *q)
{
    const content *ct;
    recorded       rec;
    json_writer    w;
    TRY(app_content(q->ws, &q->f, &ct));
    TRY(recorded_read(q, "result", "test", TEST_COUNTS, &rec));
    TRY(begin_list(q, &w));
    for (size_t i = 0; i < ct->n_tests; i++) {
        jw_obj(&w);
        put_test(q, &w, &ct->tests[i], &rec);
        jw_end_obj(&w);
    }
    end_list(&w);
    return ERR_OK;
}

static err_t test_wanted(ask *q, const control_test **ret)
{
    const content *ct;
    TRY(app_content(q->ws, &q->f, &ct));
    *ret = test_find(ct, q->params[0]);
    return *ret ? ERR_OK : app_no_such(q->ws, "test", q->params[0], &q->f);
}

static err_t get_test(ask *q)
{
    const control_test *t;
    recorded            rec;
    TRY(test_wanted(q, &t));
    TRY(recorded_read(q, "result", "test", TEST_COUNTS, &rec));
    json_writer w = answer_json(q);
    jw_obj(&w);
    put_test(q, &w, t, &rec);
    jw_kint(&w, "version", t->version);
    jw_kstr(&w, "why", t->why);
    jw_kstr(&w, "remedy", t->remedy);
    jw_kstr(&w, "sql", t->sql_text);
    jw_kstr(&w, "digest", t->digest);
    jw_end_obj(&w);
    return ERR_OK;
}

/* ---- running ---------------------------------------------------------------------------------- */

static void put_item(ask *q, json_writer *w, const test_item *it)
{
    jw_obj(w);
    jw_kstr(w, "item", it->item);
    jw_key(w, "ok");
    if (it->ok < 0)
        jw_null(w);
    else
        jw_bool(w, it->ok == 1);
    jw_kstr(w, "source", it->source);
    jw_kstr(w, "reason", it->reason);
    jw_kstr(w, "observed", it->observed);
    jw_kstr(w, "expected", it->expected);
    put_ktime(q, w, "at", it->has_at ? it->at : 0);
    jw_kstr(w, "waiver", it->waiver);
    jw_end_obj(w);
}

static void put_need(ask *q, json_writer *w, const need_state *n)
{
    jw_obj(w);
    jw_kstr(w, "relation", n->relation);
    jw_kstr(w, "source", n->source);
    jw_kstr(w, "status", n->status);
    put_ktime(q, w, "seen_at", n->seen_at);
    jw_kbool(w, "fresh", n->fresh);
    jw_kstr(w, "why", n->why);
    jw_end_obj(w);
}

enum { ITEMS_MAX = 10000 };

/* Evaluates one test now, or as of a moment; nothing is kept. */
static err_t post_run(ask *q)
{
    const control_test *t;
    assessment         *as;
    TRY(test_wanted(q, &t));
    TRY(app_assess(q->ws, q->a, q->as_of, &t->id, 1, &q->f, &as));
    const test_result *r = &as->tests[0];
    json_writer        w = answer_json(q);
    jw_obj(&w);
    jw_kstr(&w, "test", t->id);
    jw_kstr(&w, "state", str_of(state_name(r->state)));
    put_ktime(q, &w, "as_of", r->as_of);
    jw_kint(&w, "population", r->population);
    jw_kint(&w, "exceptions", r->exceptions);
    jw_kint(&w, "unknowns", r->unknowns);
    jw_kint(&w, "waived", r->waived);
    jw_kstr(&w, "reason", r->reason);
    jw_key(&w, "needs");
    jw_arr(&w);
    for (size_t i = 0; i < r->n_needs; i++)
        put_need(q, &w, &r->needs[i]);
    jw_end_arr(&w);
    jw_key(&w, "items");
    jw_arr(&w);
    for (size_t i = 0; i < r->n_items && i < ITEMS_MAX; i++)
        put_item(q, &w, &r->items[i]);
    jw_end_arr(&w);
    jw_kbool(&w, "all_items", r->n_items <= ITEMS_MAX && (int64_t)r->n_items == r->population);
    jw_end_obj(&w);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/api/v1/criteria", PERMIT_READER, 0, ROUTE_CACHED, SCOPE_READ, get_criteria, "The criteria and where each stands" },
    { HTTP_GET, "/api/v1/controls", PERMIT_READER, 0, ROUTE_CACHED, SCOPE_READ, get_controls, "The controls and where each stands" },
    { HTTP_GET, "/api/v1/tests", PERMIT_READER, 0, ROUTE_CACHED, SCOPE_READ, get_tests, "The control tests and their last outcome" },
    { HTTP_GET, "/api/v1/tests/{test}", PERMIT_READER, 0, ROUTE_CACHED, SCOPE_READ, get_test, "One control test with its SQL" },
    { HTTP_POST, "/api/v1/tests/{test}/run", PERMIT_READER, 1 << 10, ROUTE_SLOW, SCOPE_READ, post_run, "Evaluate a test now or as of a moment; nothing is kept" },
};
const api_doc assure_docs[] = {
    { "as-of", NULL, "criteria" }, { "as-of", NULL, "controls" }, { "as-of", NULL, "tests" }, { "as-of", NULL, "test" }, { "as-of", NULL, "run" },
};
ROUTE_TABLE(assure_api);
_Static_assert(COUNT(rows) == COUNT(assure_docs), "each route is documented");
