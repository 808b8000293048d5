/* Messages to people and programs: endpoints of webhooks, what became of messages, trying a channel out. */
#include "api/parts.h"

/* What names an endpoint in an address: the digest of its URL. */
static str key_of(str id)
{
    str rest = id;
    (void)str_cut(&rest, '#');
    return rest.p ? rest : id;
}

static const outbox_row *last_to(const outbox_row *rows, size_t n, str id)
{
    for (size_t i = 0; i < n; i++)       /* newest first */
        if (str_eq(rows[i].recipient, id))
            return &rows[i];
    return NULL;
}

static void put_text(json_writer *w, const char *key, str text)
{
    const str none = { 0 };
    put_kcell(w, key, text.n ? text : none);
}

static void put_endpoint(ask *q, json_writer *w, const webhook_endpoint *e, const outbox_row *last)
{
    jw_obj(w);
    jw_kstr(w, "key", key_of(e->id));
    jw_kstr(w, "id", e->id);
    jw_kbool(w, "private", e->inside);
    put_text(w, "last_state", last ? str_of(outbox_state_name(last->state)) : S(""));
    put_text(w, "last_error", last ? last->last_error : S(""));
    put_ktime(q, w, "last_at", last ? last->tried_at : 0);
    jw_end_obj(w);
}

static err_t get_webhooks(ask *q)
{
    const notify_settings *s = workspace_notify(q->ws);
    outbox_row            *rows = NULL;
    size_t                 n = 0;
    TRY(app_outbox(q->ws, q->a, &q->who, &q->f, &rows, &n));
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_key(&w, "items");
    jw_arr(&w);
    for (size_t i = 0; i < s->n_webhooks; i++)
        put_endpoint(q, &w, &s->webhooks[i], last_to(rows, n, s->webhooks[i].id));
    jw_end_arr(&w);
    jw_end_obj(&w);
    return ERR_OK;
}

static err_t endpoint_wanted(ask *q, str *ret_id)
{
    const notify_settings *s = workspace_notify(q->ws);
    for (size_t i = 0; i < s->n_webhooks; i++)
        if (str_eq(key_of(s->webhooks[i].id), q->params[0])) {
            *ret_id = s->webhooks[i].id;
            return ERR_OK;
        }
    return fail(&q->f, ERR_NOT_FOUND, "there is no webhook with the key \"" STR_FMT "\"; GET /api/v1/webhooks names them", STR_ARG(utf8_cut(q->params[0], 80)));
}

/* The secret is in this answer alone. */
static err_t post_webhook(ask *q)
{
    json_parts o = { 0 };
    str        says = { 0 };
    TRY(body_object(q, &o));
    str url = json_text(&o, "url");
    if (!url.n)
        return fail(&q->f, ERR_INVALID, "url: is missing; it reads https://HOST/PATH");
    TRY(ask_errand(q, "webhook-add", &url, 1, &q->f, &says));
    str id = str_word(&says);
    http_add(q->rs, "Location", str_fmt(q->a, "/api/v1/webhooks/" STR_FMT, STR_ARG(key_of(id))));
    q->rs->status = 201;
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_kstr(&w, "key", key_of(id));
    jw_kstr(&w, "id", id);
    jw_kstr(&w, "secret", str_trim(says));
    jw_end_obj(&w);
    return ERR_OK;
}

static err_t delete_webhook(ask *q)
{
    str id = { 0 }, says = { 0 };
    TRY(endpoint_wanted(q, &id));
    TRY(ask_errand(q, "webhook-remove", &id, 1, &q->f, &says));
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_kstr(&w, "removed", id);
    jw_end_obj(&w);
    return ERR_OK;
}

/* ---- trying out -------------------------------------------------------------------------------- */

static err_t answer_test(ask *q, str to)
{
    str says = { 0 };
    TRY(ask_errand(q, "notify-test", &to, 1, &q->f, &says));
    bool        sent = str_eq(says, S("sent"));
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_kstr(&w, "to", to);
    jw_kbool(&w, "sent", sent);
    put_text(&w, "why", sent ? S("") : says);
    jw_end_obj(&w);
    return ERR_OK;
}

