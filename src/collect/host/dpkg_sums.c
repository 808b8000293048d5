#include "collect/host/dpkg_sums.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STATUS_MAX = 256 << 20, SUMS_MAX = 8 << 20 };

static bool is_md5(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
            return false;
    return s.n == 32;
}

/* " /etc/x 0123... [obsolete]"; the name may hold blanks. */
static void conffile_line(arena *a, str line, str package, map *into)
{
    str rest = str_trim(line);
    if (str_ends(rest, S(" obsolete")) || str_ends(rest, S(" remove-on-upgrade")))
        return;                          /* no longer the package's */
    size_t at = rest.n;
    while (at && rest.p[at - 1] != ' ')
        at--;
    if (at < 2)
        return;
    shipped *s = NEW(a, shipped);
    str      md5 = str_sub(rest, at, rest.n);
    *s = (shipped){ .package = package, .md5 = is_md5(md5) ? md5 : S("") };
    *map_put(into, str_sub(rest, 0, at - 1)) = s;
}

void dpkg_conffiles(arena *a, str status, map *into)
{
    str  line, package = S("");
    bool inside = false;
    while (str_line(&status, &line)) {
        if (str_starts(line, S("Package:")))
            package = str_trim(str_sub(line, 8, line.n));
        if (inside && str_starts(line, S(" /")))
            conffile_line(a, line, package, into);
        else
            inside = str_starts(line, S("Conffiles:"));
    }
}

void dpkg_sums_open(arena *a, const collect_env *env, dpkg_sums *ret)
{
    struct stat st;
    *ret = (dpkg_sums){ .a = a, .env = env, .conffiles = map_new(a) };
    auto_fd int fd = open(env_path(a, env, "/var/lib/dpkg/status"), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &st) != 0) {
        ret->err = errno;
        return;
    }
    if (!S_ISREG(st.st_mode) || st.st_size <= 0 || st.st_size > STATUS_MAX) {
        ret->err = st.st_size == 0 ? 0 : EFBIG;
        return;
    }
    void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (p == MAP_FAILED) {
        ret->err = errno;
        return;
    }
    ret->mapped = p;
    ret->mapped_n = (size_t)st.st_size;
    dpkg_conffiles(a, (str){ p, ret->mapped_n }, &ret->conffiles);
}

void dpkg_sums_close(dpkg_sums *d)
{
    if (d->mapped)
        munmap(d->mapped, d->mapped_n);
    d->mapped = NULL;
}

static str without_usr(str path)
{
    path = str_starts(path, S("/")) ? str_sub(path, 1, path.n) : path;
    return str_starts(path, S("usr/")) ? str_sub(path, 4, path.n) : path;
}

str dpkg_md5_of(str md5sums, str path)
{
    str line;
    path = without_usr(path);
    while (str_line(&md5sums, &line)) {
        str md5 = str_word(&line);
        if (is_md5(md5) && str_eq(without_usr(str_trim(line)), path))
            return md5;
    }
    return S("");
}

/* Packages that may stand beside themselves for another machine have its name in the file name. */
bool dpkg_sums_find(dpkg_sums *d, str path, const char *package, shipped *ret)
{
    static const char *const machines[] = { "", ":amd64", ":arm64", ":i386", ":armhf", ":ppc64el", ":s390x", ":riscv64" };
    const shipped *conffile = map_get(&d->conffiles, path);
    if (conffile) {
        *ret = *conffile;
        return true;
    }
    for (size_t i = 0; package && i < COUNT(machines); i++) {
        str text;
        if (env_read(d->a, d->env, str_fmt(d->a, "/var/lib/dpkg/info/%s%s.md5sums", package, machines[i]).p, SUMS_MAX, &text))
            continue;
        str md5 = dpkg_md5_of(text, path);
        if (md5.n == 0)
            return false;
        *ret = (shipped){ .package = str_of(package), .md5 = md5 };
        return true;
    }
    return false;
}
