/* Records into files and out of them: export, import, and people from the HR system. */
#include "web/record_files.h"

#include "web/record_query.h"

/* A file that was checked travels with the page, so that what is kept is what was checked; a larger one is chosen again. */
enum { CARRIED_MAX = 1 << 20, FILE_MAX = 32 << 20, FAULTS_SHOWN = 200 };

/* ---- export ------------------------------------------------------------------------------------ */

static err_t to_body(void *arg, str bytes, fault *f)
{
    ask *q = arg;
    buf_puts(&q->rs->body, bytes);
    return q->rs->body.overflow ? fail(f, ERR_TOO_LARGE, "the file is larger than a page may be; use: attest %s export FILE", q->type->name) : ERR_OK;
}

static err_t export_as(ask *q, const char *format, str media)
{
    list_query lq;
    int64_t    n;
    TRY(list_query_read(q, &lq));
    const record_query rq = record_query_of(&lq, false);
    TRY(app_export(q->ws, &q->who, &rq, q->as_of, str_of(format), to_body, q, &q->f, &n));
    download_head(q, str_fmt(q->a, "%s.%s", q->type->name, format), media);
    return ERR_OK;
}

static err_t get_csv(ask *q) { return export_as(q, "csv", S("text/csv; charset=utf-8")); }
static err_t get_json(ask *q) { return export_as(q, "json", S("application/json")); }

/* ---- the file that is given ----------------------------------------------------------------------- */

typedef struct {
    str  name, bytes;
    bool keep;                /* the button of the page that was checked, or the one that skips the check */
} given_file;

/* Either chosen now, or carried from the page that showed what it would do. */
static err_t file_given(ask *q, given_file *ret)
{
    http_pair *pairs;
    http_part *parts;
    size_t     n, n_parts;
    TRY(ask_form(q, &pairs, &n, &parts, &n_parts));
    *ret = (given_file){ .keep = str_eq(ask_field(q, "what"), S("keep")) };
    for (size_t i = 0; i < n_parts; i++)
        if (str_eq(parts[i].name, S("file")) && parts[i].filename.n) {
            ret->name = parts[i].filename;
            ret->bytes = parts[i].bytes;
            return ERR_OK;
        }
    ret->name = ask_field(q, "carried-name");
    str carried = ask_field(q, "carried");
    if (carried.n && !base64_parse(q->a, carried, &ret->bytes))
        return fail(&q->f, ERR_INVALID, "the file did not arrive whole; choose it again");
    return ERR_OK;
}

static void carry(ask *q, const given_file *file, import_view *v)
{
    v->name = file->name;
    v->large = file->bytes.n > CARRIED_MAX;
    if (!v->large)
        v->content = base64_of(q->a, file->bytes.p, file->bytes.n);
}

static err_t import_page(ask *q, import_view *v, const char *title, str lead)
{
    const record_crumbs c = crumbs_of(q, v->r, S(""), S(""));
    v->q = q;
    v->back = str_fmt(q->a, "/%s", v->r->name);
    page_open(q, &(page){ .title = str_of(title), .place = type_place(v->r), .crumbs = c.v, .n_crumbs = c.n, .lead = lead, .no_as_of = true });
    tpl_record_import(&q->rs->body, v);
    page_close(q);
    return ERR_OK;
}

/* What was refused stands on the page; what went wrong otherwise is the front's to say. */
static err_t import_told(ask *q, err_t e, const import_report *report, import_view *v)
{
    if (e == ERR_OK || (e != ERR_INVALID && e != ERR_TOO_LARGE && e != ERR_USAGE && !report->n_faults))
        return e;
    v->why = str_dup(q->a, str_of(q->f.text));
    q->rs->status = err_describe(e == ERR_USAGE ? ERR_INVALID : e)->http;
    q->f = (fault){ 0 };
    return ERR_OK;
}

/* ---- import ------------------------------------------------------------------------------------------ */

static str columns_of(arena *a, const relation *r)
{
    buf b = buf_new(a, 16 << 10);
    for (size_t i = r->record->prefix ? 1 : 0; i < r->n_fields; i++)
        if (!(r->fields[i].flags & FIELD_STAMPED))
            buf_fmt(&b, "%s%s", b.n ? "," : "", r->fields[i].name);
    return buf_str(&b);
}

static form *import_form(ask *q)
{
    form *fm = form_new(q);
    form_add(fm, INPUT_FILE, "file", "The file", "CSV with the names of fields in its first line, or JSON. Up to 32 MiB.")->accept = ".csv,.tsv,.txt,.json,.ndjson";
    fm->v.v[0].required = true;
    (void)form_add(fm, INPUT_TEXT, "commit-reason", "Why", "One line for the history.");
    if (q->who.role == ROLE_OWNER)
        (void)form_add(fm, INPUT_CHECK, "migrate", "Keep the states and stamps of another system",
                       "For what is moved here with its past. Only for records that are added, and the history says so.");
    return fm;
}

static err_t put_import(ask *q, import_view *v)
{
    v->r = q->type;
    v->action = str_fmt(q->a, "/%s/import", q->type->name);
    v->example = columns_of(q->a, q->type);
    return import_page(q, v, str_fmt(q->a, "Import " STR_FMT, STR_ARG(str_lower(q->a, type_plural(q->a, q->type)))).p,
                       S("A row whose id is known changes that record; another row adds one. All of the file is kept, or nothing."));
}

static err_t get_import(ask *q) { return put_import(q, &(import_view){ .fm = import_form(q) }); }

