/* Evidence: what is told of it is a record, its bytes are a blob. */
#include "app/workspace.h"
#include "blob/blob.h"

static blobs *blobs_of(workspace *ws)
{
    return blobs_new(ws->a, ws_path(ws->a, ws, "blobs"), ws_path(ws->a, ws, "keys/blob.key"));
}

static str name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return str_of(slash ? slash + 1 : path);
}

typedef struct {
    str bytes, name, media;
} attached_file;

static bool has_file(const attachment *at) { return at->path || at->name.p; }

static err_t read_file(arena *a, const attachment *at, fault *f, attached_file *ret)
{
    ret->bytes = at->bytes;
    ret->name = utf8_clean(a, at->path ? name_of(at->path) : at->name);
    if (at->path)
        TRY(file_read(a, at->path, BLOB_BYTES_MAX, f, &ret->bytes));
    if (ret->bytes.n > BLOB_BYTES_MAX)
        return fail(f, ERR_TOO_LARGE, STR_FMT " is larger than %d MiB", STR_ARG(utf8_cut(ret->name, 80)), BLOB_BYTES_MAX >> 20);
    return blob_type(a, ret->name, ret->bytes, f, &ret->media);
}

static str title_of(const attachment *at, const attached_file *file)
{
    str rest = at->statement, line = S("");
    if (at->title.n)
        return at->title;
    if (has_file(at))
        return file->name;
    (void)str_line(&rest, &line);
    return utf8_cut(line, 200);
}

static void set_file(const relation *r, value *row, const attached_file *file, const blob *b)
{
    const struct { const char *field; value v; } rows[] = {
        { "digest", v_text(b->digest) }, { "file_name", v_text(file->name) }, { "media_type", v_text(file->media) }, { "size", v_int(b->size) },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        row[relation_field(r, str_of(rows[i].field))] = rows[i].v;
}

/* The record is checked whole before the file is kept: what is refused leaves nothing. */
static err_t add_file(workspace *ws, arena *a, work *w, const relation *r, str id, const attached_file *file, fault *f)
{
    const value *now;
    value        row[RELATION_FIELDS_MAX];
    blob         kept;
    TRY(blob_put(blobs_of(ws), a, file->bytes, f, &kept));
    TRY(work_row(w, r, id, f, &now));
    for (size_t i = 0; i < r->n_fields; i++)
        row[i] = now[i];
    set_file(r, row, file, &kept);
    return work_put(w, r, row, f);
}

static err_t add_evidence(workspace *ws, arena *a, work *w, str supports, const attachment *at, const attached_file *file, fault *f, str *ret_id)
{
    const relation  *r = relation_find(S("evidence"));
    const assignment set[] = {
        { S("title"), title_of(at, file) }, { S("supports"), supports }, { S("statement"), at->statement }, { S("origin"), at->origin },
        { S("effective_from"), at->from }, { S("effective_to"), at->to }, { S("expires_at"), at->expires },
    };
    TRY(work_add(w, r, S(""), set, COUNT(set), f, ret_id));
    *ret_id = str_dup(a, *ret_id);
    return has_file(at) ? add_file(ws, a, w, r, *ret_id, file, f) : ERR_OK;
}

err_t app_attach(workspace *ws, arena *a, const principal *who, const relation *r, str id, const attachment *at, str reason,
                 fault *f, record_done *ret)
{
    work         *w;
    attached_file file = { 0 };
    *ret = (record_done){ .seq = -1 };
    if (!has_file(at) && !str_trim(at->statement).n)
        return fail(f, ERR_INVALID, "evidence is a file or a statement; neither is given");
    if (has_file(at))
        TRY(read_file(a, at, f, &file));
    TRY(app_work(ws, who, S("attach"), reason, f, &w));
    err_t e = add_evidence(ws, a, w, str_fmt(a, "%s/" STR_FMT, r->name, STR_ARG(id)), at, &file, f, &ret->id);
    return e == ERR_OK ? app_work_finish(ws, w, a, f, ret) : app_work_refused(w, a, e, ret);
}

err_t app_evidence_file(workspace *ws, arena *a, const principal *who, str id, fault *f, str *ret_bytes, str *ret_name)
{
    const relation *r = relation_find(S("evidence"));
    record_view     v;
    related        *about;
    size_t          n;
    TRY(app_get(ws, a, who, r, id, 0, f, &v, &about, &n));
    str digest = row_text(r, v.row, "digest");
    if (!digest.n)
        return fail(f, ERR_NOT_FOUND, STR_FMT " is a statement without a file; see: attest evidence show " STR_FMT, STR_ARG(id), STR_ARG(id));
    TRY(blob_get(blobs_of(ws), a, digest, f, ret_bytes));
    *ret_name = row_text(r, v.row, "file_name");
    return ERR_OK;
}
