/* report of tables, and the plan made from the gaps. */
#include "cli/record.h"

enum { REPORT_MAX = 64 << 20 };

/* What was asked for: --format, or what the file's name ends in, or text. */
static str format_of(const cli *c)
{
    const char *given = option_value(c, "format"), *output = option_value(c, "output");
    static const char *const endings[] = { "html", "json", "csv" };
    if (given)
        return str_of(given);
    for (size_t i = 0; output && i < COUNT(endings); i++)
        if (str_ends(str_of(output), str_fmt(c->a, ".%s", endings[i])))
            return str_of(endings[i]);
    return c->json ? S("json") : S("text");
}

static err_t write_as(cli *c, const document *d, str format, buf *out)
{
    report_style plain = { .utf8 = true, .width = 100 };
    if (str_eq(format, S("text")))
        document_text(c->a, d, option_value(c, "output") ? &plain : &c->style, out);
    else if (str_eq(format, S("html")))
        document_html(c->a, d, out);
    else if (str_eq(format, S("json")))
        document_json(c->a, d, out);
    else if (str_eq(format, S("csv")))
        document_csv(d, out);
    else
        return fail(&c->f, ERR_USAGE, "--format is text, html, json or csv");
    return out->overflow ? fail(&c->f, ERR_TOO_LARGE, "the report is larger than %d MiB", REPORT_MAX >> 20) : ERR_OK;
}

err_t report_document(cli *c)
{
    auto_ws workspace *ws = NULL;
    document           d;
    time_us            as_of;
    buf                out = buf_new(c->a, REPORT_MAX);
    const char        *output = option_value(c, "output");
    TRY(option_time(c, "as-of", &as_of));
    TRY(cli_open(c, OPEN_READ, &ws));
    TRY(app_document(ws, c->a, c->args[0], as_of, &c->f, &d));
    TRY(write_as(c, &d, format_of(c), &out));
    TRY(cli_deliver(c, output, buf_str(&out)));
    if (output)
        cli_note(c, "Wrote %s", output);
    return ERR_OK;
}

int cmd_plan(cli *c)
{
    auto_ws workspace *ws = NULL;
    principal          who;
    plan_done          d;
    buf                out = buf_new(c->a, 64 << 10);
    json_writer        w = { .b = &out };
    err_t              e = record_open(c, OPEN_WRITE, &ws, &who);
    if (e == ERR_OK)
        e = app_plan(ws, c->a, &who, &c->f, &d);
    if (e != ERR_OK)
        return cli_fail(c, e);
    if (c->json) {
        jw_obj(&w);
        jw_kint(&w, "gaps", d.gaps);
        jw_kint(&w, "added", d.added);
        jw_kint(&w, "kept", d.kept);
        jw_kint(&w, "reopened", d.reopened);
        jw_kint(&w, "closed", d.closed);
        jw_end_obj(&w);
        buf_putc(&out, '\n');
    } else {
        buf_fmt(&out, "%lld gaps: %lld items added to the plan, %lld left as they are, %lld opened again, %lld closed\n"
                "Next: attest remediation list --sort due_at\n", (long long)d.gaps, (long long)d.added, (long long)d.kept,
                (long long)d.reopened, (long long)d.closed);
    }
    cli_print(buf_str(&out));
    return 0;
}
