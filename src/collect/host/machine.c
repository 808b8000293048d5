#include "collect/host/conf.h"
#include "collect/host/probes.h"

#include <errno.h>
#include <sys/utsname.h>
#include <unistd.h>

extern const relation relation_host;

typedef struct {
    const collect_env *env;
    emit              *e;
    str                id, version;
} machine;

static bool there(const machine *m, const char *path)
{
    return access(env_path(m->env->a, m->env, path), F_OK) == 0;
}

static str text_of(const machine *m, const char *path)
{
    str text;
    return env_read(m->env->a, m->env, path, 1 << 20, &text) == 0 ? text : S("");
}

static void emit_known(emit *e, const char *field_name, str s)
{
    if (s.n)
        emit_text(e, field_name, s);
}

/* ---- distribution ---------------------------------------------------------------- */

static str shell_value(arena *a, str s)
{
    conf_strs words = conf_words(a, s);
    return words.n ? words.v[0] : S("");
}

static void emit_support_end(machine *m, str end)
{
    time_us at;
    if (time_parse(end, &at))
        emit_time(m->e, "os_support_until", at);
}

static str cell_of(str line, int column)
{
    str cell = S("");
    for (int i = 0; i <= column; i++)
        cell = line.p ? str_cut(&line, ',') : S("");
    return cell;
}

static int column_of(str header, str name)
{
    for (int i = 0; header.p; i++)
        if (str_eq(str_cut(&header, ','), name))
            return i;
    return -1;
}

/* distro-info-data, a row a version; Ubuntu writes "22.04 LTS". Debian's LTS brings its security updates
 * to everyone, so it counts; Ubuntu's ESM is for subscribers and does not. */
static void read_distro_info(machine *m)
{
    const char *path = str_fmt(m->env->a, "/usr/share/distro-info/" STR_FMT ".csv", STR_ARG(m->id)).p;
    str         rest = memchr(m->id.p, '/', m->id.n) ? S("") : text_of(m, path), line, header;
    if (!str_line(&rest, &header) || header.n == 0)
        return;
    int eol = column_of(header, S("eol")), lts = column_of(header, S("eol-lts"));
    while (str_line(&rest, &line)) {
        str version = cell_of(line, 0), end = lts >= 0 ? cell_of(line, lts) : S("");
        if (version.n == 0 || !str_eq(str_word(&version), m->version))
            continue;
        emit_support_end(m, end.n || eol < 0 ? end : cell_of(line, eol));
    }
}

static void emit_system(machine *m)
{
    str text = text_of(m, "/etc/os-release"), line, name, val, end = S("");
    if (text.n == 0)
        text = text_of(m, "/usr/lib/os-release");
    if (text.n == 0)
        emit_lack(m->e, ST_PARTIAL, "/etc/os-release is not there or cannot be read");
    while (str_line(&text, &line)) {
        if (!conf_pair(line, '=', &name, &val))
            continue;
        val = shell_value(m->env->a, val);
        if (str_eq(name, S("ID")))
            m->id = val;
        else if (str_eq(name, S("VERSION_ID")))
            m->version = val;
        else if (str_eq(name, S("PRETTY_NAME")))
            emit_known(m->e, "os_name", val);
        else if (str_eq(name, S("SUPPORT_END")))
            end = val;
    }
    emit_known(m->e, "os_id", m->id);
    emit_known(m->e, "os_version", m->version);
    if (end.n)
        emit_support_end(m, end);
    else if (m->id.n && m->version.n)
        read_distro_info(m);
}

/* ---- kernel ----------------------------------------------------------------------- */

static void emit_kernel(machine *m)
{
    struct utsname u;
    str            stat = text_of(m, "/proc/stat"), line;
    int64_t        seconds;
    if (m->env->live && uname(&u) == 0) {
        emit_z(m->e, "kernel", u.release);
        emit_z(m->e, "architecture", u.machine);
    } else {
        emit_known(m->e, "kernel", str_trim(text_of(m, "/proc/sys/kernel/osrelease")));
        emit_known(m->e, "architecture", str_trim(text_of(m, "/proc/sys/kernel/arch")));
    }
    while (str_line(&stat, &line)) {
        if (!str_eq(str_word(&line), S("btime")) || !parse_int(str_trim(line), 1, INT32_MAX, &seconds))
            continue;
        if (SECONDS(seconds) <= m->env->now)
            emit_time(m->e, "boot_at", SECONDS(seconds));
        else
            emit_lack(m->e, ST_PARTIAL, "the clock stands before the time the machine was started");
    }
}