static err_t post_webhook_test(ask *q)
{
    str id = { 0 };
    TRY(endpoint_wanted(q, &id));
    return answer_test(q, id);
}

static err_t post_test(ask *q)
{
    json_parts o = { 0 };
    TRY(body_object(q, &o));
    str to = json_text(&o, "to");
    return to.n ? answer_test(q, to) : fail(&q->f, ERR_INVALID, "to: is missing; it is a mail address, or webhook for every endpoint");
}

/* ---- what became of messages ---------------------------------------------------------------------- */

static void put_message(ask *q, json_writer *w, const outbox_row *r)
{
    jw_obj(w);
    jw_kstr(w, "id", r->id);
    jw_kstr(w, "channel", r->channel == NOTIFY_MAIL ? S("mail") : S("webhook"));
    jw_kstr(w, "recipient", r->recipient);
    jw_kstr(w, "event", r->event);
    jw_kstr(w, "subject", r->subject);
    put_text(w, "about", r->about);
    jw_kstr(w, "state", str_of(outbox_state_name(r->state)));
    jw_kint(w, "attempts", r->attempts);
    put_ktime(q, w, "queued_at", r->queued_at);
    put_ktime(q, w, "tried_at", r->tried_at);
    put_ktime(q, w, "next_try_at", r->next_try_at);
    put_ktime(q, w, "sent_at", r->sent_at);
    put_text(w, "last_error", r->last_error);
    jw_end_obj(w);
}

static err_t get_messages(ask *q)
{
    outbox_row *rows = NULL;
    size_t      n = 0, shown = 0;
    list_page   p = { 0 };
    TRY(page_wanted(q, &p));
    TRY(app_outbox(q->ws, q->a, &q->who, &q->f, &rows, &n));
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_key(&w, "items");
    jw_arr(&w);
    for (size_t i = (size_t)p.offset; i < n && shown < (size_t)p.limit; i++, shown++)
        put_message(q, &w, &rows[i]);
    jw_end_arr(&w);
    jw_kint(&w, "total", (int64_t)n);
    put_next(q, &w, &p, shown, (int64_t)n);
    jw_end_obj(&w);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/api/v1/webhooks", PERMIT_MANAGER, 0, 0, SCOPE_ADMIN, get_webhooks, "Endpoints of webhooks, and their last delivery" },
    { HTTP_POST, "/api/v1/webhooks", PERMIT_OWNER, 8 << 10, ROUTE_SECRET, SCOPE_ADMIN, post_webhook, "Add an endpoint; its secret is given once" },
    { HTTP_DELETE, "/api/v1/webhooks/{webhook}", PERMIT_OWNER, 0, 0, SCOPE_ADMIN, delete_webhook, "Remove an endpoint and its secret" },
    { HTTP_POST, "/api/v1/webhooks/{webhook}/test", PERMIT_MANAGER, 1 << 10, ROUTE_SLOW, SCOPE_ADMIN, post_webhook_test, "Send a test to an endpoint" },
    { HTTP_GET, "/api/v1/notifications", PERMIT_MANAGER, 0, 0, SCOPE_READ, get_messages, "Messages to people and programs, and what became of them" },
    { HTTP_POST, "/api/v1/notifications/test", PERMIT_MANAGER, 8 << 10, ROUTE_SLOW, SCOPE_ADMIN, post_test, "Send a test to an address, or to every endpoint" },
};
const api_doc message_docs[] = {
    { NULL, NULL, "webhooks" }, { NULL, "webhook_add", "webhook_made" }, { NULL, NULL, "removed" }, { NULL, NULL, "tested" },
    { "limit cursor", NULL, "notifications" }, { NULL, "test_to", "tested" },
};
ROUTE_TABLE(message_api);
_Static_assert(COUNT(rows) == COUNT(message_docs), "each route is documented");
