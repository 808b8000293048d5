/* What people add to a record: comments, links, evidence; and the file of a piece of evidence. */
#include "web/record_edit.h"

enum { FORM_MAX = 1 << 20, FILE_MAX = (64 << 20) + (1 << 20) };

static str subject_of(ask *q) { return str_fmt(q->a, "%s/" STR_FMT, q->type->name, STR_ARG(record_id(q))); }
static str home_of(ask *q) { return record_path(q->a, str_of(q->type->name), record_id(q), NULL); }

/* A record about this one: what is typed on its page, and the form that shows it again when it is refused. */
typedef struct {
    const char *type, *title, *button;
    const char *fields[2];               /* beside the subject */
} about_form;

static err_t about_page(ask *q, const about_form *af, form *fm)
{
    TRY(form_lists(fm));
    return form_page_put(q, q->type, str_of(af->title), str_of(relation_find(str_of(af->type))->doc),
                         &(form_page){ .q = q, .fm = fm, .action = str_fmt(q->a, STR_FMT "/%s", STR_ARG(home_of(q)), af->type), .button = str_of(af->button), .back = home_of(q) });
}

/* Adds it; the person must be able to read the subject. */
static err_t add_about(ask *q, const about_form *af)
{
    const relation *r = relation_find(str_of(af->type));
    record_view     now;
    record_done     done = { 0 };
    workspace      *ws;
    assignment      set[COUNT(af->fields) + 1] = { { S("subject"), subject_of(q) } };
    form           *fm = form_new(q);
    size_t          n = 1;
    TRY(record_read(q, &now));
    for (size_t i = 0; i < COUNT(af->fields) && af->fields[i]; i++)
        (void)form_add_field(fm, &r->fields[relation_field(r, str_of(af->fields[i]))], NULL);
    TRY(form_read(fm));
    for (size_t i = 0; i < fm->v.n; i++)
        set[n++] = (assignment){ fm->v.v[i].name, str_trim(input_text(q->a, &fm->v.v[i])) };
    TRY(ask_writer(q, &ws));
    err_t e = app_add(ws, q->a, &q->who, r, S(""), set, n, reason_given(q), &q->f, &done);
    if (e == ERR_OK)
        return page_done(q, home_of(q), "added");
    TRY(form_refused(q, fm, e, &done));
    return about_page(q, af, fm);
}

static err_t post_comment(ask *q)
{
    return add_about(q, &(about_form){ "comment", "Say something about it", "Comment", { "body" } });
}

static err_t post_link(ask *q)
{
    return add_about(q, &(about_form){ "link", "Link it to another record", "Link", { "meaning", "object" } });
}

/* ---- evidence --------------------------------------------------------------------------------- */

/* The inputs take their names and words from the fields of evidence; the workflow sets what the bytes say. */
static form *attach_form(ask *q)
{
    static const char *const fields[] = { "statement", "title", "effective_from", "effective_to", "expires_at", "origin" };
    const relation          *r = relation_find(S("evidence"));
    form                    *fm = form_new(q);
    input                   *in = form_add(fm, INPUT_FILE, "file", "The file", "Up to 64 MiB. What it is, is judged by its bytes: a name that lies about them is refused, and so are programs.");
    (void)in;
    for (size_t i = 0; i < COUNT(fields); i++) {
        in = form_add_field(fm, &r->fields[relation_field(r, str_of(fields[i]))], NULL);
        in->required = false;
        in->folded = i > 2;
    }
    return fm;
}

static err_t attach_page(ask *q, form *fm)
{
    TRY(form_lists(fm));
    return form_page_put(q, q->type, str_fmt(q->a, "Evidence for " STR_FMT, STR_ARG(record_id(q))),
                         S("A file, a statement, or both. When it was effective is kept apart from when it came."),
                         &(form_page){ .q = q, .fm = fm, .action = str_fmt(q->a, STR_FMT "/attach", STR_ARG(home_of(q))), .button = S("Attach"), .back = home_of(q), .files = true });
}

static err_t get_attach(ask *q)
{
    record_view now;
    TRY(in_the_present(q));
    TRY(record_read(q, &now));
    return attach_page(q, attach_form(q));
}

static str typed(ask *q, const form *fm, const char *name)
{
    for (size_t i = 0; i < fm->v.n; i++)
        if (str_eq(fm->v.v[i].name, str_of(name)))
            return input_text(q->a, &fm->v.v[i]);
    return S("");
}

