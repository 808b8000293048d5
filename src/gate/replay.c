/* A request that a program sends again because it heard no answer changes nothing twice:
 * under the same Idempotency-Key it gets the first answer again, for a day. */
#include "gate/private.h"

#include <string.h>

enum { KEY_MAX = 200, BODY_KEPT_MAX = 60 << 10 };
enum { R_ID, R_REQUEST, R_STATUS, R_LOCATION, R_ETAG, R_MEDIA, R_BODY, R_EXPIRES, R_COUNT };

static str digest(arena *a, hasher *h, const str *parts, size_t n)
{
    sha256_begin(h);
    for (size_t i = 0; i < n; i++) {
        sha256_add(h, parts[i].p, parts[i].n);
        sha256_add(h, "\n", 1);
    }
    hash32 d = sha256_end(h);
    return hex_of(a, d.b, sizeof d.b);
}

static const relation *kept(void) { return state_relation(S("replay")); }

bool replay_wanted(const ask *q)
{
    return q->front->replays && q->rq->method != HTTP_GET && q->rq->method != HTTP_HEAD && q->token.handle.n &&
           http_header(q->rq, "idempotency-key").p;
}

static err_t again(ask *q, const value *row, str request)
{
    if (!str_eq(row[R_REQUEST].s, request))
        return fail(&q->f, ERR_INVALID, "this Idempotency-Key came with another request before; a new request has a new key");
    if (row[R_STATUS].kind == V_NULL)
        return fail(&q->f, ERR_CONFLICT, "the first request with this Idempotency-Key is still under way, or ended without an answer that is kept; look at what "
                    "it was to change before you send it with a new key");
    q->rs->status = (int)row[R_STATUS].i;
    q->rs->media = row[R_MEDIA].s;
    if (row[R_LOCATION].kind == V_TEXT)
        http_add(q->rs, "Location", row[R_LOCATION].s);
    if (row[R_ETAG].kind == V_TEXT)
        http_add(q->rs, "ETag", row[R_ETAG].s);
    http_add(q->rs, "Idempotency-Replayed", S("true"));
    buf_puts(&q->rs->body, row[R_BODY].s);
    return ERR_OK;
}

err_t replay_begin(ask *q, str *ret_id, bool *ret_answered)
{
    auto_hasher hasher *h = hasher_new();
    str                 key = http_header(q->rq, "idempotency-key");
    if (key.n > KEY_MAX || !key.n)
        return fail(&q->f, ERR_INVALID, "Idempotency-Key: is text of 1 to %d bytes", KEY_MAX);
    str id = digest(q->a, h, (str[]){ q->token.handle, key }, 2);
    str request = digest(q->a, h, (str[]){ str_of(http_method_name(q->rq->method)), q->rq->path, q->rq->raw_query, q->rq->body }, 4);
    value    row[R_COUNT] = { [R_ID] = v_text(id), [R_REQUEST] = v_text(request), [R_EXPIRES] = v_int(q->now + DAYS(1)) };
    fault    here = { 0 };
    state_op op = { .change = STATE_ADD, .r = kept(), .row = row };
    err_t    e = state_apply(q->g->state, &op, 1, &here);
    *ret_id = id;
    *ret_answered = e == ERR_CONFLICT;
    if (e != ERR_CONFLICT)
        return e == ERR_OK ? ERR_OK : fail(&q->f, e, "%s", here.text);
    value *old;
    TRY(state_get(q->g->state, q->a, kept(), row, &q->f, &old));
    return again(q, old, request);
}

static value header_of(const http_response *rs, const char *name)
{
    for (size_t i = 0; i < rs->headers.n; i++)
        if (str_eq(rs->headers.v[i].name, str_of(name)))
            return v_text(rs->headers.v[i].value);
    return V_UNKNOWN;
}

/* What was refused changed nothing: its key is free again. */
void replay_end(ask *q, str id, err_t e)
{
    fault  here = { 0 };
    value  key = v_text(id), *old;
    if (e != ERR_OK) {
        state_op drop = { .change = STATE_DROP, .r = kept(), .row = &key };
        (void)!state_apply(q->g->state, &drop, 1, &here);
        return;
    }
    if (q->route->flags & ROUTE_SECRET || state_get(q->g->state, q->a, kept(), &key, &here, &old) != ERR_OK)
        return;                          /* the key stays taken: a secret is told once */
    old[R_STATUS] = v_int(q->rs->status);
    old[R_LOCATION] = header_of(q->rs, "Location");
    old[R_ETAG] = header_of(q->rs, "ETag");
    old[R_MEDIA] = v_text(q->rs->media);
    old[R_BODY] = q->rs->body.n <= BODY_KEPT_MAX ? v_text(buf_str(&q->rs->body)) : v_text(S(""));
    state_op put = { .change = STATE_PUT, .r = kept(), .row = old };
    (void)!state_apply(q->g->state, &put, 1, &here);
}
