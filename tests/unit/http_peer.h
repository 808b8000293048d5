/* tests/unit/http_peer.h - a server in this process and a client that writes bytes as they are. */
#ifndef HTTP_PEER_H
#define HTTP_PEER_H

#include "test.h"

#include "http/http.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

/* Connects to the server's port on loopback; dies when it cannot. */
static inline int peer_connect(uint16_t port)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0);
    assert_int_equal(connect(fd, (const struct sockaddr *)&at, sizeof at), 0);
    return fd;
}

static inline void peer_say(int fd, str bytes)
{
    while (bytes.n) {
        ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
        if (n <= 0)
            return;            /* closed by the server: what it said is still to be read */
        bytes = str_sub(bytes, (size_t)n, bytes.n);
    }
}

/* The value of a header of an answer; .p NULL: it is not there. */
static inline str peer_header(str answer, const char *name)
{
    str line, rest = answer, wanted = str_of(name);
    while (str_line(&rest, &line) && line.n)
        if (line.n > wanted.n && line.p[wanted.n] == ':' && strncasecmp(line.p, wanted.p, wanted.n) == 0)
            return str_trim(str_sub(line, wanted.n + 1, line.n));
    return (str){ 0 };
}

/* Reads one answer: its head and as many bytes as it tells (none after HEAD). Empty: closed without one. */
static inline str peer_hear(arena *a, int fd, bool head_only)
{
    buf  b = buf_new(a, 8 << 20);
    char piece[4096];
    for (;;) {
        size_t      want = 1;          /* so that an answer which follows at once stays for the next call */
        const char *end = b.n ? memmem(b.p, b.n, "\r\n\r\n", 4) : NULL;
        if (end) {
            int64_t length = 0;
            str     text = peer_header(buf_str(&b), "content-length");
            size_t  head = (size_t)(end - b.p) + 4;
            if (!text.p || head_only || (parse_int(text, 0, 8 << 20, &length) && b.n >= head + (size_t)length))
                return buf_str(&b);
            want = head + (size_t)length - b.n;
        }
        struct pollfd p = { .fd = fd, .events = POLLIN };
        if (poll(&p, 1, 10000) <= 0)
            fail_msg("the server says nothing for 10 s after: " STR_FMT, STR_ARG(buf_str(&b)));
        ssize_t n = recv(fd, piece, want < sizeof piece ? want : sizeof piece, 0);
        if (n <= 0)
            return buf_str(&b);
        buf_put(&b, piece, (size_t)n);
    }
}

static inline int peer_status(str answer)
{
    int64_t n;
    return answer.n >= 12 && str_starts(answer, S("HTTP/1.1 ")) && parse_int(str_sub(answer, 9, 12), 100, 599, &n) ? (int)n : 0;
}

static inline str peer_body(str answer)
{
    const char *end = answer.n ? memmem(answer.p, answer.n, "\r\n\r\n", 4) : NULL;
    return end ? str_sub(answer, (size_t)(end - answer.p) + 4, answer.n) : S("");
}

/* The server closes; what it still says before is thrown away (libmicrohttpd repeats the head of some refusals of its own). */
static inline bool peer_closed(int fd)
{
    char          piece[4096];
    struct pollfd p = { .fd = fd, .events = POLLIN };
    while (poll(&p, 1, 10000) == 1)
        if (recv(fd, piece, sizeof piece, 0) <= 0)
            return true;
    return false;
}

#endif
