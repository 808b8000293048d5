/* notify: the outbox, delivering it, trying out a channel. */
#include "cli/command.h"

static void when_out(cli *c, json_writer *w, const char *key, time_us t)
{
    if (t)
        jw_kstr(w, key, time_rfc3339(c->a, t));
}

static void message_json(cli *c, const outbox_row *r, json_writer *w)
{
    jw_obj(w);
    jw_kstr(w, "id", r->id);
    jw_kstr(w, "channel", r->channel == NOTIFY_MAIL ? S("mail") : S("webhook"));
    jw_kstr(w, "recipient", r->recipient);
    jw_kstr(w, "event", r->event);
    jw_kstr(w, "subject", r->subject);
    if (r->about.n)
        jw_kstr(w, "about", r->about);
    jw_kstr(w, "state", str_of(outbox_state_name(r->state)));
    jw_kint(w, "attempts", r->attempts);
    when_out(c, w, "queued_at", r->queued_at);
    when_out(c, w, "tried_at", r->tried_at);
    when_out(c, w, "next_try_at", r->next_try_at);
    when_out(c, w, "sent_at", r->sent_at);
    if (r->status >= 0)
        jw_kint(w, "status", r->status);
    if (r->last_error.n)
        jw_kstr(w, "last_error", r->last_error);
    jw_end_obj(w);
}

/* "queued   2026-03-12T14:05:00Z  ann@example.com  Review of access is due", and below it what is wrong. */
static void message_text(cli *c, const outbox_row *r, buf *out)
{
    buf_fmt(out, "%-9s" STR_FMT "  ", outbox_state_name(r->state), STR_ARG(time_rfc3339(c->a, r->queued_at)));
    put_plain(out, r->recipient);
    buf_putz(out, "  ");
    put_plain(out, r->subject);
    buf_putc(out, '\n');
    if (!r->last_error.n)
        return;
    buf_putz(out, "         ");
    put_wrapped(out, str_fmt(c->a, STR_FMT " (try %lld%s" STR_FMT ")", STR_ARG(r->last_error), (long long)r->attempts,
                             r->next_try_at ? ", next " : "", STR_ARG(r->next_try_at ? time_rfc3339(c->a, r->next_try_at) : S(""))),
                9, c->style.width);
}

static void messages_out(cli *c, const outbox_row *rows, size_t n, buf *out)
{
    json_writer w = { .b = out };
    if (c->json)
        jw_arr(&w);
    for (size_t i = 0; i < n; i++)
        if (c->json)
            message_json(c, &rows[i], &w);
        else
            message_text(c, &rows[i], out);
    if (c->json) {
        jw_end_arr(&w);
        buf_putc(out, '\n');
    }
}

static int list(cli *c, workspace *ws, const principal *who)
{
    outbox_row *rows = NULL;
    size_t      n = 0;
    buf         out = buf_new(c->a, 64 << 20);
    err_t       e = app_outbox(ws, c->a, who, &c->f, &rows, &n);
    if (e != ERR_OK)
        return cli_fail(c, e);
    messages_out(c, rows, n, &out);
    cli_print(buf_str(&out));
    return 0;
}

static int told(cli *c, const delivery *d)
{
    buf       out = buf_new(c->a, 64 << 20);
    long long failed = d->by_state[OUTBOX_FAILED], given_up = d->by_state[OUTBOX_GIVEN_UP];
    messages_out(c, d->tried, d->n_tried, &out);
    if (!c->json)
        buf_fmt(&out, "%lld sent, %lld to be tried again, %lld given up\n", (long long)d->by_state[OUTBOX_SENT], failed, given_up);
    cli_print(buf_str(&out));
    if (d->postponed)
        cli_note(c, "%lld more wait until the server can be reached", (long long)d->postponed);
    if (d->unconfigured)
        cli_note(c, "%lld more wait: their mail server or webhook is not in the configuration", (long long)d->unconfigured);
    return failed || given_up || d->postponed || d->unconfigured ? 1 : 0;
}

int cmd_notify(cli *c)
{
    auto_ws workspace *ws = NULL;
    principal          who;
    delivery           d = { 0 };
    str                verb = c->args[0], login = cli_actor(c->a);
    bool               test = str_eq(verb, S("test")) && c->n_args == 2;
    if (!test && (c->n_args != 1 || (!str_eq(verb, S("list")) && !str_eq(verb, S("deliver")))))
        return cli_fail(c, fail(&c->f, ERR_USAGE, "write: attest notify list, deliver, test ADDRESS or test webhook"));
    err_t e = cli_open(c, str_eq(verb, S("list")) ? OPEN_READ : OPEN_WRITE, &ws);
    if (e == ERR_OK)
        e = app_principal(ws, c->a, str_sub(login, S("cli:").n, login.n), S(""), &c->f, &who);
    if (e == ERR_OK && str_eq(verb, S("list")))
        return list(c, ws, &who);
    if (e == ERR_OK)
        e = test ? app_notify_test(ws, c->a, &who, c->args[1], &c->f, &d) : app_deliver(ws, c->a, &c->f, &d);
    return e == ERR_OK ? told(c, &d) : cli_fail(c, e);
}
