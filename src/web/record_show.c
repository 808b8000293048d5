/* One record: what it is, what may be done next, its fields, what belongs to it, what became of it. */
#include "web/record_show.h"

enum { VERSIONS_SHOWN = 3, CHILD_FIELDS_MAX = 60 };

err_t record_read(ask *q, record_view *ret)
{
    related *about;
    size_t   n;
    return app_get(q->ws, q->a, &q->who, q->type, record_id(q), q->as_of, &q->f, ret, &about, &n);
}

/* ---- what may be done next ---------------------------------------------------------------------- */

typedef DA(shown_step) step_list;

/* Steps that are more than a step: the page that does what belongs to them as well. */
static const struct {
    const char *type, *step, *after;
} own_pages[] = {
    { "trust_request", "grant", "link" },
};

static bool own_page(ask *q, const relation *r, str id, const transition *t, shown_step *st)
{
    for (size_t i = 0; i < COUNT(own_pages); i++)
        if (strcmp(own_pages[i].type, r->name) == 0 && strcmp(own_pages[i].step, t->name) == 0) {
            st->to = record_path(q->a, str_of(r->name), id, own_pages[i].after);
            st->asks = false;
            return true;
        }
    return false;
}

static void steps_fill(ask *q, show_view *v)
{
    const relation *r = v->rec.r;
    str             now = row_text(r, v->rec.row, "state");
    step_list       list = { 0 };
    for (size_t i = 0; i < r->record->n_transitions && !q->as_of; i++) {
        const transition *t = &r->record->transitions[i];
        size_t            fields[RELATION_FIELDS_MAX];
        if (t->from && !list_has(t->from, now))
            continue;
        bool asks = transition_fields(r, t, record_editable(r, v->rec.row), fields) > 0;
        shown_step st = { .name = str_of(t->name), .label = capital(q->a, choice_words(q->a, str_of(t->name))), .doc = str_of(t->doc), .rules = choice_words(q->a, guard_words(q->a, t)),
                          .mine = moves_by(q, r, t), .asks = asks };
        if (!st.mine)
            st.rules = str_fmt(q->a, "%s%s" STR_FMT, role_or_above(t->by), st.rules.n ? "; " : "", STR_ARG(st.rules));
        st.n_needs = st.mine ? step_needs(q, r, v->id, t, st.needs) : 0;
        if (!own_page(q, r, v->id, t, &st))
            st.to = record_path(q->a, str_of(r->name), v->id, str_fmt(q->a, "do/%s", t->name).p);
        v->n_mine += st.mine;
        da_push(q->a, &list) = st;
    }
    v->steps = list.v;
    v->n_steps = list.n;
}

/* ---- fields ----------------------------------------------------------------------------------------- */

static void fields_want(names *n, const record_view *rec)
{
    for (size_t i = 1; i < rec->r->n_fields; i++)
        names_want(n, &rec->r->fields[i], &rec->row[i]);
}

static void fields_fill(ask *q, show_view *v)
{
    const relation *r = v->rec.r;
    buf             unknown = buf_new(q->a, 16 << 10);
    v->fields = NEW_ARRAY(q->a, shown_field, r->n_fields);
    v->texts = NEW_ARRAY(q->a, shown_field, r->n_fields);
    for (size_t i = 1; i < r->n_fields; i++) {
        const shown_field sf = { field_label(q->a, &r->fields[i]), str_of(r->fields[i].doc), cell_of(v->named, r, i, v->rec.row, false) };
        if (sf.value.kind == CELL_UNKNOWN)
            buf_fmt(&unknown, "%s" STR_FMT, unknown.n ? ", " : "", STR_ARG(str_lower(q->a, sf.label)));
        else if (sf.value.kind == CELL_PROSE || sf.value.kind == CELL_LONG)
            v->texts[v->n_texts++] = sf;
        else if (sf.value.kind != CELL_STATE && !(sf.value.kind == CELL_TEXT && str_eq(sf.value.text, v->title)))       /* those stand on top */
            v->fields[v->n_fields++] = sf;
    }
    v->unknown = buf_str(&unknown);
}

