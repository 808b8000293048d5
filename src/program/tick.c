/* A turn of the duties: tasks open, close by themselves, and remind. */
#include "program/private.h"

/* A task of a duty is known by duty, record and title. */
typedef struct {
    str         id;
    bool        owed;         /* its duty still asks for it */
    const duty *d;
} open_task;

typedef struct {
    work         *w;
    const duties *all;
    arena        *a;
    table        *tasks;
    map           open;       /* key -> open_task */
    map           declined;   /* key and day of what a person cancelled */
    map           holders;    /* role -> person */
    fault        *f;
    tick_result  *ret;
    DA(reminder)  reminders;
} turn;

static str key_of(turn *t, str duty_id, str about, str title)
{
    return str_fmt(t->w->a, STR_FMT "\n" STR_FMT "\n" STR_FMT, STR_ARG(duty_id), STR_ARG(about), STR_ARG(title));
}

static str text_or_empty(arena *a, cursor *c, int column)
{
    return column < 0 || cursor_null(c, column) ? S("") : str_dup(a, cursor_text(c, column));
}

static str dated_key(turn *t, str key, time_us due_at)
{
    return str_fmt(t->w->a, STR_FMT "\n%lld", STR_ARG(key), (long long)due_at);
}

static void task_known(turn *t, const kept *e)
{
    const relation *r = t->tasks->r;
    str             state = text_at(r, e->row, "state"), duty_id = text_at(r, e->row, "duty");
    str             key = key_of(t, duty_id, text_at(r, e->row, "about"), text_at(r, e->row, "title"));
    if (str_eq(state, S("cancelled")))
        *map_put(&t->declined, dated_key(t, key, e->row[relation_field(r, S("due_at"))].i)) = t;
    if (!str_eq(state, S("open")) || !duty_id.n)
        return;
    open_task *o = NEW(t->w->a, open_task);
    *o = (open_task){ .id = e->id, .d = duty_find(t->all, duty_id) };
    *map_put(&t->open, key) = o;
}

static err_t open_read(turn *t)
{
    TRY(table_fill(t->w, t->tasks, t->f));
    for (size_t i = 0; i < t->tasks->entries.cap; i++) {
        const kept *e = t->tasks->entries.entries[i].key.p ? t->tasks->entries.entries[i].value : NULL;
        if (e && e->row)
            task_known(t, e);
    }
    return ERR_OK;
}

static err_t holders_read(turn *t)
{
    auto_cursor cursor *c = NULL;
    TRY(session_query(t->w->s, sql_read(t->w->a, "sql/effects/roles.sql", NULL, 0), t->f, &c));
    for (;;) {
        bool more;
        TRY(cursor_next(c, t->f, &more));
        if (!more)
            return ERR_OK;
        str   *person = NEW(t->w->a, str);
        void **slot = map_put(&t->holders, str_dup(t->w->a, cursor_text(c, 0)));
        *person = str_dup(t->w->a, cursor_text(c, 1));
        if (!*slot)
            *slot = person;
    }
}

/* ---- opening ------------------------------------------------------------------------------ */

typedef struct { str about, title, owner; time_us due_at; bool dated; } owed;

static value *task_copy(turn *t, str id)
{
    const kept *e = map_get(&t->tasks->entries, id);
    value      *own = NEW_ARRAY(t->w->a, value, t->tasks->r->n_fields);
    memcpy(own, e->row, t->tasks->r->n_fields * sizeof *own);
    return own;
}

static err_t task_open(turn *t, const duty *d, const owed *o)
{
    const assignment set[] = {
        { S("title"), o->title }, { S("about"), o->about }, { S("owner"), o->owner },
        { S("due_at"), time_rfc3339(t->w->a, o->due_at) }, { S("priority"), d->priority },
    };
    str id;
    TRY(work_add(t->w, t->tasks->r, S(""), set, COUNT(set), t->f, &id));
    value *own = task_copy(t, id);
    *field_value(t->tasks->r, own, "duty") = v_text(d->id);
    t->ret->opened++;
    return work_put(t->w, t->tasks->r, own, t->f);
}

