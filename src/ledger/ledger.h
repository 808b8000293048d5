/*
 * ledger/ledger.h - the Merkle log in the C2SP formats, byte for byte:
 * tlog-tiles, signed-note, tlog-checkpoint, tlog-cosignature (Ed25519 v1),
 * tlog-proof, tlog-policy; hashing as in RFC 6962 section 2.1.
 *
 * Depends on: base.  Builds alone (see tools/), so that an auditor can compile
 * and read just base and ledger.  An entry is opaque bytes here.
 * Threads: a ledger belongs to one thread; pure functions to any.
 */
#ifndef LEDGER_LEDGER_H
#define LEDGER_LEDGER_H

#include "base/base.h"

/* ---- Merkle trees --------------------------------------------------------- */

hash32 merkle_leaf(hasher *h, const void *entry, size_t n);            /* SHA-256(0 || entry) */
hash32 merkle_node(hasher *h, const hash32 *left, const hash32 *right); /* SHA-256(1 || l || r) */

/* The right edge of a tree: one hash for each bit set in n, largest first. */
typedef struct {
    uint64_t n;
    hash32   edge[64];
} merkle_range;

void   merkle_add(hasher *h, merkle_range *r, const hash32 *leaf);
hash32 merkle_root(hasher *h, const merkle_range *r);                  /* SHA-256("") when empty */

/* Audit path of leaf `index` among n leaf hashes, its sibling first. */
void merkle_path(arena *a, hasher *h, const hash32 *leaves, size_t n, size_t index,
                 hash32 **ret_path, size_t *ret_n);

/* RFC 9162 sections 2.1.3.2 and 2.1.4.2. */
bool merkle_included(hasher *h, const hash32 *leaf, uint64_t index, uint64_t size,
                     const hash32 *path, size_t n, const hash32 *root);
bool merkle_consistent(hasher *h, uint64_t old_size, uint64_t size, const hash32 *proof, size_t n,
                       const hash32 *old_root, const hash32 *root);

/* ---- keys and signed notes ------------------------------------------------- */

enum { KEY_ED25519 = 0x01, KEY_COSIGNATURE = 0x04 };

/* A public key: "name+hex8+base64". */
typedef struct {
    str     name;
    uint8_t id[4];
    uint8_t type;                     /* KEY_... */
    uint8_t public_key[32];
} note_verifier;

/* A private Ed25519 key with its name, which has no white space and no '+';
 * the seed is wiped by note_signer_free. */
typedef struct note_signer note_signer;

err_t verifier_parse(arena *a, str vkey, fault *f, note_verifier *ret) MUST_USE;
str   verifier_text(arena *a, const note_verifier *v) MUST_USE;

note_signer *note_signer_new(str name);                                 /* a fresh key for a log */
note_signer *witness_signer_new(str name);                              /* a fresh KEY_COSIGNATURE key */
void         note_signer_free(note_signer *s);                          /* accepts NULL */
/* Files hold "PRIVATE+KEY+name+hex8+base64" and are readable by the owner only:
 * others are refused (ERR_DENIED). Saving never replaces a file (ERR_CONFLICT). */
err_t        note_signer_save(const note_signer *s, const char *path, fault *f) MUST_USE;
err_t        note_signer_load(const char *path, fault *f, note_signer **ret) MUST_USE;
const note_verifier *note_signer_public(const note_signer *s);

typedef struct {
    str     name;
    uint8_t id[4];
    str     bytes;                    /* after the key id */
    const note_verifier *verified;    /* the key that vouches; NULL: unknown key */
    uint64_t cosigned_s;              /* KEY_COSIGNATURE: seconds since 1970 */
} note_signature;

typedef struct {
    str             text;             /* with its final LF */
    note_signature *signatures;
    size_t          n_signatures, n_verified;
} note;

/* Unknown keys are passed over; a known key with a bad signature, no known
 * valid signature, or a malformed note is ERR_INVALID. The result points into
 * `bytes` and `keys`. */
err_t note_open(arena *a, hasher *h, str bytes, const note_verifier *keys, size_t n_keys,
                fault *f, note *ret) MUST_USE;