/* ---- what belongs to it -------------------------------------------------------------------------------- */

typedef DA(shown_thing) thing_list;

static str last_word(str text)
{
    size_t at = text.n;
    while (at && text.p[at - 1] != ' ')
        at--;
    return str_sub(text, at, text.n);
}

/* "mitigates risk/RISK-3", or "risk/RISK-3 mitigates this": the other end, and what stands around it. */
static str other_end(ask *q, str what, shown_thing *to)
{
    bool to_us = str_ends(what, S(" this"));
    str  rest = what, end = to_us ? str_cut(&rest, ' ') : last_word(what);
    to->before = to_us ? "" : str_z(q->a, str_sub(what, 0, what.n - end.n));
    to->after = to_us && rest.p ? str_z(q->a, str_fmt(q->a, " " STR_FMT, STR_ARG(rest))) : "";
    return end;
}

static shown_thing thing_of(ask *q, const names *n, const related *about)
{
    shown_thing th = { .id = about->id, .text = about->what, .href = named_offer(q, about->type, about->id), .before = "", .after = "" };
    if (str_eq(about->type, S("link"))) {
        str id = other_end(q, about->what, &th), type = str_cut(&id, '/');
        str title = id.p ? names_title(n, type, id) : S("");
        th.text = title.n ? title : str_sub(about->what, strlen(th.before), about->what.n - strlen(th.after));
        if (id.p)
            th.href = named_offer(q, type, id);
    }
    str who = names_title(n, S("person"), about->who);
    th.who = who.n ? who : about->who;
    if (about->at_time) {
        th.when = time_text(q, about->at_time);
        th.ago = time_ago(q, about->at_time);
    }
    return th;
}

static void related_want(ask *q, names *n, const related *about, size_t n_about)
{
    for (size_t i = 0; i < n_about; i++) {
        names_want_record(n, S("person"), about[i].who);
        if (!str_eq(about[i].type, S("link")))
            continue;
        shown_thing none;
        str         id = other_end(q, about[i].what, &none), type = str_cut(&id, '/');
        if (id.p)
            names_want_record(n, type, id);
    }
}

static void related_fill(ask *q, show_view *v, const related *about, size_t n_about)
{
    struct { const char *type; shown_thing **to; size_t *n; } parts[] = {
        { "evidence", &v->evidence, &v->n_evidence }, { "task", &v->tasks, &v->n_tasks },
        { "link", &v->links, &v->n_links }, { "comment", &v->comments, &v->n_comments },
    };
    for (size_t p = 0; p < COUNT(parts); p++) {
        thing_list list = { 0 };
        for (size_t i = 0; i < n_about; i++)
            if (str_eq(about[i].type, str_of(parts[p].type)))
                da_push(q->a, &list) = thing_of(q, v->named, &about[i]);
        *parts[p].to = list.v;
        *parts[p].n = list.n;
    }
}

/* ---- who names it ------------------------------------------------------------------------------------------ */

/* What is told on the page itself already. */
static const char told[] = "evidence comment link";

static str parts_of(ask *q, const relation *r, str id)
{
    str    parts = S("");
    size_t n = 0;
    for (size_t i = 0; i < n_relations; i++) {
        const relation *o = relations[i];
        for (size_t k = 0; o->record && k < o->n_fields && n < CHILD_FIELDS_MAX; k++) {
            bool any = o->fields[k].ref && strcmp(o->fields[k].ref, "*") == 0;
            if (!o->fields[k].ref || list_has(told, str_of(o->name)) || (!any && strcmp(o->fields[k].ref, r->name) != 0) || !reads_type(q, o))
                continue;
            str            full = any ? str_fmt(q->a, "%s/" STR_FMT, r->name, STR_ARG(id)) : id;
            const sql_hole holes[] = { { "relation", str_of(o->name) }, { "field", str_of(o->fields[k].name) }, { "id", sql_quote(q->a, full) } };
            str            one = sql_read(q->a, "sql/web/children_of.sql", holes, COUNT(holes));
            const sql_hole both[] = { { "left", parts }, { "right", one } };
            parts = n++ ? sql_read(q->a, "sql/web/both.sql", both, COUNT(both)) : one;
        }
    }
    return parts;
}

