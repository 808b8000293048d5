/* Sending, by libcurl: what it may connect to and what it must insist on is decided here. */
#include "notify/libcurl.h"
#include "notify/parts.h"

#include <unistd.h>

enum { CONNECT_MS = 10000, MAIL_MS = 60000, WEBHOOK_MS = 10000, ANSWER_MAX = 1 << 20, ERROR_MAX = 200,
       RETRY_AFTER_MAX_S = 86400 };

struct transport {
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

err_t transport_open(arena *a, fault *f, transport **ret)
{
    transport *t = NEW(a, transport);
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

void transport_close(transport *t)
{
    if (!t)
        return;
    t->lib.easy_cleanup(t->easy);
    t->lib.global_cleanup();
}

/* ---- what both kinds share ------------------------------------------------------------- */

/* Which addresses a connection may be made to. Asked for each address a name stands
 * for, just before connecting, so that no later answer of the resolver slips by. */
typedef struct {
    bool        loopback, inside, outside;
    const char *refused;       /* why the last one was */
} guard;

static curl_socket_t open_guarded(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
    guard       *g = arg;
    address_kind kind = address_judge(&address->addr);
    bool         may = kind == ADDRESS_LOOPBACK ? g->loopback : kind == ADDRESS_PRIVATE ? g->inside : kind == ADDRESS_PUBLIC && g->outside;
    (void)purpose;
    if (may)
        return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    g->refused = kind == ADDRESS_PUBLIC     ? "the address is not this machine, and only https:// goes elsewhere"
                 : kind == ADDRESS_LOOPBACK ? "the name stands for an address of this machine"
                 : kind == ADDRESS_PRIVATE  ? "the address is private; \"private\" behind the webhook's line in the configuration allows it"
                                            : "the address is link-local, reserved or multicast";
    return CURL_SOCKET_BAD;
}

typedef struct {
    transport *t;
    arena     *a;
    guard      guard;
    bool       set;            /* every option was taken */
    str        out;            /* still to be sent */
    size_t     answered;
    struct curl_slist *list;
    char       error[CURL_ERROR_SIZE];
} exchange;

#define SET(x, option, ...) \
    ((x)->set = (x)->set && (x)->t->lib.easy_setopt((x)->t->easy, option, __VA_ARGS__) == CURLE_OK)

static size_t take_answer(char *p, size_t size, size_t n, void *arg)
{
    exchange *x = arg;
    (void)p;
    x->answered += size * n;
    return x->answered > ANSWER_MAX ? 0 : size * n;
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

static void begin(exchange *x, const notify_settings *s, const char *url, const char *protocols, long total_ms)
{
    x->set = true;
    x->t->lib.easy_reset(x->t->easy);
    SET(x, CURLOPT_ERRORBUFFER, x->error);
    SET(x, CURLOPT_PROTOCOLS_STR, protocols);
    SET(x, CURLOPT_URL, url);
    SET(x, CURLOPT_PROXY, "");                        /* the environment has no say in where it goes */
    SET(x, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    SET(x, CURLOPT_NOSIGNAL, 1L);
    SET(x, CURLOPT_FOLLOWLOCATION, 0L);
    SET(x, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    SET(x, CURLOPT_TIMEOUT_MS, total_ms);
    SET(x, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    SET(x, CURLOPT_SSL_VERIFYPEER, 1L);
    SET(x, CURLOPT_SSL_VERIFYHOST, 2L);
    SET(x, CURLOPT_FRESH_CONNECT, 1L);                /* so that the guard is asked each time */
    SET(x, CURLOPT_FORBID_REUSE, 1L);
    SET(x, CURLOPT_OPENSOCKETFUNCTION, open_guarded);
    SET(x, CURLOPT_OPENSOCKETDATA, &x->guard);
    SET(x, CURLOPT_WRITEFUNCTION, take_answer);
    SET(x, CURLOPT_WRITEDATA, x);
    if (s->tls_ca_file)
        SET(x, CURLOPT_CAINFO, s->tls_ca_file);
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
    const char *text = x->guard.refused ? x->guard.refused : x->error[0] ? x->error : x->t->lib.easy_strerror(e);
    return utf8_cut(utf8_clean(x->a, str_of(text)), ERROR_MAX);
}

/* Performs; ret->error is set when there was no whole answer. */
static CURLcode perform(exchange *x, attempt *ret)
{
    long     status = 0;
    CURLcode e = CURLE_FAILED_INIT;
    *ret = (attempt){ .status = -1 };
    curl_off_t wait_s = 0;
    if (x->set)
        e = x->t->lib.easy_perform(x->t->easy);
    if (x->set && x->t->lib.easy_getinfo(x->t->easy, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK && status > 0)
        ret->status = status;
    if (x->set && x->t->lib.easy_getinfo(x->t->easy, CURLINFO_RETRY_AFTER, &wait_s) == CURLE_OK && wait_s > 0)
        ret->wait = wait_s < RETRY_AFTER_MAX_S ? SECONDS(wait_s) : SECONDS(RETRY_AFTER_MAX_S);
    ret->down = ret->status < 0 || e == CURLE_OPERATION_TIMEDOUT || e == CURLE_PEER_FAILED_VERIFICATION ||
                e == CURLE_SSL_CONNECT_ERROR || e == CURLE_USE_SSL_FAILED || e == CURLE_LOGIN_DENIED;
    if (e != CURLE_OK)
        ret->error = x->set ? why_not(x, e) : S("libcurl is too old for what must be asked of it");
    x->t->lib.slist_free_all(x->list);
    x->list = NULL;
    x->t->lib.easy_reset(x->t->easy);                 /* forgets the password */
    return e;
}

/* ---- mail ---------------------------------------------------------------------------------- */

/* Whether the addressee was refused for good (RFC 5321, 4.2.3), and not the sender or the server's day. */
static bool no_such_mailbox(const exchange *x, int64_t status)
{
    return (status == 550 || status == 551 || status == 553) && strstr(x->error, "RCPT failed");
}

void send_mail(transport *t, arena *a, const notify_settings *s, str password, const outbox_row *row, attempt *ret)
{
    exchange  x = { .t = t, .a = a };
    url_parts u = { 0 };
    bool      sound = url_cut(str_of(s->smtp), &u);
    assert(sound);
    bool plain = sound && u.loopback && str_eq(u.scheme, S("smtp"));
    x.guard = (guard){ .loopback = true, .inside = !plain, .outside = !plain };
    x.out = mail_compose(a, s->mail_from, row);
    begin(&x, s, s->smtp, "smtp,smtps", MAIL_MS);
    SET(&x, CURLOPT_USE_SSL, (long)(plain ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    SET(&x, CURLOPT_MAIL_FROM, s->mail_from);
    append(&x, row->recipient);
    SET(&x, CURLOPT_MAIL_RCPT, x.list);
    SET(&x, CURLOPT_UPLOAD, 1L);
    SET(&x, CURLOPT_READFUNCTION, give);
    SET(&x, CURLOPT_READDATA, &x);
    if (s->smtp_user) {
        SET(&x, CURLOPT_USERNAME, s->smtp_user);
        SET(&x, CURLOPT_PASSWORD, str_z(a, password));
    }
    CURLcode e = perform(&x, ret);
    ret->ok = e == CURLE_OK;
    ret->permanent = !ret->ok && no_such_mailbox(&x, ret->status);
}

/* ---- webhooks -------------------------------------------------------------------------------- */

void send_webhook(transport *t, arena *a, const notify_settings *s, const webhook_endpoint *w, const webhook_keys *keys,
                  time_us now, const outbox_row *row, attempt *ret)
{
    exchange  x = { .t = t, .a = a };
    url_parts u = { 0 };
    bool      sound = url_cut(str_of(w->url), &u);
    str       body = webhook_body(a, row);
    int64_t   seconds = now / SECONDS(1);
    assert(sound);
    x.guard = (guard){ .loopback = u.loopback || w->inside, .inside = w->inside && !u.loopback, .outside = !u.loopback };
    begin(&x, s, w->url, u.loopback ? "http,https" : "https", WEBHOOK_MS);
    append(&x, S("Content-Type: application/json"));
    append(&x, S("Expect:"));
    append(&x, str_fmt(a, "webhook-id: " STR_FMT, STR_ARG(row->id)));
    append(&x, str_fmt(a, "webhook-timestamp: %lld", (long long)seconds));
    append(&x, str_fmt(a, "webhook-signature: " STR_FMT, STR_ARG(webhook_signature(a, keys, row->id, seconds, body))));
    SET(&x, CURLOPT_HTTPHEADER, x.list);
    SET(&x, CURLOPT_USERAGENT, "attest/" ATTEST_VERSION);
    SET(&x, CURLOPT_POSTFIELDS, body.p);
    SET(&x, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.n);
    CURLcode e = perform(&x, ret);
    if (ret->status >= 200 && ret->status < 300 && (e == CURLE_OK || e == CURLE_WRITE_ERROR))
        ret->ok = true;                               /* a long answer is an answer all the same */
    else if (e == CURLE_OK)
        ret->error = ret->status == 410 ? S("the endpoint answered 410 Gone: it wants no more")
                                        : str_fmt(a, "the endpoint answered %lld", (long long)ret->status);
    ret->permanent = ret->status == 410;
}