static attachment attachment_of(ask *q, const form *fm, const http_part *parts, size_t n)
{
    attachment at = { .statement = typed(q, fm, "statement"), .title = str_trim(typed(q, fm, "title")), .origin = typed(q, fm, "origin"),
                      .from = typed(q, fm, "effective_from"), .to = typed(q, fm, "effective_to"), .expires = typed(q, fm, "expires_at") };
    for (size_t i = 0; i < n; i++)
        if (str_eq(parts[i].name, S("file")) && parts[i].filename.n) {
            at.name = parts[i].filename;
            at.bytes = parts[i].bytes;
        }
    return at;
}

/* The engine's word for what it refuses, beside the input it belongs to. */
static err_t attach_refused(ask *q, form *fm, err_t e, const record_done *done)
{
    if (done->faults.n)
        return form_refused(q, fm, e, done);
    if (e != ERR_INVALID && e != ERR_TOO_LARGE)
        return e;
    form_fault(fm, "file", str_dup(q->a, str_of(q->f.text)));
    q->rs->status = err_describe(e)->http;
    q->f = (fault){ 0 };
    return ERR_OK;
}

static err_t post_attach(ask *q)
{
    record_view now;
    record_done done = { 0 };
    workspace  *ws;
    http_pair  *pairs;
    http_part  *parts;
    size_t      n, n_parts;
    str         id = record_id(q);
    TRY(record_read(q, &now));
    TRY(ask_form(q, &pairs, &n, &parts, &n_parts));
    form *fm = attach_form(q);
    TRY(form_read(fm));
    const attachment at = attachment_of(q, fm, parts, n_parts);
    TRY(ask_writer(q, &ws));
    err_t e = app_attach(ws, q->a, &q->who, q->type, id, &at, reason_given(q), &q->f, &done);
    if (e == ERR_OK)
        return page_done(q, home_of(q), "added");
    TRY(attach_refused(q, fm, e, &done));
    return attach_page(q, fm);
}

/* ---- its file -------------------------------------------------------------------------------------- */

/* What no browser takes for a page, should it be opened where the headers are lost. */
static bool harmless(str media)
{
    static const char *const medias[] = {
        "application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "image/tiff", "application/zip", "text/plain", "text/csv", "application/json",
        "message/rfc822", "video/mp4", "application/gzip",
    };
    for (size_t i = 0; i < COUNT(medias); i++)
        if (str_eq(media, str_of(medias[i])))
            return true;
    return str_starts(media, S("application/vnd."));
}

/* Every reading is recorded before a byte leaves. */
static err_t get_file(ask *q)
{
    record_view now;
    str         bytes, name;
    if (strcmp(q->type->name, "evidence") != 0)
        return fail(&q->f, ERR_NOT_FOUND, "only evidence has a file");
    TRY(record_read(q, &now));
    TRY(app_evidence_file(q->ws, q->a, &q->who, record_id(q), &q->f, &bytes, &name));
    TRY(ask_event(q, "evidence_read", q->who.person, subject_of(q), true));
    str media = row_text(q->type, now.row, "media_type");
    download_head(q, name.n ? name : str_fmt(q->a, STR_FMT "-file", STR_ARG(record_id(q))), harmless(media) ? media : S("application/octet-stream"));
    q->rs->fixed = bytes;
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_POST, "/{type}/{id}/comment", PERMIT_TYPE_DO, FORM_MAX, 0, 0, post_comment, "Comment on a record" },
    { HTTP_POST, "/{type}/{id}/link", PERMIT_TYPE_DO, FORM_MAX, 0, 0, post_link, "Link a record to another" },
    { HTTP_GET, "/{type}/{id}/attach", PERMIT_TYPE_DO, 0, 0, 0, get_attach, "The form for evidence of a record" },
    { HTTP_POST, "/{type}/{id}/attach", PERMIT_TYPE_DO, FILE_MAX, 0, 0, post_attach, "Attach evidence to a record" },
    { HTTP_GET, "/{type}/{id}/file", PERMIT_TYPE_READ, 0, ROUTE_SLOW, 0, get_file, "The file of a piece of evidence; each reading is recorded" },
};
ROUTE_TABLE(record_about_routes);
