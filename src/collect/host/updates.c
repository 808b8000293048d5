/* What could be updated now, as far as the package lists tell. Pins are not
 * minded: a fix that a pin keeps away is missing all the same. */
#include "collect/host/apt.h"
#include "collect/host/apt_conf.h"
#include "collect/host/conf.h"
#include "collect/host/deb.h"
#include "collect/host/state.h"
#include "collect/host/unpack.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/utsname.h>
#include <unistd.h>

#define LISTS "/var/lib/apt/lists"

typedef struct {
    str         name;                    /* of its file */
    apt_release r;
    bool        known;                   /* there is a Release file */
    str         stem;                    /* what the names of its lists begin with */
    int64_t     mtime;
} archive;

/* What the lists say about one installed package. */
typedef struct {
    str            version;              /* newest on offer in the automatic archives, empty when none is newer */
    const archive *from;
    str            backport;             /* newest in an archive used only for what already came from there */
    const archive *backport_from;
    bool           listed;               /* the installed version is in an automatic archive */
    bool           security;
    size_t         next;                 /* of the same name, + 1 */
} offer;

typedef struct {
    collect_status status;
    str            why;
} lack;

typedef struct {
    host_state *s;
    arena      *a;
    DA(archive) archives;
    DA(lack)    lacks;
    apt_sources sources;
    bool        sources_read;
    offer      *offers;                  /* beside s->software */
    map         by_name;                 /* (void *)(index + 1) */
    str         native;
    size_t      lists;                   /* read to the end */
} pending;

static void lacking(pending *p, collect_status st, str why)
{
    da_push(p->a, &p->lacks) = (lack){ st, why };
}

/* ---- the archives ---- */

