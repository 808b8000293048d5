#include "collect/host/integrity.h"
#include "collect/host/conf.h"
#include "collect/host/dpkg_sums.h"
#include "collect/host/passwd.h"
#include "collect/host/probes.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

extern const relation relation_file_integrity;

enum { HASHED_MAX = 64 << 20, ROWS_MAX = 20000 };

typedef struct {
    const collect_env *env;
    emit              *e;
    arena             *a, *scratch;      /* scratch: emptied after each file */
    dpkg_sums          sums;
    map                users, groups;    /* 8 bytes of the number -> str * */
    map                done;             /* paths written */
    hasher            *h;
    EVP_MD_CTX        *md5;
    const EVP_MD      *md5_kind;         /* NULL: this machine's policy has no MD5 */
    size_t             rows;
} integrity;

/* ---- names of owners ----------------------------------------------------------------- */

static str number_key(const int64_t *n) { return (str){ (const char *)n, sizeof *n }; }

static void load_names(integrity *x, const char *path, bool groups, map *into)
{
    str text = S(""), line;
    int e = env_read(x->a, x->env, path, 64 << 20, &text);
    *into = map_new(x->a);
    while (!e && str_line(&text, &line)) {
        passwd_entry pw;
        group_entry  g;
        bool         good = groups ? group_parse(line, &g) == LINE_ENTRY : passwd_parse(line, &pw) == LINE_ENTRY;
        int64_t     *id = good ? NEW(x->a, int64_t) : NULL;
        if (!good)
            continue;
        *id = groups ? g.gid : pw.uid;
        void **slot = map_put(into, number_key(id));
        if (*slot)
            continue;
        str *name = NEW(x->a, str);
        *name = groups ? g.name : pw.login;
        *slot = name;
    }
}

static str name_of(integrity *x, const map *names, int64_t id)
{
    const str *name = map_get(names, number_key(&id));
    return name ? *name : str_fmt(x->scratch, "%lld", (long long)id);
}

/* ---- content -------------------------------------------------------------------------- */

