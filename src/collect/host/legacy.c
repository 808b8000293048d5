/* The older packet filter, ip_tables and ip6_tables: built-in chains only. */
#include "collect/host/nft.h"

#include <errno.h>
#include <netinet/in.h>
#include <linux/netfilter.h>
#include <linux/netfilter_ipv4/ip_tables.h>
#include <linux/netfilter_ipv6/ip6_tables.h>
#include <sys/socket.h>

enum { RULES_MAX = 1000000, ENTRIES_BYTES_MAX = 64 << 20 };

/* Of the entry at `at`: where its target stands and the next entry begins. */
static bool entry_at(const legacy_table *t, size_t at, size_t *ret_target, size_t *ret_next)
{
    size_t   head = t->v6 ? sizeof(struct ip6t_entry) : sizeof(struct ipt_entry);
    size_t   offsets = t->v6 ? offsetof(struct ip6t_entry, target_offset) : offsetof(struct ipt_entry, target_offset);
    uint16_t target, next;
    if (at > t->entries.n || t->entries.n - at < head)
        return false;
    memcpy(&target, t->entries.p + at + offsets, sizeof target);
    memcpy(&next, t->entries.p + at + offsets + sizeof target, sizeof next);
    if (target < head || next < target || next > t->entries.n - at)
        return false;
    *ret_target = at + target;
    *ret_next = at + next;
    return true;
}

/* The policy is the verdict of the entry at the chain's underflow. */
static bool policy_drops(const legacy_table *t, size_t at, bool *ret)
{
    struct xt_standard_target s;
    size_t                    target, next;
    if (!entry_at(t, at, &target, &next) || t->entries.n - target < sizeof s)
        return false;
    memcpy(&s, t->entries.p + target, sizeof s);
    *ret = s.verdict == -NF_DROP - 1;
    return true;
}

bool legacy_chains(filter_state *f, str table_name, const legacy_table *t)
{
    static const struct { const char *hook, *chain; } hooks[] = {
        { "prerouting", "PREROUTING" }, { "input", "INPUT" }, { "forward", "FORWARD" }, { "output", "OUTPUT" }, { "postrouting", "POSTROUTING" },
    };
    for (size_t h = 0; h < COUNT(hooks); h++) {
        if (!(t->valid_hooks & 1u << h))
            continue;
        filter_chain c = { .backend = "iptables", .family = t->v6 ? "ip6" : "ip", .hook = hooks[h].hook, .is_base = true,
                           .table = str_dup(f->a, table_name), .name = str_of(hooks[h].chain) };
        size_t at = t->hook_entry[h], target;
        for (; at < t->underflow[h] && c.rules < RULES_MAX; c.rules++)
            if (!entry_at(t, at, &target, &at))
                return false;
        if (!policy_drops(t, t->underflow[h], &c.drops))
            return false;
        da_push(f->a, &f->chains) = c;
    }
    return true;
}

int legacy_read(filter_state *f, str name, bool v6)
{
    struct ipt_getinfo info = { 0 };
    socklen_t          n = sizeof info;
    int                level = v6 ? SOL_IPV6 : SOL_IP;
    auto_fd int        fd = socket(v6 ? AF_INET6 : AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW);
    _Static_assert(sizeof(struct ipt_getinfo) == sizeof(struct ip6t_getinfo), "one layout for both families");
    enum { INFO4 = IPT_SO_GET_INFO, INFO6 = IP6T_SO_GET_INFO, ENTRIES4 = IPT_SO_GET_ENTRIES, ENTRIES6 = IP6T_SO_GET_ENTRIES };
    _Static_assert(INFO4 == INFO6 && ENTRIES4 == ENTRIES6, "and one number");
    if (name.n >= sizeof info.name)
        return EINVAL;
    memcpy(info.name, name.p, name.n);
    if (fd < 0 || getsockopt(fd, level, IPT_SO_GET_INFO, &info, &n) != 0)
        return errno;
    if (info.size > ENTRIES_BYTES_MAX)
        return EFBIG;
    size_t head = offsetof(struct ipt_get_entries, entrytable);
    char  *all = arena_alloc(f->a, head + info.size, 1);
    memcpy(all, info.name, sizeof info.name);
    memcpy(all + offsetof(struct ipt_get_entries, size), &info.size, sizeof info.size);
    n = (socklen_t)(head + info.size);
    if (getsockopt(fd, level, IPT_SO_GET_ENTRIES, all, &n) != 0)
        return errno;
    legacy_table t = { .v6 = v6, .valid_hooks = info.valid_hooks, .entries = { all + head, info.size } };
    memcpy(t.hook_entry, info.hook_entry, sizeof t.hook_entry);
    memcpy(t.underflow, info.underflow, sizeof t.underflow);
    return legacy_chains(f, name, &t) ? 0 : EBADMSG;
}
