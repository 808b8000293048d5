/* The host-files source: every local disk once, politely, within a budget. */
#include "collect/files/files.h"
#include "collect/host/mounts.h"
#include "collect/source.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum { DEPTH_MAX = 400, PATH_MAX_BYTES = 1 << 20, CLOCK_EVERY = 256 };

typedef struct {
    const collect_env *env;
    emit              *e;
    arena             *a, *scratch;      /* scratch: for one message */
    map                points;           /* mount points: none is crossed */
    owners            *owners;
    packages          *packages;
    walk_budget        budget;
    int64_t            entries;
    time_us            started, next_progress;
    buf                path;             /* of the entry being looked at, from the root on */
    dev_t              only_device;      /* stay on it; 0: mount points are known */
    bool               stop;
} walk;

/* What lies there belongs to containers, which have accounts and packages of
 * their own; it is not reachable as part of this system. */
static const char *const others[] = {
    "/var/lib/docker/overlay2", "/var/lib/docker/vfs", "/var/lib/docker/btrfs", "/var/lib/docker/zfs", "/var/lib/docker/rootfs",
    "/var/lib/containerd", "/var/lib/containers/storage", "/var/lib/lxc", "/var/lib/lxd", "/var/lib/incus", "/var/lib/machines",
};

/* ---- one entry -------------------------------------------------------------------- */

static void emit_risk(walk *w, const struct stat *st, const char *risk)
{
    str  path = buf_str(&w->path), package = packages_of(w->packages, path);
    str  user = owners_user(w->owners, st->st_uid), group = owners_group(w->owners, st->st_gid);
    char text[32];
    emit_text(w->e, "system", w->env->system);
    emit_text(w->e, "path", path);
    emit_z(w->e, "risk", risk);
    snprintf(text, sizeof text, "%04o", (unsigned)st->st_mode & 07777);
    emit_z(w->e, "mode", text);
    snprintf(text, sizeof text, "%u", (unsigned)st->st_uid);
    emit_text(w->e, "owner", user.n ? user : str_of(text));
    snprintf(text, sizeof text, "%u", (unsigned)st->st_gid);
    emit_text(w->e, "group_name", group.n ? group : str_of(text));
    if (package.p)
        emit_text(w->e, "package", package);
    emit_row(w->e);
}

static void judge(walk *w, const struct stat *st)
{
    bool file = S_ISREG(st->st_mode), dir = S_ISDIR(st->st_mode);
    bool device = S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode);
    bool whiteout = S_ISCHR(st->st_mode) && st->st_rdev == makedev(0, 0);     /* how overlays say "deleted" */
    if (file && (st->st_mode & S_ISUID))
        emit_risk(w, st, "setuid");
    if (file && (st->st_mode & S_ISGID))
        emit_risk(w, st, "setgid");
    if ((file || (dir && !(st->st_mode & S_ISVTX))) && (st->st_mode & S_IWOTH))
        emit_risk(w, st, "world_writable");
    if (device && !whiteout && !str_starts(buf_str(&w->path), S("/dev/")))
        emit_risk(w, st, "device");
    if ((file || dir) && (!owners_user(w->owners, st->st_uid).n || !owners_group(w->owners, st->st_gid).n))
        emit_risk(w, st, "no_owner");
}

/* Valid until it is called again. */
static const char *shown(walk *w)
{
    arena_reset(w->scratch);
    return str_z(w->scratch, utf8_clean(w->scratch, str_sub(buf_str(&w->path), 0, 300)));
}

static void lack_here(walk *w, int error)
{
    if (error != ENOENT && error != ENOTDIR && error != ELOOP)      /* it went away or changed under us */
        emit_lack_errno(w->e, error, shown(w));
}

/* ---- the budget ------------------------------------------------------------------------ */

static bool may_go_on(walk *w)
{
    if (w->stop)
        return false;
    w->entries++;
    time_us now = w->entries % CLOCK_EVERY == 0 || w->entries > w->budget.entries_max ? time_mono() : 0;
    if (now && now >= w->next_progress) {
        fprintf(stderr, "host-files: %lld entries, at %s\n", (long long)w->entries, shown(w));
        w->next_progress = now + SECONDS(1);
    }
    if (w->entries > w->budget.entries_max || (now && now - w->started > w->budget.time_max)) {
        w->stop = true;
        emit_lack(w->e, ST_PARTIAL, "the walk was stopped by its budget of %lld s and %lld entries, at %s",
                  (long long)(w->budget.time_max / SECONDS(1)), (long long)w->budget.entries_max, shown(w));
    }
    return !w->stop;
}

/* ---- directories -------------------------------------------------------------------------- */

static bool may_enter(walk *w, const struct stat *st)
{
    str path = buf_str(&w->path);
    if (w->only_device ? st->st_dev != w->only_device : map_get(&w->points, path) != NULL)
        return false;
    for (size_t i = 0; i < COUNT(others); i++)
        if (str_eq(path, str_of(others[i])))
            return false;
    return !str_ends(path, S("/.local/share/containers/storage")) && !str_ends(path, S("/.local/share/docker"));
}

static void walk_dir(walk *w, int fd, int depth);

