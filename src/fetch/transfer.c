/* Exchanges by libcurl: what it may connect to and what it must insist on is decided here. */
#include "fetch/fetch.h"
#include "fetch/libcurl.h"

#include <unistd.h>

enum { CONNECT_MS = 10000, ERROR_MAX = 200, RETRY_AFTER_MAX_S = 86400 };

struct fetcher {
    curl_lib lib;
    CURL    *easy;
};

err_t curl_load(curl_lib *ret, fault *f)
{
    static const char           library[] = "libcurl.so.4";
    static const library_symbol rows[] = {
#define X(name) { "curl_" #name, offsetof(curl_lib, name) },
        CURL_FUNCTIONS(X)
#undef X
    };
    curl_lib    c;
    const char *lacks = library_bind(library, rows, COUNT(rows), &c);
    if (lacks == library)
        return fail(f, ERR_UNSUPPORTED, "sending needs the library libcurl4, which is not installed (apt install libcurl4)");
    if (lacks)
        return fail(f, ERR_UNSUPPORTED, "the library libcurl4 is too old: it has no %s", lacks);
    *ret = c;
    return ERR_OK;
}

err_t fetch_open(arena *a, fault *f, fetcher **ret)
{
    fetcher *t = NEW(a, fetcher);
    TRY(curl_load(&t->lib, f));
    if (t->lib.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return fail(f, ERR_UNSUPPORTED, "libcurl does not start");
    t->easy = t->lib.easy_init();
    if (!t->easy) {
        t->lib.global_cleanup();
        return fail(f, ERR_LIMIT, "libcurl has no memory");
    }
    *ret = t;
    return ERR_OK;
}

void fetch_close(fetcher *t)
{
    if (!t)
        return;
    t->lib.easy_cleanup(t->easy);
    t->lib.global_cleanup();
}

/* ---- what both kinds share ------------------------------------------------------------- */

typedef struct {
    fetcher    *t;
    arena      *a;
    const fetch_where *w;
    const char *refused;       /* why the last address was */
    bool        set;           /* every option was taken */
    str         out;           /* still to be sent */
    buf         in;
    struct curl_slist *list;
    char        error[CURL_ERROR_SIZE];
} exchange;

#define SET(x, option, ...) \
    ((x)->set = (x)->set && (x)->t->lib.easy_setopt((x)->t->easy, option, __VA_ARGS__) == CURLE_OK)

static curl_socket_t open_guarded(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
    exchange          *x = arg;
    const fetch_reach *r = &x->w->reach;
    address_kind       kind = address_judge(&address->addr);
    bool may = kind == ADDRESS_LOOPBACK ? r->loopback : kind == ADDRESS_PRIVATE ? r->inside : kind == ADDRESS_PUBLIC && r->outside;
    (void)purpose;
    if (may)
        return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    x->refused = kind == ADDRESS_PUBLIC     ? "the address is not this machine, and only https:// goes elsewhere"
                 : kind == ADDRESS_LOOPBACK ? "the name stands for an address of this machine"
                 : kind == ADDRESS_PRIVATE  ? x->w->inside_hint ? x->w->inside_hint : "the address is private"
                                            : "the address is link-local, reserved or multicast";
    return CURL_SOCKET_BAD;
}

static size_t take_answer(char *p, size_t size, size_t n, void *arg)
{
    exchange *x = arg;
    buf_put(&x->in, p, size * n);
    return x->in.overflow ? 0 : size * n;
}

static size_t give(char *p, size_t size, size_t n, void *arg)
{
    exchange *x = arg;
    size_t    most = size * n < x->out.n ? size * n : x->out.n;
    if (most)
        memcpy(p, x->out.p, most);
    x->out = str_sub(x->out, most, x->out.n);
    return most;
}

static void begin(exchange *x, const char *protocols)
{
    x->set = true;
    x->in = buf_new(x->a, x->w->answer_max);
    x->t->lib.easy_reset(x->t->easy);
    SET(x, CURLOPT_ERRORBUFFER, x->error);
    SET(x, CURLOPT_PROTOCOLS_STR, protocols);
    SET(x, CURLOPT_URL, x->w->url);
    SET(x, CURLOPT_PROXY, "");                        /* the environment has no say in where it goes */
    SET(x, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    SET(x, CURLOPT_NOSIGNAL, 1L);
    SET(x, CURLOPT_FOLLOWLOCATION, 0L);
    SET(x, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    SET(x, CURLOPT_TIMEOUT_MS, (long)x->w->total_ms);
    SET(x, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    SET(x, CURLOPT_SSL_VERIFYPEER, 1L);
    SET(x, CURLOPT_SSL_VERIFYHOST, 2L);
    SET(x, CURLOPT_FRESH_CONNECT, 1L);                /* so that the guard is asked each time */
    SET(x, CURLOPT_FORBID_REUSE, 1L);
    SET(x, CURLOPT_OPENSOCKETFUNCTION, open_guarded);
    SET(x, CURLOPT_OPENSOCKETDATA, x);
    SET(x, CURLOPT_WRITEFUNCTION, take_answer);
    SET(x, CURLOPT_WRITEDATA, x);
    if (x->w->ca_file)
        SET(x, CURLOPT_CAINFO, x->w->ca_file);
}

static void append(exchange *x, str line)
{
    struct curl_slist *more = x->t->lib.slist_append(x->list, str_z(x->a, line));
    x->set = x->set && more;
    if (more)
        x->list = more;
}

static str why_not(exchange *x, CURLcode e)
{
    const char *text = x->refused ? x->refused : x->error[0] ? x->error : x->t->lib.easy_strerror(e);
    return str_dup(x->a, utf8_cut(utf8_clean(x->a, str_of(text)), ERROR_MAX));
}

static str media_of(exchange *x)
{
    char *text = NULL;
    if (x->t->lib.easy_getinfo(x->t->easy, CURLINFO_CONTENT_TYPE, &text) != CURLE_OK || !text)
        return S("");
    str whole = utf8_clean(x->a, str_of(text));
    return str_lower(x->a, str_trim(str_cut(&whole, ';')));
}

static void told(exchange *x, fetch_answer *ret)
{
    long       status = 0;
    curl_off_t wait_s = 0;
    if (x->t->lib.easy_getinfo(x->t->easy, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK && status > 0)
        ret->status = status;
    if (x->t->lib.easy_getinfo(x->t->easy, CURLINFO_RETRY_AFTER, &wait_s) == CURLE_OK && wait_s > 0)
        ret->wait = wait_s < RETRY_AFTER_MAX_S ? SECONDS(wait_s) : SECONDS(RETRY_AFTER_MAX_S);
    ret->media = media_of(x);
    ret->body = buf_str(&x->in);
}

static void perform(exchange *x, fetch_answer *ret)
{
    CURLcode e = x->set ? x->t->lib.easy_perform(x->t->easy) : CURLE_FAILED_INIT;
    *ret = (fetch_answer){ .status = -1, .whole = e == CURLE_OK, .too_long = x->in.overflow };
    if (x->set)
        told(x, ret);
    ret->down = ret->status < 0 || e == CURLE_OPERATION_TIMEDOUT || e == CURLE_PEER_FAILED_VERIFICATION ||
                e == CURLE_SSL_CONNECT_ERROR || e == CURLE_USE_SSL_FAILED || e == CURLE_LOGIN_DENIED;
    if (ret->too_long)
        ret->error = str_fmt(x->a, "the answer is longer than %zu bytes", x->w->answer_max);
    else if (e != CURLE_OK)
        ret->error = x->set ? why_not(x, e) : S("libcurl is too old for what must be asked of it");
    x->t->lib.slist_free_all(x->list);
    x->list = NULL;
    x->t->lib.easy_reset(x->t->easy);                 /* forgets the password */
}

/* ---- the two kinds ----------------------------------------------------------------------- */

void fetch_http(fetcher *t, arena *a, const fetch_where *w, const fetch_http_request *rq, fetch_answer *ret)
{
    exchange x = { .t = t, .a = a, .w = w };
    begin(&x, "http,https");
    append(&x, S("Expect:"));
    for (size_t i = 0; i < rq->n_headers; i++) {
        assert(!memchr(rq->headers[i].p, '\r', rq->headers[i].n) && !memchr(rq->headers[i].p, '\n', rq->headers[i].n));
        append(&x, rq->headers[i]);
    }
    SET(&x, CURLOPT_HTTPHEADER, x.list);
    SET(&x, CURLOPT_USERAGENT, "attest/" ATTEST_VERSION);
    if (rq->post) {
        SET(&x, CURLOPT_POSTFIELDS, rq->body.n ? rq->body.p : "");
        SET(&x, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)rq->body.n);
    }
    perform(&x, ret);
}

void fetch_mail(fetcher *t, arena *a, const fetch_where *w, const fetch_mail_request *rq, fetch_answer *ret)
{
    exchange x = { .t = t, .a = a, .w = w, .out = rq->message };
    begin(&x, "smtp,smtps");
    SET(&x, CURLOPT_USE_SSL, (long)(rq->plain ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    SET(&x, CURLOPT_MAIL_FROM, rq->from);
    append(&x, rq->to);
    SET(&x, CURLOPT_MAIL_RCPT, x.list);
    SET(&x, CURLOPT_UPLOAD, 1L);
    SET(&x, CURLOPT_READFUNCTION, give);
    SET(&x, CURLOPT_READDATA, &x);
    if (rq->user) {
        SET(&x, CURLOPT_USERNAME, rq->user);
        SET(&x, CURLOPT_PASSWORD, rq->password);
    }
    perform(&x, ret);
}
