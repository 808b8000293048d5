/* sandbox_peer WORKSPACE OUTSIDE - enters the sandbox of the web process and tries what somebody would who has taken
 * it over; then what the server needs. OUTSIDE: a file and a directory that anybody may read and write without the sandbox
 * are made by the caller: OUTSIDE/file. Prints one line of TAP a try. */
#include "serve/parts.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *own_dir, *outside_dir;
static char        own_path[1024], outside_path[1024], new_path[1024];
static pid_t       parent;

/* Each tries one thing: 0 when it was done, else errno. */
typedef int (*attempt)(void);

static int told(long rc) { return rc < 0 ? errno : 0; }

static int opened(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno;
    close(fd);
    return 0;
}

static int a_socket(int family, int kind, int protocol)
{
    int fd = socket(family, kind | SOCK_CLOEXEC, protocol);
    if (fd < 0)
        return errno;
    close(fd);
    return 0;
}

static int mapped(int prot)
{
    void *p = mmap(NULL, 4096, prot, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED)
        return errno;
    munmap(p, 4096);
    return 0;
}

static int read_passwd(void) { return opened("/etc/passwd", O_RDONLY); }
static int read_shadow(void) { return opened("/etc/shadow", O_RDONLY); }
static int read_memory(void) { return opened("/proc/self/mem", O_RDWR); }
static int read_environment(void) { return opened("/proc/self/environ", O_RDONLY); }
static int read_outside(void) { return opened(outside_path, O_RDONLY); }
static int write_outside(void) { return opened(outside_path, O_WRONLY); }
static int make_outside(void) { return opened(new_path, O_WRONLY | O_CREAT); }
static int remove_outside(void) { return told(unlink(outside_path)); }
static int move_outside(void) { return opened(own_path, O_RDWR | O_CREAT) ? 0 : told(rename(own_path, new_path)); }
static int list_root(void) { return opened("/", O_RDONLY | O_DIRECTORY); }

static int run_program(void)
{
    char *argv[] = { (char[]){ "true" }, NULL };
    return told(execve("/bin/true", argv, argv + 1));
}

static int run_from_descriptor(void)
{
    char *argv[] = { (char[]){ "true" }, NULL };
    int fd = open("/usr/lib/x86_64-linux-gnu/libc.so.6", O_RDONLY | O_CLOEXEC);
    long rc = syscall(SYS_execveat, fd, "", argv, argv + 1, AT_EMPTY_PATH);
    int e = errno;
    if (fd >= 0)
        close(fd);
    return rc < 0 ? e : 0;
}

static int make_process(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    if (pid > 0)
        waitpid(pid, NULL, 0);
    return told(pid);
}

static int make_namespace(void) { return told(unshare(CLONE_NEWUSER)); }
static int trace_parent(void) { return told(ptrace(PTRACE_ATTACH, parent, NULL, NULL)); }
static int kill_parent(void) { return told(kill(parent, 0)); }
static int signal_parent(void) { return told(syscall(SYS_tgkill, parent, parent, 0)); }
static int signal_self(void) { return told(syscall(SYS_tgkill, getpid(), (pid_t)syscall(SYS_gettid), 0)); }
static int become_root(void) { return told(syscall(SYS_setresuid, 0, 0, 0)); }
static int raise_limits(void) { return told(setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 })); }
static int allow_dumps(void) { return told(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)); }
static int load_module(void) { return told(syscall(SYS_init_module, "", 0, "")); }
static int watch_kernel(void) { return told(syscall(SYS_perf_event_open, NULL, 0, -1, -1, 0)); }
static int ring(void) { return told(syscall(SYS_io_uring_setup, 1, NULL)); }
static int hidden_file(void) { return told(syscall(SYS_memfd_create, "x", 0)); }
static int change_root(void) { return told(chroot(own_dir)); }
static int mount_here(void) { return told(syscall(SYS_mount, "none", own_dir, "tmpfs", 0, NULL)); }
static int type_for_terminal(void) { return told(ioctl(0, TIOCSTI, "x")); }
static int raw_socket(void) { return a_socket(AF_INET, SOCK_RAW, IPPROTO_ICMP); }
static int packet_socket(void) { return a_socket(AF_PACKET, SOCK_RAW, 0); }
static int netlink_socket(void) { return a_socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE); }
static int rare_socket(void) { return a_socket(AF_ALG, SOCK_SEQPACKET, 0); }
static int code_in_memory(void) { return mapped(PROT_READ | PROT_WRITE | PROT_EXEC); }
static int code_without_file(void) { return mapped(PROT_READ | PROT_EXEC); }

