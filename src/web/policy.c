/* Writing a policy: its text, how it will look, what differs from the version that holds, and the steps to there. */
#include "web/policy.h"

enum { FORM_MAX = 2 << 20 };

/* Browsers send lines of a form with CR and LF. */
static str lines_field(ask *q, const char *name)
{
    str   text = ask_field(q, name);
    char *p = str_z(q->a, text);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != '\r')
            p[n++] = text.p[i];
    return (str){ p, n };
}

static void warn(ask *q, policy_view *v)
{
    str *list = NEW_ARRAY(q->a, str, 4);
    if (str_contains(v->body, S("{{")))
        list[v->n_warnings++] = S("The text holds {{ }}: something of the template is not filled in.");
    if (!str_contains(v->body, S("#")))
        list[v->n_warnings++] = S("The text has no heading: a line that begins with #.");
    if (v->base && !str_trim(v->changes).n)
        list[v->n_warnings++] = S("What changed since the version before is not written down.");
    v->warnings = list;
}

/* Two statements. */
static err_t policy_fill(ask *q, const record_view *rec, policy_view *v)
{
    row_table      base, counts;
    str            against = S("");
    const sql_hole holes[] = { { "policy", sql_quote(q->a, row_text(rec->r, rec->row, "policy")) }, { "id", sql_quote(q->a, v->id) } };
    TRY(rows_of(q, "sql/web/policy_published.sql", holes, COUNT(holes), &base));
    if (reads_type(q, relation_find(S("acceptance")))) {
        TRY(rows_of(q, "sql/web/policy_accepted.sql", &holes[1], 1, &counts));
        v->accepted = cell_int(table_cell(&counts, 0, 0));
        v->asked = cell_int(table_cell(&counts, 0, 1));
        v->accepted_href = link_to(q, "/acceptance?policy_version=" STR_FMT "&state=accepted", STR_ARG(url_part(q->a, v->id)));
        v->asked_href = link_to(q, "/acceptance?policy_version=" STR_FMT "&state=asked", STR_ARG(url_part(q->a, v->id)));
    }
    if (base.n_rows) {
        v->base = true;
        v->base_href = named_link(q, S("policy_version"), table_cell(&base, 0, 0));
        v->base_title = str_fmt(q->a, "version " STR_FMT, STR_ARG(table_cell(&base, 0, 1)));
        against = cell_str(&base, 0, 2);
    }
    if (v->conflict.n) {                  /* then what the other wrote matters more */
        against = row_text(rec->r, rec->row, "body");
        v->base = true;
    }
    v->diff = diff_of(q->a, against, v->body);
    return ERR_OK;
}

static err_t policy_page(ask *q, const record_view *rec, policy_view *v)
{
    names *n = names_new(q);
    str    of = row_text(rec->r, rec->row, "policy"), state_now = row_text(rec->r, rec->row, "state");
    names_want_record(n, S("policy"), of);
    TRY(names_read(n));
    v->version = rec->version;
    v->writes = !q->as_of && edits_type(q, rec->r) && record_editable(rec->r, rec->row);
    TRY(policy_fill(q, rec, v));
    if (v->writes)
        warn(q, v);
    v->steps = steps_of(q, rec, v->id, v->action, NULL);
    str title = names_title(n, S("policy"), of);
    const record_crumbs c = crumbs_of(q, rec->r, v->id, v->id);
    const page_action   next = { "Write the next version", special_path(q, "next"), true, "plain" };
    bool                holds = list_has("published retired", state_now) && !q->as_of && ask_may(q, HTTP_POST, next.to);
    page_open(q, &(page){ .title = title.n ? title : of, .place = "/policy", .crumbs = c.v, .n_crumbs = c.n, .standing = record_mark(q, state_now),
                          .actions = &next, .n_actions = holds,
                          .lead = S("Written here, approved by somebody else, then published and accepted."), .script = v->writes ? "policy.js" : NULL });
    tpl_policy(&q->rs->body, v);
    page_close(q);
    return ERR_OK;
}

static policy_view view_of(ask *q) { return (policy_view){ .q = q, .id = record_id(q), .action = special_path(q, "write") }; }

static err_t newest_of(ask *q, str of, row_table *ret)
{
    const sql_hole hole = { "policy", sql_quote(q->a, of) };
    return rows_of(q, "sql/web/policy_newest.sql", &hole, 1, ret);
}

static str write_path(ask *q, str id) { return record_path(q->a, S("policy_version"), id, "write"); }

