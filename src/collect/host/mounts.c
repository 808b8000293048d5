#include "collect/host/mounts.h"

static int octal(str s, size_t i)
{
    if (i + 3 >= s.n)
        return -1;
    int v = 0;
    for (size_t k = 1; k <= 3; k++) {
        if (s.p[i + k] < '0' || s.p[i + k] > '7')
            return -1;
        v = v * 8 + (s.p[i + k] - '0');
    }
    return v > 0 && v < 256 ? v : -1;
}

/* Blanks and backslashes are written \040 and so on. */
static str unescape(arena *a, str s)
{
    if (!s.n || !memchr(s.p, '\\', s.n))
        return s;
    buf b = buf_new(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++) {
        int v = s.p[i] == '\\' ? octal(s, i) : -1;
        buf_putc(&b, v < 0 ? s.p[i] : (char)v);
        i += v < 0 ? 0 : 3;
    }
    return buf_str(&b);
}

static bool mount_line(arena *a, str line, mount *ret)
{
    int64_t major, minor;
    str     rest = line;
    str_word(&rest), str_word(&rest);
    str device = str_word(&rest), root = str_word(&rest);
    str point = str_word(&rest), options = str_word(&rest);
    str word;
    do                                   /* optional fields end at a lone dash */
        word = str_word(&rest);
    while (word.n && !str_eq(word, S("-")));
    str type = str_word(&rest), source = str_word(&rest), super = str_word(&rest);
    if (!parse_int(str_cut(&device, ':'), 0, UINT32_MAX, &major) || !device.p ||
        !parse_int(device, 0, UINT32_MAX, &minor) || !type.n)
        return false;
    *ret = (mount){ .major = (unsigned)major, .minor = (unsigned)minor, .root = unescape(a, root), .mount_point = unescape(a, point), .fs_type = unescape(a, type),
                    .device = unescape(a, source), .options = options, .super_options = super };
    return ret->mount_point.n != 0;
}

void mounts_parse(arena *a, str text, mount_list *ret, size_t *ret_bad)
{
    map at = map_new(a);                 /* mount point -> index + 1 */
    str line;
    *ret_bad = 0;
    while (str_line(&text, &line)) {
        mount m;
        if (!mount_line(a, line, &m)) {
            ++*ret_bad;
            continue;
        }
        void **slot = map_put(&at, m.mount_point);
        if (*slot)
            ret->v[(uintptr_t)*slot - 1] = m;
        else
            da_push(a, ret) = m;
        if (!*slot)
            *slot = (void *)(uintptr_t)ret->n;
    }
}

void swaps_parse(arena *a, str text, swap_list *ret)
{
    str line;
    str_line(&text, &line);              /* the heading */
    while (str_line(&text, &line)) {
        str     rest = line, device = str_word(&rest), type = str_word(&rest);
        int64_t size, used;
        if (!parse_int(str_word(&rest), 0, INT64_MAX / 1024, &size) || !parse_int(str_word(&rest), 0, INT64_MAX / 1024, &used))
            continue;
        da_push(a, ret) = (swap_area){ .device = unescape(a, device), .size_bytes = size * 1024, .used_bytes = used * 1024,
                                       .is_file = str_eq(type, S("file")) };
    }
}

static bool in_table(str s, const char *const *table, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(s, str_of(table[i])))
            return true;
    return false;
}

fs_kind fs_kind_of(str type, str device)
{
    static const char *const network[] = {
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "ceph", "glusterfs", "afs", "9p", "virtiofs", "lustre", "gfs2", "ocfs2",
        "beegfs", "orangefs", "coda", "ncpfs", "davfs", "fuse.sshfs", "fuse.glusterfs", "fuse.s3fs", "fuse.rclone",
        "fuse.ceph", "fuse.davfs2", "fuse.gcsfuse", "fuse.blobfuse", "fuse.goofys", "fuse.mount-s3",
    };
    static const char *const memory[] = { "tmpfs", "ramfs", "devtmpfs", "rootfs" };
    static const char *const of_devices[] = {
        "zfs", "btrfs", "bcachefs", "overlay", "aufs", "ecryptfs", "fuseblk", "ubifs", "jffs2", "yaffs2", "fuse.gocryptfs",
        "fuse.encfs", "fuse.cryfs", "fuse.mergerfs", "fuse.bindfs", "fuse.fuse-overlayfs",
    };
    if (in_table(type, network, COUNT(network)))
        return FS_NETWORK;
    if (in_table(type, memory, COUNT(memory)))
        return FS_MEMORY;
    if (in_table(type, of_devices, COUNT(of_devices)) || str_starts(device, S("/dev/")))
        return FS_LOCAL;
    return FS_VIRTUAL;
}

bool option_in(str options, const char *name)
{
    while (options.p)
        if (str_eq(str_cut(&options, ','), str_of(name)))
            return true;
    return false;
}

int64_t used_pct(uint64_t used, uint64_t total)
{
    if (!total)
        return 0;
    long double share = 100.0L * (long double)used / (long double)total;
    int64_t     pct = (int64_t)share;
    pct += (long double)pct < share;
    return (pct + 4) / 5 * 5;
}
