#include "collect/host/sockets.h"
#include "collect/host/netlink.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <unistd.h>

bool socket_from_diag(str body, bool udp, socket_row *ret)
{
    struct inet_diag_msg m;
    if (body.n < sizeof m)
        return false;
    memcpy(&m, body.p, sizeof m);
    if (m.idiag_family != AF_INET && m.idiag_family != AF_INET6)
        return false;
    *ret = (socket_row){ .udp = udp, .v6 = m.idiag_family == AF_INET6, .state = m.idiag_state, .inode = m.idiag_inode,
                         .local_port = ntohs(m.id.idiag_sport), .remote_port = ntohs(m.id.idiag_dport) };
    memcpy(ret->local, m.id.idiag_src, sizeof ret->local);
    memcpy(ret->remote, m.id.idiag_dst, sizeof ret->remote);
    return true;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool parse_hex(str s, uint32_t *ret)
{
    uint32_t v = 0;
    if (!s.n || s.n > 8)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        int d = hex_digit(s.p[i]);
        if (d < 0)
            return false;
        v = v << 4 | (uint32_t)d;
    }
    *ret = v;
    return true;
}

/* "0100007F:1F90": words in the machine's order, then the port. */
static bool proc_endpoint(str s, bool v6, uint8_t *ret, uint16_t *ret_port)
{
    str      address = str_cut(&s, ':');
    uint32_t port, word;
    if (!s.p || address.n != (v6 ? 32 : 8) || !parse_hex(s, &port) || port > UINT16_MAX)
        return false;
    for (size_t i = 0; i < address.n / 8; i++) {
        if (!parse_hex(str_sub(address, i * 8, i * 8 + 8), &word))
            return false;
        memcpy(ret + i * 4, &word, 4);
    }
    *ret_port = (uint16_t)port;
    return true;
}

bool socket_from_proc(str line, bool udp, bool v6, socket_row *ret)
{
    socket_row r = { .udp = udp, .v6 = v6 };
    uint32_t   state;
    int64_t    inode;
    str_word(&line);
    str local = str_word(&line), remote = str_word(&line);
    if (!proc_endpoint(local, v6, r.local, &r.local_port) || !proc_endpoint(remote, v6, r.remote, &r.remote_port) ||
        !parse_hex(str_word(&line), &state))
        return false;
    for (int i = 0; i < 5; i++)          /* queues, timer, retransmits, uid, timeout */
        str_word(&line);
    if (!parse_int(str_word(&line), 0, INT64_MAX, &inode))
        return false;
    r.state = (uint8_t)state;
    r.inode = (uint64_t)inode;
    *ret = r;
    return true;
}

static bool is_mapped(const uint8_t *p)
{
    static const uint8_t head[12] = { [10] = 0xff, [11] = 0xff };
    return memcmp(p, head, sizeof head) == 0;
}

bool address_is_loopback(const uint8_t *p, bool v6)
{
    static const uint8_t one[16] = { [15] = 1 };
    if (!v6)
        return p[0] == 127;
    return memcmp(p, one, sizeof one) == 0 || (is_mapped(p) && p[12] == 127);
}

str address_text(arena *a, const uint8_t *p, bool v6)
{
    char text[INET6_ADDRSTRLEN];
    return str_dup(a, str_of(inet_ntop(v6 ? AF_INET6 : AF_INET, p, text, sizeof text)));
}

typedef struct {
    arena       *a;
    socket_list *list;
    bool         udp;
    uint8_t      state;
} gathering;

static void on_socket(void *arg, const nl_message *m)
{
    gathering *g = arg;
    socket_row r;
    if (m->type == SOCK_DIAG_BY_FAMILY && socket_from_diag(m->body, g->udp, &r) && r.state == g->state)
        da_push(g->a, g->list) = r;
}

