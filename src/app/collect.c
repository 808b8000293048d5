/* One collection: from a collector's rows to one commit. */
#include "app/spool.h"
#include "app/workspace.h"

typedef struct { str relation; collect_status status; str reason; } relation_end;

typedef struct {
    arena     *a;
    commit    *c;
    str        source;
    DA(relation_end) ends;
} collection;

static err_t on_begin(void *arg, const relation *r, bool snapshot, fault *f)
{
    collection *cn = arg;
    return write_begin(cn->c, r, cn->source, snapshot ? WRITE_SNAPSHOT : WRITE_MERGE, f);
}

static err_t on_row(void *arg, const value *row, fault *f)
{
    return write_row(((collection *)arg)->c, row, f);
}

static relation_end *end_of(collection *cn, str name)
{
    for (size_t i = 0; i < cn->ends.n; i++)
        if (str_eq(cn->ends.v[i].relation, name))
            return &cn->ends.v[i];
    return NULL;
}

/* A relation that ended more than once stands with the worst of its ends. */
static void end_note(collection *cn, str name, collect_status s, str reason)
{
    relation_end *e = end_of(cn, name);
    if (!e)
        e = &da_push(cn->a, &cn->ends);
    else if (s <= e->status)
        return;
    *e = (relation_end){ name, s, str_dup(cn->a, reason) };
}

static err_t on_end(void *arg, const relation *r, collect_status s, str reason, fault *f)
{
    collection *cn = arg;
    int64_t     duplicates;
    if (s != ST_OK && s != ST_ABSENT)
        write_incomplete(cn->c);         /* a run that ended badly closes nothing */
    TRY(write_end(cn->c, f, &duplicates));
    if (duplicates && s < ST_PARTIAL) {
        s = ST_PARTIAL;
        reason = str_fmt(cn->a, "%lld rows had the key of another and were left out", (long long)duplicates);
    }
    end_note(cn, str_of(r->name), s, reason);
    return ERR_OK;
}

static str text_of(const version *v, const char *name)
{
    int i = relation_field(relation_find(S("run_status")), str_of(name));
    assert(i >= 0);
    return v->row[i].s;
}

static err_t note_unreported(void *arg, const version *v)
{
    collection *cn = arg;
    if (v->closed_by >= 0 || v->erased_by >= 0 || !str_eq(v->source, cn->source) || end_of(cn, text_of(v, "relation")))
        return ERR_OK;
    end_note(cn, str_dup(cn->a, text_of(v, "relation")), ST_ERROR,
             S("the latest run did not report it, though one before did; if it is not to be reported any more, remove the "
               "source and add it again"));
    return ERR_OK;
}

/* What the source reported once and is silent about now: its rows still stand,
 * and without a status another source's would vouch for them. */
static err_t unreported(workspace *ws, collection *cn, fault *f)
{
    return store_versions(ws->st, relation_find(S("run_status")), note_unreported, cn, f);
}

static void put(const relation *r, value *row, const char *name, value v)
{
    int i = relation_field(r, str_of(name));
    assert(i >= 0);
    row[i] = v;
}

static err_t write_run(collection *cn, const collect_outcome *o, collect_status worst, fault *f)
{
    const relation *r = relation_find(S("run"));
    value           row[RELATION_FIELDS_MAX] = { 0 };
    int64_t         duplicates;
    put(r, row, "source", v_text(cn->source));
    put(r, row, "started_at", v_int(o->started_at));
    put(r, row, "ended_at", v_int(o->ended_at));
    put(r, row, "status", v_z(collect_status_name(worst)));
    put(r, row, "tool", v_z("attest " ATTEST_VERSION));
    if (o->reason.n)
        put(r, row, "reason", v_text(o->reason));
    TRY(write_begin(cn->c, r, cn->source, WRITE_SNAPSHOT, f));
    TRY(write_row(cn->c, row, f));
    return write_end(cn->c, f, &duplicates);
}

static err_t write_statuses(collection *cn, fault *f)
{
    const relation *r = relation_find(S("run_status"));
    int64_t         duplicates;
    TRY(write_begin(cn->c, r, cn->source, WRITE_SNAPSHOT, f));
    for (size_t i = 0; i < cn->ends.n; i++) {
        const relation_end *e = &cn->ends.v[i];
        value row[RELATION_FIELDS_MAX] = { 0 };
        put(r, row, "source", v_text(cn->source));
        put(r, row, "relation", v_text(e->relation));
        put(r, row, "status", v_z(collect_status_name(e->status)));
        if (e->reason.n)
            put(r, row, "reason", v_text(e->reason));
        TRY(write_row(cn->c, row, f));
    }
    return write_end(cn->c, f, &duplicates);
}

