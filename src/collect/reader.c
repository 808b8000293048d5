/* The protocol's reader: trusts nothing, tells every fault of a collector at
 * the relation it spoils, or at the run when it belongs to none. */
#include "collect/collector.h"

enum { LINE_MAX_BYTES = 1 << 20, REASON_MAX = 1024 };

typedef enum { UNSEEN, OPEN, ENDED, TWICE } progress_state;

struct collect_reader {
    arena              *a;
    const collect_sink *sink;
    const char *const  *promised;        /* NULL: any fact */
    progress_state     *seen;            /* by index in relations[] */
    const relation     *r;               /* the open one */
    bool                saw;             /* a relation ended ok */
    bool                skipping;        /* rows of a relation that was refused */
    bool                delta;           /* the open one's mode */
    int64_t             line, rows, ended, bad_rows, relation_rows;
    str                 bad_reason;      /* the first bad row of the open relation */
    collect_status      worst;
    str                 reason;          /* of the worst, in `a` */
    value               row[RELATION_FIELDS_MAX];
};

static const struct { const char *name; bool reason; } statuses[] = {
    [ST_OK] = { "ok", false },           [ST_ABSENT] = { "absent", false },
    [ST_UNSUPPORTED] = { "unsupported", true }, [ST_PARTIAL] = { "partial", true },
    [ST_DENIED] = { "denied", true },    [ST_ERROR] = { "error", true },
};

const char *collect_status_name(collect_status s)
{
    assert(s < ST_COUNT_);
    return statuses[s].name;
}

collect_reader *collect_reader_new(arena *a, const collect_sink *sink, const char *const *promised)
{
    collect_reader *r = NEW(a, collect_reader);
    r->a = a;
    r->sink = sink;
    r->promised = promised;
    r->seen = NEW_ARRAY(a, progress_state, n_relations);
    return r;
}

static size_t index_of(const relation *r)
{
    size_t i = 0;
    while (relations[i] != r)
        i++;
    return i;
}

static bool is_promised(const collect_reader *r, const relation *rel)
{
    if (!r->promised)
        return rel->kind == FACT;
    for (const char *const *p = r->promised; *p; p++)
        if (strcmp(*p, rel->name) == 0)
            return true;
    return false;
}