/* A policy is read and written in its newest version; one without any begins with a form. */
static err_t to_newest(ask *q)
{
    row_table   t;
    record_view rec;
    str         id = record_id(q);
    TRY(record_read(q, &rec));
    TRY(newest_of(q, id, &t));
    str first = str_fmt(q->a, "/policy_version/new?policy=" STR_FMT "&version=1", STR_ARG(url_part(q->a, id)));
    if (!t.n_rows && !ask_may(q, HTTP_GET, first))
        return fail(&q->f, ERR_NOT_FOUND, "nothing is written of this policy yet");
    http_redirect(q->rs, 303, t.n_rows ? link_to(q, STR_FMT, STR_ARG(write_path(q, table_cell(&t, 0, 0)))) : first);
    return ERR_OK;
}

/* The next version begins with the text of this one; where one is worked on already, that is it. */
static err_t post_next(ask *q)
{
    record_view rec;
    record_done done = { 0 };
    row_table   t;
    workspace  *ws;
    TRY(special_read(q, "policy_version", &rec));
    str of = row_text(rec.r, rec.row, "policy");
    TRY(newest_of(q, of, &t));
    if (!list_has("published retired", table_cell(&t, 0, 2))) {
        http_redirect(q->rs, 303, write_path(q, table_cell(&t, 0, 0)));
        return ERR_OK;
    }
    const assignment set[] = { { S("policy"), of }, { S("version"), str_fmt(q->a, "%lld", (long long)cell_int(table_cell(&t, 0, 1)) + 1) },
                               { S("body"), row_text(rec.r, rec.row, "body") } };
    TRY(ask_writer(q, &ws));
    err_t e = app_add(ws, q->a, &q->who, q->type, S(""), set, COUNT(set), S(""), &q->f, &done);
    if (e == ERR_OK)
        return page_done(q, write_path(q, done.id), "added");
    q->faults = done.faults;
    return e;
}

static err_t get_write(ask *q)
{
    record_view rec;
    policy_view v = view_of(q);
    if (strcmp(q->type->name, "policy") == 0)
        return to_newest(q);
    TRY(special_read(q, "policy_version", &rec));
    v.body = row_text(rec.r, rec.row, "body");
    v.changes = row_text(rec.r, rec.row, "changes");
    return policy_page(q, &rec, &v);
}

static err_t save(ask *q, policy_view *v, int64_t made_from, record_done *ret)
{
    workspace       *ws;
    const assignment set[] = { { S("body"), v->body }, { S("changes"), v->changes } };
    TRY(ask_writer(q, &ws));
    return app_edit(ws, q->a, &q->who, q->type, &v->id, 1, made_from, set, COUNT(set), S(""), &q->f, ret);
}

static err_t post_write(ask *q)
{
    record_view rec;
    record_done done = { .seq = -1 };
    int64_t     made_from;
    policy_view v = view_of(q);
    q->as_of = 0;
    TRY(special_read(q, "policy_version", &rec));
    v.body = lines_field(q, "body");
    v.changes = lines_field(q, "changes");
    if (!parse_int(ask_field(q, "version-read"), 1, INT64_MAX, &made_from))
        return fail(&q->f, ERR_INVALID, "the form does not say which version it was made from; load the page again");
    if (made_from == rec.version && str_eq(ask_field(q, "do"), S("preview")))
        return policy_page(q, &rec, &v);
    err_t e = made_from == rec.version ? save(q, &v, made_from, &done) : ERR_CONFLICT;
    if (e == ERR_OK)
        return page_done(q, v.action, done.seq < 0 ? "same" : "saved");
    if (e == ERR_CONFLICT) {
        q->f = (fault){ 0 };
        TRY(record_read(q, &rec));
        v.conflict = rec.by;
        q->rs->status = err_describe(ERR_CONFLICT)->http;
        return policy_page(q, &rec, &v);
    }
    TRY(form_refused(q, form_new(q), e, &done));
    v.faults = done.faults.v;
    v.n_faults = done.faults.n;
    return policy_page(q, &rec, &v);
}

static const route rows[] = {
    { HTTP_GET, "/{type}/{id}/write", PERMIT_TYPE_READ, 0, ROUTE_CACHED, 0, get_write, "The text of a policy, how it looks, and what differs from the version that holds" },
    { HTTP_POST, "/{type}/{id}/write", PERMIT_TYPE_EDIT, FORM_MAX, 0, 0, post_write, "Look at the text of a policy, or save it" },
    { HTTP_POST, "/{type}/{id}/next", PERMIT_TYPE_ADD, 16 << 10, 0, 0, post_next, "Begin the next version of a policy with the text of this one" },
};
ROUTE_TABLE(policy_routes);
