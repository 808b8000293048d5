/* What the web process gives up before it answers the first request. Three things,
 * each of which holds when another fails: the rights of root, the files
 * outside the workspace (Landlock), the system calls a web server does not make
 * (seccomp). It can run no program and become nobody else. */
#include "serve/parts.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- whose rights --------------------------------------------------------------------------- */

/* Started by root, it goes on as the owner of the workspace; root itself keeps no capability. */
static err_t drop_rights(const char *dir, fault *f)
{
    struct stat st;
    if (stat(dir, &st) != 0)
        return fail_errno(f, errno, "%s", dir);
    if (geteuid() == 0 && st.st_uid != 0 &&
        (setgroups(0, NULL) != 0 || setresgid(st.st_gid, st.st_gid, st.st_gid) != 0 || setresuid(st.st_uid, st.st_uid, st.st_uid) != 0))
        return fail_errno(f, errno, "cannot go on as the owner of %s", dir);
    struct __user_cap_header_struct head = { .version = _LINUX_CAPABILITY_VERSION_3 };
    struct __user_cap_data_struct   none[2] = { { 0 }, { 0 } };
    if (syscall(SYS_capset, &head, none) != 0)
        return fail_errno(f, errno, "cannot give up capabilities");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return fail_errno(f, errno, "cannot refuse new rights");
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)     /* what it holds goes into no core file, and to no debugger of the same user */
        return fail_errno(f, errno, "cannot refuse core files");
    return ERR_OK;
}

/* ---- which files ------------------------------------------------------------------------------- */

#define MAY_READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define MAY_ALL  ((LANDLOCK_ACCESS_FS_REFER << 1) - 1)       /* everything of ABI 2 */

static bool allow_beneath(int ruleset, const char *path, uint64_t access, uint64_t handled)
{
    struct stat st;
    auto_fd int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0)
        return errno == ENOENT || errno == EACCES;           /* what is not there needs no rule */
    if (!S_ISDIR(st.st_mode))
        access &= LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE;
    struct landlock_path_beneath_attr rule = { .allowed_access = access & handled, .parent_fd = fd };
    return syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
}

/* Shared libraries that are loaded when they are first needed, certificates of authorities, how names are looked up. */
static const char *const readable[] = {
    "/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/local/lib", "/usr/share/ca-certificates", "/usr/local/share/ca-certificates", "/etc/ssl",
    "/etc/ld.so.cache", "/etc/resolv.conf", "/run/systemd/resolve", "/etc/hosts", "/etc/host.conf", "/etc/nsswitch.conf", "/etc/gai.conf",
    "/etc/services", "/etc/localtime", "/usr/share/zoneinfo", "/etc/gnutls", "/dev/urandom", "/dev/random", "/proc/cpuinfo", "/proc/meminfo",
    "/sys/devices/system/cpu",
};

/* false: the kernel has none. */
static err_t lock_files(arena *a, const char *dir, fault *f, bool *ret_in_force)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    *ret_in_force = abi >= 1;
    if (abi < 1)
        return ERR_OK;
    struct landlock_ruleset_attr attr = { .handled_access_fs = abi >= 2 ? MAY_ALL : MAY_ALL & ~(uint64_t)LANDLOCK_ACCESS_FS_REFER };
    auto_fd int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0);
    if (ruleset < 0)
        return fail_errno(f, errno, "Landlock refuses a ruleset");
    bool ok = allow_beneath(ruleset, dir, MAY_ALL & ~(uint64_t)LANDLOCK_ACCESS_FS_EXECUTE, attr.handled_access_fs) &&
              allow_beneath(ruleset, "/dev/null", MAY_READ | LANDLOCK_ACCESS_FS_WRITE_FILE, attr.handled_access_fs);
    for (size_t i = 0; ok && i < COUNT(readable); i++)
        ok = allow_beneath(ruleset, readable[i], MAY_READ | LANDLOCK_ACCESS_FS_EXECUTE, attr.handled_access_fs);
    const char *home = getenv("HOME");   /* where libpq looks for certificates and passwords */
    for (size_t i = 0; ok && home && i < 2; i++)
        ok = allow_beneath(ruleset, str_fmt(a, "%s/%s", home, i ? ".pgpass" : ".postgresql").p, MAY_READ, attr.handled_access_fs);
    if (!ok || syscall(SYS_landlock_restrict_self, ruleset, 0) != 0)
        return fail_errno(f, errno, "Landlock refuses its rules");
    return ERR_OK;
}

