/* Verifying the whole history: a job of the supervisor, of any size; its outcome is kept with its time. */
#include "web/ledger.h"

#include <time.h>

/* Who pressed the button waits a little: most histories are verified by then. */
enum { WAIT_STEPS = 40, STEP_NS = 100000000 };

static err_t kept(ask *q, verified *ret)
{
    fault why = { 0 };
    err_t e = app_verified(q->a, workspace_dir(q->ws), &why, ret);
    if (e == ERR_NOT_FOUND)
        *ret = (verified){ 0 };
    return e == ERR_OK || e == ERR_NOT_FOUND ? ERR_OK : fail(&q->f, e, "%s", why.text);
}

static bool runs_now(ask *q) { return str_eq(gate_jobs(q->g, q->a).doing, S("verify")); }

err_t last_verified(ask *q, ledger_view *v)
{
    v->running = runs_now(q);
    return kept(q, &v->last);
}

static err_t post_verify(ask *q)
{
    verified v = { 0 };
    TRY(gate_job(q->g, S("verify"), &q->f));
    for (int i = 0; i < WAIT_STEPS && v.began_at < q->now; i++) {
        nanosleep(&(struct timespec){ .tv_nsec = STEP_NS }, NULL);
        TRY(kept(q, &v));
    }
    if (v.began_at < q->now)
        return page_done(q, S("/ledger"), "started");
    http_redirect(q->rs, 303, S("/ledger/verified"));
    return ERR_OK;
}

static err_t get_verified(ask *q)
{
    static const crumb above[] = { { { "/ledger", 7 }, { "Ledger", 6 } } };
    verify_view v = { .q = q };
    TRY(kept(q, &v.v));
    if (!v.v.ended_at)
        return fail(&q->f, ERR_NOT_FOUND, "the history has not been verified here yet");
    bool bad = v.v.r.faults > 0, open = v.v.why.n > 0;
    v.took = str_fmt(q->a, "%lld ms", (long long)((v.v.ended_at - v.v.began_at) / 1000));
    page_open(q, &(page){ .title = open ? S("The history could not be verified") : bad ? S("The history was changed") : S("The history is whole"), .place = "/ledger",
                          .crumbs = above, .n_crumbs = COUNT(above), .no_as_of = true,
                          .standing = open ? (state_mark){ "error", "!", "not verified" } : bad ? (state_mark){ "bad", "\u2717", "tampered" } : (state_mark){ "good", "\u2713", "verified" } });
    tpl_ledger_verify(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_POST, "/ledger/verify", PERMIT_READER, 16 << 10, ROUTE_SLOW, 0, post_verify, "Verify the whole history now" },
    { HTTP_GET, "/ledger/verified", PERMIT_READER, 0, 0, 0, get_verified, "How the history was found when it was verified last" },
};
ROUTE_TABLE(ledger_verify_routes);
