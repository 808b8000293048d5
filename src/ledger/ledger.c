/* The log on disk: made, opened, added to, published. */
#include "ledger/private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    LEDGER_ARENA_BYTES = 256 << 20,
    PENDING_MAX_BYTES = 256 << 20,
    STAGING_SETTLE_BYTES = 16 << 20,     /* past this, sync the final files and drop the records */
};

/* ---- starting ---- */

static err_t take_lock(const char *path, int fd, const char *dir, fault *f)
{
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        return ERR_OK;
    if (errno == EWOULDBLOCK)
        return fail(f, ERR_BUSY, "another process is writing to the log in %s; try again when it is done", dir);
    return fail_errno(f, errno, "cannot lock %s", path);
}

/* Two locks: two copies of the directory must not be written at once for one
 * signed checkpoint, nor one directory for two of them. */
static err_t lock_both(ledger *l, fault *f)
{
    const char *path = str_fmt(l->a, "%s.lock", l->signed_path).p;
    l->lock_fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (l->lock_fd < 0)
        return fail_errno(f, errno, "cannot create the lock file %s", path);
    TRY(take_lock(path, l->lock_fd, l->dir.path, f));
    return take_lock(l->dir.path, l->dir.fd, l->dir.path, f);
}

static err_t read_signed(ledger *l, fault *f)
{
    str  bytes = S("");
    int  e = file_slurp(l->a, l->signed_path, NOTE_MAX_BYTES, &bytes);
    note n;
    if (e == ENOENT)
        return fail(f, ERR_CORRUPT, "the last signed checkpoint %s is missing; without it an old copy of the log cannot "
                    "be told from the newest. Restore that file; if you are sure that %s is the newest copy, "
                    "copy its file checkpoint there", l->signed_path, l->dir.path);
    if (e)
        return fail_errno(f, e, "cannot read the last signed checkpoint %s", l->signed_path);
    fault why = { 0 };
    buf_puts(&l->signed_note, bytes);
    if (note_open(l->a, l->h, bytes, note_signer_public(l->key), 1, &why, &n) != ERR_OK ||
        checkpoint_parse(l->a, n.text, &why, &l->signed_at) != ERR_OK)
        return fail(f, ERR_CORRUPT, "%s is not a checkpoint signed by the key of this log: %s", l->signed_path, why.text);
    str name = note_signer_public(l->key)->name;
    if (!str_eq(name, l->signed_at.origin))
        return fail(f, ERR_CORRUPT, "%s is a checkpoint of the log " STR_FMT ", the key is that of " STR_FMT,
                    l->signed_path, STR_ARG(l->signed_at.origin), STR_ARG(name));
    return ERR_OK;
}

static err_t open_staging(ledger *l, fault *f)
{
    const int flags = O_RDWR | O_NOFOLLOW | O_CLOEXEC;
    l->staging_fd = openat(l->dir.fd, "staging", flags);
    if (l->staging_fd < 0 && errno == ENOENT) {
        l->staging_fd = openat(l->dir.fd, "staging", flags | O_CREAT, 0600);
        if (l->staging_fd >= 0 && fsync(l->dir.fd) != 0)
            return fail_errno(f, errno, "cannot sync %s", l->dir.path);
    }
    return l->staging_fd >= 0 ? ERR_OK : fail_errno(f, errno, "cannot open %s/staging", l->dir.path);
}

static ledger *ledger_new(const ledger_paths *p)
{
    arena  *a = arena_new(LEDGER_ARENA_BYTES);
    ledger *l = NEW(a, ledger);
    l->a = a;
    l->pending = arena_new((size_t)PENDING_MAX_BYTES * 8);
    l->h = hasher_new();
    l->dir = (log_dir){ str_z(a, str_of(p->dir)), -1 };
    l->signed_path = str_z(a, str_of(p->signed_path));
    l->lock_fd = l->staging_fd = -1;
    l->edge = edge_new(a);
    l->signed_note = buf_new(a, NOTE_MAX_BYTES);
    l->record = staging_begin(l->pending, PENDING_MAX_BYTES);
    return l;
}

