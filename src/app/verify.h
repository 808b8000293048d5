/* app/verify.h - private to the room: the state of a verification. */
#ifndef APP_VERIFY_H
#define APP_VERIFY_H

#include "app/workspace.h"

/* What one commit did to one relation, as its leaf says, and the roots as
 * computed from the rows. */
typedef struct {
    leaf_change   change;
    int64_t       seq;
    time_us       at;
    int64_t       n_closed;              /* versions seen that say it closed them */
    merkle_range *closed;
} change_state;

typedef DA(change_state) relation_changes;

typedef struct {
    arena        *a;
    hasher       *h;
    note_verifier key;
    void        (*on_tamper)(void *arg, const tamper *t);
    void         *arg;
    verify_result *result;
    DA(hash32)    entries;               /* SHA-256 of each log entry */
    size_t        n_commits;             /* one more than the last seq read */
    map           by_relation;           /* name -> relation_changes */
    map           erased;                /* "relation/id" -> seq + 1 */
} verification;

/* One commit's leaf, looked for. */
typedef struct {
    arena  *a;
    int64_t seq;
    bool    found;
    str     bytes;
    const workspace *ws;      /* a commit later than its engagement is not there */
} leaf_wanted;

void  tell(verification *v, tamper_kind kind, str relation_name, str key, int64_t version_id, int64_t seq,
           const char *fmt, ...) PRINTF_LIKE(7);
err_t verify_relation(verification *v, store *st, const relation *r, fault *f) MUST_USE;

/* The key fields of a row with "/" between them. */
str row_key(arena *a, const relation *r, const value *row);

#endif
