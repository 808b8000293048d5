/* The supervisor: listens, starts the web process and starts it again, runs the jobs. It
 * reads nothing from the network. */
#include "serve/parts.h"

#include "serve/errand.h"
#include "serve/jobs.h"

#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
    const serve_options *o;
    arena      *a;
    workspace  *ws;           /* for its settings */
    web_process web;
    jobs        jobs;
    errands_todo errands;
    char        jobs_told[JOB_SOURCE_BYTES + 100];     /* what the web process knows of the jobs */
    size_t      jobs_told_n;
    int         control_fd, signal_fd;
    pid_t       pid;          /* of the web process */
    time_us     started_at;
    int         quick_ends;   /* how often it ended soon after it began */
    bool        stopping, ended;
    bool        answered;     /* a web process has come so far as to answer */
    int         status;
} supervisor;

/* Finishes what a crash or an older version left, while no request waits. */
static err_t bring_up(arena *a, const char *dir, fault *f)
{
    workspace *ws;
    TRY(workspace_open(a, dir, OPEN_WRITE, f, &ws));
    workspace_close(ws);
    return ERR_OK;
}

/* ---- the web process -------------------------------------------------------------------------- */

static err_t start_web(supervisor *s, fault *f)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return fail_errno(f, errno, "no socket between the processes can be made");
    (void)fflush(stdout);
    pid_t pid = fork();
    if (pid < 0) {
        close(pair[0]);
        close(pair[1]);
        return fail_errno(f, errno, "the web process cannot be started");
    }
    if (pid == 0) {
        sigset_t none;
        sigemptyset(&none);
        close(pair[0]);
        close(s->signal_fd);
        config_unpin();                  /* it shows what stands there, and runs none of it */
        s->web.control_fd = pair[1];
        int status = web_process_run(&s->web);
        (void)sigprocmask(SIG_SETMASK, &none, NULL);
        _exit(status);
    }
    close(pair[1]);
    s->control_fd = pair[0];
    s->errands.n_waiting = 0;            /* whoever asked is gone, */
    s->errands.head[0] = '\0';           /* and hears of nothing that is under way */
    s->jobs_told_n = 0;
    s->pid = pid;
    s->started_at = time_mono();
    s->jobs_told_n = 0;                  /* it knows nothing yet */
    return ERR_OK;
}

static void tell_web(supervisor *s, str message) { (void)!send(s->control_fd, message.p, message.n, MSG_NOSIGNAL); }

static err_t read_certificate(const supervisor *s, arena *a, const workspace *ws, fault *f, certificate *ret)
{
    return certificate_read(a, s->o->dir, workspace_setting(ws, "tls_certificate", 0), workspace_setting(ws, "tls_key", 0), &s->web.at,
                            workspace_setting(ws, "public_url", 0), f, ret);
}

/* As the config says by now. */
static err_t read_again(const supervisor *s, arena *a, fault *f, certificate *ret)
{
    workspace *ws;
    if (!s->web.tls)
        return ERR_OK;
    TRY(workspace_open(a, s->o->dir, OPEN_READ, f, &ws));
    err_t e = read_certificate(s, a, ws, f, ret);
    workspace_close(ws);
    return e;
}

static void reload(supervisor *s)
{
    auto_arena arena *a = arena_new(4 << 20);
    certificate       fresh = { 0 };
    fault             f = { 0 }, pinning = { 0 };
    config_unpin();
    if (config_pin(s->o->dir, &pinning) != ERR_OK)
        (void)fprintf(stderr, "attest: %s\n", pinning.text);
    if (read_again(s, a, &f, &fresh) != ERR_OK)
        (void)fprintf(stderr, "attest: the certificate stays as it was: %s\n", f.text);
    tell_web(s, str_fmt(a, "reload %zu %zu " STR_FMT STR_FMT, fresh.cert.n, fresh.key.n, STR_ARG(fresh.cert), STR_ARG(fresh.key)));
}

/* It ended by itself, and is started again. Who has answered before does so however often it ends, since what ended it may be
 * somebody's request; one that never came to answering is given up. */
