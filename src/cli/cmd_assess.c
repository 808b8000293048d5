/* assess, status, report, content. */
#include "cli/command.h"

enum { DOCUMENT_MAX_BYTES = 512 << 20 };

/* Silence is not success: without a verdict the gate stays shut. */
static int gate(const assessment *as)
{
    assert(as);
    const int64_t *n = as->tests_by_state;
    const int64_t *aside = as->aside_by_state;
    return n[STATE_FAIL] - aside[STATE_FAIL] > as->tests_accepted || n[STATE_ERROR] > aside[STATE_ERROR] ||
           n[STATE_NO_DATA] > aside[STATE_NO_DATA] ? 1 : 0;
}

static err_t evaluate(cli *c, workspace *ws, report_input *ret)
{
    time_us     as_of;
    assessment *as;
    TRY(option_time(c, "as-of", &as_of));
    cli_progress(c, S("assessing ..."));
    bool named = strcmp(c->cmd->name, "assess") == 0;
    TRY(app_assess(ws, c->a, as_of, c->args, named ? c->n_args : 0, &c->f, &as));
    cli_progress_done(c);
    TRY(note_before(c, ws, as_of));
    return app_report_input(ws, c->a, as, &c->f, ret);
}

static err_t assess(cli *c, report_input *ret)
{
    auto_ws workspace   *ws = NULL;
    const char          *format = option_value(c, "format"), *output = option_value(c, "output");
    const report_format *rf = report_format_find(format ? str_of(format) : c->json ? S("json") : S("text"));
    buf                  out = buf_new(c->a, DOCUMENT_MAX_BYTES);
    report_style         style = c->style;
    if (!rf)
        return fail(&c->f, ERR_USAGE, "there is no format \"%s\"; it is text, json, junit, sarif or csv", format);
    bool keep = !option_set(c, "as-of") && c->n_args == 0;
    TRY(cli_open(c, keep ? OPEN_WRITE : OPEN_READ, &ws));
    TRY(evaluate(c, ws, ret));
    if (ret->as->n_tests == 0)
        return fail(&c->f, ERR_NOT_FOUND, "no test is called \"" STR_FMT "\"; see: attest content list",
                    STR_ARG(c->n_args ? c->args[0] : S("")));
    if (keep)
        TRY(app_record(ws, c->a, ret->as, cli_actor(c->a), &c->f));
    if (output && strcmp(output, "-") != 0)
        style.colour = false;
    if (!c->quiet || output || format || c->json) {
        rf->write(c->a, ret, &style, &out);
        if (out.overflow)
            return fail(&c->f, ERR_TOO_LARGE, "the document is larger than %d MiB; name fewer tests", DOCUMENT_MAX_BYTES >> 20);
        TRY(cli_deliver(c, output, buf_str(&out)));
    }
    return ERR_OK;
}

int cmd_assess(cli *c)
{
    report_input in = { 0 };
    err_t        e = assess(c, &in);
    return e == ERR_OK ? gate(in.as) : cli_fail(c, e);
}

static err_t status(cli *c)
{
    auto_ws workspace *ws = NULL;
    report_input       in;
    buf                out = buf_new(c->a, DOCUMENT_MAX_BYTES);
    TRY(cli_open(c, OPEN_READ, &ws));
    TRY(evaluate(c, ws, &in));
    if (c->json)
        report_format_find(S("json"))->write(c->a, &in, &c->style, &out);
    else
        report_status(c->a, &in, &c->style, option_set(c, "all"), &out);
    cli_print(buf_str(&out));
    if (in.n_sources == 0 && !option_set(c, "as-of"))
        cli_note(c, "Nothing has been collected yet. Next: attest collect");
    return ERR_OK;
}

int cmd_status(cli *c)
{
    err_t e = status(c);
    return e == ERR_OK ? 0 : cli_fail(c, e);
}

static err_t readiness(cli *c)
{
    auto_ws workspace *ws = NULL;
    const char        *output = option_value(c, "output");
    report_input       in;
    buf                out = buf_new(c->a, DOCUMENT_MAX_BYTES);
    TRY(cli_open(c, OPEN_READ, &ws));
    TRY(evaluate(c, ws, &in));
    report_html(c->a, &in, &out);
    if (out.overflow)
        return fail(&c->f, ERR_TOO_LARGE, "the report is larger than %d MiB", DOCUMENT_MAX_BYTES >> 20);
    TRY(cli_deliver(c, output ? output : "readiness.html", buf_str(&out)));
    cli_note(c, "Wrote %s", output ? output : "readiness.html");
    return ERR_OK;
}

