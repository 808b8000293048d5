/* Evidence: what is told of it is a record, its bytes are a blob. */
#include "app/import.h"
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
    str scanner;              /* empty: nothing looked for malware */
} attached_file;

static bool has_file(const attachment *at) { return at->path || at->name.p; }

/* Nothing harmful is kept, where something looks. */
static err_t scan_file(const workspace *ws, arena *a, attached_file *file, fault *f)
{
    str scanner = workspace_setting(ws, "clamd_socket", 0);
    return scanner.n ? blob_scan(a, str_z(a, scanner), file->bytes, f, &file->scanner) : ERR_OK;
}

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
        { "scanned_by", file->scanner.n ? v_text(file->scanner) : V_UNKNOWN },
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

static err_t add_record(arena *a, work *w, str supports, const attachment *at, str title, fault *f, str *ret_id)
{
    const relation  *r = relation_find(S("evidence"));
    const assignment set[] = {
        { S("title"), title }, { S("supports"), supports }, { S("statement"), at->statement }, { S("origin"), at->origin },
        { S("effective_from"), at->from }, { S("effective_to"), at->to }, { S("expires_at"), at->expires },
    };
    TRY(work_add(w, r, S(""), set, COUNT(set), f, ret_id));
    *ret_id = str_dup(a, *ret_id);
    return ERR_OK;
}

static err_t add_evidence(workspace *ws, arena *a, work *w, str supports, const attachment *at, const attached_file *file, fault *f, str *ret_id)
{
    TRY(add_record(a, w, supports, at, title_of(at, file), f, ret_id));
    return has_file(at) ? add_file(ws, a, w, relation_find(S("evidence")), *ret_id, file, f) : ERR_OK;
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
    if (has_file(at))
        TRY(scan_file(ws, a, &file, f));
    TRY(app_work(ws, who, S("attach"), reason, f, &w));
    err_t e = add_evidence(ws, a, w, str_fmt(a, "%s/" STR_FMT, r->name, STR_ARG(id)), at, &file, f, &ret->id);
    return e == ERR_OK ? app_work_finish(ws, w, a, f, ret) : app_work_refused(w, a, e, ret);
}

/* ---- many at once ------------------------------------------------------------------------- */

/* What stays in memory of a line: everything but the bytes. */
typedef struct {
    int64_t    line;
    attachment at;            /* bytes: still as base64 */
    str        supports, title, digest, id, scanner;
    const str *same_as;       /* the id of what it is already; NULL: it is new */
} piece;

typedef struct {
    workspace       *ws;
    arena           *a;
    evidence_report *to;
    DA(piece)        v;
} pieces;

static bool tell(pieces *p, int64_t line, const char *field_name, const char *why)
{
    line_fault_tell(p->a, &p->to->file, line, str_of(field_name), str_of(why));
    return false;
}

static bool take_member(pieces *p, piece *x, const json_part *m)
{
    const struct { const char *name; str *to; } rows[] = {
        { "supports", &x->supports }, { "title", &x->at.title }, { "statement", &x->at.statement }, { "origin", &x->at.origin },
        { "effective_from", &x->at.from }, { "effective_to", &x->at.to }, { "expires_at", &x->at.expires }, { "file_name", &x->at.name },
        { "content", &x->at.bytes },
    };
    const char *name = str_z(p->a, utf8_cut(m->key, 60));
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (!str_eq(m->key, str_of(rows[i].name)))
            continue;
        if (m->kind != JSON_STR && m->kind != JSON_NULL)
            return tell(p, x->line, name, "is a text");
        if (m->kind == JSON_STR)
            *rows[i].to = m->s;
        return true;
    }
    return tell(p, x->line, name, "is none of supports, title, statement, file_name, content, origin, effective_from, effective_to, expires_at");
}

