/* From the store to the log: leaves the log lacks are appended and signed. */
#include "app/workspace.h"

enum { BATCH = 4096 };

typedef struct {
    arena  *a;
    ledger *log;
    str     batch[BATCH];
    size_t  n;
    fault  *f;
} appender;

static err_t flush(appender *ap)
{
    err_t e = ap->n ? ledger_append(ap->log, ap->batch, ap->n, ap->f) : ERR_OK;
    ap->n = 0;
    arena_reset(ap->a);
    return e;
}

static err_t add_leaf(void *arg, const commit_row *row)
{
    appender *ap = arg;
    ap->batch[ap->n++] = str_dup(ap->a, row->leaf);
    return ap->n == BATCH ? flush(ap) : ERR_OK;
}

static err_t open_log(const workspace *ws, fault *f, ledger **ret)
{
    for (int tries = 0;; tries++) {
        fault here = { 0 };
        err_t e = ledger_open(&ws->log, &here, ret);
        if (e != ERR_BUSY || tries == 200)
            return e == ERR_OK ? ERR_OK : fail(f, e, "%s", here.text);
        nanosleep(&(struct timespec){ .tv_nsec = 50000000 }, NULL);
    }
}

static err_t last_leaf(void *arg, const commit_row *row)
{
    str *want = arg;
    if (want->p && !str_eq(*want, row->leaf))
        return ERR_CORRUPT;
    want->p = NULL;                       /* only the first row is compared */
    return ERR_OK;
}

/* The newest entry of the log must be the store's commit of that number. */
static err_t compare_newest(workspace *ws, arena *a, uint64_t size, fault *f)
{
    str entry;
    if (size == 0)
        return ERR_OK;
    TRY(log_entry(a, ws->log.dir, size, size - 1, f, &entry));
    if (store_commits(ws->st, (int64_t)size - 1, last_leaf, &entry, f) == ERR_CORRUPT)
        return fail(f, ERR_CORRUPT, "commit %llu of the store is not entry %llu of the ledger: the store was altered or "
                    "belongs to another ledger. Nothing was changed. To see what differs, run: attest verify",
                    (unsigned long long)size - 1, (unsigned long long)size - 1);
    return ERR_OK;
}

err_t ws_publish(workspace *ws, fault *f)
{
    auto_arena arena  *a = arena_new(512 << 20);
    auto_arena arena  *small = arena_new(4 << 20);
    auto_ledger ledger *log = NULL;
    int64_t            count;
    TRY(open_log(ws, f, &log));
    TRY(store_head(ws->st, f, &count));
    uint64_t size = ledger_size(log);
    if ((uint64_t)count < size)
        return fail(f, ERR_CORRUPT, "the store holds %lld commits but the ledger %llu: the store is an older copy or was "
                    "cut. Nothing was changed. Restore a newer copy of it", (long long)count, (unsigned long long)size);
    TRY(compare_newest(ws, small, size, f));
    if ((uint64_t)count == size && ledger_signed(log)->size == size)
        return ERR_OK;
    appender *ap = NEW(small, appender);
    *ap = (appender){ .a = a, .log = log, .f = f };
    TRY(store_commits(ws->st, (int64_t)size, add_leaf, ap, f));
    TRY(flush(ap));
    return ledger_publish(log, f);
}
