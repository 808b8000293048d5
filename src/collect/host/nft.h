/* collect/host/nft.h - private to the room: what the kernel says of its packet
 * filter, nf_tables and the older ip_tables. The readers are pure. */
#ifndef COLLECT_HOST_NFT_H
#define COLLECT_HOST_NFT_H

#include "collect/host/netlink.h"

typedef struct {
    const char *backend, *family, *hook;     /* hook "": none */
    str         table, name;
    int32_t     priority;
    int64_t     rules;
    bool        is_base, drops;              /* by its policy, or a last rule that drops all */
    bool        dormant;
} filter_chain;

typedef struct {
    arena *a;
    DA(filter_chain) chains;
    map    by_name;                          /* "family table chain" -> (void *)(index + 1) */
    map    dormant;                          /* "family table" */
} filter_state;

filter_state filter_open(arena *a);

/* Readers of one answer each; in this order. */
void nft_on_table(void *arg, const nl_message *m);
void nft_on_chain(void *arg, const nl_message *m);
void nft_on_rule(void *arg, const nl_message *m);

/* Asks for all three. errno; EOPNOTSUPP: this kernel has no nf_tables. */
int  nft_read(filter_state *f);

/* The built-in chains of one ip_tables table, from what getsockopt gives: hooks
 * valid, where each hook begins and ends, the entries. False when they make no sense. */
typedef struct {
    bool     v6;
    uint32_t valid_hooks, hook_entry[5], underflow[5];
    str      entries;
} legacy_table;
bool legacy_chains(filter_state *f, str table_name, const legacy_table *t);

/* Reads the table `name` of ip_tables or ip6_tables. errno. */
int  legacy_read(filter_state *f, str name, bool v6);

#endif
