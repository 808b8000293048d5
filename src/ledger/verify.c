/* Checks a whole log: from the signature down to every entry. */
#include "ledger/verify.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define VERIFY_ARENA_BYTES ((size_t)4 << 30)

void note_fault(arena *a, str_list *faults, tile_ref t, const char *fmt, ...)
{
    char    path[TILE_PATH_BYTES];
    va_list ap;
    tile_path(t, path);
    va_start(ap, fmt);
    str text = str_vfmt(a, fmt, ap);
    va_end(ap);
    da_push(a, faults) = str_fmt(a, "%s: " STR_FMT, path, STR_ARG(text));
}

/* ---- level 1 and up ---- */

static uint64_t hashes_at(uint64_t size, int level) { return size >> 8 * level; }
static uint64_t tiles_at(uint64_t size, int level) { return (hashes_at(size, level) + TILE_WIDTH - 1) / TILE_WIDTH; }

static void read_level(arena *a, verifier *v, int level, str_list *faults)
{
    uint64_t          n = tiles_at(v->size, level);
    hash32           *all = NEW_ARRAY(a, hash32, n * TILE_WIDTH);
    auto_arena arena *scratch = arena_new(1 << 20);
    v->hashes[level] = all;
    v->readable[level] = NEW_ARRAY(a, bool, n);
    v->proven[level] = NEW_ARRAY(a, bool, n);
    for (uint64_t i = 0; i < n; i++) {
        const hash32 *hashes;
        fault         why = { 0 };
        tile_ref      t = { level, i, tile_width(v->size, level, i) };
        if (tile_read(scratch, &v->dir, t, &why, &hashes) == ERR_OK) {
            memcpy(all + i * TILE_WIDTH, hashes, t.width * sizeof *hashes);
            v->readable[level][i] = true;
            v->tiles++;
        } else {
            da_push(a, faults) = str_dup(a, str_of(why.text));
        }
        arena_reset(scratch);
    }
}

static void read_edge_0(arena *a, verifier *v, str_list *faults)
{
    auto_arena arena *scratch = arena_new(1 << 20);
    const hash32     *hashes;
    fault             why = { 0 };
    tile_ref          t = { 0, v->size / TILE_WIDTH, (unsigned)(v->size % TILE_WIDTH) };
    v->edge_0_readable = true;
    if (t.width == 0)
        return;
    v->edge_0_readable = tile_read(scratch, &v->dir, t, &why, &hashes) == ERR_OK;
    if (v->edge_0_readable)
        memcpy(v->edge_0, hashes, t.width * sizeof *hashes);
    else
        da_push(a, faults) = str_dup(a, str_of(why.text));
}

/* The root, from the partial tile of each level. */
static bool root_follows(hasher *h, const verifier *v, const hash32 *root)
{
    auto_arena arena *a = arena_new(64 << 20);
    tree_edge        *e = edge_new(a);
    e->size = v->size;
    if (!v->edge_0_readable)
        return false;
    memcpy(e->tile[0], v->edge_0, sizeof v->edge_0);
    for (int level = 1; level < LEVELS; level++) {
        uint64_t last = hashes_at(v->size, level) / TILE_WIDTH, width = hashes_at(v->size, level) % TILE_WIDTH;
        if (width == 0)
            continue;
        if (!v->readable[level][last])
            return false;
        memcpy(e->tile[level], v->hashes[level] + last * TILE_WIDTH, width * sizeof(hash32));
    }
    merkle_range range = edge_range(h, e);
    hash32       have = merkle_root(h, &range);
    return hash32_eq(&have, root);
}

/* From the top down: a tile is believed when its parent is and names its root. */
static void prove_level(arena *a, hasher *h, verifier *v, int level, str_list *faults)
{
    uint64_t full = hashes_at(v->size, level) / TILE_WIDTH;
    for (uint64_t i = 0; i < full; i++) {
        if (!v->readable[level][i])
            continue;
        hash32   root = tile_root(h, v->hashes[level] + i * TILE_WIDTH);
        uint64_t parent = i / TILE_WIDTH;
        bool     leads = v->readable[level + 1][parent] && hash32_eq(&root, &v->hashes[level + 1][i]);
        v->proven[level][i] = leads && v->proven[level + 1][parent];
        if (!leads && v->readable[level + 1][parent])
            note_fault(a, faults, (tile_ref){ level, i, TILE_WIDTH }, "its hashes do not lead to the hash above it");
    }
    if (hashes_at(v->size, level) % TILE_WIDTH)
        v->proven[level][full] = v->edge_proven && v->readable[level][full];
}

