#include "http/parts.h"

#include <arpa/inet.h>
#include <sys/mman.h>

/* ---- the head --------------------------------------------------------------------------------- */

void *exchange_begin(void *cls, const char *uri, struct MHD_Connection *c)
{
    http_server *s = cls;
    arena       *a = arena_new(s->o.arena_max);
    exchange    *x = NEW(a, exchange);
    x->s = s;
    x->began = time_mono();
    x->rq.a = x->rs.a = a;
    x->target = str_dup(a, str_of(uri));
    x->at = s->mhd.MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
    time_us deadline = x->began + SECONDS(s->o.request_s);
    if (deadline < x->at->deadline)
        x->at->deadline = deadline;
    return x;
}

size_t exchange_keep_escapes(void *cls, struct MHD_Connection *c, char *text)
{
    (void)cls, (void)c;
    return strlen(text);
}

typedef struct {
    arena *a;
    DA(raw_header) list;
} header_list;

static enum MHD_Result add_header(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_n, const char *text, size_t text_n)
{
    header_list *l = cls;
    (void)kind;
    if (l->list.n > HEADERS_MAX)
        return MHD_NO;
    da_push(l->a, &l->list) = (raw_header){ name, text ? text : "", name_n, text_n };
    return MHD_YES;
}

/* Behind the trusted proxy: the address it saw is the last one in the list; what stands before it anybody may have written. */
static void believe_proxy(exchange *x)
{
    str  seen = S(""), how = http_header(&x->rq, "x-forwarded-proto");
    char z[INET6_ADDRSTRLEN] = "";
    struct in6_addr ip;
    for (size_t i = 0; i < x->rq.n_headers; i++)
        if (str_eq(x->rq.headers[i].name, S("x-forwarded-for")))
            seen = x->rq.headers[i].value;
    while (seen.p && memchr(seen.p, ',', seen.n))
        str_cut(&seen, ',');
    seen = str_trim(seen);
    if (seen.n && seen.n < sizeof z)
        memcpy(z, seen.p, seen.n);
    if (inet_pton(AF_INET, z, &ip) == 1 || inet_pton(AF_INET6, z, &ip) == 1)
        x->rq.address = seen;
    x->rq.tls = str_eq(how, S("https"));
}

static refusal read_head(exchange *x, struct MHD_Connection *c, const char *url, const char *method, const char *version, framing *fr)
{
    http_server *s = x->s;
    header_list  l = { .a = x->rq.a };
    s->mhd.MHD_get_connection_values_n(c, MHD_HEADER_KIND, add_header, &l);
    raw_head h = {
        .method = str_of(method), .version = str_of(version), .target = x->target, .headers = l.list.v, .n_headers = l.list.n,
        .target_at = s->layout ? url : NULL, .version_at = version,
    };
    x->rq.address = str_of(x->at->address);
    x->rq.tls = s->tls;
    refusal no = head_read(&h, &x->rq, fr);
    if (s->trusted_proxy.n && str_eq(s->trusted_proxy, x->rq.address))
        believe_proxy(x);
    if (!no.status && s->rate && rate_over(s->rate, x->rq.address, time_mono()))
        no = (refusal){ 429, S("There were too many requests from this address. Wait a minute.") };
    return no;
}

/* ---- the body ----------------------------------------------------------------------------------- */

static refusal too_large(const exchange *x)
{
    if (!x->body_max)
        return (refusal){ 413, S("Nothing may be sent to this address.") };
    return (refusal){ 413, str_fmt(x->rq.a, "What was sent is larger than the %zu bytes that this address takes.", x->body_max) };
}

static refusal make_room(exchange *x, size_t n)
{
    void *p = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED)
        return (refusal){ 503, S("There is no memory for this now. Try again in a minute.") };
    x->body = p;
    x->body_room = n;
    return (refusal){ 0 };
}

/* Decides about the body before any of it is read. */
static refusal admit_body(exchange *x, const framing *fr)
{
    const http_hooks *h = &x->s->hooks;
    if (!fr->chunked && fr->length <= 0)
        return (refusal){ 0 };
    x->chunked = fr->chunked;
    x->body_max = h->body_max ? h->body_max(h->arg, x->rq.method, x->rq.path) : 0;
    if (fr->length > (int64_t)x->body_max || (fr->chunked && !x->body_max)) {
        refusal no = too_large(x);
        if (fr->expect || fr->chunked || fr->length > DRAIN_MAX)
            return no;
        x->held = no;         /* closing now would throw the answer away with what is still coming */
        return (refusal){ 0 };
    }
    return make_room(x, fr->chunked ? x->body_max : (size_t)fr->length);
}

