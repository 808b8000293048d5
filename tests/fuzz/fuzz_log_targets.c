/* Configuration of log tools and of services with certificates: any bytes. */
#include "collect/host/certs.h"
#include "collect/host/log_targets.h"

static void on_target(void *arg, const log_target *t)
{
    (void)arg;
    if (!t->host.n)
        abort();
}

static void on_text(void *arg, str s)
{
    *(size_t *)arg += s.n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static void (*const readers[])(arena *, str, log_reader *) = {
        rsyslog_targets, syslog_ng_targets, journal_upload_targets, fluent_bit_targets, yaml_targets,
    };
    auto_arena arena *a = arena_new(256 << 20);
    size_t            sum = 0;
    str               all = { (const char *)data, n };
    for (size_t i = 0; i < COUNT(readers); i++) {
        log_reader r = { .target = on_target, .include = on_text, .arg = &sum };
        readers[i](a, all, &r);
    }
    for (size_t i = 0; i < n_cert_services; i++) {
        cert_reader r = { on_text, on_text, on_text, &sum };
        cert_config(&cert_services[i], all, &r);
    }
    return 0;
}
