/* All tiles anew from the entries, which live elsewhere too. */
#include "ledger/private.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)st; (void)flag; (void)ftw;
    return remove(path);
}

static err_t remove_tree(const char *path, fault *f)
{
    if (nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0 || errno == ENOENT)
        return ERR_OK;
    return fail_errno(f, errno, "cannot remove %s", path);
}

static err_t put_file(void *arg, tile_ref t, str bytes, fault *f) { return tile_put(arg, t, bytes, f); }

static err_t write_all_tiles(ledger *l, log_dir *to, entry_reader entry_at, void *arg, fault *f)
{
    auto_arena arena *a = arena_new((size_t)TILE_WIDTH * (1 << 20));
    tile_sink         out = { put_file, to };
    for (uint64_t i = 0; i < l->signed_at.size; i++) {
        str entry = S("");
        if (i % TILE_WIDTH == 0)
            arena_reset(a);
        TRY(entry_at(arg, i, a, &entry, f));
        if (entry.n > ENTRY_MAX_BYTES)
            return fail(f, ERR_CORRUPT, "entry %llu has %zu bytes; no entry of a log can", (unsigned long long)i, entry.n);
        TRY(edge_add(l->h, l->edge, entry, &out, f));
    }
    TRY(edge_put_partials(l->edge, 0, &out, f));
    merkle_range range = edge_range(l->h, l->edge);
    hash32       root = merkle_root(l->h, &range);
    if (!hash32_eq(&root, &l->signed_at.root))
        return fail(f, ERR_CORRUPT, "the %llu entries given do not lead to the root signed last: at least one of them was "
                    "altered. The tiles were left as they were", (unsigned long long)l->signed_at.size);
    return syncfs(to->fd) == 0 ? ERR_OK : fail_errno(f, errno, "cannot sync %s", to->path);
}

/* Old and new change places at once; the old ones are then removed. */
static err_t swap_tiles(const ledger *l, const log_dir *from, fault *f)
{
    if (mkdirat(from->fd, "tile", 0755) != 0 && errno != EEXIST)
        return fail_errno(f, errno, "cannot make %s/tile", from->path);
    if (renameat2(from->fd, "tile", l->dir.fd, "tile", RENAME_EXCHANGE) == 0)
        return ERR_OK;
    if (errno == EINVAL && renameat(l->dir.fd, "tile", from->fd, "replaced") != 0)     /* no EXCHANGE here */
        return fail_errno(f, errno, "cannot set %s/tile aside", l->dir.path);
    if (renameat(from->fd, "tile", l->dir.fd, "tile") != 0)
        return fail_errno(f, errno, "cannot put the new tiles in %s in place", l->dir.path);
    return ERR_OK;
}

static err_t rebuild_in(ledger *l, const char *work, entry_reader entry_at, void *arg, fault *f)
{
    log_dir to;
    TRY(remove_tree(work, f));
    TRY(dir_make(work, 0755, f));
    TRY(log_dir_open(work, f, &to));
    auto_fd int fd = to.fd;
    assert(fd >= 0);
    TRY(write_all_tiles(l, &to, entry_at, arg, f));
    TRY(swap_tiles(l, &to, f));
    TRY(checkpoint_put(&l->dir, buf_str(&l->signed_note), f));
    return ledger_settle(l, f);
}

err_t ledger_rebuild(const ledger_paths *p, uint64_t size, entry_reader entry_at, void *arg, fault *f)
{
    auto_ledger ledger *l = NULL;
    TRY(ledger_start(p, f, &l));
    if (size < l->signed_at.size)
        return fail(f, ERR_CORRUPT, "%llu entries are there but %llu were signed; the database is an older copy. Restore its "
                    "newest copy", (unsigned long long)size, (unsigned long long)l->signed_at.size);
    const char *work = str_fmt(l->a, "%s/rebuild", p->dir).p;
    err_t       e = rebuild_in(l, work, entry_at, arg, f);
    err_t       cleaned = remove_tree(work, f);
    return e != ERR_OK ? e : cleaned;
}
