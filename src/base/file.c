#include "base/base.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

void fd_close_guard_(const int *fd)
{
    int e = errno;
    if (*fd >= 0)
        close(*fd);
    errno = e;
}

ssize_t fd_read(int fd, char *p, size_t n)
{
    ssize_t got;
    do
        got = read(fd, p, n);
    while (got < 0 && errno == EINTR);
    return got;
}

static int slurp_fd(arena *a, int fd, size_t max, str *ret)
{
    buf  b = buf_new(a, max);
    char chunk[16 * 1024];
    for (;;) {
        ssize_t n = fd_read(fd, chunk, sizeof chunk);
        if (n < 0)
            return errno;
        if (n == 0)
            break;
        buf_put(&b, chunk, (size_t)n);
        if (b.overflow)
            return EFBIG;
    }
    buf_z(&b);
    *ret = (str){ b.p, b.n };
    return 0;
}

int file_slurp(arena *a, const char *path, size_t max, str *ret)
{
    auto_fd int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0)
        return errno;
    if (S_ISDIR(st.st_mode))
        return EISDIR;
    if (!S_ISREG(st.st_mode))
        return EINVAL;
    if (st.st_size > 0 && (uint64_t)st.st_size > max)
        return EFBIG;
    return slurp_fd(a, fd, max, ret);
}

err_t file_read(arena *a, const char *path, size_t max, fault *f, str *ret)
{
    int e = file_slurp(a, path, max, ret);
    if (e == EFBIG)
        return fail(f, ERR_TOO_LARGE, "%s is larger than %zu bytes", path, max);
    if (e)
        return fail_errno(f, e, "cannot read %s", path);
    return ERR_OK;
}

static int write_all(int fd, str bytes)
{
    while (bytes.n) {
        ssize_t n = write(fd, bytes.p, bytes.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno;
        bytes = str_sub(bytes, (size_t)n, bytes.n);
    }
    return 0;
}

err_t dir_sync(const char *path, fault *f)
{
    auto_fd int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0)
        return fail_errno(f, errno, "cannot sync the directory %s", path);
    return ERR_OK;
}

static err_t sync_parent(arena *a, const char *path, fault *f)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return dir_sync(".", f);
    if (slash == path)
        return dir_sync("/", f);
    return dir_sync(str_z(a, (str){ path, (size_t)(slash - path) }), f);
}

/* What root writes anew stays its owner's, who must go on reading it. */
static int keep_owner(int fd, const char *path)
{
    struct stat st;
    if (geteuid() != 0 || lstat(path, &st) != 0 || !S_ISREG(st.st_mode) || st.st_uid == 0)
        return 0;
    return fchown(fd, st.st_uid, st.st_gid) == 0 ? 0 : errno;
}

err_t file_replace(const char *path, str bytes, unsigned mode, fault *f)
{
    auto_arena arena *a = arena_new(64 << 10);
    uint8_t           nonce[8];
    random_bytes(nonce, sizeof nonce);
    str         tag = hex_of(a, nonce, sizeof nonce);
    const char *tmp = str_fmt(a, "%s." STR_FMT ".tmp", path, STR_ARG(tag)).p;
    auto_fd int fd = open(tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (fd < 0)
        return fail_errno(f, errno, "cannot create %s", tmp);
    int e = keep_owner(fd, path);
    if (!e)
        e = write_all(fd, bytes);
    if (!e && fsync(fd) != 0)
        e = errno;
    if (!e && rename(tmp, path) != 0)
        e = errno;
    if (e) {
        unlink(tmp);
        return fail_errno(f, e, "cannot write %s", path);
    }
    return sync_parent(a, path, f);
}

err_t file_put(const char *path, str bytes, unsigned mode, fault *f)
{
    struct stat st;
    if (lstat(path, &st) != 0 || S_ISREG(st.st_mode))
        return file_replace(path, bytes, mode, f);
    auto_fd int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, mode);
    int         e = fd < 0 ? errno : write_all(fd, bytes);
    return e ? fail_errno(f, e, "cannot write %s", path) : ERR_OK;
}

err_t dir_make(const char *path, unsigned mode, fault *f)
{
    auto_arena arena *a = arena_new(64 << 10);
    char             *p = str_z(a, str_of(path));
    for (char *at = p + 1;; at++) {
        if (*at != '/' && *at != '\0')
            continue;
        char keep = *at;
        *at = '\0';
        struct stat st;
        if (mkdir(p, (mode_t)mode) != 0) {
            int e = errno;
            if (stat(p, &st) != 0 || !S_ISDIR(st.st_mode))
                return fail_errno(f, e, "cannot make the directory %s", p);
        } else {
            TRY(sync_parent(a, p, f));
        }
        *at = keep;
        if (!keep)
            return ERR_OK;
    }
}

static int by_name(const void *x, const void *y)
{
    return str_cmp(*(const str *)x, *(const str *)y);
}

int dir_names(arena *a, const char *path, size_t max_n, str **ret, size_t *ret_n)
{
    DIR *d = opendir(path);
    if (!d)
        return errno;
    DA(str) names = { 0 };
    int e = 0;
    for (;;) {
        errno = 0;
        const struct dirent *row = readdir(d);
        if (!row) {
            e = errno;
            break;
        }
        if (strcmp(row->d_name, ".") == 0 || strcmp(row->d_name, "..") == 0)
            continue;
        if (names.n >= max_n) {
            e = EFBIG;
            break;
        }
        da_push(a, &names) = str_dup(a, str_of(row->d_name));
    }
    closedir(d);
    if (e)
        return e;
    if (names.n)
        qsort(names.v, names.n, sizeof *names.v, by_name);
    *ret = names.v;
    *ret_n = names.n;
    return 0;
}

err_t file_secret(arena *a, const char *path, fault *f, str *ret)
{
    enum { SECRET_MAX = 4096 };
    struct stat st;
    str         text = { 0 };
    if (stat(path, &st) != 0)
        return fail_errno(f, errno, "cannot read the secret %s", path);
    if (st.st_mode & 07)
        return fail(f, ERR_DENIED, "everybody may read the secret %s; run: chmod o= on it", path);
    TRY(file_read(a, path, SECRET_MAX, f, &text));
    *ret = str_trim(text);
    return ret->n ? ERR_OK : fail(f, ERR_INVALID, "the secret %s is empty", path);
}