/* Reads the bytes once, to know what they are; they are read again when all lines are sound. */
static bool take_file(pieces *p, piece *x)
{
    auto_arena arena   *scratch = arena_new(BLOB_BYTES_MAX + (8 << 20));
    auto_hasher hasher *h = hasher_new();
    attachment          at = x->at;
    attached_file       file = { 0 };
    fault               why = { 0 };
    if (!at.name.p)
        return at.bytes.p ? tell(p, x->line, "file_name", "is missing; its ending says what the content is") : true;
    if (!at.bytes.p)
        return tell(p, x->line, "content", "is missing; it is the file as base64");
    if (at.bytes.n / 4 * 3 > BLOB_BYTES_MAX)
        return tell(p, x->line, "content", "is larger than 64 MiB");
    if (!base64_parse(scratch, x->at.bytes, &at.bytes))
        return tell(p, x->line, "content", "is no base64 (RFC 4648, with padding)");
    if (read_file(scratch, &at, &why, &file) != ERR_OK || scan_file(p->ws, scratch, &file, &why) != ERR_OK)
        return tell(p, x->line, "content", why.text);
    hash32 d = sha256_of(h, file.bytes.p, file.bytes.n);
    x->digest = hex_of(p->a, d.b, sizeof d.b);
    x->scanner = str_dup(p->a, file.scanner);
    return true;
}

static bool take_times(pieces *p, const piece *x)
{
    const struct { const char *name; str text; } rows[] = {
        { "effective_from", x->at.from }, { "effective_to", x->at.to }, { "expires_at", x->at.expires },
    };
    bool    sound = true;
    time_us t;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (rows[i].text.n && !time_parse(rows[i].text, &t))
            sound = tell(p, x->line, rows[i].name, "is a date, or a time as RFC 3339 has it");
    return sound;
}

static void take_line(pieces *p, int64_t line, str text)
{
    piece      x = { .line = line };
    json_parts o = { 0 };
    if (!json_read_object(p->a, text, &o)) {
        (void)tell(p, line, "", "is no JSON object, or a name stands in it twice");
        return;
    }
    bool sound = true;
    for (size_t i = 0; i < o.n; i++)
        sound &= take_member(p, &x, &o.v[i]);
    if (!x.supports.n || x.supports.n > 300)
        sound = tell(p, line, "supports", "is missing or too long; it is the record as TYPE/ID");
    if (!x.at.name.p && !x.at.bytes.p && !str_trim(x.at.statement).n)
        sound = tell(p, line, "", "holds neither a file nor a statement");
    sound &= take_times(p, &x);
    if (!sound || !take_file(p, &x))
        return;
    const attached_file file = { .name = utf8_clean(p->a, x.at.name) };
    x.title = title_of(&x.at, &file);
    da_push(p->a, &p->v) = x;
}

static err_t take_lines(pieces *p, str ndjson, fault *f)
{
    str     line;
    int64_t number = 0, n = 0;
    while (str_line(&ndjson, &line)) {
        number++;
        if (!str_trim(line).n)
            continue;
        if (n++ == EVIDENCE_LINES_MAX)
            return fail(f, ERR_TOO_LARGE, "more than %d pieces of evidence at once; send the rest by itself", EVIDENCE_LINES_MAX);
        take_line(p, number, str_trim(line));
    }
    return n ? ERR_OK : fail(f, ERR_INVALID, "there is no line; each is an object with supports, and a statement or file_name and content");
}

/* What makes two pieces the same. */
static str identity(arena *a, str supports, str digest, str statement, time_us from, time_us to)
{
    return str_fmt(a, STR_FMT "\n" STR_FMT "\n%lld\n%lld\n" STR_FMT, STR_ARG(supports), STR_ARG(digest), (long long)from, (long long)to,
                   STR_ARG(digest.n ? S("") : statement));
}

static str piece_identity(arena *a, const piece *x)
{
    time_us from = 0, to = 0;
    if (x->at.from.n && !time_parse(x->at.from, &from))
        from = 0;
    if (x->at.to.n && !time_parse(x->at.to, &to))
        to = 0;
    return identity(a, x->supports, x->digest, str_trim(x->at.statement), from, to);
}

static time_us known_time(str cell)
{
    int64_t t = 0;
    return cell.p && parse_int(cell, INT64_MIN, INT64_MAX, &t) ? t : 0;
}

static str known_text(str cell) { return cell.p ? cell : S(""); }