static err_t web_ended(supervisor *s, int status, fault *f)
{
    enum { QUICK_MAX = 5, TENTHS_MAX = 20 };
    close(s->control_fd);
    s->control_fd = -1;
    s->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    s->ended = s->stopping;
    if (s->stopping)
        return ERR_OK;
    s->quick_ends = time_mono() - s->started_at < SECONDS(10) ? s->quick_ends + 1 : 0;
    if (!s->answered && WIFEXITED(status) && s->status >= 2 && s->status < 70)
        return fail(f, ERR_INTERNAL, "the web process could not begin; it said why");
    if (!s->answered && s->quick_ends >= QUICK_MAX)
        return fail(f, ERR_INTERNAL, "the web process ended %d times within seconds (status %d)", s->quick_ends, s->status);
    (void)fprintf(stderr, "attest: the web process ended (status %d) and is started again\n", s->status);
    int tenths = s->quick_ends > 1 ? 2 * s->quick_ends : 0;
    nanosleep(&(struct timespec){ .tv_sec = tenths >= TENTHS_MAX ? 2 : 0, .tv_nsec = tenths >= TENTHS_MAX ? 0 : 100000000L * tenths }, NULL);
    return start_web(s, f);
}

static void tell_job(const jobs *j)
{
    if (j->failed)
        (void)fprintf(stderr, "attest: attest %s ended with status %d\n", job_names[j->what], j->failed);
    if (j->tampered)
        (void)fprintf(stderr, "attest: the history was changed behind the program's back; see: attest verify\n");
}

/* ---- what the supervisor hears ------------------------------------------------------------------- */

/* A source that was added is looked at once, so that who added it sees what it gives. */
static void errand_ended(supervisor *s, pid_t pid)
{
    auto_arena arena *a = arena_new(64 << 10);
    str               told, source;
    bool              changed;
    if (!errands_ended(&s->errands, a, pid, &told, &source, &changed))
        return;
    if (changed)
        tell_web(s, S("reload"));        /* which is done before who asked hears of it */
    tell_web(s, told);
    jobs_ask_source(&s->jobs, source);
}

static err_t hear_signal(supervisor *s, fault *f)
{
    struct signalfd_siginfo si;
    if (read(s->signal_fd, &si, sizeof si) != sizeof si)
        return ERR_OK;
    if (si.ssi_signo == SIGHUP)
        reload(s);
    if (si.ssi_signo == SIGTERM || si.ssi_signo == SIGINT) {
        s->stopping = true;
        tell_web(s, S("stop"));
    }
    int   status;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
        if (pid == s->pid)
            TRY(web_ended(s, status, f));
        else if (jobs_ended(&s->jobs, pid, status))
            tell_job(&s->jobs);
        else
            errand_ended(s, pid);
    }
    return ERR_OK;
}

static void hear_web(supervisor *s)
{
    char    text[ERRAND_MAX_BYTES + 1];
    ssize_t n = recv(s->control_fd, text, sizeof text, MSG_DONTWAIT);
    str     message = { text, n > 0 ? (size_t)n : 0 };
    if (str_eq(message, S("ready")))
        s->answered = true;
    else if (str_starts(message, S("errand ")))
        errands_ask(&s->errands, message);
    else if (message.n)
        jobs_ask(&s->jobs, message);
}

/* When jobs run next, and what runs now, whenever that changes. */
static void tell_jobs(supervisor *s)
{
    char    text[JOB_SOURCE_BYTES + 100];
    time_us next = s->jobs.every ? (time_now() + s->jobs.next_round - time_mono()) / SECONDS(10) * SECONDS(10) : 0;
    int     n = s->jobs.running ? snprintf(text, sizeof text, "jobs %lld\n%s%s%.*s", (long long)next, job_names[s->jobs.what], s->jobs.of.n ? " " : "",
                                           (int)s->jobs.of.n, s->jobs.of.id)
                                : snprintf(text, sizeof text, "jobs %lld\n", (long long)next);
    str     now = { text, (size_t)n };
    if (str_eq(now, (str){ s->jobs_told, s->jobs_told_n }))
        return;
    memcpy(s->jobs_told, text, now.n);
    s->jobs_told_n = now.n;
    tell_web(s, now);
}

static err_t supervise(supervisor *s, fault *f)
{
    while (!s->ended) {
        struct pollfd fds[] = { { .fd = s->signal_fd, .events = POLLIN }, { .fd = s->control_fd, .events = POLLIN } };
        jobs_clock(&s->jobs, time_mono());
        if (!s->stopping)
            TRY(jobs_start_next(&s->jobs, f));
        if (!s->stopping)
            TRY(errands_start_next(&s->errands, f));
        tell_jobs(s);
        if (poll(fds, COUNT(fds), 1000) < 0 && errno != EINTR)
            return fail_errno(f, errno, "poll");
        if (fds[1].revents & POLLIN)
            hear_web(s);
        else if (fds[1].revents)
            nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);      /* its end is told by a signal soon */
        if (fds[0].revents)
            TRY(hear_signal(s, f));
    }
    return ERR_OK;
}