static err_t children_fill(ask *q, show_view *v)
{
    const sql_hole hole = { "parts", parts_of(q, v->rec.r, v->id) };
    row_table      found;
    if (!hole.sql.n)
        return ERR_OK;
    TRY(app_rows(q->ws, q->a, "sql/web/children.sql", &hole, 1, q->as_of, &q->f, &found));
    v->children = NEW_ARRAY(q->a, shown_child, found.n_rows + 1);
    for (size_t i = 0; i < found.n_rows; i++) {
        const relation *o = relation_find(table_cell(&found, i, 0));
        int             k = relation_field(o, table_cell(&found, i, 1));
        bool            any = strcmp(o->fields[k].ref, "*") == 0;
        buf             b = buf_new(q->a, 8 << 10);
        buf_fmt(&b, "/%s?%s=", o->name, o->fields[k].name);
        html_put(&b, AT_QUERY, any ? str_fmt(q->a, "%s/" STR_FMT, v->rec.r->name, STR_ARG(v->id)) : v->id);
        int64_t n = cell_int(table_cell(&found, i, 2));
        v->children[v->n_children++] = (shown_child){
            str_fmt(q->a, STR_FMT " (" STR_FMT ")", STR_ARG(n == 1 ? type_label(q->a, o) : type_plural(q->a, o)), STR_ARG(str_lower(q->a, field_label(q->a, &o->fields[k])))),
            link_to(q, STR_FMT, STR_ARG(buf_str(&b))), n };
    }
    return ERR_OK;
}

/* A task that a duty asks for closes by the records: why it is asked for, and which records those are. */
static err_t duty_fill(ask *q, show_view *v)
{
    const duties *all;
    str           id = strcmp(v->rec.r->name, "task") == 0 ? row_text(v->rec.r, v->rec.row, "duty") : S("");
    if (!id.n || !str_eq(row_text(v->rec.r, v->rec.row, "state"), S("open")))
        return ERR_OK;
    TRY(app_duties(q->ws, &q->f, &all));
    v->owed = duty_find(all, id);
    str  before = S("");
    bool from = false;
    v->looks = NEW_ARRAY(q->a, crumb, n_relations);
    for (str rest = v->owed ? v->owed->sql : S(""), w = str_word(&rest); w.n; before = w, w = str_word(&rest)) {
        from = str_eq(before, S("FROM")) || str_eq(before, S("JOIN"));
        str             word = str_ends(w, S(")")) ? str_sub(w, 0, w.n - 1) : w;
        const relation *r = from ? relation_find(word) : NULL;
        bool            told_of = false;
        for (size_t i = 0; r && i < v->n_looks; i++)
            told_of |= str_eq(v->looks[i].text, type_plural(q->a, r));
        if (r && r->record && !told_of && v->n_looks < n_relations && ask_may(q, HTTP_GET, str_fmt(q->a, "/%s", r->name)))
            v->looks[v->n_looks++] = (crumb){ link_to(q, "/%s", r->name), type_plural(q->a, r) };
    }
    return ERR_OK;
}

/* ---- the page -------------------------------------------------------------------------------------------------- */

