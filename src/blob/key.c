/* The key files are sealed with: one line of text that only its owner may read. */
#include "blob/parts.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char prefix[] = "attest-blob-key-1 ";

enum { KEY_TEXT_BYTES = sizeof prefix - 1 + 64 + 1 };

static void key_of_bytes(const uint8_t bytes[32], blob_key *ret)
{
    static const char what[] = "attest blob key id";
    auto_hasher hasher *h = hasher_new();
    hash32              id = hmac_sha256(h, bytes, 32, what, sizeof what - 1);
    memcpy(ret->b, bytes, 32);
    memcpy(ret->id, id.b, sizeof ret->id);
}

/* Whoever reads the key can read every file of evidence. */
static err_t check_private(int fd, const char *path, fault *f)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return fail_errno(f, errno, "cannot look at the key file %s", path);
    if (!S_ISREG(st.st_mode))
        return fail(f, ERR_INVALID, "the key file %s is not a regular file", path);
    if (st.st_mode & 077)
        return fail(f, ERR_DENIED, "the key file %s can be read by others (mode %04o); if nobody has copied it, run: chmod 600 %s", path,
                    (unsigned)(st.st_mode & 07777), path);
    return ERR_OK;
}

static err_t read_key(const char *path, fault *f, blob_key *ret)
{
    char        text[KEY_TEXT_BYTES + 1];
    uint8_t     bytes[32];
    auto_fd int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? ERR_NOT_FOUND : fail_errno(f, errno, "cannot open the key file %s", path);
    TRY(check_private(fd, path, f));
    ssize_t n = fd_read(fd, text, sizeof text);
    if (n < 0)
        return fail_errno(f, errno, "cannot read the key file %s", path);
    str line = { text, (size_t)n };
    bool good = n == KEY_TEXT_BYTES && str_starts(line, str_of(prefix)) && text[n - 1] == '\n' &&
                hex_parse(str_sub(line, sizeof prefix - 1, (size_t)n - 1), bytes, sizeof bytes);
    if (good)
        key_of_bytes(bytes, ret);
    explicit_bzero(text, sizeof text);
    explicit_bzero(bytes, sizeof bytes);
    return good ? ERR_OK : fail(f, ERR_INVALID, "%s is no key of evidence", path);
}

static err_t write_all_and_sync(int fd, str text)
{
    ssize_t n = write(fd, text.p, text.n);
    if (n >= 0 && (size_t)n < text.n)
        errno = ENOSPC;
    return n == (ssize_t)text.n && fsync(fd) == 0 ? ERR_OK : ERR_IO;
}

/* Two that make it at once end up with one key: the second takes the first's. */
static err_t make_key(arena *a, const char *path, fault *f)
{
    uint8_t  bytes[32], nonce[8];
    random_bytes(bytes, sizeof bytes);
    random_bytes(nonce, sizeof nonce);
    str         text = str_fmt(a, "%s" STR_FMT "\n", prefix, STR_ARG(hex_of(a, bytes, sizeof bytes)));
    const char *tmp = str_fmt(a, "%s." STR_FMT ".tmp", path, STR_ARG(hex_of(a, nonce, sizeof nonce))).p;
    auto_fd int fd = open(tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return fail_errno(f, errno, "cannot create the key file %s", path);
    bool good = write_all_and_sync(fd, text) == ERR_OK;
    if (good && renameat2(AT_FDCWD, tmp, AT_FDCWD, path, RENAME_NOREPLACE) != 0) {
        good = (errno == EINVAL && link(tmp, path) == 0) || errno == EEXIST;
        int kept = errno;
        unlink(tmp);
        errno = kept;
    }
    if (!good)
        return fail_errno(f, errno, "cannot create the key file %s", path);
    const char *slash = strrchr(path, '/');
    return dir_sync(slash ? str_z(a, (str){ path, (size_t)(slash - path) }) : ".", f);
}

err_t key_load(arena *a, const char *path, bool make, fault *f, blob_key *ret)
{
    err_t e = read_key(path, f, ret);
    if (e != ERR_NOT_FOUND)
        return e;
    if (!make)
        return fail(f, ERR_NOT_FOUND, "the key file %s is missing; without it no file of evidence can be read. Restore it from a backup", path);
    TRY(make_key(a, path, f));
    e = read_key(path, f, ret);
    return e == ERR_NOT_FOUND ? fail(f, ERR_IO, "the key file %s vanished", path) : e;
}
