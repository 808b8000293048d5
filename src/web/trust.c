/* The trust page: what management chose to show to everybody, and documents for who asked and was
 * answered. Nothing of it is there until a trust_profile is published; every access is recorded. */
#include "web/trust.h"

#include "assess/assess.h"
#include "web/record.h"

enum { WAITING_MAX = 200 };
#define LINK_LASTS DAYS(14)

/* What the pages read and write for somebody who is nobody here. */
static const principal visitor = { .actor = { "trust:visitor", 13 }, .role = ROLE_OWNER };

/* ---- the page ------------------------------------------------------------------------------- */

static err_t profile_read(ask *q, trust_view *ret)
{
    row_table t = { 0 };
    TRY(app_rows(q->ws, q->a, "sql/web/trust_profile.sql", NULL, 0, 0, &q->f, &t));
    if (!t.n_rows)
        return fail(&q->f, ERR_NOT_FOUND, "there is nothing at this address");
    *ret = (trust_view){ .q = q, .title = table_cell(&t, 0, 1), .overview = table_cell(&t, 0, 2), .status_note = table_cell(&t, 0, 3),
                         .security_contact = table_cell(&t, 0, 4), .nda = table_cell(&t, 0, 5), .show_states = cell_int(table_cell(&t, 0, 6)) == 1 };
    return ERR_OK;
}

static err_t lines_read(ask *q, const char *path, bool states, trust_line **ret, size_t *ret_n)
{
    row_table t = { 0 };
    TRY(app_rows(q->ws, q->a, path, NULL, 0, 0, &q->f, &t));
    *ret = NEW_ARRAY(q->a, trust_line, t.n_rows + 1);
    *ret_n = t.n_rows;
    for (size_t i = 0; i < t.n_rows; i++) {
        str state = states ? table_cell(&t, i, 2) : (str){ 0 };
        (*ret)[i] = (trust_line){ .words = table_cell(&t, i, 0), .detail = table_cell(&t, i, 1), .told = state.n > 0, .mark = state_mark_of(state) };
    }
    return ERR_OK;
}

/* `secret` empty: the public page, where only what is for anybody has an address. */
static err_t docs_read(ask *q, str secret, trust_doc **ret, size_t *ret_n)
{
    row_table t = { 0 };
    TRY(app_rows(q->ws, q->a, "sql/web/trust_documents.sql", NULL, 0, 0, &q->f, &t));
    *ret = NEW_ARRAY(q->a, trust_doc, t.n_rows + 1);
    *ret_n = t.n_rows;
    for (size_t i = 0; i < t.n_rows; i++) {
        str  id = table_cell(&t, i, 0);
        bool open = str_eq(table_cell(&t, i, 3), S("anybody"));
        (*ret)[i] = (trust_doc){ .id = id, .title = table_cell(&t, i, 1), .description = table_cell(&t, i, 2), .open = open,
                                 .href = secret.n ? str_fmt(q->a, "/trust/access/" STR_FMT "/" STR_FMT, STR_ARG(secret), STR_ARG(id))
                                                  : str_fmt(q->a, "/trust/document/" STR_FMT, STR_ARG(id)) };
    }
    return ERR_OK;
}

static err_t categories_read(ask *q, trust_view *v)
{
    row_table t = { 0 };
    TRY(app_rows(q->ws, q->a, "sql/web/trust_categories.sql", NULL, 0, 0, &q->f, &t));
    v->categories = NEW_ARRAY(q->a, const char *, CAT_COUNT_);
    for (category c = CAT_SECURITY; c < CAT_COUNT_; c++)
        for (size_t i = 0; i < t.n_rows; i++)
            if (str_eq(table_cell(&t, i, 0), str_of(category_id(c))))
                v->categories[v->n_categories++] = category_name(c);
    return ERR_OK;
}