static void visit(walk *w, int parent, const char *name, int depth)
{
    struct stat st;
    if (!may_go_on(w))
        return;
    if (fstatat(parent, name, &st, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT) != 0) {
        lack_here(w, errno);
        return;
    }
    bool dir = S_ISDIR(st.st_mode);
    if (dir && !may_enter(w, &st))
        return;                          /* a mount point is judged where its own filesystem is walked */
    judge(w, &st);
    if (!dir)
        return;
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | O_NOATIME);
    if (fd < 0 && errno == EPERM)
        fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        lack_here(w, errno);
    else
        walk_dir(w, fd, depth + 1);
}

/* Takes over `fd`. */
static void walk_dir(walk *w, int fd, int depth)
{
    DIR *d = fdopendir(fd);
    if (!d || depth > DEPTH_MAX || w->path.n > PATH_MAX_BYTES / 2) {
        emit_lack(w->e, ST_PARTIAL, "%s: nested too deep to be walked", shown(w));
        if (d)
            closedir(d);
        else
            close(fd);
        return;
    }
    size_t length = w->path.n;
    for (;;) {
        errno = 0;
        const struct dirent *row = w->stop ? NULL : readdir(d);
        if (!row)
            break;
        if (strcmp(row->d_name, ".") == 0 || strcmp(row->d_name, "..") == 0)
            continue;
        if (length > 1)
            buf_putc(&w->path, '/');
        buf_putz(&w->path, row->d_name);
        visit(w, dirfd(d), row->d_name, depth);
        w->path.n = length;
    }
    if (errno && !w->stop)
        lack_here(w, errno);
    closedir(d);
}

static void walk_mount(walk *w, str point)
{
    auto_arena arena *t = arena_new(1 << 20);
    struct stat       st;
    const char       *path = w->env->live ? str_z(t, point) : w->env->root;
    int               fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    buf_clear(&w->path);
    buf_puts(&w->path, point);
    if (fd < 0 || fstat(fd, &st) != 0) {
        lack_here(w, errno);
        if (fd >= 0)
            close(fd);
        return;
    }
    judge(w, &st);
    walk_dir(w, fd, 0);
}

static bool is_inside(str path, str dir)
{
    return str_eq(dir, S("/")) || str_eq(path, dir) || (str_starts(path, dir) && path.p[dir.n] == '/');
}

/* Whether another mount shows all that v[i] shows: the same place of a disk, or a wider one. */
static bool is_shown_elsewhere(const mount_list *m, size_t i)
{
    const mount *x = &m->v[i];
    for (size_t k = 0; k < m->n; k++) {
        const mount *y = &m->v[k];
        bool         wider = is_inside(x->root, y->root) && (!str_eq(x->root, y->root) || k < i);
        if (k != i && x->major == y->major && x->minor == y->minor && wider)
            return true;
    }
    return false;
}

static void walk_mounts(walk *w, const mount_list *m)
{
    for (size_t i = 0; i < m->n; i++)
        *map_put(&w->points, m->v[i].mount_point) = w;
    for (size_t i = 0; i < m->n; i++) {
        bool top = str_eq(m->v[i].mount_point, S("/"));      /* walked whatever it lies on */
        if (top || (fs_kind_of(m->v[i].fs_type, m->v[i].device) == FS_LOCAL && !is_shown_elsewhere(m, i)))
            walk_mount(w, m->v[i].mount_point);
    }
}

static void walk_machine(walk *w)
{
    str         text;
    struct stat st;
    mount_list  m = { 0 };
    size_t      bad = 0;
    int         error = env_read(w->a, w->env, "/proc/self/mountinfo", 64 << 20, &text);
    if (!error)
        mounts_parse(w->a, text, &m, &bad);
    if (bad)
        emit_lack(w->e, ST_PARTIAL, "%zu mounts could not be understood", bad);
    if (m.n) {
        walk_mounts(w, &m);
        return;
    }
    emit_lack_errno(w->e, error ? error : ENODATA, "/proc/self/mountinfo");
    w->only_device = stat("/", &st) == 0 ? st.st_dev : 0;
    walk_mount(w, S("/"));
}

/* The lowest priority for processor and disk: everything else goes first. */
static void be_polite(void)
{
    enum { WHO_PROCESS = 1, CLASS_IDLE = 3 << 13 };
    setpriority(PRIO_PROCESS, 0, 19);
    syscall(SYS_ioprio_set, WHO_PROCESS, 0, CLASS_IDLE);
}

void collect_files_within(const collect_env *env, emit *e, const walk_budget *budget)
{
    auto_arena arena *scratch = arena_new(64 << 10);
    walk w = { .env = env, .e = e, .a = env->a, .scratch = scratch, .budget = *budget, .started = time_mono() };
    emit_begin(e, relation_find(S("risky_file")));
    w.path = buf_new(w.a, PATH_MAX_BYTES);
    w.next_progress = w.started + SECONDS(1);
    w.owners = owners_new(w.a, env, e);
    w.packages = packages_new(w.a, env, e);
    w.points = map_new(w.a);
    if (env->live)
        walk_machine(&w);
    else
        walk_mount(&w, S("/"));
    emit_end(e, ST_OK);
}

void collect_host_files(const collect_env *env, emit *e)
{
    if (env->live)
        be_polite();
    collect_files_within(env, e, &(walk_budget){ .entries_max = 5000000, .time_max = MINUTES(5) });
}
