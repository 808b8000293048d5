/* The directory of blobs. */
#include "blob/parts.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SEALED_BYTES_MAX = BLOB_BYTES_MAX + (1 << 20) };

struct blobs {
    arena      *a;
    const char *dir, *key_path;
    bool        loaded;
    blob_libs   libs;
    blob_key    key;
    bool        keyed;
};

blobs *blobs_new(arena *a, const char *dir, const char *key_path)
{
    blobs *b = NEW(a, blobs);
    *b = (blobs){ .a = a, .dir = str_z(a, str_of(dir)), .key_path = str_z(a, str_of(key_path)) };
    return b;
}

static bool any_blob(blobs *b)
{
    auto_arena arena *a = arena_new(1 << 20);
    str              *names;
    size_t            n = 0;
    int               e = dir_names(a, b->dir, 1024, &names, &n);
    return e == 0 ? n > 0 : e != ENOENT;
}

static err_t ready(blobs *b, bool make, fault *f)
{
    if (!b->loaded)
        TRY(libs_load(&b->libs, f));
    b->loaded = true;
    if (b->keyed)
        return ERR_OK;
    TRY(key_load(b->key_path, make && !any_blob(b), f, &b->key));
    b->keyed = true;
    return ERR_OK;
}

static const char *subdirectory(arena *a, const blobs *b, str digest)
{
    return str_fmt(a, "%s/" STR_FMT, b->dir, STR_ARG(str_sub(digest, 0, 2))).p;
}

static const char *path_of(arena *a, const blobs *b, str digest)
{
    return str_fmt(a, "%s/" STR_FMT, subdirectory(a, b, digest), STR_ARG(digest)).p;
}

/* What somebody who was killed left behind; nobody writes for an hour. */
static void sweep(arena *a, const char *dir)
{
    str   *names;
    size_t n;
    if (dir_names(a, dir, 1 << 16, &names, &n) != 0)
        return;
    for (size_t i = 0; i < n; i++) {
        struct stat st;
        const char *path = str_fmt(a, "%s/" STR_FMT, dir, STR_ARG(names[i])).p;
        if (str_ends(names[i], S(".tmp")) && lstat(path, &st) == 0 && time_now() - SECONDS(st.st_mtim.tv_sec) > HOURS(1))
            unlink(path);
    }
}

err_t blob_get(blobs *b, arena *a, str digest, fault *f, str *ret)
{
    hash32      want;
    str         sealed;
    if (!hex_parse(digest, want.b, sizeof want.b))
        return fail(f, ERR_INVALID, "\"" STR_FMT "\" is no SHA-256", STR_ARG(utf8_cut(utf8_clean(a, digest), 80)));
    TRY(ready(b, false, f));
    const char *path = path_of(a, b, digest);
    int         e = file_slurp(a, path, SEALED_BYTES_MAX, &sealed);
    if (e == ENOENT)
        return fail(f, ERR_NOT_FOUND, "the file %s is missing; restore it from a backup", path);
    if (e && e != EFBIG)
        return fail_errno(f, e, "cannot read %s", path);
    switch (e ? SEAL_DAMAGED : unseal(&b->libs, a, &b->key, &want, sealed, ret)) {
    case SEAL_GOOD:      return ERR_OK;
    case SEAL_OTHER_KEY: return fail(f, ERR_DENIED, "%s was sealed with another key than %s; put the right key back", path, b->key_path);
    case SEAL_DAMAGED:   break;
    }
    return fail(f, ERR_CORRUPT, "%s is not what was put there: it was altered, cut or damaged; restore it from a backup", path);
}

/* Whether it stands there and can be read; what cannot is written anew. */
static bool stands(blobs *b, str digest)
{
    auto_arena arena *a = arena_new(1 << 30);
    str               bytes;
    return blob_get(b, a, digest, NULL, &bytes) == ERR_OK;
}

err_t blob_put(blobs *b, arena *a, str bytes, fault *f, blob *ret)
{
    auto_arena arena   *scratch = arena_new(1 << 30);
    auto_hasher hasher *h = hasher_new();
    if (bytes.n > BLOB_BYTES_MAX)
        return fail(f, ERR_TOO_LARGE, "a file of evidence has at most %d MiB", BLOB_BYTES_MAX >> 20);
    TRY(ready(b, true, f));
    hash32      digest = sha256_of(h, bytes.p, bytes.n);
    blob        made = { hex_of(a, digest.b, sizeof digest.b), (int64_t)bytes.n, false };
    const char *dir = subdirectory(scratch, b, made.digest);
    made.known = stands(b, made.digest);
    if (!made.known) {
        TRY(dir_make(dir, 0700, f));
        sweep(scratch, dir);
        TRY(file_replace(path_of(scratch, b, made.digest), seal(&b->libs, scratch, &b->key, &digest, bytes), 0400, f));
    }
    *ret = made;
    return ERR_OK;
}
