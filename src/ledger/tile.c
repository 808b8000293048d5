/* Tiles and entry bundles: their paths, and their files read and made. */
#include "ledger/private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char tmp_name[] = "tile.tmp", checkpoint_tmp[] = "checkpoint.tmp";

/* ---- paths ---- */

void tile_path(tile_ref t, char ret[TILE_PATH_BYTES])
{
    char   groups[40] = "";
    size_t at = sizeof groups - 4;
    snprintf(groups + at, 4, "%03u", (unsigned)(t.n % 1000));
    for (uint64_t n = t.n / 1000; n > 0; n /= 1000) {
        char group[6];
        snprintf(group, sizeof group, "x%03u/", (unsigned)(n % 1000));
        at -= 5;
        memcpy(groups + at, group, 5);
    }
    int n = t.level == BUNDLE ? snprintf(ret, TILE_PATH_BYTES, "tile/entries/%s", groups + at)
                              : snprintf(ret, TILE_PATH_BYTES, "tile/%d/%s", t.level, groups + at);
    if (t.width != TILE_WIDTH)
        snprintf(ret + n, TILE_PATH_BYTES - (size_t)n, ".p/%u", t.width);
}

static bool parse_group(str group, uint64_t *n)
{
    int64_t v;
    if (group.n != 3 || group.p[0] == '+' || group.p[0] == '-' || !parse_int(group, 0, 999, &v))
        return false;
    return !__builtin_mul_overflow(*n, 1000, n) && !__builtin_add_overflow(*n, (uint64_t)v, n);
}

bool tile_path_parse(str path, tile_ref *ret)
{
    tile_ref t = { .width = TILE_WIDTH };
    uint64_t v;
    str      rest = path;
    if (!str_eq(str_cut(&rest, '/'), S("tile")) || !rest.p)
        return false;
    str level = str_cut(&rest, '/');
    if (str_eq(level, S("entries")))
        t.level = BUNDLE;
    else if (decimal_parse(level, &v) && v < 64)
        t.level = (int)v;
    else
        return false;
    while (rest.p && rest.n && rest.p[0] == 'x') {
        str group = str_cut(&rest, '/');
        if (!parse_group(str_sub(group, 1, group.n), &t.n))
            return false;
    }
    str last = rest.p ? str_cut(&rest, '/') : S("");
    if (rest.p && (!str_ends(last, S(".p")) || !decimal_parse(rest, &v) || v == 0 || v >= TILE_WIDTH))
        return false;
    if (rest.p) {
        t.width = (unsigned)v;
        last = str_sub(last, 0, last.n - 2);
    }
    char again[TILE_PATH_BYTES];
    if (!parse_group(last, &t.n))
        return false;
    tile_path(t, again);
    *ret = t;
    return str_eq(path, str_of(again));  /* x000/001 would be a second name of 001 */
}

static uint64_t shifted(uint64_t size, int levels) { return levels >= LEVELS ? 0 : size >> 8 * levels; }

unsigned tile_width(uint64_t size, int level, uint64_t n)
{
    int      l = level == BUNDLE ? 0 : level;
    uint64_t full = shifted(size, l + 1);
    if (n < full)
        return TILE_WIDTH;
    return n == full ? (unsigned)(shifted(size, l) % TILE_WIDTH) : 0;
}

/* ---- reading ---- */

err_t log_dir_open(const char *path, fault *f, log_dir *ret)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return fail_errno(f, errno, "cannot open the log directory %s", path);
    *ret = (log_dir){ path, fd };
    return ERR_OK;
}

static int read_all(int fd, char *p, size_t n, size_t *ret_n)
{
    size_t have = 0;
    while (have < n) {
        ssize_t got = read(fd, p + have, n - have);
        if (got < 0 && errno != EINTR)
            return errno;
        if (got == 0)
            break;
        if (got > 0)
            have += (size_t)got;
    }
    *ret_n = have;
    return 0;
}

int log_dir_read(arena *a, const log_dir *d, const char *name, size_t max, str *ret)
{
    auto_fd int fd = openat(d->fd, name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0)
        return errno;
    if (!S_ISREG(st.st_mode))
        return EINVAL;
    if ((uint64_t)st.st_size > max)
        return EFBIG;
    size_t n = 0;
    char  *p = arena_alloc(a, (size_t)st.st_size + 1, 1);
    int    e = read_all(fd, p, (size_t)st.st_size, &n);
    if (!e)
        *ret = (str){ p, n };
    return e;
}

/* The width of another partial file that holds the first t.width hashes or
 * entries too; 0: none. */
