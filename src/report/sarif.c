/* SARIF 2.1.0 (OASIS): a rule a test, a result an item. */
#include "report/text.h"

static const char *kind_of(const test_result *r, const test_item *it)
{
    if (!it)
        return r->state == STATE_NOT_APPLICABLE ? "notApplicable" : "open";
    return it->ok < 0 ? "open" : it->ok ? "pass" : "fail";
}

static const char *level_of(const test_result *r, const char *kind)
{
    static const char *const levels[] = { [SEVERITY_CRITICAL] = "error", [SEVERITY_HIGH] = "error",
                                          [SEVERITY_MEDIUM] = "warning", [SEVERITY_LOW] = "note" };
    return strcmp(kind, "fail") == 0 ? levels[r->test->severity] : "none";
}

static void text_object(json_writer *w, const char *key, str text)
{
    jw_key(w, key);
    jw_obj(w);
    jw_kstr(w, "text", text);
    jw_end_obj(w);
}

/* Controls of the test and the criteria behind them; SARIF wants a set. */
static void tags(json_writer *w, const control_test *t, arena *a)
{
    map seen = map_new(a);
    jw_key(w, "tags");
    jw_arr(w);
    for (size_t i = 0; i < t->n_controls; i++) {
        const control *c = t->controls[i];
        jw_str(w, c->id);
        for (size_t k = 0; k < c->n_mappings; k++) {
            void **slot = map_put(&seen, c->mappings[k].criterion->id);
            if (!*slot)
                jw_str(w, c->mappings[k].criterion->id);
            *slot = w;
        }
    }
    jw_end_arr(w);
}

static void rule(json_writer *w, const control_test *t, arena *a)
{
    jw_obj(w);
    jw_kstr(w, "id", t->id);
    text_object(w, "shortDescription", t->title);
    text_object(w, "fullDescription", t->why);
    text_object(w, "help", t->remedy);
    jw_key(w, "properties");
    jw_obj(w);
    tags(w, t, a);
    jw_kstr(w, "severity", str_of(severity_name(t->severity)));
    jw_end_obj(w);
    jw_end_obj(w);
}

static void place(json_writer *w, const test_result *r, const test_item *it, arena *a)
{
    jw_key(w, "locations");
    jw_arr(w);
    jw_obj(w);
    jw_key(w, "logicalLocations");
    jw_arr(w);
    jw_obj(w);
    jw_kstr(w, "fullyQualifiedName", it->item);
    jw_end_obj(w);
    jw_end_arr(w);
    jw_end_obj(w);
    jw_end_arr(w);
    jw_key(w, "partialFingerprints");
    jw_obj(w);
    jw_kstr(w, "attestItem/v1", str_fmt(a, STR_FMT "/" STR_FMT, STR_ARG(r->test->id), STR_ARG(it->item)));
    jw_end_obj(w);
}

/* `it` is NULL for a test without items. */
static void one_result(json_writer *w, const test_result *r, const test_item *it, size_t rule_index, arena *a)
{
    const char *kind = kind_of(r, it);
    str         what = r->test->title;
    if (it && it->ok != 1 && it->reason.n)
        what = it->reason;
    else if (!it && r->reason.n)
        what = r->reason;
    jw_obj(w);
    jw_kstr(w, "ruleId", r->test->id);
    jw_kint(w, "ruleIndex", (int64_t)rule_index);
    jw_kstr(w, "kind", str_of(kind));
    jw_kstr(w, "level", str_of(level_of(r, kind)));
    text_object(w, "message", it ? str_fmt(a, STR_FMT ": " STR_FMT, STR_ARG(it->item), STR_ARG(what)) : what);
    if (it)
        place(w, r, it, a);
    jw_end_obj(w);
}

static void tool(json_writer *w, const assessment *as, arena *a)
{
    jw_key(w, "tool");
    jw_obj(w);
    jw_key(w, "driver");
    jw_obj(w);
    jw_kstr(w, "name", S("Attest"));
    jw_kstr(w, "version", str_of(ATTEST_VERSION));
    jw_key(w, "rules");
    jw_arr(w);
    for (size_t i = 0; i < as->n_tests; i++)
        rule(w, as->tests[i].test, a);
    jw_end_arr(w);
    jw_end_obj(w);
    jw_end_obj(w);
    jw_key(w, "invocations");
    jw_arr(w);
    jw_obj(w);
    jw_kbool(w, "executionSuccessful", as->tests_by_state[STATE_ERROR] == 0);
    jw_kstr(w, "endTimeUtc", time_rfc3339(a, as->as_of));
    jw_end_obj(w);
    jw_end_arr(w);
}

void write_sarif(arena *a, const report_input *in, const report_style *st, buf *out)
{
    (void)st;
    json_writer w = { .b = out };
    jw_obj(&w);
    jw_kstr(&w, "$schema", S("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"));
    jw_kstr(&w, "version", S("2.1.0"));
    jw_key(&w, "runs");
    jw_arr(&w);
    jw_obj(&w);
    tool(&w, in->as, a);
    jw_key(&w, "results");
    jw_arr(&w);
    for (size_t i = 0; i < in->as->n_tests; i++) {
        const test_result *r = &in->as->tests[i];
        for (size_t k = 0; k < r->n_items; k++)
            one_result(&w, r, &r->items[k], i, a);
        if (r->n_items == 0)
            one_result(&w, r, NULL, i, a);
    }
    jw_end_arr(&w);
    jw_end_obj(&w);
    jw_end_arr(&w);
    jw_end_obj(&w);
    buf_putc(out, '\n');
}
