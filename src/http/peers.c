#include "http/parts.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- accept and close ---------------------------------------------------------------------------- */

/* IPv4 that came through an IPv6 socket is told as IPv4: limits and logs want one name for one address. */
static void address_text(const struct sockaddr *sa, char *out, socklen_t n)
{
    static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };
    out[0] = '\0';
    if (sa->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, sa, sizeof in);
        inet_ntop(AF_INET, &in.sin_addr, out, n);
    } else if (sa->sa_family == AF_INET6) {
        struct sockaddr_in6 in;
        memcpy(&in, sa, sizeof in);
        bool v4 = memcmp(in.sin6_addr.s6_addr, mapped, sizeof mapped) == 0;
        inet_ntop(v4 ? AF_INET : AF_INET6, v4 ? (const void *)(in.sin6_addr.s6_addr + 12) : &in.sin6_addr, out, n);
    }
}

static bool is_trusted(const http_server *s, const char *address) { return s->trusted_proxy.n && str_eq(s->trusted_proxy, str_of(address)); }

static void cut(peer *p)
{
    if (!p->cut)
        shutdown(p->fd, SHUT_RDWR);
    p->cut = true;
}

/* Behind one address there may be an office: who comes takes the place of the one that has waited longest for its next
 * request, and is turned away only when all are in the middle of something. */
static bool has_place(http_server *s, const char *address, time_us now)
{
    peer *oldest = NULL;
    int   same = 0;
    for (peer *p = s->peers; p; p = p->next) {
        if (p->cut || strcmp(p->address, address) != 0)
            continue;
        same++;
        if (p->idle && p->idle < now && (!oldest || p->idle < oldest->idle))
            oldest = p;
    }
    if (same < s->o.per_address_max || is_trusted(s, address))
        return true;
    if (oldest)
        cut(oldest);
    return oldest != NULL;
}

enum MHD_Result peer_accept(void *cls, const struct sockaddr *address, socklen_t n)
{
    http_server *s = cls;
    char         text[INET6_ADDRSTRLEN];
    (void)n;
    address_text(address, text, sizeof text);
    pthread_mutex_lock(&s->lock);
    bool ok = !s->stopping && has_place(s, text, time_mono());
    pthread_mutex_unlock(&s->lock);
    s->refused += !ok;
    return ok ? MHD_YES : MHD_NO;
}

static void peer_begin(http_server *s, struct MHD_Connection *c, void **context)
{
    const union MHD_ConnectionInfo *fd = s->mhd.MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
    const union MHD_ConnectionInfo *from = s->mhd.MHD_get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    pthread_mutex_lock(&s->lock);
    peer *p = s->unused;
    if (p)
        s->unused = p->next;
    else
        p = NEW(s->a, peer);
    *p = (peer){ .next = s->peers, .fd = fd->connect_fd, .era = s->era };
    address_text(from->client_addr, p->address, sizeof p->address);
    p->idle = time_mono() + SECONDS(1);        /* its first request is on its way */
    p->deadline = time_mono() + SECONDS(s->o.request_s);
    if (s->peers)
        s->peers->before = p;
    s->peers = p;
    s->n_open++;
    s->connections++;
    pthread_cond_signal(&s->wake);
    pthread_mutex_unlock(&s->lock);
    *context = p;
}

static void peer_end(http_server *s, peer *p)
{
    pthread_mutex_lock(&s->lock);
    if (p->before)
        p->before->next = p->next;
    else
        s->peers = p->next;
    if (p->next)
        p->next->before = p->before;
    p->next = s->unused;
    s->unused = p;
    s->n_open--;
    pthread_mutex_unlock(&s->lock);
}

/* The library tells of a close before it closes, so a descriptor in the list is never somebody else's. */
void peer_notify(void *cls, struct MHD_Connection *c, void **context, enum MHD_ConnectionNotificationCode code)
{
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        peer_begin(cls, c, context);
    else if (*context)
        peer_end(cls, *context);
}

/* ---- deadlines -------------------------------------------------------------------------------------- */

size_t peers_cut_idle(http_server *s)
{
    size_t inside = 0;
    pthread_mutex_lock(&s->lock);
    for (peer *p = s->peers; p; p = p->next) {
        if (p->idle)
            cut(p);
        else
            inside++;
    }
    pthread_mutex_unlock(&s->lock);
    return inside;
}

/* When places run out, those go first that have waited longest for the head of their next request, silent or dribbling. */
static peer *longest_waiting(http_server *s, time_us now, int64_t *ret_stand)
{
    peer *oldest = NULL;
    *ret_stand = 0;
    for (peer *p = s->peers; p; p = p->next) {
        if (p->cut)
            continue;
        (*ret_stand)++;
        if (p->idle && p->idle < now && (!oldest || p->idle < oldest->idle))
            oldest = p;
    }
    return oldest;
}

static void make_room(http_server *s, time_us now)
{
    int64_t stand;
    peer   *p = longest_waiting(s, now, &stand);
    while (p && stand * 10 >= (int64_t)s->o.connections_max * 9) {
        cut(p);
        p = longest_waiting(s, now, &stand);
    }
}

static void cut_late(http_server *s, time_us now)
{
    for (peer *p = s->peers; p; p = p->next) {
        time_us deadline = p->deadline;
        if (deadline && deadline < now && !p->cut) {
            s->timeouts++;
            cut(p);
        }
    }
}

/* Certificates of before, none of whose connections stands any more. A connection that was being accepted when its daemon
 * was retired is not counted yet: so none ends at once. */
static struct MHD_Daemon *one_to_end(http_server *s, int *ret_fd)
{
    for (size_t i = 1; i < s->n_generations; i++) {
        generation *g = &s->generations[i];
        const union MHD_DaemonInfo *info = s->mhd.MHD_get_daemon_info(g->daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
        if (info && info->num_connections == 0 && time_mono() - g->retired_at > SECONDS(1) / 2) {
            struct MHD_Daemon *d = g->daemon;
            *ret_fd = g->retired_fd;
            *g = s->generations[--s->n_generations];
            return d;
        }
    }
    return NULL;
}

static void end_generations(http_server *s)
{
    int                fd = -1;
    struct MHD_Daemon *d;
    while ((d = one_to_end(s, &fd))) {
        pthread_mutex_unlock(&s->lock);        /* its threads tell us of their ends */
        s->mhd.MHD_stop_daemon(d);
        close(fd);
        pthread_mutex_lock(&s->lock);
    }
}

void *peers_watch(void *server)
{
    http_server *s = server;
    pthread_mutex_lock(&s->lock);
    while (!s->ended) {
        if (!s->peers && s->n_generations <= 1) {
            pthread_cond_wait(&s->wake, &s->lock);
            continue;
        }
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += 100000000;
        if (until.tv_nsec >= 1000000000) {
            until.tv_nsec -= 1000000000;
            until.tv_sec++;
        }
        pthread_cond_timedwait(&s->wake, &s->lock, &until);
        cut_late(s, time_mono());
        make_room(s, time_mono());
        end_generations(s);
    }
    pthread_mutex_unlock(&s->lock);
    return NULL;
}
