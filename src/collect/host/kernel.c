/* What the running kernel does to protect itself, from /sys and /proc. */
#include "collect/host/state.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool word_in(str list, const char *word)
{
    while (list.p && list.n)
        if (str_eq(str_trim(str_cut(&list, ',')), str_of(word)))
            return true;
    return false;
}

/* The choice in brackets of "none [integrity] confidentiality". */
static str chosen(str s)
{
    const char *from = s.n ? memchr(s.p, '[', s.n) : NULL, *to = s.n ? memchr(s.p, ']', s.n) : NULL;
    if (!from || !to || to < from)
        return (str){ 0 };
    return (str){ from + 1, (size_t)(to - from) - 1 };
}

static tri flag_file(const host_state *s, arena *a, const char *path)
{
    str t = state_text(s, a, path);
    if (!t.n)
        return UNKNOWN;
    return str_eq(t, S("1")) || str_eq(t, S("Y")) ? YES : NO;
}

/* Lines of "name (enforce)". */
static tri apparmor_profiles(host_state *s, arena *a, int64_t *ret_n)
{
    str text, line;
    int err = env_read(a, s->env, "/sys/kernel/security/apparmor/profiles", 4 << 20, &text);
    if (err) {
        if (err != ENOENT)
            emit_lack_errno(s->e, err, "/sys/kernel/security/apparmor/profiles");
        return UNKNOWN;
    }
    *ret_n = 0;
    while (str_line(&text, &line))
        *ret_n += str_ends(line, S("(enforce)"));
    return *ret_n ? YES : NO;
}

static void emit_mandatory(host_state *s, arena *a, str lsm)
{
    int64_t n = 0;
    bool    other = word_in(lsm, "smack") || word_in(lsm, "tomoyo");
    tri     force = lsm.p ? NO : UNKNOWN;
    if (word_in(lsm, "selinux")) {
        force = flag_file(s, a, "/sys/fs/selinux/enforce");
        n = force == YES;
    } else if (word_in(lsm, "apparmor")) {
        force = apparmor_profiles(s, a, &n);
    } else if (other) {
        force = UNKNOWN;                 /* there, but whether it enforces is not read */
        emit_lack(s->e, ST_UNSUPPORTED, "the policy of smack and tomoyo is not read");
    }
    emit_tri(s->e, "mandatory_access", force);
    if (force != UNKNOWN)
        emit_int(s->e, "confined_profiles", n);
}

static void emit_cpu(host_state *s, arena *a)
{
    static const char dir[] = "/sys/devices/system/cpu/vulnerabilities";
    str   *names;
    size_t n;
    int64_t bad = 0;
    bool    whole = true;
    buf     list = buf_new(a, 4096);
    if (env_names(a, s->env, dir, &names, &n) != 0)
        return;
    for (size_t i = 0; i < n; i++) {
        str t = state_text(s, a, str_fmt(a, "%s/" STR_FMT, dir, STR_ARG(names[i])).p);
        whole = whole && t.n && !str_starts(t, S("Unknown"));
        if (!str_starts(t, S("Vulnerable")) && !str_contains(t, S("; SMT vulnerable")))
            continue;
        if (bad++)
            buf_putc(&list, ' ');
        buf_puts(&list, names[i]);
    }
    if (!whole)
        emit_lack(s->e, ST_PARTIAL, "the kernel does not know of every processor flaw whether it is mitigated");
    if (whole || bad)
        emit_int(s->e, "cpu_vulnerable", bad);
    if (whole || bad)
        emit_text(s->e, "cpu_vulnerabilities", buf_str(&list));
}

/* Four bytes of attributes, then the value. Without EFI nothing was verified by it. */
static tri secure_boot(const host_state *s, arena *a)
{
    str v;
    int err = env_read(a, s->env, "/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c", 64, &v);
    if (err == 0 && v.n == 5)
        return v.p[4] == 1 ? YES : NO;
    if (state_there(s, "/sys/firmware") == YES && state_there(s, "/sys/firmware/efi") == NO)
        return NO;
    return UNKNOWN;
}

static tri has_tpm(const host_state *s, arena *a)
{
    str   *names;
    size_t n;
    int    err = env_names(a, s->env, "/sys/class/tpm", &names, &n);
    if (err == 0)
        return n ? YES : NO;
    return err == ENOENT && state_there(s, "/sys/class") == YES ? NO : UNKNOWN;
}