static unsigned wider_partial(arena *a, const log_dir *d, tile_ref t)
{
    char     path[TILE_PATH_BYTES];
    str     *names;
    size_t   n;
    unsigned best = 0;
    tile_path((tile_ref){ t.level, t.n, TILE_WIDTH }, path);
    if (dir_names(a, str_fmt(a, "%s/%s.p", d->path, path).p, 4096, &names, &n) != 0)
        return 0;
    for (size_t i = 0; i < n; i++) {
        int64_t width;
        if (parse_int(names[i], t.width + 1, TILE_WIDTH - 1, &width) && (best == 0 || width < best))
            best = (unsigned)width;
    }
    return best;
}

/* The file of `t`, or of the full tile that took its place, or of a wider
 * partial one: a tree may be asked for at a size that was never published. */
static err_t read_file(arena *a, const log_dir *d, tile_ref t, size_t max, fault *f, str *ret, tile_ref *ret_found)
{
    char path[TILE_PATH_BYTES], other_path[TILE_PATH_BYTES];
    tile_path(t, path);
    *ret_found = t;
    int e = log_dir_read(a, d, path, max, ret);
    if (e == ENOENT && t.width != TILE_WIDTH) {
        ret_found->width = TILE_WIDTH;
        tile_path(*ret_found, other_path);
        e = log_dir_read(a, d, other_path, max, ret);
    }
    if (e == ENOENT && t.width != TILE_WIDTH && (ret_found->width = wider_partial(a, d, t)) != 0) {
        tile_path(*ret_found, other_path);
        e = log_dir_read(a, d, other_path, max, ret);
    }
    if (e == EFBIG || e == EINVAL)
        return fail(f, ERR_CORRUPT, "%s/%s is larger than such a file can be, or not a file", d->path, path);
    if (e == ENOENT)
        return fail(f, ERR_CORRUPT, "%s/%s is missing", d->path, path);
    return e ? fail_errno(f, e, "cannot read %s/%s", d->path, path) : ERR_OK;
}

err_t tile_read(arena *a, const log_dir *d, tile_ref t, fault *f, const hash32 **ret)
{
    str      bytes = S("");
    tile_ref found;
    char     path[TILE_PATH_BYTES];
    TRY(read_file(a, d, t, TILE_WIDTH * sizeof(hash32), f, &bytes, &found));
    if (bytes.n != found.width * sizeof(hash32)) {
        tile_path(found, path);
        return fail(f, ERR_CORRUPT, "%s/%s has %zu bytes instead of %zu", d->path, path, bytes.n,
                    found.width * sizeof(hash32));
    }
    *ret = (const hash32 *)(const void *)bytes.p;
    return ERR_OK;
}

bool bundle_parse(str bytes, unsigned width, str ret[TILE_WIDTH])
{
    for (unsigned i = 0; i < width; i++) {
        if (bytes.n < 2)
            return false;
        size_t n = (size_t)(uint8_t)bytes.p[0] << 8 | (uint8_t)bytes.p[1];
        if (bytes.n - 2 < n)
            return false;
        ret[i] = (str){ bytes.p + 2, n };
        bytes = (str){ bytes.p + 2 + n, bytes.n - 2 - n };
    }
    return bytes.n == 0;
}

err_t bundle_read(arena *a, const log_dir *d, tile_ref t, fault *f, str ret[TILE_WIDTH])
{
    str      bytes = S("");
    tile_ref found;
    char     path[TILE_PATH_BYTES];
    TRY(read_file(a, d, t, BUNDLE_MAX_BYTES, f, &bytes, &found));
    if (!bundle_parse(bytes, found.width, ret)) {
        tile_path(found, path);
        return fail(f, ERR_CORRUPT, "%s/%s does not hold exactly %u entries", d->path, path, found.width);
    }
    return ERR_OK;
}

/* ---- making ---- */

static bool all_zero(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i])
            return false;
    return true;
}

/* After a power failure a file that was not synced may be short, and parts of
 * it zero.  Anything else in it was written by somebody else. */
static bool torn(str have, str want)
{
    enum { SECTOR = 512 };
    if (have.n > want.n)
        return false;
    for (size_t at = 0; at < have.n; at += SECTOR) {
        str sector = str_sub(have, at, at + SECTOR);
        if (!str_eq(sector, str_sub(want, at, at + sector.n)) && !all_zero(sector))
            return false;
    }
    return true;
}

