#include "assess/parts.h"

#include <errno.h>
#include <sys/stat.h>

typedef struct {
    arena         *a;
    faults        *fs;
    content_files *out;
    size_t         n_builtin, bytes;
} gatherer;

const content_file *file_find(const content_files *files, str rel)
{
    for (size_t i = 0; i < files->n; i++)
        if (str_eq(files->v[i].rel, rel))
            return &files->v[i];
    return NULL;
}

static void files_builtin(gatherer *g)
{
    const str top = S("content/");
    for (size_t i = 0; i < n_assets; i++) {
        str path = str_of(assets[i].path);
        if (str_starts(path, top))
            da_push(g->a, g->out) = (content_file){ .rel = str_sub(path, top.n, path.n),
                                                    .file = { .path = path, .text = assets[i].bytes } };
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
    bool blocks = str_starts(file->rel, S("controls/"));
    for (size_t i = 0; i < g->n_builtin && !blocks; i++)
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
static void dir_add(gatherer *g, str rel, str path, const char *const *endings)
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

static void tests_add(gatherer *g, str path)
{
    static const char *const endings[] = { ".sql", ".fixtures", NULL };
    str   *names;
    size_t n = names_of(g, path, &names);
    for (size_t i = 0; i < n; i++) {
        str at = join(g->a, path, names[i]);
        if (!name_sound(names[i])) {
            refuse(g, at, "is not read: tests stand in tests/GROUP/NAME.sql, GROUP being of a-z, 0-9 and -");
            continue;
        }
        dir_add(g, join(g->a, S("tests"), names[i]), at, endings);
    }
}

void files_gather(arena *a, faults *fs, const char *overlay, content_files *ret)
{
    static const char *const tsv[] = { ".tsv", NULL }, *const txt[] = { ".txt", NULL };
    gatherer    g = { .a = a, .fs = fs, .out = ret };
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
    dir_add(&g, S("criteria"), join(a, top, S("criteria")), tsv);
    dir_add(&g, S("controls"), join(a, top, S("controls")), txt);
    tests_add(&g, join(a, top, S("tests")));
    str parameters = join(a, top, S("parameters.txt"));
    if (lstat(str_z(a, parameters), &st) == 0)
        file_add(&g, S("parameters.txt"), parameters);
}
