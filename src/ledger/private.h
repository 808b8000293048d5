/* ledger/private.h - what the files of this room share. */
#ifndef LEDGER_PRIVATE_H
#define LEDGER_PRIVATE_H

#include "ledger/ledger.h"

enum { NOTE_MAX_BYTES = 1 << 20, NOTE_SIGNATURES_MAX = 100 };

/* ---- keys (key.c) ---- */

/* Not empty, valid UTF-8, no white space of Unicode, no control, no '+'. */
bool key_name_valid(str name);
/* SHA-256(name || LF || type || key)[0:4]. */
void key_id(hasher *h, str name, uint8_t type, const uint8_t public_key[32], uint8_t ret[4]);
void note_signer_sign(const note_signer *s, str message, uint8_t ret[64]);
bool ed25519_verified(const uint8_t public_key[32], const uint8_t signature[64], str message);

/* ---- notes (note.c) ---- */

/* Splits at the last empty line; ret_text keeps its final LF. */
bool note_split(str bytes, str *ret_text, str *ret_signatures);
/* "U+2014 name base64(id || bytes)" LF. */
str  note_signature_line(arena *a, const note_verifier *v, const void *bytes, size_t n);
str  cosignature_message(arena *a, str text, uint64_t at_s);

/* Decimal without sign and leading zero, below 2^63. */
bool decimal_parse(str s, uint64_t *ret);
bool hash_parse(arena *a, str base64, hash32 *ret);

/* A checkpoint out of a note whose signatures are checked elsewhere, or later. */
err_t checkpoint_of_note(arena *a, str note_bytes, fault *f, checkpoint *ret) MUST_USE;

/* ---- tiles and bundles as files (tile.c) ---- */

enum {
    TILE_WIDTH = 256, LEVELS = 8,       /* sizes stay below 2^63 */
    ENTRY_MAX_BYTES = 65535, BUNDLE_MAX_BYTES = TILE_WIDTH * (2 + ENTRY_MAX_BYTES), TILE_PATH_BYTES = 96
};

typedef enum { BUNDLE = -1, LEVEL_0 = 0 } tile_level;    /* -1, or 0..63 */

typedef struct {
    int      level;
    uint64_t n;
    unsigned width;                      /* 256: full */
} tile_ref;

/* "tile/0/x001/234.p/7"; bundles are in tile/entries. */
void tile_path(tile_ref t, char ret[TILE_PATH_BYTES]);
bool tile_path_parse(str path, tile_ref *ret);           /* the one spelling of each path only */
/* How many hashes, or entries, of a tree of `size` lie in the tile or bundle; 0: none. */
unsigned tile_width(uint64_t size, int level, uint64_t n);

/* A log's directory. */
typedef struct {
    const char *path;
    int         fd;
} log_dir;

err_t log_dir_open(const char *path, fault *f, log_dir *ret) MUST_USE;
/* A regular file of at most `max` bytes; 0 or errno. */
int   log_dir_read(arena *a, const log_dir *d, const char *name, size_t max, str *ret);

/* Reads a partial one from the full file when it has none of its own any more. */
err_t tile_read(arena *a, const log_dir *d, tile_ref t, fault *f, const hash32 **ret) MUST_USE;
err_t bundle_read(arena *a, const log_dir *d, tile_ref t, fault *f, str ret[TILE_WIDTH]) MUST_USE;
/* Exactly `width` entries and nothing after them. */
bool  bundle_parse(str bytes, unsigned width, str ret[TILE_WIDTH]);

/* Makes the file appear whole, or agrees that it is there.  A torn one, as a
 * power failure leaves it, is replaced; other bytes are ERR_CORRUPT. */
err_t tile_put(const log_dir *d, tile_ref t, str bytes, fault *f) MUST_USE;
/* Removes the partial files of a tile that is full now. */
err_t tile_drop_partials(const log_dir *d, int level, uint64_t n, fault *f) MUST_USE;
/* Replaces dir/checkpoint; atomic, not yet durable. */
err_t checkpoint_put(const log_dir *d, str note_bytes, fault *f) MUST_USE;

