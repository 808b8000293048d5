/* What `attest assess --format` writes. */
#include "report/text.h"

static void text_items(const test_result *r, const report_style *st, arena *a, buf *out)
{
    enum { SHOWN = 10 };
    size_t wanted = (size_t)(r->exceptions + r->unknowns);
    for (size_t i = 0; i < r->n_items && i < wanted && i < SHOWN; i++) {
        const test_item *it = &r->items[i];
        str line = str_fmt(a, "%s " STR_FMT "%s" STR_FMT "%s" STR_FMT "%s" STR_FMT, it->ok == 0 ? "fails:" : "unknown:",
                           STR_ARG(it->item), it->reason.n ? ": " : "", STR_ARG(it->reason),
                           it->observed.n ? "; seen: " : "", STR_ARG(it->observed),
                           it->expected.n ? "; expected: " : "", STR_ARG(it->expected));
        if (it->waiver.n)
            line = str_fmt(a, STR_FMT "; accepted by " STR_FMT " until " STR_FMT, STR_ARG(line), STR_ARG(it->waiver),
                           STR_ARG(time_people(a, it->waived_until)));
        buf_putz(out, "    ");
        put_wrapped(out, line, 6, st->width);
    }
    if (wanted > SHOWN)
        buf_fmt(out, "    and %zu more: attest assess " STR_FMT " --format csv\n", wanted - SHOWN, STR_ARG(r->test->id));
}

/* Most tests of a small place meet nothing there: one paragraph for all of them. */
static void not_applicable(const report_input *in, const test_result **v, const report_style *st, arena *a, buf *out)
{
    int64_t n = in->as->tests_by_state[STATE_NOT_APPLICABLE];
    buf     line = buf_new(a, 1 << 20);
    if (!n)
        return;
    buf_puts(&line, str_fmt(a, "%lld test%s nothing here to look at:", (long long)n, n == 1 ? " finds" : "s find"));
    for (size_t i = 0; i < in->as->n_tests; i++)
        if (v[i]->state == STATE_NOT_APPLICABLE)
            buf_fmt(&line, " " STR_FMT, STR_ARG(v[i]->test->id));
    put_state(out, st, STATE_NOT_APPLICABLE, false);
    buf_putc(out, ' ');
    put_wrapped(out, buf_str(&line), 2, st->width);
}

static void write_text(arena *a, const report_input *in, const report_style *st, buf *out)
{
    const test_result **v = tests_by_urgency(a, in->as);
    for (size_t i = 0; i < in->as->n_tests; i++) {
        const test_result *r = v[i];
        if (r->state == STATE_NOT_APPLICABLE)
            continue;
        put_state(out, st, r->state, false);
        buf_putc(out, ' ');
        put_wrapped(out, str_fmt(a, STR_FMT ": " STR_FMT " (" STR_FMT "%s)", STR_ARG(r->test->id),
                                 STR_ARG(r->test->title), STR_ARG(counts_text(a, r)), r->weakened ? ", weakened" : ""),
                    2, st->width);
        if (r->reason.n) {
            buf_putz(out, "    ");
            put_wrapped(out, r->reason, 4, st->width);
        }
        text_items(r, st, a, out);
        if (r->state == STATE_FAIL) {
            buf_putz(out, "    Fix: ");
            put_wrapped(out, r->test->remedy, 9, st->width);
        }
    }
    not_applicable(in, v, st, a, out);
    buf_putc(out, '\n');
    bool any = false;
    for (int s = 0; s < STATE_COUNT_; s++)
        if (in->as->tests_by_state[s]) {
            buf_putz(out, any ? "   " : "");
            any = true;
            put_state(out, st, (test_state)s, false);
            buf_fmt(out, " %lld %s", (long long)in->as->tests_by_state[s], state_word((test_state)s));
        }
    buf_putc(out, '\n');
}

static void json_counts(json_writer *w, const char *key, const int64_t by_state[STATE_COUNT_])
{
    jw_key(w, key);
    jw_obj(w);
    for (int s = 0; s < STATE_COUNT_; s++)
        jw_kint(w, state_name((test_state)s), by_state[s]);
    jw_end_obj(w);
}

static void json_item(json_writer *w, const test_item *it, arena *a)
{
    const struct { const char *key; str s; } texts[] = {
        { "source", it->source }, { "reason", it->reason }, { "observed", it->observed },
        { "expected", it->expected }, { "owner", it->owner }, { "link", it->link }, { "waiver", it->waiver },
    };
    jw_obj(w);
    jw_kstr(w, "item", it->item);
    jw_key(w, "ok");
    if (it->ok < 0)
        jw_null(w);
    else
        jw_bool(w, it->ok == 1);
    for (size_t i = 0; i < COUNT(texts); i++)
        if (texts[i].s.n)
            jw_kstr(w, texts[i].key, texts[i].s);
    if (it->has_at)
        jw_kstr(w, "at", time_rfc3339(a, it->at));
    jw_end_obj(w);
}