static enum MHD_Result take_body(exchange *x, const char *p, size_t *n)
{
    if (*n > x->body_room - x->received && !x->held.status)
        x->held = too_large(x);
    if (!x->held.status)
        memcpy(x->body + x->received, p, *n);
    x->received += *n;
    if (x->received > x->body_max + DRAIN_MAX)
        return MHD_NO;
    *n = 0;
    x->at->deadline = x->began + SECONDS(x->s->o.request_s) + SECONDS((int64_t)(x->received / BODY_RATE_MIN));
    return MHD_YES;
}

/* ---- the steps ------------------------------------------------------------------------------------ */

static enum MHD_Result refuse_now(exchange *x, struct MHD_Connection *c, refusal why)
{
    x->s->refused++;
    x->at->deadline = 0;
    answer_refuse(x, why);
    return answer_send(x, c, true);
}

static enum MHD_Result step_head(exchange *x, struct MHD_Connection *c, const char *url, const char *method, const char *version)
{
    framing fr = { .length = -1 };
    x->at->idle = 0;
    x->begun = true;
    refusal no = read_head(x, c, url, method, version, &fr);
    if (!no.status)
        no = admit_body(x, &fr);
    return no.status ? refuse_now(x, c, no) : MHD_YES;
}

static void without_slash(const http_request *rq, http_response *rs)
{
    str path = str_sub(rq->raw_path, 0, rq->raw_path.n - 1);
    http_redirect(rs, 308, str_fmt(rq->a, STR_FMT "%s" STR_FMT, STR_ARG(path), rq->raw_query.n ? "?" : "", STR_ARG(rq->raw_query)));
}

static enum MHD_Result step_handle(exchange *x, struct MHD_Connection *c)
{
    const http_server *s = x->s;
    if (x->held.status)
        return refuse_now(x, c, x->held);
    x->at->deadline = 0;
    /* The time a handler takes is not silence of the client. */
    s->mhd.MHD_set_connection_option(c, MHD_CONNECTION_OPTION_TIMEOUT, 0u);
    x->rq.body = (str){ x->body ? x->body : "", x->received };
    x->rs.body = buf_new(x->rq.a, HTTP_BODY_MAX);
    if (ends_with_slash(x->rq.raw_path))
        without_slash(&x->rq, &x->rs);
    else
        s->hooks.handle(s->hooks.arg, &x->rq, &x->rs);
    /* The library is lax about the ends of chunk lines. Whoever reads them otherwise finds no connection to go on with. */
    enum MHD_Result ok = answer_send(x, c, x->chunked);
    s->mhd.MHD_set_connection_option(c, MHD_CONNECTION_OPTION_TIMEOUT, (unsigned)s->o.idle_s);
    return ok;
}

enum MHD_Result exchange_step(void *cls, struct MHD_Connection *c, const char *url, const char *method, const char *version,
                              const char *upload, size_t *upload_n, void **context)
{
    exchange *x = *context;
    (void)cls;
    if (!x)
        return MHD_NO;
    if (!x->begun)
        return step_head(x, c, url, method, version);
    return *upload_n ? take_body(x, upload, upload_n) : step_handle(x, c);
}

void exchange_end(void *cls, struct MHD_Connection *c, void **context, enum MHD_RequestTerminationCode how)
{
    http_server *s = cls;
    exchange    *x = *context;
    (void)c;
    if (!x)
        return;
    time_us now = time_mono();
    if (!x->status)
        s->refused++;         /* the library refused it, or it never came to an end */
    else
        count_answer(s, x->status, x->sent, now - x->began);
    if (how == MHD_REQUEST_TERMINATED_TIMEOUT_REACHED)
        s->timeouts++;
    x->at->idle = now;
    x->at->deadline = now + SECONDS(s->o.idle_s) + SECONDS(s->o.request_s);
    *context = NULL;
    if (x->body)
        munmap(x->body, x->body_room);
    arena_free(x->rq.a);
}
