#include "collect/host/probes.h"
#include "collect/host/state.h"

void probe_system_state(const collect_env *env, emit *e)
{
    static void (*const parts[])(host_state *) = {
        part_package, part_updates, part_service, part_kernel, part_filesystem, part_listener, part_firewall, part_audit, part_time_sync, part_log_forwarding,
        part_malware, part_backup, part_certificate, part_container,
    };
    host_state s = state_file_open(env->a, env, e);
    for (size_t i = 0; i < COUNT(parts); i++)
        parts[i](&s);
}
