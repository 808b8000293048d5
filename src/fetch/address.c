/* Where a connection may go: URLs, and the addresses behind them. */
#include "fetch/fetch.h"

#include <arpa/inet.h>
#include <netinet/in.h>

static bool is_loopback_name(str host)
{
    struct in_addr  v4;
    struct in6_addr v6;
    char            z[64];
    if (str_eq(host, S("localhost")))
        return true;
    if (host.n >= sizeof z)
        return false;
    memcpy(z, host.p, host.n);
    z[host.n] = '\0';
    if (inet_pton(AF_INET, z, &v4) == 1)
        return ntohl(v4.s_addr) >> 24 == 127;
    return inet_pton(AF_INET6, z, &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

static bool port_sound(str s)
{
    int64_t port;
    return s.n >= 2 && s.p[0] == ':' && s.p[1] >= '0' && s.p[1] <= '9' && parse_int(str_sub(s, 1, s.n), 1, 65535, &port);
}

/* "host", "host:25", "[::1]", "[::1]:25" */
static bool authority_cut(str s, str *ret_host)
{
    str after;
    if (s.n && s.p[0] == '[') {
        const char *end = memchr(s.p, ']', s.n);
        if (!end)
            return false;
        *ret_host = str_sub(s, 1, (size_t)(end - s.p));
        after = str_sub(s, (size_t)(end - s.p) + 1, s.n);
        for (size_t i = 0; i < ret_host->n; i++)
            if (!strchr("0123456789abcdefABCDEF:.", ret_host->p[i]))
                return false;
    } else {
        const char *colon = s.n ? memchr(s.p, ':', s.n) : NULL;
        *ret_host = colon ? str_sub(s, 0, (size_t)(colon - s.p)) : s;
        after = str_sub(s, ret_host->n, s.n);
        for (size_t i = 0; i < ret_host->n; i++) {
            char c = ret_host->p[i];
            if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-'))
                return false;
        }
    }
    return ret_host->n > 0 && ret_host->n <= 253 && (after.n == 0 || port_sound(after));
}

bool url_cut(str url, url_parts *ret)
{
    url_parts u = { 0 };
    size_t    at = 0, end;
    if (url.n == 0 || url.n > 2000)
        return false;
    for (size_t i = 0; i < url.n; i++)
        if ((unsigned char)url.p[i] <= 0x20 || (unsigned char)url.p[i] >= 0x7f || strchr("\\\"<>^`{|}#@", url.p[i]))
            return false;
    while (at < url.n && url.p[at] != ':')
        at++;
    u.scheme = str_sub(url, 0, at);
    if (!str_starts(str_sub(url, at, url.n), S("://")))
        return false;
    for (end = at + 3; end < url.n && url.p[end] != '/' && url.p[end] != '?'; end++)
        continue;
    if (!authority_cut(str_sub(url, at + 3, end), &u.host))
        return false;
    u.loopback = is_loopback_name(u.host);
    *ret = u;
    return true;
}

/* ---- addresses --------------------------------------------------------------------------- */

typedef struct {
    const char  *prefix;
    int          bits;
    address_kind kind;
} network;

/* IANA's registries of special-purpose addresses; what is in none of these is public. */
static const network v4_networks[] = {
    { "127.0.0.0", 8, ADDRESS_LOOPBACK },   { "10.0.0.0", 8, ADDRESS_PRIVATE },    { "172.16.0.0", 12, ADDRESS_PRIVATE },
    { "192.168.0.0", 16, ADDRESS_PRIVATE }, { "100.64.0.0", 10, ADDRESS_PRIVATE }, { "0.0.0.0", 8, ADDRESS_NEVER },
    { "169.254.0.0", 16, ADDRESS_NEVER },   { "192.0.0.0", 24, ADDRESS_NEVER },    { "192.0.2.0", 24, ADDRESS_NEVER },
    { "198.18.0.0", 15, ADDRESS_NEVER },    { "198.51.100.0", 24, ADDRESS_NEVER }, { "203.0.113.0", 24, ADDRESS_NEVER },
    { "192.88.99.0", 24, ADDRESS_NEVER },   { "224.0.0.0", 3, ADDRESS_NEVER },
};
static const network v6_networks[] = {
    { "::1", 128, ADDRESS_LOOPBACK },  { "fc00::", 7, ADDRESS_PRIVATE },   { "::", 96, ADDRESS_NEVER },
    { "64:ff9b:1::", 48, ADDRESS_NEVER }, { "100::", 64, ADDRESS_NEVER },  { "2001::", 23, ADDRESS_NEVER },
    { "2001:db8::", 32, ADDRESS_NEVER }, { "3fff::", 20, ADDRESS_NEVER },  { "fe80::", 9, ADDRESS_NEVER },
    { "ff00::", 8, ADDRESS_NEVER },    { "5f00::", 16, ADDRESS_NEVER },
};

static bool in_network(const uint8_t *address, const uint8_t *prefix, int bits)
{
    for (int i = 0; i < bits; i++)
        if ((address[i / 8] ^ prefix[i / 8]) >> (7 - i % 8) & 1)
            return false;
    return true;
}

static address_kind judge(int family, const uint8_t *address, const network *rows, size_t n)
{
    uint8_t prefix[16];
    for (size_t i = 0; i < n; i++) {
        int sound = inet_pton(family, rows[i].prefix, prefix);
        assert(sound == 1);
        if (sound == 1 && in_network(address, prefix, rows[i].bits))
            return rows[i].kind;
    }
    return ADDRESS_PUBLIC;
}

static address_kind judge_v4(const uint8_t *address) { return judge(AF_INET, address, v4_networks, COUNT(v4_networks)); }

/* Addresses that carry one of IPv4 are judged by that. */
static address_kind judge_v6(const uint8_t *address)
{
    static const struct { const char *prefix; int bits, at; } carriers[] = {
        { "::ffff:0:0", 96, 12 }, { "64:ff9b::", 96, 12 }, { "2002::", 16, 2 },
    };
    uint8_t prefix[16];
    for (size_t i = 0; i < COUNT(carriers); i++)
        if (inet_pton(AF_INET6, carriers[i].prefix, prefix) == 1 && in_network(address, prefix, carriers[i].bits))
            return judge_v4(address + carriers[i].at);
    return judge(AF_INET6, address, v6_networks, COUNT(v6_networks));
}

address_kind address_judge(const struct sockaddr *sa)
{
    struct sockaddr_in  v4;
    struct sockaddr_in6 v6;
    if (sa->sa_family == AF_INET) {
        memcpy(&v4, sa, sizeof v4);
        return judge_v4((const uint8_t *)&v4.sin_addr);
    }
    if (sa->sa_family != AF_INET6)
        return ADDRESS_NEVER;
    memcpy(&v6, sa, sizeof v6);
    return judge_v6((const uint8_t *)&v6.sin6_addr);
}
