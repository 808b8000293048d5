#include "http/parts.h"

/* ---- what a handler says ------------------------------------------------------------------------- */

static bool is_sayable(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
            return false;
    return true;
}

void http_add(http_response *rs, const char *name, str text)
{
    assert(is_token(str_of(name)) && is_sayable(text));
    da_push(rs->a, &rs->headers) = (http_pair){ str_of(name), str_dup(rs->a, text) };
}

bool http_is_local(str to)
{
    return str_starts(to, S("/")) && !str_starts(to, S("//")) && !str_contains(to, S("\\")) && is_sayable(to);
}

static bool is_plain(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

void http_attachment(http_response *rs, str filename)
{
    buf plain = buf_new(rs->a, 4096), whole = buf_new(rs->a, 4096);
    str name = utf8_cut(utf8_clean(rs->a, filename), 200);
    if (!name.n)
        name = S("file");
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        buf_putc(&plain, is_plain(c) || (c == ' ' && i) ? (char)c : '_');
        if (is_plain(c))
            buf_putc(&whole, (char)c);
        else
            buf_fmt(&whole, "%%%02X", c < 0x20 || c == '/' || c == '\\' || c == 0x7f ? (unsigned)'_' : (unsigned)c);
    }
    http_add(rs, "Content-Disposition", str_fmt(rs->a, "attachment; filename=\"" STR_FMT "\"; filename*=UTF-8''" STR_FMT, STR_ARG(buf_str(&plain)),
                                                STR_ARG(buf_str(&whole))));
}

void http_redirect(http_response *rs, int status, str to)
{
    assert(status == 0 || (status >= 301 && status <= 308));
    assert(http_is_local(to));
    rs->status = status ? status : 303;
    http_add(rs, "Location", to);
}

/* ---- what this room says itself -------------------------------------------------------------------- */

static const struct { int status; const char *text; } statuses[] = {
    { 400, "Bad request" }, { 404, "Not found" }, { 405, "Method not allowed" }, { 408, "Too slow" }, { 413, "Too large" },
    { 414, "Address too long" }, { 417, "Expectation failed" }, { 429, "Too many requests" }, { 431, "Headers too large" },
    { 500, "Internal error" }, { 501, "Not implemented" }, { 503, "Not now" }, { 505, "HTTP version not supported" },
};

const char *status_text(int status)
{
    for (size_t i = 0; i < COUNT(statuses); i++)
        if (statuses[i].status == status)
            return statuses[i].text;
    return "Error";
}

static http_response response_new(arena *a) { return (http_response){ .a = a, .body = buf_new(a, HTTP_BODY_MAX) }; }

void answer_refuse(exchange *x, refusal why)
{
    const http_hooks *h = &x->s->hooks;
    x->rs = response_new(x->rq.a);
    x->rs.status = why.status;
    if (why.status == 405)
        http_add(&x->rs, "Allow", S("GET, HEAD, POST, PUT, PATCH, DELETE"));
    if (why.status == 429)
        http_add(&x->rs, "Retry-After", S("60"));
    if (h->refuse) {
        h->refuse(h->arg, &x->rs, why.status, why.why);
        return;
    }
    x->rs.media = S("text/plain; charset=utf-8");
    buf_fmt(&x->rs.body, "%d %s\n" STR_FMT "\n", why.status, status_text(why.status), STR_ARG(why.why));
}

/* ---- to the library ----------------------------------------------------------------------------------- */

static bool has_no_body(int status) { return status == 204 || status == 304; }

static enum MHD_Result queue(exchange *x, struct MHD_Connection *c, str body, bool last)
{
    const mhd_functions *m = &x->s->mhd;
    http_response       *rs = &x->rs;
    union { const char *p; void *v; } bytes = { body.p ? body.p : "" };          /* the library reads it only */
    struct MHD_Response *r = m->MHD_create_response_from_buffer(body.n, bytes.v, MHD_RESPMEM_PERSISTENT);
    enum MHD_Result      ok = r ? MHD_YES : MHD_NO;
    if (!r)
        return MHD_NO;
    if (rs->media.n)
        ok &= m->MHD_add_response_header(r, "Content-Type", str_z(rs->a, rs->media));
    for (size_t i = 0; i < rs->headers.n; i++)
        ok &= m->MHD_add_response_header(r, rs->headers.v[i].name.p, str_z(rs->a, rs->headers.v[i].value));
    if (last)
        ok &= m->MHD_add_response_header(r, "Connection", "close");
    if (ok)
        ok = m->MHD_queue_response(c, (unsigned)rs->status, r);
    m->MHD_destroy_response(r);
    return ok;
}

enum MHD_Result answer_send(exchange *x, struct MHD_Connection *c, bool last)
{
    http_response *rs = &x->rs;
    if (rs->body.overflow) {
        answer_refuse(x, (refusal){ 500, S("The answer is too large.") });
        last = true;
    }
    if (x->s->hooks.dress)
        x->s->hooks.dress(x->s->hooks.arg, &x->rq, rs);
    rs->status = rs->status ? rs->status : 200;
    assert(rs->status >= 200 && rs->status <= 599);
    str body = rs->fixed.p ? rs->fixed : buf_str(&rs->body);
    body = has_no_body(rs->status) ? S("") : gzip_body(x, rs, body);
    x->status = rs->status;
    x->sent = x->rq.method == HTTP_HEAD ? 0 : body.n;
    /* A reader has half a minute, and a second more for each BODY_RATE_MIN. */
    x->at->deadline = time_mono() + SECONDS(30) + SECONDS((int64_t)(body.n / BODY_RATE_MIN));
    return queue(x, c, body, last || x->s->stopping || x->at->era != x->s->era);
}
