#include "collect/host/sshd_run.h"
#include "collect/spawn.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OUTPUT_MAX = 256 << 10 };

/* Reads both ends until they close; false when the deadline passes or too much comes. */
static bool drain(spawned *s, buf *out)
{
    time_us deadline = time_mono() + SECONDS(5);
    int     open_ends = 2;
    struct pollfd ends[2] = { { .fd = s->out, .events = POLLIN }, { .fd = s->err, .events = POLLIN } };
    while (open_ends) {
        time_us left = deadline - time_mono();
        int     ready = left > 0 ? poll(ends, 2, (int)(left / 1000) + 1) : 0;
        if (ready == 0 || (ready < 0 && errno != EINTR))
            return false;
        for (size_t i = 0; ready > 0 && i < COUNT(ends); i++) {
            char    chunk[4096];
            ssize_t n = ends[i].revents ? read(ends[i].fd, chunk, sizeof chunk) : -1;
            if (n > 0 && i == 0)
                buf_put(out, chunk, (size_t)n);
            if (n != 0)
                continue;
            ends[i].fd = -1;
            open_ends--;
        }
        if (out->overflow)
            return false;
    }
    return true;
}

bool sshd_run(arena *a, const collect_env *env, str *ret)
{
    static const char *const argv[] = { "/usr/sbin/sshd", "-T", NULL };
    spawn_limits limits = { .cpu_max = SECONDS(2) };
    spawned      s;
    int          status = 0;
    if (!env->live || env->root[0] || geteuid() != 0 || spawn(a, argv, &limits, &s) != 0)
        return false;
    auto_fd int out_end = s.out, err_end = s.err;
    buf  out = buf_new(a, OUTPUT_MAX);
    bool whole = drain(&s, &out);
    (void)out_end;
    (void)err_end;
    if (!whole)
        kill(-s.pid, SIGKILL);
    while (waitpid(s.pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (!whole || !WIFEXITED(status) || WEXITSTATUS(status) != 0 || out.n == 0)
        return false;
    *ret = buf_str(&out);
    return true;
}