static int write_new(const log_dir *d, const char *name, str bytes, mode_t mode)
{
    auto_fd int fd = openat(d->fd, name, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, mode);
    if (fd < 0)
        return errno;
    while (bytes.n) {
        ssize_t n = write(fd, bytes.p, bytes.n);
        if (n < 0 && errno != EINTR)
            return errno;
        if (n > 0)
            bytes = str_sub(bytes, (size_t)n, bytes.n);
    }
    return 0;
}

static int make_parents(const log_dir *d, const char *path)
{
    char parent[TILE_PATH_BYTES];
    snprintf(parent, sizeof parent, "%s", path);
    for (char *slash = strchr(parent, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdirat(d->fd, parent, 0755) != 0 && errno != EEXIST)
            return errno;
        *slash = '/';
    }
    return 0;
}

static int move_in_place(const log_dir *d, const char *path, bool replace)
{
    unsigned flags = replace ? 0 : RENAME_NOREPLACE;
    if (renameat2(d->fd, tmp_name, d->fd, path, flags) == 0)
        return 0;
    if (errno == ENOENT) {
        int e = make_parents(d, path);
        if (e || renameat2(d->fd, tmp_name, d->fd, path, flags) == 0)
            return e;
    }
    if (errno == EINVAL && linkat(d->fd, tmp_name, d->fd, path, 0) == 0)    /* no NOREPLACE here: NFS */
        return unlinkat(d->fd, tmp_name, 0) == 0 ? 0 : errno;
    return errno;
}

err_t tile_put(const log_dir *d, tile_ref t, str bytes, fault *f)
{
    auto_arena arena *a = arena_new(BUNDLE_MAX_BYTES + (64 << 10));
    char              path[TILE_PATH_BYTES];
    str               have = S("");
    tile_path(t, path);
    int  e = log_dir_read(a, d, path, BUNDLE_MAX_BYTES, &have);
    bool there = e == 0;
    if (e && e != ENOENT)
        return fail_errno(f, e, "cannot read %s/%s", d->path, path);
    if (there && str_eq(have, bytes))
        return ERR_OK;
    if (there && !torn(have, bytes))
        return fail(f, ERR_CORRUPT, "%s/%s holds other bytes than were staged for it; it was altered, or another "
                    "program writes to this log. Keep a copy, then rebuild the tiles from the database", d->path, path);
    e = write_new(d, tmp_name, bytes, 0444);
    if (!e)
        e = move_in_place(d, path, there);
    if (!e)
        return ERR_OK;
    unlinkat(d->fd, tmp_name, 0);
    return fail_errno(f, e, "cannot write %s/%s", d->path, path);
}

err_t checkpoint_put(const log_dir *d, str note_bytes, fault *f)
{
    int e = write_new(d, checkpoint_tmp, note_bytes, 0644);
    if (!e && renameat(d->fd, checkpoint_tmp, d->fd, "checkpoint") != 0)
        e = errno;
    return e ? fail_errno(f, e, "cannot write %s/checkpoint", d->path) : ERR_OK;
}

err_t tile_drop_partials(const log_dir *d, int level, uint64_t n, fault *f)
{
    auto_arena arena *a = arena_new(1 << 20);
    char              path[TILE_PATH_BYTES];
    str              *names;
    size_t            n_names;
    tile_path((tile_ref){ level, n, TILE_WIDTH }, path);
    const char *whole = str_fmt(a, "%s/%s.p", d->path, path).p;
    int         e = dir_names(a, whole, 4096, &names, &n_names);
    if (e == ENOENT)
        return ERR_OK;
    for (size_t i = 0; !e && i < n_names; i++) {
        const char *name = str_fmt(a, "%s.p/" STR_FMT, path, STR_ARG(names[i])).p;
        e = unlinkat(d->fd, name, 0) == 0 || errno == ENOENT ? 0 : errno;
    }
    if (!e && unlinkat(d->fd, str_fmt(a, "%s.p", path).p, AT_REMOVEDIR) != 0)
        e = errno;
    return e ? fail_errno(f, e, "cannot remove the partial files in %s", whole) : ERR_OK;
}

hash32 tile_root(hasher *h, const hash32 hashes[TILE_WIDTH])
{
    hash32 level[TILE_WIDTH / 2];
    for (size_t i = 0; i < TILE_WIDTH / 2; i++)
        level[i] = merkle_node(h, &hashes[2 * i], &hashes[2 * i + 1]);
    for (size_t n = TILE_WIDTH / 4; n > 0; n /= 2)
        for (size_t i = 0; i < n; i++)
            level[i] = merkle_node(h, &level[2 * i], &level[2 * i + 1]);
    return level[0];
}
