/* tick: a turn of the duties. */
#include "cli/command.h"

static const char *const kinds[] = { [REMIND_DUE] = "due", [REMIND_OVERDUE] = "overdue", [REMIND_ESCALATED] = "escalated" };

static int64_t not_sent(const delivery *d)
{
    return d->by_state[OUTBOX_FAILED] + d->by_state[OUTBOX_GIVEN_UP] + d->unconfigured + d->postponed;
}

static void tick_text(cli *c, const tick_result *r, const delivery *sent, buf *out)
{
    buf_fmt(out, "%lld tasks opened, %lld closed: the records show the work\n", (long long)r->opened, (long long)r->done);
    for (size_t i = 0; i < r->n_reminders; i++) {
        const reminder *m = &r->reminders[i];
        buf_puts(out, str_fmt(c->a, "  %-9s " STR_FMT "  " STR_FMT "  ", kinds[m->kind],
                              STR_ARG(str_sub(time_rfc3339(c->a, m->due_at), 0, 10)), STR_ARG(m->to_person.n ? m->to_person : S("nobody"))));
        put_wrapped(out, m->title, 24, c->style.width);
    }
    if (sent->by_state[OUTBOX_SENT] || not_sent(sent))
        buf_fmt(out, "%lld messages sent, %lld not: attest notify list\n", (long long)sent->by_state[OUTBOX_SENT], (long long)not_sent(sent));
}

static void tick_json(const tick_result *r, const delivery *sent, arena *a, buf *out)
{
    json_writer w = { .b = out };
    jw_obj(&w);
    jw_kint(&w, "opened", r->opened);
    jw_kint(&w, "closed", r->done);
    jw_key(&w, "reminders");
    jw_arr(&w);
    for (size_t i = 0; i < r->n_reminders; i++) {
        const reminder *m = &r->reminders[i];
        jw_obj(&w);
        jw_kstr(&w, "kind", str_of(kinds[m->kind]));
        jw_kstr(&w, "task", m->task);
        jw_kstr(&w, "title", m->title);
        jw_kstr(&w, "about", m->about);
        jw_kstr(&w, "due_at", time_rfc3339(a, m->due_at));
        jw_kstr(&w, "owner", m->owner);
        jw_kstr(&w, "to", m->to_person);
        jw_end_obj(&w);
    }
    jw_end_arr(&w);
    jw_kint(&w, "sent", sent->by_state[OUTBOX_SENT]);
    jw_kint(&w, "not_sent", not_sent(sent));
    jw_end_obj(&w);
    buf_putc(out, '\n');
}

int cmd_tick(cli *c)
{
    auto_ws workspace *ws = NULL;
    tick_result        r;
    delivery           sent;
    buf                out = buf_new(c->a, 256 << 20);
    err_t              e = cli_open(c, OPEN_WRITE, &ws);
    if (e == ERR_OK)
        e = app_tick(ws, c->a, &c->f, &r);
    if (e == ERR_OK)
        e = app_deliver(ws, c->a, &c->f, &sent);
    if (e != ERR_OK)
        return cli_fail(c, e);
    if (c->json)
        tick_json(&r, &sent, c->a, &out);
    else if (!c->quiet)
        tick_text(c, &r, &sent, &out);
    cli_print(buf_str(&out));
    return 0;
}
