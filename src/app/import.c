/* Records from a file: every line is tried, every fault told, one commit or none. */
#include "app/import.h"

/* ---- faults ------------------------------------------------------------------------------- */

static int64_t line_of(const importing *im, str record)
{
    str id = record;
    (void)str_cut(&id, '/');
    const int64_t *line = id.p ? map_get(&im->lines, id) : NULL;
    return line ? *line : 0;
}

void import_note_line(importing *im, str id, int64_t line)
{
    int64_t *at = NEW(im->a, int64_t);
    *at = line;
    *map_put(&im->lines, id) = at;
}

/* A record that was refused may be named again, when the references of all are looked up. */
static void note_refused(importing *im, str record, int64_t line)
{
    str id = record;
    (void)str_cut(&id, '/');
    if (line && id.p && id.n && !map_get(&im->lines, id))
        import_note_line(im, str_dup(im->a, id), line);
}

void import_tell_faults(importing *im, int64_t line)
{
    const field_faults *v = work_faults(im->w);
    for (; im->told < v->n; im->told++) {
        const field_fault *ff = &v->v[im->told];
        note_refused(im, ff->record, line);
        line_fault_tell(im->a, im->to, line ? line : line_of(im, ff->record), ff->field, ff->why);
    }
}

bool import_told(const importing *im, err_t e)
{
    return e == ERR_OK || work_faults(im->w)->n > im->told;
}

/* ---- one row --------------------------------------------------------------------------------- */

static bool is_unknown(str text)
{
    text = str_trim(text);
    return !text.n || str_eq(text, S("?"));
}

static bool says_the_same(const field *fd, const value *have, str text)
{
    value v;
    if (is_unknown(text))
        return have->kind == V_NULL;
    if (fd->kind == F_TEXT)
        return have->kind == V_TEXT && str_eq(have->s, fd->flags & FIELD_LONG ? text : str_trim(text));
    return value_parse(fd, str_trim(text), NULL, &v) == ERR_OK && value_eq(have, &v);
}

size_t import_differs(const relation *r, const value *row, assignment *set, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        int k = relation_field(r, set[i].field);
        bool idle = k >= 0 && (says_the_same(&r->fields[k], &row[k], set[i].text) ||
                               ((r->fields[k].flags & FIELD_STAMPED) && is_unknown(set[i].text)));
        if (!idle)
            set[kept++] = set[i];
    }
    return kept;
}

static err_t change_known(importing *im, const value *row, str id, assignment *set, size_t n, fault *f)
{
    n = import_differs(im->r, row, set, n);
    if (!n) {
        im->to->same++;
        return ERR_OK;
    }
    TRY(work_edit(im->w, im->r, id, 0, set, n, f));
    im->to->changed++;
    return ERR_OK;
}

/* Stamped fields out of `set`; those that say something a new record would not, into `kept`. */
static size_t take_stamped(const importing *im, assignment *set, size_t *n, assignment *kept)
{
    size_t n_kept = 0, left = 0;
    for (size_t i = 0; i < *n; i++) {
        int          k = relation_field(im->r, set[i].field);
        const field *fd = k >= 0 ? &im->r->fields[k] : NULL;
        bool         stamped = fd && (fd->flags & FIELD_STAMPED);
        bool         first = fd && strcmp(fd->name, "state") == 0 && str_eq(str_trim(set[i].text), str_of(im->r->record->initial));
        if (!stamped)
            set[left++] = set[i];
        else if (!first && !is_unknown(set[i].text))
            kept[n_kept++] = set[i];
    }
    *n = left;
    return n_kept;
}

static err_t put_stamped(importing *im, str id, const assignment *kept, size_t n, fault *f)
{
    const value *now;
    value        row[RELATION_FIELDS_MAX];
    TRY(work_row(im->w, im->r, id, f, &now));
    for (size_t i = 0; i < im->r->n_fields; i++)
        row[i] = now[i];
    for (size_t i = 0; i < n; i++) {
        int   k = relation_field(im->r, kept[i].field);
        fault why = { 0 };
        value v;
        if (value_parse(&im->r->fields[k], str_trim(kept[i].text), &why, &v) != ERR_OK) {
            line_fault_tell(im->a, im->to, line_of(im, str_fmt(im->a, "/" STR_FMT, STR_ARG(id))), kept[i].field, str_of(why.text));
            continue;
        }
        row[k] = v.kind == V_TEXT ? v_text(str_dup(im->a, v.s)) : v;
    }
    return work_put(im->w, im->r, row, f);
}

static err_t add_new(importing *im, str id, int64_t line, assignment *set, size_t n, fault *f)
{
    assignment kept[CSV_COLUMNS_MAX];
    size_t     n_kept = take_stamped(im, set, &n, kept);
    str        made;
    for (size_t i = 0; i < n_kept && !im->o->migrate; i++) {
        bool state = str_eq(kept[i].field, S("state"));
        line_fault_tell(im->a, im->to, line, kept[i].field,
                        state ? str_fmt(im->a, "a new one is %s; states come by steps (an owner may keep those of another system, by --migrate)",
                                        im->r->record->initial)
                              : S("is set by the workflow, not by hand (an owner may keep those of another system, by --migrate)"));
    }
    TRY(work_add(im->w, im->r, id, set, n, f, &made));
    if (!id.n)
        import_note_line(im, str_dup(im->a, made), line);
    im->to->added++;
    return n_kept && im->o->migrate ? put_stamped(im, made, kept, n_kept, f) : ERR_OK;
}

