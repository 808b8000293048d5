/* The witnesses of the log: who they are, what they are sent, and what they sent back. */
#include "web/ledger.h"

enum { NOTE_BODY_MAX = 1 << 20 };

err_t witnesses_fill(ask *q, ledger_view *v)
{
    v->may_witness = shown_to(q, PERMIT_MANAGER);
    return app_witnesses(q->ws, q->a, S(""), &q->f, &v->witnesses, &v->n_witnesses);
}

/* `witness` empty: for one who has seen nothing yet; `old`: when a witness says what it has seen. */
static err_t get_request(ask *q)
{
    str     old = str_trim(ask_query(q, "old")), text;
    int64_t from = -1;
    if (old.n && !parse_int(old, 0, INT64_MAX, &from))
        return fail(&q->f, ERR_INVALID, "old is a number of entries");
    TRY(app_witness_request(q->ws, q->a, ask_query(q, "witness"), from, &q->f, &text));
    send_file(q, "text/plain; charset=utf-8", S("request.txt"), text);
    return ERR_OK;
}

static err_t post_add(ask *q)
{
    workspace *ws = NULL;
    TRY(ask_writer(q, &ws));
    TRY(app_witness_add(ws, q->a, q->who.actor, str_trim(ask_field(q, "vkey")), str_trim(ask_field(q, "who")), &q->f));
    return page_done(q, S("/ledger"), "added");
}

static err_t post_remove(ask *q)
{
    workspace *ws = NULL;
    TRY(ask_writer(q, &ws));
    TRY(app_witness_remove(ws, q->a, q->who.actor, ask_field(q, "witness"), &q->f));
    return page_done(q, S("/ledger"), "removed");
}

static err_t post_cosigned(ask *q)
{
    http_pair *form = NULL;
    http_part *parts = NULL;
    size_t     n = 0, n_parts = 0;
    workspace *ws = NULL;
    str        says = { 0 };
    TRY(ask_form(q, &form, &n, &parts, &n_parts));
    if (n_parts != 1 || !parts[0].bytes.n)
        return fail(&q->f, ERR_INVALID, "choose the file that the witness sent back");
    TRY(ask_writer(q, &ws));
    TRY(app_witness_import(ws, q->a, q->who.actor, parts[0].bytes, &q->f, &says));
    return page_done(q, S("/ledger"), "saved");
}

static const route rows[] = {
    { HTTP_GET, "/ledger/request", PERMIT_MANAGER, 0, 0, 0, get_request, "What is sent to a witness: the checkpoint, and that it holds what they saw" },
    { HTTP_POST, "/ledger/witness", PERMIT_MANAGER, 8 << 10, ROUTE_FRESH, 0, post_add, "Add a witness by their key" },
    { HTTP_POST, "/ledger/witness/remove", PERMIT_MANAGER, 8 << 10, ROUTE_FRESH, 0, post_remove, "Remove a witness" },
    { HTTP_POST, "/ledger/cosigned", PERMIT_MANAGER, NOTE_BODY_MAX, 0, 0, post_cosigned, "Keep a checkpoint that a witness signed" },
};
ROUTE_TABLE(ledger_witness_routes);