hash32 tile_root(hasher *h, const hash32 hashes[TILE_WIDTH]);

/* ---- the right edge of the tree (edge.c) ---- */

/* The hashes and entries that no full tile holds yet. */
typedef struct {
    uint64_t size;
    hash32   tile[LEVELS][TILE_WIDTH];
    buf      bundle;
} tree_edge;

typedef struct {
    err_t (*put)(void *arg, tile_ref t, str bytes, fault *f);
    void *arg;
} tile_sink;

tree_edge   *edge_new(arena *a);
/* Adds an entry; hands every tile and bundle that it fills to `out`. */
err_t        edge_add(hasher *h, tree_edge *e, str entry, const tile_sink *out, fault *f) MUST_USE;
/* Hands the partial tiles and the partial bundle to `out`, but those a
 * published tree of `old_size` has already. */
err_t        edge_put_partials(const tree_edge *e, uint64_t old_size, const tile_sink *out, fault *f) MUST_USE;
merkle_range edge_range(hasher *h, const tree_edge *e);
/* Reads the edge of a tree of `size` and checks its bundle against its tile. */
err_t        edge_load(hasher *h, const log_dir *d, uint64_t size, tree_edge *e, fault *f) MUST_USE;
/* The partial files of a tree of `old_size` whose tiles are full at `size`. */
err_t        drop_covered(const log_dir *d, uint64_t old_size, uint64_t size, fault *f) MUST_USE;

/* ---- staging (staging.c) ---- */

/* The file dir/staging: one record a publication, holding every file it will
 * write.  One sync makes them all durable before anything is signed; the final
 * files are synced together, later, and then the records are dropped. */
typedef struct {
    uint64_t old_size, size;
    hash32   root;
    str      rows;                       /* of tile_ref and bytes; see staging_next */
} staged;

buf   staging_begin(arena *a, size_t max);
void  staging_add(buf *record, tile_ref t, str bytes);
/* Completes the record with its header and checksum. */
void  staging_end(hasher *h, buf *record, uint64_t old_size, uint64_t size, const hash32 *root);
/* The record at the beginning of `bytes`; false: none, or torn. */
bool  staging_parse(hasher *h, str bytes, staged *ret, size_t *ret_n);
/* The next row; false at the end (rows.n == 0) or when malformed. */
bool  staging_next(str *rows, tile_ref *ret, str *ret_bytes);
/* By another way than the one that made it: do the entries of the record, on
 * top of `before`, give its level-0 tiles and its root?  Leaves the new range. */
bool  staging_true(hasher *h, const staged *s, merkle_range *before);
err_t staging_apply(const log_dir *d, const staged *s, fault *f) MUST_USE;

/* ---- the open log (ledger.c, recover.c) ---- */

struct ledger {
    arena        *a;                     /* lives as long as the ledger */
    arena        *pending;               /* of `record`; emptied by each publication */
    hasher       *h;
    note_signer  *key;
    log_dir       dir;
    const char   *signed_path;
    int           lock_fd, staging_fd;
    uint64_t      staged_bytes;          /* valid records in dir/staging */
    checkpoint    signed_at;
    buf           signed_note;           /* bytes of signed_path */
    merkle_range  signed_range;
    tree_edge    *edge;                  /* of all appended entries */
    buf           record;                /* full tiles and bundles since the last publication */
    err_t         dead;                  /* not ERR_OK: an error after which only reopening helps */
};

/* Takes the locks, reads the key and the last signed checkpoint. */
err_t ledger_start(const ledger_paths *p, fault *f, ledger **ret) MUST_USE;
/* Finishes what a crash left and loads the edge. */
err_t ledger_recover(ledger *l, fault *f) MUST_USE;
err_t signed_replace(const char *path, str note_bytes, fault *f) MUST_USE;
tile_sink ledger_sink(ledger *l);
/* Makes all files of the log durable and empties dir/staging. */
err_t ledger_settle(ledger *l, fault *f) MUST_USE;

#endif
