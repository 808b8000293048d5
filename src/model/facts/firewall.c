#include "model/model.h"

extern const relation relation_firewall;

static const field fields[] = {
    KEY_TEXT(system, "Host."),
    KEY_TEXT(backend, "nft, iptables, ufw or firewalld."),
    KEY_TEXT(family, "inet, ip, ip6, arp, bridge or netdev."),
    KEY_TEXT(table_name, "Table, or the manager's name."),
    KEY_TEXT(chain, "Chain, or status for a manager."),
    TEXT(hook,
         "Hook the chain hangs on: input, forward, output, prerouting, postrouting, "
         "ingress; empty for none."),
    INT(priority, "Priority at the hook."),
    TEXT(policy, "What happens to a packet that no rule takes: accept or drop."),
    INT(rules, "Number of rules in the chain."),
    BOOL(enabled, "Whether it is in force."),
};

RELATION(firewall, FACT,
         "A packet filter hook with its default policy, or the state of a firewall "
         "manager.");