/* Those that stand already, and those that stand in an earlier line. */
static err_t find_same(pieces *p, fault *f)
{
    buf       digests = buf_new(p->a, 1 << 20), records = buf_new(p->a, BLOB_BYTES_MAX);
    map       known = map_new(p->a);
    row_table t = { 0 };
    for (size_t i = 0; i < p->v.n; i++) {
        buf_fmt(&digests, "%s" STR_FMT, i ? ", " : "", STR_ARG(sql_quote(p->a, p->v.v[i].digest)));
        buf_fmt(&records, "%s" STR_FMT, i ? ", " : "", STR_ARG(sql_quote(p->a, p->v.v[i].supports)));
    }
    const sql_hole holes[] = { { "digests", digests.n ? buf_str(&digests) : S("''") }, { "records", records.n ? buf_str(&records) : S("''") } };
    TRY(app_rows(p->ws, p->a, "sql/program/evidence_known.sql", holes, COUNT(holes), 0, f, &t));
    for (size_t i = 0; i < t.n_rows; i++) {
        str *id = NEW(p->a, str);
        *id = table_cell(&t, i, 0);
        *map_put(&known, identity(p->a, known_text(table_cell(&t, i, 1)), known_text(table_cell(&t, i, 2)), known_text(table_cell(&t, i, 3)),
                                  known_time(table_cell(&t, i, 4)), known_time(table_cell(&t, i, 5)))) = id;
    }
    for (size_t i = 0; i < p->v.n; i++) {
        str key = piece_identity(p->a, &p->v.v[i]);
        p->v.v[i].same_as = map_get(&known, key);
        if (!p->v.v[i].same_as)
            *map_put(&known, key) = &p->v.v[i].id;       /* which is filled in when it is added */
    }
    return ERR_OK;
}

/* A work's fault is the line's; anything else ends it all. */
static err_t add_records(pieces *p, work *w, fault *f)
{
    size_t told = 0;
    for (size_t i = 0; i < p->v.n; i++) {
        piece *x = &p->v.v[i];
        fault  here = { 0 };
        if (x->same_as)
            continue;
        err_t e = add_record(p->a, w, x->supports, &x->at, x->title, &here, &x->id);
        const field_faults *v = work_faults(w);
        if (e != ERR_OK && v->n == told)
            return fail(f, e, "%s", here.text);
        for (; told < v->n; told++)
            line_fault_tell(p->a, &p->to->file, x->line, v->v[told].field, v->v[told].why);
    }
    return faults_judge(&p->to->file, f);
}

/* Every record was checked before the first file is kept. */
static err_t add_files(pieces *p, work *w, fault *f)
{
    for (size_t i = 0; i < p->v.n; i++) {
        piece *x = &p->v.v[i];
        if (x->same_as || !x->at.name.p)
            continue;
        auto_arena arena *scratch = arena_new((size_t)3 * BLOB_BYTES_MAX);
        attachment        at = x->at;
        attached_file     file = { 0 };
        if (!base64_parse(scratch, x->at.bytes, &at.bytes))
            return fail(f, ERR_INTERNAL, "line %lld was base64 a moment ago", (long long)x->line);
        TRY(read_file(scratch, &at, f, &file));
        file.scanner = x->scanner;
        TRY(add_file(p->ws, scratch, w, relation_find(S("evidence")), x->id, &file, f));
    }
    return ERR_OK;
}

static err_t add_pieces(pieces *p, const principal *who, str reason, fault *f)
{
    work       *w;
    record_done done = { 0 };
    TRY(app_work(p->ws, who, S("attach"), reason, f, &w));
    err_t e = add_records(p, w, f);
    if (e == ERR_OK)
        e = add_files(p, w, f);
    if (e != ERR_OK)
        return app_work_refused(w, p->a, e, &done);
    TRY(app_work_finish(p->ws, w, p->a, f, &done));
    p->to->file.done = done;
    return ERR_OK;
}

err_t app_attach_lines(workspace *ws, arena *a, const principal *who, str ndjson, str reason, fault *f, evidence_report *ret)
{
    pieces p = { .ws = ws, .a = a, .to = ret };
    *ret = (evidence_report){ .file = { .done = { .seq = -1 } } };
    TRY(take_lines(&p, ndjson, f));
    ret->file.rows = (int64_t)p.v.n + ret->file.n_faults;
    TRY(faults_judge(&ret->file, f));
    TRY(find_same(&p, f));
    for (size_t i = 0; i < p.v.n; i++)
        ret->same += p.v.v[i].same_as != NULL;
    ret->added = (int64_t)p.v.n - ret->same;
    if (ret->added)
        TRY(add_pieces(&p, who, reason, f));
    ret->v = NEW_ARRAY(a, evidence_line, p.v.n);
    for (ret->n = 0; ret->n < p.v.n; ret->n++) {
        const piece *x = &p.v.v[ret->n];
        ret->v[ret->n] = (evidence_line){ x->line, x->same_as ? *x->same_as : x->id, x->same_as != NULL };
    }
    return ERR_OK;
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