/* ERR_INVALID when `text` cannot be the text of a note, or with the key of a witness. */
err_t note_sign(arena *a, str text, const note_signer *s, str *ret_note) MUST_USE;

typedef struct {
    str      origin;
    uint64_t size;
    hash32   root;
} checkpoint;

/* The text of a note; extension lines are allowed by the format and passed over. */
err_t checkpoint_parse(arena *a, str text, fault *f, checkpoint *ret) MUST_USE;
str   checkpoint_text(arena *a, const checkpoint *c) MUST_USE;

/* One cosignature/v1 line, with its LF, over a checkpoint's text, made at
 * `at_s`; ERR_INVALID unless the key is a witness's. */
err_t cosign(arena *a, str checkpoint_text, const note_signer *witness, uint64_t at_s, str *ret_line) MUST_USE;

/* The texts of the notes are one text: a note of it with a signature of each of the keys that signed any of them, in the
 * keys' order, a witness's latest. Each note must open by itself (note_open); ERR_CONFLICT: another text. */
err_t note_gather(arena *a, hasher *h, const str *notes, size_t n_notes, const note_verifier *keys, size_t n_keys,
                  fault *f, str *ret_note) MUST_USE;

/* ---- being a witness (tlog-witness) --------------------------------------------- */

/* What a log sends to a witness, by HTTP, mail or on a stick: the body of add-checkpoint. */
enum { WITNESS_PROOF_MAX = 63 };
typedef struct {
    uint64_t old_size;                /* what the witness saw last; 0: nothing yet */
    hash32  *proof;                   /* from there to the checkpoint; at most WITNESS_PROOF_MAX */
    size_t   n_proof;
    str      checkpoint_note;
} witness_request;

err_t witness_request_parse(arena *a, str bytes, fault *f, witness_request *ret) MUST_USE;
str   witness_request_text(arena *a, const witness_request *rq) MUST_USE;

/* A directory of a witness: key, and what it saw last of each log. Never over a key that is there (ERR_CONFLICT). */
err_t witness_create(arena *a, const char *dir, str name, fault *f, str *ret_vkey) MUST_USE;
/* The request's checkpoint with this witness's cosignature, once it is durable here that it was given. `log_vkey`: the
 * log's key as the witness was handed it; empty: a log that was cosigned before. ERR_NOT_FOUND: a log not seen yet;
 * ERR_CONFLICT: the request begins elsewhere than what was seen last, or the key is another; ERR_CORRUPT: what was seen
 * is not in what is shown; ERR_INVALID: malformed, or not signed by the log. */
err_t witness_cosign(arena *a, const char *dir, str request, str log_vkey, uint64_t at_s, fault *f, str *ret_note) MUST_USE;

/* ---- policies and proofs ---------------------------------------------------- */

/* Which logs and which quorum of witnesses one believes. */
typedef struct policy policy;
err_t policy_parse(arena *a, str text, fault *f, policy **ret) MUST_USE;
/* A checkpoint signed by the policy's log and cosigned by its quorum. */
err_t policy_check(arena *a, hasher *h, const policy *p, str checkpoint_note, fault *f, checkpoint *ret) MUST_USE;

typedef struct {
    uint64_t index;
    hash32  *path;
    size_t   n_path;
    bool     has_extra;
    str      extra;                   /* not authenticated */
    str      checkpoint_note;
} tlog_proof;

err_t proof_parse(arena *a, str bytes, fault *f, tlog_proof *ret) MUST_USE;
str   proof_text(arena *a, const tlog_proof *p) MUST_USE;
/* `entry` is in the tree that the policy accepts. */
err_t proof_check(arena *a, hasher *h, const tlog_proof *p, str entry, const policy *pol, fault *f) MUST_USE;

/* ---- the log ----------------------------------------------------------------- */

typedef struct ledger ledger;

typedef struct {
    const char *dir;                  /* served as it is by any web server: checkpoint, tile/ */
    const char *key_path;             /* private key of the log */
    const char *signed_path;          /* last signed checkpoint, kept apart from dir and database */
} ledger_paths;

/* Makes an empty log with a new key; refuses where one stands. */
err_t ledger_create(const ledger_paths *p, str origin, fault *f) MUST_USE;

