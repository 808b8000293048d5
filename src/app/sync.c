/* People reconciled with an export of the HR system: who joins, moves, leaves. */
#include "app/import.h"

typedef struct {
    bool    known, counted, seen;         /* counted: active or on leave before */
    int64_t starts_at;                    /* INT64_MAX: unknown */
} member;

typedef struct {
    importing           im;
    const sync_options *o;
    sync_report        *to;
    map                 people;           /* id -> member */
    DA(str)             ids;              /* in the order of the store */
    time_us             now;
} syncing;

const char *sync_name(sync_kind k)
{
    static const char *const names[] = { "joins", "joins later", "moves", "changes", "leaves", "is not in the file" };
    assert(k < SYNC_KIND_COUNT);
    return names[k];
}

static void tell(syncing *sy, sync_kind k, str id, str why)
{
    da_push(sy->im.a, &sy->to->lines) = (sync_line){ k, str_dup(sy->im.a, id), str_dup(sy->im.a, why) };
}

static bool at_work(const relation *r, const value *row)
{
    str state = row_text(r, row, "state");
    return str_eq(state, S("active")) || str_eq(state, S("on_leave"));
}

static time_us time_at(const relation *r, const value *row, const char *name)
{
    const value *v = &row[relation_field(r, str_of(name))];
    return v->kind == V_INT ? v->i : INT64_MAX;
}

static err_t note_person(void *arg, const value *row)
{
    syncing *sy = arg;
    member  *m = NEW(sy->im.a, member);
    str      id = str_dup(sy->im.a, row[0].s);
    *m = (member){ .known = true, .counted = at_work(sy->im.r, row), .starts_at = time_at(sy->im.r, row, "starts_at") };
    *map_put(&sy->people, id) = m;
    da_push(sy->im.a, &sy->ids) = id;
    sy->to->opening += m->counted;
    return ERR_OK;
}

/* ---- what a row says ------------------------------------------------------------------------ */

static const str *given(const import_row *row, const char *name)
{
    for (size_t i = 0; i < row->n; i++)
        if (str_eq(row->set[i].field, str_of(name)) && str_trim(row->set[i].text).n && !str_eq(str_trim(row->set[i].text), S("?")))
            return &row->set[i].text;
    return NULL;
}

/* The moment a row gives; `otherwise` when it gives none. A wrong date is told when the row is written. */
static time_us moment_given(const import_row *row, const char *name, time_us otherwise)
{
    const str *text = given(row, name);
    time_us    t;
    return text && time_parse(str_trim(*text), &t) ? t : otherwise;
}

/* The last day of work counts to its end. */
static bool has_ended(const syncing *sy, time_us ends_at)
{
    return ends_at != INT64_MAX && ends_at - ends_at % DAYS(1) + DAYS(1) <= sy->now;
}

/* ---- steps ------------------------------------------------------------------------------------- */

static err_t step(syncing *sy, str id, const char *name, fault *f)
{
    return work_do(sy->im.w, sy->im.r, id, 0, str_of(name), NULL, 0, f);
}

static err_t join(syncing *sy, str id, time_us starts_at, const char *name, fault *f)
{
    if (starts_at > sy->now) {
        tell(sy, SYNC_LATER, id, starts_at == INT64_MAX ? S("no first day is given") : time_rfc3339(sy->im.a, starts_at));
        return ERR_OK;
    }
    TRY(step(sy, id, name, f));
    sy->to->joiners++;
    tell(sy, SYNC_JOINS, id, S(""));
    return ERR_OK;
}

static err_t leave(syncing *sy, str id, const member *m, str why, fault *f)
{
    TRY(step(sy, id, "leave", f));
    sy->to->leavers += m->counted;
    tell(sy, SYNC_LEAVES, id, why);
    return ERR_OK;
}

static bool is_move(str name)
{
    return str_eq(name, S("job_title")) || str_eq(name, S("team")) || str_eq(name, S("manager"));
}

