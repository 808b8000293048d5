/* What came by network is also told to a log elsewhere, when the config names one (syslog): a line of JSON an
 * event, sent and not waited for. What is kept, and whole, is the ledger. */
#include "app/workspace.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* authpriv; warning and informational of RFC 5424. */
enum { FACILITY = 10, WARNING = 4, INFORMATIONAL = 6, LINE_MAX_BYTES = 8 << 10 };

typedef union {
    struct sockaddr     any;
    struct sockaddr_un  local;
    struct sockaddr_in  v4;
    struct sockaddr_in6 v6;
} log_place;

/* "/dev/log", "192.0.2.7:514", "[2001:db8::7]:514": no names, so that nobody waits for a resolver. 0: it is none of these. */
static socklen_t place_of(arena *a, str text, log_place *ret)
{
    *ret = (log_place){ 0 };
    if (str_starts(text, S("/")) && text.n < sizeof ret->local.sun_path) {
        ret->local.sun_family = AF_UNIX;
        memcpy(ret->local.sun_path, text.p, text.n);
        return sizeof ret->local;
    }
    const char *colon = text.n ? memrchr(text.p, ':', text.n) : NULL;
    int64_t     port = 0;
    if (!colon || !parse_int(str_sub(text, (size_t)(colon - text.p) + 1, text.n), 1, 65535, &port))
        return 0;
    str host = str_sub(text, 0, (size_t)(colon - text.p));
    if (inet_pton(AF_INET, str_z(a, host), &ret->v4.sin_addr) == 1) {
        ret->v4.sin_family = AF_INET;
        ret->v4.sin_port = htons((uint16_t)port);
        return sizeof ret->v4;
    }
    if (!str_starts(host, S("[")) || !str_ends(host, S("]")) || inet_pton(AF_INET6, str_z(a, str_sub(host, 1, host.n - 1)), &ret->v6.sin6_addr) != 1)
        return 0;
    ret->v6.sin6_family = AF_INET6;
    ret->v6.sin6_port = htons((uint16_t)port);
    return sizeof ret->v6;
}

bool syslog_place_valid(arena *a, str text)
{
    log_place unused;
    return place_of(a, text, &unused) > 0;
}

static void put_member(json_writer *w, const char *key, str text)
{
    if (text.n)
        jw_kstr(w, key, text);
}

static str json_of(arena *a, const access_event *e, str actor, time_us now)
{
    buf         b = buf_new(a, LINE_MAX_BYTES);
    json_writer w = { .b = &b };
    jw_obj(&w);
    jw_kstr(&w, "at", time_rfc3339(a, now));
    jw_kstr(&w, "kind", str_of(e->kind));
    jw_kbool(&w, "went_well", e->went_well);
    put_member(&w, "person", utf8_clean(a, e->person));
    put_member(&w, "about", utf8_cut(utf8_clean(a, e->about), 500));
    put_member(&w, "address", utf8_clean(a, e->address));
    put_member(&w, "actor", utf8_clean(a, actor));
    jw_kint(&w, "times", e->times ? e->times : 1);
    jw_end_obj(&w);
    return buf_str(&b);
}

/* A local log reads what syslog(3) writes; one across the network RFC 5424. */
static str line_of(arena *a, bool local, int priority, time_us now, str json)
{
    char host[256] = "-";
    if (local)
        return str_fmt(a, "<%d>attest[%d]: " STR_FMT, priority, (int)getpid(), STR_ARG(json));
    if (gethostname(host, sizeof host - 1) != 0 || !host[0])
        memcpy(host, "-", 2);
    return str_fmt(a, "<%d>1 " STR_FMT " %s attest %d access - " STR_FMT, priority, STR_ARG(time_rfc3339(a, now)), host, (int)getpid(), STR_ARG(json));
}

void ws_syslog(const workspace *ws, arena *a, str actor, const access_event *v, size_t n)
{
    log_place at;
    str       where = workspace_setting(ws, "syslog", 0);
    socklen_t size = where.n ? place_of(a, where, &at) : 0;
    if (!size)
        return;
    auto_fd int fd = socket(at.any.sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    for (size_t i = 0; fd >= 0 && i < n; i++) {
        time_us now = time_now();
        str     line = line_of(a, at.any.sa_family == AF_UNIX, FACILITY * 8 + (v[i].went_well ? INFORMATIONAL : WARNING), now, json_of(a, &v[i], actor, now));
        (void)!sendto(fd, line.p, line.n, MSG_DONTWAIT | MSG_NOSIGNAL, &at.any, size);
    }
}

void app_alarm(const workspace *ws, arena *a, str about)
{
    const access_event e = { .kind = "tampered", .about = about };
    ws_syslog(ws, a, S("verify"), &e, 1);
}
