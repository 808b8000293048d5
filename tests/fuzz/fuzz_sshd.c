/* Any sshd_config: every keyword has one effective value, and defaults are filled in. */
#include "conf_fuzz.h"
#include "collect/host/sshd_conf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    auto_arena arena *a = arena_new(256 << 20);
    fuzz_tree         t;
    sshd_conf         c;
    fuzz_split(a, (str){ (const char *)data, size }, "/etc/ssh/sshd_config", &t);
    conf_files files = fuzz_files(&t);
    sshd_read(a, &files, "/etc/ssh/sshd_config", &c);
    sshd_values v = sshd_effective(a, &c);
    map         seen = map_new(a);
    for (size_t i = 0; i < v.n; i++) {
        void **slot = map_put(&seen, v.v[i].name);
        fuzz_must(*slot == NULL && v.v[i].name.n > 0);
        *slot = a;
    }
    fuzz_must(map_get(&seen, S("permitrootlogin")) && map_get(&seen, S("port")));
    sshd_values told = sshd_printed(a, (str){ (const char *)data, size });
    fuzz_must(told.n <= 1000);
    return 0;
}
