/* Lines of audit rules: what is understood is printed, and its print is understood as the same. */
#include "collect/host/audit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(256 << 20);
    str               all = { (const char *)data, n }, line;
    while (str_line(&all, &line)) {
        audit_rule r, again;
        if (audit_rule_from_line(a, line, &r) != RULE_READ)
            continue;
        str text = audit_rule_text(a, &r);
        if (text.n > 4096)
            continue;
        if (audit_rule_from_line(a, text, &again) != RULE_READ || !str_eq(audit_rule_text(a, &again), text))
            abort();
    }
    return 0;
}