static str read_head(pending *p, const char *path)
{
    enum { HEAD_BYTES = 8192 };
    auto_fd int fd = open(env_path(p->a, p->s->env, path), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    char       *head = arena_alloc(p->a, HEAD_BYTES, 1);
    ssize_t     n = fd < 0 ? -1 : fd_read(fd, head, HEAD_BYTES);
    return (str){ head, n > 0 ? (size_t)n : 0 };
}

static void add_archive(pending *p, str name)
{
    bool in = str_ends(name, S("_InRelease"));
    if (!in && !str_ends(name, S("_Release")))
        return;
    const char *path = str_fmt(p->a, LISTS "/" STR_FMT, STR_ARG(name)).p;
    archive     x = { .name = name, .known = true, .mtime = state_mtime_us(p->s, path) };
    x.r = apt_release_read(read_head(p, path));
    x.stem = str_sub(name, 0, name.n - (in ? sizeof "InRelease" : sizeof "Release") + 1);
    x.r.security = x.r.security || str_contains(x.stem, S("security"));
    da_push(p->a, &p->archives) = x;
}

static const archive *archive_of(pending *p, str list)
{
    const archive *best = NULL;
    for (size_t i = 0; i < p->archives.n; i++)
        if (str_starts(list, p->archives.v[i].stem) && (!best || p->archives.v[i].stem.n > best->stem.n))
            best = &p->archives.v[i];
    if (best)
        return best;
    archive *x = NEW(p->a, archive);
    *x = (archive){ .name = list, .stem = list, .r = { .priority = 500, .security = str_contains(list, S("security")) } };
    return x;
}

/* ---- the lists ---- */

static bool same_architecture(const pending *p, str installed, str offered)
{
    if (str_eq(installed, offered))
        return true;
    str other = str_eq(installed, S("all")) ? offered : str_eq(offered, S("all")) ? installed : (str){ 0 };
    return other.p && str_eq(other, p->native);
}

static void consider(pending *p, const software *have, offer *o, str version, const archive *from)
{
    int c = deb_version_cmp(version, have->version);
    if (from->r.priority >= 500 && c == 0)
        o->listed = true;
    if (c <= 0 || from->r.priority < 100)
        return;
    bool           main = from->r.priority >= 500;
    str           *best = main ? &o->version : &o->backport;
    const archive **best_from = main ? &o->from : &o->backport_from;
    o->security = o->security || from->r.security;
    int better = best->n ? deb_version_cmp(version, *best) : 1;
    if (better > 0)
        *best = str_dup(p->a, version);
    if (better > 0 || (better == 0 && from->r.security))
        *best_from = from;
}

static str stanza_name(str stanza)
{
    static const char *const package[] = { "Package" };
    str                      name;
    if (str_starts(stanza, S("Package: "))) {
        const char *end = memchr(stanza.p, '\n', stanza.n);
        return str_trim(str_sub(stanza, 9, end ? (size_t)(end - stanza.p) : stanza.n));
    }
    deb_fields(stanza, package, 1, &name);
    return name;
}

static void match(pending *p, str stanza, const archive *from)
{
    static const char *const names[] = { "Version", "Architecture" };
    size_t at = (size_t)(uintptr_t)map_get(&p->by_name, stanza_name(stanza));
    if (!at)
        return;
    str f[COUNT(names)];
    deb_fields(stanza, names, COUNT(names), f);
    for (; at; at = p->offers[at - 1].next) {
        const software *have = &p->s->software[at - 1];
        if (f[0].n && same_architecture(p, have->architecture, f[1]))
            consider(p, have, &p->offers[at - 1], f[0], from);
    }
}

static void read_list(pending *p, str name)
{
    auto_arena arena *scratch = arena_new(32 << 20);
    const archive    *from = archive_of(p, name);
    const char       *path = str_fmt(scratch, LISTS "/" STR_FMT, STR_ARG(name)).p, *why = NULL;
    int               fd = open(env_path(scratch, p->s->env, path), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        lacking(p, errno == EACCES ? ST_DENIED : ST_ERROR, str_fmt(p->a, "%s: %s", path, strerrordesc_np(errno)));
        return;
    }
    auto_unpack unpack *u = unpack_open(scratch, fd, packing_of(name), &why);
    if (!u) {
        lacking(p, ST_UNSUPPORTED, str_fmt(p->a, "%s: %s", path, why));
        return;
    }
    deb_stream in = deb_stream_open(scratch, unpack_fill, u);
    str        stanza;
    while (deb_stream_next(&in, &stanza))
        match(p, stanza, from);
    if (in.broken)
        lacking(p, ST_ERROR, str_fmt(p->a, "%s cannot be read to its end", path));
    else
        p->lists++;
}

static void index_software(pending *p)
{
    host_state *s = p->s;
    p->offers = NEW_ARRAY(p->a, offer, s->n_software + 1);
    p->by_name = map_new(p->a);
    for (size_t i = 0; i < s->n_software; i++) {
        if (!s->software[i].installed || strcmp(s->software[i].manager, "dpkg") != 0)
            continue;
        void **slot = map_put(&p->by_name, s->software[i].name);
        p->offers[i].next = (size_t)(uintptr_t)*slot;
        *slot = (void *)(uintptr_t)(i + 1);
        if (str_eq(s->software[i].name, S("dpkg")))
            p->native = s->software[i].architecture;
    }
}

/* ---- what is configured ---- */

static void read_sources(pending *p)
{
    str_list files = { 0 };
    state_glob(p->s, p->a, "/etc/apt/sources.list", &files);
    state_glob(p->s, p->a, "/etc/apt/sources.list.d/*.list", &files);
    state_glob(p->s, p->a, "/etc/apt/sources.list.d/*.sources", &files);
    for (size_t i = 0; i < files.n; i++) {
        str text;
        if (!state_config(p->s, p->a, files.v[i].p, &text))
            continue;
        p->sources_read = true;
        if (str_ends(files.v[i], S(".sources")))
            apt_sources_deb822(p->a, text, &p->sources);
        else
            apt_sources_list(p->a, text, &p->sources);
    }
}

static void require_lists(pending *p, const str *names, size_t n)
{
    for (size_t i = 0; i < p->sources.n; i++) {
        const apt_source *src = &p->sources.v[i];
        str               prefix = apt_list_prefix(p->a, src);
        bool              found = false;
        for (size_t k = 0; k < n && !found; k++)
            found = str_starts(names[k], prefix);
        if (!found)
            lacking(p, ST_PARTIAL, str_fmt(p->a, "no package list of " STR_FMT " " STR_FMT " (apt-get update fetches it)",
                                           STR_ARG(src->uri), STR_ARG(src->suite)));
    }
}

typedef struct {
    bool off, lists, upgrade, security_pattern;
} periodic;

static bool is_on(str v) { return v.n && !str_eq(v, S("0")); }

static void on_setting(void *arg, str name, str v, int64_t line, bool clear)
{
    periodic *c = arg;
    (void)line;
    if (conf_same(name, S("apt::periodic::enable")))
        c->off = !clear && !is_on(v);
    else if (conf_same(name, S("apt::periodic::update-package-lists")))
        c->lists = is_on(v);
    else if (conf_same(name, S("apt::periodic::unattended-upgrade")))
        c->upgrade = is_on(v);
    else if (conf_starts(name, S("unattended-upgrade::allowed-origins")) ||
             conf_starts(name, S("unattended-upgrade::origins-pattern")))
        c->security_pattern = !clear && (c->security_pattern || str_contains(v, S("ecurity")) || str_contains(v, S("*")));
}

/* All of it must stand: the tool, its switches, an origin that covers security
 * fixes, and a timer nobody has masked. */
static tri automatic(pending *p)
{
    periodic c = { 0 };
    str_list files = { 0 };
    str      text, to;
    tri      tool = state_installed(p->s, "unattended-upgrades", NULL);
    if (tool != YES)
        return tool;
    state_glob(p->s, p->a, "/etc/apt/apt.conf.d/*", &files);
    state_glob(p->s, p->a, "/etc/apt/apt.conf", &files);
    for (size_t i = 0; i < files.n; i++) {
        const char *leaf = strrchr(files.v[i].p, '/');
        if (strchr(leaf, '.') && !str_ends(files.v[i], S(".conf")) && !str_ends(files.v[i], S("/apt.conf")))
            continue;
        if (!state_config(p->s, p->a, files.v[i].p, &text))
            return UNKNOWN;
        if (!apt_conf_read(p->a, text, on_setting, &c)) {
            emit_lack(p->s->e, ST_PARTIAL, "%s has a line that cannot be read", files.v[i].p);
            return UNKNOWN;
        }
    }
    if (state_link(p->s, p->a, "/etc/systemd/system/apt-daily-upgrade.timer", &to) == 0 && str_eq(to, S("/dev/null")))
        return NO;
    return !c.off && c.lists && c.upgrade && c.security_pattern ? YES : NO;
}

/* ---- what is told ---- */

/* When the lists were last known to be good: apt's stamp of a success, or the
 * newest index. The age of lists/partial is no sign: a failed fetch renews it. */
static int64_t refreshed_at(pending *p)
{
    int64_t newest[2] = { -1, -1 };      /* of security archives; of all */
    for (size_t i = 0; i < p->archives.n; i++) {
        const archive *x = &p->archives.v[i];
        for (int k = x->r.security ? 0 : 1; k < 2; k++)
            if (x->mtime > newest[k])
                newest[k] = x->mtime;
    }
    int64_t stamp = state_mtime_us(p->s, "/var/lib/apt/periodic/update-success-stamp");
    int64_t at = newest[0] >= 0 ? newest[0] : newest[1];
    if (stamp > at)
        at = stamp;
    return at > p->s->env->now + MINUTES(5) ? -1 : at;   /* a time to come proves nothing */
}

static tri security_source(const pending *p)
{
    for (size_t i = 0; i < p->archives.n; i++)
        if (p->archives.v[i].r.security)
            return YES;
    for (size_t i = 0; i < p->sources.n; i++)
        if (apt_source_is_security(&p->sources.v[i]))
            return YES;
    return p->sources_read ? NO : UNKNOWN;
}

static bool newer_kernel_waits(const pending *p)
{
    struct utsname u;
    if (!p->s->env->live || uname(&u) != 0)
        return false;
    bool mine = false, newer = false;
    str  running = str_of(u.release), head = S("linux-image-");
    for (size_t i = 0; i < p->s->n_software; i++) {
        const software *x = &p->s->software[i];
        str             version = str_sub(x->name, head.n, x->name.n);
        if (!x->installed || !str_starts(x->name, head) || !version.n || version.p[0] < '0' || version.p[0] > '9')
            continue;
        mine = mine || str_eq(version, running);
        newer = newer || deb_version_cmp(version, running) > 0;
    }
    return mine && newer;
}

/* The flag file is written by two packages only; without them its absence says nothing. */
static tri reboot_required(pending *p)
{
    static const char *const flags[] = { "/run/reboot-required", "/var/run/reboot-required" };
    for (size_t i = 0; i < COUNT(flags); i++)
        if (state_exists(p->s, flags[i]))
            return YES;
    if (newer_kernel_waits(p))
        return YES;
    bool told = state_installed(p->s, "unattended-upgrades", NULL) == YES ||
                state_installed(p->s, "update-notifier-common", NULL) == YES;
    return told ? NO : UNKNOWN;
}

static str origin_text(arena *a, const archive *x)
{
    if (!x->known)
        return x->name;
    str suite = x->r.codename.n ? x->r.codename : x->r.suite;
    return str_trim(str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(x->r.label), STR_ARG(suite)));
}