static void json_needs(json_writer *w, const test_result *r, arena *a)
{
    jw_key(w, "needs");
    jw_arr(w);
    for (size_t i = 0; i < r->n_needs; i++) {
        const need_state *n = &r->needs[i];
        jw_obj(w);
        jw_kstr(w, "relation", n->relation);
        jw_kstr(w, "source", n->source);
        jw_kstr(w, "status", n->status);
        jw_kbool(w, "fresh", n->fresh);
        if (n->seen_at)
            jw_kstr(w, "seen_at", time_rfc3339(a, n->seen_at));
        if (n->why.n)
            jw_kstr(w, "why", n->why);
        jw_end_obj(w);
    }
    jw_end_arr(w);
}

static void json_test(json_writer *w, const test_result *r, arena *a)
{
    jw_obj(w);
    jw_kstr(w, "test", r->test->id);
    jw_kint(w, "version", r->test->version);
    jw_kstr(w, "digest", r->test->digest);
    jw_kstr(w, "title", r->test->title);
    jw_kstr(w, "severity", str_of(severity_name(r->test->severity)));
    jw_kstr(w, "state", str_of(state_name(r->state)));
    jw_kbool(w, "weakened", r->weakened);
    jw_kint(w, "population", r->population);
    jw_kint(w, "exceptions", r->exceptions);
    jw_kint(w, "unknowns", r->unknowns);
    jw_kint(w, "waived", r->waived);
    if (r->aside)
        jw_kbool(w, "aside", true);
    if (r->reason.n)
        jw_kstr(w, "reason", r->reason);
    jw_kstr(w, "remedy", r->test->remedy);
    jw_key(w, "controls");
    jw_arr(w);
    for (size_t i = 0; i < r->test->n_controls; i++)
        jw_str(w, r->test->controls[i]->id);
    jw_end_arr(w);
    json_needs(w, r, a);
    jw_key(w, "items");
    jw_arr(w);
    for (size_t i = 0; i < r->n_items; i++)
        json_item(w, &r->items[i], a);
    jw_end_arr(w);
    jw_end_obj(w);
}

static void json_criteria(json_writer *w, const assessment *as)
{
    jw_key(w, "criteria");
    jw_arr(w);
    for (size_t i = 0; i < as->n_criteria; i++) {
        const criterion_result *c = &as->criteria[i];
        jw_obj(w);
        jw_kstr(w, "criterion", c->criterion->id);
        jw_kstr(w, "category", str_of(category_name(c->criterion->category)));
        jw_kstr(w, "state", str_of(state_name(c->state)));
        if (c->note.n)
            jw_kstr(w, "note", c->note);
        jw_key(w, "controls");
        jw_arr(w);
        for (size_t k = 0; k < c->n_controls; k++) {
            jw_obj(w);
            jw_kstr(w, "control", c->controls[k]->control->id);
            jw_kstr(w, "title", c->controls[k]->control->title);
            jw_kstr(w, "state", str_of(state_name(c->controls[k]->state)));
            if (c->controls[k]->owner.n)
                jw_kstr(w, "owner", c->controls[k]->owner);
            if (c->controls[k]->note.n)
                jw_kstr(w, "note", c->controls[k]->note);
            jw_end_obj(w);
        }
        jw_end_arr(w);
        jw_end_obj(w);
    }
    jw_end_arr(w);
}

static void write_json(arena *a, const report_input *in, const report_style *st, buf *out)
{
    (void)st;
    json_writer w = { .b = out };
    jw_obj(&w);
    jw_kstr(&w, "program", in->program);
    jw_kstr(&w, "workspace", in->workspace);
    jw_kstr(&w, "as_of", time_rfc3339(a, in->as->as_of));
    json_counts(&w, "tests_by_state", in->as->tests_by_state);
    json_counts(&w, "criteria_by_state", in->as->criteria_by_state);
    json_criteria(&w, in->as);
    jw_key(&w, "tests");
    jw_arr(&w);
    for (size_t i = 0; i < in->as->n_tests; i++)
        json_test(&w, &in->as->tests[i], a);
    jw_end_arr(&w);
    jw_end_obj(&w);
    buf_putc(out, '\n');
}

/* RFC 4180, with the quote that keeps spreadsheets from running a cell as a formula. */
static void csv_cell(buf *out, str s, bool last)
{
    buf_putc(out, '"');
    if (s.n && memchr("=+-@\t\r", s.p[0], 6))
        buf_putc(out, '\'');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            buf_putc(out, '"');
        buf_putc(out, s.p[i]);
    }
    buf_putz(out, last ? "\"\r\n" : "\",");
}

