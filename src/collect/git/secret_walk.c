/* Which files are looked at for secrets: those git tracks, and those it would
 * take in because no rule ignores them. */
#include "collect/git/git.h"
#include "collect/git/secret.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MAX_BYTES = 2 << 20, FILES_MAX = 1000000, DEPTH_MAX = 200, BINARY_LOOK = 8000 };

typedef struct {
    git_source     *s;
    secret_scanner *sc;
    git_index      *index;               /* NULL: bare, or it cannot be read */
    git_odb        *odb;
    char           *bytes;               /* FILE_MAX_BYTES */
    str             path;                /* of the file being looked at */
    int             tracked;             /* -1: not known */
    int64_t         files, large, binary;
    time_us         next_progress;
} walk;

static void on_hit(void *arg, const secret_hit *h)
{
    walk *w = arg;
    emit *e = w->s->e;
    emit_text(e, "repository", w->s->name);
    emit_text(e, "path", w->path);
    emit_int(e, "line", h->line);
    emit_z(e, "rule", h->rule);
    if (w->tracked >= 0)
        emit_bool(e, "tracked", w->tracked);
    emit_bool(e, "test_data", path_is_test_data(w->path));
    emit_int(e, "length", h->length);
    emit_row(e);
}

static void look(walk *w, str text)
{
    if (memchr(text.p, 0, text.n < BINARY_LOOK ? text.n : BINARY_LOOK)) {
        w->binary++;
        return;
    }
    secret_scan(w->sc, text, path_is_settings(w->path), on_hit, w);
}

static bool count_file(walk *w)
{
    time_us now = time_mono();
    if (now >= w->next_progress) {
        if (w->next_progress)
            fprintf(stderr, "git: %lld files looked at for secrets\n", (long long)w->files);
        w->next_progress = now + SECONDS(1);
    }
    if (w->files == FILES_MAX)
        emit_lack(w->s->e, ST_PARTIAL, "only the first %d files were looked at", FILES_MAX);
    return w->files++ < FILES_MAX;
}

/* ---- a working tree -------------------------------------------------------------- */

static const char *shown(walk *w, str path) { return str_z(w->s->a, utf8_clean(w->s->a, path)); }

static void scan_file(walk *w, int dir, const char *name)
{
    auto_fd int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    size_t      n = 0;
    ssize_t     got = fd < 0 ? -1 : 1;
    while (got > 0 && n < FILE_MAX_BYTES) {
        got = read(fd, w->bytes + n, FILE_MAX_BYTES - n);
        n += got > 0 ? (size_t)got : 0;
    }
    if (got < 0 && errno != ENOENT)
        emit_lack_errno(w->s->e, errno, shown(w, w->path));
    else if (n)
        look(w, (str){ w->bytes, n });
}

static bool is_ignored(walk *w, const char *path)
{
    int ignored = 0;
    return w->s->g.ignore_path_is_ignored(&ignored, w->s->repo, path) == 0 && ignored;
}

static void visit_file(walk *w, int dir, const char *name, const char *path, const struct stat *st)
{
    bool tracked = w->index && w->s->g.index_get_bypath(w->index, path, 0);
    if (!tracked && is_ignored(w, path))
        return;
    w->path = str_of(path);
    w->tracked = w->index ? tracked : -1;
    if (st->st_size > FILE_MAX_BYTES)
        w->large++;
    else if (st->st_size > 0 && count_file(w))
        scan_file(w, dir, name);
}

/* A directory without tracked files is entered unless ignored or a repository of its own. */
static bool may_enter(walk *w, arena *t, int dir, const char *name, const char *path)
{
    struct stat st;
    const char *slash = str_fmt(t, "%s/", path).p;
    size_t      at;
    if (w->index && w->s->g.index_find_prefix(&at, w->index, slash) == 0)
        return true;
    auto_fd int fd = openat(dir, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return fd >= 0 && fstatat(fd, ".git", &st, AT_SYMLINK_NOFOLLOW) != 0 && !is_ignored(w, slash);
}

static void walk_dir(walk *w, int parent, const char *name, const char *path, int depth);

static void visit(walk *w, DIR *d, const char *name, const char *dir_path, int depth)
{
    auto_arena arena *t = arena_new(1 << 20);
    const char       *path = str_fmt(t, "%s%s%s", dir_path, dir_path[0] ? "/" : "", name).p;
    struct stat       st;
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || strcmp(name, ".git") == 0)
        return;
    if (fstatat(dirfd(d), name, &st, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno != ENOENT)
            emit_lack_errno(w->s->e, errno, shown(w, str_of(path)));
        return;
    }
    if (S_ISREG(st.st_mode))
        visit_file(w, dirfd(d), name, path, &st);
    else if (S_ISDIR(st.st_mode) && may_enter(w, t, dirfd(d), name, path))
        walk_dir(w, dirfd(d), name, path, depth + 1);
}

