#include "collect/host/probes.h"

const host_probe host_probes[] = {
#define X(n) { .name = #n, .collect = probe_##n },
    HOST_PROBES(X)
#undef X
    { 0 },
};