/* Both sums in one reading; MD5 only where there is one to compare with. */
static int hash_file(integrity *x, const char *real, bool want_md5, hash32 *ret, uint8_t *ret_md5)
{
    char        chunk[32 * 1024];
    size_t      total = 0;
    auto_fd int fd = open(real, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return errno;
    sha256_begin(x->h);
    if (want_md5 && EVP_DigestInit_ex(x->md5, x->md5_kind, NULL) != 1)
        return EIO;
    for (;;) {
        ssize_t n = fd_read(fd, chunk, sizeof chunk);
        if (n < 0)
            return errno;
        if (n == 0)
            break;
        total += (size_t)n;
        if (total > HASHED_MAX)
            return EFBIG;
        sha256_add(x->h, chunk, (size_t)n);
        if (want_md5)
            EVP_DigestUpdate(x->md5, chunk, (size_t)n);
    }
    *ret = sha256_end(x->h);
    if (want_md5 && EVP_DigestFinal_ex(x->md5, ret_md5, NULL) != 1)
        return EIO;
    return 0;
}

/* "linux-image-*" for /boot/vmlinuz-6.1.0-9-amd64 is linux-image-6.1.0-9-amd64. */
static const char *package_of(integrity *x, const integrity_path *p, str path)
{
    size_t n = p->package ? strlen(p->package) : 0;
    if (n == 0 || p->package[n - 1] != '*')
        return p->package;
    str    pattern = str_of(p->pattern);
    return str_fmt(x->scratch, "%.*s" STR_FMT, (int)n - 1, p->package, STR_ARG(str_sub(path, pattern.n - 1, path.n))).p;
}

static void emit_content(integrity *x, const integrity_path *p, str path, const char *real, int64_t size)
{
    shipped s = { 0 };
    bool    known = dpkg_sums_find(&x->sums, path, package_of(x, p, path), &s);
    bool    compare = known && s.md5.n && x->md5_kind;
    hash32  sha;
    uint8_t md5[EVP_MAX_MD_SIZE], want[16];
    if (known)
        emit_text(x->e, "package", s.package);
    if (size > HASHED_MAX)
        return;
    int e = hash_file(x, real, compare, &sha, md5);
    if (e && e != EFBIG)
        emit_lack_errno(x->e, e, str_z(x->scratch, path));
    if (e)
        return;
    emit_text(x->e, "sha256", hex_of(x->scratch, sha.b, sizeof sha.b));
    if (compare && hex_parse(s.md5, want, sizeof want))
        emit_bool(x->e, "matches_package", memcmp(md5, want, sizeof want) == 0);
}

/* ---- rows ----------------------------------------------------------------------------- */

static void emit_modes(integrity *x, const struct stat *st)
{
    emit_text(x->e, "mode", str_fmt(x->scratch, "%04o", (unsigned)st->st_mode & 07777));
    emit_text(x->e, "owner", name_of(x, &x->users, st->st_uid));
    emit_text(x->e, "group_name", name_of(x, &x->groups, st->st_gid));
    emit_int(x->e, "size_bytes", st->st_size);
    emit_bool(x->e, "readable_by_others", (st->st_mode & 04) != 0);
    emit_bool(x->e, "writable_by_group", (st->st_mode & 020) && st->st_gid != 0);
    emit_bool(x->e, "writable_by_others", (st->st_mode & 02) != 0);
}

static const char *type_of(const struct stat *st)
{
    return S_ISREG(st->st_mode) ? "file" : S_ISDIR(st->st_mode) ? "directory" : S_ISLNK(st->st_mode) ? "symlink" : "other";
}

static void emit_missing(integrity *x, str path)
{
    emit_text(x->e, "system", x->env->system);
    emit_text(x->e, "path", path);
    emit_z(x->e, "type", "missing");
    emit_row(x->e);
}

/* Where `path` leads through symlinks in the last place, which must not leave the tree that is read. */
static const char *follow(integrity *x, const char *path)
{
    char target[4096];
    for (int i = 0; i < 16; i++) {
        const char *real = env_path(x->scratch, x->env, path), *slash = strrchr(path, '/');
        ssize_t     n = readlink(real, target, sizeof target);
        if (n <= 0 || n == (ssize_t)sizeof target || !slash)
            return real;
        str to = { target, (size_t)n };
        path = target[0] == '/' ? str_z(x->scratch, to)
                                : str_fmt(x->scratch, "%.*s/" STR_FMT, (int)(slash - path), path, STR_ARG(to)).p;
    }
    return env_path(x->scratch, x->env, path);
}

/* For a symlink the fields describe what it leads to: that is what is used. */
static void emit_path(integrity *x, const integrity_path *p, str path)
{
    const char *real = env_path(x->scratch, x->env, str_z(x->scratch, path));
    struct stat st, target;
    if (x->rows >= ROWS_MAX || map_get(&x->done, path))
        return;
    if (lstat(real, &st) != 0) {
        if (errno != ENOENT && errno != ENOTDIR)       /* not seen is not the same as not there */
            emit_lack_errno(x->e, errno, str_z(x->scratch, path));
        return;
    }
    *map_put(&x->done, str_dup(x->a, path)) = x;
    x->rows++;
    emit_text(x->e, "system", x->env->system);
    emit_text(x->e, "path", path);
    emit_z(x->e, "type", type_of(&st));
    if (S_ISLNK(st.st_mode))
        real = follow(x, str_z(x->scratch, path));
    bool leads = stat(real, &target) == 0;
    if (!leads && errno != ENOENT && errno != ELOOP)
        emit_lack_errno(x->e, errno, str_z(x->scratch, path));
    if (leads) {
        emit_modes(x, &target);
        if (S_ISREG(target.st_mode) && !str_starts(path, S("/var/log/")))
            emit_content(x, p, path, real, target.st_size);
    }
    emit_row(x->e);
}

static bool exists(const integrity *x, const char *path)
{
    struct stat st;
    return lstat(env_path(x->scratch, x->env, path), &st) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

static void emit_pattern(integrity *x, const conf_files *files, const integrity_path *p)
{
    conf_notes notes = { 0 };
    conf_strs  paths = conf_glob(x->scratch, files, str_of(p->pattern), &notes);
    conf_notes_emit(x->e, &notes);
    for (size_t i = 0; i < paths.n; i++)
        emit_path(x, p, paths.v[i]);
    if (p->required_by && (strcmp(p->required_by, "/") == 0 || exists(x, p->required_by)) && !exists(x, p->pattern))
        emit_missing(x, str_of(p->pattern));
    arena_reset(x->scratch);
}

GUARD_DEFINE(EVP_MD_CTX, EVP_MD_CTX_free)

void probe_integrity(const collect_env *env, emit *e)
{
    auto_hasher hasher *h = hasher_new();
    auto_arena arena   *scratch = arena_new(256 << 20);
    GUARD(EVP_MD_CTX_free) EVP_MD_CTX *md5 = EVP_MD_CTX_new();
    conf_files files = conf_files_of(env);
    integrity  x = { .env = env, .e = e, .a = env->a, .scratch = scratch, .h = h, .md5 = md5, .done = map_new(env->a) };
    x.md5_kind = md5 && EVP_DigestInit_ex(md5, EVP_md5(), NULL) == 1 ? EVP_md5() : NULL;
    emit_begin(e, &relation_file_integrity);
    load_names(&x, "/etc/passwd", false, &x.users);
    load_names(&x, "/etc/group", true, &x.groups);
    dpkg_sums_open(x.a, env, &x.sums);
    if (x.sums.err && x.sums.err != ENOENT)
        emit_lack_errno(e, x.sums.err, "/var/lib/dpkg/status");
    for (size_t i = 0; i < n_integrity_paths; i++)
        emit_pattern(&x, &files, &integrity_paths[i]);
    if (x.rows >= ROWS_MAX)
        emit_lack(e, ST_PARTIAL, "more than %d files are watched; the rest is not listed", ROWS_MAX);
    dpkg_sums_close(&x.sums);
    emit_end(e, ST_OK);
}
