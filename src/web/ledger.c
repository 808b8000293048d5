/* The ledger: what was signed last, and how to check it. */
#include "web/ledger.h"

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
    TRY(last_verified(q, &v));
    TRY(witnesses_fill(q, &v));
    page_open(q, &(page){ .title = S("Ledger"), .place = "/ledger", .no_as_of = true,
                          .lead = S("Every commit is a leaf of a Merkle log. Whoever keeps one signed checkpoint can tell later whether anything before it was changed.") });
    tpl_ledger(&q->rs->body, &v);
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
    { HTTP_GET, "/ledger/checkpoint", PERMIT_READER, 0, 0, 0, get_checkpoint, "The checkpoint as a file" },
    { HTTP_GET, "/ledger/key", PERMIT_READER, 0, 0, 0, get_key, "The log's public key as a file" },
    { HTTP_GET, "/ledger/proof", PERMIT_READER, 0, ROUTE_EXPORT | ROUTE_SLOW, 0, get_proof, "Proof that the log holds a commit" },
};
ROUTE_TABLE(ledger_routes);