err_t ledger_start(const ledger_paths *p, fault *f, ledger **ret)
{
    auto_ledger ledger *l = ledger_new(p);
    struct stat         st;
    if (stat(p->dir, &st) != 0 && errno == ENOENT)
        return fail(f, ERR_NOT_FOUND, "there is no log in %s", p->dir);
    TRY(log_dir_open(l->dir.path, f, &l->dir));
    TRY(lock_both(l, f));
    TRY(note_signer_load(p->key_path, f, &l->key));
    if (note_signer_public(l->key)->type != KEY_ED25519)
        return fail(f, ERR_INVALID, "%s is the key of a witness, not of a log", p->key_path);
    TRY(read_signed(l, f));
    TRY(open_staging(l, f));
    *ret = TAKE(l);
    return ERR_OK;
}

err_t ledger_open(const ledger_paths *p, fault *f, ledger **ret)
{
    auto_ledger ledger *l = NULL;
    TRY(ledger_start(p, f, &l));
    TRY(ledger_recover(l, f));
    *ret = TAKE(l);
    return ERR_OK;
}

void ledger_close(ledger *l)
{
    if (!l)
        return;
    int fds[] = { l->staging_fd, l->dir.fd, l->lock_fd };
    for (size_t i = 0; i < COUNT(fds); i++)
        if (fds[i] >= 0)
            close(fds[i]);
    note_signer_free(l->key);
    hasher_free(l->h);
    arena_free(l->pending);
    arena_free(l->a);
}

/* ---- making ---- */

static err_t refuse_existing(const ledger_paths *p, fault *f)
{
    auto_arena arena *a = arena_new(64 << 10);
    const char       *paths[] = { p->signed_path, str_fmt(a, "%s/checkpoint", p->dir).p,
                                  str_fmt(a, "%s/tile", p->dir).p };
    struct stat       st;
    for (size_t i = 0; i < COUNT(paths); i++)
        if (lstat(paths[i], &st) == 0)
            return fail(f, ERR_CONFLICT, "a log stands here already: %s exists", paths[i]);
        else if (errno != ENOENT)
            return fail_errno(f, errno, "cannot look at %s", paths[i]);
    return ERR_OK;
}

/* A key without anything else is what an interrupted creation leaves. */
static err_t key_for(const ledger_paths *p, str origin, fault *f, note_signer **ret)
{
    auto_note_signer note_signer *key = NULL;
    struct stat                   st;
    if (lstat(p->key_path, &st) != 0) {
        key = note_signer_new(origin);
        TRY(note_signer_save(key, p->key_path, f));
    } else {
        TRY(note_signer_load(p->key_path, f, &key));
        if (!str_eq(note_signer_public(key)->name, origin) || note_signer_public(key)->type != KEY_ED25519)
            return fail(f, ERR_CONFLICT, "%s holds the key of another log, " STR_FMT, p->key_path,
                        STR_ARG(note_signer_public(key)->name));
    }
    *ret = TAKE(key);
    return ERR_OK;
}

static err_t make_parent(const char *path, fault *f)
{
    auto_arena arena *a = arena_new(64 << 10);
    const char       *slash = strrchr(path, '/');
    if (!slash || slash == path)
        return ERR_OK;
    return dir_make(str_z(a, (str){ path, (size_t)(slash - path) }), 0700, f);
}

