/* One run: the child's output through the reader, its messages to the sink,
 * its end judged. Memory does not grow with what the child writes. */
#include "collect/source.h"
#include "collect/spawn.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    ROW_LINE_MAX  = (1 << 20) + 1,       /* one more than the reader takes, so that it can tell */
    TEXT_LINE_MAX = 1024,
    CHUNK_BYTES   = 64 * 1024,
};
static const time_us GRACE = SECONDS(1);     /* for output on its way after the end */

typedef struct {
    buf  text;                           /* grows to its max; the rest of the line is dropped */
    bool any;
} line_buf;

typedef struct {
    const collect_sink *sink;
    collect_reader     *reader;
    arena              *scratch;
    spawned             child;
    line_buf            row, message;
    str                 last_message;    /* in message_bytes */
    char                message_bytes[TEXT_LINE_MAX * 4];
    time_us             deadline, ended_at;
    bool                ended, timed_out, left_behind;
} session;

/* ---- lines ------------------------------------------------------------- */

static void line_add(line_buf *l, str part)
{
    buf_puts(&l->text, str_sub(part, 0, l->text.max - l->text.n));
    l->any = true;
}

static str line_take(line_buf *l)
{
    str s = buf_str(&l->text);
    buf_clear(&l->text);
    l->any = false;
    return s.p ? s : S("");
}

/* What a collector says goes to a terminal: no control characters. */
static void on_message(session *s, str line)
{
    arena_reset(s->scratch);
    char *p = str_z(s->scratch, utf8_clean(s->scratch, str_sub(line, 0, TEXT_LINE_MAX)));
    for (char *c = p; *c; c++) {
        unsigned char u = (unsigned char)*c, next = (unsigned char)c[1];
        if (u < 0x20 || u == 0x7f)
            *c = ' ';
        else if (u == 0xc2 && next >= 0x80 && next < 0xa0)
            c[0] = c[1] = ' ';
    }
    str text = str_trim(str_of(p));
    if (text.n == 0)
        return;
    memcpy(s->message_bytes, text.p, text.n);
    s->last_message = (str){ s->message_bytes, text.n };
    if (s->sink->progress)
        s->sink->progress(s->sink->arg, text);
}

static err_t on_line(session *s, bool row, str line, fault *f)
{
    if (row)
        return collect_reader_line(s->reader, line, f);
    on_message(s, line);
    return ERR_OK;
}

static err_t on_bytes(session *s, bool row, str bytes, fault *f)
{
    line_buf *l = row ? &s->row : &s->message;
    for (;;) {
        const char *lf = bytes.n ? memchr(bytes.p, '\n', bytes.n) : NULL;
        if (!lf)
            break;
        size_t n = (size_t)(lf - bytes.p);
        str    line = str_sub(bytes, 0, n);
        if (l->any) {
            line_add(l, line);
            line = line_take(l);
        }
        TRY(on_line(s, row, line, f));
        bytes = str_sub(bytes, n + 1, bytes.n);
    }
    if (bytes.n)
        line_add(l, bytes);
    return ERR_OK;
}

/* Reads what one of the two pipes holds; at its end *fd becomes -1. */
static err_t on_readable(session *s, bool row, fault *f)
{
    char    chunk[CHUNK_BYTES - 1024];
    int    *fd = row ? &s->child.out : &s->child.err;
    ssize_t n = read(*fd, chunk, sizeof chunk);
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return ERR_OK;
    if (n > 0)
        return on_bytes(s, row, (str){ chunk, (size_t)n }, f);
    close(*fd);
    *fd = -1;
    line_buf *l = row ? &s->row : &s->message;
    return l->any ? on_line(s, row, line_take(l), f) : ERR_OK;
}

/* ---- the child's life ---------------------------------------------------- */

/* Looks without reaping: until it is reaped its group's number is not reused. */
static bool has_ended(pid_t pid)
{
    siginfo_t si = { 0 };
    return waitid(P_PID, (id_t)pid, &si, WEXITED | WNOHANG | WNOWAIT) != 0 || si.si_pid == pid;
}

static bool watch_child(session *s)
{
    time_us now = time_mono();
    if (!s->ended && has_ended(s->child.pid)) {
        s->ended = true;
        s->ended_at = now;
    }
    if (s->ended && s->child.out < 0 && s->child.err < 0)
        return false;
    if (s->ended && now > s->ended_at + GRACE) {
        s->left_behind = s->child.out >= 0;
        return false;
    }
    if (!s->timed_out && now > s->deadline) {
        s->timed_out = true;
        kill(-s->child.pid, SIGKILL);
    }
    return !s->timed_out || now < s->deadline + 5 * GRACE;
}