static void links_fill(ask *q, show_view *v)
{
    const relation *r = v->rec.r;
    str             type = str_of(r->name);
    v->since = time_text(q, v->rec.since);
    v->since_ago = time_ago(q, v->rec.since);
    v->history = link_to(q, STR_FMT, STR_ARG(record_path(q->a, type, v->id, "history")));
    if (!q->who.until && !app_in_part(q->ws, r))       /* else the proof of a version stands in its history */
        v->proof = record_path(q->a, type, v->id, "proof");
    if (strcmp(r->name, "evidence") == 0 && row_text(r, v->rec.row, "digest").n)
        v->file = record_path(q->a, type, v->id, "file");
    if (q->as_of || q->who.role == ROLE_AUDITOR || !record_may_tell(&q->who, r, v->rec.row))
        return;
    if (adds_type(q, relation_find(S("evidence"))) && strcmp(r->name, "evidence") != 0)
        v->attach = record_path(q->a, type, v->id, "attach");
    if (adds_type(q, relation_find(S("comment"))))
        v->comment = record_path(q->a, type, v->id, "comment");
    if (adds_type(q, relation_find(S("link"))))
        v->link = record_path(q->a, type, v->id, "link");
    if (adds_type(q, relation_find(S("task"))) && strcmp(r->name, "task") != 0)
        v->add_task = str_fmt(q->a, "/task/new?about=%s%%2F" STR_FMT, r->name, STR_ARG(str_sub(record_path(q->a, S("x"), v->id, NULL), 3, SIZE_MAX)));
}

static void open_frame(ask *q, const show_view *v)
{
    const relation     *r = v->rec.r;
    const record_crumbs c = crumbs_of(q, r, S(""), S(""));
    page_action         acts[3];
    size_t              n = 0;
    str                 now = row_text(r, v->rec.row, "state");
    n += hand_made(q, r, v->id, &acts[n]);
    if (!q->as_of && edits_type(q, r) && record_editable(r, v->rec.row))
        acts[n++] = (page_action){ "Edit", record_path(q->a, str_of(r->name), v->id, "edit"), false, "plain" };
    acts[n++] = (page_action){ "History", v->history, false, "plain" };
    page_open(q, &(page){ .title = v->title, .place = type_place(r), .crumbs = c.v, .n_crumbs = c.n, .lead = str_eq(v->title, v->id) ? names_title(v->named, str_of(r->name), v->id) : S(""),
                          .standing = now.n ? record_mark(q, now) : (state_mark){ 0 }, .actions = acts, .n_actions = n });
}

static err_t history_fill(ask *q, show_view *v, const record_change *changes, size_t n)
{
    v->by = actor_words(q, v->named, v->rec.by);
    v->n_versions = versions_fill(q, v->named, v->rec.r, v->id, changes, n, VERSIONS_SHOWN, &v->versions);
    return ERR_OK;
}

static err_t get_show(ask *q)
{
    show_view      v = { .q = q, .id = record_id(q), .named = names_new(q) };
    related       *about;
    record_change *changes;
    size_t         n_about, n;
    TRY(app_get(q->ws, q->a, &q->who, q->type, v.id, q->as_of, &q->f, &v.rec, &about, &n_about));
    TRY(versions_read(q, q->type, v.id, &changes, &n));
    fields_want(v.named, &v.rec);
    related_want(q, v.named, about, n_about);
    versions_want(v.named, q->type, changes, n);
    names_want_record(v.named, S("person"), actor_person(v.rec.by));
    TRY(names_read(v.named));
    v.title = names_record(v.named, q->type, v.rec.row);
    v.about = str_of(q->type->doc);
    steps_fill(q, &v);
    fields_fill(q, &v);
    related_fill(q, &v, about, n_about);
    TRY(children_fill(q, &v));
    TRY(duty_fill(q, &v));
    TRY(history_fill(q, &v, changes, n));
    links_fill(q, &v);
    open_frame(q, &v);
    tpl_record_show(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/{type}/{id}", PERMIT_TYPE_READ, 0, ROUTE_CACHED, 0, get_show, "One record" },
};
ROUTE_TABLE(record_show_routes);