static void verify_tree(arena *a, hasher *h, verifier *v, const hash32 *root, str_list *faults)
{
    for (int level = 1; level < LEVELS; level++)
        read_level(a, v, level, faults);
    read_edge_0(a, v, faults);
    v->edge_proven = root_follows(h, v, root);
    if (!v->edge_proven)
        da_push(a, faults) = S("checkpoint: the newest tiles do not lead to the root that it signs");
    for (int level = LEVELS - 1; level >= 1; level--)
        prove_level(a, h, v, level, faults);
}

/* ---- bundles and tiles of level 0 ---- */

static bool same(const hash32 *a, const hash32 *b) { return memcmp(a->b, b->b, sizeof a->b) == 0; }

typedef struct {
    tile_ref      bundle, tile;
    bool          full, has_entries, has_expected, parent_proven;
    hash32        expected;              /* root of a full tile, by the tile above */
    const hash32 *hashes;                /* of the tile file; NULL: unreadable */
    hash32        leaves[TILE_WIDTH];    /* of the entries */
} one_bundle;

static void read_one(hasher *h, const verifier *v, verify_job *job, uint64_t n, str entries[TILE_WIDTH], one_bundle *b)
{
    fault why = { 0 };
    *b = (one_bundle){ .bundle = { BUNDLE, n, tile_width(v->size, BUNDLE, n) }, .tile = { 0, n, tile_width(v->size, 0, n) } };
    b->full = b->tile.width == TILE_WIDTH;
    if (b->full) {
        uint64_t parent = n / TILE_WIDTH;
        b->has_expected = v->readable[1][parent];
        b->parent_proven = v->proven[1][parent];
        b->expected = v->hashes[1][n];
    }
    if (!b->full)
        b->hashes = v->edge_0_readable ? v->edge_0 : NULL;   /* what is wrong with it was said before */
    else if (tile_read(job->a, &v->dir, b->tile, &why, &b->hashes) != ERR_OK)
        da_push(job->a, &job->faults) = str_dup(job->a, str_of(why.text));
    job->tiles += b->hashes != NULL;
    why = (fault){ 0 };
    b->has_entries = bundle_read(job->a, &v->dir, b->bundle, &why, entries) == ERR_OK;
    if (!b->has_entries)
        da_push(job->a, &job->faults) = str_dup(job->a, str_of(why.text));
    for (unsigned i = 0; b->has_entries && i < b->bundle.width; i++)
        b->leaves[i] = merkle_leaf(h, entries[i].p, entries[i].n);
}

/* The entries lead to the hash above: then they are right, whatever their tile says. */
static bool entries_lead(hasher *h, const one_bundle *b)
{
    if (!b->has_entries || !b->full || !b->has_expected)
        return false;
    hash32 root = tile_root(h, b->leaves);
    return same(&root, &b->expected);
}

static bool tile_leads(hasher *h, const verifier *v, const one_bundle *b)
{
    if (!b->hashes || !b->full)
        return b->hashes && v->edge_proven;
    hash32 root = tile_root(h, b->hashes);
    return b->has_expected && same(&root, &b->expected);
}

static void compare_entries(verify_job *job, const one_bundle *b, bool tile_proven, bool *proven)
{
    for (unsigned i = 0; i < b->bundle.width; i++) {
        bool equal = same(&b->leaves[i], &b->hashes[i]);
        proven[i] = equal && tile_proven;
        if (!equal)
            note_fault(job->a, &job->faults, b->bundle, "entry %llu is not the one whose hash was logged",
                       (unsigned long long)(b->bundle.n * TILE_WIDTH + i));
    }
}

static void judge_one(hasher *h, const verifier *v, verify_job *job, const one_bundle *b, bool *proven)
{
    if (entries_lead(h, b)) {
        for (unsigned i = 0; i < TILE_WIDTH; i++)
            proven[i] = b->parent_proven;
        if (b->hashes && memcmp(b->hashes, b->leaves, sizeof b->leaves) != 0)
            note_fault(job->a, &job->faults, b->tile, "its hashes are not those of the entries");
        return;
    }
    bool leads = tile_leads(h, v, b);
    if (b->hashes && b->full && b->has_expected && !leads)
        note_fault(job->a, &job->faults, b->tile, "its hashes do not lead to the hash above it");
    if (!b->has_entries)
        return;
    if (b->hashes && (leads || !b->full || !b->has_expected))
        compare_entries(job, b, leads && (b->full ? b->parent_proven : v->edge_proven), proven);
    else if (b->has_expected)
        note_fault(job->a, &job->faults, b->bundle, "its entries do not lead to the hash above them");
}

void verify_bundles(hasher *h, const verifier *v, verify_job *job)
{
    job->faults = (str_list){ 0 };
    job->tiles = 0;
    memset(job->proven, 0, sizeof job->proven);
    for (unsigned i = 0; i < job->n; i++) {
        one_bundle b;
        read_one(h, v, job, job->first + i, job->entries + i * TILE_WIDTH, &b);
        judge_one(h, v, job, &b, job->proven + i * TILE_WIDTH);
    }
}