static err_t post_import(ask *q)
{
    form         *fm = import_form(q);
    import_report report = { 0 };
    given_file    file;
    workspace    *ws;
    import_view   v = { .fm = fm, .report = &report };
    TRY(file_given(q, &file));
    TRY(form_read(fm));
    if (!file.bytes.n) {
        form_fault(fm, "file", S("no file was chosen"));
        q->rs->status = 422;
        v.report = NULL;
        return put_import(q, &v);
    }
    const import_options o = { .dry_run = !file.keep, .migrate = q->who.role == ROLE_OWNER && str_eq(ask_field(q, "migrate"), S("yes")), .reason = reason_given(q) };
    TRY(ask_writer(q, &ws));
    err_t e = app_import_bytes(ws, q->a, &q->who, q->type, file.name, file.bytes, &o, &q->f, &report);
    TRY(import_told(q, e, &report, &v));
    v.kept = e == ERR_OK && file.keep;
    v.ready = e == ERR_OK && !file.keep;
    carry(q, &file, &v);
    return put_import(q, &v);
}

/* ---- people from the HR system --------------------------------------------------------------------------- */

enum { MAPS_MAX = 24 };

static form *sync_form(ask *q)
{
    static const option leavers[] = { { { "mark", 4 }, { "are marked as having left", 25 } }, { { "report", 6 }, { "are told here, and stay", 23 } } };
    form *fm = form_new(q);
    form_add(fm, INPUT_FILE, "file", "The export of the HR system", "CSV or JSON with everybody who works here now; who will, or did, may be in it too.")->accept = ".csv,.tsv,.txt,.json,.ndjson";
    fm->v.v[0].required = true;
    form_add(fm, INPUT_LONG, "maps", "Columns with other names", "One a line: FIELD=COLUMN, as id=Employee number. Columns that are no fields are passed over.")->mono = true;
    input *in = form_add(fm, INPUT_CHOICE, "leavers", "People who are not in the file", "");
    in->options = leavers;
    in->n_options = COUNT(leavers);
    in->text = S("mark");
    in->required = true;
    (void)form_add(fm, INPUT_CHECK, "force", "Also when more than a fifth would leave", "");
    (void)form_add(fm, INPUT_TEXT, "commit-reason", "Why", "One line for the history.");
    return fm;
}

static err_t put_sync(ask *q, import_view *v)
{
    v->r = relation_find(S("person"));
    v->action = S("/person/sync");
    return import_page(q, v, "People from the HR system", S("Who joins, moves and leaves is worked out from the file. It must add up, or nothing is kept."));
}

static err_t get_sync(ask *q) { return put_sync(q, &(import_view){ .fm = sync_form(q) }); }

static err_t maps_read(ask *q, field_mapping *to, size_t *ret_n)
{
    str rest = ask_field(q, "maps"), line;
    for (*ret_n = 0; rest.n && str_line(&rest, &line);) {
        str column = line, name = str_cut(&column, '=');
        if (!str_trim(line).n)
            continue;
        if (!column.p || !str_trim(name).n || !str_trim(column).n || *ret_n == MAPS_MAX)
            return fail(&q->f, ERR_INVALID, "a line reads FIELD=COLUMN, and there are at most %d; \"" STR_FMT "\" does not", MAPS_MAX, STR_ARG(utf8_cut(line, 60)));
        to[(*ret_n)++] = (field_mapping){ str_trim(name), str_trim(column) };
    }
    return ERR_OK;
}

static err_t sync_file(ask *q, const given_file *file, sync_report *report)
{
    field_mapping maps[MAPS_MAX];
    sync_options  o = { .maps = maps, .report_leavers = str_eq(ask_field(q, "leavers"), S("report")), .force = str_eq(ask_field(q, "force"), S("yes")),
                        .dry_run = !file->keep, .reason = reason_given(q) };
    workspace    *ws;
    TRY(maps_read(q, maps, &o.n_maps));
    TRY(ask_writer(q, &ws));
    return app_sync_bytes(ws, q->a, &q->who, file->name, file->bytes, &o, &q->f, report);
}

static err_t post_sync(ask *q)
{
    form        *fm = sync_form(q);
    sync_report *report = NEW(q->a, sync_report);
    given_file   file;
    import_view  v = { .fm = fm, .report = &report->file, .sync = report };
    TRY(file_given(q, &file));
    TRY(form_read(fm));
    if (!file.bytes.n) {
        form_fault(fm, "file", S("no file was chosen"));
        q->rs->status = 422;
        v.report = NULL;
        v.sync = NULL;
        return put_sync(q, &v);
    }
    err_t e = sync_file(q, &file, report);
    TRY(import_told(q, e, &report->file, &v));
    v.kept = e == ERR_OK && file.keep;
    v.ready = e == ERR_OK && !file.keep;
    carry(q, &file, &v);
    return put_sync(q, &v);
}

static const route rows[] = {
    { HTTP_GET, "/{type}/export.csv", PERMIT_TYPE_READ, 0, ROUTE_EXPORT | ROUTE_SLOW, 0, get_csv, "Records of a type as CSV" },
    { HTTP_GET, "/{type}/export.json", PERMIT_TYPE_READ, 0, ROUTE_EXPORT | ROUTE_SLOW, 0, get_json, "Records of a type as JSON" },
    { HTTP_GET, "/{type}/import", PERMIT_TYPE_ADD, 0, 0, 0, get_import, "The form for a file of records" },
    { HTTP_POST, "/{type}/import", PERMIT_TYPE_ADD, FILE_MAX, ROUTE_SLOW, 0, post_import, "Check a file of records, or keep it" },
    { HTTP_GET, "/person/sync", PERMIT_MANAGER, 0, 0, 0, get_sync, "The form for people from the HR system" },
    { HTTP_POST, "/person/sync", PERMIT_MANAGER, FILE_MAX, ROUTE_SLOW, 0, post_sync, "Check people from the HR system, or keep them" },
};
ROUTE_TABLE(record_files_routes);
