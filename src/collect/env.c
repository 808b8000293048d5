#include "collect/collector.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Follows `path` as if e->root were the top of the machine, so that a symlink
 * in another machine's tree cannot lead to this one. O_PATH: nothing is read. */
static int open_in_root(const collect_env *e, const char *path)
{
    auto_fd int     root = open(e->root, O_PATH | O_DIRECTORY | O_CLOEXEC);
    struct open_how how = { .flags = O_PATH | O_CLOEXEC, .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS };
    if (root < 0)
        return -1;
    return (int)syscall(SYS_openat2, root, path, &how, sizeof how);
}

static const char *plain(arena *a, const collect_env *e, const char *path)
{
    return str_fmt(a, "%s%s%s", e->root, path[0] == '/' ? "" : "/", path).p;
}

/* The real path behind `path` in the root, or NULL with errno. */
static const char *resolve(arena *a, const collect_env *e, const char *path)
{
    char        real[PATH_MAX];
    auto_fd int fd = open_in_root(e, path);
    if (fd < 0)
        return NULL;
    ssize_t n = readlink(str_fmt(a, "/proc/self/fd/%d", fd).p, real, sizeof real);
    if (n < 0)
        return NULL;
    return str_z(a, (str){ real, (size_t)n });
}

const char *env_path(arena *a, const collect_env *e, const char *path)
{
    if (!e->root[0])
        return path;
    const char *leaf = strrchr(path, '/');
    if (!leaf || leaf == path)
        return plain(a, e, path);
    const char *dir = resolve(a, e, str_z(a, (str){ path, (size_t)(leaf - path) }));
    return dir ? str_fmt(a, "%s%s", dir, leaf).p : plain(a, e, path);
}

int env_read(arena *a, const collect_env *e, const char *path, size_t max, str *ret)
{
    if (!e->root[0])
        return file_slurp(a, path, max, ret);
    const char *real = resolve(a, e, path);
    return real ? file_slurp(a, real, max, ret) : errno;
}

int env_names(arena *a, const collect_env *e, const char *path, str **ret, size_t *ret_n)
{
    enum { NAMES_MAX = 1000000 };
    if (!e->root[0])
        return dir_names(a, path, NAMES_MAX, ret, ret_n);
    const char *real = resolve(a, e, path);
    return real ? dir_names(a, real, NAMES_MAX, ret, ret_n) : errno;
}