static err_t run_source(arena *a, const source_row *s, const collect_sink *sink, fault *f, collect_outcome *ret)
{
    collect_options o = { .argument = s->argument.n ? str_z(a, s->argument) : NULL };
    if (str_eq(s->kind, S("exec"))) {
        const char *argv[] = { o.argument, NULL };
        return collect_exec(a, argv, &o, sink, f, ret);
    }
    const collect_source *source = collect_source_find(s->kind);
    if (!source)
        return fail(f, ERR_NOT_FOUND, "there is no source \"" STR_FMT "\"; see: attest source kinds", STR_ARG(s->kind));
    return collect_run(a, source, &o, sink, f, ret);
}

static void fill_report(const collection *cn, arena *a, collect_report *ret)
{
    ret->n_relations = cn->ends.n;
    ret->relations = NULL;
    if (!cn->ends.n)
        return;
    ret->relations = arena_alloc(a, cn->ends.n, sizeof *ret->relations);
    for (size_t i = 0; i < cn->ends.n; i++) {
        ret->relations[i].relation = cn->ends.v[i].relation;
        ret->relations[i].status = str_of(collect_status_name(cn->ends.v[i].status));
        ret->relations[i].reason = cn->ends.v[i].reason;
    }
}

/* What a run left in the spool becomes one commit. */
static err_t keep(workspace *ws, arena *a, const source_row *s, spool *rows, collect_outcome outcome, str actor, fault *f, collect_report *ret)
{
    auto_commit commit *c = NULL;
    commit_done         done;
    TRY(commit_begin(ws->st, &(commit_info){ .actor = actor, .action = S("collect"), .reason = s->id }, f, &c));
    collection         cn = { .a = a, .c = c, .source = s->id };
    const collect_sink into_store = { on_begin, on_row, on_end, NULL, &cn };
    TRY(spool_replay(rows, &into_store, f));
    TRY(unreported(ws, &cn, f));
    collect_status worst = outcome.status;
    for (size_t i = 0; i < cn.ends.n; i++)
        if (cn.ends.v[i].status > ST_ABSENT && cn.ends.v[i].status > worst)
            worst = cn.ends.v[i].status;
    outcome.status = worst;
    TRY(write_run(&cn, &outcome, worst, f));
    TRY(write_statuses(&cn, f));
    TRY(commit_finish(TAKE(c), a, f, &done));
    TRY(ws_publish(ws, f));
    *ret = (collect_report){ .source = *s, .outcome = outcome, .opened = done.opened, .closed = done.closed };
    fill_report(&cn, a, ret);
    return ERR_OK;
}

err_t app_collect(workspace *ws, arena *a, const source_row *s, str actor,
                  void (*progress)(void *arg, str text), void *arg, fault *f, collect_report *ret)
{
    auto_spool spool *rows = NULL;
    collect_outcome   outcome = { 0 };
    TRY(spool_new(a, ws->dir, f, &rows));
    const collect_sink into_spool = spool_sink(rows, progress, arg);
    TRY(run_source(a, s, &into_spool, f, &outcome));
    return keep(ws, a, s, rows, outcome, actor, f, ret);
}

err_t app_ingest(workspace *ws, arena *a, str source, str ndjson, str actor, fault *f, collect_report *ret)
{
    auto_spool spool *rows = NULL;
    const source_row  s = { .kind = S("push"), .argument = source, .id = source };
    collect_outcome   outcome = { 0 };
    time_us           started = time_now();
    str               line;
    TRY(spool_new(a, ws->dir, f, &rows));
    const collect_sink into_spool = spool_sink(rows, NULL, NULL);
    collect_reader    *reader = collect_reader_new(a, &into_spool, NULL);
    for (str rest = ndjson; str_line(&rest, &line);)
        if (str_trim(line).n)
            TRY(collect_reader_line(reader, line, f));
    TRY(collect_reader_end(reader, S(""), f, &outcome));
    outcome.started_at = started;
    outcome.ended_at = time_now();
    return keep(ws, a, &s, rows, outcome, actor, f, ret);
}