static err_t get_trust(ask *q)
{
    trust_view v = { 0 };
    row_table  t = { 0 };
    TRY(profile_read(q, &v));
    TRY(categories_read(q, &v));
    TRY(lines_read(q, "sql/web/trust_controls.sql", v.show_states, &v.controls, &v.n_controls));
    TRY(lines_read(q, "sql/web/trust_vendors.sql", false, &v.vendors, &v.n_vendors));
    TRY(docs_read(q, S(""), &v.docs, &v.n_docs));
    for (size_t i = 0; i < v.n_docs; i++)
        v.n_on_request += !v.docs[i].open;
    TRY(app_rows(q->ws, q->a, "sql/web/assessed.sql", NULL, 0, 0, &q->f, &t));
    v.assessed = t.n_rows ? date_text(q, cell_time(table_cell(&t, 0, 0))) : S("");
    ask_note(q, "trust_viewed", S("/trust"));
    page_open(q, &(page){ .title = v.title, .bare = true, .no_as_of = true });
    tpl_trust(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

/* ---- files --------------------------------------------------------------------------------------- */

static err_t send_document(ask *q, str id, bool on_request, str about)
{
    row_table t = { 0 };
    str       bytes, name;
    TRY(app_rows(q->ws, q->a, "sql/web/trust_documents.sql", NULL, 0, 0, &q->f, &t));
    for (size_t i = 0; i < t.n_rows; i++) {
        if (!str_eq(table_cell(&t, i, 0), id) || (!on_request && !str_eq(table_cell(&t, i, 3), S("anybody"))))
            continue;
        TRY(app_evidence_file(q->ws, q->a, &visitor, table_cell(&t, i, 4), &q->f, &bytes, &name));
        if (on_request)
            TRY(ask_event(q, "trust_downloaded", S(""), about, true));
        else
            ask_note(q, "trust_downloaded", about);      /* anybody may, any number of times: nobody fills the ledger with it */
        download_head(q, name, S("application/octet-stream"));
        buf_puts(&q->rs->body, bytes);
        return ERR_OK;
    }
    return fail(&q->f, ERR_NOT_FOUND, "there is no such document");
}

static err_t get_document(ask *q)
{
    trust_view v = { 0 };
    TRY(profile_read(q, &v));
    return send_document(q, q->params[0], false, str_fmt(q->a, "trust_document/" STR_FMT, STR_ARG(utf8_cut(q->params[0], 60))));
}

/* ---- asking ---------------------------------------------------------------------------------------- */

static err_t show_ask(ask *q, str what)
{
    trust_view     v = { 0 };
    trust_ask_view a = { .q = q, .fault = what, .name = ask_field(q, "name"), .email = ask_field(q, "email"), .company = ask_field(q, "company"),
                         .purpose = ask_field(q, "purpose") };
    TRY(profile_read(q, &v));
    page_open(q, &(page){ .title = S("Ask for documents"), .bare = true, .no_as_of = true });
    tpl_trust_ask(&q->rs->body, &a);
    page_close(q);
    return ERR_OK;
}

static err_t get_ask(ask *q) { return show_ask(q, S("")); }

static err_t post_ask(ask *q)
{
    static const relation *type;
    trust_view  v = { 0 };
    row_table   t = { 0 };
    workspace  *ws;
    record_done done = { 0 };
    const assignment set[] = { { S("name"), str_trim(ask_field(q, "name")) }, { S("email"), str_trim(ask_field(q, "email")) },
                               { S("company"), str_trim(ask_field(q, "company")) }, { S("purpose"), str_trim(ask_field(q, "purpose")) } };
    type = relation_find(S("trust_request"));
    TRY(profile_read(q, &v));
    if (!set[0].text.n || !set[2].text.n || !str_contains(set[1].text, S("@"))) {
        q->rs->status = 422;
        return show_ask(q, S("Your name, an e-mail address to answer to, and the company are needed."));
    }
    TRY(app_rows(q->ws, q->a, "sql/web/trust_waiting.sql", NULL, 0, 0, &q->f, &t));
    if (cell_int(table_cell(&t, 0, 0)) >= WAITING_MAX)
        return fail(&q->f, ERR_LIMIT, "too many requests wait for an answer just now; write to " STR_FMT, STR_ARG(v.security_contact));
    TRY(ask_writer(q, &ws));
    TRY(app_add(ws, q->a, &visitor, type, S(""), set, COUNT(set), S("asked on the trust page"), &q->f, &done));
    TRY(ask_event(q, "trust_requested", S(""), str_fmt(q->a, "trust_request/" STR_FMT, STR_ARG(done.id)), true));
    page_open(q, &(page){ .title = S("Your request was received"), .bare = true, .no_as_of = true,
                          .lead = S("Somebody reads it and answers to the address you gave. Nothing more is needed from you.") });
    page_close(q);
    return ERR_OK;
}

/* ---- answering: a link, made by a manager on the request's page ------------------------------------------ */

static err_t post_link(ask *q)
{
    const relation *type = relation_find(S("trust_request"));
    workspace  *ws;
    record_done done = { 0 };
    str         secret;
    TRY(ask_writer(q, &ws));
    err_t e = app_do(ws, q->a, &q->who, type, &q->params[0], 1, 0, S("grant"), NULL, 0, S(""), &q->f, &done);
    q->faults = done.faults;
    TRY(e);
    TRY(auth_once_put(gate_auth(q->g), q->a, "trust", q->params[0], LINK_LASTS, &q->f, &secret));
    trust_link_view v = { .q = q, .id = q->params[0], .url = str_fmt(q->a, STR_FMT "/trust/access/" STR_FMT, STR_ARG(ask_trust_origin(q)), STR_ARG(secret)) };
    TRY(ask_event(q, "token_changed", S(""), str_fmt(q->a, "link made for trust_request/" STR_FMT, STR_ARG(q->params[0])), true));
    page_open(q, &(page){ .title = S("A link for the documents"), .no_as_of = true });
    tpl_trust_link(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

/* ---- reading with a link ------------------------------------------------------------------------------------ */

static err_t access_read(ask *q, trust_access_view *ret, str *ret_id)
{
    trust_view profile = { 0 };
    row_table  t = { 0 };
    str        id;
    TRY(profile_read(q, &profile));
    TRY(auth_once_look(gate_auth(q->g), q->a, "trust", q->params[0], &q->f, &id));
    const sql_hole hole = { "id", sql_quote(q->a, id) };
    TRY(app_rows(q->ws, q->a, "sql/web/trust_request.sql", &hole, 1, 0, &q->f, &t));
    if (!t.n_rows || !str_eq(table_cell(&t, 0, 3), S("granted")))
        return fail(&q->f, ERR_NOT_FOUND, "this link works no longer; ask again");
    *ret = (trust_access_view){ .q = q, .secret = q->params[0], .nda = profile.nda, .agreed = !profile.nda.n || table_cell(&t, 0, 4).n,
                                .who = str_fmt(q->a, STR_FMT ", " STR_FMT, STR_ARG(table_cell(&t, 0, 1)), STR_ARG(table_cell(&t, 0, 2))) };
    *ret_id = id;
    return ERR_OK;
}

static err_t get_access(ask *q)
{
    trust_access_view v = { 0 };
    str               id;
    TRY(access_read(q, &v, &id));
    if (v.agreed)
        TRY(docs_read(q, v.secret, &v.docs, &v.n_docs));
    page_open(q, &(page){ .title = S("Documents"), .bare = true, .no_as_of = true });
    tpl_trust_access(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

/* Who agreed to which words, when: stamps no form can set. */
static err_t stamp_agreed(ask *q, str id, str nda)
{
    const relation *type = relation_find(S("trust_request"));
    auto_hasher hasher *h = hasher_new();
    hash32       digest = sha256_of(h, nda.p, nda.n);
    workspace   *ws = NULL;
    work        *w = NULL;
    const value *row = NULL;
    record_done  done = { 0 };
    TRY(ask_writer(q, &ws));
    TRY(app_work(ws, &visitor, S("edit"), S("accepted what the trust page asks"), &q->f, &w));
    err_t e = work_row(w, type, id, &q->f, &row);
    if (e != ERR_OK || !row)
        return app_work_refused(w, q->a, e != ERR_OK ? e : ERR_NOT_FOUND, &done);
    value copy[RELATION_FIELDS_MAX];
    memcpy(copy, row, type->n_fields * sizeof *copy);
    copy[relation_field(type, S("agreed_at"))] = v_int(work_moment(w));
    copy[relation_field(type, S("agreed_to"))] = v_text(hex_of(q->a, digest.b, sizeof digest.b));
    e = work_put(w, type, copy, &q->f);
    return e == ERR_OK ? app_work_finish(ws, w, q->a, &q->f, &done) : app_work_refused(w, q->a, e, &done);
}

static err_t post_access(ask *q)
{
    trust_access_view v = { 0 };
    str               id = { 0 };
    TRY(access_read(q, &v, &id));
    if (!str_eq(ask_field(q, "agree"), S("yes")))
        return fail(&q->f, ERR_INVALID, "the documents are for who agrees; go back and tick the box");
    if (!v.agreed)
        TRY(stamp_agreed(q, id, v.nda));
    TRY(ask_event(q, "trust_requested", S(""), str_fmt(q->a, "agreed: trust_request/" STR_FMT, STR_ARG(id)), true));
    http_redirect(q->rs, 303, str_fmt(q->a, "/trust/access/" STR_FMT, STR_ARG(v.secret)));
    return ERR_OK;
}

static err_t get_granted(ask *q)
{
    trust_access_view v = { 0 };
    str               id;
    TRY(access_read(q, &v, &id));
    if (!v.agreed)
        return fail(&q->f, ERR_DENIED, "the documents are for who has agreed first");
    return send_document(q, q->params[1], true, str_fmt(q->a, "trust_document/" STR_FMT " for trust_request/" STR_FMT, STR_ARG(utf8_cut(q->params[1], 60)), STR_ARG(id)));
}

static const route rows[] = {
    { HTTP_GET, "/trust", PERMIT_PUBLIC, 0, ROUTE_TRUST, 0, get_trust, "The trust page, when it is published" },
    { HTTP_GET, "/trust/document/{document}", PERMIT_PUBLIC, 0, ROUTE_TRUST, 0, get_document, "A document that is for anybody" },
    { HTTP_GET, "/trust/request", PERMIT_PUBLIC, 0, ROUTE_TRUST, 0, get_ask, "Ask for documents" },
    { HTTP_POST, "/trust/request", PERMIT_PUBLIC, 16 << 10, ROUTE_NO_CSRF | ROUTE_TRUST, 0, post_ask, "Ask for documents" },
    { HTTP_POST, "/trust_request/{id}/link", PERMIT_MANAGER, 4 << 10, 0, 0, post_link, "Grant a request and make its link" },
    { HTTP_GET, "/trust/access/{secret}", PERMIT_PUBLIC, 0, ROUTE_TRUST, 0, get_access, "The documents of a request that was granted" },
    { HTTP_POST, "/trust/access/{secret}", PERMIT_PUBLIC, 4 << 10, ROUTE_NO_CSRF | ROUTE_TRUST, 0, post_access, "Agree to what the documents ask" },
    { HTTP_GET, "/trust/access/{secret}/{document}", PERMIT_PUBLIC, 0, ROUTE_TRUST, 0, get_granted, "A document, with a link" },
};
ROUTE_TABLE(trust_routes);