err_t ledger_create(const ledger_paths *p, str origin, fault *f)
{
    auto_arena arena             *a = arena_new(1 << 20);
    auto_hasher hasher           *h = hasher_new();
    auto_note_signer note_signer *key = NULL;
    log_dir                       d;
    str                           note_bytes;
    if (!key_name_valid(origin))
        return fail(f, ERR_INVALID, "the name of a log cannot be empty, have white space or a plus sign; "
                                    "a URL without its scheme is best, like ledger.example.com/soc2");
    TRY(refuse_existing(p, f));
    TRY(dir_make(p->dir, 0755, f));
    TRY(make_parent(p->key_path, f));
    TRY(make_parent(p->signed_path, f));
    TRY(key_for(p, origin, f, &key));
    checkpoint empty = { origin, 0, sha256_of(h, "", 0) };
    if (note_sign(a, checkpoint_text(a, &empty), key, &note_bytes) != ERR_OK)
        return fail(f, ERR_INVALID, "the name of the log cannot stand in a checkpoint");
    TRY(signed_replace(p->signed_path, note_bytes, f));
    TRY(log_dir_open(p->dir, f, &d));
    auto_fd int fd = d.fd;
    TRY(checkpoint_put(&d, note_bytes, f));
    return fsync(fd) == 0 ? ERR_OK : fail_errno(f, errno, "cannot sync %s", p->dir);
}

/* ---- adding ---- */

uint64_t ledger_size(const ledger *l) { return l->edge->size; }
const checkpoint *ledger_signed(const ledger *l) { return &l->signed_at; }
const note_verifier *ledger_key(const ledger *l) { return note_signer_public(l->key); }

static err_t put_staged(void *arg, tile_ref t, str bytes, fault *f)
{
    ledger *l = arg;
    (void)f;                             /* ledger_append made sure that it fits */
    staging_add(&l->record, t, bytes);
    return ERR_OK;
}

tile_sink ledger_sink(ledger *l) { return (tile_sink){ put_staged, l }; }

static err_t dead(const ledger *l, fault *f)
{
    return fail(f, l->dead, "the log in %s met an error before; close and open it to recover", l->dir.path);
}

/* What entries of `bytes` in all add to the record at most. */
static size_t record_growth(size_t n_entries, size_t bytes)
{
    enum { PER_ENTRY = 2 + 2 * sizeof(hash32), PARTIALS = BUNDLE_MAX_BYTES + (LEVELS + 2) * (TILE_WIDTH * 32 + 64) };
    return bytes + n_entries * PER_ENTRY + PARTIALS + BUNDLE_MAX_BYTES;
}

err_t ledger_append(ledger *l, const str *entries, size_t n, fault *f)
{
    tile_sink out = ledger_sink(l);
    size_t    bytes = 0;
    if (l->dead)
        return dead(l, f);
    for (size_t i = 0; i < n; i++) {
        if (entries[i].n > ENTRY_MAX_BYTES)
            return fail(f, ERR_TOO_LARGE, "an entry of the log has %zu bytes; %d are allowed", entries[i].n, ENTRY_MAX_BYTES);
        bytes += entries[i].n;
    }
    if (record_growth(n, bytes) > l->record.max - l->record.n)
        return fail(f, ERR_LIMIT, "too many entries wait for publication; publish them first");
    for (size_t i = 0; i < n; i++)
        TRY(edge_add(l->h, l->edge, entries[i], &out, f));
    return ERR_OK;
}

/* ---- publishing ---- */

err_t signed_replace(const char *path, str note_bytes, fault *f) { return file_replace(path, note_bytes, 0600, f); }

static err_t write_staging(ledger *l, fault *f)
{
    str  bytes = buf_str(&l->record);
    for (size_t at = 0; at < bytes.n;) {
        ssize_t n = pwrite(l->staging_fd, bytes.p + at, bytes.n - at, (off_t)(l->staged_bytes + at));
        if (n < 0 && errno != EINTR)
            return fail_errno(f, errno, "cannot write %s/staging", l->dir.path);
        at += n > 0 ? (size_t)n : 0;
    }
    if (fdatasync(l->staging_fd) == 0)
        return ERR_OK;
    l->dead = ERR_IO;                    /* what the cache says after a failed sync means nothing */
    return fail_errno(f, errno, "cannot sync %s/staging", l->dir.path);
}

/* Reads the record back and computes its root another way, so that a fault of
 * memory or disk is found before it is signed. */
