/* Sending: what becomes of a message that was given to its server. */
#include "notify/parts.h"

enum { MAIL_MS = 60000, WEBHOOK_MS = 10000, ANSWER_MAX = 1 << 20 };

static attempt attempt_of(const fetch_answer *an)
{
    return (attempt){ .ok = an->whole, .down = an->down, .wait = an->wait, .status = an->status, .error = an->error };
}

/* Whether the addressee was refused for good (RFC 5321, 4.2.3), and not the sender or the server's day. */
static bool no_such_mailbox(const attempt *at)
{
    return (at->status == 550 || at->status == 551 || at->status == 553) && str_contains(at->error, S("RCPT failed"));
}

void send_mail(fetcher *t, arena *a, const notify_settings *s, str password, const outbox_row *row, attempt *ret)
{
    url_parts    u = { 0 };
    fetch_answer an;
    bool         sound = url_cut(str_of(s->smtp), &u);
    assert(sound);
    bool               plain = sound && u.loopback && str_eq(u.scheme, S("smtp"));
    fetch_where        w = { .url = s->smtp, .reach = { .loopback = true, .inside = !plain, .outside = !plain }, .ca_file = s->tls_ca_file,
                             .total_ms = MAIL_MS, .answer_max = ANSWER_MAX };
    fetch_mail_request rq = { .to = row->recipient, .message = mail_compose(a, s->mail_from, row), .from = s->mail_from, .plain = plain };
    if (s->smtp_user) {
        rq.user = s->smtp_user;
        rq.password = str_z(a, password);
    }
    fetch_mail(t, a, &w, &rq, &an);
    *ret = attempt_of(&an);
    ret->permanent = !ret->ok && no_such_mailbox(ret);
}

void send_webhook(fetcher *t, arena *a, const notify_settings *s, const webhook_endpoint *w, const webhook_keys *keys,
                  time_us now, const outbox_row *row, attempt *ret)
{
    url_parts    u = { 0 };
    fetch_answer an;
    bool         sound = url_cut(str_of(w->url), &u);
    str          body = webhook_body(a, row);
    int64_t      seconds = now / SECONDS(1);
    assert(sound);
    const str headers[] = {
        S("Content-Type: application/json"),
        str_fmt(a, "webhook-id: " STR_FMT, STR_ARG(row->id)),
        str_fmt(a, "webhook-timestamp: %lld", (long long)seconds),
        str_fmt(a, "webhook-signature: " STR_FMT, STR_ARG(webhook_signature(a, keys, row->id, seconds, body))),
    };
    fetch_where        where = { .url = w->url, .ca_file = s->tls_ca_file, .total_ms = WEBHOOK_MS, .answer_max = ANSWER_MAX,
                                 .inside_hint = "the address is private; \"private\" behind the webhook's line in the configuration allows it" };
    fetch_http_request rq = { .post = true, .headers = headers, .n_headers = COUNT(headers), .body = body };
    where.reach = (fetch_reach){ .loopback = u.loopback || w->inside, .inside = w->inside && !u.loopback, .outside = !u.loopback };
    assert(!str_eq(u.scheme, S("http")) || u.loopback);
    fetch_http(t, a, &where, &rq, &an);
    *ret = attempt_of(&an);
    bool took = an.status >= 200 && an.status < 300 && (an.whole || an.too_long);   /* a long answer is an answer all the same */
    if (took)
        ret->error = (str){ 0 };
    else if (an.whole)
        ret->error = an.status == 410 ? S("the endpoint answered 410 Gone: it wants no more")
                                      : str_fmt(a, "the endpoint answered %lld", (long long)an.status);
    ret->ok = took;
    ret->permanent = an.status == 410;
}
