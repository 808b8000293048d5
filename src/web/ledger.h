/* web/ledger.h - private to the room: what the pages of the ledger are given. */
#ifndef WEB_LEDGER_H
#define WEB_LEDGER_H

#include "web/assure.h"

typedef struct {
    ask    *q;
    str     checkpoint, vkey, root, origin;
    int64_t size, commits;               /* in the signed checkpoint; in the store */
    bool    signed_yet, running;         /* running: being verified now */
    verified last;                       /* ended_at 0: not verified yet, as far as is kept */
    log_witness *witnesses;  size_t n_witnesses;
    bool    may_witness;                 /* may say who is one, and bring what they signed */
} ledger_view;
void tpl_ledger(buf *out, const ledger_view *v);

/* How the history was found when it was verified last (ledger_verify.c). */
err_t last_verified(ask *q, ledger_view *v) MUST_USE;
typedef struct {
    ask     *q;
    verified v;
    str      took;
} verify_view;
void tpl_ledger_verify(buf *out, const verify_view *v);

/* Who cosigns the checkpoints (ledger_witness.c). */
err_t witnesses_fill(ask *q, ledger_view *v) MUST_USE;

#endif
