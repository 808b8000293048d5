/* Opening after a crash, or after somebody restored an old copy: either the
 * log becomes what was last signed, or it stays shut and says why. */
#include "ledger/private.h"

#include <errno.h>
#include <unistd.h>

enum {
    STAGING_MAX_BYTES = 0x7fffffff,
    REPLAYED_MAX_BYTES = 512 << 10,       /* more than this is not read again by whoever opens next: every commit of a server opens */
};

typedef unsigned long long ull;

/* dir/checkpoint; size 0 when there is none, or an empty file, which is what a
 * power failure may leave. */
static err_t read_published(ledger *l, arena *a, fault *f, checkpoint *ret, str *ret_bytes)
{
    str   bytes = S("");
    note  n;
    fault why = { 0 };
    int   e = log_dir_read(a, &l->dir, "checkpoint", NOTE_MAX_BYTES, &bytes);
    *ret = (checkpoint){ l->signed_at.origin, 0, sha256_of(l->h, "", 0) };
    *ret_bytes = bytes;
    if (e == ENOENT || (!e && bytes.n == 0))
        return ERR_OK;
    if (e)
        return fail_errno(f, e, "cannot read %s/checkpoint", l->dir.path);
    if (note_open(a, l->h, bytes, note_signer_public(l->key), 1, &why, &n) != ERR_OK ||
        checkpoint_parse(a, n.text, &why, ret) != ERR_OK || !str_eq(ret->origin, l->signed_at.origin))
        return fail(f, ERR_CORRUPT, "%s/checkpoint is not a checkpoint signed by the key of this log: %s", l->dir.path,
                    why.code ? why.text : "its origin is another log");
    return ERR_OK;
}

static err_t compare_published(const ledger *l, const checkpoint *published, fault *f)
{
    if (published->size > l->signed_at.size)
        return fail(f, ERR_CORRUPT, "the log in %s was published with %llu entries but %s says that %llu were signed last; "
                    "that file is an older copy. Restore its newest copy, or, if you are sure that the log is right, "
                    "copy %s/checkpoint there", l->dir.path, (ull)published->size, l->signed_path,
                    (ull)l->signed_at.size, l->dir.path);
    if (published->size == l->signed_at.size && !hash32_eq(&published->root, &l->signed_at.root))
        return fail(f, ERR_CORRUPT, "%s/checkpoint and %s are two different histories of %llu entries, both signed; "
                    "one of them is not from this log. Keep both as evidence and restore the log and that file from "
                    "one backup", l->dir.path, l->signed_path, (ull)published->size);
    return ERR_OK;
}

/* Writes again what was signed and staged; drops what was staged and not signed. */
static err_t replay_staging(ledger *l, arena *a, uint64_t *ret_reached, fault *f)
{
    str    bytes = S(""), rest;
    staged s;
    size_t n;
    int    e = log_dir_read(a, &l->dir, "staging", STAGING_MAX_BYTES, &bytes);
    if (e)
        return fail_errno(f, e, "cannot read %s/staging", l->dir.path);
    for (rest = bytes; staging_parse(l->h, rest, &s, &n) && s.size <= l->signed_at.size; rest = str_sub(rest, n, rest.n)) {
        if (s.size == l->signed_at.size && !hash32_eq(&s.root, &l->signed_at.root))
            break;                       /* staged anew after a failed attempt; never signed */
        TRY(staging_apply(&l->dir, &s, f));
        TRY(drop_covered(&l->dir, s.old_size, s.size, f));
        *ret_reached = s.size;
    }
    l->staged_bytes = bytes.n - rest.n;
    if (rest.n && ftruncate(l->staging_fd, (off_t)l->staged_bytes) != 0)
        return fail_errno(f, errno, "cannot cut %s/staging", l->dir.path);
    return ERR_OK;
}

static err_t older_copy(const ledger *l, uint64_t size, const char *why, fault *f)
{
    return fail(f, ERR_CORRUPT, "the log in %s ends at %llu entries but %llu were signed; this is an older copy (%s). "
                "Restore the newest copy of that directory, or rebuild its tiles from the database", l->dir.path,
                (ull)size, (ull)l->signed_at.size, why);
}

static err_t load_edge(ledger *l, uint64_t reached, fault *f)
{
    fault why = { 0 };
    err_t e = edge_load(l->h, &l->dir, l->signed_at.size, l->edge, &why);
    if (e != ERR_OK && e != ERR_CORRUPT)
        return fail(f, e, "%s", why.text);
    if (e == ERR_OK) {
        l->signed_range = edge_range(l->h, l->edge);
        hash32 root = merkle_root(l->h, &l->signed_range);
        if (hash32_eq(&root, &l->signed_at.root))
            return ERR_OK;
        fail(&why, ERR_CORRUPT, "its newest tiles do not lead to the signed root");
    }
    if (reached < l->signed_at.size)
        return older_copy(l, reached, why.text, f);
    return fail(f, ERR_CORRUPT, "the tiles in %s are not those of the %llu entries signed last: %s. Restore the newest copy "
                "of that directory, or rebuild its tiles from the database", l->dir.path, (ull)l->signed_at.size, why.text);
}

/* Both were signed by us: the older must be the beginning of the newer. */
static err_t check_grown(ledger *l, arena *a, const checkpoint *published, fault *f)
{
    hash32 *proof;
    size_t  n;
    if (published->size == 0 || published->size == l->signed_at.size)
        return ERR_OK;
    TRY(log_consistency(a, l->h, l->dir.path, published->size, l->signed_at.size, f, &proof, &n));
    if (!merkle_consistent(l->h, published->size, l->signed_at.size, proof, n, &published->root, &l->signed_at.root))
        return fail(f, ERR_CORRUPT, "%s/checkpoint (%llu entries) is not the beginning of the %llu entries signed last; "
                    "it is from another history. Restore the newest copy of that directory", l->dir.path,
                    (ull)published->size, (ull)l->signed_at.size);
    return ERR_OK;
}

err_t ledger_recover(ledger *l, fault *f)
{
    auto_arena arena *a = arena_new((size_t)STAGING_MAX_BYTES + (8 << 20));
    checkpoint        published;
    str               published_note;
    TRY(read_published(l, a, f, &published, &published_note));
    TRY(compare_published(l, &published, f));
    uint64_t reached = published.size;
    TRY(replay_staging(l, a, &reached, f));
    TRY(load_edge(l, reached, f));
    TRY(check_grown(l, a, &published, f));
    if (!str_eq(published_note, buf_str(&l->signed_note)))
        TRY(checkpoint_put(&l->dir, buf_str(&l->signed_note), f));
    return l->staged_bytes > REPLAYED_MAX_BYTES ? ledger_settle(l, f) : ERR_OK;
}