/* The day may have moved. */
static err_t task_due(turn *t, str id, time_us due_at)
{
    value *row = task_copy(t, id), *due = field_value(t->tasks->r, row, "due_at");
    if (due->kind == V_INT && due->i == due_at)
        return ERR_OK;
    *due = v_int(due_at);
    return work_put(t->w, t->tasks->r, row, t->f);
}

static err_t owed_take(turn *t, const duty *d, owed o)
{
    str        key = key_of(t, d->id, o.about, o.title);
    open_task *known = map_get(&t->open, key);
    period     before = { d->lead.unit, -d->lead.n };
    time_us    opens = d->lead.n ? period_add(NULL, o.due_at, before) : o.due_at;
    if (opens > work_moment(t->w))
        return ERR_OK;                    /* a task for it that is open was for the turn before, and is done */
    if (known) {
        known->owed = true;
        return o.dated ? task_due(t, known->id, o.due_at) : ERR_OK;
    }
    if (map_get(&t->declined, dated_key(t, key, o.due_at)))
        return ERR_OK;
    const str *holder = map_get(&t->holders, d->role);
    if (!o.owner.n && holder)
        o.owner = *holder;
    return task_open(t, d, &o);
}

static int column_of(const cursor *c, const char *name)
{
    for (int i = 0; i < cursor_columns(c); i++)
        if (str_eq(cursor_name(c, i), str_of(name)))
            return i;
    return -1;
}

typedef DA(owed) owed_list;

static err_t owed_read(turn *t, const duty *d, owed_list *ret)
{
    auto_cursor cursor *c = NULL;
    fault               why = { 0 };
    err_t               e = session_query(t->w->s, d->sql, &why, &c);
    if (e != ERR_OK)
        return fail(t->f, e, STR_FMT ": %s", STR_ARG(d->path), why.text);
    int due = column_of(c, "due_at"), about = column_of(c, "about"), title = column_of(c, "title"), own = column_of(c, "owner");
    if (due < 0)
        return fail(t->f, ERR_INVALID, STR_FMT ": the query returns no due_at", STR_ARG(d->path));
    for (;;) {
        bool more;
        TRY(cursor_next(c, t->f, &more));
        if (!more)
            return ERR_OK;
        owed o = { text_or_empty(t->w->a, c, about), text_or_empty(t->w->a, c, title), text_or_empty(t->w->a, c, own), 0, !cursor_null(c, due) };
        o.due_at = o.dated ? cursor_int(c, due) : work_moment(t->w);      /* nobody knows when: now */
        o.title = o.title.n ? o.title : d->title;
        da_push(t->w->a, ret) = o;
    }
}

/* What is owed is read to its end first: opening a task asks the same session. */
static err_t duty_ask(turn *t, const duty *d)
{
    owed_list list = { 0 };
    TRY(owed_read(t, d, &list));
    for (size_t i = 0; i < list.n; i++)
        TRY(owed_take(t, d, list.v[i]));
    return ERR_OK;
}

/* ---- closing and reminding ------------------------------------------------------------------- */

static err_t close_unowed(turn *t)
{
    for (size_t i = 0; i < t->open.cap; i++) {
        const open_task *o = t->open.entries[i].key.p ? t->open.entries[i].value : NULL;
        if (!o || o->owed)
            continue;
        value *row = task_copy(t, o->id);
        *field_value(t->tasks->r, row, "state") = v_z("done");
        *field_value(t->tasks->r, row, "done_at") = v_int(work_moment(t->w));
        *field_value(t->tasks->r, row, "remark") = v_z(o->d ? "the records no longer show it as owed" : "its duty is no more");
        TRY(work_put(t->w, t->tasks->r, row, t->f));
        t->ret->done++;
    }
    return ERR_OK;
}

enum { AGAIN_DAYS = 7 };