/* ---- beginning -------------------------------------------------------------------------------------- */

static err_t settings(supervisor *s, fault *f)
{
    const serve_options *o = s->o;
    str     listen = o->listen.n ? o->listen : workspace_setting(s->ws, "listen", 0), every = workspace_setting(s->ws, "collect_every", 0);
    time_us span = HOURS(1);
    TRY(place_parse(listen, f, &s->web.at));
    if (every.n && !str_eq(every, S("off")) && (!span_parse(every, &span) || span < MINUTES(1)))
        return fail(f, ERR_INVALID, "collect_every: \"" STR_FMT "\" is no span of at least a minute, as 1h or 15m, nor off", STR_ARG(utf8_cut(every, 40)));
    s->jobs.every = str_eq(every, S("off")) ? 0 : span;
    s->jobs.next_round = time_mono() + span;
    s->web.tls = o->tls || (!s->web.at.loopback && !o->plain);
    s->web.trusted_proxy = workspace_setting(s->ws, "trusted_proxy", 0);
    return ERR_OK;
}

/* Temporary files of the store stand in the workspace: the web process sees no other directory. */
static err_t scratch_directory(supervisor *s, fault *f)
{
    const char *dir = str_fmt(s->a, "%s/tmp", s->o->dir).p;
    struct stat st;
    TRY(dir_make(dir, 0700, f));
    if (geteuid() == 0 && stat(s->o->dir, &st) == 0 && chown(dir, st.st_uid, st.st_gid) != 0)
        return fail_errno(f, errno, "%s", dir);
    return setenv("SQLITE_TMPDIR", dir, 1) == 0 ? ERR_OK : fail_errno(f, errno, "SQLITE_TMPDIR");
}

static err_t signals(supervisor *s, fault *f)
{
    static const int heard[] = { SIGTERM, SIGINT, SIGHUP, SIGCHLD };
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < COUNT(heard); i++)
        sigaddset(&set, heard[i]);
    if (sigprocmask(SIG_BLOCK, &set, NULL) != 0)
        return fail_errno(f, errno, "signals cannot be held");
    s->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    return s->signal_fd >= 0 ? ERR_OK : fail_errno(f, errno, "signalfd");
}

static err_t begin(supervisor *s, fault *f)
{
    char program[4096];
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    TRY(bring_up(s->a, s->o->dir, f));
    TRY(workspace_open(s->a, s->o->dir, OPEN_READ, f, &s->ws));
    TRY(config_pin(s->o->dir, f));
    TRY(settings(s, f));
    TRY(scratch_directory(s, f));
    if (s->web.tls)
        TRY(read_certificate(s, s->a, s->ws, f, &s->web.cert));
    workspace_close(s->ws);              /* settings stay; a process is better forked without a database open */
    if (n <= 0)
        return fail_errno(f, errno, "cannot tell where this program stands");
    s->jobs.a = s->a;
    s->jobs.program = str_dup(s->a, (str){ program, (size_t)n }).p;
    s->jobs.dir = s->errands.dir = s->o->dir;
    TRY(place_listen(&s->web.at, f, &s->web.listen_fd));
    TRY(signals(s, f));
    (void)malloc_trim(0);                /* what the check of the whole store needed is not carried into both processes */
    return start_web(s, f);
}

err_t serve_run(const serve_options *o, fault *f)
{
    auto_arena arena *a = arena_new(64 << 20);
    supervisor       *s = NEW(a, supervisor);
    *s = (supervisor){ .o = o, .a = a, .web = { .o = o, .dir = o->dir, .listen_fd = -1 }, .control_fd = -1, .signal_fd = -1 };
    err_t e = begin(s, f);
    if (e == ERR_OK)
        e = supervise(s, f);
    jobs_stop(&s->jobs);
    if (s->web.listen_fd >= 0)
        close(s->web.listen_fd);
    if (s->signal_fd >= 0)
        close(s->signal_fd);
    if (s->control_fd >= 0)
        close(s->control_fd);
    return e;
}
