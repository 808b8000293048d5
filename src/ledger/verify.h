/* ledger/verify.h - what the two halves of log_verify share. */
#ifndef LEDGER_VERIFY_H
#define LEDGER_VERIFY_H

#include "ledger/private.h"

typedef DA(str) str_list;

typedef struct {
    const log_verify_options *o;
    log_dir  dir;
    uint64_t size;
    /* Level 1 and up, as read: hashes, and for each tile whether it is proven:
     * it leads, tile by tile, to the root that was signed. */
    const hash32 *hashes[LEVELS];
    bool         *readable[LEVELS], *proven[LEVELS];
    bool          edge_proven;           /* the root follows from the partial tiles */
    hash32        edge_0[TILE_WIDTH];    /* the partial tile of level 0 */
    bool          edge_0_readable;
    uint64_t      tiles;                 /* read so far, by this thread */
} verifier;

/* "tile/0/001: " and the rest, into `faults`. */
void note_fault(arena *a, str_list *faults, tile_ref t, const char *fmt, ...) PRINTF_LIKE(4);
/* Files that do not belong there, and old partial files with other bytes. */
void verify_names(arena *a, const verifier *v, str_list *faults);

/* The bundles [first, first + n) of level 0 and their tiles. */
enum { JOB_BUNDLES = 8 };
typedef struct {
    arena   *a;                          /* emptied for each job */
    uint64_t first;
    unsigned n;
    str      entries[JOB_BUNDLES * TILE_WIDTH];
    bool     proven[JOB_BUNDLES * TILE_WIDTH];
    uint64_t tiles;
    str_list faults;
} verify_job;

void verify_bundles(hasher *h, const verifier *v, verify_job *job);
/* All jobs over n_bundles, by o->n_threads; `done` gets them in order, in this thread. */
err_t verify_in_order(const verifier *v, uint64_t n_bundles, err_t (*done)(void *arg, verify_job *job), void *arg);

#endif