static err_t pump(session *s, fault *f)
{
    while (watch_child(s)) {
        struct pollfd fds[2] = { { .fd = s->child.out, .events = POLLIN }, { .fd = s->child.err, .events = POLLIN } };
        bool          closed = s->child.out < 0 && s->child.err < 0;
        if (poll(fds, 2, closed ? 1 : 50) < 0 && errno != EINTR)
            return fail_errno(f, errno, "cannot wait for a collector");
        if (fds[1].revents)
            TRY(on_readable(s, false, f));
        if (fds[0].revents)
            TRY(on_readable(s, true, f));
    }
    return ERR_OK;
}

/* Ends the whole group and returns the wait status; -1 when it will not die. */
static int reap(session *s)
{
    int status = -1;
    kill(-s->child.pid, SIGKILL);
    for (int i = 0; i < 500; i++) {
        pid_t got = waitpid(s->child.pid, &status, WNOHANG);
        if (got == s->child.pid || (got < 0 && errno != EINTR))
            break;
        poll(NULL, 0, 10);
    }
    if (s->child.out >= 0)
        close(s->child.out);
    if (s->child.err >= 0)
        close(s->child.err);
    return status;
}

/* Why the run did not end well, or the empty str. */
static str judge(arena *a, const session *s, int status, time_us time_max)
{
    str span = time_span(a, time_max);
    str said = s->last_message.n ? str_fmt(a, "; it said: " STR_FMT, STR_ARG(s->last_message)) : S("");
    if (s->timed_out)
        return str_fmt(a, "stopped: it took longer than " STR_FMT, STR_ARG(span));
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        return str_fmt(a, "stopped: it used more than " STR_FMT " of processor time", STR_ARG(span));
    if (WIFSIGNALED(status)) {
        const char *name = sigabbrev_np(WTERMSIG(status));
        return str_fmt(a, "it was killed by SIG%s" STR_FMT, name ? name : "?", STR_ARG(said));
    }
    if (WEXITSTATUS(status) != 0)
        return str_fmt(a, "it ended with status %d" STR_FMT, WEXITSTATUS(status), STR_ARG(said));
    if (s->left_behind)
        return S("it ended but left a process behind that held its output");
    return (str){ 0 };
}

static err_t run_child(arena *a, const char *const *argv, const char *const *promised, const spawn_limits *limits,
                       const collect_sink *sink, fault *f, collect_outcome *ret)
{
    auto_arena arena *own = arena_new(64 << 20), *scratch = arena_new(1 << 20);
    session *s = NEW(own, session);
    *s = (session){ .sink = sink, .reader = collect_reader_new(own, sink, promised), .scratch = scratch,
                    .row = { .text = buf_new(own, ROW_LINE_MAX) }, .message = { .text = buf_new(own, TEXT_LINE_MAX) } };
    time_us started = time_now();
    str     why = { 0 };
    int     e = spawn(own, argv, limits, &s->child);
    if (e) {
        why = str_fmt(a, "cannot start %s: %s", argv[0], strerrordesc_np(e));
    } else {
        s->deadline = time_mono() + limits->cpu_max;
        err_t stop = pump(s, f);
        int   status = reap(s);
        TRY(stop);
        why = judge(a, s, status, limits->cpu_max);
    }
    collect_outcome o;
    TRY(collect_reader_end(s->reader, why, f, &o));
    o.started_at = started;
    o.ended_at = time_now();
    o.reason = str_dup(a, o.reason);
    *ret = o;
    return ERR_OK;
}

static spawn_limits limits_of(const collect_options *o)
{
    return (spawn_limits){ .cpu_max = o && o->time_max > 0 ? o->time_max : MINUTES(10),
                           .data_max = o && o->memory_max ? o->memory_max : (size_t)512 << 20 };
}

err_t collect_run(arena *a, const collect_source *s, const collect_options *o, const collect_sink *sink,
                  fault *f, collect_outcome *ret)
{
    const char  *argv[8] = { "/proc/self/exe", "--collector", s->name };
    size_t       n = 3;
    spawn_limits limits = limits_of(o);
#ifdef __SANITIZE_ADDRESS__
    limits.data_max = 0;                 /* its shadow memory counts as data */
#endif
    if (o && o->argument) {
        argv[n++] = "--argument";
        argv[n++] = o->argument;
    }
    if (o && o->system) {
        argv[n++] = "--system";
        argv[n++] = o->system;
    }
    return run_child(a, argv, s->relations, &limits, sink, f, ret);
}

err_t collect_exec(arena *a, const char *const *argv, const collect_options *o, const collect_sink *sink,
                   fault *f, collect_outcome *ret)
{
    spawn_limits limits = limits_of(o);
    return run_child(a, argv, NULL, &limits, sink, f, ret);
}
