/* The time line of an incident: its phases, what was written down, who must be told by when. */
#include "web/incident.h"

#include <stdlib.h>

enum { FORM_MAX = 256 << 10 };

static const struct { const char *name, *word; } phases[] = {
    { "detected_at", "Noticed" }, { "reported_at", "Reported" }, { "triaged_at", "Judged" }, { "declared_at", "Declared" }, { "contained_at", "Contained" },
    { "resolved_at", "Resolved" }, { "post_mortem_at", "Cause and lessons written down" }, { "closed_at", "Closed" },
};

static time_us time_field(const record_view *rec, const char *name)
{
    const value *v = &rec->row[relation_field(rec->r, str_of(name))];
    return v->kind == V_INT ? v->i : 0;
}

static int by_time(const void *x, const void *y)
{
    const incident_moment *a = x, *b = y;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return (int)b->phase - (int)a->phase;
}

/* One statement. */
static err_t moments_fill(ask *q, incident_view *v, const record_view *rec)
{
    row_table      t;
    const sql_hole holes[] = { { "incident", sql_quote(q->a, v->id) }, { "about", sql_quote(q->a, str_fmt(q->a, "incident/" STR_FMT, STR_ARG(v->id))) },
                               { "limit", hole_int(q->a, INCIDENT_EVENTS + 1) } };
    TRY(rows_of(q, "sql/web/incident_events.sql", holes, COUNT(holes), &t));
    v->cut = t.n_rows > INCIDENT_EVENTS;
    v->v = NEW_ARRAY(q->a, incident_moment, t.n_rows + COUNT(phases));
    for (size_t i = 0; i < COUNT(phases); i++) {
        time_us at = time_field(rec, phases[i].name);
        if (at)
            v->v[v->n++] = (incident_moment){ .at = at, .when = time_text(q, at), .what = str_of(phases[i].word), .phase = true };
    }
    for (size_t i = 0; i < t.n_rows && i < INCIDENT_EVENTS; i++) {
        time_us at = cell_time(table_cell(&t, i, 2));
        v->v[v->n++] = (incident_moment){ .at = at, .when = time_text(q, at), .what = capital(q->a, choice_words(q->a, table_cell(&t, i, 3))), .words = cell_str(&t, i, 4),
                                          .who = cell_str(&t, i, 5), .href = named_link(q, table_cell(&t, i, 0), table_cell(&t, i, 1)) };
    }
    qsort(v->v, v->n, sizeof *v->v, by_time);
    return ERR_OK;
}

static incident_clock clock_of(ask *q, const row_table *t, size_t i)
{
    str            now = table_cell(t, i, 2);
    time_us        due = cell_time(table_cell(t, i, 5)), met = cell_time(table_cell(t, i, 6));
    bool           open = str_eq(now, S("open"));
    incident_clock c = { .regime = choice_words(q->a, table_cell(t, i, 1)), .href = named_link(q, S("notification"), table_cell(t, i, 0)), .recipient = cell_str(t, i, 3),
                         .owner = cell_str(t, i, 7), .reason = cell_str(t, i, 8), .mark = record_mark(q, now) };
    c.due = due > 0 ? time_text(q, due) : S("its clock has not started");
    c.late = due > 0 && (open ? due < moment_asked(q) : met > due);
    if (open && due > 0)
        c.left = c.late ? str_fmt(q->a, "ran out " STR_FMT, STR_ARG(time_ago(q, due))) : time_ago(q, due);
    else if (met > 0)
        c.left = str_fmt(q->a, "told " STR_FMT "%s", STR_ARG(time_text(q, met)), c.late ? ", late" : "");
    return c;
}

/* One statement. */
static err_t clocks_fill(ask *q, incident_view *v)
{
    row_table      t;
    const sql_hole hole = { "incident", sql_quote(q->a, v->id) };
    TRY(rows_of(q, "sql/web/incident_clocks.sql", &hole, 1, &t));
    v->clocks = NEW_ARRAY(q->a, incident_clock, t.n_rows + 1);
    for (size_t i = 0; i < t.n_rows; i++)
        v->clocks[v->n_clocks++] = clock_of(q, &t, i);
    return ERR_OK;
}

