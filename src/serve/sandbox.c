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
#include <sys/prctl.h>
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

#define SECCOMP_FUNCTIONS(X) X(seccomp_init) X(seccomp_rule_add) X(seccomp_load) X(seccomp_release) X(seccomp_syscall_resolve_name)
typedef struct {
#define X(name) __typeof__(name) *name;
    SECCOMP_FUNCTIONS(X)
#undef X
} seccomp_functions;

static const char *const calls[] = {
    "read", "readv", "pread64", "preadv", "write", "writev", "pwrite64", "pwritev", "open", "openat", "close", "close_range", "stat", "fstat",
    "lstat", "newfstatat", "statx", "lseek", "mmap", "munmap", "mprotect", "mremap", "madvise", "brk", "msync", "mlock", "munlock", "mincore",
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigtimedwait", "sigaltstack", "ioctl", "fcntl", "access", "faccessat", "faccessat2", "pipe",
    "pipe2", "dup", "dup2", "dup3", "poll", "ppoll", "select", "pselect6", "epoll_create", "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait",
    "eventfd2", "socket", "socketpair", "connect", "accept", "accept4", "bind", "sendto", "recvfrom", "sendmsg", "recvmsg", "sendmmsg", "recvmmsg",
    "shutdown", "getsockname", "getpeername", "setsockopt", "getsockopt", "exit", "exit_group", "futex", "set_robust_list", "get_robust_list", "rseq",
    "set_tid_address", "sched_getaffinity", "sched_yield", "sched_getparam", "sched_getscheduler", "getpid", "getppid", "gettid", "getuid", "geteuid",
    "getgid", "getegid", "getgroups", "uname", "getcwd", "fsync", "fdatasync", "ftruncate", "fallocate", "rename", "renameat", "renameat2", "unlink",
    "unlinkat", "mkdir", "mkdirat", "rmdir", "fchmod", "fchown", "umask", "getdents64", "flock", "clock_gettime", "clock_getres", "clock_nanosleep",
    "nanosleep", "gettimeofday", "time", "getrandom", "sysinfo", "getrusage", "times", "prlimit64", "getrlimit", "membarrier", "tgkill",
    "restart_syscall", "utimensat", "readlink", "readlinkat", "sendfile", "copy_file_range", "prctl", "arch_prctl", "getpriority", "setpriority",
    "fadvise64", "statfs", "fstatfs", "link", "linkat", "sched_setscheduler",
};

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
    int rc = filter ? 0 : -ENOMEM;
    for (size_t i = 0; rc == 0 && i < COUNT(calls); i++) {
        int number = s.seccomp_syscall_resolve_name(calls[i]);
        if (number != __NR_SCMP_ERROR)   /* a call this processor does not have */
            rc = s.seccomp_rule_add(filter, SCMP_ACT_ALLOW, number, 0);
    }
    /* Threads, and no processes: what clone3 asks for cannot be seen, so that the C library is sent to clone. */
    if (rc == 0)
        rc = s.seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    if (rc == 0)
        rc = s.seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
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