/* A kernel built without loadable modules has no such switch and loads none. */
static tri modules_disabled(const host_state *s, arena *a)
{
    tri t = flag_file(s, a, "/proc/sys/kernel/modules_disabled");
    if (t != UNKNOWN)
        return t;
    bool without = state_there(s, "/proc/sys/kernel/ostype") == YES &&
                   state_there(s, "/proc/sys/kernel/modules_disabled") == NO && state_there(s, "/proc/modules") == NO;
    return without ? YES : UNKNOWN;
}

/* By its own switch, or because lockdown refuses unsigned modules. */
static tri modules_signed(const host_state *s, arena *a, str lockdown)
{
    tri forced = flag_file(s, a, "/sys/module/module/parameters/sig_enforce");
    if (forced == YES || str_eq(lockdown, S("integrity")) || str_eq(lockdown, S("confidentiality")))
        return YES;
    if (forced == NO)
        return NO;
    return modules_disabled(s, a) == YES && state_there(s, "/proc/modules") == NO ? YES : UNKNOWN;
}

static str lockdown_state(const host_state *s, arena *a, str lsm)
{
    str now = chosen(state_text(s, a, "/sys/kernel/security/lockdown"));
    return !now.n && lsm.p && !word_in(lsm, "lockdown") ? S("none") : now;
}

/* securityfs is not mounted on every machine; Linux 6.8 and later also tell by
 * lsm_list_modules(2), in numbers that do not change. */
static str lsm_asked(arena *a)
{
    static const char *const names[] = { "capability", "selinux", "smack", "tomoyo", "apparmor", "yama", "loadpin",
                                         "safesetid", "lockdown", "bpf", "landlock", "ima", "evm", "ipe" };
    enum { LSM_LIST_MODULES = 461, FIRST_ID = 100, IDS_MAX = 64 };
    uint64_t ids[IDS_MAX];
    uint32_t bytes = sizeof ids;
    long     n = syscall(LSM_LIST_MODULES, ids, &bytes, 0);
    if (n <= 0 || n > IDS_MAX)
        return (str){ 0 };
    buf list = buf_new(a, 4096);
    for (long i = 0; i < n; i++) {
        if (i)
            buf_putc(&list, ',');
        if (ids[i] >= FIRST_ID && ids[i] - FIRST_ID < COUNT(names))
            buf_putz(&list, names[ids[i] - FIRST_ID]);
        else
            buf_fmt(&list, "%llu", (unsigned long long)ids[i]);
    }
    return buf_str(&list);
}

static str lsm_list(host_state *s, arena *a)
{
    str lsm = state_text(s, a, "/sys/kernel/security/lsm");
    if (!lsm.p && s->env->live)
        lsm = lsm_asked(a);
    if (!lsm.p)
        emit_lack(s->e, s->env->live ? ST_PARTIAL : ST_UNSUPPORTED,
                  "/sys/kernel/security/lsm cannot be read; the security modules are unknown");
    return lsm;
}

void part_kernel(host_state *s)
{
    auto_arena arena *a = arena_new(16 << 20);
    emit             *e = s->e;
    int64_t           tainted;
    emit_begin(e, relation_find(S("kernel_security")));
    if (state_there(s, "/proc/sys/kernel") != YES) {
        emit_lack(e, ST_UNSUPPORTED, "no running kernel to be seen under the directory read");
        emit_end(e, ST_OK);
        return;
    }
    str lsm = lsm_list(s, a), lockdown = lockdown_state(s, a, lsm);
    emit_text(e, "system", s->env->system);
    if (lsm.p)
        emit_text(e, "lsm", lsm);
    emit_mandatory(s, a, lsm);
    emit_known(e, "lockdown", lockdown);
    emit_tri(e, "secure_boot", secure_boot(s, a));
    emit_tri(e, "tpm", has_tpm(s, a));
    emit_tri(e, "modules_signed", modules_signed(s, a, lockdown));
    emit_tri(e, "modules_disabled", modules_disabled(s, a));
    if (parse_int(state_text(s, a, "/proc/sys/kernel/tainted"), 0, INT64_MAX, &tainted))
        emit_int(e, "tainted", tainted);
    emit_cpu(s, a);
    emit_row(e);
    emit_end(e, ST_OK);
}
