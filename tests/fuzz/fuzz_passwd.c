/* Any lines of passwd, shadow, group, crontabs, authorized_keys, apt.conf and commands. */
#include "collect/host/apt_conf.h"
#include "collect/host/authkey.h"
#include "collect/host/cron.h"
#include "collect/host/passwd.h"
#include "collect/host/redact.h"
#include "conf_fuzz.h"

static void each(void *arg, str name, str text, int64_t line, bool clear)
{
    (void)arg;
    (void)text;
    (void)clear;
    fuzz_must(name.n > 0 && line > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    auto_arena arena   *a = arena_new(1024UL << 20);
    auto_hasher hasher *h = hasher_new();
    str                 all = { (const char *)data, size }, rest = all, line;
    while (str_line(&rest, &line)) {
        passwd_entry p;
        shadow_entry s;
        group_entry  g;
        authkey      k;
        cron_line    c;
        if (passwd_parse(line, &p) == LINE_ENTRY)
            fuzz_must(p.login.n > 0 && p.uid >= 0 && p.uid <= UINT32_MAX);
        if (shadow_parse(line, &s) == LINE_ENTRY)
            fuzz_must(s.login.n > 0 && s.changed_days >= SHADOW_EMPTY);
        if (group_parse(line, &g) == LINE_ENTRY)
            fuzz_must(g.name.n > 0);
        fuzz_must(password_state(line) != NULL);
        password_scheme(line);
        if (authkey_parse(a, h, line, &k))
            fuzz_must(k.fingerprint.n == 50 && k.bits >= 0);
        if (cron_parse(line, true, &c))
            fuzz_must(c.schedule.n && c.account.n && c.command.n);
        if (anacron_parse(line, &c))
            fuzz_must(c.schedule.n && c.command.n);
        fuzz_must(redact_command(a, line).p != NULL);
    }
    apt_conf_read(a, all, each, NULL);
    return 0;
}
