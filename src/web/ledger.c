/* The ledger: what was signed last, how to check it, and checking it now. */
#include "web/ledger.h"

/* TAMPERS_SHOWN: more are counted. COMMITS_HERE: what a request may verify; more is for the command line. */
enum { TAMPERS_SHOWN = 200, COMMITS_HERE = 100000 };

/* A checkpoint's lines: whose log, how many entries, the root, then an empty line and signatures. */
static void checkpoint_lines(str text, ledger_view *v)
{
    str line;
    if (!str_line(&text, &v->origin) || !str_line(&text, &line) || !parse_int(line, 0, INT64_MAX, &v->size) || !str_line(&text, &v->root))
        return;
    v->signed_yet = true;
}

static err_t get_ledger(ask *q)
{
    ledger_view v = { .q = q };
    fault       why = { 0 };
    TRY(app_head(q->ws, &q->f, &v.commits));
    err_t e = app_checkpoint(q->ws, q->a, &why, &v.checkpoint, &v.vkey);
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return fail(&q->f, e, "%s", why.text);
    if (e == ERR_OK)
        checkpoint_lines(v.checkpoint, &v);
    v.small = v.commits <= COMMITS_HERE;
    page_open(q, &(page){ .title = S("Ledger"), .place = "/ledger", .no_as_of = true,
                          .lead = S("Every commit is a leaf of a Merkle log. Whoever keeps one signed checkpoint can tell later whether anything before it was changed.") });
    tpl_ledger(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

/* ---- verify ------------------------------------------------------------------------------------------- */

typedef struct {
    ask         *q;
    verify_view *v;
} keeping;

static void keep_tamper(void *arg, const tamper *t)
{
    keeping *k = arg;
    arena   *a = k->q->a;
    if (k->v->n == TAMPERS_SHOWN)
        return;
    k->v->v[k->v->n++] = (tamper_line){ str_of(tamper_name(t->kind)), str_dup(a, t->relation), str_dup(a, t->key), str_dup(a, t->what), t->seq, t->version };
}

static err_t post_verify(ask *q)
{
    auto_arena arena *a = arena_new((size_t)1 << 30);          /* its memory is not the request's */
    verify_view       v = { .q = q, .v = NEW_ARRAY(q->a, tamper_line, TAMPERS_SHOWN) };
    keeping           k = { q, &v };
    time_us           began = time_mono();
    int64_t           head;
    TRY(app_head(q->ws, &q->f, &head));
    if (head > COMMITS_HERE)
        return fail(&q->f, ERR_TOO_LARGE, "there are %lld commits, more than are verified within a request; run: attest verify", (long long)head);
    TRY(app_verify(q->ws, a, S(""), keep_tamper, &k, NULL, &q->f, &v.r));
    v.took = str_fmt(q->a, "%lld ms", (long long)((time_mono() - began) / 1000));
    crumb above[] = { { S("/ledger"), S("Ledger") } };
    page_open(q, &(page){ .title = v.r.faults ? S("The history was changed") : S("The history is whole"), .place = "/ledger", .crumbs = above, .n_crumbs = COUNT(above),
                          .no_as_of = true, .standing = v.r.faults ? (state_mark){ "bad", "\u2717", "tampered" } : (state_mark){ "good", "\u2713", "verified" } });
    tpl_ledger_verify(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

/* ---- files ----------------------------------------------------------------------------------------------- */

static err_t get_checkpoint(ask *q)
{
    str text, vkey;
    TRY(app_checkpoint(q->ws, q->a, &q->f, &text, &vkey));
    send_file(q, "text/plain; charset=utf-8", S("checkpoint"), text);
    return ERR_OK;
}

static err_t get_key(ask *q)
{
    str text, vkey;
    TRY(app_checkpoint(q->ws, q->a, &q->f, &text, &vkey));
    send_file(q, "text/plain; charset=utf-8", S("ledger.vkey"), str_fmt(q->a, STR_FMT "\n", STR_ARG(vkey)));
    return ERR_OK;
}

static err_t get_proof(ask *q)
{
    int64_t seq;
    str     proof;
    if (!parse_int(str_trim(ask_query(q, "commit")), 0, INT64_MAX, &seq))
        return fail(&q->f, ERR_INVALID, "a commit is named by its number");
    const sql_hole hole = { "seq", hole_int(q->a, seq) };
    row_table      t = { 0 };
    TRY(rows_of(q, "sql/web/trail_commit.sql", &hole, 1, &t));
    if (!t.n_rows || (q->as_of && cell_time(table_cell(&t, 0, 1)) > q->as_of))
        return fail(&q->f, ERR_NOT_FOUND, "there is no commit %lld%s", (long long)seq, q->as_of ? " by then" : "");
    TRY(app_prove_commit(q->ws, q->a, seq, &q->f, &proof));
    send_file(q, "text/plain; charset=utf-8", str_fmt(q->a, "commit-%lld.tlog-proof", (long long)seq), proof);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/ledger", PERMIT_READER, 0, 0, 0, get_ledger, "The log's latest signed checkpoint, and how to check it" },
    { HTTP_POST, "/ledger/verify", PERMIT_READER, 16 << 10, ROUTE_SLOW, 0, post_verify, "Verify the whole history now" },
    { HTTP_GET, "/ledger/checkpoint", PERMIT_READER, 0, 0, 0, get_checkpoint, "The checkpoint as a file" },
    { HTTP_GET, "/ledger/key", PERMIT_READER, 0, 0, 0, get_key, "The log's public key as a file" },
    { HTTP_GET, "/ledger/proof", PERMIT_READER, 0, ROUTE_EXPORT | ROUTE_SLOW, 0, get_proof, "Proof that the log holds a commit" },
};
ROUTE_TABLE(ledger_routes);
