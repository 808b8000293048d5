/* The script: what people do, told by topic in any order, played in the order of time. */
#include "demo/private.h"

typedef struct {
    const char *field;
    str         text;
    op         *to;                      /* its id is the text */
    bool        typed;                   /* as TYPE/ID */
    str         label;                   /* of a story: its record is found when all is told */
    int64_t     n;
} setting;

struct op {
    time_us         at;
    size_t          number;              /* of the script: who came first, at one moment */
    int             who;
    op             *of;                  /* the record it is done to; NULL: it is added */
    const relation *r;
    const char     *transition;          /* NULL: added or edited */
    str             id;                  /* of the record, once it is there */
    bool            played;
    int64_t         moved_in;            /* the commit that last moved the record on; 0: none has */
    int64_t         population;          /* of a review that starts: what is frozen with it */
    str             digest;
    DA(setting)     settings;
};

static op *op_new(demo *d, time_us at, int who)
{
    op *o = NEW(d->a, op);
    o->at = at;
    o->who = who;
    o->number = d->ops.n;
    da_push(d->a, &d->ops) = o;
    return o;
}

op *add(demo *d, time_us at, int who, const char *type, const char *id)
{
    op *o = op_new(d, at, who);
    o->r = relation_find(str_of(type));
    assert(o->r && o->r->record);
    o->id = str_of(id);
    return o;
}

static op *record_of(op *o)
{
    while (o->of)
        o = o->of;
    return o;
}

void named(op *o, str id) { o->id = id; }

op *edit(demo *d, time_us at, int who, op *of)
{
    op *o = op_new(d, at, who);
    o->of = record_of(of);
    o->r = o->of->r;
    return o;
}

op *move(demo *d, time_us at, int who, op *of, const char *step)
{
    op *o = edit(d, at, who, of);
    assert(transition_find(o->r, str_of(step)));
    o->transition = step;
    return o;
}

op *with_str(demo *d, op *o, const char *field_name, str s)
{
    assert(relation_field(o->r, str_of(field_name)) >= 0);
    da_push(d->a, &o->settings) = (setting){ .field = field_name, .text = s };
    return o;
}

op *with(demo *d, op *o, const char *field_name, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    str text = str_vfmt(d->a, fmt, ap);
    va_end(ap);
    return with_str(d, o, field_name, text);
}

op *with_time(demo *d, op *o, const char *field_name, time_us t)
{
    return with_str(d, o, field_name, time_rfc3339(d->a, t));
}

op *with_person(demo *d, op *o, const char *field_name, int who)
{
    return with_str(d, o, field_name, who == NOBODY ? S("") : d->people[who].id);
}

static op *with_op(demo *d, op *o, const char *field_name, op *to, bool typed)
{
    assert(relation_field(o->r, str_of(field_name)) >= 0);
    if (to)
        da_push(d->a, &o->settings) = (setting){ .field = field_name, .to = record_of(to), .typed = typed };
    return o;
}

op *with_ref(demo *d, op *o, const char *field_name, op *to) { return with_op(d, o, field_name, to, false); }
op *with_about(demo *d, op *o, const char *field_name, op *to) { return with_op(d, o, field_name, to, true); }

op *with_label(demo *d, op *o, const char *field_name, str label, int64_t n, bool typed)
{
    da_push(d->a, &o->settings) = (setting){ .field = field_name, .text = label, .label = label, .n = n, .typed = typed };
    return o;
}

op *prove(demo *d, time_us at, int who, op *of, const char *title, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    str text = str_vfmt(d->a, fmt, ap);
    va_end(ap);
    op *o = with_about(d, add(d, at, who, "evidence", NULL), "supports", of);
    with(d, o, "title", "%s", title);
    with_time(d, o, "effective_from", at);
    with(d, o, "origin", "%s", "our own records");
    return with_str(d, o, "statement", text);
}

op *agree(demo *d, time_us at, int who, op *of, const char *title, int owner, time_us due_at, time_us done_at)
{
    op *o = with_about(d, add(d, at, who, "action_item", NULL), "subject", of);
    with(d, o, "title", "%s", title);
    with_person(d, o, "owner", owner);
    with_time(d, o, "due_at", due_at);
    with(d, o, "priority", "medium");
    if (done_at)
        with(d, move(d, done_at, owner, o, "finish"), "remark", "Done as agreed.");
    return o;
}

void mark(demo *d, const char *name, op *o) { *map_put(&d->marks, str_of(name)) = record_of(o); }
op  *marked(demo *d, const char *name) { return map_get(&d->marks, str_of(name)); }

/* ---- playing ----------------------------------------------------------------------------- */

static int by_time(const void *x, const void *y)
{
    const op *a = *(op *const *)x, *b = *(op *const *)y;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return a->number < b->number ? -1 : 1;
}