/* What differs is written; a change of role, team or manager is a move of today. */
static err_t write_changes(syncing *sy, str id, const value *now, import_row *row, fault *f)
{
    bool moved = false, dated = false;    /* dated: the file has moved_at itself */
    buf  what = buf_new(sy->im.a, 4096);
    for (size_t i = 0; i < row->n; i++)
        dated |= str_eq(row->set[i].field, S("moved_at"));
    row->n = import_differs(sy->im.r, now, row->set, row->n);
    if (!row->n) {
        sy->im.to->same++;
        return ERR_OK;
    }
    for (size_t i = 0; i < row->n; i++) {
        int k = relation_field(sy->im.r, row->set[i].field);
        moved |= is_move(row->set[i].field) && k >= 0 && now[k].kind != V_NULL;
        buf_fmt(&what, "%s" STR_FMT, i ? ", " : "", STR_ARG(row->set[i].field));
    }
    if (moved && !dated)
        row->set[row->n++] = (assignment){ S("moved_at"), S("today") };
    TRY(work_edit(sy->im.w, sy->im.r, id, 0, row->set, row->n, f));
    sy->im.to->changed++;
    tell(sy, moved ? SYNC_MOVES : SYNC_CHANGES, id, buf_str(&what));
    return ERR_OK;
}

static err_t add_person(syncing *sy, str id, import_row *row, fault *f)
{
    time_us starts = moment_given(row, "starts_at", INT64_MAX);
    str     made;
    if (!given(row, "starts_at"))
        line_fault_tell(sy->im.a, sy->im.to, row->line, S("starts_at"), S("who joins needs a first day (--map starts_at=COLUMN)"));
    TRY(work_add(sy->im.w, sy->im.r, id, row->set, row->n, f, &made));
    sy->im.to->added++;
    sy->to->in_file += starts <= sy->now;
    return join(sy, made, starts, "start", f);
}

static err_t sync_known(syncing *sy, str id, const member *m, import_row *row, bool ended, time_us starts, fault *f)
{
    const value *now;
    TRY(work_row(sy->im.w, sy->im.r, id, f, &now));
    bool left = str_eq(row_text(sy->im.r, now, "state"), S("left"));
    if (left && ended)
        return ERR_OK;                    /* what is over stays as it was told */
    TRY(write_changes(sy, id, now, row, f));
    if (ended)
        return leave(sy, id, m, S("its last day has passed"), f);
    if (m->counted && starts != INT64_MAX && starts > sy->now)
        line_fault_tell(sy->im.a, sy->im.to, row->line, S("starts_at"), S("lies ahead, but the person works here already"));
    sy->to->in_file += m->counted || starts <= sy->now;
    return m->counted ? ERR_OK : join(sy, id, starts, left ? "return" : "start", f);
}

static err_t sync_row(syncing *sy, str id, import_row *row, fault *f)
{
    member *m = map_get(&sy->people, id);
    bool    ended = has_ended(sy, moment_given(row, "ends_at", INT64_MAX));
    if (m) {
        m->seen = true;
        return sync_known(sy, id, m, row, ended, moment_given(row, "starts_at", m->starts_at), f);
    }
    if (ended) {
        sy->to->former++;
        return ERR_OK;
    }
    return add_person(sy, id, row, f);
}

static err_t take_row(syncing *sy, import_row *row, fault *f)
{
    fault why = { 0 };
    str   id;
    TRY(import_within_limits(&sy->im, row->set, row->n, f));
    if (!row->sound || !import_take_id(&sy->im, row, &id))
        return ERR_OK;
    if (!id.n) {
        line_fault_tell(sy->im.a, sy->im.to, row->line, S("id"), S("is empty; it says who it is (--map id=COLUMN)"));
        return ERR_OK;
    }
    err_t e = sync_row(sy, id, row, &why);
    if (!import_told(&sy->im, e))
        return fail(f, e, "line %lld: %s", (long long)row->line, why.text);
    import_tell_faults(&sy->im, row->line);
    return ERR_OK;
}

/* ---- who is missing ------------------------------------------------------------------------------- */

static err_t take_missing(syncing *sy, fault *f)
{
    for (size_t i = 0; i < sy->ids.n; i++) {
        const member    *m = map_get(&sy->people, sy->ids.v[i]);
        const assignment ends[] = { { S("ends_at"), S("today") } };
        const value     *row;
        if (m->seen || !m->counted)
            continue;
        if (sy->o->report_leavers) {
            sy->to->missing++;
            tell(sy, SYNC_MISSING, sy->ids.v[i], S(""));
            continue;
        }
        TRY(work_row(sy->im.w, sy->im.r, sy->ids.v[i], f, &row));
        if (time_at(sy->im.r, row, "ends_at") == INT64_MAX)
            TRY(work_edit(sy->im.w, sy->im.r, sy->ids.v[i], 0, ends, 1, f));
        TRY(leave(sy, sy->ids.v[i], m, S("not in the file"), f));
    }
    return ERR_OK;
}

