/* Where to listen. */
#include "serve/parts.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PORT = 8480, BACKLOG = 512 };

typedef union {
    struct sockaddr     any;
    struct sockaddr_in  v4;
    struct sockaddr_in6 v6;
} address;

static socklen_t address_of(const place *at, address *ret)
{
    *ret = (address){ 0 };
    if (inet_pton(AF_INET, at->address, &ret->v4.sin_addr) == 1) {
        ret->v4.sin_family = AF_INET;
        ret->v4.sin_port = htons(at->port);
        return sizeof ret->v4;
    }
    if (inet_pton(AF_INET6, at->address, &ret->v6.sin6_addr) != 1)
        return 0;
    ret->v6.sin6_family = AF_INET6;
    ret->v6.sin6_port = htons(at->port);
    return sizeof ret->v6;
}

err_t place_parse(str text, fault *f, place *ret)
{
    str         s = text;
    int64_t     port = PORT;
    const char *colon = s.p ? memrchr(s.p, ':', s.n) : NULL;
    const char *bracket = s.p ? memrchr(s.p, ']', s.n) : NULL;
    address     unused;
    if (colon && colon > bracket) {
        if (!parse_int(str_sub(s, (size_t)(colon - s.p) + 1, s.n), 0, 65535, &port))
            return fail(f, ERR_USAGE, "\"" STR_FMT "\": after the colon stands a port, 0 to 65535", STR_ARG(utf8_cut(text, 80)));
        s = str_sub(s, 0, (size_t)(colon - s.p));
    }
    if (str_starts(s, S("[")) && str_ends(s, S("]")))
        s = str_sub(s, 1, s.n - 1);
    if (!s.n || str_eq(s, S("localhost")))
        s = S("127.0.0.1");
    if (!s.p || s.n >= sizeof ret->address)
        return fail(f, ERR_USAGE, "\"" STR_FMT "\" is no address", STR_ARG(utf8_cut(text, 80)));
    *ret = (place){ .port = (uint16_t)port };
    memcpy(ret->address, s.p, s.n);
    ret->loopback = str_starts(s, S("127.")) || str_eq(s, S("::1"));
    if (!address_of(ret, &unused))
        return fail(f, ERR_USAGE, "\"%s\" is no IP address; name one of this machine's, as 127.0.0.1, or 0.0.0.0 for all", ret->address);
    return ERR_OK;
}

err_t place_listen(place *at, fault *f, int *ret_fd)
{
    address   where;
    socklen_t n = address_of(at, &where);
    int       on = 1, off = 0;
    auto_fd int fd = socket(where.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return fail_errno(f, errno, "no socket can be made");
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (where.any.sa_family == AF_INET6)
        (void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    if (bind(fd, &where.any, n) != 0 || listen(fd, BACKLOG) != 0)
        return fail_errno(f, errno, "cannot listen at %s port %u%s", at->address, at->port,
                          errno == EADDRINUSE ? " (another program does; choose another with --listen)" : "");
    n = sizeof where;
    if (getsockname(fd, &where.any, &n) != 0)
        return fail_errno(f, errno, "cannot tell the port");
    at->port = ntohs(where.any.sa_family == AF_INET ? where.v4.sin_port : where.v6.sin6_port);
    *ret_fd = fd_take(&fd);
    return ERR_OK;
}

str place_origin(arena *a, const place *at, bool tls, str public_url)
{
    char name[256] = "localhost";
    if (public_url.n)
        return str_ends(public_url, S("/")) ? str_sub(public_url, 0, public_url.n - 1) : public_url;
    bool any = strcmp(at->address, "0.0.0.0") == 0 || strcmp(at->address, "::") == 0;
    if (any && gethostname(name, sizeof name - 1) != 0)
        memcpy(name, "localhost", sizeof "localhost");
    const char *host = at->loopback || any ? name : at->address;
    bool six = strchr(host, ':') != NULL;
    return str_fmt(a, "%s://%s%s%s:%u", tls ? "https" : "http", six ? "[" : "", host, six ? "]" : "", at->port);
}
