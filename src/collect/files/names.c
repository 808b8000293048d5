/* Who owns a file: accounts, groups, packages. */
#include "collect/files/files.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>

enum { LIST_MAX_BYTES = 64 << 20 };

/* ---- accounts and groups -------------------------------------------------------- */

typedef struct {
    map  by_id;                          /* 4 bytes of id -> str *; an empty one: looked up, none */
    str *last;
    id_t last_id;
} id_names;

struct owners {
    arena   *a;
    bool     live;
    id_names users, groups;
};

static str *put_name(owners *n, id_names *t, id_t id, str name)
{
    id_t *key = NEW(n->a, id_t);
    str  *kept = NEW(n->a, str);
    *key = id;
    *kept = name.n ? utf8_clean(n->a, str_dup(n->a, name)) : S("");
    void **slot = map_put(&t->by_id, (str){ (const char *)key, sizeof *key });
    if (!*slot)
        *slot = kept;                    /* the first line of a number is the one that counts */
    return *slot;
}

/* passwd and group both hold NAME:x:ID:... */
static void read_names(owners *n, const collect_env *e, emit *out, const char *path, id_names *t)
{
    str text, line;
    int error = env_read(n->a, e, path, LIST_MAX_BYTES, &text);
    t->by_id = map_new(n->a);
    if (error) {
        emit_lack_errno(out, error, path);
        return;
    }
    while (str_line(&text, &line)) {
        int64_t id;
        str     name = str_cut(&line, ':');
        if (line.p)
            str_cut(&line, ':');
        if (line.p && parse_int(str_cut(&line, ':'), 0, UINT32_MAX, &id))
            put_name(n, t, (id_t)id, name);
    }
}

owners *owners_new(arena *a, const collect_env *e, emit *out)
{
    owners *n = NEW(a, owners);
    n->a = a;
    n->live = e->live;
    read_names(n, e, out, "/etc/passwd", &n->users);
    read_names(n, e, out, "/etc/group", &n->groups);
    return n;
}

/* Directories beyond the files (LDAP, systemd's own) answer through libc. */
static str ask_user(id_t id, char *room, size_t room_n)
{
    struct passwd pw, *found = NULL;
    return getpwuid_r(id, &pw, room, room_n, &found) == 0 && found ? str_of(found->pw_name) : S("");
}

static str ask_group(id_t id, char *room, size_t room_n)
{
    struct group gr, *found = NULL;
    return getgrgid_r(id, &gr, room, room_n, &found) == 0 && found ? str_of(found->gr_name) : S("");
}

static str name_of(owners *n, id_names *t, id_t id, str (*ask)(id_t, char *, size_t))
{
    char room[16 * 1024];
    if (t->last && t->last_id == id)
        return *t->last;
    str *found = map_get(&t->by_id, (str){ (const char *)&id, sizeof id });
    if (!found)
        found = put_name(n, t, id, n->live ? ask(id, room, sizeof room) : S(""));
    t->last = found;
    t->last_id = id;
    return *found;
}

str owners_user(owners *n, uid_t uid) { return name_of(n, &n->users, uid, ask_user); }
str owners_group(owners *n, gid_t gid) { return name_of(n, &n->groups, gid, ask_group); }

/* ---- packages ------------------------------------------------------------------------ */

/* A path is kept as 64 bits of keyed hash: 300,000 files in 5 MB. */
typedef struct {
    uint64_t hash;
    uint32_t package;
} owned;

struct packages {
    uint64_t k0, k1;
    DA(owned) files;
    DA(str) names;
    bool whole;                          /* every list was read: what is in none belongs to none */
};

static int by_hash(const void *x, const void *y)
{
    const owned *a = x, *b = y;
    return (a->hash > b->hash) - (a->hash < b->hash);
}

/* Where /bin is a link to /usr/bin, lists still say /bin/su for /usr/bin/su. */
static bool is_merged(const bool merged[], const char *const dirs[], size_t n, str path)
{
    for (size_t i = 0; i < n; i++)
        if (merged[i] && str_starts(path, str_of(dirs[i])))
            return true;
    return false;
}

static void add_list(arena *a, packages *p, str text, const bool merged[], const char *const dirs[], size_t n_dirs)
{
    str  line;
    char path[4096];
    while (str_line(&text, &line)) {
        bool  moved = is_merged(merged, dirs, n_dirs, line) && line.n + 4 < sizeof path;
        owned o = { .package = (uint32_t)(p->names.n - 1) };
        if (moved) {
            memcpy(path, "/usr", 4);
            memcpy(path + 4, line.p, line.n);
            line = (str){ path, line.n + 4 };
        }
        o.hash = siphash64(p->k0, p->k1, line.p, line.n);
        da_push(a, &p->files) = o;
    }
}

packages *packages_new(arena *a, const collect_env *e, emit *out)
{
    static const char dir[] = "/var/lib/dpkg/info";
    static const char *const dirs[] = { "/bin/", "/sbin/", "/lib/", "/lib32/", "/lib64/", "/libx32/" };
    bool              merged[COUNT(dirs)];
    packages         *p = NEW(a, packages);
    str              *lists, text;
    size_t            n;
    random_bytes(&p->k0, sizeof p->k0 + sizeof p->k1);
    for (size_t i = 0; i < COUNT(dirs); i++) {
        struct stat st;
        const char *path = env_path(a, e, str_z(a, str_sub(str_of(dirs[i]), 0, strlen(dirs[i]) - 1)));
        merged[i] = lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
    }
    int error = env_names(a, e, dir, &lists, &n);
    if (error && error != ENOENT)
        emit_lack_errno(out, error, dir);
    p->whole = !error;
    for (size_t i = 0; !error && i < n; i++) {
        auto_arena arena *t = arena_new(LIST_MAX_BYTES * 4);
        if (!str_ends(lists[i], S(".list")))
            continue;
        if (env_read(t, e, str_fmt(t, "%s/" STR_FMT, dir, STR_ARG(lists[i])).p, LIST_MAX_BYTES, &text) != 0) {
            p->whole = false;
            continue;
        }
        str name = str_sub(lists[i], 0, lists[i].n - 5);
        da_push(a, &p->names) = utf8_clean(a, str_cut(&name, ':'));
        add_list(a, p, text, merged, dirs, COUNT(dirs));
    }
    if (p->files.n)
        qsort(p->files.v, p->files.n, sizeof *p->files.v, by_hash);
    return p;
}

str packages_of(const packages *p, str path)
{
    owned  key = { .hash = siphash64(p->k0, p->k1, path.p, path.n) };
    owned *found = p->files.n ? bsearch(&key, p->files.v, p->files.n, sizeof key, by_hash) : NULL;
    return found ? p->names.v[found->package] : p->whole && p->files.n ? S("") : (str){ 0 };
}
