/* Mail and webhooks: where messages go, what became of the last ones, and trying a channel out. */
#include "web/assure.h"
#include "web/settings.h"

enum { MESSAGES_SHOWN = 20 };
static const crumb above[] = { { { "/settings", 9 }, { "Workspace", 9 } } };

static message_line line_of(ask *q, const outbox_row *r)
{
    static const state_mark marks[OUTBOX_STATES_] = {
        [OUTBOX_QUEUED] = { "plain", "\u25cb", "queued" }, [OUTBOX_SENT] = { "good", "\u2713", "sent" },
        [OUTBOX_FAILED] = { "late", "\u25d0", "to be tried again" }, [OUTBOX_GIVEN_UP] = { "bad", "\u2717", "given up" },
    };
    time_us at = r->sent_at ? r->sent_at : r->tried_at ? r->tried_at : r->queued_at;
    at = at < q->now ? at : q->now;      /* a test is sent after the request began */
    return (message_line){ .id = r->id, .subject = r->subject, .recipient = r->recipient, .error = r->state == OUTBOX_SENT ? S("") : r->last_error,
                           .when = time_ago(q, at), .mark = marks[r->state], .attempts = r->attempts };
}

static void endpoints_fill(ask *q, const notify_settings *s, const outbox_row *rows, size_t n, messages_view *v)
{
    v->endpoints = NEW_ARRAY(q->a, endpoint_line, s->n_webhooks + 1);
    for (size_t i = 0; i < s->n_webhooks; i++) {
        endpoint_line *e = &v->endpoints[v->n_endpoints++];
        *e = (endpoint_line){ .id = s->webhooks[i].id, .inside = s->webhooks[i].inside };
        for (size_t k = n; k-- > 0;)     /* newest first: the last that fits is kept */
            if (str_eq(rows[k].recipient, e->id))
                e->last = line_of(q, &rows[k]);
    }
}

static err_t show(ask *q, messages_view *v)
{
    const notify_settings *s = workspace_notify(q->ws);
    const sql_hole         own = { "person", sql_quote(q->a, q->who.person) };
    outbox_row            *rows = NULL;
    row_table              me = { 0 };
    size_t                 n = 0;
    TRY(app_outbox(q->ws, q->a, &q->who, &q->f, &rows, &n));
    TRY(rows_of(q, "sql/web/account.sql", &own, 1, &me));
    v->smtp = s->smtp ? str_of(s->smtp) : S("");
    v->from = s->mail_from ? str_of(s->mail_from) : S("");
    v->own_address = me.n_rows && table_cell(&me, 0, 0).p ? table_cell(&me, 0, 0) : S("");
    v->may_change = shown_to(q, PERMIT_OWNER);
    endpoints_fill(q, s, rows, n, v);
    v->n_messages = n < MESSAGES_SHOWN ? n : MESSAGES_SHOWN;
    v->more = n > MESSAGES_SHOWN;
    v->messages = NEW_ARRAY(q->a, message_line, v->n_messages + 1);
    for (size_t i = 0; i < v->n_messages; i++)
        v->messages[i] = line_of(q, &rows[i]);
    page_open(q, &(page){ .title = S("Messages"), .place = "/settings", .no_as_of = true, .crumbs = above, .n_crumbs = COUNT(above),
                          .lead = S("Reminders, escalations and other news for people and programs. Each is kept until it is taken, and tried again when it is not.") });
    tpl_settings_messages(&q->rs->body, v);
    page_close(q);
    return ERR_OK;
}

static err_t get_messages(ask *q)
{
    messages_view v = { .q = q };
    return show(q, &v);
}

/* With what was refused, or a failure that the person cannot mend. */
static err_t refused(ask *q, err_t e, const fault *here, str url)
{
    messages_view v = { .q = q, .fault = str_dup(q->a, str_of(here->text)), .url = url };
    if (e != ERR_INVALID && e != ERR_DENIED && e != ERR_NOT_FOUND && e != ERR_CONFLICT)
        return fail(&q->f, e, "%s", here->text);
    q->rs->status = 422;
    return show(q, &v);
}

static err_t post_test(ask *q)
{
    fault here = { 0 };
    str   to = str_trim(ask_field(q, "to")), says = { 0 };
    err_t e = ask_errand(q, "notify-test", &to, 1, &here, &says);
    if (e != ERR_OK)
        return refused(q, e, &here, S(""));
    if (str_eq(says, S("sent")))
        return page_done(q, S("/settings/messages"), "sent");
    messages_view v = { .q = q, .fault = str_fmt(q->a, "The test was not taken: " STR_FMT, STR_ARG(says)) };
    return show(q, &v);
}

static err_t post_add(ask *q)
{
    fault             here = { 0 };
    webhook_made_view v = { .q = q };
    str               url = str_trim(ask_field(q, "url")), says = { 0 };
    err_t             e = ask_errand(q, "webhook-add", &url, 1, &here, &says);
    if (e != ERR_OK)
        return refused(q, e, &here, url);
    v.id = str_word(&says);
    v.secret = str_trim(says);
    page_open(q, &(page){ .title = S("The endpoint is added"), .place = "/settings", .no_as_of = true, .crumbs = above, .n_crumbs = COUNT(above),
                          .lead = S("Its secret is shown this one time.") });
    tpl_webhook_made(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static err_t post_remove(ask *q)
{
    fault here = { 0 };
    str   id = ask_field(q, "id"), says = { 0 };
    err_t e = ask_errand(q, "webhook-remove", &id, 1, &here, &says);
    return e == ERR_OK ? page_done(q, S("/settings/messages"), "removed") : refused(q, e, &here, S(""));
}

static const route rows[] = {
    { HTTP_GET, "/settings/messages", PERMIT_MANAGER, 0, 0, 0, get_messages, "Mail and webhooks, and what became of the last messages" },
    { HTTP_POST, "/settings/messages/test", PERMIT_MANAGER, 8 << 10, 0, 0, post_test, "Send a test to an address or an endpoint" },
    { HTTP_POST, "/settings/messages/add", PERMIT_OWNER, 8 << 10, ROUTE_FRESH, 0, post_add, "Add an endpoint of webhooks, whose secret is shown once" },
    { HTTP_POST, "/settings/messages/remove", PERMIT_OWNER, 8 << 10, ROUTE_FRESH, 0, post_remove, "Remove an endpoint of webhooks" },
};
ROUTE_TABLE(settings_messages_routes);