static void csv_item(const test_result *r, const test_item *it, arena *a, buf *out)
{
    const str cells[] = {
        r->test->id, str_fmt(a, "%lld", (long long)r->test->version), str_of(severity_name(r->test->severity)),
        str_of(state_name(r->state)), it->item, it->ok < 0 ? S("") : it->ok ? S("true") : S("false"), it->reason,
        it->observed, it->expected, it->has_at ? time_rfc3339(a, it->at) : S(""), it->source, r->test->title, it->waiver,
    };
    for (size_t c = 0; c < COUNT(cells); c++)
        csv_cell(out, cells[c], c + 1 == COUNT(cells));
}

static void write_csv(arena *a, const report_input *in, const report_style *st, buf *out)
{
    (void)st;
    buf_putz(out, "test,version,severity,state,item,ok,reason,observed,expected,at,source,title,waiver\r\n");
    for (size_t i = 0; i < in->as->n_tests; i++) {
        const test_result *r = &in->as->tests[i];
        for (size_t k = 0; k < r->n_items; k++)
            csv_item(r, &r->items[k], a, out);
        if (r->n_items == 0)                     /* a test without items keeps its line */
            csv_item(r, &(test_item){ .ok = -1, .reason = r->reason }, a, out);
    }
}

static void xml_text(buf *out, str s)
{
    for (size_t i = 0; i < s.n; i++)
        switch (s.p[i]) {
        case '&': buf_putz(out, "&amp;"); break;
        case '<': buf_putz(out, "&lt;"); break;
        case '>': buf_putz(out, "&gt;"); break;
        case '"': buf_putz(out, "&quot;"); break;
        default:
            if ((unsigned char)s.p[i] < 0x20 && s.p[i] != '\n')
                buf_fmt(out, "\\x%02x", (unsigned char)s.p[i]);
            else
                buf_putc(out, s.p[i]);
        }
}

static void junit_case(buf *out, const test_result *r, arena *a)
{
    static const char *const tags[STATE_COUNT_] = {
        [STATE_ERROR] = "error", [STATE_NO_DATA] = "error", [STATE_FAIL] = "failure", [STATE_GAP] = "skipped",
        [STATE_NEEDS_REVIEW] = "skipped", [STATE_NOT_APPLICABLE] = "skipped",
    };
    buf_putz(out, "    <testcase classname=\"attest\" name=\"");
    xml_text(out, r->test->id);
    if (!tags[r->state]) {
        buf_putz(out, "\"/>\n");
        return;
    }
    buf_fmt(out, "\">\n      <%s message=\"", tags[r->state]);
    xml_text(out, str_fmt(a, STR_FMT ": " STR_FMT, STR_ARG(r->test->title),
                          STR_ARG(r->reason.n ? r->reason : counts_text(a, r))));
    buf_putz(out, "\">");
    for (size_t i = 0; i < r->n_items && r->items[i].ok != 1; i++) {
        xml_text(out, r->items[i].item);
        if (r->items[i].reason.n)
            buf_putz(out, ": ");
        xml_text(out, r->items[i].reason);
        buf_putz(out, "\n");
    }
    buf_fmt(out, "</%s>\n    </testcase>\n", tags[r->state]);
}

/* A test without a verdict is an error here: a CI gate must not go green on silence. */
static void write_junit(arena *a, const report_input *in, const report_style *st, buf *out)
{
    (void)st;
    const int64_t *n = in->as->tests_by_state;
    buf_putz(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    buf_puts(out, str_fmt(a, "  <testsuite name=\"attest\" tests=\"%zu\" failures=\"%lld\" errors=\"%lld\" "
                             "skipped=\"%lld\" timestamp=\"" STR_FMT "\">\n",
                          in->as->n_tests, (long long)n[STATE_FAIL], (long long)(n[STATE_ERROR] + n[STATE_NO_DATA]),
                          (long long)(n[STATE_NEEDS_REVIEW] + n[STATE_NOT_APPLICABLE]),
                          STR_ARG(time_rfc3339(a, in->as->as_of))));
    for (size_t i = 0; i < in->as->n_tests; i++)
        junit_case(out, &in->as->tests[i], a);
    buf_putz(out, "  </testsuite>\n</testsuites>\n");
}

const report_format report_formats[] = {
    { "text", "for people at a terminal", write_text },
    { "json", "everything, for programs", write_json },
    { "junit", "for CI servers; no data counts as an error", write_junit },
    { "sarif", "SARIF 2.1.0, for code scanning views", write_sarif },
    { "csv", "one line an item, for spreadsheets", write_csv },
};
const size_t n_report_formats = COUNT(report_formats);

const report_format *report_format_find(str name)
{
    for (size_t i = 0; i < n_report_formats; i++)
        if (str_eq(str_of(report_formats[i].name), name))
            return &report_formats[i];
    return NULL;
}
