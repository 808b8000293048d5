/* Mount tables, swaps, crontabs and socket tables: any bytes. */
#include "collect/host/mounts.h"
#include "collect/host/sockets.h"
#include "collect/host/tools.h"
#include "collect/host/units.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(256 << 20);
    str               all = { (const char *)data, n }, rest = all, line;
    mount_list        m = { 0 };
    swap_list         w = { 0 };
    schedule          l = { 0 };
    unit_settings     u = { 0 };
    size_t            bad;
    mounts_parse(a, all, &m, &bad);
    for (size_t i = 0; i < m.n; i++)
        if (!m.v[i].mount_point.n || fs_kind_of(m.v[i].fs_type, m.v[i].device) > FS_VIRTUAL)
            abort();
    swaps_parse(a, all, &w);
    crontab_read(a, all, n & 1, S("/etc/crontab"), &l);
    for (size_t i = 0; i < l.n; i++)
        if (!l.v[i].command.n)
            abort();
    unit_settings_add(a, all, &u);
    while (str_line(&rest, &line)) {
        socket_row r;
        if (socket_from_proc(line, false, n & 1, &r) && r.local_port > 0 && r.udp)
            abort();
    }
    return 0;
}