static void emit_lacks(const pending *p)
{
    for (size_t i = 0; i < p->lacks.n; i++)
        emit_lack(p->s->e, p->lacks.v[i].status, STR_FMT, STR_ARG(p->lacks.v[i].why));
}

static void emit_updates(pending *p, int64_t *ret_n, int64_t *ret_security)
{
    emit *e = p->s->e;
    for (size_t i = 0; i < p->s->n_software; i++) {
        const software *x = &p->s->software[i];
        offer          *o = &p->offers[i];
        if (!o->version.n && !o->listed && o->backport.n) {
            o->version = o->backport;
            o->from = o->backport_from;
        }
        if (!o->version.n)
            continue;
        emit_text(e, "system", p->s->env->system);
        emit_text(e, "name", x->name);
        emit_text(e, "architecture", x->architecture);
        emit_text(e, "installed_version", x->version);
        emit_text(e, "candidate_version", o->version);
        emit_bool(e, "security", o->security);
        emit_bool(e, "held", x->held);
        emit_known(e, "origin", origin_text(p->a, o->from));
        emit_row(e);
        ++*ret_n;
        *ret_security += o->security;
    }
}

static void read_lists(pending *p)
{
    str   *names;
    size_t n = 0;
    int    err = env_names(p->a, p->s->env, LISTS, &names, &n);
    if (err && err != ENOENT)
        lacking(p, err == EACCES ? ST_DENIED : ST_ERROR, str_fmt(p->a, LISTS ": %s", strerrordesc_np(err)));
    for (size_t i = 0; !err && i < n; i++)
        add_archive(p, names[i]);
    for (size_t i = 0; !err && i < n; i++)
        if (str_ends(names[i], S("_Packages")) || str_contains(names[i], S("_Packages.")))
            read_list(p, names[i]);
    require_lists(p, names, err ? 0 : n);
    if (!p->lists && !p->lacks.n)
        lacking(p, ST_PARTIAL, S("there are no package lists; apt-get update fetches them"));
}