/* ---- the whole ----------------------------------------------------------------------------------------- */

static err_t judge(syncing *sy, fault *f)
{
    sync_report *to = sy->to;
    to->closing = to->opening + to->joiners - to->leavers;
    TRY(faults_judge(&to->file, f));
    if (to->closing != to->in_file + to->missing)
        return fail(f, ERR_INVALID, "headcount does not come out: %lld + %lld joiners - %lld leavers = %lld, but the file counts %lld; "
                    "nothing was changed", (long long)to->opening, (long long)to->joiners, (long long)to->leavers, (long long)to->closing,
                    (long long)(to->in_file + to->missing));
    if (to->leavers * 5 > to->opening && !sy->o->force)
        return fail(f, ERR_INVALID, "%lld of %lld people would leave, more than a fifth: is the file complete? Nothing was changed; if it is "
                    "right, add --force", (long long)to->leavers, (long long)to->opening);
    return ERR_OK;
}

static err_t run(syncing *sy, const principal *who, import_rows *rows, fault *f)
{
    fault        why = { 0 };
    record_query all = { .r = sy->im.r };
    work_references_later(sy->im.w);
    TRY(record_each(work_session(sy->im.w), who, &all, note_person, sy, f));
    for (;;) {
        import_row row;
        TRY(rows_next(rows, f, &row));
        if (row.end)
            break;
        TRY(take_row(sy, &row, f));
    }
    if (!sy->im.to->rows)
        return fail(f, ERR_INVALID, "the file names nobody; nothing was changed");
    err_t e = sy->im.to->n_faults ? ERR_OK : take_missing(sy, &why);
    if (import_told(&sy->im, e))
        e = work_references(sy->im.w, &why);
    if (!import_told(&sy->im, e))
        return fail(f, e, "%s", why.text);
    import_tell_faults(&sy->im, 0);
    return judge(sy, f);
}

static err_t maps_check(const relation *r, const sync_options *o, fault *f)
{
    for (size_t i = 0; i < o->n_maps; i++) {
        int k = relation_field(r, o->maps[i].field);
        if (k < 0 || (r->fields[k].flags & FIELD_STAMPED) || str_eq(o->maps[i].field, S("permission")))
            return fail(f, ERR_USAGE, "--map: a person has no field \"" STR_FMT "\" that a file may set", STR_ARG(utf8_cut(o->maps[i].field, 60)));
    }
    return ERR_OK;
}

static err_t sync_from(workspace *ws, arena *a, const principal *who, const import_source *in, const sync_options *o, fault *f, sync_report *ret)
{
    auto_rows import_rows *rows = NULL;
    const relation        *r = relation_find(S("person"));
    syncing                sy = { .im = { .ws = ws, .a = a, .r = r, .to = &ret->file, .lines = map_new(a) }, .o = o, .to = ret, .people = map_new(a) };
    *ret = (sync_report){ .file.done.seq = -1 };
    TRY(maps_check(r, o, f));
    err_t e = rows_open(a, r, in, o->format, o->maps, o->n_maps, true, &ret->file, f, &rows);
    if (e != ERR_OK)
        return ret->file.n_faults ? fail(f, e, "the first line is wrong; nothing was changed") : e;
    str reason = o->reason.n ? o->reason : str_fmt(a, "from " STR_FMT, STR_ARG(import_source_words(in)));
    TRY(app_work(ws, who, S("sync"), reason, f, &sy.im.w));
    sy.now = work_moment(sy.im.w);
    e = run(&sy, who, rows, f);
    if (e == ERR_OK && !o->dry_run)
        return app_work_finish(ws, sy.im.w, a, f, &ret->file.done);
    work_abort(sy.im.w);
    return e;
}

err_t app_sync(workspace *ws, arena *a, const principal *who, const char *path, const sync_options *o, fault *f, sync_report *ret)
{
    return sync_from(ws, a, who, &(import_source){ .path = path }, o, f, ret);
}

err_t app_sync_bytes(workspace *ws, arena *a, const principal *who, str name, str bytes, const sync_options *o, fault *f, sync_report *ret)
{
    return sync_from(ws, a, who, &(import_source){ .name = utf8_clean(a, name), .bytes = bytes }, o, f, ret);
}