/* At most REASON_MAX bytes, no character cut in two. */
static str cut_reason(str s)
{
    size_t n = s.n < REASON_MAX ? s.n : REASON_MAX;
    while (n && n < s.n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
        n--;
    return str_sub(s, 0, n);
}

/* Keeps the reason of the worst status seen; the first of equals. */
static void note(collect_reader *r, collect_status s, str reason)
{
    if (s <= r->worst && !(s == r->worst && !r->reason.n))
        return;
    r->worst = s;
    r->reason = s > ST_ABSENT ? str_dup(r->a, cut_reason(reason)) : S("");
}

static err_t sink_end(collect_reader *r, const relation *rel, collect_status s, str reason, fault *f)
{
    auto_arena arena *t = arena_new(64 << 10);
    r->seen[index_of(rel)] = ENDED;
    r->ended++;
    r->saw |= s == ST_OK;
    note(r, s, s > ST_ABSENT ? str_fmt(t, "%s: " STR_FMT, rel->name, STR_ARG(reason)) : reason);
    return r->sink->end(r->sink->arg, rel, s, reason, f);
}

/* A fault of the whole run, at no relation. */
static err_t run_fault(collect_reader *r, const char *what)
{
    auto_arena arena *t = arena_new(16 << 10);
    note(r, ST_ERROR, str_fmt(t, "line %lld: %s", (long long)r->line, what));
    return ERR_OK;
}

static void bad_line(collect_reader *r, const char *what)
{
    if (!r->r) {
        if (!r->skipping)
            run_fault(r, what);
        return;
    }
    if (r->bad_rows++ == 0)
        r->bad_reason = utf8_clean(r->a, str_fmt(r->a, "line %lld: %s", (long long)r->line, what));
}

static err_t close_open(collect_reader *r, collect_status s, str reason, fault *f)
{
    auto_arena arena *t = arena_new(64 << 10);
    const relation   *rel = TAKE(r->r);
    if (r->bad_rows) {
        s = ST_ERROR;
        reason = r->bad_rows == 1 ? r->bad_reason
                                  : str_fmt(t, STR_FMT " (and %lld more bad lines)", STR_ARG(r->bad_reason),
                                            (long long)r->bad_rows - 1);
    } else if (s == ST_ABSENT && r->relation_rows) {
        s = ST_ERROR;
        reason = S("reported as absent, yet with rows");
    } else if (s == ST_ABSENT && r->delta) {
        s = ST_ERROR;
        reason = S("reported as absent in a delta, which closes nothing; absent takes mode snapshot");
    } else if (statuses[s].reason && reason.n == 0) {
        reason = S("the collector gave no reason");
    }
    return sink_end(r, rel, s, cut_reason(reason), f);
}

/* A relation that never got as far as rows. */
static err_t report_unseen(collect_reader *r, const relation *rel, str reason, fault *f)
{
    TRY(r->sink->begin(r->sink->arg, rel, false, f));
    return sink_end(r, rel, ST_ERROR, reason, f);
}

typedef struct {
    bool control, begin, snapshot;
    str  name, mode, status, reason;
    const char *wrong;
} control_line;

/* {"begin":NAME,"mode":M} or {"end":NAME,"status":S,"reason":R}; anything else
 * that starts otherwise is a row. */
static control_line parse_control(arena *a, str line)
{
    control_line c = { 0 };
    json_reader  jr = json_open(a, line);
    json_token   first = json_next(&jr);
    if (first != JSON_OBJ || json_next(&jr) != JSON_KEY)
        return c;
    c.begin = str_eq(jr.s, S("begin"));
    c.control = c.begin || str_eq(jr.s, S("end"));
    if (!c.control)
        return c;
    struct { str key; str *value; } keys[] = {
        { c.begin ? S("begin") : S("end"), &c.name },
        { c.begin ? S("mode") : S("status"), &c.mode },
        { S("reason"), &c.reason },
    };
    size_t n_keys = c.begin ? 2 : 3;
    for (;;) {
        size_t i = 0;
        while (i < n_keys && !str_eq(jr.s, keys[i].key))
            i++;
        if (i == n_keys || keys[i].value->p || json_next(&jr) != JSON_STR)
            return c.wrong = "begin and end lines have other keys or values than they may", c;
        *keys[i].value = jr.s;
        json_token t = json_next(&jr);
        if (t == JSON_OBJ_END)
            break;
        if (t != JSON_KEY)
            return c.wrong = "not JSON", c;
    }
    if (json_next(&jr) != JSON_END || !c.mode.p)
        return c.wrong = c.mode.p ? "not JSON" : "mode or status is missing", c;
    return c;
}

static err_t on_begin(collect_reader *r, const control_line *c, fault *f)
{
    bool snapshot = str_eq(c->mode, S("snapshot"));
    if (r->r)
        TRY(close_open(r, ST_ERROR, S("the collector began another relation before ending this one"), f));
    r->skipping = true;
    const relation *rel = relation_find(c->name);
    if (!rel)
        return run_fault(r, "there is no such relation");
    if (!is_promised(r, rel))
        return run_fault(r, "this collector may not report this relation");
    if (r->seen[index_of(rel)] == TWICE)
        return ERR_OK;
    if (r->seen[index_of(rel)] == ENDED) {
        TRY(report_unseen(r, rel, S("the collector reported it twice"), f));
        r->seen[index_of(rel)] = TWICE;
        return ERR_OK;
    }
    if (!snapshot && !str_eq(c->mode, S("delta")))
        return report_unseen(r, rel, S("mode is neither snapshot nor delta"), f);
    r->skipping = false;
    r->delta = !snapshot;
    r->r = rel;
    r->seen[index_of(rel)] = OPEN;
    r->bad_rows = r->relation_rows = 0;
    return r->sink->begin(r->sink->arg, rel, snapshot, f);
}

static err_t on_end(collect_reader *r, const control_line *c, fault *f)
{
    collect_status s = ST_OK;
    if (!r->r) {
        bool refused = r->skipping;
        r->skipping = false;
        return refused ? ERR_OK : run_fault(r, "an end without a begin");
    }
    if (!str_eq(c->name, str_of(r->r->name)))
        return bad_line(r, "end names another relation than begin"), ERR_OK;
    while (s < ST_COUNT_ && !str_eq(c->mode, str_of(statuses[s].name)))
        s++;
    if (s == ST_COUNT_)
        return close_open(r, ST_ERROR, S("the collector gave a status that does not exist"), f);
    return close_open(r, s, c->reason, f);
}

static err_t on_row(collect_reader *r, arena *t, str line, fault *f)
{
    fault bad = { 0 };
    if (r->skipping)
        return ERR_OK;
    if (!r->r)
        return run_fault(r, "a row outside begin and end, or not JSON");
    if (row_parse(r->r, line, t, &bad, r->row) != ERR_OK)
        return bad_line(r, bad.text), ERR_OK;
    r->rows++;
    r->relation_rows++;
    return r->sink->row(r->sink->arg, r->row, f);
}

err_t collect_reader_line(collect_reader *r, str line, fault *f)
{
    auto_arena arena *t = arena_new(64 << 20);
    r->line++;
    if (line.n > LINE_MAX_BYTES)
        return bad_line(r, "longer than 1 MiB"), ERR_OK;
    control_line c = parse_control(t, line);
    if (!c.control)
        return on_row(r, t, line, f);
    if (c.wrong)
        return bad_line(r, c.wrong), ERR_OK;
    return c.begin ? on_begin(r, &c, f) : on_end(r, &c, f);
}

err_t collect_reader_end(collect_reader *r, str why, fault *f, collect_outcome *ret)
{
    str reason = why.n ? why : S("the collector ended before reporting it");
    if (r->r)
        TRY(close_open(r, ST_ERROR, why.n ? why : S("the collector stopped in the middle of it"), f));
    for (const char *const *p = r->promised; p && *p; p++) {
        const relation *rel = relation_find(str_of(*p));
        assert(rel);
        if (r->seen[index_of(rel)] == UNSEEN)
            TRY(report_unseen(r, rel, reason, f));
    }
    if (why.n) {
        r->worst = ST_ERROR;             /* how it died explains all the rest */
        r->reason = str_dup(r->a, cut_reason(why));
    } else if (r->ended == 0) {
        note(r, ST_ERROR, S("the collector reported nothing"));
    }
    if (r->worst == ST_ABSENT && r->saw)
        r->worst = ST_OK;                /* absent is a run that met nothing of what it looks for */
    *ret = (collect_outcome){ .status = r->worst, .reason = r->reason, .rows = r->rows, .relations = r->ended };
    return ERR_OK;
}
