/* Any tree of PAM files: positions count from 1 in each stack without gaps. */
#include "conf_fuzz.h"
#include "collect/host/mfa.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    auto_arena arena *a = arena_new(1024UL << 20);
    fuzz_tree         t;
    pam_stacks        p;
    fuzz_split(a, (str){ (const char *)data, size }, "/etc/pam.d/sshd", &t);
    conf_files files = fuzz_files(&t);
    pam_read(a, &files, &p);
    for (size_t i = 0; i < p.rules.n; i++) {
        const pam_line *l = &p.rules.v[i], *before = i ? &p.rules.v[i - 1] : NULL;
        bool same = before && str_eq(l->service, before->service) && str_eq(l->facility, before->facility);
        fuzz_must(l->position == 1 || (same && l->position == before->position + 1));
    }
    mfa_pam_requires(&p, S("sshd"));
    return 0;
}
