/* A file shown to clamd before it is kept, over its local socket (clamd(8): INSTREAM). */
#include "blob/blob.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

enum { PIECE_BYTES = 64 << 10, ANSWER_BYTES = 512, WAIT_SECONDS = 15 };

static const char silent[] = "the file was not looked at for malware, so it is not taken: the scanner at %s does not answer; try again";

static err_t reach(const char *path, fault *f, int *ret)
{
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    struct timeval     wait = { .tv_sec = WAIT_SECONDS };
    str                name = str_of(path);
    if (name.n >= sizeof at.sun_path)
        return fail(f, ERR_INVALID, "clamd_socket: the path is longer than a socket's may be");
    memcpy(at.sun_path, name.p, name.n);
    auto_fd int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait) != 0 || setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait) != 0 ||
        connect(fd, (struct sockaddr *)&at, sizeof at) != 0)
        return fail(f, ERR_BUSY, silent, path);
    *ret = fd_take(&fd);
    return ERR_OK;
}

static bool say(int fd, const void *p, size_t n)
{
    for (const char *at = p; n;) {
        ssize_t done = send(fd, at, n, MSG_NOSIGNAL);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        at += done;
        n -= (size_t)done;
    }
    return true;
}

/* Until the NUL that ends an answer to a z-command, or the end. */
static str hear(arena *a, int fd)
{
    char   text[ANSWER_BYTES];
    size_t n = 0;
    while (n < sizeof text) {
        ssize_t got = fd_read(fd, text + n, sizeof text - n);
        if (got <= 0)
            break;
        n += (size_t)got;
        if (text[n - 1] == '\0')
            break;
    }
    while (n && text[n - 1] == '\0')
        n--;
    return utf8_clean(a, str_trim(str_dup(a, (str){ text, n })));
}

/* "ClamAV 1.0.9/27450/..." */
static err_t version_of(arena *a, const char *path, fault *f, str *ret)
{
    static const char command[] = "zVERSION";
    auto_fd int fd = -1;
    TRY(reach(path, f, &fd));
    *ret = say(fd, command, sizeof command) ? hear(a, fd) : S("");
    return ret->n ? ERR_OK : fail(f, ERR_BUSY, silent, path);
}

static bool show(int fd, str bytes)
{
    static const char command[] = "zINSTREAM";
    uint32_t          n = 0;
    if (!say(fd, command, sizeof command))
        return false;
    for (size_t at = 0; at < bytes.n; at += PIECE_BYTES) {
        str piece = str_sub(bytes, at, at + PIECE_BYTES);
        n = htonl((uint32_t)piece.n);
        if (!say(fd, &n, sizeof n) || !say(fd, piece.p, piece.n))
            return false;
    }
    n = 0;
    return say(fd, &n, sizeof n);
}

err_t blob_scan(arena *a, const char *socket_path, str bytes, fault *f, str *ret_scanner)
{
    auto_fd int fd = -1;
    str         name = { 0 };
    TRY(version_of(a, socket_path, f, &name));
    TRY(reach(socket_path, f, &fd));
    bool shown = show(fd, bytes);        /* one that has seen enough closes, and may have said why */
    str  says = hear(a, fd);
    if (str_ends(says, S(" FOUND")))
        return fail(f, ERR_INVALID, "the file is not taken: the scanner found malware (" STR_FMT ")", STR_ARG(utf8_cut(str_sub(says, 0, says.n - 6), 200)));
    if (!shown || !str_eq(says, S("stream: OK")))
        return says.n ? fail(f, ERR_BUSY, "the file was not looked at for malware, so it is not taken; the scanner says: " STR_FMT, STR_ARG(utf8_cut(says, 200)))
                      : fail(f, ERR_BUSY, silent, socket_path);
    *ret_scanner = utf8_cut(name, 200);
    return ERR_OK;
}
