/* collect/host/probes.h - private to the room: the parts of the host source.
 * A new one: its line here, its file in meson.build. */
#ifndef COLLECT_HOST_PROBES_H
#define COLLECT_HOST_PROBES_H

#include "collect/collector.h"

/* X(name) \ one a line, sorted: void probe_NAME(const collect_env *env, emit *e), in NAME.c,
 * writes one or more relations. */
#define HOST_PROBES(X) \
    X(identity) \
    X(integrity) \
    X(jobs) \
    X(machine) \
    X(system_state)

#define X(name) void probe_##name(const collect_env *env, emit *e);
HOST_PROBES(X)
#undef X

extern const host_probe host_probes[];       /* the last has no name */

#endif