/* Whether the owner is to hear of it now, and as what. */
static bool reminds(const relation *r, value *row, time_us now, remind_kind *ret)
{
    const value *due = field_value(r, row, "due_at"), *told = field_value(r, row, "reminded_at");
    if (due->kind == V_NULL)
        return false;
    *ret = due->i < now ? REMIND_OVERDUE : REMIND_DUE;
    if (told->kind == V_NULL)
        return true;
    time_us eve = due->i - DAYS(1);
    if (*ret == REMIND_DUE)
        return now >= eve && told->i < eve;
    return told->i < due->i || now - told->i >= DAYS(AGAIN_DAYS);
}

static bool escalates(turn *t, value *row)
{
    const relation *r = t->tasks->r;
    const duty     *d = duty_find(t->all, text_at(r, row, "duty"));
    const value    *due = field_value(r, row, "due_at");
    if (!d || !d->escalate.n || due->kind == V_NULL || field_value(r, row, "escalated_at")->kind != V_NULL)
        return false;
    return period_add(NULL, due->i, d->escalate) < work_moment(t->w);
}

static void remind(turn *t, const value *row, remind_kind kind, str person, str address)
{
    const relation *r = t->tasks->r;
    int             due = relation_field(r, S("due_at"));
    da_push(t->a, &t->reminders) = (reminder){
        kind, str_dup(t->a, row[0].s), str_dup(t->a, text_at(r, row, "title")), str_dup(t->a, text_at(r, row, "about")), row[due].i,
        str_dup(t->a, person), str_dup(t->a, address), str_dup(t->a, text_at(r, row, "owner")),
    };
}

static err_t remind_one(turn *t, str id, str email, str manager, str manager_email)
{
    value      *row = task_copy(t, id);
    remind_kind kind;
    bool        told = false;
    const kept *e = map_get(&t->tasks->entries, id);
    if (!str_eq(text_at(t->tasks->r, e->row, "state"), S("open")))
        return ERR_OK;                    /* closed a moment ago */
    if (text_at(t->tasks->r, row, "owner").n && reminds(t->tasks->r, row, work_moment(t->w), &kind)) {
        remind(t, row, kind, text_at(t->tasks->r, row, "owner"), email);
        *field_value(t->tasks->r, row, "reminded_at") = v_int(work_moment(t->w));
        told = true;
    }
    if (escalates(t, row)) {
        remind(t, row, REMIND_ESCALATED, manager, manager_email);
        *field_value(t->tasks->r, row, "escalated_at") = v_int(work_moment(t->w));
        told = true;
    }
    return told ? work_put(t->w, t->tasks->r, row, t->f) : ERR_OK;
}

/* Tasks that open in this turn are told of in the next: their owners are read with the others. */
static err_t remind_all(turn *t)
{
    auto_cursor cursor *c = NULL;
    TRY(session_query(t->w->s, sql_read(t->w->a, "sql/duties/open.sql", NULL, 0), t->f, &c));
    for (;;) {
        bool more;
        TRY(cursor_next(c, t->f, &more));
        if (!more)
            return ERR_OK;
        TRY(remind_one(t, text_or_empty(t->w->a, c, 0), text_or_empty(t->w->a, c, 1), text_or_empty(t->w->a, c, 2),
                       text_or_empty(t->w->a, c, 3)));
    }
}

err_t duties_tick(work *w, const duties *d, arena *a, fault *f, tick_result *ret)
{
    turn t = { .w = w, .all = d, .a = a, .tasks = work_table(w, relation_find(S("task"))), .open = map_new(w->a), .declined = map_new(w->a),
               .holders = map_new(w->a), .f = f, .ret = ret };
    *ret = (tick_result){ 0 };
    TRY(open_read(&t));
    TRY(holders_read(&t));
    for (size_t i = 0; i < d->n; i++)
        TRY(duty_ask(&t, &d->v[i]));
    TRY(close_unowed(&t));
    TRY(remind_all(&t));
    ret->reminders = t.reminders.v;
    ret->n_reminders = t.reminders.n;
    return ERR_OK;
}
