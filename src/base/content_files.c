#include "base/content.h"

#include <errno.h>
#include <sys/stat.h>

typedef struct {
    arena         *a;
    faults        *fs;
    content_files *out;
    const content_dir *dirs;
    size_t         n_dirs, n_builtin, bytes;
} gatherer;

const content_file *file_find(const content_files *files, str rel)
{
    for (size_t i = 0; i < files->n; i++)
        if (str_eq(files->v[i].rel, rel))
            return &files->v[i];
    return NULL;
}

static bool single(const content_dir *d) { return strchr(d->name, '.') != NULL; }

/* The row a file of content belongs to; NULL: it is somebody else's. */
static const content_dir *dir_of(const gatherer *g, str rel)
{
    for (size_t i = 0; i < g->n_dirs; i++) {
        str name = str_of(g->dirs[i].name);
        if (str_eq(rel, name) || (str_starts(rel, name) && rel.p[name.n] == '/'))
            return &g->dirs[i];
    }
    return NULL;
}

static void files_builtin(gatherer *g)
{
    const str top = S("content/");
    for (size_t i = 0; i < n_assets; i++) {
        str path = str_of(assets[i].path), rel = str_sub(path, top.n, path.n);
        if (str_starts(path, top) && dir_of(g, rel))
            da_push(g->a, g->out) = (content_file){ .rel = rel, .file = { .path = path, .text = assets[i].bytes } };
    }
    g->n_builtin = g->out->n;
}

static str join(arena *a, str dir, str name)
{
    return str_fmt(a, STR_FMT "/" STR_FMT, STR_ARG(dir), STR_ARG(name));
}

static void refuse(gatherer *g, str path, const char *why)
{
    fault_at(g->fs, utf8_clean(g->a, path), 0, "%s", why);
}

/* What stands at `path`: the mode, or 0 after telling why it is of no use.
 * Links are not followed: what a workspace holds must be inside it. */
static mode_t mode_of(gatherer *g, str path, bool may_lack)
{
    struct stat st;
    if (lstat(str_z(g->a, path), &st) != 0) {
        char        text[128];
        const char *why = strerror_r(errno, text, sizeof text);
        if (!(may_lack && errno == ENOENT))
            refuse(g, path, why);
        return 0;
    }
    if (S_ISLNK(st.st_mode))
        refuse(g, path, "is a symbolic link; put the file itself here");
    else if (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
        refuse(g, path, "is neither a file nor a directory");
    else
        return st.st_mode;
    return 0;
}

/* How many names the directory holds, if it is there and can be read. Hidden files are none of ours. */
static size_t names_of(gatherer *g, str path, str **ret)
{
    char   text[128];
    size_t n = 0, seen = 0;
    mode_t mode = mode_of(g, path, true);
    *ret = NULL;
    if (mode && !S_ISDIR(mode))
        refuse(g, path, "is not a directory");
    if (!S_ISDIR(mode))
        return 0;
    int e = dir_names(g->a, str_z(g->a, path), CONTENT_NAMES_MAX, ret, &n);
    if (e)
        refuse(g, path, e == EFBIG ? "holds more than 5000 names" : strerror_r(e, text, sizeof text));
    for (size_t i = 0; i < n; i++)
        if ((*ret)[i].p[0] != '.')
            (*ret)[seen++] = (*ret)[i];
    return seen;
}

static void put(gatherer *g, const content_file *file)
{
    for (size_t i = 0; i < g->n_builtin && !dir_of(g, file->rel)->by_block; i++)
        if (str_eq(g->out->v[i].rel, file->rel)) {
            g->out->v[i] = *file;
            return;
        }
    da_push(g->a, g->out) = *file;
}

static void file_add(gatherer *g, str rel, str path)
{
    content_file one = { .rel = rel, .file.path = path, .overlay = true };
    mode_t       mode = mode_of(g, path, false);
    if (mode == 0)
        return;
    if (S_ISDIR(mode)) {
        refuse(g, path, "is a directory; a file is expected here");
        return;
    }
    int e = file_slurp(g->a, str_z(g->a, path), CONTENT_FILE_MAX, &one.file.text);
    if (e) {
        char text[128];
        refuse(g, path, e == EFBIG ? "is larger than 1 MiB" : strerror_r(e, text, sizeof text));
        return;
    }
    g->bytes += one.file.text.n;
    if (g->bytes > CONTENT_OVERLAY_MAX) {
        g->bytes = 0;                                  /* told once */
        refuse(g, path, "is too much: all files together are larger than 16 MiB");
        return;
    }
    if (!utf8_valid(path)) {
        refuse(g, path, "has a name that is not UTF-8");
        return;
    }
    put(g, &one);
}

/* Files of one directory. What does not end in one of `endings` is refused:
 * it was meant to be read, and would not be. */
static void dir_add(gatherer *g, str rel, str path, const char *const endings[])
{
    str   *names;
    size_t n = names_of(g, path, &names);
    for (size_t i = 0; i < n; i++) {
        bool known = false;
        str  at = join(g->a, path, names[i]);
        for (const char *const *e = endings; *e; e++)
            known |= str_ends(names[i], str_of(*e));
        if (known)
            file_add(g, join(g->a, rel, names[i]), at);
        else
            fault_at(g->fs, utf8_clean(g->a, at), 0, "is not read: names here end in %s%s%s", endings[0],
                     endings[1] ? " or " : "", endings[1] ? endings[1] : "");
    }
}

static void groups_add(gatherer *g, const content_dir *d, str path)
{
    str   *names;
    size_t n = names_of(g, path, &names);
    for (size_t i = 0; i < n; i++) {
        str at = join(g->a, path, names[i]);
        if (name_sound(names[i]))
            dir_add(g, join(g->a, str_of(d->name), names[i]), at, d->endings);
        else
            fault_at(g->fs, utf8_clean(g->a, at), 0, "is not read: %s stand in %s/GROUP/NAME%s, GROUP being of a-z, 0-9 and -",
                     d->name, d->name, d->endings[0]);
    }
}

static void overlay_add(gatherer *g, const content_dir *d, str top)
{
    struct stat st;
    str         path = join(g->a, top, str_of(d->name));
    if (d->nested)
        groups_add(g, d, path);
    else if (!single(d))
        dir_add(g, str_of(d->name), path, d->endings);
    else if (lstat(str_z(g->a, path), &st) == 0)
        file_add(g, str_of(d->name), path);
}

void files_gather(arena *a, faults *fs, const char *overlay, const content_dir *dirs, size_t n, content_files *ret)
{
    gatherer    g = { .a = a, .fs = fs, .out = ret, .dirs = dirs, .n_dirs = n };
    struct stat st;
    str         top = str_of(overlay);
    files_builtin(&g);
    if (!overlay || (stat(overlay, &st) != 0 && errno == ENOENT))
        return;
    while (top.n > 1 && top.p[top.n - 1] == '/')
        top.n--;
    if (stat(overlay, &st) != 0 || !S_ISDIR(st.st_mode)) {
        refuse(&g, top, "is not a directory of content that can be read");
        return;
    }
    for (size_t i = 0; i < n; i++)
        overlay_add(&g, &dirs[i], top);
}
