/* Mounted file systems and swap, and what encrypts them down the device stack. */
#include "collect/host/mounts.h"
#include "collect/host/state.h"

#include <errno.h>
#include <sys/statvfs.h>

enum { STACK_DEPTH_MAX = 16 };

typedef struct {
    tri encrypted;
    str kind;                            /* luks2, luks1, plain, ... */
    tri removable;
} stack;

/* "CRYPT-LUKS2-..." -> luks2. */
static str crypt_kind(arena *a, str uuid)
{
    str rest = str_sub(uuid, 6, uuid.n);
    return str_lower(a, str_cut(&rest, '-'));
}

static const char *block_file(arena *a, str name, const char *leaf)
{
    return str_fmt(a, "/sys/class/block/" STR_FMT "/%s", STR_ARG(name), leaf).p;
}

/* A partition has no removable flag and no slaves; its disk is the directory above it. */
static str disk_of(const host_state *s, arena *a, str name)
{
    str to;
    if (!state_exists(s, block_file(a, name, "partition")) ||
        state_link(s, a, str_fmt(a, "/sys/class/block/" STR_FMT, STR_ARG(name)).p, &to) != 0)
        return (str){ 0 };
    const char *leaf = memrchr(to.p, '/', to.n);
    str         dir = str_sub(to, 0, leaf ? (size_t)(leaf - to.p) : 0);
    const char *above = dir.n ? memrchr(dir.p, '/', dir.n) : NULL;
    return above ? str_sub(dir, (size_t)(above - dir.p) + 1, dir.n) : (str){ 0 };
}

static stack walk(const host_state *s, arena *a, str name, int depth);

/* Encrypted when every device below is; one that is not makes it not. */
static stack walk_all(const host_state *s, arena *a, const str *names, size_t n, int depth)
{
    stack all = { .encrypted = YES, .removable = NO };
    for (size_t i = 0; i < n; i++) {
        stack one = walk(s, a, names[i], depth + 1);
        if (one.encrypted == NO || all.encrypted == YES)
            all.encrypted = one.encrypted;
        if (one.removable != NO)
            all.removable = one.removable;
        all.kind = one.kind.n ? one.kind : all.kind;
    }
    if (all.encrypted != YES)
        all.kind = (str){ 0 };
    return all;
}

static stack walk(const host_state *s, arena *a, str name, int depth)
{
    if (depth > STACK_DEPTH_MAX || str_contains(name, S("/")))
        return (stack){ UNKNOWN, { 0 }, UNKNOWN };
    str    uuid = state_text(s, a, block_file(a, name, "dm/uuid")), disk = disk_of(s, a, name), *names;
    size_t n = 0;
    if (disk.n)
        return walk(s, a, disk, depth + 1);
    stack below = { .encrypted = NO, .removable = UNKNOWN };
    if (env_names(a, s->env, block_file(a, name, "slaves"), &names, &n) == 0 && n)
        below = walk_all(s, a, names, n, depth);
    else if (!state_exists(s, str_fmt(a, "/sys/class/block/" STR_FMT, STR_ARG(name)).p))
        return (stack){ UNKNOWN, { 0 }, UNKNOWN };
    else
        below.removable = str_eq(state_text(s, a, block_file(a, name, "removable")), S("1")) ? YES : NO;
    if (str_starts(name, S("loop")))     /* a file on some other file system, which may be encrypted */
        below.encrypted = UNKNOWN;
    if (str_starts(uuid, S("CRYPT-")) && !str_starts(uuid, S("CRYPT-VERITY")) && !str_starts(uuid, S("CRYPT-INTEGRITY"))) {
        below.encrypted = YES;
        below.kind = crypt_kind(a, uuid);
    }
    return below;
}

/* The kernel's name of a block device number: /sys/dev/block/254:0 -> .../vda. */
static str name_of_number(const host_state *s, arena *a, unsigned major, unsigned minor)
{
    str to;
    if (!major || state_link(s, a, str_fmt(a, "/sys/dev/block/%u:%u", major, minor).p, &to) != 0)
        return (str){ 0 };
    const char *slash = memrchr(to.p, '/', to.n);
    return slash ? str_sub(to, (size_t)(slash - to.p) + 1, to.n) : to;
}

/* btrfs and overlay have numbers of no device; /dev/NAME and /dev/mapper/NAME name one. */
static str name_of_path(const host_state *s, arena *a, str device)
{
    str to = device;
    if (!str_starts(device, S("/dev/")))
        return (str){ 0 };
    if (device.n < 4096 && state_link(s, a, str_z(a, device), &to) != 0)
        to = device;
    const char *slash = memrchr(to.p, '/', to.n);
    return slash ? str_sub(to, (size_t)(slash - to.p) + 1, to.n) : to;
}