bool import_take_id(importing *im, import_row *row, str *ret)
{
    size_t left = 0;
    *ret = S("");
    for (size_t i = 0; i < row->n; i++) {
        if (str_eq(row->set[i].field, S("id")))
            *ret = is_unknown(row->set[i].text) ? S("") : str_trim(row->set[i].text);
        else
            row->set[left++] = row->set[i];
    }
    row->n = left;
    if (!ret->n)
        return true;
    const int64_t *first = map_get(&im->lines, *ret);
    if (first) {
        line_fault_tell(im->a, im->to, row->line, S("id"), str_fmt(im->a, "\"" STR_FMT "\" stands on line %lld already",
                        STR_ARG(utf8_cut(*ret, 60)), (long long)*first));
        return false;
    }
    *ret = str_dup(im->a, *ret);          /* the row's own text goes with the row */
    import_note_line(im, *ret, row->line);
    return true;
}

static err_t take_row(importing *im, import_row *row, fault *f)
{
    const value *known = NULL;
    fault        why = { 0 };             /* a row's refusal is no failure of the import yet */
    str          id;
    if (!import_take_id(im, row, &id))
        return ERR_OK;
    if (id.n)
        TRY(work_row(im->w, im->r, id, f, &known));
    err_t e = known ? change_known(im, known, id, row->set, row->n, &why) : add_new(im, id, row->line, row->set, row->n, &why);
    if (!import_told(im, e))
        return fail(f, e, "line %lld: %s", (long long)row->line, why.text);
    import_tell_faults(im, row->line);
    return ERR_OK;
}

static int by_line(const void *x, const void *y)
{
    const line_fault *a = x, *b = y;
    return a->line != b->line ? (a->line > b->line) - (a->line < b->line) : str_cmp(a->field, b->field);
}

err_t faults_judge(import_report *to, fault *f)
{
    if (!to->n_faults)
        return ERR_OK;
    qsort(to->faults.v, to->faults.n, sizeof *to->faults.v, by_line);
    return fail(f, ERR_INVALID, "%lld fault%s in %lld rows; nothing was changed", (long long)to->n_faults, to->n_faults == 1 ? "" : "s",
                (long long)to->rows);
}

/* ---- the file ----------------------------------------------------------------------------------- */

err_t import_within_limits(importing *im, const assignment *set, size_t n, fault *f)
{
    im->to->rows++;
    for (size_t i = 0; i < n; i++)
        im->bytes += (int64_t)set[i].text.n;
    if (im->to->rows <= IMPORT_ROWS_MAX && im->bytes <= IMPORT_BYTES_MAX)
        return ERR_OK;
    return fail(f, ERR_TOO_LARGE, "more than %d rows or %d MiB of text in one file; an import is one commit that is checked whole. Split it",
                IMPORT_ROWS_MAX, IMPORT_BYTES_MAX >> 20);
}

static err_t take_rows(importing *im, import_rows *rows, fault *f)
{
    for (;;) {
        import_row row;
        TRY(rows_next(rows, f, &row));
        if (row.end)
            return ERR_OK;
        TRY(import_within_limits(im, row.set, row.n, f));
        if (row.sound)
            TRY(take_row(im, &row, f));
    }
}

static err_t run(importing *im, import_rows *rows, fault *f)
{
    work_references_later(im->w);
    TRY(take_rows(im, rows, f));
    fault why = { 0 };
    err_t e = work_references(im->w, &why);
    if (e != ERR_OK)
        return fail(f, e, "%s", why.text);
    import_tell_faults(im, 0);
    return faults_judge(im->to, f);
}

static str reason_of(arena *a, str name, const import_options *o)
{
    str from = o->reason.n ? o->reason : str_fmt(a, "from " STR_FMT, STR_ARG(name));
    return o->migrate ? str_fmt(a, STR_FMT " (states and stamps as imported)", STR_ARG(from)) : from;
}

static err_t import_from(workspace *ws, arena *a, const principal *who, const relation *r, const import_source *in, const import_options *o,
                         fault *f, import_report *ret)
{
    auto_rows import_rows *rows = NULL;
    importing              im = { .ws = ws, .a = a, .r = r, .o = o, .to = ret, .lines = map_new(a) };
    *ret = (import_report){ .done = { .seq = -1 } };
    if (o->migrate && who->role != ROLE_OWNER)
        return fail(f, ERR_DENIED, "only an owner may keep another system's states (--migrate)");
    err_t e = rows_open(a, r, in, o->format, NULL, 0, false, ret, f, &rows);
    if (e != ERR_OK)
        return ret->n_faults ? fail(f, e, "the first line is wrong; nothing was changed") : e;
    TRY(app_work(ws, who, S("import"), reason_of(a, import_source_words(in), o), f, &im.w));
    e = run(&im, rows, f);
    if (e == ERR_OK && !o->dry_run)
        return app_work_finish(ws, im.w, a, f, &ret->done);
    work_abort(im.w);
    return e;
}

err_t app_import(workspace *ws, arena *a, const principal *who, const relation *r, const char *path, const import_options *o,
                 fault *f, import_report *ret)
{
    return import_from(ws, a, who, r, &(import_source){ .path = path }, o, f, ret);
}

err_t app_import_bytes(workspace *ws, arena *a, const principal *who, const relation *r, str name, str bytes, const import_options *o,
                       fault *f, import_report *ret)
{
    return import_from(ws, a, who, r, &(import_source){ .name = utf8_clean(a, name), .bytes = bytes }, o, f, ret);
}
