#include "collect/host/netlink.h"

#include <errno.h>
#include <linux/netlink.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { WAIT_S = 2 };

/* Messages and attributes stand at multiples of four. */
static size_t aligned(size_t n) { return (n + 3) & ~(size_t)3; }

bool nl_next(str *rest, nl_message *ret)
{
    struct nlmsghdr h;
    if (rest->n < sizeof h)
        return false;
    memcpy(&h, rest->p, sizeof h);
    if (h.nlmsg_len < sizeof h || h.nlmsg_len > rest->n)
        return false;
    *ret = (nl_message){ .type = h.nlmsg_type, .body = str_sub(*rest, sizeof h, h.nlmsg_len) };
    *rest = str_sub(*rest, aligned(h.nlmsg_len), rest->n);
    return true;
}

bool nl_attribute(str *rest, uint16_t *ret_type, str *ret_value)
{
    struct nlattr h;
    if (rest->n < sizeof h)
        return false;
    memcpy(&h, rest->p, sizeof h);
    if (h.nla_len < sizeof h || h.nla_len > rest->n)
        return false;
    *ret_type = h.nla_type & 0x3fff;
    *ret_value = str_sub(*rest, sizeof h, h.nla_len);
    *rest = str_sub(*rest, aligned(h.nla_len), rest->n);
    return true;
}

str nl_find(str attributes, uint16_t type)
{
    uint16_t t;
    str      v;
    while (nl_attribute(&attributes, &t, &v))
        if (t == type)
            return v;
    return (str){ 0 };
}

str nl_text(str v)
{
    return v.n ? str_sub(v, 0, strnlen(v.p, v.n)) : S("");
}

bool nl_u32(str v, uint32_t *ret)
{
    if (v.n != sizeof *ret)
        return false;
    memcpy(ret, v.p, sizeof *ret);
    return true;
}

bool nl_be32(str v, uint32_t *ret)
{
    if (!nl_u32(v, ret))
        return false;
    *ret = __builtin_bswap32(*ret);
    return true;
}

void nl_each(str messages, nl_reader on, void *arg)
{
    nl_message m;
    while (nl_next(&messages, &m))
        if (m.type >= NLMSG_MIN_TYPE)
            on(arg, &m);
}

static int send_request(int fd, const nl_request *q)
{
    struct nlmsghdr    h = { .nlmsg_len = (uint32_t)(sizeof h + q->body.n), .nlmsg_type = q->type,
                             .nlmsg_flags = (uint16_t)(NLM_F_REQUEST | q->flags), .nlmsg_seq = 1 };
    struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
    char               bytes[512] = { 0 };
    assert(sizeof h + q->body.n <= sizeof bytes);
    memcpy(bytes, &h, sizeof h);
    if (q->body.n)
        memcpy(bytes + sizeof h, q->body.p, q->body.n);
    return sendto(fd, bytes, h.nlmsg_len, 0, (struct sockaddr *)&kernel, sizeof kernel) < 0 ? errno : 0;
}

enum { GOES_ON = -1 };

/* What one datagram says of the answer: GOES_ON, 0 the end, else the errno. */
static int judge(str part, bool many)
{
    nl_message m;
    while (nl_next(&part, &m)) {
        int32_t code = 0;
        if (m.type == NLMSG_DONE || m.type == NLMSG_ERROR) {
            if (m.body.n >= sizeof code)
                memcpy(&code, m.body.p, sizeof code);
            if (m.type == NLMSG_DONE || code)
                return code ? -code : 0;
        } else if (!many) {
            return 0;
        }
    }
    return GOES_ON;
}

static ssize_t receive(int fd, char *p, size_t n)
{
    ssize_t got;
    do
        got = recv(fd, p, n, MSG_TRUNC);
    while (got < 0 && errno == EINTR);
    return got;
}

int nl_ask(const nl_request *q, nl_reader on, void *arg)
{
    enum { PART_BYTES = 64 << 10 };
    auto_arena arena *a = arena_new(1 << 20);
    auto_fd int       fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, q->protocol);
    struct timeval    wait = { .tv_sec = WAIT_S };
    char             *part = arena_alloc(a, PART_BYTES, 1);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait) != 0)
        return errno;
    int e = send_request(fd, q);
    if (e)
        return e;
    do {
        ssize_t n = receive(fd, part, PART_BYTES);
        if (n <= 0 || n > PART_BYTES)
            return n < 0 ? errno : EMSGSIZE;
        nl_each((str){ part, (size_t)n }, on, arg);
        e = judge((str){ part, (size_t)n }, q->many);
    } while (e == GOES_ON);
    return e;
}
