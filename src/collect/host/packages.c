/* Packages as dpkg and apk keep them. */
#include "collect/host/deb.h"
#include "collect/host/packages.h"

#include <errno.h>
#include <fcntl.h>

enum { NAME, ARCH, VERSION, SOURCE, STATUS, N_FIELDS };
static const char *const deb_names[N_FIELDS] = { "Package", "Architecture", "Version", "Source", "Status" };

bool dpkg_package(str stanza, software *ret)
{
    str f[N_FIELDS];
    deb_fields(stanza, deb_names, N_FIELDS, f);
    if (!f[NAME].n)
        return false;
    str status = f[STATUS], want = str_word(&status), flag = str_word(&status), state = str_word(&status);
    if (f[STATUS].p && (str_eq(state, S("not-installed")) || str_eq(state, S("config-files"))))
        return false;
    str source = f[SOURCE];
    *ret = (software){
        .name = f[NAME], .architecture = f[ARCH].n ? f[ARCH] : S("all"), .version = f[VERSION], .manager = "dpkg",
        .source = source.n ? str_word(&source) : f[NAME],
        /* status.d of container images has no Status: being there is being installed */
        .installed = !f[STATUS].p || (str_eq(state, S("installed")) && str_eq(flag, S("ok"))),
        .held = str_eq(want, S("hold")),
    };
    return true;
}

bool apk_package(str stanza, software *ret)
{
    str line;
    *ret = (software){ .manager = "apk", .installed = true };
    while (str_line(&stanza, &line)) {
        if (line.n < 2 || line.p[1] != ':')
            continue;
        str v = str_trim(str_sub(line, 2, line.n));
        switch (line.p[0]) {
        case 'P': ret->name = v; break;
        case 'V': ret->version = v; break;
        case 'A': ret->architecture = v; break;
        case 'o': ret->source = v; break;
        default: break;
        }
    }
    return ret->name.n && ret->architecture.n;
}

static software keep(arena *a, const software *p)
{
    software k = *p;
    k.name = str_dup(a, p->name);
    k.architecture = str_dup(a, p->architecture);
    k.version = str_dup(a, p->version);
    k.source = str_eq(p->source, p->name) ? k.name : str_dup(a, p->source);
    return k;
}

typedef struct {
    DA(software) list;
    map names;                           /* "name architecture" -> set: two entries of one package are one */
} shelf;

static void put(host_state *s, shelf *h, const software *p)
{
    auto_arena arena *a = arena_new(64 << 10);
    str               key = str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(p->name), STR_ARG(p->architecture));
    if (map_get(&h->names, key))
        return;
    software k = keep(s->a, p);
    *map_put(&h->names, str_dup(s->a, key)) = s;
    da_push(s->a, &h->list) = k;
}

static ssize_t fill_fd(void *arg, char *p, size_t n)
{
    const int *fd = arg;
    return fd_read(*fd, p, n);
}

static int read_stanzas(host_state *s, const char *path, bool (*parse)(str, software *), shelf *h)
{
    auto_arena arena *a = arena_new(64 << 20);
    auto_fd int       fd = open(env_path(a, s->env, path), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return errno;
    deb_stream in = deb_stream_open(a, fill_fd, &fd);
    str        stanza;
    while (deb_stream_next(&in, &stanza)) {
        software p;
        if (parse(stanza, &p))
            put(s, h, &p);
    }
    s->dpkg_broken = s->dpkg_broken || in.broken;
    return 0;
}

/* Images built without dpkg keep one file a package here. */
static void read_status_d(host_state *s, shelf *h)
{
    auto_arena arena *a = arena_new(64 << 20);
    str_list          files = { 0 };
    state_glob(s, a, "/var/lib/dpkg/status.d/*", &files);
    for (size_t i = 0; i < files.n; i++)
        if (!str_ends(files.v[i], S(".md5sums")) && read_stanzas(s, files.v[i].p, dpkg_package, h) == 0)
            s->dpkg_errno = 0;
}

void state_software(host_state *s)
{
    if (s->software_read)
        return;
    s->software_read = true;
    shelf h = { .names = map_new(s->a) };
    s->dpkg_errno = read_stanzas(s, "/var/lib/dpkg/status", dpkg_package, &h);
    if (state_exists(s, "/var/lib/dpkg/status.d"))
        read_status_d(s, &h);
    s->apk_errno = read_stanzas(s, "/lib/apk/db/installed", apk_package, &h);
    s->software = h.list.v;
    s->n_software = h.list.n;
    s->by_name = map_new(s->a);
    for (size_t i = 0; i < h.list.n; i++)
        if (h.list.v[i].installed)
            *map_put(&s->by_name, h.list.v[i].name) = &h.list.v[i];
}

static const char *const rpm_databases[] = {
    "/usr/lib/sysimage/rpm/rpmdb.sqlite", "/var/lib/rpm/rpmdb.sqlite", "/var/lib/rpm/Packages", "/var/lib/rpm/Packages.db",
};

bool state_has_rpm(const host_state *s)
{
    for (size_t i = 0; i < COUNT(rpm_databases); i++)
        if (state_there(s, rpm_databases[i]) != NO)
            return true;
    return false;
}

tri state_installed(host_state *s, const char *name, const software **ret)
{
    state_software(s);
    const software *p = map_get(&s->by_name, str_of(name));
    if (ret)
        *ret = p;
    if (p)
        return YES;
    bool whole = (s->dpkg_errno == 0 || s->apk_errno == 0) && !s->dpkg_broken && !state_has_rpm(s);
    return whole ? NO : UNKNOWN;
}

static bool missing(int e) { return e == ENOENT || e == ENOTDIR; }

void part_package(host_state *s)
{
    emit *e = s->e;
    emit_begin(e, relation_find(S("package")));
    state_software(s);
    for (size_t i = 0; i < s->n_software; i++) {
        const software *p = &s->software[i];
        emit_text(e, "system", s->env->system);
        emit_text(e, "name", p->name);
        emit_text(e, "architecture", p->architecture);
        emit_known(e, "version", p->version);
        emit_z(e, "manager", p->manager);
        emit_known(e, "source_package", p->source);
        emit_bool(e, "installed", p->installed);
        emit_bool(e, "held", p->held);
        emit_row(e);
    }
    if (s->dpkg_errno && !missing(s->dpkg_errno))
        emit_lack_errno(e, s->dpkg_errno, "/var/lib/dpkg/status");
    if (s->apk_errno && !missing(s->apk_errno))
        emit_lack_errno(e, s->apk_errno, "/lib/apk/db/installed");
    if (s->dpkg_broken)
        emit_lack(e, ST_ERROR, "the package database ends in the middle or holds an entry over %d MiB", DEB_STANZA_MAX >> 20);
    if (state_has_rpm(s))
        emit_lack(e, ST_UNSUPPORTED, "there is an rpm database, which is not read");
    emit_end(e, s->n_software ? ST_OK : ST_ABSENT);
}