static form *event_form(ask *q)
{
    const relation *r = relation_find(S("incident_event"));
    const value     now = v_int(q->now - q->now % MINUTES(1)), none = V_UNKNOWN;
    form           *fm = form_new(q);
    input          *in = form_add_field(fm, &r->fields[relation_field(r, S("occurred_at"))], &now);
    in->before = S("");
    (void)form_add_field(fm, &r->fields[relation_field(r, S("kind"))], &none);
    (void)form_add_field(fm, &r->fields[relation_field(r, S("entry"))], &none);
    return fm;
}

static err_t incident_page(ask *q, const form *fm)
{
    record_view rec;
    names      *n = names_new(q);
    TRY(special_read(q, "incident", &rec));
    if (!reads_type(q, relation_find(S("incident_event"))) || !reads_type(q, relation_find(S("notification"))))
        return fail(&q->f, ERR_DENIED, "the time lines of incidents are for contributors and above");
    str           id = record_id(q), state_now = row_text(rec.r, rec.row, "state"), commander = row_text(rec.r, rec.row, "commander");
    incident_view v = { .q = q, .id = id, .action = special_path(q, "timeline"), .fm = fm, .severity = row_text(rec.r, rec.row, "severity") };
    names_want_record(n, S("person"), commander);
    TRY(names_read(n));
    v.commander = names_title(n, S("person"), commander);
    v.commander_href = commander.n ? named_link(q, S("person"), commander) : S("");
    TRY(moments_fill(q, &v, &rec));
    TRY(clocks_fill(q, &v));
    time_us from = time_field(&rec, "detected_at"), to = time_field(&rec, "resolved_at");
    v.lasted = from ? time_span(q->a, (to ? to : moment_asked(q)) - from) : S("");
    v.lasted = str_fmt(q->a, STR_FMT " from notice to %s", STR_ARG(v.lasted), to ? "the end" : "now, and not resolved");
    v.steps = steps_of(q, &rec, id, v.action, NULL);
    const record_crumbs c = crumbs_of(q, rec.r, id, id);
    page_open(q, &(page){ .title = row_text(rec.r, rec.row, "title"), .place = "/incident", .crumbs = c.v, .n_crumbs = c.n, .standing = record_mark(q, state_now) });
    tpl_incident(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static bool may_add(const ask *q) { return !q->as_of && adds_type(q, relation_find(S("incident_event"))); }

static err_t get_timeline(ask *q) { return incident_page(q, may_add(q) ? event_form(q) : NULL); }

static err_t post_timeline(ask *q)
{
    workspace  *ws;
    record_done done;
    record_view rec;
    size_t      n;
    form       *fm = event_form(q);
    q->as_of = 0;
    TRY(special_read(q, "incident", &rec));
    TRY(form_read(fm));
    assignment *typed = form_assignments(fm, false, &n), *set = NEW_ARRAY(q->a, assignment, n + 1);
    memcpy(set, typed, n * sizeof *set);
    set[n++] = (assignment){ S("incident"), record_id(q) };
    TRY(ask_writer(q, &ws));
    err_t e = app_add(ws, q->a, &q->who, relation_find(S("incident_event")), S(""), set, n, S(""), &q->f, &done);
    if (e == ERR_OK)
        return page_done(q, special_path(q, "timeline"), "added");
    TRY(form_refused(q, fm, e, &done));
    return incident_page(q, fm);
}

static const route rows[] = {
    { HTTP_GET, "/{type}/{id}/timeline", PERMIT_TYPE_READ, 0, 0, 0, get_timeline, "The time line of an incident, with its clocks" },
    { HTTP_POST, "/{type}/{id}/timeline", PERMIT_TYPE_DO, FORM_MAX, 0, 0, post_timeline, "Write an entry into the time line of an incident" },
};
ROUTE_TABLE(incident_routes);
