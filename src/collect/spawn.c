#include "collect/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
    const char         *path;
    char *const        *argv, *const *envp;
    const spawn_limits *limits;
    int                 out, err, report;     /* the child's ends */
    pid_t               parent;
} plan;

/* The hard limit stands `room` above the soft one, so that a signal that can be told comes first. */
static void limit(int what, uint64_t value, uint64_t room)
{
    struct rlimit r = { .rlim_cur = value, .rlim_max = value + room }, now;
    if (getrlimit((__rlimit_resource_t)what, &now) == 0 && now.rlim_max < r.rlim_max) {
        r.rlim_max = now.rlim_max;
        r.rlim_cur = now.rlim_max < value ? now.rlim_max : value;
    }
    setrlimit((__rlimit_resource_t)what, &r);
}

/* Runs between fork and exec, where only async-signal-safe calls are allowed. */
_Noreturn static void become(const plan *p)
{
    sigset_t         none;
    struct sigaction dfl = { .sa_handler = SIG_DFL };
    int              null = open("/dev/null", O_RDONLY);
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != p->parent)
        _exit(127);
    for (int s = 1; s < NSIG; s++)
        sigaction(s, &dfl, NULL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    bool good = null >= 0 && dup2(null, 0) == 0 && dup2(p->out, 1) == 1 && dup2(p->err, 2) == 2 &&
                close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    if (good) {
        umask(077);
        limit(RLIMIT_CORE, 0, 0);
        limit(RLIMIT_CPU, (uint64_t)(p->limits->cpu_max / SECONDS(1)) + 1, 5);
        if (p->limits->data_max)
            limit(RLIMIT_DATA, p->limits->data_max, 0);
        execve(p->path, p->argv, p->envp);
    }
    int     e = errno;
    ssize_t n = write(p->report, &e, sizeof e);
    (void)n;
    _exit(127);
}

static char *const *clean_environment(arena *a)
{
    const char *home = getenv("HOME");
    char      **envp = NEW_ARRAY(a, char *, 4);
    envp[0] = str_z(a, S("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"));
    envp[1] = str_z(a, S("LANG=C.UTF-8"));
    envp[2] = str_z(a, str_fmt(a, "HOME=%s", home ? home : "/"));
    return envp;
}

static char *const *copy_argv(arena *a, const char *const *argv)
{
    size_t n = 0;
    while (argv[n])
        n++;
    char **copy = NEW_ARRAY(a, char *, n + 1);
    for (size_t i = 0; i < n; i++)
        copy[i] = str_z(a, str_of(argv[i]));
    return copy;
}

/* errno of the exec that failed, or 0 once it succeeded and closed the pipe. */
static int exec_result(int report)
{
    int e = 0;
    while (read(report, &e, sizeof e) < 0 && errno == EINTR)
        ;
    return e;
}

int spawn(arena *a, const char *const *argv, const spawn_limits *limits, spawned *ret)
{
    int out[2], err[2], report[2];
    if (pipe2(out, O_CLOEXEC) != 0)
        return errno;
    auto_fd int out_r = out[0], out_w = out[1];
    if (pipe2(err, O_CLOEXEC) != 0)
        return errno;
    auto_fd int err_r = err[0], err_w = err[1];
    if (pipe2(report, O_CLOEXEC) != 0)
        return errno;
    auto_fd int report_r = report[0], report_w = report[1];
    plan p = { .path = argv[0], .argv = copy_argv(a, argv), .envp = clean_environment(a), .limits = limits,
               .out = out_w, .err = err_w, .report = report_w, .parent = getpid() };
    pid_t pid = fork();
    if (pid < 0)
        return errno;
    if (pid == 0)
        become(&p);
    setpgid(pid, pid);                   /* both sides do: whichever is first */
    close(fd_take(&report_w));
    int e = exec_result(report_r);
    if (e) {
        waitpid(pid, NULL, 0);
        return e;
    }
    fcntl(out_r, F_SETFL, O_NONBLOCK);
    fcntl(err_r, F_SETFL, O_NONBLOCK);
    *ret = (spawned){ .pid = pid, .out = fd_take(&out_r), .err = fd_take(&err_r) };
    return 0;
}