/* ---- which system calls ---------------------------------------------------------------------------- */

#define SECCOMP_FUNCTIONS(X) X(seccomp_init) X(seccomp_rule_add_array) X(seccomp_load) X(seccomp_release) X(seccomp_syscall_resolve_name)
typedef struct {
#define X(name) __typeof__(name) *name;
    SECCOMP_FUNCTIONS(X)
#undef X
} seccomp_functions;

/* What may be called whatever the arguments. No bind or listen: the socket that listens was made by the supervisor. */
static const char *const calls[] = {
    "read", "readv", "pread64", "preadv", "write", "writev", "pwrite64", "pwritev", "open", "openat", "close", "close_range", "stat", "fstat",
    "lstat", "newfstatat", "statx", "lseek", "munmap", "mremap", "madvise", "brk", "msync", "mlock", "munlock",
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigtimedwait", "sigaltstack", "fcntl", "access", "faccessat", "faccessat2", "pipe",
    "pipe2", "dup", "dup2", "dup3", "poll", "ppoll", "select", "pselect6", "epoll_create", "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait",
    "eventfd2", "connect", "accept", "accept4", "sendto", "recvfrom", "sendmsg", "recvmsg", "sendmmsg", "recvmmsg",
    "shutdown", "getsockname", "getpeername", "setsockopt", "getsockopt", "exit", "exit_group", "futex", "set_robust_list", "get_robust_list", "rseq",
    "set_tid_address", "sched_getaffinity", "sched_yield", "sched_getparam", "sched_getscheduler", "getpid", "getppid", "gettid", "getuid", "geteuid",
    "getgid", "getegid", "getgroups", "uname", "getcwd", "fsync", "fdatasync", "syncfs", "ftruncate", "fallocate", "rename", "renameat", "renameat2", "unlink",
    "unlinkat", "mkdir", "mkdirat", "rmdir", "fchmod", "fchown", "umask", "getdents64", "flock", "clock_gettime", "clock_getres", "clock_nanosleep",
    "nanosleep", "gettimeofday", "time", "getrandom", "sysinfo", "getrusage", "getrlimit", "membarrier",
    "restart_syscall", "utimensat", "readlink", "readlinkat", "sendfile", "copy_file_range", "arch_prctl", "fadvise64", "statfs", "fstatfs",
};

/* What may be called with these arguments only: (argument & mask) == wanted, for each of the tests. */
typedef struct {
    const char *call;
    struct { unsigned argument; uint64_t mask, wanted; } tests[2];
    unsigned    n;
} call_rule;

enum { TYPE_MASK = 0xf, NAME_MEMORY = 0x53564d41 };       /* of socket(2); PR_SET_VMA, which newer C libraries use */
#define WHOLE UINT64_C(0xffffffff)
#define NEW_NAMESPACES (CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP)