static int code_made_later(void)
{
    void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    int rc = told(mprotect(p, 4096, PROT_READ | PROT_WRITE | PROT_EXEC));
    munmap(p, 4096);
    return rc;
}

static int listen_elsewhere(void)
{
    const struct sockaddr_in any = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return 0;                        /* then this test proves nothing, and is to fail */
    int rc = told(bind(fd, (const struct sockaddr *)&any, sizeof any));
    close(fd);
    return rc;
}

/* ---- what a server needs ------------------------------------------------------------------------ */

static void *nothing(void *arg) { return arg; }

static int make_thread(void)
{
    pthread_t t;
    int rc = pthread_create(&t, NULL, nothing, NULL);
    return rc ? rc : pthread_join(t, NULL);
}

static int write_own(void) { return opened(own_path, O_RDWR | O_CREAT); }
/* The log settles what it appended with one call when there is much of it. */
static int settle_own(void)
{
    int fd = open(own_path, O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return errno;
    int rc = told(syncfs(fd));
    close(fd);
    return rc;
}

static int lock_own(void)
{
    int fd = open(own_path, O_RDWR | O_CLOEXEC);
    struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    int rc = fd < 0 ? errno : told(fcntl(fd, F_SETLK, &whole));
    if (fd >= 0)
        close(fd);
    return rc;
}
static int remove_own(void) { return told(unlink(own_path)); }
static int tcp_socket(void) { return a_socket(AF_INET, SOCK_STREAM, 0); }
static int tcp6_socket(void) { int rc = a_socket(AF_INET6, SOCK_STREAM, 0); return rc == EAFNOSUPPORT ? 0 : rc; }
static int udp_socket(void) { return a_socket(AF_INET, SOCK_DGRAM, 0); }
static int local_socket(void) { return a_socket(AF_UNIX, SOCK_STREAM, 0); }
static int read_resolver(void) { int rc = opened("/etc/hosts", O_RDONLY); return rc == ENOENT ? 0 : rc; }
static int random_numbers(void) { return opened("/dev/urandom", O_RDONLY); }
static int memory(void) { return mapped(PROT_READ | PROT_WRITE); }

typedef struct {
    const char *what;
    attempt     does;
} row;

static const row refused[] = {
    { "reads /etc/passwd", read_passwd }, { "reads /etc/shadow", read_shadow }, { "opens its own memory as a file", read_memory },
    { "reads its environment", read_environment }, { "reads a file outside the workspace", read_outside },
    { "writes a file outside the workspace", write_outside }, { "makes a file outside the workspace", make_outside },
    { "removes a file outside the workspace", remove_outside }, { "moves a file out of the workspace", move_outside },
    { "lists the root directory", list_root }, { "runs a program", run_program }, { "runs a program by its descriptor", run_from_descriptor },
    { "makes a process", make_process }, { "makes a namespace", make_namespace }, { "traces the supervisor", trace_parent },
    { "kills the supervisor", kill_parent }, { "signals a thread of the supervisor", signal_parent }, { "becomes root", become_root },
    { "sets a limit", raise_limits }, { "allows core files again", allow_dumps }, { "loads a module", load_module },
    { "counts events of the kernel", watch_kernel }, { "makes a ring of io_uring", ring }, { "makes a file without a name", hidden_file },
    { "changes its root", change_root }, { "mounts", mount_here }, { "types for the terminal", type_for_terminal },
    { "makes a raw socket", raw_socket }, { "makes a packet socket", packet_socket }, { "makes a netlink socket", netlink_socket },
    { "makes a socket of a rare kind", rare_socket }, { "makes memory that is written and run", code_in_memory },
    { "makes memory that is run and of no file", code_without_file }, { "makes written memory run", code_made_later },
    { "binds a socket of its own", listen_elsewhere },
};
static const row needed[] = {
    { "makes a file in the workspace", write_own }, { "locks it", lock_own }, { "settles all that was written", settle_own }, { "removes it", remove_own }, { "makes a thread", make_thread },
    { "makes a TCP socket", tcp_socket }, { "makes one of IPv6", tcp6_socket }, { "makes a UDP socket", udp_socket },
    { "makes a socket to this machine", local_socket }, { "reads how names are looked up", read_resolver },
    { "reads random bytes", random_numbers }, { "has memory", memory }, { "signals its own thread", signal_self },
};

static int try_all(void)
{
    int number = 0, failed = 0;
    for (size_t i = 0; i < COUNT(refused); i++) {
        int rc = refused[i].does();
        bool good = rc == EPERM || rc == EACCES || rc == EXDEV;
        failed += !good;
        printf("%s %d - it never %s%s%s\n", good ? "ok" : "not ok", ++number, refused[i].what, good ? "" : ": ", good ? "" : strerror(rc));
    }
    for (size_t i = 0; i < COUNT(needed); i++) {
        int rc = needed[i].does();
        failed += rc != 0;
        printf("%s %d - it %s%s%s\n", rc == 0 ? "ok" : "not ok", ++number, needed[i].what, rc ? ": " : "", rc ? strerror(rc) : "");
    }
    printf("1..%d\n", number);
    fflush(stdout);
    return failed ? 1 : 0;
}

/* The same without the sandbox: what is refused there must be the sandbox's doing. */
static int try_bare(void)
{
    static const row possible[] = {
        { "reads /etc/passwd", read_passwd }, { "reads a file outside the workspace", read_outside },
        { "writes a file outside the workspace", write_outside }, { "makes a process", make_process },
        { "binds a socket of its own", listen_elsewhere }, { "makes a netlink socket", netlink_socket },
        { "makes memory that is written and run", code_in_memory }, { "makes a file without a name", hidden_file },
    };
    int failed = 0;
    for (size_t i = 0; i < COUNT(possible); i++) {
        int rc = possible[i].does();
        if (rc && ++failed)
            printf("# without the sandbox, \"%s\" fails too: %s\n", possible[i].what, strerror(rc));
    }
    fflush(stdout);
    return failed;
}

static int within(arena *a)
{
    fault f = { 0 };
    str   missing;
    if (sandbox_enter(a, own_dir, &f, &missing) != ERR_OK || missing.n) {
        printf("not ok 1 - the sandbox is entered: %s" STR_FMT "\n", f.text, STR_ARG(missing));
        fflush(stdout);
        return 1;
    }
    return try_all();
}

int main(int argc, char **argv)
{
    auto_arena arena *a = arena_new(16 << 20);
    int status = 1;
    if (argc != 3)
        return 2;
    own_dir = argv[1];
    outside_dir = argv[2];
    snprintf(own_path, sizeof own_path, "%s/sandbox-test", own_dir);
    snprintf(outside_path, sizeof outside_path, "%s/file", outside_dir);
    snprintf(new_path, sizeof new_path, "%s/new", outside_dir);
    parent = getpid();
    if (try_bare())
        printf("not ok 0 - without the sandbox these can be done\n");
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0)
        _exit(within(a));
    return pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