static void walk_dir(walk *w, int parent, const char *name, const char *path, int depth)
{
    if (depth > DEPTH_MAX) {
        emit_lack(w->s->e, ST_PARTIAL, "directories are nested deeper than %d", DEPTH_MAX);
        return;
    }
    int  fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *d = fd < 0 ? NULL : fdopendir(fd);
    if (!d) {
        emit_lack_errno(w->s->e, errno, shown(w, str_of(path[0] ? path : ".")));
        if (fd >= 0)
            close(fd);
        return;
    }
    for (;;) {
        errno = 0;
        const struct dirent *row = w->files > FILES_MAX ? NULL : readdir(d);
        if (!row)
            break;
        visit(w, d, row->d_name, path, depth);
    }
    if (errno)
        emit_lack_errno(w->s->e, errno, shown(w, str_of(path)));
    closedir(d);
}

static void walk_working_tree(walk *w, const char *top)
{
    auto_fd int fd = open(top, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (w->s->g.repository_index(&w->index, w->s->repo) != 0) {
        w->index = NULL;
        emit_lack(w->s->e, ST_ERROR, "the index cannot be read: %s", git_lib_error(&w->s->g));
    }
    if (fd < 0)
        emit_lack_errno(w->s->e, errno, shown(w, str_of(top)));
    else
        walk_dir(w, fd, ".", "", 0);
    w->s->g.index_free(w->index);
}

/* ---- a bare repository: the files of its default branch ------------------------------- */

static int on_entry(const char *root, const git_tree_entry *entry, void *arg)
{
    walk         *w = arg;
    git_source   *s = w->s;
    git_blob     *blob = NULL;
    git_object_t  type;
    size_t        size;
    const git_oid *id = s->g.tree_entry_id(entry);
    if (s->g.tree_entry_type(entry) != GIT_OBJECT_BLOB)
        return 0;
    auto_arena arena *t = arena_new(1 << 20);
    w->path = str_fmt(t, "%s%s", root, s->g.tree_entry_name(entry));
    if (s->g.odb_read_header(&size, &type, w->odb, id) != 0) {
        emit_lack(s->e, ST_ERROR, "%s: %s", shown(w, w->path), git_lib_error(&s->g));
    } else if (size > FILE_MAX_BYTES) {
        w->large++;
    } else if (size && count_file(w)) {
        if (s->g.blob_lookup(&blob, s->repo, id) == 0)
            look(w, (str){ s->g.blob_rawcontent(blob), (size_t)s->g.blob_rawsize(blob) });
        else
            emit_lack(s->e, ST_ERROR, "%s: %s", shown(w, w->path), git_lib_error(&s->g));
        s->g.blob_free(blob);
    }
    return w->files > FILES_MAX ? -1 : 0;
}

static void walk_tip(walk *w)
{
    git_source *s = w->s;
    git_commit *c = NULL;
    git_tree   *tree = NULL;
    w->tracked = 1;
    if (s->g.commit_lookup(&c, s->repo, &s->tip) != 0 || s->g.commit_tree(&tree, c) != 0 ||
        s->g.repository_odb(&w->odb, s->repo) != 0 ||
        (s->g.tree_walk(tree, GIT_TREEWALK_PRE, on_entry, w) < 0 && w->files <= FILES_MAX))
        emit_lack(s->e, ST_ERROR, "the tip of the branch cannot be read: %s", git_lib_error(&s->g));
    s->g.odb_free(w->odb);
    s->g.tree_free(tree);
    s->g.commit_free(c);
}

void git_secrets(git_source *s)
{
    const char *top = s->g.repository_workdir(s->repo);
    walk        w = { .s = s, .sc = secret_scanner_new(s->a), .bytes = arena_alloc(s->a, FILE_MAX_BYTES, 1) };
    git_begin(s, "secret_finding");
    if (top)
        walk_working_tree(&w, top);
    else if (s->has_tip)
        walk_tip(&w);
    else if (s->tip_lack)
        emit_lack(s->e, ST_ERROR, "%s", s->tip_lack);
    if (w.large || w.binary)
        fprintf(stderr, "git: not looked at for secrets: %lld files over 2 MiB, %lld binary\n", (long long)w.large,
                (long long)w.binary);
    emit_end(s->e, !top && !s->has_tip && !s->tip_lack ? ST_ABSENT : ST_OK);
}
