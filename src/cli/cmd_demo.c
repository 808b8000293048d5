/* demo. */
#include "cli/command.h"

static err_t number(cli *c, const char *name, int64_t initial, int64_t *ret)
{
    const char *text = option_value(c, name);
    *ret = initial;
    if (!text || parse_int(str_of(text), 0, INT64_MAX, ret))
        return ERR_OK;
    return fail(&c->f, ERR_USAGE, "--%s: \"%s\" is no number", name, text);
}

static err_t settings(cli *c, demo_settings *ret)
{
    int64_t seed;
    TRY(number(c, "people", 40, &ret->people));
    TRY(number(c, "hosts", 12, &ret->hosts));
    TRY(number(c, "months", 12, &ret->months));
    TRY(number(c, "seed", 1, &seed));
    ret->seed = (uint64_t)seed;
    return option_time(c, "until", &ret->until);
}

static void tell(cli *c, const char *parent, const demo_done *done)
{
    buf out = buf_new(c->a, 64 << 10);
    if (c->json) {
        json_writer w = { .b = &out };
        jw_obj(&w);
        jw_kstr(&w, "workspace", str_of(done->dir));
        jw_kstr(&w, "until", time_rfc3339(c->a, done->until));
        jw_kint(&w, "collections", done->collections);
        jw_kint(&w, "assessments", done->assessments);
        jw_kint(&w, "commits", done->commits);
        jw_kint(&w, "versions", done->versions);
        jw_end_obj(&w);
        buf_putc(&out, '\n');
    } else {
        buf_putz(&out, "Made a fictional company in ");
        put_plain(&out, str_of(parent));
        buf_puts(&out, str_fmt(c->a, ": %lld collections, %lld assessments, %lld commits, %lld row versions, up to " STR_FMT "\n",
                               (long long)done->collections, (long long)done->assessments, (long long)done->commits, (long long)done->versions, STR_ARG(time_people(c->a, done->until))));
        buf_putz(&out, "Next: go to ");
        put_plain(&out, str_of(parent));
        buf_putz(&out, " and run attest status\n");
    }
    cli_print(buf_str(&out));
}

int cmd_demo(cli *c)
{
    const char   *parent = c->n_args ? str_z(c->a, c->args[0]) : "attest-demo";
    demo_settings s;
    demo_done     done;
    err_t         e = settings(c, &s);
    if (e == ERR_OK)
        e = app_demo(c->a, parent, &s, cli_progress, c, &c->f, &done);
    cli_progress_done(c);
    if (e != ERR_OK)
        return cli_fail(c, e);
    tell(c, parent, &done);
    return 0;
}