static stack stack_of(const host_state *s, arena *a, const mount *m)
{
    static const char *const own[] = { "ecryptfs", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs" };
    for (size_t i = 0; i < COUNT(own); i++)
        if (str_eq(m->fs_type, str_of(own[i])))
            return (stack){ YES, m->fs_type, UNKNOWN };
    str name = name_of_number(s, a, m->major, m->minor);
    /* a btrfs of several disks names one of them: the others are not seen */
    bool btrfs = str_eq(m->fs_type, S("btrfs"));
    if (!name.n)
        name = name_of_path(s, a, m->device);
    stack k = name.n ? walk(s, a, name, 0) : (stack){ UNKNOWN, { 0 }, UNKNOWN };
    if (btrfs && k.encrypted == YES && state_exists(s, "/sys/fs/btrfs")) {
        k.encrypted = UNKNOWN;
        k.kind = (str){ 0 };
    }
    return k;
}

static void emit_stack(emit *e, const stack *k)
{
    emit_tri(e, "encrypted", k->encrypted);
    emit_known(e, "encryption", k->kind);
    emit_tri(e, "removable", k->removable);
}

/* Only for local disks: a server that does not answer must not stop us. */
static void emit_usage(host_state *s, arena *a, str mount_point)
{
    struct statvfs v;
    if (!s->env->live || statvfs(str_z(a, mount_point), &v) != 0)
        return;
    uint64_t reserved = v.f_bfree - v.f_bavail;
    emit_int(s->e, "size_bytes", (int64_t)(v.f_blocks * v.f_frsize));
    emit_int(s->e, "used_pct", used_pct(v.f_blocks - v.f_bfree, v.f_blocks - reserved));
    if (v.f_files)
        emit_int(s->e, "inodes_used_pct", used_pct(v.f_files - v.f_ffree, v.f_files));
}

static void emit_mount(host_state *s, const mount *m)
{
    static const char *const kinds[] = { "local", "network", "memory", "virtual" };
    auto_arena arena *a = arena_new(4 << 20);
    emit             *e = s->e;
    fs_kind           kind = fs_kind_of(m->fs_type, m->device);
    emit_text(e, "system", s->env->system);
    emit_text(e, "mount_point", m->mount_point);
    emit_text(e, "device", m->device);
    emit_text(e, "fs_type", m->fs_type);
    emit_z(e, "kind", kinds[kind]);
    emit_text(e, "options", m->options);
    emit_bool(e, "read_only", option_in(m->options, "ro") || option_in(m->super_options, "ro"));
    emit_bool(e, "nodev", option_in(m->options, "nodev"));
    emit_bool(e, "nosuid", option_in(m->options, "nosuid"));
    emit_bool(e, "noexec", option_in(m->options, "noexec"));
    if (kind == FS_LOCAL) {
        stack k = stack_of(s, a, m);
        emit_stack(e, &k);
        emit_usage(s, a, m->mount_point);
    }
    emit_row(e);
}

/* A swap file is as encrypted as the file system it lies on, which has its own row. */
static stack swap_stack(const host_state *s, arena *a, const swap_area *w, const mount_list *mounts)
{
    if (str_starts(w->device, S("/dev/zram")))
        return (stack){ UNKNOWN, { 0 }, NO };
    if (!w->is_file)
        return walk(s, a, name_of_path(s, a, w->device), 0);
    const mount *best = NULL;
    for (size_t i = 0; i < mounts->n; i++) {
        str  point = mounts->v[i].mount_point;
        bool under = str_starts(w->device, point) && (point.n == 1 || w->device.p[point.n] == '/');
        if (under && (!best || point.n > best->mount_point.n))
            best = &mounts->v[i];
    }
    return best ? stack_of(s, a, best) : (stack){ UNKNOWN, { 0 }, UNKNOWN };
}

static void emit_swap(host_state *s, const swap_area *w, const mount_list *mounts)
{
    auto_arena arena *a = arena_new(4 << 20);
    emit             *e = s->e;
    stack             k = swap_stack(s, a, w, mounts);
    emit_text(e, "system", s->env->system);
    emit_text(e, "mount_point", str_fmt(a, "swap:" STR_FMT, STR_ARG(w->device)));
    emit_text(e, "device", w->device);
    emit_z(e, "fs_type", "swap");
    emit_z(e, "kind", "swap");
    emit_stack(e, &k);
    emit_int(e, "size_bytes", w->size_bytes);
    emit_int(e, "used_pct", used_pct((uint64_t)w->used_bytes, (uint64_t)w->size_bytes));
    emit_row(e);
}

void part_filesystem(host_state *s)
{
    auto_arena arena *a = arena_new(64 << 20);
    emit             *e = s->e;
    mount_list        mounts = { 0 };
    swap_list         swaps = { 0 };
    size_t            bad = 0;
    str               text;
    emit_begin(e, relation_find(S("filesystem")));
    int err = env_read(a, s->env, "/proc/self/mountinfo", 16 << 20, &text);
    if (err && !s->env->live)
        emit_lack(e, ST_UNSUPPORTED, "mounts are known only on the running machine");
    else if (err)
        emit_lack_errno(e, err, "/proc/self/mountinfo");
    else
        mounts_parse(a, text, &mounts, &bad);
    if (bad)
        emit_lack(e, ST_PARTIAL, "%zu lines of /proc/self/mountinfo are not understood", bad);
    bool root = false;
    for (size_t i = 0; i < mounts.n; i++) {
        root = root || str_eq(mounts.v[i].mount_point, S("/"));
        emit_mount(s, &mounts.v[i]);
    }
    if (!err && !root)                   /* in a chroot: what / lies on is out of sight */
        emit_lack(e, ST_PARTIAL, "the root file system is not among the mounts that can be seen from here");
    err = env_read(a, s->env, "/proc/swaps", 1 << 20, &text);
    if (err && err != ENOENT)
        emit_lack_errno(e, err, "/proc/swaps");
    if (!err)
        swaps_parse(a, text, &swaps);
    for (size_t i = 0; i < swaps.n; i++)
        emit_swap(s, &swaps.v[i], &mounts);
    emit_end(e, ST_OK);
}
