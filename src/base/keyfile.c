/* Keys kept in files: one line of text that only its owner may read. */
#include "base/base.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 128, KEY_BYTES = 32 };

/* Whoever reads the key has what it protects. */
err_t key_file_private(int fd, const char *path, fault *f)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return fail_errno(f, errno, "cannot look at the key file %s", path);
    if (!S_ISREG(st.st_mode))
        return fail(f, ERR_INVALID, "the key file %s is not a regular file", path);
    if (st.st_mode & 077)
        return fail(f, ERR_DENIED, "the key file %s can be read by others (mode %04o); if nobody has copied it, run: chmod 600 %s", path,
                    (unsigned)(st.st_mode & 07777), path);
    if (st.st_uid != geteuid() && geteuid() != 0)
        return fail(f, ERR_DENIED, "the key file %s belongs to another user (uid %u)", path, (unsigned)st.st_uid);
    return ERR_OK;
}

static bool key_of(str line, str prefix, uint8_t ret[KEY_BYTES])
{
    return line.n == prefix.n + 2 * KEY_BYTES + 1 && str_starts(line, prefix) && line.p[line.n - 1] == '\n' &&
           hex_parse(str_sub(line, prefix.n, line.n - 1), ret, KEY_BYTES);
}

err_t key_file_read(const char *path, const char *prefix, fault *f, uint8_t ret[KEY_BYTES])
{
    char        text[LINE_MAX_BYTES];
    uint8_t     key[KEY_BYTES];
    auto_fd int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? ERR_NOT_FOUND : fail_errno(f, errno, "cannot open the key file %s", path);
    TRY(key_file_private(fd, path, f));
    ssize_t n = fd_read(fd, text, sizeof text);
    if (n < 0)
        return fail_errno(f, errno, "cannot read the key file %s", path);
    bool good = key_of((str){ text, (size_t)n }, str_of(prefix), key);
    if (good)
        memcpy(ret, key, sizeof key);
    OPENSSL_cleanse(text, sizeof text);
    OPENSSL_cleanse(key, sizeof key);
    return good ? ERR_OK : fail(f, ERR_INVALID, "%s is not the key it should be; restore it from a backup", path);
}

static bool write_and_sync(int fd, const char *text, size_t n)
{
    ssize_t done = write(fd, text, n);
    if (done >= 0 && (size_t)done < n)
        errno = ENOSPC;
    return done == (ssize_t)n && fsync(fd) == 0;
}

static size_t key_line(const char *prefix, char line[LINE_MAX_BYTES])
{
    auto_arena arena *a = arena_new(4096);
    uint8_t           key[KEY_BYTES];
    random_bytes(key, sizeof key);
    str hex = hex_of(a, key, sizeof key);
    int n = snprintf(line, LINE_MAX_BYTES, "%s" STR_FMT "\n", prefix, STR_ARG(hex));
    OPENSSL_cleanse((void *)(uintptr_t)hex.p, hex.n);
    OPENSSL_cleanse(key, sizeof key);
    assert(n > 0 && n < LINE_MAX_BYTES);
    return (size_t)n;
}

err_t key_file_make(const char *path, const char *prefix, fault *f)
{
    auto_arena arena *a = arena_new(1 << 16);
    char              line[LINE_MAX_BYTES];
    uint8_t           nonce[8];
    random_bytes(nonce, sizeof nonce);
    const char *tmp = str_fmt(a, "%s." STR_FMT ".tmp", path, STR_ARG(hex_of(a, nonce, sizeof nonce))).p;
    auto_fd int fd = open(tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return fail_errno(f, errno, "cannot create the key file %s", path);
    size_t n = key_line(prefix, line);
    /* A file system without links says EPERM; a rename that replaces nothing does the same there. */
    bool good = write_and_sync(fd, line, n) &&
                (link(tmp, path) == 0 || errno == EEXIST || renameat2(AT_FDCWD, tmp, AT_FDCWD, path, RENAME_NOREPLACE) == 0 || errno == EEXIST);
    int kept = errno;
    (void)unlink(tmp);
    OPENSSL_cleanse(line, sizeof line);
    if (!good)
        return fail_errno(f, kept, "cannot create the key file %s", path);
    const char *slash = strrchr(path, '/');
    return dir_sync(slash ? str_z(a, (str){ path, (size_t)(slash - path) }) : ".", f);
}
