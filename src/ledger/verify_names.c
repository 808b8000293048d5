/* The other half of a check: what lies in tile/ that the checkpoint does not explain. */
#include "ledger/verify.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAMES_MAX = 1 << 20, DEPTH_MAX = 10, STAGING_MAX_BYTES = 0x7fffffff };

typedef struct {
    const verifier *v;
    arena          *a;                   /* of the faults */
    str_list       *faults;
    uint64_t        ahead;               /* files up to this size may be there already */
} walk;

/* The writer may be publishing, or may have been stopped while it was: what is
 * staged, or published by now, explains files beyond the checkpoint we read. */
static uint64_t size_ahead(const verifier *v)
{
    auto_arena arena   *a = arena_new((size_t)STAGING_MAX_BYTES + (4 << 20));
    auto_hasher hasher *h = hasher_new();
    uint64_t            size = v->size;
    str                 bytes = S("");
    staged              s;
    size_t              n;
    checkpoint          c;
    if (log_dir_read(a, &v->dir, "staging", STAGING_MAX_BYTES, &bytes) == 0)
        for (; staging_parse(h, bytes, &s, &n); bytes = str_sub(bytes, n, bytes.n))
            size = s.size > size ? s.size : size;
    if (log_dir_read(a, &v->dir, "checkpoint", NOTE_MAX_BYTES, &bytes) == 0 &&
        checkpoint_of_note(a, bytes, NULL, &c) == ERR_OK && c.size > size)
        size = c.size;
    return size;
}

/* A partial file of an earlier checkpoint: the beginning of today's file. */
static void check_earlier(const walk *w, tile_ref t, unsigned width_now)
{
    auto_arena arena *a = arena_new(2 * (size_t)BUNDLE_MAX_BYTES + (1 << 20));
    char              path[TILE_PATH_BYTES];
    str               old = S(""), now = S(""), entries[TILE_WIDTH];
    tile_path(t, path);
    if (log_dir_read(a, &w->v->dir, path, BUNDLE_MAX_BYTES, &old) != 0) {
        note_fault(w->a, w->faults, t, "cannot be read");
        return;
    }
    tile_path((tile_ref){ t.level, t.n, width_now }, path);
    if (log_dir_read(a, &w->v->dir, path, BUNDLE_MAX_BYTES, &now) != 0)
        return;                          /* said elsewhere */
    bool whole = t.level == BUNDLE ? bundle_parse(old, t.width, entries) : old.n == t.width * sizeof(hash32);
    if (!whole || !str_starts(now, old))
        note_fault(w->a, w->faults, t, "an earlier state of this file, but not its beginning");
}

static void check_name(const walk *w, str path)
{
    tile_ref t;
    if (!tile_path_parse(path, &t)) {
        da_push(w->a, w->faults) = str_fmt(w->a, STR_FMT ": no such file belongs to a log", STR_ARG(utf8_clean(w->a, path)));
        return;
    }
    unsigned now = tile_width(w->v->size, t.level, t.n);
    if (t.width < now)
        check_earlier(w, t, now);
    else if (t.width > now && t.width > tile_width(w->ahead, t.level, t.n))
        note_fault(w->a, w->faults, t, "%s that no checkpoint covers", t.level == BUNDLE ? "entries" : "hashes");
}

static void walk_dir(const walk *w, const char *name, int depth)
{
    auto_arena arena *a = arena_new(256 << 20);
    str              *names;
    size_t            n;
    int e = dir_names(a, str_fmt(a, "%s/%s", w->v->dir.path, name).p, NAMES_MAX, &names, &n);
    if (e == ENOENT && depth == 0)
        return;
    if (e || depth > DEPTH_MAX) {
        str clean = utf8_clean(w->a, str_of(name));
        da_push(w->a, w->faults) = str_fmt(w->a, STR_FMT ": this directory cannot be read", STR_ARG(clean));
        return;
    }
    for (size_t i = 0; i < n; i++) {
        struct stat st;
        str         path = str_fmt(a, "%s/" STR_FMT, name, STR_ARG(names[i]));
        if (fstatat(w->v->dir.fd, path.p, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode))
            walk_dir(w, path.p, depth + 1);
        else
            check_name(w, path);
    }
}

/* A published partial file has to be there under its own name, not only in a
 * wider one from which it could be read. (Unreadable ones were named before.) */
static void check_edge_name(const walk *w, tile_ref t)
{
    auto_arena arena *a = arena_new(BUNDLE_MAX_BYTES + (1 << 20));
    tile_ref          full = { t.level, t.n, TILE_WIDTH };
    char              path[TILE_PATH_BYTES], full_path[TILE_PATH_BYTES];
    const hash32     *hashes;
    str               entries[TILE_WIDTH];
    tile_path(t, path);
    tile_path(full, full_path);
    if (faccessat(w->v->dir.fd, path, F_OK, 0) == 0 || faccessat(w->v->dir.fd, full_path, F_OK, 0) == 0)
        return;
    err_t e = t.level == BUNDLE ? bundle_read(a, &w->v->dir, t, NULL, entries) : tile_read(a, &w->v->dir, t, NULL, &hashes);
    if (e == ERR_OK)
        note_fault(w->a, w->faults, t, "missing");
}

static void check_edge_names(const walk *w)
{
    for (int level = BUNDLE; level < LEVELS; level++) {
        int      l = level == BUNDLE ? 0 : level;
        uint64_t n = l + 1 < LEVELS ? w->v->size >> 8 * (l + 1) : 0;
        unsigned width = tile_width(w->v->size, level, n);
        if (width)
            check_edge_name(w, (tile_ref){ level, n, width });
    }
}

void verify_names(arena *a, const verifier *v, str_list *faults)
{
    walk w = { v, a, faults, size_ahead(v) };
    walk_dir(&w, "tile", 0);
    check_edge_names(&w);
}