/* ---- what it runs on ---------------------------------------------------------------- */

/* NULL: none that could be seen. *ret_sure: whether that is certain. */
static str container_kind(machine *m, bool *ret_sure)
{
    static const struct { const char *path, *kind; } marks[] = {
        { "/.dockerenv", "docker" }, { "/run/.containerenv", "podman" }, { "/dev/.lxc", "lxc" },
    };
    str told = str_trim(text_of(m, "/run/systemd/container")), text, release = text_of(m, "/proc/sys/kernel/osrelease");
    *ret_sure = true;
    if (told.n)
        return told;
    for (size_t i = 0; i < COUNT(marks); i++)
        if (there(m, marks[i].path)) {
            /* systemd as the first process knows of no container: the mark may be a stray file */
            *ret_sure = !there(m, "/run/systemd/system");
            return *ret_sure ? str_of(marks[i].kind) : S("");
        }
    if (str_contains(release, S("Microsoft")) || str_contains(release, S("WSL")))
        return S("wsl");
    if (there(m, "/proc/vz") && !there(m, "/proc/bc"))
        return S("openvz");
    int e = env_read(m->env->a, m->env, "/proc/1/environ", 1 << 20, &text);
    while (!e && text.p) {
        str variable = str_cut(&text, '\0');
        if (str_starts(variable, S("container=")) && variable.n > 10)
            return str_sub(variable, 10, variable.n);
        if (str_starts(variable, S("KUBERNETES_SERVICE_HOST=")))
            return S("kubernetes");
    }
    /* systemd as the first process would have written /run/systemd/container */
    *ret_sure = e == 0 || there(m, "/run/systemd/system");
    return S("");
}

static str hypervisor(machine *m)
{
    static const char *const files[] = { "product_name", "sys_vendor", "board_vendor", "bios_vendor", "chassis_asset_tag" };
    static const struct { const char *mark, *kind; } rows[] = {
        { "KVM", "kvm" }, { "OpenStack", "kvm" }, { "KubeVirt", "kvm" }, { "Amazon EC2", "amazon" }, { "QEMU", "qemu" },
        { "VMware", "vmware" }, { "VMW", "vmware" }, { "innotek GmbH", "oracle" }, { "VirtualBox", "oracle" },
        { "Xen", "xen" }, { "Bochs", "bochs" }, { "Parallels", "parallels" }, { "BHYVE", "bhyve" },
        { "Hyper-V", "microsoft" }, { "Virtual Machine", "microsoft" }, { "Google Compute Engine", "google" },
        { "Google", "google" }, { "Apple Virtualization", "apple" }, { "DigitalOcean", "kvm" }, { "Hetzner", "kvm" },
    };
    str cpu = text_of(m, "/proc/cpuinfo");
    for (size_t i = 0; i < COUNT(files); i++) {
        str text = text_of(m, str_fmt(m->env->a, "/sys/class/dmi/id/%s", files[i]).p);
        for (size_t r = 0; r < COUNT(rows); r++)
            if (str_starts(text, str_of(rows[r].mark)))
                return str_of(rows[r].kind);
    }
    if (str_starts(text_of(m, "/sys/hypervisor/type"), S("xen")))
        return S("xen");
    if (str_contains(cpu, S(" hypervisor ")) || str_contains(cpu, S(" hypervisor\n")))
        return S("vm-other");
    return cpu.n ? S("none") : S("");
}

static void emit_virtualization(machine *m)
{
    bool sure;
    str  kind = container_kind(m, &sure);
    if (kind.n || sure)
        emit_bool(m->e, "container", kind.n > 0);
    else
        emit_lack(m->e, ST_PARTIAL, "a container cannot be told from a machine: /proc/1/environ cannot be read, or a container's mark stands beside a running systemd");
    emit_known(m->e, "virtualization", kind.n ? kind : sure ? hypervisor(m) : S(""));
}

void probe_machine(const collect_env *env, emit *e)
{
    machine m = { .env = env, .e = e };
    emit_begin(e, &relation_host);
    emit_text(e, "system", env->system);
    emit_system(&m);
    emit_kernel(&m);
    emit_virtualization(&m);
    emit_bool(e, "systemd", there(&m, "/run/systemd/system"));
    emit_row(e);
    emit_end(e, ST_OK);
}