/* Of records that come again, the one of the same round, else the first; a text that is no label is itself. */
static void find_labels(demo *d, op *o)
{
    for (size_t i = 0; i < o->settings.n; i++) {
        setting *s = &o->settings.v[i];
        if (s->label.n && s->n)
            s->to = marked(d, str_fmt(d->a, STR_FMT "#%lld", STR_ARG(s->label), (long long)s->n).p);
        if (s->label.n && !s->to)
            s->to = marked(d, str_z(d->a, s->label));
        if (s->label.n && !s->to)
            s->to = marked(d, str_fmt(d->a, STR_FMT "#1", STR_ARG(s->label)).p);
    }
}

void script_sort(demo *d)
{
    for (size_t i = 0; i < d->ops.n; i++)
        find_labels(d, d->ops.v[i]);
    if (d->ops.n)
        qsort(d->ops.v, d->ops.n, sizeof *d->ops.v, by_time);
}

/* What lies outside the story did not happen, nor what rests on it. */
static bool happens(const demo *d, const op *o)
{
    if (!in_story(d, o->at) || (o->of && !o->of->played))
        return false;
    for (size_t i = 0; i < o->settings.n; i++)
        if (o->settings.v[i].to && !o->settings.v[i].to->played)
            return false;
    return true;
}

void frozen(op *o, int64_t population, str digest)
{
    o->population = population;
    o->digest = digest;
}

/* What the program stamps when a review starts. */
static err_t put_frozen(demo *d, work *w, const op *o, fault *f)
{
    const value *row;
    value       *own = NEW_ARRAY(d->a, value, o->r->n_fields);
    TRY(work_row(w, o->r, o->of->id, f, &row));
    memcpy(own, row, o->r->n_fields * sizeof *own);
    put(o->r->name, own, "population", v_int(o->population));
    put(o->r->name, own, "digest", v_text(o->digest));
    return work_put(w, o->r, own, f);
}

static err_t play(demo *d, work *w, op *o, fault *f)
{
    assignment *set = NEW_ARRAY(d->a, assignment, o->settings.n + 1);
    for (size_t i = 0; i < o->settings.n; i++) {
        const setting *s = &o->settings.v[i];
        str            text = s->text;
        if (s->to)
            text = s->typed ? str_fmt(d->a, "%s/" STR_FMT, s->to->r->name, STR_ARG(s->to->id)) : s->to->id;
        set[i] = (assignment){ str_of(s->field), text };
    }
    o->played = true;
    if (!o->of)
        return work_add(w, o->r, o->id, set, o->settings.n, f, &o->id);
    if (!o->transition)
        return work_edit(w, o->r, o->of->id, 0, set, o->settings.n, f);
    TRY(work_do(w, o->r, o->of->id, 0, str_of(o->transition), set, o->settings.n, f));
    return o->digest.n ? put_frozen(d, w, o, f) : ERR_OK;
}

static principal actor_of(const demo *d, int who)
{
    if (who == NOBODY)
        return (principal){ .actor = S("cli:demo"), .role = ROLE_OWNER };
    const worker *p = &d->people[who];
    return (principal){ .actor = str_fmt(d->a, "cli:demo as " STR_FMT, STR_ARG(p->id)), .person = p->id, .role = p->permission };
}

static str action_of(const op *o)
{
    return o->transition ? str_of(o->transition) : o->of ? S("edit") : S("add");
}

static bool together(const op *first, const op *o, int64_t commit_number)
{
    return o->at == first->at && o->who == first->who && !(o->transition && o->of->moved_in == commit_number);
}

/* Everything one person does at one moment is one commit, but for two steps of one record. */
static err_t play_together(demo *d, work *w, size_t *next, fault *f)
{
    const op    *first = d->ops.v[*next];
    principal   *who = NEW(d->a, principal);
    commit_done  done;
    arena_reset(d->scratch);
    *who = actor_of(d, first->who);
    *d->clock = first->at;
    TRY(work_go_on(w, who, action_of(first), S(""), f));
    for (int64_t number = d->counts.commits + 1; *next < d->ops.n && together(first, d->ops.v[*next], number); ++*next) {
        op *o = d->ops.v[*next];
        if (!happens(d, o))
            continue;
        TRY(play(d, w, o, f));
        if (o->transition)
            o->of->moved_in = number;
    }
    TRY(work_commit(w, d->scratch, f, &done));
    d->counts.commits += done.seq >= 0;
    d->counts.versions += done.opened;
    return ERR_OK;
}

err_t script_play(demo *d, work *w, time_us up_to, size_t *next, fault *f)
{
    while (*next < d->ops.n && d->ops.v[*next]->at <= up_to) {
        if (!happens(d, d->ops.v[*next]))
            ++*next;
        else
            TRY(play_together(d, w, next, f));
    }
    return ERR_OK;
}