static void emit_patch_state(pending *p, int64_t n, int64_t security)
{
    emit *e = p->s->e;
    emit_begin(e, relation_find(S("patch_state")));
    emit_text(e, "system", p->s->env->system);
    int64_t at = refreshed_at(p);
    if (at >= 0)
        emit_time(e, "lists_refreshed_at", at);
    if (!p->lacks.n) {                   /* with a list missing the counts would be too small */
        emit_int(e, "pending", n);
        emit_int(e, "pending_security", security);
    }
    emit_tri(e, "security_source", security_source(p));
    emit_tri(e, "automatic", automatic(p));
    emit_tri(e, "reboot_required", reboot_required(p));
    emit_row(e);
    emit_lacks(p);
    emit_end(e, ST_OK);
}

void part_updates(host_state *s)
{
    auto_arena arena *a = arena_new(128 << 20);
    pending           p = { .s = s, .a = a };
    int64_t           n = 0, security = 0;
    state_software(s);
    emit_begin(s->e, relation_find(S("software_update")));
    if (s->dpkg_errno == 0) {
        index_software(&p);
        read_sources(&p);
        read_lists(&p);
        if (s->dpkg_broken)
            lacking(&p, ST_ERROR, S("the package database is broken"));
        emit_updates(&p, &n, &security);
    } else if (s->dpkg_errno != ENOENT && s->dpkg_errno != ENOTDIR) {
        lacking(&p, s->dpkg_errno == EACCES ? ST_DENIED : ST_ERROR, S("/var/lib/dpkg/status cannot be read"));
    } else {
        lacking(&p, ST_UNSUPPORTED, S("updates are known for dpkg and apt only"));
    }
    emit_lacks(&p);
    emit_end(s->e, ST_OK);
    emit_patch_state(&p, n, security);
}
