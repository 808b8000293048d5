/* Any sudoers: rights are unique, complete, and never of a user that is negated. */
#include "conf_fuzz.h"
#include "collect/host/sudoers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    auto_arena arena *a = arena_new(1024UL << 20);
    fuzz_tree         t;
    sudo_rights       r;
    fuzz_split(a, (str){ (const char *)data, size }, "/etc/sudoers", &t);
    conf_files files = fuzz_files(&t);
    sudo_read(a, &files, "/etc/sudoers", S("web1.example.org"), &r);
    for (size_t i = 0; i < r.rights.n; i++) {
        const sudo_right *s = &r.rights.v[i];
        fuzz_must(s->subject.n && s->run_as.n && s->command.n && s->line > 0);
        fuzz_must(s->passwordless == YES || s->passwordless == NO || s->passwordless == UNKNOWN);
    }
    return 0;
}