static const call_rule rules[] = {
    /* Connections to databases, mail and providers, and pairs within the process: no raw packets, no netlink, nothing rare. */
    { "socket", { { 0, WHOLE, AF_UNIX } }, 1 },
    { "socket", { { 0, WHOLE, AF_INET }, { 1, TYPE_MASK, SOCK_STREAM } }, 2 },
    { "socket", { { 0, WHOLE, AF_INET }, { 1, TYPE_MASK, SOCK_DGRAM } }, 2 },
    { "socket", { { 0, WHOLE, AF_INET6 }, { 1, TYPE_MASK, SOCK_STREAM } }, 2 },
    { "socket", { { 0, WHOLE, AF_INET6 }, { 1, TYPE_MASK, SOCK_DGRAM } }, 2 },
    { "socketpair", { { 0, WHOLE, AF_UNIX } }, 1 },
    { "ioctl", { { 1, WHOLE, FIONBIO } }, 1 },
    { "ioctl", { { 1, WHOLE, FIONREAD } }, 1 },
    { "ioctl", { { 1, WHOLE, TCGETS } }, 1 },             /* is it a terminal? */
    { "prctl", { { 0, WHOLE, PR_SET_NAME } }, 1 },
    { "prctl", { { 0, WHOLE, NAME_MEMORY } }, 1 },
    { "prlimit64", { { 2, UINT64_MAX, 0 } }, 1 },         /* asks, and sets nothing */
    /* Threads, and no processes. */
    { "clone", { { 0, CLONE_THREAD | NEW_NAMESPACES, CLONE_THREAD } }, 1 },
    /* Memory is written or run, never both; what runs comes from a file. */
    { "mmap", { { 2, PROT_EXEC, 0 } }, 1 },
    { "mmap", { { 2, PROT_EXEC | PROT_WRITE, PROT_EXEC }, { 3, MAP_ANONYMOUS, 0 } }, 2 },
#ifdef __aarch64__
    { "mprotect", { { 2, PROT_EXEC | PROT_WRITE, PROT_EXEC } }, 1 },  /* the loader marks where jumps may land */
#endif
    { "mprotect", { { 2, PROT_EXEC, 0 } }, 1 },
};

static int add_rule(const seccomp_functions *s, scmp_filter_ctx filter, const call_rule *r)
{
    struct scmp_arg_cmp tests[COUNT(r->tests)];
    int number = s->seccomp_syscall_resolve_name(r->call);
    for (unsigned i = 0; i < r->n; i++)
        tests[i] = (struct scmp_arg_cmp){ r->tests[i].argument, SCMP_CMP_MASKED_EQ, r->tests[i].mask, r->tests[i].wanted };
    return s->seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, number, r->n, tests);
}

static int add_rules(const seccomp_functions *s, scmp_filter_ctx filter)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < COUNT(calls); i++) {
        int number = s->seccomp_syscall_resolve_name(calls[i]);
        if (number != __NR_SCMP_ERROR)   /* a call this processor does not have */
            rc = s->seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, number, 0, NULL);
    }
    for (size_t i = 0; rc == 0 && i < COUNT(rules); i++)
        rc = add_rule(s, filter, &rules[i]);
    /* What clone3 asks for cannot be seen, so that the C library is sent to clone. */
    if (rc == 0)
        rc = s->seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0, NULL);
    /* A signal to its own threads, as when it ends itself; to no other process. */
    const struct scmp_arg_cmp own = { 0, SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0 };
    return rc ? rc : s->seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, &own);
}

static err_t lock_calls(fault *f, bool *ret_in_force)
{
#define X(name) { #name, offsetof(seccomp_functions, name) },
    static const library_symbol rows[] = { SECCOMP_FUNCTIONS(X) };
#undef X
    seccomp_functions s;
    *ret_in_force = library_bind("libseccomp.so.2", rows, COUNT(rows), &s) == NULL;
    if (!*ret_in_force)
        return ERR_OK;
    scmp_filter_ctx filter = s.seccomp_init(SCMP_ACT_ERRNO(EPERM));
    int rc = filter ? add_rules(&s, filter) : -ENOMEM;
    if (rc == 0)
        rc = s.seccomp_load(filter);
    s.seccomp_release(filter);
    return rc == 0 ? ERR_OK : fail_errno(f, -rc, "seccomp refuses its rules");
}

err_t sandbox_enter(arena *a, const char *dir, fault *f, str *ret_missing)
{
    bool files, calls_in_force;
    TRY(drop_rights(dir, f));
    TRY(lock_files(a, dir, f, &files));
    TRY(lock_calls(f, &calls_in_force));
    *ret_missing = files && calls_in_force ? S("") : !files && !calls_in_force ? S("Landlock and seccomp") : files ? S("seccomp") : S("Landlock");
    return ERR_OK;
}
