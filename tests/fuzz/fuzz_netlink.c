/* Answers of the kernel and of container runtimes: any bytes. */
#include "collect/host/audit.h"
#include "collect/host/containers.h"
#include "collect/host/nft.h"
#include "collect/host/sockets.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(256 << 20);
    str               all = { (const char *)data, n }, rest = all, body;
    filter_state      f = filter_open(a);
    nl_message        m;
    int               status;
    nl_each(all, nft_on_table, &f);
    nl_each(all, nft_on_chain, &f);
    nl_each(all, nft_on_rule, &f);
    while (nl_next(&rest, &m)) {
        socket_row s;
        audit_rule r;
        socket_from_diag(m.body, false, &s);
        if (audit_rule_from_kernel(m.body, &r) && !audit_rule_text(a, &r).n)
            abort();
    }
    legacy_table t = { .v6 = n & 1, .valid_hooks = 31, .entries = all };
    for (size_t i = 0; i < 5 && n >= 10; i++) {
        t.hook_entry[i] = data[i];
        t.underflow[i] = data[i + 5];
    }
    legacy_chains(&f, S("filter"), &t);
    container_list l = { 0 };
    container      c = { 0 };
    if (http_reply(all, &status, &body))
        all = body;
    containers_parse(a, all, &l);
    container_details(a, all, &c);
    return 0;
}
