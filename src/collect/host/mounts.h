/* collect/host/mounts.h - private to the room: /proc/self/mountinfo and
 * /proc/swaps. Pure. */
#ifndef COLLECT_HOST_MOUNTS_H
#define COLLECT_HOST_MOUNTS_H

#include "base/base.h"

typedef struct {
    unsigned major, minor;
    str      root;                       /* the part of the disk that is mounted */
    str      mount_point, fs_type, device, options, super_options;
} mount;
typedef DA(mount) mount_list;

/* Of mounts over one another the last, which is the one seen, is kept. Lines
 * that are not as proc(5) says are counted, not guessed. */
void mounts_parse(arena *a, str text, mount_list *ret, size_t *ret_bad);

typedef struct {
    str     device;
    int64_t size_bytes, used_bytes;
    bool    is_file;
} swap_area;
typedef DA(swap_area) swap_list;
void swaps_parse(arena *a, str text, swap_list *ret);

typedef enum { FS_LOCAL, FS_NETWORK, FS_MEMORY, FS_VIRTUAL } fs_kind;
fs_kind fs_kind_of(str fs_type, str device);
bool    option_in(str options, const char *name);

/* used of total in percent, rounded up to five. */
int64_t used_pct(uint64_t used, uint64_t total);

#endif