static err_t check_staging(ledger *l, staged *ret, fault *f)
{
    size_t n = l->record.n, have = 0, record_n;
    char  *p = arena_alloc(l->pending, n, 1);
    while (have < n) {
        ssize_t got = pread(l->staging_fd, p + have, n - have, (off_t)(l->staged_bytes + have));
        if (got < 0 && errno != EINTR)
            return fail_errno(f, errno, "cannot read %s/staging", l->dir.path);
        if (got == 0)
            break;
        have += got > 0 ? (size_t)got : 0;
    }
    if (!staging_parse(l->h, (str){ p, have }, ret, &record_n) || !staging_true(l->h, ret, &l->signed_range)) {
        l->dead = ERR_CORRUPT;
        return fail(f, ERR_CORRUPT, "what was written to %s/staging does not give the root computed before; memory or "
                    "disk are at fault. Nothing was signed", l->dir.path);
    }
    return ERR_OK;
}

/* The commit point: compare with what we wrote last, then replace, durably. */
static err_t sign_and_swap(ledger *l, const checkpoint *next, fault *f)
{
    str now, note_bytes;
    int e = file_slurp(l->pending, l->signed_path, NOTE_MAX_BYTES, &now);
    if (e)
        return fail_errno(f, e, "cannot read the last signed checkpoint %s", l->signed_path);
    if (!str_eq(now, buf_str(&l->signed_note)))
        return fail(f, ERR_CORRUPT, "%s was changed while the log was open; nothing was signed", l->signed_path);
    if (note_sign(l->pending, checkpoint_text(l->pending, next), l->key, &note_bytes) != ERR_OK)
        return fail(f, ERR_INTERNAL, "the checkpoint could not be signed");
    TRY(signed_replace(l->signed_path, note_bytes, f));
    buf_clear(&l->signed_note);
    buf_puts(&l->signed_note, note_bytes);
    l->signed_at = (checkpoint){ l->signed_at.origin, next->size, next->root };
    return ERR_OK;
}

err_t ledger_settle(ledger *l, fault *f)
{
    if (syncfs(l->dir.fd) != 0)
        return fail_errno(f, errno, "cannot sync the log in %s", l->dir.path);
    if (ftruncate(l->staging_fd, 0) != 0)
        return fail_errno(f, errno, "cannot empty %s/staging", l->dir.path);
    l->staged_bytes = 0;
    return ERR_OK;
}

static err_t commit_and_apply(ledger *l, const staged *s, fault *f)
{
    checkpoint next = { l->signed_at.origin, s->size, s->root };
    TRY(sign_and_swap(l, &next, f));
    l->staged_bytes += l->record.n;
    TRY(staging_apply(&l->dir, s, f));
    TRY(checkpoint_put(&l->dir, buf_str(&l->signed_note), f));
    TRY(drop_covered(&l->dir, s->old_size, s->size, f));
    return l->staged_bytes > STAGING_SETTLE_BYTES ? ledger_settle(l, f) : ERR_OK;
}

/* The record with the partial tiles of this publication, on disk. */
static err_t stage(ledger *l, staged *ret, fault *f)
{
    tile_sink    out = ledger_sink(l);
    merkle_range range = edge_range(l->h, l->edge);
    hash32       root = merkle_root(l->h, &range);
    TRY(edge_put_partials(l->edge, l->signed_at.size, &out, f));
    staging_end(l->h, &l->record, l->signed_at.size, l->edge->size, &root);
    assert(!l->record.overflow);
    TRY(write_staging(l, f));
    return check_staging(l, ret, f);
}

err_t ledger_publish(ledger *l, fault *f)
{
    staged s = { 0 };
    if (l->dead)
        return dead(l, f);
    if (l->edge->size == l->signed_at.size)
        return ERR_OK;
    size_t full_only = l->record.n;
    err_t  e = stage(l, &s, f);
    if (e != ERR_OK) {                   /* nothing is signed: the entries wait for the next attempt */
        l->record.n = full_only;
        return e;
    }
    e = commit_and_apply(l, &s, f);
    if (e != ERR_OK)
        return l->dead = e;              /* only recovery knows which half of it happened */
    arena_reset(l->pending);
    l->record = staging_begin(l->pending, PENDING_MAX_BYTES);
    return ERR_OK;
}
