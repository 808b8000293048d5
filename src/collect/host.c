#include "collect/host/probes.h"
#include "collect/source.h"

/* Each probe gets memory of its own, so that a large one leaves nothing behind. */
void collect_host(const collect_env *env, emit *e)
{
    for (const host_probe *p = host_probes; p->name; p++) {
        auto_arena arena *a = arena_new(256 << 20);
        collect_env       own = *env;
        own.a = a;
        p->collect(&own, e);
    }
}
