/* Files: evidence in and out, many records at once. */
#include "api/parts.h"

enum { EVIDENCE_MAX = 66 << 20, IMPORT_MAX = 64 << 20, EVIDENCE_LINES = 90 << 20 };     /* a file of 64 MiB as base64 */

static str pair(const http_pair *v, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(v[i].name, str_of(name)))
            return v[i].value;
    return S("");
}

/* multipart/form-data with `file` or `statement`, and what is told of it. */
static err_t post_evidence(ask *q)
{
    http_pair  *v;
    http_part  *parts;
    size_t      n, n_parts;
    workspace  *ws;
    record_done done = { 0 };
    TRY(ask_form(q, &v, &n, &parts, &n_parts));
    if (n_parts > 1)
        return fail(&q->f, ERR_INVALID, "one file is one piece of evidence; send the others by themselves");
    attachment at = { .statement = pair(v, n, "statement"), .title = pair(v, n, "title"), .origin = pair(v, n, "origin"),
                      .from = pair(v, n, "effective_from"), .to = pair(v, n, "effective_to"), .expires = pair(v, n, "expires_at") };
    if (n_parts) {
        at.name = parts[0].filename;
        at.bytes = parts[0].bytes;
    }
    TRY(ask_writer(q, &ws));
    err_t e = app_attach(ws, q->a, &q->who, q->type, q->params[1], &at, pair(v, n, "reason"), &q->f, &done);
    take_faults(q, &done);
    TRY(e);
    q->rs->status = 201;
    http_add(q->rs, "Location", str_fmt(q->a, "/api/v1/evidence/" STR_FMT, STR_ARG(done.id)));
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_kstr(&w, "id", done.id);
    jw_kint(&w, "commit", done.seq);
    jw_end_obj(&w);
    return ERR_OK;
}

/* Recorded before a byte leaves. */
static err_t get_file(ask *q)
{
    str bytes, name;
    TRY(app_evidence_file(q->ws, q->a, &q->who, q->params[0], &q->f, &bytes, &name));
    TRY(ask_event(q, "evidence_read", q->who.person, str_fmt(q->a, "evidence/" STR_FMT, STR_ARG(q->params[0])), true));
    http_attachment(q->rs, name.n ? name : S("evidence"));
    q->rs->media = S("application/octet-stream");
    q->rs->fixed = bytes;
    return ERR_OK;
}

static void put_report(json_writer *w, const import_report *rep, bool dry_run)
{
    jw_obj(w);
    jw_kint(w, "rows", rep->rows);
    jw_kint(w, "added", rep->added);
    jw_kint(w, "changed", rep->changed);
    jw_kint(w, "same", rep->same);
    jw_kbool(w, "kept", !dry_run && !rep->n_faults);
    jw_kint(w, "n_faults", rep->n_faults);
    put_line_faults(w, rep);
    jw_end_obj(w);
}

/* CSV or JSON, by its Content-Type. One commit or none; ?dry-run=yes keeps nothing. */
static err_t post_import(ask *q)
{
    import_report  rep = { 0 };
    workspace     *ws;
    str            media = http_header(q->rq, "content-type");
    bool           csv = str_starts(media, S("text/csv"));
    import_options o = { .format = csv ? S("csv") : S("json"), .dry_run = str_eq(ask_query(q, "dry-run"), S("yes")), .reason = ask_query(q, "reason") };
    if (!csv && !str_starts(media, S("application/json")))
        return fail(&q->f, ERR_INVALID, "a file of records is sent as Content-Type: text/csv or application/json");
    TRY(ask_writer(q, &ws));
    err_t e = app_import_bytes(ws, q->a, &q->who, q->type, S("body"), q->rq->body, &o, &q->f, &rep);
    if (e != ERR_OK && !(e == ERR_INVALID && rep.n_faults))
        return e;
    q->rs->status = e == ERR_OK ? 200 : 422;
    json_writer w = answer_json(q);
    put_report(&w, &rep, o.dry_run);
    return ERR_OK;
}

/* An object a line; one commit or none. Sent again, it changes nothing. */
static err_t post_evidence_lines(ask *q)
{
    evidence_report rep = { 0 };
    workspace      *ws;
    if (!str_starts(http_header(q->rq, "content-type"), S("application/x-ndjson")))
        return fail(&q->f, ERR_INVALID, "evidence is sent as Content-Type: application/x-ndjson, an object a line; docs/api.md has an example");
    TRY(ask_writer(q, &ws));
    err_t e = app_attach_lines(ws, q->a, &q->who, q->rq->body, ask_query(q, "reason"), &q->f, &rep);
    if (e != ERR_OK && !(e == ERR_INVALID && rep.file.n_faults))
        return e;
    q->rs->status = e == ERR_OK ? 200 : 422;
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_kint(&w, "added", e == ERR_OK ? rep.added : 0);
    jw_kint(&w, "same", rep.same);
    jw_key(&w, "commit");
    if (e == ERR_OK && rep.file.done.seq >= 0)
        jw_int(&w, rep.file.done.seq);
    else
        jw_null(&w);
    jw_key(&w, "items");
    jw_arr(&w);
    for (size_t i = 0; i < rep.n; i++) {
        jw_obj(&w);
        jw_kint(&w, "line", rep.v[i].line);
        jw_kstr(&w, "id", rep.v[i].id);
        jw_kbool(&w, "same", rep.v[i].same);
        jw_end_obj(&w);
    }
    jw_end_arr(&w);
    jw_kint(&w, "n_faults", rep.file.n_faults);
    put_line_faults(&w, &rep.file);
    jw_end_obj(&w);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_POST, "/api/v1/{type}/{id}/evidence", PERMIT_TYPE_DO, EVIDENCE_MAX, 0, SCOPE_WRITE, post_evidence, "Attach evidence: multipart/form-data with file or statement" },
    { HTTP_GET, "/api/v1/evidence/{id}/file", PERMIT_PERSON, 0, ROUTE_SLOW, SCOPE_READ, get_file, "The file of a piece of evidence; each reading is recorded" },
    { HTTP_POST, "/api/v1/{type}/import", PERMIT_TYPE_ADD, IMPORT_MAX, ROUTE_SLOW, SCOPE_WRITE, post_import, "Many records at once, CSV or JSON; one commit or none" },
    { HTTP_POST, "/api/v1/ingest/evidence", PERMIT_SCOPE, EVIDENCE_LINES, ROUTE_SLOW, SCOPE_INGEST, post_evidence_lines, "Many pieces of evidence, NDJSON; one commit or none" },
};
const api_doc file_docs[] = {
    { NULL, "form", "attached" }, { NULL, NULL, NULL }, { "dry-run reason", "import", "imported" }, { "reason", "ndjson", "evidence_sent" },
};
ROUTE_TABLE(file_api);
_Static_assert(COUNT(rows) == COUNT(file_docs), "each route is documented");