/* ---- the whole ---- */

typedef struct {
    verifier          *v;
    log_verify_result *result;
} collector;

static void report(const collector *c, const str_list *faults)
{
    for (size_t i = 0; i < faults->n; i++)
        if (c->v->o->on_fault)
            c->v->o->on_fault(c->v->o->arg, faults->v[i]);
    c->result->faults += faults->n;
}

static err_t job_done(void *arg, verify_job *job)
{
    collector *c = arg;
    report(c, &job->faults);
    c->result->tiles += job->tiles;
    for (size_t i = 0; i < (size_t)job->n * TILE_WIDTH; i++) {
        if (!job->proven[i])
            continue;
        c->result->entries++;
        if (c->v->o->on_entry)
            TRY(c->v->o->on_entry(c->v->o->arg, job->first * TILE_WIDTH + i, job->entries[i]));
    }
    return ERR_OK;
}

/* A checkpoint that cannot be read leaves nothing to check against: false. */
static bool verify_checkpoint(arena *a, hasher *h, const verifier *v, str_list *faults, checkpoint *ret)
{
    str   bytes = S("");
    note  n;
    fault why = { 0 };
    int   e = log_dir_read(a, &v->dir, "checkpoint", NOTE_MAX_BYTES, &bytes);
    if (e) {
        da_push(a, faults) = str_fmt(a, "checkpoint: cannot be read: %s", strerrordesc_np(e));
        return false;
    }
    if (note_open(a, h, bytes, v->o->key, 1, &why, &n) != ERR_OK)
        da_push(a, faults) = str_fmt(a, "checkpoint: %s", why.text);
    why = (fault){ 0 };
    if (checkpoint_of_note(a, bytes, &why, ret) != ERR_OK) {
        da_push(a, faults) = str_fmt(a, "checkpoint: %s", why.text);
        return false;
    }
    if (!str_eq(ret->origin, v->o->key->name))
        da_push(a, faults) = str_fmt(a, "checkpoint: it is of the log " STR_FMT ", the key of " STR_FMT,
                                     STR_ARG(ret->origin), STR_ARG(v->o->key->name));
    return true;
}

/* A forged size must not make us allocate for it: there is a tile behind every
 * 256 hashes, so the file of the last one of level 1 has to be there. */
static bool size_plausible(const verifier *v, arena *a, str_list *faults)
{
    char     path[TILE_PATH_BYTES];
    uint64_t n = tiles_at(v->size, 1);
    if (v->size <= UINT64_C(1) << 24)
        return true;
    if (n > VERIFY_ARENA_BYTES / 2 / (TILE_WIDTH * sizeof(hash32))) {
        da_push(a, faults) = S("checkpoint: its size is larger than can be checked in one go");
        return false;
    }
    for (unsigned full = 0; full < 2; full++) {
        tile_path((tile_ref){ 1, n - 1, full ? TILE_WIDTH : tile_width(v->size, 1, n - 1) }, path);
        if (faccessat(v->dir.fd, path, R_OK, 0) == 0)
            return true;
    }
    da_push(a, faults) = str_fmt(a, "%s: missing; the log ends before the %llu entries of its checkpoint", path,
                                 (unsigned long long)v->size);
    return false;
}

err_t log_verify(const char *dir, const log_verify_options *o, fault *f, log_verify_result *ret)
{
    auto_arena arena   *a = arena_new(VERIFY_ARENA_BYTES);
    auto_hasher hasher *h = hasher_new();
    verifier            v = { .o = o };
    log_verify_result   result = { 0 };
    collector           c = { &v, &result };
    str_list            faults = { 0 };
    assert(o->key);
    TRY(log_dir_open(dir, f, &v.dir));
    auto_fd int fd = v.dir.fd;
    assert(fd >= 0);
    bool read = verify_checkpoint(a, h, &v, &faults, &result.at);
    v.size = result.at.size;
    if (read && size_plausible(&v, a, &faults)) {
        verify_tree(a, h, &v, &result.at.root, &faults);
        report(&c, &faults);
        result.tiles = v.tiles;
        err_t e = verify_in_order(&v, tiles_at(v.size, 0), job_done, &c);
        if (e != ERR_OK)
            return fail(f, e, "checking the log in %s was stopped", dir);
        faults = (str_list){ 0 };
        verify_names(a, &v, &faults);
    }
    report(&c, &faults);
    result.at.origin = str_eq(result.at.origin, o->key->name) ? o->key->name : S("");    /* not our arena's */
    *ret = result;
    return ERR_OK;
}