int cmd_report(cli *c)
{
    err_t e = str_eq(c->args[0], S("readiness")) ? readiness(c) : report_document(c);
    return e == ERR_OK ? 0 : cli_fail(c, e);
}

/* ---- content ---------------------------------------------------------------------- */

typedef struct { cli *c; json_writer *w; } fault_teller;

static void on_fixture_fault(void *arg, str what)
{
    const fault_teller *t = arg;
    if (t->c->json)
        jw_str(t->w, what);
    else
        cli_print(str_fmt(t->c->a, STR_FMT "\n", STR_ARG(what)));
}

/* Fixtures of the workspace's own tests; those built in were run before release. */
static err_t check_own(cli *c, const content *ct, fault_teller *t, int64_t *ret_faults)
{
    auto_store store     *st = NULL;
    auto_session session *s = NULL;
    *ret_faults = 0;
    TRY(store_open(&(store_options){ .url = "sqlite::memory:", .flags = STORE_WRITE | STORE_CREATE }, &c->f, &st));
    TRY(session_open_fixture(st, &c->f, &s));
    for (size_t i = 0; i < ct->n_tests; i++) {
        fixture_counts n;
        if (asset_find(ct->tests[i].path))
            continue;
        TRY(fixtures_run(c->a, s, &ct->tests[i], on_fixture_fault, t, &c->f, &n));
        *ret_faults += n.faults;
    }
    return ERR_OK;
}

static void list_content(cli *c, const content *ct)
{
    buf         out = buf_new(c->a, 16 << 20);
    json_writer w = { .b = &out };
    if (c->json)
        jw_arr(&w);
    for (size_t i = 0; i < ct->n_tests; i++) {
        if (c->json) {
            jw_obj(&w);
            jw_kstr(&w, "test", ct->tests[i].id);
            jw_kstr(&w, "title", ct->tests[i].title);
            jw_end_obj(&w);
            continue;
        }
        put_cell(&out, ct->tests[i].id, 32);
        buf_putc(&out, ' ');
        put_wrapped(&out, ct->tests[i].title, 33, c->style.width);
    }
    if (c->json) {
        jw_end_arr(&w);
        buf_putc(&out, '\n');
    }
    cli_print(buf_str(&out));
}

static err_t check_content(cli *c, const content *ct, int64_t *ret_faults)
{
    buf         out = buf_new(c->a, 16 << 20);
    json_writer w = { .b = &out };
    if (c->json) {
        jw_obj(&w);
        jw_key(&w, "faults");
        jw_arr(&w);
    }
    TRY(check_own(c, ct, &(fault_teller){ c, &w }, ret_faults));
    for (size_t i = 0; i < ct->n_warnings; i++)
        cli_note(c, "warning: " STR_FMT, STR_ARG(ct->warnings[i]));
    if (c->json) {
        jw_end_arr(&w);
        jw_kint(&w, "criteria", (int64_t)ct->n_criteria);
        jw_kint(&w, "controls", (int64_t)ct->n_controls);
        jw_kint(&w, "tests", (int64_t)ct->n_tests);
        jw_end_obj(&w);
        buf_putc(&out, '\n');
    } else {
        buf_fmt(&out, "%zu criteria, %zu controls, %zu tests; %lld faults in own fixtures\n", ct->n_criteria, ct->n_controls,
                ct->n_tests, (long long)*ret_faults);
    }
    cli_print(buf_str(&out));
    return ERR_OK;
}

int cmd_content(cli *c)
{
    auto_ws workspace *ws = NULL;
    const content     *ct;
    const library     *own;
    int64_t            faults = 0;
    bool               check = str_eq(c->args[0], S("check"));
    if (!check && !str_eq(c->args[0], S("list")))
        return cli_fail(c, fail(&c->f, ERR_USAGE, "it reads: attest content %s", c->cmd->arguments));
    err_t e = cli_open(c, OPEN_READ, &ws);
    if (e == ERR_OK)
        e = app_content(ws, &c->f, &ct);
    if (e == ERR_OK && check)
        e = app_library(ws, &c->f, &own);
    if (e == ERR_OK && check)
        e = check_content(c, ct, &faults);
    if (e != ERR_OK)
        return cli_fail(c, e);
    if (!check)
        list_content(c, ct);
    return faults ? 1 : 0;
}