static int ask_kernel(gathering *g, uint8_t family)
{
    struct inet_diag_req_v2 r = { .sdiag_family = family, .sdiag_protocol = g->udp ? IPPROTO_UDP : IPPROTO_TCP,
                                  .idiag_states = 1u << g->state };
    nl_request q = { .protocol = NETLINK_SOCK_DIAG, .type = SOCK_DIAG_BY_FAMILY, .flags = NLM_F_DUMP, .many = true,
                     .body = { (const char *)&r, sizeof r } };
    return nl_ask(&q, on_socket, g);
}

static int read_proc(const host_state *s, gathering *g, bool v6)
{
    auto_arena arena *a = arena_new(128 << 20);
    str               text, line;
    socket_row        r;
    const char       *path = str_fmt(a, "/proc/net/%s%s", g->udp ? "udp" : "tcp", v6 ? "6" : "").p;
    int               e = env_read(a, s->env, path, 32 << 20, &text);
    if (e)
        return v6 && e == ENOENT ? 0 : e;        /* a kernel without IPv6 */
    while (str_line(&text, &line))
        if (socket_from_proc(line, g->udp, v6, &r) && r.state == g->state)
            da_push(g->a, g->list) = r;
    return 0;
}

int sockets_read(const host_state *s, arena *a, bool udp, uint8_t state, socket_list *ret)
{
    gathering g = { a, ret, udp, state };
    size_t    before = ret->n;
    if (s->env->live && ask_kernel(&g, AF_INET) == 0 && ask_kernel(&g, AF_INET6) == 0)
        return 0;
    ret->n = before;                     /* an answer that broke off is not kept */
    int e = read_proc(s, &g, false);
    return e ? e : read_proc(s, &g, true);
}

/* ---- who holds them ---- */

static int by_inode(const void *a, const void *b)
{
    const holder *x = a, *y = b;
    return x->inode < y->inode ? -1 : x->inode > y->inode;
}

const holder *holder_of(const holder *h, size_t n, uint64_t inode)
{
    holder key = { .inode = inode };
    return n ? bsearch(&key, h, n, sizeof *h, by_inode) : NULL;
}

/* "socket:[12345]" */
static bool socket_link(int dir, const char *name, uint64_t *ret)
{
    char    to[64];
    ssize_t n = readlinkat(dir, name, to, sizeof to);
    str     s = { to, n > 0 ? (size_t)n : 0 };
    int64_t v;
    if (!str_starts(s, S("socket:[")) || !parse_int(str_sub(s, 8, s.n - 1), 0, INT64_MAX, &v))
        return false;
    *ret = (uint64_t)v;
    return true;
}

static void close_dir(DIR *d)
{
    if (d)
        closedir(d);
}
GUARD_DEFINE(DIR, close_dir)

/* How many inodes found their first holder here; -1 when we may not look. */
static int look_into(const host_state *s, size_t process_i, holder *h, size_t n)
{
    auto_arena arena *a = arena_new(1 << 20);
    const char       *path = str_fmt(a, "/proc/%d/fd", s->processes[process_i].pid).p;
    GUARD(close_dir) DIR *d = opendir(env_path(a, s->env, path));
    int found = 0;
    if (!d)
        return errno == EACCES || errno == EPERM ? -1 : 0;
    for (const struct dirent *x = readdir(d); x; x = readdir(d)) {
        uint64_t inode;
        if (!socket_link(dirfd(d), x->d_name, &inode))
            continue;
        holder key = { .inode = inode };
        holder *hit = bsearch(&key, h, n, sizeof *h, by_inode);
        if (hit && hit->process == SIZE_MAX) {
            hit->process = process_i;
            found++;
        }
    }
    return found;
}

bool sockets_holders(host_state *s, holder *h, size_t n)
{
    size_t left = 0;
    bool   denied = false;
    if (n)
        qsort(h, n, sizeof *h, by_inode);
    for (size_t i = 0; i < n; i++) {
        h[i].process = SIZE_MAX;
        left += i == 0 || h[i].inode != h[i - 1].inode;
    }
    if (!n || !state_processes(s))
        return false;
    for (size_t i = 0; i < s->n_processes && left; i++) {
        int found = look_into(s, i, h, n);
        denied = denied || found < 0;
        left -= found > 0 ? (size_t)found : 0;
    }
    return denied && left;
}