/* Opens for appending: takes the log's lock (ERR_BUSY when another process
 * holds it), finishes what a crash left, and refuses (ERR_CORRUPT, with what
 * to do) when tiles, checkpoint and last signed checkpoint disagree. */
err_t ledger_open(const ledger_paths *p, fault *f, ledger **ret) MUST_USE;
void  ledger_close(ledger *l);        /* accepts NULL */

uint64_t             ledger_size(const ledger *l);            /* entries appended */
const checkpoint    *ledger_signed(const ledger *l);          /* last signed checkpoint */
const note_verifier *ledger_key(const ledger *l);

/* Adds entries (each <= 65535 bytes) to the tree in memory, all or none. They
 * must already be durable elsewhere; they are in the log only when
 * ledger_publish returns. ERR_LIMIT when some 200 MB wait: publish first. */
err_t ledger_append(ledger *l, const str *entries, size_t n, fault *f) MUST_USE;
/* Writes tiles, signs and publishes a checkpoint for all appended entries;
 * nothing to do when the size is unchanged. On return the signed checkpoint
 * and all it needs are durable; the files readers see are complete, and after
 * a power failure ledger_open completes them again. ERR_FULL or ERR_IO before
 * anything was signed: try again. After any other failure the ledger is
 * useless until it is opened again, which finishes what was signed. */
err_t ledger_publish(ledger *l, fault *f) MUST_USE;

/* Forgets tiles and reads nothing but `entry_at` (0-based, in order; the arena
 * is emptied now and then), which has `size` entries; the tree of as many as
 * were signed last must have the signed root; then all tiles are written anew
 * and take the place of the old ones. Takes the log's lock. */
typedef err_t (*entry_reader)(void *arg, uint64_t index, arena *a, str *ret_entry, fault *f);
err_t ledger_rebuild(const ledger_paths *p, uint64_t size, entry_reader entry_at, void *arg, fault *f) MUST_USE;

/* Readers; need no lock and no private key. */
err_t log_entry(arena *a, const char *dir, uint64_t size, uint64_t index, fault *f, str *ret_entry) MUST_USE;
err_t log_prove(arena *a, hasher *h, const char *dir, uint64_t index, str checkpoint_note, fault *f, tlog_proof *ret) MUST_USE;
err_t log_consistency(arena *a, hasher *h, const char *dir, uint64_t old_size, uint64_t size,
                      fault *f, hash32 **ret_proof, size_t *ret_n) MUST_USE;

/* Does the log in `dir`, whose latest checkpoint is `now`, lead from `then`? ERR_CORRUPT: what `then` said is gone or was
 * changed; ERR_INVALID: it is of another log. Reads a few tiles. */
err_t log_holds(arena *a, hasher *h, const char *dir, const checkpoint *now, const checkpoint *then, fault *f) MUST_USE;

/* Checks the whole log in `dir`: the checkpoint's signature, every bundle
 * against its level-0 tile, every tile against its parent, the root, files that
 * do not belong there. Calls `on_fault` for each thing that is wrong (never
 * stops at the first; each names its file) and `on_entry`, when set, in order
 * for every entry that is proven, that is, leads to the root of the checkpoint
 * (which is worth as much as its signature: see the faults). Both are called in
 * this thread; up to n_threads others do the work (0 and 1: none).
 * An error only when nothing could be checked, or on_entry's. */
typedef struct {
    const note_verifier *key;
    unsigned             n_threads;
    void (*on_fault)(void *arg, str what);
    err_t (*on_entry)(void *arg, uint64_t index, str entry);
    void *arg;
} log_verify_options;

typedef struct {
    checkpoint at;                    /* origin points into the key; empty: another log's */
    uint64_t   entries, tiles, faults;    /* entries proven, hash tiles read */
} log_verify_result;

err_t log_verify(const char *dir, const log_verify_options *o, fault *f, log_verify_result *ret) MUST_USE;

GUARD_DEFINE(ledger, ledger_close)
#define auto_ledger GUARD(ledger_close)
GUARD_DEFINE(note_signer, note_signer_free)
#define auto_note_signer GUARD(note_signer_free)

#endif
