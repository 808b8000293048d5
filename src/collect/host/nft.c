#include "collect/host/nft.h"

#include <errno.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>

filter_state filter_open(arena *a)
{
    return (filter_state){ .a = a, .by_name = map_new(a), .dormant = map_new(a) };
}

static const char *family_name(uint8_t family)
{
    static const char *const names[] = { [NFPROTO_INET] = "inet",     [NFPROTO_IPV4] = "ip",       [NFPROTO_ARP] = "arp",
                                         [NFPROTO_NETDEV] = "netdev", [NFPROTO_BRIDGE] = "bridge", [NFPROTO_IPV6] = "ip6" };
    return family < COUNT(names) && names[family] ? names[family] : "other";
}

static const char *hook_name(uint8_t family, uint32_t hook)
{
    static const char *const inet[] = { "prerouting", "input", "forward", "output", "postrouting", "ingress" };
    static const char *const arp[] = { "input", "output", "forward" };
    static const char *const netdev[] = { "ingress", "egress" };
    if (family == NFPROTO_ARP)
        return hook < COUNT(arp) ? arp[hook] : "other";
    if (family == NFPROTO_NETDEV)
        return hook < COUNT(netdev) ? netdev[hook] : "other";
    return hook < COUNT(inet) ? inet[hook] : "other";
}

/* Splits a message into its family and attributes; false when it is not of this kind. */
static bool open_message(const nl_message *m, uint16_t kind, uint8_t *ret_family, str *ret_attributes)
{
    if (m->type != (NFNL_SUBSYS_NFTABLES << 8 | kind) || m->body.n < sizeof(struct nfgenmsg))
        return false;
    *ret_family = (uint8_t)m->body.p[0];
    *ret_attributes = str_sub(m->body, sizeof(struct nfgenmsg), m->body.n);
    return true;
}

void nft_on_table(void *arg, const nl_message *m)
{
    filter_state *f = arg;
    uint8_t       family;
    uint32_t      flags;
    str           at;
    if (!open_message(m, NFT_MSG_NEWTABLE, &family, &at))
        return;
    str name = nl_text(nl_find(at, NFTA_TABLE_NAME));
    if (nl_be32(nl_find(at, NFTA_TABLE_FLAGS), &flags) && (flags & NFT_TABLE_F_DORMANT))
        *map_put(&f->dormant, str_fmt(f->a, "%s " STR_FMT, family_name(family), STR_ARG(name))) = f;
}

static str chain_key(arena *a, uint8_t family, str table, str chain)
{
    return str_fmt(a, "%s " STR_FMT " " STR_FMT, family_name(family), STR_ARG(table), STR_ARG(chain));
}

void nft_on_chain(void *arg, const nl_message *m)
{
    filter_state *f = arg;
    uint8_t       family;
    uint32_t      n = 0;
    str           at;
    if (!open_message(m, NFT_MSG_NEWCHAIN, &family, &at))
        return;
    str          hook = nl_find(at, NFTA_CHAIN_HOOK);
    filter_chain c = { .backend = "nft", .family = family_name(family), .hook = "",
                       .table = str_dup(f->a, nl_text(nl_find(at, NFTA_CHAIN_TABLE))),
                       .name = str_dup(f->a, nl_text(nl_find(at, NFTA_CHAIN_NAME))) };
    c.dormant = map_get(&f->dormant, str_fmt(f->a, "%s " STR_FMT, c.family, STR_ARG(c.table))) != NULL;
    if (hook.p && nl_be32(nl_find(hook, NFTA_HOOK_HOOKNUM), &n)) {
        c.is_base = true;
        c.hook = hook_name(family, n);
        if (nl_be32(nl_find(hook, NFTA_HOOK_PRIORITY), &n))
            c.priority = (int32_t)n;
        c.drops = nl_be32(nl_find(at, NFTA_CHAIN_POLICY), &n) && n == NF_DROP;
    }
    void **slot = map_put(&f->by_name, chain_key(f->a, family, c.table, c.name));
    if (*slot)
        return;
    da_push(f->a, &f->chains) = c;
    *slot = (void *)(uintptr_t)f->chains.n;
}

/* An immediate verdict into the verdict register. */
static bool is_drop(str data)
{
    uint32_t code, reg;
    str      verdict = nl_find(nl_find(data, NFTA_IMMEDIATE_DATA), NFTA_DATA_VERDICT);
    return nl_be32(nl_find(data, NFTA_IMMEDIATE_DREG), &reg) && reg == NFT_REG_VERDICT &&
           nl_be32(nl_find(verdict, NFTA_VERDICT_CODE), &code) && code == NF_DROP;
}

/* Whether the rule refuses every packet that comes to it: nothing but counting
 * and logging before the refusal. */
static bool refuses_all(str expressions)
{
    bool     refused = false;
    uint16_t type;
    str      element;
    while (nl_attribute(&expressions, &type, &element)) {
        str name = nl_text(nl_find(element, NFTA_EXPR_NAME)), data = nl_find(element, NFTA_EXPR_DATA);
        if (str_eq(name, S("reject")) || (str_eq(name, S("immediate")) && is_drop(data)))
            refused = true;
        else if (!str_eq(name, S("counter")) && !str_eq(name, S("log")))
            return false;
    }
    return refused;
}

void nft_on_rule(void *arg, const nl_message *m)
{
    filter_state *f = arg;
    uint8_t       family;
    str           at;
    if (!open_message(m, NFT_MSG_NEWRULE, &family, &at))
        return;
    auto_arena arena *a = arena_new(1 << 20);
    str    key = chain_key(a, family, nl_text(nl_find(at, NFTA_RULE_TABLE)), nl_text(nl_find(at, NFTA_RULE_CHAIN)));
    size_t i = (size_t)(uintptr_t)map_get(&f->by_name, key);
    if (!i)
        return;
    filter_chain *c = &f->chains.v[i - 1];
    c->rules++;
    if (c->is_base && refuses_all(nl_find(at, NFTA_RULE_EXPRESSIONS)))
        c->drops = true;
}

int nft_read(filter_state *f)
{
    static const struct { uint16_t kind; nl_reader on; } steps[] = {
        { NFT_MSG_GETTABLE, nft_on_table }, { NFT_MSG_GETCHAIN, nft_on_chain }, { NFT_MSG_GETRULE, nft_on_rule },
    };
    const struct nfgenmsg any = { .nfgen_family = NFPROTO_UNSPEC, .version = NFNETLINK_V0 };
    for (size_t i = 0; i < COUNT(steps); i++) {
        nl_request q = { .protocol = NETLINK_NETFILTER, .type = (uint16_t)(NFNL_SUBSYS_NFTABLES << 8 | steps[i].kind),
                         .flags = NLM_F_DUMP, .many = true, .body = { (const char *)&any, sizeof any } };
        int e = nl_ask(&q, steps[i].on, f);
        if (e)
            return e == EINVAL || e == EPROTONOSUPPORT ? EOPNOTSUPP : e;
    }
    return 0;
}
